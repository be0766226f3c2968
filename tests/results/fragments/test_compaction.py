import pytest
from pandas.testing import assert_frame_equal

from simulation.results.fragments.compaction import compact, due
from simulation.results.fragments.layout import Layout
from simulation.results.fragments.store import Store
from tests.results.fragments.studies import begun, filled, row, rows, table

LONG = Layout(("fee", "letter"), 6, 10, (("reward", "float64"),))


def test_small_neighbours_become_one_and_no_row_changes(tmp_path):
    store = filled(tmp_path / "s", LONG, batch=2)
    before, was = store.frame(), store.fragments()
    assert compact(store, most=12) > 0
    now = Store(store.folder)
    assert 0 < len(now.fragments()) <= 12 < len(was)
    assert_frame_equal(now.frame(), before)
    assert not now.damaged
    assert sum(f.rows for f in now.fragments()) == LONG.cells


def test_a_study_of_few_files_is_left_as_it_is(tmp_path):
    store = filled(tmp_path / "s", LONG, batch=10)
    before = store.fragments()
    assert compact(store) == 0
    assert store.fragments() == before


def test_large_fragments_are_not_written_again(tmp_path):
    store = begun(tmp_path / "s", LONG)
    large = store.write("runs", rows(range(10, 50), LONG))
    for task in (*range(10), *range(50, 60)):
        store.write("runs", rows([task], LONG))
    compact(store, most=12)
    assert large in [f.path for f in store.fragments()]
    assert len(store.fragments()) <= 12
    assert Store(store.folder).kept().all()


def test_parts_that_a_killed_compaction_left_beside_their_merger_are_removed(tmp_path):
    store = filled(tmp_path / "s", LONG, batch=2)
    before, parts = table(store), {f.path: f.path.read_bytes() for f in store.fragments()}
    compact(store, most=12)
    few = [f.path.name for f in store.fragments()]
    for path, data in parts.items():
        path.write_bytes(data)
    again = Store(store.folder)
    assert_frame_equal(table(again), before)
    compact(again)
    assert [f.path.name for f in again.fragments()] == few


def test_rows_that_stand_twice_in_two_fragments_are_merged_to_one(tmp_path):
    store = begun(tmp_path / "s", LONG)
    for task in range(50):
        store.write("runs", rows([task, task + 1], LONG, pid=task))
    compact(store, most=12)
    assert sum(f.rows for f in store.fragments()) < 0.7 * 200
    assert len(Store(store.folder).frame()) == 51 * 2


def test_damaged_and_foreign_files_stay_where_they_are(tmp_path):
    store = filled(tmp_path / "s", LONG, batch=2)
    hurt = store.fragments()[10].path
    hurt.write_bytes(hurt.read_bytes()[:-7])
    (store.folder / "runs" / "notes.txt").write_text("mine")
    data = hurt.read_bytes()
    compact(store, most=12)
    assert hurt.read_bytes() == data
    assert (store.folder / "runs" / "notes.txt").read_text() == "mine"
    assert (~Store(store.folder).kept()).sum() == 2


def test_rows_of_a_larger_design_survive(tmp_path):
    filled(tmp_path / "s", LONG, batch=1)
    small = begun(tmp_path / "s", Layout(LONG.arms, 2, 10, LONG.factors))
    compact(small, most=12)
    assert len(small.fragments()) <= 12
    assert begun(tmp_path / "s", LONG).kept().all()


def test_failures_are_merged_too_and_the_last_of_each_run_counts(tmp_path):
    store = begun(tmp_path / "s", LONG)
    for k in range(25):
        store.write("failed", [row(k % 5, "fee", LONG, status="failed", message=f"{k}", started=float(k))])
    compact(store, most=12)
    assert len(store.fragments("failed")) <= 12
    assert [r["message"] for r in Store(store.folder).failed()] == ["20", "21", "22", "23", "24"]


@pytest.mark.parametrize(
    ("pending", "kept", "seconds", "now"),
    [(0, 0, 99, False), (1, 0, 0.5, False), (1, 0, 1, True), (3, 1_000, 5, False), (20, 1_000, 1, True), (1, 10**6, 30, True),
     (2_000, 10**6, 0, True)],
)  # fmt: skip
def test_rows_are_written_every_second_at_first_and_by_their_share_later(pending, kept, seconds, now):
    assert due(pending, kept, seconds) is now


def test_a_fast_study_of_a_million_runs_writes_few_hundred_fragments():
    kept = pending = files = 0
    last = clock = 0.0
    while kept < 1_000_000:
        clock, pending = clock + 0.1, pending + 40
        if due(pending, kept, clock - last):
            kept, pending, files, last = kept + pending, 0, files + 1, clock
    assert files < 600
