"""Rival generators of the social graph: as many ties, as strong, between other pairs than the layers of a town tie.

The town's own graph is drawn first. Households keep their ties; every other tie moves to a pair that the generator
draws, so the number of ties and their strengths stay the same and only the structure differs. Each draw has its own
address, and one society always gets the same graph. All is array code: 100,000 citizens take about a second.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulation.agents.citizens_table import Citizens
from simulation.core.graph import HOUSEHOLD, WIDE, Graph
from simulation.core.streams import RIVAL_GRAPH, Streams

Codes = NDArray[np.int64]
"""Pairs (u, v), u < v, as u n + v."""
REWIRED = 0.1
"""Share of ties that a small world moves: on a ring of many, clustering is still near the ring's and paths are short
(Watts and Strogatz 1998)."""
_MOVED, _TARGET, _COPIED, _SEAT, _STRENGTH, _LAST = range(6)
_PAIRS = 16
"""Draws of pairs begin here, two for each round."""
_FEW = 1_000
"""Up to so many citizens all pairs are ranked; beyond, pairs are drawn until there are enough."""


def redrawn(name: str, town: Graph, citizens: Citizens, row: NDArray[np.int64], streams: Streams) -> Graph:
    """Return the graph of a generator with as many ties as the town has; `row` is everybody from door to door."""
    n = town.n
    source = np.repeat(np.arange(n), town.degree)
    once = source < town.indices
    u, v, layers, weights = source[once], town.indices[once].astype(np.int64), town.layers[once], town.weights[once]
    home = (layers & HOUSEHOLD) > 0
    draw = _Draw(n, int((~home).sum()), u[home] * n + v[home], citizens, row, streams, u[~home], v[~home])
    pairs = _filled(draw, _GENERATORS[name](draw))
    strength = weights[~home][np.argsort(draw.uniform(len(pairs), _STRENGTH), kind="stable")]
    ends, layer = np.concatenate([draw.home, pairs]), np.full(len(pairs), WIDE, np.uint8)
    return Graph.from_edges(
        n, ends // n, ends % n,
        np.concatenate([layers[home], layer]), np.concatenate([weights[home], strength]),
    )  # fmt: skip


@dataclass(frozen=True, eq=False)
class _Draw:
    """What a generator works from: so many ties between n citizens, none of them within a household."""

    n: int
    ties: int
    home: Codes
    citizens: Citizens
    row: NDArray[np.int64]
    streams: Streams
    u: NDArray[np.int64]  # ends of the town's own ties beyond the household
    v: NDArray[np.int64]

    def uniform(self, size: int, purpose: int) -> NDArray[np.float64]:
        """Return uniforms by place."""
        return self.streams.uniform64(RIVAL_GRAPH, np.arange(size, dtype=np.uint64), purpose)

    def whole(self, size: int, purpose: int, below: NDArray[np.int64] | int) -> NDArray[np.int64]:
        """Return whole numbers from 0 to just under `below`, by place."""
        return np.floor(self.uniform(size, purpose) * below).astype(np.int64)


def _ring(draw: _Draw) -> Codes:
    """Tie everybody to those who follow in the row of doors, its end to its beginning."""
    at, apart = _along(draw)
    return _codes(draw, draw.row[at], draw.row[(at + apart) % max(draw.n, 1)])


def _small_world(draw: _Draw) -> Codes:
    """Move a share of the ties of the ring at one end, to anybody (Watts and Strogatz 1998)."""
    at, apart = _along(draw)
    moves = draw.uniform(len(at), _MOVED) < REWIRED
    other = np.where(moves, draw.whole(len(at), _TARGET, draw.n), (at + apart) % max(draw.n, 1))
    return _codes(draw, draw.row[at], draw.row[other])


def _random(draw: _Draw) -> Codes:
    """Tie any two, all pairs alike: G(n, M) of Erdos and Renyi (1959). All of it is what is missing."""
    return np.zeros(0, np.int64)


def _scale_free(draw: _Draw) -> Codes:
    """Let each newcomer tie to those who have many ties already (Barabasi and Albert 1999), in a row of chance.

    The end of a tie is copied from an end drawn among all ends so far, which prefers in proportion to ties; chains of
    copies are followed to their beginning (Batagelj and Brandes 2005).
    """
    ties = np.arange(draw.ties)
    newcomer = ties * draw.n // max(draw.ties, 1)
    drawn = draw.whole(draw.ties, _COPIED, 2 * ties + 1)  # even: who made a tie; odd: to whom it went
    at = drawn
    while (odd := at % 2 == 1).any():
        at = np.where(odd, drawn[at // 2], at)
    seat = np.argsort(draw.uniform(draw.n, _SEAT), kind="stable")
    return _codes(draw, seat[newcomer], seat[newcomer[at // 2]])


def _blocks(draw: _Draw) -> Codes:
    """Tie any two of a locality, and any two of different ones, as often as the town does: a stochastic block model.

    Holland, Laskey and Leinhardt 1983. A locality keeps its number of ties within, two localities theirs between.
    """
    place, n_places = draw.citizens.locality.astype(np.int64), draw.citizens.n_localities
    order, size = np.argsort(place, kind="stable"), np.bincount(place, minlength=n_places)
    first = np.concatenate([[0], np.cumsum(size)])[:-1]
    ends = [place[draw.u], place[draw.v]]
    u, v = (
        order[first[p] + draw.whole(draw.ties, end, size[p])] for p, end in zip(ends, (_MOVED, _TARGET), strict=True)
    )
    return _codes(draw, u, v)


_GENERATORS: dict[str, Callable[[_Draw], Codes]] = {
    "ring": _ring,
    "small-world": _small_world,
    "random": _random,
    "scale-free": _scale_free,
    "blocks": _blocks,
}


def _along(draw: _Draw) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return places in the row and how far on each is tied; the farthest ties, not enough for all, go by lot."""
    n = draw.n
    whole, rest = divmod(draw.ties, max(n, 1))
    near = np.tile(np.arange(n), whole), np.repeat(np.arange(1, whole + 1), n)
    lot = np.sort(np.argsort(draw.uniform(n, _LAST), kind="stable")[:rest])
    return np.concatenate([near[0], lot]), np.concatenate([near[1], np.full(rest, whole + 1)])


