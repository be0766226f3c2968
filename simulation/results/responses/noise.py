"""Monte Carlo error of means over points that share their simulated societies."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from simulation.results.responses.facts import StudyFacts
from simulation.results.responses.tables import Floats, by_society


class Noise:
    """Tells the MCSE of weighted sums of the means of points, for one outcome and arm.

    Every point has the same people, ties and luck in a replicate, so errors of points do not average out as independent
    ones would. With `runs` the error is computed society by society, exactly. Without, each of the positive and the
    negative weights together have at most the sum of their points' errors; the two sides are then added as squares,
    which is too large where they share their luck, as they mostly do.
    """

    def __init__(
        self, rows: pd.DataFrame, facts: StudyFacts, outcome: str, arm: str, runs: pd.DataFrame | None = None
    ) -> None:
        """Keep the errors of `rows` (points of one arm, in order), or what each society says of them."""
        self._errors = rows[f"{outcome}_mcse"].to_numpy(np.float64)
        self._parts: Floats | None = None
        if runs is not None:
            x = by_society(runs, facts, outcome, rows["point"].to_numpy(np.int64), [arm])[:, 0]
            n = np.isfinite(x).sum(axis=1, keepdims=True)
            middle = np.nansum(x, axis=1, keepdims=True) / np.maximum(n, 1)
            scale = np.where(n > 1, 1.0 / np.sqrt(np.maximum(n * (n - 1.0), 1.0)), math.nan)
            self._parts = np.where(np.isfinite(x), x - middle, 0.0) * scale

    @property
    def paired(self) -> bool:
        """Tell whether errors are computed society by society."""
        return self._parts is not None

    def of(self, weights: Floats) -> float:
        """Return the MCSE of the sum of weights * means; NaN where a point that counts has no error of its own."""
        used = weights != 0.0
        if not used.any():
            return math.nan
        if self._parts is not None:
            return float(np.sqrt(((weights[used] @ self._parts[used]) ** 2).sum()))
        up, down = (_bound(w, self._errors) for w in (weights, -weights))
        return math.hypot(up, down)


def _bound(weights: Floats, errors: Floats) -> float:
    up = weights > 0.0
    return float((weights[up] * errors[up]).sum())


def mean_weights(mask: Floats) -> Floats:
    """Return the weights of the mean over the points of a mask; zeros for an empty one."""
    chosen = np.asarray(mask, dtype=np.float64)
    return chosen / max(1.0, float(chosen.sum()))
