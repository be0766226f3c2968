"""Lifetime counts with tiers: each tier, once reached, is held for good."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from simulation.core.params import BetweenKeys, Text, unit
from simulation.incentives.base import Account, Offer, People, Scheme, Settlement, Strength, WeekView, satang
from simulation.incentives.coding import VISIBILITY
from simulation.incentives.holders import share_of_group
from simulation.incentives.rhythm import most_acts

Audience = Literal["officials", "own-rank", "team", "household", "named-to-group"]
DELAY_PER_WEEK = 0.05
"""Discount of delay a week, as in equation (3)."""
_SPREAD = 0.6180339887498949


class LifetimeTiers(Scheme):
    """A count of all acts of a life; at each tier a benefit in kind and an honour that are kept for good.

    The next tier is a goal: it pulls while there is one, more the nearer it is. An act is worth the next tier's benefit
    over the acts left to it, discounted as if the person acted at every chance; nothing expires and nobody falls back.
    Model: privileges of blood donors in Thailand at 7, 16, 24 and 100 donations (2024); donors hurry towards honours
    (Lacetera and Macis 2010). The baht of a tier are what the benefit is worth to the person, once, when it is reached.
    Counts of before are spread geometrically round their mean over the rows of citizens, the same in every society.

    Worked scenario::

        [arms.tiers.schemes.donors]
        kind = "lifetime_tiers"
        behaviour = "blood"
        consent = "explicit"
        tier_acts = [7, 16, 24, 100]
        tier_baht = [1000.0, 3000.0, 6000.0, 6000.0]
        tier_audiences = ["officials", "household", "household", "named-to-group"]
        acts_before = 3.0
        enrolment = { mode = "opt-in", friction = "one-tap" }
        schedule = { start = 4, weeks = 52 }
    """

    label: ClassVar[Text] = Text(en="Lifetime tiers", th="สิทธิตามจำนวนครั้งสะสมตลอดชีวิต")
    what: ClassVar[Text] = Text(
        en="All acts of a life are counted; each tier brings a benefit that is kept.",
        th="นับจำนวนครั้งตลอดชีวิต ถึงแต่ละขั้นได้สิทธิที่เก็บไว้ตลอดไป",
    )
    literature: ClassVar[tuple[str, ...]] = (
        "Lacetera, Macis 2010, Journal of Economic Behavior and Organization 76(2)",
        "DellaVigna, Pope 2018, doi:10.1093/restud/rdx033",
    )
    rests_on: ClassVar[Text] = Text(
        en="a reward and a goal, and the worth of the next tier; how far ahead people look is a judgement",
        th="การมีรางวัลและเป้าหมาย และมูลค่าของขั้นถัดไป ส่วนที่ว่าคนมองไปไกลเพียงใดเป็นการประเมินเอง",
    )
    strength: ClassVar[Strength] = "one study"
    costs_most: ClassVar[Text] = Text(
        en="everybody eligible acts at every chance and reaches every tier in sight",
        th="ผู้มีสิทธิ์ทุกคนทำทุกครั้งที่มีโอกาสและถึงทุกขั้นที่ถึงได้",
    )
    controlling: ClassVar[float] = 0.75

    kind: Literal["lifetime_tiers"] = "lifetime_tiers"
    tier_acts: tuple[Annotated[int, Field(ge=1, le=10_000)], ...] = Field(
        min_length=1,
        max_length=20,
        strict=False,
        description="Acts of a life at each tier, rising.",
        json_schema_extra=unit("acts", "จำนวนครั้งของแต่ละขั้น", "ต้องทำสะสมกี่ครั้งจึงถึงแต่ละขั้น เรียงจากน้อยไปมาก", unit_th="ครั้ง"),
    )
    tier_baht: tuple[Annotated[float, Field(ge=0, le=1e8)], ...] = Field(
        min_length=1,
        max_length=20,
        strict=False,
        description="Worth in kind of reaching each tier, baht.",
        json_schema_extra=unit("baht", "มูลค่าของแต่ละขั้น", "สิทธิที่ได้เมื่อถึงแต่ละขั้นมีมูลค่ากี่บาท"),
    )
    tier_audiences: tuple[Audience, ...] = Field(
        min_length=1,
        max_length=20,
        strict=False,
        description="Who sees that somebody holds each tier.",
        json_schema_extra=unit(
            "",
            "ผู้รับรู้ของแต่ละขั้น",
            "officials เจ้าหน้าที่ own-rank แจ้งลำดับเป็นการส่วนตัว team ทีม household ครัวเรือน named-to-group ประกาศชื่อในกลุ่ม",
        ),
    )
    acts_before: float = Field(
        default=0.0,
        ge=0,
        le=1000,
        description="Mean count of before the scheme; 0 where all begin anew.",
        json_schema_extra=unit(
            "acts", "จำนวนครั้งก่อนหน้า", "จำนวนครั้งเฉลี่ยที่เคยทำก่อนเริ่มมาตรการ 0 คือทุกคนเริ่มใหม่", unit_th="ครั้ง"
        ),
    )

    @model_validator(mode="after")
    def _one_of_each(self) -> LifetimeTiers:
        sizes = {len(self.tier_acts), len(self.tier_baht), len(self.tier_audiences)}
        if len(sizes) > 1:
            raise BetweenKeys(
                '"tier_acts", "tier_baht" and "tier_audiences" need one entry for each tier',
                '"tier_acts" "tier_baht" และ "tier_audiences" ต้องมีหนึ่งค่าต่อหนึ่งขั้น',
            )
        if any(b <= a for a, b in zip(self.tier_acts, self.tier_acts[1:], strict=False)):
            raise BetweenKeys('"tier_acts" must rise from tier to tier', '"tier_acts" ต้องเพิ่มขึ้นทีละขั้น')
        return self

    def says(self) -> Text:
        """Say how much is given for what."""
        acts = ", ".join(f"{a:,}" for a in self.tier_acts)
        baht = ", ".join(f"{b:,.10g}" for b in self.tier_baht)
        return Text(
            en=f"for {acts} acts of a life benefits worth {baht} baht, kept for good",
            th=f"ทำสะสมครบ {acts} ครั้ง ได้สิทธิมูลค่า {baht} บาท ตามลำดับ และเก็บไว้ตลอดไป",
        )

    def accounts(self) -> tuple[Account, ...]:
        """Acts counted while taking part."""
        return (Account("acts_counted", np.int32, "acts"),)

    def counts(self, people: People, counted: NDArray[Any]) -> NDArray[np.int64]:
        """Return the acts of each life: those of before, and those counted since."""
        return counted.astype(np.int64) + self.before(people.n)

    def before(self, n: int) -> NDArray[np.int64]:
        """Return each row's count of before, geometric with mean `acts_before`, spread evenly over the rows."""
        if not self.acts_before:
            return np.zeros(n, np.int64)
        even = (np.arange(1, n + 1) * _SPREAD) % 1.0 * 0.9999
        again = self.acts_before / (1.0 + self.acts_before)
        counts: NDArray[np.int64] = np.floor(np.log1p(-even) / math.log(again)).astype(np.int64)
        return counts

    def offer(self, people: People, week: WeekView) -> Offer:
        """C = K = 1, v = next tier / acts left, while there is a next tier; V by the tier held; c = .75."""
        count = self.counts(people, week.accounts["acts_counted"])
        tier = self._tier(count)
        ahead = tier < len(self.tier_acts)
        place = np.minimum(tier, len(self.tier_acts) - 1)
        left = np.maximum(np.asarray(self.tier_acts)[place] - count, 1)
        soonest = np.ceil(left / week.n) - 1.0  # weeks from this one, acting at every chance
        worth = np.asarray(self.tier_baht)[place] / left * np.exp(-DELAY_PER_WEEK * soonest) * week.taper
        seen = np.array([0.0, *(VISIBILITY[a] for a in self.tier_audiences)])[tier]
        goal = ahead.astype(np.float32)
        return Offer(
            contingent=goal,
            value_baht=(worth * ahead).astype(np.float32),
            commitment=goal,
            visibility=(seen * week.taper).astype(np.float32),
            holders_share=self._how_common(people, tier),
            controlling=goal * np.float32(self.controlling),
        )

    def settle(self, people: People, week: WeekView, book: Mapping[str, NDArray[Any]]) -> Settlement:
        """Count the acts of those who take part, and give what the tiers reached this week bring."""
        counted = book["acts_counted"]
        was = self._tier(self.counts(people, counted))
        counted += (week.acts * week.live).astype(np.int32)
        now = self._tier(self.counts(people, counted))
        worth = np.concatenate([[0], np.cumsum([satang(b * week.taper) for b in self.tier_baht])])
        return Settlement((worth[now] - worth[was]).astype(np.int64))

    def greatest_liability(self, people: People, week: WeekView) -> int:
        """Everybody eligible acts at every chance of the week."""
        count = self.counts(people, week.accounts["acts_counted"])[week.eligible > 0]
        worth = np.concatenate([[0], np.cumsum([satang(b) for b in self.tier_baht])])
        return int((worth[self._tier(count + most_acts(week))] - worth[self._tier(count)]).sum())

    def _tier(self, count: NDArray[Any]) -> NDArray[np.int64]:
        return np.searchsorted(np.asarray(self.tier_acts), count, side="right").astype(np.int64)

    def _how_common(self, people: People, tier: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the share of each citizen's group that holds their tier or a higher one."""
        found = np.zeros(people.n, np.float32)
        for k in range(1, len(self.tier_acts) + 1):
            share = np.broadcast_to(np.float32(share_of_group(people, tier >= k)), people.n)
            found = np.where(tier == k, share, found)
        return found
