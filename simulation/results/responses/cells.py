"""Cut the values of a factor into levels or bins."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from simulation.results.responses.facts import FactorFacts
from simulation.results.responses.tables import Floats, from_unit, level_places, range_of, to_unit

MOST_LEVELS = 10
POINTS_A_BIN = 10
FEWEST_BINS, MOST_BINS = 5, 10


@dataclass(frozen=True)
class Cut:
    """A factor's values sorted into cells.

    Attributes:
        points: Points of the design, ascending.
        cells: The cell of each point, from 0.
        values: Middle of each bin, or the level itself.
        lows: Lower end of each bin; NaN for a level.
        highs: Upper end of each bin; NaN for a level.
        ordered: Whether the cells have an order that means something: those of numbers do.
        binned: Whether they are bins of a range.
    """

    points: NDArray[np.int64]
    cells: NDArray[np.int64]
    values: list[object]
    lows: Floats
    highs: Floats
    ordered: bool
    binned: bool

    def __len__(self) -> int:
        """Count the cells, empty ones too."""
        return len(self.values)

    def at(self, points: pd.Series) -> NDArray[np.int64]:
        """Return the cells of some points of the design."""
        return self.cells[np.searchsorted(self.points, points.to_numpy(np.int64))]


def cut(points: pd.DataFrame, factor: FactorFacts, bins: int | None = None) -> Cut:
    """Sort points into cells: listed values and few different numbers are levels, else equal bins of the range.

    Bins are equally wide on the factor's own scale; without `bins` there are 5 to 10, one for every ten points.
    """
    design = points.drop_duplicates("point").sort_values("point")
    numbers, values = design["point"].to_numpy(np.int64), design[factor.name]
    nothing = np.full(len(factor.values), math.nan)
    if factor.values:
        places = level_places(values, factor).astype(np.int64)
        return Cut(numbers, places, list(factor.values), nothing, nothing, factor.numeric, False)
    x = values.to_numpy(np.float64)
    different = np.unique(x)
    if len(different) <= min(MOST_LEVELS, bins or MOST_LEVELS) and (len(different) < len(x) or len(x) == 1):
        nothing = np.full(len(different), math.nan)
        places = np.searchsorted(different, x).astype(np.int64)
        return Cut(numbers, places, different.tolist(), nothing, nothing, True, False)
    n = bins or min(MOST_BINS, max(FEWEST_BINS, len(x) // POINTS_A_BIN))
    cells = np.minimum((to_unit(values, factor) * n).astype(np.int64), n - 1)
    low, high = range_of(values, factor)
    ends = from_unit(np.linspace(0.0, 1.0, n + 1), factor, low, high)
    middles = from_unit((np.arange(n) + 0.5) / n, factor, low, high)
    return Cut(numbers, cells, middles.tolist(), ends[:-1], ends[1:], True, True)
