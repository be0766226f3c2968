"""From the law without chance to the scenario itself: what ties, enrolment and budgets change, from a few societies.

The law without chance is quick enough for all members, and knows nothing of neighbours, of who signs up and of money
that runs out. A few members are run in the engine, and each arm's log-odds there are told by a straight line in those
of the law; what the line leaves is one more error of the arm.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulation.engine.prepare import prepare
from simulation.engine.record import groups
from simulation.engine.run import start, step
from simulation.engine.state import State
from simulation.scenario.model import Scenario
from simulation.studies.compiled import small_engine
from simulation.studies.evidence.members import Members
from simulation.studies.evidence.pilot import Over
from simulation.studies.evidence.pilot_rows import Observation
from simulation.studies.quick import quick_look

Floats = NDArray[np.float64]
PULL = 4.0
"""How many societies the expectation counts as, that law and engine agree but for a constant."""


@dataclass(frozen=True)
class Bridge:
    """Each arm's straight line, float64[L]: `constant` and `slope`, and the standard deviation around it, `error`."""

    constant: Floats
    slope: Floats
    error: Floats

    def over(self, expected: Floats) -> Floats:
        """Return what the engine would say where the law says `expected`, float64[..., L]."""
        return np.asarray(self.constant + self.slope * expected)


@dataclass(frozen=True)
class Walked:
    """What some members say in the engine, log-odds float64[K, L], NaN where nobody was enrolled; and take-up [K, L]."""

    log_odds: Floats
    enrolled: Floats


def walk(scenario: Scenario, observed: Sequence[Observation], members: Members, over: Over) -> Walked:
    """Run the arms of a pilot for each member, in a small society of the scenario, to its last week.

    Discrepancies are left out, for whoever conditions adds them.
    """
    small = quick_look(scenario).with_({"run.replicates": len(members)})
    sets, engine = members.sets(), small_engine(small)
    found = np.full((2, len(members), len(observed)), np.nan)
    ends = {o.row.arm: max(x.row.week_to for x in observed if x.row.arm == o.row.arm) for o in observed}
    habit = next(iter(members.habit.values()))
    for replicate in range(len(members)):
        member, _ = sets.members.of(small.run.seed, replicate)
        fixed = (("omega", 0.0), ("habit_deviate", float(habit[member])))
        prepared = prepare(small, replicate, 0, sets, fixed)
        for arm, end in ends.items():
            state = start(prepared, arm, engine)
            for _ in range(end):
                step(state)
            for i, o in enumerate(observed):
                if o.row.arm == arm:
                    found[:, member, i] = _seen(state, o, over)
    return Walked(found[0], found[1])


def fitted(law: Floats, walked: Floats) -> Bridge:
    """Fit each arm's line by least squares, pulled towards a slope of 1.

    Args:
        law: Log-odds by the law without chance, float64[K, L].
        walked: Those in the engine; NaN where there are none.
    """
    lines = [_line(x, y) for x, y in zip(law.T, walked.T, strict=True)]
    constant, slope, error = (np.array(column) for column in zip(*lines, strict=True))
    return Bridge(constant, slope, error)


def _line(x: Floats, y: Floats) -> tuple[float, float, float]:
    there = np.isfinite(y)
    x, y = x[there], y[there]
    if len(x) < 3:
        return 0.0, 1.0, 0.0
    dx, dy = x - x.mean(), y - y.mean()
    pull = PULL * float(np.mean(dx**2)) + 1e-6
    slope = (float(dx @ dy) + pull) / (float(dx @ dx) + pull)
    constant = float(y.mean() - slope * x.mean())
    return constant, slope, float(np.sqrt(np.sum((y - constant - slope * x) ** 2) / (len(x) - 2)))


def _seen(state: State, o: Observation, over: Over) -> tuple[float, float]:
    """Return an arm's log-odds against the society without a scheme, as the pilot counts them, and the share enrolled."""
    b = [t.name for t in state.prepared.behaviours].index(o.row.behaviour)
    weeks = slice(o.row.week_from, o.row.week_to)
    r = state.records
    acts, twin, opportunities = (x[weeks, b].sum(0) for x in (r.acts, r.acts_twin, r.opportunities))
    people, enrolled = r.people[weeks, b].sum(), r.enrolled[weeks].sum()
    whose = _ENROLLED if over == "enrolled" else np.ones(len(acts), bool)
    share = float(enrolled / people) if people else np.nan
    if not opportunities[whose].sum():
        return np.nan, share
    return _logit(acts[whose].sum(), opportunities[whose].sum()) - _logit(twin.sum(), opportunities.sum()), share


def _logit(acts: float, opportunities: float) -> float:
    return float(np.log((acts + 0.5) / (opportunities - acts + 0.5)))


_ENROLLED = next(mask for kind, group, mask in groups() if (kind, group) == ("enrolled", "yes"))
