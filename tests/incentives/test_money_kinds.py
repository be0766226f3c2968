"""The money-like kinds: what is earned within caps, what is owed and paid, and that nothing ever falls but by redeeming."""

import math
import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from simulation.core.clock import monthly_satang
from simulation.core.errors import ScenarioError
from simulation.core.params import Wrong
from simulation.core.streams import Streams
from simulation.engine.prepare import prepare
from simulation.engine.run import run, start
from simulation.engine.weekview import week_view
from simulation.incentives.base import Offer
from simulation.incentives.caps import never_cut
from simulation.incentives.catalogue import scheme_classes
from simulation.incentives.ledger import Ledger
from simulation.incentives.rights import Shown
from simulation.incentives.verification import claimed_satang
from simulation.scenario.fragments import scenario_of

N = 30
THAI = re.compile("[\u0e00-\u0e7f]")
SHOP = [{"points": 20, "baht": 4.0, "stock": 30}, {"points": 60, "baht": 15.0, "stock": 4}]
STAGES = [{"weeks": 3, "baht": 5.0}, {"weeks": 4, "baht": 40.0, "acts_needed": 6}, {"weeks": 3, "baht": 2.0}]
EACH = {
    "points": {"baht_per_act": 2.0},
    "points_shop": {"points_per_act": 5.0, "rewards": SHOP},
    "cash_per_act": {"baht_per_act": 2.0},
    "staged_bonus": {"stages": STAGES},
    "prize_draw": {"prize_baht": 100.0, "chance_per_act": 0.05},
    "stipend": {"baht_per_month": 2000.0, "acts_needed_per_month": 4},
    "matched_saving": {"saved_baht_per_act": 100.0, "match_share": 0.5},
    "symbolic_points": {"points_per_act": 10.0},
}
VARIANTS = {
    **EACH,
    "points held": {"kind": "points", "baht_per_act": 2.0, "valid_weeks": 3, "redeemed_per_week": 0.3},
    "points capped": {"kind": "points", "baht_per_act": 2.0, "caps": {"acts_per_week": 3, "baht_in_all": 37.5}},
    "cash capped": {"kind": "cash_per_act", "baht_per_act": 2.0, "caps": {"acts_in_all": 9, "baht_per_week": 5.0}},
    "saving limited": {"kind": "matched_saving", **EACH["matched_saving"], "match_limit_baht_per_month": 130.0},
    "draw daily": {"kind": "prize_draw", **EACH["prize_draw"], "draws": "daily"},
    "draw weekly": {"kind": "prize_draw", **EACH["prize_draw"], "draws": "weekly"},
}


class Table:
    n, n_localities, n_organisations = N, 3, 3

    def column(self, name):
        if name == "wage":
            return np.full(N, 350.0, np.float32)
        return (np.arange(N) % 3).astype(np.int32)


PEOPLE = Shown(Table())


class Act:
    def __init__(self, opportunities=7.0, baseline=0.3):
        self.opportunities, self.baseline = opportunities, baseline


def scheme(name, weeks=12, **changes):
    fields = {"schedule": {"start": 0, "weeks": weeks}, **VARIANTS[name], **changes}
    return scheme_classes()[fields.pop("kind", name)](**fields)


def accounts_of(s):
    sizes = {"citizen": N, "organisation": 3, "locality": 3, "scheme": 1}
    return {a.name: np.zeros(sizes[a.per], a.dtype) for a in s.accounts()}


def view(s, week, acts=0, live=1, book=None, settling=False, act=None, false=0.0):
    act = act or Act()

    def uniforms(purpose):
        return Streams(5, 0).uniform64(purpose, np.arange(N, dtype=np.uint64), 1, week)

    return week_view(
        s, act, week=week, acts=np.broadcast_to(np.asarray(acts, np.int8), N).copy(),
        opportunities=np.full(N, max(1, round(act.opportunities)), np.int8),
        live=np.broadcast_to(np.asarray(live, np.uint8), N).copy(), eligible=np.ones(N, np.uint8),
        enrolled=np.ones(N, np.uint8), locality_rate=np.full(3, 0.3, np.float32),
        accounts=accounts_of(s) if book is None else book, uniforms=uniforms if settling else None,
        false_claim_rate=false,
    )  # fmt: skip


