"""A place for trials: the study of a hundred runs, its undisturbed table, commands that are begun, killed and watched."""

import json
import os
import pickle
import shutil
import signal
import struct
import subprocess
import sys
import time
import uuid
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from simulation.results.fragments.layout import CIRCUMSTANCES
from simulation.results.fragments.store import Store
from simulation.studies.plan.read import load_study
from simulation.studies.sweeps.work import run_task

ROOT = Path(__file__).parents[3]
RUNS = 100
STUDY = """\
format = 1
about.title = { en = "A hundred runs", th = "ร้อยรอบ" }
about.question = { en = "What do faults change?", th = "ความผิดพลาดเปลี่ยนอะไร" }
[study]
scenario = "bangkok-waste"
arms = ["fee_discount"]
outcomes = ["effect_pp"]
replicates = 10
parameters = "default"
[study.set]
"world.citizens" = 120
"world.localities.number" = 4
"run.weeks" = 20
"arms.fee_discount.schemes.fee.schedule.weeks" = 12
"arms.recognition.schemes.honour.schedule.weeks" = 12
"arms.comparison.schemes.letter.schedule.weeks" = 12
"arms.district_goal.schemes.goal.schedule.weeks" = 12
[levers.fee]
key = "arms.fee_discount.schemes.fee.baht_per_month"
values = [10, 20, 30, 40, 50, 60, 70, 80, 90, 100]
[design]
kind = "grid"
"""
USUAL = ("--engine", "numpy")
_UNCOUNTED = (*CIRCUMSTANCES,)


@dataclass
class Begun:
    """A command that was begun; how it was asked and what it leaves."""

    place: "Place"
    pid: int
    mark: str
    name: str
    began: float
    code: int | None = None
    seconds: float = 0.0

    def wait(self, seconds=90.0):
        """Return its exit code; a hang is an error."""
        end = time.monotonic() + seconds
        while (code := self.poll()) is None:
            assert time.monotonic() < end, f"it hangs: {self.err()[-500:]}"
            time.sleep(0.01)
        return code

    def poll(self):
        """Return its exit code, None while it lives."""
        if self.code is None:
            self.code, self.seconds = self.place.server.ended(self.pid)
        return self.code

    def signal(self, number, group=False):
        """Send a signal to it alone, or to all of its group."""
        with suppress(ProcessLookupError):
            (os.killpg if group else os.kill)(self.pid, number)

    def out(self):
        """Return what it printed."""
        return (self.place.folder / f"{self.name}.out").read_text("utf-8", "replace")

    def err(self):
        """Return what it printed on stderr."""
        return (self.place.folder / f"{self.name}.err").read_text("utf-8", "replace")

    def leads_its_group(self):
        """Tell whether it has made a group of its own, so that a signal to that reaches it."""
        try:
            return os.getpgid(self.pid) == self.pid
        except ProcessLookupError:
            return True

    def living(self):
        """Return the processes that it began and that live still, itself counted."""
        mark, found = f"KWAMDEE_FAULTS_MARK={self.mark}".encode(), []
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                with suppress(OSError):
                    if mark in (entry / "environ").read_bytes().split(b"\0") and state_of(entry) != "Z":
                        found.append(int(entry.name))
        if self.poll() is None:
            found.append(self.pid)
        return found

    def gone_after(self, seconds):
        """Wait until none of its processes lives; return how long that took, and raise if it took longer."""
        began, crowd = time.monotonic(), crowded()
        while found := self.living():
            assert time.monotonic() - began < seconds * crowd, f"{len(found)} processes live {seconds} s later"
            time.sleep(0.02)
        return time.monotonic() - began


def state_of(entry):
    """Return the letter of a process's state."""
    return (entry / "stat").read_text("utf-8").rpartition(")")[2].split()[0]


