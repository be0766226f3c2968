import numpy as np
import pytest

from simulation.results.intervals import best_counts, bounds, likelihood, needed, ratio, split, variance_reduction


@pytest.mark.parametrize(
    ("word", "n", "k"),
    [
        ("likely", 20, 17),
        ("very likely", 20, 20),
        ("more likely than not", 20, 14),
        ("likely", 100, 74),
        ("very likely", 100, 95),
        ("extremely likely", 100, 99),
        ("virtually certain", 1000, 995),
        ("likely", 1000, 685),
    ],
)
def test_a_word_is_earned_by_the_lower_end_of_a_count(word, n, k):
    assert needed(word, n) == k
    assert likelihood(k, n) is not None
    assert likelihood(k - 1, n) != word


def test_an_interval_is_two_order_statistics_and_absent_below_nineteen():
    assert bounds(np.arange(18.0)) == (None, None)
    assert bounds(np.arange(19.0)) == (0.0, 18.0)
    assert bounds(np.arange(1.0, 61.0)) == (3.0, 58.0)


def test_a_ratio_is_absent_where_its_denominator_may_be_zero():
    ones = np.ones(20)
    assert ratio(ones, np.linspace(-1, 1, 20) + 0.01) is None
    found = ratio(ones * 6, ones * 2)
    assert found is not None
    assert (found.mean, found.low, found.high) == (3.0, 3.0, 3.0)


def test_luck_is_half_the_mean_squared_difference_of_pairs():
    values = np.array([1.0, 2.0, 3.0, 6.0])
    found = split(values, values[:2], np.array([2.0, 2.0]))
    assert found is not None
    assert found.luck == pytest.approx(0.25)
    assert found.ignorance == pytest.approx(values.var(ddof=1) - 0.25)


def test_ties_for_the_best_are_split_and_the_counts_sum_to_the_societies():
    counts = best_counts({"control": np.zeros(3), "a": np.array([1.0, 0.0, -1.0])})
    assert counts == {"control": 1.5, "a": 1.5}


def test_pairing_lowers_the_variance_where_arms_share_their_luck():
    luck = np.array([0.0, 5.0, 1.0, 7.0, 2.0])
    gain = np.array([1.0, 1.1, 0.9, 1.0, 1.05])
    reduction = variance_reduction(luck + gain, luck)
    assert reduction is not None
    assert reduction > 10
