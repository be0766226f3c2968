"""What each kind offers and pays, number by number, against the coding that was fixed before any outcome was seen."""

from dataclasses import replace

import numpy as np
import pytest

from simulation.agents.parameters import defaults
from simulation.core.clock import Schedule, monthly_acts, monthly_satang, settles
from simulation.core.streams import Streams
from simulation.engine.terms import behaviour_terms
from simulation.engine.weekview import first_week_view, new_accounts
from simulation.incentives.catalogue import scheme_classes
from simulation.incentives.individual.prize_draw import prizes_won
from simulation.incentives.rights import Shown
from simulation.incentives.targeting import Target
from simulation.incentives.verification import Checks, claimed_satang
from simulation.scenario.load import load
from simulation.world.population import build_population

N = 400
EACH = {
    "points": {"baht_per_act": 2.0},
    "fee_discount": {"baht_per_month": 40.0, "acts_needed_per_month": 16},
    "prize_draw": {"prize_baht": 100.0, "chance_per_act": 0.05},
    "recognition": {"audience": "named-to-group"},
    "comparison": {"reference": "locality-mean"},
    "matched_giving": {"given_baht_per_act": 5.0, "match_share": 2.0},
    "collective_goal": {"goal_share": 0.4, "fund_baht_per_household": 40.0},
}


@pytest.fixture(scope="module")
def place():
    scenario = load("bangkok-waste", [f"world.citizens={N}", "world.localities.number=4"])
    people = build_population(scenario.world, Streams(1, 0))
    return Shown(people), behaviour_terms(tuple(scenario.behaviours.items()), defaults(1))[0]


def scheme(kind, schedule=None, **changes):
    return scheme_classes()[kind](schedule=schedule or {"start": 0, "weeks": 20}, **{**EACH[kind], **changes})


def view_of(s, place, week=0, acts=None, live=None, book=None):
    """The view of a week in which `acts` were done by those `live`."""
    people, terms = place
    first = first_week_view(s, people, terms, np.ones(N, np.uint8))
    return replace(
        first, week=week, since_start=week - s.schedule.start, weeks_to_end=s.schedule.end - week,
        acts=np.zeros(N, np.int8) if acts is None else np.broadcast_to(np.int8(acts), N).copy(),
        live=np.ones(N, np.uint8) if live is None else live,
        accounts=new_accounts(s, people) if book is None else book, taper=s.schedule.taper_factor(week),
    )  # fmt: skip


CODING = {  # C, v, K, V, M, Q, c
    "points": (1, 2.0, 0, 0, 0, 0, 0.5),
    "prize_draw": (1, 5.0, 0, 0, 0, 0, 1.0),
    "fee_discount": (1, 2.5, 1, 0, 0, 0, 0.75),
    "matched_giving": (1, 0.0, 0, 0, 0, 0, 0.0),
    "recognition": (0, 0.0, 0, 0.7, 0, 0, 0.0),
    "comparison": (0, 0.0, 0, 0, 1, 0, 0.0),
    "collective_goal": (0, 0.0, 1, 0, 0, 0.01, 0.0),
}


@pytest.mark.parametrize("kind", sorted(CODING))
def test_features_are_those_of_the_table(kind, place):
    offer = scheme(kind).offer(place[0], view_of(scheme(kind), place))
    names = ("contingent", "value_baht", "commitment", "visibility", "message", "pivotality", "controlling")
    for name, expected in zip(names, CODING[kind], strict=True):
        assert np.allclose(getattr(offer, name), expected), name


def test_a_match_of_ones_own_saving_is_money(place):
    s = scheme("matched_giving", own_saving=True)
    assert s.offer(place[0], view_of(s, place)).value_baht == 10.0


@pytest.mark.parametrize(
    ("audience", "seen"),
    [("officials", 0.15), ("own-rank", 0.25), ("team", 0.3), ("household", 0.35), ("named-to-group", 0.7)],
)
def test_an_honour_is_seen_as_far_as_its_audience(audience, seen, place):
    s = scheme("recognition", audience=audience)
    assert s.offer(place[0], view_of(s, place)).visibility == seen


