"""Each equation against its formula in float64, and what it promises at the edges."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.agents import equations as law

F = np.float32
logits = st.floats(-8, 8, width=32)
positive = st.floats(0, 8, width=32)


@given(logits, logits)
def test_the_stronger_of_two_forces_of_one_sign_acts_and_opposites_add(z, b):
    pushed = float(law.push(F(z), F(b)))
    if z * b >= 0:
        assert pushed == (max(z, b) if z + b >= 0 else min(z, b))
    else:
        assert pushed == pytest.approx(z + b, abs=1e-6)


@given(positive, logits)
def test_the_discrepancy_never_makes_a_reason_negative_and_leaves_nothing_at_nothing(r, z):
    found = float(law.with_discrepancy(F(r), F(z)))
    assert 0 <= found <= 2 * r + 1e-6
    assert found == pytest.approx(r + min(max(z, -r), r), abs=1e-5)
    assert law.with_discrepancy(F(0), F(z)) == 0


@given(logits, logits)
def test_crowding_jumps_to_a_larger_cap_of_its_sign_and_else_decays(x, cap):
    decay = 0.9
    expected = cap if F(cap) * F(x) >= 0 and abs(cap) >= abs(x) else cap + (x - cap) * decay
    assert float(law.crowding_update(F(x), F(cap), F(decay))) == pytest.approx(expected, abs=3e-6)


@pytest.mark.parametrize(("reference", "rate", "gap"), [(0.5, 0.4, 0.1), (0.9, 0.1, 0.2), (0.3, 0.6, 0.0)])
def test_only_a_reference_above_the_own_rate_pulls_and_by_at_most_a_fifth(reference, rate, gap):
    assert float(law.message_pull(F(1), F(reference), F(rate))) == pytest.approx(gap, abs=1e-6)


def test_money_pulls_by_the_logarithm_of_its_worth_in_own_days_of_wage():
    found = float(law.money_pull(F(48.4), F(968), F(math.exp(-0.1)), F(0.033)))
    assert found == pytest.approx(math.log(1 + 48.4 * math.exp(-0.1) / 968 / 0.033), rel=1e-5)
    assert law.money_pull(F(0), F(968), F(1), F(0.033)) == 0


def test_an_honour_is_worth_less_the_more_hold_it():
    assert float(law.recognition_pull(F(0.7), F(0.25))) == pytest.approx(0.525)


@pytest.mark.parametrize("n", [1, 7, 14])
@pytest.mark.parametrize("p", [0.003, 0.3, 0.97])
def test_acts_are_the_binomial_quantile_of_the_uniform(n, p):
    ratios = tuple(F((n - k) / (k + 1)) for k in range(n))
    u = ((np.arange(20_000) + 0.5) / 20_000).astype(F)
    acts = law.acts_of(u, np.full(len(u), p / (1 - p), F), ratios)
    cumulative = np.cumsum([math.comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(n + 1)])
    expected = np.minimum(np.searchsorted(cumulative, u, side="right"), n)
    assert (acts != expected).mean() < 2e-4  # a uniform within rounding of its threshold
    assert (np.diff(acts) >= 0).all()


@given(st.integers(0, 7), st.integers(0, 7), positive, positive)
def test_nobody_acts_less_where_the_chance_is_no_less(acts, twin, odds, twin_odds):
    found = int(law.coupled(np.int32(acts), np.int32(twin), F(odds), F(twin_odds), np.int32(7)))
    if F(odds) >= F(twin_odds):
        assert found >= twin
    if F(odds) <= F(twin_odds):
        assert found <= twin


def test_odds_are_those_of_the_twin_to_the_bit_where_nothing_pushes():
    twin = law.baseline_odds(np.exp(np.linspace(-12, 12, 999)).astype(F), F(1))
    assert np.array_equal(law.scheme_odds(twin, F(0), F(0), F(0)), twin)


def test_the_logit_is_held_within_16_in_both_worlds():
    twin = law.baseline_odds(F(1e12), F(1))
    assert math.log(float(twin)) == pytest.approx(16, abs=1e-5)
    assert math.log(float(law.scheme_odds(twin, F(9), F(0), F(0)))) == pytest.approx(16, abs=1e-5)


def test_a_norm_is_unchanged_where_nobody_was_seen():
    assert law.norm_update(F(0.2), F(0.9), F(0), F(0.3)) == law.settle(F(0.2))
    assert float(law.norm_update(F(0.2), F(0.9), F(1), F(0.3))) == pytest.approx(0.41, abs=2e-6)


def test_habit_moves_by_its_gain():
    assert float(law.habit_update(F(0.1), F(0.5), F(0.25))) == pytest.approx(0.2, abs=2e-6)


def test_signing_up_follows_its_chance():
    u = ((np.arange(10_000) + 0.5) / 10_000).astype(F)
    chance = 1 / (1 + math.exp(-(-2.0 + 0.7 + 1.5 * 0.4)))
    assert law.joins(u, F(-2.0), F(0.7), F(1.5), F(0.4)).mean() == pytest.approx(chance, abs=2e-4)
