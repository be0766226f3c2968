"""What a page of a study needs of its tables: curves, effects of factors, who leads, the best point and the worst."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.reports.study.outcomes import outcome

if TYPE_CHECKING:
    import pandas as pd

    from simulation.reports.study.view import StudyView
    from simulation.results.responses.facts import FactorFacts

MOST_LEVELS = 8
"""Distinct values up to which each is a level of its own; beyond, a factor's values are gathered in bins of equal count."""
_BINS, _IN_A_BIN = 6, 5


@dataclass(frozen=True)
class Level:
    """The mean of an outcome at one value of a factor, or over a bin of its values."""

    at: Any
    mean: float
    error: float
    points: int
    first: float = math.nan
    last: float = math.nan


@dataclass(frozen=True)
class Effect:
    """How far a factor moves the mean of an outcome of one arm, between its lowest and its highest level.

    Attributes:
        factor: Name of the factor.
        arm: Name of the arm.
        levels: Every level, in the factor's order.
        low: Of the two levels that lie farthest apart, the one that comes first in the factor's order.
        high: The other.
        error: Standard error of the difference between the two; NaN where it cannot be told.
    """

    factor: str
    arm: str
    levels: tuple[Level, ...]
    low: Level
    high: Level
    error: float

    @property
    def swing(self) -> float:
        """Return how far apart the two lie, never below 0."""
        return abs(self.high.mean - self.low.mean)

    @property
    def noise(self) -> float:
        """Return the swing that chance alone gives one time in 20 or so; the more levels, the larger."""
        return (2.0 + 0.5 * math.log2(max(2, len(self.levels)) / 2)) * self.error

    @property
    def seen(self) -> bool:
        """Tell whether it is seen to move anything."""
        return self.swing > 0.0 and (math.isnan(self.error) or self.swing > self.noise)


def effects(view: StudyView, name: str | None = None, arms: tuple[str, ...] | None = None) -> list[Effect]:
    """Return the effect of every factor on an outcome, each of the arm that it moves most, the largest first."""
    name = name or view.lead
    among = arms or tuple(a for a, _ in view.judged_arms)
    best = []
    for factor in view.facts.factors:
        found = [e for arm in among if (e := effect(view, factor, arm, name)) is not None]
        if found:
            best.append(max(found, key=_clear))
    return sorted(best, key=_by_swing, reverse=True)


def _by_swing(e: Effect) -> tuple[bool, float]:
    return e.seen, e.swing


def _clear(e: Effect) -> tuple[bool, float]:
    return e.seen, e.swing


def effect(view: StudyView, factor: FactorFacts, arm: str, name: str) -> Effect | None:
    """Return how far a factor moves an outcome of an arm; None where fewer than two levels are there."""
    levels, spread = _levels(view, factor, arm, name)
    if len(levels) < 2:
        return None
    means = [level.mean for level in levels]
    i, j = sorted((int(np.argmin(means)), int(np.argmax(means))))
    j = j if j != i else len(levels) - 1
    return Effect(factor.name, arm, tuple(levels), levels[i], levels[j], spread(i, j))


def curve(view: StudyView, factor: FactorFacts, arm: str, name: str) -> list[Level]:
    """Return the mean of an outcome along a factor, averaged over everything else that was varied."""
    return _levels(view, factor, arm, name)[0]


def _levels(view: StudyView, factor: FactorFacts, arm: str, name: str) -> tuple[list[Level], Any]:
    rows = view.points[(view.points["arm"] == arm) & view.points[name].notna()]
    groups = _grouped(rows, factor)
    table = _by_society(view, arm, name) if _crossed(view) else None
    means, errors = [], []
    series = []
    for _, part in groups:
        means.append(float(part[name].mean()))
        own = table.loc[table.index.isin(part["point"])].mean() if table is not None else None
        series.append(own)
        errors.append(_error_of(own) if own is not None else _between(part, name))
    levels = [
        Level(at, mean, error, len(part), *_ends(part, factor))
        for (at, part), mean, error in zip(groups, means, errors, strict=True)
    ]

    def spread(i: int, j: int) -> float:
        if series[i] is not None and series[j] is not None:
            return _error_of(series[j] - series[i])
        return math.hypot(errors[i], errors[j])

    return levels, spread


def _crossed(view: StudyView) -> bool:
    """Tell whether every level of a factor meets the same levels of the others, so that only luck is left in a difference."""
    return view.facts.design == "grid" and view.runs is not None and view.finished


def _by_society(view: StudyView, arm: str, name: str) -> pd.DataFrame:
    assert view.runs is not None
    own = view.runs[view.runs["arm"] == arm]
    return own.pivot_table(index="point", columns="replicate", values=name)


def _error_of(values: Any) -> float:
    known = values.dropna()
    return float(known.std(ddof=1) / math.sqrt(len(known))) if len(known) > 1 else math.nan


