"""What a header says was found is what the runs say, and nothing else."""

import re
from pathlib import Path

import pytest

import simulation as kw
from scripts import scenario_findings as script
from simulation.scenario.load import load, shipped
from tests.strategies import TEXTS

THORNTON, *ROWS = TEXTS["thornton-2008"].split("[[observed]]")
TEXT = "[[observed]]".join(
    [THORNTON.split("[arms.usd_0_28]")[0].replace("citizens = 2834", "citizens = 60"), *ROWS[:2]]
)


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """The comparison of a small scenario of two arms."""
    folder = tmp_path_factory.mktemp("small")
    path = folder / "cash.toml"
    path.write_text(TEXT, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("simulation.studies.compare.write_report", lambda *_: None)
        return kw.compare(path, replicates=20, jobs=1, out=folder / "out")


@pytest.fixture
def path(found, tmp_path, monkeypatch) -> Path:
    """That scenario's file with a header that says nothing of what was found; running it gives `found`."""
    monkeypatch.setattr(script, "compare", lambda *_, **__: found)
    before, rest = TEXT.split(script.BEGINS)
    path = tmp_path / "cash.toml"
    path.write_text(before.removesuffix("#\n") + rest.split(script.ENDS + "\n")[1], "utf-8")
    return path


def test_a_header_that_says_nothing_is_told_then_written_then_right(path, capsys):
    before, digest = path.read_text("utf-8"), load(path).digest
    assert not script.up_to_date("cash", path)
    assert path.read_text("utf-8") == before
    assert "+# - 0.19 US dollars: +" in capsys.readouterr().out
    assert script.up_to_date("cash", path, write=True)
    assert path.read_text("utf-8") != before
    assert load(path).digest == digest
    assert script.up_to_date("cash", path)


def test_a_number_that_went_out_of_date_is_seen(path, capsys):
    script.up_to_date("cash", path, write=True)
    text = path.read_text("utf-8")
    path.write_text(re.sub(r"dollars: \+\d+", "dollars: +99", text), "utf-8")
    assert not script.up_to_date("cash", path)
    assert "-# - 0.19 US dollars: +99" in capsys.readouterr().out
    assert script.up_to_date("cash", path, write=True)
    assert path.read_text("utf-8") == text


def test_runs_that_fail_write_nothing(path, found, monkeypatch):
    monkeypatch.setattr(type(found), "failed", property(lambda _: 1))
    before = path.read_text("utf-8")
    assert not script.up_to_date("cash", path, write=True)
    assert path.read_text("utf-8") == before


def test_a_header_holds_the_very_answer(found):
    lines = script.finding(found)
    said = " ".join(lines)
    assert found.answer("en") in said
    assert "Against the study: " in said
    assert "of 2 published levels" in said
    assert "size of crowding" in said
    assert max(map(len, lines)) <= script.WIDTH - 2


def test_a_name_that_is_none_is_told_with_those_that_are(capsys):
    assert script.main(["bangkok"]) == 2
    assert "bangkok-waste" in capsys.readouterr().out


@pytest.mark.slow
def test_the_quickest_shipped_header_says_what_its_runs_say():
    assert script.up_to_date("thornton-2008", shipped()["thornton-2008"])
