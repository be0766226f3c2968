"""What was measured of rights and side effects, arm by arm: the table that report and notebook read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from simulation.results.intervals import Estimate, Floats

RULES = {"G1": "positive_only", "G16": "free_to_leave", "G7": "no_sensitive_trait", "G4": "no_public_ranking"}
"""Rules that the guard reads in a scheme, by their name in the table."""
COLUMNS = ("arm", "check", "value", "low", "high", "unit", "limit", "kept")


def rights_table(facts: Any, runs: pd.DataFrame, series: pd.DataFrame, arms: tuple[Any, ...]) -> pd.DataFrame:
    """Return one row for each arm and check: what was measured, its unit, and the limit where there is one.

    Args:
        facts: What is known of the scenario.
        runs: Complete runs under the first luck, with their outcomes.
        series: The rows of every run by week and group.
        arms: Summaries of the arms.
    """
    rows = [
        {**dict.fromkeys(COLUMNS), "arm": a.facts.name, **row}
        for a in arms
        for row in _rows(facts, a, runs[runs["arm"] == a.facts.name], series)
    ]
    found = pd.DataFrame(rows, columns=list(COLUMNS))
    numbers = ["value", "low", "high", "limit"]
    return found.astype({**dict.fromkeys(numbers, "float64"), "kept": "boolean"})


def _rows(facts: Any, a: Any, runs: pd.DataFrame, series: pd.DataFrame) -> Iterator[dict[str, Any]]:
    for rule, broken in a.facts.rules_broken:
        yield _row(RULES[rule], broken, "rules broken", 0.0, broken == 0)
    mine = series[series["run_id"].isin(runs["run_id"])]
    paid = mine["paid"].min()
    yield _row("least_paid_in_a_week", paid, "baht", 0.0, bool(paid >= 0))
    yield _row("left_before_end", _left(a, runs, mine), "share")
    fewest = min((g.people for g in a.groups if g.people is not None), default=None)
    enough = None if fewest is None else fewest >= facts.smallest_cell
    yield _row("smallest_group", fewest, "people", facts.smallest_cell, enough)
    yield _row("eligible", float((runs["eligible"] / facts.citizens).mean()), "share")
    yield _estimated("take_up", a.take_up, "share")
    yield _row("take_up_poorest_fifth", poorest_take_up(a), "share")
    yield _estimated("spillover_pp", a.spillover, "pp")
    yield _row("harmed_after", harmed_after(facts.smallest_effect_pp, runs["effect_after_pp"]), "societies")
    yield _row("paid_anyway", paid_anyway(a), "share")


def _row(check: str, value: Any, unit: str, limit: float | None = None, kept: bool | None = None) -> dict[str, Any]:
    return {"check": check, "value": value, "unit": unit, "limit": limit, "kept": kept}


def _estimated(check: str, e: Estimate | None, unit: str) -> dict[str, Any]:
    return {**_row(check, e and e.mean, unit), "low": e and e.low, "high": e and e.high}


def _left(a: Any, runs: pd.DataFrame, series: pd.DataFrame) -> float | None:
    """Return the share of those ever live who had left by the last week of offer, mean over societies."""
    last = series[(series["week"] == a.facts.window.end - 1) & (series["group_kind"] == "all")]
    enrolled = last.groupby("run_id")["enrolled"].max()
    there = runs[runs["ever_live"] > 0].set_index("run_id")["ever_live"]
    shares = 1.0 - enrolled.reindex(there.index) / there
    return float(shares.mean()) if len(shares) else None


def harmed_after(smallest_effect_pp: float, effects_after: Any) -> int | None:
    """Return in how many societies the effect half a year after lies below minus the smallest that matters.

    None where the horizon does not reach.
    """
    values: Floats = np.asarray(effects_after, dtype=np.float64)
    if not len(values) or not np.isfinite(values).all():
        return None
    return int((values < -smallest_effect_pp).sum())


def paid_anyway(a: Any) -> float | None:
    """Return the share of an arm's money that went to acts that would have happened anyway; None without costs."""
    total = sum(a.costs_per_1000)
    return a.costs_per_1000[1] / total if total else None


def poorest_take_up(a: Any) -> float | None:
    """Return the take-up of the poorest fifth."""
    return next((g.take_up for g in a.groups if (g.kind, g.group) == ("income_fifth", "1")), None)
