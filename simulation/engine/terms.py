"""The constants of one simulated society, ready for the passes: float32, one object per behaviour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from simulation.agents.law_spec import LawSpec
from simulation.agents.parameters import HABIT_CAP, Parameters
from simulation.core.floats import exp64
from simulation.world.facts import hours_of_act

STICKY_HABIT_OPPORTUNITIES = 7
WEEKS_A_YEAR = 52
FURTHEST_TREND = 40.0
"""f beyond which nobody's chance can change, logit: motivation lies within 16, and chances are held there."""


@dataclass(frozen=True)
class BehaviourTerms:
    """What the equations need of one behaviour. `n` is the number of opportunities of a week that has any.

    `chance` is the share of weeks with an opportunity; `gain` is 1 - exp(-eta1 n); `ratios[k]` is (n-k)/(k+1).
    """

    name: str
    index: int
    n: int
    chance: float
    sticky: bool
    redecision: float
    baseline: float
    opportunities: float
    visible_norm: np.float32
    habit: np.float32
    gain: np.float32
    ratios: tuple[np.float32, ...]
    crowding_scale: float
    decay: np.float32
    nu: np.float32
    trend_per_week: float
    hours: float = 0.0  # an act takes, for displacement
    weekly: float = 1.0  # acts a week that a sticky act stands for

    def trend_odds(self, week: int) -> np.float32:
        """Return exp(f) of a week, 1 where there is no trend."""
        if self.trend_per_week == 0.0:
            return np.float32(1.0)
        f = self.trend_per_week * week
        return np.float32(exp64(min(max(f, -FURTHEST_TREND), FURTHEST_TREND)))


def behaviour_terms(behaviours: Sequence[tuple[str, Any]], p: Parameters) -> tuple[BehaviourTerms, ...]:
    """Turn the scenario's behaviours and a parameter draw into the constants of the passes."""
    return tuple(_terms(name, b, index, p) for index, (name, b) in enumerate(behaviours))


def _terms(name: str, b: Any, index: int, p: Parameters) -> BehaviourTerms:
    sticky = b.dynamics == "sticky"
    opportunities = 1.0 if sticky else float(b.opportunities_per_week)
    n = max(1, round(opportunities))
    chance = opportunities if opportunities < 1.0 else 1.0
    exposure = STICKY_HABIT_OPPORTUNITIES if sticky else n
    iota = min(1.0, max(0.0, float(b.intrinsic) + p.iota_shift))
    habit = min(HABIT_CAP, p.w_h * float(exp64(p.tau_h * p.habit_deviate[index])))
    return BehaviourTerms(
        name=name,
        index=index,
        n=n,
        chance=chance,
        sticky=sticky,
        redecision=float(b.redecision or 0.0) if sticky else 0.0,
        baseline=float(b.baseline),
        opportunities=opportunities,
        visible_norm=np.float32(p.w_d * float(b.visible)),
        habit=np.float32(habit),
        gain=np.float32(1.0 - float(exp64(-p.eta1 * exposure))),
        ratios=tuple(np.float32((n - k) / (k + 1)) for k in range(n)),
        crowding_scale=p.kappa_c * iota,
        decay=np.float32(exp64(-p.chi)),
        nu=np.float32(p.nu),
        trend_per_week=float(b.trend_per_year) / WEEKS_A_YEAR,
        hours=hours_of_act(name, getattr(b, "hours_per_act", None)) or 0.0,
        weekly=float(b.opportunities_per_week),
    )


@dataclass(frozen=True)
class Betas:
    """The weights of equation (4) as float32."""

    beta_c: np.float32
    beta_m: np.float32
    v0: np.float32
    beta_r: np.float32
    beta_a: np.float32
    beta_k: np.float32
    beta_t: np.float32
    w_d: np.float32
    w_e: np.float32

    @property
    def row(self) -> tuple[np.float32, ...]:
        """The weights in the order of the pass `reasons`."""
        return (
            self.beta_c, self.beta_m, self.v0, self.beta_r, self.beta_a, self.beta_k, self.beta_t, self.w_d,
        )  # fmt: skip


def betas(p: Parameters, law: LawSpec | None = None) -> Betas:
    """Return the weights of a draw, of messages and honours those that [law] leaves at national scale."""
    names = ("beta_c", "beta_m", "v0", "beta_r", "beta_a", "beta_k", "beta_t", "w_d", "w_e")
    kept = {name: 1.0 for name in names}
    if law is not None:
        kept |= dict.fromkeys(("beta_a", "beta_k", "w_d"), law.at_scale) | {"beta_r": law.honour_at_scale}
    return Betas(**{name: np.float32(getattr(p, name) * kept[name]) for name in names})
