"""A scheduler and workers of Dask as processes of their own on loopback."""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from tests.torture.faults.place import ROOT


class Cluster:
    """A scheduler with its file and two workers, which are begun anew where one was killed."""

    def __init__(self, place, workers=2):
        self.folder = place.folder / "dask"
        self.folder.mkdir(exist_ok=True)
        self.place, self.number = place, workers
        self.file, self.processes = self.folder / "scheduler.json", []
        self.count = 0

    def __enter__(self):
        self.file.unlink(missing_ok=True)
        self.scheduler = self._begin("scheduler", "--host", "127.0.0.1", "--port", "0")
        self._until(self._answers)
        self.replenish()
        return self

    def __exit__(self, *_):
        for process in (*self.processes, self.scheduler):
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def replenish(self, nanny=True):
        """End all workers and begin as many anew, with a nanny each or without."""
        for process in self.processes:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        options = ("--nthreads", "1", "--local-directory", str(self.folder), *(() if nanny else ("--no-nanny",)))
        self.processes = [self._begin("worker", *options) for _ in range(self.number)]

    @staticmethod
    def worker_of(pid):
        """Return the worker of the cluster whose process this is."""
        stat = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
        return int(stat[1])

    def _begin(self, what, *options):
        self.count += 1
        command = [
            str(Path(sys.executable).with_name("dask")),
            what,
            "--scheduler-file",
            str(self.file),
            "--no-dashboard",
        ]
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "KWAMDEE_FAULTS": str(self.place.folder)}
        with (self.folder / f"{what}-{self.count}.log").open("w") as log:
            return subprocess.Popen(
                [*command, *options], cwd=self.folder, env=environment, stdout=log, stderr=log, start_new_session=True
            )

    def _answers(self):
        try:
            return bool(json.loads(self.file.read_text("utf-8"))["address"])
        except (OSError, ValueError):
            return False

    @staticmethod
    def _until(condition, seconds=60):
        end = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < end, "the scheduler does not answer"
            time.sleep(0.05)
