"""Rights in any portfolio: schemes of all kinds together take nothing from anybody, nor one from what another gives.

KWAMDEE_TORTURE is how many times over the scenarios are drawn.
"""

import copy

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation.engine.prepare import prepare
from simulation.incentives.catalogue import scheme_classes
from simulation.scenario.model import Scenario
from tests.engine.test_ledgers import FEW, TIMES, adds_up, as_in_control, lived, nothing_is_taken, within_limits
from tests.strategies import portfolios

MORE = settings(FEW, max_examples=12 * TIMES)


def prepared_of(data):
    return prepare(Scenario.model_validate(data), 0)


def without(data, name):
    """The same scenario with one scheme absent; None where another is about it, and cannot be without."""
    less = copy.deepcopy(data)
    del less["arms"]["all"]["schemes"][name]
    try:
        return prepared_of(less)
    except ValueError:
        return None


@pytest.mark.parametrize("kind", sorted(scheme_classes()))
def test_schemes_of_all_kinds_together_pay_within_limits_and_take_from_nobody(kind):
    @settings(FEW, max_examples=2 * TIMES)
    @given(data=portfolios(kind))
    def check(data):
        prepared = prepared_of(data)
        found = lived(prepared, "all")
        for s in found.state.schemes:
            adds_up(s, found)
            within_limits(s, found)
            nothing_is_taken(s, found)
        as_in_control(found, lived(prepared, "control"), "all")

    check()


@MORE
@given(data=portfolios(), which=st.integers(0, 3))
def test_a_scheme_more_leaves_chances_and_the_choice_of_other_schemes_as_they_are(data, which):
    """Whom the others are open to, and how often there is something to do, is as with the scheme absent, each week."""
    names = list(data["arms"]["all"]["schemes"])
    name = names[which % len(names)]
    fewer = without(data, name)
    if fewer is None:
        return
    open_to = {"all": [], "fewer": []}

    def note(key):
        return lambda state: open_to[key].append({s.name: s.ever_eligible.copy() for s in state.schemes})

    whole, part = lived(prepared_of(data), "all", note("all")), lived(fewer, "all", note("fewer"))
    for mine, theirs in zip(open_to["all"], open_to["fewer"], strict=True):
        for other, eligible in theirs.items():
            assert np.array_equal(mine[other], eligible), other
    for mine, theirs in zip(whole.opportunities, part.opportunities, strict=True):
        for behaviour, chances in theirs.items():
            assert (mine[behaviour] >= chances).all()


@MORE
@given(data=portfolios(), week=st.integers(1, 16), nth=st.integers(1, 3))
def test_whoever_leaves_everything_at_any_week_loses_nothing_already_earned(data, week, nth):
    """Compared with those who stay: what was paid before is theirs, and what they own falls only as it is paid out."""
    prepared = prepared_of(data)
    stayed = lived(prepared, "all")
    gone = np.zeros((len(stayed.state.schemes), prepared.n), bool)

    def leave(state):
        if state.week + 1 == week:
            c = state.columns
            gone[:] = (c["enrolled"] > 0) & (np.arange(prepared.n) % nth == 0)
            c["enrolled"][gone] = 0
            c["left_week"][gone] = week

    left = lived(prepared, "all", leave)
    for s in left.state.schemes:
        assert (left.received(s.name) >= stayed.received(s.name, week))[gone[s.index]].all()
        nothing_is_taken(s, left)
        adds_up(s, left)


@MORE
@given(data=portfolios())
def test_hours_are_conserved_whatever_stands_beside_the_time_bank(data):
    """Every hour earned is held or was redeemed, citizen by citizen, week by week."""
    data["behaviours"]["care"] = {"baseline": 0.2, "opportunities_per_week": 2}
    data["arms"]["all"]["schemes"]["hours"] = {
        "kind": "hour_credits", "behaviour": "care", "baht_per_hour": 60.0,
        "redeemed_share_per_week": 0.4, "schedule": {"start": 0, "weeks": 15},
    }  # fmt: skip
    redeemed = 0
    for accounts in lived(prepared_of(data), "all").accounts:
        earned, held, used = (accounts["hours", f"hours_{x}"] for x in ("earned", "held", "redeemed"))
        assert np.array_equal(earned, held + used)
        assert min(held.min(), used.min()) >= 0
        assert used.sum() >= redeemed
        redeemed = used.sum()
