"""Points and a shop: points for acts, rewards that cost points, and only so many of each."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, ClassVar, Literal, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, field_validator, model_validator

from simulation.core.params import Frozen, Text, Wrong, unit
from simulation.incentives.base import Account, Offer, People, Scheme, Settlement, Strength, WeekView, satang
from simulation.incentives.caps import never_cut
from simulation.incentives.verification import claims

QUEUE_PURPOSE = 41
MOST_REWARDS = 20


class Reward(Frozen):
    """A reward of the shop: what it costs in points, what it is worth, how many there are."""

    label: ClassVar[Text] = Text(en="Reward", th="ของรางวัล")
    what: ClassVar[Text] = Text(
        en="A reward of the shop: what it costs in points, what it is worth, how many there are.",
        th="ของรางวัลหนึ่งรายการ ใช้กี่แต้ม มีมูลค่าเท่าใด และมีกี่ชิ้น",
    )

    points: int = Field(
        ge=1,
        le=1_000_000_000,
        description="What it costs, points.",
        json_schema_extra=unit("points", "แต้มที่ใช้แลก", "ใช้กี่แต้มแลกหนึ่งชิ้น", unit_th="แต้ม"),
    )
    baht: float = Field(
        ge=0,
        le=1e6,
        description="What one is worth, and costs the scheme, baht.",
        json_schema_extra=unit("baht", "มูลค่า", "หนึ่งชิ้นมีมูลค่ากี่บาท ซึ่งเป็นต้นทุนของมาตรการด้วย"),
    )
    stock: int = Field(
        ge=0,
        le=1_000_000_000,
        description="How many there are.",
        json_schema_extra=unit("rewards", "จำนวนที่มี", "มีทั้งหมดกี่ชิ้น", unit_th="ชิ้น"),
    )

    @property
    def rate(self) -> float:
        """Worth of a point that is spent on it, baht."""
        return self.baht / self.points


class PointsShop(Scheme):
    """Acts earn points, and points buy rewards while there are any.

    People buy what gives them most for a point as soon as they can afford it, and buy something lesser only where the
    better is out of stock or out of reach before the end. Where more is wanted than there is, lots decide who is
    first. An unspent point is kept, also by those who leave: it is never taken. What a point is worth falls as
    rewards run out: v is the mean worth of a point if all that are held now were spent on what is left. Without any
    stock v = 0 and points are symbolic. `points_owed` counts the points that people hold: what is still owed to them.

    National use: Korea's Carbon Neutrality Points, whose money ran out in July 2025 with 78 % of what was due paid
    (Chosun Biz 2025), and the step challenge Kao Tha Jai of Thailand's Department of Health (2021). The jump at any
    reward and the log of its worth: DellaVigna and Pope (2018).

    Worked scenario::

        [arms.shop.schemes.health_points]
        kind = "points_shop"
        behaviour = "exercise"
        points_per_act = 10.0
        rewards = [
          { points = 200, baht = 40.0, stock = 800 },
          { points = 1000, baht = 250.0, stock = 100 },
        ]
        enrolment = { mode = "opt-in", friction = "one-tap" }
        schedule = { start = 4, weeks = 52 }
    """

    label: ClassVar[Text] = Text(en="Points with a shop", th="แต้มแลกของรางวัล")
    what: ClassVar[Text] = Text(
        en="Acts earn points that buy rewards while stocks last.",
        th="ทำแต่ละครั้งได้แต้มไว้แลกของรางวัลซึ่งมีจำนวนจำกัด",
    )
    literature: ClassVar[tuple[str, ...]] = (
        "DellaVigna, Pope 2018, doi:10.1093/restud/rdx033",
        "Chosun Biz 2025, Carbon Neutrality Points, biz.chosun.com/en/en-policy/2025/09/29",
        "Department of Health, Thailand 2021, Kao Tha Jai, multimedia.anamai.moph.go.th/news/260464_3",
    )
    rests_on: ClassVar[Text] = Text(
        en="any reward, and the logarithm of its expected worth; how people spend points is set, not found",
        th="การมีรางวัล และลอการิทึมของมูลค่าที่คาดหวัง ส่วนวิธีที่คนใช้แต้มเป็นค่าที่กำหนดไว้",
    )
    strength: ClassVar[Strength] = "judgement"
    pays_on_claims: ClassVar[bool] = True
    costs_most: ClassVar[Text] = Text(en="every reward in stock is bought", th="ของรางวัลทุกชิ้นถูกแลก")
    amounts: ClassVar[tuple[str, ...]] = ("points_per_act",)
    controlling: ClassVar[float] = 0.5
    lots_decide_who: ClassVar[bool] = True

    kind: Literal["points_shop"] = "points_shop"
    points_per_act: float = Field(
        ge=0,
        le=1e6,
        description="Points for an act.",
        json_schema_extra=unit("points an act", "แต้มต่อครั้ง", "การกระทำหนึ่งครั้งได้กี่แต้ม", unit_th="แต้มต่อครั้ง"),
    )
    rewards: tuple[Reward, ...] = Field(
        strict=False,
        description="What points can buy.",
        json_schema_extra=unit("", "ของรางวัล", "สิ่งที่ใช้แต้มแลกได้"),
    )

    @field_validator("rewards")
    @classmethod
    def _a_few(cls, value: tuple[Reward, ...]) -> tuple[Reward, ...]:
        if not 1 <= len(value) <= MOST_REWARDS:
            raise Wrong(
                f"A shop has 1 to {MOST_REWARDS} rewards, not {len(value)}; "
                "write for example rewards = [{ points = 100, baht = 20.0, stock = 50 }]",
                f"มีของรางวัลได้ 1 ถึง {MOST_REWARDS} รายการ แต่ได้รับ {len(value)} รายการ "
                "ให้เขียน เช่น rewards = [{ points = 100, baht = 20.0, stock = 50 }]",
            )
        return value

    @model_validator(mode="after")
    def _whole_rewards(self) -> PointsShop:
        never_cut(self)
        return self

    @property
    def components(self) -> tuple[str, ...]:
        """Points, where anything of worth can be bought."""
        return ("points_shop",) if self.points_per_act and any(r.baht * r.stock for r in self.rewards) else ()

    def says(self) -> Text:
        """Say how much is given for what."""
        points = f"{self.points_per_act:,.10g}"
        shop = [(f"{r.points:,}", f"{r.baht:,.10g}", f"{r.stock:,}") for r in self.rewards]
        return Text(
            en=f"{points} points for each act; "
            + ", ".join(f"{p} points buy {b} baht's worth ({n} in stock)" for p, b, n in shop),
            th=f"{points} แต้มต่อครั้ง " + " ".join(f"{p} แต้มแลกของมูลค่า {b} บาท มี {n} ชิ้น" for p, b, n in shop),
        )

    def for_fewer(self, share: float) -> Self:
        """Return it for a share of the people, the stocks in proportion too, rounded up."""
        fewer = tuple(r.model_copy(update={"stock": math.ceil(r.stock * share)}) for r in self.rewards)
        return super().for_fewer(share).model_copy(update={"rewards": fewer})

    def accounts(self) -> tuple[Account, ...]:
        """Points that each citizen holds, what all of them hold, and how many of each reward were bought."""
        return (
            Account("points_held", np.int64, "points"),
            Account("points_owed", np.int64, "points", per="scheme"),
            *(Account(_bought(k), np.int64, "rewards", per="scheme") for k in range(len(self.rewards))),
        )

    def offer(self, people: People, week: WeekView) -> Offer:
        """C = 1, v = points x expected worth of a point, 0 for those whom no reward is within reach of; c = .5."""
        if not self.components:
            return Offer.none()
        left, each = self._left(week.accounts), self.points_per_act * week.taper
        wanted = [k for k in self._best_first() if left[k] > 0]
        if not wanted:
            return Offer(contingent=1.0, controlling=self.controlling)
        value: float | NDArray[np.float32] = each * self._worth(left, int(week.accounts["points_owed"][0]))
        within = self._within_reach(week, week.weeks_to_end, min(self.rewards[k].points for k in wanted))
        if not within.all():
            value = within * np.float32(value)
        usual = each * week.n * week.baseline  # points a week at the population's rate
        wait = 0.5 * self.rewards[wanted[0]].points / usual if usual > 0 else math.inf
        return Offer(
            contingent=1.0,
            value_baht=value,
            delay_weeks=min(wait, max(0.0, week.weeks_to_end - 1.0)),
            controlling=self.controlling,
        )

    def settle(self, people: People, week: WeekView, book: Mapping[str, NDArray[Any]]) -> Settlement:
        """Credit this week's claims; then whoever can and wants to buys, also those who left."""
        if not self.components:
            return Settlement()
        held, left = book["points_held"], self._left(book)
        held += np.rint(claims(week, self.checks) * (self.points_per_act * week.taper)).astype(np.int64)
        spent_satang, waits = np.zeros(people.n, np.int64), np.zeros(people.n, np.bool_)
        for k in self._best_first():
            reward = self.rewards[k]
            rows = np.flatnonzero((held >= reward.points) & ~waits)
            if left[k] > 0 and len(rows):
                bought = _in_turn(held[rows] // reward.points, left[k], rows, week)
                held[rows] -= bought * reward.points
                spent_satang[rows] += bought * satang(reward.baht)
                book[_bought(k)] += int(bought.sum())
                left[k] -= int(bought.sum())
            if left[k] > 0 and reward.baht:  # whoever can still come to afford it saves for it
                waits |= self._within_reach(week, week.weeks_to_end - 1, reward.points, held)
        book["points_owed"][:] = held.sum()
        return Settlement(spent_satang)

    def greatest_in_all(self, people: People, week: WeekView) -> int | None:
        """Every reward is bought."""
        return sum(r.stock * satang(r.baht) for r in self.rewards) if self.components else None

    def greatest_liability(self, people: People, week: WeekView) -> int:
        """All that is in stock is bought, or all points held and earned this week are spent at the best rate."""
        if not self.components:
            return 0
        left = self._left(week.accounts)
        stock = sum(n * satang(r.baht) for n, r in zip(left, self.rewards, strict=True))
        earned = int(week.eligible.sum()) * math.ceil(max(1, round(week.n)) * self.points_per_act)
        points = int(week.accounts["points_owed"][0]) + earned
        rewards = zip(left, self.rewards, strict=True)
        return min(stock, max((points * satang(r.baht) // r.points for n, r in rewards if n > 0), default=0))

    def _left(self, accounts: Mapping[str, NDArray[Any]]) -> list[int]:
        """Return the stock of each reward."""
        return [r.stock - int(accounts[_bought(k)][0]) for k, r in enumerate(self.rewards)]

    def _best_first(self) -> list[int]:
        """Return the rewards by worth of a point, the best first; of equals the cheaper first."""
        return sorted(range(len(self.rewards)), key=self._rank)

    def _rank(self, k: int) -> tuple[float, int]:
        return -self.rewards[k].rate, self.rewards[k].points

    def _worth(self, left: list[int], owed: int) -> float:
        """Return the mean worth of a point, baht, if all points held were spent on what is left, the best first."""
        points = rest = max(1, owed)
        worth = 0.0
        for k in self._best_first():
            spent = min(rest, left[k] * self.rewards[k].points)
            worth, rest = worth + spent * self.rewards[k].rate, rest - spent
        return worth / points

    def _within_reach(
        self, week: WeekView, weeks: int, points: int, held: NDArray[np.int64] | None = None
    ) -> NDArray[np.bool_]:
        """Tell who holds so many points or can still earn them in so many weeks, acting at every chance."""
        have = week.accounts["points_held"] if held is None else held
        return np.asarray(have + weeks * max(1, round(week.n)) * self.points_per_act >= points)


def _bought(k: int) -> str:
    return f"bought_{k + 1}"


def _in_turn(wanted: NDArray[np.int64], stock: int, rows: NDArray[np.int64], week: WeekView) -> NDArray[np.int64]:
    """Return how many each gets: all that they want, or, where that is more than the stock, by lot while it lasts."""
    if int(wanted.sum()) <= stock:
        return wanted
    lots = rows if week.uniforms is None else week.uniforms(QUEUE_PURPOSE)[rows]
    turn = np.argsort(lots, kind="stable")
    before = np.cumsum(wanted[turn]) - wanted[turn]
    got = np.zeros_like(wanted)
    got[turn] = np.clip(stock - before, 0, wanted[turn])
    return got
