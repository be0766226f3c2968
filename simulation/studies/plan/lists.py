"""Points that are listed: a CSV file beside the study, or rows in it; every cell is checked, every mistake told at its row."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from simulation.core.errors import SHOWN_AT_ONCE, Problem
from simulation.core.names import did_you_mean, listed, quoted
from simulation.core.plaintext import is_tis620, is_utf16, looks_like
from simulation.scenario.messages import shown
from simulation.studies.plan.ranges import as_written, is_number

LARGEST_FILE = 200_000_000
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)
_COMMA = re.compile(r"[+-]?\d+,\d+", re.ASCII)
_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
Said = tuple[str, str]
"""What is wrong, in English and Thai, without a full stop."""


@dataclass(frozen=True)
class Column:
    """What the cells of a factor may be.

    Attributes:
        sort: "number", "text" or "flag".
        whole: Whether its key takes whole numbers only.
        low: Smallest value, None where there is none.
        high: Largest value.
        values: The only values, empty where any will do.
    """

    sort: str
    whole: bool = False
    low: float | None = None
    high: float | None = None
    values: tuple[Any, ...] = ()

    def read(self, cell: str) -> Any:
        """Return the value of a cell of a file; text that is none is returned as it is."""
        plain = cell.strip()
        if self.sort == "flag" and plain.lower() in ("true", "false"):
            return plain.lower() == "true"
        if self.sort == "number" and _NUMBER.fullmatch(plain) and len(plain) <= 40:
            value = float(plain)
            return int(plain) if re.fullmatch(r"[+-]?\d{1,18}", plain) else value
        return plain if self.sort != "text" else cell.strip()

    def wrong(self, value: Any) -> Said | None:
        """Say what is wrong with a value, None where nothing is."""
        if self.sort == "number":
            return self._wrong_number(value)
        if self.sort == "flag" and not isinstance(value, bool):
            return f"{shown(value)} is neither true nor false", f"{shown(value)} ไม่ใช่ true หรือ false"
        if self.sort == "text" and (not isinstance(value, str) or not value or not value.isprintable()):
            return f"{shown(value)} is no text of one line", f"{shown(value)} ไม่ใช่ข้อความบรรทัดเดียว"
        return self._not_listed(value)

    def _wrong_number(self, value: Any) -> Said | None:
        if isinstance(value, str):
            return _no_number(value)
        if not is_number(value) or abs(value) >= 2**63:
            return f"{shown(value)} is no number that can be used", f"{shown(value)} ไม่ใช่ตัวเลขที่ใช้ได้"
        if self.whole and value != int(value):
            return f"{as_written(value)} is no whole number", f"{as_written(value)} ไม่ใช่จำนวนเต็ม"
        low, high = self.low, self.high
        if (low is not None and value < low) or (high is not None and value > high):
            ends = f"{'' if low is None else as_written(low)} .. {'' if high is None else as_written(high)}"
            return (
                f"{as_written(value)} is outside the range of the factor, {ends}",
                f"{as_written(value)} อยู่นอกช่วงของปัจจัย คือ {ends}",
            )
        return self._not_listed(value)

    def _not_listed(self, value: Any) -> Said | None:
        if not self.values or value in self.values:
            return None
        names = listed([str(v) for v in self.values])
        return f"{shown(value)} is none of the factor's values: {names}", f"{shown(value)} ไม่อยู่ในค่าของปัจจัย: {names}"

    def kept(self, value: Any) -> Any:
        """Return a value as its column holds it: whole numbers whole."""
        return int(value) if self.whole and is_number(value) else value


def _no_number(cell: str) -> Said:
    if not cell:
        return "The cell is empty; every factor has a value in every row", "ช่องว่างเปล่า ทุกปัจจัยต้องมีค่าในทุกแถว"
    plain = cell.translate(_THAI_DIGITS)
    if plain != cell and _NUMBER.fullmatch(plain):
        return f"{quoted(cell)} is written in Thai digits; write {plain}", f"{quoted(cell)} เป็นเลขไทย ให้เขียน {plain}"
    if _COMMA.fullmatch(cell):
        dot = cell.replace(",", ".")
        return (
            f"{quoted(cell)} has a decimal comma; numbers have a decimal point. Write {dot}",
            f"{quoted(cell)} ใช้จุลภาคเป็นจุดทศนิยม ให้ใช้จุด เขียน {dot}",
        )
    return f"{quoted(cell)} is no number that can be used", f"{quoted(cell)} ไม่ใช่ตัวเลขที่ใช้ได้"


@dataclass
class Listed:
    """What a list of points holds, and what is wrong with it; `wrong` counts all, `problems` has the first ones."""

    rows: tuple[tuple[Any, ...], ...] = ()
    problems: tuple[Problem, ...] = ()
    wrong: int = 0


def read_list(path: Path, name: str, columns: Mapping[str, Column]) -> Listed:
    """Read a CSV file of points; `name` is how messages call it."""
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST_FILE + 1)
    except (OSError, ValueError):
        en, th = "There is no such file, or it cannot be read", "ไม่พบไฟล์นี้ หรืออ่านไม่ได้"
        return _whole(name, en, th)
    unfit = _unfit(raw)
    if unfit is not None:
        return _whole(name, *unfit)
    lines = raw.decode("utf-8-sig").splitlines(keepends=True)
    try:
        return _Reader(name, columns).read(csv.reader(lines, strict=True))
    except csv.Error as error:
        return _whole(name, f"The file is no CSV table ({error})", f"ไฟล์นี้ไม่ใช่ตาราง CSV ({error})")


def _unfit(raw: bytes) -> Said | None:
    """Say why bytes cannot be a table of points, None where they can."""
    if len(raw) > LARGEST_FILE:
        return "The file is larger than 200 MB", "ไฟล์ใหญ่กว่า 200 MB"
    kind = looks_like(raw)
    if kind is not None or (b"\x00" in raw and not is_utf16(raw)):
        en, th = (f" (it starts like {kind[0]})", f" (ขึ้นต้นแบบ{kind[1]})") if kind else ("", "")
        return f"This is no text file{en}. Save the table as CSV", f"นี่ไม่ใช่ไฟล์ข้อความ{th} ให้บันทึกตารางเป็น CSV"
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        guess = "; it looks like TIS-620 (Windows-874)" if is_tis620(raw) else ""
        return (
            f"The file is not UTF-8{guess}. Save it as CSV UTF-8",
            f"ไฟล์นี้ไม่ใช่ UTF-8{' น่าจะเป็น TIS-620 (Windows-874)' if guess else ''} ให้บันทึกเป็น CSV UTF-8",
        )
    if not text.strip():
        return (
            "The file is empty. Its first line names the factors, each further line is a point",
            "ไฟล์ว่างเปล่า บรรทัดแรกต้องเป็นชื่อปัจจัย บรรทัดต่อไปบรรทัดละหนึ่งจุด",
        )
    first = text.splitlines()[0]
    for sign, en, th in ((";", "semicolons", "อัฒภาค ( ; )"), ("\t", "tabs", "แท็บ")):
        if sign in first and "," not in first:
            return (
                f"Columns are separated by {en}. Save the table with commas between columns and decimal points in numbers",
                f"คอลัมน์คั่นด้วย{th} ให้บันทึกโดยคั่นคอลัมน์ด้วยจุลภาค และใช้จุดเป็นจุดทศนิยม",
            )
    return None


class _Reader:
    """Reads the rows of one file and gathers what is wrong."""

    def __init__(self, name: str, columns: Mapping[str, Column]) -> None:
        self.name, self.columns = name, columns
        self.problems: list[Problem] = []
        self.wrong = 0

    def read(self, table: Any) -> Listed:
        """Read header and rows."""
        header = [cell.strip() for cell in next(table, [])]
        self._header(header)
        rows: list[tuple[Any, ...]] = []
        usable = not self.wrong
        for cells in table:
            if any(cell.strip() for cell in cells):
                rows.append(self._row(header, cells, table.line_num) if usable else ())
        if not rows:
            self._add(1, "There are no points: no line follows the first", "ไม่มีจุด ไม่มีบรรทัดต่อจากบรรทัดแรก")
        return Listed(tuple(rows), tuple(self.problems), self.wrong)

    def _header(self, header: Sequence[str]) -> None:
        factors = list(self.columns)
        for i, name in enumerate(header):
            if name in header[:i]:
                self._add(1, f"The column {quoted(name)} stands twice", f"มีคอลัมน์ {quoted(name)} สองครั้ง", name)
            elif name not in self.columns:
                ask, ask_th, near = did_you_mean(name, factors)
                self._add(
                    1,
                    f"The column {quoted(name)} is no factor of the study.{ask} Factors: {listed(factors)}",
                    f"คอลัมน์ {quoted(name)} ไม่ใช่ปัจจัยของการศึกษา{ask_th} ปัจจัย: {listed(factors)}",
                    name,
                    near,
                )
        for name in factors:
            if name not in header:
                self._add(
                    1, f"There is no column for the factor {quoted(name)}", f"ไม่มีคอลัมน์ของปัจจัย {quoted(name)}", name
                )

    def _row(self, header: Sequence[str], cells: Sequence[str], line: int) -> tuple[Any, ...]:
        if len(cells) != len(header):
            en = f"This line has {len(cells):,} cells and the first line {len(header):,}; a decimal comma splits a number in two"
            th = f"บรรทัดนี้มี {len(cells):,} ช่อง แต่บรรทัดแรกมี {len(header):,} ช่อง จุลภาคที่ใช้เป็นจุดทศนิยมจะแยกตัวเลขเป็นสองช่อง"
            self._add(line, en, th)
            return ()
        named = dict(zip(header, cells, strict=True))
        row = []
        for name, column in self.columns.items():
            value = column.read(named[name])
            said = column.wrong(value)
            if said is not None:
                self._add(line, *said, name)
            row.append(value if said is not None else column.kept(value))
        return tuple(row)

    def _add(self, line: int, en: str, th: str, key: str = "", near: str = "") -> None:
        self.wrong += 1
        if len(self.problems) < SHOWN_AT_ONCE:
            self.problems.append(Problem(self.name, f"{en}.", th, line, key=key, suggestion=near))


def mistakes_of_row(row: Mapping[str, Any], columns: Mapping[str, Column]) -> Iterator[tuple[str, Said]]:
    """Yield the factor and what is wrong, for a row that stands in the study itself."""
    for name in row:
        if name not in columns:
            ask, ask_th, _ = did_you_mean(name, columns)
            yield (
                name,
                (
                    f"{quoted(name)} is no factor of the study.{ask}".rstrip("."),
                    f"{quoted(name)} ไม่ใช่ปัจจัยของการศึกษา{ask_th}",
                ),
            )
    for name, column in columns.items():
        if name not in row:
            yield name, (f"The factor {quoted(name)} has no value here", f"ปัจจัย {quoted(name)} ไม่มีค่าที่นี่")
        else:
            said = column.wrong(row[name])
            if said is not None:
                yield name, said


def _whole(name: str, en: str, th: str) -> Listed:
    return Listed((), (Problem(name, f"{en}.", th),), 1)
