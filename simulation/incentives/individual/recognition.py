"""Public recognition: those who act often are named."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from simulation.core.clock import reached, settles
from simulation.core.params import Baht, Text, unit
from simulation.incentives.base import Account, Offer, People, Scheme, Settlement, Strength, WeekView, satang
from simulation.incentives.coding import VISIBILITY
from simulation.incentives.holders import share_of_group


class Recognition(Scheme):
    """An honour for those who act in at least a share of their opportunities in a month, seen by an audience.

    An honour is worth less the more people hold it (Benabou and Tirole 2006). Sizes: Butera and others (2022); the
    gradient over audiences: Gerber, Green and Larimer (2008). A public list of everybody's acts is not offered, and
    whoever has left is no longer named: an honour before others rests on consent.

    Worked scenario::

        [arms.honour.schemes.names]
        kind = "recognition"
        behaviour = "waste_sort"
        audience = "named-to-group"
        baht_per_holder = 2.0
        enrolment = { mode = "opt-in", friction = "web-form" }
        schedule = { start = 4, weeks = 26 }
    """

    label: ClassVar[Text] = Text(en="Recognition", th="ประกาศเกียรติคุณ")
    what: ClassVar[Text] = Text(
        en="Those who act often are honoured before others.",
        th="ยกย่องผู้ที่ทำสม่ำเสมอให้ผู้อื่นรับรู้",
    )
    literature: ClassVar[tuple[str, ...]] = (
        "Benabou, Tirole 2006, doi:10.1257/aer.96.5.1652",
        "Gerber, Green, Larimer 2008, doi:10.1017/S000305540808009X",
    )

    rests_on: ClassVar[Text] = Text(
        en="being seen by others; that an honour fades as more hold it is theory",
        th="การที่ผู้อื่นเห็น ส่วนที่ว่าเกียรติลดลงเมื่อมีผู้ได้รับมากเป็นทฤษฎี",
    )
    pays_persons: ClassVar[bool] = False
    strength: ClassVar[Strength] = "several studies"
    costs_most: ClassVar[Text] = Text(en="everybody eligible is honoured every month", th="ผู้มีสิทธิ์ทุกคนได้รับการยกย่องทุกเดือน")
    monthly: ClassVar[bool] = True

    kind: Literal["recognition"] = "recognition"
    audience: Literal["officials", "own-rank", "team", "household", "named-to-group"] = Field(
        description="Who sees the honour.",
        json_schema_extra=unit(
            "",
            "ผู้รับรู้",
            "officials เจ้าหน้าที่ own-rank แจ้งลำดับเป็นการส่วนตัว team ทีม household ครัวเรือน named-to-group ประกาศชื่อในกลุ่ม",
        ),
    )
    share_needed: float = Field(
        default=0.75,
        ge=0,
        le=1,
        description="Share of a month's opportunities that earns the honour.",
        json_schema_extra=unit("share of opportunities", "สัดส่วนที่ต้องทำ", "สัดส่วนของโอกาสในเดือนที่ต้องทำจึงได้รับการยกย่อง"),
    )
    baht_per_holder: Baht = Field(
        default=0.0,
        description="Cost of honouring one person once, baht.",
        json_schema_extra=unit("baht", "ค่ายกย่อง", "ต้นทุนของการยกย่องหนึ่งคนหนึ่งครั้ง"),
    )

    def says(self) -> Text:
        """Say how much is given for what."""
        share, (en, th) = f"{100 * self.share_needed:g}", _AUDIENCE[self.audience]
        return Text(
            en=f"an honour, {en}, for acting at {share}% of a month's chances or more",
            th=f"ได้รับการยกย่อง{th} เมื่อทำตั้งแต่ร้อยละ {share} ของโอกาสในเดือน",
        )

    def accounts(self) -> tuple[Account, ...]:
        """Acts and opportunities of the month, and who holds the honour."""
        return (
            Account("acts_in_month", np.int16, "acts"),
            Account("chances_in_month", np.int16, "opportunities"),
            Account("holds", np.uint8, "0/1"),
            Account("holders_share", np.float32, "share of the own group"),
        )

    def offer(self, people: People, week: WeekView) -> Offer:
        """V by audience, S = share of the own organisation, else locality, that holds the honour; C0, c0."""
        return Offer(
            visibility=VISIBILITY[self.audience] * week.taper,
            holders_share=week.accounts["holders_share"],
            controlling=self.controlling,
        )

    def settle(self, people: People, week: WeekView, book: Mapping[str, NDArray[Any]]) -> Settlement:
        """Every 4th week, honour those who acted often enough."""
        acts, chances, holds = book["acts_in_month"], book["chances_in_month"], book["holds"]
        acts += (week.acts * week.live).astype(np.int16)
        chances += (week.opportunities * week.live).astype(np.int16)
        if not settles(week.since_start):
            return Settlement()
        earned = (chances > 0) & reached(acts, self.share_needed, chances) & (week.live > 0)
        holds[:] = earned
        book["holders_share"][:] = share_of_group(people, holds)
        acts[:] = 0
        chances[:] = 0
        if not self.baht_per_holder:
            return Settlement()
        return Settlement(service_satang=int(earned.sum()) * satang(self.baht_per_holder))

    def greatest_liability(self, people: People, week: WeekView) -> int:
        """Everybody eligible is honoured, in a week that settles."""
        due = settles(week.since_start)
        return int(week.eligible.sum()) * satang(self.baht_per_holder) if due else 0


_AUDIENCE = {
    "officials": ("known to officials", "ให้เจ้าหน้าที่ทราบ"),
    "own-rank": ("told privately with one's rank", "โดยแจ้งลำดับเป็นการส่วนตัว"),
    "team": ("seen by one's team", "ในทีม"),
    "household": ("seen by the household", "ในครัวเรือน"),
    "named-to-group": ("named to one's group", "โดยประกาศชื่อในกลุ่ม"),
}
