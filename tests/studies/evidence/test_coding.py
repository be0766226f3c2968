"""Arms become features of the law by their schemes alone."""

import pytest

from simulation.scenario.load import load, load_text
from simulation.studies.evidence.coding import Span, rows_of, with_assumed
from tests.studies.evidence.small_study import DESIGN

FEATURES = (
    "contingent", "value", "visibility", "appeal", "commitment", "pivotality", "message", "reference", "controlling",
)  # fmt: skip


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    return load_text(DESIGN, tmp_path_factory.mktemp("s") / "mini_2020.toml")


@pytest.fixture(scope="module")
def rows(study):
    return {r.arm: r for r in rows_of(study, "mini_2020")}


@pytest.mark.parametrize(
    ("arm", "family", "features"),
    [
        ("cash", "cash", {"contingent": 1, "value": 0.05, "controlling": 1}),
        ("lottery", "lottery", {"contingent": 1, "value": 0.05, "controlling": 1}),
        ("charity", "charity", {"contingent": 1}),
        ("deposit", "deposit", {"contingent": 1, "value": 0.025, "commitment": 1, "controlling": 1}),
        ("goal", "cash", {"contingent": 1, "value": 0.025, "commitment": 1, "controlling": 1}),
        ("honour", "recognition", {"visibility": 0.3, "appeal": 1}),
        ("letter", "comparison", {"message": 1, "reference": 0.6}),
        ("vow", "commitment", {"commitment": 1}),
        ("reminder", "appeal", {"appeal": 1}),
    ],
)
def test_each_arm_has_the_features_of_its_kinds_and_a_family(rows, arm, family, features):
    row = rows[arm]
    assert row.family == family
    assert {n: getattr(row, n) for n in FEATURES} == pytest.approx(dict.fromkeys(FEATURES, 0.0) | features, abs=1e-6)


def test_money_with_a_goal_is_a_deposit_only_where_own_money_is_said_to_be_at_stake(study):
    goal = {"study.arms.deposit": {"approximation": {"en": "Paid at the end of the year only"}}}
    deposit = [Span("deposit", "return_book", 0, 4)]
    assert [rows_of(s, "x", deposit)[0].family for s in (study, study.with_(goal))] == ["deposit", "cash"]


def test_what_is_known_beforehand_of_study_and_arm_stands_in_the_row(rows):
    row = rows["deposit"]
    assert (row.baseline, row.spread, row.opportunities, row.chance, row.sticky) == (0.3, 2.0, 1, 1.0, False)
    assert (row.live_from, row.live_to, row.week_from, row.week_to) == (0, 4, 0, 4)
    assert (row.accepted, row.role, row.scale, row.unit) == (0.25, "test", 100.0, "books of 100")
    assert row.approximation
    assert not rows["goal"].approximation
    assert "control" not in rows


def test_windows_that_are_asked_for_are_the_rows_in_their_order(study):
    asked = [Span("cash", "return_book", 4, 6), Span("cash", "return_book", 0, 2)]
    found = rows_of(study, "mini_2020", asked)
    assert [(r.week_from, r.week_to) for r in found] == [(4, 6), (0, 2)]
    assert found[0].after
    assert found[0].value == pytest.approx(0.05)


def test_two_sums_on_one_act_add_and_delay_makes_them_worth_less(study):
    later = "{ kind = 'points', behaviour = 'return_book', baht_per_act = 10.0, valid_weeks = 8, redeemed_per_week = 0.25, schedule = { start = 0, weeks = 4 } }"
    both = load(study, [f"arms.cash.schemes.later={later}"])
    one, two = (rows_of(s, "x", [Span("cash", "return_book", 0, 4)])[0].value for s in (study, both))
    assert one == pytest.approx(0.05)
    assert 0.08 < two < 0.1


def test_a_rate_that_only_some_are_told_is_that_rate_and_not_a_part_of_it(study):
    told = "{ kind = 'comparison', behaviour = 'return_book', reference = 'stated', stated_share = 0.6, schedule = { start = 0, weeks = 4 }, target = { least_active_share = 0.25 } }"
    both = load(study, [f"arms.cash.schemes.letter={told}"])
    row = rows_of(both, "x", [Span("cash", "return_book", 0, 4)])[0]
    assert 0 < row.message < 1
    assert row.reference == pytest.approx(0.6)


def test_in_a_study_in_another_currency_everybody_has_the_daily_wage(study):
    at_home = study.with_({"study.currency": None})
    same = [Span("cash", "return_book", 0, 4)]
    assert rows_of(study, "x", same)[0].value == pytest.approx(0.05)
    assert rows_of(at_home, "x", same)[0].value > 0.06  # those without work live on less


def test_assumed_inputs_are_drawn_within_their_range_around_the_files_value(study):
    drawn = [with_assumed(study, k).world.daily_wage.mean for k in range(41)]
    assert drawn[0] == 200.0
    assert all(150.0 <= x <= 250.0 for x in drawn)
    assert 15 <= sum(x < 200.0 for x in drawn) <= 25
    assert with_assumed(study, 3) == with_assumed(study, 3)
    assert len(set(drawn)) == 41
