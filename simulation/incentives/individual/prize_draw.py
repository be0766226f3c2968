"""A prize draw in which each act is a ticket."""

from __future__ import annotations

from collections.abc import Mapping
from math import prod
from typing import Any, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, field_validator

from simulation.core.floats import exp64, log64
from simulation.core.params import Text, Wrong, unit
from simulation.incentives.base import Offer, People, Scheme, Settlement, Strength, WeekView, satang

PRIZE_DRAW_PURPOSE, FEWER_TICKETS_PURPOSE = 20, 42
DAYS = 7


class PrizeDraw(Scheme):
    """Each act is a ticket that wins a prize with a small chance.

    A lottery is worth its expected value: no multiplier earned its place (DellaVigna and Pope 2018; Patel 2016).
    By act every ticket is drawn for itself. With a draw a day or a week a person wins at most one prize in it, so a
    further ticket adds less. Only tickets of acts done are in a draw: to tell people what they would have won is not
    offered.

    Worked scenario::

        [arms.draw.schemes.tickets]
        kind = "prize_draw"
        behaviour = "exercise"
        prize_baht = 100.0
        chance_per_act = 0.01
        enrolment = { mode = "opt-in", friction = "one-tap" }
        schedule = { start = 4, weeks = 26 }
    """

    label: ClassVar[Text] = Text(en="Prize draw", th="จับรางวัล")
    what: ClassVar[Text] = Text(en="Each act is a ticket in a draw.", th="ทำแต่ละครั้งได้สิทธิ์จับรางวัลหนึ่งสิทธิ์")
    literature: ClassVar[tuple[str, ...]] = ("DellaVigna, Pope 2018, doi:10.1093/restud/rdx033",)
    rests_on: ClassVar[Text] = Text(
        en="any reward, and its expected worth",
        th="การมีรางวัล และมูลค่าที่คาดหวัง",
    )
    strength: ClassVar[Strength] = "several studies"
    costs_most: ClassVar[Text] = Text(
        en="everybody eligible acts at every chance and wins every time", th="ผู้มีสิทธิ์ทุกคนทำทุกครั้งที่มีโอกาสและได้รางวัลทุกครั้ง"
    )
    amounts: ClassVar[tuple[str, ...]] = ("prize_baht",)
    controlling: ClassVar[float] = 1.0

    kind: Literal["prize_draw"] = "prize_draw"
    prize_baht: float = Field(
        ge=0,
        le=1e8,
        description="Worth of a prize, baht.",
        json_schema_extra=unit("baht", "รางวัล", "มูลค่าของรางวัลหนึ่งรางวัล"),
    )
    chance_per_act: float = Field(
        ge=0,
        le=1,
        description="Chance that one act wins.",
        json_schema_extra=unit("chance", "โอกาสถูกรางวัล", "โอกาสที่การกระทำหนึ่งครั้งจะได้รางวัล"),
    )

    draws: Literal["per-act", "daily", "weekly"] = Field(
        default="per-act",
        description="How often is drawn; a day's or a week's draw gives a person one prize at most.",
        json_schema_extra=unit(
            "",
            "รอบการจับรางวัล",
            "per-act จับทุกครั้งที่ทำ daily จับวันละครั้ง weekly จับสัปดาห์ละครั้ง แบบรายวันและรายสัปดาห์คนหนึ่งได้ไม่เกินรอบละหนึ่งรางวัล",
        ),
    )
    regret_free: bool = Field(
        default=True,
        description="Always true: only tickets of acts done are drawn, and nobody is told what they would have won.",
        json_schema_extra=unit(
            "", "ไม่ใช้ความเสียดาย", "เป็น true เสมอ จับเฉพาะสิทธิ์จากการกระทำที่ทำแล้ว และไม่แจ้งผู้ใดว่าพลาดรางวัลอะไร"
        ),
    )

    @field_validator("regret_free")
    @classmethod
    def _never_by_regret(cls, value: bool) -> bool:
        if not value:
            raise Wrong(
                "A draw that tells people what they would have won is not offered; leave it true",
                "ไม่มีการจับรางวัลที่แจ้งว่าพลาดรางวัลอะไร ให้ใช้ true",
            )
        return value

    @property
    def components(self) -> tuple[str, ...]:
        """A draw, where anything can be won."""
        return ("prize_draw",) if self.prize_baht * self.chance_per_act > 0 else ()

    def says(self) -> Text:
        """Say how much is given for what."""
        prize, chance = f"{self.prize_baht:,.10g}", f"{100 * self.chance_per_act:g}"
        en, th = _ONE_PRIZE[self.draws]
        return Text(
            en=f"each act wins {prize} baht with a chance of {chance}%{en}",
            th=f"แต่ละครั้งมีโอกาสร้อยละ {chance} ได้รางวัล {prize} บาท{th}",
        )

    def offer(self, people: People, week: WeekView) -> Offer:
        """C = 1, v = expected value, c = 1."""
        if not self.components:
            return Offer.none()
        value = self.prize_baht * self.chance_per_act * week.taper
        if self.draws != "per-act":
            value *= self._chance_without_a_prize(week)
        return Offer(contingent=1.0, value_baht=value, controlling=self.controlling)

    def _chance_without_a_prize(self, week: WeekView) -> float:
        """Return the chance that the other tickets of a draw have not won, at the population's rate."""
        others = max(1, round(week.n)) / (7 if self.draws == "daily" else 1) - 1.0
        miss = 1.0 - self.chance_per_act * week.baseline
        return float(exp64(others * log64(miss))) if others > 0.0 else 1.0

    def settle(self, people: People, week: WeekView, book: Mapping[str, NDArray[Any]]) -> Settlement:
        """Draw every ticket of those who take part: prizes are binomial, by inversion from one uniform."""
        if not self.components or week.uniforms is None:
            return Settlement()
        u = week.uniforms(PRIZE_DRAW_PURPOSE).astype(np.float64)
        tickets = week.acts * week.live
        if self.draws == "per-act":
            won = prizes_won(tickets, self.chance_per_act, u)
        elif self.draws == "weekly":
            won = _draws_won(np.minimum(tickets, 1), tickets, self.chance_per_act, u)
        else:  # as evenly over the days as can be: some days have one ticket more than the others
            fewer, more = np.divmod(tickets.astype(np.int64), DAYS)
            second = week.uniforms(FEWER_TICKETS_PURPOSE).astype(np.float64)
            won = _draws_won(more, fewer + 1, self.chance_per_act, u)
            won += _draws_won(np.where(fewer > 0, DAYS - more, 0), fewer, self.chance_per_act, second)
        return Settlement(won * satang(self.prize_baht * week.taper))

    def greatest_liability(self, people: People, week: WeekView) -> int:
        """Every ticket of everybody eligible wins."""
        tickets = int(week.eligible.sum()) * max(1, round(week.n))
        return tickets * satang(self.prize_baht) if self.components else 0


