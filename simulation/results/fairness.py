"""Who takes part and who is worse off afterwards, by group: gaps in take-up, groups below their own baseline."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from simulation.results.groups import GROUP_KINDS, Hidden
from simulation.results.intervals import at_least_likely
from simulation.results.run_outcomes import AFTER, PP

GAPS = {
    "age_band": "take_up_gap_age",
    "income_fifth": "take_up_gap_income",
    "area": "take_up_gap_place",
    "device": "take_up_gap_device",
}
"""Check of the gap in take-up by dimension."""


def take_up_gap(shares: pd.DataFrame, kind: str, hidden: Hidden, smallest: int) -> float | None:
    """Return the highest take-up of a dimension's groups less the lowest, over all societies; None for fewer than two.

    Hidden groups are left out, and those with fewer than `smallest` eligible people in a society, whose share is luck.

    Args:
        shares: Rows of one arm by replicate, group_kind and group, with eligible and ever_live.
        kind: The dimension, such as age_band.
        hidden: Groups of which nothing may be shown.
        smallest: The smallest cell, people.
    """
    found = []
    for group, rows in shares[shares["group_kind"] == kind].groupby("group"):
        if (kind, str(group)) not in hidden and int(rows["eligible"].min()) >= smallest:
            found.append(float(rows["ever_live"].sum()) / float(rows["eligible"].sum()))
    return max(found) - min(found) if len(found) > 1 else None


def effects_after(series: pd.DataFrame, end: int, horizon: int) -> pd.DataFrame | None:
    """Return each society's gap to the twins by group in weeks 14 to 26 after the end, pp; None if beyond the horizon.

    Args:
        series: Rows of one arm's runs by run_id, week, group_kind and group.
        end: First week without the offer.
        horizon: Weeks simulated.
    """
    first, last = end + AFTER[0] - 1, end + AFTER[1]
    if last > horizon:
        return None
    rows = series[series["group_kind"].isin(GROUP_KINDS) & series["week"].between(first, last - 1)]
    sums = rows.groupby(["group_kind", "group", "run_id"])[["acts", "acts_twin", "opportunities", "people"]].agg(
        {"acts": "sum", "acts_twin": "sum", "opportunities": "sum", "people": "max"}
    )
    gap = (sums["acts"] - sums["acts_twin"]) / sums["opportunities"] * PP
    return pd.DataFrame({"gap": gap, "people": sums["people"]}).reset_index()


def below_after(gaps: pd.DataFrame | None, hidden: Hidden, smallest: int) -> tuple[int | None, float | None]:
    """Return how many groups lie below their own baseline, likely at least, and the lowest group's mean gap, pp.

    Both None where the horizon does not reach. Groups that may not be shown, and those too small to tell, are left out.
    """
    if gaps is None:
        return None, None
    below, lowest = 0, None
    for (kind, group), rows in gaps.groupby(["group_kind", "group"]):
        values: Any = rows["gap"].to_numpy()
        if (str(kind), str(group)) in hidden or int(rows["people"].min()) < smallest or not np.isfinite(values).all():
            continue
        mean = float(values.mean())
        lowest = mean if lowest is None else min(lowest, mean)
        below += mean < 0.0 and at_least_likely(float((values < 0.0).sum()), len(values))
    return int(below), lowest
