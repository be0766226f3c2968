import json
import math

import pandas as pd
import pytest

import simulation as kw
from simulation.core.version import code_digest
from simulation.results.responses.indices import noise_share
from simulation.results.study_columns import CIRCUMSTANCES
from simulation.studies.sweeps import sweep as module
from simulation.studies.sweeps.sensitivity import of_sweep

FEE = "arms.fee_discount.schemes.fee.baht_per_month"
SMALL = {"world.citizens": 120, "world.localities.number": 3, "run.weeks": 60}


def asked(**changes):
    given = {
        "levers": {"size": {"key": FEE, "values": [0, 40, 80]}},
        "arms": ["fee_discount", "recognition"],
        "replicates": 2,
        "set": SMALL,
        "name": "small",
    }
    return kw.study("bangkok-waste", **{**given, **changes})


def bits(table):
    return table.drop(columns=list(CIRCUMSTANCES))


@pytest.fixture(scope="module")
def swept(tmp_path_factory):
    return kw.sweep(asked(), jobs=1, report=False, out=tmp_path_factory.mktemp("swept") / "s")


def test_every_arm_is_run_at_every_point_in_the_same_societies(swept):
    runs = swept.runs
    assert len(runs) == 3 * 2 * 2
    assert list(zip(runs["point"], runs["replicate"], runs["arm"], strict=True)) == [
        (p, r, a) for p in range(3) for r in range(2) for a in ("fee_discount", "recognition")
    ]
    assert set(runs["status"]) == {"ok"}
    other = runs[runs["arm"] == "recognition"].pivot(index="replicate", columns="point", values="effect_pp")
    assert (other[0] == other[1]).all()  # what the lever does not touch is the same to the bit
    assert (other[0] == other[2]).all()


def test_a_lever_at_nothing_does_nothing(swept):
    none = swept.runs.query("arm == 'fee_discount' and size == 0")
    assert (none["extra_acts"] == 0).all()
    assert swept.runs.query("arm == 'fee_discount' and size == 80")["extra_acts"].ne(0).any()


def test_the_same_call_again_runs_nothing_and_gives_the_same_table(swept):
    seen = []
    again = kw.sweep(asked(), jobs=1, report=False, out=swept.folder, progress=seen.append)
    assert [s.before for s in seen] == [12] * len(seen)
    pd.testing.assert_frame_equal(again.runs, swept.runs, check_exact=True)


def test_the_first_runs_alone_and_then_the_rest_are_the_same_table(swept, tmp_path):
    few = kw.sweep(asked(), jobs=1, report=False, out=tmp_path / "s", limit=5)
    assert len(few.runs) == 5
    rest = kw.sweep(asked(), jobs=1, report=False, out=tmp_path / "s")
    pd.testing.assert_frame_equal(bits(rest.runs), bits(swept.runs), check_exact=True)


def test_more_societies_go_into_the_same_folder(tmp_path):
    few = kw.sweep(asked(replicates=1), jobs=1, report=False, out=tmp_path / "s")
    more = kw.sweep(asked(replicates=2), jobs=1, report=False, out=tmp_path / "s")
    kept = more.runs[more.runs["replicate"] == 0].reset_index(drop=True)
    pd.testing.assert_frame_equal(kept, few.runs, check_exact=True)  # circumstances too: they were not run again


def test_another_study_in_the_folder_is_refused_and_what_differs_is_named(swept):
    before = {p: p.read_bytes() for p in swept.folder.rglob("*") if p.is_file()}
    with pytest.raises(kw.InputError, match=r"run\.seed is 1 there, 7 here"):
        kw.sweep(asked(set={**SMALL, "run.seed": 7}), out=swept.folder)
    assert {p: p.read_bytes() for p in swept.folder.rglob("*") if p.is_file()} == before


def test_a_folder_of_other_code_is_refused(swept, monkeypatch):
    monkeypatch.setattr("simulation.studies.sweeps.folder.code_digest", lambda: "f" * 64)
    with pytest.raises(kw.InputError, match="begun by other code"):
        kw.sweep(asked(), out=swept.folder)


