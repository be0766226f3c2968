"""What a worker does with one task: the point's scenario, one society, every arm in it, one row an arm.

What a point is built of is kept in the worker, by its job: each point is visited once for every simulated society.
"""

from __future__ import annotations

import hashlib
import json
import math
import os
import platform
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from simulation.core.errors import Outside
from simulation.core.kept import Kept, one
from simulation.engine.prepare import parts_kept, prepare
from simulation.engine.record import series_rows
from simulation.engine.run import run, start
from simulation.engine.state import Prepared, State
from simulation.engine.sums import money_and_people, take_up_gap_income, weekly_totals
from simulation.results.run_outcomes import Window, outcomes_of
from simulation.results.study_columns import OUTCOMES
from simulation.scenario.model import Scenario
from simulation.studies.rows import FAILED, OK, columns, failure
from simulation.studies.run_many import RunSpec
from simulation.studies.tasks import Job, Row, Task

SERIES = "series"
"""Key of a row under which its weekly series stands, as columns, where the job keeps it; no column of the table."""
MOST_BYTES = 256 * 2**20
"""Of parts of societies that a worker keeps."""
_SOCIETIES = parts_kept(MOST_BYTES)
_BASES, _POINTS = Kept(2, one), Kept(8, one)
_NO_WEEKS = Window(0, 0)
_NONE = BaseException()


def run_task(job: Job, task: Task) -> list[Row]:
    """Carry out a task: prepare its society once, run every arm of the job in it, and return one row an arm.

    Nothing that a run raises leaves this function: it is a row with status "failed", the error's type and message. Only
    what comes from outside passes, such as Ctrl-C. An arm without schemes is never run and has no row.
    """
    return list(_rows(job, task))


def _rows(job: Job, task: Task) -> Iterator[Row]:
    began, started = time.perf_counter(), time.time()
    point, prepared, broken = _ready(job, task)
    for arm in _arms(job, task, point):
        row = _run(job, arm, point, prepared) if point and prepared else failure(broken)
        who = _identity(job, task, arm, point)
        if row["status"] == FAILED:
            row["command"] = f"kwamdee rerun {who['run_id']}"
        if SERIES in row:
            row[SERIES]["run_id"][:] = who["run_id"]
        yield _in_order({**who, **row, **_circumstances(began, started, task.attempt)}, task)
        began, started = time.perf_counter(), time.time()


def _arms(job: Job, task: Task, point: Point | None) -> list[str]:
    """Return the arms to run, in the order of the job: those with schemes, of which the task asks for all or some."""
    asked = [arm for arm in job.arms if not task.arms or arm in task.arms]
    if point is None:
        said = json.loads(job.scenario_json)["arms"]
        return [arm for arm in asked if arm not in said or said[arm]["schemes"]]
    return [arm for arm in asked if point.windows.get(arm, _NO_WEEKS) is not None]


def died_rows(job: Job, task: Task, died: str) -> list[Row]:
    """Return the rows of a task that ended its worker, or took too long: failed, `died` their message."""
    try:
        point = point_of(job, task)
    except Exception:  # its scenario cannot be: it is named by what was asked for
        point = None
    kind = next((error for start, error in _ERRORS.items() if died.startswith(start)), "WorkerDied")
    rows = []
    for arm in _arms(job, task, point):
        who = _identity(job, task, arm, point)
        why = {**failure(_NONE), "error": kind, "message": died, "command": f"kwamdee rerun {who['run_id']}"}
        now = time.time()
        rows.append(_in_order({**who, **why, **_circumstances(time.perf_counter(), now, task.attempt)}, task))
    return rows


_ERRORS = {"timed out": "TimedOut", "out of memory": "MemoryError"}


def _ready(job: Job, task: Task) -> tuple[Point | None, Prepared | None, BaseException]:
    """Return the point and its society, None for what cannot be, and what was raised then."""
    point = None
    try:
        point = point_of(job, task)
        return point, society_of(job, task, point), _NONE
    except Outside:
        raise
    except BaseException as error:
        return point, None, error


@dataclass(frozen=True, eq=False)
class Point:
    """A point of the design as the engine takes it: scenario, its identity, and the weeks of offer of each arm.

    `windows` holds None for an arm without schemes.
    """

    scenario: Scenario
    text: str
    digest: str
    windows: dict[str, Window | None]


