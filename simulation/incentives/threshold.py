"""A bonus for acting often enough in a stretch of weeks: whom it still pulls, and who has earned it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.incentives.base import Account, WeekView
from simulation.incentives.verification import Checks, claims, enough

COUNTS = (Account("acts_in_stretch", np.int32, "acts"), Account("claims_in_stretch", np.float64, "acts"))
"""Acts and claims of each citizen in the stretch so far."""


def still_pulls(week: WeekView, needed: int, weeks_left: int) -> NDArray[np.float32]:
    """Return 1 for those neither past the threshold nor unable to reach it, float32[N].

    `weeks_left` counts this week. A stretch that does not end within the schedule is offered to nobody.
    """
    done = week.accounts["acts_in_stretch"]
    if weeks_left > week.weeks_to_end:
        return np.zeros(len(done), np.float32)
    within = done + weeks_left * max(1, round(week.n)) >= needed
    return ((done < needed) & within).astype(np.float32)


def count(week: WeekView, checks: Checks, book: Mapping[str, NDArray[Any]]) -> None:
    """Add this week's acts and claims of those who take part."""
    book["acts_in_stretch"] += (week.acts * week.live).astype(np.int32)
    book["claims_in_stretch"] += claims(week, checks)


def earned(week: WeekView, book: Mapping[str, NDArray[Any]], needed: int) -> NDArray[np.bool_]:
    """Tell who has claimed enough, those who left since among them: leaving costs nothing."""
    return enough(book["claims_in_stretch"], needed, week)


def begin_again(book: Mapping[str, NDArray[Any]]) -> None:
    """Start a new stretch at nothing."""
    for account in COUNTS:
        book[account.name][:] = 0
