"""What is allowed but risky in a study: designs too small for what they are to tell, corners that the scenario refuses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, product
from typing import Any

from simulation.core.errors import ScenarioError
from simulation.core.params import Text
from simulation.scenario.model import Scenario
from simulation.studies.plan.points import Design
from simulation.studies.plan.spec import StudySpec

FEWEST_TRAJECTORIES = 10
FEWEST_BASE = 64
FEWEST_POINTS_A_FACTOR = 10
_MOST_CORNERS = 16


def cautions(spec: StudySpec, scenario: Scenario, design: Design, arms: Sequence[str]) -> Iterator[Text]:
    """Yield each of them in English and Thai."""
    yield from _small(design)
    for name, lever in spec.levers.items():
        keys = lever.keys or (lever.key or "",)
        if keys[0].startswith("parameters."):
            yield Text(
                en=f"levers.{name} sets {keys[0]}, a parameter of the law, which no policy can set. "
                f"[uncertainties.{name}] is the place for it.",
                th=f"levers.{name} ตั้งค่า {keys[0]} ซึ่งเป็นค่าของกฎที่นโยบายกำหนดไม่ได้ ควรอยู่ใน [uncertainties.{name}]",
            )
    for factor in design.factors:
        idle = [key for key in factor.facts.keys if key.startswith("arms.") and key.split(".")[1] not in arms]
        if idle and len(idle) == len(factor.facts.keys):
            yield Text(
                en=f"{factor.facts.name} sets {idle[0]}, and that arm is not run: nothing will depend on it.",
                th=f"{factor.facts.name} ตั้งค่า {idle[0]} แต่ทางเลือกนั้นไม่ได้จำลอง จึงไม่มีสิ่งใดขึ้นกับค่านี้",
            )
    yield from _corners(scenario, design)


def _small(design: Design) -> Iterator[Text]:
    """A design too small for its intervals."""
    d = len(design.factors)
    if design.kind == "morris" and design.size < FEWEST_TRAJECTORIES:
        yield Text(
            en=f"{design.size} Morris trajectories are few: mu* and sigma will be uncertain. {FEWEST_TRAJECTORIES} to 50 are usual.",
            th=f"เส้นทางแบบ Morris {design.size} เส้นถือว่าน้อย ค่า mu* และ sigma จะไม่แน่นอน ปกติใช้ {FEWEST_TRAJECTORIES} ถึง 50",
        )
    if design.kind == "saltelli" and design.size < FEWEST_BASE:
        yield Text(
            en=f"A base of {design.size} is small: the intervals of S1 and ST will be wide. 512 or more are usual, {FEWEST_BASE} is a first look.",
            th=f"ฐาน {design.size} ถือว่าน้อย ช่วงของ S1 และ ST จะกว้าง ปกติใช้ 512 ขึ้นไป {FEWEST_BASE} ใช้ดูคร่าว ๆ",
        )
    if design.kind in ("saltelli", "sobol") and design.size & (design.size - 1):
        near = 2 ** max(1, round_log2(design.size))
        yield Text(
            en=f"{design.size:,} is no power of 2, so the Sobol' sequence is not balanced. {near:,} is the nearest.",
            th=f"{design.size:,} ไม่ใช่กำลังของ 2 ลำดับ Sobol' จึงไม่สมดุล ค่าใกล้ที่สุดคือ {near:,}",
        )
    if design.kind in ("latin-hypercube", "sobol") and design.size < FEWEST_POINTS_A_FACTOR * d:
        yield Text(
            en=f"{design.size:,} points for {d} factors are few: {FEWEST_POINTS_A_FACTOR * d} or more show the shape of a response.",
            th=f"{design.size:,} จุดสำหรับ {d} ปัจจัยถือว่าน้อย ควรมี {FEWEST_POINTS_A_FACTOR * d} จุดขึ้นไปจึงเห็นรูปของผล",
        )


def round_log2(n: int) -> int:
    """Return the exponent of the power of 2 that is nearest to n."""
    below = n.bit_length() - 1
    return below if n - 2**below <= 2 ** (below + 1) - n else below + 1


def _corners(scenario: Scenario, design: Design) -> Iterator[Text]:
    """The scenario takes each value alone; together two may not go, such as a taper longer than the offer."""
    if design.kind == "list":
        tried: Iterator[dict[str, Any]] = islice(iter(design), _MOST_CORNERS)
    else:
        ours = [f for f in design.factors if not f.parameter]
        ends = [_ends(f) for f in ours]
        tried = (
            {f.facts.name: v for f, v in zip(ours, corner, strict=True)}
            for corner in islice(product(*ends), _MOST_CORNERS)
        )
    keys = {f.facts.name: f.facts.keys for f in design.factors if not f.parameter}
    for corner in tried:
        changes = {key: value for name, value in corner.items() for key in keys.get(name, ())}
        if not changes:
            return
        try:
            scenario.with_(changes)
        except ScenarioError as error:
            at = ", ".join(f"{name} = {value}" for name, value in corner.items() if name in keys)
            problem = error.problems[0]
            en, th = (t.split("\n")[0] for t in (problem.text_en, problem.text_th))
            yield Text(
                en=f"The scenario refuses some points, such as {at}: {en} Their runs will be kept as failed."[:2000],
                th=f"สถานการณ์ไม่รับบางจุด เช่น {at}: {th} การจำลองของจุดเหล่านี้จะบันทึกว่าไม่สำเร็จ"[:2000],
            )
            return


def _ends(factor: Any) -> list[Any]:
    """Return the outermost values of a factor."""
    if factor.facts.values:
        values = factor.facts.values
        return list(dict.fromkeys([values[0], values[-1]]))
    return [factor.facts.low, factor.facts.high]
