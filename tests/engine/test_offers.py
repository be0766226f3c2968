"""Several schemes at once: how their parts join, and whose discrepancy is whose."""

from dataclasses import replace

import numpy as np
import pytest

import simulation.engine.prepare as preparing
from simulation.agents import equations as law
from simulation.agents.parameters import defaults
from simulation.core.streams import Streams
from simulation.engine.offers import bundle, discrepancy_of, features_of, reasons_of
from simulation.engine.prepare import prepare
from simulation.engine.run import start, step
from simulation.engine.terms import betas
from simulation.incentives.base import Offer
from simulation.scenario.load import load

B = betas(defaults(1))
ONE = np.ones(1, np.float32)
LIVE = np.ones(1, np.uint8)


def joint(*offers, live=None):
    features = [features_of(o, np.full(1, 400, np.float32), np.full(1, 0.3, np.float32)) for o in offers]
    masks = [LIVE if on else 0 * LIVE for on in (live or [True] * len(offers))]
    return bundle(features, masks, ONE, B, np.float32(0))


def alone(**parts):
    return float(joint(Offer(**parts)).reason[0])


def test_a_jump_counts_once_and_money_adds_up():
    found = float(joint(Offer(contingent=1, value_baht=10), Offer(contingent=1, value_baht=30)).reason[0])
    assert found == pytest.approx(alone(contingent=1, value_baht=40), rel=1e-6)
    assert found < 2 * alone(contingent=1, value_baht=20)


@pytest.mark.parametrize("part", ["contingent", "appeal", "commitment", "message"])
def test_what_is_there_or_not_counts_once(part):
    extra = {"reference": 0.5} if part == "message" else {}
    one = Offer(**{part: 1.0}, **extra)
    assert joint(one, one).reason == joint(one).reason > 0


@pytest.mark.parametrize("part", ["visibility", "pivotality"])
def test_of_honours_and_mates_the_largest_acts(part):
    assert float(joint(Offer(**{part: 0.2}), Offer(**{part: 0.6})).reason[0]) == pytest.approx(alone(**{part: 0.6}))


@pytest.mark.parametrize(
    ("offers", "controlling"),
    [
        ([Offer(contingent=1, controlling=0.5), Offer(contingent=1, controlling=1.0)], 1.0),
        ([Offer(contingent=1, controlling=0.5), Offer(appeal=1, controlling=-1.0)], 0.5),  # thanks do not undo cash
        ([Offer(appeal=1, controlling=-1.0), Offer(visibility=0.3, controlling=0.0)], -1.0),
        ([Offer(contingent=0, controlling=0.75), Offer(appeal=1, controlling=0.0)], 0.75),  # a threshold already passed
    ],
)
def test_the_most_controlling_reward_sets_the_tone(offers, controlling):
    assert joint(*offers).controlling == controlling


def test_only_those_live_in_a_scheme_get_its_part():
    assert (
        joint(Offer(contingent=1), Offer(commitment=1), live=[True, False]).reason == joint(Offer(contingent=1)).reason
    )
    assert joint(Offer(contingent=1), live=[False]).reason == 0


def test_a_bundle_of_one_is_the_scheme_itself():
    features = features_of(Offer(contingent=1, value_baht=20), np.full(1, 400, np.float32), np.full(1, 0.3, np.float32))
    assert bundle([features], [LIVE], ONE, B, np.float32(0)).reason == reasons_of(features, ONE, B, np.float32(0))


def test_delay_discounts_by_a_twentieth_of_the_logarithm_a_week():
    now, later = (features_of(Offer(value_baht=10, delay_weeks=d), 1, 1).discount for d in (0, 4))
    assert float(now) == 1.0
    assert float(later) == pytest.approx(np.exp(-0.2), rel=1e-6)


def test_a_discrepancy_belongs_to_society_behaviour_and_kinds_and_to_nothing_else():
    one = discrepancy_of(Streams(1, 0), 0, ["points", "recognition"], 0.1)
    assert one == discrepancy_of(Streams(1, 0, luck=1), 0, ["recognition", "points"], 0.1)
    for other in (
        discrepancy_of(Streams(1, 0), 1, ["points", "recognition"], 0.1),
        discrepancy_of(Streams(1, 1), 0, ["points", "recognition"], 0.1),
        discrepancy_of(Streams(1, 0), 0, ["points"], 0.1),
    ):
        assert one != other
    assert discrepancy_of(Streams(1, 0), 0, [], 0.1) == 0


def running(*settings, arm="x"):
    shorter = [f"arms.{a}.schemes={{}}" for a in ("recognition", "comparison", "district_goal", "fee_discount")]
    return start(
        prepare(load("bangkok-waste", ["world.citizens=3000", "run.weeks=40", *settings, *shorter]), 0), arm, "numpy"
    )


