"""Social-comparison feedback: how often others act."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from simulation.core.clock import settles
from simulation.core.params import Baht, Text, unit
from simulation.incentives.base import Offer, People, Scheme, Settlement, Strength, WeekView, satang


class Comparison(Scheme):
    """A message that tells how often others of the locality acted last week; nobody is named.

    Only a reference above the person's own rate pulls, and by at most 0.2 (Allcott 2011; far references: Patel 2016).

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
    literature: ClassVar[tuple[str, ...]] = ("Allcott 2011, doi:10.1016/j.jpubeco.2011.03.003",)

    reads_locality_rate: ClassVar[bool] = True
    rewards_acts: ClassVar[bool] = False

    rests_on: ClassVar[Text] = Text(
        en="how often others act, where that is more often",
        th="ความถี่ที่ผู้อื่นทำ เมื่อมากกว่าของตน",
    )
    strength: ClassVar[Strength] = "several studies"
    costs_most: ClassVar[Text] = Text(en="everybody eligible gets every message", th="ผู้มีสิทธิ์ทุกคนได้รับข้อความทุกเดือน")
    monthly: ClassVar[bool] = True

    kind: Literal["comparison"] = "comparison"
    reference: Literal["locality-mean"] = Field(
        description="Whose rate is told.",
        json_schema_extra=unit("", "เทียบกับใคร", "แจ้งอัตราของใคร locality-mean คือค่าเฉลี่ยของพื้นที่"),
    )
    baht_per_message: Baht = Field(
        default=0.0,
        description="Cost of one monthly message, baht.",
        json_schema_extra=unit("baht", "ค่าข้อความ", "ต้นทุนของข้อความรายเดือนหนึ่งข้อความ"),
    )

    def says(self) -> Text:
        """Say how much is given for what."""
        return Text(
            en="a monthly message that tells how often others of the locality act",
            th="ข้อความรายเดือนแจ้งว่าคนในพื้นที่ทำบ่อยเพียงใด",
        )

    def offer(self, people: People, week: WeekView) -> Offer:
        """M = 1, ref = share of opportunities acted on in the locality last week; C0, c0."""
        return Offer(
            message=week.taper,
            reference=week.locality_rate[people.locality],
            controlling=self.controlling,
        )

    def settle(self, people: People, week: WeekView, book: Mapping[str, NDArray[Any]]) -> Settlement:
        """Pay for the month's messages."""
        if not self.baht_per_message or not settles(week.since_start):
            return Settlement()
        return Settlement(service_satang=int(np.sum(week.live)) * satang(self.baht_per_message))

    def greatest_liability(self, people: People, week: WeekView) -> int:
        """Everybody eligible gets a message, in a week that settles."""
        due = settles(week.since_start)
        return int(week.eligible.sum()) * satang(self.baht_per_message) if due else 0
