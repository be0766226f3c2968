"""What a sweep keeps of a week: acts in both worlds and opportunities, of everybody and of those never live so far.

In the place of `record.Records`, where neither groups nor series, side effects nor the share of others' eyes are asked
for; those are then not looked at. What people do is the same to the bit.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

COUNTS = ("acts", "acts_twin", "opportunities")
_CELLS = 2
"""Never live so far, and live at least once."""


@dataclass
class Totals:
    """Counts by week: int64[weeks, 2], behaviours together; the columns are never live so far, and all others."""

    weeks: int
    acts: NDArray[np.int64] = field(init=False)
    acts_twin: NDArray[np.int64] = field(init=False)
    opportunities: NDArray[np.int64] = field(init=False)

    def __post_init__(self) -> None:
        """Begin at nothing."""
        for name in COUNTS:
            setattr(self, name, np.zeros((self.weeks, _CELLS), np.int64))

    def count(self, state: Any) -> None:
        """Count this week."""
        t, columns, cell = state.week, state.columns, state.ever_live.astype(np.uint16)
        people = np.bincount(cell, minlength=_CELLS)
        for b in state.prepared.behaviours:
            done, twin = state.backend.count(cell, columns["acts"][b.index], columns["acts_twin"][b.index], _CELLS)
            self.acts[t] += done
            self.acts_twin[t] += twin
            open_now = state.open_now.get(b.index)
            present = people if open_now is None else np.bincount(cell[open_now > 0], minlength=_CELLS)
            self.opportunities[t] += present * b.n

    def weekly(self) -> tuple[dict[str, NDArray[np.int64]], dict[str, NDArray[np.int64]]]:
        """Return the counts of each week, int64[weeks]: of all, and of those never live so far."""
        counts = {name: getattr(self, name) for name in COUNTS}
        overall = {name: x.sum(axis=1) for name, x in counts.items()}
        return overall, {name: x[:, 0] for name, x in counts.items()}


@dataclass
class BehaviourTotals(Totals):
    """The same of everybody, each behaviour by itself: `by_behaviour` is int64[weeks, behaviours, 3], in that order."""

    behaviours: int = 1
    by_behaviour: NDArray[np.int64] = field(init=False)

    def __post_init__(self) -> None:
        """Begin at nothing."""
        self.by_behaviour = np.zeros((self.weeks, self.behaviours, len(COUNTS)), np.int64)

    def count(self, state: Any) -> None:
        """Count this week."""
        acts, twin = state.columns["acts"], state.columns["acts_twin"]
        for b in state.prepared.behaviours:
            open_now = state.open_now.get(b.index)
            present = len(acts[b.index]) if open_now is None else np.count_nonzero(open_now)
            done = (acts[b.index].sum(dtype=np.int64), twin[b.index].sum(dtype=np.int64))
            self.by_behaviour[state.week, b.index] = (*done, present * b.n)

    def weekly(self) -> tuple[dict[str, NDArray[np.int64]], dict[str, NDArray[np.int64]]]:
        """Raise TypeError: behaviours are not joined here, nor those never live so far told apart."""
        raise TypeError("these totals are of each behaviour; sum what is needed of by_behaviour")
