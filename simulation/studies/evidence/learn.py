"""What a pilot teaches: the ensemble weighed anew, the responsiveness of its setting, and a table of both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.core.errors import InputError
from simulation.scenario.load import load
from simulation.scenario.model import Scenario
from simulation.studies.evidence.bridge import Bridge, fitted, walk
from simulation.studies.evidence.expected import even_normals
from simulation.studies.evidence.learned import Arm, Learned, Range, moved, two_sided
from simulation.studies.evidence.learned_file import fit_for_table, write_learned
from simulation.studies.evidence.learner import (
    KEPT,
    Conditioned,
    condition,
    expect,
    interpolated,
    strata_of,
)
from simulation.studies.evidence.members import LEARNED, Members, members_before, others_given, togetherness
from simulation.studies.evidence.pilot import Pilot, read_pilot
from simulation.studies.evidence.pilot_rows import Observation, observations_of
from simulation.studies.evidence.pilot_said import cautions_of
from simulation.studies.evidence.rows import Target
from simulation.studies.evidence.score import generator
from simulation.studies.evidence.setting import setting_of
from simulation.studies.facts import scenario_name

Floats = NDArray[np.float64]
FILE = "learned.parquet"
FIRST_WALK, SECOND_WALK = 24, 48
"""Societies run in the engine: members as they were before, then as a first look at the pilot leaves them."""


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

    Example:
        >>> import pandas as pd
        >>> import simulation as kw
        >>> seen = pd.DataFrame({"arm": ["control", "usd_0_95"], "week": 0, "acts": [200, 130], "opportunities": [600, 200]})
        >>> seen.to_csv("pilot.csv", index=False)
        >>> found = kw.learn("thornton-2008", "pilot.csv", set_="world.citizens=200")
        >>> m = found.responsiveness["collect_result"]
        >>> m.after.high - m.after.low < m.before.high - m.before.low
        True
        >>> found.path.name
        'learned.parquet'
    """
    place = fit_for_table(out)
    if not 1.0 <= design_effect <= 1000.0:  # NaN is not
        raise InputError(
            f"--design-effect is {design_effect:g}; it is a number from 1 (people drawn one by one) to 1000 "
            "(in Python: design_effect=).",
            f"--design-effect เป็น {design_effect:g} ต้องเป็นจำนวนตั้งแต่ 1 (สุ่มเป็นรายคน) ถึง 1000 (ใน Python: design_effect=)",
        )
    settings = (set_,) if isinstance(set_, str) else tuple(set_)
    found = load(scenario, list(settings))
    pilot = read_pilot(observed, found, over)
    work = Work(found, pilot, tuple(observations_of(found, pilot, design_effect)))
    learned = work.learned(scenario_name(scenario) if isinstance(scenario, Scenario) else str(scenario), place)
    write_learned(place, work.after.columns(LEARNED), {**learned.to_json(), "setting": setting_of(found)})
    return learned if isinstance(scenario, Scenario) else replace(learned, settings=settings)


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
        members, deviates = _drawn(self._conditioned(bridge), SECOND_WALK)
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
        return _drawn(self.conditioned, KEPT)

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
                b: moved(np.exp(tau * u), np.exp(tau_after * after.responsiveness[b]))
                for b, u in before.responsiveness.items()
            },
            {n: moved(before.draws[n], after.draws[n]) for n in LEARNED},
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
            found[:, i] = middle[:, i] + np.clip(omega * even_normals(n, f"{key}|arm"), -size, size)
            error = float(np.sqrt(o.target.se**2 + o.target.se_reference**2 + bridge.error[i] ** 2))
            found[:, i] += error * even_normals(n, f"{key}|sample")
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
                one[behaviour] = condition(self.before.draws, values[:, :, index], targets, strata, capped=True)
        deviates = {b: c.deviate for b, c in one.items()}
        log_weight = np.sum([c.log_evidence for c in one.values()], axis=0)
        log_weight = log_weight + togetherness(deviates) if len(one) > 1 else log_weight
        weights = np.exp(log_weight - log_weight.max())
        weights /= weights.sum()
        every = others_given(deviates, tuple(self.scenario.behaviours), self.scenario.run.seed)
        return weights, float(1 / np.sum(weights**2)), every


def _drawn(found: tuple[Floats, float, dict[str, Floats]], kept: int) -> tuple[NDArray[np.int64], dict[str, Floats]]:
    """Draw members by weight, with the responsiveness of each."""
    weights, effective, deviates = found
    members = Conditioned(weights, weights, weights, effective).chosen(kept)
    return members, {b: u[members] for b, u in deviates.items()}


def _titles(scenario: Scenario) -> dict[str, Any]:
    found = {f"arm {name}": arm.title for name, arm in scenario.arms.items()}
    return {**found, **{f"behaviour {name}": b.title for name, b in scenario.behaviours.items()}}


def _wider(target: Target, error: float) -> Target:
    return replace(target, se=float(np.hypot(target.se, error)))
