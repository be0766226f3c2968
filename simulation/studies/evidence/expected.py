"""Predictions by the law without chance: fast, for calibrations, ablations and first predictions of many rows."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from simulation.studies.evidence.kernel import log_odds, table_of
from simulation.studies.evidence.rows import Row
from simulation.studies.evidence.score import Prediction, level_of
from simulation.studies.evidence.shipped import Draws

_NORMAL = NormalDist()


class MeanFieldSource:
    """Predict rows of each study with draws that have not seen it; a `card.Source`.

    `unseen` gives the draws of a study. Responsiveness, habit's deviate and the misfit of each arm are drawn anew, evenly over
    their distributions, keyed by names, so that no prediction depends on which others are asked for.
    """

    def __init__(self, unseen: Callable[[str], Draws]) -> None:
        self.unseen = unseen

    def predict(self, rows: Sequence[Row]) -> list[Prediction]:
        """Return one prediction a row, in their order."""
        found: dict[int, Prediction] = {}
        for study in dict.fromkeys(row.study for row in rows):
            where = [i for i, row in enumerate(rows) if row.study == study]
            found |= dict(zip(where, self._of_study(study, [rows[i] for i in where]), strict=True))
        return [found[i] for i in range(len(rows))]

    def _of_study(self, study: str, rows: Sequence[Row]) -> list[Prediction]:
        draws = self.unseen(study)
        n = len(draws["tau"])
        log_s = draws["tau"] * even_normals(n, f"{study} responsiveness")
        habit = even_normals(n, f"{study} habit")
        wide = np.ones(len(rows))
        found = log_odds(table_of(rows), draws, log_s[:, None] * wide, habit[:, None] * wide)
        return [misfit(row, found[:, i], draws["omega"]) for i, row in enumerate(rows)]


def misfit(row: Row, expected: NDArray[np.float64], omega: NDArray[np.float64]) -> Prediction:
    """Return the prediction of a row with the misfit of its arm, which is at most its effect; nothing stays nothing."""
    most = np.abs(expected)
    draws = expected + np.clip(omega * even_normals(len(expected), f"{row.key} misfit"), -most, most)
    return Prediction(row, draws, level_of(row, draws))


def even_normals(n: int, name: str) -> NDArray[np.float64]:
    """Return n standard normal numbers, one from each of n equally likely parts, in an order keyed by a name."""
    seed = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "little")
    order = np.random.default_rng(seed).permutation(n)
    return np.array([_NORMAL.inv_cdf((k + 0.5) / n) for k in order])
