"""Threshold contagion, a rival of the logit: a push below a citizen's own threshold does nothing, equation (6t).

A citizen acts on own reasons and on what neighbours are seen to do once both together reach a personal threshold
(Granovetter 1978; Watts 2002; Centola and Macy 2007). It is written in excess over the twin, as all of the law is: the
push of equation (5) is what both add to the twin's log-odds, so without a scheme nothing is held back or let through.
"""

from __future__ import annotations

from functools import cache
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from simulation.agents.parameters import defaults
from simulation.core.streams import THRESHOLD, Streams

MEAN, SPREAD = 0.25, 0.12
"""Share of neighbours at which a citizen follows: tipping near a quarter (Centola and others 2018), spread as in the
normal distribution by which Granovetter (1978) shows how much hangs on it."""
REFERENCE_PUSH = 0.5
"""Logit of a push whose mean response is that of the logit rule: about the mean effect of published arms."""


def thresholds(streams: Streams, ids: NDArray[np.uint64], behaviour: int) -> NDArray[np.float32]:
    """Return each citizen's threshold for a behaviour, logit, never below 0."""
    share = MEAN + SPREAD * streams.normal(THRESHOLD, ids, behaviour)
    return np.asarray(np.maximum(share, 0.0) * whole_neighbourhood(), dtype=np.float32)


@cache
def gain() -> np.float32:
    """Return g of equation (6t): over all thresholds, the mean response to the reference push is that push."""
    reached = NormalDist(MEAN, SPREAD).cdf(REFERENCE_PUSH / whole_neighbourhood())
    return np.float32(round(1.0 / reached, 6))  # the last bits of the distribution differ between processors


@cache
def whole_neighbourhood() -> float:
    """Return what all of one's neighbours weigh, logit, at the middle value of w_d: it turns shares into log-odds."""
    return float(defaults(1).w_d)
