"""A collective goal: a locality that reaches a share together earns a fund."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from simulation.core.clock import SETTLE_EVERY, monthly_satang, reached, settles
from simulation.core.params import Share, Text, unit
from simulation.incentives.base import Account, Offer, People, Scheme, Settlement, Strength, WeekView
from simulation.incentives.verification import recorded


class CollectiveGoal(Scheme):
    """A public fund for each locality whose people together act in at least a share of a month's opportunities.

    The people are those eligible: a target narrows who counts towards the goal.

    The fund is public, so it enters nobody's own reasons as money; a goal commits (K = 1) and one act matters to mates
    by one part in the number of people (Patel and others 2016; Olken, Onishi, Wong 2014 for areas).

    Worked scenario::

        [arms.goal.schemes.community]
        kind = "collective_goal"
        behaviour = "waste_sort"
        goal_share = 0.4
        fund_baht_per_household = 40.0
        schedule = { start = 4, weeks = 26 }
    """

    label: ClassVar[Text] = Text(en="Collective goal", th="เป้าหมายร่วมของพื้นที่")
    what: ClassVar[Text] = Text(
        en="A locality that reaches its goal together earns a fund.",
        th="พื้นที่ที่ร่วมกันทำได้ถึงเป้าหมายได้รับเงินกองทุน",
    )
    level: ClassVar[Literal["individual", "organisation", "area"]] = "area"
    literature: ClassVar[tuple[str, ...]] = ("Olken, Onishi, Wong 2014, doi:10.1257/app.6.4.1",)
    rests_on: ClassVar[Text] = Text(
        en="a goal as a commitment, and what one act adds for others",
        th="เป้าหมายที่เป็นคำมั่น และสิ่งที่การกระทำหนึ่งเพิ่มให้ผู้อื่น",
    )
    pays_persons: ClassVar[bool] = False
    strength: ClassVar[Strength] = "judgement"
    pays_on_claims: ClassVar[bool] = True
    costs_most: ClassVar[Text] = Text(en="every locality reaches its goal every month", th="ทุกพื้นที่ทำได้ถึงเป้าหมายทุกเดือน")
    amounts: ClassVar[tuple[str, ...]] = ("fund_baht_per_household",)
    monthly: ClassVar[bool] = True

    kind: Literal["collective_goal"] = "collective_goal"
    goal_share: Share = Field(
        description="Share of opportunities acted on that reaches the goal.",
        json_schema_extra=unit("share of opportunities", "เป้าหมาย", "สัดส่วนของโอกาสที่ร่วมกันทำจนถึงเป้าหมาย"),
    )
    fund_baht_per_household: float = Field(
        ge=0,
        le=1e6,
        description="Fund for a month at the goal, baht for each citizen or household.",
        json_schema_extra=unit("baht a month", "กองทุน", "เงินกองทุนต่อเดือนเมื่อถึงเป้าหมาย คิดต่อพลเมืองหรือครัวเรือน"),
    )

    @property
    def components(self) -> tuple[str, ...]:
        """A goal, where reaching it earns anything."""
        return ("collective_goal",) if self.fund_baht_per_household else ()

    def says(self) -> Text:
        """Say how much is given for what."""
        fund, share = f"{self.fund_baht_per_household:,.10g}", f"{100 * self.goal_share:g}"
        return Text(
            en=f"a fund of {fund} baht a month for each member where together {share}% of the chances are taken",
            th=f"กองทุนเดือนละ {fund} บาทต่อสมาชิก เมื่อร่วมกันทำได้ร้อยละ {share} ของโอกาส",
        )

    def accounts(self) -> tuple[Account, ...]:
        """Acts as recorded, and opportunities, of the month by locality."""
        return (
            Account("acts_in_month", np.float64, "acts", per="locality"),
            Account("chances_in_month", np.int64, "opportunities", per="locality"),
        )

    def offer(self, people: People, week: WeekView) -> Offer:
        """K = 1, Q = 1 / people in the goal, while the month's goal is neither reached nor out of reach; C0, v0, c0."""
        if not self.components:
            return Offer.none()
        size = np.bincount(people.locality, weights=week.eligible, minlength=people.n_localities)
        left = SETTLE_EVERY - week.since_start % SETTLE_EVERY
        done, chances = week.accounts["acts_in_month"], size * week.n * SETTLE_EVERY
        within_reach = reached(done + size * max(1, round(week.n)) * left, self.goal_share, chances)
        open_now = ~reached(done, self.goal_share, chances) & within_reach & (left <= week.weeks_to_end)
        return Offer(
            commitment=open_now.astype(np.float32)[people.locality],
            pivotality=(open_now / np.maximum(size, 1)).astype(np.float32)[people.locality],
            controlling=self.controlling,
        )

    def settle(self, people: People, week: WeekView, book: Mapping[str, NDArray[Any]]) -> Settlement:
        """Every 4th week, pay the fund of each locality at its goal."""
        n = people.n_localities
        acts, chances = book["acts_in_month"], book["chances_in_month"]
        acts += np.bincount(people.locality, weights=recorded(week, self.checks) * week.eligible, minlength=n)
        chances += np.bincount(people.locality, weights=week.opportunities * week.eligible, minlength=n).astype(
            np.int64
        )
        if not settles(week.since_start):
            return Settlement()
        there = (chances > 0) & reached(acts, self.goal_share, chances)
        members = np.bincount(people.locality, weights=week.eligible, minlength=n).astype(np.int64)
        acts[:] = 0
        chances[:] = 0
        each = monthly_satang(self.fund_baht_per_household * week.taper)
        return Settlement(None, int(members[there].sum()) * each)

    def greatest_liability(self, people: People, week: WeekView) -> int:
        """Every locality reaches its goal, in a week that settles."""
        members = int(week.eligible.sum())
        return members * monthly_satang(self.fund_baht_per_household) if settles(week.since_start) else 0
