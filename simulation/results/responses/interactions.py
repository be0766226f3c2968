"""How the effect of one factor depends on another: cells of two factors, and what is left of them beyond both."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from simulation.results.intervals import beta_quantile
from simulation.results.responses.cells import Cut, cut
from simulation.results.responses.facts import FactorFacts, StudyFacts
from simulation.results.responses.noise import Noise, mean_weights
from simulation.results.responses.tables import Floats, factor_of, rows_of

COLUMNS = ["a", "a_from", "a_to", "b", "b_from", "b_to", "mean", "mcse", "points", "part", "part_mcse"]
RANKED = ["a", "b", "size", "share", "chance", "stands_out", "points"]
MOST_CELLS_A_SIDE, POINTS_A_CELL = 6, 4
FALSE_ALARMS = 0.05
ROUNDING = 1e-24


def interaction(
    points: pd.DataFrame,
    facts: StudyFacts,
    a: str,
    b: str,
    outcome: str,
    arm: str,
    bins: int | None = None,
    runs: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return the heat map of two factors: the mean outcome in each cell, and the part that is neither main effect.

    The part is the cell's mean less the best sum of an effect of `a` and one of `b` (least squares over points; in a
    full grid row mean + column mean - grand mean). `mcse` and `part_mcse` are Monte Carlo errors, see `Noise`.

    Returns:
        One row a cell, `a` slowest, empty cells too (NaN, 0 points): see `COLUMNS`.
    """
    rows = rows_of(points, facts, outcome, arm)
    one, two = _cut_both(points, facts, a, b, bins)
    cells = _Cells.of(rows, one, two, outcome)
    noise = Noise(rows, facts, outcome, arm, runs)
    found: list[dict[str, object]] = []
    for i, j in itertools.product(range(len(one)), range(len(two))):
        k = i * len(two) + j
        inside = cells.cell == k
        found.append(
            {"a": one.values[i], "a_from": one.lows[i], "a_to": one.highs[i]}
            | {"b": two.values[j], "b_from": two.lows[j], "b_to": two.highs[j]}
            | {"mean": cells.means[k], "mcse": noise.of(mean_weights(inside)), "points": int(cells.count[k])}
            | {"part": cells.parts[k], "part_mcse": noise.of(cells.part_weights(k))}
        )
    return pd.DataFrame(found, columns=COLUMNS)


def interactions_ranked(
    points: pd.DataFrame, facts: StudyFacts, outcome: str, arm: str, bins: int | None = None
) -> pd.DataFrame:
    """Return every pair of factors, the strongest interaction first.

    `size` is the root mean square of the parts over points, `share` their share of the variance over points after the
    main effects of all other factors are taken out, `chance` the share that a pair without interaction would have on
    average, and `stands_out` whether an F test at 5 % over all pairs together (Bonferroni) says that it is more than
    chance. Without points to spare (as many cells as points) nothing can stand out.
    """
    rows = rows_of(points, facts, outcome, arm)
    pairs = list(itertools.combinations([f.name for f in facts.factors], 2))
    found = [_strength(points, rows, facts, a, b, outcome, bins, FALSE_ALARMS / len(pairs)) for a, b in pairs]
    table = pd.DataFrame(found if len(rows) else [], columns=RANKED)
    return table.sort_values(["share", "size"], ascending=False, kind="stable").reset_index(drop=True)


def _cut_both(points: pd.DataFrame, facts: StudyFacts, a: str, b: str, bins: int | None) -> tuple[Cut, Cut]:
    n = points["point"].nunique()
    side = bins or max(2, min(MOST_CELLS_A_SIDE, int(math.sqrt(n / POINTS_A_CELL))))
    return cut(points, factor_of(facts, a), side), cut(points, factor_of(facts, b), side)


