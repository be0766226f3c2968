"""From runs to points: means with their Monte Carlo error, contrasts and ratios by society, unit coordinates."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from simulation.core.errors import InputError, one_of
from simulation.results.responses.facts import Contrast, FactorFacts, StudyFacts
from simulation.results.responses.grouped import describe, ends
from simulation.results.study_columns import CIRCUMSTANCES, STATUS, WHO

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

RATIOS: dict[str, tuple[str, str]] = {"cost_per_act_baht": ("cost_baht", "extra_acts")}
"""Outcomes of a point that are ratios of means over its societies: what stands above, what below, by column of runs."""

IDENTITY = (*WHO, *STATUS)


def points_of(runs: pd.DataFrame, facts: StudyFacts) -> pd.DataFrame:
    """Return one row per point and arm, contrasts after the arms of their point.

    A mean is over the societies in which the outcome is defined; its sd too (n - 1), and mcse = sd / sqrt(n), NaN for a
    single society. An outcome in `RATIOS` is a ratio of means, its sd that of (above - ratio * below) / mean(below), so
    that its MCSE is the one of the delta method. low and high are the 90 % order statistics, NaN below 19 societies; of
    a ratio those of the societies' own, of which one without a denominator above 0 stands above all others.
    """
    outcomes = outcomes_of(runs, facts)
    spread = with_contrasts(linear_values(runs), facts)
    group, first = _groups(spread)
    groups, ok = len(first), (spread["status"] == "ok").to_numpy()
    head = spread.iloc[first][["point", *_factors_in(runs, facts), "arm"]].reset_index(drop=True)
    columns: dict[str, NDArray[Any]] = {
        "replicates": np.bincount(group[ok], minlength=groups),
        "failed": np.bincount(group[~ok], minlength=groups),
    }
    for o in outcomes:
        found = describe(group[ok], spread[o].to_numpy(np.float64)[ok], groups)
        low, high = found.low, found.high
        if _has_ratio(runs, o):
            low, high = _own_ends(spread, group, groups, o, found.n, low, high)
        columns |= {o: found.mean, f"{o}_sd": found.sd, f"{o}_mcse": found.mcse, f"{o}_low": low, f"{o}_high": high}
    table = pd.concat([head, pd.DataFrame(columns)], axis=1)
    return _in_order(table, facts).reset_index(drop=True)


def _groups(runs: pd.DataFrame) -> tuple[Ints, Ints]:
    """Return the group of each row, one a point and arm, and the first row of each group."""
    arms, _ = pd.factorize(runs["arm"])
    keys = runs["point"].to_numpy(np.int64) * (int(arms.max(initial=0)) + 1) + arms
    _, first, group = np.unique(keys, return_index=True, return_inverse=True)
    return group.reshape(-1).astype(np.int64), first.astype(np.int64)


def _has_ratio(runs: pd.DataFrame, outcome: str) -> bool:
    return outcome in RATIOS and {outcome, *RATIOS[outcome]} <= set(runs.columns)


def _own_ends(
    spread: pd.DataFrame, group: Ints, groups: int, outcome: str, n: Ints, low: Floats, high: Floats
) -> tuple[Floats, Floats]:
    """Put the ends of the societies' own ratios in the place of those of linear values; a contrast has none."""
    above, below = (spread[c].to_numpy(np.float64) for c in RATIOS[outcome])
    known = (spread["status"] == "ok").to_numpy() & np.isfinite(above) & np.isfinite(below)
    own = np.full(len(spread), math.inf)
    np.divide(above, below, out=own, where=known & (below > 0.0))
    lows, highs = ends(group[known], own[known], groups)
    has_own = (np.bincount(group[known], minlength=groups) > 0) & (n > 0)
    return np.where(has_own, lows, low), np.where(has_own, highs, high)


def linear_values(runs: pd.DataFrame) -> pd.DataFrame:
    """Return the runs with each ratio of `RATIOS` as values of single societies whose mean is the ratio of means.

    A society's value is ratio + (above - ratio * below) / mean(below), over the societies of its point and arm: to
    first order their spread is the ratio's own, and they can be paired and contrasted like any outcome. NaN where
    there is no ratio: where the mean below is not above 0, or its interval holds 0.
    """
    present = [o for o in RATIOS if _has_ratio(runs, o)]
    if not present or not len(runs):
        return runs
    group, first = _groups(runs)
    ok = (runs["status"] == "ok").to_numpy()
    linear = {}
    for o in present:
        above, below = (runs[c].to_numpy(np.float64) for c in RATIOS[o])
        known = ok & np.isfinite(above) & np.isfinite(below)
        over, under = (describe(group[known], v[known], len(first)) for v in (above, below))
        scale = np.where((under.mean > 0.0) & ~((under.low <= 0.0) & (under.high >= 0.0)), under.mean, math.nan)
        middle = (over.mean / scale)[group]
        linear[o] = np.where(known, middle + (above - middle * below) / scale[group], math.nan)
    return runs.assign(**linear)


