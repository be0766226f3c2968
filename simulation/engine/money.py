"""Money of a week: whether a scheme's budget still covers it, and what is paid. Whole satang throughout."""

from __future__ import annotations

from typing import Any

import numpy as np

from simulation.engine.state import SchemeState, State

SATANG = 100


def offer_closes(state: State, s: SchemeState, view: Any) -> bool:
    """Tell whether the scheme is closed: its budget no longer covers the greatest that a week could cost."""
    if s.closed_week >= 0:
        return True
    budget = s.scheme.budget_baht
    if budget is None:
        return False
    most = s.scheme.greatest_liability(state.citizens, view)
    if s.paid_satang + most <= round(budget * SATANG):
        return False
    s.closed_week = state.week
    return True


def settle_schemes(state: State, s: SchemeState, view: Any) -> None:
    """Let one scheme settle its week: what it credits is checked, paid and entered."""
    s.running_satang += round(s.scheme.run_cost_baht_per_week * SATANG)
    settled = s.scheme.settle(state.citizens, view, s.accounts)
    area = int(np.sum(settled.area_paid_satang))
    paid = settled.paid_satang
    if area < 0 or (paid is not None and len(paid) and int(paid.min()) < 0):
        raise ValueError(f"scheme {s.name!r} tried to take money; schemes can only give")
    s.paid_satang += area
    if paid is None:
        return
    total = int(paid.sum())
    if total:
        s.paid_satang += total
        state.paid_now.append((s.behaviour, paid))
