"""Effects and take-up by group of people, and which groups of real people are hidden."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from simulation.results.intervals import LEAST_FOR_INTERVAL, Estimate, Floats, at_least_likely, estimate

GROUP_KINDS = ("income_fifth", "age_band", "sex", "area", "sector")
OF_TAKE_UP = ("device",)
"""Dimensions of which take-up alone is counted."""
TAKE_UP_GAP = 0.10
FEW, BESIDE = "few", "beside"
Hidden = Mapping[tuple[str, str], str]
"""Hidden groups by (kind, group): FEW where they are too small, BESIDE where they are hidden for another's sake."""


@dataclass(frozen=True)
class GroupRow:
    """Effect and take-up of one group under one arm; of a hidden one no number is kept."""

    kind: str
    group: str
    people: int | None
    effect: Estimate | None
    take_up: float | None
    left_behind: bool
    fewer_join: bool = False  # take-up more than 10 points below all, at least likely
    thin: bool = False  # fewer people than the smallest cell
    hidden: str = ""  # FEW, BESIDE or empty


def hidden_groups(equity: pd.DataFrame, shares: pd.DataFrame, smallest: int) -> dict[tuple[str, str], str]:
    """Return the groups that may not be shown when the people are real.

    A group of fewer than `smallest` people, or with fewer of them eligible for an arm, is hidden in every arm. Others
    of its dimension are hidden with it, the smallest first, until in every count there are two and together they are no
    smaller than `smallest`: else the total less the groups that are shown would tell.

    Args:
        equity: Rows by arm, replicate, group_kind and group, with their people.
        shares: Rows by arm, replicate, group_kind and group, with those eligible.
        smallest: The smallest cell that may be shown, people.
    """
    found: dict[tuple[str, str], str] = {}
    for kind in (*GROUP_KINDS, *OF_TAKE_UP):
        of_kind = equity[equity["group_kind"] == kind]
        sizes = [_least(of_kind, "people")]
        sizes += [_least(part, "eligible") for _, part in shares[shares["group_kind"] == kind].groupby("arm")]
        found |= {(kind, group): why for group, why in _suppressed(sizes, smallest).items()}
    return found


def _least(rows: pd.DataFrame, column: str) -> dict[str, int]:
    """Return how many people each group holds where it holds fewest, groups of nobody left out."""
    some = rows[rows[column] > 0]
    return {str(group): int(n) for group, n in some.groupby("group")[column].min().items()}


def _suppressed(sizes: list[dict[str, int]], smallest: int) -> dict[str, str]:
    """Return the groups to hide by reason; each of `sizes` counts the people of the same groups in another way."""
    found: dict[str, str] = {}
    for size in sizes:
        found |= {group: FEW for group, n in size.items() if n < smallest}
    before = -1
    while len(found) != before:  # what one count hides may leave a single group hidden in another
        before = len(found)
        for size in sizes:
            beside = sorted((n, group) for group, n in size.items() if group not in found)
            while beside and not _safe(size, found, smallest):
                found[beside.pop(0)[1]] = BESIDE
    return found


def _safe(size: dict[str, int], hidden: dict[str, str], smallest: int) -> bool:
    """Tell whether the total less what is shown tells of no fewer than `smallest` people, in two groups or more.

    A single hidden group is never safe, however large it is in this count: it is hidden for being small in another.
    """
    counts = [n for group, n in size.items() if group in hidden]
    return not counts or (len(counts) > 1 and sum(counts) >= smallest)


def without(equity: pd.DataFrame, hidden: Hidden) -> pd.DataFrame:
    """Return the table of equity with the numbers of hidden groups empty, and a column that says why."""
    why = [hidden.get((str(k), str(g)), "") for k, g in zip(equity["group_kind"], equity["group"], strict=True)]
    shown = equity.assign(hidden=why)
    numbers = ["acts", "acts_twin", "opportunities", "people", "effect_pp"]
    shown[numbers] = shown[numbers].astype(np.float64).mask(shown["hidden"] != "")
    return shown


def group_rows(
    facts: Any, arm: str, equity: pd.DataFrame, shares: pd.DataFrame, effects: Floats, hidden: Hidden
) -> tuple[GroupRow, ...]:
    """Return a row for each group of one arm, dimensions in their order.

    Args:
        facts: What is known of the scenario: `smallest_cell`, `smallest_effect_pp`.
        arm: Name of the arm.
        equity: Effects by arm, replicate and group, pp.
        shares: Take-up by arm, replicate and group.
        effects: The arm's effect in each society, pp.
        hidden: Groups of which nothing may be shown.
    """
    rows = []
    mine = shares[shares["arm"] == arm]
    overall = mine[mine["group_kind"] == "all"].set_index("replicate")["share"]
    for (kind, group), part in equity[equity["arm"] == arm].groupby(["group_kind", "group"], sort=True):
        why = hidden.get((str(kind), str(group)), "")
        if why:
            rows.append(GroupRow(str(kind), str(group), None, None, None, False, thin=why == FEW, hidden=why))
            continue
        taken = mine[(mine["group_kind"] == kind) & (mine["group"] == group)].set_index("replicate")
        row = _row(facts, str(kind), str(group), part.sort_values("replicate"), taken, overall, effects)
        rows += [row] if row is not None else []
    order = {kind: i for i, kind in enumerate(GROUP_KINDS)}
    return tuple(sorted(rows, key=lambda r: order[r.kind]))


def _row(
    facts: Any,
    kind: str,
    group: str,
    part: pd.DataFrame,
    taken: pd.DataFrame,
    overall: pd.Series[float],
    effects: Floats,
) -> GroupRow | None:
    values = part["effect_pp"].to_numpy()
    effect = estimate(values)
    if effect is None:
        return None
    people = int(part["people"].min())
    thin = people < facts.smallest_cell
    enough = len(values) == len(effects) >= LEAST_FOR_INTERVAL and not thin
    behind = enough and at_least_likely(float((values < effects / 2.0).sum()), len(values))
    behind = behind and float(effects.mean()) > facts.smallest_effect_pp
    gaps = (taken["share"] - overall).dropna()
    fewer = enough and len(gaps) > 0 and at_least_likely(float((gaps < -TAKE_UP_GAP).sum()), len(gaps))
    eligible = float(taken["eligible"].sum())
    take_up = float(taken["ever_live"].sum()) / eligible if eligible else None
    return GroupRow(kind, group, people, effect, take_up, bool(behind), bool(fewer), thin)
