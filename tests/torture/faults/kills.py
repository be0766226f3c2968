"""K: the driver, all of its group, a worker is killed at a random moment; a run that kills its worker every time."""

import os
import random
import signal
import time
from contextlib import contextmanager, suppress

from tests.torture.faults.cluster import Cluster
from tests.torture.faults.place import KILL, QUICK, RUNS, crowded, state_of
from tests.torture.faults.place import slow as slowly
from tests.torture.faults.tally import Tally

SEED = 20_260
NO_REPORT = {"report": False}
BATCH = 1.0
"""Seconds of work that a batch is meant to hold, in a worker and in the driver."""


def k1_serial(place, times):
    """kill -9 the driver after a random number of finished runs, which it carries out itself."""
    return _drivers_killed(place, times, SEED, "in-process", "--jobs", 1)


def k1_pool(place, times):
    """The same where workers carry them out."""
    return _drivers_killed(place, times, SEED + 5, "pool", "--jobs", 2)


def k1_dask(place, times):
    """The same where a cluster carries them out."""
    with Cluster(place) as cluster:
        return _drivers_killed(place, times, SEED + 6, "Dask", "--cluster", cluster.file)


def _drivers_killed(place, times, seed, what, *options):
    tally, rng = Tally(), random.Random(seed)
    for _ in range(times):
        _killed(place, tally, rng, what, *options)
    return tally


def k1_here(place, times):
    """kill -9 the driver of one process, its rows looked up: what every ordinary test run can afford."""
    tally, rng = Tally(times=1), random.Random(SEED + 4)
    for _ in range(times):
        _killed(place, tally, rng, "in-process", "--jobs", 1)
    tally.times -= 1
    return tally


def k2(place, times):
    """kill -9 the whole process group, and again during the resume."""
    tally, rng = Tally(), random.Random(SEED + 1)
    for k in range(times):
        jobs = 1 + k % 2
        _killed(place, tally, rng, f"{jobs} jobs, group", "--jobs", jobs, group=True, kills=2)
    return tally


def _killed(place, tally, rng, what, *options, group=False, kills=1):
    """One trial: kill the driver, once or twice, then resume and compare."""
    with tally.trial(what):
        place.anew({**(QUICK if tally.times % 4 else {}), **slowly(0.02)})
        known, least = set(), 1
        for _ in range(kills):
            moment, driver = rng.randrange(least, 86), place.begin(*options, asked=NO_REPORT)
            place.until(lambda n=moment: len(place.ended()) >= n, of=driver)
            driver.signal(KILL, group)
            at, told, ended = time.time(), place.told(), place.ended()
            assert driver.wait(5) == -KILL, "it had ended before it was killed"
            tally.most("seconds until no process is left", round(driver.gone_after(2.0), 2))
            kept, before = place.kept(), place.executions()
            lost = [at - when for task, when in ended.items() if task not in kept and driver.began < when < at]
            tally.most("runs finished and not kept", len(lost))
            tally.most("age of the oldest of these, s", round(max(lost, default=0.0), 2))
            tally.add("runs kept less than told", max(0, told - len(kept)))
            assert len(kept) >= told, f"{told} told, {len(kept)} kept"
            assert known <= kept, "what was kept is gone"
            assert len(lost) <= 2 * _batch(ended, at), f"{len(lost)} finished runs are lost"
            known, least = kept, min(80, len(ended) + 1)
        place.done(*options, asked=NO_REPORT)
        place.same()
        again = [t for t in known if place.executions()[t] > before[t]]
        tally.add("kept runs done again", len(again))
        assert not again, f"done again: {again}"


def _batch(ended, at):
    """Return the most runs that ended within two seconds: a batch of the workers and one of the driver."""
    times = sorted(when for when in ended.values() if when <= at)
    return max((sum(a <= b < a + 2 * BATCH for b in times) for a in times), default=0)


def k3_pool(place, times):
    """kill -9 a worker of the pool inside a run; four in each study."""
    tally, rng = Tally(), random.Random(SEED + 2)
    for k in range(0, times, 4):
        _worker_killed(place, tally, rng, "pool", min(4, times - k), _inside, "--jobs", 2)
    return tally


