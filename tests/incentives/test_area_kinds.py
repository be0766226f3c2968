"""Kinds for areas and organisations, number by number: coding, thresholds at their edge, levels, money to areas."""

from dataclasses import replace
from importlib import import_module

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation.agents.parameters import defaults
from simulation.core.streams import Streams
from simulation.engine.prepare import prepare
from simulation.engine.run import run, start
from simulation.engine.terms import behaviour_terms
from simulation.engine.weekview import first_week_view, new_accounts
from simulation.incentives.catalogue import scheme_classes
from simulation.incentives.fragment import fragment_of
from simulation.incentives.ladder import NINE_STEPS, TEN_INDICATORS, others_as_high, points
from simulation.incentives.rights import Shown
from simulation.scenario.fragments import scenario_of
from simulation.scenario.load import load
from simulation.world.population import build_population

N, PLACES, WEEKS = 400, 4, 52
EACH = {
    "area_revenue": {"baht_per_unit": 250.0, "acts_per_unit": 2500.0},
    "block_grant": {"pot_baht_per_month": 1300.0},
    "roadside_count": {"baht_per_count": 500.0},
    "moral_organisation": {"goal_share": 0.5},
    "moral_area": {"goal_share": 0.5},
    "moral_province": {"goal_share": 0.5},
}
LADDERS = ("moral_organisation", "moral_area", "moral_province")


