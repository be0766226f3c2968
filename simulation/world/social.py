"""The social graph of a world: household, work, neighbourhood and wide ties, built straight to compressed rows."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from simulation.agents.citizens_table import Citizens
from simulation.core.floats import exp64, log64
from simulation.core.graph import HOUSEHOLD, NEIGHBOURHOOD, WIDE, WORK, Graph
from simulation.core.streams import GRAPH, Streams
from simulation.world.files import own_world
from simulation.world.generators import redrawn
from simulation.world.spec import WorldSpec

Pairs = tuple[NDArray[np.int64], NDArray[np.int64]]
_WORK_DRAW, _WORK_ORDER, _WIDE_SAME, _WIDE_TARGET, _NEAR_DRAW = range(5)
_CIRCLES, _EXTRA, _STEP = 64, 8, 16
"""Draws of a layer stand 16 apart, so that no two purposes share one."""


def build_graph(spec: WorldSpec, citizens: Citizens, streams: Streams) -> Graph:
    """Draw the ties of a replicate: mean degrees and clustering are those asked for, as far as they can be had.

    Colleagues and neighbours are tied in small circles, in which everybody knows everybody; as many of these ties as
    the clustering asked for leaves over are moved to anybody of the same organisation or locality (Watts, Strogatz
    1998 move them the same way). Pairs drawn twice are one tie, so degrees come out a little lower. Ties that a user
    gives are those of every replicate, as they are. Another generator of `spec.ties` moves what it draws.
    """
    own = own_world(spec.files) if spec.files is not None else None
    if own is not None and own.graph is not None:
        return own.graph
    order = np.lexsort((np.arange(citizens.n), citizens.household, citizens.locality))
    people = citizens if np.array_equal(order, np.arange(citizens.n)) else _in_order(citizens, order)
    u, v, masks = _drawn(spec, people, streams)
    town = Graph.from_edges(citizens.n, order[u], order[v], masks)
    if spec.ties.generator == "layers":
        return town
    return redrawn(spec.ties.generator, town, citizens, order[_next_door(people, town.degree.mean())], streams)


def _in_order(citizens: Citizens, order: NDArray[np.int64]) -> Citizens:
    """Return citizens by locality and household, as circles of neighbours need them, households numbered so."""
    columns = ("ids", "age", "sex", "age_band", "urban", "online", "wage", "income_fifth", "organisation", "sector")
    household, locality = citizens.household[order], citizens.locality[order]
    change = np.concatenate([[False], (np.diff(household) != 0) | (np.diff(locality) != 0)])
    return replace(
        citizens,
        **{name: getattr(citizens, name)[order] for name in columns},
        household=np.cumsum(change).astype(np.int32),
        locality=locality,
    )


def _drawn(
    spec: WorldSpec, citizens: Citizens, streams: Streams
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.uint8]]:
    """Return the ends and the layers of all ties; citizens stand by locality and household."""
    home, work, near = (_household_groups(citizens), *_circled(spec, citizens, streams))
    moved = _share_moved(spec, citizens, (home, work, near))
    layers = [
        (_ties(home, 0.0, streams, 0), HOUSEHOLD),
        (_ties(work, moved, streams, _WORK_DRAW), WORK),
        (_ties(near, moved, streams, _NEAR_DRAW), NEIGHBOURHOOD),
        (_wide(spec, citizens, streams), WIDE),
    ]
    us, vs, masks = [], [], []
    for (u, v), layer in layers:
        apart = u != v
        us.append(u[apart])
        vs.append(v[apart])
        masks.append(np.full(len(us[-1]), layer, dtype=np.uint8))
    return np.concatenate(us), np.concatenate(vs), np.concatenate(masks)


def describe(graph: Graph, citizens: Citizens, sample: int = 2000) -> dict[str, float]:
    """Measure mean degree, clustering of a sample, and the shares of ties within age band and locality."""
    source = np.repeat(np.arange(graph.n), graph.degree)
    target = graph.indices.astype(np.int64)
    step = max(1, graph.n // sample)
    closed = [_clustering(graph, i) for i in range(0, graph.n, step) if graph.degree[i] > 1]
    band, place = citizens.age_band, citizens.locality
    wide = (graph.layers & WIDE) > 0

    def share(same: NDArray[np.bool_]) -> float:
        return float(same.mean()) if len(same) else 0.0

    return {
        "mean_degree": float(graph.degree.mean()),
        "clustering": float(np.mean(closed)) if closed else 0.0,
        "same_age_band": share(band[source] == band[target]),
        "same_age_band_wide": share((band[source] == band[target])[wide]),
        "same_locality": share(place[source] == place[target]),
    }


def _clustering(graph: Graph, i: int) -> float:
    around = graph.neighbours(i)
    links = sum(len(np.intersect1d(graph.neighbours(int(j)), around)) for j in around)
    return links / (len(around) * (len(around) - 1))


@dataclass(frozen=True, eq=False)
class _Circles:
    """People of one layer in a row, group by group; `circle` numbers the circle of each within its group."""

    rows: NDArray[np.int64]  # who stands where
    first: NDArray[np.int64]  # place at which one's group begins
    size: NDArray[np.int64]  # members of one's group
    circle: NDArray[np.int64]
    mates: NDArray[np.int64]  # others in one's circle
    missing: NDArray[np.float64]  # mean ties a person that circles leave to be drawn


def _household_groups(citizens: Citizens) -> _Circles:
    return _in_circles(np.arange(citizens.n), citizens.household.astype(np.int64), float(citizens.n))


def _circled(spec: WorldSpec, citizens: Citizens, streams: Streams) -> tuple[_Circles, _Circles]:
    member = np.flatnonzero(citizens.organisation >= 0)
    deal = streams.uniform64(GRAPH, member.astype(np.uint64), _WORK_ORDER)  # colleagues are not next-door neighbours
    member = member[np.lexsort((deal, citizens.organisation[member]))]
    doors = _next_door(citizens, spec.ties.neighbourhood)
    return (
        _in_circles(member, citizens.organisation[member].astype(np.int64), spec.ties.work),
        _in_circles(doors, citizens.locality[doors].astype(np.int64), spec.ties.neighbourhood),
    )


def _next_door(citizens: Citizens, degree: float) -> NDArray[np.int64]:
    """Order people so that those who follow one another live next door, not in one household."""
    n = citizens.n
    household = citizens.household.astype(np.int64)
    if not n or citizens.n_households == n:
        return np.arange(n)
    rank = np.arange(n) - _begins(household)[household]
    block = household // int(np.ceil(degree + 1.0))
    key = (citizens.locality.astype(np.int64) * (block.max() + 1) + block) * (rank.max() + 1) + rank
    return np.argsort(key, kind="stable")


def _in_circles(rows: NDArray[np.int64], group: NDArray[np.int64], degree: float) -> _Circles:
    """Cut each group into circles of about `degree` + 1; `group` never falls along `rows`."""
    n = len(rows)
    change = _begins(group)
    sizes = np.diff(np.concatenate([change, [n]]))
    first, size = np.repeat(change, sizes), np.repeat(sizes, sizes)
    count = np.ceil(size / (degree + 1.0)).astype(np.int64)
    circle = (np.arange(n) - first) * count // np.maximum(size, 1)
    lengths = np.diff(np.concatenate([_begins(first, circle), [n]]))
    mates = np.repeat(lengths, lengths) - 1
    had = np.add.reduceat(mates, change) / sizes if n else np.zeros(0)
    wanted = np.minimum(degree, sizes - 1.0)
    return _Circles(rows, first, size, circle, mates, np.repeat(np.maximum(wanted - had, 0.0), sizes))


def _begins(*columns: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the places at which any of the columns changes, the first included."""
    n = len(columns[0])
    change = np.arange(n) == 0
    for column in columns:
        change[1:] |= column[1:] != column[:-1]
    return np.flatnonzero(change)