def _codes(draw: _Draw, u: NDArray[np.int64], v: NDArray[np.int64]) -> Codes:
    """Return the pairs once each, without those of one person or one household, in no order of chance."""
    pairs = np.sort(np.minimum(u, v)[u != v] * draw.n + np.maximum(u, v)[u != v])
    return _not_at_home(draw, pairs[np.concatenate([[True], pairs[1:] != pairs[:-1]])] if len(pairs) else pairs)


def _not_at_home(draw: _Draw, pairs: Codes) -> Codes:
    if not len(draw.home):
        return pairs
    at = np.minimum(np.searchsorted(draw.home, pairs), len(draw.home) - 1)
    return np.asarray(pairs[draw.home[at] != pairs])


def _filled(draw: _Draw, pairs: Codes) -> Codes:
    """Add pairs at random until there are as many ties as the town has: pairs drawn twice left a few open."""
    if draw.n <= _FEW:
        u, v = np.triu_indices(draw.n, 1)
        free = _not_at_home(draw, u * draw.n + v)
        free = free[~np.isin(free, pairs)]
        lot = np.argsort(draw.uniform(len(free), _PAIRS), kind="stable")
        return np.concatenate([pairs, free[lot[: draw.ties - len(pairs)]]])
    turn = 0
    while (missing := draw.ties - len(pairs)) > 0:
        u, v = (draw.whole(missing, _PAIRS + 2 * turn + end, draw.n) for end in (0, 1))
        fresh = _codes(draw, u, v)
        pairs = np.concatenate([pairs, fresh[~np.isin(fresh, pairs)]])
        turn += 1
    return pairs
