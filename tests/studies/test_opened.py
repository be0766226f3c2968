import json
import shutil

import pandas as pd
import pytest

import simulation as kw
from simulation.core.errors import InputError, Stopped
from simulation.reports.terminal import Screen, render
from simulation.results.columns import CHECKS, TABLES
from simulation.studies.export import tables_of

SMALL = ["world.citizens=300", "run.weeks=60"]


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    return kw.compare("bangkok-waste", set_=SMALL, replicates=2, jobs=1, out=tmp_path_factory.mktemp("out") / "all")


@pytest.fixture(scope="module")
def stopped(tmp_path_factory):
    folder = tmp_path_factory.mktemp("part") / "part"

    def stop(state):
        if state.stage == "run" and state.done == 8:
            raise KeyboardInterrupt

    with pytest.raises(Stopped):
        kw.compare("bangkok-waste", set_=SMALL, replicates=2, jobs=1, out=folder, progress=stop)
    return folder


@pytest.fixture
def copy(done, tmp_path):
    return shutil.copytree(done.folder, tmp_path / "moved" / "copy")


def test_a_folder_that_moved_opens_with_the_same_tables_and_words(done, copy):
    found = kw.open(copy)
    assert found.summary.tables.keys() == done.summary.tables.keys()
    for name, table in done.summary.tables.items():
        pd.testing.assert_frame_equal(found.summary.tables[name], table, check_exact=True)
    assert found.to_json() == done.to_json()
    assert found.scenario == done.scenario
    assert render(found.summary, "th", Screen()) == render(done.summary, "th", Screen())


@pytest.mark.slow
def test_a_report_that_is_gone_is_written_again_to_the_byte(done, copy):
    for page in copy.glob("*.html"):
        page.unlink()
    kw.open(copy).report()
    for name in ("report.html", "report.th.html"):
        assert (copy / name).read_bytes() == (done.folder / name).read_bytes()


def test_the_language_of_an_opened_folder_is_that_of_its_report(done, copy):
    assert kw.open(copy).lang == "en"
    (copy / "report.th.html").rename(copy / "report.en.html")
    assert kw.open(copy).lang == "th"
    assert kw.open(copy, "en").lang == "en"


@pytest.mark.parametrize("name", ["runs", "series", "takeup", "parameters"])
@pytest.mark.parametrize("damage", ["gone", "cut", "text", "rows"])
def test_a_damaged_file_is_named(copy, name, damage):
    path = copy / f"{name}.parquet"
    if damage == "gone":
        path.unlink()
    elif damage == "cut":
        path.write_bytes(path.read_bytes()[:-200])
    elif damage == "text":
        path.write_text("run_id,week\n")
    elif name in ("series", "takeup"):
        table = pd.read_parquet(path)
        table[table["run_id"] != table["run_id"].iloc[0]].to_parquet(path, index=False)
    else:
        return
    with pytest.raises(InputError) as error:
        kw.open(copy)
    assert f"{name}.parquet" in str(error.value)
    assert f"{name}.parquet" in error.value.render("th")
    assert error.value.th


@pytest.mark.parametrize(
    "change",
    [{"definition": 3}, {"definition": {"format": 1}}, {"digest": "0"}, {"status": None, "definition": None}, None],
)
def test_a_damaged_manifest_is_named(copy, change):
    path = copy / "manifest.json"
    whole = json.loads(path.read_text("utf-8"))
    path.write_text("{" if change is None else json.dumps({**whole, **change}), "utf-8")
    with pytest.raises(InputError, match=r"manifest\.json"):
        kw.open(copy)


def test_no_folder_and_no_results_are_told_apart(tmp_path):
    with pytest.raises(InputError, match="no such folder"):
        kw.open(tmp_path / "none")
    with pytest.raises(InputError, match="no results folder"):
        kw.open(tmp_path)


def test_an_unfinished_comparison_says_so_on_everything(stopped, tmp_path):
    found = kw.open(stopped)
    assert not found.finished
    assert found.mark() == "8 of 16 runs: not the final result"
    assert found.mark("th") == "เสร็จ 8 จาก 16 รอบ ยังไม่ใช่ผลสุดท้าย"
    assert found.mark() in repr(found)
    assert found.mark() in found._repr_html_()
    assert found.to_json()["mark"]["en"] == found.mark()
    assert found.mark() in [t.get_text() for t in found.plot().texts]
    shown = render(found.summary, "en", Screen())
    assert shown.startswith(found.mark())
    assert f"--out {stopped}" in shown.replace("'", "")
    for refused in (found.report, lambda: found.save(tmp_path / "x")):
        with pytest.raises(InputError, match="8 of 16"):
            refused()


