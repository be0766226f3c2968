"""Effects of organisations, localities and provinces, and which of real people are hidden."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd

from simulation.results.columns import TABLES
from simulation.results.groups import BESIDE, FEW
from simulation.results.intervals import LEAST_FOR_INTERVAL, Floats

LEVELS = ("organisation", "locality", "province")
_KEYS = ["arm", "level", "unit", "part_of"]
_COUNTS = ["acts", "acts_twin", "opportunities"]
_NUMBERS = ["people", *_COUNTS, "effect_pp_mean", "effect_pp_low", "effect_pp_high"]
Unit = tuple[str, str]
"""Level and name."""


def area_effects(runs: pd.DataFrame, units: pd.DataFrame, smallest: int, real: bool) -> pd.DataFrame:
    """Return a row for each arm, level and unit: people, mean counts, effect with its 90 % interval.

    Args:
        runs: Runs of the first luck.
        units: Counts of each run by level and unit.
        smallest: The smallest cell, people: units below it are marked thin.
        real: The citizens come from a user's table: thin units are hidden, and what would tell of them.
    """
    names = [c.name for c in TABLES["areas"]]
    if not len(units):
        return pd.DataFrame(columns=names)
    ok = runs.loc[runs["status"] == "ok", ["run_id", "arm"]]
    rows = units[units["opportunities"] > 0].merge(ok, on="run_id")
    rows["effect_pp"] = (rows["acts"] - rows["acts_twin"]) / rows["opportunities"] * 100.0
    grouped = rows.groupby(_KEYS, sort=False)
    found = grouped.agg(
        societies=("effect_pp", "size"),
        people=("people", "min"),
        **{name: (name, "mean") for name in _COUNTS},
        effect_pp_mean=("effect_pp", "mean"),
    )
    found[["effect_pp_low", "effect_pp_high"]] = _ends(rows, grouped.ngroup().to_numpy())
    found = found.reset_index()
    found["people"] = found["people"].astype(np.float64)
    found["thin"] = found["people"] < smallest
    found["hidden"] = ""
    if real:
        why = hidden_units(found, smallest)
        found["hidden"] = [why.get((str(a), str(b)), "") for a, b in zip(found["level"], found["unit"], strict=True)]
        found[_NUMBERS] = found[_NUMBERS].mask(found["hidden"] != "")
    order = {level: i for i, level in enumerate(LEVELS)}
    arms = {arm: i for i, arm in enumerate(dict.fromkeys(found["arm"]))}
    place = found["arm"].map(arms) * len(order) + found["level"].map(order)
    return found.iloc[np.argsort(place.to_numpy(), kind="stable")].reset_index(drop=True)[names]


def _ends(rows: pd.DataFrame, group: Any) -> Floats:
    """Return lower and upper end of each group's effects, float64[groups, 2], as `intervals.bounds` has them."""
    effects = rows["effect_pp"].to_numpy(dtype=np.float64)
    ordered = effects[np.lexsort((effects, group))]
    sizes = np.bincount(group)
    first = np.cumsum(sizes) - sizes
    out = np.full((len(sizes), 2), np.nan)
    for n in np.unique(sizes).tolist():  # as many as there are numbers of societies: most often one
        if n >= LEAST_FOR_INTERVAL:
            k, at = math.floor(0.05 * (n + 1)), np.flatnonzero(sizes == n)
            out[at] = np.column_stack([ordered[first[at] + k - 1], ordered[first[at] + n - k]])
    return out


def hidden_units(table: pd.DataFrame, smallest: int) -> dict[Unit, str]:
    """Return the units that may not be shown when the people are real, by reason.

    A unit of fewer than `smallest` people is hidden. Of the units that are part of the same one, others are hidden with
    it, the smallest first, until what is left when the shown ones are taken from the whole is nobody, or no fewer than
    `smallest`; for that counts too who belongs to no unit. What is part of a hidden unit is hidden.
    """
    one = table.groupby(["level", "unit", "part_of"], sort=False)["people"].min().reset_index()
    size = {level: dict(zip(part["unit"], part["people"], strict=True)) for level, part in one.groupby("level")}
    found: dict[Unit, str] = {}
    above = ""
    for level in reversed(LEVELS):  # the whole first
        for parent, part in one[one["level"] == level].groupby("part_of", sort=False):
            inside = dict(zip(part["unit"], part["people"].astype(int), strict=True))
            whole = int(size.get(above, {}).get(parent, sum(inside.values())))
            all_of_it = (above, str(parent)) in found
            found |= {(level, u): why for u, why in _among(inside, whole, smallest, all_of_it).items()}
        above = level
    return found


def _among(inside: dict[str, int], whole: int, smallest: int, all_of_it: bool) -> dict[str, str]:
    """Return which of the units of one whole are hidden, by reason."""
    found = {u: FEW for u, n in inside.items() if n < smallest}
    if all_of_it:
        return found | {u: BESIDE for u in inside if u not in found}
    left = whole - sum(n for u, n in inside.items() if u not in found)
    for n, u in sorted((n, u) for u, n in inside.items() if u not in found):
        if not 0 < left < smallest:
            break
        found[u] = BESIDE
        left += n
    return found
