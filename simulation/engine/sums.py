"""What a finished run sums up to: money in baht, people, and acts of each week, without its series."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.engine.record import DEMOGRAPHIC_CELLS, FIFTHS, Records
from simulation.engine.state import State
from simulation.engine.totals import COUNTS, Totals

SATANG = 100


def money_and_people(state: State) -> dict[str, float | int]:
    """Return what the outcomes of a run need beside its counts: baht, those ever live and those eligible.

    `budget_closed_week` is the first week that a budget did not cover, -1 where there was none.
    """
    eligible, _ = may_and_reached(state)
    closed = [s.closed_week for s in state.schemes if s.closed_week >= 0]
    return {
        "paid_baht": sum(s.paid_satang for s in state.schemes) / SATANG,
        "paid_additional_baht": sum(s.paid_additional_satang for s in state.schemes) / SATANG,
        "running_baht": sum(s.running_satang + s.ledger.service_satang for s in state.schemes) / SATANG,
        "paid_for_nothing_baht": sum(s.paid_for_nothing_satang for s in state.schemes) / SATANG,
        "checking_baht": sum(s.ledger.checking_satang for s in state.schemes) / SATANG,
        "ever_live": int((state.ever_live > 0).sum()),
        "eligible": int(eligible.sum()),
        "budget_closed_week": min(closed, default=-1),
    }


def may_and_reached(state: State) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return who is eligible for any scheme of the arm, and who of them any such scheme reaches."""
    eligible, reached = (np.zeros(state.prepared.n, dtype=bool) for _ in range(2))
    for s in state.schemes:
        eligible |= s.ever_eligible > 0
        reached |= (s.reached if s.units is None else s.units.reached * s.ever_eligible) > 0
    return eligible, reached


def take_up_gap_income(state: State) -> float:
    """Return take-up of the richest fifth less that of the poorest, share; NaN where either has nobody eligible."""
    eligible, _ = may_and_reached(state)
    fifth = state.prepared.citizens.income_fifth
    can = np.bincount(fifth[eligible], minlength=FIFTHS)
    did = np.bincount(fifth[eligible & (state.ever_live > 0)], minlength=FIFTHS)
    if not (can[0] and can[-1]):
        return float("nan")
    return float(did[-1] / can[-1] - did[0] / can[0])


def weekly_totals(records: Records | Totals) -> tuple[dict[str, NDArray[np.int64]], dict[str, NDArray[np.int64]]]:
    """Return acts, acts of the twins and opportunities of each week, behaviours together: of all, of those never live.

    Each is int64[weeks].
    """
    if isinstance(records, Totals):
        return records.weekly()
    overall, never = {}, {}
    for name in COUNTS:
        counts: NDArray[Any] = getattr(records, name)
        cells = counts.reshape(records.weeks, -1, DEMOGRAPHIC_CELLS, 4).sum(axis=(1, 2))
        overall[name] = cells.sum(axis=1)
        never[name] = cells[:, ::2].sum(axis=1)  # the odd ones were live before
    return overall, never
