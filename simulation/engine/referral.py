"""Rewards for bringing people in: by how much they add to the weight of ties in signing up, equation (11).

The share of ties enrolled weighs w_E; where members are rewarded, it weighs beta_c + beta_m ln(1 + v_r / v0) more, v_r
in days of the median wage of those eligible. Why so: docs/decisions/0017-referral.md.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.agents import equations as law
from simulation.engine.state import SchemeState, State
from simulation.engine.terms import BehaviourTerms, Betas
from simulation.engine.weekview import first_week_view
from simulation.incentives.rights import Shown

_ONE = np.float32(1.0)


def weight_of_ties(state: State, s: SchemeState) -> np.float32:
    """Return what the share of ties enrolled weighs this week: w_E, and more where bringing people in is rewarded."""
    weight = state.prepared.betas.w_e
    baht = sum(t.features.referral_baht for t in state.schemes if t.features is not None and brings(t, s.name))
    if not baht:
        return weight
    return np.float32(weight + pull_of_referral(baht, state.prepared.people.wage, s.eligible, state.prepared.betas))


def brings(t: SchemeState, name: str) -> bool:
    """Tell whether a scheme brings people into the scheme of that name."""
    return (t.scheme.brings_into or t.name) == name


def brought_into(state: State, s: SchemeState) -> SchemeState:
    """Return the scheme that people are brought into: itself where it names none."""
    return next((t for t in state.schemes if t.name == s.scheme.brings_into), s)


def pull_of_referral(baht: float, wage: NDArray[np.float32], eligible: NDArray[np.uint8], b: Betas) -> np.float32:
    """Return beta_c + beta_m ln(1 + v_r / v0), logit; 0 where nothing is paid or nobody is eligible."""
    those = wage[eligible > 0]
    if not baht or not len(those):
        return np.float32(0.0)
    return np.float32(b.beta_c + b.beta_m * law.money_pull(np.float32(baht), np.median(those), _ONE, b.v0))


def promised(
    schemes: Mapping[str, Any],
    name: str,
    people: Shown,
    terms: tuple[BehaviourTerms, ...],
    b: Betas,
    eligible: Callable[[str], NDArray[np.uint8]],
) -> float:
    """Return the pull of the rewards that an arm promises for bringing people into one of its schemes, logit.

    `eligible` tells by a scheme's name whom it is for.
    """
    baht = 0.0
    for other, t in schemes.items():
        if (t.brings_into or other) == name:
            act = next(x for x in terms if t.behaviour in (None, x.name))
            offered = t.offer(people, first_week_view(t, people, act, eligible(other)))
            baht += offered.referral_baht
    return float(pull_of_referral(baht, people.wage, eligible(name), b)) if baht else 0.0
