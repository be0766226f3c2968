"""Response curves: how an outcome goes with one factor, over all that the other factors do."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from simulation.results.responses.cells import cut
from simulation.results.responses.facts import StudyFacts
from simulation.results.responses.noise import Noise, mean_weights
from simulation.results.responses.tables import Floats, factor_of, names_of_arms, rows_of

COLUMNS = ["factor", "arm", "value", "from", "to", "mean", "mcse", "se", "low", "high", "points", "failed"]


def response_curve(
    points: pd.DataFrame,
    facts: StudyFacts,
    factor: str,
    outcome: str,
    arm: str | None = None,
    bins: int | None = None,
    runs: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return the main effect of a factor on an outcome: its mean in each level or bin, for each arm or for one.

    The mean is over the points of the bin, each counted once, with whatever values the other factors have there: it
    is the effect of the factor over this design, not with the others at their usual values. `mcse` is the Monte Carlo
    error of that mean (exact with `runs`, else at most this, see `Noise`); `se` is the sd over its points over the
    root of their number: how far another draw of the design might move it. `low` and `high` are the 5 % and 95 %
    quantiles of the points. Bins without a point stay in the table with NaN.

    Returns:
        One row per arm and level or bin: factor, arm, value, from, to, mean, mcse, se, low, high, points, failed
        (runs).
    """
    arms = names_of_arms(facts) if arm is None else [arm]
    whole = cut(points, factor_of(facts, factor), bins)
    found: list[dict[str, object]] = []
    for name in arms:
        rows = rows_of(points, facts, outcome, name)
        if not len(rows):
            continue
        cells = whole.at(rows["point"])
        noise = Noise(rows, facts, outcome, name, runs)
        y, failed = rows[outcome].to_numpy(np.float64), rows["failed"].to_numpy(np.int64)
        for i, value in enumerate(whole.values):
            inside = cells == i
            found.append(
                {"factor": factor, "arm": name, "value": value, "from": whole.lows[i], "to": whole.highs[i]}
                | spread(y[inside])
                | {"mcse": noise.of(mean_weights(inside)), "points": int(inside.sum())}
                | {"failed": int(failed[inside].sum())}
            )
    return pd.DataFrame(found, columns=COLUMNS)


def spread(y: Floats) -> dict[str, float]:
    """Return mean, se, low and high of the means of some points; NaN where there are too few for each."""
    if len(y) == 0:
        return dict.fromkeys(("mean", "se", "low", "high"), math.nan)
    se = float(y.std(ddof=1)) / math.sqrt(len(y)) if len(y) > 1 else math.nan
    low, high = np.quantile(y, [0.05, 0.95])
    return {"mean": float(y.mean()), "se": se, "low": float(low), "high": float(high)}
