"""The work of a run with a trace beside it, and with what shall befall it: what a worker of the tests carries out.

The folder named by KWAMDEE_FAULTS (of the tests alone) holds `trace`, a line as each run begins and one as it ends, and
`deeds.json`: by task number, or "*" for all, what happens inside the run. Workers find this module by its name.
"""

import json
import os
import pickle
import sys
import time
from pathlib import Path

import numpy as np

from simulation.studies.sweeps import work

PLACE = "KWAMDEE_FAULTS"
_NOW = [(0, ())]
_ROWS = {}
_run, _outcomes = work.run, work.outcomes


def work_traced(job, task):
    """Carry out a task as `run_task` does, write when it begins and ends, and let its deeds happen inside the run."""
    place = Path(os.environ[PLACE])
    deeds = _deeds(place)
    mine = (*deeds.get("*", ()), *deeds.get(str(task.number), ()))
    _NOW[0] = (task.number, mine)
    note(place, f"{task.number} begin")
    try:
        rows = _looked_up(place, job, task) if "rows" in deeds else work.run_task(job, task)
    finally:
        _NOW[0] = (0, ())
    note(place, f"{task.number} end")
    return rows


def note(place, text):
    """Add a line to the trace: what, when, which process and its parent; one write, so that no two lines mix."""
    line = f"{text} {time.time():.4f} {os.getpid()} {os.getppid()}\n".encode()
    handle = os.open(place / "trace", os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    try:
        os.write(handle, line)
    finally:
        os.close(handle)


def _deeds(place):
    try:
        return json.loads((place / "deeds.json").read_text("utf-8"))
    except FileNotFoundError:
        return {}


def _looked_up(place, job, task):
    """Return the rows of an undisturbed run instead of simulating it again: where the run itself is not on trial."""
    if not _ROWS:
        _ROWS.update(pickle.loads((place / "rows.pickle").read_bytes()))
    _happen()
    own = {"started": time.time(), "pid": os.getpid(), "attempt": task.attempt}
    if task.number not in _ROWS:  # a larger design: the same figures under their own names
        own |= {"point": task.point, "replicate": task.replicate, "run_id": f"{task.number:016x}", **dict(task.factors)}
    return [{**row, **own} for row in _ROWS[task.number % len(_ROWS)]]


def run(state):
    """Stand in for the engine's run: what shall befall it, then the run."""
    _happen()
    return _run(state)


def outcomes(state, point):
    """Stand in for the outcomes of a run: some are no numbers, or none at all."""
    found = _outcomes(state, point)
    deeds = {deed for deed, *_ in _NOW[0][1]}
    if "nan" in deeds:
        return dict.fromkeys(found, float("nan"))
    if "inf" in deeds:
        return dict.fromkeys(found, float("inf"))
    if "shape" in deeds:
        return {**found, "effect_pp": np.zeros((2, 3))}
    if "lacking" in deeds:
        del found["effect_pp"]
    return found


work.run, work.outcomes = run, outcomes


class CannotBePickled(Exception):
    """An error that holds what no other process can read."""

    def __init__(self):
        super().__init__("cannot be sent")
        self.held = sys.stderr
        self.why = (line for line in ())

    def __reduce__(self):
        raise TypeError("not to be pickled")


def _happen():
    for deed, *rest in _NOW[0][1]:
        _DEEDS.get(deed, _nothing)(*rest)


def _nothing(*_):
    """What `outcomes` does."""


def _raise(text="the run broke"):
    raise RuntimeError(text)


def _unpicklable():
    raise CannotBePickled


def _exit():
    sys.exit(7)


def _interrupt():
    raise KeyboardInterrupt


def _talk():
    for _ in range(100):
        print("x" * 50_000)
        print("y" * 50_000, file=sys.stderr)


def _die(signal_number):
    os.kill(os.getpid(), signal_number)
    time.sleep(60)


def _hold_memory(megabytes, touched=1):
    kind = np.ones if touched else np.zeros
    held = [kind(2**23, np.uint8) for _ in range(megabytes // 8)]
    raise AssertionError(f"{8 * len(held)} MiB could be had")


_DEEDS = {
    "pause": time.sleep,
    "raise": _raise,
    "unpicklable": _unpicklable,
    "exit": _exit,
    "interrupt": _interrupt,
    "talk": _talk,
    "signal": _die,
    "abort": os.abort,
    "leave": os._exit,
    "memory": _hold_memory,
}
"""What may befall a run, by name; "nan", "inf", "shape" and "lacking" befall its outcomes. `signal` takes a number."""
