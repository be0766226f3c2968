"""The law without chance over many rows and draws at once: equations (1) to (9) in float64, NumPy or JAX.

`agents.meanfield` calls the engine's own equations for one draw and one arm; this says the same for thousands, and in
a form that can be differentiated, for the calibration. tests/science/test_kernel.py holds the three to one another.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.agents.parameters import HABIT_CAP
from simulation.studies.evidence.rows import Row

Array = Any
Draw = Mapping[str, Array]
"""Parameters by name: numbers, or arrays that all have the same leading axes."""
NODES, NODES_OF_WALKS = (21, 5), (11, 3)
"""Kinds of people, motivation by personal responsiveness, in rows that stand still and in those walked by the week."""
STICKY_HABIT_OPPORTUNITIES = 7
LIMIT = 16.0
NEAR = 0.2
TINY = 1e-30
TERMS = ("beta_c", "beta_m", "v0", "beta_r", "beta_a", "beta_k", "beta_t", "w_d")


def numpy_scan(step: Callable[[Any, Any], tuple[Any, Any]], carry: Any, xs: Sequence[Any]) -> tuple[Any, None]:
    """Walk through the weeks as `jax.lax.scan` does, and return what is left at the end."""
    for i in range(len(xs[0])):
        carry, _ = step(carry, tuple(x[i] for x in xs))
    return carry, None


@dataclass(frozen=True)
class Place:
    """Where the arithmetic is done: NumPy, or JAX with its scan over weeks."""

    xp: Any = np
    scan: Callable[..., tuple[Any, Any]] = numpy_scan


NUMPY = Place()


@dataclass(frozen=True)
class Table:
    """Rows as columns, float64[L], with the motivation of their kinds of people, float64[L, M] by number of nodes."""

    rows: tuple[Row, ...]
    against: tuple[NDArray[np.int64], NDArray[np.int64]]
    columns: Mapping[str, NDArray[np.float64]]
    alpha: Mapping[int, NDArray[np.float64]]
    study: NDArray[np.int64]
    studies: tuple[str, ...]
    still: NDArray[np.int64]
    flows: tuple[NDArray[np.int64], ...]
    sticky: tuple[NDArray[np.int64], ...]

    def __len__(self) -> int:
        return len(self.rows)


_COLUMNS = (
    "baseline", "opportunities", "chance", "redecision", "intrinsic", "contingent", "value", "visibility", "appeal",
    "commitment", "pivotality", "message", "reference", "controlling", "accepted", "live_from", "live_to",
    "week_from", "week_to",
)  # fmt: skip


def table_of(rows: Sequence[Row]) -> Table:
    """Turn rows into columns and solve the level of motivation of each.

    `still` are the rows of a flow while its scheme runs, whose push does not change from week to week: habit is then
    always the weaker of the two forces, as w_h p (1 - p) < 1. `flows`, of which some weeks or all are seen without the
    scheme, and `sticky` are walked through week by week, rows of about the same horizon together.
    """
    others = [row.against for row in rows if row.against is not None]
    compared = np.array([i for i, row in enumerate(rows) if row.against is not None], dtype=int)
    against = compared, len(rows) + np.arange(len(others))
    asked, rows = rows, [*rows, *others]
    columns = {name: np.array([float(getattr(row, name)) for row in rows]) for name in _COLUMNS}
    alpha = {nodes: _motivation(rows, nodes) for nodes in (NODES[0], NODES_OF_WALKS[0])}
    studies = tuple(dict.fromkeys(row.study for row in rows))
    live = np.array([row.while_live for row in rows])
    stick = np.array([row.sticky for row in rows])
    return Table(
        tuple(asked),
        against,
        columns,
        alpha,
        np.array([studies.index(row.study) for row in asked]),
        studies,
        np.flatnonzero(live & ~stick),
        _by_horizon(np.flatnonzero(~live & ~stick), columns["week_to"]),
        _by_horizon(np.flatnonzero(stick), columns["week_to"]),
    )


def _by_horizon(index: NDArray[np.int64], week_to: NDArray[np.float64]) -> tuple[NDArray[np.int64], ...]:
    """Part rows by the next power of two of their horizon, weeks."""
    doublings = np.ceil(np.log2(week_to[index]))
    return tuple(index[doublings == d] for d in np.unique(doublings))


def log_odds(table: Table, draw: Draw, log_s: Array, habit_deviate: Array, place: Place = NUMPY) -> Array:
    """Return the expected log-odds of each row, arm less control (or less `against`), float[..., L].

    Args:
        table: The rows.
        draw: Parameters by name, each float[...].
        log_s: Natural log of the responsiveness of each row's study, float[..., L].
        habit_deviate: Standard normal deviate of habit's strength, float[..., L].
        place: NumPy or JAX.
    """
    xp = place.xp
    compared, others = table.against
    log_s, habit_deviate = (xp.concatenate([x, x[..., compared]], -1) for x in (log_s, habit_deviate))
    rate = xp.zeros(xp.shape(log_s), dtype=xp.float64)
    walks = [(table.still, _still, NODES)]
    walks += [(index, _flow, NODES_OF_WALKS) for index in table.flows]
    walks += [(index, _sticky, NODES_OF_WALKS) for index in table.sticky]
    for index, walk, nodes in walks:
        if len(index):
            part = _Part(table, index, nodes, draw, log_s, habit_deviate, place)
            rate = _put(rate, index, walk(part), xp)
    p0 = table.columns["baseline"]
    accepted = table.columns["accepted"]
    mixed = xp.clip(accepted * rate + (1 - accepted) * p0, 1e-9, 1 - 1e-9)
    found = xp.log(mixed / (1 - mixed)) - np.log(p0 / (1 - p0))
    asked = found[..., : len(table)]
    return _put(asked, compared, asked[..., compared] - found[..., others], xp) if len(compared) else asked


def _put(rate: Array, index: NDArray[np.int64], found: Array, xp: Any) -> Array:
    if xp is np:
        rate[..., index] = found
        return rate
    return rate.at[..., index].set(found)


class _Part:
    """Some rows with what the equations need of them, shaped [..., L, M, S]: motivation and persons' responsiveness."""

    def __init__(
        self,
        table: Table,
        index: NDArray[np.int64],
        nodes: tuple[int, int],
        draw: Draw,
        log_s: Array,
        habit_deviate: Array,
        place: Place,
    ) -> None:
        self.place, self.index = place, index
        xp = self.xp = place.xp
        self.c = {name: column[index] for name, column in table.columns.items()}
        self.alpha = table.alpha[nodes[0]][index][:, :, None]
        self.p0 = 1 / (1 + np.exp(-np.clip(self.alpha, -LIMIT, LIMIT)))
        point, weight = _normal(nodes[1])
        self.weight = _normal(nodes[0])[1][:, None] * weight
        sigma = _wide(draw["sigma_s"], xp)
        person = xp.exp(sigma * point - sigma**2 / 2)
        s = xp.exp(log_s[..., index])[..., None, None]
        self.reason = s * person * self._pulls(draw)
        self.cap = (_row(draw["kappa_c"], xp) * self.c["intrinsic"] * self.c["controlling"])[..., None, None]
        self.decay = xp.exp(-_wide(draw["chi"], xp))
        deviate = habit_deviate[..., index]
        habit = _row(draw["w_h"], xp) * xp.exp(_row(draw["tau_h"], xp) * deviate)
        self.habit = xp.minimum(habit, HABIT_CAP)[..., None, None]
        self.eta = _wide(draw["eta1"], xp)

    def _pulls(self, draw: Draw) -> Array:
        """Equation (4) without responsiveness, [..., L, M, 1]."""
        c, xp = self.c, self.xp
        d = {name: _row(draw[name], xp) for name in TERMS}
        same = (
            d["beta_c"] * c["contingent"]
            + d["beta_m"] * xp.log1p(c["value"] / d["v0"])
            + d["beta_r"] * c["visibility"]
            + d["beta_a"] * c["appeal"]
            + d["beta_k"] * c["commitment"]
            + d["beta_t"] * c["pivotality"]
        )[..., None, None]
        gap = c["message"][:, None, None] * np.clip(c["reference"][:, None, None] - self.p0, 0, NEAR)
        return same + _wide(draw["w_d"], xp) * gap

    def mean(self, p: Array) -> Array:
        return (p * self.weight).sum((-2, -1))

    def rate(self, push: Array, crowding: Array) -> Array:
        xp = self.xp
        return 1 / (1 + xp.exp(-xp.clip(self.alpha + push - crowding, -LIMIT, LIMIT)))

    def weeks(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return for each week whether the scheme is live, and the share of the window it is, float64[W, L]."""
        week = np.arange(int(self.c["week_to"].max()))[:, None]
        live = (week >= self.c["live_from"]) & (week < self.c["live_to"])
        seen = (week >= self.c["week_from"]) & (week < self.c["week_to"])
        return live.astype(float), seen / (self.c["week_to"] - self.c["week_from"])

    def moved(self, crowding: Array, live: Array) -> Array:
        """Equation (9)."""
        xp, cap = self.xp, self.cap * live[:, None, None]
        jumps = (cap * crowding >= 0) & (xp.abs(cap) >= xp.abs(crowding))
        return xp.where(jumps, cap, cap + (crowding - cap) * self.decay)


def _still(part: _Part) -> Array:
    return part.mean(part.rate(part.reason, part.cap))


def _flow(part: _Part) -> Array:
    """Walk through the weeks of a flow; each kind's habit is expected habit."""
    xp = part.xp
    n, chance = (part.c[name][:, None, None] for name in ("opportunities", "chance"))
    gain = (1 - xp.exp(-part.eta * n)) * chance
    live, seen = part.weeks()

    def step(carry: Any, now: Any) -> tuple[Any, None]:
        habit, crowding, total = carry
        on, share = now
        crowding = part.moved(crowding, on)
        push = _push(xp, part.reason * on[:, None, None], part.habit * habit)
        p = part.rate(push, crowding)
        habit = habit + gain * (p - part.p0 - habit)
        return (habit, crowding, total + share * part.mean(p)), None

    zero = xp.zeros_like(part.reason)
    start = (zero, zero, xp.zeros_like(part.mean(zero)))
    (_, _, total), _ = part.place.scan(step, start, (live, seen))
    return total


def _sticky(part: _Part) -> Array:
    """Walk through the weeks of a sticky act: the four classes of `agents.meanfield`, each with its own habit.

    The offer is the same in all weeks of the scheme, so whoever weighs a kept draw against it does so in the first;
    from then on only those who decide again can change.
    """
    xp, again = part.xp, part.c["redecision"][:, None, None]
    gain = 1 - xp.exp(-part.eta * STICKY_HABIT_OPPORTUNITIES)
    live, seen = part.weeks()
    opens = (np.arange(len(live))[:, None] == part.c["live_from"]).astype(float)
    zero = xp.zeros_like(part.reason)
    p0 = zero + part.p0
    lead = (1,) * p0.ndim
    excess = np.array([0.0, 1.0, -1.0, 0.0]).reshape(4, *lead)
    same = np.eye(4).reshape(4, 4, *lead)

    def step(carry: Any, now: Any) -> tuple[Any, None]:
        share, habit, crowding, total = carry
        on, first, window = now
        crowding = part.moved(crowding, on)
        p = part.rate(_push(xp, part.reason * on[:, None, None], part.habit * habit), crowding)
        to = xp.stack([xp.minimum(p, p0), xp.maximum(p - p0, 0), xp.maximum(p0 - p, 0), 1 - xp.maximum(p, p0)], 1)
        again_now = again + first[:, None, None] * (1 - again)  # all weigh the offer when it opens, by the same draw
        moves = share[:, None] * (again_now * to + (1 - again_now) * same)
        share = moves.sum(0)
        habit = (moves * habit[:, None]).sum(0) / xp.maximum(share, TINY)
        habit = habit + gain * (excess - habit)
        return (share, habit, crowding, total + window * part.mean(share[0] + share[1])), None

    start = (xp.stack([p0, zero, zero, 1 - p0]), xp.stack([zero] * 4), zero, xp.zeros_like(part.mean(zero)))
    (_, _, _, total), _ = part.place.scan(step, start, (live, opens, seen))
    return total


def _push(xp: Any, today: Array, yesterday: Array) -> Array:
    """Equation (5)."""
    return xp.maximum(xp.maximum(today, yesterday), 0) + xp.minimum(xp.minimum(today, yesterday), 0)


def _row(x: Array, xp: Any) -> Array:
    return xp.asarray(x)[..., None]


def _wide(x: Array, xp: Any) -> Array:
    return xp.asarray(x)[..., None, None, None]


def _normal(nodes: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return points and weights of a standard normal."""
    point, weight = np.polynomial.hermite_e.hermegauss(nodes)
    return point, weight / weight.sum()


def _motivation(rows: Sequence[Row], nodes: int) -> NDArray[np.float64]:
    point, weight = _normal(nodes)
    return np.stack([_level(row.baseline, row.spread * point, weight) + row.spread * point for row in rows])


def _level(baseline: float, deviation: NDArray[np.float64], weight: NDArray[np.float64]) -> float:
    """Solve the level of equation (1) on the nodes, by bisection."""
    middle = float(np.log(baseline / (1 - baseline)))
    low, high = middle - 40.0, middle + 40.0
    for _ in range(80):
        middle = 0.5 * (low + high)
        below = float(weight @ (1 / (1 + np.exp(-(middle + deviation))))) < baseline
        low, high = (middle, high) if below else (low, middle)
    return 0.5 * (low + high)
