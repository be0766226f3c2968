"""Laws of the ledger, for every kind that is installed: what is paid adds up, stays within limits, and is never lost.

KWAMDEE_TORTURE is how many times over the scenarios are drawn.
"""

import os
from dataclasses import dataclass, field

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulation.engine.prepare import prepare
from simulation.engine.run import start, step
from simulation.incentives.catalogue import scheme_classes
from simulation.scenario.model import Scenario
from tests.strategies import worked

TIMES = int(os.environ.get("KWAMDEE_TORTURE", "1"))
FEW = settings(
    max_examples=4 * TIMES,
    deadline=None,
    derandomize=TIMES == 1,
    database=None,
    suppress_health_check=list(HealthCheck),
)
OWNED = ("satang", "baht", "points", "hours")
"""Units of what people own; a counter of a month or a stretch, which begins anew, has "_in_" in its name."""


@dataclass
class Lived:
    """One arm, week by week: what each citizen was paid by each scheme, and what stood on the accounts."""

    state: object
    paid: list = field(default_factory=list)  # by week: scheme name -> satang by citizen
    accounts: list = field(default_factory=list)
    opportunities: list = field(default_factory=list)

    def received(self, name, before=None):
        weeks = [week[name] for week in self.paid[:before] if name in week]
        return np.sum(weeks, axis=0, dtype=np.int64) if weeks else np.zeros(self.state.prepared.n, np.int64)


def lived(prepared, arm, each_week=None):
    found = Lived(start(prepared, arm, "numpy"))
    state = found.state
    while state.week + 1 < state.records.weeks:
        if each_week is not None:
            each_week(state)
        step(state)
        payments = iter(state.paid_now)
        week = {}
        for s in state.schemes:
            entry = s.ledger.entries[-1] if s.ledger.entries else None
            if entry is not None and entry.week == state.week and entry.people_satang:
                week[s.name] = next(payments)[1].copy()
        assert next(payments, None) is None
        found.paid.append(week)
        found.accounts.append({(s.name, n): a.copy() for s in state.schemes for n, a in s.ledger.accounts.items()})
        found.opportunities.append({b: w.copy() for b, w in state.open_now.items()})
    return found


def of_kind(data, kind):
    """The society, and the arm that the kind is in."""
    scenario = Scenario.model_validate(data)
    arm = next(a for a, x in scenario.arms.items() if kind in {s.kind for s in x.schemes.values()})
    return prepare(scenario, 0), arm


@pytest.mark.parametrize("kind", sorted(scheme_classes()))
def test_money_adds_up_stays_within_every_limit_and_takes_from_nobody(kind):
    @FEW
    @given(data=worked(kind))
    def check(data):
        prepared, arm = of_kind(data, kind)
        found = lived(prepared, arm)
        for s in found.state.schemes:
            adds_up(s, found)
            within_limits(s, found)
            nothing_is_taken(s, found)
        as_in_control(found, lived(prepared, "control"), arm)

    check()


@pytest.mark.parametrize("kind", sorted(scheme_classes()))
def test_whoever_leaves_keeps_all_that_was_earned(kind):
    @FEW
    @given(data=worked(kind), week=st.integers(1, 14), nth=st.integers(2, 3))
    def check(data, week, nth):
        prepared, arm = of_kind(data, kind)
        stayed = lived(prepared, arm)
        gone = np.zeros((len(stayed.state.schemes), prepared.n), bool)

        def leave(state):
            if state.week + 1 == week:
                c = state.columns
                gone[:] = (c["enrolled"] > 0) & (np.arange(prepared.n) % nth == 0)
                c["enrolled"][gone] = 0
                c["left_week"][gone] = week

        left = lived(prepared, arm, leave)
        for s in left.state.schemes:
            assert (left.received(s.name) >= stayed.received(s.name, week))[gone[s.index]].all()
            nothing_is_taken(s, left)

    check()


def adds_up(s, found):
    """Paid is the sum of the entries, and of what citizens and areas got; due is at least that."""
    entries = s.ledger.entries
    people = sum(e.people_satang for e in entries)
    assert people + sum(e.area_satang for e in entries) == s.ledger.paid_satang <= s.ledger.due_satang
    assert sum(e.service_satang for e in entries) == s.ledger.service_satang >= s.ledger.checking_satang
    assert int(found.received(s.name).sum()) == people
    assert (s.cut_week >= 0) == (s.ledger.paid_satang < s.ledger.due_satang)
    assert 0.0 <= s.paid_for_nothing_satang <= s.ledger.paid_satang
    if s.scheme.when_spent == "waiting-list":
        assert s.cut_week == -1


def within_limits(s, found):
    """Neither the whole budget, nor that of a week, nor that of a person is passed; those who wait get nothing."""
    scheme = s.scheme
    if scheme.budget_baht is not None:
        assert s.ledger.spent_satang <= round(scheme.budget_baht * 100)
    if scheme.budget_baht_per_week is not None:
        weekly = [e.people_satang + e.area_satang + e.service_satang for e in s.ledger.entries]
        assert max(weekly, default=0) <= round(scheme.budget_baht_per_week * 100)
    if scheme.budget_baht_per_head is not None:
        assert (found.received(s.name) <= round(scheme.budget_baht_per_head * 100)).all()
        assert np.array_equal(found.received(s.name), s.ledger.received)
    if s.waiting is not None:
        never = found.state.columns["ever_enrolled"][s.index] == 0
        assert not found.received(s.name)[never].any()


def nothing_is_taken(s, found):
    """What people own falls only where its owner is paid, or it becomes something else of theirs."""
    own = [a.name for a in s.scheme.accounts() if a.per == "citizen" and a.unit in OWNED and "_in_" not in a.name]
    for week in range(1, len(found.accounts)):
        now, then = found.accounts[week], found.accounts[week - 1]
        got = found.paid[week].get(s.name, np.zeros(found.state.prepared.n)) > 0
        rises = np.any([now[s.name, a] > then[s.name, a] for a in own], axis=0) if own else got
        for a in own:
            falls = now[s.name, a] < then[s.name, a]
            assert not (falls & ~got & ~rises).any(), (a, week)
            assert (now[s.name, a] >= 0).all()


def as_in_control(found, control, arm):
    """Nobody has fewer chances to act, or fewer schemes to choose from, than in the same society without any."""
    for mine, theirs in zip(found.opportunities, control.opportunities, strict=True):
        for behaviour, chances in theirs.items():
            assert (mine[behaviour] >= chances).all()
    for s, fresh in zip(found.state.schemes, start(found.state.prepared, arm, "numpy").schemes, strict=True):
        assert (s.eligible >= fresh.eligible).all()
