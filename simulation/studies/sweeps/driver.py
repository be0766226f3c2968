"""Carries a study out: takes what is left, keeps what comes, and leaves the folder in order however it ends."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from typing import Literal

from simulation.core.errors import RunFailed
from simulation.core.params import Text
from simulation.results.fragments.compaction import due
from simulation.results.fragments.store import Store
from simulation.results.responses.facts import StudyFacts
from simulation.studies.sweeps.rounds import Rounds
from simulation.studies.sweeps.work import died_rows
from simulation.studies.tasks import Executor, Finished, Job, Row, Work

Stage = Literal["start", "probe", "compile", "run", "write", "done"]


@dataclass(frozen=True)
class Standing:
    """Where a study stands.

    Attributes:
        stage: "start", "probe", "compile", "run", "write" or "done".
        facts: What is known of the study before it is run.
        done: Runs that have ended well, kept or about to be.
        kept: Runs on disk.
        failed: Runs that failed this time.
        total: Runs asked for so far.
        before: Runs kept from an earlier start.
    """

    stage: Stage
    facts: StudyFacts
    done: int = 0
    kept: int = 0
    failed: int = 0
    total: int = 0
    before: int = 0


Watch = Callable[[Standing], None]


def _unheard(_: Text) -> None:
    """Tell nobody."""


@dataclass
class Driver:
    """Takes finished runs and keeps them, a batch at a time."""

    store: Store
    rounds: Rounds
    facts: StudyFacts
    watch: Watch
    on_error: Literal["record", "stop"] = "record"
    notice: Callable[[Text], None] = _unheard
    before: int = 0
    kept: int = 0
    failed: int = 0
    pending: list[Row] = field(default_factory=list)
    pending_failed: list[Row] = field(default_factory=list)
    last: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        """Count what is there already."""
        self.before = self.kept = self.rounds.done

    def round(self, executor: Executor, work: Work, job: Job) -> None:
        """Carry out all that is left of the runs asked for; whatever ends it, what has come is kept."""
        self.tell("run")
        try:
            with closing(executor(work, job, self.rounds.left())) as results:
                for finished in results:
                    self._take(job, finished)
        finally:
            self.flush()
        self.tell("run")

    def _take(self, job: Job, finished: Finished) -> None:
        rows = finished.rows or tuple(died_rows(job, finished.task, finished.died))
        for row in rows:
            (self.pending if row["status"] == "ok" else self.pending_failed).append(row)
        first = next((row for row in rows if row["status"] != "ok"), None)
        if first is not None:
            self.failed += sum(row["status"] != "ok" for row in rows)
            if self.on_error == "stop":
                self.flush()
                raise RunFailed(first["command"], f"{first['error']}: {first['message']}", str(self.store.folder))
        waited = time.monotonic() - self.last
        if due(len(self.pending) + len(self.pending_failed), self.kept, waited):
            self.flush()
        self.tell("run")

    def flush(self) -> None:
        """Write what has come, runs first; it counts as kept only once it is on disk."""
        rows = tuple(self.pending)
        if rows:
            self.store.write_series(rows)
            self.store.write("runs", rows)
            for row in rows:
                self.rounds.note(row["point"] * self.rounds.most + row["replicate"], row["arm"])
            del self.pending[: len(rows)]  # only now: written twice, the same rows are the same file
            self.kept += len(rows)
        failed = tuple(self.pending_failed)
        if failed:
            self.store.write("failed", failed)
            del self.pending_failed[: len(failed)]
        self.last = time.monotonic()

    def tell(self, stage: Stage) -> None:
        """Tell who watches how far it is."""
        done = self.kept + len(self.pending)
        self.watch(Standing(stage, self.facts, done, self.kept, self.failed, self.rounds.total, self.before))
