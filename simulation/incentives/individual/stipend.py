"""A monthly stipend for those who serve regularly."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from simulation.core.clock import SETTLE_EVERY, monthly_acts, monthly_satang, settles
from simulation.core.params import Text, unit
from simulation.incentives import threshold
from simulation.incentives.base import Account, Offer, People, Scheme, Settlement, Strength, WeekView


class Stipend(Scheme):
    """A sum each month for whoever served at least so many times in it.

    A threshold bonus: it pulls only while the citizen is neither past the threshold nor unable to reach it (DellaVigna
    and Pope 2018). Model: Thai village health volunteers, 2,000 baht a month from October 2023, 1,000 before (Bangkok
    Post 2023). A month is opened only if the budget covers it for everybody, so a month that was begun is paid.

    Worked scenario::

        [arms.stipend.schemes.volunteers]
        kind = "stipend"
        behaviour = "vhv_service"
        baht_per_month = 2000.0
        acts_needed_per_month = 4
        enrolment = { mode = "opt-in", friction = "effortful-proof" }
        schedule = { start = 4, weeks = 52 }
    """

    label: ClassVar[Text] = Text(en="Stipend", th="ค่าป่วยการรายเดือน")
    what: ClassVar[Text] = Text(
        en="A monthly sum for those who serve regularly.",
        th="จ่ายเงินรายเดือนให้ผู้ที่ปฏิบัติงานครบตามจำนวนครั้ง",
    )
    literature: ClassVar[tuple[str, ...]] = (
        "DellaVigna, Pope 2018, doi:10.1093/restud/rdx033",
        "Bangkok Post 2023, Health volunteers' allowance to double, bangkokpost.com/thailand/general/2522286",
    )
    rests_on: ClassVar[Text] = Text(
        en="any reward, the logarithm of its worth, and a threshold as a goal",
        th="การมีรางวัล ลอการิทึมของมูลค่า และเกณฑ์ที่เป็นเป้าหมาย",
    )
    monthly: ClassVar[bool] = True
    strength: ClassVar[Strength] = "one study"
    pays_on_claims: ClassVar[bool] = True
    costs_most: ClassVar[Text] = Text(
        en="everybody eligible earns the stipend every month", th="ผู้มีสิทธิ์ทุกคนได้ค่าป่วยการทุกเดือน"
    )
    amounts: ClassVar[tuple[str, ...]] = ("baht_per_month",)
    controlling: ClassVar[float] = 0.75

    kind: Literal["stipend"] = "stipend"
    baht_per_month: float = Field(
        ge=0,
        le=1e6,
        description="Stipend, baht a month.",
        json_schema_extra=unit("baht a month", "ค่าป่วยการต่อเดือน", "จ่ายให้ผู้ปฏิบัติงานครบเดือนละกี่บาท"),
    )
    acts_needed_per_month: int = Field(
        ge=1,
        le=60,
        description="Acts of service needed in a month.",
        json_schema_extra=unit("acts a month", "จำนวนครั้งที่ต้องทำ", "ต้องปฏิบัติงานอย่างน้อยกี่ครั้งต่อเดือน"),
    )

    @property
    def components(self) -> tuple[str, ...]:
        """A stipend, where there is one."""
        return ("stipend",) if self.baht_per_month else ()

    def says(self) -> Text:
        """Say how much is given for what."""
        baht, acts = f"{self.baht_per_month:,.10g}", self.acts_needed_per_month
        return Text(
            en=f"{baht} baht a month for {acts} acts or more in the month",
            th=f"เดือนละ {baht} บาท เมื่อทำครบ {acts} ครั้งในเดือน",
        )

    def accounts(self) -> tuple[Account, ...]:
        """Acts and claims of the month so far."""
        return threshold.COUNTS

    def offer(self, people: People, week: WeekView) -> Offer:
        """C = K = 1 and v = sum / acts needed while the threshold is open; c = .75 throughout."""
        if not self.components:
            return Offer.none()
        left = SETTLE_EVERY - week.since_start % SETTLE_EVERY
        open_now = threshold.still_pulls(week, monthly_acts(self.acts_needed_per_month), left)
        value = np.float32(self.baht_per_month / self.acts_needed_per_month * week.taper)
        return Offer(
            contingent=open_now,
            value_baht=open_now * value,
            commitment=open_now,
            controlling=self.controlling,
            weekly_value_baht=float(value),
        )

    def settle(self, people: People, week: WeekView, book: Mapping[str, NDArray[Any]]) -> Settlement:
        """Count the month's acts; every 4th week pay the stipend to those past the threshold."""
        threshold.count(week, self.checks, book)
        if not settles(week.since_start):
            return Settlement()
        due = threshold.earned(week, book, monthly_acts(self.acts_needed_per_month))
        threshold.begin_again(book)
        return Settlement(due.astype(np.int64) * monthly_satang(self.baht_per_month * week.taper))

    def greatest_liability(self, people: People, week: WeekView) -> int:
        """Everybody eligible earns the stipend, in a week that settles."""
        return self.set_aside(people, week) if settles(week.since_start) else 0

    def set_aside(self, people: People, week: WeekView) -> int:
        """Keep this month's stipend for everybody eligible, from its first week."""
        return int(week.eligible.sum()) * monthly_satang(self.baht_per_month)
