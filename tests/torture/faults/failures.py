"""F: runs that raise, end their process the wrong way, return nonsense, never end, or eat memory."""

import random
import time
from contextlib import contextmanager
from pathlib import Path

from tests.torture.faults.cluster import Cluster
from tests.torture.faults.kills import NO_REPORT, _alive
from tests.torture.faults.place import RUNS, in_time
from tests.torture.faults.tally import Tally

SEED = 20_360
LINES = 10
GROUPS = Path("/sys/fs/cgroup/memory")


def k_of(times, rng):
    """Return which run shall fail: the first, the last, then random ones."""
    return [0, RUNS - 1, *rng.sample(range(1, RUNS - 1), max(0, times - 2))][:times]


def f1(place, times):
    """Run k of 100 raises: the first, the last, random ones; and all of them."""
    tally = Tally()
    for n, k in enumerate(k_of(times, random.Random(SEED))):
        with tally.trial(f"run {k} of {RUNS}"):
            place.anew({str(k): [["raise", "the till is empty"]]})
            done = place.done("--jobs", 1 + n % 2, "--quiet", asked=NO_REPORT, code=3)
            _short_and_calm(tally, done)
            _named(place, k, "RuntimeError", "the till is empty")
            again = place.done(place.failures()[0]["run_id"], "--in", place.results, verb="rerun", code=3)
            assert "the till is empty" in again.out()
    with tally.trial("all of them"):
        place.anew({"*": [["raise", "the till is empty"]]})
        _short_and_calm(tally, place.done("--jobs", 2, "--quiet", asked=NO_REPORT, code=3))
        rows = place.failures()
        assert [r["point"] * 10 + r["replicate"] for r in rows] == list(range(RUNS))
        assert not place.kept()
    return tally


def _short_and_calm(tally, done):
    said = done.err() + done.out()
    assert "Traceback" not in said
    lines = [line for line in said.splitlines() if line.strip()]
    tally.most("lines that are printed", len(lines))
    assert len(lines) <= LINES, said


def _named(place, k, error, message=None):
    place.same(but=[k])
    [row] = place.failures()
    wanted = place.rows[k][0]
    for name in ("run_id", "point", "replicate", "arm", "fee", "seed", "scenario"):
        assert row[name] == wanted[name], name
    assert row["error"] == error, row["error"]
    assert message is None or row["message"] == message, row["message"]
    assert row["command"] == f"kwamdee rerun {wanted['run_id']}"


def f2(place, times):
    """Resume after a failure, with its cause still there and with it gone."""
    tally = Tally()
    for k in k_of(times, random.Random(SEED + 1)):
        with tally.trial(f"run {k}"):
            deeds = {str(k): [["raise", "the till is empty"]]}
            place.anew(deeds)
            place.done("--jobs", 1, asked=NO_REPORT, code=3)
            before = place.executions()
            place.done("--jobs", 1, asked=NO_REPORT, code=3)
            _named(place, k, "RuntimeError")
            assert sum((place.executions() - before).values()) == 1
            place.befall({})
            before = place.executions()
            place.done("--jobs", 1, asked=NO_REPORT)
            place.same()
            tally.most("runs done by the resume", sum((place.executions() - before).values()))
            assert sum((place.executions() - before).values()) == 1
            assert not place.failures()
    return tally


ODD = {
    "an error that cannot be pickled": ([["unpicklable"]], "CannotBePickled"),
    "sys.exit": ([["exit"]], "SystemExit"),
    "KeyboardInterrupt inside the run": ([["interrupt"]], "KeyboardInterrupt"),
    "NaN": ([["nan"]], ""),
    "infinity": ([["inf"]], "ValueError"),
    "an array for a number": ([["shape"]], "ValueError"),
    "an outcome that is lacking": ([["lacking"]], "ValueError"),
    "10 MB printed": ([["talk"]], ""),
}