def lived(s, acts, live, false=0.0, act=None, budget=None):
    """Go through all weeks as the engine does; yield week, offer, what was paid, and the ledger after it."""
    ledger = Ledger(accounts_of(s), budget)
    for week in range(s.schedule.weeks):
        seen = view(s, week, acts[week - 1] if week else 0, live[week], ledger.accounts, act=act, false=false)
        most = s.greatest_liability(PEOPLE, seen)
        copies = {name: column.copy() for name, column in ledger.accounts.items()}
        owed = s.pay_out(PEOPLE, seen, copies)
        kept = s.set_aside(PEOPLE, seen)
        assert Ledger({}).enter(week, owed) <= kept >= most
        if not ledger.covers(kept):
            ledger.close(week)
            owed = s.pay_out(PEOPLE, seen, ledger.accounts)
            ledger.enter(week, owed)
            yield week, None, owed, ledger
            return
        offer = s.offer(PEOPLE, seen)
        settled = s.settle(
            PEOPLE, view(s, week, acts[week], live[week], ledger.accounts, True, act, false), ledger.accounts
        )
        people = ledger.enter(week, settled)
        assert people + settled.area_paid_satang + settled.service_satang <= most, week
        yield week, offer, settled, ledger


def paid_in(settled):
    return np.zeros(N, np.int64) if settled.paid_satang is None else settled.paid_satang


def luck(seed, weeks=12):
    """Acts and who takes part, week by week, at random."""
    draw = np.random.default_rng(seed)
    return draw.integers(0, 8, (weeks, N)), (draw.random((weeks, N)) < draw.random()).astype(np.uint8)


CODING = {  # C, v, K, c
    "points": (1, 2.0, 0, 0.5),
    "points_shop": (1, 1.25, 0, 0.5),
    "cash_per_act": (1, 2.0, 0, 1.0),
    "staged_bonus": (1, 5.0, 0, 1.0),
    "prize_draw": (1, 5.0, 0, 1.0),
    "stipend": (1, 500.0, 1, 0.75),
    "matched_saving": (1, 50.0, 0, 0.0),
    "symbolic_points": (1, 0.0, 0, 0.5),
}


@pytest.mark.parametrize("kind", sorted(CODING))
def test_features_are_those_of_the_table(kind):
    s = scheme(kind)
    offer = s.offer(PEOPLE, view(s, 0))
    for name, expected in zip(("contingent", "value_baht", "commitment", "controlling"), CODING[kind], strict=True):
        assert np.allclose(getattr(offer, name), expected), name
    assert not np.any([offer.visibility, offer.appeal, offer.message, offer.pivotality])


@pytest.mark.parametrize(
    ("kind", "nothing"),
    [
        ("points_shop", {"rewards": [{"points": 5, "baht": 0.0, "stock": 9}]}),
        ("points_shop", {"rewards": [{"points": 5, "baht": 3.0, "stock": 0}]}),
        ("staged_bonus", {"stages": [{"weeks": 4, "baht": 0.0}, {"weeks": 4, "baht": 0.0, "acts_needed": 2}]}),
        ("matched_saving", {"saved_baht_per_act": 0.0, "match_limit_baht_per_month": 9.0}),
        ("points", {"baht_per_act": 0.0, "caps": {"acts_in_all": 3}, "valid_weeks": 4}),
        ("cash_per_act", {"baht_per_act": 0.0, "caps": {"baht_in_all": 3.0}}),
    ],
)
def test_nothing_of_worth_is_nothing_offered(kind, nothing):
    s = scheme(kind, **nothing)
    assert s.components == ()
    for _, offer, settled, _ in lived(s, *luck(1)):
        assert offer == Offer.none()
        assert not paid_in(settled).any()


@pytest.mark.parametrize("name", sorted(VARIANTS))
@given(seed=st.integers(0, 10**6), weeks=st.integers(1, 12), taper=st.integers(0, 3), false=st.floats(0, 1))
@settings(max_examples=12, deadline=None)
def test_no_week_costs_more_than_was_reserved(name, seed, weeks, taper, false):
    s = scheme(name, schedule={"start": 0, "weeks": weeks, "taper": min(taper, weeks)}, checks={"share": 0.5})
    for act in (Act(), Act(0.25, 0.9)):
        acts, live = luck(seed)
        whole = s.greatest_in_all(PEOPLE, view(s, 0, act=act))
        spent = 0
        for *_, ledger in lived(s, np.minimum(acts, max(1, round(act.opportunities))), live, false, act):
            spent = ledger.spent_satang
        assert whole is None or spent <= whole


