"""How common an honour is: the share of each citizen's group that holds it already."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.incentives.base import People


def share_of_group(people: People, holds: NDArray[Any]) -> float | NDArray[np.float32]:
    """Return the share of holders in each citizen's organisation, or locality where there is none."""
    if not holds.any():
        return 0.0
    by_place = np.bincount(people.locality, weights=holds) / np.maximum(np.bincount(people.locality), 1)
    share = by_place[people.locality]
    member = people.organisation >= 0
    if member.any():
        own = people.organisation[member]
        by_own = np.bincount(own, weights=holds[member]) / np.maximum(np.bincount(own), 1)
        share[member] = by_own[own]
    return share.astype(np.float32)
