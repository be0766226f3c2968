"""A scheme inside somebody's own Mesa model: what it is worth, whom it reaches, what it pays; it can only give."""

import math

import mesa
import numpy as np
import pytest

import simulation as kw
from simulation.agents.parameters import defaults
from simulation.incentives.base import Offer, Settlement
from simulation.incentives.individual.points import Points

KINDS = {
    "points": {"baht_per_act": 5},
    "prize_draw": {"prize_baht": 100, "chance_per_act": 0.1},
    "recognition": {"audience": "team", "baht_per_holder": 5},
    "comparison": {"reference": "locality-mean", "baht_per_message": 1},
    "collective_goal": {"goal_share": 0.3, "fund_baht_per_household": 10},
    "fee_discount": {"baht_per_month": 40, "acts_needed_per_month": 12},
    "matched_giving": {"given_baht_per_act": 10, "match_share": 0.5, "own_saving": True},
}


class Person(mesa.Agent):
    def __init__(self, model, wage=400.0, acts=3):
        super().__init__(model)
        self.wage, self.acts = wage, acts


class Village(mesa.Model):
    """People who do as they are told: the scheme alone is looked at."""

    def __init__(self, scheme, n=10, **settings):
        super().__init__(rng=1)
        Person.create_agents(self, n)
        self.scheme = kw.SchemeInMesa(self, scheme, **{"opportunities": 7, "baseline": 0.3, **settings})

    def week(self):
        self.scheme.offer()
        return self.scheme.settle()


def test_money_is_worth_what_the_model_page_says():
    village = Village(kw.scheme("points", baht_per_act=5))
    village.scheme.offer()
    p, person = defaults(1), village.agents[0]
    expected = p.beta_c + p.beta_m * math.log(1 + 5 / 400 / p.v0)
    assert village.scheme.reason(person) == pytest.approx(expected, rel=1e-5)
    person.wage = 4000.0
    village.scheme.settle()
    village.scheme.offer()
    assert village.scheme.reason(person) < expected - 0.01


def test_a_replicate_draws_the_parameters_of_that_society():
    worths = []
    for replicate in (0, 1, 1):
        village = Village(kw.scheme("points", baht_per_act=5), replicate=replicate)
        village.scheme.offer()
        worths.append(village.scheme.reason(village.agents[0]))
    assert worths[0] != worths[1] == worths[2]
    village = Village(kw.scheme("points", baht_per_act=5), replicate=1, seed=7)
    society = kw.model(kw.load("bangkok-waste", ["world.citizens=100"]), replicate=1, rng=7)
    assert village.scheme._p == society.state.prepared.parameters


def test_verified_acts_are_paid_and_the_ledger_holds_every_satang():
    village = Village(kw.scheme("points", baht_per_act=5, run_cost_baht_per_week=7))
    for person in village.agents:
        person.acts = person.unique_id % 8
    acts = sum(a.acts for a in village.agents)
    assert village.week() == village.week() == 5 * acts
    assert [village.scheme.received(a) for a in village.agents] == [10 * a.acts for a in village.agents]
    assert village.scheme.cost == 10 * acts + 14
    assert [e.people_satang for e in village.scheme.ledger.entries] == [500 * acts] * 2


def test_what_nobody_checks_is_claimed_falsely():
    checked = Village(kw.scheme("points", baht_per_act=5)).week()
    unchecked = Village(kw.scheme("points", baht_per_act=5, checks={"share": 0.0})).week()
    assert unchecked == pytest.approx(10 * 5 * (3 + 4 * defaults(1).false_claim_rate), abs=0.1)
    assert unchecked > checked == 150


def test_a_budget_is_never_passed_and_closes_the_offer_for_all():
    village = Village(kw.scheme("points", baht_per_act=5, budget_baht=1000))
    paid = [village.week() for _ in range(9)]
    assert paid == [150, 150, 150, 150, 150, 0, 0, 0, 0]  # a further week might cost 350
    assert village.scheme.cost <= 1000
    assert village.scheme.ledger.closed_week == 5
    assert village.scheme.offer() == Offer.none()
    assert village.scheme.reason(village.agents[0]) == 0


def test_outside_its_schedule_nothing_is_offered_or_paid():
    village = Village(kw.scheme("points", baht_per_act=5, schedule={"start": 1, "weeks": 1}))
    found = []
    for _ in range(3):
        village.scheme.offer()
        found.append((village.scheme.reason(village.agents[0]) > 0, village.scheme.settle()))
    assert found == [(False, 0), (True, 150), (False, 0)]


def test_who_does_not_take_part_has_no_reason_and_no_pay():
    opt_in = {"mode": "opt-in", "friction": "one-tap"}
    village = Village(kw.scheme("points", baht_per_act=5, enrolment=opt_in))
    first, second = village.agents[0], village.agents[1]
    assert village.week() == 0
    village.scheme.join(first)
    village.scheme.offer()
    assert village.scheme.reason(first) == village.scheme.worth(second) > village.scheme.reason(second) == 0
    assert village.scheme.settle() == village.scheme.received(first) == 15
    village.scheme.leave(first)
    assert village.week() == 0
    assert village.scheme.received(first) == 15