class Table:
    """400 citizens in 4 localities of two provinces and 8 organisations, everybody a member of one."""

    n, n_localities, n_organisations, n_provinces = N, PLACES, 8, 2
    province_of_locality = np.array([0, 0, 1, 1], dtype=np.int32)

    def column(self, name):
        i = np.arange(N)
        if name == "wage":
            return np.full(N, 300, np.float32)
        parts = {"locality": PLACES, "organisation": 8, "household": 200}
        return (i * parts[name] // N).astype(np.int32) if name in parts else np.zeros(N, np.uint8)


PEOPLE = Shown(Table())
TERMS = behaviour_terms(tuple(load("bangkok-waste").behaviours.items()), defaults(1))[0]  # 7 opportunities a week
ALL, NOBODY = np.ones(N, np.uint8), np.zeros(N, np.uint8)


def make(kind, **changes):
    return scheme_classes()[kind](schedule={"start": 0, "weeks": WEEKS}, **{**EACH[kind], **changes})


def seen(scheme, week, book, acts=0, joined=ALL, **changes):
    first = first_week_view(scheme, PEOPLE, TERMS, ALL)
    return replace(
        first, week=week, since_start=week, weeks_to_end=WEEKS - week, taper=1.0, live=joined, enrolled=joined,
        acts=np.broadcast_to(np.asarray(acts, np.int8), N).copy(), accounts=book, **changes,
    )  # fmt: skip


def opened(scheme):
    return new_accounts(scheme, PEOPLE)


def lived(scheme, book, weeks, acts=0, joined=ALL, **changes):
    """Live through weeks; `acts` and `joined` are the same each week. Return what areas were paid, satang."""
    paid = 0
    for week in weeks:
        view = seen(scheme, week, book, acts, joined, **changes)
        settled = scheme.settle(PEOPLE, view, book)
        assert settled.paid_satang is None
        paid += settled.area_paid_satang
    return paid


def scored(scheme, week, book, acts=0, joined=ALL):
    """Score each step at the end of a month."""
    units = import_module(type(scheme).__module__)._units(PEOPLE)
    return scheme._ladder().scores(units, seen(scheme, week, book, acts, joined), book)


def first(members):
    """The first so many of each organisation of 50 (100 of each locality) have signed up."""
    return (np.arange(N) % 50 < members).astype(np.uint8)


# Coding -----------------------------------------------------------------------------------------------------------

CODING = {  # C, v, K, V, M, Q, c
    "area_revenue": (1, 0.0, 0, 0, 0, 0.01, 0.5),
    "block_grant": (0, 0.0, 0, 0, 0, 0.01, 0.0),
    "roadside_count": (0, 0.0, 0, 0, 0, 0, 0.0),
    "moral_organisation": (0, 0.0, 1, 0, 0, 0.02, 0.0),
    "moral_area": (0, 0.0, 1, 0, 0, 0.01, 0.0),
    "moral_province": (0, 0.0, 1, 0, 0, 0.005, 0.0),
}


@pytest.mark.parametrize("kind", sorted(CODING))
def test_features_are_those_of_the_table(kind):
    scheme = make(kind)
    offer = scheme.offer(PEOPLE, seen(scheme, 0, opened(scheme)))
    names = ("contingent", "value_baht", "commitment", "visibility", "message", "pivotality", "controlling")
    for name, expected in zip(names, CODING[kind], strict=True):
        assert np.allclose(getattr(offer, name), expected), name


def test_a_rise_over_the_first_month_is_a_goal():
    scheme = make("block_grant", by="improvement")
    assert scheme.offer(PEOPLE, seen(scheme, 0, opened(scheme))).commitment == 1.0


@pytest.mark.parametrize("kind", [k for k in EACH if k != "area_revenue"])
def test_a_grant_to_an_area_that_is_not_paid_per_act_enters_nobodys_reasons(kind):
    money = {"block_grant": {"pot_baht_per_month": 1e9}, "roadside_count": {}}.get(kind, {"grant_baht_per_member": 1e6})
    for changes in ({}, money):
        scheme = make(kind, **changes)
        offer = scheme.offer(PEOPLE, seen(scheme, 0, opened(scheme)))
        assert offer.value_baht == 0.0
        assert offer.contingent == 0.0
    if kind in LADDERS:
        assert np.array_equal(offer.commitment, make(kind).offer(PEOPLE, seen(scheme, 0, opened(scheme))).commitment)


# Revenue ----------------------------------------------------------------------------------------------------------


def test_revenue_is_certified_every_so_many_months_and_what_is_left_at_the_end():
    scheme = make("area_revenue", baht_per_unit=3.0, acts_per_unit=1.0)
    book = opened(scheme)
    paid = [lived(scheme, book, [week], acts=2) for week in range(WEEKS)]
    assert [week for week, satang in enumerate(paid) if satang] == [25, 51]
    assert paid[25] == 26 * N * 2 * 300
    assert sum(paid) == WEEKS * N * 2 * 300 == int(book["paid_satang"].sum())


def test_what_is_not_certified_when_the_scheme_ends_is_certified_then():
    scheme = make("area_revenue", baht_per_unit=3.0, acts_per_unit=1.0, certified_every_months=5)
    book = opened(scheme)
    paid = [lived(scheme, book, [week], acts=1) for week in range(WEEKS)]
    assert [week for week, satang in enumerate(paid) if satang] == [21, 43, 51]
    assert sum(paid) == WEEKS * N * 300


def test_revenue_by_the_tonne_is_shared_out_in_whole_satang_and_nothing_is_lost_meanwhile():
    scheme = make("area_revenue", area_share=0.5, certified_every_months=1)
    book = opened(scheme)
    paid = lived(scheme, book, range(WEEKS), acts=1)
    exact = WEEKS * N * 25_000 * 0.5 / 2500
    assert paid <= exact < paid + PLACES
    assert np.ptp(book["paid_satang"]) <= 1


def test_only_acts_of_those_who_take_part_earn_revenue_for_their_own_locality():
    scheme = make("area_revenue", baht_per_unit=1.0, acts_per_unit=1.0, certified_every_months=1)
    book = opened(scheme)
    lived(scheme, book, range(WEEKS), acts=1, joined=(np.arange(N) < 100).astype(np.uint8))
    assert list(book["paid_satang"]) == [WEEKS * 100 * 100, 0, 0, 0]


# Block grant ------------------------------------------------------------------------------------------------------


def test_a_pot_is_shared_by_the_parts_of_all_acts():
    scheme = make("block_grant")
    book = opened(scheme)
    acts = np.repeat([1, 2, 3, 4], 100)
    assert lived(scheme, book, range(4), acts) == 120_000  # 12/13 of 1,300 baht
    assert list(book["paid_satang"]) == [12_000, 24_000, 36_000, 48_000]


def test_by_improvement_the_first_month_is_measured_and_those_who_rise_share_the_pot():
    scheme = make("block_grant", by="improvement")
    book = opened(scheme)
    assert lived(scheme, book, range(4), np.repeat([1, 2, 3, 4], 100)) == 0
    assert lived(scheme, book, range(4, 8), np.repeat([2, 2, 1, 7], 100)) == 120_000
    assert list(book["paid_satang"]) == [30_000, 0, 0, 90_000]
    assert lived(scheme, book, range(8, 12), np.repeat([1, 2, 3, 4], 100)) == 0  # back where it began: kept in the pot


@settings(max_examples=60, deadline=None)
@given(st.floats(0, 1e9), st.sampled_from(["acts", "improvement"]), st.lists(st.integers(0, 7), min_size=8, max_size=8))
def test_the_parts_of_a_pot_never_pass_it(pot, by, acts):
    scheme = make("block_grant", pot_baht_per_month=pot, by=by)
    book = opened(scheme)
    lived(scheme, book, range(4), np.repeat(acts[:4], 100))
    most = scheme.greatest_liability(PEOPLE, seen(scheme, 7, book))
    assert 0 <= lived(scheme, book, range(4, 8), np.repeat(acts[4:], 100)) <= most


# Roadside count ---------------------------------------------------------------------------------------------------


def test_a_count_is_of_everybody_who_passes_and_shown_from_the_next_week_on():
    scheme = make("roadside_count")
    book = opened(scheme)
    acts = np.repeat([0, 1, 2, 7], 100)
    costs = [scheme.settle(PEOPLE, seen(scheme, w, book, acts, NOBODY), book).service_satang for w in range(4)]
    assert costs == [0, 0, 0, PLACES * 50_000]
    offer = scheme.offer(PEOPLE, seen(scheme, 4, book))
    assert np.all(np.asarray(offer.message) == 1.0)
    assert np.allclose(np.asarray(offer.reference)[::100], [0, 1 / 7, 2 / 7, 1])
    assert {a.per for a in scheme.accounts()} == {"locality"}  # nothing about persons is kept


# Ladders ----------------------------------------------------------------------------------------------------------


def test_a_share_scores_from_exactly_50_and_80_per_cent():
    shares = np.array([0, 4999, 5000, 7999, 8000, 10_000])
    assert list(points(shares, np.full(6, 10_000))) == [0, 0, 1, 1, 2, 2]
    assert list(points(np.array([1, 3, 4, 5]), np.array([3, 5, 5, 0]))) == [0, 1, 2, 0]


@pytest.mark.parametrize(("members", "score"), [(24, 0), (25, 1), (39, 1), (40, 2), (50, 2)])
@pytest.mark.parametrize("kind", LADDERS)
def test_steps_1_and_2_go_by_the_share_of_members_signed_up_and_acting(kind, members, score):
    scheme = make(kind)
    book = opened(scheme)
    lived(scheme, book, range(3), acts=1, joined=first(members))
    found = scored(scheme, 3, book, 1, first(members))
    assert set(found[0]) == {score}  # signed up
    assert set(found[1]) == {score}  # signed up and acted
    assert np.allclose(book["signed_up_share"], members / 50)
    if kind == "moral_province":
        assert set(found[9]) == {2 if score else 0}  # localities in which half have signed up


def test_who_signed_up_and_never_acted_does_not_take_part():
    scheme = make("moral_area")
    book = opened(scheme)
    acts = first(25) * 1  # half act, everybody has signed up
    lived(scheme, book, range(3), acts)
    found = scored(scheme, 3, book, acts)
    assert (set(found[0]), set(found[1])) == ({2}, {1})


def test_results_go_by_the_goal_and_the_rise_by_the_first_month():
    scheme = make("moral_area", goal_share=5 / 7, rise_share=2 / 7)
    book = opened(scheme)
    lived(scheme, book, range(4), acts=2)
    assert np.allclose(book["first_rate"], 2 / 7)
    lived(scheme, book, range(4, 7), acts=np.repeat([2, 3, 4, 5], 100))
    found = scored(scheme, 7, book)
    assert list(found[3]) == [0, 1, 2, 2]  # 2/7 of a goal of 5/7 is 40 %, then 60, 80 and 100 %
    assert list(found[6]) == [0, 1, 2, 2]


def test_steps_without_a_share_move_on_in_time_while_the_share_signed_up_scores():
    scheme = make("moral_organisation", months_a_point=2)
    book = opened(scheme)
    work = [i for i, step in enumerate(NINE_STEPS.steps) if step == "work"]
    assert work == [2, 4, 5, 7, 8]
    half = np.where(np.arange(N) < 200, first(25), first(24)).astype(np.uint8)  # four organisations score, four do not
    sums = []
    for month in range(12):
        lived(scheme, book, range(4 * month, 4 * month + 3), joined=half)
        found = scored(scheme, 4 * month + 3, book, 0, half)
        sums.append(list(found[work][:, 0]))
        assert not found[work][:, 4:].any()
    assert sums[:6] == [[0] * 5, [1, 0, 0, 0, 0], [1, 0, 0, 0, 0], [2, 0, 0, 0, 0], [2, 0, 0, 0, 0], [2, 1, 0, 0, 0]]


def test_a_unit_climbs_one_level_a_month_and_is_paid_once_for_each():
    scheme = make("moral_organisation", grant_baht_per_member=10.0, months_a_point=1)
    book = opened(scheme)
    levels, paid = [], []
    for month in range(13):
        paid.append(lived(scheme, book, range(4 * month, 4 * month + 4), acts=6 if month else 3))
        levels.append(int(book["level"][0]))
        assert np.ptp(book["level"]) == 0
    # Declaration 2, virtues 2 and a point for the plan are 5 of 6; with the plan, results and the review 10 of 12; ...
    assert levels == [1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4, 4]
    assert sum(paid) == 3 * N * 1000 == int(book["paid_satang"].sum())  # three levels; the award above carries no money
    assert max(paid) == N * 1000


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(LADDERS),
    st.lists(st.tuples(st.integers(0, 50), st.integers(0, 7)), min_size=13, max_size=13),
    st.floats(0, 1000),
    st.tuples(*[st.integers(1, 20)] * 4),
)
def test_levels_never_fall_and_cost_no_more_than_promised(kind, months, grant, passes):
    names = ("promoting_points", "moral_points", "model_points", "outstanding_points")
    scheme = make(kind, grant_baht_per_member=grant, **dict(zip(names, passes, strict=True)))
    book, before, total = opened(scheme), 0, 0
    for month, (members, acts) in enumerate(months):
        weeks = range(4 * month, 4 * month + 4)
        most = sum(scheme.greatest_liability(PEOPLE, seen(scheme, w, book)) for w in weeks)
        paid = lived(scheme, book, weeks, acts, first(members))
        assert 0 <= paid <= most
        assert np.all(book["level"] >= before)
        assert np.all(book["level"] - before <= 1)
        before, total = book["level"].copy(), total + paid
    assert total == int(book["paid_satang"].sum())
    assert book["level"].max() <= 4


