"""How much of what a scheme adds is driven by others' eyes: honours seen, what others do, how one compares.

Every fourth week the push of an even sample of citizens is taken apart, as `engine.decision` takes apart that of single
ones, but for the terms that push upwards alone. It draws nothing and writes no column.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.agents import equations as law
from simulation.engine.decision import BETAS, REASONS, at, bundles_at
from simulation.engine.state import State
from simulation.engine.terms import BehaviourTerms

EVERY = 4
"""Weeks from one look to the next."""
SAMPLE = 1_000
"""Citizens looked at, at most; every n-th of all."""
OTHERS = ("recognition", "message")
"""The reasons that live by others' eyes: an honour that is seen, how often others act. The norm is one of them too."""
_OTHERS = [REASONS.index(name) for name in OTHERS]


def look_at_pressure(state: State) -> None:
    """Add this week's additional acts and what others' eyes drive of them; call it between decide and learn."""
    if state.week % EVERY:
        return
    aimed = {s.behaviour for s in state.schemes if s.features is not None}
    rows = np.arange(0, state.prepared.n, -(-state.prepared.n // SAMPLE), dtype=np.int64) if aimed else None
    for b in state.prepared.behaviours:
        if b.index in aimed and rows is not None:
            _look(state, b, rows)


def _look(state: State, b: BehaviourTerms, rows: NDArray[np.int64]) -> None:
    extra = state.probability(b.index, rows) - _twin(state, b, rows)
    more = extra > 0
    rows = rows[more]
    if not len(rows):
        return
    eyes, push = pushes(state, b, rows)
    some = push > 0
    weight = extra[more][some].astype(np.float64) * b.opportunities
    state.moved += float(weight.sum())
    state.eyes += float((weight * eyes[some] / push[some]).sum())


def pushes(state: State, b: BehaviourTerms, rows: NDArray[np.int64]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return for some citizens what pushes upwards by others' eyes, and all that does; logit, float64.

    Of today's reasons and habit the weaker does not act where both push one way, equation (5), and counts as 0.
    """
    p, c, i = state.prepared, state.columns, b.index
    betas = np.array([getattr(p.betas, name) for name in BETAS], np.float64)[:, None]
    reasons = np.zeros((len(REASONS), len(rows)))
    bundles, unknown = bundles_at(state, i, rows)
    for pulls in bundles:
        reasons += betas * np.stack([pulls[name] for name in REASONS]) * p.responsiveness[i][rows]
    reason = reasons.sum(axis=0)
    surplus = np.clip(unknown, -reason, reason)
    norm = b.visible_norm * c["norm"][i][rows].astype(np.float64)
    habit = b.habit * c["habit"][i][rows].astype(np.float64)
    today = reason + surplus + norm
    acts_today = ~((today * habit > 0) & (np.abs(today) < np.abs(habit)))
    acts_habit = ~((today * habit > 0) & ~(np.abs(today) < np.abs(habit)))
    seen = (reasons[_OTHERS].sum(axis=0) + np.maximum(norm, 0.0)) * acts_today
    push = (reason + np.maximum(surplus, 0.0) + np.maximum(norm, 0.0)) * acts_today
    push += np.maximum(habit, 0.0) * acts_habit + np.maximum(-c["crowding"][i][rows], 0.0)
    now = state.today[i]
    return seen, push + np.maximum(at(now.ease, rows) * at(now.live, rows), 0.0)


def _twin(state: State, b: BehaviourTerms, rows: NDArray[np.int64]) -> Any:
    """Return the twins' chance of one act, float32."""
    trend: Any = b.trend_odds(state.week)
    if b.sticky:
        trend = state.columns["trend_odds"][state.sticky_row(b.index)][rows]
    return law.probability(law.baseline_odds(state.prepared.odds0[b.index][rows], trend))
