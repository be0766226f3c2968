"""From a validation error to a message that says what was received, what is allowed and what to write."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from typing import Any

Message = tuple[str, str, str]  # English, Thai, suggestion


def nearest(word: str, allowed: Sequence[str]) -> list[str]:
    """Return the nearest names, at most a third of the letters away; two where equally near."""
    close = [w for w in difflib.get_close_matches(word, allowed, 2, cutoff=0.66) if w != word]
    return close[:1]


def unknown_key(key: str, table: str, allowed: Sequence[str]) -> Message:
    """Say that there is no such key."""
    near = nearest(key, allowed)
    en = f'There is no key "{key}" in [{table}].' if table else f'There is no key "{key}".'
    th = f'ไม่มีคีย์ "{key}" ใน [{table}]' if table else f'ไม่มีคีย์ "{key}"'
    if near:
        en += f' Did you mean "{near[0]}"?'
        th += f' หมายถึง "{near[0]}" หรือไม่'
    names = ", ".join(sorted(allowed))
    return f"{en}\nAllowed here: {names}.", f"{th}\nใช้ได้: {names}", near[0] if near else ""


def unknown_kind(received: Any, allowed: Sequence[str]) -> Message:
    """Say that there is no such scheme."""
    near = nearest(str(received), allowed)
    en, th = f'There is no scheme "{received}".', f'ไม่มีมาตรการชนิด "{received}"'
    if near:
        en += f' Did you mean "{near[0]}"?'
        th += f' หมายถึง "{near[0]}" หรือไม่'
    names = ", ".join(sorted(allowed))
    return (
        f"{en}\nInstalled: {names}. What each does: kwamdee schemes",
        f"{th}\nที่ติดตั้งไว้: {names}\nดูคำอธิบายแต่ละชนิด: kwamdee schemes --lang th",
        near[0] if near else "",
    )


def explain(error: dict[str, Any], key: str) -> Message:
    """Put one of pydantic's errors into plain words."""
    kind: str = error["type"]
    received: Any = error.get("input")
    context: dict[str, Any] = error.get("ctx", {})
    shown = f'"{received}"' if isinstance(received, str) else _toml(received)
    bound = _bound(context)
    if _number(received) and received < 0 and "ge" in context:
        return (
            f"{shown} is negative. In Kwamdee a scheme can only give; nothing can be taken from anybody "
            f"(rule G1, positive only).\nWrite 0 or more.",
            f"{shown} เป็นค่าติดลบ มาตรการใน Kwamdee มีแต่ให้ เอาสิ่งใดไปจากใครไม่ได้ (กฎ G1 เชิงบวกเท่านั้น)\nให้เขียน 0 หรือมากกว่า",
            "",
        )
    if kind == "missing":
        return f'"{key}" is missing. Add it.', f'ไม่มี "{key}" ให้เพิ่ม', ""
    if kind in ("greater_than_equal", "greater_than", "less_than_equal", "less_than"):
        side_en, side_th = ("below", "น้อยกว่า") if kind.startswith("greater") else ("above", "มากกว่า")
        hint = ""
        if context.get("le") == 1.0 and _number(received) and received > 1:
            hint = "\nA share lies between 0 and 1: for 40%, write 0.4."
        return (
            f'{shown} is {side_en} what is allowed: "{key}" is {bound}.{hint}',
            f'{shown} {side_th}ที่กำหนด "{key}" ต้อง{_bound(context, "th")}',
            "",
        )
    if kind == "finite_number":
        return f"{shown} is not a number that can be used.", f"{shown} ไม่ใช่ตัวเลขที่ใช้ได้", ""
    if kind in ("float_type", "int_type", "int_from_float", "bool_type", "string_type"):
        return _wrong_type(kind, shown, received, key)
    if kind in ("literal_error", "enum"):
        return _not_allowed(received, shown, key, context)
    if kind == "value_error":
        text = str(context.get("error", error["msg"]))
        return text + ".", text, ""
    return f"{shown}: {error['msg']}.", f"{shown}: ไม่ถูกต้อง ({error['msg']})", ""


def _wrong_type(kind: str, shown: str, received: Any, key: str) -> Message:
    wanted = {"float_type": "number", "bool_type": "true or false", "string_type": "text"}
    en = wanted.get(kind, "whole number")
    th = {"number": "ตัวเลข", "text": "ข้อความ", "true or false": "true หรือ false"}.get(en, "จำนวนเต็ม")
    hint = "\nWrite it without quotation marks." if isinstance(received, str) and "number" in en else ""
    what = "text" if isinstance(received, str) else "of another kind"
    if isinstance(received, bool):
        what = "true or false"
    return f'{shown} is {what}. "{key}" is a {en}.{hint}', f'{shown} ผิดชนิด "{key}" ต้องเป็น{th}', ""


def _not_allowed(received: Any, shown: str, key: str, context: dict[str, Any]) -> Message:
    allowed = [w.strip("'\" ") for w in str(context.get("expected", "")).replace(" or ", ", ").split(",")]
    near = nearest(str(received), allowed)
    en, th = f'{shown} is not allowed for "{key}".', f'{shown} ใช้กับ "{key}" ไม่ได้'
    if near:
        en += f' Did you mean "{near[0]}"?'
        th += f' หมายถึง "{near[0]}" หรือไม่'
    names = ", ".join(allowed)
    return f"{en}\nAllowed: {names}.", f"{th}\nใช้ได้: {names}", near[0] if near else ""


def _bound(context: dict[str, Any], lang: str = "en") -> str:
    words = {
        "ge": ("at least {}", "ไม่น้อยกว่า {}"),
        "gt": ("above {}", "มากกว่า {}"),
        "le": ("at most {}", "ไม่เกิน {}"),
        "lt": ("below {}", "น้อยกว่า {}"),
    }
    for name, (en, th) in words.items():
        if name in context:
            return (th if lang == "th" else en).format(f"{context[name]:g}")
    return ""


def _number(x: Any) -> bool:
    return isinstance(x, int | float) and not isinstance(x, bool)


def _toml(x: Any) -> str:
    if isinstance(x, bool):
        return "true" if x else "false"
    if x is None:
        return "nothing"
    text = str(x)
    return text if len(text) <= 60 else text[:57] + "..."
