import math

import numpy as np
import pytest

from simulation.results.responses.mcse import mcse, next_round, ratio_mcse, replicates_needed


def test_the_error_of_a_mean_is_sd_over_root_n_and_unknown_for_one_society():
    assert mcse([2.0, 2.0, 3.0], [16, 4, 1]) == pytest.approx([0.5, 1.0, math.nan], nan_ok=True)


def test_the_error_of_a_ratio_of_means_is_what_many_samples_show():
    stream = np.random.default_rng(5)
    ratios, errors = [], []
    for _ in range(2000):
        below = stream.normal(10.0, 1.0, 40)
        above = 2.0 * below + stream.normal(0.0, 1.0, 40)
        ratio, error = ratio_mcse(above, below)
        ratios.append(ratio)
        errors.append(error)
    assert np.mean(ratios) == pytest.approx(2.0, abs=0.002)
    assert np.mean(errors) == pytest.approx(np.std(ratios), rel=0.06)  # 2000 samples know an sd to 1.6 %


def test_a_ratio_leaves_out_what_is_not_known():
    assert ratio_mcse([1.0, math.nan, 3.0], [2.0, 1.0, 2.0])[0] == 1.0
    assert math.isnan(ratio_mcse([1.0], [0.0])[0])
    assert math.isnan(ratio_mcse([], [])[0])
    ratio, error = ratio_mcse([4.0], [2.0])
    assert ratio == 2.0
    assert math.isnan(error)


def test_replicates_needed_are_the_fewest_that_meet_the_target():
    for sd in (0.3, 1.0, 7.7):
        n = int(replicates_needed(sd, 0.1))
        assert mcse(sd, n) <= 0.1 + 1e-9
        assert mcse(sd, n - 1) > 0.1
    assert replicates_needed(1.1, 0.1) == 121  # 121.00000000000003 by floats
    assert replicates_needed([0.0, math.nan], 0.1).tolist() == [2, 2]
    with pytest.raises(ValueError, match="above 0"):
        replicates_needed(1.0, 0.0)


def test_the_first_round_brings_every_point_to_the_least():
    assert next_round([0, 3], [math.nan, 9.0], 0.1, 10, 100).tolist() == [10, 10]


def test_a_point_goes_on_to_what_its_sd_asks_for_but_at_most_doubles_and_stays_below_the_most():
    n, sd = [10, 10, 10, 40], [0.31, 0.4, 9.0, 9.0]
    assert next_round(n, sd, 0.1, 10, 60).tolist() == [10, 16, 20, 60]


def test_the_rule_ends_and_meets_the_target_or_the_most():
    sd = np.array([[0.1, 0.5], [2.0, 0.3], [0.0, 0.0]])
    n = np.zeros(3, dtype=np.int64)
    for _ in range(20):
        more = next_round(np.stack([n, n], axis=1), sd, 0.1, 5, 200)
        if (more == n).all():
            break
        assert (more >= n).all()
        n = more
    assert n.tolist() == [25, 200, 5]  # (0.5 / 0.1) ** 2, the most, the least
    assert mcse(sd.max(axis=1), n)[0] <= 0.1


def test_each_outcome_may_have_its_own_target():
    sd = np.array([[[1.0, 30.0]]])
    assert next_round([[50]], sd, [1.0, 10.0], 5, 1000).tolist() == [50]
    assert next_round([[50]], sd, [0.1, 10.0], 5, 1000).tolist() == [100]
    assert next_round([[50]], sd, [1.0, 3.0], 5, 1000).tolist() == [100]


def test_failed_runs_are_made_good_in_proportion_and_a_point_where_all_fail_is_left_alone():
    known, tried, sd = [[5], [0]], [10, 10], [[0.3], [math.nan]]
    assert next_round(known, sd, 0.1, 10, 100, tried).tolist() == [18, 10]  # nine that are known, half fail


def test_the_order_of_points_does_not_matter():
    n, sd = np.array([10, 20, 30]), np.array([1.0, 2.0, 0.01])
    back = next_round(n[::-1], sd[::-1], 0.2, 10, 500)[::-1]
    assert (next_round(n, sd, 0.2, 10, 500) == back).all()


def test_no_points_ask_for_nothing():
    assert next_round(np.zeros((0, 2)), np.zeros((0, 2)), 0.1, 2, 10).tolist() == []
