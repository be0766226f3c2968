"""The columns of a user's tables that Kwamdee knows: what a cell may hold, and the numbers that it becomes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from simulation.agents.citizens_table import SECTORS
from simulation.core.errors import Problem, shortened
from simulation.core.names import did_you_mean, listed, nearest, quoted
from simulation.world.facts import YOUNGEST
from simulation.world.raw import Mistakes, Raw, Texts

OLDEST_POSSIBLE = 120
LARGEST_WAGE = 1e6
LONGEST_ID = 200
_NUMBER = r"^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,2})?$"
_YES = {"1": 1, "true": 1, "yes": 1, "y": 1, "ใช่": 1, "0": 0, "false": 0, "no": 0, "n": 0, "ไม่ใช่": 0, "ไม่": 0}
_SEX = {"male": 0, "m": 0, "ชาย": 0, "female": 1, "f": 1, "หญิง": 1}
_URBAN = {
    **_YES,
    "urban": 1,
    "rural": 0,
    "town": 1,
    "village": 0,
    "ในเขตเทศบาล": 1,
    "นอกเขตเทศบาล": 0,
    "เมือง": 1,
    "ชนบท": 0,
}
_SECTOR = {
    **{name: i for i, name in enumerate(SECTORS)},
    "ภาครัฐ": 0,
    "รัฐ": 0,
    "ภาคเอกชน": 1,
    "เอกชน": 1,
    "ภาคประชาสังคม": 2,
    "ประชาสังคม": 2,
}


@dataclass(frozen=True)
class Known:
    """A column: its names in a header, what its cells may be (in words), how they are read, and what it means."""

    name: str
    thai: str
    what: Texts
    codes: Mapping[str, int] | None = None  # words to numbers
    low: float | None = None  # bounds of numbers
    high: float | None = None
    whole: bool = False
    label: bool = False  # any text that names a thing
    may_be_empty: bool = False
    unit: str = ""
    meaning: Texts = ("", "")


CITIZEN = (
    Known("id", "รหัส", ("any text, once", "ข้อความใดก็ได้ ไม่ซ้ำกัน"), label=True, meaning=("identifier", "รหัสประจำตัว")),
    Known("age", "อายุ", (f"whole years, {YOUNGEST} to {OLDEST_POSSIBLE}", f"จำนวนเต็มปี {YOUNGEST} ถึง {OLDEST_POSSIBLE}"),
          low=YOUNGEST, high=OLDEST_POSSIBLE, whole=True, unit="years", meaning=("age", "อายุ")),
    Known("sex", "เพศ", ("male or female", "male หรือ female (ชาย หรือ หญิง)"), codes=_SEX, meaning=("sex", "เพศ")),
    Known("urban", "เขตเมือง", ("1 for a municipal area, 0 for another", "1 คือในเขตเทศบาล 0 คือนอกเขต"), codes=_URBAN,
          unit="0/1", meaning=("lives in a municipal area", "อยู่ในเขตเทศบาล")),
    Known("online", "ใช้อินเทอร์เน็ต", ("1 or 0", "1 หรือ 0"), codes=_YES, unit="0/1",
          meaning=("uses the internet", "ใช้อินเทอร์เน็ต")),
    Known("wage", "ค่าจ้างรายวัน", ("baht a day, above 0, at most 1,000,000", "บาทต่อวัน มากกว่า 0 ไม่เกิน 1,000,000"),
          low=0.0, high=LARGEST_WAGE, unit="baht a day", meaning=("own daily wage", "ค่าจ้างรายวันของตนเอง")),
    Known("household", "ครัวเรือน", ("the household's name or number", "ชื่อหรือหมายเลขครัวเรือน"), label=True,
          meaning=("household", "ครัวเรือน")),
    Known("organisation", "องค์กร", ("the organisation's name, empty for none", "ชื่อองค์กร เว้นว่างเมื่อไม่สังกัด"),
          label=True, may_be_empty=True, meaning=("organisation", "องค์กร")),
    Known("sector", "ภาคส่วน", ("public, private, civil or none", "public private civil หรือ none"), codes=_SECTOR,
          may_be_empty=True, meaning=("sector of the organisation", "ภาคส่วนขององค์กร")),
    Known("locality", "พื้นที่", ("the locality's name or number", "ชื่อหรือหมายเลขพื้นที่"), label=True,
          meaning=("locality (village, district)", "พื้นที่ (หมู่บ้าน เขต)")),
)  # fmt: skip
ORGANISATION = (
    CITIZEN[0],
    Known("sector", "ภาคส่วน", ("public, private or civil", "public private หรือ civil"),
          codes={word: code for word, code in _SECTOR.items() if code < 3}, meaning=("sector", "ภาคส่วน")),
    Known("locality", "พื้นที่", ("the locality's name or number", "ชื่อหรือหมายเลขพื้นที่"), label=True,
          meaning=("locality", "พื้นที่")),
)  # fmt: skip
LOCALITY = (
    CITIZEN[0],
    Known("name", "ชื่อ", ("what readers call it", "ชื่อที่ผู้อ่านเห็น"), label=True, meaning=("name", "ชื่อ")),
    CITIZEN[3],
)
TIE = (
    Known("source", "ต้นทาง", ("a citizen's id", "รหัสพลเมือง"), label=True, meaning=("one end", "ปลายหนึ่ง")),
    Known("target", "ปลายทาง", ("a citizen's id", "รหัสพลเมือง"), label=True, meaning=("the other end", "อีกปลายหนึ่ง")),
    Known("layer", "ชั้น", ("household, work, neighbourhood or wide", "household work neighbourhood หรือ wide"), label=True,
          meaning=("layer of the tie", "ชั้นความสัมพันธ์")),
    Known("weight", "น้ำหนัก", ("strength, above 0, at most 255", "ความเข้ม มากกว่า 0 ไม่เกิน 255"), low=0.0, high=255.0,
          unit="relative strength", meaning=("strength of the tie", "ความเข้มของความสัมพันธ์")),
)  # fmt: skip


_OTHER_NAMES = {"gender": "sex", "organization": "organisation", "from": "source", "to": "target", "layers": "layer"}


def known_columns(raw: Raw, known: tuple[Known, ...], mistakes: Mistakes) -> tuple[dict[str, Any], Raw, list[str]]:
    """Match a table's header with the known columns, by English or Thai name in any letters.

    Returns the columns by their English names, the table that speaks of them so, and the names that are not used.
    A name that is near a known one is a mistake: it was meant.
    """
    here = {k.name for k in known}
    by_name = {name: k.name for k in known for name in (k.name, k.thai)}
    by_name |= {other: name for other, name in _OTHER_NAMES.items() if name in here and other not in by_name}
    found: dict[str, Any] = {}
    spelt: dict[str, str] = {}
    unused: list[str] = []
    wrong: list[tuple[str, str, str, str]] = []
    for key, column in raw.columns.items():
        name = by_name.get(key.strip().lower())
        if name in found:
            en, th = (
                f"stands for {name}, as does {quoted(spelt[name])}",
                f"หมายถึง {name} เช่นเดียวกับ {quoted(spelt[name])}",
            )
            wrong.append((key, f"The column {quoted(key)} {en}.", f"คอลัมน์ {quoted(key)} {th}", ""))
        elif name is not None:
            found[name], spelt[name] = column, key
        elif near := nearest(key, by_name):
            ask_en, ask_th, _ = did_you_mean(key, by_name)
            allowed = listed([k.name for k in known])
            en = f"There is no column {quoted(key)}.{ask_en}\nKnown here: {allowed}."
            wrong.append((key, en, f"ไม่มีคอลัมน์ {quoted(key)}{ask_th}\nที่รู้จัก: {allowed}", near[0]))
        else:
            unused.append(key)
            found[f" {len(unused)}"], spelt[f" {len(unused)}"] = column, key  # keeps its place, to find cells by
    named = Raw(
        raw.name, found, raw.rows, raw.text, raw.delimiter, raw.lines, raw.notices, spelt, raw.titles, raw.ragged
    )
    for name, column in found.items():
        if name not in _IDENTIFIERS:
            found[name] = _without_signs_of_nothing(column)
    for key, en, th, near_name in wrong:
        mistakes.add(_of_header(raw, key, en, th, near_name))
    return {name: column for name, column in found.items() if not name.startswith(" ")}, named, unused


_IDENTIFIERS = ("id", "source", "target")
_NOTHING = ("nan", "na", "n/a", "#n/a", "null")
"""What programs write for a missing value; of an identifier it may be its name."""


def _without_signs_of_nothing(column: Any) -> Any:
    nothing = pc.is_in(pc.utf8_lower(column), value_set=pa.array(_NOTHING))
    return pc.if_else(nothing, pa.scalar(None, pa.string()), column)


def _of_header(raw: Raw, key: str, en: str, th: str, near: str) -> Problem:
    line = raw.text.split("\n", 1)[0].rstrip("\r") if raw.text else ""
    at = max(0, line.find(key))
    return Problem(
        raw.name, en, th, line=1 if raw.text else 0, column=at, key=key, suggestion=near, source_line=line,
        caret_start=at, caret_end=at + len(key),
    )  # fmt: skip


def values_of(raw: Raw, known: Known, mistakes: Mistakes, optional: bool = False) -> NDArray[Any]:
    """Read a column; what cannot be read is a mistake and has 0 for a value.

    Returns int64 for codes (-1 where empty and that is allowed), float64 for numbers. Labels are not read here.
    """
    column = raw.columns[known.name]
    _present(raw, known, mistakes, optional)
    if known.codes is not None:
        return _codes(raw, known, column, mistakes)
    return _numbers(raw, known, column, mistakes)


def _present(raw: Raw, known: Known, mistakes: Mistakes, optional: bool) -> None:
    if known.may_be_empty or optional:
        return
    rows = np.flatnonzero(raw.columns[known.name].is_null().to_numpy(zero_copy_only=False))
    en = f"The cell holds no value. Write {known.what[0]}, or take the whole column out: then it is drawn."
    th = f"ช่องนี้ไม่มีค่า ให้เขียน{known.what[1]} หรือลบทั้งคอลัมน์ แล้วโปรแกรมจะสุ่มให้"
    if known.label:
        en, th = f"The cell holds no value. Write {known.what[0]}.", f"ช่องนี้ไม่มีค่า ให้เขียน{known.what[1]}"
    mistakes.at(raw, known.name, rows, lambda _: (en, th))


def _codes(raw: Raw, known: Known, column: Any, mistakes: Mistakes) -> NDArray[np.int64]:
    assert known.codes is not None
    encoded = pc.dictionary_encode(column)
    words = [str(word).strip().lower().removesuffix(".0") for word in encoded.dictionary.to_pylist()]
    code = np.array([known.codes.get(word, -2) for word in words] or [-1], np.int64)
    at = encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    codes = np.where(at < 0, -1, code[np.maximum(at, 0)])

    def tell(row: int) -> tuple[str, ...]:
        value = str(column[row].as_py())
        en, th, near = did_you_mean(value.lower(), known.codes or ())
        return (
            f"{quoted(value)} is not {known.what[0]}.{en}",
            f"{quoted(value)} ใช้ไม่ได้ ต้องเป็น {known.what[1]}{th}",
            near,
        )

    mistakes.at(raw, known.name, np.flatnonzero(codes == -2), tell)
    return codes


def _numbers(raw: Raw, known: Known, column: Any, mistakes: Mistakes) -> NDArray[np.float64]:
    fits = pc.match_substring_regex(column, _NUMBER)
    values = pc.cast(pc.if_else(fits, column, pa.scalar(None, pa.string())), pa.float64())
    numbers = values.fill_null(np.nan).to_numpy(zero_copy_only=False)
    empty = column.is_null().to_numpy(zero_copy_only=False)
    low, high = float(known.low or 0.0), float(known.high or np.inf)
    outside = (numbers < low) | (numbers > high) | ((numbers == 0.0) & (low == 0.0))
    broken = known.whole & (numbers != np.floor(numbers))
    bad = np.flatnonzero(~empty & (np.isnan(numbers) | outside | broken))
    mistakes.at(raw, known.name, bad, lambda row: _why_no_number(str(column[row].as_py()), numbers[row], known))
    return np.asarray(np.nan_to_num(numbers, nan=0.0), np.float64)


def _why_no_number(text: str, number: float, known: Known) -> tuple[str, ...]:
    en, th = known.what
    shown = quoted(shortened(text))
    if not np.isnan(number):
        if known.name == "age" and 0 <= number < (known.low or YOUNGEST):
            return _too_young(text, int(known.low or YOUNGEST))
        return f"{text} cannot be: write {en}.", f"{text} ใช้ไม่ได้ ต้องเป็น{th}"
    digits = text.translate(_THAI_DIGITS)
    plain = digits.replace(",", "")
    if digits != text and _is_number(plain):
        return f"{shown} is written in Thai digits. Write {plain}.", f"{shown} เป็นเลขไทย ให้เขียน {plain}", plain
    if "," in text and _is_number(plain):
        dotted = text.replace(",", ".")
        either = plain if len(text.rsplit(",", 1)[1]) == 3 or not _is_number(dotted) else f"{dotted} or {plain}"
        th_either = either.replace(" or ", " หรือ ")
        return f"{shown} has a comma. Write {either}.", f"{shown} มีจุลภาค ให้เขียน {th_either}", plain
    return f"{shown} is no number; write {en}.", f"{shown} ไม่ใช่ตัวเลข ต้องเป็น{th}"


def _too_young(text: str, youngest: int) -> tuple[str, ...]:
    return (
        f"{text} is below {youngest}. Citizens are {youngest} or older (world.youngest); children may be from 6 on. "
        "Take the row out, or write a lower world.youngest.",
        f"{text} ต่ำกว่า {youngest} พลเมืองมีอายุ {youngest} ปีขึ้นไป (world.youngest) เด็กมีอายุได้ตั้งแต่ 6 ปี "
        "ให้ลบแถวนี้ออก หรือเขียน world.youngest ให้ต่ำลง",
    )


_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")


def _is_number(text: str) -> bool:
    try:
        return bool(np.isfinite(float(text)))
    except ValueError:
        return False


def labels_of(
    raw: Raw, known: Known, mistakes: Mistakes, optional: bool = False
) -> tuple[NDArray[np.int64], list[str]]:
    """Read a column of names: return each row's number (-1 where empty) and the names in their order of appearance."""
    column = raw.columns[known.name]
    _present(raw, known, mistakes, optional)
    encoded = pc.dictionary_encode(column)
    names = [str(name) for name in encoded.dictionary.to_pylist()]
    strange = [i for i, name in enumerate(names) if len(name) > LONGEST_ID or not name.isprintable()]
    at = encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
    if strange:
        rows = np.flatnonzero(np.isin(at, strange))
        en = f"A name has at most {LONGEST_ID} letters and no control characters."
        th = f"ชื่อต้องยาวไม่เกิน {LONGEST_ID} ตัวอักษร และไม่มีอักขระควบคุม"
        mistakes.at(raw, known.name, rows, lambda _: (en, th))
    return at, names


