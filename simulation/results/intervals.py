"""Honest intervals: order statistics over simulated societies, luck and ignorance told apart, words for counts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LEAST_FOR_INTERVAL = 19
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Estimate:
    """A mean with its 90 % interval; low and high are None below 19 societies."""

    mean: float
    low: float | None
    high: float | None

    def to_dict(self) -> dict[str, float | None]:
        """Return mean, low and high."""
        return {"mean": self.mean, "low": self.low, "high": self.high}


def bounds(values: Floats) -> tuple[float | None, float | None]:
    """Return order statistics k and R + 1 - k with k = floor(.05 (R + 1)); None below 19 societies."""
    n = len(values)
    if n < LEAST_FOR_INTERVAL:
        return None, None
    k = math.floor(0.05 * (n + 1))
    ordered = np.sort(values)
    return float(ordered[k - 1]), float(ordered[n - k])


def estimate(values: Sequence[float] | Floats) -> Estimate | None:
    """Return mean and interval of one value per society; None where there is none."""
    x = np.asarray(values, dtype=np.float64)
    if len(x) == 0 or not np.isfinite(x).all():
        return None
    return Estimate(float(x.mean()), *bounds(x))


def ratio(numerator: Floats, denominator: Floats) -> Estimate | None:
    """Return the ratio of means and order statistics of the societies' own ratios.

    None where the denominator's interval holds 0. A society whose denominator is 0 or below has no ratio of its own: it
    stands above every other, and an end of the interval that falls there is None.
    """
    low, high = bounds(denominator)
    mean = float(denominator.mean()) if len(denominator) else 0.0
    holds_zero = low is not None and high is not None and low <= 0.0 <= high
    if mean <= 0.0 or holds_zero:
        return None
    middle = float(numerator.mean()) / mean
    own = np.full(len(denominator), np.inf)
    np.divide(numerator, denominator, out=own, where=denominator > 0.0)
    ends = [None if x is None or not math.isfinite(x) else x for x in bounds(own)]
    return Estimate(middle, ends[0], ends[1])


@dataclass(frozen=True)
class Spread:
    """Variance over societies, split: luck from pairs that share parameters, ignorance the rest (not below 0)."""

    total: float
    luck: float
    luck_se: float
    ignorance: float
    ignorance_se: float

    @property
    def luck_share(self) -> float | None:
        """Share of the variance that is luck, 0 to 1."""
        return min(1.0, self.luck / self.total) if self.total > 0 else None


def split(values: Floats, once: Floats, again: Floats) -> Spread | None:
    """Tell luck from ignorance: `once` and `again` are values of the same societies under a first and a second luck."""
    pairs = len(again)
    if len(values) < 2 or pairs < 2:
        return None
    halves = (once - again) ** 2 / 2.0
    luck, luck_se = float(halves.mean()), float(halves.std(ddof=1) / math.sqrt(pairs))
    total = float(values.var(ddof=1))
    total_se = total * math.sqrt(2.0 / (len(values) - 1))
    return Spread(total, luck, luck_se, max(0.0, total - luck), math.hypot(total_se, luck_se))


Parts = tuple[Floats, Floats]


def split_ratio(values: Parts, once: Parts, again: Parts) -> Spread | None:
    """Tell luck from ignorance in a ratio of means, to first order: (above - ratio * below) / mean(below).

    Each argument holds what stands above and what below. None where the ratio itself is none.
    """
    found = ratio(*values)
    if found is None:
        return None
    scale = float(values[1].mean())
    return split(*((above - found.mean * below) / scale for above, below in (values, once, again)))


def best_counts(effects: dict[str, Floats]) -> dict[str, float]:
    """Count the societies in which each arm's effect is the largest, control at 0 included, ties split."""
    names = list(effects)
    stacked = np.stack([effects[name] for name in names])
    top = stacked == stacked.max(axis=0)
    return {name: float(v) for name, v in zip(names, (top / top.sum(axis=0)).sum(axis=1), strict=True)}


def variance_reduction(arm: Floats, control: Floats) -> float | None:
    """Return what pairing bought: Var(arm - next society's control) / Var(arm - own control)."""
    if len(arm) < 3:
        return None
    paired = float((arm - control).var(ddof=1))
    unpaired = float((arm - np.roll(control, -1)).var(ddof=1))
    return unpaired / paired if paired > 0 else None


WORDS: tuple[tuple[str, float], ...] = (
    ("virtually certain", 0.99),
    ("extremely likely", 0.95),
    ("very likely", 0.90),
    ("likely", 0.66),
    ("more likely than not", 0.50),
)


def likelihood(count: float, n: int) -> str | None:
    """Return the word that a count earns: the highest whose threshold its lower end reaches (IPCC 2010).

    The lower end is the 5 % quantile of Beta(count + 1/2, n - count + 1/2); None where no word is earned.
    """
    lower = beta_quantile(0.05, count + 0.5, n - count + 0.5)
    return next((word for word, threshold in WORDS if lower >= threshold), None)


def at_least_likely(count: float, n: int) -> bool:
    """Tell whether a count earns "likely" or more."""
    return beta_quantile(0.05, count + 0.5, n - count + 0.5) >= 0.66


def needed(word: str, n: int) -> int | None:
    """Return the smallest count of n that earns the word; None where none does."""
    threshold = dict(WORDS)[word]
    return next((k for k in range(n + 1) if beta_quantile(0.05, k + 0.5, n - k + 0.5) >= threshold), None)


def beta_quantile(p: float, a: float, b: float) -> float:
    """Return the quantile of a beta distribution by bisection on the incomplete beta function."""
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if _incomplete_beta(middle, a, b) < p else (low, middle)
    return 0.5 * (low + high)


def _incomplete_beta(x: float, a: float, b: float) -> float:
    if x <= 0.0 or x >= 1.0:
        return min(1.0, max(0.0, x))
    if x > (a + 1.0) / (a + b + 2.0):
        return 1.0 - _incomplete_beta(1.0 - x, b, a)
    log_front = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    return math.exp(log_front) * _continued_fraction(x, a, b) / a


def _continued_fraction(x: float, a: float, b: float) -> float:
    """Evaluate the fraction of the incomplete beta function by Lentz's method (Numerical Recipes, 6.4)."""
    tiny = 1e-300
    c, d = 1.0, 1.0 - (a + b) * x / (a + 1.0)
    d = 1.0 / (d if abs(d) > tiny else tiny)
    total = d
    for m in range(1, 500):
        for numerator in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1.0 + numerator * d
            c = 1.0 + numerator / c
            d = 1.0 / (d if abs(d) > tiny else tiny)
            c = c if abs(c) > tiny else tiny
            total *= d * c
        if abs(d * c - 1.0) < 1e-14:
            break
    return total