def test_amounts_taper_in_equal_steps_and_then_end():
    schedule = Schedule(start=2, weeks=10, taper=3)
    assert [schedule.taper_factor(week) for week in range(2, 12)] == [1.0] * 7 + [0.75, 0.5, 0.25]
    assert [week for week in range(20) if schedule.is_live(week)] == list(range(2, 12))


@pytest.mark.parametrize("kind", ["points", "prize_draw", "recognition", "comparison"])
def test_what_tapers_is_what_is_offered(kind, place):
    s = scheme(kind, schedule={"start": 0, "weeks": 8, "taper": 3})
    full, last = (s.offer(place[0], view_of(s, place, week)) for week in (0, 7))
    name = {"recognition": "visibility", "comparison": "message"}.get(kind, "value_baht")
    assert np.allclose(getattr(last, name), 0.25 * np.asarray(getattr(full, name)))


def test_a_month_is_four_weeks_and_carries_twelve_thirteenths():
    assert [week for week in range(14) if settles(week)] == [3, 7, 11]
    assert monthly_satang(40.0) == round(4000 * 12 / 13) == 3692
    assert monthly_acts(16) == 15
    assert monthly_acts(13) == 12


def test_a_threshold_pulls_only_while_it_is_open(place):
    """15 acts are needed in four weeks of 7 chances: past it, or unable to reach it, C = K = v = 0; c stays."""
    s = scheme("fee_discount")
    done = np.zeros(N, np.int16)
    done[:4] = [14, 15, 0, 7]
    for week, pulls in ((0, [1, 0, 1, 1]), (2, [1, 0, 0, 1]), (3, [1, 0, 0, 0])):
        book = {"acts_in_month": done, "claims_in_month": np.zeros(N)}
        offer = s.offer(place[0], view_of(s, place, week, book=book))
        assert offer.contingent[:4].tolist() == pulls, week
        assert offer.commitment[:4].tolist() == pulls
        assert (offer.value_baht[:4] > 0).tolist() == [bool(x) for x in pulls]
        assert offer.controlling == 0.75


def test_the_discount_is_granted_to_those_past_the_threshold_alone(place):
    s, book = scheme("fee_discount"), new_accounts(scheme("fee_discount"), place[0])
    acts = np.where(np.arange(N) % 2, 4, 3).astype(np.int8)
    live = (np.arange(N) % 3 > 0).astype(np.uint8)
    for week in range(4):
        settled = s.settle(place[0], replace(view_of(s, place, week, live=live), acts=acts), book)
        if week < 3:
            assert settled.paid_satang is None
    earned = (np.arange(N) % 2 == 1) & (live > 0)
    assert settled.paid_satang.tolist() == np.where(earned, 3692, 0).tolist()
    assert not book["acts_in_month"].any()


def test_whoever_leaves_keeps_what_was_earned_in_the_month(place):
    s, book = scheme("fee_discount"), new_accounts(scheme("fee_discount"), place[0])
    for week in range(4):
        live = np.full(N, week < 3, np.uint8)  # everybody leaves in the week that settles
        settled = s.settle(place[0], view_of(s, place, week, acts=5, live=live), book)
    assert settled.paid_satang.tolist() == [3692] * N


def test_a_fund_is_paid_to_localities_at_their_goal_alone(place):
    people, _ = place
    s, book = scheme("collective_goal"), new_accounts(scheme("collective_goal"), place[0])
    acts = np.where(people.locality < 2, 3, 2).astype(np.int8)  # 3 of 7 is above 40 %, 2 of 7 below
    for week in range(4):
        settled = s.settle(people, replace(view_of(s, place, week), acts=acts), book)
    assert settled.area_paid_satang == int((people.locality < 2).sum()) * 3692
    assert settled.paid_satang is None