def test_a_comparison_without_a_finished_run_says_how_to_go_on(stopped, tmp_path):
    folder = shutil.copytree(stopped, tmp_path / "none")
    shutil.rmtree(folder / ".parts")
    with pytest.raises(InputError, match="no finished run yet"):
        kw.open(folder)


def test_saving_copies_what_opens_to_the_same_and_overwrites_nothing(done, tmp_path):
    folder = done.save(tmp_path / "a" / "kept")
    assert {p.name for p in folder.iterdir()} == {p.name for p in done.folder.iterdir()} - {".lock"}
    assert kw.open(folder).effects.equals(done.effects)
    with pytest.raises(InputError, match="not empty"):
        done.save(folder)
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputError, match="file"):
        done.save(tmp_path / "file")


def test_a_copy_that_fails_leaves_nothing(done, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("simulation.studies.comparison.shutil.copy2", full)
    with pytest.raises(OSError, match="No space"):
        done.save(tmp_path / "kept")
    assert list(tmp_path.iterdir()) == []


def test_every_table_has_the_columns_that_the_reference_names(done):
    for name, columns in TABLES.items():
        if name != "trajectory":
            assert list(done.summary.tables[name].columns) == [c.name for c in columns], name
    one = kw.run(done.scenario, arm="comparison")
    assert list(one.trajectory.columns) == [c.name for c in TABLES["trajectory"]]


def test_rights_are_measured_for_each_arm_with_unit_and_limit(done):
    rows = done.rights
    assert list(dict.fromkeys(rows["check"])) == [c.name for c in CHECKS]
    assert set(rows["arm"]) == set(done.effects["arm"])
    assert dict(zip(rows["check"], rows["unit"], strict=True)) == {c.name: c.unit for c in CHECKS}
    by = rows.set_index(["arm", "check"])
    assert by.loc[("fee_discount", "smallest_group"), "limit"] == done.scenario.rights.smallest_cell
    fewest = done.equity.query("arm == 'fee_discount'")["people"].min()
    assert by.loc[("fee_discount", "smallest_group"), "value"] == fewest
    assert by.loc[("comparison", "take_up"), "value"] == 1
    assert 0 < by.loc[("fee_discount", "left_before_end"), "value"] < 1
    assert by.loc[("comparison", "left_before_end"), "value"] == 0
    assert rows.loc[rows["check"] == "positive_only", "kept"].all()


def test_a_small_cell_breaks_its_limit(done):
    found = kw.compare(
        "bangkok-waste",
        quick=True,
        set_=["world.citizens=60", "run.weeks=60"],
        replicates=1,
        out=done.folder.parent / "thin",
    )
    rows = found.rights.set_index(["arm", "check"])
    assert not rows.loc[("comparison", "smallest_group"), "kept"]


@pytest.mark.parametrize(
    ("kind", "en", "th"),
    [
        ("effects", "percentage points", "จุดร้อยละ"),
        ("trajectories", "percentage points", "จุดร้อยละ"),
        ("costs", "baht", "บาท"),
        ("equity", "percentage points", "จุดร้อยละ"),
    ],
)
def test_each_figure_carries_its_unit_in_both_languages(done, kind, en, th):
    for lang, unit in (("en", en), ("th", th)):
        figure = done.plot(kind, lang)
        labels = [figure.get_supxlabel(), figure.get_supylabel()]
        labels += [label for axes in figure.axes for label in (axes.get_xlabel(), axes.get_ylabel())]
        assert any(unit in label for label in labels), labels


def test_a_figure_shows_itself_in_a_notebook(done):
    picture, size = done.plot()._repr_png_()
    assert picture.startswith(b"\x89PNG")
    assert size["width"] == 720


def test_what_there_is_not_to_draw_is_refused_with_what_there_is(done):
    with pytest.raises(InputError, match='Did you mean "effects"'):
        done.plot("effect")
    free = kw.compare(
        "thornton-2008", quick=True, set_="world.citizens=200", replicates=1, out=done.folder.parent / "t"
    )
    with pytest.raises(InputError, match="There is: effects"):
        free.plot("trajectories")


def test_results_of_a_world_of_ones_own_open_without_its_tables(tmp_path, monkeypatch):
    people = tmp_path / "people.csv"
    pd.DataFrame({"id": range(150), "age": 40, "sex": ["female", "male"] * 75}).to_csv(people, index=False)
    scenario = kw.load("bangkok-waste", ["run.weeks=60"]).with_world(citizens=people)
    done = kw.compare(scenario, quick=True, replicates=1, out=tmp_path / "out")
    people.unlink()
    monkeypatch.setattr("simulation.world.files.fetch", lambda *_: None)
    found = kw.open(tmp_path / "out")
    assert found.summary.facts.world_notices == done.summary.facts.world_notices != ()
    assert found.equity.equals(done.equity)
    assert "series" not in tables_of(found)
    assert not found.rights.query("check == 'smallest_group'")["value"].lt(10).any()