class Server:
    """Begins commands by forking a process that has everything loaded."""

    def __init__(self):
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
        self.process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "tests.torture.faults.command"], cwd=ROOT, env=environment, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        assert self.process.stdout.readline() == "ready\n"

    def begin(self, **request):
        return int(self._ask(do="begin", **request))

    def ended(self, pid):
        said = self._ask(do="ended", pid=pid).split()
        return (int(said[0]), float(said[1])) if said else (None, 0.0)

    def _ask(self, **request):
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().strip()

    def close(self):
        self.process.stdin.close()
        self.process.wait(10)
        self.process.stdout.close()


@dataclass
class Place:
    """A folder with the study, its undisturbed table, and the trials made with it."""

    folder: Path
    server: Server
    table: object = None
    rows: dict = field(default_factory=dict)
    count: int = 0

    @property
    def results(self):
        """The results folder of the trial under way."""
        return self.folder / "results"

    def anew(self, deeds=None):
        """Begin a new trial: no results, an empty trace, and what shall befall runs."""
        shutil.rmtree(self.results, ignore_errors=True)
        for name in ("trace", "told", "calls"):
            (self.folder / name).unlink(missing_ok=True)
        self.befall(deeds)

    def befall(self, deeds=None):
        """Say what shall befall runs from now on."""
        part = self.folder / ".deeds"
        part.write_text(json.dumps(deeds or {}), "utf-8")
        part.replace(self.folder / "deeds.json")

    def begin(
        self,
        *options,
        asked=None,
        out=None,
        study="study.toml",
        verb="sweep",
        real=False,
        env=None,
        before=(),
        module="tests.torture.faults.command",
    ):
        """Begin `kwamdee sweep study.toml --out results` with further options.

        `real` makes it a process of its own, imports and all; `before` is what begins it then, `module` what it runs.
        """
        self.count += 1
        name, mark = f"command-{self.count}", uuid.uuid4().hex
        place = [] if out is False else ["--out", str(out or self.results)]
        argv = [verb, study, *place, *USUAL, *map(str, options)] if verb == "sweep" else [verb, *map(str, options)]
        environment = {
            **os.environ, "PYTHONPATH": str(ROOT), "KWAMDEE_FAULTS": str(self.folder), "KWAMDEE_FAULTS_MARK": mark,
            "KWAMDEE_FAULTS_ASKED": json.dumps(asked or {}), "PYTHONWARNINGS": "ignore", **(env or {}),
        }  # fmt: skip
        files = {kind: str(self.folder / f"{name}.{kind}") for kind in ("out", "err")}
        cwd = str(self.folder)
        if real or before:
            with open(files["out"], "wb") as out_, open(files["err"], "wb") as err:  # noqa: PTH123  two at once
                process = subprocess.Popen(
                    [*before, sys.executable, "-m", module, *argv], cwd=cwd, env=environment, stdout=out_,
                    stderr=err, start_new_session=True,
                )  # fmt: skip
            begun = Real(self, process.pid, mark, name, time.time())
            begun.process = process
            return begun
        began = time.time()
        begun = Begun(self, self.server.begin(argv=argv, env=environment, cwd=cwd, **files), mark, name, began)
        self.until(begun.leads_its_group)
        return begun

    def done(self, *options, code=0, seconds=90.0, **more):
        """Run the command to its end and return it; its exit code is what it shall be."""
        begun = self.begin(*options, **more)
        found = begun.wait(seconds)
        assert found == code, f"exit {found}, not {code}: {begun.err()[-700:]}"
        return begun

    def trace(self):
        """Return the lines of the trace: task, "begin" or "end", when, process, its parent."""
        with suppress(FileNotFoundError):
            lines = (self.folder / "trace").read_text("utf-8").splitlines()
            return [(int(a), b, float(c), int(d), int(e)) for a, b, c, d, e in map(str.split, lines)]
        return []

    def executions(self):
        """Return how often each task was begun."""
        return Counter(task for task, what, *_ in self.trace() if what == "begin")

    def ended(self):
        """Return which tasks ended, and when last."""
        return {task: when for task, what, when, *_ in self.trace() if what == "end"}

    def told(self):
        """Return how many runs the command has said are kept."""
        with suppress(FileNotFoundError):
            lines = (self.folder / "told").read_text("utf-8").split("\n")[:-1]
            return int(lines[-1]) if lines else 0
        return 0

    def until(self, condition, seconds=60.0, of=None):
        """Wait until something is so, or the command `of` ended; tell whether it is so."""
        end = time.monotonic() + seconds
        while not condition():
            if of is not None and of.poll() is not None:
                return False
            assert time.monotonic() < end, "it did not happen in time"
            time.sleep(0.004)
        return True

    def kept(self, folder=None):
        """Return the tasks whose runs are kept."""
        folder = folder or self.results
        try:
            store = Store(folder, thorough=True)
            return {int(k) for k in store.kept().nonzero()[0]}
        except Exception:  # nothing is there yet
            return set()

    def same(self, but=(), folder=None):
        """Raise unless the table is the undisturbed one to the bit, in the order of the design, `but` some tasks."""
        found = canonical(folder or self.results)
        wanted = [row for k, row in enumerate(self.table) if k not in set(but)]
        found = [row for row in found if _task(row) not in set(but)]
        assert len(found) == len(wanted), f"{len(found)} rows, not {len(wanted)}"
        for here, there in zip(found, wanted, strict=True):
            differs = [(a[0], a[1], b[1]) for a, b in zip(here, there, strict=True) if a != b]
            assert not differs, f"task {_task(there)}: {differs}"

    def failures(self, folder=None):
        """Return the rows of failed runs."""
        return Store(folder or self.results).failed()


