"""One text, two engines, wherever they run."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from simulation.engine.prepare import prepare
from simulation.engine.run import run, start
from simulation.scenario.model import Scenario
from tests.strategies import scenarios

ROOT = Path(__file__).parents[2]
pytest.importorskip("numba")
SCRIPT = """
import hashlib, sys
from simulation.engine.prepare import prepare
from simulation.engine.run import run, start
from simulation.scenario.load import load
settings = ["world.citizens=3000", "run.weeks=40",
    'behaviours.device={baseline=0.2, opportunities_per_week=7, dynamics="sticky", redecision=0.05}',
    'arms.x.schemes.a={kind="points", behaviour="waste_sort", baht_per_act=5, schedule={start=2, weeks=30}, enrolment={mode="opt-in", friction="one-tap"}}',
    'arms.x.schemes.b={kind="prize_draw", behaviour="device", prize_baht=500, chance_per_act=0.1, schedule={start=2, weeks=30}}',
] + [f"arms.{a}.schemes.{s}.schedule.weeks=30" for a, s in
     (("fee_discount", "fee"), ("recognition", "honour"), ("comparison", "letter"), ("district_goal", "goal"))]
society = prepare(load("bangkok-waste", settings), 0)
for engine in ("numpy", "numba"):
    print(engine, run(start(society, "x", engine)).columns.digest())
"""


@pytest.mark.slow
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    derandomize=True,
)
@given(data=scenarios())
def test_both_engines_agree_on_any_scenario(data):
    scenario = Scenario.model_validate(data)
    society = prepare(scenario, 0)
    arms = [name for name, a in scenario.arms.items() if a.schemes]
    for arm in reversed(arms):  # the order of arms changes nothing: each is also run alone below
        run(start(society, arm, "numpy"))
    for arm in arms:
        readable, fast = run(start(society, arm, "numpy")), run(start(prepare(scenario, 0), arm, "numba"))
        assert readable.columns.digest() == fast.columns.digest()
        assert np.array_equal(readable.records.acts, fast.records.acts)
        assert np.array_equal(readable.records.paid, fast.records.paid)


def digests(root: Path, cache: Path, **environment: str) -> dict[str, str]:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root), "KWAMDEE_CACHE": str(cache), **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return dict(line.split() for line in done.stdout.splitlines())


@pytest.mark.slow
def test_a_changed_equation_reaches_both_engines(tmp_path):
    for part in ("simulation", "scenarios"):
        shutil.copytree(ROOT / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__"))
    cache = tmp_path / "cache"
    before = digests(tmp_path, cache)
    path = tmp_path / "simulation" / "agents" / "equations.py"
    text = path.read_text("utf-8")
    old = "return settle(habit + gain * (excess - habit))"
    assert text.count(old) == 1
    path.write_text(text.replace(old, "return settle(habit + _NEAR * gain * (excess - habit))"), "utf-8")
    after = digests(tmp_path, cache)
    assert before["numpy"] == before["numba"]
    assert after["numpy"] == after["numba"]
    assert before["numpy"] != after["numpy"]


@pytest.mark.slow
def test_the_bits_do_not_depend_on_the_processor(tmp_path):
    here = digests(ROOT, tmp_path / "here")
    plain = digests(ROOT, tmp_path / "plain", NUMBA_CPU_NAME="generic")
    assert len({*here.values(), *plain.values()}) == 1
