"""The law without chance: expected acts of a few kinds of people, calling the very equations that citizens follow.

It answers in a millisecond what a large society without ties, or one in which everybody sees everybody, does on
average. Gauss-Hermite nodes (`kinds_of_people`) stand for the population; nothing is drawn. It is an approximation:
habits differ within a kind, and the push is convex in habit. Differences from 60,000 simulated citizens: docs/model.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from simulation.agents import equations as law
from simulation.core.floats import exp64, logistic64, logit64

F32 = np.float32
BOTH, GAINED, LOST, NEITHER = range(4)
"""The four classes of a sticky act: in both worlds, in the scheme world only, in the twin's only, in none."""


class _Terms(Protocol):
    """What is needed of a behaviour: the constants that the engine's passes take."""

    @property
    def chance(self) -> float: ...
    @property
    def sticky(self) -> bool: ...
    @property
    def redecision(self) -> float: ...
    @property
    def visible_norm(self) -> np.float32: ...
    @property
    def habit(self) -> np.float32: ...
    @property
    def gain(self) -> np.float32: ...
    @property
    def decay(self) -> np.float32: ...
    @property
    def nu(self) -> np.float32: ...
    def trend_odds(self, week: int) -> np.float32: ...


@dataclass(frozen=True)
class Kinds:
    """Kinds of people: motivation (logit), personal factor of responsiveness (mean 1) and their share (sum 1)."""

    alpha: NDArray[np.float32]
    person: NDArray[np.float64]
    share: NDArray[np.float64]


@dataclass(frozen=True)
class Trajectory:
    """Expected share of opportunities acted on, by week, with the scheme and of the twins; float64[weeks]."""

    rate: NDArray[np.float64]
    rate_twin: NDArray[np.float64]


def kinds_of_people(baseline: float, spread: float, sigma_s: float, nodes: int = 31) -> Kinds:
    """Return quadrature nodes for equations (1) and (2): motivation crossed with personal responsiveness.

    Args:
        baseline: Mean rate without a scheme, 0 to 1.
        spread: Standard deviation of motivation, logit.
        sigma_s: Standard deviation of the log of responsiveness between people.
        nodes: Nodes in each of the two directions.
    """
    point, weight = np.polynomial.hermite_e.hermegauss(nodes)
    weight = weight / weight.sum()
    mu = _level(baseline, spread * point, weight)
    alpha = np.repeat(mu + spread * point, nodes).astype(F32)
    person = np.tile(exp64(sigma_s * point - sigma_s**2 / 2), nodes)
    return Kinds(alpha, person, np.outer(weight, weight).ravel())


def mean_field(
    terms: _Terms,
    kinds: Kinds,
    reason: NDArray[np.float32],
    live: Sequence[bool],
    cap: float = 0.0,
    everybody_sees_everybody: bool = False,
    crowding_waits: bool = False,
) -> Trajectory:
    """Return what is expected week by week.

    Args:
        terms: Constants of the behaviour.
        kinds: Kinds of people and their shares.
        reason: R of equation (4) for each kind, as if live, logit; or by week and kind, as the weeks stand.
        live: For each week whether the scheme is live for all.
        cap: kappa iota c of equation (9) while live, logit.
        everybody_sees_everybody: True for a complete graph; False for no ties.
        crowding_waits: True where crowding acts only in weeks without the scheme, a rival.
    """
    world = (_StickyWorld if terms.sticky else _FlowWorld)(terms, kinds)
    rate, twin = np.zeros(len(live)), np.zeros(len(live))
    excess = 0.0
    for week, on in enumerate(live):
        if everybody_sees_everybody and week > 0:
            world.see(excess)
        world.crowds = not (crowding_waits and on)
        today = reason[week] if reason.ndim > 1 else reason * F32(on)
        rate[week], twin[week], excess = world.week(week, today, F32(cap * on), on)
    return Trajectory(rate, twin)


class _World:
    """Expected norm and crowding of each kind."""

    def __init__(self, terms: _Terms, kinds: Kinds) -> None:
        self.terms, self.kinds = terms, kinds
        self.odds0 = exp64(kinds.alpha.astype(np.float64)).astype(F32)
        self.norm = np.zeros_like(kinds.alpha)
        self.crowding = np.zeros_like(kinds.alpha)
        self.crowds = True

    def see(self, excess: float) -> None:
        self.norm = law.norm_update(self.norm, F32(excess), F32(1), self.terms.nu)

    def odds(self, week: int, reason: Any, habit: Any) -> tuple[Any, Any]:
        """Return odds with the scheme and of the twin, for habits of shape (..., kinds)."""
        pushed = law.push(reason + self.terms.visible_norm * self.norm, self.terms.habit * habit)
        twin = law.baseline_odds(self.odds0, self.terms.trend_odds(week))
        return law.scheme_odds(twin, pushed, self.crowding * F32(self.crowds), F32(0)), twin

    def mean(self, x: Any) -> float:
        return float(self.kinds.share @ x.astype(np.float64))


