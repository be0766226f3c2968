"""Mistakes between tables of a scenario, which no table shows by itself; found in the raw data, all at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

CONTROL = "control"


@dataclass(frozen=True)
class Mistake:
    """One mistake: at which key, in words without a full stop; `names` are what would be right, for a suggestion."""

    path: tuple[str, ...]
    en: str
    th: str
    received: str = ""
    names: tuple[str, ...] = ()


def mistakes_between(data: Any) -> Iterator[Mistake]:
    """Yield what does not hang together; whatever has another shape than it should is left to others."""
    behaviours, arms = _table(data, "behaviours"), _table(data, "arms")
    if "behaviours" in data and isinstance(data["behaviours"], dict) and not behaviours:
        yield Mistake(
            ("behaviours",),
            "Name at least one behaviour, such as [behaviours.waste_sort]",
            "ต้องมีอย่างน้อยหนึ่งพฤติกรรม เช่น [behaviours.waste_sort]",
        )
    if "arms" in data and isinstance(data["arms"], dict):
        yield from _control(arms)
    weeks = _table(data, "run").get("weeks")
    for arm in arms:
        for name, scheme in _table(_table(arms, arm), "schemes").items():
            if isinstance(scheme, dict):
                yield from _scheme(("arms", arm, "schemes", name), scheme, behaviours, weeks)
    rows = data.get("observed")
    for i, row in enumerate(rows if isinstance(rows, list) else ()):
        if isinstance(row, dict) and isinstance(row.get("arm"), str) and arms and row["arm"] not in arms:
            arm = row["arm"]
            yield Mistake(
                ("observed", str(i), "arm"), f'There is no arm "{arm}"', f'ไม่มีทางเลือก "{arm}"', arm, tuple(arms)
            )


def _control(arms: dict[str, Any]) -> Iterator[Mistake]:
    if CONTROL not in arms:
        yield Mistake(
            (),
            'No arm is called "control". Add [arms.control] with no schemes; it is what the others are compared with',
            'ไม่มีทางเลือกชื่อ "control" ให้เพิ่ม [arms.control] ที่ไม่มีมาตรการ เพื่อใช้เป็นฐานเทียบ',
            CONTROL,
            tuple(name for name, arm in arms.items() if not _table(arm, "schemes")),
        )
    elif _table(arms[CONTROL], "schemes"):
        yield Mistake(
            ("arms", CONTROL, "schemes"),
            "The control has no schemes; it is what the others are compared with. Give them an arm of their own",
            "control ต้องไม่มีมาตรการ เพราะเป็นฐานเทียบ ให้ตั้งเป็นทางเลือกอื่น",
        )


def _scheme(path: tuple[str, ...], scheme: dict[str, Any], behaviours: dict[str, Any], weeks: Any) -> Iterator[Mistake]:
    aimed, names = scheme.get("behaviour"), ", ".join(behaviours)
    if aimed is None and len(behaviours) > 1:
        yield Mistake(
            (*path, "behaviour"),
            f"Which behaviour does it aim at? Name one of {names}",
            f"มุ่งไปที่พฤติกรรมใด ใช้ได้: {names}",
        )
    if isinstance(aimed, str) and behaviours and aimed not in behaviours:
        yield Mistake(
            (*path, "behaviour"),
            f'There is no behaviour "{aimed}"; there are {names}',
            f'ไม่มีพฤติกรรม "{aimed}" ที่มี: {names}',
            aimed,
            tuple(behaviours),
        )
    schedule = _table(scheme, "schedule")
    first, length = schedule.get("start"), schedule.get("weeks")
    whole = all(type(x) is int and x >= 0 for x in (first, length, weeks))
    if whole and first + length > weeks:  # type: ignore[operator]
        end = first + length  # type: ignore[operator]
        yield Mistake(
            (*path, "schedule"),
            f"It ends in week {end}, after the horizon of {weeks} weeks (run.weeks)",
            f"สิ้นสุดสัปดาห์ที่ {end} หลังระยะเวลาจำลอง {weeks} สัปดาห์ (run.weeks)",
        )


def _table(data: Any, key: str) -> dict[str, Any]:
    found = data.get(key) if isinstance(data, dict) else None
    return found if isinstance(found, dict) else {}
