"""Points worth money: each verified act earns a small sum."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from simulation.core.params import BetweenKeys, DailyWages, Text, unit
from simulation.incentives.base import Offer, People, Scheme, Settlement, Strength, WeekView
from simulation.incentives.verification import claimed_satang


class Points(Scheme):
    """Points that can be exchanged for money or goods, a fixed worth for each act.

    The jump at any contingent reward and the log of its worth follow DellaVigna and Pope (2018) and Thornton (2008);
    national use: Singapore's National Steps Challenge (Yao and others 2022).

    Worked scenario::

        [arms.points.schemes.steps]
        kind = "points"
        behaviour = "exercise"
        baht_per_act = 2.0
        enrolment = { mode = "opt-in", friction = "one-tap" }
        schedule = { start = 4, weeks = 26 }
    """

    label: ClassVar[Text] = Text(en="Points worth money", th="แต้มแลกเงินหรือของ")
    what: ClassVar[Text] = Text(en="Each act earns points worth money.", th="ทำแต่ละครั้งได้แต้มที่มีมูลค่าเป็นเงิน")
    literature: ClassVar[tuple[str, ...]] = (
        "DellaVigna, Pope 2018, doi:10.1093/restud/rdx033",
        "Thornton 2008, doi:10.1257/aer.98.5.1829",
    )
    rests_on: ClassVar[Text] = Text(
        en="any reward for an act, and the logarithm of its worth",
        th="การมีรางวัล และลอการิทึมของมูลค่า",
    )
    strength: ClassVar[Strength] = "several studies"
    pays_on_claims: ClassVar[bool] = True
    costs_most: ClassVar[Text] = Text(en="everybody eligible acts at every chance", th="ผู้มีสิทธิ์ทุกคนทำทุกครั้งที่มีโอกาส")
    amounts: ClassVar[tuple[str, ...]] = ("baht_per_act", "days_of_wage_per_act")
    controlling: ClassVar[float] = 0.5

    kind: Literal["points"] = "points"
    baht_per_act: float | None = Field(
        default=None,
        ge=0,
        le=1e6,
        description="Worth of an act, baht.",
        json_schema_extra=unit("baht an act", "มูลค่าต่อครั้ง", "แต้มของการกระทำหนึ่งครั้งมีมูลค่ากี่บาท"),
    )
    days_of_wage_per_act: DailyWages | None = Field(
        default=None,
        description="Worth of an act, days of the person's own wage.",
        json_schema_extra=unit("days of own wage", "มูลค่าเป็นวันค่าจ้าง", "มูลค่าของการกระทำหนึ่งครั้ง คิดเป็นวันของค่าจ้างตนเอง"),
    )

    @model_validator(mode="after")
    def _one_amount(self) -> Points:
        if (self.baht_per_act is None) == (self.days_of_wage_per_act is None):
            raise BetweenKeys(
                'Give either "baht_per_act" or "days_of_wage_per_act"',
                'ให้ "baht_per_act" หรือ "days_of_wage_per_act" อย่างใดอย่างหนึ่ง',
            )
        return self

    @property
    def components(self) -> tuple[str, ...]:
        """Points, where they are worth anything."""
        return ("points",) if (self.baht_per_act or self.days_of_wage_per_act) else ()

    def says(self) -> Text:
        """Say how much is given for what."""
        if self.baht_per_act is None:
            days = f"{self.days_of_wage_per_act:g}"
            return Text(en=f"{days} days of one's own wage for each act", th=f"{days} วันของค่าจ้างตนเองต่อครั้ง")
        return Text(en=f"{self.baht_per_act:,.10g} baht for each act", th=f"{self.baht_per_act:,.10g} บาทต่อครั้ง")

    def offer(self, people: People, week: WeekView) -> Offer:
        """C = 1, v = worth of an act, c = .5."""
        if not self.components:
            return Offer.none()
        value: float | NDArray[np.float32] = (self.baht_per_act or 0.0) * week.taper
        if self.days_of_wage_per_act:
            value = people.wage * np.float32(self.days_of_wage_per_act * week.taper)
        return Offer(contingent=1.0, value_baht=value, controlling=self.controlling)

    def settle(self, people: People, week: WeekView, book: Mapping[str, NDArray[Any]]) -> Settlement:
        """Pay every claimed act of those who take part. Worths in days of wage are a study's and cost nothing here."""
        if not self.baht_per_act:
            return Settlement()
        each = self.baht_per_act * week.taper * 100
        return Settlement(claimed_satang(week, self.checks, each))

    def greatest_liability(self, people: People, week: WeekView) -> int:
        """Everybody eligible acts at every opportunity; worths in days of wage cost nothing.

        Exact: nobody claims more than their opportunities, and rounding never turns an order round, so whoever acts at
        every one is paid the most, rounded once as in `settle`.
        """
        if not self.baht_per_act:
            return 0
        return int(week.eligible.sum()) * round(max(1, round(week.n)) * (self.baht_per_act * week.taper * 100))
