"""Hour credits: a time bank, in which an hour given is an hour one may ask for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from simulation.core.params import Baht, Text, unit
from simulation.incentives.base import Account, Offer, People, Scheme, Settlement, Strength, WeekView, satang
from simulation.incentives.rhythm import most_acts

_EVEN = 0.6180339887498949
"""Steps of the golden ratio fill an interval evenly."""


class HourCredits(Scheme):
    """A time bank: each act is an hour of help, credited as one hour; credits buy hours of help from others.

    Credits are conserved: what was earned is held or redeemed. An hour is redeemed only where a member gives it that
    week, and nobody redeems their own; hours that no member asks for go to people outside, such as the old. Credits
    do not expire, and whoever leaves may still redeem them. Model: Thailand's time banks (2018); theory and first
    networks: Cahn (2000). No field experiment on time banks is known: an hour is coded as goods of its worth.

    Worked scenario::

        [arms.hours.schemes.bank]
        kind = "hour_credits"
        behaviour = "elder_care"
        baht_per_hour = 60.0
        redeemed_share_per_week = 0.1
        baht_to_arrange_an_hour = 5.0
        enrolment = { mode = "opt-in", friction = "web-form" }
        schedule = { start = 4, weeks = 52 }
    """

    label: ClassVar[Text] = Text(en="Hour credits", th="ธนาคารเวลา")
    what: ClassVar[Text] = Text(
        en="An hour of help given earns an hour of help.",
        th="ช่วยผู้อื่นหนึ่งชั่วโมง ได้สิทธิรับความช่วยเหลือหนึ่งชั่วโมง",
    )
    literature: ClassVar[tuple[str, ...]] = (
        "Cahn 2000, No More Throw-Away People: The Co-Production Imperative",
        "DellaVigna, Pope 2018, doi:10.1093/restud/rdx033",
    )
    rests_on: ClassVar[Text] = Text(
        en="a reward, and the worth of an hour of help; that an hour weighs as goods do is a judgement",
        th="การมีรางวัล และมูลค่าของความช่วยเหลือหนึ่งชั่วโมง ส่วนที่ว่าชั่วโมงมีน้ำหนักเท่าสิ่งของเป็นการประเมินเอง",
    )
    pays_persons: ClassVar[bool] = False
    strength: ClassVar[Strength] = "judgement"
    costs_most: ClassVar[Text] = Text(
        en="everybody eligible gives an hour at every chance", th="ผู้มีสิทธิ์ทุกคนช่วยหนึ่งชั่วโมงทุกครั้งที่มีโอกาส"
    )
    amounts: ClassVar[tuple[str, ...]] = ("baht_per_hour",)
    controlling: ClassVar[float] = 0.5

    kind: Literal["hour_credits"] = "hour_credits"
    baht_per_hour: float = Field(
        ge=0,
        le=1e5,
        description="What an hour of help is worth to a person, baht.",
        json_schema_extra=unit("baht an hour", "มูลค่าต่อชั่วโมง", "ความช่วยเหลือหนึ่งชั่วโมงมีมูลค่ากี่บาท", unit_th="บาทต่อชั่วโมง"),
    )
    redeemed_share_per_week: float = Field(
        default=0.1,
        ge=0,
        le=1,
        description="Share of the hours held that is asked for in a week.",
        json_schema_extra=unit("share", "สัดส่วนที่ขอใช้ต่อสัปดาห์", "สัดส่วนของชั่วโมงที่มีซึ่งขอใช้ในหนึ่งสัปดาห์"),
    )
    baht_to_arrange_an_hour: Baht = Field(
        default=0.0,
        description="Cost of arranging an hour of help, baht.",
        json_schema_extra=unit("baht", "ค่าจัดการต่อชั่วโมง", "ต้นทุนของการจับคู่และประสานความช่วยเหลือหนึ่งชั่วโมง"),
    )

    @property
    def components(self) -> tuple[str, ...]:
        """Hours, where they are worth anything."""
        return ("hour_credits",) if self.baht_per_hour else ()

    def says(self) -> Text:
        """Say how much is given for what."""
        baht = f"{self.baht_per_hour:,.10g}"
        return Text(
            en=f"an hour of help from others, worth {baht} baht, for each hour given",
            th=f"ความช่วยเหลือจากผู้อื่นหนึ่งชั่วโมง มูลค่า {baht} บาท ต่อทุกชั่วโมงที่ช่วย",
        )

    def accounts(self) -> tuple[Account, ...]:
        """Hours earned, held and redeemed; held is what was earned and not redeemed."""
        return (
            Account("hours_earned", np.int32, "hours"),
            Account("hours_held", np.int32, "hours"),
            Account("hours_redeemed", np.int32, "hours"),
        )

    def offer(self, people: People, week: WeekView) -> Offer:
        """C = 1, v = worth of an hour of help, c = .5."""
        if not self.components:
            return Offer.none()
        return Offer(contingent=1.0, value_baht=self.baht_per_hour * week.taper, controlling=self.controlling)

    def settle(self, people: People, week: WeekView, book: Mapping[str, NDArray[Any]]) -> Settlement:
        """Credit this week's hours, and let people redeem hours that others give this week, who hold most first."""
        given = (week.acts * week.live).astype(np.int32)
        held, turn = book["hours_held"], (np.arange(people.n) + week.week) * _EVEN % 1.0
        redeemed = matched(_asked(held, self.redeemed_share_per_week, turn), given, np.lexsort((turn, -held)))
        book["hours_redeemed"] += redeemed
        book["hours_held"] -= redeemed
        book["hours_earned"] += given
        book["hours_held"] += given
        return Settlement(service_satang=int(given.sum()) * satang(self.baht_to_arrange_an_hour))

    def greatest_liability(self, people: People, week: WeekView) -> int:
        """An hour is arranged for everybody eligible at every chance."""
        return int(week.eligible.sum()) * most_acts(week) * satang(self.baht_to_arrange_an_hour)


def _asked(held: NDArray[Any], share: float, turn: NDArray[Any]) -> NDArray[np.int32]:
    """Return the whole hours that each asks for: a share of what is held, rounded up in turn, so that shares add up."""
    asked: NDArray[np.int32] = np.minimum(np.floor(held * share + turn), held).astype(np.int32)
    return asked


def matched(asked: NDArray[Any], given: NDArray[Any], order: NDArray[np.int64]) -> NDArray[np.int32]:
    """Return how many of the hours asked for are given this week by somebody else, int32[N]; `order` says who is first.

    Hours can be matched exactly where together they are no more than all that is given, and each person's no more
    than what the others give.
    """
    total = int(given.sum())
    wanted = np.minimum(asked, total - given).astype(np.int64)
    before = np.cumsum(wanted[order]) - wanted[order]
    found = np.zeros(len(wanted), np.int32)
    found[order] = np.clip(total - before, 0, wanted[order])
    return found
