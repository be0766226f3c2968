"""Budgets: in all, of a week, for one person; and what happens as the money ends. What is given is never taken back.

- close: the offer is open while the budget covers the most that a week could cost, then it closes for all;
- pro-rata: it is open until the money is gone; a pay-out that would pass what is left is cut in proportion, as
  announced beforehand;
- waiting-list: no more people are let in than the money can serve to the end; nobody who is in is ever cut.
"""

from __future__ import annotations

from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from simulation.core.params import BetweenKeys

WhenSpent = Literal["close", "pro-rata", "waiting-list"]
NEEDS_A_BUDGET = (
    'when_spent = "{}" needs "budget_baht" or "budget_baht_per_week"',
    'when_spent = "{}" ต้องมี "budget_baht" หรือ "budget_baht_per_week"',
)
FOR_PERSONS = (
    'when_spent = "waiting-list" is for schemes that single people sign up for, not for organisations or areas',
    'when_spent = "waiting-list" ใช้กับมาตรการระดับบุคคลเท่านั้น ไม่ใช้กับองค์กรหรือพื้นที่',
)
_LARGEST = 2**63 - 1


class Limited(Protocol):
    """A scheme, as far as its money goes."""

    @property
    def level(self) -> str:
        """Individual, organisation or area."""

    @property
    def budget_baht(self) -> float | None:
        """The most in all."""

    @property
    def budget_baht_per_week(self) -> float | None:
        """The most of a week."""

    @property
    def when_spent(self) -> WhenSpent:
        """What happens as the money ends."""


def check_limits(scheme: Limited) -> None:
    """Raise BetweenKeys where `when_spent` has no budget to speak of, or nobody who could wait."""
    for en, th in limit_mistakes(scheme.when_spent, has_budget(scheme), scheme.level):
        raise BetweenKeys(en, th)


def has_budget(scheme: Limited) -> bool:
    """Tell whether all that is paid is limited, in all or by week."""
    return scheme.budget_baht is not None or scheme.budget_baht_per_week is not None


def limit_mistakes(when_spent: str, budget: bool, level: str) -> list[tuple[str, str]]:
    """Return what does not hang together, in English and Thai."""
    found = []
    if when_spent in ("pro-rata", "waiting-list") and not budget:
        found.append((NEEDS_A_BUDGET[0].format(when_spent), NEEDS_A_BUDGET[1].format(when_spent)))
    if when_spent == "waiting-list" and level != "individual":
        found.append(FOR_PERSONS)
    return found


def in_proportion(due: NDArray[np.int64], money: int) -> NDArray[np.int64]:
    """Share out less money than is due in proportion, whole satang, to the last one of it; int64 of the same shape.

    Everybody gets the whole satang of their part; what is left over goes, one each, to the largest fractions, in the
    order of the rows where these are alike.
    """
    total = int(due.sum(dtype=np.int64))
    if total <= money:
        return due
    most = int(due.max())
    exact = due if most * money <= _LARGEST else due.astype(object)  # Python's integers where 64 bits are too few
    parts = exact * money
    given = np.asarray(parts // total, dtype=np.int64)
    over = money - int(given.sum())
    if over:
        rest = np.asarray(parts % total, dtype=np.float64)
        given[np.argsort(-rest, kind="stable")[:over]] += 1
    return given
