"""From a mistake to a message: what was received, what is allowed with its unit, what to write; English and Thai."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Sequence
from typing import Any

from simulation.core.errors import printable, shortened
from simulation.core.names import Message, did_you_mean, listed, quoted
from simulation.core.params import Wrong, counted
from simulation.incentives.catalogue import left_out
from simulation.scenario.fields import Known, number

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


def unknown_key(key: str, table: str, allowed: Sequence[str]) -> Message:
    """Say that there is no such key."""
    ask_en, ask_th, near = did_you_mean(key, allowed)
    where = f" in [{quoted(table)[1:-1]}]" if table else ""
    where_th = where.replace(" in ", " ใน ", 1)
    names = listed(sorted(allowed))
    weeks_en, weeks_th = _WEEKS_COUNT if "start" in allowed and re.search("date|begin", key.lower()) else ("", "")
    return (
        f"There is no key {quoted(key)}{where}.{ask_en}{weeks_en}\nAllowed here: {names}.",
        f"ไม่มีคีย์ {quoted(key)}{where_th}{ask_th}{weeks_th}\nใช้ได้: {names}",
        near,
    )


_WEEKS_COUNT = (
    "\nA scenario has no calendar: weeks count from 0, the first week of the simulation. Write for example start = 4, "
    "the fifth week.",
    "\nสถานการณ์ไม่มีปฏิทิน สัปดาห์นับจาก 0 ซึ่งเป็นสัปดาห์แรกของการจำลอง ให้เขียน เช่น start = 4 คือสัปดาห์ที่ห้า",
)
_LIKE_A_DATE = re.compile(r"(?<!\d)(19|2[05])\d\d(?!\d)|\d{1,2}[/.-]\d{1,2}[/.-]\d{2}")


def only_in_file(key: str) -> Message:
    """Say that a key stands at the head of a file and cannot be brought from elsewhere."""
    return (
        f'"{key}" can only stand in a scenario file. Write it there, at the head.',
        f'"{key}" เขียนได้ในไฟล์สถานการณ์เท่านั้น ให้เขียนไว้ที่ต้นไฟล์',
        "",
    )


def unknown_kind(received: Any, allowed: Sequence[str]) -> Message:
    """Say that there is no such scheme, or that its kind is missing."""
    names = ", ".join(sorted(allowed))
    en_out, th_out = ("".join(f"\n{e.render(lang)}" for e in left_out()) for lang in ("en", "th"))
    if not received:
        return (
            f'"kind" is missing: which scheme is it? Write for example kind = "points".\nInstalled: {names}. '
            f"What each does: kwamdee schemes{en_out}",
            f'ไม่มี "kind" มาตรการชนิดใด เช่น kind = "points"\nที่ติดตั้งไว้: {names}\nดูคำอธิบายแต่ละชนิด: kwamdee schemes --lang th{th_out}',
            "",
        )
    ask_en, ask_th, near = did_you_mean(received, allowed) if isinstance(received, str) else ("", "", "")
    return (
        f"There is no scheme {quoted(as_text(received))}.{ask_en}\nInstalled: {names}. What each does: kwamdee schemes{en_out}",
        f"ไม่มีมาตรการชนิด {quoted(as_text(received))}{ask_th}\nที่ติดตั้งไว้: {names}\nดูคำอธิบายแต่ละชนิด: kwamdee schemes --lang th{th_out}",
        near,
    )


def missing_table(key: str, table: str, beside: str, needs: Sequence[tuple[str, Known]], named: bool) -> Message:
    """Say that a table is missing: `table` is its full name; where no [table] can stand, `beside` is how to write it."""
    if beside:
        inside = ", ".join(f"{name} = {example_of(known)}" for name, known in needs)
        example = f"{beside} = {{ {inside} }}" if inside else f"{beside} = {{}}"
        return f'"{key}" is missing. Add {example} beside the others.', f'ไม่มี "{key}" ให้เพิ่ม {example} ไว้กับคีย์อื่น', ""
    header = f"[{table}.NAME]" if named else f"[{table}]"
    names = [name for name, _ in needs]
    with_en = f", with {', '.join(names[:-1])}{' and ' if names[:-1] else ''}{names[-1]}" if names else ""
    with_th = f" พร้อม {', '.join(names)}" if names else ""
    return f'"{key}" is missing. Add {header}{with_en}.', f'ไม่มี "{key}" ให้เพิ่ม {header}{with_th}', ""


def explain(error: dict[str, Any], key: str, known: Known | None) -> Message:
    """Put one of pydantic's errors into plain words."""
    key = shortened(printable(key))
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
        return _length(str(received), key, error.get("ctx", {}))
    if kind in ("too_long", "too_short") and isinstance(received, list | tuple):
        return _many(len(received), key, error.get("ctx", {}))
    return _wrong_type(received, key, found)


