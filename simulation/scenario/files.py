"""The text of a scenario file; where there is none, why, and what to do."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from simulation.core.errors import Problem, ScenarioError
from simulation.core.names import listed, nearest
from simulation.core.plaintext import is_tis620, is_utf16, looks_like

LARGEST_FILE = 5_000_000
MOST_MARKS = 100_000
"""Line ends, commas, brackets and equals signs of a file; a scenario has some hundreds."""
_BESIDE = 1000  # files of a folder that are looked at for a nearest name


class Format(NamedTuple):
    """What a format of files is called in messages, and how one starts a file of it."""

    en: str
    th: str
    start_en: str
    start_th: str


SCENARIO = Format(
    "scenario",
    "สถานการณ์",
    "Start from a working one: kwamdee init my.toml --from bangkok-waste",
    "เริ่มจากตัวอย่างที่ใช้ได้: kwamdee init my.toml --from bangkok-waste",
)
STUDY = Format(
    "study",
    "การศึกษา",
    "It begins with format = 1 and the tables [study], [levers.NAME] and [design]",
    "ไฟล์ขึ้นต้นด้วย format = 1 และมีตาราง [study] [levers.NAME] และ [design]",
)
OUTCOMES = Format(
    "file of outcomes",
    "ผลที่ตีพิมพ์",
    'It begins with study = "NAME", and each figure is one [[observed]]',
    'ไฟล์ขึ้นต้นด้วย study = "ชื่อ" และตัวเลขแต่ละค่าเป็น [[observed]] หนึ่งตาราง',
)


_PLURAL = {"scenario": "Shipped scenarios", "study": "Shipped studies"}


def read(source: str, shipped: dict[str, Path], form: Format = SCENARIO) -> tuple[str, str]:
    """Return the name and the text of a path or a shipped name; raises ScenarioError where it has none."""
    path = Path(source)
    try:
        path = place(source, shipped)
        name = str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)
        if not path.is_file():
            raise ScenarioError([_missing(path, source, shipped, form)], whole=True)
        with path.open("rb") as file:
            raw = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise _unreadable(source, error) from None
    return name, _text(name, raw, form)


def place(source: str, shipped: dict[str, Path]) -> Path:
    """Return the file that a path or a shipped name means; a file in the working folder comes first."""
    path = Path(source)
    return shipped[source] if source in shipped and not path.is_file() else path


def empty(name: str, text: str, form: Format = SCENARIO) -> ScenarioError:
    """Say that a file holds nothing, or nothing but comments."""
    en, th = ("holds comments only", "มีแต่หมายเหตุ") if text.strip() else ("is empty", "ว่างเปล่า")
    return _whole(name, f"The file {en}. {form.start_en}", f"ไฟล์{th} {form.start_th}")


def _unreadable(source: str, error: OSError) -> ScenarioError:
    if isinstance(error, PermissionError):
        en = "You have no right to read this file or its folder. Ask its owner, or copy it to a folder of your own."
        th = "ไม่มีสิทธิ์อ่านไฟล์นี้หรือโฟลเดอร์นี้ ให้ขอสิทธิ์จากเจ้าของ หรือคัดลอกไปไว้ในโฟลเดอร์ของคุณ"
        return _whole(source, en, th)
    why = error.strerror or type(error).__name__
    return _whole(
        source,
        f"The file cannot be read ({why}). Check the name, or copy the file to another folder.",
        f"อ่านไฟล์ไม่ได้ ({why}) ให้ตรวจชื่อไฟล์ หรือคัดลอกไปไว้ในโฟลเดอร์อื่น",
    )


def _text(name: str, raw: bytes, form: Format) -> str:
    if len(raw) > LARGEST_FILE:
        raise _whole(
            name,
            f"The file is larger than 5 MB. A {form.en} is a text file of some hundred lines.",
            f"ไฟล์ใหญ่กว่า 5 MB ไฟล์{form.th}เป็นไฟล์ข้อความไม่กี่ร้อยบรรทัด",
        )
    kind = looks_like(raw)
    if kind is None and is_utf16(raw):
        raise _encoding(name, "UTF-16", 0)
    if kind is not None or b"\x00" in raw:
        en, th = (f" (it starts like {kind[0]})", f" (ขึ้นต้นแบบ{kind[1]})") if kind else ("", "")
        raise _whole(
            name,
            f"This is not a text file{en}. A {form.en} is a TOML text file.",
            f"นี่ไม่ใช่ไฟล์ข้อความ{th} ไฟล์{form.th}ต้องเป็นข้อความ TOML",
        )
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise _encoding(name, "TIS-620 (Windows-874)" if is_tis620(raw) else "", line, raw[error.start]) from None
    _readable(name, text, form)
    return text


def _readable(name: str, text: str, form: Format) -> None:
    """Refuse what is no scenario or study at a glance: nothing, old line ends, far too many lines."""
    if not text.strip():
        raise empty(name, text, form)
    if "\r" in text and "\n" not in text:
        raise _whole(
            name,
            "The lines of this file end with CR alone, as on very old computers. Save it with line ends LF or CRLF.",
            "บรรทัดในไฟล์นี้จบด้วย CR อย่างเดียวแบบคอมพิวเตอร์รุ่นเก่ามาก ให้บันทึกใหม่ด้วยตัวจบบรรทัด LF หรือ CRLF",
        )
    marks = sum(map(text.count, "\n,=[{"))
    if marks > MOST_MARKS:
        raise _whole(
            name,
            f"The file has {marks:,} lines, values and lists; at most {MOST_MARKS:,} are read. A {form.en} has some hundreds.",
            f"ไฟล์มีบรรทัด ค่า และรายการรวม {marks:,} รายการ อ่านได้ไม่เกิน {MOST_MARKS:,} ไฟล์{form.th}มักมีไม่กี่ร้อย",
        )


def _encoding(name: str, guess: str, line: int, byte: int = 0) -> ScenarioError:
    en, th = "The file is not UTF-8", "ไฟล์นี้ไม่ใช่ UTF-8"
    if line:
        en, th = f"{en}: byte 0x{byte:02X} on line {line}", f"{th} พบไบต์ 0x{byte:02X} ในบรรทัดที่ {line}"
    if guess:
        en, th = f"{en}; it looks like {guess}", f"{th} น่าจะเป็น {guess}"
    return ScenarioError(
        [Problem(name, f"{en}. Save it as UTF-8 and try again.", f"{th} ให้บันทึกใหม่เป็น UTF-8 แล้วลองอีกครั้ง", line)],
        whole=True,
    )


def _whole(name: str, en: str, th: str) -> ScenarioError:
    return ScenarioError([Problem(name, en, th)], whole=True)


def _missing(path: Path, source: str, shipped: dict[str, Path], form: Format) -> Problem:
    en, th = "There is no such file.", "ไม่พบไฟล์นี้"
    if path.is_dir():
        en = "This is a folder, not a file. Give a file in it; a folder of published experiments is checked by kwamdee evidence."
        th = "นี่คือโฟลเดอร์ ไม่ใช่ไฟล์ ให้ระบุไฟล์ในโฟลเดอร์ โฟลเดอร์ของการทดลองที่ตีพิมพ์แล้วตรวจได้ด้วย kwamdee evidence"
    if not source.strip():
        en, th = f"The name of the {form.en} is empty.", f"ไม่ได้ระบุชื่อไฟล์{form.th}"
    elif path.exists() and not path.is_dir():
        en, th = "This is no ordinary file. Copy its text into one.", "นี่ไม่ใช่ไฟล์ธรรมดา ให้คัดลอกข้อความไปไว้ในไฟล์"
    near = nearest_file(path, shipped)
    if near:
        en, th = f"{en} Nearest: {near}", f"{th} ชื่อใกล้เคียง: {near}"
    names = listed(tuple(name for name in shipped if "/" not in name))
    return Problem(source, f"{en}\n{_PLURAL[form.en]}: {names}", f"{th}\n{form.th}ที่มีให้: {names}", suggestion=near)


def nearest_file(path: Path, shipped: dict[str, Path]) -> str:
    """Return the nearest of the files in its own folder, else the nearest shipped name."""
    try:
        beside = [p.name for p, _ in zip(path.parent.glob("*.toml"), range(_BESIDE), strict=False)]
    except (OSError, ValueError):
        beside = []
    stems = {Path(name).stem: name for name in sorted(beside) if name != path.name}
    if path.stem in stems:
        return str(path.with_name(stems[path.stem]))
    if path.stem in shipped and path.stem != str(path):
        return path.stem
    near = nearest(path.stem, stems)
    if near:
        return str(path.with_name(stems[near[0]]))
    whole, ends = path.as_posix().removesuffix(".toml"), {name.rpartition("/")[2]: name for name in shipped}
    found = nearest(whole, shipped) or [ends[end] for end in (path.stem, *nearest(path.stem, ends)) if end in ends]
    return next(iter(found), "")
