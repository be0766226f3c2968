"""Counts, means, spreads and order statistics of values in groups, all groups at once."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.results.intervals import LEAST_FOR_INTERVAL

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Described:
    """What is known of each group: its finite values alone. NaN where there are too few for it."""

    n: Ints
    mean: Floats
    sd: Floats
    mcse: Floats
    low: Floats
    high: Floats


def describe(group: Ints, values: Floats, groups: int) -> Described:
    """Describe values by group: mean, sd (n - 1), mcse = sd / sqrt(n), order statistics as `intervals.bounds`."""
    known = np.isfinite(values)
    g, x = group[known], values[known]
    n = np.bincount(g, minlength=groups).astype(np.int64)
    mean = _over(np.bincount(g, weights=x, minlength=groups), n, 1)
    far = np.bincount(g, weights=(x - mean[g]) ** 2, minlength=groups)
    sd = np.sqrt(_over(far, n - 1, 1))
    low, high = ends(g, x, groups)
    return Described(n, mean, sd, sd / np.sqrt(np.maximum(n, 1)), low, high)


def ends(group: Ints, values: Floats, groups: int) -> tuple[Floats, Floats]:
    """Return order statistics k and n + 1 - k of each group, k = floor(.05 (n + 1)); NaN below 19 or if infinite."""
    n = np.bincount(group, minlength=groups)
    ordered = values[np.lexsort([values, group])]
    start = np.cumsum(n) - n
    k = np.floor(0.05 * (n + 1)).astype(np.int64)
    enough = n >= LEAST_FOR_INTERVAL
    low, high = np.full(groups, math.nan), np.full(groups, math.nan)
    low[enough] = ordered[(start + k - 1)[enough]]
    high[enough] = ordered[(start + n - k)[enough]]
    return np.where(np.isfinite(low), low, math.nan), np.where(np.isfinite(high), high, math.nan)


def _over(total: NDArray[Any], n: Ints, least: int) -> Floats:
    return np.where(n >= least, total / np.maximum(n, 1), math.nan)
