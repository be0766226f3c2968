"""Rules between the table [law] and the behaviours that it speaks of, over raw data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from simulation.core.names import listed, quoted
from simulation.scenario.within import Mistake
from simulation.world.facts import hours_of_act

GIVEN_FREELY = ("blood", "volunteer", "vhv_service")
"""Behaviours of the table of facts in which one reward is known to draw people from elsewhere (Lacetera, Macis, Slonim 2012)."""


def law(data: Any) -> Iterator[Mistake]:
    """What is announced needs weeks and a share; what is displaced needs substitutes, and these need their hours."""
    table, behaviours = _table(data, "law"), _table(data, "behaviours")
    yield from _announced(table)
    named = [(name, other) for name in behaviours for other in _substitutes(behaviours, name)]
    for place, (name, other) in enumerate(named):
        if other not in behaviours:
            at = place - next(i for i, (n, _) in enumerate(named) if n == name)
            yield Mistake(
                ("behaviours", name, "substitutes", str(at)),
                f"There is no behaviour {quoted(other)}; there are {listed(tuple(behaviours))}",
                f"ไม่มีพฤติกรรม {quoted(other)} ที่มี: {listed(tuple(behaviours))}",
                other,
                tuple(behaviours),
            )
    if not _above_0(table.get("displacement")):
        return
    if behaviours and not named:
        yield Mistake(
            ("law", "displacement"),
            'Nothing can be displaced: no behaviour names its substitutes. Add for example substitutes = ["other"] to one',
            'ไม่มีสิ่งใดให้ทดแทน เพราะไม่มีพฤติกรรมใดระบุ substitutes ให้เพิ่ม เช่น substitutes = ["other"] ในพฤติกรรมหนึ่ง',
        )
    for other in dict.fromkeys(other for _, other in named if isinstance(behaviours.get(other), dict)):
        if hours_of_act(other, behaviours[other].get("hours_per_act")) is None:
            yield Mistake(
                ("behaviours", other),
                "How many hours does an act take? Displacement counts them. Add for example hours_per_act = 1.5",
                "การทำหนึ่งครั้งใช้กี่ชั่วโมง การทดแทนกันคิดจากชั่วโมง ให้เพิ่ม เช่น hours_per_act = 1.5",
                wants=("hours_per_act",),
                table=("behaviours", other),
            )


def undisplaced(scenario: Any) -> tuple[str, ...]:
    """Return the behaviours that are given freely and rewarded while law.displacement is not set: say so beside results.

    `displacement = 0` says that none is meant, and silences it.
    """
    if scenario.law.displacement is not None:
        return ()
    only = next(iter(scenario.behaviours), None)
    aimed = {s.behaviour or only for arm in scenario.arms.values() for s in arm.schemes.values() if s.components}
    return tuple(name for name in scenario.behaviours if name in aimed and name in GIVEN_FREELY)


def undisplaced_warning(title: str, lang: str) -> str:
    """Say that a reward for an act given freely may draw it from elsewhere, which this scenario leaves out."""
    if lang == "th":
        return (
            f"{title}: รางวัลอาจดึงการกระทำมาจากที่อื่นหรือเวลาอื่น ซึ่งสถานการณ์นี้ยังไม่ได้คิด "
            "ให้ระบุ displacement ใน [law] และ substitutes ของพฤติกรรม หรือเขียน displacement = 0 หากตั้งใจไม่คิด"
        )
    return (
        f"{title}: a reward may draw acts from another place, time or act, which this scenario leaves out. Set displacement "
        "in [law] and the behaviour's substitutes, or write displacement = 0 where none is meant."
    )


def _announced(table: dict[str, Any]) -> Iterator[Mistake]:
    if _above_0(table.get("anticipation")) and not table.get("announced_weeks"):
        yield Mistake(
            ("law", "anticipation"),
            "Nothing is anticipated before it is announced. Add for example announced_weeks = 4",
            "ไม่มีใครคาดหวังก่อนการประกาศ ให้เพิ่ม เช่น announced_weeks = 4",
            wants=("announced_weeks",),
            table=("law",),
        )


def _substitutes(behaviours: dict[str, Any], name: str) -> list[str]:
    table = behaviours[name]
    found = table.get("substitutes") if isinstance(table, dict) else None
    return [x for x in found if isinstance(x, str)] if isinstance(found, list | tuple) else []


def _above_0(x: Any) -> bool:
    return isinstance(x, int | float) and not isinstance(x, bool) and x > 0


def _table(data: Any, key: str) -> dict[str, Any]:
    found = data.get(key) if isinstance(data, dict) else None
    return found if isinstance(found, dict) else {}
