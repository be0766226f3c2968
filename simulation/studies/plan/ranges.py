"""Rules of one factor: the keys that it sets, and its range or its values."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any, TypeGuard

from simulation.core.names import quoted
from simulation.scenario.messages import shown
from simulation.scenario.within import Mistake
from simulation.studies.plan.names import PARAMETERS

MOST_VALUES = 10_000
Path = tuple[str, ...]
Table = dict[str, Any]


def mistakes(path: Path, factor: Table, kind: str) -> Iterator[Mistake]:
    """Yield what is wrong with a factor by itself; `kind` is that of the design."""
    yield from _keys(path, factor)
    values, ends = factor.get("values"), factor.get("range")
    if isinstance(values, list):
        yield from _values(path, factor, values)
    elif isinstance(ends, list):
        yield from _range(path, factor, ends)
    elif values is None and ends is None:
        yield from _neither(path, factor, kind)


def is_number(x: Any) -> TypeGuard[int | float]:
    """Tell whether a value is a finite number; true and false are none."""
    return isinstance(x, int | float) and not isinstance(x, bool) and math.isfinite(x)


def ends_of(factor: Table) -> tuple[float, float] | None:
    """Return both ends of a factor's range as written, None where it has no good one."""
    ends = factor.get("range")
    if isinstance(ends, list) and len(ends) == 2 and all(map(is_number, ends)) and ends[0] < ends[1]:
        return ends[0], ends[1]
    return None


def as_written(x: float) -> str:
    """Show a number in a message: whole ones whole, others short."""
    return f"{x:,}" if isinstance(x, int) else f"{x:,.12g}"


def _keys(path: Path, factor: Table) -> Iterator[Mistake]:
    key, keys = factor.get("key"), factor.get("keys")
    if key is None and keys is None:
        yield Mistake(
            path,
            '"key" is missing: what does it set? Add for example key = "run.weeks", or "parameters.w_d" for a parameter of the law',
            'ไม่มี "key" ปัจจัยนี้ตั้งค่าใด ให้เพิ่ม เช่น key = "run.weeks" หรือ "parameters.w_d" สำหรับค่าของกฎ',
            wants=("key", "keys"),
            table=path,
        )
    elif key is not None and keys is not None:
        yield Mistake(
            (*path, "keys"),
            'There is "key" too. Write all in "keys", or take one of the two out',
            'มี "key" อยู่ด้วย ให้เขียนทั้งหมดใน "keys" หรือลบออกหนึ่งอย่าง',
            at_key=True,
        )
    elif isinstance(keys, list):
        yield from _several(path, keys)


def _several(path: Path, keys: list[Any]) -> Iterator[Mistake]:
    if not keys:
        yield Mistake(
            (*path, "keys"), "The list is empty. Name the keys that it sets", "รายการว่างเปล่า ให้ใส่คีย์ที่ปัจจัยนี้ตั้งค่า"
        )
    for i, key in enumerate(keys):
        if isinstance(key, str) and key in keys[:i]:
            yield Mistake(
                (*path, "keys", str(i)),
                f"{quoted(key)} stands twice. Take it out once",
                f"มี {quoted(key)} สองครั้ง ให้ลบออกหนึ่ง",
            )


def _values(path: Path, factor: Table, values: list[Any]) -> Iterator[Mistake]:
    where = (*path, "values")
    for other in ("range", "levels", "step"):
        if factor.get(other) is not None:
            yield Mistake(
                (*path, other),
                f'"values" lists what is used, so "{other}" says nothing. Take one of the two out',
                f'"values" ระบุค่าที่ใช้แล้ว "{other}" จึงไม่มีความหมาย ให้ลบออกหนึ่งอย่าง',
                at_key=True,
            )
    if factor.get("scale") == "log":
        yield Mistake(
            (*path, "scale"),
            '"scale" belongs to "range"; "values" are used as they stand. Take it out',
            '"scale" ใช้กับ "range" ส่วน "values" ใช้ตามที่เขียน ให้ลบออก',
            at_key=True,
        )
    if not values or len(values) > MOST_VALUES:
        en = f"The list has {len(values):,} values; up to {MOST_VALUES:,} are read" if values else "The list is empty"
        th = f"รายการมี {len(values):,} ค่า อ่านได้ไม่เกิน {MOST_VALUES:,}" if values else "รายการว่างเปล่า"
        yield Mistake(where, f"{en}. Write at least one, such as [0, 40, 80]", f"{th} ให้ใส่อย่างน้อยหนึ่งค่า เช่น [0, 40, 80]")
        return
    yield from _alike(where, values)


