"""What a run keeps of side effects that no count of acts shows: crowding of those live and after, false claims."""

from __future__ import annotations

from typing import Any

import numpy as np

from simulation.engine.state import SchemeState, State

EVERY = 4
"""Crowding of those live is looked at in every fourth week of offer: it hardly moves in between."""
AFTER_WEEKS = 4
"""Weeks after the end over which crowding of those who took part is averaged."""
SIDES = ("crowding_paid", "crowding_after", "false_claims")
"""Columns of side effects in the row of a run."""
_UNIT = 2.0**20  # X is summed in whole parts of it, so that no order of addition and no processor matters


class SideRecords:
    """Sums over citizens and weeks: crowding X (logit) of those live, and of those who were, after the end."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.crowding_live = self.crowding_after = 0
        self.weeks_live = self.weeks_after = 0  # citizen-weeks looked at
        self.chances_live: dict[int, int] = {}  # of a scheme that pays on claims

    def row(self, state: State) -> dict[str, float]:
        """Return what the run's row keeps; crowding after is NaN where the horizon ends with the schemes."""
        followed = any(s.scheme.schedule.end < state.records.weeks for s in state.schemes)
        after = self.crowding_after / _UNIT / max(1, self.weeks_after)
        return {
            "crowding_paid": self.crowding_live / _UNIT / max(1, self.weeks_live),
            "crowding_after": after if followed else float("nan"),
            "false_claims": sum(self._false_claims(state, s) for s in state.schemes),
        }

    def _false_claims(self, state: State, s: SchemeState) -> float:
        """Return acts that were recorded and never done; as the engine counted them, else as expected."""
        counted = getattr(s, "false_claims", None)
        if counted is not None:
            return float(counted)
        if not s.scheme.pays_on_claims:
            return 0.0
        missed = self.chances_live.get(s.index, 0) - s.acts_live
        return float((1.0 - s.scheme.checks.verified) * state.prepared.parameters.false_claim_rate * missed)


def record_sides(state: State) -> None:
    """Add this week's crowding, and the chances of those who claim their acts."""
    kept: SideRecords = state.records.sides
    for b in state.prepared.behaviours:
        aimed = [s for s in state.schemes if s.behaviour == b.index and s.kinds]
        if not aimed:
            continue
        x = state.columns["crowding"][b.index]
        first, end = min(s.scheme.schedule.first for s in aimed), max(s.scheme.schedule.end for s in aimed)
        if first <= state.week < end and (state.week - first) % EVERY == 0:
            live = np.maximum.reduce([state.live[s.index] for s in aimed])
            kept.weeks_live += int(np.count_nonzero(live))
            if x.any():
                kept.crowding_live += _sum(x[live > 0])
        if end <= state.week < end + AFTER_WEEKS:
            were = np.maximum.reduce([state.columns["ever_enrolled"][s.index] for s in aimed])
            kept.weeks_after += int(np.count_nonzero(were))
            kept.crowding_after += _sum(x[were > 0])
    for s in state.schemes:
        if s.scheme.pays_on_claims and s.features is not None:
            kept.chances_live[s.index] = kept.chances_live.get(s.index, 0) + _chances(state, s)


def _sum(x: Any) -> int:
    return int(np.rint(x.astype(np.float64) * _UNIT).astype(np.int64).sum())


def _chances(state: State, s: SchemeState) -> int:
    live, open_now = state.live[s.index], state.open_now.get(s.behaviour)
    people = live if open_now is None else live & open_now
    return int(np.count_nonzero(people)) * state.prepared.behaviours[s.behaviour].n
