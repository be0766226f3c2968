"""Numbers that the report adds to a summary, from the summary's own tables and arrays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from simulation.results.intervals import LEAST_FOR_INTERVAL as ENOUGH
from simulation.results.intervals import Estimate, Floats, at_least_likely, best_counts, estimate

SHOWN_DOTS = 20
_LUCK_SEEN = 0.045  # of the axis: the bar of luck is longer than the marker upon it


def by_society(s: Any, a: Any, column: str) -> Floats | None:
    """Return a column of an arm's runs under the first luck, in the order of societies; None where there is none."""
    runs = s.tables.get("runs")
    if runs is None or column not in runs:
        return None
    mine = runs[(runs["arm"] == a.facts.name) & (runs["luck"] == 0)].sort_values("replicate")
    values = np.asarray(mine[column], dtype=np.float64)
    return values if len(values) == s.societies and np.isfinite(values).all() else None


def most_of(s: Any, worth: Callable[[Any], Floats | None]) -> Any:
    """Return the arm that is at least likely above each other in `worth`, paired within a society; None where none is."""
    found = [(a, v) for a in s.arms if (v := worth(a)) is not None]
    if s.societies < ENOUGH or not found or len(found) < len(s.arms):
        return None
    for a, values in found:
        wins = [float((values > other).sum()) for b, other in found if b is not a]
        if all(at_least_likely(n, s.societies) for n in wins):
            return a
    return None


def keeps_most(s: Any) -> Any:
    """Return the arm of whose effect most is left half a year after; None where that is not settled."""
    return most_of(s, lambda a: by_society(s, a, "effect_after_pp"))


def cheapest(s: Any) -> Any:
    """Return the arm whose additional act costs least; None where that is not settled.

    A society in which an arm adds nothing has no cost per act: it counts as dearer than any. An arm that costs nothing
    in most societies and much in a few is not called the cheapest while another's mean is lower.
    """

    def cheapness(a: Any) -> Floats | None:
        cost, extra = by_society(s, a, "cost_baht"), by_society(s, a, "extra_acts")
        if cost is None or extra is None:
            return None
        own = np.full(len(cost), np.inf)
        np.divide(cost, extra, out=own, where=extra > 0)
        return -own

    best = most_of(s, cheapness)
    if best is None or best.cost_per_act is None:
        return None
    means = [a.cost_per_act.mean for a in s.arms if a.cost_per_act is not None]
    return best if best.cost_per_act.mean <= min(means) else None


def above_zero(s: Any) -> int:
    """Return in how many societies the first scheme did more than the second."""
    return int((s.arms[0].effects > s.arms[1].effects).sum())


def shown(values: Floats) -> Floats:
    """Return what the dots stand for, sorted: the societies, or of more than 20 the 20 quantiles 2.5, 7.5, ... 97.5 %."""
    if len(values) <= SHOWN_DOTS:
        return np.sort(values)
    return np.asarray(np.percentile(values, np.arange(2.5, 100, 5)), dtype=np.float64)


def answer_span(s: Any) -> tuple[float, float]:
    """Return the ends of Figure 1's axis: 0, the band too small to matter, every dot and every interval."""
    delta = s.facts.smallest_effect_pp
    ends = [-delta, delta]
    rows = [(a.effect, a.effects) for a in s.arms]
    if s.first_minus_second is not None:
        rows.append((s.first_minus_second, s.arms[0].effects - s.arms[1].effects))
    for e, values in rows:
        ends += [e.mean, *shown(values), *(x for x in (e.low, e.high) if x is not None)]
    edge = 0.04 * (max(ends) - min(ends))
    return float(min(ends) - edge), float(max(ends) + edge)


def luck_half(s: Any, a: Any) -> float | None:
    """Return half the length of an arm's bar of luck, 90 %; None where it is too short to see."""
    if a.spread is None:
        return None
    low, high = answer_span(s)
    half = 1.645 * float(a.spread.luck) ** 0.5
    return half if 2 * half > _LUCK_SEEN * (high - low) else None


def group_kinds(s: Any) -> list[tuple[str, list[str]]]:
    """Return the dimensions with their groups; one that holds a single group says no more than all citizens do."""
    kinds: dict[str, list[str]] = {}
    for g in s.arms[0].groups if s.arms else ():
        kinds.setdefault(g.kind, []).append(g.group)
    return [(kind, groups) for kind, groups in kinds.items() if len(groups) > 1]


def group_row(a: Any, kind: str, group: str) -> Any:
    """Return an arm's row of a group; None where it has none."""
    return next((g for g in a.groups if g.kind == kind and g.group == group), None)


@dataclass(frozen=True)
class CrowdingRow:
    """Effects of the arms, in the page's order, in the societies that share one size of crowding."""

    kappa: float
    societies: int | None
    effects: tuple[Estimate, ...]
    most_in: tuple[float, ...]
    leader: Any


def crowding_rows(s: Any) -> list[CrowdingRow]:
    """Return a row for each size of crowding; empty where there is one size only."""
    if not s.arms or len(s.arms[0].by_crowding) < 2:
        return []
    return [_crowding_row(s, kappa, i) for i, (kappa, _) in enumerate(s.arms[0].by_crowding)]


def _crowding_row(s: Any, kappa: float, place: int) -> CrowdingRow:
    drawn = by_society(s, s.arms[0], "kappa_c")
    if drawn is None:
        effects = [Estimate(a.by_crowding[place][1], None, None) for a in s.arms]
        most: tuple[float, ...] = ()
    else:
        values = {a.facts.name: a.effects[drawn == kappa] for a in s.arms}
        effects = [e for a in s.arms if (e := estimate(values[a.facts.name])) is not None]
        counts = best_counts({"control": np.zeros(int((drawn == kappa).sum())), **values})
        most = tuple(counts[a.facts.name] for a in s.arms)
    n = None if drawn is None else int((drawn == kappa).sum())
    return CrowdingRow(kappa, n, tuple(effects), most, _leader(s, effects, most))


def _leader(s: Any, effects: list[Estimate], most: tuple[float, ...]) -> Any:
    """Return the arm of the largest mean effect; None where two do most in equally many societies, or are as large."""
    means = [e.mean for e in effects]
    judged = most if max(most, default=0.0) > 0.0 else [round(x, 1) for x in means]
    if sum(x == max(judged) for x in judged) > 1:
        return None
    return s.arms[means.index(max(means))]
