import numpy as np
import pytest

from simulation.studies.evidence.given import Given, pilot_row, score_given
from simulation.studies.evidence.rules import flat_of, flat_without, one_given
from simulation.studies.evidence.score import Prediction, crps_normal
from tests.studies.evidence.made import KNOWN, row, target

CASH = [
    (row("one", "a"), target(0.2)),
    (row("one", "b"), target(0.4)),
    (row("two", "a"), target(0.9)),
    (row("two", "b", "appeal"), target(0.1)),
]


def test_the_flat_mean_weighs_studies_and_not_arms():
    flat = flat_of(CASH)
    assert flat.mean(row()) == pytest.approx((0.3 + 0.9) / 2)
    assert flat.mean(row(family="appeal")) == pytest.approx(0.1)


def test_a_family_that_was_not_seen_takes_the_overall_mean():
    assert flat_of(CASH).mean(row(family="team")) == pytest.approx((0.3 + 0.5) / 2)


def test_the_spread_is_that_of_training_arms_around_their_familys_mean_with_the_figures_own_error():
    flat = flat_of(CASH)
    own = np.sqrt((0.5 * 0.4**2 + 0.5 * 0.2**2 + 0.3**2) / 2)  # two studies of the family
    assert flat.spreads == {"cash": pytest.approx(own)}  # the appeal's one arm has none
    everybody = np.sqrt((0.5 * 0.4**2 + 0.5 * 0.2**2 + 0.5 * 0.3**2 + 0.0) / 2)
    assert flat.sd(row(family="appeal")) == pytest.approx(everybody)
    y = target(0.5, 0.3, 0.4)
    assert flat.crps(row(), y) == pytest.approx(crps_normal(0.6, np.hypot(own, 0.5), 0.5))


def test_a_study_is_predicted_by_the_others():
    assert flat_without(CASH, "two").mean(row("two")) == pytest.approx(0.3)


def test_without_training_nothing_happens_for_certain():
    flat = flat_of([])
    assert (flat.mean(row()), flat.sd(row())) == (0.0, 0.0)


def test_rules_for_one_arm_given_are_as_by_hand():
    flat = flat_of(CASH)  # cash .6, appeal .1
    found = one_given((row("new", "pilot"), target(1.0)), row("new", "other", "appeal"), flat)
    assert found == pytest.approx({"none": 0.0, "same": 1.0, "flat": 0.1, "flat_shift": 0.5, "half": 0.55})


def test_every_given_arm_counts_alike_and_the_others_within_it():
    rows = [(row("new", a), target(y)) for a, y in (("a", 0.0), ("b", 1.0), ("c", 2.0))]
    given = [Given(r, tuple(Prediction(o, np.full(3, t.log_odds)) for o, _ in rows if o.arm != r.arm)) for r, t in rows]
    found = score_given(given, {r.key: t for r, t in rows}, {"new": flat_of([])})
    same = np.mean([np.mean([1, 2]), np.mean([1, 1]), np.mean([2, 1])])
    assert found.rules["same"] == {"new": pytest.approx(same)}
    assert found.rules["none"] == {"new": pytest.approx(np.mean([1.5, 1.0, 0.5]))}
    assert found.error["new"] == pytest.approx(same, abs=0.1)
    assert found.to_json()["studies"] == 1


def test_a_row_without_a_figure_is_left_out():
    r, other = row("new", "a"), row("new", "b")
    found = score_given([Given(r, (Prediction(other, np.zeros(3)),))], {r.key: target(0.1)}, {"new": flat_of(KNOWN)})
    assert found.to_json() is None


def test_a_pilot_knows_the_earliest_weeks_of_the_arm_named_first():
    later, first, second = row("new", "a", week_to=6), row("new", "a", week_to=3), row("new", "b", week_to=3)
    known = [(r, target(0.1)) for r in (later, first, second)]
    assert pilot_row(known) is first
    assert pilot_row(known[::2]) is second