SCHEME = (
    "arms.x.schemes.a={{kind='points', behaviour='waste_sort', baht_per_act=20, schedule={{start=2, weeks=30}}, {}}}"
)


def test_only_the_eligible_sign_up():
    enrolment = "enrolment={mode='opt-in', friction='one-tap'}, target={age_bands=['60+'], sectors=['private']}"
    state = running(SCHEME.format(enrolment))
    for _ in range(20):
        step(state)
    people, signed = state.citizens, state.columns["signed_up"][0] > 0
    assert signed.sum() > 50
    assert (people.age_band[signed] == 4).all()
    assert (people.sector[signed] == 1).all()


def test_whoever_is_entered_may_leave_by_the_chance_the_scheme_gives():
    state = running(SCHEME.format("enrolment={mode='automatic', exit_chance=0.1}"))
    for _ in range(12):
        step(state)
    live = state.columns["enrolled"][0].mean()
    assert live == pytest.approx(0.9**9, abs=4 * np.sqrt(0.25 / 3000))
    stays = running(SCHEME.format("enrolment={mode='automatic'}"))
    for _ in range(12):
        step(stays)
    assert (stays.columns["enrolled"][0] == 1).all()


def test_some_never_begin_and_leaving_keeps_one_away_for_thirteen_weeks():
    state = running(SCHEME.format("enrolment={mode='opt-in', friction='one-tap'}"))
    p = state.prepared.parameters
    rejoined = []
    for _ in range(34):
        step(state)
        c = state.columns
        rejoined += list(
            (c["joined_week"][0] - c["left_week"][0])[(c["joined_week"][0] == state.week) & (c["left_week"][0] >= 0)]
        )
    c = state.columns
    never = (c["signed_up"][0] > 0) & (c["ever_enrolled"][0] == 0)
    share = never.sum() / (c["signed_up"][0] > 0).sum()
    assert share == pytest.approx(p.never_start, abs=4 * np.sqrt(p.never_start / (c["signed_up"][0] > 0).sum()))
    assert rejoined
    assert min(rejoined) >= 13


def test_responsiveness_of_a_person_is_bounded(monkeypatch):
    drawn = preparing.draws.draw
    monkeypatch.setattr(preparing.draws, "draw", lambda *a: replace(drawn(*a), sigma_s=2.0))
    s = running(SCHEME.format("enrolment={mode='automatic'}")).prepared.responsiveness[0]
    assert (s == s.max()).sum() > 50  # held at the bound
    assert s.max() / np.median(s) == pytest.approx(20.0, rel=0.1)
    assert (s > 0).all()


def test_a_message_is_weighed_against_the_rate_of_this_week_trend_included():
    """With a trend the reference moves, and so does everybody's own rate: the mean gap stays about what it was."""
    letter = "kind='comparison', behaviour='waste_sort', reference='locality-mean', schedule={start=2, weeks=38}"
    for trend in (0.5, -0.5):
        state = running(f"behaviours.waste_sort.trend_per_year={trend}", f"arms.x.schemes.a={{{letter}}}")
        for _ in range(40):
            step(state)
        p, terms = state.prepared, state.prepared.behaviours[0]
        own = law.probability(law.baseline_odds(p.odds0[0], terms.trend_odds(39)))
        assert np.array_equal(state.schemes[0].features.rate, own)
        assert not np.allclose(own, p.rate[0], atol=1e-3)


def test_a_scheme_of_no_worth_changes_nothing_in_a_package_either():
    """Not even for an act that is kept until one decides again or is asked: who is offered nothing is not asked."""
    act = "behaviours.device={baseline=0.2, opportunities_per_week=7, dynamics='sticky', redecision=0.05}"
    points = "kind='points', behaviour='device', schedule={start=2, weeks=30}"
    real = f"arms.x.schemes.a={{{points}, baht_per_act=20, enrolment={{mode='opt-in', friction='one-tap'}}}}"
    nothing = f"arms.x.schemes.z={{{points}, baht_per_act=0}}"
    alone, with_it = running(act, real), running(act, real, nothing)
    for _ in range(30):
        step(alone)
        step(with_it)
    for name in ("acts", "habit", "norm", "crowding"):
        assert np.array_equal(alone.columns[name], with_it.columns[name]), name


