"""R: the same table whatever carries it out; any row again on its own. O: large studies."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

from tests.torture.faults.cluster import Cluster
from tests.torture.faults.kills import NO_REPORT
from tests.torture.faults.place import KILL, QUICK, ROOT, STUDY, in_time
from tests.torture.faults.place import slow as slowly
from tests.torture.faults.tally import Tally

SEED = 20_760
GROWTH = 50
"""MiB that the driver may grow by from 1,000 runs on."""
MOST_FILES, MOST_SECONDS = 200, 2.0
WAYS = (
    ("--jobs", 1), ("--jobs", 2), ("--jobs", 3), ("--jobs", 2, "--batch", 1), ("--jobs", 2, "--batch", 7),
    ("--jobs", 2, "--batch", 100), (), ("--jobs", 1), "hash", "Dask", "python",
)  # fmt: skip


def r1(place, times):
    """The study twice; 1, 2, 3 jobs; pool, Dask, in-process; batches of 1, 7, 100; hash seeds; another Python."""
    tally = Tally()
    ways = WAYS if times >= len(WAYS) else [WAYS[i * len(WAYS) // times] for i in range(times)]
    for way in ways:
        with tally.trial(str(way)):
            place.anew()
            if way == "hash":
                for seed in ("0", "random"):
                    place.anew()
                    place.begin("--jobs", 2, real=True, asked=NO_REPORT, env={"PYTHONHASHSEED": seed}).wait()
                    _in_order(place)
            elif way == "Dask":
                with Cluster(place) as cluster:
                    place.done("--cluster", cluster.file, asked=NO_REPORT)
                _in_order(place)
            elif way == "python":
                _other_python(place, tally)
            else:
                place.done(*way, asked=NO_REPORT)
                _in_order(place)
    return tally


def _in_order(place):
    place.same()
    from simulation.results.fragments.store import Store

    rows = Store(place.results).table(["point", "replicate"]).to_pylist()
    assert [r["point"] * 10 + r["replicate"] for r in rows] == list(range(100))


def _other_python(place, tally):
    """The newest Python and Mesa that `make newest` has made, where it has."""
    found = next((p for p in _newest() if p.exists()), None)
    if found is None:
        tally.figures["other Python"] = "none found"
        return
    code = "import sys, mesa; print('Python', sys.version.split()[0] + ', mesa', mesa.__version__)"
    tally.figures["other Python"] = subprocess.run(
        [found, "-W", "ignore", "-c", code], capture_output=True, text=True, check=True
    ).stdout.strip()
    command = [
        found,
        "-m",
        "simulation",
        "sweep",
        "study.toml",
        "--out",
        place.results,
        "--engine",
        "numpy",
        "--jobs",
        "2",
    ]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run(command, cwd=place.folder, env=environment, check=True, capture_output=True)
    _in_order(place)


def _newest():
    here = Path(sys.prefix)
    return (here.with_name(f"{here.name}-newest") / "bin" / "python", ROOT / ".venv-newest" / "bin" / "python")


def r2(place, times):
    """Any ten rows by `rerun`, on their own, after a kill of the driver and a resume."""
    tally, rng = Tally(), random.Random(SEED)
    place.anew(slowly(0.01))
    driver = place.begin("--jobs", 1, asked=NO_REPORT)
    place.until(lambda: len(place.ended()) > 40, of=driver)
    driver.signal(KILL)
    driver.wait(5)
    place.done("--jobs", 1, asked=NO_REPORT)
    for k in rng.sample(range(100), times):
        with tally.trial(f"run {k}"):
            done = place.done(place.rows[k][0]["run_id"], "--in", place.results, verb="rerun")
            assert "The same as the run that is kept, to the bit." in done.out(), done.out()
    return tally


def o1(place, times):
    """10,000 runs, the driver killed once; 1,000,000 rows in the store."""
    tally = Tally()
    points = max(100, 1000 * times)
    with tally.trial(f"{10 * points:,} runs"):
        _many_runs(place, tally, points)
    with tally.trial(f"{1_000_000 * times // 1:,} rows" if times >= 1 else "100,000 rows"):
        _many_rows(place, tally, 250 if times >= 1 else 25)
    return tally


def _many_runs(place, tally, points):
    values = f"values = {[10 + k for k in range(points)]}"
    text = STUDY.replace("values = [10, 20, 30, 40, 50, 60, 70, 80, 90, 100]", values)
    (place.folder / "many.toml").write_text(text, "utf-8")
    place.anew(QUICK)
    driver, growth, killed = place.begin("--jobs", 1, study="many.toml", asked=NO_REPORT), 0.0, False
    first, least = 0, 0.0
    while driver.poll() is None:
        done, memory = place.told(), _mebibytes(driver.pid)
        if done >= first + 1000 and memory:
            least = least or memory
            growth = max(growth, memory - least)
        if not killed and done > 5 * points:
            driver.signal(KILL)
            driver.wait(5)
            killed, first, least = True, place.told(), 0.0
            driver = place.begin("--jobs", 1, study="many.toml", asked=NO_REPORT)
        time.sleep(0.02)
    assert driver.code == 0, driver.err()[-300:]
    assert killed, "it ended before it was killed"
    kept = place.kept()
    assert len(kept) == 10 * points, f"{len(kept)} kept"
    tally.most("growth of the driver from 1,000 runs on, MiB", round(growth))
    tally.most("files", len(list(place.results.glob("runs/*"))))
    assert len(list(place.results.glob("runs/*"))) <= MOST_FILES
    assert growth <= GROWTH, f"{growth:.0f} MiB"


def _mebibytes(pid):
    try:
        return int(Path(f"/proc/{pid}/statm").read_text("utf-8").split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
    except (OSError, ValueError, IndexError):
        return 0.0


def _many_rows(place, tally, fragments):
    """Fill a store with fragments of 4,000 rows, merge them, and open it."""
    import numpy as np
    import pyarrow as pa

    from simulation.results.fragments.compaction import compact
    from simulation.results.fragments.encoding import table_of
    from simulation.results.fragments.layout import Layout
    from simulation.results.fragments.store import Store

    place.anew()
    folder = place.folder / "large"
    folder.mkdir()
    layout = Layout(("fee_discount",), fragments * 400, 10, (("fee", "int64"),))
    store = Store(folder)
    store.begin({"layout": layout.to_dict(), "digest": "d", "code": "c", "version": "1", "name": "large"})
    base = table_of([place.rows[k % 100][0] for k in range(4000)], layout.schema("runs"))
    for number in range(fragments):
        first = np.arange(number * 4000, number * 4000 + 4000)
        names = pa.array([f"{k:016x}" for k in first])
        table = base.set_column(0, base.schema.field(0), names)
        for name, values in (("point", first // 10), ("replicate", first % 10)):
            index = table.schema.get_field_index(name)
            table = table.set_column(index, table.schema.field(index), pa.array(values))
        store.write_table("runs", table)
    compact(store)
    began = time.monotonic()
    counts = Store(folder).counts()
    took = time.monotonic() - began
    files = len(list(folder.glob("runs/*")))
    tally.most("rows in the store", counts.runs)
    tally.most("files", files)
    tally.most("seconds to open it", round(took, 2))
    assert counts.runs == fragments * 4000
    assert files <= MOST_FILES
    in_time(MOST_SECONDS, took, 1)
    import shutil

    shutil.rmtree(folder)
