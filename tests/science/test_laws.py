"""Laws of the model that no choice of parameters may break."""

from dataclasses import replace

import numpy as np
import pytest

import simulation.engine.prepare as preparing
from simulation.engine.prepare import prepare
from simulation.engine.run import run, start, step
from simulation.scenario.load import load
from simulation.scenario.model import Scenario

WHEN = "schedule={start=2, weeks=20}"


def acts_of(amount: str, monkeypatch, crowding: float = 0.0) -> np.ndarray:
    """Acts of each citizen over a run, at fixed luck and without discrepancy; crowding as given."""
    drawn = preparing.draws.draw
    monkeypatch.setattr(preparing.draws, "draw", lambda *a: replace(drawn(*a), kappa_c=crowding, omega=0.0, w_d=0.0))
    scheme = f"arms.x.schemes.a={{{amount}, behaviour='waste_sort', {WHEN}}}"
    changed = load("bangkok-waste", ["world.citizens=800", "run.weeks=30", scheme, *_shorter()])
    prepared = prepare(Scenario.model_validate(changed.model_dump(mode="json")), 0)
    state, total = start(prepared, "x", "numpy"), np.zeros(800, np.int64)
    for _ in range(30):
        step(state)
        total += state.columns["acts"][0]
    monkeypatch.undo()
    return total


def _shorter():
    arms = {"fee_discount": "fee", "recognition": "honour", "comparison": "letter", "district_goal": "goal"}
    return [f"arms.{arm}.schemes.{name}.schedule.weeks=20" for arm, name in arms.items()]


@pytest.mark.parametrize(
    "amounts",
    [
        ["kind='points', baht_per_act=0", "kind='points', baht_per_act=1", "kind='points', baht_per_act=30"],
        [
            "kind='prize_draw', prize_baht=0, chance_per_act=0.1",
            "kind='prize_draw', prize_baht=10, chance_per_act=0.1",
            "kind='prize_draw', prize_baht=1000, chance_per_act=0.1",
        ],
        [
            "kind='recognition', audience='officials'",
            "kind='recognition', audience='team'",
            "kind='recognition', audience='named-to-group'",
        ],
    ],
    ids=["points", "prize_draw", "recognition"],
)
def test_more_is_never_less_for_anybody_at_fixed_luck_without_crowding(amounts, monkeypatch):
    least, middle, most = (acts_of(a, monkeypatch) for a in amounts)
    if "recognition" not in amounts[0]:  # an honour held by more people is worth less to each
        assert (middle >= least).all()
        assert (most >= middle).all()
    assert least.sum() < middle.sum() < most.sum()


def test_crowding_lowers_what_a_reward_does(monkeypatch):
    points = "kind='points', baht_per_act=5"
    assert acts_of(points, monkeypatch, crowding=0.8).sum() < acts_of(points, monkeypatch).sum()


def test_without_ties_habit_and_spread_the_rate_is_the_closed_form(monkeypatch):
    """p = logistic(logit(pi) + s beta_c): one kind of people, one constant reason."""
    drawn = preparing.draws.draw
    still = {"kappa_c": 0.0, "omega": 0.0, "w_d": 0.0, "w_h": 0.0, "sigma_s": 1e-9, "tau_h": 0.0}
    monkeypatch.setattr(preparing.draws, "draw", lambda *a: replace(drawn(*a), **still))
    scheme = f"arms.x.schemes.a={{kind='matched_giving', given_baht_per_act=1, match_share=1, behaviour='b', {WHEN}}}"
    behaviour = "behaviours.b={baseline=0.3, opportunities_per_week=7, spread=0.0}"
    changed = load("bangkok-waste", ["world.citizens=4000", "run.weeks=24", behaviour, scheme, *_shorter()])
    prepared = prepare(Scenario.model_validate(changed.model_dump(mode="json")), 0)
    state = run(start(prepared, "x", "numpy"))
    s, beta = float(prepared.responsiveness[1, 0]), prepared.parameters.beta_c
    expected = 1 / (1 + np.exp(-(np.log(0.3 / 0.7) + s * beta)))
    acts, chances = state.records.acts[2:22, 1].sum(), state.records.opportunities[2:22, 1].sum()
    error = np.sqrt(expected * (1 - expected) / chances)
    assert abs(acts / chances - expected) < 4 * error


def test_levers_move_how_many_join_because_the_files_own_level_is_kept():
    own = load("bangkok-waste", ["world.citizens=3000"])
    dear = load("bangkok-waste", ["world.citizens=3000", "arms.fee_discount.schemes.fee.baht_per_month=400"])
    one, other = prepare(own, 0), prepare(dear, 0)
    assert one.uptake["fee_discount", "fee"] == other.uptake["fee_discount", "fee"]
    joined = [run(start(p, "fee_discount", "numpy")).columns["signed_up"].mean() for p in (one, other)]
    assert joined[1] > joined[0]
    assert own.digest != dear.digest
    again = Scenario.from_json(dear.to_json())
    assert again.digest == dear.digest
    assert again.file_values == load("bangkok-waste")


def test_the_target_share_has_signed_up_by_its_week():
    """Over societies the mean share of those who signed up by week 30 is near the target of 6 %.

    Ties make it a little larger than the mean field says; each society's own sampling error is sqrt(.06 .94 / 4,000),
    .0038, and of the mean of 8 .0013.
    """
    scenario = load("bangkok-waste", ["world.citizens=4000"])
    shares = []
    for replicate in range(8):
        state = start(prepare(scenario, replicate), "fee_discount", "numpy")
        for _ in range(4 + 30):
            step(state)
        shares.append(state.columns["signed_up"][0].mean())
    assert abs(np.mean(shares) - 0.06) < 4 * 0.0013