def _alike(where: Path, values: list[Any]) -> Iterator[Mistake]:
    """Values are numbers, texts or true and false, all of one sort, each once."""
    first = next((sort for v in values if (sort := sort_of(v))), "")
    seen: set[Any] = set()
    for i, value in enumerate(values):
        at, sort = (*where, str(i)), sort_of(value)
        if not sort:
            yield Mistake(
                at,
                f"{shown(value)} is no number, text, true or false, so it cannot be one of the values",
                f"{shown(value)} ไม่ใช่ตัวเลข ข้อความ true หรือ false จึงเป็นค่าหนึ่งของรายการไม่ได้",
            )
        elif sort != first:
            en, th = SORTS[first]
            yield Mistake(
                at,
                f"{shown(value)} is {SORTS[sort][0]}, and the values before it are {en}; one column holds one sort",
                f"{shown(value)} เป็น{SORTS[sort][1]} แต่ค่าก่อนหน้าเป็น{th} คอลัมน์หนึ่งมีได้ชนิดเดียว",
            )
        elif value in seen:
            yield Mistake(at, f"{shown(value)} stands twice. Take it out once", f"มี {shown(value)} สองครั้ง ให้ลบออกหนึ่ง")
        if sort == first:
            seen.add(value)


SORTS = {"number": ("numbers", "ตัวเลข"), "text": ("text", "ข้อความ"), "flag": ("true or false", "ค่า true หรือ false")}


def sort_of(value: Any) -> str:
    """Return what sort of column a value needs, empty where none can hold it."""
    if isinstance(value, bool):
        return "flag"
    if isinstance(value, str):
        return "text" if 0 < len(value) <= 200 and value.isprintable() else ""
    return "number" if is_number(value) and abs(value) < 2**63 else ""


def _range(path: Path, factor: Table, ends: list[Any]) -> Iterator[Mistake]:
    where = (*path, "range")
    if len(ends) != 2:
        yield Mistake(
            where,
            f"A range has two ends, lower and upper, and this has {len(ends):,}. Write for example range = [0, 120]; "
            "several values are listed in values = [...]",
            f"range มีสองค่า คือต่ำสุดและสูงสุด แต่มี {len(ends):,} ค่า ให้เขียน เช่น range = [0, 120] หากต้องการหลายค่าใช้ values = [...]",
        )
        return
    low, high = ends
    if not is_number(low) or not is_number(high):
        return
    if low >= high:
        does = "is above" if low > high else "equals"
        does_th = "มากกว่า" if low > high else "เท่ากับ"
        yield Mistake(
            where,
            f"The lower end {as_written(low)} {does} the upper end {as_written(high)}. "
            + (
                f"Write [{as_written(high)}, {as_written(low)}]"
                if low > high
                else "Take the factor out, or widen its range"
            ),
            f"ค่าต่ำสุด {as_written(low)} {does_th}ค่าสูงสุด {as_written(high)} "
            + (f"ให้เขียน [{as_written(high)}, {as_written(low)}]" if low > high else "ให้ลบปัจจัยนี้ออก หรือขยายช่วง"),
        )
        return
    yield from _scale(path, factor, low)
    yield from _steps(path, factor, low, high)
    if factor.get("whole") is True:
        yield from whole(path, factor, low, high)