def with_contrasts(runs: pd.DataFrame, facts: StudyFacts) -> pd.DataFrame:
    """Return the runs with a row more for each contrast, point and society, in the order point, society, arm.

    The row's `arm` is the contrast's name and its outcome the difference of the two arms; every other outcome is NaN,
    for the contrast says nothing of it. Its status is "ok" only where both arms' is; where one is missing or failed,
    the row is "failed" and carries that arm's error.
    """
    runs = runs[~runs["arm"].isin([c.name for c in facts.contrasts])]  # those that have them already get them once
    parts = [runs]
    for contrast in facts.contrasts:
        if contrast.outcome in runs.columns:
            parts.append(_contrast_rows(runs, facts, contrast))
    parts = [p for p in parts if len(p)] or [runs]
    return _in_order(pd.concat(parts, ignore_index=True), facts).reset_index(drop=True)


def _contrast_rows(runs: pd.DataFrame, facts: StudyFacts, contrast: Contrast) -> pd.DataFrame:
    keys, outcome = ["point", "replicate"], contrast.outcome
    first, second = (
        runs[runs["arm"] == a].drop_duplicates(keys).set_index(keys) for a in (contrast.arm, contrast.less)
    )
    index = first.index.union(second.index)
    a, b = first.reindex(index), second.reindex(index)
    both = (a["status"] == "ok") & (b["status"] == "ok")
    out = pd.DataFrame({"arm": contrast.name, "status": np.where(both, "ok", "failed")}, index=index)
    out[outcome] = (a[outcome] - b[outcome]).where(both).astype(np.float64)
    for column in ("error", "message"):
        if column in runs.columns:
            out[column] = a[column].where(a["status"] == "failed", b[column]).where(~both).fillna("")
    for column in ("run_id", "command"):
        if column in runs.columns:
            out[column] = ""
    shared = [c for c in (*_factors_in(runs, facts), "scenario", "seed") if c in runs.columns]
    known = runs.drop_duplicates(keys).set_index(keys)[shared].reindex(index)
    out = pd.concat([out, known], axis=1).reset_index()
    rest = {c: math.nan for c in outcomes_of(runs, facts) if c != outcome}
    return out.assign(**rest).reindex(columns=[c for c in runs.columns if c in {*out.columns, *rest}])


def by_society(runs: pd.DataFrame, facts: StudyFacts, outcome: str, points: Ints, arms: Sequence[str]) -> Floats:
    """Return an outcome by society, float64[points, arms, replicates]; NaN where it is not known or failed.

    Arms may be contrasts. A ratio has its linear values, see `linear_values`.
    """
    contrasts = tuple(c for c in facts.contrasts if c.name in arms and c.outcome == outcome)
    taken = {*arms, *(a for c in contrasts for a in (c.arm, c.less))}
    columns = {"point", "arm", "replicate", "status", outcome, *RATIOS.get(outcome, ())}
    rows = runs.loc[runs["arm"].isin(taken - {c.name for c in contrasts}), [c for c in runs.columns if c in columns]]
    rows = linear_values(rows)
    ok = (rows["status"] == "ok").to_numpy()
    numbers, replicate = (rows[c].to_numpy(np.int64) for c in ("point", "replicate"))
    order = np.argsort(points, kind="stable")
    place = np.searchsorted(points[order], numbers)
    there = ok & (place < len(points))
    there[there] = points[order][place[there]] == numbers[there]
    names = sorted(taken)
    code = rows["arm"].map({name: i for i, name in enumerate(names)}).to_numpy()
    cube = np.full((len(points), len(names), int(replicate.max(initial=-1)) + 1), math.nan)
    cube[order[place[there]], code[there].astype(np.int64), replicate[there]] = rows[outcome].to_numpy(np.float64)[
        there
    ]
    less = {c.name: cube[:, names.index(c.arm)] - cube[:, names.index(c.less)] for c in contrasts}
    return np.stack([less[a] if a in less else cube[:, names.index(a)] for a in arms], axis=1)


def outcomes_of(runs: pd.DataFrame, facts: StudyFacts) -> list[str]:
    """Return the columns of runs that are outcomes, in their order: those that are nothing else."""
    other = {*IDENTITY, *CIRCUMSTANCES, *(f.name for f in facts.factors)}
    return [c for c in runs.columns if c not in other]


def _factors_in(table: pd.DataFrame, facts: StudyFacts) -> list[str]:
    return [f.name for f in facts.factors if f.name in table.columns]


def names_of_arms(facts: StudyFacts) -> list[str]:
    """Return the names of arms in file order and of contrasts after them."""
    return [*(name for name, _ in facts.arms), *(c.name for c in facts.contrasts)]


