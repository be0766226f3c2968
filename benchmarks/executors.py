"""What a worker process costs and what a run takes, in processor time, so that a busy machine does not matter.

python -m benchmarks.executors
"""

from __future__ import annotations

import resource
import time
from collections.abc import Callable
from statistics import median

from simulation.engine.prepare import prepare
from simulation.engine.run import run, start
from simulation.scenario.load import load
from simulation.studies.executors.processes import processes
from simulation.studies.tasks import Job, Row, Task


def nothing(_job: Job, _task: Task) -> list[Row]:
    """Do nothing: what is left is the worker."""
    return []


def loads_the_engine(_job: Job, _task: Task) -> list[Row]:
    """Import what a run needs."""
    import simulation.studies.run_many  # noqa: F401 # the import is what is measured

    return []


def main() -> None:
    """Print the figures of the decision note."""
    job = Job(digest="", scenario_json="", arms=())
    for work in (nothing, loads_the_engine):
        executor = processes(1)
        seconds = median(_of_children(lambda e=executor, w=work: list(e(w, job, [Task(0, 0, 0)]))) for _ in range(5))
        print(f"a worker that {work.__name__.replace('_', ' '):<20} {seconds:6.2f} s")
    few, many = (_carrying(job, n) for n in (1, 10_001))
    print(f"{'carrying a task':<34} {(many - few) / 10_000 * 1e6:6.0f} us")
    scenario = load("bangkok-waste", ["world.citizens=1000"])
    prepared = prepare(scenario, 0, 0, "posterior")
    for engine in ("numpy", "numba"):
        run(start(prepared, "recognition", engine))
        seconds = median(_here(lambda e=engine: run(start(prepared, "recognition", e))) for _ in range(9))
        print(f"{f'a run of 1,000 citizens, {engine}':<34} {seconds * 1e3:6.1f} ms")


def _carrying(job: Job, n: int) -> float:
    began = time.process_time()
    children = _of_children(lambda: list(processes(1, total=n)(nothing, job, (Task(k, k, 0) for k in range(n)))))
    return time.process_time() - began + children


def _of_children(do: Callable[[], object]) -> float:
    def used() -> float:
        spent = resource.getrusage(resource.RUSAGE_CHILDREN)
        return spent.ru_utime + spent.ru_stime

    before = used()
    do()
    return used() - before


def _here(do: Callable[[], object]) -> float:
    before = time.process_time()
    do()
    return time.process_time() - before


if __name__ == "__main__":
    main()
