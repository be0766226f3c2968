"""The predictor of a calibration: replay, learner, and what a reader is told of the parameters."""

import numpy as np
import pytest

from simulation.core.errors import InputError
from simulation.scenario.load import load_text
from simulation.studies.evidence import predictor as predictors
from simulation.studies.evidence import suite
from simulation.studies.evidence.coding import rows_of
from simulation.studies.evidence.files import VARIANTS, Design, study_files
from simulation.studies.evidence.posterior import PRIORS
from simulation.studies.evidence.predictor import calibrated, prior_points, variants_tried
from simulation.studies.evidence.shipped import Calibration, probe
from tests.studies.evidence.made import Fixed, target
from tests.studies.evidence.small_study import DESIGN, NAME

POSTERIOR = {name: np.full(5, prior_points(name).mean()) for name in PRIORS}


@pytest.fixture
def design(tmp_path):
    path = tmp_path / f"{NAME}.toml"
    path.write_text(DESIGN, encoding="utf-8")
    return Design(NAME, path, load_text(DESIGN, path))


@pytest.fixture
def known(design):
    return [(row, target(0.4)) for row in rows_of(design.scenario, NAME) if row.arm == "cash"]


@pytest.fixture
def made(known):
    fold = {**POSTERIOR, "beta_c": np.zeros(5), "beta_m": np.zeros(5), "beta_k": np.zeros(5)}
    now = probe(known, POSTERIOR)
    rows = {row.key: {"log_odds": 0.4, "se": 0.1, "probe": now[row.key]} for row, _ in known}
    return Calibration(POSTERIOR, {NAME: fold}, {"studies": [NAME], "rows": rows, "identity": "0123456789abcdef"})


def test_a_study_is_replayed_with_draws_that_have_not_seen_it(design, known, made):
    (found,) = calibrated([design], known, made=made, replicates=2, jobs=1).predict([known[0][0]])
    assert found.draws[0] == 0.0  # in its own fold money moves nobody
    assert found.draws[1] <= 0.0  # but crowds out, where the replicate has crowding


def test_a_reader_is_told_what_made_the_parameters_and_how_far_they_moved(design, known, made):
    told = calibrated([design], known, made=made).provenance
    assert told.parameters == "0123456789ab"
    assert told.stale is None
    assert set(told.curves) == set(PRIORS)


def test_another_figure_than_the_parameters_were_fitted_to_makes_them_stale(design, known, made, monkeypatch):
    moved = [(row, target(0.9)) for row, _ in known]
    assert calibrated([design], moved, made=made).provenance.stale is not None
    monkeypatch.setattr(predictors, "calibration", lambda: made)
    assert suite.shipped([design], known).provenance.stale is None
    with pytest.raises(InputError, match="stale"):
        suite.shipped([design], moved)


def test_the_others_are_learned_by_the_learner_that_is_given(design, known, made):
    taught = calibrated([design], known, made=made, learner=Fixed())
    assert suite.teachable(taught)
    (found,) = taught.given(known, [known[0][0]])
    assert found.draws.mean() == pytest.approx(0.4)
    without = calibrated([design], known, made=made)
    assert not suite.teachable(without)
    with pytest.raises(InputError, match="learner"):
        without.given(known, [known[0][0]])


@pytest.mark.parametrize("name", PRIORS)
def test_points_stand_for_the_prior_that_was_declared(name):
    prior, points = PRIORS[name], prior_points(name)
    assert len(points) > 100
    assert points.min() >= 0.0
    middles = {"lognormal": prior.middle, "half-normal": 0.6745 * prior.spread, "uniform": prior.spread / 2}
    if len(points) == predictors.POINTS:
        assert np.median(points) == pytest.approx(middles[prior.kind], rel=0.02)


def test_the_record_of_variants_is_counted_and_is_no_study(design):
    folder = design.path.parent
    assert variants_tried(folder) is None
    (folder / VARIANTS).write_text('[[variants]]\nname = "a"\n[[variants]]\nname = "b"\n', encoding="utf-8")
    assert variants_tried(folder) == 2
    assert list(study_files(folder)) == [NAME]
