"""How many would join: the level of enrolment, equation (11), and the responsiveness of those who do, equation (2)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.agents.citizens_table import Citizens
from simulation.agents.parameters import Parameters
from simulation.core.floats import exp64, exp_of, log64, logistic64, logit64
from simulation.core.graph import Graph
from simulation.core.streams import Streams
from simulation.engine.offers import Features, discrepancy_of, features_of, reasons_of
from simulation.engine.reach import Reach, reach_of
from simulation.engine.referral import promised
from simulation.engine.state import kinds_of
from simulation.engine.terms import BehaviourTerms, betas
from simulation.engine.weekview import first_week_view
from simulation.incentives.adoption import PULL_ON_SIGN_UP
from simulation.incentives.rights import Shown
from simulation.incentives.settling import offered

SAMPLE = 2000
"""Citizens, evenly spaced, on whom the mean-field recursion is solved."""
PARTICIPATION_WEEKS = 26
REENTRY_WEEKS = 13
FRICTION = {
    "one-tap": (0.096, 0.082, 0.061),
    "web-form": (0.025, 0.017, 0.008),
    "effortful-proof": (0.0008, 0.0008, 0.0008),
}
"""Weekly chance to sign up without any reward, at w_E = 0, 1 and 3 (docs/model.md, enrolment)."""
_AT_WEIGHTS = (0.0, 1.0, 3.0)
_TOLERANCE = 1e-4
LOWEST, HIGHEST = -30.0, 15.0
"""Bounds of alpha_E, logit."""
_LEVEL_TOLERANCE = 1e-7
_MOST_STEPS = 80


def friction_uptake(friction: str, p: Parameters) -> float:
    """Return alpha_E of a friction class: log-linear in w_E, times the drawn factor."""
    chances = [float(log64(c)) for c in FRICTION[friction]]
    log_chance = float(np.interp(p.w_e, _AT_WEIGHTS, chances))
    chance = min(0.95, p.friction_factor * float(exp64(log_chance)))
    return float(logit64(chance))


@dataclass(frozen=True, eq=False)
class Setting:
    """A society as far as signing up depends on it: people, motivation (logit) and responsiveness."""

    scenario: Any
    people: Shown
    streams: Streams
    p: Parameters
    terms: tuple[BehaviourTerms, ...]
    alpha: NDArray[np.float32]  # (behaviour, citizen)
    person: NDArray[np.float64]  # (citizen), the persons' factor of equation (2)
    scale: NDArray[np.float64]  # (behaviour)
    citizens: Citizens
    ties: Callable[[], Graph]

    def opt_in(self) -> list[tuple[int, str, str]]:
        """Return (start, arm, scheme) of every scheme that people sign up for, in that order."""
        return sorted(
            (s.schedule.first, arm, name)
            for arm, a in self.scenario.arms.items()
            for name, s in a.schemes.items()
            if s.enrolment.mode == "opt-in"
        )


def solve_uptake(setting: Setting) -> tuple[dict[tuple[str, str], float], float]:
    """Return alpha_E of every opt-in scheme by (arm, scheme), logit, and k of equation (2).

    k is the mean of the persons' factor weighted by the chance to take part in the first opt-in scheme by
    (start, arm, scheme); without any it is the factor's own mean, exp(sigma_s^2 / 2).
    """
    opt_in = setting.opt_in()
    if not opt_in:
        return {}, float(exp64(setting.p.sigma_s**2 / 2))
    solver = _Solver(setting)
    k = solver.normalisation(*opt_in[0][1:])
    return {(arm, name): solver.level_at(arm, name, k) for _, arm, name in opt_in}, k


def levels_at(
    setting: Setting, k: float, known: Mapping[tuple[str, str], float] | None = None
) -> dict[tuple[str, str], float]:
    """Return alpha_E of every opt-in scheme at a given normalisation k; those of `known` are not solved again."""
    solver, known = _Solver(setting), known or {}
    wanted = [(arm, name) for _, arm, name in setting.opt_in()]
    return {key: known[key] if key in known else solver.level_at(*key, k) for key in wanted}


class _Solver:
    """The mean-field recursion of enrolment on a sample of those eligible."""

    def __init__(self, setting: Setting) -> None:
        self.setting, self.p = setting, setting.p
        self._features: dict[tuple[str, str], tuple[Any, NDArray[np.int64], int]] = {}
        self._referral: dict[tuple[str, str], float] = {}

    def scheme(self, arm: str, name: str) -> Any:
        return self.setting.scenario.arms[arm].schemes[name]

    def normalisation(self, arm: str, name: str) -> float:
        """Return k, found by repeating s -> alpha_E -> chance to take part -> k."""
        k = float(exp64(self.p.sigma_s**2 / 2))
        enrolment = self.scheme(arm, name).enrolment
        for _ in range(50 if len(self._parts(arm, name)[1]) else 0):
            reason = self.reason(arm, name, k)
            alpha_e = self.level(arm, name, reason)
            if enrolment.target_share is not None:
                taken = self.signed_up(alpha_e, reason, enrolment, self.referral(arm, name))
            else:
                taken = 1.0 - (1.0 - logistic64(alpha_e + reason)) ** PARTICIPATION_WEEKS
            total = float(taken.sum())
            new = float((taken * self.setting.person[self._parts(arm, name)[1]]).sum()) / total if total > 0 else k
            moved, k = abs(new - k), new
            if moved < _TOLERANCE:
                break
        return k

    def reason(self, arm: str, name: str, k: float) -> NDArray[np.float64]:
        """Return R_j of the sample at normalisation k, logit."""
        features, pick, b = self._parts(arm, name)
        s = (self.setting.scale[b] / k * self.setting.person).astype(np.float32)
        z = discrepancy_of(self.setting.streams, b, kinds_of(self.scheme(arm, name)), self.p.omega)
        adoption = self.scheme(arm, name).adoption
        own = PULL_ON_SIGN_UP if adoption is not None and adoption.through else 0.0  # of all who may sign up
        return reasons_of(features, s, betas(self.p, self.setting.scenario.law), z)[pick].astype(np.float64) + own

    def referral(self, arm: str, name: str) -> float:
        """Return what a share of ties weighs more by a reward for bringing people in, logit; 0 without one."""
        if (arm, name) not in self._referral:
            x = self.setting
            self._referral[arm, name] = promised(
                x.scenario.arms[arm].schemes, name, x.people, x.terms, betas(self.p), partial(self._eligible, arm)
            )
        return self._referral[arm, name]

    def _reach(self, arm: str, name: str) -> Reach:
        x, scheme = self.setting, self.scheme(arm, name)
        b = behaviour_index(x.terms, scheme.behaviour)
        return reach_of(scheme, name, x.citizens, x.people, x.streams, x.alpha[b], x.ties)

    def _eligible(self, arm: str, name: str) -> NDArray[np.uint8]:
        return self._reach(arm, name).eligible

    def _parts(self, arm: str, name: str) -> tuple[Any, NDArray[np.int64], int]:
        """Return features, the sample (at most SAMPLE of those reached, evenly spaced) and the behaviour."""
        if (arm, name) not in self._features:
            x, scheme = self.setting, self.scheme(arm, name)
            b = behaviour_index(x.terms, scheme.behaviour)
            reach = self._reach(arm, name)
            rows, eligible = np.flatnonzero(reach.reached), reach.eligible
            pick = rows[:: max(1, len(rows) // SAMPLE)]
            self._features[arm, name] = (
                enrolment_features(scheme, x.people, x.terms[b], x.alpha[b], eligible),
                pick,
                b,
            )
        return self._features[arm, name]

    def level_at(self, arm: str, name: str, k: float) -> float:
        """Return alpha_E at normalisation k; a friction class asks for nobody's reasons."""
        enrolment = self.scheme(arm, name).enrolment
        if enrolment.target_share is None:
            return friction_uptake(enrolment.friction, self.p)
        return self.level(arm, name, self.reason(arm, name, k))

    def level(self, arm: str, name: str, reason: NDArray[np.float64]) -> float:
        """Return alpha_E: of the friction class, or solved for the target; least where nobody is eligible."""
        enrolment = self.scheme(arm, name).enrolment
        if enrolment.target_share is None:
            return friction_uptake(enrolment.friction, self.p)
        low, high = LOWEST, HIGHEST
        if not len(reason):
            return low
        referral = self.referral(arm, name)
        target = float(logit64(min(enrolment.target_share, 1.0 - 1e-9)))

        def gap(alpha_e: float) -> float:
            share = float(self.signed_up(alpha_e, reason, enrolment, referral).mean())
            return float(logit64(min(max(share, 1e-12), 1.0 - 1e-12))) - target

        # In log-odds the share is nearly straight in alpha_E: secant steps inside a bracket, first of slope 1.
        x, before = target - float(np.mean(reason)), None
        for _ in range(_MOST_STEPS):
            x = x if low < x < high else 0.5 * (low + high)
            g = gap(x)
            low, high = (x, high) if g < 0.0 else (low, x)
            if abs(g) < _LEVEL_TOLERANCE or high - low < _LEVEL_TOLERANCE:
                break
            slope = (g - before[1]) / (x - before[0]) if before is not None and x != before[0] else 1.0
            before, x = (x, g), x - g / slope if slope > 0.0 else low - 1.0
        return x

    def signed_up(
        self, alpha_e: float, reason: NDArray[np.float64], enrolment: Any, referral: float = 0.0
    ) -> NDArray[np.float64]:
        """Return each sampled citizen's chance to have signed up by then; share_i is the mean enrolled share."""
        p = self.p
        drop_out = p.drop_out if enrolment.exit_chance is None else float(enrolment.exit_chance)
        never = np.ones_like(reason)  # has not signed up yet
        enrolled = np.zeros_like(reason)
        waiting: list[NDArray[np.float64]] = [np.zeros_like(reason)] * REENTRY_WEEKS
        ready = np.zeros_like(reason)  # left long enough ago
        base = exp64(-(alpha_e + reason))
        for _ in range(enrolment.target_weeks):
            share = float(np.add.reduce(enrolled)) / len(enrolled)  # the mean, without its checks
            chance = 1.0 / (1.0 + base * exp_of(-(p.w_e + referral) * share))
            first, again = never * chance, ready * chance
            leaving = enrolled * drop_out
            never = never - first
            waiting.append(leaving)
            ready = ready - again + waiting.pop(0)
            enrolled = enrolled - leaving + first * (1.0 - p.never_start) + again
        return np.asarray(1.0 - never)


def enrolment_features(
    scheme: Any,
    people: Shown,
    terms: BehaviourTerms,
    alpha: NDArray[np.float32],
    eligible: NDArray[np.uint8],
) -> Features:
    """Return the features that weigh in signing up: as if live, v of a week at the population's rate."""
    view = first_week_view(scheme, people, terms, eligible)
    offer = offered(scheme, None, people, view)
    rate = logistic64(alpha.astype(np.float64)).astype(np.float32)
    features = features_of(offer, people.wage, rate)
    weekly = getattr(offer, "weekly_value_baht", None)
    value = offer.value_baht if weekly is None else weekly
    acts = np.float32(terms.opportunities * terms.baseline)
    return replace(features, value=np.asarray(value, dtype=np.float32) * acts)


def behaviour_index(terms: tuple[BehaviourTerms, ...], name: str | None) -> int:
    """Return the place of a behaviour; the only one where none is named."""
    if name is None:
        return 0
    return next(t.index for t in terms if t.name == name)
