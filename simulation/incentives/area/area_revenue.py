"""Certified revenue of acts, such as carbon credits of wet-waste bins, that goes to the area where they were done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from simulation.core.params import Share, Text, unit
from simulation.incentives.base import SATANG, Account, Offer, People, Scheme, Settlement, Strength, WeekView
from simulation.incentives.verification import claims

WEEKS_A_MONTH = 52 / 12


class AreaRevenue(Scheme):
    """Revenue that acts earn, certified every so many months and shared with the locality where they were done.

    Thai municipalities sell the certified emission cuts of household wet-waste bins, and the income is the
    community's. Write what one certified unit sells for and how many acts make it: 1 for revenue an act, or the acts
    that make a tonne of CO2 equivalent. It is paid per act, so an act is acknowledged (C = 1, c = .5); the money is
    public, so it is no worth of one's own (v = 0), and one act matters to mates by one part in the people of the
    locality. What is not certified yet when the scheme ends is certified then.

    Worked scenario::

        [arms.bins.schemes.carbon]
        kind = "area_revenue"
        behaviour = "waste_sort"
        baht_per_unit = 250.0
        acts_per_unit = 2500.0
        certified_every_months = 6
        schedule = { start = 4, weeks = 52 }
    """

    label: ClassVar[Text] = Text(en="Certified revenue for the area", th="รายได้รับรองของพื้นที่")
    what: ClassVar[Text] = Text(
        en="Acts earn certified revenue for the locality where they are done.",
        th="การกระทำสร้างรายได้ที่ผ่านการรับรองให้พื้นที่ที่ทำ",
    )
    level: ClassVar[Literal["individual", "organisation", "area"]] = "area"
    literature: ClassVar[tuple[str, ...]] = (
        "Household wet-waste bins, 277,951 tCO2e certified for April to September 2023, "
        "https://newskm.moi.go.th/?p=32334",
        "Olken, Onishi, Wong 2014, doi:10.1257/app.6.4.1",
        "DellaVigna, Pope 2018, doi:10.1093/restud/rdx033",
    )
    rests_on: ClassVar[Text] = Text(
        en="an act that earns something for others is acknowledged; the money itself is public",
        th="การกระทำที่สร้างรายได้ให้ส่วนรวมมีผู้รับรู้ ส่วนเงินเป็นของส่วนรวม",
    )
    pays_on_claims: ClassVar[bool] = True
    pays_persons: ClassVar[bool] = False
    strength: ClassVar[Strength] = "judgement"
    costs_most: ClassVar[Text] = Text(
        en="everybody eligible acts at every chance, and all of it is certified",
        th="ผู้มีสิทธิ์ทุกคนทำทุกครั้งที่มีโอกาส และได้รับการรับรองทั้งหมด",
    )
    amounts: ClassVar[tuple[str, ...]] = ("baht_per_unit",)
    controlling: ClassVar[float] = 0.5

    kind: Literal["area_revenue"] = "area_revenue"
    baht_per_unit: float = Field(
        ge=0,
        le=1e6,
        description="What one certified unit sells for, baht.",
        json_schema_extra=unit("baht", "ราคาต่อหน่วยรับรอง", "หนึ่งหน่วยที่ผ่านการรับรองขายได้กี่บาท"),
    )
    acts_per_unit: float = Field(
        default=1.0,
        gt=0,
        le=1e9,
        description="Acts that make one certified unit: 1, or the acts that make a tonne of CO2 equivalent.",
        json_schema_extra=unit(
            "acts", "ครั้งต่อหน่วยรับรอง", "ทำกี่ครั้งจึงได้หนึ่งหน่วย เขียน 1 หรือจำนวนครั้งต่อหนึ่งตันคาร์บอนไดออกไซด์เทียบเท่า", unit_th="ครั้ง"
        ),
    )
    area_share: Share = Field(
        default=1.0,
        description="Share of the revenue that goes to the locality.",
        json_schema_extra=unit("share", "ส่วนของพื้นที่", "สัดส่วนของรายได้ที่ให้พื้นที่"),
    )
    certified_every_months: int = Field(
        default=6,
        ge=1,
        le=60,
        description="Months from one certification to the next.",
        json_schema_extra=unit("months", "รับรองทุกกี่เดือน", "จำนวนเดือนระหว่างการรับรองแต่ละครั้ง", unit_th="เดือน"),
    )

    @property
    def components(self) -> tuple[str, ...]:
        """Revenue, where any of it goes to the area."""
        return ("area_revenue",) if self.baht_per_unit and self.area_share else ()

    def says(self) -> Text:
        """Say how much is given for what."""
        baht, acts = f"{self.baht_per_unit * self.area_share:,.10g}", f"{self.acts_per_unit:,.10g}"
        months, one = self.certified_every_months, self.acts_per_unit == 1
        often = "every month" if months == 1 else f"every {months} months"
        return Text(
            en=f"{baht} baht to the locality for {'each act' if one else f'every {acts} acts'}, certified {often}",
            th=f"{baht} บาทให้พื้นที่ต่อการกระทำ {acts} ครั้ง รับรองทุก {months} เดือน",
        )

    def accounts(self) -> tuple[Account, ...]:
        """Satang earned since the last certification, and paid in all, by locality."""
        return (
            Account("earned", np.float64, "satang", per="locality"),
            Account("paid_satang", np.int64, "satang", per="locality"),
        )

    def offer(self, people: People, week: WeekView) -> Offer:
        """C = 1, v = 0 (the money is public), Q = 1 / people of the locality, c = .5."""
        if not self.components:
            return Offer.none()
        size = np.bincount(people.locality, weights=week.eligible, minlength=people.n_localities)
        return Offer(
            contingent=1.0,
            pivotality=(1.0 / np.maximum(size, 1.0)).astype(np.float32)[people.locality],
            controlling=self.controlling,
        )

    def settle(self, people: People, week: WeekView, book: Mapping[str, NDArray[Any]]) -> Settlement:
        """Credit the acts of those who take part to their locality; pay what is certified, in whole satang."""
        acts = np.bincount(people.locality, weights=claims(week, self.checks), minlength=people.n_localities)
        book["earned"][:] += acts * (self._satang_per_act * week.taper)
        if not self._certifies(week):
            return Settlement()
        due = np.floor(book["earned"]).astype(np.int64)
        book["earned"][:] -= due
        book["paid_satang"][:] += due
        return Settlement(area_paid_satang=int(due.sum()))

    def pay_out(self, people: People, week: WeekView, book: Mapping[str, NDArray[Any]]) -> Settlement:
        """Pay what localities have earned since the last certification."""
        due = np.floor(book["earned"]).astype(np.int64)
        book["earned"][:] -= due
        book["paid_satang"][:] += due
        return Settlement(area_paid_satang=int(due.sum()))

    def set_aside(self, people: People, week: WeekView) -> int:
        """Return what is earned so far and what everybody eligible could add, certified this week or not."""
        return self._most(people, week) if self.components else 0

    def greatest_liability(self, people: People, week: WeekView) -> int:
        """Return what is earned so far and what everybody eligible could add, where it is certified this week."""
        return self._most(people, week) if self.components and self._certifies(week) else 0

    def _most(self, people: People, week: WeekView) -> int:
        eligible = np.bincount(people.locality, weights=week.eligible, minlength=people.n_localities)
        most = week.accounts["earned"] + eligible * max(1, round(week.n)) * self._satang_per_act
        return int(np.floor(most).sum())

    @property
    def _satang_per_act(self) -> float:
        return SATANG * self.baht_per_unit * self.area_share / self.acts_per_unit

    def _certifies(self, week: WeekView) -> bool:
        """Tell whether a certification falls in this week: every so many months from the start, and at the end."""
        period, lived = self.certified_every_months * WEEKS_A_MONTH, week.since_start + 1
        return week.weeks_to_end == 1 or int(lived / period) > int((lived - 1) / period)