_ONE_PRIZE = {
    "per-act": ("", ""),
    "daily": (", at most one prize a day", " ไม่เกินวันละหนึ่งรางวัล"),
    "weekly": (", at most one prize a week", " ไม่เกินสัปดาห์ละหนึ่งรางวัล"),
}


def _draws_won(
    draws: NDArray[Any], tickets: NDArray[Any], chance: float, uniform: NDArray[np.float64]
) -> NDArray[np.int64]:
    """Return in how many of their draws people win, with so many tickets in each, int64[N]."""
    won = np.zeros(len(uniform), np.int64)
    for k in np.unique(tickets).tolist():
        rows = np.flatnonzero(tickets == k)
        won[rows] = prizes_won(draws[rows], 1.0 - prod([1.0 - chance] * k), uniform[rows])
    return won


def prizes_won(tickets: NDArray[Any], chance: float, uniform: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return how many of each person's tickets win, int64[N]: the binomial quantile of `uniform`, in (0, 1)."""
    tickets = tickets.astype(np.int64)
    if chance >= 1.0:
        return tickets
    most = int(tickets.max(initial=0))
    mass = np.ones(len(tickets))
    for k in range(most):
        mass = np.where(tickets > k, mass * (1.0 - chance), mass)
    won, total = np.zeros(len(tickets), np.int64), mass.copy()
    for k in range(most):
        won += (uniform >= total) & (tickets > k)
        mass = mass * (chance / (1.0 - chance)) * np.maximum(tickets - k, 0) / (k + 1)
        total += mass
    return won
