"""Predictions by the law without chance."""

import numpy as np
import pytest

from simulation.studies.evidence.expected import MeanFieldSource, even_normals
from simulation.studies.evidence.posterior import PRIORS
from tests.studies.evidence.made import row

DRAWS = {name: np.linspace(0.5, 1.5, 40) * (prior.middle or 0.1) for name, prior in PRIORS.items()}
NOTHING = {"contingent": 0.0, "value": 0.0, "controlling": 0.0}
ROWS = [row("one", "a"), row("two", "a", value=1.0), row("one", "b", value=0.5), row("one", "none", **NOTHING)]


def source():
    return MeanFieldSource(lambda study: DRAWS)


def test_predictions_are_the_same_whenever_and_with_whichever_others_they_are_asked_for():
    together = source().predict(ROWS)
    assert [p.row for p in together] == ROWS
    alone = [source().predict([r])[0] for r in ROWS]
    backwards = source().predict(ROWS[::-1])[::-1]
    for p, *others in zip(together, alone, backwards, strict=True):
        for other in others:
            np.testing.assert_array_equal(p.draws, other.draws)
            np.testing.assert_array_equal(p.level, other.level)


def test_nothing_offered_stays_nothing():
    *some, none = source().predict(ROWS)
    np.testing.assert_allclose(none.draws, 0.0, atol=1e-12)
    np.testing.assert_allclose(none.level, 0.5, atol=1e-12)
    assert all((p.draws > 0).any() for p in some)


def test_no_misfit_turns_an_effect_round():
    wild = DRAWS | {"omega": np.full(40, 50.0)}
    (found,) = MeanFieldSource(lambda study: wild).predict([row(value=0.01, controlling=0.0)])
    assert (found.draws >= 0).all()
    assert found.draws.max() > 0


def test_each_study_is_predicted_by_its_own_draws():
    strong = DRAWS | {"beta_m": DRAWS["beta_m"] * 5}
    asked = MeanFieldSource(lambda study: strong if study == "two" else DRAWS)
    plain = source().predict(ROWS)
    for p, q in zip(asked.predict(ROWS), plain, strict=True):
        assert (p.row.study == "two") == (not np.array_equal(p.draws, q.draws))


def test_arms_of_a_study_share_its_responsiveness_and_studies_do_not():
    shared = DRAWS | {"omega": np.zeros(40), "tau": np.full(40, 1.0)}
    flat = {name: np.full(40, np.median(x)) for name, x in shared.items()}
    a, b, other = (
        p.draws
        for p in MeanFieldSource(lambda study: flat).predict([row("one", "a"), row("one", "b"), row("two", "a")])
    )
    np.testing.assert_array_equal(a, b)
    np.testing.assert_allclose(np.sort(a), np.sort(other), rtol=1e-9)
    assert not np.array_equal(a, other)


@pytest.mark.parametrize("n", [1, 7, 200])
def test_even_normals_have_one_of_each_part_in_an_order_of_the_name(n):
    one, two = even_normals(n, "one"), even_normals(n, "two")
    np.testing.assert_allclose(np.sort(one), np.sort(two))
    assert np.mean(one) == pytest.approx(0.0, abs=1e-9)
    np.testing.assert_array_equal(one, even_normals(n, "one"))
    assert n < 7 or not np.array_equal(one, two)
