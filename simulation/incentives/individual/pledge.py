"""A pledge: a promise to oneself, with nothing at stake."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

from numpy.typing import NDArray
from pydantic import Field

from simulation.core.params import Baht, Text, unit
from simulation.incentives.base import Offer, People, Scheme, Settlement, Strength, WeekView
from simulation.incentives.rhythm import felt, message_cost, most_message_cost


class Pledge(Scheme):
    """People promise to act, and renew the promise together every so many weeks; nothing is lost by breaking it.

    Limits that people set themselves: Allcott, Gentzkow and Song (2022); commitments in field trials: Mertens and
    others (2022). Stakes of one's own money are not offered. Model: the personal pledge of
    Singapore's steps challenge (2017).

    Worked scenario::

        [arms.pledge.schemes.promise]
        kind = "pledge"
        behaviour = "helmet"
        renewed_every_weeks = 4
        baht_per_pledge = 1.0
        enrolment = { mode = "opt-in", friction = "one-tap" }
        schedule = { start = 4, weeks = 26 }
    """

    label: ClassVar[Text] = Text(en="Pledge", th="คำมั่นสัญญา")
    what: ClassVar[Text] = Text(
        en="People promise to act; nothing is at stake.", th="ให้คำมั่นว่าจะทำ โดยไม่มีสิ่งใดต้องเสียหากไม่ทำ"
    )
    literature: ClassVar[tuple[str, ...]] = (
        "Allcott, Gentzkow, Song 2022, doi:10.1257/aer.20210867",
        "Mertens and others 2022, doi:10.1073/pnas.2107346118",
    )
    rests_on: ClassVar[Text] = Text(en="a goal that one sets oneself", th="เป้าหมายที่ตั้งให้ตนเอง")
    pays_persons: ClassVar[bool] = False
    strength: ClassVar[Strength] = "several studies"
    costs_most: ClassVar[Text] = Text(en="everybody eligible pledges every time", th="ผู้มีสิทธิ์ทุกคนให้คำมั่นทุกรอบ")

    kind: Literal["pledge"] = "pledge"
    renewed_every_weeks: int = Field(
        default=4,
        ge=1,
        le=52,
        description="Weeks from one pledge to the next.",
        json_schema_extra=unit("weeks", "ให้คำมั่นทุกกี่สัปดาห์", "ให้คำมั่นใหม่ทุกกี่สัปดาห์"),
    )
    weeks_felt: int = Field(
        default=4,
        ge=1,
        le=52,
        description="Weeks for which a pledge is felt, its own included.",
        json_schema_extra=unit("weeks", "จำนวนสัปดาห์ที่มีผล", "คำมั่นหนึ่งครั้งมีผลต่อใจกี่สัปดาห์ นับสัปดาห์ที่ให้ด้วย"),
    )
    baht_per_pledge: Baht = Field(
        default=0.0,
        description="Cost of taking one pledge, baht.",
        json_schema_extra=unit("baht", "ค่าดำเนินการ", "ต้นทุนของการรับคำมั่นหนึ่งครั้ง"),
    )

    def says(self) -> Text:
        """Say how much is given for what."""
        k = self.renewed_every_weeks
        often = "every week" if k == 1 else f"every {k} weeks"
        return Text(en=f"a pledge, renewed {often}, with nothing at stake", th=f"ให้คำมั่นทุก {k} สัปดาห์ โดยไม่มีสิ่งใดต้องเสีย")

    def offer(self, people: People, week: WeekView) -> Offer:
        """K = 1 while the pledge is felt; C0, v0, c0."""
        if not felt(week.since_start, self.renewed_every_weeks, self.weeks_felt):
            return Offer.none()
        return Offer(commitment=week.taper, controlling=self.controlling)

    def settle(self, people: People, week: WeekView, book: Mapping[str, NDArray[Any]]) -> Settlement:
        """Pay for the pledges taken this week."""
        return message_cost(week, self.renewed_every_weeks, self.baht_per_pledge)

    def greatest_liability(self, people: People, week: WeekView) -> int:
        """Everybody eligible pledges, in a week of pledges."""
        return most_message_cost(week, self.renewed_every_weeks, self.baht_per_pledge)
