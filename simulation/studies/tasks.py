"""What an executor carries: a job that all tasks share, tasks, and what came of them."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass, replace
from typing import Any, Literal, Protocol

from simulation.agents.ensemble import ParameterSource

Row = dict[str, Any]
"""One row of the table of runs; numbers, texts and nothing else."""


@dataclass(frozen=True)
class Job:
    """What all tasks of a study share. It is sent to a worker with every batch and kept there by its digest.

    Attributes:
        digest: Identity of the job; workers keep what they build by it.
        scenario_json: The scenario before any point's changes, with the study's own.
        arms: Arms to run, in the order of their rows.
        parameters: "posterior", "default" or a table, which travels with the job.
        engine: "auto", "numpy" or "numba".
        series: Whether each run's weekly series is kept beside its outcomes.
    """

    digest: str
    scenario_json: str
    arms: tuple[str, ...]
    parameters: ParameterSource = "posterior"
    engine: Literal["auto", "numpy", "numba"] = "auto"
    series: bool = False


@dataclass(frozen=True)
class Task:
    """One point of the design in one simulated society: all arms, one row each.

    Attributes:
        number: Place in the order of the design, from 0: point * most replicates + replicate.
        point: Point of the design, from 0.
        replicate: Simulated society, from 0.
        changes: Dotted keys of the scenario and their values at this point.
        fixed: Parameters of the law and their values at this point.
        factors: Columns of the point: name of each factor and its value.
        arms: Arms to run; empty for all of the job's. Others of this society are done already, or not asked for.
        attempt: 1, or 2 where a worker died or ran out of memory in it before.
    """

    number: int
    point: int
    replicate: int
    changes: tuple[tuple[str, Any], ...] = ()
    fixed: tuple[tuple[str, float], ...] = ()
    factors: tuple[tuple[str, Any], ...] = ()
    arms: tuple[str, ...] = ()
    attempt: int = 1

    def again(self) -> Task:
        """Return the task for its second and last attempt."""
        return replace(self, attempt=2)


@dataclass(frozen=True)
class Finished:
    """What came of a task: its rows, or why there are none.

    Attributes:
        task: The task.
        rows: One row an arm; a run that raised is a row with status "failed". Empty where `died` says why.
        died: Empty, or what ended the worker in it: "worker died (signal 9), 2 tries", "timed out after 2 s",
            "out of memory, 2 tries".
    """

    task: Task
    rows: tuple[Row, ...]
    died: str = ""


Work = Callable[[Job, Task], list[Row]]
"""Carries out one task; a module-level function, so that it can be sent to a worker by its name. It never raises."""


class Executor(Protocol):
    """Carries out tasks somewhere and yields what came of each, in any order; closed, it ends its workers."""

    def __call__(self, work: Work, job: Job, tasks: Iterable[Task]) -> Generator[Finished, None, None]:
        """Take tasks as they are needed, a few ahead and never all, and yield each once."""
        ...
