"""What `explain` says of the most that capped, stocked and staged kinds could cost."""

import pytest

from simulation.scenario.fragments import scenario_of
from simulation.studies.explain import explain

HEAD = """
[run]
weeks = 40
[world]
citizens = 2000
[arms.a.schemes.s]
behaviour = "exercise"
schedule = { start = 0, weeks = 26 }
"""
SHOP = """kind = "points_shop"
points_per_act = 10.0
rewards = [{ points = 200, baht = 40.0, stock = 800 }, { points = 1000, baht = 250.0, stock = 100 }]
"""
STAGES = """kind = "staged_bonus"
stages = [{ weeks = 4, baht = 20.0, acts_needed = 8 }, { weeks = 8, baht = 60.0, acts_needed = 16 }]
"""


@pytest.mark.parametrize(
    ("own", "most", "how"),
    [
        (SHOP, "57,000 baht", "in each of 2 weeks"),
        ('kind = "cash_per_act"\nbaht_per_act = 5.0\ncaps = { acts_in_all = 10 }\n', "100,000 baht", "in each of 3 weeks"),
        ('kind = "points"\nbaht_per_act = 5.0\ncaps = { acts_in_all = 10, baht_in_all = 20.0 }\n', "40,000 baht", "in each of 1 week"),
        ('kind = "points"\nbaht_per_act = 5.0\ncaps = { baht_per_week = 10.0 }\n', "520,000 baht", "in each of 26 weeks"),
        ('kind = "points"\nbaht_per_act = 5.0\nvalid_weeks = 6\n', "1,040,000 baht", "1,040,000 baht together"),
        (STAGES, "160,000 baht", "in each of 2 weeks"),
        ('kind = "stipend"\nbaht_per_month = 130.0\nacts_needed_per_month = 4\n', "1,440,000 baht", "6 monthly settlements"),
    ],
)  # fmt: skip
def test_the_most_is_what_caps_and_stocks_let_through(own, most, how):
    found = explain(scenario_of(HEAD + own))
    said = " ".join(found.text.split())
    assert f"At most: {most}" in said
    assert how in said


def test_lots_that_decide_who_is_first_leave_the_sum_known():
    """All reach the price in the same week and lots are drawn; what is paid in all is the whole stock all the same."""
    found = explain(scenario_of(HEAD + SHOP))
    assert found.most["a", "s"].all_act == 5_700_000
