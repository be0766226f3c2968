"""Kinds for organisations: what each offers and pays, number by number, against the table of codings."""

from dataclasses import replace

import numpy as np
import pytest

from simulation.agents.parameters import defaults
from simulation.core.clock import monthly_satang
from simulation.core.streams import Streams
from simulation.engine.terms import behaviour_terms
from simulation.engine.weekview import first_week_view, new_accounts
from simulation.incentives.adoption import Adoption
from simulation.incentives.base import Society
from simulation.incentives.catalogue import scheme_classes
from simulation.incentives.rights import Shown
from simulation.incentives.teams import teams_of
from simulation.scenario.load import load
from simulation.world.population import build_population

N = 400
EACH = {
    "team_goal": {"baht_per_act": 2.0, "team_size": 4},
    "group_bonus": {"baht_per_act": 20.0, "group_size": 5},
    "organisation_award": {"audience": "named-to-group", "share_needed": 0.5, "baht_per_award": 100.0},
    "organisation_grant": {"own_baht_per_month": 1000.0, "baht_per_baht": 0.5, "organisations": {"baseline": 0.1}},
    "open_places": {"ease": 0.4},
}


@pytest.fixture(scope="module")
def place():
    scenario = load(
        "bangkok-waste", [f"world.citizens={N}", "world.localities.number=4", "world.organisations.mean_size=12"]
    )
    people = build_population(scenario.world, Streams(1, 0))
    return Shown(people), behaviour_terms(tuple(scenario.behaviours.items()), defaults(1))[0]


def scheme(kind, **changes):
    return scheme_classes()[kind](schedule={"start": 0, "weeks": 20}, **{**EACH[kind], **changes})


def view_of(s, place, week=0, acts=0, live=None, chance=None, book=None, running=None):
    people, terms = place
    first = first_week_view(s, people, terms, np.ones(N, np.uint8))
    known = None if chance is None else Society(lambda: chance, lambda: None, lambda: None)
    return replace(
        first, week=week, since_start=week, weeks_to_end=20 - week,
        acts=np.broadcast_to(np.int8(acts), N).copy() if np.ndim(acts) == 0 else acts,
        live=np.ones(N, np.uint8) if live is None else live,
        accounts=new_accounts(s, people) if book is None else book, society=known, running=running,
    )  # fmt: skip


def test_teams_are_within_organisations_and_as_near_to_the_size_as_can_be(place):
    people, _ = place
    teams = teams_of(people, np.ones(N, np.uint8), 4)
    own = people.organisation[teams.rows]
    assert sorted(teams.rows.tolist()) == np.flatnonzero(people.organisation >= 0).tolist()
    sizes = np.bincount(teams.of, minlength=teams.n)
    for team in range(teams.n):
        assert len(set(own[teams.of == team].tolist())) == 1
    members = np.bincount(people.organisation[people.organisation >= 0])
    assert sizes.min() >= min(3, members[members > 0].min())
    assert sizes.max() <= 5


def test_the_additive_rule_counts_a_mates_act_as_much_as_ones_own(place):
    people, terms = place
    s = scheme("team_goal")
    offer = s.offer(people, view_of(s, place))
    teams = teams_of(people, np.ones(N, np.uint8), 4)
    mates = teams.total(np.ones(N, np.uint8)) > 1
    inside = np.zeros(N, bool)
    inside[teams.rows] = True
    assert np.array_equal(offer.contingent, inside.astype(np.float32))
    assert np.array_equal(offer.value_baht, np.where(inside, np.float32(2), np.float32(0)))
    assert np.array_equal(offer.pivotality[teams.rows], mates.astype(np.float32))
    assert offer.controlling == 0.5
    paid = s.settle(people, view_of(s, place, acts=3), {}).paid_satang
    assert np.array_equal(paid[teams.rows], teams.total(np.ones(N, np.uint8)) * 3 * 200)
    assert not paid[~inside].any()
    assert int(s.settle(people, view_of(s, place, acts=int(terms.n)), {}).paid_satang.sum()) == s.greatest_liability(
        people, view_of(s, place)
    )


def test_all_or_nothing_is_worth_the_bonus_times_the_chance_that_all_others_act(place):
    people, terms = place
    s = scheme("team_goal", rule="all-or-nothing")
    chance = np.linspace(0.2, 0.9, N).astype(np.float32)
    offer = s.offer(people, view_of(s, place, chance=chance))
    teams = teams_of(people, np.ones(N, np.uint8), 4)
    for row, team in list(zip(teams.rows, teams.of, strict=True))[:40]:
        mates = [r for r, t in zip(teams.rows, teams.of, strict=True) if t == team and r != row]
        expected = float(np.prod(chance[mates].astype(np.float64))) if mates else 1.0
        assert offer.value_baht[row] == pytest.approx(2.0 * (len(mates) + 1) * expected, rel=1e-5)
        assert offer.pivotality[row] == pytest.approx(expected if mates else 0.0, rel=1e-5)
    most = s.settle(people, view_of(s, place, acts=int(terms.n)), {}).paid_satang
    assert int(most.sum()) == s.greatest_liability(people, view_of(s, place))  # the same as by the additive rule
    idle = np.full(N, terms.n, np.int8)
    idle[teams.rows[teams.of == 0][0]] = 0
    paid = s.settle(people, view_of(s, place, acts=idle), {}).paid_satang
    assert not paid[teams.rows[teams.of == 0]].any()
    assert paid[teams.rows[teams.of == 1]].all()