def test_no_level_is_left_out():
    scheme = make("moral_area", promoting_points=20, moral_points=1, model_points=1)
    book = opened(scheme)
    lived(scheme, book, range(WEEKS), acts=7)
    assert not book["level"].any()


def test_nobody_climbs_where_too_few_sign_up():
    scheme = make("moral_area")
    book = opened(scheme)
    lived(scheme, book, range(WEEKS), acts=7, joined=first(24))
    assert not book["level"].any()


@pytest.mark.parametrize("level", [0, 1, 2, 3, 4])
def test_a_level_changes_visibility_and_no_other_feature(level):
    scheme = make("moral_area")
    book = opened(scheme)
    before = scheme.offer(PEOPLE, seen(scheme, 0, book))
    book["level"][0] = level
    after = scheme.offer(PEOPLE, seen(scheme, 0, book))
    assert np.allclose(np.asarray(after.visibility)[:100], 0.7 * min(level, 3) / 3)
    assert not np.asarray(after.visibility)[100:].any()
    for name in ("contingent", "value_baht", "message", "appeal", "controlling", "ease"):
        assert getattr(after, name) == getattr(before, name) == 0.0
    committed = 0.0 if level >= 3 else 1.0  # the ladder is climbed: nothing is left to commit to
    assert np.all(np.asarray(after.commitment)[:100] == committed)
    assert np.all(np.asarray(after.commitment)[100:] == 1.0)


