"""What people read a study with while it runs: pandas, DuckDB and Polars, on the folder as it is."""

import subprocess
import sys
import time

import pandas as pd
import pytest

from simulation.results.fragments.layout import Layout
from simulation.results.fragments.store import Store
from tests.results.fragments.studies import begun, filled, row, rows

BUSY = Layout(("fee", "letter"), 20, 20, (("reward", "float64"),))


def by_pandas(folder):
    return pd.read_parquet(folder / "runs", columns=["run_id", "effect_pp"])


def by_duckdb(folder):
    duckdb = pytest.importorskip("duckdb")
    return duckdb.sql(f"select run_id, effect_pp from read_parquet('{folder}/runs/*.parquet')").df()


def by_polars(folder):
    polars = pytest.importorskip("polars")
    found = polars.scan_parquet(folder / "runs" / "*.parquet").select("run_id", "effect_pp").collect()
    return pd.DataFrame({name: found[name].to_list() for name in found.columns})


def by_store(folder):
    return Store(folder).frame(["run_id", "effect_pp"])


def write_slowly(folder):
    store = begun(folder, BUSY)
    for first in range(0, BUSY.tasks, 10):
        store.write("runs", rows(range(first, first + 10), BUSY))
        time.sleep(0.02)


@pytest.mark.slow
def test_readers_of_a_study_that_is_being_written_see_whole_rows_and_never_fewer(tmp_path):
    for name in ("duckdb", "polars"):
        pytest.importorskip(name)
    readers = {read: [0] for read in (by_pandas, by_duckdb, by_polars, by_store)}
    true = {r["run_id"]: r["effect_pp"] for r in rows(range(BUSY.tasks), BUSY)}
    program = "import sys, pathlib; from tests.results.fragments.test_plain_readers import write_slowly as w; w(pathlib.Path(sys.argv[1]))"
    writer = subprocess.Popen([sys.executable, "-c", program, tmp_path / "s"])
    while writer.poll() is None and not list((tmp_path / "s").glob("runs/*.parquet")):
        time.sleep(0.01)
    over = False
    while not over:
        over = writer.poll() is not None
        for read, seen in readers.items():
            found = read(tmp_path / "s")
            assert not [k for k, v in zip(found["run_id"], found["effect_pp"], strict=True) if true[k] != v]
            seen.append(len(found))
    assert writer.returncode == 0
    for read, seen in readers.items():
        assert seen == sorted(seen), read.__name__
        assert seen[-1] == len(true), read.__name__
    assert len(set(readers[by_pandas])) > 3, "it was never read while it was written"


def test_readers_of_parquet_see_the_columns_of_the_table_as_they_are(tmp_path):
    folder = filled(tmp_path / "s").folder
    assert list(pd.read_parquet(folder / "runs").columns) == Store(folder).layout.schema("runs").names
    polars = pytest.importorskip("polars")
    assert (
        polars.scan_parquet(folder / "runs" / "*.parquet").collect_schema().names()
        == Store(folder).frame().columns.to_list()
    )
    duckdb = pytest.importorskip("duckdb")
    query = f"select arm, avg(effect_pp) as e from read_parquet('{folder}/runs/*.parquet') group by arm order by arm"
    mean = Store(folder).frame().groupby("arm")["effect_pp"].mean()
    assert duckdb.sql(query).df().set_index("arm")["e"].to_dict() == pytest.approx(mean.to_dict())


def test_a_reader_finds_the_rows_of_a_fragment_that_is_merged_away_while_it_reads(tmp_path, monkeypatch):
    from simulation.results.fragments import reading
    from simulation.results.fragments.compaction import compact

    store = filled(tmp_path / "s", BUSY, batch=10)
    listed, merged = reading.listed, []

    def listed_then_merged(folder, kind):
        found = listed(folder, kind)
        if not merged:
            merged.append(True)
            monkeypatch.setattr(reading, "listed", listed)
            compact(Store(store.folder), most=12)
        return found

    monkeypatch.setattr(reading, "listed", listed_then_merged)
    assert len(Store(store.folder).frame()) == BUSY.cells
    assert merged


def test_failures_of_a_study_are_no_rows_of_its_runs_for_a_plain_reader(tmp_path):
    store = begun(tmp_path / "s", BUSY)
    store.write("runs", rows([0], BUSY))
    store.write("failed", [row(1, "fee", BUSY, status="failed")])
    assert len(by_pandas(store.folder)) == 2
