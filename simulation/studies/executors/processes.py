"""A pool of worker processes on this machine: one loky executor a worker, so that no death touches another."""

from __future__ import annotations

import queue
import time
from collections.abc import Callable, Generator, Iterable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from itertools import count
from types import TracebackType
from typing import Self

from simulation.core.params import Text
from simulation.studies.executors.deal import Batch, Dealer, Outcome, Pace
from simulation.studies.executors.notes import Notes
from simulation.studies.executors.serial import interrupts_told_apart, serial
from simulation.studies.executors.slots import AHEAD, CannotBegin, Slot, WorkerDead
from simulation.studies.tasks import Executor, Finished, Job, Task, Work

Notice = Callable[[Text], None]
_LOOK = 0.2
"""Seconds between two looks at tasks that may run too long."""


def silent(_text: Text) -> None:
    """Say nothing."""


def processes(
    jobs: int,
    batch: int | None = None,
    run_timeout: float | None = None,
    total: int | None = None,
    notice: Notice = silent,
) -> Executor:
    """Return the executor that carries tasks out in worker processes.

    A task whose worker dies is tried once more, alone, when all else is done, and then recorded; other tasks of its
    batch are carried out again and not held to blame. Workers end with this process however it ends.

    Args:
        jobs: Worker processes.
        batch: Tasks handed out at once; None takes as many as last about a second.
        run_timeout: Seconds after which a task's worker is ended and the task recorded, without a second try.
        total: How many tasks there are, where that is known: the last batches are made smaller.
        notice: Told when fewer workers could be begun than were asked for.
    """

    def execute(work: Work, job: Job, tasks: Iterable[Task]) -> Generator[Finished, None, None]:
        try:
            pool = Pool(packed(work, job), jobs, run_timeout, notice)
        except OSError:
            notice(_NO_WORKERS)
            yield from serial(run_timeout)(work, job, tasks)
            return
        with interrupts_told_apart():
            left = yield from Dealer(pool, Pace(batch, total)).deal(tasks)
        yield from serial(run_timeout)(work, job, left)

    return execute


def packed(work: Work, job: Job) -> bytes:
    """Return work and job as a worker reads them; what stands in a notebook travels by its text."""
    from joblib.externals.loky.backend.reduction import dumps  # cloudpickle, wherever this joblib keeps it

    return bytes(dumps((work, job)))


class Pool:
    """Worker processes of this machine as a workplace."""

    def __init__(self, head: bytes, jobs: int, run_timeout: float | None = None, notice: Notice = silent) -> None:
        """Make places for `jobs` workers; each is begun with its first batch. Raises OSError."""
        self._notes, self._limit, self._notice = Notes(jobs), run_timeout, notice
        self._events = queue.SimpleQueue[tuple[Slot, int, int]]()
        self._ready = list[Outcome]()
        self._slots = [Slot(k, head, self._notes, self._landed) for k in range(jobs)]
        self._numbers, self._looked, self._told = count(1), 0.0, jobs

    def __enter__(self) -> Self:
        """Open the pool."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """End all workers."""
        for slot in self._slots:
            slot.kill()
        for slot in self._slots:
            slot.close()
        self._notes.close()

    def lanes(self) -> int:
        """Return how many workers there are or can be."""
        return sum(not slot.gone for slot in self._slots)

    def room(self) -> bool:
        """Tell whether a worker holds fewer batches than it may."""
        return any(not s.gone and len(s.held) < AHEAD for s in self._slots)

    def give(self, batch: Batch) -> None:
        """Give a batch to the worker that holds fewest; where none can be begun, it comes back."""
        slot = min((s for s in self._slots if not s.gone), key=_load)
        try:
            slot.give(next(self._numbers), batch)
            return
        except WorkerDead:
            self._settle(slot.death)
        except CannotBegin:
            slot.gone = True
        self._ready.append(Outcome(left=(batch,)))

    def idle(self) -> bool:
        """Tell whether nothing is under way."""
        return not self._ready and not any(slot.held for slot in self._slots)

    def wait(self) -> Outcome:
        """Return the next outcome."""
        while (found := self.poll()) is None:
            pass
        return found

    def poll(self) -> Outcome | None:
        """Return the next outcome, or None after a moment; a task that runs too long is ended meanwhile."""
        if not self._ready:
            self._end_late()
            with suppress(queue.Empty):
                slot, generation, number = self._events.get(timeout=_LOOK)
                if generation == slot.generation:
                    self._settle(partial(slot.outcome, number))
        self._tell_if_fewer()
        return self._ready.pop(0) if self._ready else None

    def alone(self) -> None:
        """End all workers, so that the task to come has the memory to itself."""
        for slot in self._slots:
            slot.close()

    def _settle(self, outcome: Callable[[], Outcome]) -> None:
        """Take an outcome; one of a task whose time was over says how long that was."""
        found = outcome()
        if found.final:
            found = replace(found, died=f"{found.died} after {self._limit:g} s")
        self._ready.append(found)

    def _landed(self, slot: Slot, generation: int, number: int) -> None:
        self._events.put((slot, generation, number))

    def _end_late(self) -> None:
        if self._limit is None or time.monotonic() - self._looked < _LOOK:
            return
        self._looked = time.monotonic()
        for slot in self._slots:
            slot.end_if_late(self._limit)

    def _tell_if_fewer(self) -> None:
        lanes = self.lanes()
        if lanes < self._told:
            self._told = lanes
            self._notice(_fewer(lanes) if lanes else _NO_WORKERS)


def _load(slot: Slot) -> int:
    return len(slot.held)


_NO_WORKERS = Text(
    en="No worker process could be begun; the runs are carried out in this process, one after the other.",
    th="เริ่มกระบวนการย่อยไม่ได้ จึงจำลองทีละครั้งในกระบวนการนี้",
)


def _fewer(lanes: int) -> Text:
    number = f"{lanes} worker process" + ("" if lanes == 1 else "es")
    return Text(
        en=f"The system allows no further worker process; the study goes on with {number}.",
        th=f"ระบบไม่อนุญาตให้เริ่มกระบวนการย่อยเพิ่ม การศึกษาดำเนินต่อด้วยกระบวนการย่อย {lanes} กระบวนการ",
    )