def test_a_month_that_is_not_settled_before_the_end_does_not_pull(place):
    for kind, name in (("fee_discount", "contingent"), ("collective_goal", "commitment")):
        s = scheme(kind, schedule={"start": 0, "weeks": 7})
        pulls = [np.asarray(getattr(s.offer(place[0], view_of(s, place, week)), name)).max() for week in range(7)]
        assert pulls[0] == 1, kind
        assert pulls[4:] == [0, 0, 0], kind


@pytest.mark.parametrize(
    ("share", "done", "pulls"), [(0.2, 0.0, 1), (0.5, 0.6, 0), (0.9, 0.3, 0), (0.9, 0.7, 1), (0.0, 0.0, 0)]
)
def test_a_goal_pulls_only_while_it_is_within_reach(share, done, pulls, place):
    """In the last week of a month: `done` is the share of the month's chances taken in the first three."""
    people, terms = place
    s = scheme("collective_goal", goal_share=share)
    members = np.bincount(people.locality)
    book = {"acts_in_month": (done * members * terms.n * 4).astype(np.int64), "chances_in_month": members * terms.n * 3}
    offer = s.offer(people, view_of(s, place, 3, book=book))
    assert set(offer.commitment) == {pulls}
    assert ((offer.pivotality > 0) == pulls).all()


def test_a_target_narrows_who_counts_towards_the_goal(place):
    people, _ = place
    s, book = scheme("collective_goal"), new_accounts(scheme("collective_goal"), people)
    eligible = (people.column("age_band") == 4).astype(np.uint8)
    acts = np.where(eligible, 7, 0).astype(np.int8)  # the others do nothing
    for week in range(4):
        view = replace(view_of(s, place, week), acts=acts, eligible=eligible)
        settled = s.settle(people, view, book)
    assert settled.area_paid_satang == int(eligible.sum()) * 3692 == s.greatest_liability(people, view)
    offer = s.offer(people, replace(view_of(s, place, 4, book=book), eligible=eligible))
    assert np.allclose(offer.pivotality, 1 / np.bincount(people.locality, weights=eligible)[people.locality])


def test_points_pay_every_act_of_those_who_take_part(place):
    s, live = scheme("points"), (np.arange(N) % 2).astype(np.uint8)
    paid = s.settle(place[0], view_of(s, place, acts=3, live=live), {}).paid_satang
    assert paid.tolist() == np.where(live, 600, 0).tolist()


def test_prizes_are_binomial():
    tickets = np.full(40_000, 7)
    u = Streams(1, 0).uniform(20, np.arange(len(tickets), dtype=np.uint64)).astype(np.float64)
    won = prizes_won(tickets, 0.2, u)
    error = np.sqrt(7 * 0.2 * 0.8 / len(tickets))
    assert abs(won.mean() - 1.4) < 4 * error
    assert won.var() == pytest.approx(7 * 0.2 * 0.8, rel=0.03)
    assert prizes_won(np.zeros(5, int), 0.9, np.full(5, 0.999)).sum() == 0
    assert prizes_won(np.full(5, 4), 1.0, np.full(5, 0.001)).tolist() == [4] * 5


def test_the_draw_pays_what_was_won(place):
    s = scheme("prize_draw", chance_per_act=1.0)
    view = replace(view_of(s, place, acts=2), uniforms=lambda _: np.full(N, 0.5, np.float32))
    assert s.settle(place[0], view, {}).paid_satang.tolist() == [20_000] * N


def test_claims_that_no_check_would_find_are_paid_in_part(place):
    s = scheme("points")
    view = replace(view_of(s, place, acts=3), false_claim_rate=0.25)
    paid = {share: claimed_satang(view, Checks(share=share, found=0.5), 100.0)[0] for share in (0.0, 0.4, 1.0)}
    assert paid == {0.0: 400, 0.4: 380, 1.0: 350}  # 3 acts, and a quarter of 4 misses that pass unseen
    assert claimed_satang(view, Checks(), 100.0)[0] == 300


