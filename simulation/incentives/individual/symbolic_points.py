"""Points that are worth nothing but being earned."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from simulation.core.params import Text, unit
from simulation.incentives.base import Account, Offer, People, Scheme, Settlement, Strength, WeekView
from simulation.incentives.verification import claims


class SymbolicPoints(Scheme):
    """Points, stars or badges that each act earns and that buy nothing.

    An act that earns anything is acknowledged, whatever the sum (DellaVigna and Pope 2018), so C = 1; the points have
    no worth, so v = 0. By the coding points are half as controlling as cash, and it makes no exception for points of no
    worth: c = .5, the cautious side. Nobody else sees them: for points before an audience add recognition. They stay on
    the account for good.

    Worked scenario::

        [arms.stars.schemes.badges]
        kind = "symbolic_points"
        behaviour = "exercise"
        points_per_act = 10.0
        enrolment = { mode = "opt-in", friction = "one-tap" }
        schedule = { start = 4, weeks = 26 }
    """

    label: ClassVar[Text] = Text(en="Symbolic points", th="แต้มสะสมที่ไม่มีมูลค่า")
    what: ClassVar[Text] = Text(en="Each act earns points that buy nothing.", th="ทำแต่ละครั้งได้แต้มสะสมซึ่งแลกสิ่งใดไม่ได้")
    literature: ClassVar[tuple[str, ...]] = (
        "DellaVigna, Pope 2018, doi:10.1093/restud/rdx033",
        "Deci, Koestner, Ryan 1999, doi:10.1037/0033-2909.125.6.627",
    )
    rests_on: ClassVar[Text] = Text(en="any acknowledgement of an act", th="การตอบแทนการกระทำไม่ว่าเท่าใด")
    pays_persons: ClassVar[bool] = False
    strength: ClassVar[Strength] = "one study"
    costs_most: ClassVar[Text] = Text(en="it pays nothing", th="ไม่มีการจ่ายเงิน")
    amounts: ClassVar[tuple[str, ...]] = ("points_per_act",)
    controlling: ClassVar[float] = 0.5

    kind: Literal["symbolic_points"] = "symbolic_points"
    points_per_act: float = Field(
        ge=0,
        le=1e6,
        description="Points for an act; how many does not matter, for they buy nothing.",
        json_schema_extra=unit(
            "points an act", "แต้มต่อครั้ง", "การกระทำหนึ่งครั้งได้กี่แต้ม จำนวนแต้มไม่มีผลเพราะแลกสิ่งใดไม่ได้", unit_th="แต้มต่อครั้ง"
        ),
    )

    @property
    def components(self) -> tuple[str, ...]:
        """Points, where there are any."""
        return ("symbolic_points",) if self.points_per_act else ()

    def says(self) -> Text:
        """Say how much is given for what."""
        points = f"{self.points_per_act:,.10g}"
        return Text(en=f"{points} points for each act, worth nothing", th=f"{points} แต้มต่อครั้ง ไม่มีมูลค่าเป็นเงิน")

    def accounts(self) -> tuple[Account, ...]:
        """Points of each citizen."""
        return (Account("points_held", np.float64, "points"),)

    def offer(self, people: People, week: WeekView) -> Offer:
        """C = 1, v = 0, c = .5."""
        return Offer(contingent=1.0, controlling=self.controlling) if self.components else Offer.none()

    def settle(self, people: People, week: WeekView, book: Mapping[str, NDArray[Any]]) -> Settlement:
        """Credit every claimed act of those who take part; nothing is paid."""
        book["points_held"] += claims(week, self.checks) * self.points_per_act
        return Settlement()
