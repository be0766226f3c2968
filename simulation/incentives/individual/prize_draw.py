"""A prize draw in which each act is a ticket."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from simulation.core.params import Text
from simulation.incentives.base import Offer, People, Scheme, Settlement, WeekView, satang
from simulation.incentives.coding import CONTROLLING

PRIZE_DRAW_PURPOSE = 20


class PrizeDraw(Scheme):
    """Each act is a ticket that wins a prize with a small chance.

    A lottery is worth its expected value: no multiplier earned its place (DellaVigna and Pope 2018; Patel 2016).
    """

    label: ClassVar[Text] = Text(en="Prize draw", th="จับรางวัล")
    what: ClassVar[Text] = Text(en="Each act is a ticket in a draw.", th="ทำแต่ละครั้งได้สิทธิ์จับรางวัลหนึ่งสิทธิ์")
    literature: ClassVar[tuple[str, ...]] = ("DellaVigna, Pope 2018, doi:10.1093/restud/rdx033",)

    kind: Literal["prize_draw"] = "prize_draw"
    prize_baht: float = Field(ge=0, le=1e8, description="Worth of a prize, baht.")
    chance_per_act: float = Field(ge=0, le=1, description="Chance that one act wins.")

    @property
    def components(self) -> tuple[str, ...]:
        """A draw, where anything can be won."""
        return ("prize_draw",) if self.prize_baht * self.chance_per_act > 0 else ()

    def offer(self, people: People, week: WeekView) -> Offer:
        """C = 1, v = expected value, c = 1."""
        if not self.components:
            return Offer.none()
        value = self.prize_baht * self.chance_per_act * week.taper
        return Offer(contingent=1.0, value_baht=value, controlling=CONTROLLING["prize_draw"])

    def settle(self, people: People, week: WeekView, book: Mapping[str, NDArray[Any]]) -> Settlement:
        """Draw: with k tickets nobody wins with chance (1 - c)^k; at most one prize a person and week."""
        if not self.components or week.uniforms is None:
            return Settlement()
        u = week.uniforms(PRIZE_DRAW_PURPOSE).astype(np.float64)
        stay = np.ones(len(u))
        for k in range(1, int(week.acts.max(initial=0)) + 1):
            stay = np.where(week.acts >= k, stay * (1.0 - self.chance_per_act), stay)
        won = (u >= stay) & (week.live > 0)
        return Settlement(won.astype(np.int64) * satang(self.prize_baht * week.taper))

    def greatest_liability(self, people: People, week: WeekView) -> int:
        """Everybody eligible wins."""
        return int(week.eligible.sum()) * satang(self.prize_baht) if self.components else 0