def test_the_born_come_in_and_the_removed_are_offered_nothing_more():
    village = Village(kw.scheme("points", baht_per_act=5))
    gone = village.agents[0]
    village.scheme.offer()
    born = Person(village)
    assert village.scheme.reason(born) == 0  # until the next offer
    assert village.scheme.settle() == 150
    gone.remove()
    village.scheme.offer()
    assert village.scheme.reason(born) > 0 == village.scheme.reason(gone)
    assert village.scheme.settle() == 150
    assert (village.scheme.received(gone), village.scheme.received(born)) == (15, 15)


def test_it_may_be_for_some_only():
    village = Village(kw.scheme("points", baht_per_act=5))
    few = kw.SchemeInMesa(
        village, kw.scheme("points", baht_per_act=5), village.agents.select(at_most=3), opportunities=7
    )
    few.offer()
    assert few.settle() == 45
    with pytest.raises(kw.InputError, match="none of the 3 agents"):
        few.reason(village.agents[5])


def test_localities_are_what_agents_say():
    village = Village(kw.scheme("comparison", reference="locality-mean"))
    for person in village.agents:
        person.locality = "north" if person.unique_id <= 5 else "south"
        person.acts = 7 if person.locality == "north" else 0
    village.week()
    village.scheme.offer()
    north, south = village.agents[0], village.agents[9]
    assert village.scheme.reason(north) > 0 == village.scheme.reason(south)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_runs_and_is_never_worth_less_than_nothing(kind):
    village = Village(kw.scheme(kind, **KINDS[kind]))
    worths, paid = [], 0.0
    for week in range(9):
        for person in village.agents:
            person.acts = (person.unique_id + week) % 8
        village.scheme.offer()
        worths += [village.scheme.reason(a) for a in village.agents]
        paid += village.scheme.settle()
        if week == 4:
            Person(village)
    assert min(worths) >= 0 < max(worths)
    assert paid == pytest.approx(sum(village.scheme.received(a) for a in village.agents))
    assert village.scheme.cost > 0


def test_a_scheme_of_no_worth_moves_nobody():
    village = Village(kw.scheme("points", baht_per_act=0))
    village.scheme.offer()
    assert village.scheme.reason(village.agents[0]) == 0
    assert village.scheme.settle() == 0


class Taker(Points):
    """Tries to fine people."""

    def settle(self, people, week, book):
        return Settlement(np.full(people.n, -100, np.int64))


class Spender(Points):
    """Promises less than it pays."""

    def greatest_liability(self, people, week):
        return 0


def test_nothing_can_be_taken_and_no_promise_broken():
    taker = Taker(baht_per_act=5.0, schedule={"start": 0, "weeks": 9})
    with pytest.raises(ValueError, match="schemes can only give"):
        Village(taker).week()
    with pytest.raises(kw.InputError, match="can only give"):
        kw.scheme("points", baht_per_act=-1)
    spender = Spender(baht_per_act=5.0, budget_baht=10.0, schedule={"start": 0, "weeks": 9})
    with pytest.raises(Exception, match="would pass the budget"):
        Village(spender).week()


def twice(village):
    village.scheme.offer()
    village.scheme.offer()


def badly(village, name, value):
    setattr(village.agents[2], name, value)
    village.week()


@pytest.mark.parametrize(
    ("mistake", "told"),
    [
        (twice, "settle"),
        (lambda v: v.scheme.settle(), "offer"),
        (lambda v: badly(v, "acts", 8), r"Person 3\.acts is 8; it is a whole number from 0 to 7"),
        (lambda v: badly(v, "acts", 0.5), r"Person 3\.acts is 0\.5"),
        (lambda v: badly(v, "wage", 0), r"Person 3\.wage is 0; .* above 0"),
        (lambda v: badly(v, "wage", None), r"Person 3\.wage is None"),
        (lambda v: kw.SchemeInMesa(v, v.scheme.scheme, opportunities=15), r"opportunities= is 15"),
        (lambda v: kw.SchemeInMesa(v, kw.scheme("points", baht_per_act=5, target={"online": True})), "agents="),
        (lambda v: kw.SchemeInMesa(v, kw.scheme("comparison", reference="locality-mean")), "baseline="),
        (lambda v: kw.scheme("point", baht_per_act=5), 'Did you mean "points"'),
        (lambda v: kw.scheme("points", baht_per_ac=5), 'Did you mean "baht_per_act"'),
    ],
)
def test_a_mistake_is_told_in_both_languages(mistake, told):
    with pytest.raises(kw.InputError, match=told) as error:
        mistake(Village(kw.scheme("points", baht_per_act=5)))
    assert error.value.render("th") != error.value.render("en")


def test_limits_hold_in_models_of_others_too():
    village = Village(kw.scheme("points", baht_per_act=5, budget_baht=400, when_spent="pro-rata"))
    assert [village.week() for _ in range(4)] == [150, 150, 100, 0]
    assert village.scheme.received(village.agents[0]) == 40
    assert village.scheme.ledger.cut_week == 2
    village = Village(kw.scheme("points", baht_per_act=5, budget_baht_per_head=25))
    assert [village.week() for _ in range(3)] == [150, 100, 0]
    Person.create_agents(village, 1)
    assert village.week() == 15  # the limit is of each
    with pytest.raises(kw.InputError, match="waiting-list"):
        Village(kw.scheme("points", baht_per_act=5, budget_baht=400, when_spent="waiting-list"))
