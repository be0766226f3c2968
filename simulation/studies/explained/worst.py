"""The most that each scheme could cost, by the very function that the engine's budget check asks every week."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from operator import add

import numpy as np
from numpy.typing import NDArray

from simulation.agents.citizens_table import Citizens
from simulation.agents.law_spec import LawSpec
from simulation.agents.parameters import defaults, draw
from simulation.core.graph import Graph
from simulation.core.streams import Streams
from simulation.engine.money import SATANG
from simulation.engine.prepare import motivation
from simulation.engine.reach import Reach, reach_of
from simulation.engine.terms import BehaviourTerms, behaviour_terms
from simulation.engine.uptake import behaviour_index
from simulation.engine.weekview import new_accounts, week_view
from simulation.incentives.base import Scheme, Settlement, WeekView
from simulation.incentives.base import Society as Ties
from simulation.incentives.rights import Shown
from simulation.incentives.settling import checking, liability
from simulation.scenario.model import Scenario
from simulation.world.population import build_population
from simulation.world.social import build_graph
from simulation.world.spec import WorldSpec

SMALL = 50_000
"""Citizens up to whom the first society is built whole; of a larger one as many are drawn by the same rules."""


@dataclass(frozen=True, eq=False)
class Society:
    """The people that eligibility and costs are counted on: those of the first society, or a sample of it."""

    people: Shown
    terms: tuple[BehaviourTerms, ...]
    citizens: int
    drawn: Citizens
    world: WorldSpec
    streams: Streams
    spreads: tuple[float, ...]
    law: LawSpec

    def reach(self, scheme: Scheme, name: str, b: BehaviourTerms) -> Reach:
        """Return whom a scheme is for and whom it reaches; people's own rates are those of the first society."""
        alpha = np.zeros(self.people.n, np.float32)
        if scheme.target.asks_rates:
            rho_z = draw(self.streams.seed, self.streams.replicate, len(self.terms)).rho_z
            spread = self.spreads[b.index]
            alpha = motivation(self.drawn, self.streams, b.index, b.baseline, spread, rho_z, self.law)
        return reach_of(scheme, name, self.drawn, self.people, self.streams, alpha, self.ties)

    def ties(self) -> Graph:
        """Return who knows whom, built only where a target asks."""
        return build_graph(self.world, self.drawn, self.streams)

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
    streams = Streams(scenario.run.seed, 0)
    drawn = build_population(spec, streams, scenario.all_earn)
    terms = behaviour_terms(tuple(behaviours.items()), defaults(len(behaviours)))
    spreads = tuple(float(b.spread) for b in behaviours.values())
    return Society(Shown(drawn), terms, world.citizens, drawn, spec, streams, spreads, scenario.law)


@dataclass(frozen=True)
class Most:
    """What one scheme could cost at most: `liabilities` by week of offer, `running_a_week` beside them; satang.

    `a_week` is the budget of a week; where money is not simply closed off, no more than that can be paid in one.

    `all_act` is what it would pay without a budget if everybody eligible took part and acted at every chance; a prize
    counts at its expected value.
    """

    eligible: int
    reached: int
    outreach: int  # of the first week's liability, what it costs to reach them
    weeks: tuple[int, ...]
    liabilities: tuple[int, ...]
    set_aside: tuple[int, ...]  # what the budgets must hold for each week to open
    running_a_week: int
    budget: int | None
    all_act: int
    in_baht: bool
    a_week: int | None = None
    when_spent: str = "close"

    @cached_property
    def without_budget(self) -> int:
        """The greatest liability of all weeks together, running it left out."""
        return sum(self.liabilities)

    @cached_property
    def open_weeks(self) -> int:
        """Weeks in which the offer can be open: up to the one that alone could cost more than the budget."""
        return len(self.weeks) if self.must_close is None else self.weeks.index(self.must_close)

    @property
    def rewards(self) -> int:
        """The most that it could pay, running it left out: the liability, or the budget where that is less."""
        most = self.liabilities[: self.open_weeks]
        reserved = sum(most if self.a_week is None else [min(x, self.a_week) for x in most])
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
    def giving(self) -> tuple[int, ...]:
        """The liabilities without what it costs to reach people."""
        return tuple(x - (0 if i else self.outreach) for i, x in enumerate(self.liabilities))

    @property
    def paying(self) -> list[int]:
        """The weeks in which anything can be paid."""
        return [w for w, x in zip(self.weeks, self.giving, strict=True) if x]

    @property
    def may_close(self) -> int | None:
        """The earliest week in which the money can end; None where it suffices for all."""
        weeks = [
            self._first(map(add, accumulate((0, *self.liabilities)), self.set_aside), self.budget),
            self._first(iter(self.set_aside), self.a_week),
        ]
        return min((w for w in weeks if w is not None), default=None)

    @property
    def never_pays(self) -> bool:
        """Tell whether the budget does not even cover the first week in which anything can be paid."""
        first = next((w for w, x in zip(self.weeks, self.liabilities, strict=True) if x), None)
        return self.must_close is not None and first is not None and self.must_close <= first

    @property
    def must_close(self) -> int | None:
        """The week that alone could cost more than a budget, where that closes the offer; None where there is none."""
        if self.when_spent != "close":
            return None
        weeks = [self._first(iter(self.set_aside), limit) for limit in (self.budget, self.a_week)]
        return min((w for w in weeks if w is not None), default=None)

    def _first(self, sums: Iterator[int], limit: int | None) -> int | None:
        if limit is None:
            return None
        return next((w for w, x in zip(self.weeks, sums, strict=True) if x > limit), None)


