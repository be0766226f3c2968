"""Simulation-based calibration: truths drawn from the priors are found again as often as the posterior says.

Cook, Gelman and Rubin (2006); Talts and others (2018). If prior, law and likelihood of the sampler are those of the
simulation, the rank of a truth among the draws fitted to its own data is uniform. Truths and data are made here by
NumPy alone; the sampler only fits them.
"""

import numpy as np
import pytest
from scipy.stats import chi2, multivariate_normal

from simulation.studies.evidence.kernel import log_odds, table_of
from simulation.studies.evidence.posterior import CAPS, NAMES, PRIORS, Sampler, Settings
from tests.studies.evidence.made import row, target

numpyro, jax = pytest.importorskip("numpyro"), pytest.importorskip("jax")

SIMULATIONS, LENGTHS, KEPT, BINS = 60, (200, 200), 19, 5
SE, SE_REFERENCE = 0.07, 0.3
LEAST = 0.001
"""P-value below which ranks are not even: with 22 quantities a right sampler falls below by a chance of 2 %."""
FREE = {"contingent": 0.0, "value": 0.0, "controlling": 0.0}
RUNS = {"opportunities": 7, "live_to": 4, "week_to": 4}
ENDED = {"opportunities": 7, "live_to": 4, "week_from": 4, "week_to": 8}
ARMS = {
    "cash": {"value": 0.3},
    "prize": {"value": 0.02},
    "thanks": FREE | {"visibility": 0.7, "appeal": 1.0},
    "letter": FREE | {"appeal": 1.0},
    "pledge": FREE | {"commitment": 1.0},
    "team": {"pivotality": 0.7, "value": 0.1},
    "comparison": FREE | {"message": 1.0, "reference": 0.7},
    "weeks": {"value": 0.1, **RUNS},
    "afterwards": {"value": 0.5, "intrinsic": 0.8, **ENDED},
    "letter afterwards": FREE | {"appeal": 1.0, **ENDED},
}
STUDIES = (
    ("cash", "prize", "letter", "pledge"),
    ("cash", "thanks", "team", "comparison"),
    ("prize", "letter", "comparison", "thanks"),
    ("weeks", "afterwards", "letter", "pledge"),
    ("weeks", "afterwards", "letter afterwards", "team"),
    ("cash", "afterwards", "thanks", "pledge"),
)
ROWS = [
    row(f"study {i}", arm, **({"baseline": 0.15 + 0.1 * i} | ARMS[arm]))
    for i, arms in enumerate(STUDIES)
    for arm in arms
]
QUANTITIES = (*NAMES, *(f"responsiveness of study {i}" for i in range(len(STUDIES))))


def truth(chance):
    """Return parameters as their priors say."""
    found = {}
    for name, prior in PRIORS.items():
        if prior.kind == "uniform":
            found[name] = chance.uniform(prior.middle, prior.spread)
        elif prior.kind == "half-normal":
            found[name] = abs(chance.normal(0, prior.spread))
        else:
            found[name] = np.inf
            while found[name] > CAPS.get(name, 1e300):
                found[name] = prior.middle * np.exp(prior.spread * chance.normal())
    return found


def figures(table, true, chance):
    """Return studies' responsiveness, and figures as trials would publish them."""
    n = len(table.studies)
    log_s, deviate, control = true["tau"] * chance.normal(size=n), chance.normal(size=n), chance.normal(size=n)
    expected = log_odds(table, true, log_s[table.study], deviate[table.study])
    misfit, own = chance.normal(size=(2, len(table)))
    return log_s, expected + true["omega"] * misfit + SE * own + SE_REFERENCE * control[table.study]


def compared(log_s):
    """Return each study's responsiveness next to that of all, which no global parameter can take the place of."""
    return log_s - log_s.mean(-1, keepdims=True)


def ranks(simulations=SIMULATIONS, shared=True):
    """Return the rank of each truth among the draws kept, int[simulation, quantity]."""
    table = table_of(ROWS)
    sampler = Sampler(table, [target(0.0, SE, SE_REFERENCE if shared else 0.0)] * len(table), Settings())
    found = []
    for k in range(simulations):
        chance = np.random.default_rng([20261126, k])
        true = truth(chance)
        log_s, seen = figures(table, true, chance)
        fit = sampler.fit(np.ones(len(table), bool), k, observed=seen, lengths=LENGTHS)
        of = np.linspace(0, len(fit.log_s) - 1, KEPT).round().astype(int)
        below = [int((fit.draws[n][of] < true[n]).sum()) for n in NAMES]
        found.append([*below, *(compared(fit.log_s)[of] < compared(log_s)).sum(0)])
    return np.array(found)


