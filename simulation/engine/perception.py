"""What is seen of others, rivals of equation (10): what most ties do, the locality's mean, or those who stand out.

Each sees both worlds the same way and keeps the difference, so without a scheme there is none. Counts are whole
numbers, summed by the passes that the usual equation takes; the rest is array code that both engines share.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.agents import equations as law
from simulation.engine.state import State
from simulation.engine.terms import BehaviourTerms

STANDS_OUT = 2.0
"""How much more an act is noticed than an act left undone: judgement."""
_LOW = np.int64(2**32 - 1)


def perceived_otherwise(state: State) -> bool:
    """Let everybody see last week as a rival of equation (10) says; False, with nothing done, where none is chosen."""
    how = state.prepared.scenario.law.norm_perception
    if how == "weighted":
        return False
    for b in state.prepared.behaviours:
        if state.stirred[b.index]:
            signal, seen = _locality(state, b) if how == "locality" else _ties(state, b, how)
            norm = state.columns["norm"][b.index]
            norm[:] = law.norm_update(norm, signal.astype(np.float32), np.float32(seen), b.nu)
    return True


def _ties(state: State, b: BehaviourTerms, how: str) -> tuple[NDArray[Any], NDArray[np.bool_]]:
    """Return the excess of what one's ties seem to do, and who has a tie that could."""
    c, chances = state.columns, _chances(state, b)
    both = c["acts"][b.index].astype(np.int64) + (c["acts_twin"][b.index].astype(np.int64) << 32)
    total = _sum(state, both)
    weight = state.tie_weight.astype(np.int64) if chances is None else _sum(state, chances.astype(np.int64))
    acts, twin, most = total & _LOW, total >> 32, weight * b.n
    if how == "majority":
        return (2 * acts > most).astype(np.int8) - (2 * twin > most), weight > 0
    share, share_twin = acts / np.maximum(most, 1), twin / np.maximum(most, 1)
    return standing_out(share) - standing_out(share_twin), weight > 0


def standing_out(share: Any) -> Any:
    """Return the share of acts that one seems to see where an act is noticed STANDS_OUT times as much as none."""
    return STANDS_OUT * share / (1.0 + (STANDS_OUT - 1.0) * share)


def _locality(state: State, b: BehaviourTerms) -> tuple[NDArray[Any], NDArray[np.bool_]]:
    """Return the excess of the locality's published mean, one's own acts included, and where anybody could act."""
    p, c, chances = state.prepared, state.columns, _chances(state, b)
    place, n = p.citizens.locality, p.citizens.n_localities
    acts, twin = state.backend.count(place, c["acts"][b.index], c["acts_twin"][b.index], n)
    people = p.locality_size
    if chances is not None:
        people, _ = state.backend.count(place, chances.view(np.int8), np.zeros(p.n, np.int8), n)
    excess = (acts - twin) / np.maximum(people * b.n, 1)
    return excess[place], (people > 0)[place]


def _sum(state: State, words: NDArray[np.int64]) -> NDArray[np.int64]:
    g, total = state.graph, np.empty(state.prepared.n, np.int64)
    state.backend.gather(words, g.indptr, g.indices, g.weights, total)
    return total


def _chances(state: State, b: BehaviourTerms) -> NDArray[np.uint8] | None:
    """Return who had an opportunity last week and is still there; None where everybody had."""
    had = state.open_now.get(b.index)
    if state.present is None or had is None:
        return state.present if had is None else had
    return had & state.present
