"""One arm given: the machine against brute force, its seeds, and what a precise or an empty figure does."""

import numpy as np
import pytest

from simulation.studies.evidence import learner as machine
from simulation.studies.evidence.kernel import log_odds, table_of
from simulation.studies.evidence.learner import OneArmLearner, condition, expect, interpolated, strata_of
from simulation.studies.evidence.posterior import NAMES
from simulation.studies.evidence.shipped import Calibration
from tests.studies.evidence.made import row, target

MIDDLE = {
    "beta_c": 0.37, "beta_m": 0.31, "v0": 0.03, "beta_r": 0.5, "beta_a": 0.13, "beta_k": 0.19, "beta_t": 0.3,
    "w_d": 1.6, "w_h": 2.8, "eta1": 0.036, "chi": 0.1, "kappa_c": 0.3, "tau": 0.5, "omega": 0.07, "sigma_s": 0.4,
    "tau_h": 0.3,
}  # fmt: skip
CASH, MORE, THANKS = (
    row(arm="cash"),
    row(arm="more", value=0.8),
    row(arm="thanks", contingent=0.0, value=0.0, appeal=1.0),
)


def draws_of(size, seed=3):
    chance = np.random.default_rng(seed)
    return {name: MIDDLE[name] * np.exp(0.3 * chance.standard_normal(size)) for name in NAMES}


def made(size=200, **folds):
    return Calibration(draws_of(size), folds, {"studies": ()})


def directly(draws, member, rows, deviate):
    """Log-odds of one member at many deviates, by the kernel itself, float64[F, L]."""
    one = {name: np.full(len(deviate), x[member]) for name, x in draws.items()}
    log_s = np.repeat(one["tau"][:, None] * deviate[:, None], len(rows), 1)
    return log_odds(table_of(rows), one, log_s, np.zeros_like(log_s))


def by_brute_force(draws, rows, targets):
    """Evidence of each member and the distribution of its deviate, from the full covariance on a very fine grid."""
    u = np.linspace(-4, 4, 8001)
    y, shared = np.array([t.log_odds for t in targets]), np.array([t.se_reference for t in targets])
    evidence, distribution = [], []
    for m in range(len(draws["tau"])):
        off = y - directly(draws, m, rows, u)
        cov = np.diag([t.se**2 + draws["omega"][m] ** 2 for t in targets]) + np.outer(shared, shared)
        square = np.einsum("fi,ij,fj->f", off, np.linalg.inv(cov), off)
        density = np.exp(-0.5 * (square + np.linalg.slogdet(cov)[1] + u**2))
        evidence.append(np.log(density.sum() * (u[1] - u[0])))
        distribution.append(np.cumsum(density) / density.sum())
    return np.array(evidence), np.array(distribution), u


@pytest.mark.parametrize(
    ("rows", "targets"),
    [
        ([CASH], [target(0.5, 0.1, 0.05)]),
        ([CASH], [target(0.5, 0.001)]),
        ([CASH, THANKS], [target(0.9, 0.08, 0.1), target(0.1, 0.05, 0.1)]),
        ([CASH, MORE], [target(-0.4, 0.1, 0.2), target(2.5, 0.3, 0.2)]),
    ],
)
def test_members_are_weighed_as_the_full_covariance_on_a_fine_grid_weighs_them(rows, targets):
    draws = draws_of(7)
    found = condition(draws, expect(draws, rows).values, targets, strata_of("x", 7))
    evidence, _, _ = by_brute_force(draws, rows, targets)
    np.testing.assert_allclose(found.log_evidence, evidence, atol=2e-3)
    weights = np.exp(evidence - evidence.max())
    np.testing.assert_allclose(found.weights, weights / weights.sum(), atol=1e-3)
    assert found.effective == pytest.approx(1 / np.sum(found.weights**2))


@pytest.mark.parametrize("se", [0.3, 0.01])
def test_responsiveness_is_drawn_from_what_the_known_rows_leave_of_it(se):
    draws, targets = draws_of(5), [target(0.6, se, 0.05)]
    _, distribution, u = by_brute_force(draws, [CASH], targets)
    expected = expect(draws, [CASH]).values
    for share in (0.05, 0.5, 0.9):
        found = condition(draws, expected, targets, np.full(5, share)).deviate
        exact = np.array([np.interp(share, d, u) for d in distribution])
        np.testing.assert_allclose(found, exact, atol=5e-3)


