"""What a reader of a pilot's lesson has to know: where it contradicts the model, and what was taken for granted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from simulation.core.params import Text
from simulation.reports.evidence.texts import effect
from simulation.scenario.between import CONTROL
from simulation.scenario.model import Scenario
from simulation.studies.evidence.learner import FEW
from simulation.studies.evidence.pilot import Pilot

UNHEARD_OF, UNLIKELY = 0.01, 0.05
"""Two-sided chances below which a figure lies outside what was held possible, or is not explained afterwards."""
FAR = 2.0
"""Standard errors by which a control may differ from the scenario's baseline."""


def cautions_of(scenario: Scenario, pilot: Pilot, arms: Sequence[Any], effective: float) -> dict[str, Text]:
    """Return what has to be said, by a short name; the order is that of weight.

    Args:
        scenario: What was tried.
        pilot: Its table.
        arms: What was observed and predicted, as `learn.Arm`.
        effective: How many members count.
    """
    said = [*_contradictions(arms, effective), *_control(scenario, pilot, arms), *_taken(scenario, pilot, arms)]
    return {rule: Text(en=en, th=th) for rule, en, th in said}


_Said = Iterator[tuple[str, str, str]]


def _contradictions(arms: Sequence[Any], effective: float) -> _Said:
    far = _names([a for a in arms if a.p_before < UNHEARD_OF])
    if far:
        yield (
            "outside_prior",
            f"This pilot lies outside what the model held possible: {far}. Check the table, the weeks and the amounts "
            "before you rely on what was learned.",
            f"ผลโครงการนำร่องนี้อยู่นอกช่วงที่แบบจำลองเห็นว่าเป็นไปได้: {far} ให้ตรวจตาราง สัปดาห์ และจำนวนเงิน ก่อนนำสิ่งที่เรียนรู้ไปใช้",
        )
    if all(a.seen.target.log_odds < 0 for a in arms):
        yield (
            "all_below_zero",
            "Every arm did less than the control. The model holds that possible only by crowding out or by chance.",
            "ทุกทางเลือกได้ผลต่ำกว่ากลุ่มควบคุม แบบจำลองเห็นว่าเกิดได้เพียงจากการเบียดบังแรงจูงใจภายในหรือจากความบังเอิญ",
        )
    odd = _names([a for a in arms if a.p_after < UNLIKELY])
    if odd:
        yield (
            "not_explained",
            f"Even after learning the model does not explain: {odd}. Arms of the pilot may contradict one another.",
            f"แม้เรียนรู้แล้ว แบบจำลองยังอธิบายไม่ได้: {odd} ผลของทางเลือกในโครงการนำร่องอาจขัดแย้งกันเอง",
        )
    if effective < FEW:
        yield (
            "thin",
            f"Only {effective:.0f} of the parameter sets agree with the pilot, so the ranges are rough.",
            f"มีชุดพารามิเตอร์เพียง {effective:.0f} ชุดที่สอดคล้องกับโครงการนำร่อง ช่วงของผลจึงหยาบ",
        )


def _control(scenario: Scenario, pilot: Pilot, arms: Sequence[Any]) -> _Said:
    for behaviour in pilot.behaviours:
        key = f"behaviours.{behaviour}.baseline"
        baseline = float(scenario.behaviours[behaviour].baseline)
        if not pilot.of(CONTROL, behaviour):
            yield (
                f"no_control_{behaviour}",
                f"The pilot has no control, so the scenario's {key}, {baseline:g}, stands for it as if it were certain.",
                f"โครงการนำร่องไม่มีกลุ่มควบคุม จึงใช้ {key} ของสถานการณ์ คือ {baseline:g} แทนเสมือนเป็นค่าที่แน่นอน",
            )
            continue
        level = next((a.seen.control for a in arms if a.seen.row.behaviour == behaviour), None)
        if level is not None and abs(level.rate - baseline) > FAR * level.se:
            yield (
                f"other_baseline_{behaviour}",
                f"The pilot's control acts at {level.rate:.3f}, the scenario says {baseline:g}. Set {key} to what holds "
                "where you will act.",
                f"กลุ่มควบคุมของโครงการนำร่องมีอัตรา {level.rate:.3f} แต่สถานการณ์ระบุ {baseline:g} ให้ตั้ง {key} ตามพื้นที่ที่จะดำเนินการ",
            )


def _taken(scenario: Scenario, pilot: Pilot, arms: Sequence[Any]) -> _Said:
    if all(c.people is None for c in pilot.cells):
        yield (
            "people_counted",
            "How many people stand behind the acts is counted from opportunities_per_week; a column people is better.",
            "จำนวนคนคำนวณจาก opportunities_per_week หากมีคอลัมน์ people จะดีกว่า",
        )
    for a in arms:
        share, said = a.seen.enrolled, a.taken_up
        if share is not None and said is not None and not said.low <= share <= said.high:
            yield (
                f"take_up_{a.seen.row.arm}",
                f"In {a.seen.row.arm} {100 * share:.0f} % were enrolled; the scenario makes it {100 * said.low:.0f} to "
                f"{100 * said.high:.0f} %. Set its enrolment to what you saw, for a pilot does not teach take-up.",
                f"ใน {a.seen.row.arm} มีผู้เข้าร่วมร้อยละ {100 * share:.0f} แต่ในสถานการณ์เป็นร้อยละ {100 * said.low:.0f} ถึง "
                f"{100 * said.high:.0f} ให้ตั้ง enrolment ตามที่สังเกตได้ เพราะโครงการนำร่องไม่สอนอัตราการเข้าร่วม",
            )


def _names(arms: Sequence[Any]) -> str:
    return ", ".join(f"{a.seen.row.arm} ({effect(a.seen.target.log_odds)})" for a in arms)
