"""The level of motivation at which the mean chance is what is known of it, equation (1)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simulation.core.floats import exact_mean, logistic64, logit64

LEVEL_TOLERANCE = 1e-6


def levelled(deviation: NDArray[np.float64], level: float, spread: float) -> NDArray[np.float32]:
    """Return mu + deviation, float32 logit within +-16, whose mean chance is `level` to within 1e-6.

    The level is solved in float64 on the float32 alpha that is used (secant steps inside a bracket).
    """
    low, high = -40.0, 40.0
    mu = float(logit64(level)) * float(np.sqrt(1.0 + 0.346 * spread * spread))
    for _ in range(100):
        alpha: NDArray[np.float32] = np.clip(mu + deviation, -16.0, 16.0).astype(np.float32)
        if not len(alpha):
            break
        rate = logistic64(alpha.astype(np.float64))
        gap = exact_mean(rate) - level
        if abs(gap) < LEVEL_TOLERANCE / 10:
            break
        low, high = (mu, high) if gap < 0 else (low, mu)
        slope = exact_mean(rate * (1.0 - rate))
        step = mu - gap / slope if slope > 1e-12 else 0.5 * (low + high)
        mu = step if low < step < high else 0.5 * (low + high)
    return alpha