def test_an_honour_is_worth_less_the_more_units_hold_it():
    assert list(others_as_high(np.array([3, 0, 0, 0, 0]))) == [0, 0, 0, 0, 0]
    assert list(others_as_high(np.array([3, 3, 0, 0, 1]))) == [0.25, 0.25, 0, 0, 0.5]
    assert list(others_as_high(np.array([4, 3, 3, 3, 3]))) == [0, 1, 1, 1, 1]
    assert list(others_as_high(np.array([2]))) == [0]  # a unit without others is not diluted by itself


def test_organisations_that_do_not_run_it_do_not_climb():
    scheme = make("moral_organisation")
    book = opened(scheme)
    runs = np.array([1, 1, 1, 1, 0, 0, 0, 0], dtype=np.uint8)
    for week in range(12):
        scheme.settle(PEOPLE, seen(scheme, week, book, 6, running=runs), book)
    assert list(book["level"] > 0) == list(runs > 0)
    offer = scheme.offer(PEOPLE, seen(scheme, 12, book, running=runs))
    assert np.array_equal(np.asarray(offer.commitment)[::50], runs)


def test_localities_that_do_not_run_it_do_not_climb():
    scheme = make("moral_area", months_a_point=1)
    book = opened(scheme)
    for week in range(12):
        scheme.settle(PEOPLE, seen(scheme, week, book, 6, running=np.array([1, 0, 0, 1], dtype=np.uint8)), book)
    assert list(book["level"] > 0) == [True, False, False, True]


