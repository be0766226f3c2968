"""Dealing out tasks in batches: what a workplace does, what is tried again, and when a task is given up.

A workplace MUST give back one outcome for each batch that it was given, whatever befell the worker. It MAY run out of
workers; then it has no lanes left, and what is not done is handed back to whoever deals.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from types import TracebackType
from typing import Protocol, Self

from simulation.studies.executors.carry import OUT_OF_MEMORY, Answer, rows_of
from simulation.studies.executors.settle import settled
from simulation.studies.tasks import Finished, Task

Batch = tuple[Task, ...]


@dataclass(frozen=True)
class Outcome:
    """What came of a batch.

    Attributes:
        done: Tasks and their answers.
        seconds: Time they took in the worker.
        blamed: The task in which the worker ended, if one did.
        died: What ended it.
        final: Whether that task is given up at once: its time was over.
        left: Tasks still to be done, in groups that belong together: those finished but lost with their worker, and
            those never begun. They are not to blame.
    """

    done: tuple[tuple[Task, Answer], ...] = ()
    seconds: float = 0.0
    blamed: Task | None = None
    died: str = ""
    final: bool = False
    left: tuple[Batch, ...] = ()


class Workplace(Protocol):
    """Where batches are carried out."""

    def __enter__(self) -> Self:
        """Open the place."""

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """End all workers, however busy."""

    def lanes(self) -> int:
        """Return how many batches can be carried out at once; 0 where no worker can be had any more."""

    def room(self) -> bool:
        """Tell whether a further batch can be given: a few are held ready for each worker, never all."""

    def give(self, batch: Batch) -> None:
        """Take a batch."""

    def idle(self) -> bool:
        """Tell whether every batch given has come back."""

    def wait(self) -> Outcome:
        """Return the next outcome, in any order."""

    def alone(self) -> None:
        """Make room for one task alone: called when all else is done, before each task that is tried again."""


class Pace:
    """How many tasks make a batch: one at first, then as many as take about a second, unless the number is given."""

    TARGET = 1.0
    """Seconds that a batch shall take."""
    GROWTH = 4
    """How many times larger than the one before a batch may be."""
    MOST = 2000

    def __init__(self, batch: int | None = None, total: int | None = None) -> None:
        """Take a fixed size, or None; and how many tasks there are, where that is known."""
        self._fixed, self._left = batch, total
        self._size, self._each = 1, 0.0

    def size(self, lanes: int) -> int:
        """Return the size of the next batch; towards the end they get smaller, so that all workers end together."""
        if self._fixed is not None:
            return self._fixed
        size = min(self._size, self.MOST)
        if self._left is not None:
            size = min(size, max(1, self._left // (2 * max(1, lanes))))
        return size

    def given(self, tasks: int) -> None:
        """Count tasks that were handed out for the first time."""
        if self._left is not None:
            self._left -= tasks

    def learn(self, tasks: int, seconds: float) -> None:
        """Learn from a batch how long a task takes."""
        if not tasks:
            return
        each = seconds / tasks
        self._each = each if tasks >= 4 or not self._each else min(each, (self._each + each) / 2)
        wished = int(self.TARGET / max(self._each, 1e-6)) or 1
        self._size = max(1, min(wished, self.GROWTH * max(self._size, tasks)))


@dataclass
class Dealer:
    """Deals tasks to a workplace; one that ended its worker is tried once more at the end, when nothing else runs."""

    place: Workplace
    pace: Pace

    def deal(self, tasks: Iterable[Task]) -> Generator[Finished, None, Iterator[Task]]:
        """Yield what came of each task; return those that no worker could be had for."""
        source, again = iter(tasks), deque[Batch]()
        suspects = list[Finished]()
        with self.place:
            while self._fill(source, again):
                outcome = self.place.wait()
                again.extend(batch for batch in outcome.left if batch)
                yield from self._sorted_out(outcome, suspects)
            for suspect in suspects:
                yield from self._once_more(suspect)
            return chain(chain.from_iterable(again), source)

    def _fill(self, source: Iterator[Task], again: deque[Batch]) -> bool:
        """Give out batches while there is room; tell whether there is anything to wait for."""
        while self.place.lanes() and self.place.room():
            batch = again.popleft() if again else self._fresh(source)
            if not batch:
                break
            self.place.give(batch)
        return not self.place.idle()

    def _fresh(self, source: Iterator[Task]) -> Batch:
        batch = tuple(islice(source, self.pace.size(self.place.lanes())))
        self.pace.given(len(batch))
        return batch

    def _sorted_out(self, outcome: Outcome, suspects: list[Finished]) -> Iterator[Finished]:
        """Yield what is finished for good; put aside what is tried once more."""
        self.pace.learn(len(outcome.done), outcome.seconds)
        for task, answer in outcome.done:
            found = Finished(task, *rows_of(answer))
            if found.died == OUT_OF_MEMORY:
                suspects.append(found)
            else:
                yield found
        if outcome.blamed is not None:
            found = Finished(outcome.blamed, (), outcome.died)
            if outcome.final:
                yield found
            else:
                suspects.append(found)

    def _once_more(self, suspect: Finished) -> Iterator[Finished]:
        """Try a task for the second and last time, alone."""
        task = suspect.task.again()
        while self.place.lanes():
            self.place.alone()
            self.place.give((task,))
            outcome = self.place.wait()
            for _, answer in outcome.done:
                yield settled(Finished(task, *rows_of(answer)))
                return
            if outcome.blamed is not None:
                yield settled(Finished(task, (), outcome.died), dead=not outcome.final)
                return
        yield settled(suspect, dead=True)  # no worker can be had for its second try
