"""The compiled passes: made once in the parent, so that workers and later runs load them from the cache."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Callable
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

from simulation.core.compile import cache_folder
from simulation.engine.run import NUMBA_FROM, EngineName
from simulation.scenario.model import Scenario
from simulation.studies.facts import versions


def compile_first(scenario: Scenario, tell: Callable[[], None]) -> None:
    """Compile in the parent, so that workers load the passes from the cache; `tell` is called where that takes long.

    A scenario of the same shape was compiled before: a mark beside the passes tells, and nothing is loaded here.
    """
    from simulation.engine.prepare import prepare
    from simulation.engine.run import start as open_arm
    from simulation.engine.run import step

    if not to_compile(scenario):
        return
    mark = _mark(scenario)
    if not any(cache_folder().glob("**/*.nbi")):
        tell()
    few = max(60, scenario.world.localities.number)
    small = scenario.with_({"world.files": None, "world.citizens": few, "run.replicates": 1})
    prepared = prepare(small, 0)
    for arm in (n for n, a in small.arms.items() if a.schemes):
        state = open_arm(prepared, arm, "numba")
        for _ in range(min(8, small.run.weeks)):
            step(state)
    with suppress(OSError):  # a cache that cannot be written is no reason to stop
        mark.touch()


def to_compile(scenario: Scenario) -> bool:
    """Tell whether a comparison would first compile its passes, so that this first time takes longer."""
    if scenario.world.citizens * len(scenario.behaviours) < NUMBA_FROM or find_spec("numba") is None:
        return False
    return not _mark(scenario).is_file()


FIRST_TIME = {
    "en": "The first time takes longer: the engine is compiled once.",
    "th": "ครั้งแรกใช้เวลานานกว่านี้ เพราะต้องเตรียมเครื่องคำนวณหนึ่งครั้ง",
}


def small_engine(scenario: Scenario) -> EngineName:
    """Return the engine that is sooner done with little work, such as a quick look or a single run.

    That is the compiled one where it is compiled already, or where the world is so large that compiling pays.
    """
    if find_spec("numba") is None:
        return "numpy"
    large = scenario.world.citizens * len(scenario.behaviours) * scenario.run.weeks > _COMPILING_PAYS
    return "numba" if large or _mark(scenario).is_file() else "numpy"


_COMPILING_PAYS = 50_000_000
"""Steps of one run, citizen-behaviours by weeks, that take NumPy longer than compiling the passes."""


def _mark(scenario: Scenario) -> Path:
    """Return the file whose presence says that the passes of scenarios of this shape are compiled."""
    return cache_folder() / f"compiled-{_shape(scenario)}"


def _shape(scenario: Scenario) -> str:
    """Return a short name of what decides which passes are compiled: numba, behaviours, schemes, rules of decision."""
    behaviours = [(b.dynamics, b.opportunities_per_week) for b in scenario.behaviours.values()]
    arms = [
        [(s.kind, s.behaviour, s.enrolment.mode, s.schedule.start) for s in a.schemes.values()]
        for a in scenario.arms.values()
    ]
    rules = [scenario.law.moves_decisions, scenario.law.norm_perception]
    parts = [versions().get("numba"), platform.processor(), behaviours, arms, rules, min(8, scenario.run.weeks)]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]
