"""What a reader of a pilot's lesson has to know: where it contradicts the model, and what was taken for granted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from simulation.core.params import Text
from simulation.reports.words import plain
from simulation.scenario.between import CONTROL
from simulation.scenario.model import Scenario
from simulation.studies.evidence.learner import FEW
from simulation.studies.evidence.pilot import Cell, Pilot
from simulation.studies.evidence.pilot_rows import within
from simulation.studies.evidence.rows import Row

UNHEARD_OF, UNLIKELY = 0.01, 0.05
"""Two-sided chances below which a figure lies outside what was held possible, or is not explained afterwards."""
GRAVE = ("outside_prior", "all_below_zero", "not_explained", "thin")
"""What goes on with the parameters: results that are drawn from them say it too."""
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
    said = [
        *_contradictions(arms, effective),
        *_control(scenario, pilot, arms),
        *_taken(pilot, arms),
        *_passed_over(pilot, arms),
    ]
    return {rule: Text(en=en, th=th) for rule, en, th in said}


_Said = Iterator[tuple[str, str, str]]


def _contradictions(arms: Sequence[Any], effective: float) -> _Said:
    far = [a for a in arms if a.p_before < UNHEARD_OF]
    if far:
        en, th = _seen(far)
        yield (
            "outside_prior",
            f"This pilot lies outside what the model held possible: {en}. Check the table, the weeks and the amounts "
            "before you rely on what was learned.",
            f"ผลโครงการนำร่องนี้อยู่นอกช่วงที่แบบจำลองเห็นว่าเป็นไปได้: {th} ให้ตรวจตาราง สัปดาห์ และจำนวนเงิน ก่อนนำสิ่งที่เรียนรู้ไปใช้",
        )
    if all(a.seen.target.log_odds < 0 for a in arms):
        yield (
            "all_below_zero",
            "Every arm did less than the control. The model holds that possible only by crowding out or by chance.",
            "ทุกทางเลือกได้ผลต่ำกว่ากลุ่มควบคุม แบบจำลองเห็นว่าเกิดได้เพียงจากการเบียดบังแรงจูงใจภายในหรือจากความบังเอิญ",
        )
    odd = [a for a in arms if a.p_after < UNLIKELY]
    if odd:
        en, th = _seen(odd)
        several = len({a.seen.row.key for a in arms}) > 1
        more = "Its figures may contradict one another" if several else "Something of this arm alone may be at work"
        more_th = "ผลของโครงการนำร่องอาจขัดแย้งกันเอง" if several else "อาจมีสิ่งที่เป็นเฉพาะของทางเลือกนี้"
        yield (
            "not_explained",
            f"Even after learning the model does not explain: {en}. {more}; what it predicts of other arms may be wrong.",
            f"แม้เรียนรู้แล้ว แบบจำลองยังอธิบายไม่ได้: {th} {more_th} ค่าที่ทำนายสำหรับทางเลือกอื่นจึงอาจผิด",
        )
    if effective < FEW:
        yield (
            "thin",
            f"Only {effective:.0f} of the parameter sets agree with the pilot, so the ranges are rough.",
            f"มีชุดพารามิเตอร์เพียง {effective:.0f} ชุดที่สอดคล้องกับโครงการนำร่อง ช่วงของผลจึงหยาบ",
        )


def _control(scenario: Scenario, pilot: Pilot, arms: Sequence[Any]) -> _Said:
    for behaviour in dict.fromkeys(a.seen.row.behaviour for a in arms):
        key = f"behaviours.{behaviour}.baseline"
        baseline = float(scenario.behaviours[behaviour].baseline)
        if not pilot.of(CONTROL, behaviour):
            yield (
                f"no_control_{behaviour}",
                f"The pilot has no control, so the scenario's {key}, {baseline:g}, stands for it as if it were certain.",
                f"โครงการนำร่องไม่มีกลุ่มควบคุม จึงใช้ {key} ของสถานการณ์ คือ {baseline:g} แทนเสมือนเป็นค่าที่แน่นอน",
            )
            continue
        yield from _other_weeks(pilot, [a.seen.row for a in arms if a.seen.row.behaviour == behaviour])
        level = next((a.seen.control for a in arms if a.seen.row.behaviour == behaviour), None)
        if level is not None and abs(level.rate - baseline) > FAR * level.se:
            yield (
                f"other_baseline_{behaviour}",
                f"The pilot's control acts at {level.rate:.3f}, the scenario says {baseline:g}. Set {key} to what holds "
                "where you will act.",
                f"กลุ่มควบคุมของโครงการนำร่องมีอัตรา {level.rate:.3f} แต่สถานการณ์ระบุ {baseline:g} ให้ตั้ง {key} ตามพื้นที่ที่จะดำเนินการ",
            )


def _taken(pilot: Pilot, arms: Sequence[Any]) -> _Said:
    if all(c.people is None for c in pilot.cells):
        yield (
            "people_counted",
            "How many people stand behind the acts is counted from opportunities_per_week; a column people is better.",
            "จำนวนคนคำนวณจาก opportunities_per_week หากมีคอลัมน์ people จะดีกว่า",
        )
    for a in arms:
        share, said = a.seen.enrolled, a.taken_up
        if share is not None and said is not None and not said.low <= share <= said.high:
            low, high = f"{100 * said.low:.0f}", f"{100 * said.high:.0f}"
            name = f"take_up_{a.seen.row.arm}{'_after' if a.seen.after else ''}"
            yield (
                name,
                f"In {a.seen.row.arm} {100 * share:.0f}% were enrolled; the scenario makes it "
                f"{low if low == high else f'{low} to {high}'}%. Set its enrolment to what you saw, for a pilot does not "
                "teach take-up.",
                f"ใน {a.seen.row.arm} มีผู้เข้าร่วมร้อยละ {100 * share:.0f} แต่ในสถานการณ์เป็นร้อยละ "
                f"{low if low == high else f'{low} ถึง {high}'} ให้ตั้ง enrolment ตามที่สังเกตได้ เพราะโครงการนำร่องไม่สอนอัตราการเข้าร่วม",
            )


def _other_weeks(pilot: Pilot, rows: Sequence[Row]) -> _Said:
    """Say of which arms the control was not seen in the same weeks, so that the season may differ too."""
    control = pilot.of(CONTROL, rows[0].behaviour)
    other = [row.arm for row in rows if not _weeks(pilot.of(row.arm, row.behaviour), row) <= _weeks(control, row)]
    names = ", ".join(dict.fromkeys(other))
    if names:
        yield (
            f"control_weeks_{rows[0].behaviour}",
            f"The control was not observed in all the weeks of {names}; what changed between the weeks counts as an effect. "
            "Better give the control in the same weeks.",
            f"ไม่ได้สังเกตกลุ่มควบคุมครบทุกสัปดาห์ของ {names} สิ่งที่เปลี่ยนไประหว่างสัปดาห์จึงนับเป็นผลด้วย ควรมีกลุ่มควบคุมในสัปดาห์เดียวกัน",
        )


def _weeks(cells: Sequence[Cell], row: Row) -> set[int]:
    return {week for c in within(cells, row) for week in range(c.week_from, c.week_to)}


def _passed_over(pilot: Pilot, arms: Sequence[Any]) -> _Said:
    """Say which rows taught nothing, for none of their arm's schemes aims at their behaviour."""
    known = {(a.seen.row.arm, a.seen.row.behaviour) for a in arms}
    others = dict.fromkeys((c.arm, c.behaviour) for c in pilot.cells if c.arm != CONTROL)
    rest = [f"{arm} ({behaviour})" for arm, behaviour in others if (arm, behaviour) not in known]
    if rest:
        listed = ", ".join(rest)
        yield (
            "not_aimed_at",
            f"Rows of a behaviour that no scheme of the arm aims at count for nothing: {listed}.",
            f"แถวของพฤติกรรมที่ไม่มีมาตรการใดของทางเลือกนั้นมุ่งถึง ไม่นำมานับ: {listed}",
        )


def _seen(arms: Sequence[Any]) -> tuple[str, str]:
    """Name arms with their rates, beside the control's, in English and Thai."""
    en, th = [], []
    for a in arms:
        rate, control = (plain(100 * x.rate, 1) for x in (a.seen.level, a.seen.control))
        ended, ended_th = (", after its end", " หลังสิ้นสุด") if a.seen.after else ("", "")
        en.append(f"{a.seen.row.arm}{ended} ({rate}%, the control {control}%)")
        th.append(f"{a.seen.row.arm}{ended_th} (ร้อยละ {rate} กลุ่มควบคุมร้อยละ {control})")
    return ", ".join(en), " ".join(th)
