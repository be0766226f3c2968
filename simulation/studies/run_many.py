"""The only thing that runs models: frozen specs in, tidy rows out; a failed run is a row, not a dead study."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from simulation.core.version import code_digest
from simulation.engine.prepare import ParameterMode, prepare
from simulation.engine.record import CELLS, groups, series_rows
from simulation.engine.run import EngineName, run, start
from simulation.engine.state import Prepared, State
from simulation.scenario.model import Scenario

SATANG = 100


@dataclass(frozen=True)
class RunSpec:
    """One run: which scenario, arm, replicate and luck. Its identity includes the code's version."""

    scenario_json: str
    digest: str
    arm: str
    replicate: int
    luck: int
    parameters: ParameterMode
    engine: EngineName

    @property
    def run_id(self) -> str:
        """Return the identity of the run; the engine is no part of it, for it changes no bit."""
        parts = [self.digest, self.arm, self.replicate, self.luck, self.parameters, code_digest()]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Society:
    """All arms of one replicate and luck: the unit of work, for they share one prepared society."""

    specs: tuple[RunSpec, ...]


@dataclass(frozen=True)
class SocietyResult:
    """Rows of runs, series, take-up and parameters, as columns."""

    runs: list[dict[str, Any]]
    series: list[dict[str, list[Any]]]
    takeup: list[dict[str, Any]]
    parameters: dict[str, Any]


def specs_of(
    scenario: Scenario,
    parameters: ParameterMode = "ensemble",
    engine: EngineName = "auto",
) -> list[Society]:
    """List the societies of a comparison: every replicate, and a second luck for the first fifth (at least four)."""
    text = scenario.to_json()
    arms = [name for name, arm in scenario.arms.items() if arm.schemes]
    replicates = scenario.run.replicates
    again = min(replicates, max(4, -(-replicates // 5)))
    pairs = [(r, 0) for r in range(replicates)] + [(r, 1) for r in range(again)]
    return [
        Society(tuple(RunSpec(text, scenario.digest, arm, r, luck, parameters, engine) for arm in arms))
        for r, luck in pairs
    ]


def run_many(
    societies: Sequence[Society], jobs: int = 1, progress: Callable[[int], None] | None = None
) -> Iterator[SocietyResult]:
    """Run every society, in this process or on a pool of processes, and yield results in the order asked."""
    if jobs <= 1 or len(societies) < 2:
        results: Iterable[SocietyResult] = map(run_society, societies)
    else:
        results = _pool(societies, jobs)
    for result in results:
        if progress is not None:
            progress(len(result.runs))
        yield result


def run_society(society: Society) -> SocietyResult:
    """Prepare one society and run its arms in it."""
    runs: list[dict[str, Any]] = []
    series, takeup = [], []
    parameters: dict[str, Any] = {}
    prepared: Prepared | None = None
    for spec in society.specs:
        began = time.perf_counter()
        try:
            if prepared is None:
                prepared = prepare(_scenario(spec.scenario_json), spec.replicate, spec.luck, spec.parameters)
                parameters = {
                    "replicate": spec.replicate,
                    "luck": spec.luck,
                    **prepared.parameters.row(),
                }
            state = run(start(prepared, spec.arm, spec.engine))
        except Exception as error:
            runs.append(_failed(spec, error, time.perf_counter() - began))
            continue
        runs.append(_run_row(spec, state, time.perf_counter() - began))
        series.append(series_rows(state, spec.run_id))
        takeup.extend(_takeup_rows(spec, state))
    return SocietyResult(runs, series, takeup, parameters)


def _pool(societies: Sequence[Society], jobs: int) -> Iterable[SocietyResult]:
    from joblib import Parallel, delayed

    found: Iterable[SocietyResult] = Parallel(n_jobs=jobs, return_as="generator")(
        delayed(run_society)(s) for s in societies
    )
    return found


@lru_cache(maxsize=2)
def _scenario(text: str) -> Scenario:
    return Scenario.from_json(text)


def _run_row(spec: RunSpec, state: State, seconds: float) -> dict[str, Any]:
    eligible = np.zeros(state.prepared.n, dtype=bool)
    for s in state.schemes:
        eligible |= s.eligible > 0
    closed = [s.closed_week for s in state.schemes if s.closed_week >= 0]
    return {
        **_identity(spec),
        "seed": state.prepared.scenario.run.seed,
        "kappa_c": state.prepared.parameters.kappa_c,
        "status": "ok",
        "message": "",
        "seconds": seconds,
        "paid_baht": sum(s.paid_satang for s in state.schemes) / SATANG,
        "running_baht": sum(s.running_satang for s in state.schemes) / SATANG,
        "ever_live": int((state.ever_live > 0).sum()),
        "eligible": int(eligible.sum()),
        "budget_closed_week": min(closed, default=-1),
        "engine": state.backend.NAME,
    }


def _failed(spec: RunSpec, error: Exception, seconds: float) -> dict[str, Any]:
    return {
        **_identity(spec),
        "seed": json.loads(spec.scenario_json)["run"]["seed"],
        "kappa_c": float("nan"),
        "status": "failed",
        "message": f"{type(error).__name__}: {error}",
        "seconds": seconds,
        "paid_baht": 0.0,
        "running_baht": 0.0,
        "ever_live": 0,
        "eligible": 0,
        "budget_closed_week": -1,
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


def _takeup_rows(spec: RunSpec, state: State) -> list[dict[str, Any]]:
    """Count eligible and ever-live citizens by group."""
    eligible = np.zeros(state.prepared.n, dtype=bool)
    for s in state.schemes:
        eligible |= s.eligible > 0
    cell = state.prepared.demographic_cell.astype(np.int64) * 4
    can = np.bincount(cell[eligible], minlength=CELLS)
    did = np.bincount(cell[eligible & (state.ever_live > 0)], minlength=CELLS)
    rows = []
    for kind, group, mask in groups():
        if kind not in ("enrolled", "never_live"):
            counts = {"eligible": int(can[mask].sum()), "ever_live": int(did[mask].sum())}
            rows.append({"run_id": spec.run_id, "group_kind": kind, "group": group, **counts})
    return rows
