"""Calibrated parameters: what has not seen a study, when they are stale, and whether those of the package are fresh."""

import re
from dataclasses import replace
from functools import cache
from importlib import resources
from pathlib import Path

import numpy as np
import pytest

from simulation.core.errors import InputError
from simulation.studies.evidence import refit, shipped
from simulation.studies.evidence.coding import rows_of
from simulation.studies.evidence.files import evidence_folder, read_designs, read_outcomes
from simulation.studies.evidence.first import read_first
from simulation.studies.evidence.known import known_of
from simulation.studies.evidence.posterior import CAPS, NAMES, PRIORS
from simulation.studies.evidence.shipped import Calibration, calibration, said_of, stale
from simulation.studies.evidence.suite import FIRST
from simulation.studies.evidence.targets import figures_of
from tests.studies.evidence.made import row, target

POSTERIOR = {name: np.full(5, prior.middle or 0.3) for name, prior in PRIORS.items()}
KNOWN = [(row("one", "a"), target(0.4)), (row("one", "b"), target(0.6)), (row("two", "a"), target(0.2))]
AFTER = [(row("one", "a", opportunities=7, week_from=4, week_to=8, live_to=4), target(0.1))]
THAI = re.compile("[ก-๛]")


def draws(value):
    return {name: np.full(3, value) for name in NAMES}


def made(known=KNOWN):
    rows = said_of(known, POSTERIOR)
    return Calibration(POSTERIOR, {}, {"studies": sorted({r.study for r, _ in known}), "rows": rows})


@cache
def studies():
    """Return the shipped studies as rows and figures."""
    return known_of(read_designs())[0]


def test_a_study_gets_its_fold_else_the_first_stage_else_the_posterior():
    folds = {"first": draws(1.0), "one": draws(2.0)}
    found = Calibration(draws(3.0), folds, {"studies": ["one", "later"]})
    got = {study: found.unseen(study)["tau"][0] for study in ("one", "later", "never seen")}
    assert got == {"one": 2.0, "later": 1.0, "never seen": 3.0}


def test_a_folder_without_parameters_says_which_file_is_not_there(tmp_path):
    (tmp_path / shipped.POSTERIOR).write_text("member\n", "utf-8")
    with pytest.raises(InputError, match=shipped.FOLDS) as refused:
        calibration(tmp_path)
    assert "kwamdee calibrate" in refused.value.th


def test_what_is_as_it_was_fitted_is_not_stale():
    assert stale(KNOWN, made()) is None
    assert stale(KNOWN[::-1], made()) is None
    assert stale([(KNOWN[0][0], target(0.4 + shipped.CLOSE / 2)), *KNOWN[1:]], made()) is None


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ([(KNOWN[0][0], target(0.41)), *KNOWN[1:]], "has another published figure than then"),
        ([(KNOWN[0][0], target(0.4, 0.11)), *KNOWN[1:]], "has another published figure than then"),
        ([(KNOWN[0][0], target(0.4, 0.1, 0.05)), *KNOWN[1:]], "has another published figure than then"),
        ([(replace(KNOWN[0][0], value=0.2), KNOWN[0][1]), *KNOWN[1:]], "the law or its coding changed"),
        ([(replace(KNOWN[0][0], intrinsic=0.9), KNOWN[0][1]), *KNOWN[1:]], "the law or its coding changed"),
        (KNOWN[1:], "is gone"),
    ],
    ids=["figure", "standard error", "the control's", "amount", "motivation", "row gone"],
)
def test_what_changed_makes_them_stale_and_is_named_in_both_languages(known, said):
    found = stale(known, made())
    assert "one|a|act|0-1" in found.en
    assert said in found.en
    assert "one|a|act|0-1" in found.th
    assert THAI.search(found.th)
    for text in (found.en, found.th):
        assert "kwamdee calibrate" in text  # and where its files go, for it writes into a folder of results
        assert "manifest.json" in text
        assert str(resources.files("simulation").joinpath("data", "evidence")) in text


def test_a_changed_law_makes_them_stale(monkeypatch):
    then = made()
    law = shipped.log_odds
    monkeypatch.setattr(shipped, "log_odds", lambda *asked: law(*asked) + 2 * shipped.CLOSE)
    assert "the law or its coding changed" in stale(KNOWN, then).en


@pytest.mark.parametrize("of", ["a study's responsiveness", "a behaviour's habit"])
def test_a_law_that_is_the_same_but_for_what_differs_between_studies_makes_them_stale(of, monkeypatch):
    then = made(AFTER)
    law, half = shipped.log_odds, [0.5, 1.0] if of == "a study's responsiveness" else [1.0, 0.5]
    monkeypatch.setattr(shipped, "log_odds", lambda t, d, s, h: law(t, d, s * half[0], h * half[1]))
    found = stale(AFTER, then)
    assert "aside of the median" in found.en
    assert "นอกค่ามัธยฐาน" in found.th


def test_what_an_earlier_manifest_does_not_say_is_not_looked_at():
    then = made()
    for said in then.manifest["rows"].values():
        del said["aside"], said["se_reference"]
    assert stale(KNOWN, then) is None
    assert "published figure" in stale([(KNOWN[0][0], target(0.41)), *KNOWN[1:]], then).en


