"""Which factor moves an outcome most, from its lowest to its highest value."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from simulation.results.responses.cells import FEWEST_BINS, cut
from simulation.results.responses.facts import FactorFacts, StudyFacts
from simulation.results.responses.indices import design_and_outcome, sensitivity
from simulation.results.responses.noise import Noise, mean_weights
from simulation.results.responses.salib import mu_weights
from simulation.results.responses.tables import Floats, rows_of

COLUMNS = [
    "factor",
    "role",
    "kind",
    "low_value",
    "high_value",
    "low_mean",
    "high_mean",
    "swing",
    "swing_mcse",
    "swing_se",
    "size",
    "low_points",
    "high_points",
]


def tornado(
    points: pd.DataFrame, facts: StudyFacts, outcome: str, arm: str, runs: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Return, for each factor, the mean outcome in its lowest and highest level or fifth, and the swing between them.

    Means are over the rest of the design. Levels without an order ("extremes") are the two with the lowest and the
    highest mean: picked by what is shown, so their swing is never below 0 and is above 0 in noise too. In a Morris
    design the swing is mu, the mean elementary effect over the whole range, and the size mu* (`kind` "elementary
    effects"). `swing_mcse` is the Monte Carlo error (see `Noise`), `swing_se` that of the draw of the design: both
    columns are to be read before a swing is believed.

    Returns:
        One row a factor, the largest size first: see `COLUMNS`. A factor that never varies has NaN.
    """
    rows = rows_of(points, facts, outcome, arm)
    noise = Noise(rows, facts, outcome, arm, runs)
    by_place = facts.design == "morris"  # mu goes from the first value of a list to its last
    found = [_bar(points, rows, f, outcome, noise, by_place) for f in facts.factors] if len(rows) else []
    if by_place and found:
        _elementary(found, points, rows, facts, outcome, arm, noise)
    table = pd.DataFrame(found, columns=COLUMNS)
    return table.sort_values("size", ascending=False, kind="stable", na_position="last").reset_index(drop=True)


def _bar(
    points: pd.DataFrame, rows: pd.DataFrame, factor: FactorFacts, outcome: str, noise: Noise, by_place: bool
) -> dict[str, object]:
    whole = cut(points, factor, None if factor.values else FEWEST_BINS)
    cells = whole.at(rows["point"])
    y = rows[outcome].to_numpy(np.float64)
    kind = "extremes" if not whole.ordered else "fifths" if whole.binned else "levels"
    bar: dict[str, object] = dict.fromkeys(COLUMNS, math.nan)
    bar |= {"factor": factor.name, "role": factor.role, "kind": kind, "low_points": 0, "high_points": 0}
    used = _ends(cells, y, len(whole), whole.ordered or by_place)
    if used is None:
        return bar
    low, high = (cells == i for i in used)
    swing = float(y[high].mean() - y[low].mean())
    return bar | {
        "low_value": whole.values[used[0]],
        "high_value": whole.values[used[1]],
        "low_mean": float(y[low].mean()),
        "high_mean": float(y[high].mean()),
        "swing": swing,
        "swing_mcse": noise.of(mean_weights(high) - mean_weights(low)),
        "swing_se": math.hypot(_se(y[low]), _se(y[high])),
        "size": abs(swing),
        "low_points": int(low.sum()),
        "high_points": int(high.sum()),
    }


def _ends(cells: NDArray[np.int64], y: Floats, n: int, ordered: bool) -> tuple[int, int] | None:
    """Return the cells at both ends: of the order, or of the means where there is no order."""
    filled = [i for i in range(n) if (cells == i).any()]
    if len(filled) < 2:
        return None
    if ordered:
        return filled[0], filled[-1]
    means = [float(y[cells == i].mean()) for i in filled]
    return filled[int(np.argmin(means))], filled[int(np.argmax(means))]


def _se(y: Floats) -> float:
    return float(y.std(ddof=1)) / math.sqrt(len(y)) if len(y) > 1 else math.nan


def _elementary(
    found: list[dict[str, object]],
    points: pd.DataFrame,
    rows: pd.DataFrame,
    facts: StudyFacts,
    outcome: str,
    arm: str,
    noise: Noise,
) -> None:
    """Put elementary effects in the place of swings; their mean is a weighted sum of points, which has its MCSE."""
    design, y = design_and_outcome(points, facts, outcome, arm)
    table = sensitivity(points, facts, outcome, arm, method="morris").table
    at = rows["point"].to_numpy(np.int64)
    for j, bar in enumerate(found):  # both are in file order
        mu, size, sigma, moves = (float(table[c].to_numpy()[j]) for c in ("mu", "mu_star", "sigma", "moves"))
        bar |= {"kind": "elementary effects", "swing": mu, "size": size}
        bar["swing_se"] = sigma / math.sqrt(moves) if moves > 1 else math.nan
        bar["swing_mcse"] = noise.of(mu_weights(design, y, j)[at])
