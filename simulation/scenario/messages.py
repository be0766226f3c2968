"""From a mistake to a message: what was received, what is allowed with its unit, what to write; English and Thai."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from simulation.core.params import Wrong
from simulation.scenario.fields import Known

Message = tuple[str, str, str]  # English, Thai, suggestion
_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_KINDS_TH = {
    "number": "ตัวเลข",
    "whole number": "จำนวนเต็ม",
    "text": "ข้อความ",
    "true or false": "true หรือ false",
    "list": "รายการ",
    "table": "ตาราง",
    "value": "ค่า",
}
_FURTHEST = 1 / 3  # share of its letters by which a name may differ to be suggested


def nearest(word: str, allowed: Sequence[str]) -> list[str]:
    """Return the nearest name, at most a third of its letters away; two where equally near."""
    away = sorted((distance(word.lower(), name.lower()), name) for name in allowed if name != word)
    close = [(d, name) for d, name in away if d <= max(1, len(word) * _FURTHEST)]
    return [name for d, name in close if d == close[0][0]][:2]


def distance(a: str, b: str) -> int:
    """Count the letters to put in, take out, change or swap with the next one to turn a into b."""
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        older, before, row = before, row, [i]
        for j, y in enumerate(b, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return row[-1]


def did_you_mean(word: str, allowed: Sequence[str]) -> Message:
    """Return the question in both languages, with a blank before it, and the nearest name; empty where none is near."""
    near = nearest(word, allowed)
    if not near:
        return "", "", ""
    en, th = " or ".join(f'"{n}"' for n in near), " หรือ ".join(f'"{n}"' for n in near)
    return f" Did you mean {en}?", f" หมายถึง {th} หรือไม่", near[0]


def unknown_key(key: str, table: str, allowed: Sequence[str]) -> Message:
    """Say that there is no such key."""
    ask_en, ask_th, near = did_you_mean(key, allowed)
    en = f'There is no key "{key}" in [{table}].' if table else f'There is no key "{key}".'
    th = f'ไม่มีคีย์ "{key}" ใน [{table}]' if table else f'ไม่มีคีย์ "{key}"'
    names = ", ".join(sorted(allowed))
    return f"{en}{ask_en}\nAllowed here: {names}.", f"{th}{ask_th}\nใช้ได้: {names}", near


def unknown_kind(received: Any, allowed: Sequence[str]) -> Message:
    """Say that there is no such scheme, or that its kind is missing."""
    names = ", ".join(sorted(allowed))
    if not received:
        return (
            f'"kind" is missing: which scheme is it? Write for example kind = "points".\nInstalled: {names}. '
            "What each does: kwamdee schemes",
            f'ไม่มี "kind" มาตรการชนิดใด เช่น kind = "points"\nที่ติดตั้งไว้: {names}\nดูคำอธิบายแต่ละชนิด: kwamdee schemes --lang th',
            "",
        )
    ask_en, ask_th, near = did_you_mean(str(received), allowed)
    return (
        f'There is no scheme "{received}".{ask_en}\nInstalled: {names}. What each does: kwamdee schemes',
        f'ไม่มีมาตรการชนิด "{received}"{ask_th}\nที่ติดตั้งไว้: {names}\nดูคำอธิบายแต่ละชนิด: kwamdee schemes --lang th',
        near,
    )


def explain(error: dict[str, Any], key: str, known: Known | None) -> Message:
    """Put one of pydantic's errors into plain words."""
    kind, received = str(error["type"]), error.get("input")
    found = known or Known("value")
    if kind == "missing":
        return _missing(key, found)
    if kind == "value_error":
        cause = error.get("ctx", {}).get("error")
        en = str(cause if cause is not None else error["msg"])
        return f"{en}.", cause.th if isinstance(cause, Wrong) else en, ""
    if kind in ("literal_error", "enum"):
        return _not_allowed(received, key, found)
    if kind in ("greater_than_equal", "greater_than", "less_than_equal", "less_than"):
        return _out_of_range(kind, received, key, found)
    if kind == "finite_number":
        return _sentence(received, key, found, "is not a number that can be used", "ไม่ใช่ตัวเลขที่ใช้ได้")
    if kind in ("string_too_long", "string_too_short"):
        limit = error.get("ctx", {}).get("max_length", error.get("ctx", {}).get("min_length"))
        en, th = ("is too long", "ยาวเกินไป") if kind.endswith("long") else ("is too short", "สั้นเกินไป")
        return (
            f'{shown(received)} {en}. "{key}" takes {limit} letters.',
            f'{shown(received)} {th} "{key}" รับได้ {limit} ตัวอักษร',
            "",
        )
    return _wrong_type(received, key, found)


