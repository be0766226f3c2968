"""Side effects of every scheme, arm by arm: what happens besides the effect, zeros where nothing does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from simulation.results.columns import SIDE_EFFECTS, TABLES
from simulation.results.intervals import Estimate, Floats, estimate, ratio
from simulation.results.run_outcomes import LAST_WEEKS

UNITS = {c.name: c.unit for c in SIDE_EFFECTS}
PER = 1000.0
"""Citizens for whom acts are told."""


def side_effects_table(
    facts: Any, runs: pd.DataFrame, series: pd.DataFrame, arms: tuple[Any, ...], gaps: dict[str, Floats]
) -> pd.DataFrame:
    """Return one row for each arm and side effect: its mean over societies and its 90 % interval.

    A value is empty where it cannot be: after the end where the horizon does not reach, on others where there are none,
    a loss of novelty where the offer is too short to have a beginning and an end.

    Args:
        facts: What is known of the scenario.
        runs: Complete runs under the first luck, with their outcomes.
        series: The rows of every run by week and group.
        arms: Summaries of the arms.
        gaps: By arm the effect in percentage points, (societies, weeks).
    """
    rows = []
    for a in arms:
        mine = runs[runs["arm"] == a.facts.name].sort_values("replicate")
        for what, e in _each(facts, a, mine, series, gaps[a.facts.name]):
            ends = {"value": None, "low": None, "high": None} if e is None else dict(zip(_ENDS, _of(e), strict=True))
            rows.append({"arm": a.facts.name, "what": what, **ends, "unit": UNITS[what]})
    found = pd.DataFrame(rows, columns=[c.name for c in TABLES["side_effects"]])
    return found.astype(dict.fromkeys(_ENDS, "float64"))


_ENDS = ("value", "low", "high")


def _of(e: Estimate) -> tuple[float, float | None, float | None]:
    return e.mean, e.low, e.high


def _each(
    facts: Any, a: Any, runs: pd.DataFrame, series: pd.DataFrame, gaps: Floats
) -> Iterator[tuple[str, Estimate | None]]:
    per = PER / facts.citizens
    yield "crowding_paid", _column(runs, "crowding_paid")
    yield "crowding_after", _column(runs, "crowding_after")
    yield "false_claims", _column(runs, "false_claims", per)
    yield "displaced_acts", estimate(_lost(a.facts.displaced, runs, series) * per)
    yield "paid_anyway", _paid_anyway(runs)
    yield "novelty_lost_pp", _novelty(a.facts.window.weeks, gaps)
    yield "spillover_pp", a.spillover
    yield "level_after_pp", a.effect_after


def _column(runs: pd.DataFrame, name: str, factor: float = 1.0) -> Estimate | None:
    """Return the estimate of a column of the runs; None where an earlier version kept none."""
    return estimate(runs[name].to_numpy(np.float64) * factor) if name in runs else None


def _lost(behaviours: tuple[str, ...], runs: pd.DataFrame, series: pd.DataFrame) -> Floats:
    """Return the acts lost in the substitutes of what is rewarded, by society: the twins' less those done."""
    there = (series["group_kind"] == "all") & series["behaviour"].isin(behaviours)
    sums = series[there & series["run_id"].isin(runs["run_id"])].groupby("run_id")[["acts", "acts_twin"]].sum()
    lost = (sums["acts_twin"] - sums["acts"]).reindex(runs["run_id"]).fillna(0.0)
    return np.asarray(lost, dtype=np.float64)


def _paid_anyway(runs: pd.DataFrame) -> Estimate | None:
    anyway = runs["rewards_anyway"].to_numpy(np.float64)
    paid = anyway + runs["rewards_additional"].to_numpy(np.float64)
    return ratio(anyway, paid) if paid.any() else estimate(np.zeros(len(paid)))


def _novelty(weeks: list[int], gaps: Floats) -> Estimate | None:
    """Return the effect in the first weeks of offer less that in the last: what wears off, above 0."""
    if len(weeks) < 2 * LAST_WEEKS:
        return None
    first, last = gaps[:, weeks[:LAST_WEEKS]].mean(axis=1), gaps[:, weeks[-LAST_WEEKS:]].mean(axis=1)
    return estimate(first - last)
