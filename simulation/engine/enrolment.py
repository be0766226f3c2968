"""Who signs up, never begins, leaves: equation (11), in the order exits, then sign-ups; then who is live."""

from __future__ import annotations

import numpy as np

from simulation.core.streams import DROP_OUT, ENROL
from simulation.engine.referral import weight_of_ties
from simulation.engine.state import SchemeState, State
from simulation.engine.uptake import REENTRY_WEEKS

_COLUMNS = ("enrolled", "signed_up", "ever_enrolled", "joined_week", "left_week")


def enrol(state: State) -> None:
    """Equation (11): who joins, never starts, leaves; then who is live."""
    c = state.columns
    for s in state.schemes:
        j = s.index
        if s.on and s.automatic:
            _enrol_automatically(state, s)
        elif s.on:
            _count_ties(state, s)
            _leave(state, s)
            _sign_up(state, s)
        state.live[j] = c["enrolled"][j] if s.on else 0
    if state.schemes:
        acting = [s.index for s in state.schemes if s.moves_acts]
        live = state.live if len(acting) == len(state.schemes) else state.live[acting]
        np.maximum.reduce(live, axis=0, out=state.live_any, initial=0)
        state.ever_live |= state.live_any


def _enrol_automatically(state: State, s: SchemeState) -> None:
    c, j, week = state.columns, s.index, state.week
    if s.exit_chance > 0.0:
        _leave(state, s)
    if week > s.scheme.schedule.start:
        return  # everybody eligible was entered in the first week
    fresh = (s.eligible > 0) & (c["signed_up"][j] == 0)
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
        s.eligible,
        s.never_start,
        s.enrol_reason,
        s.tied,
        state.tie_weight,
        p.citizens.ids,
        p.streams.key(ENROL, s.number, state.week),
        np.float32(s.uptake),
        weight_of_ties(state, s),
        np.int32(state.week),
        np.int32(REENTRY_WEEKS),
    )
