"""At equal money at most, a reward that needs the whole team does less than one that each act earns (Patel 2016)."""

import pytest

from simulation.engine.prepare import prepare
from simulation.engine.run import run, start
from simulation.scenario.load import load

SHORT = {"fee_discount": "fee", "recognition": "honour", "comparison": "letter", "district_goal": "goal"}


@pytest.fixture(scope="module")
def found():
    rules = ("additive", "all-or-nothing")
    arms = [
        f"arms.{rule}.schemes.s={{kind='team_goal', behaviour='waste_sort', baht_per_act=2, rule='{rule}', "
        "schedule={start=2, weeks=20}}"
        for rule in rules
    ]
    short = [f"arms.{arm}.schemes.{name}.schedule={{start=2, weeks=20}}" for arm, name in SHORT.items()]
    scenario = load("bangkok-waste", ["world.citizens=2000", "run.weeks=22", *arms, *short])
    return {rule: [run(start(prepare(scenario, r), rule, "numpy")) for r in range(3)] for rule in rules}


def test_all_or_nothing_does_less_than_the_additive_rule_in_every_society(found):
    for additive, needs_all in zip(found["additive"], found["all-or-nothing"], strict=True):
        gains = [int((s.records.acts - s.records.acts_twin).sum()) for s in (additive, needs_all)]
        assert 0 < gains[1] < 0.9 * gains[0]


def test_neither_ever_costs_more_than_was_promised(found):
    for states in found.values():
        for state in states:
            s = state.schemes[0]
            assert s.paid_satang > 0
            teams = s.scheme.greatest_liability(state.prepared.people, view(state))
            assert max(e.people_satang for e in s.ledger.entries) <= teams
    both = [
        states[0].schemes[0].scheme.greatest_liability(states[0].prepared.people, view(states[0]))
        for states in found.values()
    ]
    assert both[0] == both[1]


def view(state):
    from simulation.engine.weekview import first_week_view

    s = state.schemes[0]
    return first_week_view(s.scheme, state.prepared.people, state.prepared.behaviours[0], s.eligible)
