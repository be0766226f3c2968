import json

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from simulation.core.errors import InputError
from simulation.results.fragments.layout import Layout
from simulation.results.fragments.store import Store
from simulation.results.study_columns import OUTCOMES
from tests.results.fragments.studies import ARMS, LAYOUT, begun, filled, manifest, row, rows, table


def test_rows_come_back_in_the_order_of_the_design_however_they_were_written(tmp_path):
    found = filled(tmp_path / "s").frame()
    assert list(zip(found["point"], found["replicate"], found["arm"], strict=True)) == [
        (p, r, arm) for p in range(4) for r in range(5) for arm in ARMS
    ]
    assert list(found.columns) == list(Store(tmp_path / "s").layout.schema("runs").names)
    assert found["effect_pp"].tolist() == [x["effect_pp"] for x in rows(range(20))]
    assert found["effect_after_pp"].isna().all()
    assert found["people"].dtype == np.int64
    assert found["open"].dtype == bool


def test_a_task_is_kept_once_every_arm_is_there(tmp_path):
    store = begun(tmp_path / "s")
    store.write("runs", [row(3, "control"), row(3, "fee"), *rows([7])])
    assert np.flatnonzero(Store(tmp_path / "s").kept()).tolist() == [7]
    store.write("runs", [row(3, "letter")])
    assert np.flatnonzero(Store(tmp_path / "s").kept()).tolist() == [3, 7]


def test_a_row_that_was_written_twice_counts_once(tmp_path):
    store = begun(tmp_path / "s")
    store.write("runs", rows([0, 1]))
    store.write("runs", rows([1, 2], pid=2))
    assert len(store.frame()) == 9
    assert sum(len(b) for b in store.batches()) == 9
    assert store.counts().runs == 9


def test_a_run_that_failed_stays_in_the_table_until_it_is_made_good(tmp_path):
    store = begun(tmp_path / "s")
    store.write("runs", [row(0, "control"), row(0, "letter")])
    store.write("failed", [row(0, "fee", status="failed")])
    store.write("failed", [row(0, "fee", status="failed", message="again", started=2.0)])
    assert [r["message"] for r in store.failed()] == ["again"]
    assert store.frame()["status"].tolist() == ["ok", "failed", "ok"]
    assert not store.kept().any()
    store.write("runs", [row(0, "fee")])
    assert store.failed() == []
    assert store.frame()["status"].tolist() == ["ok", "ok", "ok"]
    assert store.counts().failed == 0


def test_rows_outside_the_design_are_left_out_of_a_smaller_one(tmp_path):
    filled(tmp_path / "s")
    smaller = Layout(ARMS[:2], 3, 4, LAYOUT.factors)
    store = begun(tmp_path / "s", smaller)
    assert len(store.frame()) == smaller.cells
    assert store.kept().all()


def test_only_the_columns_that_are_asked_for_come(tmp_path):
    store = filled(tmp_path / "s")
    assert list(store.frame(["effect_pp", "reward"]).columns) == ["effect_pp", "reward"]
    assert {tuple(b.schema.names) for b in store.batches(["level"])} == {("level",)}
    with pytest.raises(InputError, match='no column "levle"'):
        store.frame(["levle"])


def test_a_study_without_rows_has_a_table_without_rows(tmp_path):
    found = begun(tmp_path / "s").frame()
    assert len(found) == 0
    assert set(OUTCOMES) <= set(found.columns)


