"""What is drawn for a society: from the stated range, by its own address, within its bounds."""

from dataclasses import replace

import numpy as np
import pytest

from simulation.agents.ensemble import posterior
from simulation.agents.parameters import (
    HABIT_CAP,
    NORM_CAP,
    defaults,
    draw,
    priors,
    van_der_corput,
    with_fixed,
)
from simulation.core.errors import InputError
from simulation.engine.terms import behaviour_terms
from simulation.scenario.load import load

MANY = 1200


@pytest.fixture(scope="module")
def drawn():
    return [draw(3, replicate, 2) for replicate in range(MANY)]


def test_a_draw_does_not_change_when_more_are_asked_for(drawn):
    assert drawn[17] == draw(3, 17, 2)
    assert draw(3, 17, 1) != draw(4, 17, 1)


def test_each_of_the_200_members_comes_once_before_any_comes_again(drawn):
    members = [p.member for p in drawn[:200]]
    assert sorted(members) == list(range(200))
    assert members != sorted(members)
    assert [p.member for p in drawn[200:400]] == members
    assert drawn[0].beta_c == posterior().rows[drawn[0].member][posterior().names.index("beta_c")]


@pytest.mark.parametrize("name", ["sigma_s", "drop_out", "never_start", "friction_factor", "rho_z", "phi"])
def test_five_and_ninety_five_per_cent_lie_at_the_stated_range(drawn, name):
    values = np.array([getattr(p, name) for p in drawn])
    low, high = priors()[name]["low"], priors()[name]["high"]
    error = 4 * np.sqrt(0.05 * 0.95 / MANY)
    assert abs((values < low).mean() - 0.05) < error
    assert abs((values > high).mean() - 0.05) < error


def test_a_norm_weight_above_its_bound_is_drawn_again_and_counted(drawn):
    weights, again = np.array([p.w_d for p in drawn]), np.array([p.redrawn for p in drawn])
    assert weights.max() <= NORM_CAP
    assert (weights < NORM_CAP).all()  # redrawn, not held at the bound
    expected = 0.0067  # of LogN(ln 1.6, .35) above 3.8
    assert abs((again > 0).mean() - expected) < 4 * np.sqrt(expected / MANY)


def test_the_weight_of_peers_in_signing_up_is_even_from_0_to_3(drawn):
    values = np.sort([p.w_e for p in drawn]) / 3
    assert np.abs(values - (np.arange(MANY) + 0.5) / MANY).max() < 1.63 / np.sqrt(MANY)  # Kolmogorov, 1 %


def test_crowding_takes_its_three_values_in_turn(drawn):
    assert [p.kappa_c for p in drawn[:6]] == [0.0, 0.3, 0.6] * 2
    assert defaults(1).kappa_c == 0.3


def test_every_prefix_of_responsiveness_is_nearly_even():
    for n in (8, 20, 60, 256):
        points = np.sort([van_der_corput(r, 5, "responsiveness") for r in range(n)])
        assert np.abs(points - (np.arange(n) + 0.5) / n).max() < 2.5 * np.log2(n) / n
    shuffled = [van_der_corput(r, 5, "responsiveness") for r in range(8)]
    assert shuffled != [van_der_corput(r, 6, "responsiveness") for r in range(8)]


def test_the_responsiveness_of_two_behaviours_is_correlated_by_a_half(drawn):
    pairs = np.array([p.responsiveness for p in drawn])
    assert np.corrcoef(pairs.T)[0, 1] == pytest.approx(0.5, abs=4 * 0.75 / np.sqrt(MANY))
    assert pairs.std(axis=0) == pytest.approx([1, 1], abs=0.08)


def test_own_motivation_stays_within_0_and_1_however_it_is_shifted():
    scenario = load("bangkok-waste", ["behaviours.waste_sort.intrinsic=0.9"])
    for shift, iota in ((0.3, 1.0), (-0.3, 0.6), (0.0, 0.9)):
        p = replace(defaults(1), iota_shift=shift)
        terms = behaviour_terms(tuple(scenario.behaviours.items()), p)[0]
        assert terms.crowding_scale == pytest.approx(0.3 * iota)


def test_habit_is_held_below_the_point_where_it_would_run_away():
    scenario = load("bangkok-waste")
    p = replace(defaults(1), w_h=3.7, tau_h=1.0, habit_deviate=(2.0,))
    assert behaviour_terms(tuple(scenario.behaviours.items()), p)[0].habit == np.float32(HABIT_CAP)


def test_what_is_fixed_takes_the_place_of_what_was_drawn_and_the_rest_stays():
    drawn = draw(3, 5, 2)
    fixed = with_fixed(drawn, (("beta_m", 0.5), ("responsiveness", -1), ("habit_deviate", 0.25)))
    assert fixed == replace(drawn, beta_m=0.5, responsiveness=(-1.0, -1.0), habit_deviate=(0.25, 0.25))
    assert with_fixed(drawn, ()) is drawn


@pytest.mark.parametrize("name", sorted(priors()))
def test_every_parameter_can_be_fixed_at_both_ends_of_its_range(name):
    for end in ("low", "default", "high"):
        assert getattr(with_fixed(draw(3, 5, 1), ((name, priors()[name][end]),)), name) == priors()[name][end]


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("beta_n", 0.3, 'There is no parameter "beta_n". Did you mean'),
        ("member", 3, 'There is no parameter "member"'),
        ("drop_out", 1.5, "parameters.drop_out is \"1.5\"; it is a number from 0 to 1."),
        ("w_d", 3.9, "from 0 to 3.8"),
        ("beta_m", float("nan"), "parameters.beta_m"),
        ("beta_m", True, "parameters.beta_m"),
        ("beta_m", "high", "parameters.beta_m"),
    ],
)  # fmt: skip
def test_a_parameter_that_cannot_be_fixed_so_is_named(name, value, said):
    with pytest.raises(InputError) as found:
        with_fixed(draw(3, 5, 1), ((name, value),))
    assert said in str(found.value)
    assert found.value.th
