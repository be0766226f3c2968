"""Keys and values of a file that try what a rule forbids: they are answered with that rule, not as a name misspelt."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from simulation.core.names import quoted
from simulation.core.params import Text
from simulation.incentives.rules import named
from simulation.incentives.taking import Attempt, attempt_of, trait_of
from simulation.scenario.lines import Path

HARDNESS = ("one-tap", "web-form", "effortful-proof")
"""Classes of friction, the easiest first."""
SMALLEST_CELL_ALLOWED = 3
_WORLD = "world"  # says who people are; nothing there is offered or asked


class Refusal(NamedTuple):
    """What a key or value breaks, and how that is said."""

    rules: tuple[str, ...]
    text: Text


def refused_key(path: Path, value: Any) -> Refusal | None:
    """Return the refusal of a key that the format has not, where it tries what a rule forbids."""
    if path[0] == _WORLD:
        return None
    attempt = (trait_of(path[-1]) if path[0] == "arms" else None) or attempt_of(path[-1])
    if attempt is None:
        return None
    if path[-1] == "exit_friction" and value in HARDNESS:
        return _leaving(path[-1], str(value))
    return _of(attempt, quoted(path[-1]))


def refused_in_scheme(key: str) -> Refusal | None:
    """Return the refusal of a key of a scheme's tables, where it tries what a rule forbids."""
    return refused_key(("arms", key), None)


def refused_kind(kind: Any) -> Refusal | None:
    """Return the refusal of a kind of scheme that there is not, where its name tries what a rule forbids."""
    attempt = attempt_of(kind) if isinstance(kind, str) else None
    if attempt is None:
        return None
    return _of(attempt, f"A scheme {quoted(kind)}", f"มาตรการ {quoted(kind)}")


def refused_value(path: Path, value: Any) -> Refusal | None:
    """Return the refusal of a value that a key does not take, where it tries what a rule forbids."""
    if path == ("rights", "smallest_cell") and type(value) is int and value < SMALLEST_CELL_ALLOWED:
        return Refusal(
            ("G9",),
            named(
                ("G9",),
                f"A group of {value} can be told by its members. Write {SMALLEST_CELL_ALLOWED} or more, 10 as a rule.",
                f"กลุ่มที่มี {value} คนรู้ได้ว่าเป็นใคร ให้เขียน {SMALLEST_CELL_ALLOWED} ขึ้นไป ปกติใช้ 10",
            ),
        )
    key = path[-1]
    if not isinstance(value, str) or key not in ("audience", "mode"):
        return None
    attempt = attempt_of("public" if key == "audience" and _is_public(value) else value)
    if attempt is None:
        return None
    return _of(attempt, f"{key} = {quoted(value)}")


def _leaving(key: str, value: str) -> Refusal:
    return Refusal(
        ("G16",),
        named(
            ("G16",),
            f'"{key}" says how hard leaving is ({value}). Leaving is always one step and needs no key. Take it out.',
            f'"{key}" กำหนดว่าการออกยากเพียงใด ({value}) การออกทำได้ในขั้นเดียวเสมอ ไม่ต้องมีคีย์ ให้ลบออก',
        ),
    )


def _of(attempt: Attempt, name: str, name_th: str = "") -> Refusal:
    en = f"{name} {attempt.why.en}. {attempt.instead.en}."
    return Refusal(attempt.rules, named(attempt.rules, en, f"{name_th or name} {attempt.why.th} {attempt.instead.th}"))


def _is_public(audience: str) -> bool:
    """Tell whether an audience is open to anybody; a group somewhere online is not."""
    parts = re.split(r"[^\w\u0e31-\u0e4e]+|_", audience.lower())
    return "group" not in parts and "กลุ่ม" not in audience and any(part in _TO_ALL for part in parts)


_TO_ALL = (
    "everybody", "everyone", "all", "online", "internet", "national", "media", "society", "facebook", "line", "tiktok",
    "instagram", "youtube", "twitter", "x", "website", "web", "newspaper", "television", "tv", "ทุกคน", "สาธารณะ", "สาธารณชน",
    "เฟซบุ๊ก", "ไลน์", "ติ๊กต็อก", "เว็บไซต์", "อินเทอร์เน็ต", "สื่อ", "หนังสือพิมพ์", "โทรทัศน์",
)  # fmt: skip
"""Audiences that amount to the public."""
