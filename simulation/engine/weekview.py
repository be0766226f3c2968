"""What a scheme may see of a week: last week's acts, who is live, its own accounts. Never a person's name or trait."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from simulation.engine.terms import BehaviourTerms
from simulation.incentives.base import Society, WeekView
from simulation.incentives.rights import Shown, read_only


class Act(Protocol):
    """What is acted on: how often a week, and in which share of those opportunities without a scheme."""

    @property
    def opportunities(self) -> float:
        """Opportunities a week."""

    @property
    def baseline(self) -> float:
        """Share of them acted on."""


def first_week_view(scheme: Any, people: Shown, terms: BehaviourTerms, eligible: NDArray[np.uint8]) -> WeekView:
    """Return the view of a scheme's first week: nothing done, nobody live, rates at the baseline."""
    view = week_view(
        scheme,
        terms,
        week=scheme.schedule.first,
        acts=np.zeros(people.n, np.int8),
        opportunities=np.full(people.n, terms.n, np.int8),
        live=np.zeros(people.n, np.uint8),
        eligible=read_only(eligible),
        enrolled=np.zeros(people.n, np.uint8),
        locality_rate=np.full(people.n_localities, terms.baseline, np.float32),
        accounts=new_accounts(scheme, people),
    )
    # People sign up for the whole amount, not for the first step towards it.
    return replace(view, taper=1.0) if scheme.schedule.ramp else view


def new_accounts(scheme: Any, people: Shown) -> dict[str, NDArray[Any]]:
    """Open the accounts that a scheme declares, at zero; `per` tells of whom each number is."""
    sizes = {
        "citizen": people.n,
        "organisation": people.n_organisations,
        "locality": people.n_localities,
        "province": people.n_provinces,
        "scheme": 1,
    }
    return {a.name: np.zeros(sizes[getattr(a, "per", "citizen")], dtype=a.dtype) for a in scheme.accounts()}


def week_view(
    scheme: Any,
    act: Act,
    *,
    week: int,
    acts: NDArray[Any],
    opportunities: NDArray[Any],
    live: NDArray[np.uint8],
    eligible: NDArray[np.uint8],
    enrolled: NDArray[np.uint8],
    locality_rate: NDArray[np.float32],
    accounts: Mapping[str, NDArray[Any]],
    uniforms: Any = None,
    false_claim_rate: float = 0.0,
    society: Society | None = None,
    running: NDArray[np.uint8] | None = None,
    outreach_satang: int = 0,
    granted_satang: int = 0,
) -> WeekView:
    """Join the parts of a week into what the scheme is shown."""
    schedule = scheme.schedule
    return WeekView(
        week=week,
        since_start=schedule.since_start(week),
        weeks_to_end=schedule.weeks_to_end(week),
        n=act.opportunities,
        acts=read_only(acts),
        opportunities=read_only(opportunities),
        live=read_only(live),
        eligible=read_only(eligible),
        enrolled=read_only(enrolled),
        locality_rate=read_only(locality_rate),
        baseline=act.baseline,
        accounts=accounts if uniforms else {name: read_only(a) for name, a in accounts.items()},
        uniforms=uniforms,
        false_claim_rate=false_claim_rate,
        taper=schedule.taper_factor(week),
        society=society,
        running=running,
        outreach_satang=outreach_satang,
        granted_satang=granted_satang,
    )
