"""From the schemes of a study's arms to the features of the law, by code: rows that say what is known beforehand.

A small society of the study is prepared with every parameter at its default, each arm is opened in it, and what the
engine's own phases make of its schemes in the first week in which most of them are on is read off: kinds, amounts and
attributes become features in one place only, the schemes themselves. An arm whose offer depends on progress, such as a
threshold or a team's, is coded by that week. Features are means over the citizens who are offered anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation.agents import equations as law
from simulation.agents.parameters import van_der_corput
from simulation.core.floats import exp64, log64
from simulation.engine.enrolment import enrol
from simulation.engine.offers import Features, controlling_of
from simulation.engine.prepare import prepare
from simulation.engine.run import PHASES, start, step
from simulation.engine.state import Prepared, SchemeState, State
from simulation.scenario.fields import inside
from simulation.scenario.model import Arm, Scenario
from simulation.scenario.study import Assumed, StudyArm
from simulation.studies.evidence.rows import Row

SMALLEST = 400
"""Citizens of the society in which offers are read; more where there are many localities."""


class Span(NamedTuple):
    """A figure to predict: arm, behaviour, first week and the week after the last."""

    arm: str
    behaviour: str
    week_from: int
    week_to: int


def rows_of(scenario: Scenario, study_id: str, windows: Sequence[Span] | None = None) -> list[Row]:
    """Return what is known beforehand of each figure of a study.

    Args:
        scenario: The study; its outcomes are not looked at.
        study_id: Its name, the stem of its file.
        windows: Which figures; where it is None, one for each arm and each behaviour that it aims at, over the weeks of
            its offer.

    Raises:
        ValueError: For a window of an arm or a behaviour that the study has not.
    """
    asked = list(offered_spans(scenario)) if windows is None else [Span(*w) for w in windows]
    prepared = _society(scenario)
    states = {arm: _first_week(prepared, arm) for arm in dict.fromkeys(w.arm for w in asked)}
    return [_row(scenario, study_id, w, prepared, states[w.arm]) for w in asked]


def offered_spans(scenario: Scenario) -> Iterator[Span]:
    """Yield each arm with each behaviour that it aims at, over the weeks of its offer."""
    for name, arm in scenario.arms.items():
        for behaviour in scenario.behaviours:
            if any(_aim(scenario, s) == behaviour for s in arm.schemes.values()):
                yield Span(name, behaviour, *weeks_of_offer(scenario, arm, behaviour))


def weeks_of_offer(scenario: Scenario, arm: Arm, behaviour: str) -> tuple[int, int]:
    """Return the first week of offer and the one after the last, of the schemes aimed at a behaviour.

    Where none is aimed at it, those of all the arm's schemes; the whole horizon of an arm without schemes.
    """
    schemes = [s for s in arm.schemes.values() if _aim(scenario, s) == behaviour] or list(arm.schemes.values())
    if not schemes:
        return 0, scenario.run.weeks
    return min(s.schedule.first for s in schemes), max(s.schedule.end for s in schemes)


OWN_STAKES = re.compile(r"\b(?:deposits?|stakes?|own money)\b", re.IGNORECASE)
"""What the reason of an approximation says in English where people put in money of their own."""


def family_of(f: dict[str, float], kinds: Sequence[str], approximation: str = "") -> str:
    """Return the kind of incentive by which simple rules group arms; the first that holds.

    deposit: a pledge with money beside it, where the arm's approximation speaks of a deposit, of stakes or of own money
    (`OWN_STAKES`), for which the law has no term; team: an act helps mates; lottery: money by lot; cash: money or goods of any other form, bonuses for a goal too; charity: a
    reward without a worth of one's own; recognition; comparison; commitment; appeal: any other message or gift; none.
    """
    money = f["contingent"] > 0 and f["value"] > 0
    rules = (
        ("deposit", money and "pledge" in kinds and bool(OWN_STAKES.search(approximation))),
        ("team", f["pivotality"] > 0),
        ("lottery", money and "prize_draw" in kinds),
        ("cash", money),
        ("charity", f["contingent"] > 0),
        ("recognition", f["visibility"] > 0),
        ("comparison", f["message"] > 0),
        ("commitment", f["commitment"] > 0),
        ("appeal", f["appeal"] > 0),
    )
    return next((family for family, holds in rules if holds), "none")


def with_assumed(scenario: Scenario, k: int) -> Scenario:
    """Return the study with its recalled inputs at their k-th values; the file's own where k is 0 or none is assumed.

    Each is drawn by itself: half of the draws lie below the file's value and half above, evenly between it and the end
    of the range, in logarithms where the range is above 0. Draws fill the range evenly; the k-th is always the same.
    """
    said = () if scenario.study is None else scenario.study.assumed
    if k == 0 or not said:
        return scenario
    data = scenario.model_dump(mode="json")
    changes = {a.key: _drawn(a, inside(data, a.key.split(".")), k) for a in said}
    return scenario.with_(changes)


def _drawn(a: Assumed, value: Any, k: int) -> float | int:
    u = van_der_corput(k, 0, f"assumed {a.key}")
    logs = a.low > 0
    low, middle, high = (float(log64(x)) if logs else float(x) for x in (a.low, float(value), a.high))
    at = low + (middle - low) * 2 * u if u < 0.5 else middle + (high - middle) * (2 * u - 1)
    found = min(max(float(exp64(at)) if logs else at, a.low), a.high)
    return round(found) if type(value) is int else found


def _society(scenario: Scenario) -> Prepared:
    """Return a small society of the study, every parameter at its default."""
    world = scenario.world
    size = min(world.citizens, max(SMALLEST, 4 * world.localities.number))
    small = scenario if size == world.citizens or world.files is not None else scenario.sized(size, 1)
    return prepare(small, 0, parameters="default")


def _first_week(prepared: Prepared, arm: str) -> State:
    """Open an arm and advance to where its schemes have made their offers, in the first week with most of them."""
    state = start(prepared, arm, engine="numpy")
    schedules = [s.scheme.schedule for s in state.schemes]
    weeks = sorted({s.first for s in schedules})
    if not weeks:
        return state
    most = max(weeks, key=lambda week: (sum(s.is_live(week) for s in schedules), -week))
    while state.week + 1 < most:
        step(state)
    for phase in PHASES[: PHASES.index(enrol)]:
        phase(state)
    return state


def _row(scenario: Scenario, study_id: str, w: Span, prepared: Prepared, state: State) -> Row:
    b = next((t for t in prepared.behaviours if t.name == w.behaviour), None)
    if b is None:
        raise ValueError(f"{study_id} has no behaviour {w.behaviour!r}")
    said = scenario.behaviours[w.behaviour]
    study = scenario.study
    known = StudyArm() if study is None else study.arms.get(w.arm, StudyArm())
    outcome = None if study is None else study.outcome
    aimed = [s for s in state.schemes if s.behaviour == b.index and s.features is not None and s.moves_acts]
    f = _features(prepared, aimed)
    approximation = "" if known.approximation is None else known.approximation.en
    live = weeks_of_offer(scenario, scenario.arms[w.arm], w.behaviour)
    return Row(
        study=study_id,
        arm=w.arm,
        behaviour=w.behaviour,
        baseline=float(said.baseline),
        spread=float(said.spread),
        opportunities=b.n,
        chance=b.chance,
        sticky=b.sticky,
        redecision=b.redecision,
        intrinsic=float(said.intrinsic),
        contingent=f["contingent"],
        value=f["value"],
        visibility=f["visibility"],
        appeal=f["appeal"],
        commitment=f["commitment"],
        pivotality=f["pivotality"],
        message=f["message"],
        reference=f["reference"],
        controlling=f["controlling"],
        accepted=known.accepted,
        live_from=live[0],
        live_to=live[1],
        week_from=w.week_from,
        week_to=w.week_to,
        family=family_of(f, [s.scheme.kind for s in aimed], approximation),
        role="calibrate" if study is None else study.role,
        approximation=approximation,
        scale=1.0 if outcome is None else outcome.scale,
        unit="" if outcome is None or outcome.unit is None else outcome.unit.en,
    )


_FEATURES = (
    "contingent", "value", "visibility", "appeal", "commitment", "pivotality", "message", "reference", "controlling",
)  # fmt: skip


def _features(prepared: Prepared, aimed: Sequence[SchemeState]) -> dict[str, float]:
    """Join the schemes aimed at one behaviour by the rules of a bundle, citizen by citizen; return the means.

    C, A, K and M count once, value adds in days of the own wage less the discount of delay, the rest takes the largest.
    The reference is the mean over those who are told one, each by how much it is felt.
    """
    if not aimed:
        return dict.fromkeys(_FEATURES, 0.0)
    offered = [(s.features, s.reached.astype(np.float64)) for s in aimed]
    someone = np.maximum.reduce([mask for _, mask in offered]) > 0
    if not someone.any():
        return dict.fromkeys(_FEATURES, 0.0)

    def most(name: str) -> NDArray[np.float64]:
        return np.asarray(np.maximum.reduce([_column(getattr(f, name), mask) for f, mask in offered]))

    seen = [_column(law.recognition_pull(f.visibility, f.holders_share), mask) for f, mask in offered]
    columns = {
        **{name: most(name) for name in ("contingent", "appeal", "commitment", "pivotality", "message")},
        "value": np.sum([_days(f, mask) for f, mask in offered], axis=0),
        "visibility": np.maximum.reduce(seen),
        "reference": np.maximum.reduce([_column(f.reference, mask * (f.message > 0)) for f, mask in offered]),
        "controlling": controlling_of([f for f, _ in offered], [s.reached for s in aimed]).astype(np.float64),
    }
    of_each = {name: np.broadcast_to(columns[name], prepared.n)[someone] for name in _FEATURES}
    felt = of_each["message"]
    told = float(np.sum(of_each["reference"] * felt) / np.sum(felt)) if felt.any() else 0.0
    return {name: float(np.mean(x)) for name, x in of_each.items()} | {"reference": told}


def _column(feature: Any, mask: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return a feature of those who are offered it, 0 for the others."""
    return np.asarray(np.asarray(feature, dtype=np.float64) * mask)


def _days(f: Features, mask: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(_column(f.value, mask) * _column(f.discount, mask) / _column(f.wage, np.ones_like(mask)))


def _aim(scenario: Scenario, scheme: Any) -> str:
    return scheme.behaviour or next(iter(scenario.behaviours))
