"""The most that each scheme could cost, by the very function that the engine's budget check asks every week."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from simulation.agents.parameters import defaults
from simulation.core.streams import Streams
from simulation.engine.money import SATANG
from simulation.engine.terms import BehaviourTerms, behaviour_terms
from simulation.engine.uptake import behaviour_index
from simulation.engine.weekview import new_accounts, week_view
from simulation.incentives.base import Scheme, Settlement, WeekView
from simulation.incentives.base import Society as Ties
from simulation.incentives.rights import Shown
from simulation.scenario.model import Scenario
from simulation.world.population import build_population

SMALL = 50_000
"""Citizens up to whom the first society is built whole; of a larger one as many are drawn by the same rules."""


@dataclass(frozen=True, eq=False)
class Society:
    """The people that eligibility and costs are counted on: those of the first society, or a sample of it."""

    people: Shown
    terms: tuple[BehaviourTerms, ...]
    citizens: int

    @property
    def sampled(self) -> bool:
        """Tell whether fewer people were drawn than the scenario has."""
        return self.people.n < self.citizens

    def scaled(self, x: int) -> int:
        """Return a count or a sum for all citizens, rounded up."""
        return -(-x * self.citizens // self.people.n)


def first_society(scenario: Scenario) -> Society:
    """Draw the people of replicate 0; of a world above `SMALL` a sample, one citizen or more in each locality.

    People of tables of one's own are there anyway and are all taken.
    """
    world, behaviours = scenario.world, scenario.behaviours
    spec = world
    if world.files is None or not {"citizens", "ties"} & world.files.given().keys():
        spec = world.model_copy(update={"citizens": min(world.citizens, max(SMALL, world.localities.number))})
    people = Shown(build_population(spec, Streams(scenario.run.seed, 0)))
    return Society(people, behaviour_terms(tuple(behaviours.items()), defaults(len(behaviours))), world.citizens)


@dataclass(frozen=True)
class Most:
    """What one scheme could cost at most: `liabilities` by week of offer, `running_a_week` beside them; satang.

    `all_act` is what it would pay without a budget if everybody eligible took part and acted at every chance; a prize
    counts at its expected value.
    """

    eligible: int
    weeks: range
    liabilities: tuple[int, ...]
    running_a_week: int
    budget: int | None
    all_act: int
    in_baht: bool

    @cached_property
    def without_budget(self) -> int:
        """The greatest liability of all weeks together, running it left out."""
        return sum(self.liabilities)

    @cached_property
    def open_weeks(self) -> int:
        """Weeks in which the offer can be open: up to the one that alone could cost more than the budget."""
        return len(self.weeks) if self.must_close is None else self.must_close - self.weeks.start

    @property
    def rewards(self) -> int:
        """The most that it could pay, running it left out: the liability, or the budget where that is less."""
        reserved = sum(self.liabilities[: self.open_weeks])
        return reserved if self.budget is None else min(self.budget, reserved)

    @property
    def running(self) -> int:
        """What running it costs in the weeks in which the offer can be open."""
        return self.running_a_week * self.open_weeks

    @property
    def total(self) -> int | None:
        """The most that it could cost; None where an amount is in days of wage."""
        return self.rewards + self.running if self.in_baht else None

    @property
    def paying(self) -> list[int]:
        """The weeks in which anything can be paid."""
        return [w for w, x in zip(self.weeks, self.liabilities, strict=True) if x]

    @property
    def may_close(self) -> int | None:
        """The earliest week in which the budget can close the offer; None where it suffices for all."""
        return self._first(accumulate(self.liabilities))

    @property
    def never_pays(self) -> bool:
        """Tell whether the budget does not even cover the first week in which anything can be paid."""
        first = next((x for x in self.liabilities if x), 0)
        return self.budget is not None and first > self.budget

    @property
    def must_close(self) -> int | None:
        """The week that alone could cost more than the whole budget; None where there is none."""
        return self._first(iter(self.liabilities))

    def _first(self, sums: Iterator[int]) -> int | None:
        if self.budget is None:
            return None
        return next((w for w, x in zip(self.weeks, sums, strict=True) if x > self.budget), None)


def most_of(scenario: Scenario, scheme: Scheme, society: Society) -> Most:
    """Add up a scheme's greatest liability over its weeks of offer, everybody eligible enrolled."""
    schedule, here = scheme.schedule, society
    terms = here.terms[behaviour_index(here.terms, scheme.behaviour)]
    eligible = scheme.target.eligible(here.people).astype(np.uint8)
    weeks = range(schedule.start, min(schedule.end, scenario.run.weeks))
    in_baht = not getattr(scheme, "days_of_wage_per_act", None)
    all_in = _Weeks(scheme, here.people, terms, eligible)
    liabilities, paid = [], 0
    for w in weeks:  # what a week could cost may hang on what was given before
        liabilities.append(here.scaled(scheme.greatest_liability(here.people, all_in.view(w))))
        paid += all_in.paid(w)
    return Most(
        eligible=here.scaled(int(eligible.sum())),
        weeks=weeks,
        liabilities=tuple(liabilities),
        running_a_week=round(scheme.run_cost_baht_per_week * SATANG),
        budget=None if scheme.budget_baht is None else round(scheme.budget_baht * SATANG),
        all_act=here.scaled(paid),
        in_baht=in_baht,
    )


class _Weeks:
    """The weeks of a scheme in which everybody eligible takes part and acts at every chance."""

    def __init__(self, scheme: Scheme, people: Shown, terms: BehaviourTerms, eligible: NDArray[np.uint8]) -> None:
        self.scheme, self.people, self.terms, self.eligible = scheme, people, terms, eligible
        self.accounts = new_accounts(scheme, people)
        self.full = np.full(people.n, terms.n, np.int8)
        self.rates = np.ones(people.n_localities, np.float32)
        self.draws = False

    def view(self, week: int) -> WeekView:
        """Return what the scheme is shown."""
        return week_view(
            self.scheme,
            self.terms,
            week=week,
            acts=self.full,
            opportunities=self.full,
            live=self.eligible,
            eligible=self.eligible,
            enrolled=self.eligible,
            locality_rate=self.rates,
            accounts=self.accounts,
            uniforms=self._uniforms,
            society=_in_pairs(self.people.n) if self.scheme.needs_ties else None,
        )

    def paid(self, week: int) -> int:
        """Settle a week and return all that is paid, satang; where luck decides, the expected worth of the acts."""
        view = self.view(week)
        settled: Settlement = self.scheme.settle(self.people, view, self.accounts)
        if self.draws:
            worth = self.scheme.offer(self.people, view).value_baht * self.eligible
            return round(float(worth.sum()) * self.terms.n * SATANG)
        people = 0 if settled.paid_satang is None else int(settled.paid_satang.sum())
        return people + settled.area_paid_satang + settled.service_satang

    def _uniforms(self, purpose: int) -> NDArray[np.float64]:
        self.draws = True
        return np.full(self.people.n, 0.5)


def _in_pairs(n: int) -> Ties:
    """Return ties of a worst case: everybody acts, has a partner and brings that partner in, week after week."""
    partner = np.arange(n) ^ 1
    partner[partner >= n] = -1
    always = np.ones(n, np.float32)
    return Ties(chance=always.copy, partners=partner.copy, sponsors=partner.copy)
