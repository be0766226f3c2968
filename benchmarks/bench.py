"""One model week, measured side by side in one run, one thread: plain Mesa, NumPy engine, Numba engine.

Three schemes on four flow behaviours, with signing up, ledger and recording in all three. Prints nanoseconds a
citizen-behaviour and the ratios; the smallest of several weeks counts, for the machine is shared. Then what it takes to
begin: imports beside that of NumPy, and the command's help.
"""

from __future__ import annotations

import argparse
import math
import subprocess
import sys
import time

from benchmarks.handover import plain_model
from simulation.engine.prepare import prepare
from simulation.engine.run import start, step
from simulation.engine.state import Prepared, State
from simulation.scenario.load import load

BEHAVIOUR = "{{baseline={}, opportunities_per_week=7, dynamics='flow', intrinsic=0.3}}"
WHEN = "schedule={start=1, weeks=60}"
SETTLED = 6
"""Weeks before measuring, in which everything is set in motion."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--citizens", type=int, default=100_000)
    parser.add_argument("--weeks", type=int, default=3, help="weeks of the plain model")
    asked = parser.parse_args()
    prepared = world(asked.citizens)
    size = asked.citizens * len(prepared.behaviours)
    degree = float(prepared.graph.degree.mean())
    print(
        f"{asked.citizens:,} citizens x {len(prepared.behaviours)} behaviours, mean degree {degree:.1f}, three schemes"
    )
    engines = {name: warmed(prepared, name) for name in ("numpy", "numba")}
    plain = plain_model(prepared, "x")
    for _ in range(SETTLED):
        plain.step()
    seconds: dict[str, float] = {"plain Mesa": math.inf, "numpy": math.inf, "numba": math.inf}
    for _ in range(asked.weeks):
        seconds["plain Mesa"] = min(seconds["plain Mesa"], timed(plain.step))
        for name, state in engines.items():
            for _ in range(5):
                seconds[name] = min(seconds[name], timed(lambda state=state: step(state)))
    for name, t in seconds.items():
        print(f"{name:<12}{t / size * 1e9:>10.1f} ns a citizen-behaviour   x{seconds['plain Mesa'] / t:.0f}")
    begins()


def begins() -> None:
    """Print the seconds of imports and of the command's help, each the smallest of several fresh processes."""
    calls = {
        "import numpy": ["-c", "import numpy"],
        "import simulation": ["-c", "import simulation"],
        "kwamdee --help": ["-m", "simulation", "--help"],
    }
    nothing = _process(["-c", "pass"])
    for name, arguments in calls.items():
        print(f"{name:<20}{_process(arguments) - nothing:>8.3f} s beyond Python's own {nothing:.3f} s")


def _process(arguments: list[str]) -> float:
    def call() -> None:
        subprocess.run([sys.executable, *arguments], check=True, capture_output=True)

    return min(timed(call) for _ in range(5))


def world(citizens: int) -> Prepared:
    """Prepare four behaviours with points (opt-in), recognition and comparison (automatic)."""
    settings = [f"world.citizens={citizens}", "run.weeks=104", "world.ties={work=4, neighbourhood=4, wide=2.5}"]
    settings += [f"behaviours.b{i}={BEHAVIOUR.format(0.2 + 0.1 * i)}" for i in range(3)]
    points = "kind='points', behaviour='b0', baht_per_act=5, enrolment={mode='opt-in', friction='web-form'}"
    settings += [
        f"arms.x.schemes.a={{{points}, {WHEN}}}",
        f"arms.x.schemes.b={{kind='recognition', behaviour='b1', audience='team', {WHEN}}}",
        f"arms.x.schemes.c={{kind='comparison', behaviour='b2', reference='locality-mean', {WHEN}}}",
    ]
    return prepare(load("bangkok-waste", settings), 0)


def warmed(prepared: Prepared, engine: str) -> State:
    """Open the arm and run it until everything is in motion."""
    state = start(prepared, "x", engine)  # type: ignore[arg-type]
    for _ in range(SETTLED):
        step(state)
    return state


def timed(call: object) -> float:
    """Return the seconds of one call."""
    began = time.perf_counter()
    call()  # type: ignore[operator]
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
