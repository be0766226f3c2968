"""How long a first plot takes: `python -m benchmarks.first_plot`. Wall and CPU seconds, medians of fresh processes.

cold: a fresh process and no compiled pass of this version, the state of a machine on which Kwamdee was just installed.
next: a further question in the same process. again: the same question in a fresh process, its runs kept on disk.
compiled: a fresh process with the passes compiled, and a further question there.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

LIMITS = {"cold": 6.0, "next": 3.0, "again": 3.0, "compiled": 6.0, "compiled next": 3.0}
"""Seconds that each may take on an idle machine."""
_CODE = """
import json, time
wall, cpu = time.perf_counter(), time.process_time()
took = []
import simulation as kw
for seed in (1, 2):
    kw.compare("bangkok-waste", quick=True, seed=seed).plot().png()
    took.append((time.perf_counter() - wall, time.process_time() - cpu))
    wall, cpu = time.perf_counter(), time.process_time()
print(json.dumps(took))
"""
_COMPILE = """
import simulation as kw
kw.compare("bangkok-waste", set_=["world.citizens=5000"], replicates=1, jobs=2, out="compiled")
"""
Took = list[tuple[float, float]]


def main() -> None:
    """Print the table; exit with 1 where a median is over its limit."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--times", type=int, default=5, help="Fresh processes of each kind.")
    found = measured(asked.parse_args().times)
    print(f"{'':<15}{'wall s':>8}{'CPU s':>8}{'limit s':>9}")
    over = False
    for name, took in found.items():
        wall, cpu = (statistics.median(x[i] for x in took) for i in (0, 1))
        over = over or wall > LIMITS[name]
        print(f"{name:<15}{wall:>8.2f}{cpu:>8.2f}{LIMITS[name]:>9.0f}")
    load, times = os.getloadavg()[0], len(found["cold"])
    print(f"Medians of {times}; load {load:.1f} on {os.cpu_count()} cores. On a busy machine read the CPU.")
    sys.exit(over)


def measured(times: int) -> dict[str, Took]:
    """Return wall and CPU seconds of every kind of start, `times` of each."""
    found: dict[str, Took] = {name: [] for name in LIMITS}
    with tempfile.TemporaryDirectory() as place:
        compiled = Path(place) / "compiled"
        _fresh(_COMPILE, compiled, compiled)
        for i in range(times):
            folder = Path(place) / str(i)
            for names in (("cold", "next"), ("again", None), ("compiled", "compiled next")):
                here, cache = (compiled / str(i), compiled) if names[0] == "compiled" else (folder, folder)
                for name, took in zip(names, json.loads(_fresh(_CODE, here, cache)), strict=True):
                    if name is not None:
                        found[name].append(tuple(took))
    return found


def _fresh(code: str, folder: Path, cache: Path) -> str:
    """Run code in a fresh process, in a folder of its own, with this cache of compiled passes."""
    folder.mkdir(parents=True, exist_ok=True)
    path = str(Path(__file__).parents[1])
    environment = {**os.environ, "PYTHONPATH": path, "KWAMDEE_CACHE": str(cache)}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout.splitlines()[-1] if done.stdout else ""


if __name__ == "__main__":
    main()