@pytest.mark.parametrize("name", sorted(VARIANTS))
@given(seed=st.integers(0, 10**6), budget=st.integers(0, 600_000))
@settings(max_examples=12, deadline=None)
def test_a_budget_is_never_passed_and_what_is_owed_when_it_closes_is_paid(name, seed, budget):
    s = scheme(name)
    for *_, ledger in lived(s, *luck(seed), budget=budget):
        assert ledger.spent_satang <= budget
    if ledger.closed and "satang_owed" in ledger.accounts:
        assert not any(ledger.accounts[n].any() for n in ledger.accounts if n.startswith(("satang", "points_")))


@given(seed=st.integers(0, 10**6), redeemed=st.floats(0, 1), valid=st.integers(1, 15), false=st.floats(0, 1))
@settings(max_examples=25, deadline=None)
def test_points_under_a_validity_are_paid_in_full_by_themselves_and_never_later(seed, redeemed, valid, false):
    """What is held and what was paid, together, is what was earned: nothing lapses, for those who left neither."""
    s = scheme("points", valid_weeks=valid, redeemed_per_week=redeemed, checks={"share": 0.5})
    (acts, live), earned, paid = luck(seed), np.zeros((12, N), np.int64), np.zeros(N, np.int64)
    for week, _, settled, ledger in lived(s, acts, live, false):
        earned[week] = claimed_satang(view(s, week, acts[week], live[week], false=false), s.checks, 200.0)
        paid += settled.paid_satang
        held = sum(ledger.accounts[f"points_{k}"] for k in range(valid))
        assert (paid + held).tolist() == earned.sum(0).tolist()
        assert (paid >= earned[: max(0, week + 1 - valid)].sum(0)).all()  # whose validity has ended
        assert ledger.accounts["satang_owed"][0] == held.sum()
    assert paid.tolist() == earned.sum(0).tolist()


@pytest.mark.parametrize("name", sorted(VARIANTS))
@given(seed=st.integers(0, 10**6))
@settings(max_examples=10, deadline=None)
def test_what_people_hold_and_were_paid_never_falls(name, seed):
    """Whoever takes part or left: received and credited, together, only grow (points of a shop: what they could buy)."""
    s, received, before = scheme(name), np.zeros(N), np.zeros(N)
    if name == "points_shop":
        s = scheme(name, rewards=[{"points": 20, "baht": 0.2, "stock": 30}])  # a point is a satang
    held = [a.name for a in s.accounts() if a.name.startswith("points_") and a.per == "citizen"]
    held += ["satang_in_stage"] if name == "staged_bonus" else []
    for *_, settled, ledger in lived(s, *luck(seed)):
        received += paid_in(settled)
        now = received + sum((ledger.accounts[k] for k in held), np.zeros(N))
        assert (now >= before).all()
        before = now


def test_by_default_points_are_paid_at_once_and_keep_no_account():
    s, (acts, live) = scheme("points"), luck(2)
    assert s.accounts() == ()
    for week, offer, settled, _ in lived(s, acts, live):
        assert offer == Offer(contingent=1.0, value_baht=2.0, controlling=0.5)
        assert settled.paid_satang.tolist() == (200 * acts[week] * live[week]).tolist()


def test_waiting_points_weigh_less_by_the_weeks_until_they_are_paid():
    def delay(week=0, **changes):
        s = scheme("points", valid_weeks=4, **changes)
        return s.offer(PEOPLE, view(s, week)).delay_weeks

    assert delay() == 4
    assert delay(redeemed_per_week=1.0) == 1
    assert delay(redeemed_per_week=0.5) == pytest.approx(1 + 0.5 + 0.25 + 0.125)
    assert [delay(week) for week in (8, 9, 11)] == [3, 2, 0]  # all is paid in the last week


def test_a_price_in_days_of_wage_takes_neither_caps_nor_a_validity():
    for changes in ({"caps": {"acts_in_all": 3}}, {"valid_weeks": 3}):
        with pytest.raises(ValidationError, match="baht_per_act"):
            scheme_classes()["points"](schedule={"start": 0, "weeks": 9}, days_of_wage_per_act=0.5, **changes)
    with pytest.raises(ValidationError, match="valid_weeks"):
        scheme("points", redeemed_per_week=0.5)


