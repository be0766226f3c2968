"""Social-comparison feedback: how often others act."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from simulation.core.clock import settles
from simulation.core.params import Baht, BetweenKeys, Share, Text, unit
from simulation.incentives.base import Offer, People, Scheme, Settlement, Strength, WeekView, satang


class Comparison(Scheme):
    """A message that tells how often others acted last week; nobody is named.

    Only a reference above the person's own rate pulls, and by at most 0.2 (Allcott 2011; far references: Patel 2016).
    `reference` says whose rate is told. With `approval` the message also says that acting is appreciated, to everybody
    alike and never with blame: beside the number that keeps up those who already act more often than others (Schultz
    and others 2007). It is coded as an appeal (A = 1), which like the number wears off.

    Worked scenario::

        [arms.letter.schemes.neighbours]
        kind = "comparison"
        behaviour = "waste_sort"
        reference = "locality-mean"
        baht_per_message = 2.0
        schedule = { start = 4, weeks = 26 }
    """

    label: ClassVar[Text] = Text(en="Comparison feedback", th="แจ้งผลเทียบเพื่อนบ้าน")
    what: ClassVar[Text] = Text(en="People are told how often others nearby act.", th="แจ้งให้ทราบว่าคนในพื้นที่ทำบ่อยเพียงใด")
    literature: ClassVar[tuple[str, ...]] = (
        "Allcott 2011, doi:10.1016/j.jpubeco.2011.03.003",
        "Schultz, Nolan, Cialdini, Goldstein, Griskevicius 2007, doi:10.1111/j.1467-9280.2007.01917.x",
    )

    reads_locality_rate: ClassVar[bool] = True
    rewards_acts: ClassVar[bool] = False

    rests_on: ClassVar[Text] = Text(
        en="how often others act, where that is more often",
        th="ความถี่ที่ผู้อื่นทำ เมื่อมากกว่าของตน",
    )
    pays_persons: ClassVar[bool] = False
    strength: ClassVar[Strength] = "several studies"
    costs_most: ClassVar[Text] = Text(en="everybody eligible gets every message", th="ผู้มีสิทธิ์ทุกคนได้รับข้อความทุกเดือน")
    monthly: ClassVar[bool] = True

    kind: Literal["comparison"] = "comparison"
    reference: Literal["locality-mean", "organisation-mean", "everybody-mean", "stated"] = Field(
        description="Whose rate is told.",
        json_schema_extra=unit(
            "",
            "เทียบกับใคร",
            "แจ้งอัตราของใคร locality-mean คือค่าเฉลี่ยของพื้นที่ organisation-mean ค่าเฉลี่ยขององค์กรตน ผู้ไม่มีองค์กรใช้ของพื้นที่ "
            "everybody-mean ค่าเฉลี่ยของทุกคน stated อัตราที่ระบุใน stated_share",
        ),
    )
    stated_share: Share | None = Field(
        default=None,
        description='Share of opportunities told as the rate of others, such as a published one; with "stated".',
        json_schema_extra=unit(
            "share of opportunities", "อัตราที่แจ้ง", 'สัดส่วนของโอกาสที่แจ้งว่าผู้อื่นทำ เช่นตัวเลขที่เผยแพร่แล้ว ใช้กับ "stated" เท่านั้น'
        ),
    )
    approval: bool = Field(
        default=False,
        description="true: the message also says that acting is appreciated, to everybody alike.",
        json_schema_extra=unit("", "คำชื่นชม", "true ข้อความบอกด้วยว่าการกระทำนี้เป็นที่ชื่นชม โดยบอกทุกคนเหมือนกันและไม่ตำหนิใคร"),
    )
    baht_per_message: Baht = Field(
        default=0.0,
        description="Cost of one monthly message, baht.",
        json_schema_extra=unit("baht", "ค่าข้อความ", "ต้นทุนของข้อความรายเดือนหนึ่งข้อความ"),
    )

    @model_validator(mode="after")
    def _stated(self) -> Comparison:
        if (self.reference == "stated") != (self.stated_share is not None):
            raise BetweenKeys(
                'reference = "stated" and "stated_share" belong together',
                'reference = "stated" กับ "stated_share" ต้องใช้คู่กัน',
            )
        return self

    def says(self) -> Text:
        """Say how much is given for what."""
        en, th = _TOLD[self.reference]
        if self.stated_share is not None:
            en, th = en.format(f"{100 * self.stated_share:g}"), th.format(f"{100 * self.stated_share:g}")
        return Text(
            en=f"a monthly message that tells {en}{', with approval of acting' if self.approval else ''}",
            th=f"ข้อความรายเดือนแจ้งว่า{th}{' พร้อมคำชื่นชมการกระทำ' if self.approval else ''}",
        )

    def offer(self, people: People, week: WeekView) -> Offer:
        """M = 1, ref = share of opportunities that the others acted on last week; A = 1 with approval; C0, c0."""
        return Offer(
            message=week.taper,
            reference=self._reference(people, week),
            appeal=week.taper if self.approval else 0.0,
            controlling=self.controlling,
        )

    def _reference(self, people: People, week: WeekView) -> float | NDArray[np.float32]:
        if self.stated_share is not None:
            return self.stated_share
        nearby = week.locality_rate[people.locality]
        if self.reference == "locality-mean":
            return nearby
        if week.week == 0:  # there is no last week to tell of
            return week.baseline
        acts = np.where(week.opportunities > 0, week.acts, 0)
        if self.reference == "everybody-mean":
            return float(acts.sum()) / max(1.0, float(week.opportunities.sum()))
        member = people.organisation >= 0
        own, n = people.organisation[member], people.n_organisations
        done = np.bincount(own, weights=acts[member], minlength=n)
        chances = np.bincount(own, weights=week.opportunities[member], minlength=n)
        rate = (done / np.maximum(chances, 1.0)).astype(np.float32)
        found = nearby.copy()
        found[member] = np.where(chances[own] > 0, rate[own], nearby[member])
        return found

    def settle(self, people: People, week: WeekView, book: Mapping[str, NDArray[Any]]) -> Settlement:
        """Pay for the month's messages."""
        if not self.baht_per_message or not settles(week.since_start):
            return Settlement()
        return Settlement(service_satang=int(np.sum(week.live)) * satang(self.baht_per_message))

    def greatest_liability(self, people: People, week: WeekView) -> int:
        """Everybody eligible gets a message, in a week that settles."""
        due = settles(week.since_start)
        return int(week.eligible.sum()) * satang(self.baht_per_message) if due else 0


_TOLD = {
    "locality-mean": ("how often others of the locality act", "คนในพื้นที่ทำบ่อยเพียงใด"),
    "organisation-mean": ("how often others of the own organisation act", "คนในองค์กรเดียวกันทำบ่อยเพียงใด"),
    "everybody-mean": ("how often people act on the whole", "คนโดยรวมทำบ่อยเพียงใด"),
    "stated": ("that others act at {}% of their chances", "ผู้อื่นทำร้อยละ {} ของโอกาส"),
}
