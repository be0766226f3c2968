"""The ladder of moral units: steps scored 0, 1 or 2 each month, three levels, an award above the third.

A level once reached is kept; nothing here can lower one. It changes what others see of its members, and nothing else.
Scores of a step that has a share: 2 from 80.00 %, 1 from 50.00 % (the rubric of Thai moral organisations). Steps that
no simulated share tells of (plan, review, honours, lessons, learning centre) are worked on one after the other: each
gains a point for so many months in which the unit's own share of members signed up scores. What a level takes in all
is not published: it is a parameter.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from simulation.core.clock import SETTLE_EVERY, reached, settles
from simulation.core.params import Text, unit
from simulation.incentives.base import Account, Offer, Settlement, WeekView, satang
from simulation.incentives.coding import VISIBILITY

FULL, HALF = 0.80, 0.50
"""Shares that score 2 and 1."""
MODEL, OUTSTANDING = 3, 4
"""The third level, and the award above it; 0 is no level yet, 1 promoting, 2 moral."""
Drive = Literal["signed up", "took part", "results", "rise", "work", "inside"]
"""What scores a step: shares of members, the month's rate against the goal and the first month's, time, units in it."""


@dataclass(frozen=True)
class Rubric:
    """What each step is scored by, in order, and how many of the steps count towards each level."""

    steps: tuple[Drive, ...]
    upto: tuple[int, int, int]


NINE_STEPS = Rubric(
    ("signed up", "took part", "work", "results", "work", "work", "rise", "work", "work"), upto=(3, 6, 9)
)
"""Declaration, target virtues, plan; results, review, honours; visible rise, lessons, learning centre."""
TEN_INDICATORS = Rubric((*NINE_STEPS.steps, "inside"), upto=(10, 10, 10))
"""The nine over a province, and how many of its localities have half of their members signed up; all count."""


@dataclass(frozen=True, eq=False)
class Units:
    """The units that climb: whose citizen is whose (-1: nobody's), how many, and what lies inside each of them."""

    of: NDArray[np.int32]
    n: int
    inside: tuple[NDArray[np.int32], NDArray[np.int32]] | None = None  # locality of citizens, unit of localities

    def count(self, weights: NDArray[Any]) -> NDArray[np.int64]:
        """Sum a number of each citizen over units, int64[n]."""
        mine = self.of >= 0
        return np.bincount(self.of[mine], weights=weights[mine], minlength=self.n).astype(np.int64)

    def to_members(self, values: NDArray[Any]) -> NDArray[np.float32]:
        """Return the number of each citizen's unit, 0 where none, float32[N]."""
        padded = np.append(np.asarray(values, dtype=np.float32), np.float32(0))
        return padded[self.of]


@dataclass(frozen=True)
class Ladder:
    """One kind's ladder with its parameters: what it offers, how units climb, what a level costs."""

    rubric: Rubric
    per: Literal["organisation", "locality", "province"]
    passes: tuple[int, int, int, int]
    goal_share: float
    rise_share: float
    months_a_point: int
    grant_baht: float
    audience: str

    def accounts(self) -> tuple[Account, ...]:
        """Return what must be remembered of each unit, and who has taken part so far."""
        kept: tuple[tuple[str, type[np.generic], str], ...] = (
            ("level", np.int8, "0 none, 1 promoting, 2 moral, 3 model, 4 outstanding"),
            ("total", np.int16, "points"),
            ("signed_up_share", np.float64, "share of members, last month"),
            ("worked", np.int16, "months in which the share signed up scored"),
            ("months", np.int16, "months"),
            ("first_rate", np.float64, "share of opportunities, first month"),
            ("acts_in_month", np.int64, "acts"),
            ("chances_in_month", np.int64, "opportunities"),
            ("paid_satang", np.int64, "satang"),
        )
        own = tuple(Account(name, dtype, meaning, per=self.per) for name, dtype, meaning in kept)
        return (*own, Account("took_part", np.uint8, "0/1, acted as a member so far"))

    def offer(self, units: Units, week: WeekView) -> Offer:
        """V by level and audience, S = share of the other units as high; K1, Q = 1 / members while a level is left."""
        level = week.accounts["level"]
        seen = VISIBILITY[self.audience] * np.minimum(level, MODEL) / MODEL * week.taper
        left = SETTLE_EVERY - week.since_start % SETTLE_EVERY
        climbing = (level < MODEL) & self._running(units, week) & (left <= week.weeks_to_end)
        members = units.count(week.eligible)
        return Offer(
            visibility=units.to_members(seen),
            holders_share=units.to_members(others_as_high(level)),
            commitment=units.to_members(climbing),
            pivotality=units.to_members(climbing / np.maximum(members, 1)),
        )

    def settle(self, units: Units, week: WeekView, book: Mapping[str, NDArray[Any]]) -> Settlement:
        """Count the week; every 4th, score the units and let those climb that have what the next level takes."""
        book["acts_in_month"][:] += units.count(week.acts * week.eligible)
        book["chances_in_month"][:] += units.count(week.opportunities * week.eligible)
        book["took_part"][:] |= ((week.acts > 0) & (week.live > 0)).astype(np.uint8)
        if not settles(week.since_start):
            return Settlement()
        scores = self.scores(units, week, book)
        climbed = self._climb(scores, self._running(units, week), book)
        book["acts_in_month"][:] = 0
        book["chances_in_month"][:] = 0
        due = units.count(week.eligible) * climbed * satang(self.grant_baht * week.taper)
        book["paid_satang"][:] += due
        return Settlement(area_paid_satang=int(due.sum()))

    def liability(self, units: Units, week: WeekView) -> int:
        """Every unit below the third level climbs one, in a week that settles."""
        if not settles(week.since_start) or not self.grant_baht:
            return 0
        below = week.accounts["level"] < MODEL
        return int(units.count(week.eligible)[below].sum()) * satang(self.grant_baht)

    def scores(self, units: Units, week: WeekView, book: Mapping[str, NDArray[Any]]) -> NDArray[np.int64]:
        """Score each step of each unit at the end of a month, int64[steps, n]; note the months on the way."""
        members, joined = units.count(week.eligible), units.count(week.enrolled * week.eligible)
        acts, chances = book["acts_in_month"], book["chances_in_month"]
        rate = acts / np.maximum(chances, 1)
        fresh = (book["months"] == 0) & (chances > 0)
        book["first_rate"][fresh] = rate[fresh]
        rise = np.where((chances > 0) & ~fresh, rate - book["first_rate"], 0.0)
        signed = points(joined, members)
        book["months"][:] += chances > 0
        book["worked"][:] += (signed > 0) & self._running(units, week)
        book["signed_up_share"][:] = joined / np.maximum(members, 1)
        found: dict[Drive, NDArray[np.int64]] = {
            "signed up": signed,
            "took part": points(units.count(book["took_part"] * week.enrolled * week.eligible), members),
            "results": points(acts, self.goal_share * chances),
            "rise": _banded(rise, self.rise_share, self.rise_share / 2.0),
        }
        if units.inside is not None:
            found["inside"] = _inside(units.inside, units.n, week)
        rows, done = [], book["worked"] // self.months_a_point
        for step in self.rubric.steps:
            rows.append(np.clip(done, 0, 2).astype(np.int64) if step == "work" else found[step])
            done = np.maximum(done - 2, 0) if step == "work" else done
        return np.stack(rows)

    def _climb(
        self, scores: NDArray[np.int64], running: NDArray[np.bool_], book: Mapping[str, NDArray[Any]]
    ) -> NDArray[np.bool_]:
        """Raise each unit by one level where it has what that takes; return which have climbed, the award left out."""
        level, totals = book["level"], np.cumsum(scores, axis=0)
        book["total"][:] = totals[-1]
        climbed = np.zeros(len(level), np.bool_)
        for at, (steps, enough) in enumerate(zip(self.rubric.upto, self.passes[:MODEL], strict=True)):
            climbed |= (level == at) & (totals[steps - 1] >= enough) & running
        awarded = (level == MODEL) & (totals[-1] >= self.passes[MODEL]) & running
        level[climbed | awarded] += 1
        return climbed

    def _running(self, units: Units, week: WeekView) -> NDArray[np.bool_]:
        """Return which units run the scheme; all of them where that is not theirs to decide, or others decide."""
        if week.running is None or self.per == "province" or len(week.running) != units.n:
            return np.ones(units.n, np.bool_)
        return np.asarray(week.running > 0)


def points(part: NDArray[Any], whole: NDArray[Any]) -> NDArray[np.int64]:
    """Score a share: 2 from 80.00 %, 1 from 50.00 %, else 0; 0 where there is nothing to share."""
    return np.where(whole > 0, reached(part, FULL, whole).astype(np.int64) + reached(part, HALF, whole), 0)


def others_as_high(level: NDArray[Any]) -> NDArray[np.float64]:
    """Return, for each unit, the share of the other units that hold its level or a higher one; 0 where it has none."""
    counts = np.bincount(level, minlength=OUTSTANDING + 1)
    as_high = np.cumsum(counts[::-1])[::-1][level] - 1
    return np.asarray(np.where(level > 0, as_high / max(1, len(level) - 1), 0.0), dtype=np.float64)


def _banded(values: NDArray[Any], full: float, half: float) -> NDArray[np.int64]:
    return np.asarray(reached(values, full, 1.0).astype(np.int64) + reached(values, half, 1.0), dtype=np.int64)


def _inside(inside: tuple[NDArray[np.int32], NDArray[np.int32]], n: int, week: WeekView) -> NDArray[np.int64]:
    """Score how many of the localities inside have half of their members signed up."""
    locality, unit_of = inside
    members = np.bincount(locality, weights=week.eligible, minlength=len(unit_of))
    joined = np.bincount(locality, weights=week.enrolled * week.eligible, minlength=len(unit_of))
    some = members > 0
    there = points(joined, members) > 0
    return points(np.bincount(unit_of[some], weights=there[some], minlength=n), np.bincount(unit_of[some], minlength=n))


Audience = Annotated[
    Literal["officials", "own-rank", "team", "household", "named-to-group"],
    Field(
        description="Who sees the level of a unit's members.",
        json_schema_extra=unit(
            "",
            "ผู้รับรู้",
            "officials เจ้าหน้าที่ own-rank แจ้งลำดับเป็นการส่วนตัว team ทีม household ครัวเรือน named-to-group ประกาศในกลุ่ม",
        ),
    ),
]
GoalShare = Annotated[
    float,
    Field(
        gt=0,
        le=1,
        description="Share of opportunities acted on that the plan aims at.",
        json_schema_extra=unit("share of opportunities", "เป้าหมายของแผน", "สัดส่วนของโอกาสที่แผนตั้งเป้าให้ทำ"),
    ),
]
RiseShare = Annotated[
    float,
    Field(
        gt=0,
        le=1,
        description="Rise over the first month's share of opportunities that scores 2; half of it scores 1.",
        json_schema_extra=unit(
            "share of opportunities", "ส่วนที่เพิ่มขึ้น", "สัดส่วนที่เพิ่มจากเดือนแรกจนได้ 2 คะแนน ครึ่งหนึ่งของค่านี้ได้ 1 คะแนน"
        ),
    ),
]
MonthsAPoint = Annotated[
    int,
    Field(
        ge=1,
        le=60,
        description="Months of work for one point of a step that no share tells of.",
        json_schema_extra=unit("months", "เดือนต่อคะแนน", "จำนวนเดือนที่ทำงานจนได้หนึ่งคะแนนในขั้นที่ไม่มีสัดส่วนให้วัด", unit_th="เดือน"),
    ),
]
Grant = Annotated[
    float,
    Field(
        ge=0,
        le=1e6,
        description="Paid once to the unit for each level reached, baht a member; none by default.",
        json_schema_extra=unit("baht", "งบประมาณของหน่วย", "จ่ายให้หน่วยครั้งเดียวเมื่อถึงแต่ละระดับ บาทต่อสมาชิก"),
    ),
]
PassTotal = Annotated[int, Field(ge=1, le=20)]


def pass_total(level_en: str, level_th: str, default: int) -> Any:
    """Return the field of what a level takes in all; no total is published, so each is a chosen value."""
    return Field(
        default=default,
        description=f"Points in all that the {level_en} takes.",
        json_schema_extra=unit("points", f"คะแนน{level_th}", f"คะแนนรวมที่ต้องได้จึงถึง{level_th}", unit_th="คะแนน"),
    )


def says(noun: Text, audience: str, grant_baht: float) -> Text:
    """Say what a unit climbs for, and what it is paid for a level."""
    paid, paid_th = "", ""
    if grant_baht:
        paid = f", and {grant_baht:,.10g} baht a member to the {noun.en} for each level"
        paid_th = f" และให้{noun.th} {grant_baht:,.10g} บาทต่อสมาชิกเมื่อถึงแต่ละระดับ"
    return Text(
        en=f"a {noun.en} climbs three levels together, seen by {_AUDIENCE[audience][0]}{paid}",
        th=f"{noun.th}เลื่อนระดับร่วมกันสามระดับ โดย{_AUDIENCE[audience][1]}รับรู้{paid_th}",
    )


_AUDIENCE = {
    "officials": ("officials", "เจ้าหน้าที่"),
    "own-rank": ("each member privately", "สมาชิกแต่ละคนเป็นการส่วนตัว"),
    "team": ("one's team", "ทีม"),
    "household": ("the household", "ครัวเรือน"),
    "named-to-group": ("one's group", "กลุ่มของตน"),
}
