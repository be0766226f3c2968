"""Who signs up, never begins, leaves: equation (11), in the order exits, then sign-ups; then who is live."""

from __future__ import annotations

import numpy as np

from simulation.core.streams import DROP_OUT, ENROL
from simulation.engine.budgets import before_sign_up, free_to_sign_up, let_in
from simulation.engine.referral import weight_of_ties
from simulation.engine.rivals import willingness
from simulation.engine.state import SchemeState, State
from simulation.engine.uptake import REENTRY_WEEKS

_COLUMNS = ("enrolled", "signed_up", "ever_enrolled", "joined_week", "left_week")


def enrol(state: State) -> None:
    """Equation (11): who joins, never starts, leaves; then who is live."""
    c = state.columns
    for s in state.schemes:
        j = s.index
        before = before_sign_up(state, s) if s.on and s.waiting is not None else {}
        if s.on and s.automatic:
            _enrol_automatically(state, s)
        elif s.on:
            _count_ties(state, s)
            _leave(state, s)
            _sign_up(state, s)
        if before:
            let_in(state, s, before)
        state.live[j] = c["enrolled"][j] if s.on else 0
        if s.units is not None and s.units.adoption.through:
            state.live[j] *= s.eligible  # paused while their own does not run it; what was earned stays
    if state.schemes:
        acting = [s.index for s in state.schemes if s.moves_acts]
        live = state.live if len(acting) == len(state.schemes) else state.live[acting]
        np.maximum.reduce(live, axis=0, out=state.live_any, initial=0)
        state.ever_live |= state.live_any


def _enrol_automatically(state: State, s: SchemeState) -> None:
    c, j, week = state.columns, s.index, state.week
    if s.exit_chance > 0.0:
        _leave(state, s)
    through = s.units is not None and s.units.adoption.through
    if week > s.scheme.schedule.first and not through:
        return  # everybody eligible and reached was entered in the first week
    fresh = (s.reached > 0) & (c["signed_up"][j] == 0)
    for name in ("enrolled", "signed_up", "ever_enrolled"):
        c[name][j][fresh] = 1
    c["joined_week"][j][fresh] = week


def _count_ties(state: State, s: SchemeState) -> None:
    """Bring up to date what share of each citizen's ties was enrolled at the end of last week."""
    g = state.graph
    state.backend.spread(s.tied, state.columns["enrolled"][s.index], s.tied_as_of, g.indptr, g.indices, g.weights)


def _leave(state: State, s: SchemeState) -> None:
    c, j, week = state.columns, s.index, state.week
    key = state.prepared.streams.key(DROP_OUT, s.number, week)
    state.backend.leave(
        c["enrolled"][j], c["joined_week"][j], c["left_week"][j], state.citizens.ids, key,
        np.float32(s.exit_chance), np.int32(week),
    )  # fmt: skip


def _sign_up(state: State, s: SchemeState) -> None:
    p, j = state.prepared, s.index
    state.backend.sign_up(
        tuple(state.columns[name][j] for name in _COLUMNS),
        free_to_sign_up(s),
        s.never_start,
        willingness(state, s),
        s.tied,
        state.tie_weight,
        p.citizens.ids,
        p.streams.key(ENROL, s.number, state.week),
        np.float32(s.uptake),
        weight_of_ties(state, s),
        np.int32(state.week),
        np.int32(REENTRY_WEEKS),
    )
