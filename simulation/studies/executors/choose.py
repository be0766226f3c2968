"""Which executor carries out a study: this process, a pool of workers, or a cluster."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Generator, Iterable
from dataclasses import dataclass, field
from itertools import chain
from statistics import median

from simulation.studies.executors.processes import Notice, processes, silent
from simulation.studies.executors.serial import serial
from simulation.studies.tasks import Executor, Finished, Job, Task, Work

WORKER_STARTS = 1.0
"""Seconds until a worker process has begun, has imported what a run needs and carries out its first task."""
_REMEMBERED = 5
"""The last tasks whose time is remembered."""


def executor_for(
    jobs: int = 1,
    cluster: str | None = None,
    *,
    batch: int | None = None,
    run_timeout: float | None = None,
    total: int | None = None,
    notice: Notice = silent,
    measure: bool = True,
) -> Executor:
    """Return the executor for a study.

    Args:
        jobs: Worker processes on this machine; 1 is this process alone.
        cluster: `tcp://…` of a running Dask scheduler, the path of its scheduler file, or "local".
        batch: Tasks handed out at once; None takes as many as last about a second.
        run_timeout: Seconds after which a task is ended and recorded.
        total: How many tasks there are, where that is known.
        notice: Told what the user should know: fewer workers than asked for, waiting for a cluster.
        measure: With several jobs, begin in this process and take the pool only once that is measured to be faster;
            False takes the pool from the first task on, so that no task, whatever it does, can end this process.

    Raises:
        InputError: Where a cluster is named that cannot be used, or its extra is not installed.
    """
    if cluster is not None:
        from simulation.studies.executors.cluster import dask_executor

        return dask_executor(cluster, jobs, batch=batch, run_timeout=run_timeout, total=total, notice=notice)
    if jobs <= 1:
        return serial(run_timeout)
    if measure and total is not None:
        return _measured(jobs, batch, run_timeout, total, notice)
    return processes(jobs, batch, run_timeout, total, notice)


def _measured(jobs: int, batch: int | None, run_timeout: float | None, total: int, notice: Notice) -> Executor:
    """Return the executor that begins in this process and goes over to a pool once that is faster."""

    def execute(work: Work, job: Job, tasks: Iterable[Task]) -> Generator[Finished, None, None]:
        source, probe, here = iter(tasks), Probe(jobs, total), serial(run_timeout)
        for task in source:
            if probe.pool_is_faster():
                pool = processes(jobs, batch, run_timeout, probe.left, notice)
                yield from pool(work, job, chain([task], source))
                return
            began = time.perf_counter()
            found = list(here(work, job, [task]))
            probe.learn(time.perf_counter() - began)
            yield from found

    return execute


def _last_few() -> deque[float]:
    return deque(maxlen=_REMEMBERED)


@dataclass
class Probe:
    """What the tasks carried out here took, and whether a pool would be done sooner with the rest.

    The first task is not counted: it pays for imports and compilation, which every worker pays too.
    """

    jobs: int
    left: int
    first: bool = True
    seconds: deque[float] = field(default_factory=_last_few)

    def learn(self, seconds: float) -> None:
        """Note what a task took."""
        self.left -= 1
        if self.first:
            self.first = False
            return
        self.seconds.append(seconds)

    def pool_is_faster(self) -> bool:
        """Tell whether starting workers pays."""
        if not self.seconds:
            return False
        rest = self.left * median(self.seconds)
        return WORKER_STARTS + rest / self.jobs < rest