def test_a_scheme_has_the_same_luck_wherever_it_stands():
    one = SCHEME.format("enrolment={mode='opt-in', friction='one-tap'}")
    letter = "arms.x.schemes.{}={{kind='recognition', behaviour='waste_sort', audience='officials', share_needed=1.0, schedule={{start=39, weeks=1}}}}"
    states = [running(one), running(letter.format("b"), one), running(one, letter.format("b"))]
    for state in states:
        for _ in range(8):
            step(state)
    signed = [s.columns["signed_up"][[x.name for x in s.schemes].index("a")] for s in states]
    assert signed[0].sum() > 100
    assert np.array_equal(signed[0], signed[1])
    assert np.array_equal(signed[0], signed[2])


@pytest.mark.parametrize("exit_chance", [0.0, 0.5])
def test_the_target_share_is_reached_at_the_schemes_own_chance_to_leave(exit_chance):
    enrolment = f"enrolment={{mode='opt-in', target_share=0.5, target_weeks=25, exit_chance={exit_chance}}}"
    shares = []
    for seed in range(6):
        state = running(SCHEME.format(enrolment), f"run.seed={seed}")
        for _ in range(27):
            step(state)
        shares.append(state.columns["signed_up"][0].mean())
    assert np.mean(shares) == pytest.approx(0.5, abs=0.03)  # ties differ from the mean field by a point or two


@pytest.mark.parametrize("trend", [5.0, -5.0])
def test_the_steepest_trend_over_the_longest_horizon_stays_finite(trend):
    state = running(f"behaviours.waste_sort.trend_per_year={trend}", SCHEME.format("enrolment={mode='automatic'}"))
    terms = state.prepared.behaviours[0]
    odds = law.baseline_odds(state.prepared.odds0[0], terms.trend_odds(5199))
    assert np.isfinite(odds).all()
    assert len(np.unique(odds)) == 1  # everybody always, or never


def test_many_schemes_on_one_behaviour_cost_no_more_than_who_is_in_which():
    points = "kind='points', behaviour='waste_sort', baht_per_act=1, schedule={start=0, weeks=4}"
    state = running(*(f"arms.x.schemes.s{i}={{{points}}}" for i in range(24)))
    step(state)  # 2**24 combinations would not end
    assert state.columns["acts"][0].sum() > state.columns["acts_twin"][0].sum()


def test_a_trend_moves_both_worlds_upwards():
    state = running("behaviours.waste_sort.trend_per_year=1.0", SCHEME.format("enrolment={mode='automatic'}"))
    for _ in range(40):
        step(state)
    rate = state.records.acts_twin[:, 0].sum(axis=1) / state.records.opportunities[:, 0].sum(axis=1)
    logit = np.log(rate / (1 - rate))
    assert logit[-4:].mean() > logit[:4].mean() + 0.2
    assert (state.records.acts[:, 0].sum(axis=1) >= state.records.acts_twin[:, 0].sum(axis=1)).all()


def test_of_what_is_paid_only_the_acts_of_those_who_take_part_count_as_additional():
    """Where few sign up, the acts of all the others say nothing of what the rewards of those few brought."""
    scenario = load("bangkok-waste", ["world.citizens=1500", "arms.fee_discount.schemes.fee.baht_per_month=400"])
    state = start(prepare(scenario, 0), "fee_discount", "numpy")
    (scheme,) = state.schemes
    acts = twin = 0
    for _ in range(scenario.run.weeks):
        step(state)
        if scheme.features is not None:
            live = state.live[0] > 0
            acts += int(state.columns["acts"][0][live].sum(dtype=np.int64))
            twin += int(state.columns["acts_twin"][0][live].sum(dtype=np.int64))
    assert 0 < acts < 0.5 * state.records.acts.sum()
    assert scheme.additional == 1 - twin / acts
    everybody = 1 - state.records.acts_twin.sum() / state.records.acts.sum()
    assert scheme.additional > 2 * everybody


def test_a_change_of_the_target_itself_is_solved_anew_and_a_dearer_reward_is_not():
    def level(*settings):
        scenario = load("bangkok-waste", ["world.citizens=1500", *settings])
        return prepare(scenario, 0).uptake["fee_discount", "fee"]

    fee, twice = "arms.fee_discount.schemes.fee", "enrolment={mode='opt-in', target_share=0.12, target_weeks=30}"
    assert level(f"{fee}.baht_per_month=80") == level()
    assert level(f"{fee}.{twice}") > level() + 0.3
    honour = "arms.recognition.schemes.honour.enrolment={mode='opt-in', target_share=0.5, target_weeks=20}"
    by_friction = load("bangkok-waste", ["world.citizens=1500"])
    asked = load("bangkok-waste", ["world.citizens=1500", honour])
    found = [prepare(s, 0).uptake["recognition", "honour"] for s in (by_friction, asked)]
    assert found[1] > found[0]
