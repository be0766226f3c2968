"""Sensitivity indices of a study's factors, the method that fits its design, and whether the design is large enough."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from simulation.core.errors import one_of
from simulation.core.params import Text
from simulation.results.responses.extras import need
from simulation.results.responses.facts import StudyFacts
from simulation.results.responses.pawn import pawn
from simulation.results.responses.salib import delta, morris, saltelli_block, sobol_indices
from simulation.results.responses.tables import Floats, by_society, rows_of, unit_design
from simulation.results.responses.too_small import too_small

__all__ = [
    "Indices",
    "delta",
    "morris",
    "noise_share",
    "pawn",
    "sensitivity",
    "sobol_indices",
    "too_small",
    "which_fits",
]

METHODS: dict[str, Callable[[Floats, Floats, Sequence[str], int], pd.DataFrame]] = {
    "morris": morris,
    "sobol": sobol_indices,
    "pawn": pawn,
    "delta": delta,
}
SKEWED = 2.0
"""From this skewness on (an exponential distribution has 2) the variance is a poor measure of an outcome's spread."""


@dataclass(frozen=True)
class Indices:
    """Sensitivity of an outcome to each factor.

    Attributes:
        method: "morris", "sobol", "pawn" or "delta".
        table: One row a factor in file order, columns by method: see the room's docstring.
        used: Points that count.
        left_out: Points of the design that do not: not run, all runs failed, outcome not defined, or in a block or
            trajectory with such a point.
        noise_share: Share of the variance over points that is Monte Carlo noise; NaN where it is not known.
        warning: Why the indices are not to be relied on; None where nothing speaks against them, and where the outcome
            is the same at every point, as the effect of control is: the table is NaN then, and no design is too small.
    """

    method: str
    table: pd.DataFrame
    used: int
    left_out: int
    noise_share: float
    warning: Text | None


def sensitivity(
    points: pd.DataFrame,
    facts: StudyFacts,
    outcome: str,
    arm: str,
    method: str | None = None,
    seed: int = 1,
    runs: pd.DataFrame | None = None,
) -> Indices:
    """Return the indices of an outcome of an arm, by the method that fits the design or by one that is named.

    Raises:
        InputError: The method is not known, or the extra `studies` is not installed.
    """
    need("SALib", "scipy")
    design, y = design_and_outcome(points, facts, outcome, arm)
    chosen = method or which_fits(facts, y)
    one_of("method", chosen, list(METHODS))
    table = METHODS[chosen](design, y, [f.name for f in facts.factors], seed)
    used = _used(chosen, design, y)
    noise = noise_share(points, facts, outcome, arm, runs)
    known = y[np.isfinite(y)]
    constant = len(known) > 1 and float(np.ptp(known)) == 0.0
    return Indices(chosen, table, used, len(y) - used, noise, None if constant else too_small(facts, table))


def design_and_outcome(points: pd.DataFrame, facts: StudyFacts, outcome: str, arm: str) -> tuple[Floats, Floats]:
    """Return unit coordinates and outcome of every point of the design in order, NaN for those that are not there."""
    known = unit_design(points, facts)
    every = range(max(facts.points, int(known.index.max()) + 1 if len(known) else 0))
    rows = rows_of(points, facts, outcome, arm).set_index("point")
    return known.reindex(every).to_numpy(np.float64), rows[outcome].reindex(every).to_numpy(np.float64)


def which_fits(facts: StudyFacts, y: Floats) -> str:
    """Return the method for a design and an outcome.

    Trajectories are for Morris; a Saltelli design is for Sobol' indices, unless the outcome is so skewed that its
    variance says little; for these and for every other design PAWN, which needs no order of points and no variance.
    """
    if facts.design == "morris":
        return "morris"
    return "sobol" if facts.design == "saltelli" and abs(skewness(y)) < SKEWED else "pawn"


def skewness(y: Floats) -> float:
    """Return the third standardised moment of what is finite; 0 for a constant.

    Examples:
        >>> skewness(np.array([1.0, 2.0, 3.0]))
        0.0
    """
    x = y[np.isfinite(y)]
    sd = float(x.std()) if len(x) else 0.0
    return float((((x - x.mean()) / sd) ** 3).mean()) if sd > 0.0 else 0.0


def _used(method: str, design: Floats, y: Floats) -> int:
    known = np.isfinite(y) & np.isfinite(design).all(axis=1)
    size = design.shape[1] + 1 if method == "morris" else saltelli_block(design) if method == "sobol" else 1
    if size == 0:
        return 0
    n = len(y) // size * size
    return int(known[:n].reshape(-1, size).all(axis=1).sum()) * size


def noise_share(
    points: pd.DataFrame, facts: StudyFacts, outcome: str, arm: str, runs: pd.DataFrame | None = None
) -> float:
    """Return the share of the variance of an outcome over points that is Monte Carlo noise, 0 to 1.

    From points alone: mean squared MCSE over variance. That is the most it can be: all points share their societies,
    and what a society adds to every point alike moves no point against another. With `runs` this common part is taken
    out (residuals of points by societies). NaN for a single society a point, a single point or a constant outcome.
    """
    rows = rows_of(points, facts, outcome, arm)
    variance = float(rows[outcome].var())
    errors = rows[f"{outcome}_mcse"].to_numpy(np.float64)
    if len(rows) < 2 or not variance > 0.0 or not np.isfinite(errors).any():
        return math.nan
    noise = float(np.nanmean(errors**2))
    if runs is not None:
        x = by_society(runs, facts, outcome, rows["point"].to_numpy(np.int64), [arm])[:, 0]
        x = x[:, np.isfinite(x).all(axis=0)]
        if x.shape[1] > 1 and len(x) > 1:
            rest = x - x.mean(axis=1, keepdims=True) - x.mean(axis=0) + x.mean()
            noise = float((rest**2).sum()) / ((len(x) - 1) * (x.shape[1] - 1)) / x.shape[1]
    return min(1.0, noise / variance)
