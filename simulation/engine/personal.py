"""Citizens who decide in their own way, in plain Python, and citizens who leave the world."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.agents import equations as law
from simulation.core.floats import uniform_of
from simulation.core.graph import Graph
from simulation.core.streams import REDECISION
from simulation.engine.prepare import tie_weights
from simulation.engine.state import State
from simulation.engine.terms import BehaviourTerms

_FEATURES = (
    "contingent",
    "visibility",
    "holders_share",
    "appeal",
    "commitment",
    "pivotality",
    "message",
    "reference",
    "controlling",
    "ease",
)


@dataclass(frozen=True)
class OwnOffer:
    """What the arm offers one citizen for one behaviour this week; all 0 where no scheme is live for it.

    `value_days` is the marginal expected worth of an act in days of the citizen's own wage.
    """

    live: bool = False
    value_baht: float = 0.0
    value_days: float = 0.0
    contingent: float = 0.0
    visibility: float = 0.0
    holders_share: float = 0.0
    appeal: float = 0.0
    commitment: float = 0.0
    pivotality: float = 0.0
    message: float = 0.0
    reference: float = 0.0
    controlling: float = 0.0
    ease: float = 0.0


NO_OFFER = OwnOffer()


def own_offer(state: State, behaviour: int, row: int) -> OwnOffer:
    """Return what one citizen is offered: values add, other features take the largest of the live schemes."""
    found = dict.fromkeys(_FEATURES, 0.0)
    baht = days = 0.0
    live = False
    for s in state.schemes:
        if s.behaviour != behaviour or not s.moves_acts or s.features is None or not state.live[s.index, row]:
            continue
        live, f = True, s.features
        worth = float(_at(f.value, row)) * float(f.discount)
        baht, days = baht + worth, days + worth / float(_at(f.wage, row))
        for name in _FEATURES:
            found[name] = max(found[name], float(_at(getattr(f, name), row)))
    return OwnOffer(live=live, value_baht=baht, value_days=days, **found) if live else NO_OFFER


def decide_personally(state: State, b: BehaviourTerms, key: np.uint64, people: Any) -> None:
    """Replace the acts of citizens who decide in their own way; the engine draws, their twin keeps alpha."""
    rows = np.array([person.row for person in people], dtype=np.int64)
    usual = state.probability(b.index, rows)
    with _seeing_last_week(state):
        asked = [u if person.removed else _asked(state, b, person) for u, person in zip(usual, people, strict=True)]
    chance = np.array(asked, dtype=np.float32)
    if state.present is not None:
        usual[state.present[rows] == 0] = chance[state.present[rows] == 0]
    moved = chance != usual
    if not moved.any():
        return
    state.stirred[b.index] = True
    rows, p = rows[moved], np.clip(chance[moved], 1e-7, 1 - 1e-7).astype(np.float32)
    ids, acts = state.citizens.ids[rows], state.columns["acts"][b.index]
    if b.sticky:
        again = uniform_of(ids, state.prepared.streams.key(REDECISION, b.index, state.week)) < np.float32(b.redecision)
        decided = again | (np.broadcast_to(state.today[b.index].live, state.prepared.n)[rows] > 0)
        draw = state.columns["draw"][state.sticky_row(b.index)][rows]
        acts[rows] = np.where(decided, draw < p, acts[rows])
        return
    acts[rows] = law.acts_of(uniform_of(ids, key), p / (np.float32(1) - p), b.ratios)


@contextmanager
def _seeing_last_week(state: State) -> Iterator[None]:
    """Show the acts of last week: plain citizens have decided already, and updates are synchronous."""
    now = {name: state.columns[name].copy() for name in state.last_week}
    for name, last in state.last_week.items():
        state.columns[name][:] = last
    try:
        yield
    finally:
        for name, acts in now.items():
            state.columns[name][:] = acts


def _asked(state: State, b: BehaviourTerms, person: Any) -> float:
    answer = person.probability(b.name, own_offer(state, b.index, person.row), state.week)
    number = np.asarray(answer)
    if number.ndim or number.dtype.kind not in "iuf" or not 0 <= float(number) <= 1:
        raise ValueError(
            f"{type(person).__name__}.probability returned {answer!r} for {b.name!r} in week {state.week}; "
            "it is a number from 0 to 1"
        )
    return float(number)


def remove_citizens(state: State, rows: NDArray[np.int64]) -> None:
    """Take citizens out of counts and of their neighbours' means; the accounts of their schemes are kept."""
    if state.present is None:
        state.present = np.ones(state.prepared.n, np.uint8)
    state.present[rows] = 0
    g = state.graph
    for s in state.schemes:
        s.eligible[rows] = 0
        s.reached[rows] = 0
        if s.units is not None:
            s.units.target[rows] = 0
            s.units.reached[rows] = 0
        enrolled = state.columns["enrolled"][s.index]
        enrolled[rows] = 0
        if len(s.tied):
            state.backend.spread(s.tied, enrolled, s.tied_as_of, g.indptr, g.indices, g.weights)
    for name in ("acts", "acts_twin"):
        state.columns[name][:, rows] = 0
    for words in (*state.words, *state.open_words.values()):
        words[rows] = 0
    state.graph = without(g, state.present)
    state.tie_weight = tie_weights(state.graph)


def without(g: Graph, present: NDArray[np.uint8]) -> Graph:
    """Return the graph with the same nodes and only the ties between those present."""
    source = np.repeat(np.arange(g.n), g.degree)
    kept = (present[source] > 0) & (present[g.indices] > 0)
    indptr = np.concatenate([[0], np.cumsum(np.bincount(source[kept], minlength=g.n))]).astype(np.int64)
    return Graph(indptr, g.indices[kept], g.weights[kept], g.layers[kept])


def _at(x: Any, row: int) -> Any:
    return x[row] if isinstance(x, np.ndarray) and x.ndim else x