def _length(received: str, key: str, limits: dict[str, Any]) -> Message:
    if "max_length" in limits:
        most = limits["max_length"]
        return (
            f'{shown(received)} is too long: {counted(len(received), "letter")}. "{key}" takes at most {most:,}.',
            f'{shown(received)} ยาวเกินไป: {len(received):,} ตัวอักษร "{key}" รับได้ไม่เกิน {most:,} ตัวอักษร',
            "",
        )
    least = limits.get("min_length", 1)
    what, what_th = ("is empty", "ว่างเปล่า") if not received else ("is too short", "สั้นเกินไป")
    return (
        f'{shown(received)} {what}. "{key}" takes at least {counted(least, "letter")}.',
        f'{shown(received)} {what_th} "{key}" ต้องมีอย่างน้อย {least:,} ตัวอักษร',
        "",
    )


def _many(received: int, key: str, limits: dict[str, Any]) -> Message:
    """Say of a list that it has too many values, or too few."""
    most = limits.get("max_length")
    wanted = limits.get("min_length") if most is None else most
    bound, bound_th = ("at least", "อย่างน้อย") if most is None else ("at most", "ไม่เกิน")
    return (
        f'"{key}" takes {bound} {counted(wanted or 0, "value")}, and here it has {received:,}.',
        f'"{key}" ต้องมี{bound_th} {wanted:,} ค่า แต่มี {received:,} ค่า',
        "",
    )


def _missing(key: str, known: Known) -> Message:
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
    bound = "" if edge is None else f" {number(edge)}"
    en, th, _ = _sentence(received, key, known, f"is {limit_en}{bound}", f"{limit_th}{bound}")
    if _is_share(known) and _is_number(received) and received > 1:
        share = f"For {received:g}%, write {received / 100:g}." if 2 <= received <= 100 else "For 40%, write 0.4."
        share_th = share.replace("For ", "ถ้าต้องการร้อยละ ").replace("%, write ", " ให้เขียน ").rstrip(".")
        en, th = f"{en}\n{share}", f"{th}\n{share_th}"
        if not known.high_open:
            en, th = f"{en} For everything, write 1.", f"{th} ถ้าต้องการทั้งหมด ให้เขียน 1"
    return en, th, ""


def _is_share(known: Known) -> bool:
    """Tell shares, of which one may think in percent, from other numbers up to 1, such as a chance a week."""
    said = known.description.lower()
    return (
        known.high == 1 and (known.unit == "share" or "share" in said) and not said.startswith(("chance", "r: chance"))
    )


def _wrong_type(received: Any, key: str, known: Known) -> Message:
    what_en, what_th = _type_of(received)
    hint_en = hint_th = ""
    if known.unit == "weeks" and key == "start" and _is_date(received):
        what_en, what_th = "is a calendar date", "เป็นวันที่ตามปฏิทิน"
        hint_en, hint_th = _WEEKS_COUNT
    elif isinstance(received, str) and known.kind in ("number", "whole number"):
        plain = received.translate(_THAI_DIGITS).replace(",", "").strip()
        if len(plain) <= 30 and re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", plain):
            if plain != received.replace(",", "").strip():
                what_en, what_th = "is written in Thai digits", "เป็นเลขไทย"
            elif "," in received:
                what_en, what_th = "has a comma", "มีจุลภาค"
            hint_en, hint_th = f"\nWrite {plain}, without quotation marks.", f"\nให้เขียน {plain} โดยไม่ใส่เครื่องหมายคำพูด"
        elif received.strip().lower().lstrip("+-") in ("nan", "inf", "infinity"):
            what_en, what_th = "is no number that can be used", "ใช้เป็นตัวเลขไม่ได้"
            hint_en = f"\nWrite a number, for example {example_of(known)}."
            hint_th = f"\nให้เขียนตัวเลข เช่น {example_of(known)}"
        else:
            example = example_of(known)
            hint_en = f"\nWrite it without quotation marks, for example {example}."
            hint_th = f"\nเขียนโดยไม่ใส่เครื่องหมายคำพูด เช่น {example}"
    if known.kind == "list" and isinstance(received, str):
        hint_en, hint_th = f"\nWrite [{shown(received)}].", f"\nให้เขียน [{shown(received)}]"
    if known.kind == "table" and isinstance(received, str) and key in _IN_BOTH:
        hint_en, hint_th = (f"\n{word} {_in_both(key, received)}" for word in ("Write", "ให้เขียน"))
    if known.kind == "table" and isinstance(received, list):
        hint_en = "\nWrite its name in one pair of brackets, not two, and only once."
        hint_th = "\nให้เขียนชื่อในวงเล็บเหลี่ยมคู่เดียว ไม่ใช่สองคู่ และเขียนครั้งเดียว"
    if known.kind == "list" and isinstance(received, dict):
        hint_en = "\nWhere it is a list of tables, write its name in two pairs of brackets, not one, before each."
        hint_th = "\nถ้าเป็นรายการของตาราง ให้เขียนชื่อในวงเล็บเหลี่ยมสองคู่ ไม่ใช่คู่เดียว ไว้ก่อนแต่ละตาราง"
    en, th, _ = _sentence(received, key, known, what_en, what_th)
    return en + hint_en, th + hint_th, ""


