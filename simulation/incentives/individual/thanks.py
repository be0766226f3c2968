"""Private thanks after acting."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from simulation.core.params import Baht, Text, unit
from simulation.incentives.base import Account, Offer, People, Scheme, Settlement, Strength, WeekView, satang

SINCERE = -1.0
"""c of sincere praise face to face (laboratory evidence, for sensitivity only)."""


class Thanks(Scheme):
    """A message of thanks, seen by nobody else, to those who acted since the last one.

    Thanks make people give more help (Grant and Gino 2010; peers' thanks on Wikipedia: Matias and others 2026), though
    calls that thanked donors did nothing (Samek and Longfield 2023). Everybody who takes part knows that thanks follow
    an act, so the appeal is the same for all. That sincere praise face to face adds to own reasons (Deci and others
    1999) was seen in laboratories: `face_to_face` is there to see how much would hang on it.

    Worked scenario::

        [arms.thanks.schemes.note]
        kind = "thanks"
        behaviour = "volunteer"
        every_weeks = 4
        baht_per_message = 1.0
        schedule = { start = 4, weeks = 26 }
    """

    label: ClassVar[Text] = Text(en="Private thanks", th="คำขอบคุณเป็นการส่วนตัว")
    what: ClassVar[Text] = Text(en="Those who acted are thanked in private.", th="ขอบคุณผู้ที่ได้ทำเป็นการส่วนตัว")
    literature: ClassVar[tuple[str, ...]] = (
        "Grant, Gino 2010, doi:10.1037/a0017935",
        "Matias and others 2026, thanks on Wikipedia, data of 2019-2020",
        "Samek, Longfield 2023, American Economic Journal: Applied Economics 15(2)",
        "Deci, Koestner, Ryan 1999, doi:10.1037/0033-2909.125.6.627",
    )
    rests_on: ClassVar[Text] = Text(
        en="an appeal; some trials of thanks found nothing", th="การสื่อสารจูงใจ การทดลองบางงานไม่พบผล"
    )
    pays_persons: ClassVar[bool] = False
    strength: ClassVar[Strength] = "several studies"
    costs_most: ClassVar[Text] = Text(
        en="everybody eligible acts and is thanked each time", th="ผู้มีสิทธิ์ทุกคนทำและได้รับคำขอบคุณทุกรอบ"
    )

    kind: Literal["thanks"] = "thanks"
    every_weeks: int = Field(
        default=4,
        ge=1,
        le=52,
        description="Weeks between messages.",
        json_schema_extra=unit("weeks", "ส่งทุกกี่สัปดาห์", "ส่งคำขอบคุณทุกกี่สัปดาห์ ให้ผู้ที่ได้ทำตั้งแต่รอบก่อน"),
    )
    baht_per_message: Baht = Field(
        default=0.0,
        description="Cost of one message, baht.",
        json_schema_extra=unit("baht", "ค่าข้อความ", "ต้นทุนของข้อความหนึ่งข้อความ"),
    )
    face_to_face: bool = Field(
        default=False,
        description="true: sincere and face to face, far from controlling; laboratory evidence, for sensitivity only.",
        json_schema_extra=unit(
            "", "ขอบคุณต่อหน้า", "true ขอบคุณต่อหน้าด้วยใจจริง ใช้ดูความไวของผลเท่านั้น เพราะหลักฐานมาจากห้องทดลอง"
        ),
    )

    def says(self) -> Text:
        """Say how much is given for what."""
        k = self.every_weeks
        often = "every week" if k == 1 else f"every {k} weeks"
        how, how_th = ("face to face", "ต่อหน้า") if self.face_to_face else ("in private", "เป็นการส่วนตัว")
        return Text(en=f"thanks {how} to those who acted, {often}", th=f"ขอบคุณผู้ที่ได้ทำ{how_th} ทุก {k} สัปดาห์")

    def accounts(self) -> tuple[Account, ...]:
        """Acts since the last thanks, and how often each person was thanked."""
        return (Account("acts_since", np.int16, "acts"), Account("thanked", np.int16, "times"))

    def offer(self, people: People, week: WeekView) -> Offer:
        """A = 1, c = 0; c = -1 where thanks are sincere and face to face."""
        return Offer(appeal=week.taper, controlling=SINCERE if self.face_to_face else self.controlling)

    def settle(self, people: People, week: WeekView, book: Mapping[str, NDArray[Any]]) -> Settlement:
        """Count acts; when it is time thank those who acted, also those who left since."""
        since = book["acts_since"]
        since += (week.acts * week.live).astype(np.int16)
        if not self._time(week):
            return Settlement()
        acted = since > 0
        book["thanked"] += acted.astype(np.int16)
        since[:] = 0
        return Settlement(service_satang=int(acted.sum()) * satang(self.baht_per_message))

    def greatest_liability(self, people: People, week: WeekView) -> int:
        """Everybody eligible has acted, in a week in which thanks are sent."""
        return int(week.eligible.sum()) * satang(self.baht_per_message) if self._time(week) else 0

    def _time(self, week: WeekView) -> bool:
        return (week.since_start + 1) % self.every_weeks == 0