def test_who_belongs_to_no_organisation_is_offered_nothing_by_its_ladder():
    class Alone(Table):
        n_organisations = 0

        def column(self, name):
            return np.full(N, -1, np.int32) if name == "organisation" else super().column(name)

    scheme, people = make("moral_organisation"), Shown(Alone())
    view = replace(seen(scheme, 3, new_accounts(scheme, people)), accounts=new_accounts(scheme, people))
    offer = scheme.offer(people, view)
    assert not np.asarray(offer.commitment).any()
    assert scheme.settle(people, view, view.accounts).area_paid_satang == 0


def test_ten_indicators_count_for_every_level_of_a_province():
    assert len(TEN_INDICATORS.steps) == 10
    assert TEN_INDICATORS.upto == (10, 10, 10)
    assert (len(NINE_STEPS.steps), NINE_STEPS.upto) == (9, (3, 6, 9))


# In a society -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["area_revenue", "block_grant", "moral_area"])
def test_money_to_areas_is_that_of_the_ledger(kind):
    scenario = scenario_of(fragment_of(scheme_classes()[kind])).sized(400, 1)
    arm = next(a for a in scenario.arms if a != "control")
    scheme = run(start(prepare(scenario, 0, parameters="default"), arm, "numpy")).schemes[0]
    to_areas = sum(e.area_satang for e in scheme.ledger.entries)
    assert to_areas == int(scheme.ledger.accounts["paid_satang"].sum()) == scheme.paid_satang
    if kind != "moral_area":
        assert to_areas > 0


def test_provinces_of_a_nation_have_ladders_of_their_own():
    settings = ["world.localities.of=provinces", "world.localities.number=80", "world.citizens=2000"]
    people = Shown(build_population(load("bangkok-waste", settings).world, Streams(1, 0)))
    scheme = make("moral_province")
    book = new_accounts(scheme, people)
    assert len(book["level"]) == 77
    book["level"][0] = 3  # Bangkok
    view = first_week_view(scheme, people, TERMS, np.ones(2000, np.uint8))
    offer = scheme.offer(people, replace(view, accounts=book))
    in_bangkok = people.province_of_locality[people.locality] == 0
    assert np.array_equal(np.asarray(offer.visibility) > 0, in_bangkok)


@settings(max_examples=40, deadline=None)
@given(
    st.floats(0, 1e6),
    st.floats(1e-3, 1e6),
    st.floats(0, 1),
    st.integers(1, 60),
    st.lists(st.integers(0, 7), min_size=8),
)
def test_revenue_never_costs_more_than_promised(baht, acts_per_unit, share, months, acts):
    scheme = make(
        "area_revenue", baht_per_unit=baht, acts_per_unit=acts_per_unit, area_share=share, certified_every_months=months
    )
    book = opened(scheme)
    for week in range(WEEKS):
        view = seen(scheme, week, book, acts[week % len(acts)])
        most = scheme.greatest_liability(PEOPLE, view)
        assert 0 <= scheme.settle(PEOPLE, view, book).area_paid_satang <= most