def _missing(key: str, known: Known) -> Message:
    if known.kind == "table":
        return f'"{key}" is missing. Add [{key}].', f'ไม่มี "{key}" ให้เพิ่ม [{key}]', ""
    example = example_of(known)
    en = f'"{key}" is missing. {_what_en(key, known)}\nAdd it, for example {key} = {example}.'
    return en, f'ไม่มี "{key}" {_what_th(key, known)}\nให้เพิ่ม เช่น {key} = {example}', ""


def _out_of_range(kind: str, received: Any, key: str, known: Known) -> Message:
    if known.in_scheme and _is_number(received) and received < 0:
        hint_en, hint_th = (
            ' To end a reward, set "weeks" in its schedule.',
            ' ถ้าต้องการเลิกให้รางวัล ให้กำหนด "weeks" ใน schedule',
        )
        return (
            f"{shown(received)} is negative. In Kwamdee a scheme can only give; nothing can be taken from anybody "
            f"(rule G1, positive only). Write 0 or more.{hint_en}",
            f"{shown(received)} เป็นค่าติดลบ มาตรการใน Kwamdee มีแต่ให้ เอาสิ่งใดไปจากใครไม่ได้ (กฎ G1 เชิงบวกเท่านั้น)"
            f"\nให้เขียน 0 หรือมากกว่า{hint_th}",
            "",
        )
    limit_en = {"greater_than_equal": "below", "greater_than": "not above"}.get(
        kind, "above" if kind == "less_than_equal" else "not below"
    )
    limit_th = {"greater_than_equal": "น้อยกว่า", "greater_than": "ไม่มากกว่า"}.get(
        kind, "มากกว่า" if kind == "less_than_equal" else "ไม่น้อยกว่า"
    )
    edge = known.low if kind.startswith("greater") else known.high
    bound = "" if edge is None else f" {edge:,.15g}"
    en, th, _ = _sentence(received, key, known, f"is {limit_en}{bound}", f"{limit_th}{bound}")
    if known.high == 1 and known.kind == "number" and _is_number(received) and received > 1:
        share = f"For {received:g}%, write {received / 100:g}." if 2 <= received <= 100 else "For 40%, write 0.4."
        share_th = share.replace("For ", "ถ้าต้องการร้อยละ ").replace("%, write ", " ให้เขียน ").rstrip(".")
        en, th = f"{en}\n{share}", f"{th}\n{share_th}"
        if not known.high_open:
            en, th = f"{en} For everything, write 1.", f"{th} ถ้าต้องการทั้งหมด ให้เขียน 1"
    return en, th, ""


def _wrong_type(received: Any, key: str, known: Known) -> Message:
    what_en, what_th = _type_of(received)
    hint_en = hint_th = ""
    if isinstance(received, str) and known.kind in ("number", "whole number"):
        number = received.translate(_THAI_DIGITS).replace(",", "").strip()
        if re.fullmatch(r"-?\d+(\.\d+)?", number):
            if number != received.replace(",", "").strip():
                what_en, what_th = "is written in Thai digits", "เป็นเลขไทย"
            elif "," in received:
                what_en, what_th = "has a comma", "มีจุลภาค"
            hint_en, hint_th = f"\nWrite {number}, without quotation marks.", f"\nให้เขียน {number} โดยไม่ใส่เครื่องหมายคำพูด"
        else:
            example = example_of(known)
            hint_en = f"\nWrite it without quotation marks, for example {example}."
            hint_th = f"\nเขียนโดยไม่ใส่เครื่องหมายคำพูด เช่น {example}"
    en, th, _ = _sentence(received, key, known, what_en, what_th)
    return en + hint_en, th + hint_th, ""


def _type_of(received: Any) -> tuple[str, str]:
    if isinstance(received, str):
        return "is text", "เป็นข้อความ"
    if isinstance(received, bool):
        return "is true or false", "เป็นค่า true หรือ false"
    if isinstance(received, float):
        return "is no whole number", "ไม่ใช่จำนวนเต็ม"
    if isinstance(received, int):
        return "is a number", "เป็นตัวเลข"
    if isinstance(received, dict):
        return "is a table", "เป็นตาราง"
    return ("is a list", "เป็นรายการ") if isinstance(received, list) else ("is of another kind", "ผิดชนิด")


