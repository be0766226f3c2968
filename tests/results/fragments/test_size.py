"""A million rows: few files, a bounded memory, quick to open. What it measures it prints: pytest -s shows it."""

import time

import numpy as np
import pyarrow as pa
import pytest

from simulation.results.fragments.compaction import MOST_FILES, compact, due
from simulation.results.fragments.layout import Layout
from simulation.results.fragments.means import point_means
from simulation.results.fragments.store import Store
from simulation.results.study_columns import OUTCOMES
from tests.results.fragments.studies import begun

MILLION = Layout(("fee", "honour", "letter", "goal"), 10_000, 25, tuple((f"f{i}", "float64") for i in range(6)))


def columns(first, many, rng):
    place = np.arange(first, first + many)
    task, arm = place // 4, place % 4
    point = task // 25
    texts = {name: [""] * many for name in ("error", "message", "command")}
    return {
        **texts,
        **{name: rng.normal(size=many) for name in (*OUTCOMES, "seconds", "started")},
        **{name: np.sin(point * (i + 1)) for i, (name, _) in enumerate(MILLION.factors)},
        "run_id": [f"{x:016x}" for x in rng.integers(0, 2**60, many)],
        "point": point,
        "arm": [MILLION.arms[a] for a in arm],
        "replicate": task % 25,
        "scenario": [f"{p:012x}" for p in point],
        "seed": np.ones(many, np.int64),
        "status": ["ok"] * many,
        "host": ["here"] * many,
        "pid": np.full(many, 99),
        "attempt": np.ones(many, np.int64),
        "engine": ["numba"] * many,
    }


def written(folder):
    """Write as a fast driver does, 400 rows a second."""
    store, rng = begun(folder, MILLION), np.random.default_rng(1)
    schema = MILLION.schema("runs")
    kept = pending = last = second = 0
    while kept < MILLION.cells:
        second, pending = second + 1, pending + 400
        if due(pending, kept, second - last) or kept + pending >= MILLION.cells:
            found = columns(kept, pending, rng)
            arrays = [pa.array(found[field.name], field.type) for field in schema]
            store.write_table("runs", pa.Table.from_arrays(arrays, schema=schema))
            kept, pending, last = kept + pending, 0, second
    return store


@pytest.mark.slow
def test_a_million_rows_lie_in_few_files_and_open_at_once(tmp_path):
    store = written(tmp_path / "s")
    many = len(store.fragments())
    began = time.perf_counter()
    compact(store)
    compacted = time.perf_counter() - began
    files = store.fragments()
    began = time.perf_counter()
    again = Store(store.folder, thorough=True)
    kept, counts = again.kept(), again.counts()
    opened = time.perf_counter() - began
    began = time.perf_counter()
    points = point_means(again, ["effect_pp", "cost_baht"])
    described = time.perf_counter() - began
    size = sum(f.path.stat().st_size for f in files) / 1e6
    print(
        f"\n{counts.runs:,} rows: {many} fragments, {len(files)} after {compacted:.1f} s of compaction, {size:.0f} MB; "
        f"opened (manifest, kept, counts, every byte checked) in {opened:.2f} s; "
        f"two outcomes of {len(points):,} points and arms in {described:.1f} s"
    )
    assert kept.all()
    assert counts.runs == MILLION.cells
    assert len(files) <= MOST_FILES
    assert len(points) == 40_000
    assert (points["replicates"] == 25).all()
    assert opened < 20