def _ties(layer: _Circles, moved: float, streams: Streams, purpose: int) -> Pairs:
    """Tie everybody in a circle to everybody, move a share of these ties within the group, draw what is missing."""
    n = len(layer.rows)
    us, vs = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    ids = layer.rows.astype(np.uint64)
    within = np.arange(n) - layer.first

    def anywhere(at: NDArray[np.int64], by: NDArray[np.int64], draw: int) -> NDArray[np.int64]:
        u = streams.uniform64(GRAPH, ids[by], draw)
        shift = 1 + np.floor(u * (layer.size[at] - 1)).astype(np.int64)
        return np.asarray(layer.first[at] + (within[at] + shift) % layer.size[at])

    for apart in range(1, int(layer.mates.max(initial=0)) + 1):
        together = layer.circle[:-apart] == layer.circle[apart:]
        at = np.flatnonzero(together & (layer.first[:-apart] == layer.first[apart:]))
        mate, draw = at + apart, purpose + _CIRCLES * _STEP * apart
        if moved > 0.0:
            u = streams.uniform64(GRAPH, ids[at], draw)
            stays = np.where(u < moved / 2.0, mate, at)  # either end may be the one that looks elsewhere
            at, mate = stays, np.where(u < moved, anywhere(stays, at, draw + _EXTRA), mate)
        us.append(layer.rows[at])
        vs.append(layer.rows[mate])
    for k in range(int(np.ceil(layer.missing.max(initial=0.0) / 2.0))):
        draw = purpose + _STEP * (k + 1)
        chance = np.clip(layer.missing / 2.0 - k, 0.0, 1.0)
        at = np.flatnonzero(streams.uniform64(GRAPH, ids, draw) < chance)
        us.append(layer.rows[at])
        vs.append(layer.rows[anywhere(at, at, draw + _EXTRA)])
    return np.concatenate(us), np.concatenate(vs)


