"""A part of the report card: rows scored beside the simple rules, and their means over studies."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from simulation.studies.evidence.first import First
from simulation.studies.evidence.rows import Row, Target
from simulation.studies.evidence.rules import Flat
from simulation.studies.evidence.score import (
    Difference,
    Prediction,
    Score,
    bootstrap,
    by_study,
    crps_normal,
    crps_of,
    error_of,
    in50,
    in90,
    of_each,
    order_agreement,
    over_studies,
    score,
    sign_right,
    standard_error,
)
from simulation.studies.evidence.targets import Z95


@dataclass(frozen=True)
class Compared:
    """A row predicted and observed, and what the flat rule said of it."""

    row: Row
    target: Target
    score: Score
    flat: float
    flat_crps: float

    @property
    def observed_low(self) -> float:
        """Return the lower end of the observed figure's 95 % interval."""
        return self.target.log_odds - Z95 * self.score.se

    @property
    def observed_high(self) -> float:
        """Return the upper end of the observed figure's 95 % interval."""
        return self.target.log_odds + Z95 * self.score.se

    def to_json(self) -> dict[str, object]:
        """Return the row as plain data."""
        s, r = self.score, self.row
        return {
            "study": r.study,
            "arm": r.arm,
            "behaviour": r.behaviour,
            "weeks": [r.week_from, r.week_to],
            "role": r.role,
            "family": r.family,
            "predicted": s.median,
            "low": s.low,
            "high": s.high,
            "observed": s.observed,
            "se": s.se,
            "observed_low": self.observed_low,
            "observed_high": self.observed_high,
            "inside": s.inside,
            "crps": s.crps,
            "flat": self.flat,
            "crps_flat": self.flat_crps,
            "approximation": r.approximation or None,
            "unit": r.unit or None,
            "own_error": s.own_error,
            "provenance": self.target.provenance,
        }


def compare_row(prediction: Prediction, target: Target, flat: Flat) -> Compared:
    """Score a prediction beside the flat rule."""
    row = prediction.row
    return Compared(row, target, score(prediction, target), flat.mean(row), flat.crps(row, target))


def compare_first(first: First, row: Row, target: Target) -> Compared:
    """Score what was predicted first, whatever is predicted now, beside what the flat rule said then."""
    scored = score(Prediction(row, np.asarray(first.quantiles)), target)
    sd = float(np.hypot(first.flat_sd, standard_error(target)))
    return Compared(row, target, scored, first.flat_mean, crps_normal(first.flat_mean, sd, target.log_odds))


@dataclass(frozen=True)
class Part:
    """Rows scored together; every figure is the mean over studies of the study's mean."""

    rows: tuple[Compared, ...] = ()

    @property
    def scores(self) -> list[Score]:
        """Return the model's scores."""
        return [c.score for c in self.rows]

    @property
    def studies(self) -> list[str]:
        """Return the studies, in the order of the rows."""
        return list(dict.fromkeys(c.row.study for c in self.rows))

    def of(self, study: str) -> Part:
        """Return the rows of one study."""
        return Part(tuple(c for c in self.rows if c.row.study == study))

    def model(self, what: str) -> dict[str, float]:
        """Return the model's mean of each study: crps, mae, coverage50, coverage90 or sign."""
        return of_each(self.scores, _MODEL[what])

    def rule(self, what: str) -> dict[str, float]:
        """Return a rule's mean of each study: crps_flat, mae_flat or mae_none."""
        return by_study([c.row.study for c in self.rows], [_RULES[what](c) for c in self.rows])

    def difference(self, rule: str) -> Difference | None:
        """Return how much the model is better than a rule, with its bootstrap over studies."""
        return bootstrap(self.model(rule.split("_")[0]), self.rule(rule))

    def mean(self, what: str) -> float | None:
        """Return the mean over studies of one of the figures that `model` and `rule` name."""
        return over_studies(self.model(what) if what in _MODEL else self.rule(what))

    def order(self) -> float | None:
        """Return the mean over studies of Spearman's correlation, in those with enough arms."""
        return over_studies(order_agreement(self.scores))

    def own_error(self) -> float | None:
        """Return the mean absolute error in the study's own unit; of one study, for units do not add."""
        found = [c.score.own_error for c in self.rows if c.score.own_error is not None]
        return float(np.mean(found)) if found and len(self.studies) == 1 else None

    def to_json(self) -> dict[str, object] | None:
        """Return it as plain data; none without rows."""
        if not self.rows:
            return None
        return {
            **{what: self.mean(what) for what in FIGURES},
            "spearman": self.order(),
            "sign": self.mean("sign"),
            "studies": len(self.studies),
            "arms": len(self.rows),
            "differences": {rule: (d.to_json() if (d := self.difference(rule)) else None) for rule in _RULES},
        }

    def by_study_json(self) -> list[dict[str, object]]:
        """Return the figures of each study, in its own unit too."""
        parts = [(study, self.of(study)) for study in self.studies]
        return [
            {
                "study": study,
                "arms": len(p.rows),
                **{what: p.mean(what) for what in FIGURES},
                "spearman": p.order(),
                "own_mae": p.own_error(),
                "unit": p.rows[0].row.unit or None,
            }
            for study, p in parts
        ]


FIGURES = ("crps", "crps_flat", "mae", "mae_flat", "mae_none", "coverage50", "coverage90")


def _flat_crps(c: Compared) -> float:
    return c.flat_crps


def _flat_error(c: Compared) -> float:
    return abs(c.flat - c.target.log_odds)


def _no_effect(c: Compared) -> float:
    return abs(c.target.log_odds)


_MODEL: dict[str, Callable[[Score], float]] = {
    "crps": crps_of,
    "mae": error_of,
    "coverage50": in50,
    "coverage90": in90,
    "sign": sign_right,
}
_RULES: dict[str, Callable[[Compared], float]] = {
    "crps_flat": _flat_crps,
    "mae_flat": _flat_error,
    "mae_none": _no_effect,
}


def without_approximations(rows: Sequence[Compared]) -> Part:
    """Return the part of the arms that the library expresses exactly."""
    return Part(tuple(c for c in rows if not c.row.approximation))


def approximations(rows: Sequence[Compared]) -> Part:
    """Return the part of the arms that are coded as their nearest form."""
    return Part(tuple(c for c in rows if c.row.approximation))