def test_rows_that_were_not_fitted_make_nothing_stale():
    new_study, new_arm = (row("three", "a"), target(9.0)), (row("one", "c"), target(9.0))
    assert stale([*KNOWN, new_study, new_arm], made()) is None
    assert stale([new_study], made()) is None
    assert stale(KNOWN[2:], made()) is None  # another study is not asked for


def test_the_shipped_parameters_are_fresh():
    """Fails as soon as a study's coding, a figure or the law changes without a new calibration."""
    assert stale(studies()) is None
    fitted = set(calibration().manifest["rows"])
    assert fitted <= {r.key for r, _ in studies()}


def test_the_shipped_parameters_go_stale_with_the_coding_of_a_single_amount_in_a_file():
    fitted = calibration().manifest["rows"]
    design = next(d for d in read_designs(None, ("thornton_2008",)))
    known = [(r, t) for r, t in studies() if r.study == design.id and r.key in fitted]
    assert stale(known) is None
    world = design.scenario.world
    wage = world.daily_wage.model_copy(update={"mean": world.daily_wage.mean * 1.1})
    scenario = design.scenario.model_copy(update={"world": world.model_copy(update={"daily_wage": wage})})
    recoded = {r.key: r for r in rows_of(scenario, design.id)}
    moved = [(recoded[r.key], t) for r, t in known if r.key in recoded]
    assert moved
    assert "the law or its coding changed" in stale([*moved, *((r, t) for r, t in known if r.key not in recoded)]).en


def test_the_shipped_chains_were_mixed():
    told = calibration().manifest
    assert told["divergent"] == 0
    for name, p in told["parameters"].items():
        assert p["r_hat"] < 1.05, name
        assert p["effective_draws"] > 200, name
    assert set(told["parameters"]) == set(NAMES)


def test_the_shipped_draws_are_within_their_priors():
    found = calibration()
    for draw in (found.posterior, *found.folds.values()):
        assert set(draw) == set(NAMES)
        for name, x in draw.items():
            assert len(x) == 200
            assert np.isfinite(x).all()
            assert (x > 0).all()
            assert (x <= CAPS.get(name, 10.0) * (1 + 1e-6)).all(), name
    assert found.posterior["kappa_c"].max() <= PRIORS["kappa_c"].spread


def test_no_shipped_prediction_is_by_draws_that_saw_its_study():
    found = calibration()
    first, trained = set(found.manifest["first_studies"]), set(found.trained)
    assert {fold for fold in found.folds if "|" not in fold} == {"first", *first}
    assert first <= trained
    seen = found.posterior
    for study in trained:
        own = found.unseen(study)
        assert own is found.folds[study if study in first else "first"]
        assert own is not seen
        assert not np.allclose(own["beta_m"], seen["beta_m"])
    for r, _ in studies():
        assert r.study in trained or found.unseen(r.study) is seen


def test_only_studies_that_calibrate_or_have_a_first_prediction_on_record_were_fitted():
    told = calibration().manifest
    role = {r.study: r.role for r, _ in studies()}
    on_record = {f.study for f in read_first(evidence_folder() / FIRST)}
    assert {role[s] for s in told["first_studies"]} == {"calibrate"}
    later = set(told["studies"]) - set(told["first_studies"])
    assert {role[s] for s in later} <= {"test"}
    assert later <= on_record


def test_no_study_of_an_assumed_level_joined_and_the_decision_names_those_of_the_first_stage():
    told, assumed = calibration().manifest, refit._of_assumed_level(read_designs())
    of_the_first = assumed & set(told["first_studies"])
    assert assumed & set(told["studies"]) == of_the_first
    note = Path(__file__).parents[3] / "docs" / "decisions" / "0026-two-stages.md"
    assert of_the_first == set(re.findall(r"`(\w+_\d{4}\w*)`", note.read_text("utf-8")))


def test_no_first_prediction_is_dropped_but_for_figures_that_cannot_be_scored():
    """A renamed arm or a moved window would take a prediction out of the score that stays for good."""
    scored, designs = {r.key for r, _ in studies()}, {d.id: d for d in read_designs()}
    left = [f for f in read_first(evidence_folder() / FIRST) if f.key not in scored]
    assert left
    for f in left:
        scenario = designs[f.study].scenario
        figures = figures_of(scenario, read_outcomes(designs[f.study]).observed)
        same = [x for x in figures if x.span == (f.arm, f.behaviour, f.week_from, f.week_to)]
        assert same, f.key
        assert {x.why_not for x in same} <= {"recalled", "error", "bound"}, f.key


def test_the_posterior_is_a_table_that_parameters_can_be_drawn_from():
    import simulation as kw
    from simulation.studies.evidence import shipped

    table = str(resources.files("simulation").joinpath("data", "evidence", shipped.POSTERIOR))
    found = kw.run("thornton-2008", arm="usd_0_95", set_="world.citizens=200", parameters=table)
    assert found.outcomes["effect_pp"] > 0
