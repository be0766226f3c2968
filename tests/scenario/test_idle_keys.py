"""Keys that would do nothing with a kind are mistakes, told at the key; what a kind can use is taken."""

import pytest

from simulation.core.errors import ScenarioError
from simulation.engine.prepare import prepare
from simulation.engine.run import run, start
from simulation.incentives.catalogue import scheme_classes
from simulation.incentives.fragment import fragment_of
from simulation.scenario.fragments import scenario_of
from simulation.scenario.load import load

LETTER, FEE, GOAL = (
    "arms.comparison.schemes.letter",
    "arms.fee_discount.schemes.fee",
    "arms.district_goal.schemes.goal",
)


@pytest.mark.parametrize(
    ("setting", "key"),
    [
        (f"{LETTER}.budget_baht_per_head=20", f"{LETTER}.budget_baht_per_head"),
        (f"{GOAL}.budget_baht_per_head=20", f"{GOAL}.budget_baht_per_head"),
        (f"{GOAL}.localities={{ baseline = 0.1, cofund_share = 0.5 }}", f"{GOAL}.localities.cofund_share"),
    ],
)
def test_a_key_that_would_do_nothing_is_refused_at_the_key(setting, key):
    with pytest.raises(ScenarioError) as raised:
        load("bangkok-waste", [setting])
    (problem,) = raised.value.problems
    assert problem.key == key
    assert "comparison" in problem.text_en or "collective_goal" in problem.text_en
    assert "comparison" in problem.text_th or "collective_goal" in problem.text_th


def test_the_same_keys_are_taken_where_they_do_something():
    load("bangkok-waste", [f"{FEE}.budget_baht_per_head=20", f"{GOAL}.checks={{ share = 0.2 }}"])
    load("bangkok-waste", [f"{FEE}.organisations={{ baseline = 0.1, cofund_share = 0.5 }}"])


def test_a_scenario_read_again_with_every_key_at_its_usual_value_has_no_mistake():
    scenario = load("bangkok-waste")
    assert type(scenario).from_json(scenario.to_json()) == scenario


@pytest.mark.parametrize("kind", sorted(scheme_classes()))
def test_a_kind_that_says_it_pays_no_persons_pays_none(kind):
    if scheme_classes()[kind].pays_persons:
        return
    scenario = scenario_of(fragment_of(scheme_classes()[kind])).sized(200, 1)
    prepared = prepare(scenario, 0, parameters="default")
    for arm in scenario.arms:
        if arm != "control":
            schemes = run(start(prepared, arm, "numpy")).schemes
            assert not any(e.people_satang for s in schemes if s.scheme.kind == kind for e in s.ledger.entries)
