"""What runs in a worker: it ends with its parent, says nothing, notes the task it is in, and carries out batches."""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from simulation.core.errors import Outside
from simulation.studies.executors.notes import INSIDE, READY, Pen
from simulation.studies.tasks import Job, Row, Task, Work

OUT_OF_MEMORY = "out of memory"
_WATCHED = 0.25
"""Seconds between two looks at whether the parent is still there, where the system does not tell."""
_PEN: list[Pen] = []
"""The pen of this worker; empty where nobody reads notes."""


@dataclass(frozen=True)
class Answer:
    """What came of one task in a worker: its rows, pickled; or why there are none."""

    rows: bytes = b""
    died: str = ""


@dataclass(frozen=True)
class Carried:
    """What came of a batch: an answer a task, and the seconds it took; or why it could not even begin."""

    answers: tuple[Answer, ...] = ()
    seconds: float = 0.0
    refused: str = ""


def begin(parent: int, address: str, worker: int) -> None:
    """Make this process a worker: it ends with its parent, hears no Ctrl-C, and prints nowhere."""
    _hush()
    _end_with(parent)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent speaks for all
    if hasattr(signal, "pthread_sigmask"):  # held back while this process was begun
        signal.pthread_sigmask(signal.SIG_UNBLOCK, (signal.SIGTERM,))
    _stay()
    _PEN[:] = [Pen(address, worker)]
    _PEN[0].note(READY)


def carry(number: int, head: bytes, batch: bytes) -> Carried:
    """Carry out a batch: `head` is the pickled work and job, `batch` its tasks."""
    began = time.monotonic()
    try:
        work, job = pickle.loads(head)
        tasks: Sequence[Task] = pickle.loads(batch)
    except Exception as error:  # a module that this worker cannot import: the parent says so
        return Carried(refused=f"{type(error).__name__}: {error}")
    answers = []
    for index, task in enumerate(tasks):
        if _PEN:
            _PEN[0].note(INSIDE, number, index)
        answers.append(answer(work, job, task))
    if _PEN:
        _PEN[0].note(READY, number, len(tasks))
    return Carried(tuple(answers), time.monotonic() - began)


def answer(work: Work, job: Job, task: Task) -> Answer:
    """Carry out one task; what it raises, against its promise, or what cannot be sent, is an answer too."""
    try:
        rows = work(job, task)
        found = Answer(pickle.dumps(rows, pickle.HIGHEST_PROTOCOL))
    except Outside:
        raise
    except MemoryError:
        found = Answer(died=OUT_OF_MEMORY)
    except BaseException as error:
        found = Answer(died=": ".join(filter(None, (type(error).__name__, _said(error)))))
    if found.died == OUT_OF_MEMORY or b"MemoryError" in found.rows:
        gc.collect()
    return found


def rows_of(found: Answer) -> tuple[tuple[Row, ...], str]:
    """Return the rows of an answer and why there are none; "out of memory" where every failure is for want of it."""
    if found.died:
        return (), found.died
    try:
        rows = tuple(pickle.loads(found.rows))
    except Exception as error:
        return (), f"its rows cannot be read back ({type(error).__name__})"
    failed = {row.get("error") for row in rows if row.get("status") == "failed"}
    return rows, OUT_OF_MEMORY if "MemoryError" in failed else ""


def _said(error: BaseException) -> str:
    try:
        return str(error)
    except Exception:  # an exception that cannot even say what it is
        return ""


def _end_with(parent: int) -> None:
    """Let this process end with its parent, however that ends: Linux sees to it at once, elsewhere a thread looks."""
    if sys.platform == "linux":
        import ctypes

        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
    if os.getppid() != parent:
        os._exit(1)

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(_WATCHED)
        os._exit(1)

    try:
        threading.Thread(target=watch, daemon=True).start()
    except RuntimeError:  # no further thread is allowed
        if sys.platform != "linux":
            raise


def _hush() -> None:
    """Send all that is printed nowhere, C libraries' and the interpreter's last words included."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
    os.close(nowhere)


def _stay() -> None:
    """Keep loky from replacing a worker that grew by 300 MB: a world kept for the next task is no leak."""
    from joblib.externals.loky import process_executor

    if hasattr(process_executor, "_MAX_MEMORY_LEAK_SIZE"):
        process_executor._MAX_MEMORY_LEAK_SIZE = float("inf")