def _share_moved(spec: WorldSpec, citizens: Citizens, layers: tuple[_Circles, ...]) -> float:
    """Return the share of ties to move out of their circles, so that mean clustering is what was asked for.

    Two mates are still tied with chance (1 - m)**3, else by chance, as any two of a locality or an organisation are.
    Households stay whole; wide ties close nothing.
    """
    n = citizens.n
    near, at_work = np.zeros(n), np.zeros(n)  # ties within the locality; how much likelier two colleagues are tied
    pairs = []
    for layer in layers:
        near[layer.rows] += layer.mates + layer.missing
        mine = np.zeros(n)
        mine[layer.rows] = layer.mates * (layer.mates - 1.0)
        pairs.append(mine)
    work = layers[1]
    around = np.maximum(np.bincount(citizens.locality)[citizens.locality] - 1.0, 1.0)
    ties = work.mates + work.missing
    at_work[work.rows] = ties / np.maximum(work.size - 1.0, 1.0) - ties / around[work.rows]
    by_chance = np.minimum(near / around, 1.0)
    home, mates = pairs[0], pairs[1] + pairs[2]
    local = np.maximum(near * (near - 1.0), home + mates)
    whole = home + mates + (local - home - mates) * by_chance
    loose = home + (local - home) * by_chance + pairs[1] * at_work
    degree = near + spec.ties.wide / 2.0
    among, most = _pairs_of_neighbours(degree, spec.ties.wide / 2.0), max(1, int((degree > 1.0).sum()))
    together, apart = float((whole / among).sum()) / most, float((loose / among).sum()) / most
    if spec.ties.clustering >= together or together <= apart:
        return 0.0
    still = max(1e-18, (spec.ties.clustering - apart) / (together - apart))
    return round(1.0 - float(exp64(log64(still) / 3.0)), 6)


def _pairs_of_neighbours(degree: NDArray[np.float64], by_others: float) -> NDArray[np.float64]:
    """Return d(d - 1), as its harmonic mean over a Poisson number of ties, `by_others`, that others draw to one."""
    chance = float(exp64(-by_others))
    inverse = np.zeros_like(degree)
    for k in range(int(by_others + 8.0 * np.sqrt(by_others + 1.0)) + 1):
        d = degree + k
        inverse += chance / np.maximum(d * (d - 1.0), 1.0) * (d > 1.0)
        chance *= by_others / (k + 1)
    return np.asarray(1.0 / np.maximum(inverse, 1e-12))


def _wide(spec: WorldSpec, citizens: Citizens, streams: Streams) -> Pairs:
    """Tie people anywhere: a share of the ties within the age band, the rest with anybody."""
    n = citizens.n
    band, ids = citizens.age_band, citizens.ids
    by_band = np.argsort(band, kind="stable")
    size = np.bincount(band)
    first = np.concatenate([[0], np.cumsum(size)])
    same_by_chance = (size / n)[band]
    h = spec.ties.homophily_age
    aimed = np.clip((h - same_by_chance) / np.maximum(1.0 - same_by_chance, 1e-9), 0.0, 1.0)
    us, vs = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for k in range(int(np.ceil(spec.ties.wide / 2.0))):  # each pair is drawn from one side only
        part, draw = min(1.0, spec.ties.wide / 2.0 - k), _STEP * (k + 1)
        at = np.arange(n)
        if part < 1.0:
            at = np.flatnonzero(streams.uniform64(GRAPH, ids, _WIDE_TARGET + draw + _EXTRA) < part)
        u = streams.uniform64(GRAPH, ids[at], _WIDE_TARGET + draw)
        same = streams.uniform64(GRAPH, ids[at], _WIDE_SAME + draw) < aimed[at]
        inside = by_band[first[band[at]] + np.floor(u * size[band[at]]).astype(np.int64)]
        us.append(at)
        vs.append(np.where(same, inside, np.floor(u * n).astype(np.int64)))
    return np.concatenate(us), np.concatenate(vs)
