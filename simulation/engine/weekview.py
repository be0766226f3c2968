"""What a scheme may see of a week: last week's acts, who is live, its own accounts. Never a person's name or trait."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.agents.citizens_table import Citizens
from simulation.engine.terms import BehaviourTerms
from simulation.incentives.base import WeekView


def first_week_view(scheme: Any, citizens: Citizens, terms: BehaviourTerms, eligible: NDArray[np.uint8]) -> WeekView:
    """Return the view of a scheme's first week: nothing done, nobody live, rates at the baseline."""
    return week_view(
        scheme,
        citizens,
        terms,
        week=scheme.schedule.start,
        acts=np.zeros(citizens.n, np.int8),
        opportunities=np.full(citizens.n, terms.n, np.int8),
        live=np.zeros(citizens.n, np.uint8),
        eligible=eligible,
        enrolled=np.zeros(citizens.n, np.uint8),
        locality_rate=np.full(citizens.n_localities, terms.baseline, np.float32),
        accounts=new_accounts(scheme, citizens),
    )


def new_accounts(scheme: Any, citizens: Citizens) -> dict[str, NDArray[Any]]:
    """Open the accounts that a scheme declares, at zero; `per` tells citizens from localities."""
    sizes = {"citizen": citizens.n, "locality": citizens.n_localities}
    return {a.name: np.zeros(sizes[getattr(a, "per", "citizen")], dtype=a.dtype) for a in scheme.accounts()}


def week_view(
    scheme: Any,
    citizens: Citizens,
    terms: BehaviourTerms,
    *,
    week: int,
    acts: NDArray[Any],
    opportunities: NDArray[Any],
    live: NDArray[np.uint8],
    eligible: NDArray[np.uint8],
    enrolled: NDArray[np.uint8],
    locality_rate: NDArray[np.float32],
    accounts: dict[str, NDArray[Any]],
    uniforms: Any = None,
    false_claim_rate: float = 0.0,
) -> WeekView:
    """Join the parts of a week into what the scheme is shown."""
    schedule = scheme.schedule
    return WeekView(
        week=week,
        since_start=week - schedule.start,
        weeks_to_end=schedule.start + schedule.weeks - week,
        n=terms.opportunities,
        acts=acts,
        opportunities=opportunities,
        live=live,
        eligible=eligible,
        enrolled=enrolled,
        locality_rate=locality_rate,
        baseline=terms.baseline,
        accounts=accounts,
        uniforms=uniforms,
        false_claim_rate=false_claim_rate,
        taper=schedule.taper_factor(week),
    )
