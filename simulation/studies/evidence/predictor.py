"""What predicts by calibrated parameters: studies replayed by the engine, other arms learned, and what made it all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from simulation.core.errors import InputError
from simulation.studies.evidence.card import Learner, Provenance
from simulation.studies.evidence.files import VARIANTS, Design, evidence_folder
from simulation.studies.evidence.posterior import CAPS, PRIORS, Prior
from simulation.studies.evidence.replay import REPLICATES, Replay
from simulation.studies.evidence.rows import Row
from simulation.studies.evidence.rules import Known
from simulation.studies.evidence.score import Prediction
from simulation.studies.evidence.shipped import Calibration, calibration, stale
from simulation.studies.evidence.variants import read_variants
from simulation.studies.plan.law import parameter

POINTS = 400
"""Of a prior, evenly over its distribution."""


@dataclass(frozen=True)
class Calibrated:
    """A predictor of three parts: the engine's replay, a learner, and what made the parameters."""

    replay: Replay
    provenance: Provenance
    learner: Learner | None = None

    def predict(self, rows: Sequence[Row]) -> list[Prediction]:
        """Return one prediction a row, in their order, by parameters that have not seen its study."""
        return self.replay.predict(rows)

    def given(self, known: Known, rows: Sequence[Row]) -> list[Prediction]:
        """Return one prediction a row, in their order, once the known rows of the study are.

        Raises:
            InputError: Where nothing was given that learns.
        """
        if self.learner is None:
            raise InputError(
                "This predictor cannot learn from a known arm. Give it a learner.",
                "ตัวทำนายนี้เรียนรู้จากทางเลือกที่รู้ผลแล้วไม่ได้ ให้ระบุ learner",
            )
        return self.learner.given(known, rows)


def calibrated(
    designs: Sequence[Design],
    known: Known,
    *,
    made: Calibration | None = None,
    learner: Learner | None = None,
    replicates: int = REPLICATES,
    jobs: int | None = None,
    watch: Callable[[int, int], None] | None = None,
) -> Calibrated:
    """Return what predicts studies by a calibration.

    Args:
        designs: The studies.
        known: Their rows and figures, to tell whether the parameters still fit them.
        made: The calibration; the shipped one by default.
        learner: What predicts other arms once one is known.
        replicates: Simulated societies a study.
        jobs: Processes; all cores by default.
        watch: Called with the societies done and how many there are.

    Raises:
        InputError: Where there are no calibrated parameters.
    """
    made = calibration() if made is None else made
    scenarios = {design.id: design.scenario for design in designs}
    replay = Replay(scenarios, made.unseen, replicates, jobs, watch)
    return Calibrated(replay, provenance_of(made, known), learner)


def provenance_of(made: Calibration, known: Known) -> Provenance:
    """Return what made a calibration's parameters, whether they still fit, and how far the studies moved them."""
    shown = [name for name in PRIORS if name in made.posterior]
    return Provenance(
        parameters=str(made.manifest["identity"])[:12],
        stale=stale(known, made),
        variants=variants_tried(),
        curves={name: (prior_points(name), made.posterior[name]) for name in shown},
        titles={name: parameter(name).title for name in shown},
    )


def variants_tried(folder: str | Path | None = None) -> int | None:
    """Return how many structural variants of the law are on record in a folder; None without a record."""
    place = evidence_folder(folder)
    return len(read_variants(place)) if (place / VARIANTS).is_file() else None


def prior_points(name: str) -> NDArray[np.float64]:
    """Return points that stand evenly for a parameter's prior; what lies above its cap is left out."""
    u = (np.arange(POINTS) + 0.5) / POINTS
    found = _quantiles(PRIORS[name], u)
    return found[found <= CAPS.get(name, np.inf)]


def _quantiles(prior: Prior, u: NDArray[np.float64]) -> NDArray[np.float64]:
    if prior.kind == "uniform":
        return prior.middle + (prior.spread - prior.middle) * u
    normal = NormalDist().inv_cdf
    if prior.kind == "half-normal":
        return np.array([prior.spread * normal(0.5 + 0.5 * x) for x in u])
    return prior.middle * np.exp(prior.spread * np.array([normal(x) for x in u]))
