"""A user's table as text columns, from CSV, Parquet or a DataFrame."""

from __future__ import annotations

import csv
import io
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from simulation.core.errors import Problem, ScenarioError
from simulation.core.names import nearest, quoted
from simulation.core.plaintext import first_stray, is_tis620, is_utf16, looks_like
from simulation.world.raw import Raw, Texts, cells_of, refused

if TYPE_CHECKING:
    import pandas as pd

_DELIMITERS = (",", ";", "\t", "|")


def read_table(path: Path, name: str) -> Raw:
    """Return the table of a CSV or a Parquet file; raises ScenarioError where it has none."""
    raw = read_bytes(path, name)
    if raw[:4] == b"PAR1" or path.suffix.lower() == ".parquet":
        return _parquet(raw, name)
    return read_csv(raw, name)


def read_bytes(path: Path, name: str) -> bytes:
    """Return what is in a file; raises ScenarioError where it cannot be read or is empty."""
    try:
        if path.is_dir():
            raise refused(name, "This is a folder, not a file.", "นี่คือโฟลเดอร์ ไม่ใช่ไฟล์")
        if not path.is_file():
            raise refused(name, f"There is no such file.{_beside(path)}", f"ไม่พบไฟล์นี้{_beside(path, 'th')}")
        raw = path.read_bytes()
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise refused(
            name,
            f"The file cannot be read ({why}). Check its name and who may read it.",
            f"อ่านไฟล์ไม่ได้ ({why}) ให้ตรวจชื่อไฟล์และสิทธิ์การอ่าน",
        ) from None
    if not raw.strip():
        raise refused(name, "The file is empty.", "ไฟล์ว่างเปล่า")
    return raw


def _beside(path: Path, lang: str = "en") -> str:
    try:
        names = [p.name for p in islice(path.parent.iterdir(), 1000) if p.is_file()]
    except OSError:
        return ""
    near = nearest(path.name, names)
    if not near:
        return ""
    return f" ชื่อใกล้เคียง: {near[0]}" if lang == "th" else f" Nearest here: {near[0]}"


def as_text(raw: bytes, name: str) -> tuple[str, tuple[Texts, ...]]:
    """Return the text of bytes in UTF-8, with or without mark, or TIS-620, and a notice where it was the latter."""
    kind = looks_like(raw)
    if kind is not None or (b"\x00" in raw and not is_utf16(raw)):
        en, th = (f" (it starts like {kind[0]})", f" (ขึ้นต้นแบบ{kind[1]})") if kind else ("", "")
        raise refused(
            name,
            f'This is not a text file{en}. Save the table as "CSV UTF-8" and try again.',
            f'นี่ไม่ใช่ไฟล์ข้อความ{th} ให้บันทึกตารางเป็น "CSV UTF-8" แล้วลองอีกครั้ง',
        )
    try:
        return raw.decode("utf-8-sig"), ()
    except UnicodeDecodeError as error:
        if not is_utf16(raw) and is_tis620(raw):
            notice = (f"{name} was read as TIS-620 (Windows-874).", f"อ่าน {name} เป็น TIS-620 (Windows-874)")
            return raw.decode("cp874"), (notice,)
        raise _strange(raw, name, error.start) from None


def _strange(raw: bytes, name: str, at: int) -> ScenarioError:
    """Say which byte is neither UTF-8 nor TIS-620, in which line and column."""
    advice = 'Save it as "CSV UTF-8" and try again.', 'ให้บันทึกใหม่เป็น "CSV UTF-8" แล้วลองอีกครั้ง'
    if is_utf16(raw):
        return refused(name, f"The file is UTF-16. {advice[0]}", f"ไฟล์นี้เป็น UTF-16 {advice[1]}")
    stray = first_stray(raw)
    at = stray if stray >= 0 else at
    line = raw[:at].count(b"\n") + 1
    begins = raw.rfind(b"\n", 0, at) + 1
    header = raw.split(b"\n", 1)[0].decode("ascii", "replace").strip().split(",")
    column = raw[begins:at].count(b",")
    where = f', column "{header[column].strip()}"' if column < len(header) and line > 1 else ""
    where_th = f" คอลัมน์ {quoted(header[column].strip())}" if where else ""
    byte = f"0x{raw[at]:02X}"
    return refused(
        name,
        f"The file is neither UTF-8 nor TIS-620 (byte {byte} at line {line}{where}). {advice[0]}",
        f"ไฟล์นี้ไม่ใช่ UTF-8 หรือ TIS-620 (ไบต์ {byte} บรรทัดที่ {line}{where_th}) {advice[1]}",
        line,
    )


def read_csv(raw: bytes, name: str) -> Raw:
    """Return the table of a CSV: separated by commas, semicolons or tabs, the first line its header."""
    text, notices = as_text(raw, name)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(_DELIMITERS, key=first.count)
    _closed(text, name, delimiter)
    spelt = cells_of(first, delimiter)
    header = [cell.strip() for cell in spelt]
    _named(header, name)
    table, bad = _arrow(text, spelt, name, delimiter)
    columns = {key: blank_to_null(table.column(i)) for i, key in enumerate(header)}
    if not table.num_rows and not bad:
        raise refused(name, "The table has a header and no rows.", "ตารางมีแต่หัวตาราง ไม่มีแถวข้อมูล")
    ragged = tuple((number - 2, cells) for number, cells in sorted(bad))  # the handler counts from 1, with the header
    return Raw(name, columns, table.num_rows, text, delimiter, None, notices, ragged=ragged)