class _FlowWorld(_World):
    """A flow: each week's acts are drawn anew, so expected habit follows expected excess."""

    def __init__(self, terms: _Terms, kinds: Kinds) -> None:
        super().__init__(terms, kinds)
        self.habit = np.zeros_like(kinds.alpha)

    def week(self, week: int, reason: Any, cap: Any, asked: bool) -> tuple[float, float, float]:
        self.crowding = law.crowding_update(self.crowding, cap, self.terms.decay)
        odds, twin_odds = self.odds(week, reason, self.habit)
        p, p0 = law.probability(odds), law.probability(twin_odds)
        self.habit = law.habit_update(self.habit, p - p0, self.terms.gain * F32(self.terms.chance))
        return self.mean(p), self.mean(p0), self.mean(p - p0)


class _StickyWorld(_World):
    """A sticky act: shares of four classes, each with its own expected habit, for habit follows what one did.

    `edge` is the draw up to which those without the act in either world are known to have refused.
    """

    def __init__(self, terms: _Terms, kinds: Kinds) -> None:
        super().__init__(terms, kinds)
        if float(terms.trend_odds(1)) != 1.0:
            raise ValueError("the mean field of a sticky act knows no trend: each person keeps that of another week")
        p0 = law.probability(law.baseline_odds(self.odds0, terms.trend_odds(0)))
        zero = np.zeros_like(p0)
        self.share = np.stack([p0, zero, zero, F32(1) - p0])
        self.habit = np.zeros_like(self.share)
        self.edge = p0.astype(np.float64)

    def week(self, week: int, reason: Any, cap: Any, asked: bool) -> tuple[float, float, float]:
        self.crowding = law.crowding_update(self.crowding, cap, self.terms.decay)
        odds, twin_odds = self.odds(week, reason, self.habit)
        p, p0 = law.probability(odds).astype(np.float64), law.probability(twin_odds).astype(np.float64)
        moves = self._stay(p, p0, asked)
        moves += self._decide_again(p, p0, moves[:, NEITHER].sum(axis=0))
        total = np.maximum(moves.sum(axis=0), 1e-300)
        self.habit = ((moves * self.habit[:, None]).sum(axis=0) / total).astype(F32)
        self.share = moves.sum(axis=0).astype(F32)
        excess = np.array([0, 1, -1, 0], F32)[:, None]
        self.habit = law.habit_update(self.habit, excess, self.terms.gain)
        acts, twin = self.share[BOTH] + self.share[GAINED], self.share[BOTH] + self.share[LOST]
        return self.mean(acts), self.mean(twin), self.mean(acts - twin)

    def _decide_again(
        self, p: NDArray[np.float64], p0: NDArray[np.float64], old: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Return shares moving from class to class, float64[from, to, kind], among those who decide again.

        `old` are those of the others without the act in either world, whose edge joins with that of the fresh ones.
        """
        to = np.stack([np.minimum(p, p0), np.maximum(p - p0, 0), np.maximum(p0 - p, 0), 1 - np.maximum(p, p0)], axis=1)
        fresh = self.share * self.terms.redecision
        refused = (fresh * to[:, NEITHER]).sum(axis=0)
        reached = (fresh * to[:, NEITHER] * np.maximum(p, p0)).sum(axis=0)
        self.edge = (self.edge * old + reached) / np.maximum(old + refused, 1e-300)
        return np.asarray(fresh[:, None] * to)

    def _stay(self, p: NDArray[np.float64], p0: NDArray[np.float64], asked: bool) -> NDArray[np.float64]:
        """Return the same for the others, who keep their draw: asked, they weigh it against today's chance."""
        kept = self.share * (1 - self.terms.redecision)
        stays = np.zeros((4, 4, len(p0)))
        for c in range(4):
            stays[c, c] = kept[c]
        if not asked:
            return stays
        joined = kept[NEITHER] * np.clip((p[NEITHER] - self.edge) / np.maximum(1 - self.edge, 1e-12), 0, 1)
        stays[NEITHER, GAINED], stays[NEITHER, NEITHER] = joined, kept[NEITHER] - joined
        self.edge = np.maximum(self.edge, p[NEITHER])
        top = np.maximum(self.edge, p0 + 1e-12)
        gone = kept[GAINED] * np.clip((top - p[GAINED]) / (top - p0 + 1e-12), 0, 1)
        stays[GAINED, NEITHER], stays[GAINED, GAINED] = gone, kept[GAINED] - gone
        lost = kept[BOTH] * np.clip((p0 - p[BOTH]) / p0, 0, 1)
        stays[BOTH, LOST], stays[BOTH, BOTH] = lost, kept[BOTH] - lost
        back = kept[LOST] * np.clip(p[LOST] / p0, 0, 1)
        stays[LOST, BOTH], stays[LOST, LOST] = back, kept[LOST] - back
        return stays


def _level(baseline: float, deviation: NDArray[np.float64], weight: NDArray[np.float64]) -> float:
    """Solve the level of equation (1) on the nodes, by bisection."""
    low, high = float(logit64(baseline)) - 40.0, float(logit64(baseline)) + 40.0
    for _ in range(80):
        middle = 0.5 * (low + high)
        below = float(weight @ logistic64(middle + deviation)) < baseline
        low, high = (middle, high) if below else (low, middle)
    return 0.5 * (low + high)