def _not_allowed(received: Any, key: str, known: Known) -> Message:
    ask_en, ask_th, near = did_you_mean(str(received), known.choices)
    names = ", ".join(known.choices)
    en, th = f'{shown(received)} is not allowed for "{key}".{ask_en}', f'{shown(received)} ใช้กับ "{key}" ไม่ได้{ask_th}'
    return f"{en}\nAllowed: {names}.", f"{th}\nใช้ได้: {names}", near


def _sentence(received: Any, key: str, known: Known, en: str, th: str) -> Message:
    return f"{shown(received)} {en}. {_what_en(key, known)}", f"{shown(received)} {th} {_what_th(key, known)}", ""


def _what_en(key: str, known: Known) -> str:
    """Say what a key takes, such as: weeks is a whole number, 1 to 5200."""
    kind = known.kind if known.kind in ("text", "true or false") else f"a {known.kind}"
    unit = f" ({known.unit})" if known.unit else ""
    bounds = known.bounds()
    what = f'"{key}" is {kind}{unit}{", " + bounds if bounds else ""}'
    if known.choices:
        what = f'"{key}" is one of {", ".join(known.choices)}'
    return f"{what}: {known.description[:1].lower()}{known.description[1:]}" if known.description else f"{what}."


def _what_th(key: str, known: Known) -> str:
    if known.choices:
        return f'"{key}" ต้องเป็น {", ".join(known.choices)}'
    bounds = known.bounds("th")
    return f'"{key}" ต้องเป็น{_KINDS_TH.get(known.kind, "ค่า")}{" " + bounds if bounds else ""}'


def example_of(known: Known) -> str:
    """Return a value that the key takes, as TOML."""
    if known.choices:
        return known.choices[0] if known.choices[0].isdigit() else f'"{known.choices[0]}"'
    if known.kind == "number":
        return "0.4" if known.high == 1 else f"{max(known.low or 0.0, 1.0):g}.0"
    simple = {"text": '"..."', "true or false": "true", "list": "[]", "table": "{}"}
    return simple.get(
        known.kind, f"{max(known.low or 0, 4):g}" if known.high is None or known.high >= 4 else f"{known.high:g}"
    )


def syntax(cause: str) -> tuple[str, str]:
    """Say in plain words why a line is no TOML."""
    for pattern, en, th in _SYNTAX:
        if re.search(pattern, cause):
            return en, th
    return cause, cause


_SYNTAX = (
    (
        r"Illegal character '\\n'|Expected \"'\"|Unterminated string",
        'a text is opened with " and not closed',
        'มีเครื่องหมาย " เปิดแต่ไม่ปิด',
    ),
    (r"Illegal character", "it holds a control character", "มีอักขระควบคุม"),
    (r"Cannot declare", "this table stands twice", "ตารางนี้มีสองครั้ง"),
    (r"Cannot overwrite", "this key stands twice", "คีย์นี้มีสองครั้ง"),
    (r"Expected '='", 'after the key an "=" is missing', 'หลังคีย์ไม่มีเครื่องหมาย "="'),
    (r"Unclosed inline table", "a { is opened and not closed", "มีเครื่องหมาย { เปิดแต่ไม่ปิด"),
    (r"Unclosed array", "a [ is opened and not closed", "มีเครื่องหมาย [ เปิดแต่ไม่ปิด"),
    (r"Expected '\]'", "a [ is opened and not closed", "มีเครื่องหมาย [ เปิดแต่ไม่ปิด"),
    (
        r"Invalid statement",
        "a line is key = value, [table] or # comment",
        "แต่ละบรรทัดเป็น key = value หรือ [table] หรือ # หมายเหตุ",
    ),
    (
        r"Invalid value",
        "the value is missing, or a text without quotation marks",
        "ไม่มีค่า หรือเป็นข้อความที่ไม่มีเครื่องหมายคำพูด",
    ),
    (
        r"Expected newline",
        "something stands after the value; numbers have no commas or blanks",
        "มีสิ่งอื่นอยู่หลังค่า ตัวเลขไม่มีจุลภาคหรือช่องว่าง",
    ),
)


def shown(received: Any) -> str:
    """Show what was received, as the file has it."""
    if isinstance(received, bool):
        return "true" if received else "false"
    if received is None:
        return "nothing"
    text = str(received)
    text = text if len(text) <= 60 else text[:57] + "..."
    return f'"{text}"' if isinstance(received, str) else text


def _is_number(x: Any) -> bool:
    return isinstance(x, int | float) and not isinstance(x, bool)
