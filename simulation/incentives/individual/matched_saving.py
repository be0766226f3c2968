"""Matched saving: what people put aside is topped up, to a limit each month."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from simulation.core.clock import SETTLE_EVERY, monthly_satang, settles
from simulation.core.params import Text, unit
from simulation.incentives.base import Account, Offer, People, Scheme, Settlement, Strength, WeekView
from simulation.incentives.caps import RECORD, note_record, share_earning
from simulation.incentives.verification import claimed_satang


class MatchedSaving(Scheme):
    """Each deposit into one's own savings is matched, up to a sum a month.

    A match of one's own saving is money, so it has a worth: take-up rose with the match (Duflo and others 2006). It is
    coded as not controlling, c = 0, as all matches are. Near the month's limit the worth of one more deposit is the
    match times the chance that it is still matched, and beyond it there is none.

    Worked scenario::

        [arms.match.schemes.nest_egg]
        kind = "matched_saving"
        behaviour = "saving"
        saved_baht_per_act = 100.0
        match_share = 0.5
        match_limit_baht_per_month = 200.0
        enrolment = { mode = "opt-in", friction = "web-form" }
        schedule = { start = 4, weeks = 26 }
    """

    label: ClassVar[Text] = Text(en="Matched saving", th="สมทบเงินออม")
    what: ClassVar[Text] = Text(
        en="Each deposit into one's own savings is matched, to a limit a month.",
        th="สมทบเงินออมของตนเองทุกครั้งที่ฝาก ไม่เกินวงเงินต่อเดือน",
    )
    literature: ClassVar[tuple[str, ...]] = ("Duflo and others 2006, doi:10.1162/qjec.121.4.1311",)
    rests_on: ClassVar[Text] = Text(
        en="any reward for an act, and the logarithm of its worth", th="การมีรางวัล และลอการิทึมของมูลค่า"
    )
    monthly: ClassVar[bool] = True
    strength: ClassVar[Strength] = "one study"
    pays_on_claims: ClassVar[bool] = True
    costs_most: ClassVar[Text] = Text(en="everybody eligible saves at every chance", th="ผู้มีสิทธิ์ทุกคนออมเงินทุกครั้งที่มีโอกาส")
    amounts: ClassVar[tuple[str, ...]] = ("match_share",)

    kind: Literal["matched_saving"] = "matched_saving"
    saved_baht_per_act: float = Field(
        ge=0,
        le=1e6,
        description="What a person puts aside with an act, baht.",
        json_schema_extra=unit("baht an act", "เงินที่ออม", "คนหนึ่งออมเงินครั้งละกี่บาท"),
    )
    match_share: float = Field(
        ge=0,
        le=10,
        description="Match for each baht saved.",
        json_schema_extra=unit("baht for each baht", "อัตราสมทบ", "เงินสมทบต่อเงินออมหนึ่งบาท"),
    )
    match_limit_baht_per_month: float | None = Field(
        default=None,
        ge=0.02,
        le=1e6,
        description="The most that one person is matched in a month, baht.",
        json_schema_extra=unit("baht a month", "วงเงินสมทบต่อเดือน", "สมทบให้คนหนึ่งไม่เกินกี่บาทต่อเดือน"),
    )

    @property
    def components(self) -> tuple[str, ...]:
        """A match, where there is one."""
        return ("matched_saving",) if self._baht > 0 else ()

    @property
    def _baht(self) -> float:
        """The match of one deposit, baht."""
        return self.saved_baht_per_act * self.match_share

    @property
    def _limit(self) -> int:
        """The most that a settled month carries for one person, satang."""
        return monthly_satang(self.match_limit_baht_per_month or 0.0)

    def says(self) -> Text:
        """Say how much is given for what."""
        saved, match = f"{self.saved_baht_per_act:,.10g}", f"{self._baht:,.10g}"
        en, th = f"{match} baht for each {saved} baht saved", f"สมทบ {match} บาทต่อการออม {saved} บาท"
        if self.match_limit_baht_per_month is None:
            return Text(en=en, th=th)
        most = f"{self.match_limit_baht_per_month:,.10g}"
        return Text(en=f"{en}, at most {most} baht a month", th=f"{th} ไม่เกิน {most} บาทต่อเดือน")

    def accounts(self) -> tuple[Account, ...]:
        """What each citizen was matched this month, where there is a limit."""
        if self.match_limit_baht_per_month is None:
            return ()
        return (Account("matched_in_month", np.int64, "satang"), *RECORD)

    def offer(self, people: People, week: WeekView) -> Offer:
        """C = 1, v = the match, c = 0; C = v = 0 for those who have reached the month's limit."""
        if not self.components:
            return Offer.none()
        full = self._baht * week.taper
        if self.match_limit_baht_per_month is None:
            return Offer(contingent=1.0, value_baht=full, controlling=self.controlling)
        left = self._limit - week.accounts["matched_in_month"]
        share = share_earning(week, left / (full * 100))
        return Offer(
            contingent=(left > 0).astype(np.float32),
            value_baht=np.broadcast_to(np.asarray(full * share, dtype=np.float32), left.shape),
            controlling=self.controlling,
            weekly_value_baht=full,
        )

    def settle(self, people: People, week: WeekView, book: Mapping[str, NDArray[Any]]) -> Settlement:
        """Match every claimed deposit of those who take part, within the month's limit."""
        if not self.components:
            return Settlement()
        match = claimed_satang(week, self.checks, self._baht * week.taper * 100)
        if self.match_limit_baht_per_month is None:
            return Settlement(match)
        matched = book["matched_in_month"]
        match = np.minimum(match, self._limit - matched)
        matched += match
        note_record(week, book)
        if settles(week.since_start):
            matched[:] = 0
        return Settlement(match)

    def greatest_in_all(self, people: People, week: WeekView) -> int | None:
        """Everybody eligible is matched up to the limit in every month."""
        if self.match_limit_baht_per_month is None:
            return None
        return int(week.eligible.sum()) * self._limit * -(-self.schedule.weeks // SETTLE_EVERY)

    def greatest_liability(self, people: People, week: WeekView) -> int:
        """Everybody eligible saves at every opportunity."""
        if not self.components:
            return 0
        most = round(max(1, round(week.n)) * self._baht * week.taper * 100)
        if self.match_limit_baht_per_month is not None:
            most = min(most, self._limit)
        return int(week.eligible.sum()) * most
