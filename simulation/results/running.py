"""How many organisations or localities run a scheme: the indicator of programmes that work through them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from simulation.results.intervals import Estimate, Floats, estimate
from simulation.results.outcomes import Window

GROUP_KINDS = {"organisations_running": "organisations", "localities_running": "localities"}
ENDS = (("", "mean"), ("_low", "low"), ("_high", "high"))


@dataclass(frozen=True)
class Running:
    """Units of one kind that run at least one scheme of an arm, in its last week of offer, over the societies."""

    run_by: str  # organisations or localities
    units: float  # how many there are, mean over the societies
    share: Estimate
    share_twin: Estimate  # that would run such a scheme anyway
    number: Estimate
    granted_baht: float  # to them, in all weeks, mean over the societies
    cofunded_baht: float  # by them, of what members were paid

    def to_json(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {
            "run_by": self.run_by,
            "units": self.units,
            "share": self.share.to_dict(),
            "share_twin": self.share_twin.to_dict(),
            "number": self.number.to_dict(),
            "granted_baht": self.granted_baht,
            "cofunded_baht": self.cofunded_baht,
        }

    def row(self, arm: str) -> dict[str, Any]:
        """Return it as a row of the table `running`."""
        ends = {
            f"{name}{end}": getattr(getattr(self, name), part)
            for name in ("share", "share_twin", "number")
            for end, part in ENDS
        }
        plain = {name: getattr(self, name) for name in ("run_by", "units", "granted_baht", "cofunded_baht")}
        return {"arm": arm, **plain, **ends}


def running_by_arm(
    runs: pd.DataFrame, series: pd.DataFrame, windows: dict[str, Window]
) -> dict[str, tuple[Running, ...]]:
    """Return, by arm, who runs its schemes in the last week of offer; `runs` are of the first luck."""
    rows = series[series["group_kind"].isin(GROUP_KINDS)]
    if not len(rows):
        return {}
    kept = runs[runs["status"] == "ok"]
    joined = rows.merge(kept[["run_id", "arm", "replicate"]], on="run_id")
    last = {arm: min(window.end, int(joined["week"].max()) + 1) - 1 for arm, window in windows.items()}
    joined = joined[joined["week"] == joined["arm"].map(last)].sort_values("replicate")
    return {
        str(arm): tuple(
            _running(GROUP_KINDS[kind], mine[mine["group_kind"] == kind], kept[kept["arm"] == arm])
            for kind in GROUP_KINDS
            if (mine["group_kind"] == kind).any()
        )
        for arm, mine in joined.groupby("arm", sort=False)
    }


def _running(run_by: str, rows: pd.DataFrame, runs: pd.DataFrame) -> Running:
    number, twin, units = (rows[name].to_numpy(np.float64) for name in ("acts", "acts_twin", "opportunities"))
    there = np.maximum(units, 1.0)
    granted, cofunded = (_money(run_by, runs, name) for name in ("granted_baht", "cofunded_baht"))
    return Running(
        run_by=run_by,
        units=float(units.mean()),
        share=_of(number / there),
        share_twin=_of(twin / there),
        number=_of(number),
        granted_baht=granted,
        cofunded_baht=cofunded,
    )


def _money(run_by: str, runs: pd.DataFrame, name: str) -> float:
    """Return the mean over the societies of a sum over the schemes that units of this kind decide on, baht."""
    sums = [
        sum(row[name] for row in json.loads(ledgers) if row["run_by"] == run_by) for ledgers in runs["ledgers"].tolist()
    ]
    return float(np.mean(sums)) if sums else 0.0


def _of(values: Floats) -> Estimate:
    found = estimate(values)
    if found is None:
        raise ValueError("a share of units is not finite")
    return found
