"""One worker process and the batches it holds; when it dies, it is known in which task."""

from __future__ import annotations

import os
import pickle
import signal
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from simulation.studies.executors.carry import OUT_OF_MEMORY, Carried, begin, carry
from simulation.studies.executors.deal import Batch, Outcome
from simulation.studies.executors.memory import killed_for_memory
from simulation.studies.executors.notes import ABSENT, INSIDE, Note, Notes
from simulation.studies.pool import HELD
from simulation.studies.pool import interrupts_held as held_back
from simulation.studies.tasks import Task

AHEAD = 2
"""Batches that a worker holds: one that it carries out and one that waits."""
STARTS = 3
"""How often in a row a worker may end without having begun a task, before its place is given up."""
TOO_LONG = "timed out"
_ONE_THREAD = {
    name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")
}
_NO_WARNINGS = ("PYTHONWARNINGS", "ignore")


class CannotWork(RuntimeError):
    """A worker cannot read what it was given: a module is missing there, or a bug of ours."""


class CannotBegin(RuntimeError):
    """The system gives no further process, file or thread."""


class WorkerDead(RuntimeError):
    """The worker is found dead as it is given a batch."""


@dataclass
class Slot:
    """A place for one worker process: begun when the first batch comes, begun anew when it died.

    Attributes:
        number: Which slip of the notes is its worker's.
        head: The pickled work and job.
        landed: Called, from a thread of the pool, with the slot, the worker's generation and the batch's number.
    """

    number: int
    head: bytes
    notes: Notes
    landed: Callable[[Slot, int, int], None]
    gone: bool = False
    generation: int = 0
    failures: int = 0
    overdue: Note | None = None
    held: deque[tuple[int, Batch, Any]] = field(default_factory=deque)
    _executor: Any = None
    _process: Any = None
    _memory: int = 0

    def give(self, number: int, batch: Batch) -> None:
        """Hand a batch to the worker, begun if need be; raises CannotBegin or WorkerDead, and then holds it not."""
        tasks = pickle.dumps(batch, pickle.HIGHEST_PROTOCOL)
        with interrupts_held():
            if self._executor is None:
                self._open(number, batch, tasks)
                return
            try:
                self._submit(number, batch, tasks)
            except RuntimeError as error:  # a broken pool's
                raise WorkerDead from error

    def _submit(self, number: int, batch: Batch, tasks: bytes) -> None:
        future = self._executor.submit(carry, number, self.head, tasks)
        self.held.append((number, batch, future))
        future.add_done_callback(partial(_tell, self.landed, self, self.generation, number))

    def outcome(self, number: int) -> Outcome:
        """Return what came of the batch whose future is done; a dead worker's other batch comes back with it."""
        first, batch, future = self.held[0]
        error = future.exception()
        if error is None and first == number:
            self.held.popleft()
            self.failures = 0
            return _carried(future.result(), batch)
        if error is None or not _is_death(error):
            raise CannotWork(str(error))
        return self.death()

    def end_if_late(self, limit: float) -> None:
        """End the worker if its task has run longer than `limit` seconds."""
        note = self.notes.read(self.number)
        if self.held and not self.overdue and note.state == INSIDE and time.monotonic() - note.since > limit:
            self.overdue = note
            self.kill()

    def kill(self) -> None:
        """End the worker at once; the pool's own thread finds it dead and cleans up."""
        for process in _processes_of(self._executor):
            if process.pid and process.exitcode is None:
                with suppress(OSError):
                    os.kill(process.pid, getattr(signal, "SIGKILL", signal.SIGTERM))

    def close(self) -> None:
        """End the worker and let its pool go."""
        if self._executor is None:
            return
        self.kill()
        executor, self._executor, self._process = self._executor, None, None
        self.generation += 1
        self.held.clear()
        _close_quietly(executor._call_queue, "_reader")  # so that nobody waits for a dead worker to read on
        with suppress(RuntimeError):  # where the pool's own thread could not be begun
            executor.shutdown(wait=True, kill_workers=False)

    def _open(self, number: int, batch: Batch, tasks: bytes) -> None:
        """Begin a worker with its first batch."""
        from joblib.externals.loky import ProcessPoolExecutor

        self.notes.clear(self.number)
        self.overdue = None
        self._memory = killed_for_memory()
        try:
            with quiet_helpers():
                self._executor = ProcessPoolExecutor(
                    max_workers=1,
                    initializer=begin,
                    initargs=(os.getpid(), self.notes.address, self.number),
                    env=_ONE_THREAD,
                )
            self._executor._call_queue._start_thread()  # here, where it is noticed if there can be no more threads
            self._submit(number, batch, tasks)
        except Exception as error:  # OSError, RuntimeError of a thread, and loky's own slips on its way out of them
            self.close()
            raise CannotBegin from error
        self._process = next(iter(_processes_of(self._executor)), None)
        _close_quietly(self._executor._result_queue, "_writer")  # so that half a result of a dead worker ends in EOF

    def death(self) -> Outcome:
        """Say which task the worker died in, and of what; put the rest back."""
        note, how, overdue = self.notes.read(self.number), self._how(), self.overdue
        batches = [(number, batch) for number, batch, _ in self.held]
        self.close()
        left: list[Batch] = []
        blamed: Task | None = None
        for number, batch in batches:
            if note.state == ABSENT or number != note.batch:
                left.append(batch)
            elif note.state != INSIDE or (overdue and overdue != note):  # ended a moment too late: it was done
                left += [batch[: note.index], batch[note.index :]]
            else:
                left += [batch[: note.index], batch[note.index + 1 :]]
                blamed = batch[note.index]
        self.failures += blamed is None
        self.gone = self.failures >= STARTS
        return Outcome(blamed=blamed, died=how, final=overdue is not None, left=tuple(left))

    def _how(self) -> str:
        """Return how the worker ended: by a signal, for want of memory, or with an exit code."""
        until = time.monotonic() + 1.0
        while (code := self._process.exitcode) is None and time.monotonic() < until:
            time.sleep(0.005)
        if code is None:
            return "worker died"
        if self.overdue:
            return TOO_LONG
        if code == -9 and killed_for_memory() > self._memory:
            return OUT_OF_MEMORY
        return f"worker died (signal {-code})" if code < 0 else f"worker died (exit code {code})"


