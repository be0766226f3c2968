"""From a pilot's table to rows of the law and their targets: one row an arm while its offer runs, one after it.

People act again and again, so what counts is people more than opportunities: the error of a rate is that of people who
differ as the behaviour's `spread` says, each with so many opportunities. A sticky act is one answer a person, however
often it is looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log, sqrt

import numpy as np

from simulation.core.errors import InputError
from simulation.core.names import listed
from simulation.scenario.between import CONTROL
from simulation.scenario.model import Scenario
from simulation.studies.evidence.coding import Span, offered_spans, rows_of, weeks_of_offer
from simulation.studies.evidence.kernel import NODES, table_of
from simulation.studies.evidence.pilot import FEWEST, Cell, Pilot
from simulation.studies.evidence.rows import Row, Target

STUDY = "pilot"


@dataclass(frozen=True)
class Level:
    """A rate as observed: share of opportunities, standard error of the share and of its logit, people."""

    rate: float
    se: float
    people: float

    @property
    def logit(self) -> float:
        """Return the log-odds of the rate."""
        return log(self.rate / (1 - self.rate))

    @property
    def se_logit(self) -> float:
        """Return the standard error of the log-odds."""
        return self.se / (self.rate * (1 - self.rate))


@dataclass(frozen=True)
class Observation:
    """An arm of a pilot while its offer runs, or after it: what is known of it, and what was observed."""

    row: Row
    target: Target
    level: Level
    control: Level
    enrolled: float | None
    """Share of people enrolled; None where the table does not say."""

    @property
    def after(self) -> bool:
        """Tell whether it was observed after the offer had ended."""
        return self.row.after


def observations_of(scenario: Scenario, pilot: Pilot, design_effect: float = 1.0) -> list[Observation]:
    """Return what a pilot observed of its arms, weeks taken together; weeks before an offer count for nothing.

    Args:
        scenario: What was tried.
        pilot: The table.
        design_effect: By how much the variance of a rate grows because people were drawn in clusters.

    A behaviour that none of an arm's schemes aims at is passed over, for the law expects nothing of it.

    Raises:
        InputError: Where an arm has too few people, none of its weeks lies in its offer or after it, or no behaviour is
            one that its arm aims at.
    """
    spans, cells = [], []
    aimed = {(span.arm, span.behaviour) for span in offered_spans(scenario)}
    for arm in pilot.arms:
        for behaviour in pilot.behaviours:
            if (arm, behaviour) not in aimed:
                continue
            for part in _parts(scenario, pilot, arm, behaviour):
                weeks = min(c.week_from for c in part), max(c.week_to for c in part)
                spans.append(Span(arm, behaviour, *weeks))
                cells.append(part)
    if not spans:
        raise _not_aimed(scenario, pilot)
    rows = rows_of(scenario, STUDY, spans)
    return [_observation(scenario, pilot, row, part, design_effect) for row, part in zip(rows, cells, strict=True)]


def within(cells: Sequence[Cell], row: Row) -> list[Cell]:
    """Return the rows of a table that lie in the weeks of a row of the law."""
    return [c for c in cells if row.week_from <= c.week_from and c.week_to <= row.week_to]


def level_of(
    scenario: Scenario, pilot: Pilot, behaviour: str, cells: Sequence[Cell], design_effect: float, enrolled: bool
) -> Level:
    """Return the rate of some rows, taken together, with its error by people."""
    said = scenario.behaviours[behaviour]
    opportunities, weeks = sum(c.opportunities for c in cells), sum(c.week_to - c.week_from for c in cells)
    counted = _people(cells, float(said.opportunities_per_week), enrolled)
    people = min(counted, opportunities)  # of more people than opportunities, some were not looked at
    if people < FEWEST:
        raise _too_few(pilot, cells[0], people, counted, weeks, float(said.opportunities_per_week), enrolled)
    acts = sum(c.acts for c in cells)
    whole = 0 < acts < opportunities
    rate = acts / opportunities if whole else (acts + 0.5) / (opportunities + 1)
    each = 1.0 if said.dynamics == "sticky" else max(1.0, opportunities / people)
    between = _between(rate, float(said.spread))
    variance = (between + (rate * (1 - rate) - between) / each) * design_effect / people
    return Level(rate, sqrt(variance), people)


def _not_aimed(scenario: Scenario, pilot: Pilot) -> InputError:
    """Return the error for a table in which no arm aims at the behaviour that was observed."""
    c = next(c for c in pilot.cells if c.arm != CONTROL)
    aims = [span.behaviour for span in offered_spans(scenario) if span.arm == c.arm]
    return InputError(
        f"{pilot.name}, row {c.row}: no scheme of {c.arm} aims at {c.behaviour}, so nothing is learned. It aims at "
        f"{listed(aims) or 'nothing'}: name that in the column behaviour.",
        f"{pilot.name} แถวที่ {c.row}: ไม่มีมาตรการของ {c.arm} ที่มุ่ง {c.behaviour} จึงไม่มีสิ่งให้เรียนรู้ ทางเลือกนี้มุ่ง "
        f"{listed(aims) or 'ไม่มี'} ให้ระบุในคอลัมน์ behaviour",
    )


def _too_few(
    pilot: Pilot, c: Cell, people: float, counted: float, weeks: int, per_week: float, enrolled: bool
) -> InputError:
    """Return the error for too few people, with where their number comes from."""
    who, who_th = ("enrolled people", "ผู้เข้าร่วม ") if enrolled and c.enrolled is not None else ("people", " ")
    why, why_th = "", ""
    if people < counted:
        why, why_th = (
            f", for it counts no more opportunities of its {counted:.0f}",
            f" เพราะ {counted:.0f} คนมีโอกาสเพียงเท่านี้",
        )
    elif c.people is None and not enrolled:
        why = f", counted at {per_week:g} opportunities a week each, for there is no column people"
        why_th = f" คำนวณจากโอกาสคนละ {per_week:g} ครั้งต่อสัปดาห์ เพราะไม่มีคอลัมน์ people"
    return InputError(
        f"{pilot.name}, row {c.row}: {c.arm} has {people:.0f} {who} in its {weeks} weeks{why}; from fewer than "
        f"{FEWEST} nothing is learned. Run the pilot with more, or leave the arm out.",
        f"{pilot.name} แถวที่ {c.row}: {c.arm} มี{who_th}{people:.0f} คนใน {weeks} สัปดาห์{why_th} หากน้อยกว่า {FEWEST} คน "
        "ไม่มีสิ่งให้เรียนรู้ ให้ทดลองกับคนมากขึ้นหรือนำทางเลือกนี้ออก",
    )


def _parts(scenario: Scenario, pilot: Pilot, arm: str, behaviour: str) -> list[list[Cell]]:
    """Return the rows within an arm's offer and those after it, where there are any."""
    cells = pilot.of(arm, behaviour)
    if not cells:
        return []
    first, end = weeks_of_offer(scenario, scenario.arms[arm], behaviour)
    for c in cells:
        if c.week_from < first < c.week_to or c.week_from < end < c.week_to:
            raise InputError(
                f"{pilot.name}, row {c.row}: weeks {c.week_from} to {c.week_to - 1} lie partly outside the offer of "
                f"{arm}, weeks {first} to {end - 1}. Split the row there.",
                f"{pilot.name} แถวที่ {c.row}: สัปดาห์ที่ {c.week_from} ถึง {c.week_to - 1} อยู่นอกช่วงเสนอของ {arm} "
                f"คือสัปดาห์ที่ {first} ถึง {end - 1} บางส่วน ให้แบ่งแถวตรงนั้น",
            )
    parts = [[c for c in cells if first <= c.week_from < end], [c for c in cells if c.week_from >= end]]
    found = [part for part in parts if part]
    if not found:
        c = cells[0]
        raise InputError(
            f"{pilot.name}, row {c.row}: all weeks of {arm} lie before its offer, which starts in week {first}. "
            "Count weeks as the scenario does, from 0.",
            f"{pilot.name} แถวที่ {c.row}: ทุกสัปดาห์ของ {arm} อยู่ก่อนเริ่มเสนอในสัปดาห์ที่ {first} ให้นับสัปดาห์ตามสถานการณ์ เริ่มที่ 0",
        )
    return found