def _between(part: pd.DataFrame, name: str) -> float:
    """Return the error of a mean over points that differ in everything else: their own spread, noise included."""
    if len(part) > 1:
        return float(part[name].std(ddof=1) / math.sqrt(len(part)))
    return float(part[f"{name}_mcse"].iloc[0])


def _grouped(rows: pd.DataFrame, factor: FactorFacts) -> list[tuple[Any, pd.DataFrame]]:
    """Part the points by the values of a factor, or by bins of equal count, in the factor's order."""
    values = rows[factor.name]
    listed = [v for v in factor.values if (values == v).any()] if factor.values else sorted(values.unique())
    if len(listed) <= MOST_LEVELS or not factor.numeric:
        return [(v, rows[values == v]) for v in listed]
    bins = max(2, min(_BINS, len(rows) // _IN_A_BIN))
    ordered = rows.sort_values(factor.name, kind="stable")
    cuts = [round(i * len(ordered) / bins) for i in range(bins + 1)]
    parts = [ordered.iloc[a:b] for a, b in zip(cuts[:-1], cuts[1:], strict=True) if b > a]
    return [(_middle(part[factor.name], factor), part) for part in parts]


def _middle(values: pd.Series, factor: FactorFacts) -> float:
    return float(np.exp(np.log(values).mean())) if factor.scale == "log" else float(values.mean())


def _ends(part: pd.DataFrame, factor: FactorFacts) -> tuple[float, float]:
    if not factor.numeric:
        return math.nan, math.nan
    return float(part[factor.name].min()), float(part[factor.name].max())


# --- who leads, and where it is best --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Lead:
    """Which arm comes first at a point, and whether that is told from the next by more than the noise."""

    point: int
    arm: str
    ahead: float
    told: bool


def leads(view: StudyView, name: str | None = None) -> list[Lead]:
    """Return who comes first at each point where two arms or more are there; none where there is one arm."""
    name = name or view.lead
    arms = [a for a, _ in view.judged_arms]
    if len(arms) < 2:
        return []
    sign = outcome(name).better or 1
    table = view.points[view.points["arm"].isin(arms)].pivot_table(index="point", columns="arm", values=name)
    table = table.reindex(columns=[a for a in arms if a in table]).dropna()
    runs = view.runs
    wide = runs.pivot_table(index=["point", "replicate"], columns="arm", values=name) if runs is not None else None
    found = []
    for point, row in (sign * table).iterrows():
        first, second = row.sort_values(ascending=False, kind="stable").index[:2]
        ahead = float(row[first] - row[second])
        error = _paired(wide, view, int(point), str(first), str(second), name)
        found.append(Lead(int(point), str(first), ahead, ahead > 2.0 * error))
    return found


def _paired(wide: Any, view: StudyView, point: int, first: str, second: str, name: str) -> float:
    """Return the standard error of the difference of two arms at a point, society by society where the runs are there."""
    if wide is not None and point in wide.index.get_level_values(0):
        return _error_of(wide.loc[point, first] - wide.loc[point, second])
    rows = view.points[(view.points["point"] == point)].set_index("arm")[f"{name}_mcse"]
    return math.hypot(float(rows[first]), float(rows[second]))


def firsts(found: list[Lead]) -> list[tuple[str, int]]:
    """Count the points at which each arm comes first, the most frequent before."""
    counts: dict[str, int] = {}
    for lead in found:
        counts[lead.arm] = counts.get(lead.arm, 0) + 1
    return sorted(counts.items(), key=_times, reverse=True)


def _times(pair: tuple[str, int]) -> int:
    return pair[1]


def extremes(view: StudyView, name: str | None = None) -> tuple[pd.Series, pd.Series] | None:
    """Return the rows of the best point and arm, and of the worst; None where nothing is there."""
    name = name or view.lead
    arms = [a for a, _ in view.judged_arms]
    rows = view.points[view.points["arm"].isin(arms) & view.points[name].notna()]
    if rows.empty:
        return None
    sign = outcome(name).better or 1
    order = (sign * rows[name]).to_numpy()
    return rows.iloc[int(order.argmax())], rows.iloc[int(order.argmin())]


def cells(view: StudyView, a: str, b: str, arm: str, name: str | None = None) -> tuple[list[Any], list[Any], Any, Any]:
    """Return the levels of two factors, the mean of an outcome in each cell (rows a, columns b) and the points in it."""
    name = name or view.lead
    rows = view.points[(view.points["arm"] == arm) & view.points[name].notna()]
    first, second = _grouped(rows, view.factor(a)), _grouped(rows, view.factor(b))
    means = np.full((len(first), len(second)), np.nan)
    counts = np.zeros(means.shape, dtype=int)
    for i, (_, one) in enumerate(first):
        for j, (_, other) in enumerate(second):
            both = one[one["point"].isin(other["point"])]
            counts[i, j] = len(both)
            if len(both):
                means[i, j] = float(both[name].mean())
    return [at for at, _ in first], [at for at, _ in second], means, counts
