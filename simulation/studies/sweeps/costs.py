"""What a study will take before it is run: runs, seconds, memory. Refused where the machine cannot do it."""

from __future__ import annotations

import time
from dataclasses import dataclass

from simulation.core.errors import InputError
from simulation.studies.estimate import (
    BYTES_A_CITIZEN,
    BYTES_A_PROCESS,
    LONG_MINUTES,
    MOST_OF_MEMORY,
    cores,
    free_memory,
)
from simulation.studies.plan.sizes import MOST_RUNS, seconds_of_society
from simulation.studies.plan.study import Study
from simulation.studies.sweeps.work import MOST_BYTES, run_task

PROBE_SECONDS = 3.0
"""How long a probe goes on at most before it is content with what it has seen."""
PROBE_TASKS = 3


@dataclass(frozen=True)
class Cost:
    """What a study, or what is left of it, will take on this machine.

    Attributes:
        points: Points of the design.
        runs: Runs in all.
        kept: Runs that are kept already.
        seconds: Seconds for what is left, on `jobs` processes.
        bytes_needed: Memory at the peak.
        bytes_free: Memory that is free.
        jobs: Processes.
        probed: Runs that were measured for it; 0 where the figures are from rates measured before.
    """

    points: int
    runs: int
    kept: int
    seconds: float
    bytes_needed: int
    bytes_free: int
    jobs: int
    probed: int = 0


def cost(study: Study, kept: int, limit: int | None, jobs: int | None) -> Cost:
    """Return what is left of a study in runs, seconds and memory, from measured rates."""
    scenario = study.scenario
    citizens, behaviours = scenario.world.citizens, len(scenario.behaviours)
    runs = study.facts.points * study.facts.replicates * len(study.facts.arms)
    runs = runs if limit is None else min(runs, limit)
    left = max(0, runs - kept)
    workers = max(1, min(jobs or cores(), left))
    arms = max(1, len(study.arms))
    worlds = min(MOST_BYTES, citizens * BYTES_A_CITIZEN * study.replicates)
    needed = (citizens * BYTES_A_CITIZEN * behaviours + BYTES_A_PROCESS + worlds) * workers
    seconds = left / arms * seconds_of_society(scenario, arms) / workers
    return Cost(study.facts.points, runs, kept, seconds, needed, free_memory(), workers)


def probed(study: Study, found: Cost) -> Cost:
    """Return the same with the seconds measured: a few societies of the design are run here and let go again."""
    job, began, tasks = study.job("auto"), time.perf_counter(), 0
    points = [i * found.points // PROBE_TASKS for i in range(min(PROBE_TASKS, found.points))]
    run_task(job, study.design.task(points[0], 0, study.facts.replicates))  # the first loads what all others use
    first, began = time.perf_counter() - began, time.perf_counter()
    for replicate, point in enumerate(points):
        run_task(job, study.design.task(point, replicate % study.facts.replicates, study.facts.replicates))
        tasks += 1
        if time.perf_counter() - began > PROBE_SECONDS:
            break
    each = (time.perf_counter() - began) / tasks / max(1, len(study.facts.arms))
    seconds = first + (found.runs - found.kept) * each / found.jobs
    return Cost(
        found.points, found.runs, found.kept, seconds, found.bytes_needed, found.bytes_free, found.jobs,
        tasks * len(study.facts.arms),
    )  # fmt: skip


def affordable(study: Study, kept: int, limit: int | None, jobs: int | None, yes: bool) -> None:
    """Raise InputError where memory cannot hold it, or where it takes more than ten minutes without `yes`."""
    found = cost(study, kept, limit, jobs)
    if found.runs > MOST_RUNS:
        hours = found.seconds / 3600
        raise InputError(
            f"This study asks for {found.runs:,} runs, about {hours:,.0f} hours on {found.jobs} processes; "
            f"{MOST_RUNS:,} is the most. Take fewer levels, or a design that covers the space with fewer points: "
            'kind = "latin-hypercube" or "sobol".',
            f"การศึกษานี้ขอ {found.runs:,} รอบ ราว {hours:,.0f} ชั่วโมงบน {found.jobs} โพรเซส สูงสุดคือ {MOST_RUNS:,} "
            'ให้ลดจำนวนระดับ หรือใช้แบบที่ครอบคลุมด้วยจุดน้อยกว่า: kind = "latin-hypercube" หรือ "sobol"',
        )
    if found.bytes_free and found.bytes_needed > MOST_OF_MEMORY * found.bytes_free:
        needed, free = found.bytes_needed / 2**30, found.bytes_free / 2**30
        raise InputError(
            f"This needs about {needed:.1f} GiB of memory and {free:.1f} GiB are free. Lower world.citizens or --jobs.",
            f"ต้องใช้หน่วยความจำราว {needed:.1f} GiB แต่เหลือว่าง {free:.1f} GiB ให้ลด world.citizens หรือ --jobs",
        )
    if found.seconds > LONG_MINUTES * 60 and not yes:
        raise InputError(
            f"{found.runs - kept:,} runs would take about {found.seconds / 60:,.0f} minutes. Add --yes to run them all "
            "the same, --limit N for the first of them, or --dry-run to measure.",
            f"{found.runs - kept:,} รอบจะใช้เวลาราว {found.seconds / 60:,.0f} นาที เพิ่ม --yes ถ้าต้องการเริ่มจำลอง "
            "--limit N เพื่อทำเฉพาะรอบแรก ๆ หรือ --dry-run เพื่อวัดก่อน",
        )
