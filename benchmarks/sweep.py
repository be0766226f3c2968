"""What a study costs beside its runs: `python -m benchmarks.sweep`.

overhead: processes x wall seconds of a whole sweep, its store and its report, over the seconds that prepare and run of
the same specs take in one process without a store, less 1. Beside it the same over one process that only carries out
the tasks, as a worker does. Each is of a fresh process, in turn, after the passes were compiled.

memory: the most that the process of the driver holds, from 1,000 to 100,000 runs of no work at all.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

LIMIT, GROWTH_MIB = 0.15, 50.0
"""Overhead over prepare and run in one process; growth of the driver's memory."""
SOCIETIES = 10
ARMS = ("fee_discount", "recognition", "comparison", "district_goal")
_STUDY = """
format = 1
[study]
scenario = "bangkok-waste"
set = {{ "world.citizens" = 1000, "world.localities.number" = 5 }}
replicates = {societies}
[levers.fee]
key = "arms.fee_discount.schemes.fee.baht_per_month"
range = [10, 90]
[levers.members]
key = "arms.fee_discount.schemes.fee.enrolment.target_share"
range = [0.02, 0.3]
[design]
kind = "latin-hypercube"
points = {points}
"""


def main() -> None:
    """Print both tables; exit with 1 where a limit is passed."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--seconds", type=float, default=120.0, help="Of prepare and run in one process, about.")
    asked.add_argument("--times", type=int, default=1, help="How often each is measured.")
    asked.add_argument("--jobs", type=int, default=2, help="Processes of the sweep.")
    asked.add_argument("--memory", type=int, nargs="*", default=[1_000, 10_000, 100_000], help="Runs; none to skip.")
    asked.add_argument("--part", help=argparse.SUPPRESS)
    asked.add_argument("--study", type=Path, help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.part:
        print(json.dumps(_PARTS[given.part](given.study, given.jobs)))
        return
    with tempfile.TemporaryDirectory() as place:
        over = given.seconds > 0 and overhead(Path(place), given.seconds, given.times, given.jobs) > LIMIT
        grown = bool(given.memory) and growth(Path(place), given.memory, given.jobs) > GROWTH_MIB
    sys.exit(over or grown)


def overhead(place: Path, seconds: float, times: int, jobs: int) -> float:
    """Print the three seconds and their ratios; return the overhead over prepare and run."""
    each = fresh("plain", written(place / "probe", 2, SOCIETIES), jobs)["wall"] / 2  # compiles, where nothing is
    each = fresh("plain", written(place / "probe", 2, SOCIETIES), jobs)["wall"] / 2
    points = max(2, round(seconds / each))
    study, runs = written(place / "work", points, SOCIETIES), points * SOCIETIES * len(ARMS)
    took: dict[str, list[dict[str, float]]] = {name: [] for name in ("plain", "tasks", "sweep")}
    for i in range(times):
        for name, found in took.items():
            found.append(fresh(name, study, jobs, place / f"{name}{i}"))
    wall, cpu = ({n: statistics.median(x[what] for x in f) for n, f in took.items()} for what in ("wall", "cpu"))
    load = os.getloadavg()[0]
    print(f"{runs:,} runs of 1,000 citizens and 104 weeks, {points} points, {jobs} processes; load {load:.1f}")
    print(f"{'':<34}{'wall s':>8}{'CPU s':>8}{'ms a run':>10}")
    says = {"plain": "prepare and run, one process", "tasks": "the same tasks, one process", "sweep": "sweep"}
    for name, said in says.items():
        print(f"{said:<34}{wall[name]:>8.1f}{cpu[name]:>8.1f}{1e3 * wall[name] / runs:>10.1f}")
    for name in ("plain", "tasks"):
        by_wall, by_cpu = jobs * wall["sweep"] / wall[name] - 1, cpu["sweep"] / cpu[name] - 1
        print(f"overhead over: {says[name]:<30}{by_wall:>+8.1%} ({by_cpu:+.1%} by CPU)")
    return jobs * wall["sweep"] / wall["plain"] - 1


def growth(place: Path, sizes: Sequence[int], jobs: int) -> float:
    """Print the driver's peak memory by number of runs; return by how much the largest is above the smallest, MiB."""
    print(f"{'runs':>10}{'driver, MiB':>13}{'with report':>13}{'wall s':>8}{'files':>7}")
    peaks = []
    for runs in sizes:
        folder = place / f"memory{runs}"
        study = written(folder, max(1, runs // (250 * len(ARMS))), 250)
        found = fresh("nothing", study, jobs, folder / "out")
        peaks.append(found["while_running"])
        print(f"{runs:>10,}{peaks[-1]:>13.0f}{found['peak']:>13.0f}{found['wall']:>8.1f}{found['files']:>7.0f}")
    print(f"growth of the driver: {peaks[-1] - peaks[0]:.0f} MiB")
    return peaks[-1] - peaks[0]


def written(folder: Path, points: int, societies: int) -> Path:
    """Write the study and return its file."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "study.toml"
    path.write_text(_STUDY.format(points=points, societies=societies), "utf-8")
    return path


def fresh(part: str, study: Path, jobs: int, out: Path | None = None) -> dict[str, float]:
    """Carry out one part in a fresh process and return its seconds and what it tells."""
    words = [sys.executable, "-m", "benchmarks.sweep", "--part", part, "--study", str(study), "--jobs", str(jobs)]
    root = str(Path(__file__).parents[1])
    environment = {**os.environ, "PYTHONPATH": root, "KWAMDEE_BENCHMARK_OUT": str(out or study.parent / "out")}
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(words, cwd=root, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr)
    wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"wall": wall, "cpu": cpu, **json.loads(done.stdout.splitlines()[-1])}


def _tasks(path: Path) -> tuple[Any, Any, list[Any]]:
    from simulation.studies.plan.read import load_study

    study = load_study(path)
    tasks = [study.design.task(p, r, study.replicates) for p in range(study.points) for r in range(study.replicates)]
    return study, study.job("numba"), tasks


def _plain(path: Path, _jobs: int) -> dict[str, float]:
    """Prepare and run every spec; nothing is kept, neither of the runs nor between them."""
    from simulation.engine.prepare import prepare
    from simulation.engine.run import run, start

    study, job, tasks = _tasks(path)
    scenario, at = study.scenario, -1
    for task in tasks:
        if task.point != at:
            scenario, at = study.scenario.with_(dict(task.changes)), task.point
        prepared = prepare(scenario, task.replicate)
        for arm in job.arms:
            run(start(prepared, arm, "numba"))
    return {}


def _only_tasks(path: Path, _jobs: int) -> dict[str, float]:
    """Carry out every task as a worker does; no row is kept."""
    from simulation.studies.sweeps.work import run_task

    _, job, tasks = _tasks(path)
    for task in tasks:
        run_task(job, task)
    return {}


def _sweep(path: Path, jobs: int) -> dict[str, float]:
    """Carry the study out as the command does."""
    from simulation.studies.sweeps.sweep import sweep

    sweep(path, jobs=jobs, out=_out(), engine="numba", yes=True)
    return {}


def _of_nothing(path: Path, jobs: int) -> dict[str, float]:
    """Carry out a study whose runs are no work, and tell how much memory this process took."""
    from simulation.studies.sweeps import sweep as module

    module.run_task = nothing  # type: ignore[attr-defined]  the driver asks for the work by this name
    seen = [0.0]

    def watch(standing: Any) -> None:
        if standing.stage == "write":
            seen[0] = _peak_mib()

    module.sweep(path, jobs=jobs, out=_out(), engine="numpy", yes=True, progress=watch)
    files = sum(1 for _ in _out().rglob("*.parquet"))
    return {"while_running": seen[0], "peak": _peak_mib(), "files": float(files)}


def nothing(job: Any, task: Any) -> list[dict[str, Any]]:
    """Return rows as of runs that went well, without running anything."""
    from simulation.results.study_columns import OUTCOMES
    from simulation.studies.rows import columns

    factors = dict(task.factors)
    numbers = {name: task.number + i / 7.0 for i, name in enumerate(OUTCOMES)}
    rows = []
    for i, arm in enumerate(job.arms):
        who = {"run_id": f"{task.number * len(job.arms) + i:016x}", "point": task.point, "arm": arm}
        who |= {"replicate": task.replicate, **factors, "scenario": f"{task.point:012x}", "seed": 1}
        said = {"status": "ok", "error": "", "message": "", "command": "", **numbers}
        where = {"seconds": 0.0, "started": 0.0, "host": "", "pid": 0, "attempt": 1, "engine": "none"}
        row = {**who, **said, **where}
        rows.append({name: row[name] for name in columns(factors)})
    return rows


def _out() -> Path:
    return Path(os.environ["KWAMDEE_BENCHMARK_OUT"])


def _peak_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024.0


_PARTS: dict[str, Callable[[Path, int], dict[str, float]]] = {
    "plain": _plain, "tasks": _only_tasks, "sweep": _sweep, "nothing": _of_nothing,
}  # fmt: skip

if __name__ == "__main__":
    main()