def test_series_of_a_run_done_twice_count_once_and_keep_all_their_weeks(tmp_path):
    def weeks(task):
        keys = {"run_id": str(task), "point": task // 5, "replicate": task % 5, "arm": "fee", "behaviour": "b"}
        return [{**keys, "week": w, "acts": w, "acts_twin": 0, "people": 1, "enrolled": 0} for w in range(3)]

    store = begun(tmp_path / "s")
    store.write("series", weeks(0) + weeks(1))
    store.write("series", weeks(1) + weeks(2))
    found = pd.concat(b.to_pandas() for b in store.batches(kind="series"))
    assert found["week"].tolist() == [0, 1, 2] * 3


def test_a_row_that_failed_early_needs_no_outcomes_and_no_engine(tmp_path):
    store, short = begun(tmp_path / "s"), row(0, "fee", status="failed")
    del short["effect_pp"], short["engine"]
    store.write("failed", [short])
    (found,) = store.frame().to_dict("records")
    assert np.isnan(found["effect_pp"])
    assert found["engine"] == ""


def test_rows_that_do_not_fit_the_table_are_refused_before_anything_is_written(tmp_path):
    store = begun(tmp_path / "s")
    for wrong in (
        {**row(0, "fee"), "extra": 1},
        row(99, "fee"),
        row(0, "fee", pid="x"),
        row(0, "fee", status="failed"),
    ):
        with pytest.raises(ValueError, match=r"column|outside|status"):
            store.write("runs", [wrong])
    assert store.fragments() == []


def test_another_study_does_not_get_into_the_folder_and_what_differs_is_named(tmp_path):
    store = filled(tmp_path / "s")
    before = {p: p.read_bytes() for p in (tmp_path / "s").rglob("*") if p.is_file()}
    for more in ({"digest": "e" * 64, "seed": 2}, {"code": "x" * 64}):
        with pytest.raises(InputError, match=next(iter(set(more) - {"digest"}))):
            Store(store.folder).begin(manifest(**more))
    assert {p: p.read_bytes() for p in (tmp_path / "s").rglob("*") if p.is_file()} == before


def test_fragments_of_another_study_are_left_aside_and_named(tmp_path):
    mine, other = filled(tmp_path / "mine"), begun(tmp_path / "other", digest="e" * 64)
    path = other.write("runs", rows([0], seed=2))
    path.rename(mine.folder / "runs" / path.name)
    store = Store(mine.folder)
    assert_frame_equal(table(store), table(mine))
    assert [(p.name, why.en) for p, why in store.damaged.items()] == [(path.name, "it belongs to another study")]


def test_a_folder_that_holds_no_study_is_refused(tmp_path):
    for name, text in (("empty", None), ("comparison", json.dumps({"format": 1, "digest": "x"})), ("list", "[1]")):
        (tmp_path / name).mkdir()
        if text is not None:
            (tmp_path / name / "manifest.json").write_text(text)
        with pytest.raises(InputError, match="study"):
            Store(tmp_path / name).manifest()
    with pytest.raises(InputError, match="not of a study"):
        Store(tmp_path / "comparison").begin(manifest())
    with pytest.raises(InputError, match="no manifest that Kwamdee wrote"):
        Store(tmp_path / "list").begin(manifest())


def test_a_newer_format_is_refused_with_both_versions_and_nothing_is_altered(tmp_path):
    store = filled(tmp_path / "s")
    path = store.folder / "manifest.json"
    path.write_text(json.dumps({"kind": "study", "format": 7, "version": "3.2.1"}))
    before = {p: p.read_bytes() for p in store.folder.rglob("*") if p.is_file()}
    for act in (Store(store.folder).manifest, Store(store.folder).frame, lambda: Store(store.folder).begin(manifest())):
        with pytest.raises(InputError, match=r"Kwamdee 3\.2\.1, store format 7; this is Kwamdee 0.* up to 1") as caught:
            act()
        assert "รูปแบบคลังผลรุ่น 7" in caught.value.th
    assert {p: p.read_bytes() for p in store.folder.rglob("*") if p.is_file()} == before


def test_a_long_manifest_is_carried_by_every_fragment_too(tmp_path):
    design = [[i / 7, i] for i in range(5_000)]
    store = begun(tmp_path / "s", design=design)
    path = store.write("runs", rows([0]))
    assert path.stat().st_size < 60_000
    (store.folder / "manifest.json").unlink()
    again = Store(store.folder)
    assert again.manifest()["design"] == design
    assert again.recovered
