"""An arm's misfit that is at most its effect: against brute force, far in the tails, and by ranks on simulated arms."""

import math

import numpy as np
import pytest

from simulation.studies.evidence.capped import capped_density, log_below
from simulation.studies.evidence.learner import GRID, condition, interpolated
from tests.studies.evidence.made import target

OMEGA = np.array([0.1, 0.2, 0.15, 0.3])


def by_brute_force(omega, expected, targets):
    """Log density of one member at one responsiveness, summed over fine grids of misfits and of the control's error."""
    z, c = np.linspace(-9, 9, 1201), np.linspace(-9, 9, 901)
    found = np.exp(-0.5 * c**2)
    for e, t in zip(expected, targets, strict=True):
        misfit = np.clip(omega * z, -abs(e), abs(e))
        off = t.log_odds - e - t.se_reference * c[:, None] - misfit
        found = found * (np.exp(-0.5 * (off / t.se) ** 2 - 0.5 * z**2) / t.se).sum(1) * (z[1] - z[0])
    return np.log(found.sum() * (c[1] - c[0]))


@pytest.mark.parametrize(
    "targets",
    [
        [target(0.5, 0.1, 0.05)],
        [target(-0.2, 0.02)],
        [target(0.5, 0.05, 0.1), target(0.1, 0.1, 0.1)],
        [target(0.4, 0.2), target(0.3, 0.1)],
        [target(0.3, 0.06, 0.06), target(0.9, 0.06, 0.06), target(0.2, 0.06, 0.06)],
    ],
)
def test_it_is_what_fine_grids_of_misfits_and_control_errors_give(targets):
    expected = np.random.default_rng(1).uniform(-0.3, 0.6, (4, 3, len(targets)))
    found = capped_density({"omega": OMEGA}, expected, targets)
    exact = [[by_brute_force(OMEGA[m], expected[m, f], targets) for f in range(3)] for m in range(4)]
    assert np.ptp(found - np.array(exact)) < 0.03  # but for a constant


def test_chances_far_in_the_tail_are_not_lost():
    x = np.array([-37.0, -8.0, -1.0, -1e-9, 0.0, 0.5, 3.0, 9.0])
    exact = [math.log(0.5 * math.erfc(-v / math.sqrt(2))) for v in x]
    np.testing.assert_allclose(log_below(x), exact, rtol=3e-7, atol=3e-7)
    assert np.isfinite(log_below(np.array([-1000.0]))).all()
    far = capped_density({"omega": OMEGA}, np.full((4, 1, 1), 0.2), [target(11.0, 0.05)])
    nearer = capped_density({"omega": OMEGA}, np.full((4, 1, 1), 0.4), [target(11.0, 0.05)])
    assert (nearer > far + 100).all()  # nothing is flat where all are far off


def test_an_arm_that_did_much_tells_more_where_little_can_be_put_down_to_misfit():
    draws, expected = (
        {"omega": np.full(2, 0.3), "tau": np.ones(2)},
        0.1 * np.exp(GRID)[None, :, None] * np.ones((2, 1, 1)),
    )
    seen, middle = [target(0.3, 0.02)], np.full(2, 0.5)
    capped, free = (condition(draws, expected, seen, middle, capped=c).deviate for c in (True, False))
    assert (capped > free + 0.3).all()
    ends = [condition(draws, expected, seen, np.full(2, q), capped=True).deviate[0] for q in (0.05, 0.95)]
    assert interpolated(expected[:1], np.array([[ends[0]]]))[0, 0, 0] > 0.13  # twice the effect is the most it can do


def ranks(capped, over=0.15, arms=100, places=40):
    """Where the true responsiveness lies in what an arm leaves of it, of arms that did more than `over`."""
    chance, expected, omega, se = np.random.default_rng(7), 0.05 * np.exp(GRID)[:, None], 0.2, 0.03
    draws, strata = {"omega": np.full(places, omega), "tau": np.ones(places)}, (np.arange(places) + 0.5) / places
    found = []
    while len(found) < arms:
        u, z, error = chance.standard_normal(3)
        e = float(interpolated(expected[None], np.array([[u]]))[0, 0, 0])
        y = e + np.clip(omega * z, -e, e) + se * error
        if y > over:
            grid = np.broadcast_to(expected, (places, *expected.shape))
            found.append((condition(draws, grid, [target(y, se)], strata, capped=capped).deviate < u).mean())
    return np.array(found)


def test_ranks_of_the_truth_are_uniform_also_among_arms_that_did_much():
    capped, free = ranks(True), ranks(False)
    assert abs(capped.mean() - 0.5) < 0.09  # three standard errors
    assert ((np.histogram(capped, bins=5, range=(0, 1))[0] - 20) ** 2 / 20).sum() < 18.5  # 4 degrees at 1 in 1,000
    assert free.mean() > 0.65  # where a misfit is held to be of any size, the truth lies too high
