"""Helpers of the tests: run an executor over toys, count executions, look for living processes."""

import os
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from tests.studies.executors import toys

ROOT = Path(__file__).parents[3]


def carried(executor, trace, deeds=None, n=30, seconds=0.0):
    """Return what came of `n` tasks, by number; a deed may be given for some of them."""
    tasks = [toys.task(k, (deeds or {}).get(k, ""), seconds) for k in range(n)]
    found = list(executor(toys.work, toys.job(trace), iter(tasks)))
    assert sorted(f.task.number for f in found) == list(range(n))
    return {f.task.number: f for f in found}


def executions(trace):
    """Return how often each task was begun."""
    return Counter(int(line.split()[0]) for line in Path(trace).read_text("utf-8").splitlines())


def workers(trace):
    """Return the process ids that carried out tasks."""
    return {int(line.split()[1]) for line in Path(trace).read_text("utf-8").splitlines()}


def alive(pids):
    """Return those of the processes that live still."""
    found = []
    for pid in pids:
        try:
            state = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0]
        except OSError:
            continue
        if state != "Z":
            found.append(pid)
    return found


def until(condition, seconds=10.0):
    """Wait until something is so."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)


def script(code, *args, **more):
    """Begin a Python process of its own session that runs `code`."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **more.pop("env", {})}
    return subprocess.Popen([sys.executable, "-c", code, *map(str, args)], env=environment, cwd=ROOT, **more)
