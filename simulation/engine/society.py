"""What schemes may ask about ties: chances, partners and who brought whom in. Computed only when asked for."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simulation.core.streams import SPONSOR
from simulation.engine.referral import brought_into
from simulation.engine.state import SchemeState, State
from simulation.incentives.base import Society
from simulation.incentives.rights import read_only

NOBODY = -1


def society_of(state: State, s: SchemeState) -> Society:
    """Return what one scheme may ask this week."""

    def chance() -> NDArray[np.float32]:
        return np.asarray(state.probability(s.behaviour), dtype=np.float32)

    def paired() -> NDArray[np.int64]:
        if s.partners is None:
            s.partners = read_only(partners(state, s.reached))
        return s.partners

    def brought_in() -> NDArray[np.int64]:
        return sponsors(state, brought_into(state, s))

    return Society(chance=chance, partners=paired, sponsors=brought_in)


def partners(state: State, eligible: NDArray[np.uint8]) -> NDArray[np.int64]:
    """Return the row of each eligible citizen's partner, -1 where none is left.

    In order of rows, everybody who is still alone is paired with the first of their ties, strongest first, who is too.
    """
    g, found = state.graph, np.full(len(eligible), NOBODY, np.int64)
    rows = np.flatnonzero(eligible)
    for i in rows.tolist():
        if found[i] != NOBODY:
            continue
        span = slice(int(g.indptr[i]), int(g.indptr[i + 1]))
        near = g.indices[span].astype(np.int64)
        free = (found[near] == NOBODY) & (eligible[near] > 0)
        if free.any():
            near, weight = near[free], g.weights[span][free]
            j = int(near[int(np.argmax(weight))])
            found[i], found[j] = j, i
    return found


def sponsors(state: State, s: SchemeState) -> NDArray[np.int64]:
    """Return, for those who joined this week, the row of one tie who was a member before, drawn evenly; else -1."""
    c, g, week = state.columns, state.graph, state.week
    found = np.full(state.prepared.n, NOBODY, np.int64)
    joined, enrolled = c["joined_week"][s.index], c["enrolled"][s.index] > 0
    fresh = np.flatnonzero(enrolled & (joined == week))
    draw = state.prepared.streams.uniform64(SPONSOR, state.citizens.ids[fresh], s.number, week)
    for i, u in zip(fresh.tolist(), draw.tolist(), strict=True):
        near = g.indices[int(g.indptr[i]) : int(g.indptr[i + 1])].astype(np.int64)
        members = near[enrolled[near] & (joined[near] < week)]
        if len(members):
            found[i] = members[int(u * len(members))]
    return found
