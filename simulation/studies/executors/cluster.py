"""A cluster of Dask as a workplace."""

from __future__ import annotations

import pickle
import queue
import time
import uuid
from collections.abc import Generator, Iterable
from dataclasses import dataclass, field
from itertools import count
from types import TracebackType
from typing import Any, Self

from simulation.core.errors import InputError
from simulation.core.params import Text
from simulation.core.version import code_digest
from simulation.studies.executors.connect import Connection, Place, place_of
from simulation.studies.executors.deal import Batch, Dealer, Outcome, Pace
from simulation.studies.executors.processes import Notice, packed, silent
from simulation.studies.executors.serial import interrupts_told_apart
from simulation.studies.executors.there import Parcel, Reply, carry_there, code_there
from simulation.studies.tasks import Executor, Finished, Job, Task, Work

_LOOK = 0.25
"""Seconds between two looks at whether the scheduler still answers."""
_COUNT = 2.0
"""Seconds between two counts of the workers."""
_AHEAD = 2
"""Batches under way for each thread of a worker."""


def dask_executor(
    address: str,
    jobs: int = 1,
    *,
    batch: int | None = None,
    run_timeout: float | None = None,
    total: int | None = None,
    notice: Notice = silent,
) -> Executor:
    """Return the executor that carries tasks out on the workers of a Dask scheduler.

    Each worker of the cluster has processes of its own carry out the tasks, one for each of its threads, so that what
    holds for a pool holds here: a task that kills its process is tried once more, alone, when all else is done, and
    kills no worker of the cluster. A batch whose worker died is carried out again task by task.

    Args:
        address: `tcp://…` of a running scheduler, the path of its scheduler file, or "local" for a cluster of `jobs`
            workers on this machine.
        jobs: Workers of a local cluster.
        batch: Tasks handed out at once; None takes as many as last about a second.
        run_timeout: Seconds after which a task is ended and recorded.
        total: How many tasks there are, where that is known.
        notice: Told when there is no worker to wait for yet.

    Raises:
        InputError: The address is none, the extra is not installed, the scheduler cannot be reached, or a worker runs
            other code than this process.
        ClusterLost: The scheduler is gone while tasks are carried out.
    """
    place = place_of(address)

    def execute(work: Work, job: Job, tasks: Iterable[Task]) -> Generator[Finished, None, None]:
        cluster = Cluster(place, jobs, packed(work, job), run_timeout, notice)
        with interrupts_told_apart():
            yield from Dealer(cluster, Pace(batch, total)).deal(tasks)

    return execute