def most_of(scenario: Scenario, scheme: Scheme, society: Society, name: str = "") -> Most:
    """Add up a scheme's greatest liability over its weeks of offer, everybody eligible enrolled."""
    schedule, here = scheme.schedule, society
    terms = here.terms[behaviour_index(here.terms, scheme.behaviour)]
    reach = here.reach(scheme, name, terms)
    eligible = reach.eligible
    weeks = tuple(w for a, b in schedule.blocks for w in range(a, min(b, scenario.run.weeks)))
    in_baht = scenario.currency is None and not getattr(scheme, "days_of_wage_per_act", None)
    all_in = _Weeks(scheme, here.people, terms, eligible)
    rewards, beside, aside, paid = [], [], [], 0
    for w in weeks:  # what a week could cost may hang on what was given before
        view = all_in.view(w)
        rewards.append(scheme.greatest_liability(here.people, view))
        beside.append(liability(scheme, here.people, view) - rewards[-1] + all_in.granted(w))  # checks and grants
        aside.append(scheme.set_aside(here.people, view))
        paid += all_in.paid(w) + all_in.granted(w)
    in_all = scheme.greatest_in_all(here.people, all_in.view(schedule.first))
    rewards = rewards if in_all is None else _up_to(rewards, in_all)
    liabilities = [here.scaled(x + y) for x, y in zip(rewards, beside, strict=True)]
    outreach = here.scaled(reach.cost_satang)
    liabilities[:1] = [x + outreach for x in liabilities[:1]]
    aside = [here.scaled(x + y) for x, y in zip(aside, beside, strict=True)]
    aside[:1] = [x + outreach for x in aside[:1]]
    return Most(
        eligible=here.scaled(int(eligible.sum())),
        reached=here.scaled(int(reach.reached.sum())),
        outreach=outreach,
        weeks=weeks,
        liabilities=tuple(liabilities),
        set_aside=tuple(aside),
        running_a_week=round(scheme.run_cost_baht_per_week * SATANG),
        budget=None if scheme.budget_baht is None else round(scheme.budget_baht * SATANG),
        all_act=here.scaled(paid),
        in_baht=in_baht,
        a_week=None if scheme.budget_baht_per_week is None else round(scheme.budget_baht_per_week * SATANG),
        when_spent=scheme.when_spent,
    )


def _up_to(liabilities: list[int], most: int) -> list[int]:
    """Cut the weeks where together they would pass the most of all of them: it can come true in the first weeks."""
    before = [0, *accumulate(liabilities)]
    return [max(0, min(x, most - spent)) for x, spent in zip(liabilities, before, strict=False)]


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
        if self.draws and not self.scheme.lots_decide_who:
            worth = self.scheme.offer(self.people, view).value_baht * self.eligible
            return round(float(worth.sum()) * self.terms.n * SATANG)
        people = 0 if settled.paid_satang is None else int(settled.paid_satang.sum())
        return people + settled.area_paid_satang + settled.service_satang + checking(self.scheme, view)

    def granted(self, week: int) -> int:
        """Return the grants of a week in which every organisation, or locality, runs the scheme, satang."""
        adoption = self.scheme.adoption
        if adoption is None:
            return 0
        units = self.people.organisation if self.scheme.localities is None else self.people.locality
        return len(np.unique(units[units >= 0])) * adoption.granted_satang(self.scheme.schedule, week)

    def _uniforms(self, purpose: int) -> NDArray[np.float64]:
        self.draws = True
        return np.full(self.people.n, 0.5)


def _in_pairs(n: int) -> Ties:
    """Return ties of a worst case: everybody acts, has a partner and brings that partner in, week after week."""
    partner = np.arange(n) ^ 1
    partner[partner >= n] = -1
    always = np.ones(n, np.float32)
    return Ties(chance=always.copy, partners=partner.copy, sponsors=partner.copy)
