"""The waiting list: no more are let in than the money can serve to the end, the others in order of signing up."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.core.streams import PLACES
from simulation.engine.organise import all_granted
from simulation.engine.state import SchemeState, State
from simulation.incentives.base import WeekView
from simulation.incentives.settling import liability

NOT_WAITING = -1
_WRITTEN = ("enrolled", "ever_enrolled", "joined_week")
Before = dict[str, NDArray[Any]]


def before_sign_up(state: State, s: SchemeState) -> Before:
    """Remember who was in before this week's sign-ups."""
    return {name: state.columns[name][s.index].copy() for name in _WRITTEN}


def free_to_sign_up(s: SchemeState) -> NDArray[np.uint8]:
    """Return the eligible whom a channel reaches and who do not wait already."""
    if s.waiting is None:
        return s.reached
    return np.asarray(s.reached * (s.waiting == NOT_WAITING).view(np.uint8))


def let_in(state: State, s: SchemeState, before: Before) -> None:
    """Put this week's sign-ups at the end of the list, drawn among themselves, then let in as many as can be served."""
    if s.waiting is None:
        return
    c, j, week = state.columns, s.index, state.week
    fresh = (c["enrolled"][j] > 0) & (before["enrolled"] == 0)
    for name in _WRITTEN:
        c[name][j][fresh] = before[name][fresh]
    s.waiting[fresh] = week
    held = (c["enrolled"][j] > 0) | _still_owed(state, s)
    queue = np.flatnonzero(s.waiting != NOT_WAITING)
    draw = state.prepared.streams.uniform64(PLACES, state.citizens.ids[queue], s.number)
    queue = queue[np.lexsort((draw, s.waiting[queue]))]
    admitted = queue[: _places(state, s, held, queue)]
    c["enrolled"][j][admitted] = 1
    c["ever_enrolled"][j][admitted] = 1
    c["joined_week"][j][admitted] = week
    s.waiting[admitted] = NOT_WAITING
    held[admitted] = True
    s.served = held.view(np.uint8)


def _still_owed(state: State, s: SchemeState) -> NDArray[np.bool_]:
    """Return those who left but may have earned what is paid later; their place is not free yet."""
    own = any(a.per == "citizen" for a in s.scheme.accounts())
    weeks = s.scheme.owes_for_weeks if own else 0
    return np.asarray(state.week - state.columns["left_week"][s.index].astype(np.int64) < weeks)


def _places(state: State, s: SchemeState, held: NDArray[np.bool_], queue: NDArray[np.int64]) -> int:
    """Return how many of the queue fit in: the most for whom the budgets cover every week to the end."""

    def fit(k: int) -> bool:
        mask = held.copy()
        mask[queue[:k]] = True
        return _covered(state, s, mask.view(np.uint8))

    low, high = 0, len(queue)
    if not high or fit(high):
        return high
    while high - low > 1:  # low fits, high does not
        middle = (low + high) // 2
        low, high = (middle, high) if fit(middle) else (low, middle)
    return low


def _covered(state: State, s: SchemeState, served: NDArray[np.uint8]) -> bool:
    """Tell whether the money covers the most that these people could be paid in every week to the end."""
    scheme, ledger, view = s.scheme, s.ledger, s.ahead
    schedule, total = scheme.schedule, 0
    for week in filter(schedule.is_live, range(state.week, schedule.end)):
        ahead: WeekView = replace(
            view,
            week=week,
            since_start=schedule.since_start(week),
            weeks_to_end=schedule.weeks_to_end(week),
            outreach_satang=view.outreach_satang if week == state.week else 0,
            granted_satang=all_granted(s, week),
            taper=schedule.taper_factor(week),
            eligible=served,
        )
        most = liability(scheme, state.prepared.people, ahead)
        total += most
        if ledger.week_satang is not None and most > ledger.week_satang:
            return False
        if ledger.budget_satang is not None and ledger.spent_satang + total > ledger.budget_satang:
            return False
    return True
