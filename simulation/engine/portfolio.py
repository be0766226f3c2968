"""How schemes of an arm that aim at one behaviour work together on whoever is live in several: the arm's `combine`.

"counts-once", the usual rule, is `offers.bundle`: less than additive. The two others weigh each scheme by itself first.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.agents import equations as law
from simulation.agents.law_spec import Combine
from simulation.engine.offers import controlling_of
from simulation.engine.state import SchemeState, State, Today

_ZERO = np.float32(0)


def rule_of(state: State) -> Combine:
    """Return the arm's rule."""
    rule: Combine = state.prepared.scenario.arms[state.arm].combine
    return rule


def weighed_apart(
    state: State,
    live: Sequence[SchemeState],
    masks: Sequence[NDArray[np.uint8]],
    scale: np.float32,
    discrepancy: NDArray[np.float32],
) -> Today:
    """Join schemes that were each weighed by themselves (`SchemeState.reason`): the strongest alone, or their sum.

    "strongest": R, c and ease of the live scheme with the largest R, the first where several have it. "additive": R and
    ease add up, an upper bound; c is as in the usual bundle. `discrepancy` is that of the kinds together, the same
    under every rule, so that strongest <= counts-once <= additive holds for each citizen and rules are compared alike.
    """
    anybody = np.maximum.reduce(masks)
    if rule_of(state) == "additive":
        reason, ease = np.zeros(state.prepared.n, np.float32), _ZERO
        for s, mask in zip(live, masks, strict=True):
            on = mask.astype(np.float32)
            reason += s.reason * on
            ease = ease + s.features.ease * on
        controlling = controlling_of([s.features for s in live], masks)
        return Today(law.with_discrepancy(reason, discrepancy), anybody, scale * controlling, ease)
    first = strongest([s.reason for s in live], masks)
    return Today(
        law.with_discrepancy(_chosen([s.reason for s in live], first) * anybody, discrepancy),
        anybody,
        scale * _chosen([s.features.controlling for s in live], first),
        _chosen([s.features.ease for s in live], first),
    )


def strongest(reasons: Sequence[NDArray[np.float32]], masks: Sequence[NDArray[Any]]) -> NDArray[np.int64]:
    """Return the place of the live scheme with the largest reason for each citizen, the first of equals."""
    weighed = [np.where(mask > 0, reason, np.float32(-1)) for reason, mask in zip(reasons, masks, strict=True)]
    return np.asarray(np.argmax(np.stack(weighed), axis=0))


def _chosen(values: Sequence[Any], place: NDArray[np.int64]) -> NDArray[np.float32]:
    columns = [np.broadcast_to(np.asarray(v, dtype=np.float32), len(place)) for v in values]
    return np.asarray(np.choose(place, columns), dtype=np.float32)
