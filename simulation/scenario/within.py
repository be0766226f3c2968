"""Rules between the keys of one table, over its raw data; each takes the table and yields what is wrong, at its key from there.

A rule is silent where a value has the wrong type or is out of its own range: that is told by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeGuard

from simulation.core.names import listed, quoted
from simulation.core.params import counted
from simulation.world.spec import ONLINE_BANDS, PROVINCES, Sectors

Table = dict[str, Any]


@dataclass(frozen=True)
class Mistake:
    """One mistake: at which key, in words without a full stop.

    `names` are what would be right, for a suggestion. `wants` are keys of `table` whose lack it is: where one of them is
    misspelt, that alone is told. `at_key` marks the key, not its value.
    """

    path: tuple[str, ...]
    en: str
    th: str
    received: str = ""
    names: tuple[str, ...] = ()
    wants: tuple[str, ...] = ()
    table: tuple[str, ...] = ()
    at_key: bool = False


def world(table: Table) -> Iterator[Mistake]:
    """Age bands are those of the model; there are at most as many localities as citizens."""
    online = table.get("online")
    for band in online if isinstance(online, dict) else ():
        if band not in ONLINE_BANDS:
            names = listed(ONLINE_BANDS)
            yield Mistake(
                ("online", band),
                f"There is no age band {quoted(band)}; there are {names}",
                f"ไม่มีช่วงอายุ {quoted(band)} ที่มี: {names}",
                band,
                ONLINE_BANDS,
                at_key=True,
            )
    citizens, localities = table.get("citizens"), table.get("localities")
    number = localities.get("number") if isinstance(localities, dict) else None
    if _whole(citizens, 1, 10**8) and _whole(number, 1, 10**5) and number > citizens:
        yield Mistake(
            ("localities", "number"),
            f"There are more localities ({number:,}) than citizens ({citizens:,})",
            f"มีพื้นที่ ({number:,}) มากกว่าพลเมือง ({citizens:,})",
        )
    if isinstance(localities, dict) and localities.get("of") == "provinces":
        yield from _national(table.get("files"), number)


def _national(files: Any, number: Any) -> Iterator[Mistake]:
    """A national world has a locality in every province, and is drawn."""
    if isinstance(files, dict) and files:
        yield Mistake(
            ("localities", "of"),
            '"provinces" is of a world that is drawn, and [world.files] brings one of its own. Take one of the two out',
            '"provinces" ใช้กับสังคมที่สุ่มขึ้น แต่ [world.files] นำสังคมของตนเองมา ให้ลบออกหนึ่งอย่าง',
        )
    elif _whole(number, 1, PROVINCES - 1):
        yield Mistake(
            ("localities", "number"),
            f'With of = "provinces" there are at least {PROVINCES} localities, one for each province. '
            f"Write number = {PROVINCES} or more",
            f'เมื่อ of = "provinces" ต้องมีอย่างน้อย {PROVINCES} พื้นที่ คือจังหวัดละหนึ่งแห่ง ให้เขียน number = {PROVINCES} ขึ้นไป',
        )


def sectors(table: Table) -> Iterator[Mistake]:
    """The shares sum to 1; one that is not given has its default."""
    shares = {name: table.get(name, field.default) for name, field in Sectors.model_fields.items()}
    if not all(_number(x) and 0 <= x <= 1 for x in shares.values()) or abs(sum(shares.values()) - 1.0) <= 1e-6:
        return
    parts = ", ".join(f"{name} {x:g}" + ("" if name in table else " by default") for name, x in shares.items())
    total = sum(shares.values())
    yield Mistake(
        (),
        f"The shares of sectors sum to {total:g} ({parts}); they must sum to 1",
        f"สัดส่วนของภาคส่วนรวมได้ {total:g} ({parts.replace(' by default', ' ค่าตั้งต้น')}) ต้องรวมได้ 1",
        wants=tuple(shares),
    )


def behaviour(table: Table) -> Iterator[Mistake]:
    """Opportunities are whole from 1 on; deciding again belongs to sticky behaviours, and to them alone."""
    n = table.get("opportunities_per_week")
    if _number(n) and 1 <= n <= 14 and n != int(n):
        yield Mistake(
            ("opportunities_per_week",),
            f"{n:g} is no whole number; from 1 opportunity a week on, only whole numbers can be used. Write {int(n)} or {int(n) + 1}",
            f"{n:g} ไม่ใช่จำนวนเต็ม ตั้งแต่ 1 โอกาสต่อสัปดาห์ขึ้นไปต้องเป็นจำนวนเต็ม ให้เขียน {int(n)} หรือ {int(n) + 1}",
        )
    again, dynamics = table.get("redecision"), _given(table, "dynamics", "flow")
    if dynamics == "sticky" and again is None:
        yield Mistake(
            ("dynamics",),
            '"sticky" needs "redecision", the chance a week to decide again. Add for example redecision = 0.1',
            '"sticky" ต้องมี "redecision" คือโอกาสต่อสัปดาห์ที่จะตัดสินใจใหม่ ให้เพิ่ม เช่น redecision = 0.1',
            wants=("redecision",),
        )
    if dynamics == "flow" and again is not None:
        yield Mistake(
            ("redecision",),
            '"redecision" belongs to dynamics = "sticky" alone. Take it out, or write dynamics = "sticky"',
            '"redecision" ใช้กับ dynamics = "sticky" เท่านั้น ให้ลบออก หรือเขียน dynamics = "sticky"',
            wants=("dynamics",),
            at_key=True,
        )


def schedule(table: Table) -> Iterator[Mistake]:
    """Amounts fall within the weeks of offer."""
    taper, weeks = table.get("taper"), table.get("weeks")
    if _whole(taper, 0, 5200) and _whole(weeks, 1, 5200) and taper > weeks:
        yield Mistake(
            ("taper",),
            f"A taper of {counted(taper, 'week')} is longer than the offer of {counted(weeks, 'week')}",
            f"taper {taper:,} สัปดาห์ ยาวกว่ามาตรการ {weeks:,} สัปดาห์",
        )


def enrolment(table: Table) -> Iterator[Mistake]:
    """People come in automatically, or sign up by friction, or by a target share and its weeks."""
    mode = _given(table, "mode", "automatic")
    friction, share, weeks = (table.get(key) is not None for key in ("friction", "target_share", "target_weeks"))
    if mode == "automatic":
        yield from _automatic(table)
    elif mode != "opt-in":
        return
    elif friction and (share or weeks):
        yield Mistake(
            ("friction",),
            '"opt-in" takes either "friction" or "target_share" with "target_weeks". Take one of the two out',
            '"opt-in" ใช้ "friction" หรือ "target_share" กับ "target_weeks" อย่างใดอย่างหนึ่ง ให้ลบออกหนึ่งอย่าง',
            at_key=True,
        )
    elif not (friction or share or weeks):
        yield Mistake(
            (),
            '"opt-in" needs either "friction" or "target_share" with "target_weeks". Add for example friction = "web-form"',
            '"opt-in" ต้องมี "friction" หรือ "target_share" กับ "target_weeks" อย่างใดอย่างหนึ่ง ให้เพิ่ม เช่น friction = "web-form"',
            wants=("friction", "target_share", "target_weeks"),
        )
    elif share != weeks:
        has, lacks, example = (
            ("target_share", "target_weeks", "30") if share else ("target_weeks", "target_share", "0.1")
        )
        yield Mistake(
            (has,),
            f'"{has}" goes with "{lacks}". Add for example {lacks} = {example}',
            f'"{has}" ต้องใช้คู่กับ "{lacks}" ให้เพิ่ม เช่น {lacks} = {example}',
            wants=(lacks,),
            at_key=True,
        )


def _automatic(table: Table) -> Iterator[Mistake]:
    given = [key for key in ("friction", "target_share", "target_weeks") if table.get(key) is not None]
    if given:
        keys = [f'"{key}"' for key in given]
        yield Mistake(
            (given[0],),
            f'Automatic enrolment takes no {" nor ".join(keys)}. Take that out, or write mode = "opt-in"',
            f'การเข้าร่วมอัตโนมัติไม่ใช้ {" หรือ ".join(keys)} ให้ลบออก หรือเขียน mode = "opt-in"',
            wants=("mode",),
            at_key=True,
        )


def points(table: Table) -> Iterator[Mistake]:
    """An act is worth baht, or days of wage."""
    baht, days = (table.get(key) is not None for key in ("baht_per_act", "days_of_wage_per_act"))
    if baht and days:
        yield Mistake(
            ("days_of_wage_per_act",),
            'Points are worth either "baht_per_act" or "days_of_wage_per_act". Take one of the two out',
            'แต้มมีมูลค่าเป็น "baht_per_act" หรือ "days_of_wage_per_act" อย่างใดอย่างหนึ่ง ให้ลบออกหนึ่งอย่าง',
            at_key=True,
        )
    elif not baht and not days:
        yield Mistake(
            (),
            'What is an act worth? Add "baht_per_act" or "days_of_wage_per_act", for example baht_per_act = 5',
            'ทำแต่ละครั้งได้เท่าใด ให้เพิ่ม "baht_per_act" หรือ "days_of_wage_per_act" เช่น baht_per_act = 5',
            wants=("baht_per_act", "days_of_wage_per_act"),
        )


def _given(table: Table, key: str, default: str) -> Any:
    value = table.get(key)
    return default if value is None else value


def _number(x: Any) -> TypeGuard[float]:
    return isinstance(x, int | float) and not isinstance(x, bool)


def _whole(x: Any, low: int, high: int) -> TypeGuard[int]:
    return type(x) is int and low <= x <= high
