"""How money ends: closing, cutting in proportion, a waiting list; by week and by head; and who is paid for nothing."""

import numpy as np
import pytest

from simulation.agents.parameters import draw
from simulation.core.errors import ScenarioError
from simulation.core.streams import PLACES
from simulation.engine.prepare import prepare
from simulation.engine.run import run, start, step
from simulation.incentives.catalogue import scheme_classes
from simulation.scenario.load import load
from simulation.scenario.model import Scenario

PAY = {"kind": "points", "baht_per_act": 2.0}
WEEKS = 12
ONE_TAP = {"mode": "opt-in", "friction": "one-tap"}


def society(scheme, citizens=60, replicate=0, **behaviour):
    """A small town with one scheme in the arm `trial`, prepared."""
    usual = {} if "kind" in scheme else PAY
    data = {
        "format": 1,
        "about": {"title": {"en": "A test"}, "question": {"en": "Does it hold?"}},
        "run": {"weeks": 16, "replicates": 1, "seed": 3},
        "world": {"citizens": citizens, "daily_wage": {"mean": 400.0, "gini": 0.3}, "localities": {"number": 2}},
        "behaviours": {"act": {"baseline": 0.5, "opportunities_per_week": 7.0, **behaviour}},
        "arms": {
            "control": {},
            "trial": {"schemes": {"gift": {"schedule": {"start": 2, "weeks": WEEKS}, **usual, **scheme}}},
        },
    }
    return prepare(Scenario.model_validate(data), replicate)


def finished(scheme, engine="numpy", **world):
    state = run(start(society(scheme, **world), "trial", engine))
    return state, state.schemes[0]


def as_of(week, scheme):
    """The state of the arm at the end of a week."""
    state = start(society(scheme), "trial", "numpy")
    while state.week < week:
        step(state)
    return state, state.schemes[0]


def weekly(s):
    return {e.week: e.people_satang + e.area_satang + e.service_satang for e in s.ledger.entries}


def test_pro_rata_stays_open_until_the_money_is_gone_to_the_last_satang():
    _, s = finished({"budget_baht": 1500.0, "when_spent": "pro-rata"})
    assert s.ledger.paid_satang == 150_000 < s.ledger.due_satang
    assert s.closed_week == s.cut_week + 1
    assert max(weekly(s)) == s.cut_week
    closing, _ = finished({"budget_baht": 1500.0})
    assert closing.schemes[0].closed_week < s.closed_week
    assert closing.schemes[0].cut_week == -1


def test_pro_rata_by_week_cuts_every_week_and_never_closes():
    _, s = finished({"budget_baht_per_week": 200.0, "when_spent": "pro-rata"})
    assert set(weekly(s).values()) == {20_000}
    assert len(weekly(s)) == WEEKS
    assert (s.cut_week, s.closed_week) == (2, -1)
    assert 0.2 < s.ledger.paid_share < 0.6


def test_a_month_is_covered_from_its_first_week_and_paid_once_begun():
    fee = {"kind": "fee_discount", "baht_per_month": 40.0, "acts_needed_per_month": 1}
    sure = {"baseline": 0.99, "spread": 0.0}
    _, s = finished({**fee, "budget_baht": 60 * 36.92 * 1.5}, **sure)
    assert (s.closed_week, s.cut_week) == (6, -1)  # the second month is not covered, so it does not begin
    assert s.ledger.paid_satang == s.ledger.due_satang == 60 * 3692
    _, s = finished({**fee, "budget_baht": 60 * 36.92 * 1.5, "when_spent": "pro-rata"}, **sure)
    assert s.ledger.paid_satang == round(60 * 3692 * 1.5)
    assert (s.cut_week, s.closed_week) == (9, 10)


def test_a_budget_of_a_week_that_cannot_cover_it_closes_the_offer():
    _, s = finished({"budget_baht_per_week": 200.0})
    assert (s.closed_week, s.ledger.paid_satang) == (2, 0)
    _, enough = finished({"budget_baht_per_week": 60 * 7 * 2.0})
    assert enough.closed_week == -1


def test_nobody_is_paid_more_than_the_limit_a_head_and_nothing_pulls_beyond_it():
    _, s = as_of(5, {"budget_baht_per_head": 30.0})
    reached = s.ledger.received == 3_000
    _, s = as_of(6, {"budget_baht_per_head": 30.0})
    assert s.ledger.received.max() == 3_000
    assert 0 < reached.sum() < 60
    assert not np.asarray(s.features.contingent)[reached].any()
    assert not np.asarray(s.features.value)[reached].any()
    assert np.asarray(s.features.contingent)[~reached].all()
    assert int(s.ledger.received.sum()) == s.paid_satang
    (state, _), (free, _) = finished({"budget_baht_per_head": 30.0}), finished({})
    assert state.records.acts.sum() < free.records.acts.sum()


