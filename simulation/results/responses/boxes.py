"""Boxes in the space of factors: what bounds them, which points lie in them, how well they tell points of interest."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from simulation.results.responses.facts import FactorFacts
from simulation.results.responses.tables import Floats, from_unit, level_places, range_of, to_unit

Mask = NDArray[np.bool_]
LIMITS = ["box", "factor", "low", "high", "values"]


@dataclass(frozen=True)
class Box:
    """Limits of some factors, by their place in the study; the others are free.

    Attributes:
        ends: Lower and upper end of ranges, in coordinates of the space; infinite where open.
        levels: Places of the levels inside, of listed factors.
    """

    ends: Mapping[int, tuple[float, float]] = field(default_factory=dict)
    levels: Mapping[int, frozenset[int]] = field(default_factory=dict)

    def holds(self, x: Floats) -> Mask:
        """Tell which rows of coordinates lie inside."""
        inside = np.ones(len(x), dtype=bool)
        for j, (low, high) in self.ends.items():
            inside &= (x[:, j] >= low) & (x[:, j] <= high)
        for j, places in self.levels.items():
            inside &= np.isin(x[:, j], list(places))
        return inside

    @property
    def bounded(self) -> tuple[int, ...]:
        """Places of the factors that it bounds."""
        return tuple(sorted({*self.ends, *self.levels}))

    def within(self, j: int, low: float, high: float) -> Box:
        """Return the box with a range cut further."""
        before = self.ends.get(j, (-math.inf, math.inf))
        return Box({**self.ends, j: (max(before[0], low), min(before[1], high))}, self.levels)

    def only(self, j: int, places: frozenset[int]) -> Box:
        """Return the box with fewer levels of a listed factor."""
        return Box(self.ends, {**self.levels, j: places})

    def without(self, j: int) -> Box:
        """Return the box with a factor set free."""
        return Box({i: v for i, v in self.ends.items() if i != j}, {i: v for i, v in self.levels.items() if i != j})


@dataclass(frozen=True)
class Space:
    """Coordinates of points: ranges in [0, 1] on their own scale, listed factors as places in their list."""

    factors: tuple[FactorFacts, ...]
    x: Floats
    lows: tuple[float, ...]
    highs: tuple[float, ...]

    @classmethod
    def of(cls, rows: pd.DataFrame, factors: tuple[FactorFacts, ...]) -> Space:
        """Return the space of some points."""
        columns = [level_places(rows[f.name], f) if f.values else to_unit(rows[f.name], f) for f in factors]
        x = np.column_stack(columns) if len(factors) else np.zeros((len(rows), 0))
        ends = [(0.0, 0.0) if f.values else range_of(rows[f.name], f) for f in factors]
        return cls(factors, x, tuple(e[0] for e in ends), tuple(e[1] for e in ends))

    def limits(self, boxes: list[Box]) -> pd.DataFrame:
        """Return what bounds each box: one row a box and bounded factor.

        Returns:
            box (from 1), factor, low, high (in units of the factor, NaN where open), values (levels inside, in the
            order of their list; empty for a range).
        """
        rows: list[dict[str, object]] = []
        for number, box in enumerate(boxes, 1):
            for j in box.bounded:
                f = self.factors[j]
                row: dict[str, object] = {
                    "box": number,
                    "factor": f.name,
                    "low": math.nan,
                    "high": math.nan,
                    "values": (),
                }
                if j in box.levels:
                    row["values"] = tuple(f.values[i] for i in sorted(box.levels[j]))
                else:
                    row["low"], row["high"] = (self._value(j, u) for u in box.ends[j])
                rows.append(row)
        return pd.DataFrame(rows, columns=LIMITS)

    def _value(self, j: int, u: float) -> float:
        if not math.isfinite(u):
            return math.nan
        return float(from_unit(np.array([u]), self.factors[j], self.lows[j], self.highs[j])[0])


def scores(inside: Mask, wanted: Mask) -> dict[str, float]:
    """Return how many points a box has, its coverage, density and lift.

    Coverage: of the points of interest, the share in it. Density: of its points, the share of interest. Lift: density
    over that of all points.
    """
    n, hits, base = int(inside.sum()), int((inside & wanted).sum()), float(wanted.mean()) if len(wanted) else 0.0
    density = hits / n if n else math.nan
    return {
        "points": n,
        "coverage": hits / int(wanted.sum()) if wanted.any() else math.nan,
        "density": density,
        "lift": density / base if base > 0 else math.nan,
    }