class Real(Begun):
    """A command that is a process of its own making."""

    process = None

    def poll(self):
        """Return its exit code, None while it lives."""
        if self.code is None:
            found, status, used = os.wait4(self.pid, os.WNOHANG)
            if found:
                self.code = self.process.returncode = os.waitstatus_to_exitcode(status)
                self.seconds = used.ru_utime + used.ru_stime
        return self.code


def _task(row):
    found = dict(row)
    return found["point"] * 10 + found["replicate"]


def canonical(folder):
    """Return the rows of a study as their bits, in the order of its table, without what alone may differ."""
    table = Store(folder).table()
    names = [n for n in table.column_names if n not in _UNCOUNTED]
    return [tuple((n, _bits(row[n])) for n in names) for row in table.select(names).to_pylist()]


def _bits(value):
    return struct.pack("<d", value) if isinstance(value, float) else value


def made(folder):
    """Make a place: write the study, carry out its runs one by one in this process, and keep their rows and table."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "study.toml").write_text(STUDY, "utf-8")
    place = Place(folder, Server())
    study = load_study(folder / "study.toml")
    job = study.job("numpy")
    place.rows = {n: run_task(job, study.design.task(n // 10, n % 10, 10)) for n in range(RUNS)}
    (folder / "rows.pickle").write_bytes(pickle.dumps(place.rows))
    place.table = _table_of(folder / "alone", study, place.rows)
    return place


def _table_of(folder, study, rows):
    from simulation.studies.sweeps.folder import manifest_of

    folder.mkdir()
    store = Store(folder)
    store.begin(manifest_of(study))
    store.write("runs", [row for found in rows.values() for row in found])
    return canonical(folder)


def crowded():
    """Return how long a second of the processor takes here and now: 1 on a quiet machine, more where others work."""
    wall, used = time.monotonic(), time.process_time()
    while time.process_time() - used < 0.04:
        pass
    return max(1.0, (time.monotonic() - wall) / (time.process_time() - used))


def in_time(seconds, took, before):
    """Raise unless something took no longer than it may on a quiet machine; `before` is how crowded this one was."""
    most = seconds * max(before, crowded())
    assert took <= most, f"{took:.2f} s, more than {most:.2f} s"


QUICK = {"rows": True}
"""Deeds under which rows are looked up: the run itself is not on trial."""


def slow(seconds=0.02, **deeds):
    """Return deeds under which every run takes a little longer, so that there is time to kill it."""
    return {"*": [["pause", seconds]], **deeds}


KILL = signal.SIGKILL
