"""Places to act: organisations open a place near at hand, which makes acting easier."""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np
from pydantic import Field

from simulation.core.params import Text, unit
from simulation.incentives.adoption import Adoption
from simulation.incentives.base import Offer, People, Scheme, Strength, WeekView


class OpenPlaces(Scheme):
    """Organisations open places to act, such as bins, rooms or hours: g of equation (6) for their members.

    How much easier that makes acting is declared by the scenario; no study stands behind a number. Where the scheme has
    a table `organisations` or `localities`, only members of those that run it have the place; else all members of
    organisations have.

    Worked scenario::

        [arms.places.schemes.bins]
        kind = "open_places"
        behaviour = "waste_sort"
        ease = 0.3
        organisations = { baseline = 0.1, grant_baht_per_month = 1000.0 }
        schedule = { start = 4, weeks = 26 }
    """

    label: ClassVar[Text] = Text(en="Places to act", th="เปิดพื้นที่ให้ลงมือทำ")
    what: ClassVar[Text] = Text(
        en="Organisations open places near at hand to act.", th="องค์กรเปิดพื้นที่ใกล้ตัวให้ลงมือทำได้สะดวก"
    )
    level: ClassVar[Literal["individual", "organisation", "area"]] = "organisation"
    literature: ClassVar[tuple[str, ...]] = ("Bernstad 2014, Waste Management 34(7):1317-1323",)
    rests_on: ClassVar[Text] = Text(en="what the scenario declares", th="ค่าที่สถานการณ์กำหนด")
    pays_persons: ClassVar[bool] = False
    strength: ClassVar[Strength] = "judgement"
    amounts: ClassVar[tuple[str, ...]] = ("ease",)
    costs_most: ClassVar[Text] = Text(en="it pays nobody", th="ไม่มีการจ่ายเงินแก่ผู้ใด")

    kind: Literal["open_places"] = "open_places"
    ease: float = Field(
        ge=0,
        le=16,
        description="How much easier acting is where there is a place, in logits.",
        json_schema_extra=unit("logit", "ความสะดวก", "การกระทำสะดวกขึ้นเพียงใดเมื่อมีพื้นที่ใกล้ตัว"),
    )

    @property
    def adoption(self) -> Adoption | None:
        """Where units decide, the place is one that those that run it open."""
        own = super().adoption
        return None if own is None else own.model_copy(update={"places": max(own.places, self.ease)})

    @property
    def components(self) -> tuple[str, ...]:
        """A place, unless it makes nothing easier."""
        return ("open_places",) if self.ease else ()

    def says(self) -> Text:
        """Say how much is given for what."""
        g = f"{self.ease:g}"
        return Text(en=f"a place near at hand, which adds {g} logit of ease", th=f"มีพื้นที่ใกล้ตัว เพิ่มความสะดวก {g} โลจิต")

    def offer(self, people: People, week: WeekView) -> Offer:
        """Ease for members; where units decide, the engine adds it for members of those that run it. C0, v0, c0."""
        if not self.components or self.adoption is not None:
            return Offer.none()
        member = (people.organisation >= 0).astype(np.float32)
        return Offer(ease=np.float32(self.ease) * member, controlling=self.controlling)
