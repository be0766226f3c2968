"""How well a prediction agrees with what was observed: CRPS, coverage, error; means over studies of the study's mean."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

from simulation.studies.evidence.rows import Row, Target

Floats = npt.NDArray[np.float64]
BOOTSTRAPS, SEED = 2_000, 2569
LEAST_FOR_ORDER = 4
"""Arms that a study must have before their order is scored."""


@dataclass(frozen=True, eq=False)
class Prediction:
    """What is predicted of one row.

    `draws` are the log-odds difference to the reference without sampling error, one a member of the ensemble; `level`
    the arm's rate as a share of opportunities, draw for draw, or none where it was not asked. Where the reference is
    another arm, whose own figure nobody published, it is the rate were that arm's the baseline, as in the target.
    """

    row: Row
    draws: Floats
    level: Floats | None = None


def level_of(row: Row, draws: Floats) -> Floats:
    """Return the rates at which draws of log-odds bring those who act at the baseline."""
    return level_at(row.baseline, draws)


def level_at(rate: float, log_odds: Floats | float) -> Floats:
    """Return a rate moved by log-odds."""
    return np.asarray(rate / (rate + (1.0 - rate) * np.exp(-np.asarray(log_odds))), dtype=np.float64)


@dataclass(frozen=True)
class Score:
    """One row scored, on the log-odds scale; `own_error` is in the study's own unit, none where that has no meaning."""

    study: str
    arm: str
    mean: float
    median: float
    low: float
    high: float
    low50: float
    high50: float
    observed: float
    se: float
    crps: float
    error: float
    pit: float
    own_error: float | None = None

    @property
    def inside(self) -> bool:
        """Tell whether the observed figure lies in the 90 % interval."""
        return self.low <= self.observed <= self.high

    @property
    def inside50(self) -> bool:
        """Tell whether the observed figure lies in the 50 % interval."""
        return self.low50 <= self.observed <= self.high50


def score(prediction: Prediction, target: Target) -> Score:
    """Score a prediction of the observed figure, its own sampling error included."""
    row = prediction.row
    drawn = observed_draws(prediction.draws, standard_error(target), row.key)
    low, low50, median, high50, high = map(float, np.quantile(drawn, (0.05, 0.25, 0.5, 0.75, 0.95)))
    y = target.log_odds
    own = None
    if prediction.level is not None and target.level is not None:
        own = row.scale * abs(share_of(row, target, median) - target.level)
    return Score(
        study=row.study,
        arm=row.arm,
        mean=float(drawn.mean()),
        median=median,
        low=low,
        high=high,
        low50=low50,
        high50=high50,
        observed=y,
        se=standard_error(target),
        crps=crps(drawn, y),
        error=abs(median - y),
        pit=float((drawn < y).mean() + 0.5 * (drawn == y).mean()),
        own_error=own,
    )


def share_of(row: Row, target: Target, log_odds: float) -> float:
    """Return log-odds against the reference as the arm's share of opportunities.

    The reference's rate is that to which the observed figure was compared, so that predicted and observed start alike;
    the baseline where the level is not known.
    """
    level, at = (row.baseline, 0.0) if target.level is None else (target.level, target.log_odds)
    return float(level_at(level, log_odds - at))


def standard_error(target: Target) -> float:
    """Return the standard error of the figure, that of the reference within."""
    return float(np.hypot(target.se, target.se_reference))


def observed_draws(draws: Floats, se: float, key: str) -> Floats:
    """Return draws of the observed figure: stratified normal errors are added, in an order that the key fixes.

    Stratified, so that 200 draws hold the error's spread nearly exactly; keyed, so that a card is the same each time.
    """
    n = len(draws)
    if se == 0.0:
        return np.asarray(draws, dtype=np.float64)
    strata = np.array([NormalDist().inv_cdf((i + 0.5) / n) for i in range(n)])
    return np.asarray(draws + se * generator(key).permutation(strata), dtype=np.float64)


def generator(key: str) -> np.random.Generator:
    """Return a source of chance of its own for a key, the same on every machine."""
    return np.random.default_rng([SEED, *key.encode()])


