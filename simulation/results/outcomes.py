"""Outcomes of each run, from its series: effect while the scheme runs and after, share kept, spillover, costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from simulation.results.intervals import estimate

AFTER = (14, 26)
KEPT_WINDOWS = {"kept_share_3_5": (3, 5), "kept_share_12_14": (12, 14), "kept_share": (24, 28)}
LAST_WEEKS = 4
PP = 100.0
_KINDS = ("all", "never_live")
OUTCOMES = (
    "effect_pp", "effect_after_pp", "last_pp", "spillover_pp", "level_twin", "level", "extra_acts", "cost_baht",
    "rewards_additional", "rewards_anyway", "running", "paid_for_nothing", "checking", "take_up", *KEPT_WINDOWS,
)  # fmt: skip
"""Outcomes of a run, one column each."""


@dataclass(frozen=True)
class Window:
    """Weeks of offer of an arm: start <= t < end, less those in between in which no scheme of it is offered."""

    start: int
    end: int
    off: tuple[int, ...] = ()

    @property
    def weeks(self) -> list[int]:
        """The weeks of offer."""
        return [t for t in range(self.start, self.end) if t not in self.off]

    @property
    def blocks(self) -> list[tuple[int, int]]:
        """First week and first week after of each run of weeks of offer."""
        edges = [self.start, *(edge for t in self.off for edge in (t, t + 1)), self.end]
        return [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b]

    @classmethod
    def over(cls, schedules: Sequence[tuple[int, int]]) -> Window:
        """Return the window of schemes offered from a first week until before another."""
        start, end = min(s for s, _ in schedules), max(e for _, e in schedules)
        off = tuple(t for t in range(start, end) if not any(s <= t < e for s, e in schedules))
        return cls(start, end, off)


def run_outcomes(runs: pd.DataFrame, series: pd.DataFrame, windows: dict[str, Window], horizon: int) -> pd.DataFrame:
    """Return one row per run: effects in percentage points, sums of acts and money.

    `effect_pp` is the mean of y - y0 over the weeks of offer and all citizens; weeks count equally.
    """
    wanted = series[series["group_kind"].isin(_KINDS)]
    table = wanted.groupby(["run_id", "group_kind", "week"], sort=True)[
        ["acts", "acts_twin", "opportunities", "paid"]
    ].sum()
    rows = []
    parts = {key: part.droplevel([0, 1]) for key, part in table.groupby(level=["run_id", "group_kind"])}
    empty = table.iloc[:0].droplevel([0, 1])
    for run in runs[runs["status"] == "ok"].to_dict("records"):
        overall, never = (
            parts.get((run["run_id"], kind), empty).reindex(range(horizon), fill_value=0.0) for kind in _KINDS
        )
        rows.append({"run_id": run["run_id"], **_outcomes(run, overall, never, windows[run["arm"]], horizon)})
    return pd.DataFrame(rows) if rows else pd.DataFrame(columns=["run_id", *OUTCOMES])


def gap_pp(weekly: pd.DataFrame, weeks: Sequence[int]) -> float:
    """Return the mean over the weeks of (acts - twin's acts) / opportunities, in pp."""
    rows = np.asarray(weeks, dtype=np.int64)
    acts, twin, chances = (weekly[name].to_numpy()[rows] for name in ("acts", "acts_twin", "opportunities"))
    some = chances > 0
    if not some.any():
        return 0.0
    return float(((acts[some] - twin[some]) / chances[some]).mean() * PP)


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


def _outcomes(
    run: dict[Any, Any], weekly: pd.DataFrame, never: pd.DataFrame, window: Window, horizon: int
) -> dict[str, float]:
    during = weekly.iloc[window.weeks]
    extra = weekly["acts"] - weekly["acts_twin"]
    paid, additional = float(run["paid_baht"]), float(run["paid_additional_baht"])
    row = {
        "effect_pp": gap_pp(weekly, window.weeks),
        "effect_after_pp": _after(weekly, window.end, *AFTER, horizon),
        "last_pp": gap_pp(weekly, window.weeks[-LAST_WEEKS:]),
        "spillover_pp": _of_those_never_live(never, window),
        "level_twin": float(weekly["acts_twin"].sum() / max(1.0, weekly["opportunities"].sum())),
        "level": float(during["acts"].sum() / max(1.0, during["opportunities"].sum())),
        "extra_acts": float(extra.sum()),
        "cost_baht": paid + float(run["running_baht"]),
        "rewards_additional": additional,
        "rewards_anyway": paid - additional,
        "running": float(run["running_baht"]),
        "paid_for_nothing": float(run.get("paid_for_nothing_baht", 0.0)),
        "checking": float(run.get("checking_baht", 0.0)),
        "take_up": float(run["ever_live"]) / float(run["eligible"]) if run["eligible"] else 0.0,
    }
    for name, (first, last) in KEPT_WINDOWS.items():
        row[name] = _after(weekly, window.end, first, last, horizon)
    return row


def _of_those_never_live(never: pd.DataFrame, window: Window) -> float:
    """Return the gap among those never live so far; NaN where there is nobody, as in an arm that takes everybody in."""
    some = never.iloc[window.weeks]["opportunities"].sum() > 0
    return gap_pp(never, window.weeks) if some else float("nan")


def _after(weekly: pd.DataFrame, end: int, first: int, last: int, horizon: int) -> float:
    """Return the gap in weeks first to last after the end (the first week without the offer is 1); NaN if beyond."""
    start, stop = end + first - 1, end + last
    return gap_pp(weekly, range(start, stop)) if stop <= horizon else float("nan")


def weekly_gaps(runs: pd.DataFrame, series: pd.DataFrame, horizon: int) -> dict[str, np.ndarray[Any, Any]]:
    """Return, by arm, effect in pp as (societies, weeks) under the first luck."""
    ok = runs[(runs["status"] == "ok") & (runs["luck"] == 0)].sort_values(["arm", "replicate"])
    part = series[series["group_kind"] == "all"]
    sums = part.groupby(["run_id", "week"])[["acts", "acts_twin", "opportunities"]].sum()
    gap = ((sums["acts"] - sums["acts_twin"]) / sums["opportunities"] * PP).unstack("week")
    gap = gap.reindex(columns=range(horizon)).fillna(0.0)
    return {str(arm): gap.loc[group["run_id"]].to_numpy() for arm, group in ok.groupby("arm", sort=False)}
