"""Sequential stopping: societies are added at a point until the means are known well enough."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simulation.results.fragments.means import point_means
from simulation.results.fragments.store import Store
from simulation.results.responses.mcse import next_round as enough
from simulation.studies.plan.study import Study


def asked_for(study: Study, store: Store) -> int:
    """Return how many runs a study asks for: all of its design or, with a target, as many as it is known to need."""
    if study.target is None:
        return study.runs
    tried = (store.present() | store.absent_but_failed()).any(axis=1).reshape(study.points, -1).sum(axis=1)
    wanted = np.maximum(tried, study.target.at_least).astype(np.int64)
    more = next_round(study, store, wanted) if (tried >= study.target.at_least).all() else None
    return int((wanted if more is None else more).sum()) * len(study.arms)


def next_round(study: Study, store: Store, wanted: NDArray[np.int64]) -> NDArray[np.int64] | None:
    """Return how many societies each point is to have after one more round; None where no more is asked for.

    It is decided on whole rounds alone, from what is kept, so that a study that was stopped takes the same rounds.
    """
    target = study.target
    if target is None:
        return None
    arms = {name: i for i, (name, _) in enumerate(study.facts.arms)}
    shape = (len(wanted), len(arms))
    n, sd = np.zeros(shape, np.int64), np.full(shape, np.nan)
    outcome = target.outcome or study.facts.outcomes[0]
    means = point_means(store, [outcome])
    where = means["point"].to_numpy(), means["arm"].map(arms).to_numpy()
    n[where], sd[where] = means[f"{outcome}_n"].to_numpy(), means[f"{outcome}_sd"].to_numpy()
    more = enough(n, sd, target.mcse, target.at_least, target.at_most, tried=wanted)
    return more if (more > wanted).any() else None
