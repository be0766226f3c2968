"""The ledger of one scheme: its accounts and its money, in whole satang. Nothing in it can be negative."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.core.errors import KwamdeeError
from simulation.incentives.base import Settlement

OPEN = -1
"""Closed in no week."""


_NEGATIVE = (
    "a settlement has a negative entry; schemes can only give",
    "การจ่ายมีรายการติดลบ มาตรการให้ได้อย่างเดียว",
)


class LedgerError(KwamdeeError):
    """A scheme tried to pay what it must not: a mistake in the scheme's code, never in a scenario."""


@dataclass(frozen=True)
class Entry:
    """One week's money: to people, to areas, for delivery, for running the scheme; what others paid of the first."""

    week: int
    people_satang: int
    area_satang: int
    service_satang: int
    running_satang: int
    cofunded_satang: int = 0


@dataclass
class Ledger:
    """What a scheme remembers and what it has paid; only `enter` moves money, and only outwards.

    `due_satang` is what people and areas would have been paid, had nothing been cut for want of money.
    """

    accounts: Mapping[str, NDArray[Any]]
    budget_satang: int | None = None
    entries: list[Entry] = field(default_factory=list)
    closed_week: int = OPEN
    paid_satang: int = 0  # to people and areas
    service_satang: int = 0  # for messages, certificates and the like
    running_satang: int = 0
    week_satang: int | None = None  # the most of one week
    received: NDArray[np.int64] | None = None  # by citizen; kept where there is a limit a head
    promised: NDArray[np.int64] | None = None  # by citizen, what was due under that limit, had nothing been cut
    due_satang: int = 0
    cut_week: int = OPEN  # the first week in which less was paid than was due
    checking_satang: int = 0  # of the services, for checks
    cofunded_satang: int = 0  # of what was paid, what organisations or localities paid themselves
    granted_satang: int = 0  # of what areas were paid, grants to those that run the scheme

    @property
    def spent_satang(self) -> int:
        """What the budget has gone on: payments, less what others paid of them, and services."""
        return self.paid_satang + self.service_satang - self.cofunded_satang

    def covers(self, liability_satang: int) -> bool:
        """Tell whether the budgets, in all and of a week, cover the most that a week could cost."""
        left = self.left_satang
        return left is None or liability_satang <= left

    @property
    def left_satang(self) -> int | None:
        """What may still be spent this week; None where there is no budget."""
        left = None if self.budget_satang is None else self.budget_satang - self.spent_satang
        return self.week_satang if left is None else left if self.week_satang is None else min(left, self.week_satang)

    @property
    def paid_share(self) -> float:
        """Share of what was due that was paid, 1 where nothing was due."""
        return self.paid_satang / self.due_satang if self.due_satang else 1.0

    def promise(self, earned: NDArray[np.int64], most: int) -> NDArray[np.int64]:
        """Return what of a week's earnings is due under a limit a head, whatever was cut before, and note it."""
        if self.promised is None:
            self.promised = np.zeros(len(earned), np.int64)
        owed = np.minimum(earned, most - self.promised)
        self.promised = self.promised + owed
        return owed

    def close(self, week: int) -> None:
        """Note the first week in which the budget covered no more; the offer is closed from then on."""
        if self.closed_week == OPEN:
            self.closed_week = week

    @property
    def closed(self) -> bool:
        """Tell whether the budget has run out."""
        return self.closed_week != OPEN

    def enter(
        self,
        week: int,
        settled: Settlement,
        running_satang: int = 0,
        due: Settlement | None = None,
        cofunded_satang: int = 0,
    ) -> int:
        """Write a week's settlement down and return what goes to people, satang; the budget bears what others do not.

        `due` is what it would have been, had nothing been cut.

        Raises:
            LedgerError: For a negative entry, fractions of satang, or more than the budget holds.
        """
        people = _total(settled.paid_satang)
        area, service = int(settled.area_paid_satang), int(settled.service_satang)
        if min(area, service, running_satang, cofunded_satang, people - cofunded_satang) < 0:
            raise LedgerError(*_NEGATIVE)
        if not self.covers(people + area + service - cofunded_satang):
            more, left = people + area + service - cofunded_satang, self.left_satang
            raise LedgerError(
                f"week {week}: {more} satang would pass the budget, of which {left} are left; "
                "greatest_liability() promised less than settle() pays",
                f"สัปดาห์ที่ {week}: {more} สตางค์จะเกินงบประมาณที่เหลือ {left} "
                "เพราะ greatest_liability() ให้ค่าน้อยกว่าที่ settle() จ่าย",
            )
        self.paid_satang += people + area
        self.service_satang += service
        self.running_satang += running_satang
        self._note(week, settled if due is None else due, people + area)
        if self.received is not None and settled.paid_satang is not None:
            self.received += settled.paid_satang
        self.cofunded_satang += cofunded_satang
        if people or area or service or running_satang:
            self.entries.append(Entry(week, people, area, service, running_satang, cofunded_satang))
        return people

    def owe(self, week: int, due: Settlement) -> None:
        """Note what was earned and is not paid, for the money has ended."""
        self._note(week, due, 0)

    def _note(self, week: int, due: Settlement, paid_satang: int) -> None:
        owed = _total(due.paid_satang) + int(due.area_paid_satang)
        self.due_satang += owed
        if owed > paid_satang and self.cut_week == OPEN:
            self.cut_week = week


def _total(paid: NDArray[np.int64] | None) -> int:
    if paid is None or not len(paid):
        return 0
    if not np.issubdtype(paid.dtype, np.integer):
        raise LedgerError(
            f"a settlement is in whole satang (int64), not {paid.dtype}",
            f"การจ่ายต้องเป็นสตางค์จำนวนเต็ม (int64) แต่ได้รับ {paid.dtype}",
        )
    if int(paid.min()) < 0:
        raise LedgerError(*_NEGATIVE)
    return int(paid.sum(dtype=np.int64))
