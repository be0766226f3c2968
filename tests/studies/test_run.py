import json

import pandas as pd
import pytest

import simulation as kw
from simulation.core.errors import InputError

SMALL = ["world.citizens=300", "run.weeks=60"]
MAY_DIFFER = ["seconds", "started", "host", "pid", "attempt", "engine"]


@pytest.fixture(scope="module")
def comparison(tmp_path_factory):
    out = tmp_path_factory.mktemp("out")
    return kw.compare("bangkok-waste", set_=[*SMALL, "run.replicates=2"], quick=True, out=out)


@pytest.fixture(scope="module")
def one():
    return kw.run("bangkok-waste", arm="fee_discount", replicate=1, set_=[*SMALL, "run.replicates=2"])


def test_a_run_is_to_the_bit_what_the_comparison_keeps_of_that_society(comparison, one):
    for name in ("runs", "series", "takeup"):
        table, mine = pd.read_parquet(comparison.folder / f"{name}.parquet"), getattr(one, name)
        rows = table[table["run_id"] == one.runs["run_id"].iloc[0]].reset_index(drop=True)
        assert len(rows) == len(mine) > 0
        columns = [c for c in mine if c not in MAY_DIFFER]
        pd.testing.assert_frame_equal(rows[columns], mine[columns], check_exact=True)
    drawn = pd.read_parquet(comparison.folder / "parameters.parquet").query("replicate == 1 and luck == 0")
    pd.testing.assert_frame_equal(drawn.reset_index(drop=True), one.parameters, check_exact=True)
    runs = comparison.summary.tables["runs"].query("arm == 'fee_discount' and replicate == 1 and luck == 0")
    assert one.outcomes["effect_pp"] == runs["effect_pp"].iloc[0]


def test_the_trajectory_is_the_series_of_everybody_in_shares(one):
    everybody = one.series[one.series["group_kind"] == "all"].reset_index(drop=True)
    found = one.trajectory
    assert (found["acts_share"] * found["opportunities"]).round().tolist() == everybody["acts"].tolist()
    assert found["paid_baht"].sum() == pytest.approx(one.runs["paid_baht"].iloc[0])
    assert list(found["week"]) == list(range(60))


def test_a_name_and_a_scenario_give_the_same_trajectory(one):
    scenario = kw.load("bangkok-waste", [*SMALL, "run.replicates=2"])
    other = kw.run(scenario, arm="fee_discount", replicate=1)
    assert other.trajectory.equals(one.trajectory)


def test_every_week_is_told(one):
    told = []
    kw.run(one.scenario, arm="recognition", progress=lambda done, total: told.append((done, total)))
    assert told == [(week, 60) for week in range(1, 61)]


def test_control_runs_and_has_no_effect_and_no_outcomes(one):
    found = kw.run(one.scenario, arm="control")
    assert (found.trajectory["effect_pp"] == 0).all()
    assert found.outcomes == {}
    assert len(found.plot().axes[0].lines) == 1


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"arm": "fee_discuont"}, "fee_discount"),
        ({"arm": "control", "replicate": -1}, "replicate"),
        ({"arm": "control", "engine": "x"}, "engine"),
    ],
)
def test_a_wrong_argument_is_refused_before_anything_is_built(given, said):
    with pytest.raises(InputError, match=said):
        kw.run("bangkok-waste", **given)


def test_a_run_is_saved_whole_and_never_over_something(one, tmp_path):
    folder = one.save(tmp_path / "one")
    assert pd.read_parquet(folder / "trajectory.parquet").equals(one.trajectory)
    assert json.loads((folder / "manifest.json").read_text("utf-8"))["arm"] == "fee_discount"
    with pytest.raises(InputError, match="not empty"):
        one.save(folder)
    with pytest.raises(InputError, match="one run"):
        kw.open(folder)
    assert [p.name for p in tmp_path.iterdir()] == ["one"]


def test_a_notebook_shows_line_and_figure_with_names_escaped(one):
    hostile = one.scenario.with_({"about.title": {"en": "<script>x</script>", "th": "ก"}})
    shown = kw.run(hostile, arm="comparison")._repr_html_()
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown
    assert "data:image/png;base64," in shown


def test_axes_carry_units_in_both_languages(one):
    for lang, share, week in (("en", "% of chances", "week"), ("th", "ร้อยละ", "สัปดาห์")):
        axes = one.plot(lang).axes[0]
        assert share in axes.get_ylabel()
        assert week in axes.get_xlabel()
