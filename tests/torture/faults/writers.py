"""W: two drivers on one folder, another study on it, a lock left behind, readers while all goes wrong."""

import hashlib
import json
import os
import subprocess
import sys
import time
from contextlib import contextmanager

from tests.torture.faults.disks import OFTEN
from tests.torture.faults.kills import NO_REPORT
from tests.torture.faults.place import KILL, QUICK, ROOT, RUNS, STUDY
from tests.torture.faults.place import slow as slowly
from tests.torture.faults.tally import Tally

APART = (0.0, 0.01, 0.5, 1.5)


def w1(place, times):
    """Two drivers with one study on one folder, begun 0, 0.01, 0.5 and 1.5 s apart."""
    tally = Tally()
    for n in range(times):
        apart = APART[n % len(APART)]
        with tally.trial(f"{apart} s apart"):
            place.anew({**QUICK, **slowly(0.03)})
            first = place.begin("--jobs", 1 + n // 4 % 2, asked=NO_REPORT)
            time.sleep(apart)
            began = time.monotonic()
            second = place.begin("--jobs", 1, asked=NO_REPORT)
            codes = {}
            while len(codes) < 2:
                for driver in (first, second):
                    if driver not in codes.values() and driver.poll() is not None and driver.pid not in codes:
                        codes[driver.pid] = driver
                        if driver.code == 5:
                            tally.most("seconds until one was refused", round(time.monotonic() - began, 2))
                assert time.monotonic() - began < 60, "they hang"
                time.sleep(0.01)
            assert sorted((first.code, second.code)) == [0, 5], (first.code, second.code, first.err(), second.err())
            other, winner = (first, second) if first.code == 5 else (second, first)
            said = other.err()
            for word in (f"process {winner.pid}", os.uname().nodename, "since"):
                assert word in said, f"{word} is not in: {said}"
            tally.most("executions", sum(place.executions().values()))
            assert sum(place.executions().values()) == RUNS
            place.same()
    return tally


def sums(folder):
    """Return the digest of every file of a folder."""
    return {str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest()
            for p in folder.rglob("*") if p.is_file()}  # fmt: skip


def w2(place, times):
    """Another study on the folder; a resume after the scenario, the design, the seed or the program changed."""
    tally = Tally()
    other = STUDY.replace("[10, 20, 30", "[11, 20, 30")
    (place.folder / "other.toml").write_text(other, "utf-8")
    (place.folder / "seed.toml").write_text(
        STUDY.replace('"run.weeks" = 20', '"run.weeks" = 20\n"run.seed" = 7'), "utf-8"
    )
    (place.folder / "arm.toml").write_text(STUDY.replace('arms = ["fee_discount"]', 'arms = ["recognition"]'), "utf-8")
    cases = {
        "the design": ({"study": "other.toml"}, {}, "fee.values"),
        "the seed": ({"study": "seed.toml"}, {}, "seed"),
        "the scenario": ({}, {"set": "world.citizens=130"}, "citizens"),
        "the program": ({}, {"code": "0" * 64}, "code"),
        "the arms": ({"study": "arm.toml"}, {}, "arm"),
    }
    for n in range(times):
        name = list(cases)[n % len(cases)]
        how, asked, word = cases[name]
        with tally.trial(name):
            place.anew({**QUICK, **slowly(0.01)})
            driver = place.begin("--jobs", 1, asked=NO_REPORT)
            place.until(lambda: place.told() > 5, of=driver)
            driver.signal(KILL)
            driver.wait(5)
            before, runs = sums(place.results), sum(place.executions().values())
            more = ("--set", asked.pop("set")) if "set" in (asked := dict(asked)) else ()
            done = place.done("--jobs", 1, *more, code=2, asked={**NO_REPORT, **asked}, **how)
            said = done.err().lower()
            assert word in said, f"what differs is not named: {said}"
            assert "--out" in said
            after = sums(place.results)
            assert before == after, f"the folder was touched: {before.items() ^ after.items()}"
            assert sum(place.executions().values()) == runs, "runs were executed"
            place.done("--jobs", 1, asked=NO_REPORT)
            place.same()
    return tally


def w3(place, times):
    """A lock left behind: its owner killed, its owner's number taken by another process, its owner elsewhere."""
    tally = Tally()
    kinds = (_owner_killed, _number_taken, _owner_elsewhere)
    for n in range(times):
        kind = kinds[n % len(kinds)]
        with tally.trial(kind.__name__[1:].replace("_", " ")):
            place.anew({**QUICK, **slowly(0.01)})
            driver = place.begin("--jobs", 1, asked=NO_REPORT)
            place.until(lambda: place.told() > 5, of=driver)
            driver.signal(KILL)
            driver.wait(5)
            assert (place.results / ".lock").is_file()
            kind(place)
            place.done("--jobs", 1, asked=NO_REPORT)
            place.same()
            assert not (place.results / ".lock").exists()
    return tally


def _owner_killed(place):
    """Nothing more: the next driver takes it over."""


def _number_taken(place):
    here = f"process {os.getpid()} on {os.uname().nodename}, since 2026-01-01 00:00:00"
    (place.results / ".lock").write_text(here, "utf-8")


def _owner_elsewhere(place):
    (place.results / ".lock").write_text("process 12 on node-of-elsewhere, since 2026-01-01 00:00:00", "utf-8")
    runs, before = sum(place.executions().values()), sums(place.results)
    done = place.done("--jobs", 1, asked=NO_REPORT, code=5)
    said = " ".join(done.err().split())
    for word in ("node-of-elsewhere", "process 12", "2026-01-01", "remove", str(place.results / ".lock")):
        assert word in said, f"{word} is not in: {said}"
    assert sum(place.executions().values()) == runs
    assert sums(place.results) == before
    (place.results / ".lock").unlink()


@contextmanager
def reading(place, tally):
    """Read the folder again and again meanwhile: with pandas, DuckDB where it is there, and as `show` does."""
    stop, log = place.folder / "stop", place.folder / "readings"
    stop.unlink(missing_ok=True)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    reader = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "tests.torture.faults.reader", place.results, stop, log, place.folder],
        cwd=ROOT,
        env=environment,
    )
    try:
        place.until(log.exists)
        yield
    finally:
        stop.touch()
        reader.wait(60)
    found = json.loads(log.read_text("utf-8"))
    for name, number in found["readings"].items():
        tally.add(f"readings with {name}", number)
    tally.add("rows seen", found["rows"])
    assert not found["errors"], found["errors"][:3]


def w4(place, times):
    """Readers in a loop while the driver is killed and resumed, and while calls fail."""
    tally = Tally()
    rows = {row["run_id"]: {n: row[n] for n in ("point", "replicate", "effect_pp")} for [row] in place.rows.values()}
    (place.folder / "wanted.json").write_text(json.dumps(rows), "utf-8")
    for n in range(times):
        with tally.trial("kills" if n % 2 == 0 else "failing calls"):
            place.anew({**QUICK, **slowly(0.02)})
            place.results.mkdir()
            with reading(place, tally):
                if n % 2 == 0:
                    driver = place.begin("--jobs", 1, asked={**NO_REPORT, **OFTEN})
                    place.until(lambda: len(place.ended()) > 50, of=driver)
                    driver.signal(KILL)
                    driver.wait(5)
                else:
                    place.begin("--jobs", 1, asked={**NO_REPORT, **OFTEN, "call": 30, "how": "enospc"}).wait()
                place.done("--jobs", 1, asked={**NO_REPORT, **OFTEN})
            place.same()
    return tally
