"""`kwamdee evidence` on a folder of one small study, with a predictor made up."""

import json
from dataclasses import replace
from functools import partial

import pytest

import simulation as kw
from simulation.reports.evidence import html
from simulation.studies.evidence import predictor, suite
from simulation.studies.evidence.shipped import calibration
from tests.cli.test_json import hold
from tests.studies.evidence.made import KNOWN, Fixed, row, target

SHIPPED = suite.shipped
STUDY = """
format = 1
about.title = { en = "Testing for a reward", th = "ตรวจเพื่อรับรางวัล" }
about.question = { en = "Does money bring people to a test?", th = "เงินทำให้คนมาตรวจหรือไม่" }
[run]
weeks = 1
replicates = 20
seed = 1
[world]
place = "TH-10"
citizens = 400
daily_wage = { mean = 300, gini = 0.3, mark = "design" }
[behaviours.test]
title = { en = "taking the test", th = "การตรวจ" }
baseline = 0.34
opportunities_per_week = 1
dynamics = "flow"
intrinsic = 0.2
visible = 0.0
[study]
citation = "Somebody 2001"
setting = "A village"
role = "ROLE"
[arms.control]
[arms.cash]
title = { en = "Cash", th = "เงินสด" }
schemes.cash = { kind = "cash_per_act", behaviour = "test", baht_per_act = 30, schedule = { start = 0, weeks = 1 } }
"""
FIGURES = """
study = "village"
[[observed]]
arm = "control"
quantity = "level"
value = 0.34
se = 0.02
provenance = "seen"
[[observed]]
arm = "cash"
quantity = "level"
value = 0.5
se = 0.02
provenance = "seen"
[[observed]]
arm = "cash"
quantity = "difference"
value = 0.2
provenance = "recalled"
"""


class Taught:
    """The shipped studies, made up."""

    everything = KNOWN

    def training(self, study):
        return KNOWN


@pytest.fixture
def folder(tmp_path, monkeypatch):
    place = tmp_path / "studies"
    (place / "outcomes").mkdir(parents=True)
    (place / "village.toml").write_text(STUDY.replace("ROLE", "test"), encoding="utf-8")
    (place / "outcomes" / "village.toml").write_text(FIGURES, encoding="utf-8")
    monkeypatch.setattr(suite, "shipped", lambda *asked: Fixed())
    monkeypatch.setattr(suite, "Fitted", Taught)
    return place


def test_a_folder_of_studies_is_scored_and_the_card_written(kwamdee, folder, tmp_path):
    out = tmp_path / "card"
    done = kwamdee("evidence", str(folder), "--out", str(out))
    assert done.code == 0, done.err
    assert "1 study" in done.out or "1 studies, 1 arms" in done.out
    assert "Cash" in done.out
    assert "1 published figures are listed and not scored" in done.out or "1 published figure" in done.out
    assert sorted(p.name for p in out.iterdir()) == ["evidence.json", "report.html", "report.th.html"]
    assert "ตรวจเพื่อรับรางวัล" in kwamdee("evidence", str(folder), "--out", str(out), "--lang", "th").out


def test_the_object_that_is_printed_is_as_documented_and_as_written(kwamdee, folder, tmp_path):
    found = json.loads(kwamdee("evidence", str(folder), "--json", "--out", str(tmp_path / "card")).out)
    hold(found, "evidence")
    assert found == json.loads((tmp_path / "card" / "evidence.json").read_text("utf-8"))
    (only,) = found["rows"]
    assert only["observed"] == pytest.approx(0.6633, abs=1e-3)  # logit .5 less logit .34


def test_python_gives_the_same_card(folder, tmp_path):
    found = kw.evidence(folder, predictor=Fixed(), out=tmp_path / "card")
    assert found.report_path.is_file()
    assert "Cash" in found.text("en")


def test_a_name_that_is_no_study_and_a_folder_of_something_else_are_refused(kwamdee, folder, tmp_path):
    done = kwamdee("evidence", str(folder), "--study", "vilage", "--out", str(tmp_path / "card"))
    assert done.code == 2
    assert "village" in done.err
    begun = kwamdee("evidence", "--study", "thornton", "--out", str(tmp_path / "card"))
    assert (begun.code, 'Did you mean "thornton_2008"?' in " ".join(begun.err.split())) == (2, True)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("keep", encoding="utf-8")
    done = kwamdee("evidence", str(folder), "--out", str(tmp_path / "mine"))
    assert done.code == 2
    assert "no report card" in done.err
    assert [p.name for p in (tmp_path / "mine").iterdir()] == ["notes.txt"]
    assert kwamdee("evidence", str(folder), "--out", " ").code == 2


def test_without_parameters_nothing_is_written(kwamdee, folder, tmp_path, monkeypatch):
    monkeypatch.setattr(suite, "shipped", SHIPPED)
    monkeypatch.setattr(predictor, "calibration", lambda: calibration(tmp_path))
    done = kwamdee("evidence", str(folder), "--out", str(tmp_path / "card"))
    assert done.code == 2
    assert "no calibrated parameters" in " ".join(done.err.split())
    assert not (tmp_path / "card").exists()


def test_parameters_that_are_stale_are_refused_for_a_folder_outside_the_project_too(
    kwamdee, folder, tmp_path, monkeypatch
):
    monkeypatch.setattr(suite, "shipped", SHIPPED)
    key = next(iter(calibration().manifest["rows"]))
    changed = [(row(*key.split("|")[:2], behaviour=key.split("|")[2]), target(9.0))]
    changed = [
        (replace(r, week_from=int(key.split("|")[3].split("-")[0]), week_to=int(key.split("-")[-1])), t)
        for r, t in changed
    ]
    monkeypatch.setattr(Taught, "everything", changed)
    done = kwamdee("evidence", str(folder), "--out", str(tmp_path / "card"))
    assert done.code == 2
    assert "stale" in done.err
    assert not (tmp_path / "card").exists()