def crps(draws: Floats, observed: float) -> float:
    """Return the continuous ranked probability score of an ensemble, E|X - y| - E|X - X'| / 2.

    Source: Gneiting, Raftery 2007, Journal of the American Statistical Association 102, equation 21.
    """
    x = np.sort(draws)
    n = len(x)
    within = float(np.sum((2 * np.arange(n) - n + 1) * x)) / n**2  # half the mean of |X - X'| over all pairs
    return float(np.abs(x - observed).mean()) - within


def crps_normal(mean: float, sd: float, observed: float) -> float:
    """Return the score of a normal distribution, in closed form; of a point, its absolute error."""
    if sd == 0.0:
        return abs(observed - mean)
    z, normal = (observed - mean) / sd, NormalDist()
    return float(sd * (z * (2 * normal.cdf(z) - 1) + 2 * normal.pdf(z) - 1 / np.sqrt(np.pi)))


def by_study(studies: Sequence[str], values: Sequence[float]) -> dict[str, float]:
    """Return the mean of each study's values, in the order in which the studies come."""
    kept: dict[str, list[float]] = {}
    for study, value in zip(studies, values, strict=True):
        kept.setdefault(study, []).append(float(value))
    return {study: float(np.mean(found)) for study, found in kept.items()}


def over_studies(means: Mapping[str, float]) -> float | None:
    """Return the mean over studies, each counting once; none without any."""
    return float(np.mean(list(means.values()))) if means else None


@dataclass(frozen=True)
class Difference:
    """A rule's error less the model's, mean over studies: above 0 the model does better. 90 % from the bootstrap."""

    mean: float
    se: float
    low: float
    high: float
    studies: int

    def to_json(self) -> dict[str, float | int]:
        """Return it as plain data."""
        return {"mean": self.mean, "se": self.se, "low": self.low, "high": self.high, "studies": self.studies}


def bootstrap(model: Mapping[str, float], rule: Mapping[str, float]) -> Difference | None:
    """Draw studies with replacement, model and rule together; none where they have fewer than two studies in common."""
    shared = [s for s in model if s in rule]
    if len(shared) < 2:
        return None
    gains = np.array([rule[s] - model[s] for s in shared])
    chosen = np.random.default_rng(SEED).integers(0, len(gains), (BOOTSTRAPS, len(gains)))
    means = gains[chosen].mean(axis=1)
    low, high = map(float, np.quantile(means, (0.05, 0.95)))
    return Difference(float(gains.mean()), float(means.std(ddof=1)), low, high, len(gains))


def order_agreement(scores: Sequence[Score]) -> dict[str, float]:
    """Return Spearman's correlation of predicted and observed arms, in studies with enough arms that differ."""
    found = {}
    for study in dict.fromkeys(s.study for s in scores):
        of = [s for s in scores if s.study == study]
        a, b = ranks([s.median for s in of]), ranks([s.observed for s in of])
        if len(of) >= LEAST_FOR_ORDER and a.std() > 0 and b.std() > 0:
            found[study] = float(np.corrcoef(a, b)[0, 1])
    return found


def ranks(values: Sequence[float]) -> Floats:
    """Return ranks from 1; equal values share the mean of theirs."""
    x = np.asarray(values, dtype=np.float64)
    below = (x[:, None] > x[None, :]).sum(axis=1)
    same = (x[:, None] == x[None, :]).sum(axis=1)
    return np.asarray(below + (same + 1) / 2, dtype=np.float64)


def of_each(scores: Sequence[Score], value: Callable[[Score], float]) -> dict[str, float]:
    """Return each study's mean of something of its scores."""
    return by_study([s.study for s in scores], [value(s) for s in scores])


def error_of(s: Score) -> float:
    """Return the absolute error of the median."""
    return s.error


def crps_of(s: Score) -> float:
    """Return the continuous ranked probability score."""
    return s.crps


def in90(s: Score) -> float:
    """Return 1 where the 90 % interval holds the figure."""
    return float(s.inside)


def in50(s: Score) -> float:
    """Return 1 where the 50 % interval holds the figure."""
    return float(s.inside50)


def sign_right(s: Score) -> float:
    """Return 1 where the median has the observed sign."""
    return float((s.median > 0) == (s.observed > 0))
