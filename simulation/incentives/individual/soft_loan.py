"""A loan without interest for those who keep the rules of good deeds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from simulation.core.clock import monthly_acts, monthly_satang, settles
from simulation.core.params import Baht, Share, Text, unit
from simulation.incentives.base import Account, Offer, People, Scheme, Settlement, Strength, WeekView
from simulation.incentives.rhythm import open_this_month
from simulation.incentives.verification import claims, enough

MONTHS_A_YEAR = 12


class SoftLoan(Scheme):
    """A loan at 0 % for whoever keeps the rules: each month in which they are kept is a month free of interest.

    What it is worth is the interest saved against the market rate; that is also what it costs, the interest forgone. A
    loan once given is never recalled, and a month in which the rules are not kept costs nothing but its own reward.
    Model: the community bank of Ban Nong Sarai, Kanchanaburi (2010): 22 rules of good deeds, 20,000 baht at 0 %, up to
    50,000 baht with the further 30,000 at 7 %. Thresholds: DellaVigna and Pope (2018). That everybody who keeps the
    rules borrows the whole sum is a design value: aim it at those who would (`target`).

    Worked scenario::

        [arms.loan.schemes.good_deeds]
        kind = "soft_loan"
        behaviour = "waste_sort"
        loan_baht = 20000.0
        more_baht = 30000.0
        more_rate_per_year = 0.07
        market_rate_per_year = 0.15
        acts_needed_per_month = 22
        enrolment = { mode = "opt-in", friction = "web-form" }
        schedule = { start = 4, weeks = 52 }
    """

    label: ClassVar[Text] = Text(en="Soft loan", th="เงินกู้ปลอดดอกเบี้ย")
    what: ClassVar[Text] = Text(
        en="Those who keep the rules of good deeds borrow without interest.",
        th="ผู้ที่ทำความดีครบตามข้อตกลงกู้เงินได้โดยไม่เสียดอกเบี้ย",
    )
    literature: ClassVar[tuple[str, ...]] = (
        "DellaVigna, Pope 2018, doi:10.1093/restud/rdx033",
        "Nong Sarai community bank 2010, https://www.sanook.com/news/950413/",
    )
    rests_on: ClassVar[Text] = Text(
        en="any reward, the logarithm of the interest saved, and a threshold as a goal; no trial is known",
        th="การมีรางวัล ลอการิทึมของดอกเบี้ยที่ประหยัดได้ และเกณฑ์ที่เป็นเป้าหมาย ไม่พบการทดลองของเงินกู้เช่นนี้",
    )
    monthly: ClassVar[bool] = True
    strength: ClassVar[Strength] = "judgement"
    pays_on_claims: ClassVar[bool] = True
    costs_most: ClassVar[Text] = Text(
        en="everybody eligible borrows it all and keeps the rules every month",
        th="ผู้มีสิทธิ์ทุกคนกู้เต็มจำนวนและทำครบทุกเดือน",
    )
    amounts: ClassVar[tuple[str, ...]] = ("loan_baht", "more_baht")
    controlling: ClassVar[float] = 0.75

    kind: Literal["soft_loan"] = "soft_loan"
    loan_baht: Baht = Field(
        description="Sum lent at 0 %, baht.",
        json_schema_extra=unit("baht", "เงินกู้ปลอดดอกเบี้ย", "จำนวนเงินที่ให้กู้โดยไม่คิดดอกเบี้ย"),
    )
    more_baht: Baht = Field(
        default=0.0,
        description="Further sum lent at more_rate_per_year, baht.",
        json_schema_extra=unit("baht", "เงินกู้ส่วนเพิ่ม", "จำนวนเงินที่ให้กู้เพิ่มในอัตรา more_rate_per_year"),
    )
    more_rate_per_year: Share = Field(
        default=0.0,
        description="Interest a year on the further sum, as a share.",
        json_schema_extra=unit("share", "ดอกเบี้ยของส่วนเพิ่ม", "อัตราดอกเบี้ยต่อปีของเงินกู้ส่วนเพิ่ม"),
    )
    market_rate_per_year: Share = Field(
        description="Interest a year that people pay elsewhere, as a share.",
        json_schema_extra=unit("share", "ดอกเบี้ยในตลาด", "อัตราดอกเบี้ยต่อปีที่คนจ่ายเมื่อกู้จากแหล่งอื่น"),
    )
    acts_needed_per_month: int = Field(
        ge=1,
        le=60,
        description="Acts in a month that keep the rules.",
        json_schema_extra=unit("acts a month", "จำนวนครั้งที่ต้องทำ", "ต้องทำอย่างน้อยกี่ครั้งต่อเดือนจึงถือว่าครบตามข้อตกลง"),
    )

    @property
    def saved_baht_per_month(self) -> float:
        """Interest that a borrower saves in a month; the further sum is taken up only where it is cheaper."""
        cheaper = max(0.0, self.market_rate_per_year - self.more_rate_per_year)
        return (self.loan_baht * self.market_rate_per_year + self.more_baht * cheaper) / MONTHS_A_YEAR

    @property
    def components(self) -> tuple[str, ...]:
        """A loan, where it saves anything."""
        return ("soft_loan",) if self.saved_baht_per_month else ()

    def says(self) -> Text:
        """Say how much is given for what."""
        loan, acts = f"{self.loan_baht:,.10g}", self.acts_needed_per_month
        saved = f"{self.saved_baht_per_month:,.0f}"
        more, more_th = "", ""
        if self.more_baht:
            rate = f"{100 * self.more_rate_per_year:.4g}"
            more = f", and {self.more_baht:,.10g} more at {rate}%"
            more_th = f" และอีก {self.more_baht:,.10g} บาทที่ดอกเบี้ยร้อยละ {rate}"
        return Text(
            en=f"a loan of {loan} baht without interest{more}, {saved} baht a month saved, for {acts} acts a month",
            th=f"เงินกู้ {loan} บาทไม่เสียดอกเบี้ย{more_th} ประหยัดเดือนละ {saved} บาท เมื่อทำครบ {acts} ครั้งต่อเดือน",
        )

    def accounts(self) -> tuple[Account, ...]:
        """Acts and claims of the month so far, and months free of interest."""
        return (
            Account("acts_in_month", np.int16, "acts"),
            Account("claims_in_month", np.float64, "acts"),
            Account("months_free", np.int16, "months"),
        )

    def offer(self, people: People, week: WeekView) -> Offer:
        """C = K = 1 and v = interest saved in the month / acts needed while the month is open; c = .75 throughout."""
        if not self.components:
            return Offer.none()
        open_now = open_this_month(week.accounts["acts_in_month"], monthly_acts(self.acts_needed_per_month), week)
        value = np.float32(self.saved_baht_per_month / self.acts_needed_per_month * week.taper)
        return Offer(
            contingent=open_now,
            value_baht=open_now * value,
            commitment=open_now,
            controlling=self.controlling,
            weekly_value_baht=float(value),
        )

    def settle(self, people: People, week: WeekView, book: Mapping[str, NDArray[Any]]) -> Settlement:
        """Count the month's acts; every 4th week forgo the interest of those who kept the rules, also if they left."""
        book["acts_in_month"] += (week.acts * week.live).astype(np.int16)
        book["claims_in_month"] += claims(week, self.checks)
        if not settles(week.since_start):
            return Settlement()
        kept = enough(book["claims_in_month"], monthly_acts(self.acts_needed_per_month), week)
        book["months_free"] += kept.astype(np.int16)
        for name in ("acts_in_month", "claims_in_month"):
            book[name][:] = 0
        return Settlement(kept.astype(np.int64) * monthly_satang(self.saved_baht_per_month * week.taper))

    def greatest_liability(self, people: People, week: WeekView) -> int:
        """Everybody eligible has kept the rules, in a week that settles."""
        due = settles(week.since_start)
        return int(week.eligible.sum()) * monthly_satang(self.saved_baht_per_month) if due else 0
