"""The only thing that runs models: frozen specs in, tidy rows out; a failed run is a row, not a dead study."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import time
from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import Any

import numpy as np

from simulation.agents.ensemble import ParameterSource, identity_of
from simulation.core.version import code_digest
from simulation.engine.areas import area_counts, area_rows
from simulation.engine.ledger_rows import ledgers_json
from simulation.engine.measured import DEVICES, MEASURED, measured
from simulation.engine.prepare import prepare
from simulation.engine.record import CELLS, groups, series_rows
from simulation.engine.run import EngineName, run, start
from simulation.engine.side_records import SIDES
from simulation.engine.state import Prepared, State
from simulation.engine.sums import SATANG, may_and_reached, money_and_people
from simulation.scenario.model import Scenario
from simulation.studies.estimate import second_lucks
from simulation.studies.pool import end_with, in_order, interrupts_held, worker_killed

ATTEMPTS = 2
"""How often a pool is opened before what is left is run one by one."""


@dataclass(frozen=True)
class RunSpec:
    """One run: which scenario, arm, replicate and luck. Its identity includes the code's version."""

    scenario_json: str
    digest: str
    arm: str
    replicate: int
    luck: int
    parameters: ParameterSource
    engine: EngineName
    fixed: tuple[tuple[str, float], ...] = ()

    @property
    def run_id(self) -> str:
        """Return the identity of the run; the engine is no part of it, for it changes no bit."""
        source = identity_of(self.parameters)
        parts: list[Any] = [self.digest, self.arm, self.replicate, self.luck, source, code_digest()]
        parts += [self.fixed] if self.fixed else []
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Society:
    """All arms of one replicate and luck: the unit of work, for they share one prepared society."""

    specs: tuple[RunSpec, ...]
    replicate: int
    luck: int

    @property
    def name(self) -> str:
        """Return the society's name in files: replicate and luck."""
        return f"{self.replicate:05d}-{self.luck}"


@dataclass(frozen=True)
class SocietyResult:
    """Rows of runs, series, take-up, parameters and areas, as columns."""

    runs: list[dict[str, Any]]
    series: list[dict[str, Any]]
    takeup: list[dict[str, Any]]
    parameters: dict[str, Any]
    units: list[dict[str, Any]] = field(default_factory=list)


def specs_of(
    scenario: Scenario,
    parameters: ParameterSource = "posterior",
    engine: EngineName = "auto",
    second_luck: bool = True,
) -> list[Society]:
    """List the societies of a comparison: every replicate, and a second luck for the first fifth (at least four).

    Without `second_luck` luck and ignorance are not told apart.
    """
    text = scenario.to_json()
    arms = [name for name, arm in scenario.arms.items() if arm.schemes]
    replicates = scenario.run.replicates
    pairs = [(r, 0) for r in range(replicates)]
    pairs += [(r, 1) for r in range(second_lucks(replicates))] if second_luck else []
    return [
        Society(tuple(RunSpec(text, scenario.digest, arm, r, luck, parameters, engine) for arm in arms), r, luck)
        for r, luck in pairs
    ]


def run_many(societies: Sequence[Society], jobs: int = 1) -> Generator[SocietyResult, None, None]:
    """Run every society, in this process or on a pool of processes, and yield results in the order asked.

    A pool whose worker is killed is opened again for what is left; what kills its worker alone becomes a failed run.
    Close the generator to end the workers.
    """
    if jobs <= 1 or len(societies) < 2:
        yield from map(run_society, societies)
        return
    left = list(societies)
    for attempt in range(1, ATTEMPTS + 1):
        try:
            for result in in_order(partial(run_society, attempt=attempt), tuple(left), jobs):
                left.pop(0)
                yield result
            return
        except worker_killed():
            continue
    for society in left:
        yield _alone(society)


def run_society(society: Society, attempt: int = 1) -> SocietyResult:
    """Prepare one society and run its arms in it."""
    runs: list[dict[str, Any]] = []
    series, takeup, units = [], [], []
    parameters: dict[str, Any] = {}
    prepared: Prepared | None = None
    for spec in society.specs:
        began, started = time.perf_counter(), time.time()
        try:
            if prepared is None:
                prepared = prepare(
                    _scenario(spec.scenario_json), spec.replicate, spec.luck, spec.parameters, spec.fixed
                )
                parameters = {
                    "replicate": spec.replicate,
                    "luck": spec.luck,
                    **prepared.parameters.row(),
                }
            state = start(prepared, spec.arm, spec.engine)
            state.records.areas = area_counts(prepared.citizens)
            run(state)
            row = run_row(spec, state)
            series.append(series_rows(state, spec.run_id))
            takeup.extend(takeup_rows(spec, state))
            units.append(area_rows(state, spec.run_id))
        except Exception as error:
            row = _failed(spec, f"{type(error).__name__}: {error}")
        runs.append({**row, **_circumstances(began, started, attempt)})
    return SocietyResult(runs, series, takeup, parameters, units)


