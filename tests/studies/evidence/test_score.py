from statistics import NormalDist

import numpy as np
import pytest

from simulation.studies.evidence.score import (
    Prediction,
    bootstrap,
    by_study,
    crps,
    crps_normal,
    observed_draws,
    order_agreement,
    over_studies,
    ranks,
    score,
)
from tests.studies.evidence.made import row, target

NORMAL = np.array([NormalDist(0.3, 0.7).inv_cdf((i + 0.5) / 4000) for i in range(4000)])


@pytest.mark.parametrize("observed", [-2.0, 0.0, 0.3, 1.5])
def test_the_ensembles_score_is_that_of_the_distribution_it_is_drawn_from(observed):
    assert crps(NORMAL, observed) == pytest.approx(crps_normal(0.3, 0.7, observed), abs=5e-4)


def test_the_score_of_a_standard_normal_at_its_mean_is_known():
    assert crps_normal(0, 1, 0) == pytest.approx((np.sqrt(2) - 1) / np.sqrt(np.pi))
    assert crps_normal(0.2, 0.0, 0.5) == pytest.approx(0.3)


def test_two_draws_score_as_by_hand():
    assert crps(np.array([1.0, 3.0]), 0.0) == pytest.approx(
        2.0 - 0.5
    )  # mean distance 2, half of the mean of 0, 2, 2, 0


def test_the_figures_own_error_and_that_of_its_reference_widen_the_prediction():
    s = score(Prediction(row(), np.zeros(200)), target(0.0, 0.3, 0.4))
    assert s.se == pytest.approx(0.5)
    assert s.high - s.low == pytest.approx(2 * 1.645 * 0.5, rel=0.02)
    assert s.median == pytest.approx(0.0, abs=0.01)


def test_errors_are_added_the_same_way_each_time_and_another_for_another_row():
    a, b = (observed_draws(np.linspace(0, 1, 50), 0.2, "x|a") for _ in range(2))
    assert np.array_equal(a, b)
    assert not np.array_equal(a, observed_draws(np.linspace(0, 1, 50), 0.2, "x|b"))


def test_intervals_hold_what_they_say_where_the_prediction_is_right():
    truth = np.random.default_rng(3).normal(0.3, np.hypot(0.7, 0.2), 2000)
    found = [score(Prediction(row(arm=str(i)), NORMAL[::20]), target(y, 0.2)) for i, y in enumerate(truth)]
    for inside, share in (([s.inside for s in found], 0.9), ([s.inside50 for s in found], 0.5)):
        assert np.mean(inside) == pytest.approx(share, abs=3 * np.sqrt(share * (1 - share) / 2000) + 0.01)
    counts, _ = np.histogram([s.pit for s in found], bins=10, range=(0, 1))
    assert counts.min() > 150
    assert counts.max() < 250


def test_the_error_on_the_studys_own_scale_starts_from_the_rate_to_which_the_figure_was_compared():
    observed = target(np.log(1.5), level=0.6)  # from one half, wherever the baseline of other weeks lies
    for baseline in (0.5, 0.2):
        r = row(scale=100.0, baseline=baseline)
        s = score(Prediction(r, np.zeros(9), np.full(9, baseline)), observed)
        assert s.own_error == pytest.approx(10.0)
        assert score(Prediction(r, np.zeros(9)), observed).own_error is None
        assert score(Prediction(r, np.zeros(9), np.full(9, baseline)), target(0.4)).own_error is None


def test_every_study_counts_once_whatever_its_arms():
    means = by_study(["a", "a", "a", "b"], [1.0, 1.0, 1.0, 3.0])
    assert means == {"a": 1.0, "b": 3.0}
    assert over_studies(means) == 2.0
    assert over_studies({}) is None


def test_the_bootstrap_draws_studies_with_model_and_rule_together():
    gains = np.random.default_rng(1).normal(0.1, 0.2, 25)
    model = {f"s{i}": 0.3 for i in range(25)}
    d = bootstrap(model, {f"s{i}": 0.3 + g for i, g in enumerate(gains)})
    assert d.mean == pytest.approx(gains.mean())
    assert d.se == pytest.approx(gains.std() / 5, rel=0.08)
    assert d.low < d.mean < d.high
    assert d.high - d.low == pytest.approx(2 * 1.645 * d.se, rel=0.1)
    same = bootstrap(model, {s: x + 0.05 for s, x in model.items()})
    assert same.se == pytest.approx(0.0)  # paired: a gain alike in all studies has no error
    assert bootstrap({"a": 1.0}, {"a": 2.0}) is None


def test_order_is_scored_in_studies_of_four_arms_or_more():
    def scored(study, values):
        return [
            score(Prediction(row(study, str(i)), np.full(5, float(p))), target(float(y), 0.0))
            for i, (p, y) in enumerate(values)
        ]

    four = scored("four", [(1, 1), (2, 2), (3, 4), (4, 3)])
    assert order_agreement([*four, *scored("three", [(1, 3), (2, 2), (3, 1)])]) == {"four": pytest.approx(0.8)}
    assert ranks([5.0, 5.0, 1.0]).tolist() == [2.5, 2.5, 1.0]
