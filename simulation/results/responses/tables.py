"""From runs to points: means with their Monte Carlo error, contrasts and ratios by society, unit coordinates."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from simulation.core.errors import InputError, one_of
from simulation.results.intervals import bounds, ratio
from simulation.results.responses.facts import FactorFacts, StudyFacts

Floats = NDArray[np.float64]

RATIOS: dict[str, tuple[str, str]] = {
    "cost_per_act_baht": ("cost_baht", "extra_acts"),
    "kept_share_3_5": ("kept_share_3_5", "last_pp"),
    "kept_share_12_14": ("kept_share_12_14", "last_pp"),
    "kept_share": ("kept_share", "last_pp"),
}
"""Outcomes of a point that are ratios of means over its societies: what stands above, what below, by column of runs."""

IDENTITY = ("run_id", "point", "arm", "replicate", "scenario", "seed", "status", "error", "message", "command")
CIRCUMSTANCES = ("seconds", "started", "host", "pid", "attempt", "engine")


def points_of(runs: pd.DataFrame, facts: StudyFacts) -> pd.DataFrame:
    """Return one row per point and arm, contrasts after the arms of their point.

    A mean is over the societies in which the outcome is defined; its sd too (n - 1), and mcse = sd / sqrt(n), NaN for a
    single society. An outcome in `RATIOS` is a ratio of means, its sd that of (above - ratio * below) / mean(below), so
    that its MCSE is the one of the delta method. low and high are the 90 % order statistics, NaN below 19 societies.
    """
    outcomes = outcomes_of(runs, facts)
    spread = with_contrasts(linear_values(runs, facts), facts)
    ok = spread["status"].to_numpy() == "ok"
    keys = ["point", "arm"]
    head = spread.drop_duplicates(keys)[["point", *_factors_in(runs, facts), "arm"]].set_index(keys, drop=False)
    head.index.names = [None, None]
    index = head.index
    head["replicates"] = spread[ok].groupby(keys).size().reindex(index, fill_value=0)
    head["failed"] = spread[~ok].groupby(keys).size().reindex(index, fill_value=0)
    own = _ratio_bounds(runs)
    good = spread[ok].groupby(keys)
    columns: dict[str, pd.Series] = {}
    for o in outcomes:
        sd = good[o].std()
        columns[o] = good[o].mean()
        columns[f"{o}_sd"] = sd
        columns[f"{o}_mcse"] = sd / np.sqrt(good[o].count())
        for side, name in enumerate(("low", "high")):
            ends = good[o].agg(_end, side=side)
            known = own.get((o, side))
            columns[f"{o}_{name}"] = ends if known is None else ends.where(~ends.index.isin(known.index), known)
    table = pd.concat([head, pd.DataFrame(columns, index=index, dtype=np.float64)], axis=1)
    return _in_order(table, facts).reset_index(drop=True)


def _end(values: pd.Series, side: int) -> float:
    found = bounds(values.dropna().to_numpy(np.float64))[side]
    return math.nan if found is None else found


def _ratio_bounds(runs: pd.DataFrame) -> dict[tuple[str, int], pd.Series]:
    """Return, for each ratio and side, the end of the interval over the societies' own ratios, by point and arm."""
    ends: dict[tuple[str, int], pd.Series] = {}
    for o, (above, below) in RATIOS.items():
        if not {o, above, below} <= set(runs.columns):
            continue
        known = runs[(runs["status"] == "ok") & np.isfinite(runs[above]) & np.isfinite(runs[below])]
        found = {
            key: ratio(rows[above].to_numpy(np.float64), rows[below].to_numpy(np.float64))
            for key, rows in known.groupby(["point", "arm"])
        }
        index = pd.MultiIndex.from_tuples(list(found), names=["point", "arm"]) if found else None
        if index is None:
            continue
        lows = [math.nan if e is None or e.low is None else e.low for e in found.values()]
        highs = [math.nan if e is None or e.high is None else e.high for e in found.values()]
        ends[o, 0], ends[o, 1] = pd.Series(lows, index), pd.Series(highs, index)
    return ends


def linear_values(runs: pd.DataFrame, facts: StudyFacts) -> pd.DataFrame:
    """Return the runs with each ratio of `RATIOS` as values of single societies whose mean is the ratio of means.

    A society's value is ratio + (above - ratio * below) / mean(below), over the societies of its point and arm: to
    first order their spread is the ratio's own, and they can be paired and contrasted like any outcome. NaN where
    there is no ratio: where the mean below is not above 0, or its interval holds 0.
    """
    out = runs.copy()
    for o, (above, below) in RATIOS.items():
        if not {o, above, below} <= set(runs.columns):
            continue
        known = (runs["status"] == "ok") & np.isfinite(runs[above]) & np.isfinite(runs[below])
        rows = runs.loc[known, ["point", "arm", above, below]]
        values = pd.Series(math.nan, runs.index)
        if len(rows):
            groups = rows.groupby(["point", "arm"])
            under = groups[below].transform("mean")
            holds_zero = groups[below].transform(_holds_zero).astype(bool)
            under = under.where((under > 0) & ~holds_zero)
            middle = groups[above].transform("mean") / under
            values[known] = middle + (rows[above] - middle * rows[below]) / under
        out[o] = values
    return out


def _holds_zero(values: pd.Series) -> bool:
    low, high = bounds(values.to_numpy(np.float64))
    return low is not None and high is not None and low <= 0.0 <= high


def with_contrasts(runs: pd.DataFrame, facts: StudyFacts) -> pd.DataFrame:
    """Return the runs with a row more for each contrast, point and society, in the order point, society, arm.

    The row's `arm` is the contrast's name and its outcome the difference of the two arms; every other outcome is NaN,
    for the contrast says nothing of it. Its status is "ok" only where both arms' is; where one is missing or failed,
    the row is "failed" and carries that arm's error.
    """
    parts = [runs]
    for contrast in facts.contrasts:
        if contrast.outcome in runs.columns:
            parts.append(_contrast_rows(runs, facts, contrast.name, contrast.outcome, contrast.arm, contrast.less))
    parts = [p for p in parts if len(p)] or [runs]
    return _in_order(pd.concat(parts, ignore_index=True), facts).reset_index(drop=True)


def _contrast_rows(runs: pd.DataFrame, facts: StudyFacts, name: str, outcome: str, arm: str, less: str) -> pd.DataFrame:
    keys = ["point", "replicate"]
    first, second = (runs[runs["arm"] == a].drop_duplicates(keys).set_index(keys) for a in (arm, less))
    index = first.index.union(second.index)
    a, b = first.reindex(index), second.reindex(index)
    both = (a["status"] == "ok") & (b["status"] == "ok")
    out = pd.DataFrame({"arm": name, "status": np.where(both, "ok", "failed")}, index=index)
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


def by_society(runs: pd.DataFrame, facts: StudyFacts, outcome: str) -> pd.DataFrame:
    """Return an outcome by society: a row a point and arm (contrasts too), a column a replicate, NaN if not known."""
    needed = {"point", "arm", "replicate", "status", outcome, *RATIOS.get(outcome, ()), *_factors_in(runs, facts)}
    needed |= {c.outcome for c in facts.contrasts}
    rows = with_contrasts(linear_values(runs[[c for c in runs.columns if c in needed]], facts), facts)
    rows = rows[rows["status"] == "ok"]
    return rows.pivot_table(index=["point", "arm"], columns="replicate", values=outcome, aggfunc="first", sort=True)


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
