"""Points worth money: each verified act earns a small sum."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from simulation.core.params import BetweenKeys, DailyWages, Share, Text, unit
from simulation.incentives.base import Account, Offer, People, Scheme, Settlement, Strength, WeekView
from simulation.incentives.caps import Caps, capped, never_cut
from simulation.incentives.verification import claimed_satang

REDEEM_PURPOSE = 40


class Points(Scheme):
    """Points that can be exchanged for money or goods, a fixed worth for each act.

    The jump at any contingent reward and the log of its worth follow DellaVigna and Pope (2018) and Thornton (2008);
    national use: Singapore's National Steps Challenge (Yao and others 2022).

    `caps` bound what one person can earn: once a cap is reached an act has neither v nor C, and near it v is the chance
    that one more act still earns. With `valid_weeks` points stay on a person's account, under a validity announced when
    they are earned; what is not redeemed by then, or by the end of the scheme, is paid out by itself: nothing lapses.

    Worked scenario::

        [arms.points.schemes.steps]
        kind = "points"
        behaviour = "exercise"
        baht_per_act = 2.0
        enrolment = { mode = "opt-in", friction = "one-tap" }
        schedule = { start = 4, weeks = 26 }
    """

    label: ClassVar[Text] = Text(en="Points worth money", th="แต้มแลกเงินหรือของ")
    what: ClassVar[Text] = Text(en="Each act earns points worth money.", th="ทำแต่ละครั้งได้แต้มที่มีมูลค่าเป็นเงิน")
    literature: ClassVar[tuple[str, ...]] = (
        "DellaVigna, Pope 2018, doi:10.1093/restud/rdx033",
        "Thornton 2008, doi:10.1257/aer.98.5.1829",
    )
    rests_on: ClassVar[Text] = Text(
        en="any reward for an act, and the logarithm of its worth",
        th="การมีรางวัล และลอการิทึมของมูลค่า",
    )
    strength: ClassVar[Strength] = "several studies"
    pays_on_claims: ClassVar[bool] = True
    costs_most: ClassVar[Text] = Text(en="everybody eligible acts at every chance", th="ผู้มีสิทธิ์ทุกคนทำทุกครั้งที่มีโอกาส")
    amounts: ClassVar[tuple[str, ...]] = ("baht_per_act", "days_of_wage_per_act")
    controlling: ClassVar[float] = 0.5
    lots_decide_who: ClassVar[bool] = True

    kind: Literal["points"] = "points"
    baht_per_act: float | None = Field(
        default=None,
        ge=0,
        le=1e6,
        description="Worth of an act, baht; either this or days_of_wage_per_act is needed.",
        json_schema_extra=unit(
            "baht an act", "มูลค่าต่อครั้ง", "แต้มของการกระทำหนึ่งครั้งมีมูลค่ากี่บาท ต้องระบุค่านี้หรือ days_of_wage_per_act อย่างใดอย่างหนึ่ง"
        ),
    )
    days_of_wage_per_act: DailyWages | None = Field(
        default=None,
        description="Worth of an act, days of the person's own wage; a study's, and not paid.",
        json_schema_extra=unit(
            "days of own wage", "มูลค่าเป็นวันค่าจ้าง", "มูลค่าของการกระทำหนึ่งครั้ง คิดเป็นวันของค่าจ้างตนเอง ใช้กับงานวิจัย ไม่มีการจ่าย"
        ),
    )

    caps: Caps = Field(
        default=Caps(),
        description="The most that one person can earn.",
        json_schema_extra=unit("", "เพดานต่อคน", "คนหนึ่งได้รับไม่เกินเท่าใด"),
    )
    valid_weeks: int = Field(
        default=0,
        ge=0,
        le=52,
        description="Weeks until points that were not redeemed are paid out by themselves; 0 pays at once.",
        json_schema_extra=unit(
            "weeks", "อายุแต้ม", "แต้มที่ยังไม่ได้แลกจะจ่ายเป็นเงินเองเมื่อครบกี่สัปดาห์ 0 จ่ายทันที แต้มไม่หมดอายุโดยเสียเปล่า"
        ),
    )
    redeemed_per_week: Share = Field(
        default=0.0,
        description="Share of holders who redeem all they hold in a week; only with valid_weeks.",
        json_schema_extra=unit("share", "สัดส่วนผู้แลกแต้ม", "สัดส่วนของผู้มีแต้มที่แลกแต้มทั้งหมดในสัปดาห์หนึ่ง ใช้กับ valid_weeks เท่านั้น"),
    )

    @model_validator(mode="after")
    def _one_amount(self) -> Points:
        if (self.baht_per_act is None) == (self.days_of_wage_per_act is None):
            raise BetweenKeys(
                'Give either "baht_per_act" or "days_of_wage_per_act"',
                'ให้ "baht_per_act" หรือ "days_of_wage_per_act" อย่างใดอย่างหนึ่ง',
            )
        if self.baht_per_act is None and (self.caps.some or self.valid_weeks):
            raise BetweenKeys(
                '"caps" and "valid_weeks" go with "baht_per_act"; days of wage are a study\'s and are not paid',
                '"caps" และ "valid_weeks" ใช้กับ "baht_per_act" ส่วนวันของค่าจ้างเป็นของงานวิจัยและไม่มีการจ่าย',
            )
        if self.valid_weeks:
            never_cut(self)
        if self.redeemed_per_week and not self.valid_weeks:
            raise BetweenKeys(
                '"redeemed_per_week" goes with "valid_weeks"; without it points are paid at once',
                '"redeemed_per_week" ใช้กับ "valid_weeks" ถ้าไม่มีจะจ่ายแต้มทันที',
            )
        return self

    @property
    def components(self) -> tuple[str, ...]:
        """Points, where they are worth anything."""
        return ("points",) if (self.baht_per_act or self.days_of_wage_per_act) else ()

    def says(self) -> Text:
        """Say how much is given for what."""
        if self.baht_per_act is None:
            days = f"{self.days_of_wage_per_act:g}"
            return Text(en=f"{days} days of one's own wage for each act", th=f"{days} วันของค่าจ้างตนเองต่อครั้ง")
        en, th = self.caps.said()
        baht = f"{self.baht_per_act:,.10g}"
        return Text(en=f"{baht} baht for each act{en}", th=f"{baht} บาทต่อครั้ง{th}")

    def accounts(self) -> tuple[Account, ...]:
        """What each citizen earned under a cap, and points by the week they were earned; nothing by default."""
        held = [Account(_slot(k), np.int64, "satang") for k in range(self.valid_weeks)]
        owed = [Account("satang_owed", np.int64, "satang", per="scheme")] if held else []
        return (*self.caps.accounts(), *held, *owed)

    def offer(self, people: People, week: WeekView) -> Offer:
        """C = 1, v = worth of an act, c = .5; C = v = 0 for those who have reached a cap."""
        if not self.components:
            return Offer.none()
        full = (self.baht_per_act or 0.0) * week.taper
        value: float | NDArray[np.float32] = full
        if self.days_of_wage_per_act:
            value = people.wage * np.float32(self.days_of_wage_per_act * week.taper)
        near = capped(week, self.caps, full)
        contingent, value = (1.0, value) if near is None else near
        return Offer(
            contingent=contingent,
            value_baht=value,
            delay_weeks=self._delay(week),
            controlling=self.controlling,
            weekly_value_baht=None if near is None else full,
        )

    def _delay(self, week: WeekView) -> float:
        """Return the weeks that points earned now are expected to wait, given who redeems before they must be paid."""
        last = min(self.valid_weeks, max(0, week.weeks_to_end - 1))
        still, total = 1.0, 0.0
        for _ in range(last):
            total += still
            still *= 1.0 - self.redeemed_per_week
        return total

    def settle(self, people: People, week: WeekView, book: Mapping[str, NDArray[Any]]) -> Settlement:
        """Credit every claimed act of those who take part. Worths in days of wage are a study's and cost nothing here.

        Points are paid at once; with a validity those that reach its end are, with those of whoever redeems this week,
        and in the last week all that is owed. Who left is paid alike.
        """
        if not self.baht_per_act:
            return Settlement()
        each = self.baht_per_act * week.taper * 100
        if self.caps.some:
            earned = self.caps.credit(week, self.checks, each, book)
        else:
            earned = claimed_satang(week, self.checks, each)
        if not self.valid_weeks:
            return Settlement(earned)
        due = book[_slot(week.since_start % self.valid_weeks)]
        paid, due[:] = due.copy(), 0
        if self.redeemed_per_week and week.uniforms is not None:
            paid += self._taken(book, week.uniforms(REDEEM_PURPOSE) < self.redeemed_per_week)
        due[:] = earned
        if week.weeks_to_end <= 1:
            paid += self._taken(book, np.ones(len(paid), np.bool_))
        book["satang_owed"] += int(earned.sum()) - int(paid.sum())
        return Settlement(paid)

    def pay_out(self, people: People, week: WeekView, book: Mapping[str, NDArray[Any]]) -> Settlement:
        """Pay all points that are still held."""
        if not (self.baht_per_act and self.valid_weeks):
            return Settlement()
        paid = self._taken(book, np.ones(people.n, np.bool_))
        book["satang_owed"][:] = 0
        return Settlement(paid)

    def _taken(self, book: Mapping[str, NDArray[Any]], who: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Take all that `who` hold off their accounts, to be paid to them, satang."""
        paid, rows = np.zeros(len(who), np.int64), np.flatnonzero(who)
        for k in range(self.valid_weeks):
            held = book[_slot(k)]
            paid[rows] += held[rows]
            held[rows] = 0
        return paid

    def greatest_in_all(self, people: People, week: WeekView) -> int | None:
        """Everybody eligible earns up to the cap; points that wait are worth no more than all that can be earned."""
        each, eligible = (self.baht_per_act or 0.0) * 100, int(week.eligible.sum())
        most = self.caps.most_in_all(each)
        if self.valid_weeks:  # a week's liability holds what is owed from before, so weeks do not add up
            earned = self.caps.most_satang(max(1, round(week.n)), each) * week.weeks_to_end
            most = earned if most is None else min(most, earned)
        return None if most is None else eligible * most

    def greatest_liability(self, people: People, week: WeekView) -> int:
        """Everybody eligible acts at every chance and all held is redeemed; worths in days of wage cost nothing."""
        if not self.baht_per_act:
            return 0
        each = self.baht_per_act * week.taper * 100
        owed = int(week.accounts["satang_owed"][0]) if self.valid_weeks else 0
        return owed + int(week.eligible.sum()) * self.caps.most_satang(max(1, round(week.n)), each)


def _slot(week: int) -> str:
    return f"points_{week}"