def unique(raw: Raw, mistakes: Mistakes, noun: Texts) -> list[str]:
    """Return the identifiers of a table, row by row; doubles are mistakes that name the row that has it already."""
    at, names = labels_of(raw, CITIZEN[0], mistakes)
    if len(names) < int((at >= 0).sum()):
        first = np.full(len(names) + 1, -1, np.int64)
        order = np.arange(len(at))[::-1]
        first[at[order]] = order
        doubles = np.flatnonzero((at >= 0) & (first[at] != np.arange(len(at))))

        def tell(row: int) -> tuple[str, ...]:
            name, (place, place_th) = quoted(names[at[row]]), raw.place(int(first[at[row]]))
            return (
                f"{noun[0]} {name} stands in {place} already. Give each its own id, or take the row out.",
                f"{noun[1]} {name} มีอยู่แล้วใน{place_th} ให้ใช้รหัสที่ไม่ซ้ำ หรือลบแถวนี้ออก",
            )

        mistakes.at(raw, "id", doubles, tell)
    return [names[i] if i >= 0 else "" for i in at.tolist()]


def near_id(word: str, ids: Callable[[list[str]], list[bool]]) -> str:
    """Return an identifier that is one letter away, or nothing; `ids` tells of several words which are identifiers."""
    if not 2 < len(word) <= 40:
        return ""
    letters = sorted({*word, *"0123456789"})
    cuts = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    tries = [a + b[1:] for a, b in cuts if b]
    tries += [a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1]
    tries += [a + c + b[1:] for a, b in cuts if b for c in letters]
    tries += [a + c + b for a, b in cuts for c in letters]
    lower = [word.lower(), word.upper()]
    known = ids([*lower, *tries])
    return next((w for w, yes in zip([*lower, *tries], known, strict=True) if yes and w != word), "")
