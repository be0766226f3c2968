"""Rules between the keys of [study] and [[observed]] and the rest of the file; each mistake at its key, from the raw data."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, TypeGuard

from simulation.core.names import listed, quoted
from simulation.core.params import counted
from simulation.scenario.within import Mistake, Table

CONTROL = "control"
_MOST_NAMES = 200  # that a mistake hands on, to find the nearest
_POSITIVE = ("odds_ratio", "ratio")


def study(data: Any) -> Iterator[Mistake]:
    """Arms and keys that [study] names are there, and ranges lie around the file's values."""
    said = _table(data, "study")
    arms = tuple(_table(data, "arms"))
    for name in _table(said, "arms"):
        if arms and name not in arms:
            yield _no_arm(("study", "arms", name), name, arms, at_key=True)
    rows = said.get("assumed")
    for i, row in enumerate(rows if isinstance(rows, list | tuple) else ()):
        if isinstance(row, dict):
            yield from _assumed(("study", "assumed", str(i)), row, data)


def observed(data: Any) -> Iterator[Mistake]:
    """Each published figure is of an arm, of a behaviour and of weeks that there are."""
    rows = data.get("observed") if isinstance(data, dict) else None
    for i, row in enumerate(rows if isinstance(rows, list | tuple) else ()):
        if isinstance(row, dict):
            for found in figures_place(row, data):
                yield replace(found, path=("observed", str(i), *found.path))
            for found in figure(row):
                yield replace(found, path=("observed", str(i), *found.path))


def figures_place(row: Table, data: Any) -> Iterator[Mistake]:
    """Arm, reference, behaviour and weeks of one figure, against the scenario that it is of."""
    arms, behaviours = tuple(_table(data, "arms")), tuple(_table(data, "behaviours"))
    for key in ("arm", "reference"):
        name = row.get(key)
        if isinstance(name, str) and arms and name not in arms:
            yield _no_arm((key,), name, arms)
    if isinstance(row.get("arm"), str) and row.get("reference") == row["arm"]:
        yield Mistake(
            ("reference",),
            "An arm is not compared with itself. Name another arm, or take the key out",
            "ทางเลือกเทียบกับตัวเองไม่ได้ ให้ระบุทางเลือกอื่น หรือลบคีย์นี้ออก",
        )
    elif row.get("arm") == CONTROL and row.get("quantity", "level") != "level" and row.get("reference") is None:
        yield Mistake(
            ("quantity",),
            'The control is what the others are compared with, so its figure is a level. Write quantity = "level"',
            'control เป็นฐานเทียบ ตัวเลขของ control จึงเป็นระดับ ให้เขียน quantity = "level"',
        )
    behaviour = row.get("behaviour")
    if isinstance(behaviour, str) and behaviours and behaviour not in behaviours:
        verb = "is" if len(behaviours) == 1 else "are"
        yield Mistake(
            ("behaviour",),
            f"There is no behaviour {quoted(behaviour)}; there {verb} {listed(behaviours)}",
            f"ไม่มีพฤติกรรม {quoted(behaviour)} ที่มี: {listed(behaviours)}",
            behaviour,
            behaviours[:_MOST_NAMES],
        )
    if behaviour is None and len(behaviours) > 1:
        yield Mistake(
            ("behaviour",),
            f"Which behaviour is it of? Name one of {listed(behaviours)}",
            f"เป็นของพฤติกรรมใด ใช้ได้: {listed(behaviours)}",
            wants=("behaviour",),
        )
    yield from _window(row.get("weeks"), _table(data, "run").get("weeks"))
    yield from _size(row, _table(_table(data, "study"), "outcome").get("scale", 1.0))


def _size(row: Table, scale: Any) -> Iterator[Mistake]:
    """A level, divided by the scale, is a share; a difference is one of two shares."""
    value, quantity = row.get("value"), row.get("quantity", "level")
    if not (_number(value) and _number(scale) and scale > 0 and quantity in ("level", "difference")):
        return
    low = 0.0 if quantity == "level" else -scale
    if not low <= value <= scale:
        yield Mistake(
            ("value",),
            f"A {quantity} of {value:g} is no share of opportunities: it lies in {low:g} to {scale:g}. For figures in another "
            "unit say study.outcome.scale, by which they are divided",
            f"ค่า {value:g} ไม่เป็นสัดส่วนของโอกาส ต้องอยู่ระหว่าง {low:g} ถึง {scale:g} "
            "หากตัวเลขอยู่ในหน่วยอื่น ให้ระบุ study.outcome.scale ซึ่งเป็นตัวหาร",
        )


