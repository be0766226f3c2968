"""What is kept of each scheme's money and claims when a run ends: a row a scheme, as text in the table of runs."""

from __future__ import annotations

import json
from typing import Any

from simulation.engine.money import SATANG
from simulation.engine.state import SchemeState, State

RUN_BY = {"organisation": "organisations", "locality": "localities"}
_EVER = {"took_part": "ever_enrolled", "signed_up": "signed_up"}
"""Columns of who ever took part: nobody is enrolled in a week in which the scheme is not offered."""


def ledgers_json(state: State) -> str:
    """Return the ledger rows of all schemes of the arm as JSON, in file order."""
    return json.dumps([{**ledger_row(s), **people_of(state, s)} for s in state.schemes], ensure_ascii=False)


def people_of(state: State, s: SchemeState) -> dict[str, int]:
    """Count who may take part in a scheme, whom its offer reaches, who ever took part, and who ever signed up."""
    reached = s.reached if s.units is None else s.units.reached * s.ever_eligible
    ever = {name: state.columns[column][s.index] for name, column in _EVER.items()}
    counted = {"eligible": s.ever_eligible, "reached": reached, **ever}
    return {name: int((column > 0).sum()) for name, column in counted.items()}


def ledger_row(s: SchemeState) -> dict[str, Any]:
    """Return a scheme's money in baht, claims in acts, and the weeks in which its money ended; -1 for never."""
    ledger = s.ledger
    return {
        "scheme": s.name,
        "when_spent": s.scheme.when_spent,
        "claims": s.claimed,
        "false_claims": s.false_claims,
        "wrongly_refused": s.refused,
        "paid_baht": ledger.paid_satang / SATANG,
        "paid_for_nothing_baht": s.paid_for_nothing_satang / SATANG,
        "due_baht": ledger.due_satang / SATANG,
        "service_baht": ledger.service_satang / SATANG,
        "checking_baht": ledger.checking_satang / SATANG,
        "running_baht": ledger.running_satang / SATANG,
        "run_by": "" if s.units is None else RUN_BY[s.units.units.kind],
        "granted_baht": 0.0 if s.units is None else s.units.granted_satang / SATANG,
        "cofunded_baht": ledger.cofunded_satang / SATANG,
        "closed_week": ledger.closed_week,
        "cut_week": ledger.cut_week,
        "waiting": s.n_waiting,
        "left_baht": None if ledger.budget_satang is None else (ledger.budget_satang - ledger.spent_satang) / SATANG,
    }