def test_an_honour_fades_with_the_share_of_the_own_group_that_holds_it(place):
    people, _ = place
    s = scheme("recognition", share_needed=0.5)
    book = new_accounts(s, people)
    acts = np.where(np.arange(N) % 2, 7, 0).astype(np.int8)
    for week in range(4):
        s.settle(people, replace(view_of(s, place, week), acts=acts), book)
    assert book["holds"].tolist() == (np.arange(N) % 2).tolist()
    own = people.organisation
    shares = np.bincount(own[own >= 0], weights=book["holds"][own >= 0]) / np.bincount(own[own >= 0])
    assert np.allclose(book["holders_share"][own >= 0], shares[own[own >= 0]], atol=1e-6)
    assert np.allclose(s.offer(people, view_of(s, place, 4, book=book)).holders_share, book["holders_share"])


def test_targets_are_met_by_those_who_meet_every_condition(place):
    people, _ = place
    assert Target().eligible(people).all()
    for target, expected in (
        (Target(sectors=("public", "civil")), np.isin(people.column("sector"), [0, 2])),
        (Target(localities=(1, 3)), np.isin(people.locality, [0, 2])),
        (Target(online=True), people.column("online") > 0),
        (Target(age_bands=("60+",)), people.column("age_band") == 4),
        (Target(urban=False), people.column("urban") == 0),
        (Target(online=True, age_bands=("15-24",)), (people.column("online") > 0) & (people.column("age_band") == 0)),
    ):
        assert np.array_equal(target.eligible(people) > 0, expected)


@pytest.mark.parametrize("amount", [{"baht_per_act": 0.0}, {"days_of_wage_per_act": 0.5}])
def test_points_that_pay_no_money_reserve_none(amount, place):
    s = scheme_classes()["points"](schedule={"start": 0, "weeks": 20}, **amount)
    people, terms = place
    assert s.greatest_liability(people, first_week_view(s, people, terms, np.ones(N, np.uint8))) == 0


def test_a_prize_of_a_million_is_said_in_digits():
    said = scheme("prize_draw", prize_baht=1_250_000.0).says()
    assert "1,250,000 baht" in said.en
    assert "1,250,000 บาท" in said.th


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"reference": "stated", "stated_share": 0.6}, lambda people, rates: np.full(N, 0.6)),
        ({"reference": "everybody-mean"}, lambda people, rates: np.full(N, rates["all"])),
        ({"reference": "organisation-mean"}, lambda people, rates: rates["own"]),
    ],
)
def test_a_comparison_tells_the_rate_of_those_it_names(changes, told, place):
    people, _ = place
    acts = (np.arange(N) % 8).astype(np.int8)
    chances = np.full(N, 7)
    own = np.full(N, 0.31)
    for k in np.unique(people.organisation[people.organisation >= 0]):
        rows = people.organisation == k
        own[rows] = acts[rows].sum() / chances[rows].sum()
    s = scheme("comparison", **changes)
    view = replace(view_of(s, place, week=1), acts=acts, locality_rate=np.full(people.n_localities, 0.31, np.float32))
    expected = told(people, {"all": acts.sum() / chances.sum(), "own": own})
    assert np.allclose(s.offer(people, view).reference, expected)


def test_approval_beside_the_number_is_an_appeal_to_everybody_and_never_more_controlling(place):
    plain, approved = (scheme("comparison", approval=x) for x in (False, True))
    offers = [s.offer(place[0], view_of(s, place, week=1)) for s in (plain, approved)]
    assert [o.appeal for o in offers] == [0.0, 1.0]
    assert offers[1].controlling == offers[0].controlling == 0.0
    assert np.array_equal(offers[0].reference, offers[1].reference)
    assert "approval" in approved.says().en
    assert "approval" not in plain.says().en
    assert "คำชื่นชม" in approved.says().th


@pytest.mark.parametrize("changes", [{"reference": "stated"}, {"stated_share": 0.6}])
def test_a_rate_is_stated_where_the_stated_one_is_told_and_nowhere_else(changes):
    with pytest.raises(ValueError, match="belong together"):
        scheme("comparison", **changes)