def test_a_group_shares_its_bonus_equally_among_those_who_take_part(place):
    people, _ = place
    s = scheme("group_bonus")
    teams = teams_of(people, np.ones(N, np.uint8), 5)
    size = teams.total(np.ones(N, np.uint8))
    offer = s.offer(people, view_of(s, place))
    assert np.allclose(offer.value_baht[teams.rows], 20.0 / size)
    assert np.allclose(offer.pivotality[teams.rows], np.where(size > 1, 1.0 / size, 0.0))
    live = np.ones(N, np.uint8)
    live[teams.rows[teams.of == 0][0]] = 0
    paid = s.settle(people, view_of(s, place, acts=1, live=live), {}).paid_satang
    assert np.array_equal(paid[teams.rows[(teams.of == 0)]] > 0, live[teams.rows[teams.of == 0]] > 0)
    earned = np.bincount(teams.of, weights=live[teams.rows]) * 2000
    got = np.bincount(teams.of, weights=paid[teams.rows])
    assert (got <= earned).all()
    assert (earned - got < np.bincount(teams.of)).all()  # less than one satang a member is left over
    whole = scheme("group_bonus", group_size=None).offer(people, view_of(s, place))
    members = np.bincount(people.organisation[people.organisation >= 0])
    row = int(np.flatnonzero(people.organisation >= 0)[0])
    assert whole.value_baht[row] == pytest.approx(20.0 / members[people.organisation[row]])


@pytest.mark.parametrize(("best", "expected"), [(0.0, "all at the share"), (0.02, "the best one")])
def test_an_award_goes_to_all_at_a_share_or_to_the_best(place, best, expected):
    people, terms = place
    s = scheme("organisation_award", best_share=best)
    book = new_accounts(s, people)
    acts = np.where(people.organisation % 2 == 0, terms.n, 0).astype(np.int8)
    acts[people.organisation == 0] = terms.n
    one_less = np.flatnonzero(people.organisation > 0)
    acts[one_less[acts[one_less] > 0]] -= 1  # only the first acts at every chance
    for week in range(4):
        settled = s.settle(people, view_of(s, place, week=week, acts=acts, book=book), book)
    members = np.bincount(people.organisation[people.organisation >= 0], minlength=people.n_organisations)
    looked_at = members >= 5
    number = int(book["holds"].sum())
    assert settled.service_satang == number * 10_000 <= s.greatest_liability(people, view_of(s, place, week=3))
    assert not book["holds"][~looked_at].any()
    even = looked_at & (np.arange(people.n_organisations) % 2 == 0)
    assert looked_at[0]
    assert number == (int(even.sum()) if best == 0.0 else 1), expected
    assert book["holds"][0]
    offer = s.offer(people, view_of(s, place, week=4, book=book))
    assert set(np.unique(offer.visibility).tolist()) <= {0.0, float(np.float32(0.7))}
    assert offer.holders_share == pytest.approx(number / np.count_nonzero(members))
    assert offer.contingent == offer.value_baht == 0


def test_only_members_of_organisations_that_run_it_share_in_an_award(place):
    people, _ = place
    s = scheme("organisation_award", organisations={"baseline": 0.1})
    assert s.adoption == Adoption(baseline=0.1, honour="named-to-group")
    running = np.zeros(people.n_organisations, np.uint8)
    running[0] = 1
    offer = s.offer(people, view_of(s, place, running=running))
    assert np.array_equal(offer.visibility > 0, people.organisation == 0)


def test_a_grant_enters_no_citizens_reasons(place):
    people, _ = place
    s = scheme("organisation_grant")
    offer = s.offer(people, view_of(s, place))
    assert all(not np.any(value) for value in vars(offer).values() if value is not None)
    assert s.adoption.grant_baht_per_month == 500.0
    assert monthly_satang(s.adoption.grant_baht_per_month) == 46_154


def test_places_make_acting_easier_for_members_or_for_those_of_units_that_open_them(place):
    people, _ = place
    s = scheme("open_places")
    offer = s.offer(people, view_of(s, place))
    assert np.array_equal(offer.ease, np.where(people.organisation >= 0, np.float32(0.4), np.float32(0)))
    decided = scheme("open_places", organisations={"baseline": 0.1})
    assert not np.any(decided.offer(people, view_of(decided, place)).ease)
    assert decided.adoption.places == 0.4