def k3_dask(place, times):
    """kill -9 a process of a Dask worker inside a run, and a Dask worker itself, with and without a nanny."""
    tally, rng = Tally(), random.Random(SEED + 7)
    half = times // 2
    with Cluster(place) as cluster:
        for k in range(0, half, 2):
            _worker_killed(place, tally, rng, "process of Dask", min(2, half - k), _inside, "--cluster", cluster.file)
        for k in range(half, times):
            cluster.replenish(nanny=k % 2 == 0)
            name = "Dask worker" if k % 2 == 0 else "Dask worker without nanny"
            _worker_killed(place, tally, rng, name, 1, cluster.worker_of, "--cluster", cluster.file)
    return tally


def _worker_killed(place, tally, rng, what, kills, whom, *options):
    with _several(tally, kills, what):
        place.anew(slowly(0.03))
        driver, killed = place.begin(*options, asked=NO_REPORT), []
        for moment in sorted(rng.sample(range(2, 70), kills)):
            place.until(lambda n=moment: len(place.ended()) >= n, of=driver)
            task, pid = _first_try(place, driver)
            with suppress(ProcessLookupError):
                os.kill(whom(pid), signal.SIGKILL)
            killed.append(task)
            ended, began = len(place.ended()), time.monotonic()
            place.until(lambda n=ended: len(place.ended()) > n, seconds=10 * crowded(), of=driver)
            tally.most("seconds until the next run ended", round(time.monotonic() - began, 2))
        assert driver.wait() == 0, driver.err()[-500:]
        place.same()
        most = max(place.executions()[task] for task in killed)
        tally.most("executions of the run at most", most)
        tally.most("executions of any run at most", max(place.executions().values()))
        assert most <= 2, f"the run was executed {most} times"


@contextmanager
def _several(tally, kills, what):
    before = tally.passed
    with tally.trial(f"{what}, {kills} kills"):
        yield
    tally.times += kills - 1
    tally.passed += (kills - 1) * (tally.passed - before)


def _inside(pid):
    return pid


def _first_try(place, driver):
    """Return a run that is under way for the first time, and the process that carries it out."""
    found = []

    def seen():
        open_ = {}
        for task, what, _, pid, _ in place.trace():
            if what == "begin":
                open_[pid] = task
            else:
                open_.pop(pid, None)
        counts = place.executions()
        found[:] = [(task, pid) for pid, task in open_.items() if counts[task] == 1 and _alive(pid)]
        return bool(found)

    assert place.until(seen, of=driver), "no run was under way"
    return found[0]


def _alive(pid):
    from pathlib import Path

    try:
        return state_of(Path(f"/proc/{pid}")) != "Z"
    except OSError:
        return False


ENDS = {
    "abort": (["abort"], "worker died (signal 6), 2 tries"),
    "SIGKILL": (["signal", int(signal.SIGKILL)], "worker died (signal 9), 2 tries"),
    "os._exit(0)": (["leave", 0], "worker died (exit code 0), 2 tries"),
}


def k4(place, times):
    """One run ends its worker every time: by abort, by SIGKILL, by leaving."""
    tally, rng = Tally(), random.Random(SEED + 3)
    for k in range(times):
        name = list(ENDS)[k % 3]
        deed, message = ENDS[name]
        number = rng.randrange(RUNS)
        with tally.trial(name):
            place.anew({str(number): [deed]})
            began = time.monotonic()
            place.done("--jobs", 2, asked=NO_REPORT, code=3)
            tally.most("seconds", round(time.monotonic() - began, 1))
            _the_one_failure(place, number, message)
            tally.most("executions of the run at most", place.executions()[number])
            assert place.executions()[number] == 2
    with tally.trial("no --jobs: the first run kills this process, the resume goes on in workers"):
        place.anew({"0": [["signal", int(signal.SIGKILL)]]})
        place.done(asked=NO_REPORT, code=-KILL)
        place.done(asked=NO_REPORT, code=3)
        _the_one_failure(place, 0, "worker died (signal 9), 2 tries")
    return tally


def _the_one_failure(place, number, message):
    """Raise unless one run failed, said so, and all others are as undisturbed."""
    place.same(but=[number])
    [row] = place.failures()
    wanted = place.rows[number][0]
    assert row["message"] == message, row["message"]
    for name in ("run_id", "point", "replicate", "arm", "fee", "seed", "scenario"):
        assert row[name] == wanted[name], name
    assert row["command"] == f"kwamdee rerun {wanted['run_id']}"
    assert row["status"] == "failed"
    assert row["error"]
