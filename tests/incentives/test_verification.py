"""Checks err both ways, cost money, and may be tempted; what is not verified earns nothing and costs nobody anything."""

from dataclasses import dataclass

import numpy as np
import pytest

from simulation.core.params import BetweenKeys
from simulation.incentives.base import Settlement
from simulation.incentives.budget import in_proportion
from simulation.incentives.catalogue import scheme_classes
from simulation.incentives.ledger import Ledger
from simulation.incentives.settling import cut
from simulation.incentives.verification import (
    Checks,
    claimed_satang,
    claims,
    false_rate,
    recorded,
    refusals,
    submitted,
)

N = 20_000


@dataclass(frozen=True)
class Week:
    acts: np.ndarray
    opportunities: np.ndarray
    live: np.ndarray
    false_claim_rate: float = 0.25
    uniforms: object = None


def week(acts=3, live=1, **changes):
    u = (np.arange(N) + 0.5) / N
    of = [np.full(N, x, np.uint8) for x in (acts, 7, live)]
    return Week(*of, **{"uniforms": lambda _: u, **changes})


def test_true_claims_are_refused_as_often_as_said_and_never_more_than_there_are():
    checks = Checks(share=0.5, found=1.0, wrongly_refused=0.4)
    refused = refusals(week(acts=3), checks)
    error = np.sqrt(3 * 0.2 * 0.8 / N)
    assert abs(refused.mean() - 3 * 0.2) < 4 * error
    assert refused.min() == 0
    assert refused.max() == 3
    assert refusals(week(acts=3), Checks(wrongly_refused=1.0)).tolist() == [3] * N
    assert not refusals(week(acts=0), checks).any()


def test_what_counts_is_acts_less_refusals_and_false_claims_that_pass():
    checks = Checks(share=0.5, found=0.8, wrongly_refused=0.4)
    w = week()
    expected = 3 - refusals(w, checks) + 0.6 * 0.25 * 4
    assert np.allclose(claims(w, checks), expected)
    assert claimed_satang(w, checks, 100.0).tolist() == np.rint(expected * 100).astype(int).tolist()
    assert not claims(week(live=0), checks).any()
    assert (recorded(week(live=0), checks) == 3).all()  # an area counts what others do too


def test_without_errors_and_temptation_claims_are_as_they_were():
    w = week()
    assert np.array_equal(claims(w, Checks(share=0.1, found=0.6)), np.full(N, 3 + 0.94 * 0.25 * 4))


def test_a_share_of_all_claims_is_checked_the_false_ones_too():
    assert submitted(week()) == pytest.approx(N * (3 + 0.25 * 4))


def test_false_claims_answer_to_worth_only_where_the_scenario_says_so():
    wage = np.full(3, 300.0, np.float32)
    value = np.array([0.0, 9.0, 36.0])  # nothing, 3 hundredths of a day, four times that
    assert false_rate(0.1, Checks(), value, wage) == 0.1
    assert false_rate(0.1, Checks(reward_elasticity=0.5), value, wage) == pytest.approx([0.0, 0.1, 0.2])
    assert false_rate(0.9, Checks(reward_elasticity=1.0), value, wage).tolist() == pytest.approx([0.0, 0.9, 1.0])


def test_money_is_shared_in_proportion_to_the_last_satang():
    due = np.array([100, 0, 50, 33, 1], np.int64)
    for money in range(int(due.sum()) + 2):
        given = in_proportion(due, money)
        assert int(given.sum()) == min(money, due.sum())
        assert (given <= due).all()
        assert (np.abs(given - due * min(1.0, money / due.sum())) < 1).all()


def test_sums_beyond_64_bits_are_shared_exactly():
    due = np.full(3, 10**13, np.int64)
    assert in_proportion(due, 10**13).tolist() == [3333333333334, 3333333333333, 3333333333333]


def test_services_come_first_and_areas_share_with_people():
    due = Settlement(np.array([60, 60], np.int64), 120, 10)
    paid = cut(due, 130)
    assert (paid.paid_satang.tolist(), paid.area_paid_satang, paid.service_satang) == ([30, 30], 60, 10)
    assert cut(due, 250) is due
    assert cut(due, 4).service_satang == 4


def test_the_ledger_tells_what_was_due_and_when_it_was_first_cut():
    book = Ledger({}, 100)
    due = Settlement(np.array([80], np.int64))
    book.enter(0, due)
    book.enter(1, cut(due, book.left_satang), 0, due)
    assert (book.paid_satang, book.due_satang, book.cut_week) == (100, 160, 1)
    assert book.paid_share == pytest.approx(100 / 160)


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("points", {"baht_per_act": 1.0, "when_spent": "pro-rata"}),
        ("points", {"baht_per_act": 1.0, "when_spent": "waiting-list", "budget_baht_per_head": 9.0}),
        (
            "collective_goal",
            {"goal_share": 0.5, "fund_baht_per_household": 1.0, "when_spent": "waiting-list", "budget_baht": 9.0},
        ),
    ],
)
def test_what_happens_as_money_ends_needs_a_budget_and_people_who_sign_up(kind, fields):
    with pytest.raises(ValueError, match="when_spent") as raised:
        scheme_classes()[kind](schedule={"start": 0, "weeks": 4}, **fields)
    assert isinstance(raised.value.errors()[0]["ctx"]["error"], BetweenKeys)
