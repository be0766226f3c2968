"""Three kinds as another distribution would bring them: tables of their own, and one for each level."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from simulation.core.clock import settles
from simulation.core.params import Frozen, Text, unit
from simulation.incentives.base import Account, Offer, People, Scheme, Settlement, WeekView, satang
from simulation.incentives.verification import claimed_satang, recorded

SOURCE = ("Somebody 2020, doi:10.1234/rice",)


class Sack(Frozen):
    """A sack."""

    label: ClassVar[Text] = Text(en="Sack", th="กระสอบ")
    what: ClassVar[Text] = Text(en="A size of sack.", th="ขนาดของกระสอบ")

    baht: float = Field(
        ge=0, le=1e4, description="Worth, baht.", json_schema_extra=unit("baht", "มูลค่า", "กระสอบหนึ่งมีมูลค่ากี่บาท")
    )
    share: float = Field(
        ge=0, le=1, description="Share of acts.", json_schema_extra=unit("share", "สัดส่วน", "สัดส่วนของการกระทำที่ได้กระสอบนี้")
    )


class Extra(Frozen):
    """What comes on top."""

    label: ClassVar[Text] = Text(en="Extra", th="ส่วนเพิ่ม")
    what: ClassVar[Text] = Text(en="What comes on top.", th="สิ่งที่ได้เพิ่ม")

    baht: float = Field(
        default=0.0, ge=0, le=1e4, description="Baht.", json_schema_extra=unit("baht", "เงินเพิ่ม", "ได้เพิ่มกี่บาท")
    )


class Rice(Scheme):
    """Each act earns rice.

    Worked scenario::

        [arms.rice.schemes.sacks]
        kind = "their_rice"
        behaviour = "waste_sort"
        sacks = [{ baht = 5.0, share = 0.5 }, { baht = 1.0, share = 0.5 }]
        extra = { baht = 1.0 }
        enrolment = { mode = "opt-in", friction = "one-tap" }
        schedule = { start = 4, weeks = 26 }
    """

    label: ClassVar[Text] = Text(en="Rice", th="ข้าวสาร")
    what: ClassVar[Text] = Text(en="Each act earns rice.", th="ทำแต่ละครั้งได้ข้าวสาร")
    literature: ClassVar[tuple[str, ...]] = SOURCE
    controlling: ClassVar[float] = 0.5
    pays_on_claims: ClassVar[bool] = True

    kind: Literal["their_rice"] = "their_rice"
    sacks: tuple[Sack, ...] = Field(
        min_length=1,
        max_length=5,
        strict=False,
        description="Sacks by size.",
        json_schema_extra=unit("", "กระสอบ", "กระสอบแต่ละขนาด"),
    )
    extra: Extra = Field(default=Extra(), description="On top.", json_schema_extra=unit("", "ส่วนเพิ่ม", "สิ่งที่ได้เพิ่ม"))

    @property
    def each(self) -> float:
        """Worth of an act, baht."""
        return sum(s.baht * s.share for s in self.sacks) + self.extra.baht

    @property
    def components(self) -> tuple[str, ...]:
        """Rice, where it is worth anything."""
        return ("their_rice",) if self.each else ()

    def offer(self, people: People, week: WeekView) -> Offer:
        """Offer rice for an act."""
        if not self.components:
            return Offer.none()
        return Offer(contingent=1.0, value_baht=self.each * week.taper, controlling=self.controlling)

    def settle(self, people: People, week: WeekView, book: Mapping[str, NDArray[Any]]) -> Settlement:
        """Pay it."""
        return Settlement(claimed_satang(week, self.checks, self.each * week.taper * 100))

    def greatest_liability(self, people: People, week: WeekView) -> int:
        """Everybody eligible acts at every chance."""
        return int(week.eligible.sum()) * max(1, round(week.n)) * (satang(self.each) + 1)


class Kitchen(Scheme):
    """Organisations that run it cook for members who act; they keep count of the meals.

    Worked scenario::

        [arms.kitchen.schemes.meals]
        kind = "their_kitchen"
        behaviour = "waste_sort"
        baht_per_meal = 3.0
        organisations = { baseline = 0.2, climate = "mission" }
        schedule = { start = 4, weeks = 26 }
    """

    label: ClassVar[Text] = Text(en="Kitchen", th="โรงครัวองค์กร")
    what: ClassVar[Text] = Text(en="Organisations cook for those who act.", th="องค์กรทำอาหารให้ผู้ที่ได้ทำ")
    level: ClassVar[Literal["individual", "organisation", "area"]] = "organisation"
    literature: ClassVar[tuple[str, ...]] = SOURCE
    amounts: ClassVar[tuple[str, ...]] = ("baht_per_meal",)

    kind: Literal["their_kitchen"] = "their_kitchen"
    baht_per_meal: float = Field(
        ge=0,
        le=1e3,
        description="Worth of a meal, baht.",
        json_schema_extra=unit("baht an act", "มูลค่าต่อมื้อ", "อาหารหนึ่งมื้อมีมูลค่ากี่บาท"),
    )

    @property
    def components(self) -> tuple[str, ...]:
        """Meals, where they are worth anything."""
        return ("their_kitchen",) if self.baht_per_meal else ()

    def accounts(self) -> tuple[Account, ...]:
        """Meals by organisation."""
        return (Account("meals", np.int64, "meals", per="organisation"),)

    def offer(self, people: People, week: WeekView) -> Offer:
        """Offer a meal for an act to members."""
        if not self.components:
            return Offer.none()
        member = (people.organisation >= 0).astype(np.float32)
        return Offer(contingent=member, value_baht=member * np.float32(self.baht_per_meal))

    def settle(self, people: People, week: WeekView, book: Mapping[str, NDArray[Any]]) -> Settlement:
        """Count and pay."""
        done = np.where(people.organisation >= 0, week.acts * week.live.astype(np.int64), 0).astype(np.int64)
        book["meals"] += np.bincount(np.maximum(people.organisation, 0), done, len(book["meals"])).astype(np.int64)
        return Settlement(done * satang(self.baht_per_meal))

    def greatest_liability(self, people: People, week: WeekView) -> int:
        """Everybody eligible eats at every chance."""
        return int(week.eligible.sum()) * max(1, round(week.n)) * satang(self.baht_per_meal)


class Harvest(Scheme):
    """A province gets a sum a month for what its people do.

    Worked scenario::

        [arms.harvest.schemes.fund]
        kind = "their_harvest"
        behaviour = "waste_sort"
        baht_per_act = 0.1
        schedule = { start = 4, weeks = 28 }
    """

    label: ClassVar[Text] = Text(en="Harvest fund", th="กองทุนเก็บเกี่ยว")
    what: ClassVar[Text] = Text(en="Acts fill a province's fund.", th="การกระทำเพิ่มเงินกองทุนจังหวัด")
    level: ClassVar[Literal["individual", "organisation", "area"]] = "area"
    literature: ClassVar[tuple[str, ...]] = SOURCE
    amounts: ClassVar[tuple[str, ...]] = ("baht_per_act",)
    monthly: ClassVar[bool] = True
    pays_on_claims: ClassVar[bool] = True

    kind: Literal["their_harvest"] = "their_harvest"
    baht_per_act: float = Field(
        ge=0,
        le=1e3,
        description="For the fund, baht.",
        json_schema_extra=unit("baht an act", "เข้ากองทุน", "เข้ากองทุนครั้งละกี่บาท"),
    )

    @property
    def components(self) -> tuple[str, ...]:
        """A fund, where anything goes into it."""
        return ("their_harvest",) if self.baht_per_act else ()

    def accounts(self) -> tuple[Account, ...]:
        """Acts of the month by province."""
        return (Account("acts_in_month", np.float64, "acts", per="province"),)

    def offer(self, people: People, week: WeekView) -> Offer:
        """Offer a share in the fund."""
        return Offer(pivotality=1.0 / people.n) if self.components else Offer.none()

    def settle(self, people: People, week: WeekView, book: Mapping[str, NDArray[Any]]) -> Settlement:
        """Fill the fund every 4th week."""
        province = people.province_of_locality[people.locality]
        acts = book["acts_in_month"]
        acts += np.bincount(province, recorded(week, self.checks) * week.eligible, len(acts))
        if not settles(week.since_start):
            return Settlement()
        due = int(float(acts.sum()) * self.baht_per_act * 100)
        acts[:] = 0
        return Settlement(area_paid_satang=due)

    def greatest_liability(self, people: People, week: WeekView) -> int:
        """Everybody eligible acts at every chance, all month."""
        if not settles(week.since_start):
            return 0
        return int(week.eligible.sum()) * 4 * max(1, round(week.n)) * (satang(self.baht_per_act) + 1)
