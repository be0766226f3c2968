"""Kinds that reward a person, number by number: how they are coded, what they pay, what they never do."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from simulation.core.clock import monthly_acts, monthly_satang
from simulation.incentives.base import Offer
from simulation.incentives.individual.buddy import chances_to_reach
from simulation.incentives.individual.hour_credits import matched

from .persons import Life, N, in_pairs, scheme, town, view_of

KINDS = (
    "lifetime_tiers", "hour_credits", "soft_loan", "charity_gift", "thank_you_gift", "thanks", "certificate", "pledge",
    "reminder", "information", "referral", "buddy",
)  # fmt: skip
EVEN = np.arange(N) % 2 == 0


@pytest.fixture(scope="module")
def place():
    return town()


CODING = {  # C, v, V, S, A, K, Q, M, c in the first week
    "lifetime_tiers": (1, 10.0, 0, 0, 0, 1, 0, 0, 0.75),
    "hour_credits": (1, 60.0, 0, 0, 0, 0, 0, 0, 0.5),
    "soft_loan": (1, 10.0, 0, 0, 0, 1, 0, 0, 0.75),
    "charity_gift": (1, 0.0, 0, 0, 0, 0, 0, 0, 0.0),
    "thank_you_gift": (0, 0.0, 0, 0, 1, 0, 0, 0, 0.0),
    "thanks": (0, 0.0, 0, 0, 1, 0, 0, 0, 0.0),
    "certificate": (0, 0.0, 0.35, 0, 0, 0, 0, 0, 0.0),
    "pledge": (0, 0.0, 0, 0, 0, 1, 0, 0, 0.0),
    "reminder": (0, 0.0, 0, 0, 1, 0, 0, 0, 0.0),
    "information": (0, 0.0, 0, 0, 1, 0, 0, 0, 0.0),
    "referral": (0, 0.0, 0, 0, 0, 0, 0, 0, 0.0),
    "buddy": (1, 5.0, 0, 0, 0, 1, 1, 0, 0.75),
}
CODED = {  # worths that make v easy to see
    "lifetime_tiers": {
        "tier_acts": [5, 9],
        "tier_baht": [50.0, 80.0],
        "tier_audiences": ["team"] * 2,
        "acts_before": 0.0,
    },
    "hour_credits": {"baht_per_hour": 60.0},
    "soft_loan": {"loan_baht": 20000.0, "more_baht": 0.0, "market_rate_per_year": 0.12, "acts_needed_per_month": 20},
    "buddy": {"baht_per_month": 100.0, "acts_needed_per_month": 20},
}
NAMES = (
    "contingent", "value_baht", "visibility", "holders_share", "appeal", "commitment", "pivotality", "message",
    "controlling",
)  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_features_are_those_of_the_table(kind, place):
    s = scheme(kind, **CODED.get(kind, {}))
    offer = s.offer(place[0], view_of(s, place))
    for name, expected in zip(NAMES, CODING[kind], strict=True):
        assert np.allclose(getattr(offer, name), expected), name


@pytest.mark.parametrize("kind", [k for k in KINDS if type(scheme(k)).amounts])
def test_an_amount_of_zero_offers_and_costs_nothing(kind, place):
    s = scheme(kind, **dict.fromkeys(type(scheme(kind)).amounts, 0.0))
    assert s.components == ()
    assert s.offer(place[0], view_of(s, place)) == Offer.none()
    life = Life(s, place)
    for _ in range(8):
        life.step(acts=7, society=in_pairs())
    assert life.paid.sum() == 0


# Whole satang, never above the greatest liability, accounts that only grow, and what a leaver keeps.

NOT_MONOTONE = {"hours_held", "acts_in_month", "claims_in_month", "acts_since", "partner"}
weeks_lived = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 2**16 - 1)), min_size=1, max_size=12)


@pytest.mark.parametrize("kind", KINDS)
@given(weeks=weeks_lived, seed=st.integers(0, 2**16))
@settings(max_examples=12, deadline=None)
def test_a_week_never_costs_more_than_its_greatest_and_accounts_only_grow(kind, place, weeks, seed):
    life, rng = Life(scheme(kind, weeks=12, taper=3), place), np.random.default_rng(seed)
    before = {name: column.copy() for name, column in life.book.items()}
    for most, members in weeks:
        live = (members >> (np.arange(N) % 16)) & 1
        joined = np.where(rng.random(N) < 0.3, rng.integers(0, N, N), -1)
        life.step(rng.integers(0, most + 1, N) * live, live, in_pairs(sponsors=joined))  # which checks the bound
        for name, column in life.book.items():
            assert name in NOT_MONOTONE or np.all(column >= before[name]), name
            before[name] = column.copy()


@pytest.mark.parametrize("kind", ["soft_loan", "buddy"])
def test_whoever_leaves_before_the_month_is_settled_is_still_paid_what_was_earned(kind, place):
    s = scheme(kind, acts_needed_per_month=16)
    life = Life(s, place)
    for _ in range(3):
        life.step(acts=7, society=in_pairs())
    life.step(acts=7, live=0, society=in_pairs())
    assert np.all(life.paid > 0)


def test_whoever_leaves_keeps_tier_hours_and_certificate(place):
    tiers = Life(
        scheme("lifetime_tiers", tier_acts=[7], tier_baht=[10.0], tier_audiences=["team"], acts_before=0.0), place
    )
    tiers.step(acts=7)
    paper = Life(scheme("certificate", acts_needed=7), place)
    paper.step(acts=7)
    bank = Life(scheme("hour_credits", redeemed_share_per_week=0.5), place)
    bank.step(acts=4)
    for life in (tiers, paper, bank):
        for _ in range(3):
            life.step(acts=7, live=0)
    assert np.all(tiers.offer(live=0).visibility == np.float32(0.3))
    assert np.all(paper.book["holds"] == 1)
    assert np.all(bank.book["hours_held"] == 4)  # nobody gives an hour, so none can be redeemed; none is lost
    bank.step(acts=4, live=EVEN)
    assert bank.book["hours_redeemed"][~EVEN].sum() > 0, "whoever left may still redeem"


# Lifetime tiers.


def tiers(**changes):
    return scheme(
        "lifetime_tiers",
        **{"tier_acts": [5, 9, 30], "tier_baht": [50.0, 80.0, 10.0], "tier_audiences": ["team", "household", "officials"],
           "acts_before": 0.0, **changes},
    )  # fmt: skip


def test_the_next_tier_pulls_more_the_nearer_it_is_and_not_at_all_after_the_last(place):
    life = Life(tiers(), place)
    worth = [float(life.offer().value_baht[0])]
    for acts in (3, 1, 1):
        life.step(acts=acts)
        worth.append(float(life.offer().value_baht[0]))
    assert np.allclose(worth, [50 / 5, 50 / 2, 50 / 1, 80 / 4])
    for _ in range(4):
        life.step(acts=7)
    offer = life.offer()
    assert not np.any([offer.contingent, offer.commitment, offer.value_baht, offer.controlling])
    assert np.all(offer.visibility == np.float32(0.15)), "the honour of the last tier stays"


def test_a_far_tier_is_discounted_by_the_weeks_that_it_takes_at_the_soonest(place):
    s = tiers(tier_acts=[8, 9, 30])
    for n, weeks in ((7, 1), (4, 1), (0.25, 31)):
        offer = s.offer(place[0], view_of(s, place, n=n))
        assert np.allclose(offer.value_baht, 50 / 8 * np.exp(-0.05 * weeks))


def test_each_tier_is_paid_once_and_several_can_be_reached_in_a_week(place):
    life = Life(tiers(tier_acts=[2, 5, 9]), place)
    life.step(acts=np.where(EVEN, 6, 1))
    assert np.array_equal(life.paid, np.where(EVEN, 13_000, 0))
    for _ in range(3):
        life.step(acts=7)
    assert np.all(life.paid == 14_000)


def test_counts_of_before_have_their_mean_and_are_the_same_whenever_asked(place):
    s = tiers(acts_before=6.0)
    before = s.before(20_000)
    assert abs(before.mean() - 6.0) < 0.1
    assert abs(before.std() - np.sqrt(6.0 * 7.0)) < 0.3, "geometric"
    assert np.array_equal(before, s.before(20_000))
    assert not tiers().before(100).any()
    held = s.offer(place[0], view_of(s, place)).visibility > 0
    assert np.array_equal(held, s.before(N) >= 5)
    assert Life(s, place).step(acts=0).paid_satang.sum() == 0, "tiers of before are not paid again"


def test_the_honour_of_a_tier_fades_as_more_of_the_group_hold_it(place):
    people = place[0]
    few, many = Life(tiers(), place), Life(tiers(), place)
    first = np.arange(N) == 0
    few.step(acts=np.where(first, 5, 0))
    many.step(acts=5)
    mine = few.offer().holders_share[0]
    group = people.organisation == people.organisation[0]
    if people.organisation[0] < 0:
        group = people.locality == people.locality[0]
    assert np.isclose(mine, 1 / group.sum())
    assert np.all(many.offer().holders_share == 1.0)


@pytest.mark.parametrize(
    "wrong",
    [{"tier_acts": [5, 5, 9]}, {"tier_acts": [9, 5, 30]}, {"tier_baht": [1.0]}, {"tier_baht": [1.0, -1.0, 1.0]},
     {"tier_audiences": ["team", "team", "everybody"]}, {"tier_acts": [0, 5, 9]}],
)  # fmt: skip
def test_tiers_that_make_no_sense_are_refused(wrong):
    with pytest.raises(ValidationError):
        tiers(**wrong)


# Hour credits.


@given(
    hours=st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=2, max_size=40),
    seed=st.integers(0, 1000),
)
@settings(max_examples=200, deadline=None)
def test_hours_are_matched_only_with_hours_that_others_give(hours, seed):
    asked, given_hours = (np.array(x, np.int32) for x in zip(*hours, strict=True))
    order = np.random.default_rng(seed).permutation(len(asked))
    found = matched(asked, given_hours, order)
    total = given_hours.sum()
    assert found.sum() == min(total, np.minimum(asked, total - given_hours).sum()), "as many as can be"
    assert np.all((found >= 0) & (found <= asked) & (found <= total - given_hours))


def test_credits_are_conserved_to_the_hour(place):
    life, rng = Life(scheme("hour_credits", redeemed_share_per_week=0.3), place), np.random.default_rng(5)
    given_so_far = np.zeros(N, np.int64)
    for _ in range(40):
        live, acts = rng.integers(0, 2, N), rng.integers(0, 5, N)
        redeemed_before = life.book["hours_redeemed"].sum()
        life.step(acts=acts, live=live)
        given_so_far += acts * live
        earned, held, redeemed = (life.book[f"hours_{name}"] for name in ("earned", "held", "redeemed"))
        assert np.array_equal(earned, given_so_far)
        assert np.array_equal(earned, held + redeemed)
        assert np.all(held >= 0)
        assert redeemed.sum() - redeemed_before <= (acts * live).sum(), "an hour redeemed is an hour given this week"
    assert life.book["hours_redeemed"].sum() > 100


def test_an_hour_costs_its_arranging_and_no_other_money(place):
    life = Life(scheme("hour_credits", baht_to_arrange_an_hour=5.0), place)
    settled = life.step(acts=3)
    assert settled.paid_satang is None
    assert settled.service_satang == 3 * N * 500


# Soft loan.


def test_a_loan_is_worth_the_interest_saved_a_month(place):
    s = scheme(
        "soft_loan", loan_baht=20_000.0, more_baht=30_000.0, more_rate_per_year=0.07, market_rate_per_year=0.15,
        acts_needed_per_month=20,
    )  # fmt: skip
    saved = (20_000 * 0.15 + 30_000 * 0.08) / 12
    assert s.saved_baht_per_month == pytest.approx(saved)
    assert np.allclose(s.offer(place[0], view_of(s, place)).value_baht, saved / 20)
    dear = scheme(
        "soft_loan", loan_baht=20_000.0, more_baht=30_000.0, more_rate_per_year=0.2, market_rate_per_year=0.15
    )
    assert dear.saved_baht_per_month == pytest.approx(250.0), "nobody takes up what is dearer than elsewhere"


def test_interest_is_forgone_for_those_who_kept_the_rules_and_for_nobody_else(place):
    s = scheme("soft_loan", acts_needed_per_month=20)
    life = Life(s, place)
    for _ in range(4):
        life.step(acts=np.where(EVEN, 5, 4))
    assert np.array_equal(life.paid, np.where(EVEN, monthly_satang(s.saved_baht_per_month), 0))
    for _ in range(4):
        life.step(acts=0)
    assert life.paid.sum() == N // 2 * monthly_satang(s.saved_baht_per_month), "a month missed takes nothing back"
    assert np.array_equal(life.book["months_free"], EVEN.astype(int))


def test_a_month_past_its_threshold_or_out_of_reach_pulls_no_more(place):
    life = Life(scheme("soft_loan", acts_needed_per_month=20), place)
    for _ in range(3):
        life.step(acts=np.where(EVEN, 7, 1))
    assert monthly_acts(20) == 19
    offer = life.offer()  # the first have done 21, the others 3 with 7 to come
    assert not np.any([offer.contingent, offer.value_baht, offer.commitment])
    assert offer.controlling == 0.75


# Gifts, thanks, messages.


def test_a_gift_to_charity_is_nobodys_income(place):
    life = Life(scheme("charity_gift", baht_per_act=1.5), place)
    settled = life.step(acts=4)
    assert settled.paid_satang is None
    assert settled.area_paid_satang == 4 * N * 150


def test_a_gift_comes_once_or_yearly_whatever_one_does(place):
    once, yearly = (Life(scheme("thank_you_gift", given=g, gift_baht=120.0), place) for g in ("once", "yearly"))
    for _ in range(60):
        once.step(acts=0)
        yearly.step(acts=0)
    assert np.all(once.paid == 12_000)
    assert np.all(yearly.paid == 24_000)
    assert np.all(yearly.book["gifts"] == 2)


def test_a_gift_is_felt_for_its_weeks_and_by_each_from_their_own_coming(place):
    life = Life(scheme("thank_you_gift", given="once", gift_baht=1.0, weeks_felt=2), place)
    felt = []
    for week in range(4):
        felt.append(life.offer().appeal.copy())
        life.step(live=EVEN if week < 2 else 1)
    assert np.array_equal([f[0] for f in felt], [1, 1, 0, 0])
    assert np.array_equal([f[1] for f in felt], [1, 1, 1, 1]), "their gift is still to come, and then came in week 2"
    assert np.all(life.paid == 100)


def test_only_those_who_acted_since_the_last_are_thanked(place):
    life = Life(scheme("thanks", every_weeks=2, baht_per_message=3.0), place)
    assert life.step(acts=np.where(EVEN, 1, 0)).service_satang == 0
    assert life.step(acts=0, live=0).service_satang == N // 2 * 300
    life.step(acts=0)
    assert life.step(acts=0).service_satang == 0
    assert np.array_equal(life.book["thanked"], EVEN.astype(int))


def test_face_to_face_thanks_raise_own_reasons_only_where_asked_for(place):
    for face_to_face, c in ((False, 0.0), (True, -1.0)):
        s = scheme("thanks", face_to_face=face_to_face)
        assert s.offer(place[0], view_of(s, place)).controlling == c


@pytest.mark.parametrize(
    ("kind", "feature", "names"),
    [("reminder", "appeal", ("every_weeks", "baht_per_message")),
     ("information", "appeal", ("every_weeks", "baht_per_message")),
     ("pledge", "commitment", ("renewed_every_weeks", "baht_per_pledge"))],
)  # fmt: skip
def test_messages_keep_their_rhythm_in_what_they_cost_and_in_when_they_are_felt(kind, feature, names, place):
    every, baht = names
    life = Life(scheme(kind, **{every: 3, baht: 2.0}, weeks_felt=2), place)
    felt, cost = [], []
    for _ in range(7):
        felt.append(float(getattr(life.offer(), feature)))
        cost.append(life.step(live=EVEN).service_satang)
    assert felt == [1, 1, 0, 1, 1, 0, 1]
    assert cost == [N // 2 * 200, 0, 0, N // 2 * 200, 0, 0, N // 2 * 200]


def test_a_pledge_has_no_stake():
    assert not {name for name in type(scheme("pledge")).model_fields if "stake" in name or "deposit" in name}
    with pytest.raises(ValidationError):
        scheme("pledge", stake_baht=100.0)


# Certificates.


def test_a_certificate_is_earned_once_and_pulls_only_those_who_can_still_earn_it(place):
    life = Life(scheme("certificate", weeks=3, acts_needed=14, baht_per_certificate=15.0), place)
    assert life.step(acts=np.where(EVEN, 7, 0)).service_satang == 0
    assert np.all(life.offer().visibility > 0)
    assert life.step(acts=np.where(EVEN, 7, 0)).service_satang == N // 2 * 1500
    offer = life.offer()
    assert np.all(offer.visibility == 0), "half hold it, and a week is too short for the rest"
    assert life.step(acts=7).service_satang == 0


def test_a_certificate_fades_as_more_hold_it(place):
    people, shares = place[0], []
    life = Life(scheme("certificate", acts_needed=7), place)
    for rank in range(4):
        offer = life.offer()
        shares.append(np.broadcast_to(offer.holders_share, N).copy())
        life.step(acts=np.where(np.arange(N) % 4 == rank, 7, 0))
    assert np.all(np.diff(shares, axis=0) >= 0)
    assert shares[0].max() == 0.0
    assert np.mean(shares[-1]) > 0.6
    seen = np.broadcast_to(life.s.offer(people, view_of(life.s, place, 1, 0, 1, life.book)).holders_share, N)
    assert np.all(seen == 1.0)


# Referrals.


def test_a_member_is_paid_for_each_who_joins_up_to_the_most(place):
    life = Life(scheme("referral", baht_per_person=50.0, most_people=3), place)
    life.step(society=in_pairs())
    two = np.full(N, -1)
    two[[5, 6]] = 2
    life.step(society=in_pairs(sponsors=two))
    assert life.paid[2] == life.paid.sum() == 10_000
    life.step(society=in_pairs(sponsors=two))
    life.step(society=in_pairs(sponsors=two))
    assert life.paid[2] == 15_000
    assert life.book["brought_in"][2] == 3


def test_whoever_takes_no_part_is_not_paid_for_bringing_people_in(place):
    life = Life(scheme("referral"), place)
    life.step(society=in_pairs())
    life.step(live=0, society=in_pairs(sponsors=np.zeros(N, np.int64)))
    assert life.paid.sum() == 0


# Buddies.


def test_the_chance_to_reach_is_that_of_the_binomial():
    table = chances_to_reach(4)
    p = 64 / 256
    assert np.allclose(table[64], [1, 1 - (1 - p) ** 4, 1 - (1 - p) ** 4 - 4 * p * (1 - p) ** 3,
                                   4 * p**3 * (1 - p) + p**4, p**4, 0])  # fmt: skip
    assert np.array_equal(table[0], [1, 0, 0, 0, 0, 0])
    assert np.array_equal(table[256], [1, 1, 1, 1, 1, 0])


def test_an_act_is_worth_the_own_sum_times_the_chance_that_the_partner_gets_there(place):
    s = scheme("buddy", baht_per_month=100.0, acts_needed_per_month=20)
    life = Life(s, place)
    low, high = (life.offer(society=in_pairs(chance=p)).value_baht for p in (0.5, 0.75))
    expected = [5.0 * float(chances_to_reach(28)[round(p * 256), 19]) for p in (0.5, 0.75)]
    assert np.allclose([low, high], np.array(expected)[:, None])
    life.step(acts=np.where(EVEN, 7, 1), society=in_pairs())
    value = life.offer(society=in_pairs()).value_baht  # partners of the keen have better prospects
    assert np.all(value[~EVEN] > value[EVEN])


def test_both_are_paid_when_both_get_there_and_neither_when_one_does(place):
    s = scheme("buddy", baht_per_month=100.0, acts_needed_per_month=16)
    both, one = Life(s, place), Life(s, place)
    for _ in range(4):
        both.step(acts=5, society=in_pairs())
        one.step(acts=np.where(EVEN, 7, 3), society=in_pairs())
    assert np.all(both.paid == monthly_satang(100.0))
    assert one.paid.sum() == 0


def test_a_pair_is_offered_nothing_once_one_of_them_cannot_get_there_or_takes_no_part(place):
    life = Life(scheme("buddy", acts_needed_per_month=20), place)
    for _ in range(3):
        life.step(acts=np.where(np.arange(N) == 0, 0, 6), society=in_pairs())
    offer = life.offer(society=in_pairs())
    assert not offer.contingent[:2].any(), "the first of them can do 7 of 19"
    assert offer.contingent[2]
    assert not np.any(life.offer(live=EVEN, society=in_pairs()).pivotality[EVEN]), "their partners take no part"


def test_those_without_a_partner_are_offered_nothing_and_pairs_stay_as_they_were(place):
    life = Life(scheme("buddy", acts_needed_per_month=8), place)
    alone = in_pairs()
    alone = type(alone)(alone.chance, lambda: np.where(np.arange(N) < 2, np.arange(N) ^ 1, -1), alone.sponsors)
    for _ in range(4):
        offer = life.offer(society=alone)
        assert np.array_equal(np.asarray(offer.pivotality) > 0, (np.arange(N) < 2) & (life.book["acts_in_month"] < 8))
        life.step(acts=3, society=alone if life.week == 0 else in_pairs())
    assert np.array_equal(life.paid > 0, np.arange(N) < 2)
