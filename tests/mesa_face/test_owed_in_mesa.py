"""Schemes that pay later, inside somebody's own Mesa model: what agents are owed reaches them."""

import mesa
import pytest

import simulation as kw

OWN = {
    "points": {"baht_per_act": 5.0, "valid_weeks": 8},
    "points_shop": {"points_per_act": 10.0, "rewards": [{"points": 60, "baht": 9.0, "stock": 99}]},
    "staged_bonus": {"stages": [{"weeks": 9, "baht": 5.0}]},
    "stipend": {"baht_per_month": 130.0, "acts_needed_per_month": 12},
    "matched_saving": {"saved_baht_per_act": 10.0, "match_share": 0.5, "match_limit_baht_per_month": 65.0},
    "cash_per_act": {"baht_per_act": 5.0, "caps": {"acts_in_all": 12}},
    "symbolic_points": {"points_per_act": 1.0},
}
EIGHT_WEEKS = {  # baht to each of those who act 3 times a week
    "points": 8 * 15.0,
    "points_shop": 4 * 9.0,
    "staged_bonus": 8 * 15.0,
    "stipend": 2 * 120.0,
    "matched_saving": 2 * 60.0,
    "cash_per_act": 60.0,
    "symbolic_points": 0.0,
}


class Person(mesa.Agent):
    def __init__(self, model):
        super().__init__(model)
        self.wage, self.acts = 400.0, 3


class Village(mesa.Model):
    def __init__(self, kind, **settings):
        super().__init__(rng=1)
        Person.create_agents(self, 10)
        scheme = kw.scheme(kind, **OWN[kind], schedule={"start": 0, "weeks": 8}, **settings)
        self.scheme = kw.SchemeInMesa(self, scheme, opportunities=7, baseline=0.3)

    def week(self):
        self.scheme.offer()
        return self.scheme.settle()


@pytest.mark.parametrize("kind", sorted(OWN))
def test_all_that_was_earned_has_been_paid_by_the_end(kind):
    village = Village(kind)
    for _ in range(8):
        village.week()
    received = {village.scheme.received(agent) for agent in village.agents}
    assert received == {EIGHT_WEEKS[kind]}


@pytest.mark.parametrize(("kind", "weeks"), [("points", 5), ("staged_bonus", 5)])
def test_a_budget_that_closes_pays_what_is_owed(kind, weeks):
    """10 agents at 15 baht a week; a week could cost 350, so the sixth is not covered by 1,000 less 750."""
    village = Village(kind, budget_baht=1000.0)
    for week in range(8):
        village.week()
        paid = village.scheme.received(village.agents[0])
        assert paid == (15.0 * weeks if week >= weeks else 0.0), week
    assert village.scheme.opened == weeks
    assert village.scheme.ledger.paid_satang == 75_000