@pytest.mark.parametrize("kind", ["points", "cash_per_act"])
@pytest.mark.parametrize(
    ("caps", "a_week", "in_all"),
    [
        ({"acts_per_week": 3}, 600, None),
        ({"acts_in_all": 9}, None, 1800),
        ({"baht_per_week": 5.0}, 500, None),
        ({"baht_in_all": 37.5}, None, 3750),
        ({"acts_per_week": 2, "baht_in_all": 7.0}, 400, 700),
    ],
)
def test_a_cap_is_met_exactly_and_never_passed(kind, caps, a_week, in_all):
    s, total = scheme(kind, caps=caps), np.zeros(N, np.int64)
    for *_, settled, _ in lived(s, np.full((12, N), 7), np.ones((12, N), np.uint8)):
        assert a_week is None or settled.paid_satang.max() <= a_week
        total += settled.paid_satang
    assert total.tolist() == [in_all or a_week * 12] * N


@given(
    seed=st.integers(0, 10**6), baht=st.floats(0.01, 99.0), false=st.floats(0, 1), taper=st.integers(0, 12),
    caps=st.fixed_dictionaries({}, optional={
        "acts_per_week": st.integers(1, 14), "acts_in_all": st.integers(1, 60),
        "baht_per_week": st.floats(0.01, 300.0), "baht_in_all": st.floats(0.01, 900.0),
    }),
)  # fmt: skip
@settings(max_examples=40, deadline=None)
def test_no_sum_passes_a_cap_whatever_the_amounts(seed, baht, false, taper, caps):
    s = scheme("cash_per_act", baht_per_act=baht, caps=caps, checks={"share": 0.3},
               schedule={"start": 0, "weeks": 12, "taper": taper})  # fmt: skip
    total = np.zeros(N, np.int64)
    for *_, settled, _ in lived(s, *luck(seed), false):
        week = settled.paid_satang
        total += week
        for name, sums in (("week", week), ("all", total)):
            acts = caps.get("acts_per_week" if name == "week" else "acts_in_all", math.inf)
            most = caps.get("baht_per_week" if name == "week" else "baht_in_all", math.inf)
            assert sums.max() <= min(acts * baht * 100 + 1e-3, math.inf if most == math.inf else round(most * 100))


@pytest.mark.parametrize("caps", [{"acts_in_all": 5}, {"baht_in_all": 10.0}, {"acts_in_all": 9, "baht_in_all": 10.0}])
@pytest.mark.parametrize("kind", ["points", "cash_per_act"])
def test_whoever_has_reached_a_cap_is_pulled_no_more(kind, caps):
    """Half act at every chance and reach it in the first week; the others never act."""
    s = scheme(kind, caps=caps)
    acts = np.tile(np.where(np.arange(N) % 2, 7, 0), (12, 1))
    for week, offer, _, _ in lived(s, acts, np.ones((12, N), np.uint8)):
        reached = (np.arange(N) % 2 == 1) & (week > 0)
        assert offer.contingent.tolist() == np.where(reached, 0, 1).tolist()
        assert ((offer.value_baht > 0) == ~reached).all()
        assert offer.weekly_value_baht == 2.0
        assert offer.controlling == s.controlling


def test_a_months_limit_pulls_no_more_until_the_next_month():
    s = scheme("saving limited")
    for week, offer, settled, ledger in lived(s, np.full((12, N), 7), np.ones((12, N), np.uint8)):
        open_now = week % 4 == 0
        assert (offer.contingent == open_now).all()
        assert ((offer.value_baht > 0) == open_now).all()
        assert settled.paid_satang.tolist() == [monthly_satang(130.0) if open_now else 0] * N
        assert ledger.accounts["matched_in_month"].max() <= monthly_satang(130.0)