@dataclass
class Cluster:
    """The workers of a scheduler as a workplace."""

    place: Place
    jobs: int
    head: bytes
    run_timeout: float | None = None
    notice: Notice = silent
    _connection: Connection = field(init=False)
    _study: str = field(init=False, default_factory=str)
    _held: dict[int, tuple[Batch, Any]] = field(init=False, default_factory=dict)
    _landed: queue.SimpleQueue[int] = field(init=False, default_factory=queue.SimpleQueue)
    _threads: int = 0
    _counted: float = 0.0

    def __enter__(self) -> Self:
        """Connect, wait for a worker, and see that all workers run this code."""
        self._study, self._numbers = uuid.uuid4().hex[:12], count(1)
        self._connection = Connection(self.place, self.jobs)
        try:
            self._wait_for_workers()
            self._compare_code()
        except BaseException:
            self._connection.close(at_once=True)
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Let go of all that is under way; workers end its processes when they hear of it."""
        self._connection.close(at_once=kind is not None)

    def lanes(self) -> int:
        """Return the threads of all workers, counted every two seconds; 1 where there is none at the moment."""
        if time.monotonic() - self._counted > _COUNT:
            self._threads, self._counted = self._connection.threads(), time.monotonic()
        return max(1, self._threads)

    def room(self) -> bool:
        """Tell whether fewer batches are under way than twice the threads."""
        return len(self._held) < _AHEAD * self.lanes()

    def idle(self) -> bool:
        """Tell whether nothing is under way."""
        return not self._held

    def alone(self) -> None:
        """Do nothing: when it is called, nothing else is under way, and idle processes end by themselves."""

    def give(self, batch: Batch) -> None:
        """Send a batch."""
        number = next(self._numbers)
        ticket = next(k for k in count() if k not in self._held)
        parcel = Parcel(self._study, ticket, number, self.head, pickle.dumps(batch), self.run_timeout, code_digest())
        future = self._connection.submit(carry_there, pickle.dumps(parcel), f"kwamdee-{self._study}-{number}")
        self._held[ticket] = (batch, future)
        future.add_done_callback(_Teller(self._landed, ticket))

    def wait(self) -> Outcome:
        """Return the next outcome; raises where the scheduler is gone or a worker runs other code."""
        while True:
            try:
                ticket = self._landed.get(timeout=_LOOK)
            except queue.Empty:
                self._look_around()
                continue
            batch, future = self._held.pop(ticket)
            return self._outcome(batch, future)

    def _outcome(self, batch: Batch, future: Any) -> Outcome:
        if future.status == "finished":
            reply: Reply = future.result()
            if reply.code:
                raise _other_code({"": reply.code})
            if reply.outcome is not None:
                return reply.outcome
            return _lost(batch)
        self._connection.must_live()
        if future.status == "cancelled":
            return Outcome(left=(batch,))
        error = future.exception()
        if type(error).__name__ == "KilledWorker":
            return _lost(batch)
        raise _cannot_work(error)

    def _look_around(self) -> None:
        self._connection.must_live()
        if self.lanes() and not self._threads:
            self._say_waiting()

    def _wait_for_workers(self) -> None:
        while not self._connection.threads():
            self._say_waiting()
            time.sleep(_LOOK)
            self._connection.must_live()

    _said: bool = False

    def _say_waiting(self) -> None:
        if not self._said:
            self._said = True
            self.notice(
                Text(
                    en=f"The scheduler at {self.place.shown} has no worker yet; waiting for one.",
                    th=f"ตัวจัดงานที่ {self.place.shown} ยังไม่มีเครื่องทำงาน กำลังรอ",
                )
            )

    def _compare_code(self) -> None:
        answers = self._connection.ask_all(code_there)
        broken = {worker: error for worker, error in answers.items() if isinstance(error, BaseException)}
        if broken:
            raise _cannot_work(next(iter(broken.values())), next(iter(broken)))
        others = {worker: str(code) for worker, code in answers.items() if code != code_digest()}
        if others:
            raise _other_code(others)


@dataclass(frozen=True)
class _Teller:
    """Puts a ticket into a queue when its future is done; called in a thread of the client."""

    landed: queue.SimpleQueue[int]
    ticket: int

    def __call__(self, _future: Any) -> None:
        self.landed.put(self.ticket)


def _lost(batch: Batch) -> Outcome:
    """Carry out what a dead worker held task by task; one that was alone with it is tried again at the end."""
    if len(batch) == 1:
        return Outcome(blamed=batch[0], died="worker died")
    return Outcome(left=tuple((task,) for task in batch))


def _other_code(others: dict[str, str]) -> InputError:
    worker, code = next(iter(others.items()))
    name = f" {worker}" if worker else ""
    more = f" ({len(others)} workers in all)" if len(others) > 1 else ""
    more_th = f" (รวม {len(others)} เครื่อง)" if len(others) > 1 else ""
    mine = code_digest()[:12]
    return InputError(
        f"The cluster's worker{name} runs other code than this process: {code[:12]} there, {mine} here{more}. "
        "Install the same version of Kwamdee on both.",
        f"เครื่องทำงาน{name} ในคลัสเตอร์ใช้รหัสโปรแกรมคนละรุ่น: {code[:12]} ที่นั่น {mine} ที่นี่{more_th} ติดตั้ง Kwamdee รุ่นเดียวกันทั้งสองที่",
    )


def _cannot_work(error: BaseException | None, worker: str = "") -> InputError:
    name = f" {worker}" if worker else ""
    what = f"{type(error).__name__}: {error}".splitlines()[0]
    return InputError(
        f"The cluster's worker{name} cannot carry out the study ({what}). Its Python needs this version of Kwamdee.",
        f"เครื่องทำงาน{name} ในคลัสเตอร์จำลองการศึกษานี้ไม่ได้ ({what}) Python ของเครื่องนั้นต้องมี Kwamdee รุ่นนี้",
    )
