"""The table [law] of a scenario: side effects that are switched on or off, and rivals of the usual submodels.

Every key at its default leaves the law of docs/model.md as it is. What each does, its equation, range and source
stand in docs/law.md; `RULES` names the range that is suggested, the source and what it rests on.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from simulation.agents.citizens_table import Citizens
from simulation.agents.parameters import Parameters
from simulation.core.floats import exp64
from simulation.core.params import Frozen

Combine = Literal["counts-once", "strongest", "additive"]
"""How the schemes of an arm on one behaviour work together; see `engine.offers`."""
Decision = Literal["logit", "threshold"]
"""How a push moves acts, equation (6) or (6t); see `engine.thresholds`."""
NormPerception = Literal["weighted", "majority", "locality", "salient"]
"""What is seen of others, equation (10) and its rivals; see `engine.perception`."""
POOREST_FIFTHS = 2
"""Fifths of household income a head that count as deprived."""


class LawSpec(Frozen):
    """Side effects and rival submodels: switches and dials that change the law of behaviour."""

    fade: bool | None = Field(
        default=None,
        description="Whether messages wear off; by default they do, except where [study] replays one message.",
    )
    crowding_acts: Literal["always", "after"] = Field(
        default="always", description="When crowding acts: always, or only where no scheme is live."
    )
    reference_dependence: float = Field(
        default=0.0,
        ge=0,
        le=1,
        description="lam: a reward below what one is used to lowers reasons; it stands in the place of crowding.",
    )
    displacement: float | None = Field(
        default=None, ge=0, le=2, description="delta: an act loses from each hour gained in its substitutes last week."
    )
    anticipation: float = Field(
        default=0.0, ge=0, le=1, description="a: share of the reasons to come that moves people once it is announced."
    )
    announced_weeks: int = Field(
        default=0, ge=0, le=520, description="Weeks before its start that a scheme is announced."
    )
    response_of_deprived: float = Field(
        default=0.0,
        ge=-2,
        le=2,
        description="g_d: the poorest two fifths respond exp(g_d) times as much as the others.",
    )
    learning_from_rewards: float = Field(
        default=0.0,
        ge=0,
        le=10,
        description="w_P: ties who were paid last month draw one in; it stands in the place of ties who take part.",
    )
    broken_promises: float = Field(
        default=0.0, ge=0, le=5, description="w_cut: fewer sign up after what was promised was cut."
    )
    at_scale: float = Field(
        default=1.0,
        ge=0.16,
        le=1,
        description="h_scale: what appeals, commitments and messages keep at national scale.",
    )
    honour_at_scale: float = Field(
        default=1.0, ge=0.3, le=1, description="What honours keep at national scale, published effects being selected."
    )
    homophily_motivation: float = Field(
        default=0.0, ge=0, le=0.3, description="rho_h: how alike in motivation one household of one locality is."
    )
    decision: Decision = Field(
        default="logit",
        description="How a push moves acts: logit by as much as it is, threshold in full from a personal threshold on.",
    )
    norm_perception: NormPerception = Field(
        default="weighted",
        description="What is seen of others: ties by their weight, what most ties do, the locality's mean, or ties "
        "with those who act standing out.",
    )

    @property
    def moves_decisions(self) -> bool:
        """Tell whether something else than offers, norms, habits and crowding weighs in a decision."""
        rivals = self.crowding_acts == "after" or self.decision == "threshold"
        return bool(rivals or self.reference_dependence or self.displacement or self.anticipates)

    @property
    def anticipates(self) -> bool:
        """Tell whether what is announced moves people before its start."""
        return self.anticipation > 0 and self.announced_weeks > 0


@dataclass(frozen=True)
class Rule:
    """What is known of a key: its symbol, unit, the range that is suggested, its source and what it rests on."""

    symbol: str
    unit: str
    suggested: str
    source: str
    status: str


RULES: dict[str, Rule] = {
    "fade": Rule("phi", "switch", "on; phi ~ Beta(2,3), 0.4", "Ito, Ida and Tanaka 2018", "weak"),
    "crowding_acts": Rule("X", "switch", "always, after", "Deci, Koestner and Ryan 1999", "rival of X while paid"),
    "reference_dependence": Rule("lam", "share", "0, 0.15, 0.3", "judgement", "rival of X"),
    "displacement": Rule(
        "delta", "logit per hour", "0, 0.25, 0.5; Beta(2,6)", "Lacetera, Macis and Slonim 2012", "dial"
    ),
    "anticipation": Rule("a", "share", "Beta(2,18), 0.1", "Allcott, Gentzkow and Song 2022", "dial"),
    "announced_weeks": Rule("-", "weeks", "1 to 8", "the scenario's own plan", "plan"),
    "response_of_deprived": Rule("g_d", "ln units", "N(0.3, 0.3)", "judgement", "dial"),
    "learning_from_rewards": Rule("w_P", "logit per share", "0 to 3", "judgement", "rival of w_E"),
    "broken_promises": Rule("w_cut", "logit", "half-normal, 0.5", "judgement", "dial"),
    "at_scale": Rule("h_scale", "factor", "0.16 to 1, 0.5", "DellaVigna and Linos 2022", "dial"),
    "honour_at_scale": Rule("-", "factor", "U(0.3, 1)", "Andrews and Kasy 2019", "dial"),
    "homophily_motivation": Rule("rho_h", "share", "U(0, 0.3)", "judgement", "option of the world"),
    "decision": Rule(
        "theta", "switch", "logit, threshold", "Granovetter 1978; Centola and others 2018", "rival of equation (6)"
    ),
    "norm_perception": Rule(
        "m", "switch", "all four", "Valente 1996; Lerman, Yan and Wu 2016; judgement", "rival of equation (10)"
    ),
}
"""Each key of the table, in its order; docs/law.md says more."""


def fades(scenario: Any) -> bool:
    """Tell whether messages wear off: as [law] says, else everywhere but in the replay of a study."""
    said: bool | None = scenario.law.fade
    return scenario.study is None if said is None else said


def ruled(p: Parameters, law: LawSpec) -> Parameters:
    """Return the parameters under the rivals: one that takes the place of a submodel leaves nothing of that."""
    if law.reference_dependence:
        p = replace(p, kappa_c=0.0)
    if law.learning_from_rewards:
        p = replace(p, w_e=0.0)
    return p


def response_by_group(citizens: Citizens, law: LawSpec) -> NDArray[np.float64] | None:
    """Return exp(g_d deprived_i) over its mean, so that people respond no more on the whole; None where g_d is 0."""
    if not law.response_of_deprived:
        return None
    deprived = citizens.income_fifth < POOREST_FIFTHS
    factor = np.where(deprived, float(exp64(law.response_of_deprived)), 1.0)
    return np.asarray(factor / factor.mean())
