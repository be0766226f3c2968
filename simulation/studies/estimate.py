"""What a comparison will take before it is run: runs, seconds, memory. Refused where the machine cannot do it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from simulation.core.errors import InputError
from simulation.scenario.model import Scenario

NANOSECONDS_A_STEP = 45.0
"""A citizen-behaviour and week of a comparison, recording and tables included, as measured with Numba."""
SECONDS_A_CITIZEN = 1.2e-5
"""Building one citizen with ties."""
SECONDS_TO_START = 4.0
BYTES_A_CITIZEN = 400
"""A citizen-behaviour at the peak of a run."""
BYTES_A_PROCESS = 200 * 2**20
"""A worker before its first citizen, numba included."""
LONG_MINUTES = 10
MOST_OF_MEMORY = 0.8


@dataclass(frozen=True)
class Estimate:
    """What a comparison will take on this machine."""

    runs: int
    seconds: float
    bytes_needed: int
    bytes_free: int


def estimate(scenario: Scenario, jobs: int) -> Estimate:
    """Return runs (a second luck for some societies included), seconds and memory, from measured rates."""
    citizens, behaviours = scenario.world.citizens, len(scenario.behaviours)
    arms = sum(1 for a in scenario.arms.values() if a.schemes)
    societies = scenario.run.replicates + second_lucks(scenario.run.replicates)
    steps = citizens * behaviours * scenario.run.weeks * arms * societies
    work = steps * NANOSECONDS_A_STEP * 1e-9 + citizens * SECONDS_A_CITIZEN * societies
    return Estimate(
        runs=arms * societies,
        seconds=SECONDS_TO_START + work / min(jobs, max(1, societies)),
        bytes_needed=(citizens * BYTES_A_CITIZEN * behaviours + BYTES_A_PROCESS) * min(jobs, max(1, societies)),
        bytes_free=free_memory(),
    )


def second_lucks(replicates: int) -> int:
    """Return how many societies are run once more with a second luck: a fifth, at least four."""
    return min(replicates, max(4, -(-replicates // 5)))


def affordable(scenario: Scenario, jobs: int, yes: bool) -> None:
    """Raise InputError where memory cannot hold it, or where it takes more than ten minutes without `yes`."""
    found = estimate(scenario, jobs)
    if found.bytes_free and found.bytes_needed > MOST_OF_MEMORY * found.bytes_free:
        needed, free = found.bytes_needed / 2**30, found.bytes_free / 2**30
        fits = f"{_fitting(found, scenario):,}"
        raise InputError(
            f"This needs about {needed:.1f} GiB of memory and {free:.1f} GiB are free. "
            f"Lower world.citizens, to {fits} say, or --jobs.",
            f"ต้องใช้หน่วยความจำราว {needed:.1f} GiB แต่เหลือว่าง {free:.1f} GiB "
            f"ให้ลด world.citizens เช่นเหลือ {fits} หรือลด --jobs",
        )
    if found.seconds > LONG_MINUTES * 60 and not yes:
        raise InputError(
            f"This would take about {found.seconds / 60:.0f} minutes. Add --yes to run it all the same, "
            "or lower world.citizens or run.replicates.",
            f"จะใช้เวลาราว {found.seconds / 60:.0f} นาที เพิ่ม --yes ถ้าต้องการเริ่มจำลอง "
            "หรือลด world.citizens หรือ run.replicates",
        )


def _fitting(found: Estimate, scenario: Scenario) -> int:
    """Return citizens that would fit, rounded down to one figure."""
    fits = scenario.world.citizens * MOST_OF_MEMORY * found.bytes_free / found.bytes_needed
    step = int(10 ** max(0, len(str(int(fits))) - 1))
    return max(1, int(fits) // step * step)


def cores() -> int:
    """Return how many processes this machine can run at once."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def free_memory() -> int:
    """Return the bytes that this process may still take: the machine's, or its container's where that is less."""
    found = [n for n in (_available(), _left_in_container()) if n is not None]
    return min(found, default=0)


def _available() -> int | None:
    try:
        for line in Path("/proc/meminfo").read_text("ascii").splitlines():
            if line.startswith("MemAvailable:"):  # free memory and what the system would give back
                return int(line.split()[1]) * 1024
    except (OSError, ValueError):
        pass
    try:
        return os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (ValueError, OSError, AttributeError):
        return None


def _left_in_container() -> int | None:
    folder = Path("/sys/fs/cgroup")
    try:
        most, now = ((folder / name).read_text("ascii").strip() for name in ("memory.max", "memory.current"))
        return None if most == "max" else max(1, int(most) - int(now))
    except (OSError, ValueError):
        return None