@dataclass(frozen=True)
class _Cells:
    """Points in the cells of two factors.

    `parts` are NaN in empty cells; `hat` takes the means of filled cells to sums of two effects, which leave
    `freedom`.
    """

    cell: NDArray[np.int64]
    count: NDArray[np.int64]
    means: Floats
    parts: Floats
    hat: Floats
    filled: NDArray[np.int64]
    freedom: int

    @classmethod
    def of(cls, rows: pd.DataFrame, one: Cut, two: Cut, outcome: str) -> _Cells:
        cell = one.at(rows["point"]) * len(two) + two.at(rows["point"])
        y, size = rows[outcome].to_numpy(np.float64), len(one) * len(two)
        count = np.bincount(cell, minlength=size)
        means = np.full(size, math.nan)
        np.divide(np.bincount(cell, weights=y, minlength=size), count, out=means, where=count > 0)
        filled = np.flatnonzero(count)
        design = np.hstack([np.eye(len(one))[filled // len(two)], np.eye(len(two))[filled % len(two)]])
        weight = np.sqrt(count[filled])[:, None]
        hat = (design @ np.linalg.pinv(weight * design)) * weight.T if len(filled) else np.zeros((0, 0))
        parts = np.full(size, math.nan)
        parts[filled] = means[filled] - hat @ means[filled]
        rank = int(np.linalg.matrix_rank(design)) if len(filled) else 0
        return cls(cell, count, means, parts, hat, filled, len(filled) - rank)

    def part_weights(self, k: int) -> Floats:
        """Return the weight of each point's mean in the part of cell `k`."""
        if self.count[k] == 0:
            return np.zeros(len(self.cell))
        at = int(np.searchsorted(self.filled, k))
        over_cells = np.zeros(len(self.count))
        over_cells[self.filled] = -self.hat[at]
        over_cells[k] += 1.0
        return np.asarray(over_cells[self.cell] / self.count[self.cell], dtype=np.float64)


def _strength(
    points: pd.DataFrame,
    rows: pd.DataFrame,
    facts: StudyFacts,
    a: str,
    b: str,
    outcome: str,
    bins: int | None,
    false_alarms: float,
) -> dict[str, object]:
    one, two = _cut_both(points, facts, a, b, bins)
    others = [f for f in facts.factors if f.name not in (a, b)]
    rest, spent = _without(points, rows, others, outcome)
    total = float(((rest - rest.mean()) ** 2).sum()) if len(rest) else 0.0
    if total <= ROUNDING * float((rest**2).sum()):
        rest, total = np.zeros(len(rest)), 0.0  # what is left is rounding
    cells = _Cells.of(rows.assign(**{outcome: rest}), one, two, outcome)
    between = float(np.nansum(cells.count * cells.parts**2))
    within = float(((rest - cells.means[cells.cell]) ** 2).sum())
    left = len(rest) - len(cells.filled) - spent
    share = between / total if total > 0 else 0.0
    chance, out = math.nan, False
    if cells.freedom > 0 and left > 0 and total > 0:
        chance = min(1.0, cells.freedom * (within / left) / total)
        critical = beta_quantile(1.0 - false_alarms, cells.freedom / 2, left / 2)
        out = between > 1e-12 * total and between / (between + within) > critical
    size = math.sqrt(between / len(rest)) if len(rest) else math.nan
    return {"a": a, "b": b, "size": size, "share": share, "chance": chance, "stands_out": out, "points": len(rest)}


def _without(points: pd.DataFrame, rows: pd.DataFrame, factors: list[FactorFacts], outcome: str) -> tuple[Floats, int]:
    """Return the outcome less the main effects of some factors, and how many degrees of freedom these took."""
    y = rows[outcome].to_numpy(np.float64)
    blocks = []
    for factor in factors:
        whole = cut(points, factor)
        blocks.append(np.eye(len(whole))[whole.at(rows["point"])][:, 1:])
    design = np.hstack([np.ones((len(y), 1)), *blocks])
    if len(y) == 0 or design.shape[1] == 1 or design.shape[1] > len(y) // 3:
        return y, 0  # too few points to take anything out of them
    fitted = design @ np.linalg.lstsq(design, y, rcond=None)[0]
    return y - fitted + y.mean(), int(np.linalg.matrix_rank(design)) - 1
