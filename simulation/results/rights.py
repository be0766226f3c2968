"""What was measured of rights and side effects, arm by arm: the table that report and notebook read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from simulation.results.fairness import GAPS, below_after, effects_after, take_up_gap
from simulation.results.groups import Hidden
from simulation.results.intervals import Estimate, Floats, estimate

RULES = {"G1": "positive_only", "G16": "free_to_leave", "G7": "no_sensitive_trait", "G4": "no_public_ranking"}
"""Rules that the guard reads in a scheme, by their name in the table."""
REACHED = "reached"
"""Column of the runs that counts whom an offer reached, where channels are simulated."""
COLUMNS = ("arm", "check", "value", "low", "high", "unit", "limit", "kept")


def rights_table(
    facts: Any,
    runs: pd.DataFrame,
    series: pd.DataFrame,
    arms: tuple[Any, ...],
    shares: pd.DataFrame,
    hidden: Hidden,
) -> pd.DataFrame:
    """Return one row for each arm and check: what was measured, its unit, and the limit where there is one.

    Args:
        facts: What is known of the scenario.
        runs: Complete runs under the first luck, with their outcomes.
        series: The rows of every run by week and group.
        arms: Summaries of the arms.
        shares: Those eligible and ever live by arm, replicate and group.
        hidden: Groups of which nothing may be shown.
    """
    rows = []
    runs = runs if some_unreached(runs) else runs.drop(columns=REACHED, errors="ignore")
    for a in arms:
        mine, own = runs[runs["arm"] == a.facts.name], shares[shares["arm"] == a.facts.name]
        found = (*_rows(facts, a, mine, series), *_fairness(facts, a, mine, series, own, hidden))
        rows += [{**dict.fromkeys(COLUMNS), "arm": a.facts.name, **row} for row in found]
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    numbers = ["value", "low", "high", "limit"]
    return table.astype({**dict.fromkeys(numbers, "float64"), "kept": "boolean"})


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


def _fairness(
    facts: Any, a: Any, runs: pd.DataFrame, series: pd.DataFrame, shares: pd.DataFrame, hidden: Hidden
) -> Iterator[dict[str, Any]]:
    """Yield who is left out, who gets the money, what others' eyes drive, who is worse off after, who consented."""
    k = facts.smallest_cell
    for kind, check in GAPS.items():
        yield _row(check, take_up_gap(shares, kind, hidden, k), "share")
    yield _of_runs("never_reached", never_reached(runs), "share")
    told = _told(facts, _column(runs, "recipients"))
    yield _of_runs("money_top_tenth", _column(runs, "top_tenth_share") * told, "share")
    yield _of_runs("reward_spread", _column(runs, "reward_spread") * told, "ratio")
    yield _of_runs("pressure", _column(runs, "pressure"), "share")
    mine = series[series["run_id"].isin(runs["run_id"])]
    below, lowest = below_after(effects_after(mine, a.facts.window.end, facts.weeks), hidden, k)
    yield _row("groups_below_after", below, "groups", 0.0, None if below is None else below == 0)
    yield _row("lowest_group_after_pp", lowest, "pp")
    eligible = runs["eligible"].to_numpy(dtype=np.float64)
    yield _of_runs("consented", _over(_column(runs, "signed_up"), eligible), "share")
    signed_up = _column(runs, "signed_up")
    yield _of_runs("withdrew", _over(_column(runs, "withdrew"), signed_up) * _told(facts, signed_up), "share")


def some_unreached(runs: pd.DataFrame) -> bool:
    """Tell whether channels leave anybody out in any run; where they do not, all are taken to hear of an offer."""
    return REACHED in runs and bool((runs[REACHED] < runs["eligible"]).any())


def never_reached(runs: pd.DataFrame) -> Floats:
    """Return the share of those eligible whom no offer reached, in each society.

    Where no channel is simulated everybody is reached by what is offered, and those count who never took part.
    """
    eligible = runs["eligible"].to_numpy(dtype=np.float64)
    got = _column(runs, REACHED if REACHED in runs else "ever_live")
    return _over(eligible - got, eligible)


def _told(facts: Any, counts: Floats) -> float:
    """Return 1, or NaN where real people are too few in any society for a share of them to be shown."""
    few = bool(((counts > 0) & (counts < facts.smallest_cell)).any())
    return float("nan") if few and facts.people_are_real else 1.0


def _over(above: Floats, below: Floats) -> Floats:
    out = np.full(len(below), np.nan)
    np.divide(above, below, out=out, where=below > 0)
    return out


def _column(runs: pd.DataFrame, name: str) -> Floats:
    """Return a column of the runs; NaN where they were made before it was measured."""
    return runs[name].to_numpy(dtype=np.float64) if name in runs else np.full(len(runs), np.nan)


def _of_runs(check: str, values: Floats, unit: str) -> dict[str, Any]:
    """Return a check by its mean over the societies in which there is something to measure."""
    return _estimated(check, estimate(values[np.isfinite(values)]), unit)


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