def test_another_coding_of_a_shipped_study_is_no_reason_to_calibrate_again(kwamdee, folder, tmp_path, monkeypatch):
    monkeypatch.setattr(suite, "shipped", SHIPPED)
    monkeypatch.setattr(html, "write_card", lambda *card: None)
    monkeypatch.setattr(suite, "calibrated", partial(predictor.calibrated, replicates=3))
    for path in (folder / "village.toml", folder / "outcomes" / "village.toml"):
        text = path.read_text("utf-8").replace('study = "village"', 'study = "thornton_2008"')
        path.rename(path.with_name("thornton_2008.toml")).write_text(text, encoding="utf-8")
    done = kwamdee("evidence", str(folder), "--jobs", "1", "--out", str(tmp_path / "card"))
    assert done.code == 0, done.err


def test_the_shipped_parameters_replay_a_folder_outside_the_project(kwamdee, folder, tmp_path, monkeypatch):
    monkeypatch.setattr(suite, "shipped", SHIPPED)
    monkeypatch.setattr(html, "write_card", lambda *card: None)  # 32 small panels, drawn in another test
    monkeypatch.setattr(suite, "calibrated", partial(predictor.calibrated, replicates=3))
    done = kwamdee("evidence", str(folder), "--jobs", "1", "--out", str(tmp_path / "card"))
    assert done.code == 0, done.err
    assert "3 of 3 simulated societies" in done.err
    found = json.loads((tmp_path / "card" / "evidence.json").read_text("utf-8"))
    hold(found, "evidence")
    (only,) = found["rows"]
    assert 0 < only["predicted"] < 3
    assert len(found["parameters"]) == 12


def test_a_study_of_ones_own_that_bears_a_shipped_name_makes_no_parameters_stale(
    kwamdee, folder, tmp_path, monkeypatch
):
    asked = []
    monkeypatch.setattr(suite, "shipped", lambda designs, known, *more: asked.append(known) or Fixed())
    for where in ("village", "thornton_2008"):
        place = tmp_path / where
        (place / "outcomes").mkdir(parents=True)
        (place / f"{where}.toml").write_text(STUDY.replace("ROLE", "calibrate"), encoding="utf-8")
        text = FIGURES.replace("village", where)
        (place / "outcomes" / f"{where}.toml").write_text(text, encoding="utf-8")
        done = kwamdee("evidence", str(place), "--out", str(tmp_path / f"{where}-card"))
        assert done.code == 0, done.err
    assert asked == [KNOWN, KNOWN]  # the shipped figures tell of staleness, not those of the folder
    assert "none on yours" in " ".join(done.out.split())


def test_outcomes_given_where_a_design_is_asked_for_say_where_they_belong(kwamdee, folder, tmp_path):
    outcomes = folder / "outcomes" / "village.toml"
    for lang, said in (("en", "holds the outcomes"), ("th", "เป็นผลของงานวิจัย")):
        done = kwamdee("validate", str(outcomes), "--lang", lang)
        assert done.code == 2
        assert said in done.err
    outcomes.rename(folder / "village_outcomes.toml")
    done = kwamdee("evidence", str(folder), "--out", str(tmp_path / "card"))
    assert done.code == 2
    assert "outcomes/village.toml" in " ".join(done.err.split())
    assert "mistakes" not in done.err


def test_a_folder_given_for_a_file_is_called_one_and_told_what_checks_it(kwamdee, folder):
    for lang, said in (("en", "This is a folder, not a file"), ("th", "นี่คือโฟลเดอร์")):
        done = kwamdee("validate", str(folder), "--lang", lang)
        assert done.code == 2
        assert said in done.err
        assert "kwamdee evidence" in " ".join(done.err.split())


def test_outcomes_under_a_misspelt_name_are_found_nearby(kwamdee, folder, tmp_path):
    (folder / "outcomes" / "village.toml").rename(folder / "outcomes" / "vilage.toml")
    done = kwamdee("evidence", str(folder), "--out", str(tmp_path / "card"))
    assert done.code == 2
    assert "There is a vilage.toml there" in " ".join(done.err.split())


def test_outcomes_without_figures_or_as_one_table_say_how_a_figure_is_written(kwamdee, folder, tmp_path):
    outcomes, figures = folder / "outcomes" / "village.toml", FIGURES.split("[[observed]]")
    for text, en, th in (
        (figures[0], "Write each as an [[observed]]", "[[observed]] พร้อม arm"),
        (f"{figures[0]}[observed]{figures[1]}", "two pairs of brackets", "ค่านี้เป็นตาราง"),
    ):
        outcomes.write_text(text, encoding="utf-8")
        for lang, said in (("en", en), ("th", th)):
            done = kwamdee("evidence", str(folder), "--out", str(tmp_path / "card"), "--lang", lang)
            assert done.code == 2
            assert said in " ".join(done.err.split())
        assert "This" not in done.err


def test_a_unit_of_one_language_is_told_how_both_are_written(kwamdee, folder):
    design = folder / "village.toml"
    design.write_text(STUDY.replace("[arms.control]", '[study.outcome]\nunit = "visits"\n[arms.control]'), "utf-8")
    assert 'Write unit = { en = "visits", th = "..." }' in kwamdee("validate", str(design)).err
