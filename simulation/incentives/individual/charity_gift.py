"""A gift to charity for each act."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

from numpy.typing import NDArray
from pydantic import Field

from simulation.core.params import Text, unit
from simulation.incentives.base import Offer, People, Scheme, Settlement, Strength, WeekView, satang
from simulation.incentives.rhythm import most_acts
from simulation.incentives.verification import claimed_satang


class CharityGift(Scheme):
    """Each act gives a sum to a charity; the person gets nothing.

    Any gift moves as much as a large one: 1 and 10 cents for charity did alike (DellaVigna and Pope 2018). The money
    leaves the society: it counts as cost, and is nobody's income.

    Worked scenario::

        [arms.charity.schemes.meals]
        kind = "charity_gift"
        behaviour = "exercise"
        baht_per_act = 1.0
        enrolment = { mode = "opt-in", friction = "one-tap" }
        schedule = { start = 4, weeks = 26 }
    """

    label: ClassVar[Text] = Text(en="Gift to charity", th="บริจาคให้การกุศลแทน")
    what: ClassVar[Text] = Text(en="Each act gives a sum to a charity.", th="ทำแต่ละครั้งมีเงินบริจาคให้องค์กรการกุศล")
    literature: ClassVar[tuple[str, ...]] = (
        "DellaVigna, Pope 2018, doi:10.1093/restud/rdx033",
        "Imas 2014, Journal of Public Economics 114",
    )
    rests_on: ClassVar[Text] = Text(en="any acknowledgement of an act", th="การตอบแทนการกระทำไม่ว่าเท่าใด")
    pays_persons: ClassVar[bool] = False
    strength: ClassVar[Strength] = "one study"
    pays_on_claims: ClassVar[bool] = True
    costs_most: ClassVar[Text] = Text(en="everybody eligible acts at every chance", th="ผู้มีสิทธิ์ทุกคนทำทุกครั้งที่มีโอกาส")
    amounts: ClassVar[tuple[str, ...]] = ("baht_per_act",)

    kind: Literal["charity_gift"] = "charity_gift"
    baht_per_act: float = Field(
        ge=0,
        le=1e6,
        description="Gift for an act, baht.",
        json_schema_extra=unit("baht an act", "เงินบริจาคต่อครั้ง", "เงินที่บริจาคให้องค์กรการกุศลต่อการกระทำหนึ่งครั้ง"),
    )

    @property
    def components(self) -> tuple[str, ...]:
        """A gift, where there is one."""
        return ("charity_gift",) if self.baht_per_act else ()

    def says(self) -> Text:
        """Say how much is given for what."""
        baht = f"{self.baht_per_act:,.10g}"
        return Text(en=f"{baht} baht to a charity for each act", th=f"บริจาค {baht} บาทให้องค์กรการกุศลต่อครั้ง")

    def offer(self, people: People, week: WeekView) -> Offer:
        """C = 1, v = 0, c = 0."""
        return Offer(contingent=1.0, controlling=self.controlling) if self.components else Offer.none()

    def settle(self, people: People, week: WeekView, book: Mapping[str, NDArray[Any]]) -> Settlement:
        """Give for every claimed act of those who take part; the money goes to nobody in the society."""
        given = claimed_satang(week, self.checks, self.baht_per_act * week.taper * 100)
        return Settlement(area_paid_satang=int(given.sum()))

    def greatest_liability(self, people: People, week: WeekView) -> int:
        """Everybody eligible acts at every opportunity."""
        return int(week.eligible.sum()) * most_acts(week) * (satang(self.baht_per_act) + 1) if self.components else 0
