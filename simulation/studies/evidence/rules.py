"""Simple rules that need no model, against which every score stands: what they know is the same training studies.

`Flat` is the mean of a family of incentive; no effect is 0. With one arm of a study given, four rules more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from simulation.studies.evidence.rows import Row, Target
from simulation.studies.evidence.score import crps_normal, standard_error

Known = Sequence[tuple[Row, Target]]


@dataclass(frozen=True)
class Flat:
    """The mean of each family of incentive over studies, each counting once; a family unseen has the overall mean.

    `spreads` are the standard deviations of the training arms around the mean of their family, studies weighted alike;
    `spread` is that over all families, for one with fewer than `LEAST` arms.
    """

    means: dict[str, float]
    overall: float
    spreads: dict[str, float]
    spread: float

    def mean(self, row: Row) -> float:
        """Return what the rule predicts of a row, log-odds."""
        return self.means.get(row.family, self.overall)

    def sd(self, row: Row, se: float = 0.0) -> float:
        """Return the rule's standard deviation for a row whose figure has a standard error."""
        return float(np.hypot(self.spreads.get(row.family, self.spread), se))

    def crps(self, row: Row, target: Target) -> float:
        """Return the score of the rule's normal distribution, the figure's standard error within."""
        return crps_normal(self.mean(row), self.sd(row, standard_error(target)), target.log_odds)


def flat_of(known: Known) -> Flat:
    """Learn the flat rule from training rows; without any it predicts no effect, with certainty."""
    families = {family: [x for x in known if x[0].family == family] for family in {row.family: 0 for row, _ in known}}
    means = {family: _mean(found) for family, found in families.items()}
    spreads = {family: _spread(found, means) for family, found in families.items() if len(found) >= LEAST}
    return Flat(means, _mean(known), spreads, _spread(known, means))


LEAST = 3
"""Training arms that a family must have for a spread of its own."""


def _spread(known: Known, means: Mapping[str, float]) -> float:
    """Return the standard deviation of arms around the mean of their family; an arm of n weighs 1/n."""
    arms = Counter(row.study for row, _ in known)
    squared = [(t.log_odds - means[row.family]) ** 2 for row, t in known]
    weights = [1.0 / arms[row.study] for row, _ in known]
    return float(np.sqrt(np.average(squared, weights=weights))) if squared else 0.0


def flat_without(known: Known, study: str) -> Flat:
    """Learn the flat rule from the other studies."""
    return flat_of([x for x in known if x[0].study != study])


def _mean(known: Known) -> float:
    """Return the mean over studies of the study's mean."""
    kept: dict[str, list[float]] = {}
    for row, target in known:
        kept.setdefault(row.study, []).append(target.log_odds)
    return float(np.mean([np.mean(found) for found in kept.values()])) if kept else 0.0


ONE_GIVEN = ("none", "same", "flat", "flat_shift", "half")
"""No effect; same as the given arm; flat; flat plus the given arm's distance from it; half given, half flat."""


def one_given(given: tuple[Row, Target], row: Row, flat: Flat) -> dict[str, float]:
    """Return what each rule predicts of a row once one arm of its study is known."""
    pilot, mean = given[1].log_odds, flat.mean(row)
    return {
        "none": 0.0,
        "same": pilot,
        "flat": mean,
        "flat_shift": mean + pilot - flat.mean(given[0]),
        "half": 0.5 * pilot + 0.5 * mean,
    }
