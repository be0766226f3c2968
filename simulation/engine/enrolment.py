"""Who signs up, never begins, leaves: equation (11), in the order exits, then sign-ups; then who is live."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simulation.core.streams import DROP_OUT, ENROL
from simulation.engine import numpy_engine
from simulation.engine.numpy_engine import LANE_BITS, LANES
from simulation.engine.state import SchemeState, State
from simulation.engine.uptake import REENTRY_WEEKS


def enrol(state: State) -> None:
    """Equation (11): who joins, never starts, leaves; then who is live."""
    c = state.columns
    shares = _enrolled_shares(state)
    for s in state.schemes:
        j = s.index
        if s.on and s.automatic:
            _enrol_automatically(state, s)
        elif s.on:
            _leave(state, s)
            _sign_up(state, s, shares[j])
        state.live[j] = c["enrolled"][j] if s.on else 0
    if state.schemes:
        state.live_any = state.live.max(axis=0)
        state.ever_live |= state.live_any


def _enrol_automatically(state: State, s: SchemeState) -> None:
    c, j, week = state.columns, s.index, state.week
    fresh = (s.eligible > 0) & (c["signed_up"][j] == 0)
    if s.exit_chance > 0.0:
        _leave(state, s)
    c["enrolled"][j][fresh] = 1
    c["signed_up"][j][fresh] = 1
    c["ever_enrolled"][j][fresh] = 1
    c["joined_week"][j][fresh] = week


def _leave(state: State, s: SchemeState) -> None:
    """Let the enrolled leave, free and at once, from the week after they joined."""
    c, j, week = state.columns, s.index, state.week
    u = state.prepared.streams.uniform(DROP_OUT, state.citizens.ids, j, week)
    gone = (c["enrolled"][j] > 0) & (c["joined_week"][j] < week) & (u < np.float32(s.exit_chance))
    c["enrolled"][j][gone] = 0
    c["left_week"][j][gone] = week


def _sign_up(state: State, s: SchemeState, share: NDArray[np.float32]) -> None:
    c, j, week = state.columns, s.index, state.week
    barred = (s.never_start > 0) & (c["signed_up"][j] > 0)
    can = (s.eligible > 0) & (c["enrolled"][j] == 0) & (week - c["left_week"][j] >= REENTRY_WEEKS)
    can &= ~barred
    joined = np.empty(state.prepared.n, np.uint8)
    state.backend.enrol(
        can.astype(np.uint8),
        s.enrol_reason,
        share,
        state.citizens.ids,
        state.prepared.streams.key(ENROL, j, week),
        np.float32(s.uptake),
        state.prepared.betas.w_e,
        joined,
    )
    c["signed_up"][j] |= joined
    begins = (joined > 0) & (s.never_start == 0)
    c["enrolled"][j][begins] = 1
    c["ever_enrolled"][j][begins] = 1
    c["joined_week"][j][begins] = week


def _enrolled_shares(state: State) -> dict[int, NDArray[np.float32]]:
    """Return, per opt-in scheme, the weighted share of each citizen's ties enrolled at the end of last week."""
    p, c = state.prepared, state.columns
    opt_in = [s for s in state.schemes if s.on and not s.automatic]
    shares: dict[int, NDArray[np.float32]] = {}
    nobody = np.zeros(p.n, np.int8)
    for first in range(0, len(opt_in), LANES):
        group = opt_in[first : first + LANES]
        words, total = np.zeros(p.n, np.int64), np.empty(p.n, np.int64)
        for place, s in enumerate(group):
            enrolled = c["enrolled"][s.index].view(np.int8)
            state.backend.pack(words, enrolled, nobody, LANE_BITS * place, place == 0)
        state.backend.gather(words, p.graph.indptr, p.graph.indices, p.graph.weights, total)
        for place, s in enumerate(group):
            lane = numpy_engine.lane_of(total, np.int64(LANE_BITS * place))
            shares[s.index] = lane / np.maximum(p.tie_weight, np.float32(1))
    return shares
