"""What a page of a study needs of its tables: curves, effects of factors, who leads, the best point and the worst."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.reports.study.outcomes import outcome
from simulation.results.responses.curves import response_curve
from simulation.results.responses.interactions import interaction, interactions_ranked
from simulation.results.responses.regions import SURE, best
from simulation.results.responses.tables import RATIOS
from simulation.results.responses.tornado import tornado

if TYPE_CHECKING:
    import pandas as pd

    from simulation.reports.study.view import StudyView
    from simulation.results.responses.facts import FactorFacts, StudyFacts

MOST_LEVELS = 8
"""Distinct values up to which two factors are shown as cells."""


@dataclass(frozen=True)
class Level:
    """The mean of an outcome at one value of a factor, or over a bin of its values, with its standard error."""

    at: Any
    mean: float
    error: float
    points: int


@dataclass(frozen=True)
class Effect:
    """How far a factor moves the mean of an outcome of one arm, from its lowest level or fifth to its highest.

    Attributes:
        factor: Name of the factor.
        arm: Name of the arm.
        low: The mean at the low end; of levels without an order, the lowest mean.
        high: The mean at the high end; of levels without an order, the highest mean.
        swing: How far it moves the outcome, never below 0; in a Morris design the mean size of its effect.
        error: Standard error of that: of luck alone in a full grid, else of the draw of the design too.
        choices: Levels from which the two ends were picked for being ends of the means; 2 where they are given.
    """

    factor: str
    arm: str
    low: Level
    high: Level
    swing: float
    error: float
    choices: int = 2

    @property
    def noise(self) -> float:
        """Return the swing that chance alone gives one time in 20 or so; the more levels to pick from, the larger."""
        return (SURE + 0.5 * math.log2(self.choices / 2)) * self.error

    @property
    def seen(self) -> bool:
        """Tell whether it is seen to move anything; without an error nothing is."""
        return self.swing > 0.0 and self.swing > self.noise


def effects(view: StudyView, name: str = "") -> list[Effect]:
    """Return the effect of every factor on an outcome, each on the arm or contrast that it moves most; seen ones and large ones first."""
    name = name or view.lead
    found = [effects_on(view, arm, name) for arm in view.asked(name)]
    most = []
    for factor in view.facts.factors:
        own = [e for by_factor in found if (e := by_factor.get(factor.name)) is not None]
        if own:
            most.append(max(own, key=_by_swing))
    return sorted(most, key=_by_swing, reverse=True)


def _by_swing(e: Effect) -> tuple[bool, float]:
    return e.seen, e.swing


def effects_on(view: StudyView, arm: str, name: str = "") -> dict[str, Effect]:
    """Return the effect of each factor on an outcome of one arm; a factor that does not vary in it has none."""
    name = name or view.lead

    def make() -> dict[str, Effect]:
        facts, runs = _of(view, arm)
        rows = tornado(view.points, facts, name, arm, runs).to_dict("records")
        return {row["factor"]: _effect(view, arm, row) for row in rows if math.isfinite(row["size"])}

    return view.remembered(("effects", arm, name), make)


def _of(view: StudyView, arm: str) -> tuple[StudyFacts, pd.DataFrame | None]:
    """Return what is needed to read an arm: its own runs; to read a contrast, those of every arm."""
    if any(c.name == arm for c in view.facts.contrasts):
        return view.facts, view.runs
    return view.plain, view.runs_of(arm)


def _effect(view: StudyView, arm: str, row: Mapping[Any, Any]) -> Effect:
    luck, draw = float(row["swing_mcse"]), float(row["swing_se"])
    known = [x for x in ((luck,) if view.crossed else (luck, draw)) if math.isfinite(x)]
    choices = max(2, len(view.factor(row["factor"]).values)) if row["kind"] == "extremes" else 2
    low, high = (
        Level(row[f"{end}_value"], float(row[f"{end}_mean"]), math.nan, int(row[f"{end}_points"]))
        for end in ("low", "high")
    )
    return Effect(row["factor"], arm, low, high, float(row["size"]), max(known, default=math.nan), choices)


def curve(view: StudyView, factor: FactorFacts, arm: str, name: str = "") -> list[Level]:
    """Return the mean of an outcome along a factor, averaged over everything else that was varied."""
    name = name or view.lead

    def make() -> list[Level]:
        facts, runs = _of(view, arm)
        rows = response_curve(view.points, facts, factor.name, name, arm, runs=runs).to_dict("records")
        error = "mcse" if view.crossed else "se"
        return [Level(r["value"], float(r["mean"]), float(r[error]), int(r["points"])) for r in rows if r["points"]]

    return view.remembered(("curve", factor.name, arm, name), make)


def pair(view: StudyView, name: str = "") -> tuple[str, str, str]:
    """Return the two factors that are drawn together and the arm: those that act together most, else the two largest effects."""
    name = name or view.lead
    found = effects(view, name)
    arm, first, second = found[0].arm, found[0].factor, found[1].factor

    def make() -> Any:
        return interactions_ranked(view.points, _of(view, arm)[0], name, arm)

    ranked = view.remembered(("together", arm, name), make)
    if len(ranked) and bool(ranked["stands_out"].iloc[0]):
        a, b = str(ranked["a"].iloc[0]), str(ranked["b"].iloc[0])
        second, first = (b, a) if a == first else (a, b)
    return second, first, arm


def together(view: StudyView, name: str = "") -> tuple[str, str, float] | None:
    """Return the two factors that act together most and the share of the variance that this is; None where none stand out."""
    name = name or view.lead
    if len(view.facts.factors) < 2 or not effects(view, name):
        return None
    arm = effects(view, name)[0].arm

    def make() -> Any:
        return interactions_ranked(view.points, _of(view, arm)[0], name, arm)

    ranked = view.remembered(("together", arm, name), make)
    if not len(ranked) or not bool(ranked["stands_out"].iloc[0]):
        return None
    row = ranked.iloc[0]
    return str(row["a"]), str(row["b"]), float(row["share"])


def cells(
    view: StudyView, a: str, b: str, arm: str, name: str = ""
) -> tuple[list[Any], list[Any], np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Return the levels of two factors, the mean of an outcome in each cell (rows a, columns b) and the points in it."""
    table = interaction(view.points, _of(view, arm)[0], a, b, name or view.lead, arm)
    rows, columns = table["a"].drop_duplicates().tolist(), table["b"].drop_duplicates().tolist()
    shape = (len(rows), len(columns))
    return rows, columns, table["mean"].to_numpy(float).reshape(shape), table["points"].to_numpy(int).reshape(shape)