def _tell(landed: Callable[[Slot, int, int], None], slot: Slot, generation: int, number: int, _future: Any) -> None:
    landed(slot, generation, number)


def _processes_of(executor: Any) -> list[Any]:
    return [] if executor is None else list(executor._processes.values())


def _carried(found: Carried, batch: Batch) -> Outcome:
    if found.refused:
        raise CannotWork(found.refused)
    return Outcome(tuple(zip(batch, found.answers, strict=True)), found.seconds)


def _is_death(error: BaseException) -> bool:
    from concurrent.futures.process import BrokenProcessPool

    return isinstance(error, BrokenProcessPool)


def _close_quietly(queue: Any, end: str) -> None:
    """Close the end of a pool's pipe that this process never uses; loky keeps both open."""
    with suppress(OSError, AttributeError):
        getattr(queue, end).close()


@contextmanager
def quiet_helpers() -> Iterator[None]:
    """Let helper processes begun meanwhile, which see to semaphores, begin no threads and print no warnings.

    They import NumPy, whose threads may be more than are allowed; and they complain of what a killed process left,
    which they clean up.
    """
    added = {name: value for name, value in (*_ONE_THREAD.items(), _NO_WARNINGS) if name not in os.environ}
    os.environ.update(added)
    try:
        yield
    finally:
        for name in added:
            del os.environ[name]


def interrupts_held() -> AbstractContextManager[None]:
    """Hold what asks for an end back for a moment, for it would leave the pool half made. Workers never hear Ctrl-C."""
    return held_back((*HELD, "SIGTERM"))
