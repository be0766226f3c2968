"""What a study would take, and how far it is: for --dry-run and --status; nothing is written."""

from __future__ import annotations

import resource
import time
from pathlib import Path

import pandas as pd

from simulation.core.errors import InputError
from simulation.reports.study.plan_words import Expected, Standing
from simulation.results.fragments.store import Store
from simulation.studies.kept import holder
from simulation.studies.plan.study import Study
from simulation.studies.sweeps.costs import cost, probed
from simulation.studies.sweeps.folder import fits, holds_study, kept_runs
from simulation.studies.sweeps.targets import asked_for


def expected(study: Study, folder: Path, limit: int | None, jobs: int | None) -> Expected:
    """Return what is left of a study in runs, seconds and memory, measured by a few runs that are let go again."""
    fits(study, folder)
    found = cost(study, kept_runs(folder), limit, jobs)
    began = time.perf_counter()
    if found.runs > found.kept:
        found = probed(study, found)
    memory = max(found.bytes_needed, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 * found.jobs)
    return Expected(
        facts=study.facts,
        runs=found.runs,
        kept=min(found.kept, found.runs),
        seconds=found.seconds,
        memory=memory,
        jobs=found.jobs,
        probe_runs=found.probed,
        probe_seconds=time.perf_counter() - began if found.probed else 0.0,
        folder=str(folder),
        limit=limit,
    )


def standing(study: Study, folder: Path, command: str) -> Standing:
    """Return how far a study is, as its folder tells; raises InputError where there is none."""
    if not holds_study(folder):
        raise InputError(
            f"{folder}: nothing of this study is there yet. Begin it without --status.",
            f"{folder}: ยังไม่มีผลของการศึกษานี้ ให้เริ่มโดยไม่ใช้ --status",
        )
    fits(study, folder)
    store = Store(folder)
    kept = store.present().reshape(study.points, store.layout.replicates, -1)[:, : study.replicates]
    newest = max((p.stat().st_mtime for p in (folder / "runs").glob("*.parquet")), default=None)
    return Standing(
        facts=study.facts,
        done=int(kept.sum()),
        failed=pd.DataFrame(store.failed()),
        total=asked_for(study, store),
        folder=str(folder),
        command=command,
        owner=holder(folder),
        since=None if newest is None else max(0.0, time.time() - newest),
    )
