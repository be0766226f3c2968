"""A pool of processes on this machine: results in the order asked, and no worker left behind however it ends."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")
AHEAD = 2
"""Tasks handed out for each worker beyond the one that is waited for."""


def in_order(function: Callable[[T], R], tasks: Sequence[T], jobs: int) -> Generator[R, None, None]:
    """Yield the result of each task, in this process or from a pool, in the order asked.

    On a pool a few tasks are ahead of what is asked for; workers are ended however this ends, so close the generator.

    Args:
        function: What a task is given to; it and the tasks can be pickled.
        tasks: The tasks.
        jobs: Processes; one is this process.
    """
    if jobs <= 1 or len(tasks) < 2:
        yield from map(function, tasks)
        return
    from joblib.externals.loky import ProcessPoolExecutor

    workers = min(jobs, len(tasks))
    pool = ProcessPoolExecutor(max_workers=workers, initializer=end_with, initargs=(os.getpid(),))
    ahead, whole = deque[Any](), False
    try:
        for task in tasks:
            with interrupts_held():
                ahead.append(pool.submit(function, task))
            if len(ahead) > AHEAD * workers:
                yield ahead.popleft().result()
        while ahead:
            yield ahead.popleft().result()
        whole = True
    finally:
        if not whole:
            _let_begin(ahead)
        pool.shutdown(wait=whole, kill_workers=not whole)


def _let_begin(tasks: Iterable[Any]) -> None:
    """Wait, shortly, until the pool has taken up what it was given: killed before, its own thread raises KeyError."""
    until = time.monotonic() + 1.0
    while time.monotonic() < until and any(not (t.running() or t.done()) for t in tasks):
        time.sleep(0.005)


def end_with(parent: int) -> None:
    """Let a worker end soon after its parent does, however that ends."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


HELD = ("SIGINT", "SIGHUP")


@contextmanager
def interrupts_held(names: Sequence[str] = HELD) -> Iterator[None]:
    """Hold Ctrl-C and hang-up back for a moment; workers begun meanwhile never see them, for only the parent speaks.

    Args:
        names: Of the signals that are held back.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    from multiprocessing import resource_tracker

    resource_tracker.ensure_running()  # begun later, by the pool, it would let go of what is held (before Python 3.14)
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [getattr(signal, name) for name in names])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def worker_killed() -> type[Exception]:
    """Return what is raised where a worker was killed from outside."""
    from concurrent.futures.process import BrokenProcessPool

    return BrokenProcessPool
