"""What a pilot teaches: the ensemble weighed anew, the responsiveness of its setting, and a table of both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.core.errors import InputError
from simulation.core.params import Text
from simulation.scenario.load import load
from simulation.scenario.model import Scenario
from simulation.studies.evidence.bridge import Bridge, fitted, walk
from simulation.studies.evidence.learned_file import fit_for_table, write_learned
from simulation.studies.evidence.learner import (
    KEPT,
    Conditioned,
    condition,
    expect,
    interpolated,
    normal_strata,
    strata_of,
)
from simulation.studies.evidence.members import LEARNED, Members, members_before, others_given, togetherness
from simulation.studies.evidence.pilot import Pilot, read_pilot
from simulation.studies.evidence.pilot_rows import Observation, observations_of
from simulation.studies.evidence.pilot_said import cautions_of
from simulation.studies.evidence.rows import Target
from simulation.studies.evidence.score import generator
from simulation.studies.facts import scenario_name
from simulation.studies.plan.law import parameter

Floats = NDArray[np.float64]
FILE = "learned.parquet"
FIRST_WALK, SECOND_WALK = 24, 48
"""Societies run in the engine: members as they were before, then as a first look at the pilot leaves them."""


@dataclass(frozen=True)
class Range:
    """Median and the middle 90 % of something."""

    median: float
    low: float
    high: float

    @classmethod
    def of(cls, x: Floats, weights: Floats | None = None) -> Range:
        """Return that of draws, by their weights."""
        order = np.argsort(x)
        w = np.full(len(x), 1.0) if weights is None else weights[order]
        at = (np.cumsum(w) - 0.5 * w) / w.sum()
        low, median, high = np.interp((0.05, 0.5, 0.95), at, x[order])
        return cls(float(median), float(low), float(high))

    def to_json(self) -> dict[str, float]:
        """Return it as plain data."""
        return {"median": self.median, "low": self.low, "high": self.high}


@dataclass(frozen=True)
class Moved:
    """Something before the pilot and after it; `by` is how far its median went, in standard deviations of before."""

    before: Range
    after: Range
    by: float

    def to_json(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {"prior": self.before.to_json(), "posterior": self.after.to_json(), "moved": self.by}


@dataclass(frozen=True)
class Arm:
    """One arm of the pilot: observed, and predicted before and after, its sampling error within.

    `log_odds` are draws against the control; `p_before` and `p_after` how likely a figure at least so far from the
    middle is, two-sided.
    """

    seen: Observation
    before: Floats
    after: Floats
    p_before: float
    p_after: float
    taken_up: Range | None
    """Share enrolled in the engine in these weeks, where the pilot says its own."""

    def level(self, draws: Floats) -> Range:
        """Return draws as rates, from the control's."""
        return Range.of(1 / (1 + np.exp(-(self.seen.control.logit + draws))))

    def to_json(self) -> dict[str, Any]:
        """Return it as plain data."""
        row, seen = self.seen.row, self.seen
        return {
            "arm": row.arm,
            "behaviour": row.behaviour,
            "week_from": row.week_from,
            "week_to": row.week_to - 1,
            "after": seen.after,
            "people": seen.level.people,
            "observed": {"level": seen.level.rate, "control": seen.control.rate, "log_odds": seen.target.log_odds,
                         "se": float(np.hypot(seen.target.se, seen.target.se_reference))},
            "prior": {"level": self.level(self.before).to_json(), "p": self.p_before},
            "posterior": {"level": self.level(self.after).to_json(), "p": self.p_after},
        }  # fmt: skip


