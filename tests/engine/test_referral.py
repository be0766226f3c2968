"""Rewards for bringing people in, equation (11): how much more the share of ties weighs, for whom and when."""

import math

import numpy as np
import pytest

from simulation.engine.prepare import prepare
from simulation.engine.referral import weight_of_ties
from simulation.engine.run import run, start, step
from simulation.engine.state import COLUMNS
from simulation.engine.trace import trace
from simulation.scenario.fragments import scenario_of

MEMBERS = """
[arms.friends.schemes.steps]
kind = "points"
behaviour = "exercise"
baht_per_act = 2.0
enrolment = {enrolment}
schedule = {{ start = 2, weeks = 30 }}
"""
FRIENDS = """
[arms.friends.schemes.friend]
kind = "referral"
behaviour = "exercise"
into = "steps"
baht_per_person = {baht}
schedule = {{ start = {start}, weeks = {weeks} }}
"""
FORM = '{ mode = "opt-in", friction = "web-form" }'


def society(baht=None, weeks=30, begins=2, enrolment=FORM, **changes):
    text = MEMBERS.format(enrolment=enrolment)
    text += "" if baht is None else FRIENDS.format(baht=float(baht), start=begins, weeks=weeks)
    return prepare(scenario_of(text).sized(1500, 1).with_({"run.weeks": 34, **changes}), 0, parameters="default")


def lived(prepared, engine="numpy"):
    return run(start(prepared, "friends", engine))


def columns(state):
    """Every column of the first scheme and of the acts."""
    return {c.name: state.columns[c.name][:1] for c in COLUMNS if c.name not in ("draw", "trend_odds")}


def test_a_reward_of_zero_leaves_everything_bit_for_bit():
    alone, nothing = lived(society()), lived(society(0))
    for name, column in columns(alone).items():
        assert np.array_equal(column, columns(nothing)[name]), name
    assert np.array_equal(alone.ever_live, nothing.ever_live)


def test_a_tie_weighs_more_by_the_jump_and_the_logarithm_of_the_reward_in_days_of_the_median_wage():
    prepared = society(200, weeks=10)
    state, p = start(prepared, "friends", "numpy"), prepared.parameters
    days = 200 / float(np.median(prepared.citizens.wage))
    more = p.beta_c + p.beta_m * math.log(1 + days / p.v0)
    weights = []
    for _ in range(14):
        step(state)
        weights.append(float(weight_of_ties(state, state.schemes[0])))
        assert weight_of_ties(state, state.schemes[1]) == prepared.betas.w_e, "nobody is brought into the referral"
    assert np.allclose(weights[2:12], p.w_e + more, atol=1e-5)
    assert weights[:2] == weights[12:] == [p.w_e] * 2, "before its start and after its end it weighs nothing"


def test_the_median_wage_is_that_of_those_eligible():
    prepared = society(200, **{"arms.friends.schemes.steps.target": {"age_bands": ["15-24"]}})
    state = start(prepared, "friends", "numpy")
    for _ in range(3):
        step(state)
    young = prepared.citizens.wage[state.schemes[0].eligible > 0]
    assert np.median(young) != np.median(prepared.citizens.wage)
    p = prepared.parameters
    more = p.beta_c + p.beta_m * math.log(1 + 200 / float(np.median(young)) / p.v0)
    assert float(weight_of_ties(state, state.schemes[0])) == pytest.approx(p.w_e + more, abs=1e-5)


def test_more_join_the_dearer_the_friend_but_nobody_whose_ties_stay_outside():
    signed = {}
    for baht in (None, 50, 500):
        state = lived(society(baht))
        signed[baht] = int(state.columns["signed_up"][0].sum())
    assert signed[None] < signed[50] < signed[500]
    lonely = {f"world.ties.{layer}": 0 for layer in ("work", "neighbourhood", "wide")}
    alone, friends = (lived(society(baht, **lonely)) for baht in (None, 500))
    none = np.diff(alone.graph.indptr) == 0
    assert none.any()
    first, second = (s.columns["joined_week"][0] for s in (alone, friends))
    assert np.array_equal(first[none], second[none])


def test_whoever_only_brings_people_in_does_not_count_as_taking_part():
    alone, friends = lived(society()), lived(society(0.01))
    assert friends.live[1].any() or not friends.schemes[1].on
    assert friends.ever_live.mean() < 1.0
    assert np.array_equal(friends.ever_live > 0, friends.columns["ever_enrolled"][0] > 0)
    assert np.array_equal(alone.today[0].reason, friends.today[0].reason), "it weighs in nobody's acts"


def test_members_are_paid_for_those_whom_they_know_and_up_to_the_most():
    prepared = society(50, **{"arms.friends.schemes.friend.most_people": 2})
    state = lived(prepared)
    brought = state.schemes[1].ledger.accounts["brought_in"]
    assert 0 < brought.sum() <= state.columns["ever_enrolled"][0].sum()
    assert brought.max() == 2
    assert state.schemes[1].ledger.paid_satang == 5000 * brought.sum()
    assert np.all(state.columns["ever_enrolled"][0][brought > 0] == 1)


@pytest.mark.slow
def test_both_engines_agree_on_every_bit():
    pytest.importorskip("numba")
    prepared = society(200)
    one, other = lived(prepared), lived(prepared, "numba")
    for column in COLUMNS:
        assert np.array_equal(one.columns[column.name], other.columns[column.name]), column.name
    assert one.schemes[1].ledger.entries == other.schemes[1].ledger.entries


def test_a_target_share_is_solved_with_the_reward_in_it():
    target = "{ mode = 'opt-in', target_share = 0.3, target_weeks = 20 }"
    plain, rewarded = society(enrolment=target), society(300, enrolment=target)
    key = ("friends", "steps")
    assert rewarded.uptake[key] < plain.uptake[key] - 0.05, "the level is lower where rewards help"
    shares = []
    for prepared in (plain, rewarded):
        state = start(prepared, "friends", "numpy")
        for _ in range(22):
            step(state)
        shares.append(float(state.columns["signed_up"][0].mean()))
    assert abs(shares[0] - 0.3) < 0.06
    assert abs(shares[1] - 0.3) < 0.06


def test_a_dearer_reward_than_the_files_lets_more_join_at_the_files_own_level():
    target = "{ mode = 'opt-in', target_share = 0.3, target_weeks = 20 }"
    file, dearer = (
        society(50, enrolment=target),
        society(50, enrolment=target, **{"arms.friends.schemes.friend.baht_per_person": 800.0}),
    )
    assert dearer.uptake == pytest.approx(file.uptake)
    assert lived(dearer).columns["signed_up"][0].sum() > lived(file).columns["signed_up"][0].sum()


def test_the_chance_that_a_story_tells_is_the_one_that_decides():
    prepared = society(300)
    found = trace(prepared, "friends", np.arange(200), "numpy")
    told = found.schemes[0]
    could, chance, draw, joined = (
        told[name] for name in ("could_sign_up", "chance_to_sign_up", "sign_up_draw", "joined")
    )
    assert could.any()
    begins = joined[could] | told["never_began"][could]
    assert np.array_equal(begins, (draw[could] < chance[could]))
