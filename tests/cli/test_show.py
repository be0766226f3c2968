import json
import re
import shutil

import pandas as pd
import pytest

import simulation as kw
from simulation.reports.plain_table import head_of
from simulation.results.columns import TABLES
from tests.cli.test_json import hold


def test_show_prints_table_and_answer_of_a_finished_folder(command, results):
    done = command("show", results)
    assert done.code == 0, done.err
    found = kw.open(results)
    assert found.answer("en").split(".")[0] in " ".join(done.out.split())
    assert found.mark("en") in done.out
    assert json.loads(command("show", results, "--json").out) == found.to_json()


@pytest.mark.parametrize("name", ["effects", "rights", "runs", "series"])
def test_one_table_is_rows_of_unrounded_numbers_as_json(command, results, name):
    found = json.loads(command("show", results, "--table", name, "--json").out)
    assert hold(found, "show --table") == set()
    whole = kw.open(results).summary.tables.get(name)
    assert len(found["rows"]) > 0
    if whole is not None:
        assert list(found["rows"][0]) == list(whole.columns)


@pytest.mark.parametrize("lang", ["en", "th"])
@pytest.mark.parametrize("name", ["effects", "rights", "equity", "costs", "trajectories", "uncertainty"])
def test_one_table_is_printed_for_reading_at_three_digits_with_heads_in_words(command, results, name, lang):
    out = command("show", results, "--table", name, "--lang", lang).out
    assert len(out.splitlines()) > 3
    assert not re.search(r"\.0*[1-9]\d{3}", out)
    for column in TABLES[name]:
        assert column.name not in out.split() or column.name in head_of(column.name, "en").split()
        assert head_of(column.name, lang) in out
        assert re.search("[ก-๛]", head_of(column.name, "th")), column.name
    if (name, lang) == ("rights", "th"):
        left = re.sub("district_goal|fee_discount|recognition|comparison", "", out)
        assert not re.search("[A-Za-z]", left)


def test_a_table_that_is_not_there_is_refused_with_the_nearest(command, results):
    done = command("show", results, "--table", "efects")
    assert done.code == 2
    assert 'Did you mean "effects"?' in done.err


def test_an_unfinished_folder_is_headed_so_and_says_how_to_go_on(command, unfinished):
    done = command("show", unfinished)
    assert done.code == 0, done.err
    assert "4 of 24 runs: not the final result" in done.out
    assert f"--out {unfinished}" in done.out
    assert "เสร็จ 4 จาก 24 รอบ ยังไม่ใช่ผลสุดท้าย" in command("show", unfinished, "--lang", "th").out


def test_failed_runs_are_listed_with_their_message(command, results, tmp_path):
    assert command("show", results, "--failed").out.strip() == "No run failed."
    folder = shutil.copytree(results, tmp_path / "copy")
    runs = pd.read_parquet(folder / "runs.parquet")
    runs.loc[3, ["status", "message"]] = "failed", "ValueError: too hot"
    runs.to_parquet(folder / "runs.parquet", index=False)
    done = command("show", folder, "--failed")
    assert "ValueError: too hot" in done.out
    assert "1 run failed." in done.out
    assert json.loads(command("show", folder, "--failed", "--json").out)["rows"][0]["arm"] == runs.loc[3, "arm"]


@pytest.mark.parametrize(
    ("args", "said"),
    [(("show", "nowhere"), "no such folder"), (("export", "nowhere", "--to", "x"), "no such file")],
)
def test_no_folder_is_exit_code_two(command, args, said):
    done = command(*args)
    assert done.code == 2
    assert said in done.err


def test_a_world_is_exported_as_it_can_be_read_in_again(command, tmp_path):
    few = ("--set", "world.citizens=80", "--set", "world.localities.number=4")
    for kind in ("csv", "parquet", "graphml"):
        done = command("export", "bangkok-waste", "--to", tmp_path / kind, "--format", kind, *few)
        assert done.code == 0, done.err
    paths = {p.stem: p for p in (tmp_path / "csv").iterdir()}
    assert kw.load("bangkok-waste").with_world(**paths).world.citizens == 80
    graph = kw.load("bangkok-waste").with_world(ties=tmp_path / "graphml" / "world.graphml")
    assert graph.world.localities.number == 4
    done = command("export", "bangkok-waste", "--to", tmp_path / "other", "--replicate", 1, *few)
    assert (tmp_path / "other" / "citizens.csv").read_text() != (tmp_path / "csv" / "citizens.csv").read_text()


def test_results_are_no_graph(command, results, tmp_path):
    done = command("export", results, "--to", tmp_path / "g", "--format", "graphml")
    assert done.code == 2
    assert "Name the scenario instead" in done.err


@pytest.mark.parametrize(("kind", "read"), [("csv", pd.read_csv), ("parquet", pd.read_parquet)])
def test_export_writes_every_table_with_the_meaning_of_its_columns(command, results, tmp_path, kind, read):
    done = command("export", results, "--to", tmp_path / "new" / "tables", "--format", kind)
    assert done.code == 0, done.err
    found, folder = kw.open(results), tmp_path / "new" / "tables"
    assert len(done.out.splitlines()) == len(list(folder.iterdir()))
    for name in (*TABLES, "runs", "series", "takeup", "parameters"):
        if name not in ("trajectory", "failed"):
            table = read(folder / f"{name}.{kind}")
            assert len(table) > 0 or name in ("uncertainty", "running"), name  # nobody decides whether to run these
            if name in TABLES:
                assert list(table.columns) == [c.name for c in TABLES[name]] or not len(table)
    table = read(folder / f"effects.{kind}")
    assert table["effect_pp"].tolist() == found.effects["effect_pp"].tolist()
    meanings = pd.read_csv(folder / "columns.csv").set_index(["table", "column"])
    assert meanings.loc[("effects", "cost_per_act_baht"), "unit"] == "baht"


def test_export_overwrites_nothing_and_writes_nothing_of_what_is_not_finished(command, results, unfinished, tmp_path):
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "mine").write_text("x")
    for args, said in (
        ((results, "--to", tmp_path / "there"), "not empty"),
        ((results, "--to", tmp_path / "a", "--format", "xlsx"), "csv, parquet"),
        ((results,), "--to"),
        ((unfinished, "--to", tmp_path / "b"), "4 of 24 runs"),
    ):
        done = command("export", *args)
        assert done.code == 2, args
        assert said in done.err
    assert [p.name for p in tmp_path.iterdir()] == ["there"]


def test_a_quick_comparison_says_so_and_writes_its_report(command, tmp_path, monkeypatch):
    monkeypatch.setattr("simulation.reports.html._figures", lambda *_: {})  # they take longer than all the rest
    out = tmp_path / "look"
    args = (
        "compare",
        "bangkok-waste",
        "--quick",
        "--replicates",
        1,
        "--set",
        "world.citizens=100",
        "--out",
        out,
        "--quiet",
    )
    done = command(*args, "--set", "run.weeks=60")
    assert done.out.splitlines()[0] == "Quick look: 100 households, 1 society; not for decisions"
    assert (out / "report.html").is_file()
