"""From text to nested dicts; where that fails, the place and in plain words what to write instead."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from typing import Any, NamedTuple

from simulation.core.errors import Problem, ScenarioError, cut_around
from simulation.core.names import quoted
from simulation.scenario.lines import DEEPEST, LONGEST_KEY, Fault, Scan
from simulation.scenario.refused import refused_in_scheme

Words = tuple[str, str]
WINDOW = 200  # letters of a source line that a problem keeps
_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_TWICE = re.compile("Cannot (?:declare|overwrite|mutate|redefine)|Duplicate inline")


class Trouble(NamedTuple):
    """Why a text is no TOML: from where to where, in both languages without a full stop."""

    start: int
    end: int
    en: str
    th: str
    rule: str = ""  # the rule of rights that it would break once it can be read


def parse(name: str, found: Scan) -> dict[str, Any]:
    """Return the data of a scanned text; raises ScenarioError with the first place that cannot be read."""
    fault = found.fault
    if fault is not None and fault.what in ("deep", "parts", "number"):  # tomllib takes its time, or gives up late
        raise ScenarioError([_problem(name, found, _of_fault(fault))])
    try:
        return tomllib.loads(found.text)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        raise ScenarioError([_problem(name, found, _trouble(str(error), found))]) from None


def _problem(name: str, found: Scan, trouble: Trouble) -> Problem:
    line, column = found.line_of(trouble.start)
    source = found.source(line)
    shown, start, end = cut_around(source, column, min(len(source), column + trouble.end - trouble.start), WINDOW)
    return Problem(
        name,
        f"Line {line} cannot be read: {trouble.en}.",
        f"อ่านบรรทัดที่ {line} ไม่ได้: {trouble.th}",
        line,
        column,
        source_line=shown,
        caret_start=start,
        caret_end=end,
        rule=trouble.rule,
    )


def _trouble(message: str, found: Scan) -> Trouble:
    at = _offset(message, found)
    if found.fault is not None and found.fault.start <= at:
        return _of_fault(found.fault)
    if _TWICE.match(message) and found.twice is not None:
        return _of_twice(found)
    for pattern, tell in _CAUSES:
        if re.match(pattern, message):
            return tell(found, at)
    return Trouble(at, at, "this is no TOML", "ไม่เป็นไปตามรูปแบบ TOML")


def _offset(message: str, found: Scan) -> int:
    at = re.search(r"\(at line (\d+), column (\d+)\)", message)
    if at is None:  # at the end of the document: the last thing that stands there
        return len(found.text.rstrip())
    return min(found.starts[int(at[1]) - 1] + int(at[2]) - 1, len(found.text))


_FAULTS: dict[str, Words] = {
    "text": (
        "a text is opened with a quotation mark and not closed; close it with the same mark on the same line",
        "มีเครื่องหมายคำพูดเปิดแต่ไม่ปิด ให้ปิดด้วยเครื่องหมายเดียวกันในบรรทัดเดียวกัน",
    ),
    "block": (
        "a text is opened here with three quotation marks and never closed; close it with the same three",
        "ข้อความเปิดด้วยเครื่องหมายคำพูดสามตัวที่นี่แต่ไม่ปิด ให้ปิดด้วยเครื่องหมายเดียวกันสามตัว",
    ),
    "list": ("a [ is opened here and never closed; close the list with ]", "มีเครื่องหมาย [ เปิดที่นี่แต่ไม่ปิด ให้ปิดรายการด้วย ]"),
    "table": (
        "a { is opened here and not closed; close it with } on the same line",
        "มีเครื่องหมาย { เปิดที่นี่แต่ไม่ปิด ให้ปิดด้วย } ในบรรทัดเดียวกัน",
    ),
    "deep": (
        f"more than {DEEPEST} lists or tables stand inside one another from here on",
        f"มีรายการหรือตารางซ้อนกันเกิน {DEEPEST} ชั้นตั้งแต่ที่นี่",
    ),
    "parts": (f"this key has more than {LONGEST_KEY} parts", f"คีย์นี้มีเกิน {LONGEST_KEY} ส่วน"),
}


def _of_fault(fault: Fault) -> Trouble:
    if fault.what == "number":
        n = fault.end - fault.start
        return Trouble(
            fault.start,
            fault.end,
            f"a value of {n:,} letters without quotation marks is no number that can be used",
            f"ค่าที่ยาว {n:,} ตัวอักษรโดยไม่มีเครื่องหมายคำพูด ไม่ใช่ตัวเลขที่ใช้ได้",
        )
    return Trouble(fault.start, fault.end, *_FAULTS[fault.what])


def _of_twice(found: Scan) -> Trouble:
    twice = found.twice
    assert twice is not None
    first, _ = found.line_of(twice.first)
    name = ".".join(twice.path)
    end = found.starts[found.line_of(twice.again)[0] - 1] + len(found.source(found.line_of(twice.again)[0]))
    shown = f"[{quoted(name)[1:-1]}]" if twice.table else quoted(name)
    what = Trouble(
        twice.again,
        end,
        f"{shown} stands twice, first on line {first}. Keep one of the two, with all that belongs to it",
        f"{shown} มีสองครั้ง ครั้งแรกอยู่บรรทัดที่ {first} ให้เหลือไว้ที่เดียวพร้อมทุกอย่างที่อยู่ในนั้น",
    )
    return what if twice.table else what._replace(end=twice.again + len(_token(found, twice.again, r"[^=\n]*")))


def _token(found: Scan, at: int, pattern: str = r"[^,\]}#\n]*") -> str:
    """Return what stands at an offset, up to the end of the value."""
    got = re.compile(pattern).match(found.text, at)
    return got[0].rstrip() if got else ""


def _value(found: Scan, at: int) -> Trouble:
    token = _token(found, at)
    number = token.translate(_THAI_DIGITS)
    say: Words
    if not token:
        say = ("the value is missing", "ไม่มีค่า")
    elif token[0] in _SMART:
        token, say = _token(found, at, r"[^,#\n]*"), _STRAIGHT
    elif number != token and re.fullmatch(r"[+-]?[\d_.]+", number):
        say = (f"numbers are written with the digits 0-9; write {number}", f"ตัวเลขต้องเขียนด้วยเลขอารบิก ให้เขียน {number}")
    elif token.lower() in ("true", "false"):
        say = (f"write {token.lower()}, in small letters", f"ให้เขียน {token.lower()} ด้วยตัวพิมพ์เล็ก")
    elif token.lower() in ("none", "null", "nil", "na"):
        say = ("there is no empty value; leave the whole line out", "ไม่มีค่าว่าง ให้ลบทั้งบรรทัด")
    elif re.fullmatch(r"[+-]?\.\d+", token):
        say = (f"write {token.replace('.', '0.')}", f"ให้เขียน {token.replace('.', '0.')}")
    else:
        say = (
            f"a text stands in quotation marks; write {_as_text(token)}",
            f"ข้อความต้องอยู่ในเครื่องหมายคำพูด ให้เขียน {_as_text(token)}",
        )
    return Trouble(at, at + len(token), *say)


def _as_text(token: str) -> str:
    return quoted(token.strip("\"'"))


_SMART = "“”„‟‘’‚«»＂"
_STRAIGHT = ('write straight quotation marks, such as "..."', 'ให้ใช้เครื่องหมายคำพูดแบบตรง เช่น "..."')


def _key(found: Scan, at: int) -> Trouble:
    """Say why no key can be read at, or just before, an offset."""
    line, _ = found.line_of(at)
    token = _token(found, at, r"[^=\]\n]*")
    begins = found.starts[line - 1]
    before = re.search(r"[^\s.\[{,=]*$", found.text[max(begins, at - 100) : at])
    start = at - len(before[0]) if before else at
    word = found.text[start:at] + token
    if not word[:1].isprintable():
        return _control(found, start)
    if word[:1] in tuple(_SMART):
        return Trouble(start, start + len(word), *_STRAIGHT)
    if word[:1].isalnum() and not word.isascii():
        word = re.split(r"[.\]\"'\s]", word)[0]  # the one part of a dotted name
        return _unquoted(found, start, word)
    return Trouble(
        start,
        start + len(word),
        "a line is key = value, [table] or # comment",
        "แต่ละบรรทัดเป็น key = value หรือ [table] หรือ # หมายเหตุ",
    )


def _unquoted(found: Scan, start: int, word: str) -> Trouble:
    """Say that a name needs quotation marks, and the rule where it is a key of a scheme that would break one."""
    trouble = Trouble(
        start,
        start + len(word),
        f"a name with other letters than a-z stands in quotation marks; write {_as_text(word)}",
        f"ชื่อที่มีตัวอักษรอื่นนอกจาก a-z ต้องอยู่ในเครื่องหมายคำพูด ให้เขียน {_as_text(word)}",
    )
    refusal = refused_in_scheme(word) if _in_scheme(found, start) else None
    if refusal is None:
        return trouble
    en, th = refusal.text.en.removesuffix("."), refusal.text.th
    return trouble._replace(
        en=f"{trouble.en}. But no scheme may have such a key: {en}",
        th=f"{trouble.th} แต่มาตรการมีคีย์เช่นนี้ไม่ได้: {th}",
        rule=refusal.rules[0],
    )


def _in_scheme(found: Scan, at: int) -> bool:
    """Tell whether a key at an offset, outside of a header, belongs to a scheme: arms.ARM.schemes.SCHEME and on."""
    line, _ = found.line_of(at)
    begins = found.starts[line - 1]
    if found.source(line).lstrip().startswith("["):
        return False
    headers = re.findall(r"(?m)^[ \t]*\[([^\]\n]*)\]", found.text[:begins])
    before = f"{headers[-1] if headers else ''} {found.text[begins:at]}"
    parts = re.findall(r"[^\s.={}\[\],\"']+", before)
    return parts[:1] == ["arms"] and parts[2:3] == ["schemes"] and len(parts) > 3


def _equals(found: Scan, at: int) -> Trouble:
    if found.text[at : at + 1] == ":":
        return Trouble(at, at + 1, 'after the key write "=" instead of ":"', 'หลังคีย์ให้เขียน "=" แทน ":"')
    if found.text[at : at + 1].isalpha() and not found.text[at].isascii():
        return _key(found, at)
    line, column = found.line_of(at)
    source = found.source(line)
    words = source.split("=")[0].strip()
    if "=" in source[column:] and re.fullmatch(r"[\w-]+(?: +[\w-]+)+", words):
        joined = re.sub(" +", "_", words)
        return Trouble(
            at,
            at + len(_token(found, at, r"[^=\n]*")),
            f"a key has no blanks; write {joined}, or {quoted(words)} for a name of your own",
            f"คีย์ไม่มีช่องว่าง ให้เขียน {joined} หรือ {quoted(words)} ถ้าเป็นชื่อที่ตั้งเอง",
        )
    return Trouble(at, at + len(_token(found, at)), 'after the key an "=" is missing', 'หลังคีย์ไม่มีเครื่องหมาย "="')


def _header(found: Scan, at: int) -> Trouble:
    if found.text[at : at + 1].isalpha() and not found.text[at].isascii():
        return _key(found, at)
    line, _ = found.line_of(at)
    double = found.source(line).lstrip().startswith("[[")
    open_, close = ("[[", "]]") if double else ("[", "]")
    return Trouble(
        found.starts[line - 1],
        at,
        f"{open_} is not closed; a table is {open_}name{close}, with a name of letters, digits, _ and -",
        f"มี {open_} แต่ไม่ปิด ตารางต้องเป็น {open_}ชื่อ{close} ชื่อใช้ตัวอักษร a-z ตัวเลข _ และ -",
    )


def _after(found: Scan, at: int) -> Trouble:
    """Say what to do with something that stands after a value."""
    rest = _token(found, at, r"[^#\n]*")
    if not rest[:1].isprintable() or found.text[at : at + 1] == "\r":
        return _control(found, at)
    line, column = found.line_of(at)
    before = re.search(r"[0-9][0-9_., ]*$", found.source(line)[max(0, column - 60) : column])
    number = (before[0] if before else "") + rest
    plain = re.sub("[, _]", "", number)
    say: Words = (
        "something stands after the value; take it out, or put a # before it",
        "มีสิ่งอื่นอยู่หลังค่า ให้ลบออก หรือใส่ # ข้างหน้า",
    )
    if re.fullmatch(r"\d[\d, _]*\d(?:\.\d+)?", number) and plain != number and not plain.startswith("0"):
        say = (f"numbers have no commas or blanks; write {plain}", f"ตัวเลขไม่มีจุลภาคหรือช่องว่าง ให้เขียน {plain}")
    elif re.fullmatch(r"\d+(?:\.\d+)? *%", number) and len(number) < 20:
        share = f"{float(number.rstrip(' %')) / 100:g}"
        say = (f"a share is written as a number; write {share}", f"สัดส่วนต้องเขียนเป็นตัวเลข ให้เขียน {share}")
    elif re.fullmatch(r"\d{4}-\d\d.*", number):
        say = _NO_DATE
    elif re.fullmatch(r"0\d+", number):
        say = (
            f"a number does not begin with 0; write {number.lstrip('0') or 0}",
            f"ตัวเลขไม่ขึ้นต้นด้วย 0 ให้เขียน {number.lstrip('0') or 0}",
        )
    return Trouble(at, at + len(rest), *say)


_NO_DATE = ("there is no such date or time", "ไม่มีวันที่หรือเวลานี้")


def _control(found: Scan, at: int) -> Trouble:
    char = found.text[at : at + 1]
    code = char.encode("unicode_escape").decode("ascii")
    if char == "\n":  # a text that the scanner could not follow
        return Trouble(at, at, *_FAULTS["text"])
    return Trouble(at, at + 1, f"here stands the control character {code}; take it out", f"มีอักขระควบคุม {code} ให้ลบออก")


def _plain(en: str, th: str, width: int = 1) -> Callable[[Scan, int], Trouble]:
    def tell(_found: Scan, at: int) -> Trouble:
        return Trouble(at, at + width, en, th)

    return tell


def _again(found: Scan, at: int) -> Trouble:
    line, _ = found.line_of(at)
    start = found.starts[line - 1]
    return Trouble(
        start,
        start + len(found.source(line)),
        "this key or table was written before, perhaps within { }; put all that belongs to it in one place",
        "คีย์หรือตารางนี้เขียนไว้ก่อนแล้ว อาจอยู่ใน { } ให้รวมไว้ที่เดียว",
    )


_BACKSLASH = _plain(
    r'a backslash in a text begins a special sign; write \\ for a backslash, or put the text in \' instead of "'.replace(
        r"\'", "'"
    ),
    r"เครื่องหมาย \ ในข้อความใช้เริ่มอักขระพิเศษ ให้เขียน \\ แทน หรือใช้ ' ครอบข้อความแทน " + '"',
)
_CAUSES: tuple[tuple[str, Callable[[Scan, int], Trouble]], ...] = (
    ("Invalid value", _value),
    ("Invalid statement|Invalid initial character", _key),
    ("Expected '=' after", _equals),
    (r"Expected '\]+'", _header),
    ("Expected newline", _after),
    ("Illegal character|Found invalid character", _control),
    ("Invalid hex value|Unescaped|Escaped character", _BACKSLASH),
    ("Invalid date", _plain(*_NO_DATE)),
    (
        "Unclosed array",
        _plain(
            "in a list a comma is missing between two values, or the ] at the end",
            "รายการขาดจุลภาคระหว่างค่า หรือขาด ] ปิดท้าย",
        ),
    ),
    (
        "Unclosed inline",
        _plain(
            "in { } a comma is missing between two keys, or the } at the end", "ใน { } ขาดจุลภาคระหว่างคีย์ หรือขาด } ปิดท้าย"
        ),
    ),
    ("Unterminated string|Expected \"'", _plain(*_FAULTS["text"], width=0)),
    (_TWICE.pattern, _again),
)
