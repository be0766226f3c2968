"""Buddies: a reward for two, where both must act."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from simulation.core.clock import SETTLE_EVERY, monthly_acts, monthly_satang, settles
from simulation.core.params import Text, unit
from simulation.incentives.base import Account, Offer, People, Scheme, Settlement, Strength, WeekView
from simulation.incentives.rhythm import most_acts, open_this_month, weeks_left_in_month
from simulation.incentives.verification import claims, enough

STEPS = 256
"""Parts of a chance in the table of the chances to reach a threshold."""


class Buddy(Scheme):
    """Two people who are tied: each gets a sum in a month in which both act often enough.

    Each act helps the other's reward as much as one's own (Q = 1); it is worth the own sum over the acts needed, times
    the chance that the other gets there, from how often they acted in the month and how likely they were to act last
    week. It pulls while both are taking part and neither is past hope. Joint rewards: Gershon, Cryder and Milkman
    (2024); all-or-nothing teams did worse than combined ones: Patel and others (2016); Thai teams: White, Dow and
    Rungruanghiranya (2013). Pairs are of those eligible, strongest ties first, and the same all weeks; those who are
    left over get no offer.

    Worked scenario::

        [arms.buddies.schemes.pairs]
        kind = "buddy"
        behaviour = "exercise"
        baht_per_month = 100.0
        acts_needed_per_month = 12
        schedule = { start = 4, weeks = 26 }
    """

    label: ClassVar[Text] = Text(en="Buddies", th="คู่หู")
    what: ClassVar[Text] = Text(en="Two people are rewarded when both act.", th="ได้รางวัลทั้งสองคนเมื่อทำครบทั้งคู่")
    literature: ClassVar[tuple[str, ...]] = (
        "Gershon, Cryder, Milkman 2024, doi:10.2139/ssrn.4750266",
        "Patel and others 2016, doi:10.1007/s11606-016-3627-0",
        "White, Dow, Rungruanghiranya 2013, American Journal of Preventive Medicine 45(5)",
    )
    rests_on: ClassVar[Text] = Text(
        en="any reward, its worth, a goal, and that an act helps a mate",
        th="การมีรางวัล มูลค่า เป้าหมาย และการที่การกระทำช่วยเพื่อนด้วย",
    )
    monthly: ClassVar[bool] = True
    strength: ClassVar[Strength] = "several studies"
    pays_on_claims: ClassVar[bool] = True
    costs_most: ClassVar[Text] = Text(en="every pair acts often enough every month", th="ทุกคู่ทำครบทุกเดือน")
    amounts: ClassVar[tuple[str, ...]] = ("baht_per_month",)
    controlling: ClassVar[float] = 0.75
    needs_ties: ClassVar[bool] = True

    kind: Literal["buddy"] = "buddy"
    baht_per_month: float = Field(
        ge=0,
        le=1e6,
        description="Reward to each of the two, baht a month.",
        json_schema_extra=unit("baht a month", "รางวัลต่อเดือน", "รางวัลของแต่ละคนเมื่อทำครบทั้งคู่"),
    )
    acts_needed_per_month: int = Field(
        ge=1,
        le=60,
        description="Acts needed of each in a month.",
        json_schema_extra=unit("acts a month", "จำนวนครั้งที่ต้องทำ", "แต่ละคนต้องทำอย่างน้อยกี่ครั้งต่อเดือน"),
    )

    @property
    def components(self) -> tuple[str, ...]:
        """A reward, where there is one."""
        return ("buddy",) if self.baht_per_month else ()

    def says(self) -> Text:
        """Say how much is given for what."""
        baht, acts = f"{self.baht_per_month:,.10g}", self.acts_needed_per_month
        return Text(
            en=f"{baht} baht a month to each of two people when both act {acts} times or more in the month",
            th=f"{baht} บาทต่อเดือนให้แต่ละคนในคู่ เมื่อทำครบ {acts} ครั้งในเดือนทั้งสองคน",
        )

    def accounts(self) -> tuple[Account, ...]:
        """Acts and claims of the month ; the partner's row from 1, 0 until the first week is over, -1 for none."""
        return (
            Account("acts_in_month", np.int16, "acts"),
            Account("claims_in_month", np.float64, "acts"),
            Account("partner", np.int32, "row from 1"),
        )

    def offer(self, people: People, week: WeekView) -> Offer:
        """C = K = Q = 1, v = sum / acts needed x the partner's chance, while both can get there; c = .75."""
        if not self.components:
            return Offer.none()
        needed = monthly_acts(self.acts_needed_per_month)
        each = self.baht_per_month / self.acts_needed_per_month * week.taper
        like_others = np.full(1, week.baseline, np.float32)
        usual = float(each * self._reaches(week, like_others, np.array([needed]), SETTLE_EVERY)[0])
        partner = self._partners(week, people.n)
        if partner is None:  # nobody is paired yet: as if everybody had a partner like others
            c = self.controlling
            return Offer(1.0, each, commitment=1.0, pivotality=1.0, controlling=c, weekly_value_baht=usual)
        done, paired = week.accounts["acts_in_month"], partner >= 0
        other = np.where(paired, partner, 0)
        present = paired & ((week.live[other] > 0) | (week.since_start == 0))
        mine = open_this_month(done, needed, week) > 0
        theirs = done[other] + weeks_left_in_month(week) * most_acts(week) >= needed
        open_now = (mine & theirs & present).astype(np.float32)
        chance = np.zeros(people.n, np.float32) if week.society is None else week.society.chance()
        reaches = self._reaches(week, chance, needed - done, weeks_left_in_month(week))[other]
        return Offer(
            contingent=open_now,
            value_baht=open_now * np.float32(each) * reaches,
            commitment=open_now,
            pivotality=open_now,
            controlling=self.controlling,
            weekly_value_baht=usual,
        )

    def settle(self, people: People, week: WeekView, book: Mapping[str, NDArray[Any]]) -> Settlement:
        """Count the month's acts; every 4th week pay both of every pair that got there, also those who left since."""
        partner = self._partners(week, people.n)
        if partner is None:
            return Settlement()
        if not book["partner"].any():
            book["partner"][:] = np.where(partner >= 0, partner + 1, -1)
        book["acts_in_month"] += (week.acts * week.live).astype(np.int16)
        book["claims_in_month"] += claims(week, self.checks)
        if not settles(week.since_start):
            return Settlement()
        there = enough(book["claims_in_month"], monthly_acts(self.acts_needed_per_month), week)
        both = there & (partner >= 0) & there[np.where(partner >= 0, partner, 0)]
        for name in ("acts_in_month", "claims_in_month"):
            book[name][:] = 0
        return Settlement(both.astype(np.int64) * monthly_satang(self.baht_per_month * week.taper))

    def greatest_liability(self, people: People, week: WeekView) -> int:
        """Everybody eligible is in a pair that gets there, in a week that settles."""
        due = settles(week.since_start)
        return int(week.eligible.sum()) * monthly_satang(self.baht_per_month) if due else 0

    def _partners(self, week: WeekView, n: int) -> NDArray[np.int64] | None:
        """Return each one's partner as the accounts hold it, in the first week as the society tells; -1 for none."""
        known = week.accounts["partner"]
        if known.any():
            return np.where(known > 0, known - 1, -1).astype(np.int64)
        return None if week.society is None else week.society.partners()

    def _reaches(
        self, week: WeekView, chance: NDArray[np.float32], missing: NDArray[Any], weeks: int
    ) -> NDArray[np.float32]:
        """Return each citizen's chance to do the acts that are missing in so many weeks, float32[N], from a table."""
        table = chances_to_reach(weeks * most_acts(week))
        at = np.rint(np.minimum(chance * min(1.0, week.n), 1.0) * STEPS).astype(np.int64)
        found: NDArray[np.float32] = table[at, np.clip(missing, 0, table.shape[1] - 1)]
        return found


@cache
def chances_to_reach(most: int) -> NDArray[np.float32]:
    """Return the chance of at least k acts out of `most`, by chance of an act in steps of 1/256 (row) and k (column).

    The last column, one more than can be, is 0.
    """
    p = np.arange(STEPS + 1) / STEPS
    mass = np.zeros((STEPS + 1, most + 2))
    mass[:, 0] = 1.0
    for _ in range(most):
        mass[:, 1:] = mass[:, 1:] * (1 - p[:, None]) + mass[:, :-1] * p[:, None]
        mass[:, 0] *= 1 - p
    return np.cumsum(mass[:, ::-1], axis=1)[:, ::-1].clip(0.0, 1.0).astype(np.float32)
