"""Rules between the keys of one table, over its raw data; each takes the table and yields what is wrong, at its key from there.

A rule is silent where a value has the wrong type or is out of its own range: that is told by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeGuard

from simulation.core.clock import WEEKS_A_YEAR, schedule_faults
from simulation.core.names import listed, quoted
from simulation.incentives.budget import limit_mistakes
from simulation.incentives.catalogue import scheme_classes
from simulation.world.spec import ONLINE_BANDS, ONLINE_MINORS, PROVINCES, Sectors

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
    rule: str = ""  # the rule of rights that it breaks


def world(table: Table) -> Iterator[Mistake]:
    """Age bands are those of the model; localities are no more than citizens; ties of a file are not laid anew."""
    online, youngest = table.get("online"), table.get("youngest")
    children = _whole(youngest, 6, 14)
    bands = (ONLINE_MINORS, *ONLINE_BANDS) if children else ONLINE_BANDS
    if children and table.get("decider") == "household":
        yield Mistake(
            ("youngest",),
            'With decider = "household" an adult answers for all, so there are no children. Take "youngest" out, or write '
            'decider = "citizen"',
            'เมื่อ decider = "household" ผู้ใหญ่ตอบแทนทุกคน จึงไม่มีเด็กในแบบจำลอง ให้ลบ "youngest" ออก หรือเขียน decider = "citizen"',
            at_key=True,
        )
    for band in online if isinstance(online, dict) else ():
        if band not in bands:
            names = listed(bands)
            yield Mistake(
                ("online", band),
                f"There is no age band {quoted(band)}; there are {names}",
                f"ไม่มีช่วงอายุ {quoted(band)} ที่มี: {names}",
                band,
                bands,
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
    files, ties = table.get("files"), table.get("ties")
    if isinstance(files, dict) and "ties" in files and isinstance(ties, dict) and ties.get("generator", _TOWN) != _TOWN:
        yield Mistake(
            ("ties", "generator"),
            "Ties that a file gives are not laid anew: [world.files] names ties. Take one of the two out",
            "เส้นโยงที่ไฟล์ให้มาไม่ถูกวางใหม่ [world.files] ระบุ ties อยู่แล้ว ให้ลบออกหนึ่งอย่าง",
        )


_TOWN = "layers"


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
    """Amounts rise and fall within the weeks of offer, and some of these are in season."""
    start, weeks = table.get("start"), table.get("weeks")
    rises, falls = _or(table, "ramp", 0), _or(table, "taper", 0)
    if not (_whole(start, 0, 5200) and _whole(weeks, 1, 5200) and _whole(rises, 0, 5200) and _whole(falls, 0, 5200)):
        return
    for en, th, key in schedule_faults(start, weeks, falls, rises, season_of(table)):
        yield Mistake((key,), en, th)


def season_of(table: Table) -> tuple[int, int] | None:
    """Return first week and length of a schedule's season; None for the whole year, and for what is no season."""
    season = table.get("season")
    first, length = (season.get(key) for key in ("first_week", "weeks")) if isinstance(season, dict) else (None, None)
    if _whole(first, 0, WEEKS_A_YEAR - 1) and _whole(length, 1, WEEKS_A_YEAR - 1):
        return first, length
    return None


def target(table: Table) -> Iterator[Mistake]:
    """What makes a locality badly off is said of some localities."""
    if table.get("worst_off_by") is not None and table.get("worst_off_localities") is None:
        yield Mistake(
            ("worst_off_by",),
            '"worst_off_by" goes with "worst_off_localities". Add for example worst_off_localities = 0.2',
            '"worst_off_by" ต้องใช้คู่กับ "worst_off_localities" ให้เพิ่ม เช่น worst_off_localities = 0.2',
            wants=("worst_off_localities",),
            at_key=True,
        )


def channels(table: Table) -> Iterator[Mistake]:
    """Paper and agents share the same people; what a head costs belongs to its channel."""
    paper, agent = (_or(table, key, 0.0) for key in ("paper_share", "agent_share"))
    if not (_number(paper) and _number(agent) and 0 <= paper <= 1 and 0 <= agent <= 1):
        return
    if paper + agent > 1.0 + 1e-9:
        yield Mistake(
            ("agent_share",),
            f"paper_share and agent_share are parts of the same people and sum to {paper + agent:g}; at most 1 is possible. "
            f"Write agent_share = {1 - paper:g} or less",
            f"paper_share และ agent_share เป็นส่วนของคนกลุ่มเดียวกัน รวมได้ {paper + agent:g} ต้องไม่เกิน 1 "
            f"ให้เขียน agent_share ไม่เกิน {1 - paper:g}",
        )
    for name, share in (("paper", paper), ("agent", agent)):
        cost = _or(table, f"baht_per_{name}", 0.0)
        if _number(cost) and cost > 0 and not share:
            yield Mistake(
                (f"baht_per_{name}",),
                f'"baht_per_{name}" goes with "{name}_share". Add for example {name}_share = 0.5',
                f'"baht_per_{name}" ต้องใช้คู่กับ "{name}_share" ให้เพิ่ม เช่น {name}_share = 0.5',
                wants=(f"{name}_share",),
                at_key=True,
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


def money(table: Table) -> Iterator[Mistake]:
    """What happens as the money ends needs a budget, and a waiting list people who sign up."""
    when = table.get("when_spent")
    if when not in ("pro-rata", "waiting-list"):
        return
    budget = any(table.get(key) is not None for key in ("budget_baht", "budget_baht_per_week"))
    cls = scheme_classes().get(str(table.get("kind")))
    for en, th in limit_mistakes(str(when), budget, cls.level if cls else "individual"):
        wants = () if budget else ("budget_baht", "budget_baht_per_week")
        yield Mistake(("when_spent",), en, th, wants=wants, at_key=True)


def run_by(table: Table) -> Iterator[Mistake]:
    """Either organisations or localities decide whether to run a scheme."""
    if table.get("organisations") is not None and table.get("localities") is not None:
        yield Mistake(
            ("localities",),
            "Either organisations or localities decide whether to run it. Take one of the two out",
            "ให้องค์กรหรือพื้นที่อย่างใดอย่างหนึ่งเป็นผู้ตัดสินใจ ให้ลบออกหนึ่งอย่าง",
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


def _or(table: Table, key: str, default: float) -> Any:
    value = table.get(key)
    return default if value is None else value


def _number(x: Any) -> TypeGuard[float]:
    return isinstance(x, int | float) and not isinstance(x, bool)


def _whole(x: Any, low: int, high: int) -> TypeGuard[int]:
    return type(x) is int and low <= x <= high