def test_between_the_points_of_the_grid_the_law_is_interpolated_closely():
    draws = draws_of(4)
    rows = [
        CASH,
        THANKS,
        row(arm="after", live_to=2, week_from=2, week_to=4),
        row(arm="kept", sticky=True, redecision=0.1),
    ]
    at = np.linspace(-3.97, 3.97, 57)
    found = interpolated(expect(draws, rows).values, np.tile(at, (4, 1)))
    exact = np.stack([directly(draws, m, rows, at) for m in range(4)])
    assert abs(found - exact).max() < 1e-3


def test_what_is_learned_is_the_same_each_time_and_other_with_another_arm_known():
    first, again = (OneArmLearner(made()).given([(CASH, target(0.5))], [MORE])[0].draws for _ in range(2))
    other = OneArmLearner(made()).given([(THANKS, target(0.2))], [MORE])[0].draws
    assert (first == again).all()
    assert len(first) == machine.KEPT
    assert (first != other).any()


def test_a_precise_arm_moves_and_narrows_the_others_and_an_empty_one_leaves_them_as_they_were():
    learner = OneArmLearner(made())
    none = learner.given([(CASH, target(0.5, 50.0))], [MORE])[0].draws
    low, high = (learner.given([(CASH, target(y, 0.02))], [MORE])[0].draws for y in (0.25, 1.2))
    assert np.median(low) < np.median(none) < np.median(high)
    assert np.std(low) < 0.5 * np.std(none)
    assert learner.effective[(CASH.key,)] < 200


def test_an_arm_that_no_member_expects_leaves_few_of_them_and_that_is_said():
    draws = draws_of(200)
    learner = OneArmLearner(Calibration({**draws, "omega": np.full(200, 0.01)}, {}, {"studies": ()}))
    learner.given([(CASH, target(0.6, 0.02)), (MORE, target(0.1, 0.02))], [THANKS])
    assert learner.thin == [(CASH.key, MORE.key)]


def test_the_discrepancy_never_turns_an_effect_around():
    draws = {**draws_of(200), "omega": np.full(200, 3.0)}
    found = OneArmLearner(Calibration(draws, {}, {"studies": ()})).given([(CASH, target(0.5))], [MORE])[0].draws
    assert found.min() >= 0
    assert np.std(found) > 0


def test_a_fold_that_was_fitted_with_these_arms_keeps_its_weights():
    other = draws_of(50, seed=9)
    learner = OneArmLearner(made(200, **{"one|cash,more": other, "one": draws_of(80)}))
    learner.given([(CASH, target(0.5, 0.02)), (MORE, target(0.7, 0.02))], [THANKS])
    assert learner.effective[(CASH.key, MORE.key)] == pytest.approx(50)
    learner.given([(CASH, target(0.5, 0.02))], [THANKS])
    assert learner.effective[(CASH.key,)] < 80


def test_members_taken_in_turn_are_not_drawn_in_step():
    found = machine.Conditioned(np.full(600, 1 / 600), np.zeros(600), np.zeros(600), 600.0).chosen()
    assert np.bincount(found % 3, minlength=3).min() > 40
    weights = np.zeros(10)
    weights[[2, 7]] = 0.25, 0.75
    drawn = machine.Conditioned(weights, weights, weights, 2.0).chosen(100)
    assert (np.bincount(drawn, minlength=10) == 100 * weights).all()


def test_every_row_of_a_study_is_worked_out_once_however_often_it_is_given(monkeypatch):
    asked = []

    def counted(draws, rows, habit=None):
        asked.append(len(rows))
        return expect(draws, rows, habit)

    monkeypatch.setattr(machine, "expect", counted)
    learner = OneArmLearner(made(40))
    rows = [row(arm=f"a{i}", value=0.1 * i) for i in range(6)]
    for given in rows:
        learner.given([(given, target(0.4))], [r for r in rows if r is not given])
    assert sum(asked) == len(rows)


def test_a_figure_against_another_arm_has_no_level():
    compared = row(arm="compared", value=0.8, against=CASH)
    found = OneArmLearner(made(40)).given([(CASH, target(0.4))], [compared, MORE])
    assert found[0].level is None
    np.testing.assert_allclose(found[1].level, 1 / (1 + np.exp(-found[1].draws)))  # the baseline is one half