def _scale(path: Path, factor: Table, low: float) -> Iterator[Mistake]:
    if factor.get("scale") == "log" and low <= 0:
        yield Mistake(
            (*path, "scale"),
            f'A log scale needs a lower end above 0, and it is {as_written(low)}. Write "linear", or raise the lower end',
            f'มาตรา log ต้องมีค่าต่ำสุดมากกว่า 0 แต่เป็น {as_written(low)} ให้เขียน "linear" หรือเพิ่มค่าต่ำสุด',
        )
    if factor.get("scale") == "log" and factor.get("step") is not None:
        yield Mistake(
            (*path, "step"),
            '"step" adds, and a log scale multiplies. Write levels instead, or take "scale" out',
            '"step" เป็นการบวก แต่มาตรา log เป็นการคูณ ให้เขียน levels แทน หรือลบ "scale" ออก',
            at_key=True,
        )


def _steps(path: Path, factor: Table, low: float, high: float) -> Iterator[Mistake]:
    step = factor.get("step")
    if step is not None and factor.get("levels") is not None:
        yield Mistake(
            (*path, "step"),
            'There is "levels" too, and both say which values are used. Take one of the two out',
            'มี "levels" ด้วย ทั้งสองกำหนดค่าที่ใช้ ให้ลบออกหนึ่งอย่าง',
            at_key=True,
        )
    elif is_number(step) and step > 0 and step > high - low:
        yield Mistake(
            (*path, "step"),
            f"A step of {as_written(step)} is longer than the range of {as_written(high - low)}. Write a smaller one",
            f"ขั้น {as_written(step)} ยาวกว่าช่วงที่กว้าง {as_written(high - low)} ให้เขียนค่าน้อยลง",
        )


def whole(path: Path, factor: Table, low: float, high: float, because: tuple[str, str] = ("", "")) -> Iterator[Mistake]:
    """Yield what is wrong with a range of whole numbers; `because` says in both languages why they must be whole."""
    for i, end in enumerate((low, high)):
        if end != int(end):
            yield Mistake(
                (*path, "range", str(i)),
                f"{as_written(end)} is no whole number{because[0]}. Write {math.floor(end)} or {math.ceil(end)}",
                f"{as_written(end)} ไม่ใช่จำนวนเต็ม{because[1]} ให้เขียน {math.floor(end)} หรือ {math.ceil(end)}",
            )
    step, levels, numbers = factor.get("step"), factor.get("levels"), int(high) - int(low) + 1
    if is_number(step) and step != int(step):
        yield Mistake(
            (*path, "step"),
            f"A step of {as_written(step)} leaves the whole numbers{because[0]}. Write {max(1, round(step))}",
            f"ขั้น {as_written(step)} ทำให้ไม่เป็นจำนวนเต็ม{because[1]} ให้เขียน {max(1, round(step))}",
        )
    if type(levels) is int and levels > numbers:
        yield Mistake(
            (*path, "levels"),
            f"Between {as_written(low)} and {as_written(high)} there are {numbers:,} whole numbers, so {levels:,} levels "
            f"cannot be. Write {numbers} or less",
            f"ระหว่าง {as_written(low)} ถึง {as_written(high)} มีจำนวนเต็ม {numbers:,} จำนวน จึงมี {levels:,} ระดับไม่ได้ ให้เขียนไม่เกิน {numbers}",
        )


def _neither(path: Path, factor: Table, kind: str) -> Iterator[Mistake]:
    """A range may be left out of a parameter of the law, which has its own, and where the points are listed."""
    key = factor.get("key")
    keys = [key] if isinstance(key, str) else factor.get("keys")
    named = isinstance(keys, list) and len(keys) > 0
    of_law = named and all(isinstance(k, str) and k.startswith(PARAMETERS) for k in keys or ())
    if named and not of_law and kind != "list":
        yield Mistake(
            path,
            '"range" or "values" is missing: which values does it take? Add for example range = [0, 120], or values = [0, 40]',
            'ไม่มี "range" หรือ "values" ปัจจัยนี้ใช้ค่าใด ให้เพิ่ม เช่น range = [0, 120] หรือ values = [0, 40]',
            wants=("range", "values"),
            table=path,
        )
