"""Outcomes of one run from its weekly counts, as arrays: no table is needed where the run was made.

One text of the rules: `results.outcomes` reads the same from the tables of many runs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

AFTER = (14, 26)
KEPT_WINDOWS = {"kept_share_3_5": (3, 5), "kept_share_12_14": (12, 14), "kept_share": (24, 28)}
LAST_WEEKS = 4
PP = 100.0
OUTCOMES = (
    "effect_pp", "effect_after_pp", "last_pp", "spillover_pp", "level_twin", "level", "extra_acts", "cost_baht",
    "rewards_additional", "rewards_anyway", "running", "paid_for_nothing", "checking", "take_up", *KEPT_WINDOWS,
)  # fmt: skip
"""Outcomes of a run, one column each."""
Weekly = Mapping[str, NDArray[Any]]
"""`acts`, `acts_twin` and `opportunities` of each week, behaviours together."""


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


def outcomes_of(
    run: Mapping[Any, Any], weekly: Weekly, never: Weekly, window: Window, horizon: int
) -> dict[str, float]:
    """Return the outcomes of one run, those of OUTCOMES in their order.

    Args:
        run: Its money in baht (`paid_baht`, `paid_additional_baht`, `running_baht`, `paid_for_nothing_baht`,
            `checking_baht`) and people (`ever_live`, `eligible`).
        weekly: Counts of everybody.
        never: Counts of those never live so far.
        window: Weeks of offer of its arm.
        horizon: Weeks of the run.
    """
    acts, twin, chances = weekly["acts"], weekly["acts_twin"], weekly["opportunities"]
    paid, additional = float(run["paid_baht"]), float(run["paid_additional_baht"])
    row = {
        "effect_pp": gap_pp(weekly, window.weeks),
        "effect_after_pp": _after(weekly, window.end, *AFTER, horizon),
        "last_pp": gap_pp(weekly, window.weeks[-LAST_WEEKS:]),
        "spillover_pp": _of_those_never_live(never, window),
        "level_twin": float(twin.sum() / max(1.0, chances.sum())),
        "level": float(acts[window.weeks].sum() / max(1.0, chances[window.weeks].sum())),
        "extra_acts": float((acts - twin).sum()),
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


def gap_pp(weekly: Weekly, weeks: Sequence[int]) -> float:
    """Return the mean over the weeks of (acts - twin's acts) / opportunities, in pp."""
    rows = np.asarray(weeks, dtype=np.int64)
    acts, twin, chances = (weekly[name][rows] for name in ("acts", "acts_twin", "opportunities"))
    some = chances > 0
    if not some.any():
        return 0.0
    return float(((acts[some] - twin[some]) / chances[some]).mean() * PP)


def _of_those_never_live(never: Weekly, window: Window) -> float:
    """Return the gap among those never live so far; NaN where there is nobody, as in an arm that takes everybody in."""
    some = never["opportunities"][window.weeks].sum() > 0
    return gap_pp(never, window.weeks) if some else float("nan")


def _after(weekly: Weekly, end: int, first: int, last: int, horizon: int) -> float:
    """Return the gap in weeks first to last after the end (the first week without the offer is 1); NaN if beyond."""
    start, stop = end + first - 1, end + last
    return gap_pp(weekly, range(start, stop)) if stop <= horizon else float("nan")
