"""The social graph of a world: household, work, neighbourhood and wide ties, built straight to compressed rows."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simulation.agents.citizens_table import Citizens
from simulation.core.graph import HOUSEHOLD, NEIGHBOURHOOD, WIDE, WORK, Graph
from simulation.core.streams import GRAPH, Streams
from simulation.world.spec import WorldSpec

Pairs = tuple[NDArray[np.int64], NDArray[np.int64]]
_WORK_DRAW, _WIDE_ROW, _WIDE_SAME, _WIDE_TARGET, _NEAR_MOVE, _NEAR_TARGET, _EXTRA = range(7)
_LATTICE_CLUSTERING = 0.75


def build_graph(spec: WorldSpec, citizens: Citizens, streams: Streams) -> Graph:
    """Draw the ties of a replicate; mean degrees are those asked for, less the few pairs drawn twice."""
    layers = [
        (_households(citizens), HOUSEHOLD),
        (_work(spec, citizens, streams), WORK),
        (_neighbourhood(spec, citizens, streams), NEIGHBOURHOOD),
        (_wide(spec, citizens, streams), WIDE),
    ]
    us, vs, masks = [], [], []
    for (u, v), layer in layers:
        apart = u != v
        us.append(u[apart])
        vs.append(v[apart])
        masks.append(np.full(int(apart.sum()), layer, dtype=np.uint8))
    return Graph.from_edges(citizens.n, np.concatenate(us), np.concatenate(vs), np.concatenate(masks))


def describe(graph: Graph, citizens: Citizens, sample: int = 2000) -> dict[str, float]:
    """Measure mean degree, clustering of a sample, and the shares of ties within age band and locality."""
    source = np.repeat(np.arange(graph.n), graph.degree)
    target = graph.indices.astype(np.int64)
    step = max(1, graph.n // sample)
    closed = [_clustering(graph, i) for i in range(0, graph.n, step) if graph.degree[i] > 1]
    band, place = citizens.age_band, citizens.locality
    some = len(target) > 0
    return {
        "mean_degree": float(graph.degree.mean()),
        "clustering": float(np.mean(closed)) if closed else 0.0,
        "same_age_band": float((band[source] == band[target]).mean()) if some else 0.0,
        "same_locality": float((place[source] == place[target]).mean()) if some else 0.0,
    }


def _clustering(graph: Graph, i: int) -> float:
    around = graph.neighbours(i)
    links = sum(len(np.intersect1d(graph.neighbours(int(j)), around)) for j in around)
    return links / (len(around) * (len(around) - 1))


def _households(citizens: Citizens) -> Pairs:
    """Tie everybody in a household to everybody."""
    size = np.bincount(citizens.household)
    us, vs = [], []
    n = citizens.n
    for apart in range(1, int(size.max()) if n else 1):
        u = np.arange(n - apart, dtype=np.int64)
        u = u[citizens.household[:-apart] == citizens.household[apart:]]
        us.append(u)
        vs.append(u + apart)
    return _join(us, vs)


def _work(spec: WorldSpec, citizens: Citizens, streams: Streams) -> Pairs:
    """Tie each member to colleagues drawn from the same organisation, half of the mean degree from each side."""
    rows = np.flatnonzero(citizens.organisation >= 0)
    if spec.ties.work == 0 or len(rows) == 0:
        return _join([], [])
    order = rows[np.argsort(citizens.organisation[rows], kind="stable")].astype(np.int64)
    members = citizens.organisation[order]
    size = np.bincount(members)
    first = np.concatenate([[0], np.cumsum(size)])[members]
    within = np.arange(len(order)) - first
    us, vs = [], []
    for draw, chosen in _rounds(spec.ties.work, len(order), streams, _WORK_DRAW, order):
        others = size[members] - 1
        ok = chosen & (others > 0)
        shift = 1 + np.floor(draw * others).astype(np.int64)
        mate = order[first + (within + shift) % np.maximum(size[members], 1)]
        us.append(order[ok])
        vs.append(mate[ok])
    return _join(us, vs)


def _neighbourhood(spec: WorldSpec, citizens: Citizens, streams: Streams) -> Pairs:
    """Tie next-door households: a ring within the locality, some ties moved elsewhere in it to loosen the knit.

    A ring lattice has clustering of about 3/4; moving a share m of its ties leaves (1 - m)^3 of that (Watts, Strogatz
    1998), and ties of other layers dilute it, so the share moved is found for the whole graph.
    """
    t = spec.ties
    if t.neighbourhood == 0 or citizens.n < 3:
        return _join([], [])
    size = np.bincount(citizens.locality)
    first = np.concatenate([[0], np.cumsum(size)])[citizens.locality]
    within = np.arange(citizens.n) - first
    here = size[citizens.locality]
    total = t.neighbourhood + t.work + t.wide
    near = (t.neighbourhood / total) ** 2 * _LATTICE_CLUSTERING
    moved = 1.0 - min(1.0, t.clustering / near) ** (1.0 / 3.0) if near > 0 else 1.0
    ids = citizens.ids
    us, vs = [], []
    half = t.neighbourhood / 2.0
    for distance in range(1, int(np.ceil(half)) + 1):
        part = min(1.0, half - distance + 1)
        b = _NEAR_MOVE + 16 * distance
        go = streams.uniform64(GRAPH, ids, b + 8) < part
        go &= here > 2 * distance
        leave = streams.uniform64(GRAPH, ids, b) < moved
        anywhere = 1 + np.floor(streams.uniform64(GRAPH, ids, b + 1) * (here - 1)).astype(np.int64)
        shift = np.where(leave, anywhere, distance)
        mate = first + (within + shift) % here
        us.append(np.flatnonzero(go).astype(np.int64))
        vs.append(mate[go].astype(np.int64))
    return _join(us, vs)


def _wide(spec: WorldSpec, citizens: Citizens, streams: Streams) -> Pairs:
    """Tie people anywhere: a share of the ties within the age band, the rest with anybody."""
    n = citizens.n
    if spec.ties.wide == 0 or n < 2:
        return _join([], [])
    by_band = np.argsort(citizens.age_band, kind="stable").astype(np.int64)
    size = np.bincount(citizens.age_band)
    first = np.concatenate([[0], np.cumsum(size)])
    rows = np.arange(n, dtype=np.int64)
    us, vs = [], []
    same_by_chance = (size / n)[citizens.age_band]
    h = spec.ties.homophily_age
    aimed = np.clip((h - same_by_chance) / np.maximum(1.0 - same_by_chance, 1e-9), 0.0, 1.0)
    for k, (draw, chosen) in enumerate(_rounds(spec.ties.wide, n, streams, _WIDE_TARGET, rows)):
        same = streams.uniform64(GRAPH, citizens.ids, _WIDE_SAME + 16 * k) < aimed
        band = citizens.age_band
        inside = by_band[first[band] + np.floor(draw * size[band]).astype(np.int64)]
        mate = np.where(same, inside, np.floor(draw * n).astype(np.int64))
        us.append(rows[chosen])
        vs.append(mate[chosen])
    return _join(us, vs)


def _rounds(
    mean_degree: float, n: int, streams: Streams, purpose: int, rows: NDArray[np.int64]
) -> list[tuple[NDArray[np.float64], NDArray[np.bool_]]]:
    """Return draws for half the mean degree: each pair is drawn from one side only."""
    half = mean_degree / 2.0
    out = []
    ids = rows.astype(np.uint64)
    for k in range(int(np.ceil(half))):
        part = min(1.0, half - k)
        b = purpose + 16 * (k + 1)
        chosen = np.ones(n, dtype=bool)
        if part < 1.0:
            chosen = streams.uniform64(GRAPH, ids, b + 8) < part
        out.append((streams.uniform64(GRAPH, ids, b), chosen))
    return out


def _join(us: list[NDArray[np.int64]], vs: list[NDArray[np.int64]]) -> Pairs:
    if not us:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    return np.concatenate(us), np.concatenate(vs)
