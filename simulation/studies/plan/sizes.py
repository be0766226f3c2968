"""How large a study is, told before a point is made: points, runs, and the hours that they would take here."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from simulation.scenario.model import Scenario
from simulation.scenario.within import Mistake
from simulation.studies.estimate import NANOSECONDS_A_STEP, SECONDS_A_CITIZEN, cores
from simulation.studies.plan.ranges import ends_of, is_number
from simulation.studies.plan.rules import factors_of, kind_of, table

MOST_RUNS = 20_000_000
"""Runs of one study; a store of more is no longer read by anybody."""
MOST_NUMBERS = 50_000_000
"""Values of a drawn design, points times factors: they are held in memory."""
USUAL_REPLICATES = 20
SECONDS_A_WEEK = 1.2e-4
"""What a week of a run costs beside its citizens, as measured with 1,000 of them."""
SECONDS_A_SOCIETY = 0.03
"""Preparing a society beside its citizens."""


def mistakes(data: dict[str, Any], scenario: Scenario | None, rows: int) -> Iterator[Mistake]:
    """Yield that a design has more runs than a study can hold, with their number and the hours."""
    points = points_of(data, rows)
    arms = arms_of(data, scenario)
    runs = points * replicates_of(data) * arms
    drawn = kind_of(data) not in ("", "grid", "list")
    if runs > MOST_RUNS:
        hours = ""
        hours_th = ""
        if scenario is not None:
            took = points * replicates_of(data) * seconds_of_society(scenario, arms) / cores() / 3600
            hours = f", about {took:,.0f} hours on this computer"
            hours_th = f" ใช้เวลาราว {took:,.0f} ชั่วโมงในเครื่องนี้"
        yield Mistake(
            ("design", "kind"),
            f"This design has {points:,} points, so {runs:,} runs{hours}; a study holds up to {MOST_RUNS:,}. "
            'Lower the levels, or draw points: kind = "latin-hypercube", points = 1000',
            f"แบบนี้มี {points:,} จุด จึงเป็นการจำลอง {runs:,} ครั้ง{hours_th} การศึกษาหนึ่งมีได้ไม่เกิน {MOST_RUNS:,} "
            'ให้ลดจำนวนระดับ หรือสุ่มจุดด้วย kind = "latin-hypercube", points = 1000',
        )
    elif drawn and points * len(list(factors_of(data))) > MOST_NUMBERS:
        yield Mistake(
            ("design", "kind"),
            f"This design has {points:,} points of {len(list(factors_of(data)))} factors, more than {MOST_NUMBERS:,} values. Ask for fewer",
            f"แบบนี้มี {points:,} จุด {len(list(factors_of(data)))} ปัจจัย เกิน {MOST_NUMBERS:,} ค่า ให้ลดลง",
        )


def seconds_of_society(scenario: Scenario, arms: int) -> float:
    """Return the seconds that one society takes on one core, all arms, from measured rates."""
    citizens, behaviours = scenario.world.citizens, len(scenario.behaviours)
    week = SECONDS_A_WEEK + citizens * behaviours * NANOSECONDS_A_STEP * 1e-9
    return arms * scenario.run.weeks * week + SECONDS_A_SOCIETY + citizens * SECONDS_A_CITIZEN


def points_of(data: dict[str, Any], rows: int) -> int:
    """Return how many points the raw data of a study ask for, 0 where that cannot be told."""
    kind, design = kind_of(data), table(data, "design")
    factors = [factor for _, factor in factors_of(data)]
    if kind == "list":
        return rows
    if kind == "grid":
        return math.prod(_values_of(factor, design.get("levels")) for factor in factors)
    size = {"saltelli": "base", "morris": "trajectories"}.get(kind, "points")
    each = {"saltelli": len(factors) + 2, "morris": len(factors) + 1}.get(kind, 1)
    return _whole(design.get(size)) * each


def _values_of(factor: dict[str, Any], levels: Any) -> int:
    values, step, ends = factor.get("values"), factor.get("step"), ends_of(factor)
    if isinstance(values, list):
        return len(values)
    if is_number(step) and step > 0 and ends is not None:
        return math.floor((ends[1] - ends[0]) / step + 1e-9) + 1
    own = factor.get("levels")
    return _whole(own if own is not None else levels)


def replicates_of(data: dict[str, Any]) -> int:
    """Return the most societies at each point that the raw data ask for."""
    study = table(data, "study")
    target = study.get("target")
    if isinstance(target, dict):
        return _whole(target.get("at_most", 200)) or 1
    given = study.get("replicates")
    return USUAL_REPLICATES if given is None else _whole(given) or 1


def arms_of(data: dict[str, Any], scenario: Scenario | None) -> int:
    """Return how many arms are run."""
    arms = table(data, "study").get("arms")
    if isinstance(arms, list) and arms:
        return len(arms)
    return max(1, sum(1 for arm in scenario.arms.values() if arm.schemes)) if scenario is not None else 1


def _whole(x: Any) -> int:
    return int(x) if type(x) is int and x > 0 else 0
