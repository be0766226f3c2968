"""S: Ctrl-C, twice, at bad moments; SIGTERM and SIGHUP, as a scheduler of jobs sends them."""

import random
import shlex
import signal
import time

from tests.torture.faults.kills import BATCH, NO_REPORT
from tests.torture.faults.place import QUICK, RUNS, crowded, in_time
from tests.torture.faults.place import slow as slowly
from tests.torture.faults.tally import Tally

SEED = 20_460
LINES = 5
IMPORTS = 1.6
"""Seconds in which the command is loaded, about."""


def s1(place, times):
    """SIGINT to the whole foreground group at random moments."""
    tally, rng = Tally(), random.Random(SEED)
    for k in range(times):
        _asked_to_end(place, tally, rng, signal.SIGINT, 130, 1 + k % 2, group=True)
    return tally


def s3(place, times):
    """SIGTERM and SIGHUP to the driver alone; SIGTERM, ten seconds, then SIGKILL, as Slurm does."""
    tally, rng = Tally(), random.Random(SEED + 1)
    for k in range(times):
        number, code = ((signal.SIGTERM, 143), (signal.SIGHUP, 129))[k % 2]
        _asked_to_end(place, tally, rng, number, code, 1 + k // 2 % 2, group=False)
    return tally


def _asked_to_end(place, tally, rng, number, code, jobs, group):
    moment = rng.randrange(1, 97)
    with tally.trial(f"{signal.Signals(number).name}, {jobs} jobs, after {moment} runs"):
        place.anew(slowly(0.01))
        options = ("--jobs", jobs)
        running = place.begin(*options, asked=NO_REPORT)
        place.until(lambda: len(place.ended()) >= moment, of=running)
        crowd, before, began = crowded(), running.err(), time.monotonic()
        running.signal(number, group)
        assert running.wait(10) == code, running.code
        took = time.monotonic() - began
        tally.most("seconds until it ended", round(took, 2))
        tally.most("seconds until no process is left", round(running.gone_after(1.0), 2))
        _says_how_to_go_on(place, tally, running.err()[len(before) :], options)
        in_time(2 + BATCH, took, crowd)
        _goes_on(place, tally, options)


def _says_how_to_go_on(place, tally, said, options):
    """Raise unless the message is short, says how many runs are kept, and its last line is the same command."""
    lines = [line for line in said.splitlines() if line.strip() and "%" not in line]
    tally.most("lines of the message", len(lines))
    assert 1 <= len(lines) <= LINES, said
    assert "Traceback" not in said
    kept = len(place.kept())
    assert f"{kept} of {RUNS} runs" in " ".join(lines), said
    words = shlex.split(lines[-1])
    assert words[:3] == ["kwamdee", "sweep", "study.toml"], lines[-1]
    assert words[-2:] == list(map(str, options)), lines[-1]


def _goes_on(place, tally, options):
    kept, before = place.kept(), place.executions()
    tally.least("runs kept, least", len(kept))
    place.done(*options, asked=NO_REPORT)
    place.same()
    again = [task for task in kept if place.executions()[task] > before[task]]
    tally.add("kept runs done again", len(again))
    assert not again, f"done again: {again}"


def s2(place, times):
    """A second SIGINT 0.2 s later; SIGINT while it loads, while it prepares, at the last rename."""
    tally, rng = Tally(), random.Random(SEED + 2)
    kinds = (_twice, _while_loading, _while_preparing, _at_the_last_rename)
    for k in range(times):
        kind = kinds[k % len(kinds)]
        with tally.trial(kind.__name__[1:].replace("_", " ")):
            place.anew(slowly(0.01) if kind is _twice else QUICK)
            kind(place, tally, rng, ("--jobs", 1 + k // len(kinds) % 2))
    return tally


def _twice(place, tally, rng, options):
    running = place.begin(*options, asked=NO_REPORT)
    moment = rng.randrange(1, 90)
    place.until(lambda: len(place.ended()) >= moment, of=running)
    running.signal(signal.SIGINT, group=True)
    time.sleep(0.2)
    crowd, began = crowded(), time.monotonic()
    running.signal(signal.SIGINT, group=True)
    _ends(running, tally, began, crowd)
    _goes_on(place, tally, options)


def _while_loading(place, tally, rng, options):
    running = place.begin(*options, real=True, module="simulation")
    time.sleep(rng.uniform(0.1, IMPORTS))
    crowd, began = crowded(), time.monotonic()
    running.signal(signal.SIGINT, group=True)
    code = running.wait(10)
    took = time.monotonic() - began
    tally.most("seconds until it ended", round(took, 2))
    if code == -signal.SIGINT:  # before Python itself had begun to run the program
        tally.add("before Python had loaded its own modules")
        assert "simulation" not in running.err(), running.err()
    else:
        assert code == 130, code
        assert "Traceback" not in running.err(), running.err()
    in_time(1, took, crowd)
    place.done(*options, asked=NO_REPORT)
    place.same()


def _while_preparing(place, tally, rng, options):
    most = 0.4
    while True:
        running = place.begin(*options, asked=NO_REPORT)
        time.sleep(rng.uniform(0.0, most))
        crowd, began = crowded(), time.monotonic()
        running.signal(signal.SIGINT, group=True)
        if running.wait(10) not in (0, -signal.SIGINT) or most < 0.01:
            break
        place.anew(QUICK)  # an idle machine was done, or Python was taking its handlers down: nothing was on trial
        most /= 2
    _ends(running, tally, began, crowd)
    place.done(*options, asked=NO_REPORT)
    place.same()


def _at_the_last_rename(place, tally, rng, options):
    place.done(*options, asked=NO_REPORT)
    last = max(place.results.glob("runs/*"), key=_number).name.partition("-")[0]
    place.anew(QUICK)
    running = place.begin(*options, asked={**NO_REPORT, "call": last, "how": "interrupt"})
    assert running.wait() in (130, 0), running.code
    tally.add("ended at the last rename", int(running.code == 130))
    place.done(*options, asked=NO_REPORT)
    place.same()


def _number(path):
    return path.name


def _ends(running, tally, began, crowd):
    assert running.wait(10) == 130, (running.code, running.err()[-2000:])
    took = time.monotonic() - began
    tally.most("seconds until it ended", round(took, 2))
    assert "Traceback" not in running.err(), running.err()
    in_time(1, took, crowd)
    running.gone_after(1.0)
