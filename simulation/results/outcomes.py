"""Outcomes of each run, from its series: effect while the scheme runs and after, share kept, spillover, costs."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from simulation.results.intervals import estimate
from simulation.results.run_outcomes import OUTCOMES as OUTCOMES  # handed on
from simulation.results.run_outcomes import PP, outcomes_of
from simulation.results.run_outcomes import Window as Window  # handed on

_KINDS = ("all", "never_live")
_COUNTS = ("acts", "acts_twin", "opportunities")


def run_outcomes(runs: pd.DataFrame, series: pd.DataFrame, windows: dict[str, Window], horizon: int) -> pd.DataFrame:
    """Return one row per run: effects in percentage points, sums of acts and money.

    `effect_pp` is the mean of y - y0 over the weeks of offer and all citizens; weeks count equally.
    """
    wanted = series[series["group_kind"].isin(_KINDS)]
    table = wanted.groupby(["run_id", "group_kind", "week"], sort=True)[list(_COUNTS)].sum()
    rows = []
    parts = {key: part.droplevel([0, 1]) for key, part in table.groupby(level=["run_id", "group_kind"])}
    empty = table.iloc[:0].droplevel([0, 1])
    for run in runs[runs["status"] == "ok"].to_dict("records"):
        overall, never = (
            _columns(parts.get((run["run_id"], kind), empty).reindex(range(horizon), fill_value=0.0)) for kind in _KINDS
        )
        rows.append({"run_id": run["run_id"], **outcomes_of(run, overall, never, windows[run["arm"]], horizon)})
    return pd.DataFrame(rows) if rows else pd.DataFrame(columns=["run_id", *OUTCOMES])


def _columns(weekly: pd.DataFrame) -> dict[str, NDArray[Any]]:
    return {name: weekly[name].to_numpy() for name in _COUNTS}


def group_effects(
    runs: pd.DataFrame, series: pd.DataFrame, windows: dict[str, Window], kinds: tuple[str, ...]
) -> pd.DataFrame:
    """Return effect_pp during the weeks of offer per run and group, with the group's people."""
    ok = runs.loc[runs["status"] == "ok", ["run_id", "arm", "replicate", "luck"]]
    part = series[series["group_kind"].isin(kinds)].merge(ok, on="run_id")
    part = while_offered(part, windows)
    sums = part.groupby(["arm", "replicate", "luck", "group_kind", "group"], sort=False).agg(
        acts=("acts", "sum"),
        acts_twin=("acts_twin", "sum"),
        opportunities=("opportunities", "sum"),
        people=("people", "max"),
    )
    sums["effect_pp"] = (sums["acts"] - sums["acts_twin"]) / sums["opportunities"] * PP
    return sums.reset_index()


def while_offered(rows: pd.DataFrame, windows: dict[str, Window]) -> pd.DataFrame:
    """Keep the rows of each arm's weeks of offer."""
    first = rows["arm"].map({a: w.start for a, w in windows.items()})
    last = rows["arm"].map({a: w.end for a, w in windows.items()})
    kept = (rows["week"] >= first) & (rows["week"] < last)
    for arm, window in windows.items():
        if window.off:
            kept &= ~((rows["arm"] == arm) & rows["week"].isin(window.off))
    return rows[kept]


def behaviour_effects(runs: pd.DataFrame, series: pd.DataFrame, windows: dict[str, Window]) -> pd.DataFrame:
    """Return effect_pp during the weeks of offer by arm and behaviour: mean and 90 % interval over societies."""
    ok = runs.loc[runs["status"] == "ok", ["run_id", "arm", "replicate"]]
    part = series[series["group_kind"] == "all"].merge(ok, on="run_id")
    part = while_offered(part, windows)
    keys = ["arm", "behaviour", "replicate"]
    sums = part.groupby(keys, sort=False)[["acts", "acts_twin", "opportunities"]].sum()
    gaps = ((sums["acts"] - sums["acts_twin"]) / sums["opportunities"] * PP).reset_index(name="effect_pp")
    rows = []
    for (arm, behaviour), found in gaps.groupby(["arm", "behaviour"], sort=False):
        e = estimate(found["effect_pp"].to_numpy())
        rows.append(
            {"arm": arm, "behaviour": behaviour} | ({f"effect_pp_{k}": v for k, v in e.to_dict().items()} if e else {})
        )
    return pd.DataFrame(rows)


def weekly_gaps(runs: pd.DataFrame, series: pd.DataFrame, horizon: int) -> dict[str, np.ndarray[Any, Any]]:
    """Return, by arm, effect in pp as (societies, weeks) under the first luck."""
    ok = runs[(runs["status"] == "ok") & (runs["luck"] == 0)].sort_values(["arm", "replicate"])
    part = series[series["group_kind"] == "all"]
    sums = part.groupby(["run_id", "week"])[["acts", "acts_twin", "opportunities"]].sum()
    gap = ((sums["acts"] - sums["acts_twin"]) / sums["opportunities"] * PP).unstack("week")
    gap = gap.reindex(columns=range(horizon)).fillna(0.0)
    return {str(arm): gap.loc[group["run_id"]].to_numpy() for arm, group in ok.groupby("arm", sort=False)}
