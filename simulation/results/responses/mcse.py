"""Monte Carlo standard errors, and how many simulated societies a target for them needs."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
LEAST_FOR_SD = 2
GROWTH = 2
"""A round at most multiplies a point's societies by this: the sd of a few societies is itself uncertain."""


def mcse(sd: ArrayLike, n: ArrayLike) -> Floats:
    """Return sd / sqrt(n): the standard error of a mean over n societies; NaN for fewer than two.

    Examples:
        >>> float(mcse(2.0, 16))
        0.5
    """
    sd, n = np.broadcast_arrays(np.asarray(sd, np.float64), np.asarray(n, np.float64))
    return np.where(n >= LEAST_FOR_SD, sd / np.sqrt(np.maximum(n, 1.0)), math.nan)


def ratio_mcse(above: ArrayLike, below: ArrayLike) -> tuple[float, float]:
    """Return a ratio of means over societies and its standard error by the delta method.

    The error is sd(above - ratio * below) / (sqrt(n) |mean(below)|), with n - 1 in the sd (Cochran 1977, section 2.11).
    Societies in which either is not finite are left out. NaN where the mean below is 0, the error for fewer than two.
    """
    a, b = np.asarray(above, np.float64), np.asarray(below, np.float64)
    known = np.isfinite(a) & np.isfinite(b)
    a, b = a[known], b[known]
    if len(b) == 0 or b.mean() == 0.0:
        return math.nan, math.nan
    under = float(b.mean())
    middle = float(a.mean()) / under
    if len(b) < LEAST_FOR_SD:
        return middle, math.nan
    return middle, float((a - middle * b).std(ddof=1)) / (math.sqrt(len(b)) * abs(under))


def replicates_needed(sd: ArrayLike, target: float) -> NDArray[np.int64]:
    """Return the fewest societies, two or more, whose mean has an MCSE of at most `target`.

    A sd that is not known (NaN) asks for two, so that it becomes known.

    Examples:
        >>> int(replicates_needed(2.0, 0.5))
        16
    """
    s = np.asarray(sd, np.float64)
    if not (math.isfinite(target) and target > 0.0):
        raise ValueError("a target MCSE is above 0")
    ratio = np.where(np.isfinite(s), s, 0.0) / target
    needed = np.ceil(np.minimum(ratio**2, 1e15) * (1.0 - 1e-12))  # 16.000000000000004 is 16
    return np.maximum(needed, LEAST_FOR_SD).astype(np.int64)


def next_round(
    n: ArrayLike,
    sd: ArrayLike,
    target: float | ArrayLike,
    at_least: int,
    at_most: int,
    tried: ArrayLike | None = None,
) -> NDArray[np.int64]:
    """Return how many societies each point shall have been tried with after the next round; `tried` again at the end.

    The rule is sequential and decided only on whole rounds: what it says depends on the counts and sds after a round is
    complete at every point, not on the order in which runs ended, so that a study that was interrupted takes the same
    rounds as one that was not. A round first brings every point to `at_least`. After that a point goes on while some
    arm's MCSE is above the target, to the number that its largest sd asks for, but at most to twice its societies and
    never above `at_most`. A point never loses societies.

    Args:
        n: Societies that are known, (points,) or (points, arms).
        sd: Their standard deviations, like `n`, or (points, arms, outcomes); NaN where not defined: asks for nothing.
        target: MCSE that is wanted: a number, or one for each of the last axis of `sd`.
        at_least: Societies that every point is tried with, 2 or more.
        at_most: The most that any point is tried with.
        tried: Societies tried at each point, failed ones counted, (points,); without it the largest `n` of the point.
            Where some failed, more are tried in proportion.

    Returns:
        Societies in all at each point, int64, (points,).
    """
    wanted = np.asarray(target, np.float64)
    if not (np.isfinite(wanted).all() and (wanted > 0.0).all()):
        raise ValueError("a target MCSE is above 0")
    s, known = np.asarray(sd, np.float64), np.asarray(n, np.int64)
    if known.size == 0:
        return np.zeros(len(known), np.int64) if tried is None else np.asarray(tried, np.int64)
    known = known.reshape(len(known), -1)
    counts = known.max(axis=1, initial=0) if tried is None else np.asarray(tried, np.int64)
    relative = (s / wanted).reshape(*known.shape, -1) if s.ndim > 1 else (s / wanted).reshape(len(known), 1, 1)
    largest = np.where(np.isfinite(relative), relative, 0.0).max(axis=2, initial=0.0)
    needed = np.where(largest > 0.0, replicates_needed(largest, 1.0), 0)  # known societies, by arm
    open_ = needed > known
    scaled = np.ceil(needed * (counts[:, None] / np.maximum(known, 1))).astype(np.int64)
    asked = np.where(open_, scaled, counts[:, None]).max(axis=1, initial=0)
    asked = np.where(counts < at_least, at_least, np.minimum(asked, GROWTH * counts))
    return np.asarray(np.maximum(counts, np.minimum(asked, at_most)), dtype=np.int64)