def _observation(
    scenario: Scenario, pilot: Pilot, row: Row, cells: Sequence[Cell], design_effect: float
) -> Observation:
    enrolled = pilot.over == "enrolled"
    level = level_of(scenario, pilot, row.behaviour, cells, design_effect, enrolled)
    control = _control(scenario, pilot, row, design_effect)
    shown = level.logit - control.logit
    target = Target(shown, level.se_logit, control.se_logit, level.rate, level.rate, level.se, "level", "seen")
    share = [c.enrolled / c.people for c in cells if c.enrolled is not None and c.people]
    return Observation(row, target, level, control, float(np.mean(share)) if share else None)


def _control(scenario: Scenario, pilot: Pilot, row: Row, design_effect: float) -> Level:
    """Return the control's rate in the same weeks, else in all of its weeks, else the baseline, without an error."""
    cells = pilot.of(CONTROL, row.behaviour)
    if not cells:
        return Level(float(scenario.behaviours[row.behaviour].baseline), 0.0, 0.0)
    return level_of(scenario, pilot, row.behaviour, within(cells, row) or cells, design_effect, False)


def _people(cells: Sequence[Cell], per_week: float, enrolled: bool) -> float:
    """Return how many people were observed on average; from their opportunities where the table does not say."""
    given = [c.enrolled if enrolled and c.enrolled is not None else c.people for c in cells]
    counted = [
        c.opportunities / (per_week * (c.week_to - c.week_from)) if n is None else n
        for c, n in zip(cells, given, strict=True)
    ]
    return float(np.mean(counted))


def _between(rate: float, spread: float) -> float:
    """Return the variance between people of the chance to act, where motivation spreads around a rate."""
    if spread == 0:
        return 0.0
    alpha = table_of([_standing(rate, spread)]).alpha[NODES[0]][0]
    _, weight = np.polynomial.hermite_e.hermegauss(NODES[0])
    chance = 1 / (1 + np.exp(-alpha))
    return float(np.average((chance - rate) ** 2, weights=weight))


def _standing(rate: float, spread: float) -> Row:
    """Return a row that offers nothing."""
    return Row(
        study=STUDY, arm="", behaviour="", baseline=rate, spread=spread, opportunities=1, chance=1.0, sticky=False,
        redecision=0.0, intrinsic=0.0, contingent=0.0, value=0.0, visibility=0.0, appeal=0.0, commitment=0.0,
        pivotality=0.0, message=0.0, reference=0.0, controlling=0.0, accepted=1.0, live_from=0, live_to=1,
        week_from=0, week_to=1, family="none",
    )  # fmt: skip