def test_near_a_weekly_cap_an_act_is_worth_the_chance_that_it_still_earns():
    """3 acts a week can earn, of 7: an eighth act of habit would earn nothing, so those who act always gain nothing."""
    s = scheme("points", caps={"acts_per_week": 3})
    first = s.offer(PEOPLE, view(s, 0)).value_baht[0]
    fewer = sum(math.comb(6, m) * 0.3**m * 0.7 ** (6 - m) for m in range(3))
    assert first == pytest.approx(2.0 * fewer, rel=1e-5)
    book = accounts_of(s)
    book["acts_seen"][:], book["chances_seen"][:] = np.where(np.arange(N) < N // 2, 0, 700), 700
    value = s.offer(PEOPLE, view(s, 5, book=book)).value_baht
    assert (value[: N // 2] > 1.99).all()
    assert (value[N // 2 :] < 0.01).all()
    full = scheme("points", caps={"acts_per_week": 7})
    assert (full.offer(PEOPLE, view(full, 0)).value_baht == 2.0).all()


LEAVERS = ["points", "points held", "points capped", "cash_per_act", "staged_bonus", "stipend", "matched_saving"]


@pytest.mark.parametrize("name", LEAVERS)
@pytest.mark.parametrize("leaving", [1, 3, 6])
def test_what_was_earned_before_leaving_is_still_paid(name, leaving):
    """Those who leave are paid what those who stay and stop acting are paid."""
    s = scheme(name)
    acts = np.where(np.arange(12)[:, None] < leaving, 5, 0) * np.ones((1, N), int)
    live = (np.arange(12)[:, None] < leaving) | (np.arange(N) % 2 == 0)
    total = sum(paid_in(settled) for *_, settled, _ in lived(s, acts, live.astype(np.uint8)))
    if name == "points held":  # who redeems when is by lot, how much is not
        assert total.tolist() == [200 * 5 * leaving] * N
    assert len(set(total.tolist())) == 1
    assert total[0] > 0


def test_who_left_can_still_buy_with_the_points_they_kept():
    s = scheme("points_shop", points_per_act=10.0, rewards=[{"points": 60, "baht": 6.0, "stock": 99}])
    acts = np.where(np.arange(12) < 1, 5, 0)[:, None] * np.ones((1, N), int)
    acts[2, 0] = 7
    live = np.ones((12, N), np.uint8)
    live[1:, 1:] = 0
    *_, (_, _, _, ledger) = lived(s, acts, live)
    assert ledger.accounts["points_held"].tolist() == [0] + [50] * (N - 1)  # nobody's points are taken


@given(seed=st.integers(0, 10**6), price=st.integers(1, 90), stock=st.integers(0, 60))
@settings(max_examples=25, deadline=None)
def test_points_of_a_shop_fall_only_by_what_their_owner_bought(seed, price, stock):
    s = scheme("points_shop", rewards=[{"points": price, "baht": 4.0, "stock": stock}])
    (acts, live), received, earned = luck(seed), np.zeros(N, np.int64), np.zeros(N, np.int64)
    for week, _, settled, ledger in lived(s, acts, live):
        received += paid_in(settled)
        earned += 5 * acts[week] * live[week] if s.components else 0
        book = ledger.accounts
        assert (book["points_held"] + received // 400 * price).tolist() == earned.tolist()
        assert book["points_owed"][0] == book["points_held"].sum()
        assert book["bought_1"][0] == received.sum() // 400 <= stock
        if book["bought_1"][0] < stock:
            assert (book["points_held"] < price).all()  # whoever can afford it has bought


def test_where_stock_is_short_lots_decide_and_the_same_lots_each_time():
    s = scheme("points_shop", points_per_act=10.0, rewards=[{"points": 70, "baht": 5.0, "stock": 7}])
    everybody = view(s, 0, 7, 1, accounts_of(s), True)
    first, again = (s.settle(PEOPLE, everybody, accounts_of(s)).paid_satang for _ in range(2))
    other = s.settle(PEOPLE, view(s, 1, 7, 1, accounts_of(s), True), accounts_of(s)).paid_satang
    assert (first > 0).sum() == (other > 0).sum() == 7
    assert first.tolist() == again.tolist()
    assert first.tolist() != other.tolist()


def test_what_a_point_is_worth_falls_as_rewards_run_out():
    """30 rewards of 4 baht take 600 points, 4 of 15 baht take 240: a point is worth their mean over what is owed."""
    s = scheme("points_shop")

    def value(owed, bought=(0, 0)):
        book = accounts_of(s)
        book["points_owed"][0], book["points_held"][:] = owed, owed // N
        book["bought_1"][0], book["bought_2"][0] = bought
        return s.offer(PEOPLE, view(s, 0, book=book))

    worth = [float(np.max(value(owed).value_baht)) for owed in (0, 240, 840, 1680, 8400)]
    assert worth == pytest.approx([1.25, 1.25, 5 * (60 + 120) / 840, 5 * 180 / 1680, 5 * 180 / 8400])
    assert float(np.max(value(0, (0, 4)).value_baht)) == 1.0
    out = value(900, (30, 4))
    assert (out.contingent, out.value_baht) == (1.0, 0.0)


def test_a_reward_out_of_reach_before_the_end_is_worth_nothing():
    s = scheme("points_shop", rewards=[{"points": 100, "baht": 30.0, "stock": 99}])
    book = accounts_of(s)
    book["points_held"][0] = 90
    value = s.offer(PEOPLE, view(s, 10, book=book)).value_baht  # two weeks of 7 chances of 5 points are left
    assert value[0] > 0
    assert not value[1:].any()


def test_people_save_for_the_better_reward_and_take_the_lesser_where_it_is_gone():
    s, book = scheme("points_shop"), None
    book = accounts_of(s)
    s.settle(PEOPLE, view(s, 0, 7, 1, book, True), book)  # 35 points: enough for the lesser one
    assert (book["bought_1"][0], book["bought_2"][0]) == (0, 0)
    s.settle(PEOPLE, view(s, 1, 7, 1, book, True), book)  # 70 points: 4 get the better one, then it is gone
    assert book["bought_2"][0] == 4
    assert book["bought_1"][0] == 30


def test_stages_are_paid_on_their_dates_with_their_own_sums():
    s, acts, live = scheme("staged_bonus"), np.full((12, N), 2), np.ones((12, N), np.uint8)
    acts[:, 1] = [2, 2, 2, 1, 1, 1, 1, 2, 2, 2, 2, 2]  # misses the threshold of the second stage
    paid, delays, c = [], [], []
    for _, offer, settled, _ in lived(s, acts, live):
        paid.append(paid_in(settled)[:2].tolist())
        delays.append(offer.delay_weeks)
        c.append(offer.controlling)
    assert paid[2] == [3 * 2 * 500] * 2
    assert paid[6] == [4000, 0]
    assert paid[9] == [3 * 2 * 200] * 2
    assert [week for week, x in enumerate(paid) if any(x)] == [2, 6, 9]
    assert delays == [2, 1, 0, 3, 2, 1, 0, 2, 1, 0, 0, 0]
    assert c == [1.0] * 3 + [0.75] * 4 + [1.0] * 3 + [0.0] * 2  # after the last stage nothing is offered


def test_a_stage_that_the_end_cuts_short_pays_its_acts_and_asks_for_no_threshold():
    by_act = scheme("staged_bonus", weeks=2)
    *_, (_, _, settled, ledger) = lived(by_act, np.full((2, N), 3), np.ones((2, N), np.uint8))
    assert settled.paid_satang.tolist() == [2 * 3 * 500] * N
    assert ledger.accounts["satang_owed"] == 0
    by_threshold = scheme("staged_bonus", weeks=5)
    offer = by_threshold.offer(PEOPLE, view(by_threshold, 3))
    assert not offer.contingent.any()
    assert not offer.commitment.any()


@pytest.mark.parametrize(("kind", "needed"), [("stipend", 4), ("staged_bonus", 6)])
def test_a_threshold_pulls_only_while_it_is_open(kind, needed):
    s = scheme(kind, stages=[{"weeks": 4, "baht": 40.0, "acts_needed": 6}]) if kind == "staged_bonus" else scheme(kind)
    book = accounts_of(s)
    book["acts_in_stretch"][:3] = [needed - 1, needed, 0]
    for week, pulls in ((0, [1, 0, 1]), (3, [1, 0, 0])):
        offer = s.offer(PEOPLE, view(s, week, book=book, act=Act(2.0)))
        assert offer.contingent[:3].tolist() == offer.commitment[:3].tolist() == pulls
        assert (offer.value_baht[:3] > 0).tolist() == [bool(x) for x in pulls]
        assert offer.controlling == 0.75


def test_a_stipend_is_paid_each_month_to_those_who_served_often_enough():
    s = scheme("stipend")
    acts = np.tile(np.where(np.arange(N) % 2, 1, 0), (12, 1))
    paid = [paid_in(settled) for *_, settled, _ in lived(s, acts, np.ones((12, N), np.uint8))]
    for week, sums in enumerate(paid):
        due = np.where((np.arange(N) % 2 == 1) & (week % 4 == 3), monthly_satang(2000.0), 0)
        assert sums.tolist() == due.tolist()


def test_a_month_that_was_begun_is_paid_whatever_the_budget():
    """The month's stipend is set aside in its first week, so a budget closes it only between two months."""
    s, a_month = scheme("stipend"), N * monthly_satang(2000.0)
    weeks = list(lived(s, np.full((12, N), 2), np.ones((12, N), np.uint8), budget=2 * a_month + a_month // 2))
    assert weeks[-1][0] == 8
    assert weeks[-1][3].spent_satang == 2 * a_month


@pytest.mark.parametrize(("draws", "n", "acts", "chance"), [
    ("weekly", 7, 5, 1 - 0.8**5), ("daily", 7, 5, None), ("daily", 14, 10, None),
])  # fmt: skip
def test_a_draw_gives_one_prize_at_most(draws, n, acts, chance):
    s = scheme("prize_draw", draws=draws, chance_per_act=0.2, weeks=400)
    won = np.array([
        paid_in(s.settle(PEOPLE, view(s, week, acts, 1, {}, True, Act(float(n))), {})) / 10_000 for week in range(400)
    ])  # fmt: skip
    expected = chance if chance is not None else (5 * 0.2 if acts == 5 else 3 * (1 - 0.8**2) + 4 * 0.2)
    assert won.max() <= (1 if draws == "weekly" else min(acts, 7))
    assert abs(won.mean() - expected) < 4 * won.std() / math.sqrt(won.size)
    none = s.settle(PEOPLE, view(s, 0, 0, 1, {}, True), {}).paid_satang
    assert not none.any()


def test_a_further_ticket_of_the_same_draw_is_worth_less():
    value = {
        draws: scheme("prize_draw", draws=draws).offer(PEOPLE, view(scheme("prize_draw"), 0, act=Act(14.0))).value_baht
        for draws in ("per-act", "daily", "weekly")
    }
    assert value["per-act"] == 5.0
    assert value["daily"] == pytest.approx(5.0 * (1 - 0.05 * 0.3))
    assert value["weekly"] == pytest.approx(5.0 * (1 - 0.05 * 0.3) ** 13)


def test_a_draw_by_regret_cannot_be_written_down():
    assert scheme("prize_draw", regret_free=True) == scheme("prize_draw")
    with pytest.raises(ValidationError, match="not offered") as error:
        scheme("prize_draw", regret_free=False)
    cause = error.value.errors()[0]["ctx"]["error"]
    assert isinstance(cause, Wrong)
    assert "พลาด" in cause.th


def test_symbolic_points_pay_nothing_and_only_grow():
    s, before = scheme("symbolic_points"), np.zeros(N)
    acts, live = luck(4)
    for week, _, settled, ledger in lived(s, acts, live):
        assert settled.paid_satang is None
        assert s.greatest_liability(PEOPLE, view(s, week)) == 0
        assert (ledger.accounts["points_held"] >= before).all()
        before = ledger.accounts["points_held"].copy()
    assert before.tolist() == (10.0 * (acts * live).sum(0)).tolist()


CLOSING = """
[run]
weeks = 20
[arms.held.schemes.steps]
kind = "points"
behaviour = "exercise"
baht_per_act = 2.0
valid_weeks = 8
budget_baht = 12000.0
schedule = { start = 1, weeks = 16 }
[arms.staged.schemes.steps]
kind = "staged_bonus"
behaviour = "exercise"
stages = [{ weeks = 10, baht = 2.0 }]
budget_baht = 12000.0
schedule = { start = 1, weeks = 16 }
[arms.monthly.schemes.steps]
kind = "stipend"
behaviour = "exercise"
baht_per_month = 13.0
acts_needed_per_month = 1
budget_baht = 5400.0
schedule = { start = 1, weeks = 16 }
"""


@pytest.mark.parametrize("arm", ["held", "staged"])
def test_a_society_is_paid_what_it_is_owed_in_the_week_the_budget_closes(arm):
    """Everybody takes part, so by then each act of those weeks was paid, and no more."""
    prepared = prepare(scenario_of(CLOSING).sized(300, 1), 0, parameters="default")
    state = run(start(prepared, arm, "numpy"))
    s = state.schemes[0]
    assert 1 < s.closed_week < 9
    assert s.paid_satang == 200 * s.acts_live > 0
    assert [entry.week for entry in s.ledger.entries] == [s.closed_week]
    assert s.ledger.accounts["satang_owed"] == 0


def test_less_than_a_satang_of_room_is_none():
    """What claims leave below a cap by rounding pulls nobody."""
    s = scheme("points", caps={"acts_in_all": 9})
    book = accounts_of(s)
    book["acts_earning"][:3] = [9 - 1e-9, 9 - 0.004, 9 - 0.006]  # of 200 satang an act
    offer = s.offer(PEOPLE, view(s, 4, book=book))
    assert offer.contingent[:4].tolist() == [0, 0, 1, 1]
    assert (offer.value_baht[:4] > 0).tolist() == [False, False, True, True]


@pytest.mark.parametrize(("kind", "key"), [("points_shop", "rewards"), ("staged_bonus", "stages")])
def test_a_list_of_none_or_of_a_wrong_row_is_told_once(kind, key):
    for rows, said in (("[]", "not 0"), ("[{ baht = 3.0 }]", "is missing"), ("[{ baht = -3.0 }]", "baht")):
        own = {"points_shop": "points_per_act = 3.0", "staged_bonus": ""}[kind]
        with pytest.raises(ScenarioError, match=said) as error:
            scenario_of(f'''
            [arms.a.schemes.s]
            kind = "{kind}"
            behaviour = "blood"
            {own}
            {key} = {rows}
            schedule = {{ start = 0, weeks = 8 }}
            ''')
        assert "This is a list" not in str(error.value)
        assert THAI.search(error.value.render("th"))


class Limited:
    """What a scheme may say of limits to its money."""

    def __init__(self, when_spent="close", per_head=None):
        self.when_spent, self.budget_baht_per_head = when_spent, per_head


def test_what_people_hold_is_never_cut_when_they_redeem_it():
    never_cut(Limited())
    for limited in (Limited("pro-rata"), Limited(per_head=20.0)):
        with pytest.raises(Wrong, match="cannot be cut") as error:
            never_cut(limited)
        assert THAI.search(error.value.th)


def test_a_society_is_paid_the_months_that_it_began_and_no_month_is_begun_in_vain():
    """A settled month is 12 baht for each of 300: the budget holds one and a half, so the second is not opened."""
    prepared = prepare(scenario_of(CLOSING).sized(300, 1), 0, parameters="default")
    s = run(start(prepared, "monthly", "numpy")).schemes[0]
    assert s.closed_week == 5
    assert [entry.week for entry in s.ledger.entries] == [4]
    assert 300_000 < s.paid_satang <= 360_000


def test_what_is_saved_for_weighs_less_by_half_the_weeks_that_it_takes():
    """60 points at 5 an act, 7 chances and a rate of .3 take 5.7 weeks: a point waits half of them, never past the end."""
    s = scheme("points_shop")
    assert s.offer(PEOPLE, view(s, 0)).delay_weeks == pytest.approx(0.5 * 60 / (5 * 7 * 0.3))
    assert s.offer(PEOPLE, view(s, 10)).delay_weeks == 1.0


def test_caps_are_said_in_both_languages():
    said = scheme("points capped").says()
    assert said.en == "2 baht for each act, at most 3 acts a week and 37.5 baht in all"
    assert said.th == "2 บาทต่อครั้ง ไม่เกิน 3 ครั้งต่อสัปดาห์ และ 37.5 บาทตลอดมาตรการ"
    assert scheme("points").says().en == "2 baht for each act"


@pytest.mark.parametrize("name", sorted(VARIANTS))
def test_an_offer_does_not_depend_on_who_else_is_asked_or_on_order(name):
    """Asked twice in a week, an offer is the same, and it writes on no account."""
    s, book = scheme(name), accounts_of(scheme(name))
    seen = view(s, 2, 3, 1, {key: column.copy() for key, column in book.items()})
    first, again = s.offer(PEOPLE, seen), s.offer(PEOPLE, replace(seen))
    assert all(np.array_equal(getattr(first, key), getattr(again, key)) for key in ("value_baht", "contingent"))
    assert all((seen.accounts[key] == column).all() for key, column in book.items())
