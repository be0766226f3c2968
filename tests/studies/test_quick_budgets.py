"""A quick look takes budgets, pots and stocks in proportion to the people that it looks at."""

import pytest

from simulation.scenario.fragments import scenario_of
from simulation.studies.quick import quick_look

ARM = """
[world]
citizens = 8_000
[arms.all.schemes.shop]
kind = "points_shop"
behaviour = "exercise"
points_per_act = 1.0
rewards = [{ points = 10, baht = 20.0, stock = 101 }]
budget_baht = 4000.0
schedule = { start = 0, weeks = 8 }
[arms.all.schemes.pot]
kind = "block_grant"
behaviour = "exercise"
pot_baht_per_month = 1000.0
schedule = { start = 0, weeks = 8 }
[arms.all.schemes.free]
kind = "reminder"
behaviour = "exercise"
schedule = { start = 0, weeks = 8 }
"""


def test_what_is_of_all_people_together_is_a_quarter_for_a_quarter_of_them():
    whole = scenario_of(ARM)
    quick = quick_look(whole)
    schemes = quick.arms["all"].schemes
    assert quick.world.citizens == 2_000
    assert schemes["shop"].budget_baht == pytest.approx(1000.0)
    assert schemes["shop"].rewards[0].stock == 26
    assert schemes["pot"].pot_baht_per_month == pytest.approx(250.0)
    assert schemes["free"] == whole.arms["all"].schemes["free"]


def test_a_budget_that_is_asked_for_stays():
    setting = "arms.all.schemes.shop.budget_baht=4000.0"
    assert quick_look(scenario_of(ARM), [setting]).arms["all"].schemes["shop"].budget_baht == 4000.0
