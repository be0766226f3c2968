"""A gift of thanks to everybody reached, whatever they do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from simulation.core.params import Text, unit
from simulation.incentives.base import Account, Offer, People, Scheme, Settlement, Strength, WeekView, satang

WEEKS_A_YEAR = 52


class ThankYouGift(Scheme):
    """A gift to everybody who takes part, once or once a year, with no condition.

    It appeals to reciprocity for some weeks after it came (Falk 2007: gifts with a letter raised donations); a T-shirt
    for blood donors: Reich and others (2006). For how long it is felt is a design value.

    Worked scenario::

        [arms.gift.schemes.shirt]
        kind = "thank_you_gift"
        behaviour = "blood"
        consent = "explicit"
        gift_baht = 120.0
        given = "yearly"
        enrolment = { mode = "opt-in", friction = "one-tap" }
        schedule = { start = 4, weeks = 56 }
    """

    label: ClassVar[Text] = Text(en="Thank-you gift", th="ของขวัญขอบคุณ")
    what: ClassVar[Text] = Text(
        en="Everybody reached gets a gift, without a condition.", th="ทุกคนที่เข้าร่วมได้ของขวัญโดยไม่มีเงื่อนไข"
    )
    literature: ClassVar[tuple[str, ...]] = (
        "Falk 2007, Econometrica 75(5)",
        "Reich and others 2006, doi:10.1111/j.1537-2995.2006.00856.x",
    )
    rests_on: ClassVar[Text] = Text(
        en="an appeal to reciprocity; for how long it is felt is a judgement",
        th="การตอบแทนน้ำใจ ส่วนที่ว่าผลอยู่นานเพียงใดเป็นการประเมินเอง",
    )
    strength: ClassVar[Strength] = "several studies"
    costs_most: ClassVar[Text] = Text(en="everybody eligible gets every gift", th="ผู้มีสิทธิ์ทุกคนได้รับของขวัญทุกครั้ง")
    amounts: ClassVar[tuple[str, ...]] = ("gift_baht",)

    kind: Literal["thank_you_gift"] = "thank_you_gift"
    gift_baht: float = Field(
        ge=0,
        le=1e6,
        description="Worth of a gift, baht.",
        json_schema_extra=unit("baht", "มูลค่าของขวัญ", "ของขวัญหนึ่งชิ้นมีมูลค่ากี่บาท"),
    )
    given: Literal["once", "yearly"] = Field(
        default="once",
        description="Once in all, or once a year.",
        json_schema_extra=unit("", "ให้เมื่อใด", "once ครั้งเดียว yearly ปีละครั้ง"),
    )
    weeks_felt: int = Field(
        default=4,
        ge=1,
        le=52,
        description="Weeks for which a gift is felt, that of its coming included.",
        json_schema_extra=unit("weeks", "จำนวนสัปดาห์ที่มีผล", "ของขวัญหนึ่งชิ้นมีผลต่อใจกี่สัปดาห์ นับสัปดาห์ที่ได้รับด้วย"),
    )

    @property
    def components(self) -> tuple[str, ...]:
        """A gift, where it is worth anything."""
        return ("thank_you_gift",) if self.gift_baht else ()

    def says(self) -> Text:
        """Say how much is given for what."""
        baht = f"{self.gift_baht:,.10g}"
        how, how_th = ("once a year", "ปีละครั้ง") if self.given == "yearly" else ("once", "หนึ่งครั้ง")
        return Text(
            en=f"a gift worth {baht} baht, {how}, whatever one does", th=f"ของขวัญมูลค่า {baht} บาท {how_th} โดยไม่มีเงื่อนไข"
        )

    def accounts(self) -> tuple[Account, ...]:
        """The week of each person's last gift, counted from 1 at the start; 0 for none. Gifts so far."""
        return (Account("last_gift", np.int16, "week of the scheme"), Account("gifts", np.int16, "gifts"))

    def offer(self, people: People, week: WeekView) -> Offer:
        """A = 1 from the week in which a gift comes for as long as it is felt; C = 0, c = 0."""
        if not self.components:
            return Offer.none()
        last, now = week.accounts["last_gift"], week.since_start + 1
        felt = self._due(last, now) | ((last > 0) & (now - last < self.weeks_felt))
        return Offer(appeal=felt.astype(np.float32) * np.float32(week.taper), controlling=self.controlling)

    def settle(self, people: People, week: WeekView, book: Mapping[str, NDArray[Any]]) -> Settlement:
        """Give to those who take part and whose gift is due."""
        if not self.components:
            return Settlement()
        last, now = book["last_gift"], week.since_start + 1
        given = self._due(last, now) & (week.live > 0)
        last[given] = now
        book["gifts"] += given.astype(np.int16)
        return Settlement(given.astype(np.int64) * satang(self.gift_baht * week.taper))

    def greatest_liability(self, people: People, week: WeekView) -> int:
        """Everybody eligible whose gift is due takes part."""
        due = self._due(week.accounts["last_gift"], week.since_start + 1) & (week.eligible > 0)
        return int(due.sum()) * satang(self.gift_baht)

    def _due(self, last: NDArray[Any], now: int) -> NDArray[np.bool_]:
        """Tell whose gift is due: nobody's twice, or nobody's twice in a year."""
        first: NDArray[np.bool_] = last == 0
        return first if self.given == "once" else first | (now - last >= WEEKS_A_YEAR)