def p_value(ranks_of_one):
    """Return how likely ranks as uneven as these are, by a chi-square over equal bins."""
    counts = np.bincount(ranks_of_one * BINS // (KEPT + 1), minlength=BINS)
    even = len(ranks_of_one) / BINS
    return float(chi2.sf(((counts - even) ** 2 / even).sum(), BINS - 1))


@pytest.mark.slow
def test_truths_rank_evenly_among_the_draws_fitted_to_their_data():
    """Four minutes on two busy cores.

    The smallest of the 22 p-values is .025 as measured. Where the sampler is not told of the error that the arms of a
    study share, `ranks(shared=False)`, that of omega is below 1e-20 and that of tau below 1e-10.
    """
    p = {name: p_value(x) for name, x in zip(QUANTITIES, ranks().T, strict=True)}
    assert min(p.values()) > LEAST, {name: round(x, 4) for name, x in p.items() if x < 0.05}


@pytest.mark.parametrize("seen", [[1, 1, 1, 1, 1], [1, 0, 1, 1, 1], [0, 0, 1, 1, 0]], ids=str)
def test_the_likelihood_is_a_normal_with_the_error_of_the_control_shared_within_a_study(seen):
    rows = [row(study, arm) for study, arm in ("xa", "xb", "xc", "ya", "yb")]
    targets = [target(0.0, se, shared) for se, shared in ((0.1, 0.3), (0.2, 0.3), (0.1, 0.2), (0.3, 0.1), (0.1, 0.1))]
    sampler, off, omega = Sampler(table_of(rows), targets, Settings()), np.array([0.5, 0.2, -0.3, 0.1, 0.4]), 0.1
    found = sampler._likelihood(jax.numpy, off, sampler.variance + omega**2, np.array(seen, float))
    covariance = np.diag(sampler.variance + omega**2)
    for study in range(2):
        shared = np.where(sampler.table.study == study, sampler.shared, 0.0)
        covariance += np.outer(shared, shared)
    where = np.flatnonzero(seen)
    said = multivariate_normal(cov=covariance[np.ix_(where, where)]).logpdf(off[where])
    assert float(found) == pytest.approx(said + len(where) / 2 * np.log(2 * np.pi), abs=1e-9)


def test_a_term_that_is_left_out_is_almost_nothing_and_the_others_are_drawn():
    sampler = Sampler(table_of(ROWS[:1]), [target(0.0)], Settings(without=("money", "discrepancy")))
    with numpyro.handlers.seed(rng_seed=1):
        drawn = {name: float(x) for name, x in sampler._priors().items()}
    assert {name for name, x in drawn.items() if x <= 1e-4} == {"beta_m", "omega"}
    assert set(drawn) == set(NAMES)


@pytest.mark.slow
def test_a_fit_is_compiled_once_and_does_not_know_the_rows_that_are_masked(monkeypatch):
    rows = [row("x", "a"), row("x", "b", value=1.0), row("y", "a")]
    sampler = Sampler(table_of(rows), [target(0.3, 0.1, 0.1)] * 3, Settings())
    traced, model = [], sampler._model
    monkeypatch.setattr(sampler, "_model", lambda *given: (traced.append(1), model(*given))[1])
    mask, lengths = np.array([True, True, False]), (30, 30)
    first = sampler.fit(mask, 1, lengths=lengths)
    compiled = len(traced)
    other = sampler.fit(mask, 1, observed=np.array([0.3, 0.3, 5.0]), lengths=lengths)
    elsewhere = sampler.fit(np.array([True, True, True]), 2, lengths=lengths)
    assert len(traced) == compiled
    for name in NAMES:
        np.testing.assert_array_equal(first.draws[name], other.draws[name])
        assert len(first.draws[name]) == 30
        assert not np.array_equal(first.draws[name], elsewhere.draws[name])