def test_a_waiting_list_lets_in_those_whom_the_money_serves_to_the_end():
    each = 7 * 2.0 * WEEKS  # the most a head
    scheme = {"budget_baht": 10 * each + 1.0, "when_spent": "waiting-list"}
    _, s = finished(scheme)
    assert int(s.served.sum()) >= 10
    assert s.n_waiting > 0
    assert (s.cut_week, s.closed_week) == (-1, -1)
    assert s.ledger.paid_satang == s.ledger.due_satang
    first, s = as_of(2, scheme)
    c = first.columns
    assert int(c["enrolled"][0].sum()) == 10
    assert int(c["signed_up"][0].sum()) == 60
    drawn = first.prepared.streams.uniform64(PLACES, first.citizens.ids, s.number)
    assert set(np.flatnonzero(c["enrolled"][0])) == set(np.argsort(drawn)[:10])  # all came in one week: drawn
    assert not first.live[0][c["enrolled"][0] == 0].any()


def test_who_signed_up_first_comes_in_first():
    scheme = {"budget_baht": 9 * 7 * 2.0 * WEEKS, "when_spent": "waiting-list", "enrolment": ONE_TAP}
    state = start(society(scheme, citizens=300), "trial", "numpy")
    s, since = state.schemes[0], {}
    while state.week < 13:
        step(state)
        for i in np.flatnonzero(s.waiting >= 0):
            assert since.setdefault(int(i), int(s.waiting[i])) == s.waiting[i]  # a place in the list is kept
        admitted = np.flatnonzero(state.columns["joined_week"][0] == state.week)
        waited = [since[int(i)] for i in admitted if int(i) in since]
        still = s.waiting[s.waiting >= 0]
        assert not waited or not len(still) or max(waited) <= still.min()
    assert any(int(state.columns["joined_week"][0][i]) > w for i, w in since.items())  # some came in after waiting
    assert s.n_waiting


def test_a_place_of_somebody_who_is_still_owed_a_month_is_not_given_away():
    fee = {"kind": "fee_discount", "baht_per_month": 40.0, "acts_needed_per_month": 1}
    exits = {"mode": "automatic", "exit_chance": 0.5}
    budget = {"when_spent": "waiting-list", "budget_baht": 5 * 3 * 36.92}
    state, s = as_of(3, {**fee, "enrolment": exits, **budget})
    c = state.columns
    left = (c["left_week"][0] == 3).sum()
    assert left > 0
    assert int(s.served.sum()) == 5
    assert int(c["enrolled"][0].sum()) == 5 - left


@pytest.mark.parametrize(
    "scheme",
    [
        {"budget_baht": 900.0, "when_spent": "waiting-list", "enrolment": ONE_TAP},
        {"budget_baht": 900.0, "when_spent": "pro-rata", "budget_baht_per_head": 20.0},
        {
            "checks": {
                "share": 0.5,
                "found": 0.5,
                "wrongly_refused": 0.3,
                "reward_elasticity": 0.5,
                "baht_per_check": 1.0,
            }
        },
    ],
)
def test_both_engines_agree_on_how_money_ends(scheme):
    pytest.importorskip("numba")
    (readable, a), (fast, b) = finished(scheme), finished(scheme, "numba")
    assert readable.columns.digest() == fast.columns.digest()
    assert a.ledger.entries == b.ledger.entries
    assert a.paid_for_nothing_satang == b.paid_for_nothing_satang


def bold(seed=3):
    """A society whose people claim falsely more often than most."""
    return next(k for k in range(99) if draw(seed, k, 1).false_claim_rate > 0.15)


def test_what_is_paid_for_acts_never_done_is_what_false_claims_earn():
    _, s = finished({"checks": {"share": 0.5, "found": 0.5}}, replicate=bold())
    assert s.paid_for_nothing_satang == pytest.approx(200 * s.false_claims, rel=0.01)
    assert s.claimed == pytest.approx(s.acts_live + s.false_claims)
    _, honest = finished({"checks": {"share": 1.0}}, replicate=bold())
    assert (honest.false_claims, honest.paid_for_nothing_satang) == (0.0, 0.0)


def test_a_threshold_passed_by_false_claims_is_paid_for_nothing():
    fee = {"kind": "fee_discount", "baht_per_month": 40.0, "acts_needed_per_month": 16}
    _, s = finished({**fee, "checks": {"share": 0.0}}, citizens=300, replicate=bold())
    _, honest = finished({**fee, "checks": {"share": 1.0}}, citizens=300, replicate=bold())
    assert 0 < s.paid_for_nothing_satang == pytest.approx(s.paid_satang - honest.paid_satang, rel=0.05)


def test_refusals_lower_what_an_act_is_worth_and_what_is_paid():
    wrong = {"checks": {"share": 0.5, "wrongly_refused": 0.4}}
    (_, right), (_, s) = as_of(3, {}), as_of(3, wrong)
    assert float(s.features.value) == pytest.approx(0.8 * float(right.features.value))
    _, s = finished(wrong)
    assert s.paid_satang == pytest.approx(200 * s.claimed, rel=1e-3)
    assert s.claimed == pytest.approx(s.acts_live - s.refused + s.false_claims)
    assert s.refused == pytest.approx(0.2 * s.acts_live, rel=0.1)


