"""A fee discount for those who act often enough in a month."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from simulation.core.clock import SETTLE_EVERY, monthly_acts, monthly_satang, settles
from simulation.core.params import Text, unit
from simulation.incentives.base import Account, Offer, People, Scheme, Settlement, Strength, WeekView
from simulation.incentives.verification import claims, enough


class FeeDiscount(Scheme):
    """A lower monthly fee for whoever acts at least so many times in the month.

    A threshold bonus: it pulls only while the citizen is neither past the threshold nor unable to reach it. Model:
    Bangkok's waste fee of 20 instead of 60 baht a month (BKK WASTE PAY 2025); thresholds: DellaVigna and Pope (2018).

    Worked scenario::

        [arms.fee.schemes.waste_fee]
        kind = "fee_discount"
        behaviour = "waste_sort"
        baht_per_month = 40.0
        acts_needed_per_month = 16
        checks = { share = 0.1, found = 0.6 }
        enrolment = { mode = "opt-in", friction = "web-form" }
        schedule = { start = 4, weeks = 26 }
    """

    label: ClassVar[Text] = Text(en="Fee discount", th="ส่วนลดค่าธรรมเนียม")
    what: ClassVar[Text] = Text(
        en="A lower monthly fee for those who act often enough.",
        th="ลดค่าธรรมเนียมรายเดือนให้ผู้ที่ทำครบตามจำนวนครั้ง",
    )
    literature: ClassVar[tuple[str, ...]] = ("DellaVigna, Pope 2018, doi:10.1093/restud/rdx033",)
    rests_on: ClassVar[Text] = Text(
        en="any reward, the logarithm of its worth, and a threshold as a goal",
        th="การมีรางวัล ลอการิทึมของมูลค่า และเกณฑ์ที่เป็นเป้าหมาย",
    )
    strength: ClassVar[Strength] = "one study"
    pays_on_claims: ClassVar[bool] = True
    monthly: ClassVar[bool] = True
    costs_most: ClassVar[Text] = Text(
        en="everybody eligible earns the discount every month", th="ผู้มีสิทธิ์ทุกคนได้ส่วนลดทุกเดือน"
    )
    amounts: ClassVar[tuple[str, ...]] = ("baht_per_month",)
    controlling: ClassVar[float] = 0.75

    kind: Literal["fee_discount"] = "fee_discount"
    baht_per_month: float = Field(
        ge=0,
        le=1e6,
        description="Discount, baht a month.",
        json_schema_extra=unit("baht a month", "ส่วนลดต่อเดือน", "ค่าธรรมเนียมที่ลดให้ต่อเดือน"),
    )
    acts_needed_per_month: int = Field(
        ge=1,
        le=60,
        description="Acts needed in a month.",
        json_schema_extra=unit("acts a month", "จำนวนครั้งที่ต้องทำ", "ต้องทำอย่างน้อยกี่ครั้งต่อเดือน"),
    )

    @property
    def components(self) -> tuple[str, ...]:
        """A discount, where there is one."""
        return ("fee_discount",) if self.baht_per_month else ()

    def says(self) -> Text:
        """Say how much is given for what."""
        baht, acts = f"{self.baht_per_month:,.10g}", self.acts_needed_per_month
        return Text(
            en=f"{baht} baht a month less to pay for {acts} acts or more in the month",
            th=f"จ่ายน้อยลง {baht} บาทต่อเดือน เมื่อทำครบ {acts} ครั้งในเดือน",
        )

    def accounts(self) -> tuple[Account, ...]:
        """Acts and claims of the month so far."""
        return (
            Account("acts_in_month", np.int16, "acts"),
            Account("claims_in_month", np.float64, "acts"),
        )

    def offer(self, people: People, week: WeekView) -> Offer:
        """C = K = 1 and v = sum / acts needed while the threshold is open; c = .75 throughout."""
        if not self.components:
            return Offer.none()
        needed = monthly_acts(self.acts_needed_per_month)
        left = SETTLE_EVERY - week.since_start % SETTLE_EVERY
        done = week.accounts["acts_in_month"]
        most = max(1, round(week.n))
        granted = left <= week.weeks_to_end  # a month that is not settled before the end earns nothing
        open_now = ((done < needed) & (done + left * most >= needed) & granted).astype(np.float32)
        value = np.float32(self.baht_per_month / self.acts_needed_per_month * week.taper)
        return Offer(
            contingent=open_now,
            value_baht=open_now * value,
            commitment=open_now,
            controlling=self.controlling,
            weekly_value_baht=float(value),
        )

    def settle(self, people: People, week: WeekView, book: Mapping[str, NDArray[Any]]) -> Settlement:
        """Count the month's acts; every 4th week grant the discount to those past the threshold."""
        acts, claimed = book["acts_in_month"], book["claims_in_month"]
        acts += (week.acts * week.live).astype(np.int16)
        claimed += claims(week, self.checks)
        if not settles(week.since_start):
            return Settlement()
        needed = monthly_acts(self.acts_needed_per_month)
        earned = enough(claimed, needed, week)  # also by those who left since: leaving costs nothing
        acts[:] = 0
        claimed[:] = 0
        return Settlement(earned.astype(np.int64) * monthly_satang(self.baht_per_month * week.taper))

    def greatest_liability(self, people: People, week: WeekView) -> int:
        """Everybody eligible earns the discount, in a week that settles."""
        if not settles(week.since_start):
            return 0
        return int(week.eligible.sum()) * monthly_satang(self.baht_per_month)
