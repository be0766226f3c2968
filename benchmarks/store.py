"""How fragments of a study are best packed: python -m benchmarks.store prints bytes a row and times of each way."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from simulation.results.fragments.encoding import MANIFEST_KEY, packed
from simulation.results.fragments.layout import OUTCOMES, Layout

ROWS, TIMES = 10_000, 5
LAYOUT = Layout(("fee", "honour", "letter", "goal"), 100, 25, tuple((f"f{i}", "float64") for i in range(6)))


def table() -> pa.Table:
    """Return rows as a study has them: outcomes that no codec can shorten, texts that repeat."""
    rng = np.random.default_rng(1)
    place = np.arange(ROWS)
    point = place // 100
    found: dict[str, Any] = {name: rng.normal(size=ROWS) for name in (*OUTCOMES, "seconds", "started")}
    found |= {name: np.sin(point * (i + 1)) for i, (name, _) in enumerate(LAYOUT.factors)}
    found |= {name: np.ones(ROWS, np.int64) for name in ("seed", "pid", "attempt")}
    found |= {"point": point, "replicate": place // 4 % 25, "arm": [LAYOUT.arms[i % 4] for i in place]}
    found |= {"run_id": [f"{x:016x}" for x in rng.integers(0, 2**60, ROWS)]}
    found |= {"scenario": [f"{p:012x}" for p in point], "status": ["ok"] * ROWS, "engine": ["numba"] * ROWS}
    schema = LAYOUT.schema("runs")
    return pa.Table.from_arrays([pa.array(found.get(f.name, [""] * ROWS), f.type) for f in schema], schema=schema)


def best(work: Callable[[], object]) -> float:
    """Return the shortest of some times, in milliseconds."""
    times = []
    for _ in range(TIMES):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return 1e3 * min(times)


def by(rows: pa.Table, codec: str, coded: bool | list[str], checksums: bool) -> bytes:
    """Pack a table in one of the ways that were weighed."""
    sink = pa.BufferOutputStream()
    pq.write_table(
        rows, sink, compression=codec, use_dictionary=coded, write_page_checksum=checksums, store_schema=False
    )
    data: bytes = sink.getvalue().to_pybytes()
    return data


def main() -> None:
    """Print one line a way."""
    rows = table()
    texts = [f.name for f in rows.schema if pa.types.is_string(f.type) and f.name != "run_id"]
    ways: dict[str, Callable[[], bytes]] = {
        f"{codec}, dictionaries for {name}{', checksums' if checksums else ''}": _way(rows, codec, coded, checksums)
        for codec in ("none", "snappy", "lz4", "zstd")
        for name, coded in (("all columns", True), ("texts", texts))
        for checksums in ((False, True) if (codec, name) == ("zstd", "texts") else (True,))
    }
    ways["as the store does"] = _as_the_store(rows)
    print(f"{'way':<52}{'bytes a row':>12}{'write ms':>10}{'read ms':>10}   ({ROWS:,} rows)")
    for name, pack in ways.items():
        data = pack()
        reading = best(_reading(data))
        print(f"{name:<52}{len(data) / ROWS:>12.1f}{best(pack):>10.1f}{reading:>10.1f}")


def _way(rows: pa.Table, codec: str, coded: bool | list[str], checksums: bool) -> Callable[[], bytes]:
    def pack() -> bytes:
        return by(rows, codec, coded, checksums)

    return pack


def _as_the_store(rows: pa.Table) -> Callable[[], bytes]:
    def pack() -> bytes:
        return packed(rows, {MANIFEST_KEY: b"{}"})

    return pack


def _reading(data: bytes) -> Callable[[], pa.Table]:
    def read() -> pa.Table:
        return pq.read_table(pa.BufferReader(data), page_checksum_verification=True)

    return read


if __name__ == "__main__":
    main()