def point_of(job: Job, task: Task) -> Point:
    """Return the scenario of a task's point; raises ScenarioError where its changes cannot be."""
    key = (job.scenario_json, repr(task.changes))
    return _POINTS.get(key, partial(_new_point, job.scenario_json, task.changes))


def _new_point(text: str, changes: Sequence[tuple[str, Any]]) -> Point:
    base = _BASES.get(text, partial(Scenario.from_json, text))
    scenario = base.with_(dict(changes)) if changes else base
    windows = {
        name: Window.over([block for s in arm.schemes.values() for block in s.schedule.blocks]) if arm.schemes else None
        for name, arm in scenario.arms.items()
    }
    return Point(scenario, scenario.to_json(), scenario.digest, windows)


def society_of(job: Job, task: Task, point: Point) -> Prepared:
    """Prepare the society of a task, of parts that were built for other tasks where they are the same."""
    return prepare(point.scenario, task.replicate, 0, job.parameters, task.fixed, _SOCIETIES)


def forget() -> None:
    """Drop all that is kept between tasks."""
    for kept in (_SOCIETIES, _BASES, _POINTS):
        kept.clear()


def _run(job: Job, arm: str, point: Point, prepared: Prepared) -> dict[str, Any]:
    """Run one arm and return its outcomes, or why there are none."""
    try:
        state = run(start(prepared, arm, job.engine, totals=not job.series))
        row = {"status": OK, "error": "", "message": "", "command": "", **_numbers(outcomes(state, point))}
        row["engine"] = state.backend.NAME
        return {**row, SERIES: series_rows(state, "")} if job.series else row
    except Outside:
        raise
    except BaseException as error:
        return failure(error)


def outcomes(state: State, point: Point) -> dict[str, float]:
    """Return the outcomes of a finished run, those of OUTCOMES, straight from its counts."""
    sums, window = money_and_people(state), point.windows[state.arm]
    overall, never = weekly_totals(state.records)
    found = outcomes_of(sums, overall, never, window or _NO_WEEKS, state.records.weeks)
    extra, closed = found["extra_acts"], sums["budget_closed_week"]
    found["cost_per_act_baht"] = found["cost_baht"] / extra if extra > 0 else float("nan")
    found["take_up_gap_income"] = take_up_gap_income(state)
    found["budget_closed_week"] = float(closed) if closed >= 0 else float("nan")
    return {name: found[name] for name in OUTCOMES}


def _numbers(found: dict[str, Any]) -> dict[str, float]:
    """Return the outcomes; raises ValueError for one that is lacking, infinite or no number, so that its run failed."""
    for name in OUTCOMES:
        value = found.get(name)
        if not isinstance(value, float) or math.isinf(value):
            raise ValueError(f"the outcome {name} is {value!r}; it shall be a finite number, or NaN where not defined")
    return found


def _identity(job: Job, task: Task, arm: str, point: Point | None) -> dict[str, Any]:
    if point is None:  # its scenario cannot be: what was asked for names it
        text = json.dumps([job.scenario_json, task.changes], default=str)
        digest, seed = hashlib.sha256(text.encode()).hexdigest(), int(json.loads(job.scenario_json)["run"]["seed"])
    else:
        text, digest, seed = point.text, point.digest, point.scenario.run.seed
    spec = RunSpec(text, digest, arm, task.replicate, 0, job.parameters, job.engine, task.fixed)
    return {
        "run_id": spec.run_id,
        "point": task.point,
        "arm": arm,
        "replicate": task.replicate,
        "scenario": digest[:12],
        "seed": seed,
    }


def _circumstances(began: float, started: float, attempt: int) -> dict[str, Any]:
    return {
        "seconds": time.perf_counter() - began,
        "started": started,
        "host": platform.node(),
        "pid": os.getpid(),
        "attempt": attempt,
    }


def _in_order(row: dict[str, Any], task: Task) -> Row:
    whole = {**row, **dict(task.factors)}
    kept = (SERIES,) if SERIES in row else ()
    return {name: whole[name] for name in (*columns(dict(task.factors)), *kept)}