def _window(weeks: Any, horizon: Any) -> Iterator[Mistake]:
    if not (isinstance(weeks, list | tuple) and len(weeks) == 2 and all(_whole(w) for w in weeks)):
        return
    first, end = weeks
    if first >= end:
        yield Mistake(
            ("weeks",),
            f"No week lies from week {first:,} to before week {end:,}. Write the first week and the one after the last, "
            f"such as [{min(first, end)}, {max(first, end) + (first == end)}]",
            f"ไม่มีสัปดาห์ใดอยู่ตั้งแต่สัปดาห์ที่ {first:,} และก่อนสัปดาห์ที่ {end:,} ให้เขียนสัปดาห์แรก และสัปดาห์ถัดจากสัปดาห์สุดท้าย "
            f"เช่น [{min(first, end)}, {max(first, end) + (first == end)}]",
        )
    elif _whole(horizon) and end > horizon:
        yield Mistake(
            ("weeks",),
            f"It ends in week {end:,}, after the horizon of {counted(horizon, 'week')} (run.weeks)",
            f"สิ้นสุดสัปดาห์ที่ {end:,} หลังระยะเวลาจำลอง {horizon:,} สัปดาห์ (run.weeks)",
        )


def figure(row: Table) -> Iterator[Mistake]:
    """Tell what is wrong with one figure by itself: its interval, and what a ratio or an odds ratio can be."""
    value, ci, quantity = row.get("value"), row.get("ci"), row.get("quantity", "level")
    positive = quantity in _POSITIVE
    if positive and _number(value) and value <= 0:
        yield Mistake(
            ("value",),
            'A ratio is above 0; 1 is no difference. For a difference write quantity = "difference"',
            'อัตราส่วนต้องมากกว่า 0 โดย 1 คือไม่ต่างกัน หากเป็นผลต่างให้เขียน quantity = "difference"',
        )
    if quantity == "level" and row.get("reference") is not None:
        yield Mistake(
            ("reference",),
            "A level is an arm's own and has no reference. Take the key out, or write the difference",
            "ระดับเป็นของทางเลือกเองและไม่มีตัวอ้างอิง ให้ลบคีย์นี้ออก หรือเขียนเป็นผลต่าง",
            at_key=True,
        )
    if not (isinstance(ci, list | tuple) and len(ci) == 2 and all(map(_number, ci))):
        return
    low, high = ci
    if positive and low <= 0:
        yield Mistake(
            ("ci",),
            "The interval of a ratio is above 0",
            "ช่วงของอัตราส่วนต้องมากกว่า 0",
        )
    elif low >= high or (_number(value) and not low <= value <= high):
        yield Mistake(
            ("ci",),
            f"The interval runs from low to high around the value{f' of {value:g}' if _number(value) else ''}, "
            f"not from {low:g} to {high:g}",
            f"ช่วงต้องเริ่มจากค่าต่ำไปค่าสูงและครอบค่า{f' {value:g}' if _number(value) else ''} แต่ได้รับ {low:g} ถึง {high:g}",
        )


def _assumed(path: tuple[str, ...], row: Table, data: Any) -> Iterator[Mistake]:
    key, low, high = row.get("key"), row.get("low"), row.get("high")
    if _number(low) and _number(high) and low >= high:
        yield Mistake(
            (*path, "high"),
            f"The range runs from low to high, not from {low:g} to {high:g}",
            f"ช่วงต้องเริ่มจากค่าต่ำไปค่าสูง แต่ได้รับ {low:g} ถึง {high:g}",
        )
        return
    if not isinstance(key, str):
        return
    numbers = numbers_of(data)
    value = numbers.get(key)
    if value is None:
        yield Mistake(
            (*path, "key"),
            f"No number of this file has the key {quoted(key)}",
            f"ไม่มีตัวเลขใดในไฟล์นี้ที่มีคีย์ {quoted(key)}",
            key,
            tuple(numbers)[:_MOST_NAMES],
        )
    elif _number(low) and _number(high) and not low <= value <= high:
        yield Mistake(
            (*path, "low" if value < low else "high"),
            f"The range lies around the value of the file, which is {value:g}",
            f"ช่วงต้องครอบค่าในไฟล์ ซึ่งเท่ากับ {value:g}",
        )


def numbers_of(data: Any) -> dict[str, float]:
    """Return the numbers of the world, the behaviours and the arms by their dotted keys."""
    found: dict[str, float] = {}

    def look(inside: Any, path: str) -> None:
        if isinstance(inside, dict):
            for key, value in inside.items():
                look(value, f"{path}.{key}")
        elif _number(inside):
            found[path] = float(inside)

    for table in ("world", "behaviours", "arms", "study"):
        look(data.get(table) if isinstance(data, dict) else None, table)
    return found


def _no_arm(path: tuple[str, ...], name: str, arms: tuple[str, ...], at_key: bool = False) -> Mistake:
    return Mistake(
        path,
        f"There is no arm {quoted(name)}",
        f"ไม่มีทางเลือก {quoted(name)}",
        name,
        arms[:_MOST_NAMES],
        at_key=at_key,
    )


def _table(data: Any, key: str) -> Table:
    found = data.get(key) if isinstance(data, dict) else None
    return found if isinstance(found, dict) else {}


def _number(value: Any) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _whole(value: Any) -> TypeGuard[int]:
    return type(value) is int and value >= 0
