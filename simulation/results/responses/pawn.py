"""The PAWN index: how far an outcome's distribution moves when a factor is known, with what chance alone would give."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from simulation.results.responses.salib import SLIDES, pawn_index

Floats = NDArray[np.float64]
RESAMPLES = 200
MOST_LEVELS = 12
LEAST_IN_SLIDE = 5


def pawn(design: Floats, y: Floats, names: Sequence[str], seed: int = 1) -> pd.DataFrame:
    """Return the PAWN index of each factor: the median Kolmogorov-Smirnov distance over slides of its range.

    A continuous factor has SALib's ten slides of equal numbers of points (fewer below 50 points). A factor of at most
    twelve values has one slide for each of them: SALib's slides are half open, so that it would never look at the
    highest level. `pawn_low` and `pawn_high` hold 90 % of resamples of the points, centred on the index. `chance` is
    what 19 of 20 factors without any effect would stay below: the index is never 0, and only what lies above `chance`
    is a finding. NaN where the outcome or the factor is constant.
    """
    known = np.isfinite(y) & np.isfinite(design).all(axis=1)
    x, outcome = design[known], y[known]
    found = [_row(x[:, j], outcome, np.random.default_rng([seed, j])) for j in range(len(names))]
    return pd.DataFrame([{"factor": name} | row for name, row in zip(names, found, strict=True)])


def _row(x: Floats, y: Floats, stream: np.random.Generator) -> dict[str, float]:
    row = dict.fromkeys(("pawn", "pawn_low", "pawn_high", "pawn_max", "chance"), math.nan)
    slides = _slides(x)
    if len(y) < 2 * LEAST_IN_SLIDE or np.ptp(y) == 0.0 or slides.max(initial=0) == 0:
        return row
    if len(np.unique(x)) > MOST_LEVELS and len(x) >= LEAST_IN_SLIDE * SLIDES:
        row["pawn"], row["pawn_max"] = pawn_index(x, y)
    else:
        distances = ks_distances(slides, y)
        row["pawn"], row["pawn_max"] = float(np.median(distances)), float(distances.max())
    order = np.argsort(y, kind="stable")  # once: what is in order already is sorted in no time
    slides, y = slides[order], y[order]
    again, without = np.empty(RESAMPLES), np.empty(RESAMPLES)
    for i in range(RESAMPLES):
        drawn = np.sort(stream.integers(len(y), size=len(y)))
        again[i] = np.median(ks_distances(slides[drawn], y[drawn]))
        without[i] = np.median(ks_distances(stream.permutation(slides), y))
    low, high = np.quantile(again - again.mean(), [0.05, 0.95])
    row["pawn_low"], row["pawn_high"] = max(0.0, row["pawn"] + low), min(1.0, row["pawn"] + high)
    row["chance"] = float(np.quantile(without, 0.95))
    return row


def _slides(x: Floats) -> NDArray[np.int64]:
    """Return the slide of each point: its level where there are few, else a tenth of the points by their order."""
    levels, places = np.unique(x, return_inverse=True)
    if len(levels) <= MOST_LEVELS:
        return np.asarray(places.reshape(-1), dtype=np.int64)
    n = max(2, min(SLIDES, len(x) // LEAST_IN_SLIDE))
    ranks = np.empty(len(x), dtype=np.int64)
    ranks[np.argsort(x, kind="stable")] = np.arange(len(x))
    return ranks * n // len(x)


def ks_distances(groups: NDArray[np.int64], y: Floats) -> Floats:
    """Return the largest distance between the distribution of `y` in each group that has points and that of all."""
    order = np.argsort(y, kind="stable")
    ordered = y[order]
    last_of_tie = np.append(ordered[1:] != ordered[:-1], True)
    member = np.zeros((len(y), int(groups.max()) + 1))
    member[np.arange(len(y)), groups[order]] = 1.0
    sizes = member.sum(axis=0)
    filled = sizes > 0
    share = np.cumsum(member[:, filled], axis=0)[last_of_tie] / sizes[filled]
    every = (np.flatnonzero(last_of_tie) + 1.0) / len(y)
    return np.asarray(np.abs(share - every[:, None]).max(axis=0), dtype=np.float64)