def test_checks_cost_service_money_within_the_budget():
    _, s = finished({"checks": {"share": 0.5, "found": 1.0, "baht_per_check": 1.0}})
    assert s.ledger.checking_satang == s.ledger.service_satang
    assert s.ledger.checking_satang >= 50 * s.acts_live - 6 * WEEKS
    most = 60 * 7 * (2.0 + 0.5)
    closed, _ = finished({"checks": {"share": 0.5, "baht_per_check": 1.0}, "budget_baht": most - 1.0})
    assert closed.schemes[0].closed_week == 2


def test_an_area_is_paid_by_what_is_recorded():
    goal = {"kind": "collective_goal", "goal_share": 0.55, "fund_baht_per_household": 40.0}
    unchecked = {**goal, "checks": {"share": 0.0}}
    paid = [finished(x, citizens=300, replicate=bold())[1] for x in (goal, unchecked)]
    assert paid[1].paid_satang > paid[0].paid_satang
    assert paid[1].paid_for_nothing_satang == paid[1].paid_satang - paid[0].paid_satang
    refused = {**goal, "goal_share": 0.4, "checks": {"share": 1.0, "wrongly_refused": 0.6}}
    fair = {**goal, "goal_share": 0.4}
    assert finished(refused)[1].paid_satang < finished(fair)[1].paid_satang


@pytest.mark.parametrize("kind", ["points", "matched_giving"])
def test_the_most_of_a_week_is_what_is_paid_where_all_act_at_every_chance(kind):
    own = {"points": {"baht_per_act": 0.337}, "matched_giving": {"given_baht_per_act": 1.11, "match_share": 0.3}}[kind]
    state, s = finished({"kind": kind, **own}, baseline=1 - 1e-7, spread=0.0)
    view = scheme_classes()[kind].greatest_liability
    assert s.paid_satang == WEEKS * view(s.scheme, state.prepared.people, _last_view(state, s))


def _last_view(state, s):
    from simulation.engine.run import _view

    return _view(state, s, state.prepared.behaviours[0])


def test_a_file_says_at_its_key_that_a_budget_is_missing():
    key = "arms.fee_discount.schemes.fee.when_spent"
    with pytest.raises(ScenarioError) as raised:
        load("bangkok-waste", [f"{key}=pro-rata"])
    (problem,) = raised.value.problems
    assert problem.key == key
    assert "budget_baht" in problem.text_en
    assert "budget_baht" in problem.text_th


HALF = {"baseline": 0.9, "cofund_share": 0.5, "through": True}


@pytest.mark.parametrize("share", [0.33, 0.5])
def test_pay_that_others_share_in_is_cut_only_as_far_as_the_budget_must(share):
    scheme = {"localities": {**HALF, "cofund_share": share}, "budget_baht": 1500.0, "when_spent": "pro-rata"}
    _, s = finished(scheme, citizens=300)
    ledger = s.ledger
    assert 150_000 - 2 <= ledger.spent_satang <= 150_000
    assert ledger.paid_satang == pytest.approx(150_000 / (1 - share), abs=20)
    assert s.closed_week == s.cut_week + 1  # one cut, in the week in which the money ends, not one week after another


def test_what_others_pay_in_whole_is_never_cut():
    scheme = {"localities": {**HALF, "cofund_share": 1.0}, "budget_baht": 1.0, "when_spent": "pro-rata"}
    _, s = finished(scheme, citizens=300)
    assert s.ledger.paid_satang == s.ledger.due_satang == s.ledger.cofunded_satang > 0
    checked = {**scheme, "checks": {"baht_per_check": 5.0}}
    _, s = finished(checked, citizens=300)
    assert (s.ledger.service_satang, s.ledger.spent_satang) == (100, 100)


def test_a_waiting_list_never_opens_where_the_money_does_not_cover_reaching_people():
    agents = {"channels": {"agent_share": 1.0, "baht_per_agent": 20.0}, "when_spent": "waiting-list"}
    state, s = finished({**agents, "budget_baht": 60 * 20.0 - 0.01})
    assert (s.closed_week, s.ledger.entries) == (2, [])
    assert not state.columns["ever_enrolled"].any()
    _, s = as_of(2, {**agents, "budget_baht": 60 * 20.0 + 7 * 2.0 * WEEKS})
    assert (s.closed_week, int(s.served.sum())) == (-1, 1)


def test_a_waiting_list_closes_where_grants_pass_what_is_left():
    run = {"baseline": 0.9, "grant_baht_per_month": 100.0}
    _, s = finished({"localities": run, "when_spent": "waiting-list", "budget_baht": 250.0})
    assert s.ledger.granted_satang == s.ledger.spent_satang <= 25_000
    assert int(s.units.running.sum()) == 1
    assert s.closed_week == 13  # two months' grants of 92.31 baht are covered, the third is not
