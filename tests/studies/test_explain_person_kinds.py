"""The most that a scheme could cost, where that hangs on what was given before."""

import pytest

from simulation.incentives.catalogue import scheme_classes
from simulation.incentives.fragment import fragment_of
from simulation.scenario.fragments import scenario_of
from simulation.studies.explain import explain
from simulation.studies.explained.worst import first_society, most_of


def most(kind, name, **changes):
    scenario = scenario_of(fragment_of(scheme_classes()[kind])).sized(400, 1)
    arm = next(a for a in scenario.arms if a != "control")
    scenario = scenario.with_({f"arms.{arm}.schemes.{name}.{key}": value for key, value in changes.items()})
    return scenario, most_of(scenario, scenario.arms[arm].schemes[name], first_society(scenario))


@pytest.mark.parametrize(
    ("kind", "name", "changes", "baht_each"),
    [
        ("thank_you_gift", "shirt", {"given": "once", "gift_baht": 120.0}, 120.0),
        ("thank_you_gift", "shirt", {"given": "yearly", "gift_baht": 120.0}, 240.0),
        ("certificate", "certificate", {"baht_per_certificate": 15.0}, 15.0),
        ("referral", "bring_a_friend", {"baht_per_person": 50.0, "most_people": 5}, 250.0),
    ],
)
def test_what_is_given_once_is_reckoned_once(kind, name, changes, baht_each):
    scenario, m = most(kind, name, **changes)
    assert m.total == round(baht_each * 100) * scenario.world.citizens


def test_everybody_who_acts_at_every_chance_reaches_the_tiers_in_sight():
    scenario, m = most("lifetime_tiers", "donors", acts_before=0.0)
    assert m.total == (1000 + 3000 + 6000) * 100 * scenario.world.citizens, "52 weeks are 52 chances, short of 100"


def test_weeks_that_are_no_months_are_called_weeks():
    scenario, m = most("reminder", "message", baht_per_message=1.0)
    assert len(m.paying) == 13
    text = " ".join(str(explain(scenario)).split())
    assert "in each of 13 weeks" in text
    assert "monthly" not in text.split("What it could cost")[1].split("What is assumed")[0]


def test_all_pairs_are_paid_where_all_act():
    _, m = most("buddy", "pairs")
    assert m.all_act > 0
    assert m.all_act <= m.rewards
