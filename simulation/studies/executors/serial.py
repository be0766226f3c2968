"""One task after the other, in this process."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from simulation.core.errors import ASKED, InputError, Interrupted, Outside
from simulation.studies.executors.carry import OUT_OF_MEMORY, answer, rows_of
from simulation.studies.executors.settle import settled
from simulation.studies.tasks import Executor, Finished, Job, Task, Work

_AGAIN = 1.0
"""Seconds after which a task that swallowed the end of its time is told again."""


def serial(run_timeout: float | None = None) -> Executor:
    """Return the executor that carries tasks out here, one after the other.

    What a task prints is not shown, as from a worker. A task that ran out of memory is tried once more, at once, for
    nothing else runs here. A task that kills its process kills this one.

    Args:
        run_timeout: Seconds after which a task is ended and recorded; it needs the main thread and a system with
            SIGALRM, and cannot end compiled code that never returns to Python.

    Raises:
        InputError: At the first task, where a time limit is asked for and cannot be kept.
    """

    def execute(work: Work, job: Job, tasks: Iterable[Task]) -> Generator[Finished, None, None]:
        if run_timeout is not None and not _can_alarm():
            raise InputError(
                "A time limit for runs needs worker processes here. Use --jobs 2.",
                "การจำกัดเวลาของการจำลองแต่ละครั้งต้องใช้กระบวนการย่อย ใช้ --jobs 2",
            )
        with interrupts_told_apart():
            for task in tasks:
                yield _one(work, job, task, run_timeout)

    return execute


def _one(work: Work, job: Job, task: Task, run_timeout: float | None) -> Finished:
    found = _tried(work, job, task, run_timeout)
    if found.died != OUT_OF_MEMORY or task.attempt > 1:
        return settled(found)
    return settled(_tried(work, job, task.again(), run_timeout))


def _tried(work: Work, job: Job, task: Task, run_timeout: float | None) -> Finished:
    try:
        with _hushed(), _time_limit(run_timeout):
            found = answer(work, job, task)
        if ASKED:  # a library took the interruption for a failure of its own, and so the task's
            raise ASKED[0]
    except Overdue:
        return Finished(task, (), f"timed out after {run_timeout:g} s")
    return Finished(task, *rows_of(found))


class Overdue(Outside):
    """The time of a task is over."""


@contextmanager
def _time_limit(seconds: float | None) -> Iterator[None]:
    """Raise Overdue in the main thread when the time is over, and again where a task swallowed it."""
    if seconds is None:
        yield
        return
    inside = [True]

    def over(_signal: int, _frame: Any) -> None:
        if inside[0]:
            raise Overdue

    before = signal.signal(signal.SIGALRM, over)
    signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
    try:
        yield
    finally:
        inside[0] = False
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _can_alarm() -> bool:
    return hasattr(signal, "setitimer") and _in_main_thread()


def _in_main_thread() -> bool:
    return threading.current_thread() is threading.main_thread()


@contextmanager
def interrupts_told_apart() -> Iterator[None]:
    """Let Ctrl-C raise Interrupted, so that a task's own KeyboardInterrupt is known for what it is.

    The command's handler does so anyway; this is for Python's own handler, in a script or a notebook.
    """
    if not _in_main_thread() or signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield
        return

    def interrupted(_signal: int, _frame: Any) -> None:
        raise Interrupted

    signal.signal(signal.SIGINT, interrupted)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@contextmanager
def _hushed() -> Iterator[None]:
    """Drop what this thread prints; other threads, a progress bar's, print on."""
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = (_Hushed(stream) for stream in before)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before


class _Hushed:
    """A stream that is deaf to the thread that made it."""

    def __init__(self, stream: Any) -> None:
        self._stream, self._thread = stream, threading.get_ident()

    def write(self, text: str) -> int:
        if threading.get_ident() != self._thread:
            self._stream.write(text)
        return len(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)
