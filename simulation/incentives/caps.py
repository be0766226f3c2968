"""Caps on what one person can earn, and what an act is expected to earn under one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from simulation.core.params import BetweenKeys, Frozen, Text, unit
from simulation.incentives.base import Account, WeekView, satang
from simulation.incentives.verification import Checks, claims

RECORD = (Account("acts_seen", np.int32, "acts"), Account("chances_seen", np.int32, "opportunities"))
"""What a citizen has done so far while taking part: how soon a cap of theirs is reached depends on it."""
_PRIOR_WEEKS = 4
"""Weeks at the population's rate that a citizen's own record starts with; a design value."""
_ROUNDING = 1e-6


class Caps(Frozen):
    """The most that one person can earn, a week or in all; further acts earn nothing, and nothing is lost."""

    label: ClassVar[Text] = Text(en="Caps", th="เพดานต่อคน")
    what: ClassVar[Text] = Text(
        en="The most that one person can earn, a week or in all; further acts earn nothing, and nothing is lost.",
        th="คนหนึ่งได้รับไม่เกินเท่าใด ต่อสัปดาห์หรือทั้งหมด ส่วนที่เกินไม่ได้เพิ่มและไม่เสียสิ่งที่ได้แล้ว",
    )

    acts_per_week: int | None = Field(
        default=None,
        ge=1,
        le=14,
        description="Acts a week that can earn.",
        json_schema_extra=unit("acts a week", "จำนวนครั้งต่อสัปดาห์", "ทำกี่ครั้งต่อสัปดาห์จึงเต็มเพดาน", unit_th="ครั้งต่อสัปดาห์"),
    )
    acts_in_all: int | None = Field(
        default=None,
        ge=1,
        le=100_000,
        description="Acts that can earn over the whole scheme.",
        json_schema_extra=unit("acts", "จำนวนครั้งทั้งหมด", "ทำกี่ครั้งตลอดมาตรการจึงเต็มเพดาน", unit_th="ครั้ง"),
    )
    baht_per_week: float | None = Field(
        default=None,
        ge=0.01,
        le=1e9,
        description="The most a person earns in a week, baht.",
        json_schema_extra=unit("baht a week", "จำนวนเงินต่อสัปดาห์", "คนหนึ่งได้รับไม่เกินกี่บาทต่อสัปดาห์"),
    )
    baht_in_all: float | None = Field(
        default=None,
        ge=0.01,
        le=1e9,
        description="The most a person earns over the whole scheme, baht.",
        json_schema_extra=unit("baht", "จำนวนเงินทั้งหมด", "คนหนึ่งได้รับไม่เกินกี่บาทตลอดมาตรการ"),
    )

    @property
    def some(self) -> bool:
        """Tell whether there is any cap."""
        return any(value is not None for value in self.__dict__.values())

    def accounts(self) -> tuple[Account, ...]:
        """What each citizen has earned and done so far; nothing where there is no cap."""
        if not self.some:
            return ()
        return (Account("acts_earning", np.float64, "acts"), Account("satang_earned", np.int64, "satang"), *RECORD)

    def room(self, accounts: Mapping[str, NDArray[Any]], each: float) -> NDArray[np.float64]:
        """Return how many acts can still earn this week, float64[N], at `each` satang an act."""
        earned = accounts["satang_earned"]
        room = np.full(len(earned), np.inf)
        if self.acts_per_week is not None:
            room = np.minimum(room, float(self.acts_per_week))
        if self.acts_in_all is not None:
            room = np.minimum(room, self.acts_in_all - accounts["acts_earning"])
        if self.baht_per_week is not None:
            room = np.minimum(room, satang(self.baht_per_week) / each)
        if self.baht_in_all is not None:
            room = np.minimum(room, (satang(self.baht_in_all) - earned) / each)
        return np.where(room * each + _ROUNDING < 1.0, 0.0, room)  # less than a satang is nothing

    def credit(
        self, week: WeekView, checks: Checks, each: float, book: Mapping[str, NDArray[Any]]
    ) -> NDArray[np.int64]:
        """Return what this week's claims earn within the caps, int64[N] in satang, and write it down.

        Fractions of a satang are left, so no sum passes a cap.
        """
        acts = claims(week, checks)
        if self.acts_per_week is not None:
            acts = np.minimum(acts, self.acts_per_week)
        if self.acts_in_all is not None:
            acts = np.minimum(acts, self.acts_in_all - book["acts_earning"])
        earned = np.floor(acts * each + _ROUNDING).astype(np.int64)
        if self.baht_per_week is not None:
            earned = np.minimum(earned, satang(self.baht_per_week))
        if self.baht_in_all is not None:
            earned = np.minimum(earned, satang(self.baht_in_all) - book["satang_earned"])
        book["acts_earning"] += acts
        book["satang_earned"] += earned
        note_record(week, book)
        return earned

    def most_satang(self, chances: int, each: float) -> int:
        """Return the most that one person can earn in a week of so many chances, satang: by acting at every one."""
        acts = chances
        for cap in (self.acts_per_week, self.acts_in_all):
            acts = acts if cap is None else min(acts, cap)
        most = round(acts * each) if not self.some else int(acts * each + _ROUNDING)
        for limit in (self.baht_per_week, self.baht_in_all):
            most = most if limit is None else min(most, satang(limit))
        return most

    def most_in_all(self, each: float) -> int | None:
        """Return the most that one person can earn in all, satang; None without a cap on it."""
        acts = None if self.acts_in_all is None else int(self.acts_in_all * each + _ROUNDING)
        baht = None if self.baht_in_all is None else satang(self.baht_in_all)
        return min((most for most in (acts, baht) if most is not None), default=None)

    def said(self) -> tuple[str, str]:
        """Say the caps in English and Thai, to stand behind what is given; empty where there is none."""
        found = [
            (f"{value:,.10g} {en}", f"{value:,.10g} {th}")
            for name, (en, th) in _WORDS.items()
            if (value := getattr(self, name)) is not None
        ]
        if not found:
            return "", ""
        return f", at most {' and '.join(en for en, _ in found)}", f" ไม่เกิน {' และ '.join(th for _, th in found)}"


_WORDS = {
    "acts_per_week": ("acts a week", "ครั้งต่อสัปดาห์"),
    "acts_in_all": ("acts in all", "ครั้งตลอดมาตรการ"),
    "baht_per_week": ("baht a week", "บาทต่อสัปดาห์"),
    "baht_in_all": ("baht in all", "บาทตลอดมาตรการ"),
}


def never_cut(scheme: object) -> None:
    """Raise BetweenKeys where a limit could cut what people redeem: what they hold would fall and nothing be paid."""
    cut = getattr(scheme, "when_spent", "close") == "pro-rata"
    if cut or getattr(scheme, "budget_baht_per_head", None) is not None:
        raise BetweenKeys(
            'What people hold cannot be cut when they redeem it: neither when_spent = "pro-rata" nor '
            '"budget_baht_per_head" goes with it. Limit the stock or what can be earned',
            'แต้มที่ถืออยู่ลดไม่ได้เมื่อนำมาแลก จึงใช้กับ when_spent = "pro-rata" หรือ "budget_baht_per_head" ไม่ได้ '
            "ให้จำกัดจำนวนของรางวัลหรือเพดานที่ได้รับ",
        )


def note_record(week: WeekView, book: Mapping[str, NDArray[Any]]) -> None:
    """Add this week to the own record of those who take part."""
    book["acts_seen"] += (week.acts * week.live).astype(np.int32)
    book["chances_seen"] += (week.opportunities * week.live).astype(np.int32)


def own_rate(week: WeekView) -> NDArray[np.float64]:
    """Return the share of chances that each citizen takes, by the own record; it starts at the population's rate."""
    weight = _PRIOR_WEEKS * max(1.0, week.n)
    done, chances = week.accounts["acts_seen"], week.accounts["chances_seen"]
    return np.asarray((done + weight * week.baseline) / (chances + weight))