@pytest.mark.slow
def test_a_target_adds_societies_where_they_are_needed_and_only_there(tmp_path):
    target = {"mcse": 1.0, "outcome": "effect_pp", "at_least": 2, "at_most": 6}
    found = kw.sweep(asked(replicates=None, target=target), jobs=1, report=False, out=tmp_path / "s")
    points = found.points
    counts = points.groupby("point")["replicates"].max()
    assert counts.between(2, 6).all()
    for point, n in counts.items():
        worst = points.loc[points["point"] == point, "effect_pp_mcse"].max()
        assert n == 6 or worst <= 1.0
    halved = kw.sweep(asked(replicates=None, target=target), jobs=1, report=False, out=tmp_path / "t", limit=8)
    assert len(halved.runs) == 8
    again = kw.sweep(asked(replicates=None, target=target), jobs=1, report=False, out=tmp_path / "t")
    pd.testing.assert_frame_equal(bits(again.runs), bits(found.runs), check_exact=True)


def broken(job, task):
    rows = work(job, task)
    if task.point == 1 and task.replicate == 0:
        bad = {**rows[0], "status": "failed", "error": "ValueError", "message": "no", "command": "kwamdee rerun x"}
        rows = [{**bad, "effect_pp": math.nan}, *rows[1:]]
    return rows


work = module.run_task


def test_a_run_that_fails_is_a_row_and_is_tried_again_alone(swept, tmp_path, monkeypatch):
    monkeypatch.setattr(module, "run_task", broken)
    found = kw.sweep(asked(), jobs=1, report=False, out=tmp_path / "s")
    assert found.failed[["point", "arm", "error", "message"]].values.tolist() == [
        [1, "fee_discount", "ValueError", "no"]
    ]
    assert len(found.runs) == 12
    monkeypatch.setattr(module, "run_task", work)
    seen = []
    mended = kw.sweep(asked(), jobs=1, report=False, out=tmp_path / "s", progress=seen.append)
    assert seen[0].before == 11
    assert not len(mended.failed)
    pd.testing.assert_frame_equal(bits(mended.runs), bits(swept.runs), check_exact=True)


def test_the_first_failure_stops_where_that_is_asked_for(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "run_task", broken)
    with pytest.raises(kw.RunFailed, match="ValueError: no"):
        kw.sweep(asked(), jobs=1, report=False, out=tmp_path / "s", on_error="stop")
    found = kw.open(tmp_path / "s")
    assert len(found.failed) == 1
    assert len(found.runs) == 4 + 2  # the whole first point, and the society in which it failed


def test_any_run_is_done_again_to_the_bit(swept):
    wanted = swept.runs.iloc[7]
    again = kw.rerun(wanted["run_id"][:12], swept.folder)
    assert again.same
    assert again.same_code
    assert again.now["effect_pp"] == wanted["effect_pp"]
    with pytest.raises(kw.InputError, match="There is no run"):
        kw.rerun("0123456789abcdef", swept.folder)


def test_a_row_leads_back_to_scenario_draw_seed_and_code(swept):
    row = swept.runs.iloc[-1]
    manifest = json.loads((swept.folder / "manifest.json").read_text("utf-8"))
    study = kw.Study.from_definition(manifest["definition"])
    point = study.scenario.with_(dict(study.design.task(int(row["point"]), 0, 2).changes))
    assert point.digest[:12] == row["scenario"]
    assert (row["seed"], manifest["code"]) == (point.run.seed, code_digest())


def test_opened_again_it_says_the_same(swept):
    found = kw.open(swept.folder)
    assert isinstance(found, kw.Sweep)
    assert found.answer("en") == swept.answer("en")
    assert found.answer("th") != found.answer("en")
    assert json.dumps(found.to_json(), allow_nan=False)


def test_sensitivity_reads_what_was_swept(swept):
    found = of_sweep(swept, "pawn")
    assert set(found.indices["method"]) == {"pawn"}
    assert set(found.indices["arm"]) == {"fee_discount", "recognition"}
    own = noise_share(found.points, found.facts, "effect_pp", "fee_discount", runs=found.runs)
    assert found.indices.query("arm == 'fee_discount'")["noise_share"].iloc[0] == pytest.approx(own)
    with pytest.raises(kw.InputError, match='needs a design of kind = "saltelli"'):
        of_sweep(swept, "sobol")


def test_names_that_are_not_there_get_the_nearest(swept):
    with pytest.raises(kw.InputError, match='Did you mean "size"'):
        swept.response("sise")
    with pytest.raises(kw.InputError, match='Did you mean "effect_pp"'):
        swept.tornado("efect_pp")
