"""The shipped studies are valid, and their pages say what was found of the study as it stands today."""

import re

import pytest

from scripts import study_findings as script
from simulation.studies.plan.read import load_study
from simulation.studies.sweeps.sweep import sweep

NAMES = [told.name for told in script.STUDIES]
MOST_BYTES = 150_000  # of a figure in the docs


@pytest.fixture(scope="module")
def studies():
    """Every shipped study, read once."""
    return {name: load_study(script.FOLDER / name) for name in NAMES}


def pages(name):
    return [script.page_of(script.FOLDER / name, lang).read_text("utf-8") for lang in script.LANGUAGES]


def test_every_folder_of_experiments_is_told():
    folders = {path.parent.name for path in script.FOLDER.glob("*/study.toml")}
    assert folders == set(NAMES)
    assert len(folders) >= 4


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_study_is_read_without_a_mistake(name, studies):
    pytest.importorskip("scipy")
    pytest.importorskip("SALib")
    assert studies[name].points > 1
    assert all(text.th for factor in studies[name].facts.factors for text in (factor.title,))


@pytest.mark.parametrize("name", NAMES)
def test_its_pages_tell_of_the_study_as_it_stands_today(name, studies):
    for text in pages(name):
        found = text.split(script.BEGINS)[1].split(script.ENDS)[0]
        assert re.search(r"`([0-9a-f]{12})`", found)[1] == studies[name].digest[:12], "make studies WRITE=--write"


@pytest.mark.parametrize("name", NAMES)
def test_its_pages_show_a_figure_of_docs_size(name):
    told = next(t for t in script.STUDIES if t.name == name)
    for lang, text in zip(script.LANGUAGES, pages(name), strict=True):
        figure = script.figure_of(told, lang)
        assert f"]({figure.name})" in text
        assert 1_000 < figure.stat().st_size < MOST_BYTES


@pytest.mark.parametrize("lang", script.LANGUAGES)
def test_the_list_has_question_and_finding_of_each(lang, studies):
    rows = script.page_of(script.FOLDER, lang).read_text("utf-8").split("\n")
    for name in NAMES:
        row = next(r for r in rows if f"]({name}/" in r)
        question, said = row.strip("| ").split(" | ")[1:]
        assert question == studies[name].facts.question.get(lang)
        assert said


@pytest.fixture
def told(tmp_path, monkeypatch):
    """The study of rewards, small, told beside pages of its own that say nothing yet."""
    told = script.STUDIES[0]
    (tmp_path / told.name).mkdir()
    for lang in script.LANGUAGES:
        page = f"before\n{script.BEGINS}\n{script.ENDS}\nafter\n"
        script.page_of(tmp_path / told.name, lang).write_text(page, "utf-8")
        row = f"| [{told.name}]({told.name}/x) | | |\n"
        script.page_of(tmp_path, lang).write_text(f"| study | | |\n{row}", "utf-8")
    changes = ["world.citizens=60", "world.localities.number=3", "run.weeks=84", "levers.weeks.values=[13, 26]"]
    changes += ["levers.size.values=[1.75, 28]", "levers.taper.values=[0, 4]"]
    done = sweep(script.FOLDER / told.name, out=tmp_path / "out", set_=changes, replicates=3, jobs=1, report=False)
    monkeypatch.setattr(script, "FOLDER", tmp_path)
    monkeypatch.setattr(script, "carried_out", lambda *_: done)
    return told


def test_pages_that_say_nothing_are_told_then_written_then_right(told, tmp_path, capsys):
    assert not script.up_to_date(told, tmp_path)
    assert "Each further baht" in capsys.readouterr().out
    assert script.up_to_date(told, tmp_path, write=True)
    assert script.up_to_date(told, tmp_path)
    text = script.page_of(tmp_path / told.name, "en").read_text("utf-8")
    assert text.startswith("before\n")
    assert text.endswith("\nafter\n")
    assert script.figure_of(told, "th").stat().st_size > 1_000


def test_a_number_that_went_out_of_date_is_seen(told, tmp_path, capsys):
    script.up_to_date(told, tmp_path, write=True)
    page = script.page_of(tmp_path / told.name, "en")
    text = page.read_text("utf-8")
    page.write_text(text.replace("3 societies", "99 societies", 1), "utf-8")
    assert page.read_text("utf-8") != text
    assert not script.up_to_date(told, tmp_path)
    assert "99 societies" in capsys.readouterr().out


def test_a_name_that_is_none_is_told_with_those_that_are(capsys):
    assert script.main(["reward"]) == 2
    assert "reward-size" in capsys.readouterr().out


@pytest.mark.slow
@pytest.mark.parametrize("told", script.STUDIES, ids=NAMES)
def test_the_first_runs_of_a_shipped_study_go_well(told, tmp_path):
    done = script.carried_out(told, tmp_path, limit=6)
    assert len(done.runs) == 6
    assert not len(done.failed)
