import os
import shutil
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from simulation.results.fragments import writing
from simulation.results.fragments.compaction import compact
from simulation.results.fragments.store import Store
from tests.results.fragments.faulty import LONG, MOST, Faulty, compact_study, write_study
from tests.results.fragments.studies import filled, manifest, rows, table

SLOW = pytest.mark.slow
needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")


@pytest.fixture
def undisturbed(tmp_path):
    return table(filled(tmp_path / "u", LONG, batch=10))


def calls_needed(monkeypatch, work, folder):
    counting = Faulty(0, "")
    monkeypatch.setattr(writing, "calls", counting.calls())
    work(folder, [].append)
    return counting.n


def killed(what, how, folders):
    program = [sys.executable, "-W", "ignore::DeprecationWarning", "-m", "tests.results.fragments.faulty"]
    subprocess.run([*program, what, how, *map(str, folders)], check=True)


def check_after(folder, acknowledged, undisturbed):
    """Every visible fragment is whole, what was acknowledged is kept, and going on gives the undisturbed table."""
    if not folder.is_dir():
        assert not acknowledged
        folder.mkdir()
    for path in folder.glob("runs/*.parquet"):
        assert len(pd.read_parquet(path)) == int(path.name.split("-")[1])
    store = Store(folder, thorough=True)
    store.begin(manifest(LONG))
    store.clean()
    kept = store.kept()
    assert not store.damaged
    assert kept.reshape(-1, 10)[[first // 10 for first in acknowledged]].all()
    missing = np.flatnonzero(~kept)
    if len(missing):
        store.write("runs", rows(missing.tolist(), LONG))
    assert_frame_equal(table(Store(folder)), undisturbed, check_exact=True)
    assert not [p for p in folder.rglob("*") if p.name.endswith(".part")]
    return len(kept) - len(missing)


@pytest.mark.parametrize(
    ("how", "of"), [("enospc", 5), pytest.param("enospc", 1, marks=SLOW), pytest.param("eio", 1, marks=SLOW)]
)
def test_a_call_that_fails_is_an_error_that_loses_nothing_and_leaves_nothing_half(
    monkeypatch, tmp_path, undisturbed, how, of
):
    many, before = calls_needed(monkeypatch, write_study, tmp_path / "count"), writing.Calls()
    assert many >= 6 * 4
    for k in range(1, many + 1, of):
        folder, acknowledged = tmp_path / f"{k}", []
        monkeypatch.setattr(writing, "calls", Faulty(k, how).calls())
        with pytest.raises(OSError, match=r"No space left|Input/output"):
            write_study(folder, acknowledged.append)
        monkeypatch.setattr(writing, "calls", before)
        visible = list(folder.glob("runs/*"))
        assert len(visible) == len(acknowledged), f"call {k}: a batch that was said to have failed is there"
        assert check_after(folder, acknowledged, undisturbed) == 10 * len(acknowledged)


@needs_fork
@pytest.mark.parametrize(
    ("how", "of"), [("torn", 11), pytest.param("torn", 1, marks=SLOW), pytest.param("kill", 1, marks=SLOW)]
)
def test_a_writer_killed_at_any_call_leaves_whole_fragments_or_none(monkeypatch, tmp_path, undisturbed, how, of):
    many = calls_needed(monkeypatch, write_study, tmp_path / "count")
    folders = [tmp_path / f"{k}" for k in (*range(1, many + 1, of), many + 1)]
    killed("write", how, folders)
    told = [folder.with_suffix(".log").read_text().split() for folder in folders]
    assert len(told[-2]) < len(told[-1]) == 6
    for folder, acknowledged in zip(folders, told, strict=True):
        check_after(folder, [int(first) for first in acknowledged], undisturbed)


@needs_fork
@pytest.mark.parametrize("of", [29, pytest.param(1, marks=SLOW)])
def test_a_compaction_killed_at_any_call_loses_no_row_and_counts_none_twice(monkeypatch, tmp_path, of):
    whole = filled(tmp_path / "u", LONG, batch=2)
    before = table(whole)
    shutil.copytree(whole.folder, tmp_path / "count")
    many = calls_needed(monkeypatch, compact_study, tmp_path / "count")
    assert len(Store(tmp_path / "count").fragments()) <= MOST
    folders = [tmp_path / f"{k}" for k in range(1, many + 2, of)]
    for folder in folders:
        shutil.copytree(whole.folder, folder)
    killed("compact", "torn", folders)
    for folder in folders:
        store = Store(folder, thorough=True)
        assert_frame_equal(table(store), before, check_exact=True)
        assert not store.damaged
        assert len(pd.read_parquet(folder / "runs")) >= len(before)
        store.clean()
        compact(store, most=MOST)
        assert sum(f.rows for f in store.fragments()) == len(before)
        assert len(store.fragments()) <= MOST
        assert_frame_equal(table(Store(folder)), before, check_exact=True)


def test_a_compaction_that_finds_the_disk_full_leaves_the_store_as_good_as_before(monkeypatch, tmp_path):
    whole = filled(tmp_path / "u", LONG, batch=2)
    before = table(whole)
    for k in (1, 3, 9):
        monkeypatch.setattr(writing, "calls", Faulty(k, "enospc").calls())
        with pytest.raises(OSError, match="No space left"):
            compact(Store(whole.folder), most=MOST)
        assert_frame_equal(table(Store(whole.folder)), before, check_exact=True)


def test_a_write_that_takes_many_steps_is_whole_in_the_end(monkeypatch, tmp_path, undisturbed):
    def a_little(handle, data):
        return os.write(handle, data[:1_000])

    monkeypatch.setattr(writing, "calls", writing.Calls(write=a_little))
    write_study(tmp_path / "s", [].append)
    assert check_after(tmp_path / "s", range(0, 60, 10), undisturbed) == 60


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="the superuser may write anywhere")
def test_a_study_in_a_folder_that_cannot_be_written_is_read_all_the_same(tmp_path, undisturbed):
    folder = filled(tmp_path / "s", LONG, batch=10).folder
    places = [folder, folder / "runs"]
    for place in places:
        place.chmod(0o555)
    try:
        assert_frame_equal(table(Store(folder)), undisturbed)
        with pytest.raises(OSError, match="Permission"):
            Store(folder).write("runs", rows([0], LONG))
    finally:
        for place in places:
            place.chmod(0o755)


def test_reading_changes_nothing_even_where_the_manifest_is_gone(tmp_path):
    folder = filled(tmp_path / "s", LONG, batch=10).folder
    (folder / "manifest.json").unlink()
    before = {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in folder.rglob("*") if p.is_file()}
    store = Store(folder)
    assert store.kept().all()
    assert len(store.frame()) == LONG.cells
    assert {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in folder.rglob("*") if p.is_file()} == before