def _in_order(table: pd.DataFrame, facts: StudyFacts) -> pd.DataFrame:
    """Sort by point, replicate where there is one, and arm in file order; an arm unknown to the study stands last."""
    place = {name: i for i, name in enumerate(names_of_arms(facts))}
    arms = table["arm"].map(place).fillna(len(place)).to_numpy()
    keys = [arms, table["replicate"].to_numpy()] if "replicate" in table.columns else [arms]
    order = np.lexsort([*keys, table["point"].to_numpy()])
    return table.iloc[order]


def rows_of(points: pd.DataFrame, facts: StudyFacts, outcome: str, arm: str) -> pd.DataFrame:
    """Return the points of an arm or contrast at which the outcome is known, in the order of the design.

    Raises:
        InputError: The table has no such outcome, or the study no such arm.
    """
    one_of("outcome", outcome, [c.removesuffix("_mcse") for c in points.columns if c.endswith("_mcse")])
    one_of("arm", arm, names_of_arms(facts))
    rows: pd.DataFrame = points[(points["arm"] == arm) & np.isfinite(points[outcome].to_numpy(np.float64))]
    return rows.sort_values("point", kind="stable").reset_index(drop=True)


def factor_of(facts: StudyFacts, name: str) -> FactorFacts:
    """Return a factor by its name; InputError names the nearest."""
    one_of("factor", name, [f.name for f in facts.factors])
    return next(f for f in facts.factors if f.name == name)


def unit_design(points: pd.DataFrame, facts: StudyFacts) -> pd.DataFrame:
    """Return the design in unit coordinates: a row a point, a column a factor, values from 0 to 1.

    A listed value is its place in the list over the last place; a range is walked linearly or by logarithms, as it
    says.
    """
    design = points.drop_duplicates("point").sort_values("point").set_index("point")
    return pd.DataFrame({f.name: to_unit(design[f.name], f) for f in facts.factors}, index=design.index)


def to_unit(values: pd.Series, factor: FactorFacts) -> Floats:
    """Map values of a factor to [0, 1].

    Raises:
        InputError: A value is not one of those that the factor lists.
    """
    if factor.values:
        places = level_places(values, factor)
        return places / max(1, len(factor.values) - 1) if len(factor.values) > 1 else places + 0.5
    x = values.to_numpy(np.float64)
    low, high = range_of(values, factor)
    if factor.scale == "log":
        x, low, high = np.log(x), math.log(low), math.log(high)
    return np.clip((x - low) / (high - low), 0.0, 1.0) if high > low else np.full(len(x), 0.5)


def from_unit(u: Floats, factor: FactorFacts, low: float, high: float) -> Floats:
    """Map [0, 1] back to the range from `low` to `high`, on the factor's scale."""
    if factor.scale == "log":
        return np.asarray(low * (high / low) ** u, dtype=np.float64)
    return np.asarray(low + (high - low) * u, dtype=np.float64)


def range_of(values: pd.Series, factor: FactorFacts) -> tuple[float, float]:
    """Return the ends of a factor's range: the study's, or where it gives none those of the values."""
    x = values.to_numpy(np.float64)
    low = float(np.min(x)) if factor.low is None else float(factor.low)
    return low, float(np.max(x)) if factor.high is None else float(factor.high)


def level_places(values: pd.Series, factor: FactorFacts) -> Floats:
    """Return the place of each value in the factor's list, from 0."""
    places = {level_key(v): float(i) for i, v in enumerate(factor.values)}
    found = np.array([places.get(level_key(v), math.nan) for v in values], dtype=np.float64)
    if np.isnan(found).any():
        wrong = values.iloc[int(np.argmax(np.isnan(found)))]
        listed = ", ".join(str(v) for v in factor.values)
        raise InputError(
            f'The table has {factor.name} = "{wrong}", which the study does not list: {listed}. Read the table with '
            "the study that made it.",
            f'ตารางมี {factor.name} = "{wrong}" ซึ่งไม่อยู่ในรายการของการศึกษา: {listed} ให้ใช้การศึกษาที่สร้างตารางนี้',
        )
    return found


def level_key(value: Any) -> Any:
    """Return what tells a level from others: a number by its value, anything else by its text."""
    if isinstance(value, bool | np.bool_):
        return str(bool(value))
    return float(value) if isinstance(value, int | float | np.integer | np.floating) else str(value)


def usual_point(points: pd.DataFrame, facts: StudyFacts) -> int | None:
    """Return the one point at which every factor with a usual value has it; None for none and for several."""
    known = [f for f in facts.factors if f.usual is not None]
    design = points.drop_duplicates("point")
    here = np.full(len(design), bool(known))
    for f in known:
        here &= np.array([level_key(v) == level_key(f.usual) for v in design[f.name]], dtype=bool)
    return int(design["point"].to_numpy()[here][0]) if here.sum() == 1 else None