def _closed(text: str, name: str, delimiter: str) -> None:
    """Refuse a quotation mark that is opened and never closed, naming its line."""
    if '"' not in text or text.count('"') % 2 == 0:
        return
    reader, begins = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True), 0
    try:
        for _ in reader:
            begins = reader.line_num
    except csv.Error:
        pass
    lines = text.split("\n")
    raise refused(
        name,
        'A quotation mark (") is opened and not closed, or stands inside a cell. Close it, or take it out.',
        'มีเครื่องหมาย " ที่เปิดแต่ไม่ปิด หรืออยู่กลางช่อง ให้ปิดหรือลบออก',
        begins + 1,
        lines[begins] if begins < len(lines) else "",
    )


def _named(header: list[str], name: str) -> None:
    problems = []
    for at, key in enumerate(header):
        if not key:
            en = f"Column {at + 1} of the header has no name. Name it, or delete the column."
            th = f"คอลัมน์ที่ {at + 1} ของหัวตารางไม่มีชื่อ ให้ตั้งชื่อหรือลบคอลัมน์"
            problems.append(Problem(name, en, th, line=1))
        elif key in header[:at]:
            en, th = f"The header names the column {quoted(key)} twice.", f"หัวตารางมีคอลัมน์ {quoted(key)} สองครั้ง"
            problems.append(Problem(name, en, th, line=1, key=key))
    if problems:
        raise ScenarioError(problems)


def _arrow(text: str, header: list[str], name: str, delimiter: str) -> tuple[Any, list[tuple[int, int]]]:
    """Read all cells as strings; return the table and, of rows of another length, row and number of cells."""
    from pyarrow import csv as arrow

    bad: list[tuple[int, int]] = []

    def skip(row: Any) -> str:
        bad.append((row.number, row.actual_columns))
        return "skip"

    quote = '"' in text
    try:
        table = arrow.read_csv(
            pa.py_buffer(text.encode()),
            read_options=arrow.ReadOptions(use_threads=False, block_size=2**26),
            parse_options=arrow.ParseOptions(
                delimiter=delimiter, newlines_in_values=quote, invalid_row_handler=skip, ignore_empty_lines=True
            ),
            convert_options=arrow.ConvertOptions(
                column_types={key: pa.string() for key in header}, strings_can_be_null=True, null_values=[""]
            ),
        )
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, pa.ArrowKeyError) as error:
        why = str(error).splitlines()[0][:200]
        raise refused(name, f"This is no table that can be read ({why}).", f"อ่านเป็นตารางไม่ได้ ({why})") from None
    return table, bad


def blank_to_null(column: Any) -> Any:
    """Return a column of strings without blanks around them, null where nothing is left."""
    column = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    column = pc.utf8_trim_whitespace(column)
    return pc.if_else(pc.equal(pc.utf8_length(column), 0), pa.scalar(None, pa.string()), column)


def _parquet(raw: bytes, name: str) -> Raw:
    from pyarrow import parquet

    try:
        table = parquet.read_table(pa.py_buffer(raw))
    except (pa.ArrowException, OSError, ValueError) as error:
        why = str(error).splitlines()[0][:200]
        raise refused(
            name,
            f"The Parquet file cannot be read ({why}). Was it copied completely?",
            f"อ่านไฟล์ Parquet ไม่ได้ ({why}) คัดลอกมาครบหรือไม่",
        ) from None
    return of_arrow(table, name)


def of_frame(frame: pd.DataFrame, name: str) -> Raw:
    """Return the table of a DataFrame; an index with a name is a column too."""
    if frame.index.names != [None]:
        frame = frame.reset_index()
    frame = frame.set_axis([str(key) for key in frame.columns], axis=1)
    _named([key.strip() for key in frame.columns], name)
    columns = {key.strip(): _of_series(frame[key], name) for key in frame.columns}
    return _not_empty(Raw(name, columns, len(frame)))


def _of_series(series: Any, name: str) -> Any:
    try:
        return _to_text(pa.array(series, from_pandas=True), str(series.name), name)
    except (pa.ArrowException, TypeError, ValueError, OverflowError):  # cells of several types
        texts = [None if value is None or value != value else str(value) for value in series.tolist()]
        return blank_to_null(pa.array(texts, pa.string()))


def of_arrow(table: Any, name: str) -> Raw:
    """Return the table of an Arrow table, each column as text."""
    _named([key.strip() for key in table.column_names], name)
    columns = {
        key.strip(): _to_text(table.column(i).combine_chunks(), key, name) for i, key in enumerate(table.column_names)
    }
    return _not_empty(Raw(name, columns, table.num_rows))


def _not_empty(raw: Raw) -> Raw:
    if not raw.rows or not raw.columns:
        raise refused(raw.name, "The table has no rows.", "ตารางไม่มีแถวข้อมูล")
    return raw


def _to_text(column: Any, key: str, name: str) -> Any:
    if isinstance(column, pa.ChunkedArray):
        column = column.combine_chunks()
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_null(column.type):
        return pa.nulls(len(column), pa.string())
    if pa.types.is_floating(column.type):
        column = pc.if_else(pc.is_nan(column), pa.scalar(None, column.type), column)
        whole = column.cast(pa.int64(), safe=False)
        if pc.all(pc.equal(whole.cast(column.type), column)).as_py():
            column = whole  # 25.0 of a column that had a gap is 25
    try:
        return blank_to_null(column.cast(pa.string()))
    except pa.ArrowException:
        raise refused(
            name,
            f"The column {quoted(key)} holds {column.type}, which is neither numbers nor text.",
            f"คอลัมน์ {quoted(key)} เป็น {column.type} ซึ่งไม่ใช่ตัวเลขหรือข้อความ",
        ) from None