def share_earning(week: WeekView, room: NDArray[np.float64]) -> float | NDArray[np.float64]:
    """Return what part of its worth one more act is expected to earn where `room` acts can still earn this week.

    The mean of min(max(room - m, 0), 1) over the m acts done at the week's other chances, binomial at the own rate: 1
    where no cap is near, 0 where it is reached, and small for those who would pass it anyway.
    """
    others = max(1, round(week.n)) - 1
    if not len(room) or float(room.min()) > others:
        return 1.0
    rate = np.clip(own_rate(week), 1e-6, 1.0 - 1e-6)
    mass = np.ones(len(room))
    for _ in range(others):
        mass = mass * (1.0 - rate)
    share = np.zeros(len(room))
    for m in range(others + 1):
        share += mass * np.clip(room - m, 0.0, 1.0)
        mass = mass * (rate / (1.0 - rate)) * (others - m) / (m + 1)
    return np.minimum(share, 1.0)


def capped(week: WeekView, caps: Caps, baht_per_act: float) -> tuple[NDArray[np.float32], NDArray[np.float32]] | None:
    """Return who can still earn, 0/1, and what one more act is expected to earn, baht; None without caps."""
    if not caps.some or baht_per_act <= 0.0:
        return None
    room = caps.room(week.accounts, baht_per_act * 100)
    value = np.asarray(baht_per_act * share_earning(week, room), dtype=np.float32)
    return (room > 0).astype(np.float32), np.broadcast_to(value, room.shape)