_IN_BOTH = ("title", "question", "unit", "why", "approximation")
"""Keys that hold a text in both languages."""
_THAI_LETTER = re.compile("[\u0e01-\u0e4e]")


def _in_both(key: str, received: str) -> str:
    """Return how a text of both languages is written, with what was received in its own place."""
    text = quoted(received)
    en, th = ('"..."', text) if _THAI_LETTER.search(received) else (text, '"..."')
    return f"{key} = {{ en = {en}, th = {th} }}"


def _is_date(received: Any) -> bool:
    """Tell a date, or text that holds a year, of the common era or the Buddhist one."""
    if isinstance(received, datetime.date):
        return True
    return isinstance(received, str) and _LIKE_A_DATE.search(received.translate(_THAI_DIGITS)) is not None


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
    if isinstance(received, datetime.date | datetime.time):
        return "is a date or time", "เป็นวันที่หรือเวลา"
    return ("is a list", "เป็นรายการ") if isinstance(received, list) else ("is of another kind", "ผิดชนิด")


def _not_allowed(received: Any, key: str, known: Known) -> Message:
    ask_en, ask_th, near = did_you_mean(as_text(received), known.choices)
    names = ", ".join(known.choices)
    en = f'{shown(received)} is not allowed for "{key}".{ask_en}'
    th = f'{_shown_th(received)}ใช้กับ "{key}" ไม่ได้{ask_th}'
    return f"{en}\nAllowed: {names}.", f"{th}\nใช้ได้: {names}", near


def _sentence(received: Any, key: str, known: Known, en: str, th: str) -> Message:
    return f"{shown(received)} {en}. {_what_en(key, known)}", f"{_shown_th(received)}{th} {_what_th(key, known)}", ""


def _what_en(key: str, known: Known) -> str:
    """Say what a key takes, such as: weeks is a whole number, 1 to 5200."""
    kind = known.kind if known.kind in ("text", "true or false") else f"a {known.kind}"
    unit = f" ({known.unit})" if known.unit else ""
    bounds = known.bounds()
    what = f'"{key}" is {kind}{unit}{", " + bounds if bounds else ""}'
    if known.choices:
        one_of = "" if len(known.choices) == 1 else "one of "
        what = f'"{key}" is {one_of}{", ".join(known.choices)}'
    return f"{what}: {known.description[:1].lower()}{known.description[1:]}" if known.description else f"{what}."


def _what_th(key: str, known: Known) -> str:
    bounds = known.bounds("th")
    what = f'"{key}" ต้องเป็น{_KINDS_TH.get(known.kind, "ค่า")}{" " + bounds if bounds else ""}'
    if known.choices:
        what = f'"{key}" ต้องเป็น {", ".join(known.choices)}'
    return f"{what}: {known.description_th}" if known.description_th else what


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


class AsWritten(str):
    """A value as it stands in the file; it is shown without quotation marks."""


def shown(received: Any) -> str:
    """Show what was received, as the file has it, on one line and cut where it is long."""
    if isinstance(received, bool):
        return "true" if received else "false"
    if received is None:
        return "nothing"
    if isinstance(received, dict | list):
        return "This"
    quotes = isinstance(received, str) and not isinstance(received, AsWritten)
    return quoted(received) if quotes else shortened(printable(as_text(received)))


def _shown_th(received: Any) -> str:
    """Show what was received before a Thai word."""
    return "ค่านี้" if isinstance(received, dict | list) else f"{shown(received)} "


def as_text(received: Any) -> str:
    """Return what was received as text; of tables and lists only what they are."""
    if isinstance(received, dict | list):
        return "a table" if isinstance(received, dict) else "a list"
    if isinstance(received, int) and not isinstance(received, bool) and abs(received) > 10**300:
        return f"{'-' if received < 0 else ''}1e{int(math.log10(abs(received)))}"
    return str(received)[:200]


def _is_number(x: Any) -> bool:
    return isinstance(x, int | float) and not isinstance(x, bool)
