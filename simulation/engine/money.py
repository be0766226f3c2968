"""Money of a week: whether a scheme's budget still covers it, and what is paid. Whole satang throughout."""

from __future__ import annotations

from typing import Any

import numpy as np

from simulation.engine.state import SchemeState, State

SATANG = 100


def offer_closes(state: State, s: SchemeState, view: Any) -> bool:
    """Tell whether the scheme is closed: its budget no longer covers the greatest that a week could cost."""
    if s.ledger.closed:
        return True
    if s.ledger.budget_satang is None or s.ledger.covers(s.scheme.set_aside(state.prepared.people, view)):
        return False
    s.ledger.close(state.week)
    owed = s.scheme.pay_out(state.prepared.people, view, s.ledger.accounts)  # what was earned is paid all the same
    if s.ledger.enter(state.week, owed):
        state.paid_now.append((s.behaviour, owed.paid_satang))
    return True


def count_acts(state: State, s: SchemeState) -> None:
    """Count the acts of those live and of their twins, to tell how much of what is paid goes to acts done anyway."""
    live = state.live[s.index].view(np.bool_)
    s.acts_live += int(state.columns["acts"][s.behaviour][live].sum(dtype=np.int64))
    s.acts_live_twin += int(state.columns["acts_twin"][s.behaviour][live].sum(dtype=np.int64))


def settle_scheme(state: State, s: SchemeState, view: Any) -> None:
    """Let one scheme settle its week: what it credits is checked, paid and entered."""
    count_acts(state, s)
    settled = s.scheme.settle(state.prepared.people, view, s.ledger.accounts)
    running = round(s.scheme.run_cost_baht_per_week * SATANG)
    if s.ledger.enter(state.week, settled, running):
        state.paid_now.append((s.behaviour, settled.paid_satang))
