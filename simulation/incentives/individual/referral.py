"""A reward for bringing in somebody who joins."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from simulation.core.params import Text, unit
from simulation.incentives.base import Account, Offer, People, Scheme, Settlement, Strength, WeekView, satang


class Referral(Scheme):
    """Members are rewarded for each acquaintance who joins, up to so many people.

    It moves nobody's acts: it weighs with those who know a member when they decide whether to join, as a reward of its
    worth does (equation 11). Of several acquaintances who were members one, drawn evenly, is paid. `into` names the
    scheme of the same arm that people are brought into; without it they are brought into this one. That the friend's
    reward weighs in the joining of the person who is asked is a judgement; referrals do bring people in (Friebel and
    others 2023; Beaman and Magruder 2012).

    Worked scenario::

        [arms.friends.schemes.steps]
        kind = "points"
        behaviour = "exercise"
        baht_per_act = 2.0
        enrolment = { mode = "opt-in", friction = "web-form" }
        schedule = { start = 4, weeks = 26 }

        [arms.friends.schemes.bring_a_friend]
        kind = "referral"
        behaviour = "exercise"
        into = "steps"
        baht_per_person = 50.0
        most_people = 5
        schedule = { start = 4, weeks = 26 }
    """

    label: ClassVar[Text] = Text(en="Referral", th="รางวัลชวนเพื่อน")
    what: ClassVar[Text] = Text(en="Whoever brings somebody in is rewarded.", th="ผู้ชวนให้คนอื่นเข้าร่วมได้รับรางวัล")
    literature: ClassVar[tuple[str, ...]] = (
        "Friebel, Heinz, Hoffman, Zubanov 2023, Journal of Political Economy 131(3)",
        "Beaman, Magruder 2012, doi:10.1257/aer.102.7.3574",
    )
    rests_on: ClassVar[Text] = Text(
        en="a reward weighs with those who know a member; the size is a judgement",
        th="รางวัลมีผลต่อผู้ที่รู้จักสมาชิก ส่วนขนาดของผลเป็นการประเมินเอง",
    )
    strength: ClassVar[Strength] = "judgement"
    costs_most: ClassVar[Text] = Text(
        en="everybody eligible brings in as many people as are rewarded", th="ผู้มีสิทธิ์ทุกคนชวนคนเข้าร่วมครบตามจำนวนที่ให้รางวัล"
    )
    amounts: ClassVar[tuple[str, ...]] = ("baht_per_person",)
    needs_ties: ClassVar[bool] = True

    kind: Literal["referral"] = "referral"
    baht_per_person: float = Field(
        ge=0,
        le=1e6,
        description="Reward for bringing in one person, baht.",
        json_schema_extra=unit("baht", "รางวัลต่อคนที่ชวน", "รางวัลของการชวนหนึ่งคนให้เข้าร่วม"),
    )
    most_people: int = Field(
        default=5,
        ge=1,
        le=1000,
        description="The most people for whom one member is rewarded.",
        json_schema_extra=unit("persons", "จำนวนคนสูงสุด", "สมาชิกหนึ่งคนได้รางวัลจากการชวนได้ไม่เกินกี่คน"),
    )
    into: str | None = Field(
        default=None,
        max_length=60,
        description="The scheme of the same arm that people are brought into; this one where it is left out.",
        json_schema_extra=unit("", "ชวนเข้ามาตรการ", "ชื่อมาตรการในทางเลือกเดียวกันที่ชวนเข้าร่วม ถ้าไม่ระบุคือมาตรการนี้"),
    )

    @property
    def brings_into(self) -> str | None:
        """The scheme that people are brought into."""
        return self.into

    @property
    def components(self) -> tuple[str, ...]:
        """A reward, where there is one."""
        return ("referral",) if self.baht_per_person else ()

    def says(self) -> Text:
        """Say how much is given for what."""
        baht, most = f"{self.baht_per_person:,.10g}", f"{self.most_people:,}"
        return Text(
            en=f"{baht} baht for each acquaintance who joins, for up to {most} of them",
            th=f"{baht} บาทต่อคนรู้จักที่เข้าร่วม ไม่เกิน {most} คน",
        )

    def accounts(self) -> tuple[Account, ...]:
        """People whom each member was rewarded for."""
        return (Account("brought_in", np.int32, "persons"),)

    def offer(self, people: People, week: WeekView) -> Offer:
        """No feature weighs in acts; the reward weighs in the enrolment of those who know a member."""
        return Offer(referral_baht=self.baht_per_person * week.taper) if self.components else Offer.none()

    def settle(self, people: People, week: WeekView, book: Mapping[str, NDArray[Any]]) -> Settlement:
        """Pay those who take part and were members before for whoever joined this week, up to the most."""
        if week.society is None or not self.components:
            return Settlement()
        sponsors = week.society.sponsors()
        brought = np.bincount(sponsors[sponsors >= 0], minlength=people.n)[: people.n] * (week.live > 0)
        paid = np.minimum(brought, self.most_people - book["brought_in"])
        book["brought_in"] += paid.astype(np.int32)
        return Settlement(paid.astype(np.int64) * satang(self.baht_per_person * week.taper))

    def greatest_liability(self, people: People, week: WeekView) -> int:
        """Everybody is brought in this week, or everybody eligible rewarded up to the most, whichever is less."""
        left = self.most_people - week.accounts["brought_in"][week.eligible > 0].astype(np.int64)
        return min(int(left.sum()), people.n) * satang(self.baht_per_person)