# --- who leads, and where it is best --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Lead:
    """Which arm comes first at a point, and whether that is told from the next by more than the noise."""

    point: int
    arm: str
    ahead: float
    told: bool


def leads(view: StudyView, name: str = "") -> list[Lead]:
    """Return who comes first at each point where two arms or more are there; none where there is one arm."""
    name = name or view.lead
    arms = [a for a, _ in view.judged_arms]
    if len(arms) < 2:
        return []

    return view.remembered(("leads", name), partial(_leads, view, name, arms))


def _leads(view: StudyView, name: str, arms: list[str]) -> list[Lead]:
    """Compare the first arm of every point with its second, society by society where the runs are at hand.

    All points at once: a design of thousands of points is read too.
    """
    rows = view.points[view.points["arm"].isin(arms)]
    wide = rows.pivot_table(index="point", columns="arm", values=name).reindex(columns=arms)
    wide = wide[wide.notna().sum(axis=1) > 1]
    signed = np.nan_to_num(wide.to_numpy(float) * (1.0 if _largest(name) else -1.0), nan=-np.inf)
    order = np.argsort(-signed, axis=1, kind="stable")
    at = np.arange(len(wide))
    first, second = order[:, 0], order[:, 1]
    ahead = signed[at, first] - signed[at, second]
    own = rows.pivot_table(index="point", columns="arm", values=f"{name}_mcse", dropna=False)
    errors = own.reindex(index=wide.index, columns=arms).to_numpy(float)
    error = np.hypot(errors[at, first], errors[at, second])
    paired = _paired(view, name, arms, wide.index, first, second)
    error = np.where(np.isfinite(paired), paired, error)
    told = ahead > SURE * error
    return [Lead(int(p), arms[i], float(x), bool(t)) for p, i, x, t in zip(wide.index, first, ahead, told, strict=True)]


def _paired(view: StudyView, name: str, arms: list[str], points: pd.Index, first: Any, second: Any) -> Any:
    """Return the standard error of first less second at each point over its societies; NaN where it cannot be told."""
    if view.runs is None or name in RATIOS:
        return np.full(len(points), math.nan)
    known = view.runs[view.runs["arm"].isin(arms) & view.runs["point"].isin(points)]
    wide = known.pivot_table(index=["point", "replicate"], columns="arm", values=name).reindex(columns=arms)
    place = points.get_indexer(wide.index.get_level_values("point"))
    values, row = wide.to_numpy(float), np.arange(len(wide))
    gap = wide.iloc[:, 0].set_axis(place)
    gap[:] = values[row, first[place]] - values[row, second[place]]
    grouped = gap.groupby(level=0)
    error: pd.Series[Any] = (grouped.std(ddof=1) / np.sqrt(grouped.count())).reindex(range(len(points)))
    return error.to_numpy(float)


def _largest(name: str) -> bool:
    return outcome(name).better >= 0


def firsts(found: list[Lead]) -> list[tuple[str, int]]:
    """Count the points at which each arm comes first, the most frequent before."""
    counts: dict[str, int] = {}
    for lead in found:
        counts[lead.arm] = counts.get(lead.arm, 0) + 1
    return sorted(counts.items(), key=_times, reverse=True)


def _times(item: tuple[str, int]) -> int:
    return item[1]


def extremes(view: StudyView, name: str = "") -> tuple[pd.Series, pd.Series] | None:
    """Return the rows of the best point and arm, and of the worst; None where nothing is there."""
    name = name or view.lead
    arms = [a for a, _ in view.judged_arms]
    rows = view.points[view.points["arm"].isin(arms) & view.points[name].notna()]
    if rows.empty:
        return None
    order = rows[name].to_numpy(float) * (1.0 if _largest(name) else -1.0)
    return rows.iloc[int(order.argmax())], rows.iloc[int(order.argmin())]


def alike(view: StudyView, arm: str, name: str = "") -> int:
    """Count the points of an arm that are not told from its best."""
    name = name or view.lead

    def make() -> int:
        table = best(view.points, view.plain, name, arm, None, _largest(name), view.runs_of(arm))
        return int(table["alike"].sum()) - 1

    return view.remembered(("alike", arm, name), make)