@dataclass(frozen=True)
class Learned:
    """What a pilot taught, and the table that was written.

    Attributes:
        scenario: Its name, or the file as it was asked for.
        digest: Of the scenario.
        pilot: What was read.
        arms: The pilot's arms.
        responsiveness: s of the setting by behaviour: 1 is that of the studies' middle.
        parameters: By name.
        effective: How many of the members count after the pilot.
        members: How many there were.
        cautions: What a reader has to know, by a short name.
        path: The table.
    """

    scenario: str
    digest: str
    pilot: Pilot
    arms: tuple[Arm, ...]
    responsiveness: dict[str, Moved]
    parameters: dict[str, Moved]
    effective: float
    members: int
    cautions: dict[str, Text]
    path: Path
    titles: Mapping[str, Any] = field(repr=False, default_factory=dict)
    """Of the behaviours and of the scenario's arms, each under "behaviour NAME" or "arm NAME"."""

    def arm_title(self, arm: str, lang: str) -> str:
        """Return an arm's title; its name where it has none."""
        return self._title("arm", arm, lang)

    def behaviour_title(self, behaviour: str, lang: str) -> str:
        """Return a behaviour's title; its name where it has none."""
        return self._title("behaviour", behaviour, lang)

    def parameter_title(self, name: str, lang: str) -> str:
        """Return what a reader sees of a parameter."""
        return parameter(name).title.get(lang)

    def _title(self, kind: str, name: str, lang: str) -> str:
        title = self.titles.get(f"{kind} {name}")
        return name if title is None else str(title.get(lang))

    def to_json(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {
            "scenario": self.scenario,
            "digest": self.digest,
            "pilot": {"file": self.pilot.name, "sha256": self.pilot.sha256, "over": self.pilot.over},
            "arms": [a.to_json() for a in self.arms],
            "responsiveness": {b: m.to_json() for b, m in self.responsiveness.items()},
            "parameters": {name: m.to_json() for name, m in self.parameters.items()},
            "effective": self.effective,
            "members": self.members,
            "warnings": [{"rule": rule, **why.model_dump()} for rule, why in self.cautions.items()],
            "written": str(self.path),
        }

    def text(self, lang: str = "en") -> str:
        """Return it as it is printed, 80 columns."""
        from simulation.reports.evidence.learned import render
        from simulation.reports.terminal import Screen

        return render(self, lang, Screen())

    def __str__(self) -> str:
        return self.text()


def learn(
    scenario: str | Path | Scenario,
    observed: str | Path,
    *,
    out: str | Path = FILE,
    over: str | None = None,
    design_effect: float = 1.0,
    set_: str | Sequence[str] = (),
) -> Learned:
    """Learn from a pilot: weigh the parameters anew and write those that `compare` is to draw from.

    Args:
        scenario: A file, a shipped name or a Scenario: the pilot's arms among those to be predicted.
        observed: The pilot's table, CSV or Parquet.
        out: The table of parameters to write, Parquet.
        over: Whose acts the table counts: "eligible" or "enrolled"; enrolled where it has such a column.
        design_effect: By how much the variance of a rate grows because people were drawn in clusters, from 1.
        set_: Changes such as "run.weeks=52", one or several.

    Raises:
        ScenarioError: For a bad scenario, with every mistake.
        InputError: For the first thing wrong with the table, or a file that is not a table of this kind.
    """
    place = fit_for_table(out)
    if not 1.0 <= design_effect <= 1000.0:  # NaN is not
        raise InputError(
            f"design_effect is {design_effect:g}; it is a number from 1 (people drawn one by one) to 1000.",
            f"design_effect เป็น {design_effect:g} ต้องเป็นจำนวนตั้งแต่ 1 (สุ่มเป็นรายคน) ถึง 1000",
        )
    found = load(scenario, [set_] if isinstance(set_, str) else list(set_))
    pilot = read_pilot(observed, found, over)
    work = Work(found, pilot, tuple(observations_of(found, pilot, design_effect)))
    learned = work.learned(scenario_name(scenario) if isinstance(scenario, Scenario) else str(scenario), place)
    write_learned(place, work.after.columns(LEARNED), learned.to_json())
    return learned


@dataclass(frozen=True)
class Work:
    """One pilot being learned from."""

    scenario: Scenario
    pilot: Pilot
    seen: tuple[Observation, ...]

    @cached_property
    def before(self) -> Members:
        """The members before the pilot."""
        return members_before(self.scenario.run.seed, tuple(self.scenario.behaviours))

    @cached_property
    def expected(self) -> Floats:
        """What each expects by the law without chance over the grid of responsiveness, float64[M, 41, L]."""
        found = np.empty(())
        for behaviour in self.pilot.behaviours:
            index = self._rows_of(behaviour)
            if len(index):
                values = expect(
                    self.before.draws, [self.seen[i].row for i in index], self.before.habit[behaviour]
                ).values
                found = np.empty((*values.shape[:2], len(self.seen))) if found.ndim == 0 else found
                found[:, :, index] = values
        return found

    @cached_property
    def bridge(self) -> tuple[Bridge, Floats]:
        """From the law to the engine in this scenario, and the shares enrolled there, by a first and a second look."""
        first = generator("first walk").permutation(len(self.before))[:FIRST_WALK]
        some = self.before.chosen(first, {b: u[first] for b, u in self.before.responsiveness.items()})
        law = [self._law(first, some)]
        walked = [walk(self.scenario, self.seen, some, self.pilot.over)]
        bridge = fitted(law[0], walked[0].log_odds)
        members, deviates = self._drawn(bridge, SECOND_WALK)
        near = self.before.chosen(members, deviates)
        law.append(self._law(members, near))
        walked.append(walk(self.scenario, self.seen, near, self.pilot.over))
        joined = np.concatenate([w.log_odds for w in walked])
        return fitted(np.concatenate(law), joined), walked[1].enrolled

    @cached_property
    def conditioned(self) -> tuple[Floats, float, dict[str, Floats]]:
        """Weights of the members, how many count, and a deviate of responsiveness each."""
        return self._conditioned(self.bridge[0])

    @cached_property
    def picked(self) -> tuple[NDArray[np.int64], dict[str, Floats]]:
        """Members drawn after the pilot, and their responsiveness."""
        return self._drawn(self.bridge[0], KEPT)

    @property
    def after(self) -> Members:
        """The members after the pilot."""
        return self.before.chosen(*self.picked)

    def learned(self, name: str, path: Path) -> Learned:
        """Put together what was learned."""
        _, effective, _ = self.conditioned
        arms = self._arms()
        before, after = self.before, self.after
        tau, tau_after = before.draws["tau"], after.draws["tau"]
        return Learned(
            name,
            self.scenario.digest,
            self.pilot,
            arms,
            {
                b: _moved(np.exp(tau * u), np.exp(tau_after * after.responsiveness[b]))
                for b, u in before.responsiveness.items()
            },
            {n: _moved(before.draws[n], after.draws[n]) for n in LEARNED},
            effective,
            len(before),
            cautions_of(self.scenario, self.pilot, arms, effective),
            path,
            _titles(self.scenario),
        )

    def _arms(self) -> tuple[Arm, ...]:
        members, deviates = self.picked
        everyone = np.arange(len(self.before))
        before = self._predicted(everyone, self.before.responsiveness, "before")
        after = self._predicted(members, deviates, "after")
        found = []
        for i, o in enumerate(self.seen):
            y = o.target.log_odds
            share = self.bridge[1][:, i]
            taken = Range.of(share[np.isfinite(share)]) if o.enrolled is not None and np.isfinite(share).any() else None
            found.append(
                Arm(o, before[:, i], after[:, i], two_sided(before[:, i], y), two_sided(after[:, i], y), taken)
            )
        return tuple(found)

    def _predicted(self, members: NDArray[np.int64], deviates: dict[str, Floats] | Any, when: str) -> Floats:
        """Return draws of what a pilot like this one would see: discrepancy and sampling errors within, [K, L]."""
        bridge = self.bridge[0]
        middle = bridge.over(self._at(members, deviates))
        omega = self.before.draws["omega"][members]
        found = np.empty_like(middle)
        for i, o in enumerate(self.seen):
            key, n, size = f"{when}|{o.row.key}", len(members), abs(middle[:, i])
            found[:, i] = middle[:, i] + np.clip(omega * normal_strata(f"{key}|arm", n), -size, size)
            error = float(np.sqrt(o.target.se**2 + o.target.se_reference**2 + bridge.error[i] ** 2))
            found[:, i] += error * normal_strata(f"{key}|sample", n)
        return found

    def _rows_of(self, behaviour: str) -> NDArray[np.int64]:
        return np.array([i for i, o in enumerate(self.seen) if o.row.behaviour == behaviour], dtype=np.int64)

    def _law(self, members: NDArray[np.int64], chosen: Members) -> Floats:
        return self._at(members, chosen.responsiveness)

    def _at(self, members: NDArray[np.int64], deviates: Any) -> Floats:
        """Return what members expect by the law at a responsiveness of theirs, float64[K, L]."""
        found = np.empty((len(members), len(self.seen)))
        for behaviour in self.pilot.behaviours:
            index = self._rows_of(behaviour)
            if len(index):
                values = self.expected[members][:, :, index]
                found[:, index] = interpolated(values, np.clip(deviates[behaviour], -4, 4)[:, None])[:, 0]
        return found

    def _conditioned(self, bridge: Bridge) -> tuple[Floats, float, dict[str, Floats]]:
        values = bridge.over(self.expected)
        one: dict[str, Conditioned] = {}
        for behaviour in self.pilot.behaviours:
            index = self._rows_of(behaviour)
            if len(index):
                targets = [_wider(self.seen[i].target, float(bridge.error[i])) for i in index]
                strata = strata_of(f"{self.scenario.run.seed}|{behaviour}|pilot", len(self.before))
                one[behaviour] = condition(self.before.draws, values[:, :, index], targets, strata)
        deviates = {b: c.deviate for b, c in one.items()}
        log_weight = np.sum([c.log_evidence for c in one.values()], axis=0)
        log_weight = log_weight + togetherness(deviates) if len(one) > 1 else log_weight
        weights = np.exp(log_weight - log_weight.max())
        weights /= weights.sum()
        every = others_given(deviates, tuple(self.scenario.behaviours), self.scenario.run.seed)
        return weights, float(1 / np.sum(weights**2)), every

    def _drawn(self, bridge: Bridge, kept: int) -> tuple[NDArray[np.int64], dict[str, Floats]]:
        weights, effective, deviates = self._conditioned(bridge)
        members = Conditioned(weights, weights, weights, effective).chosen(kept)
        return members, {b: u[members] for b, u in deviates.items()}


def _titles(scenario: Scenario) -> dict[str, Any]:
    found = {f"arm {name}": arm.title for name, arm in scenario.arms.items()}
    return {**found, **{f"behaviour {name}": b.title for name, b in scenario.behaviours.items()}}


def two_sided(draws: Floats, y: float) -> float:
    """Return how likely something at least so far from the middle of draws is, never below what they can tell."""
    n = len(draws)
    below = (float((draws < y).sum()) + 0.5) / (n + 1)
    return float(min(1.0, 2 * min(below, 1 - below)))


def _moved(before: Floats, after: Floats) -> Moved:
    """Compare; on the log scale, where nothing is 0."""
    there = before.min() > 0 and after.min() > 0
    x, y = (np.log(before), np.log(after)) if there else (before, after)
    spread = float(np.std(x))
    by = float(np.median(y) - np.median(x)) / spread if spread > 0 else 0.0
    return Moved(Range.of(before), Range.of(after), by)


def _wider(target: Target, error: float) -> Target:
    return replace(target, se=float(np.hypot(target.se, error)))
