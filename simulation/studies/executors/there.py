"""What a worker of a Dask cluster does with a batch: it has a process of its own carry it out.

So a task that kills its process kills no worker of the cluster, a task that runs too long can be ended, and the task
in which a process died is known, all as in a pool on one machine. A worker of the cluster that dies takes its process
along.
"""

from __future__ import annotations

import multiprocessing.process
import pickle
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from simulation.core.version import code_digest
from simulation.studies.executors.deal import Batch, Outcome
from simulation.studies.executors.processes import Pool
from simulation.studies.executors.slots import CannotBegin

IDLE = 1.5
"""Seconds after which a process that has nothing to do is ended: its driver may be dead."""


@dataclass(frozen=True)
class Parcel:
    """A batch on its way to a cluster.

    Attributes:
        study: Names the sweep among all that use the cluster.
        ticket: Place among the batches under way, used again when the batch is done.
        number: Number of the batch.
        head: The pickled work and job.
        tasks: The pickled tasks.
        run_timeout: Seconds after which a task is ended.
        code: Digest of the code that the driver runs.
    """

    study: str
    ticket: int
    number: int
    head: bytes
    tasks: bytes
    run_timeout: float | None
    code: str


@dataclass(frozen=True)
class Reply:
    """What came of a parcel: an outcome; or why it was not opened.

    Attributes:
        outcome: None where the batch was not carried out.
        code: Digest of the worker's code, where that is not the driver's.
        begun_before: Whether another worker began this batch and died.
    """

    outcome: Outcome | None = None
    code: str = ""
    begun_before: bool = False


def carry_there(parcel: bytes) -> Reply:
    """Carry out a batch, unless this worker runs other code or another worker died of it."""
    from distributed import get_worker

    found: Parcel = pickle.loads(parcel)
    if found.code != code_digest():
        return Reply(code=code_digest())
    worker = get_worker()
    if _begun_before(worker, found):
        return Reply(begun_before=True)
    return Reply(_carried(found, _Watch(worker)))


def code_there() -> str:
    """Return the digest of the code that this worker runs."""
    return code_digest()


def _begun_before(worker: Any, parcel: Parcel) -> bool:
    """Tell whether a worker that is no more began the batch; the scheduler is told that it begins now."""
    from distributed.utils import sync

    keys = [f"kwamdee-{parcel.study}", str(parcel.ticket)]
    if sync(worker.loop, worker.scheduler.get_metadata, keys=keys, default=None) == parcel.number:
        return True
    sync(worker.loop, worker.scheduler.set_metadata, keys=keys, value=parcel.number)
    return False


class _Watch:
    """Tells whether anybody still waits for the batch that this thread carries out."""

    def __init__(self, worker: Any) -> None:
        self._tasks, self._key = worker.state.tasks, worker.get_current_task()

    def abandoned(self) -> bool:
        task = self._tasks.get(self._key)
        return task is None or task.state == "cancelled"


def _carried(parcel: Parcel, watch: _Watch) -> Outcome | None:
    batch: Batch = pickle.loads(parcel.tasks)
    pool = _POOLS.take(parcel)
    with _may_have_children():
        pool.give(batch)
    while (found := pool.poll()) is None:
        if watch.abandoned():
            break
    if found is not None and pool.lanes():
        _POOLS.put_back(parcel, pool)
        return found
    pool.__exit__(None, None, None)
    if found is not None and not found.done and found.blamed is None:
        raise CannotBegin("no process can be begun there")
    return found


@dataclass(frozen=True, eq=False)
class _Free:
    """A pool of one that waits for a next batch."""

    head: bytes
    run_timeout: float | None
    pool: Pool


@dataclass
class _Pools:
    """Processes that wait for a next batch of their study, and are ended when none comes."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    free: list[_Free] = field(default_factory=list)

    def take(self, parcel: Parcel) -> Pool:
        """Return a pool of one for this study."""
        with self.lock:
            for entry in self.free:
                if entry.head == parcel.head and entry.run_timeout == parcel.run_timeout:
                    self.free.remove(entry)
                    return entry.pool
        return Pool(parcel.head, 1, parcel.run_timeout)

    def put_back(self, parcel: Parcel, pool: Pool) -> None:
        """Keep a pool for the next batch; if none comes it is ended."""
        entry = _Free(parcel.head, parcel.run_timeout, pool)
        with self.lock:
            self.free.append(entry)
        timer = threading.Timer(IDLE, self._end, (entry,))
        timer.daemon = True
        timer.start()

    def _end(self, entry: _Free) -> None:
        with self.lock:
            if entry not in self.free:
                return
            self.free.remove(entry)
        entry.pool.__exit__(None, None, None)


_POOLS = _Pools()


@contextmanager
def _may_have_children() -> Iterator[None]:
    """Let this process have children: a worker under a nanny is marked as one that has none, lest they outlive it.

    These do not: each ends with its parent, whatever ends that.
    """
    config = multiprocessing.process.current_process()._config  # type: ignore[attr-defined] # it has no public face
    before = config.pop("daemon", None)
    try:
        yield
    finally:
        if before is not None:
            config["daemon"] = before