def _circumstances(began: float, started: float, attempt: int) -> dict[str, Any]:
    """Return what may differ between two runs of one spec."""
    return {
        "seconds": time.perf_counter() - began,
        "started": started,
        "host": platform.node(),
        "pid": os.getpid(),
        "attempt": attempt,
    }


def _alone(society: Society) -> SocietyResult:
    """Run one society in a process of its own; if that is killed too, each of its runs has failed."""
    from joblib.externals.loky import ProcessPoolExecutor

    try:
        with ProcessPoolExecutor(max_workers=1, initializer=end_with, initargs=(os.getpid(),)) as pool:
            with interrupts_held():
                task = pool.submit(run_society, society, ATTEMPTS + 1)
            found: SocietyResult = task.result()
    except worker_killed():
        message = "the worker was killed, most often for want of memory"
        again = _circumstances(time.perf_counter(), time.time(), ATTEMPTS + 1)
        return SocietyResult([{**_failed(spec, message), **again} for spec in society.specs], [], [], {})
    return found


@lru_cache(maxsize=2)
def _scenario(text: str) -> Scenario:
    return Scenario.from_json(text)


def run_row(spec: RunSpec, state: State) -> dict[str, Any]:
    """Return the row of a finished run: who it is, money, people."""
    sums = money_and_people(state)
    _, reached = may_and_reached(state)
    return {
        **_identity(spec),
        "seed": state.prepared.scenario.run.seed,
        "kappa_c": state.prepared.parameters.kappa_c,
        "status": "ok",
        "message": "",
        "paid_baht": sums["paid_baht"],
        "paid_additional_baht": sums["paid_additional_baht"],
        "paid_to_areas_baht": sum(e.area_satang for s in state.schemes for e in s.ledger.entries) / SATANG,
        "running_baht": sums["running_baht"],
        "granted_baht": sum(s.units.granted_satang for s in state.schemes if s.units is not None) / SATANG,
        "cofunded_baht": sum(s.ledger.cofunded_satang for s in state.schemes) / SATANG,
        "ever_live": sums["ever_live"],
        "eligible": sums["eligible"],
        "reached": int(reached.sum()),
        "paid_for_nothing_baht": sums["paid_for_nothing_baht"],
        "checking_baht": sums["checking_baht"],
        "ledgers": ledgers_json(state),
        "budget_closed_week": sums["budget_closed_week"],
        **measured(state),
        **state.records.sides.row(state),
        "engine": state.backend.NAME,
    }


def _failed(spec: RunSpec, message: str) -> dict[str, Any]:
    return {
        **_identity(spec),
        "seed": json.loads(spec.scenario_json)["run"]["seed"],
        "kappa_c": float("nan"),
        "status": "failed",
        "message": message,
        "paid_baht": 0.0,
        "paid_additional_baht": 0.0,
        "paid_to_areas_baht": 0.0,
        "running_baht": 0.0,
        "granted_baht": 0.0,
        "cofunded_baht": 0.0,
        "ever_live": 0,
        "eligible": 0,
        "reached": 0,
        "paid_for_nothing_baht": 0.0,
        "checking_baht": 0.0,
        "ledgers": "[]",
        "budget_closed_week": -1,
        **dict.fromkeys(MEASURED, float("nan")),
        **dict.fromkeys(SIDES, 0.0),
        "engine": "",
    }


def _identity(spec: RunSpec) -> dict[str, Any]:
    return {
        "run_id": spec.run_id,
        "scenario": spec.digest[:12],
        "arm": spec.arm,
        "replicate": spec.replicate,
        "luck": spec.luck,
    }


def takeup_rows(spec: RunSpec, state: State) -> list[dict[str, Any]]:
    """Count eligible, reached and ever-live citizens by group."""
    eligible, reached = may_and_reached(state)
    cell = state.prepared.demographic_cell.astype(np.int64) * 4
    can = np.bincount(cell[eligible], minlength=CELLS)
    heard = np.bincount(cell[reached], minlength=CELLS)
    did = np.bincount(cell[eligible & (state.ever_live > 0)], minlength=CELLS)
    rows = []
    for kind, group, mask in groups():
        if kind not in ("enrolled", "never_live"):
            cells = {"eligible": can, "ever_live": did, "reached": heard}
            counts = {name: int(n[mask].sum()) for name, n in cells.items()}
            rows.append({"run_id": spec.run_id, "group_kind": kind, "group": group, **counts})
    live = eligible & (state.ever_live > 0)
    for group, value in DEVICES:
        mask = state.prepared.citizens.online == value
        counts = {"eligible": int((eligible & mask).sum()), "ever_live": int((live & mask).sum())}
        rows.append({"run_id": spec.run_id, "group_kind": "device", "group": group, **counts})
    return rows
