"""A certificate: an honour on paper for a number of acts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from simulation.core.params import Baht, Text, unit
from simulation.incentives.base import Account, Offer, People, Scheme, Settlement, Strength, WeekView, satang
from simulation.incentives.coding import VISIBILITY
from simulation.incentives.holders import share_of_group
from simulation.incentives.rhythm import most_acts


class Certificate(Scheme):
    """An honour on paper, once, for a number of acts while taking part; few see it, and it fades as more hold it.

    It pulls those who can still earn it before the end, and no longer those who have it. It is coded as an honour
    before a small audience, without a goal, as `recognition` is. Awards on paper: Gallus (2017); that it fades is
    theory (Benabou and Tirole 2006). Models: the goodness bank of U Thong School (2006), Taiwan's certificates for
    volunteers (2001).

    Worked scenario::

        [arms.paper.schemes.certificate]
        kind = "certificate"
        behaviour = "volunteer"
        acts_needed = 6
        audience = "household"
        baht_per_certificate = 15.0
        schedule = { start = 4, weeks = 52 }
    """

    label: ClassVar[Text] = Text(en="Certificate", th="เกียรติบัตร")
    what: ClassVar[Text] = Text(en="A certificate for a number of acts.", th="ทำครบจำนวนครั้งได้รับเกียรติบัตร")
    literature: ClassVar[tuple[str, ...]] = (
        "Gallus 2017, doi:10.1287/mnsc.2016.2540",
        "Benabou, Tirole 2006, doi:10.1257/aer.96.5.1652",
        "Gerber, Green, Larimer 2008, doi:10.1017/S000305540808009X",
    )
    rests_on: ClassVar[Text] = Text(
        en="being seen by a few; that an honour fades as more hold it is theory",
        th="การที่ผู้อื่นจำนวนน้อยเห็น ส่วนที่ว่าเกียรติลดลงเมื่อมีผู้ได้รับมากเป็นทฤษฎี",
    )
    pays_persons: ClassVar[bool] = False
    strength: ClassVar[Strength] = "several studies"
    costs_most: ClassVar[Text] = Text(en="everybody eligible earns a certificate", th="ผู้มีสิทธิ์ทุกคนได้เกียรติบัตร")

    kind: Literal["certificate"] = "certificate"
    acts_needed: int = Field(
        ge=1,
        le=10_000,
        description="Acts that earn it.",
        json_schema_extra=unit("acts", "จำนวนครั้งที่ต้องทำ", "ต้องทำกี่ครั้งระหว่างเข้าร่วมจึงได้รับ", unit_th="ครั้ง"),
    )
    audience: Literal["officials", "own-rank", "household"] = Field(
        default="officials",
        description="Who sees it.",
        json_schema_extra=unit("", "ผู้รับรู้", "officials เจ้าหน้าที่ own-rank แจ้งเป็นการส่วนตัว household ครัวเรือน"),
    )
    baht_per_certificate: Baht = Field(
        default=0.0,
        description="Cost of a certificate, baht.",
        json_schema_extra=unit("baht", "ค่าเกียรติบัตร", "ต้นทุนของเกียรติบัตรหนึ่งใบ"),
    )

    def says(self) -> Text:
        """Say how much is given for what."""
        en, th = _AUDIENCE[self.audience]
        acts = self.acts_needed
        return Text(
            en=f"a certificate, {en}, for {acts:,} act{'' if acts == 1 else 's'}",
            th=f"เกียรติบัตร{th} เมื่อทำครบ {acts:,} ครั้ง",
        )

    def accounts(self) -> tuple[Account, ...]:
        """Acts while taking part, and who holds a certificate."""
        return (Account("acts_counted", np.int32, "acts"), Account("holds", np.uint8, "0/1"))

    def offer(self, people: People, week: WeekView) -> Offer:
        """V by audience while it can still be earned, S = share of the own group that holds it; C0, K0, c0."""
        counted, holds = week.accounts["acts_counted"], week.accounts["holds"]
        within = (holds == 0) & (counted + week.weeks_to_end * most_acts(week) >= self.acts_needed)
        return Offer(
            visibility=within.astype(np.float32) * np.float32(VISIBILITY[self.audience] * week.taper),
            holders_share=share_of_group(people, holds),
            controlling=self.controlling,
        )

    def settle(self, people: People, week: WeekView, book: Mapping[str, NDArray[Any]]) -> Settlement:
        """Count acts and hand certificates to those who reached the number this week."""
        counted, holds = book["acts_counted"], book["holds"]
        counted += (week.acts * week.live).astype(np.int32)
        fresh = (holds == 0) & (counted >= self.acts_needed)
        holds[fresh] = 1
        return Settlement(service_satang=int(fresh.sum()) * satang(self.baht_per_certificate))

    def greatest_liability(self, people: People, week: WeekView) -> int:
        """Everybody eligible who can reach the number this week does."""
        near = week.accounts["acts_counted"] + most_acts(week) >= self.acts_needed
        can = near & (week.accounts["holds"] == 0) & (week.eligible > 0)
        return int(can.sum()) * satang(self.baht_per_certificate)


_AUDIENCE = {
    "officials": ("known to officials", "ที่เจ้าหน้าที่ทราบ"),
    "own-rank": ("given privately", "ที่มอบเป็นการส่วนตัว"),
    "household": ("seen by the household", "ที่คนในครัวเรือนเห็น"),
}