def f3(place, times):
    """What is odd: an error that cannot be pickled, sys.exit, KeyboardInterrupt, NaN, infinity, wrong shape, 10 MB."""
    tally, rng = Tally(), random.Random(SEED + 2)
    for n in range(times):
        name = list(ODD)[n % len(ODD)]
        deeds, error = ODD[name]
        k, jobs = rng.randrange(RUNS), 1 + (n // len(ODD)) % 2
        with tally.trial(f"{name}, {jobs} jobs"):
            place.anew({str(k): deeds})
            done = place.begin("--jobs", jobs, "--quiet", asked=NO_REPORT)
            code = done.wait()
            place.same(but=[k])
            _short_and_calm(tally, done)
            if name == "NaN":
                assert code == 0
                [row] = _rows(place, k)
                assert row["status"] == "ok"
                assert row["effect_pp"] != row["effect_pp"]
            elif name == "10 MB printed":
                assert code == 0
                place.same()
            else:
                assert code == 3, f"exit {code}: {done.err()[-400:]}"
                [row] = place.failures()
                assert error == row["error"], row["error"]
    return tally


def _rows(place, k):
    from simulation.results.fragments.store import Store

    table = Store(place.results).table().to_pylist()
    return [row for row in table if row["point"] * 10 + row["replicate"] == k]


def f4(place, times):
    """A run that never ends, under --run-timeout 2: in this process, in the pool, on a cluster."""
    tally, rng = Tally(), random.Random(SEED + 3)
    with _cluster_if(place, times >= 3) as cluster:
        for n in range(times):
            name, options = [("in-process", ("--jobs", 1)), ("pool", ("--jobs", 2))][n % 2]
            if cluster is not None and n % 3 == 2:
                name, options = "Dask", ("--cluster", cluster.file)
            k = rng.randrange(RUNS)
            with tally.trial(name):
                place.anew({str(k): [["pause", 3600]]})
                running = place.begin(*options, "--run-timeout", 2, asked=NO_REPORT)
                assert place.until(lambda k=k: k in place.executions(), of=running)
                [(began, pid)] = [(w, p) for task, what, w, p, _ in place.trace() if task == k and what == "begin"]
                place.until(lambda k=k, pid=pid: _over(place, k, pid), seconds=20)
                ended = time.time() - began
                tally.least("seconds until it was ended, least", round(ended, 1))
                tally.most("seconds until it was ended, most", round(ended, 1))
                assert running.wait() == 3, running.err()[-400:]
                _named(place, k, "TimedOut", "timed out after 2 s")
                assert ended >= 2
                in_time(4, ended, 1)
    return tally


@contextmanager
def _cluster_if(place, wanted):
    if not wanted:
        yield None
        return
    with Cluster(place) as cluster:
        yield cluster


def _over(place, k, pid):
    """Tell whether a run is over: its process is dead, or is at another run."""
    lines = [line for line in place.trace() if line[3] == pid]
    return not _alive(pid) or lines[-1][0] != k


def f5(place, times):
    """One run eats memory: under a limit of 4 GiB of addresses; in a control group, ended by the kernel."""
    tally, rng = Tally(), random.Random(SEED + 4)
    for n in range(times):
        k = rng.randrange(RUNS)
        kind = "a limit of 4 GiB" if n % 2 == 0 else "a control group of 700 MiB"
        with tally.trial(kind), _limits(kind) as limits:
            place.anew({str(k): [["memory", 8_000, n % 2]]})
            place.done("--jobs", 1 + (n % 4 != 0), asked={**NO_REPORT, **limits}, code=3)
            _named(place, k, "MemoryError")
            [row] = place.failures()
            assert "out of memory, 2 tries" in row["message"], row["message"]
            tally.most("executions of the run at most", place.executions()[k])
            assert place.executions()[k] == 2
    return tally


@contextmanager
def _limits(kind):
    if "4 GiB" in kind:
        yield {"limits": {"RLIMIT_AS": 4 * 2**30}}
        return
    group = GROUPS / "kwamdee-faults"
    group.mkdir(exist_ok=True)
    try:
        (group / "memory.limit_in_bytes").write_text(str(700 * 2**20), "utf-8")
        yield {"group": str(group)}
    finally:
        for _ in range(100):
            try:
                group.rmdir()
                break
            except OSError:
                time.sleep(0.05)
