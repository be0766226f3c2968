"""A reminder of what one meant to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

from numpy.typing import NDArray
from pydantic import Field

from simulation.core.params import Baht, Text, unit
from simulation.incentives.base import Offer, People, Scheme, Settlement, Strength, WeekView
from simulation.incentives.rhythm import message_cost, message_offer, most_message_cost


class Reminder(Scheme):
    """A short message, every so many weeks, that it is time to act.

    Reminders bring to mind what people mean to do (Karlan and others 2016, saving; trials: Mertens and others 2022).
    Feedback by letter lifted acts for days and then faded (Allcott and Rogers 2014): a reminder is felt in its week
    alone unless `weeks_felt` says otherwise.

    Worked scenario::

        [arms.reminders.schemes.message]
        kind = "reminder"
        behaviour = "saving"
        every_weeks = 2
        baht_per_message = 0.5
        schedule = { start = 4, weeks = 26 }
    """

    label: ClassVar[Text] = Text(en="Reminder", th="ข้อความเตือน")
    what: ClassVar[Text] = Text(en="People are reminded from time to time.", th="ส่งข้อความเตือนเป็นระยะ")
    literature: ClassVar[tuple[str, ...]] = (
        "Karlan and others 2016, doi:10.1287/mnsc.2015.2296",
        "Allcott, Rogers 2014, doi:10.1257/aer.104.10.3003",
        "Mertens and others 2022, doi:10.1073/pnas.2107346118",
    )
    rests_on: ClassVar[Text] = Text(
        en="an appeal; how long a message is felt is a judgement",
        th="การสื่อสารจูงใจ ส่วนที่ว่าข้อความมีผลนานเพียงใดเป็นการประเมินเอง",
    )
    rewards_acts: ClassVar[bool] = False
    pays_persons: ClassVar[bool] = False
    strength: ClassVar[Strength] = "several studies"
    costs_most: ClassVar[Text] = Text(en="everybody eligible gets every message", th="ผู้มีสิทธิ์ทุกคนได้รับทุกข้อความ")

    kind: Literal["reminder"] = "reminder"
    every_weeks: int = Field(
        default=2,
        ge=1,
        le=52,
        description="Weeks from one message to the next.",
        json_schema_extra=unit("weeks", "ส่งทุกกี่สัปดาห์", "ส่งข้อความทุกกี่สัปดาห์"),
    )
    weeks_felt: int = Field(
        default=1,
        ge=1,
        le=52,
        description="Weeks for which a message is felt, that of its coming included.",
        json_schema_extra=unit("weeks", "จำนวนสัปดาห์ที่มีผล", "ข้อความหนึ่งข้อความมีผลต่อใจกี่สัปดาห์ นับสัปดาห์ที่ได้รับด้วย"),
    )
    baht_per_message: Baht = Field(
        default=0.0,
        description="Cost of one message, baht.",
        json_schema_extra=unit("baht", "ค่าข้อความ", "ต้นทุนของข้อความหนึ่งข้อความ"),
    )

    def says(self) -> Text:
        """Say how much is given for what."""
        k = self.every_weeks
        often = "every week" if k == 1 else f"every {k} weeks"
        return Text(en=f"a reminder {often}", th=f"ข้อความเตือนทุก {k} สัปดาห์")

    def offer(self, people: People, week: WeekView) -> Offer:
        """A = 1 while the message is felt; C0, v0, c0."""
        return message_offer(week, self.every_weeks, self.weeks_felt, self.controlling)

    def settle(self, people: People, week: WeekView, book: Mapping[str, NDArray[Any]]) -> Settlement:
        """Pay for this week's messages."""
        return message_cost(week, self.every_weeks, self.baht_per_message)

    def greatest_liability(self, people: People, week: WeekView) -> int:
        """Everybody eligible gets a message, in a week in which one is sent."""
        return most_message_cost(week, self.every_weeks, self.baht_per_message)
