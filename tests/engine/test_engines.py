from dataclasses import replace

import numpy as np
import pytest

from simulation.core.graph import Graph
from simulation.engine.prepare import prepare, tie_weights
from simulation.engine.run import run, start, step
from simulation.engine.state import State
from simulation.scenario.load import load

MIXED = [
    "world.citizens=1200",
    "run.weeks=60",
    "behaviours.rare={baseline=0.1, opportunities_per_week=0.25}",
    "behaviours.once={baseline=0.6, opportunities_per_week=1, trend_per_year=0.3}",
    'behaviours.device={baseline=0.2, opportunities_per_week=7, dynamics="sticky", redecision=0.03, trend_per_year=0.5}',
    "behaviours.often={baseline=0.9, opportunities_per_week=14}",
    'arms.mixed.schemes.a={kind="points", behaviour="rare", baht_per_act=50, schedule={start=4, weeks=40}, enrolment={mode="opt-in", friction="one-tap"}}',
    'arms.mixed.schemes.b={kind="prize_draw", behaviour="device", prize_baht=500, chance_per_act=0.1, schedule={start=4, weeks=40}}',
    'arms.mixed.schemes.c={kind="recognition", behaviour="once", audience="team", schedule={start=2, weeks=40}}',
    'arms.mixed.schemes.d={kind="comparison", behaviour="once", reference="locality-mean", schedule={start=8, weeks=40}}',
    'arms.mixed.schemes.e={kind="matched_giving", behaviour="often", given_baht_per_act=5, match_share=1, schedule={start=4, weeks=40}}',
    'arms.null.schemes.z={kind="points", behaviour="waste_sort", baht_per_act=0, schedule={start=4, weeks=40}}',
    "arms.fee_discount.schemes.fee.schedule={start=4, weeks=50}",
    "arms.recognition.schemes.honour.schedule={start=4, weeks=50}",
    "arms.comparison.schemes.letter.schedule={start=4, weeks=50}",
    "arms.district_goal.schemes.goal.schedule={start=4, weeks=50}",
]


@pytest.fixture(scope="module")
def society():
    return prepare(load("bangkok-waste", MIXED), replicate=1)


def finished(society, arm: str, engine: str) -> State:
    return run(start(society, arm, engine))


@pytest.mark.parametrize("arm", ["mixed", "fee_discount", "district_goal"])
def test_both_engines_agree_to_the_last_bit_in_every_column(society, arm):
    pytest.importorskip("numba")
    readable, fast = finished(society, arm, "numpy"), finished(society, arm, "numba")
    assert readable.columns.digest() == fast.columns.digest()
    assert np.array_equal(readable.records.acts, fast.records.acts)
    assert np.array_equal(readable.records.acts_twin, fast.records.acts_twin)


def test_a_scheme_of_zero_worth_equals_no_scheme_bit_for_bit(society):
    state = finished(society, "null", "numpy")
    assert np.array_equal(state.records.acts, state.records.acts_twin)
    for name in ("habit", "norm", "crowding"):
        assert not state.columns[name].any()


def test_the_twin_is_the_same_in_every_arm(society):
    one, other = finished(society, "mixed", "numpy"), finished(society, "recognition", "numpy")
    assert np.array_equal(one.records.acts_twin.sum(axis=2), other.records.acts_twin.sum(axis=2))


def test_a_scheme_changes_what_people_do(society):
    state = finished(society, "mixed", "numpy")
    gained = (state.records.acts - state.records.acts_twin).sum(axis=(0, 2))
    names = [b.name for b in society.behaviours]
    assert gained[names.index("rare")] > 0
    assert gained[names.index("waste_sort")] == 0


def test_the_world_without_a_scheme_stays_at_its_baseline():
    society = prepare(load("bangkok-waste", ["world.citizens=4000"]), replicate=0)
    state = finished(society, "fee_discount", "auto")
    acts, chances = state.records.acts_twin.sum(axis=2), state.records.opportunities.sum(axis=2)
    weekly = (acts / chances)[:, 0]
    # Standard error of a week's rate over 4,000 households of 7 chances, given their motivation: at most
    # sqrt(.25 / 28,000) = .003; of the mean of 26 weeks .0006.
    assert abs(weekly[:26].mean() - 0.34) < 4 * 0.0006
    assert abs(weekly[-26:].mean() - 0.34) < 4 * 0.0006


def test_perturbed_habits_and_norms_return_to_the_twin_under_a_null_scheme(society):
    state = start(society, "null", "numpy")
    # A disturbance that decays: half a year of weeks brings every difference to exactly zero or close to it.
    state.columns["habit"][:] = 0.5
    state.columns["norm"][:] = 0.2
    state.stirred[:] = [True] * len(state.stirred)
    run(state)
    gap = (state.records.acts - state.records.acts_twin).sum(axis=2) / np.maximum(
        state.records.opportunities.sum(axis=2), 1
    )
    whole = [b.index for b in society.behaviours if b.n >= 7 and not b.sticky]
    assert (gap[0, whole] > 0.02).all()
    assert (np.abs(gap[-1, whole]) < np.abs(gap[0, whole]) / 4).all()


@pytest.mark.parametrize("engine", ["numpy", "numba"])
def test_behaviours_that_ride_alone_see_what_those_that_share_words_see(society, engine, monkeypatch):
    if engine == "numba":
        pytest.importorskip("numba")
    shared = finished(society, "mixed", engine)
    monkeypatch.setattr("simulation.engine.state._fits_sixteen_bits", lambda _: False)
    alone = finished(society, "mixed", engine)
    assert (shared.lanes, alone.lanes) == (4, 1)
    assert shared.columns.digest() == alone.columns.digest()


def test_somebody_whom_everybody_knows_is_heard_whole():
    society = prepare(load("bangkok-waste", ["world.citizens=5000"]), 0)
    everybody = np.arange(1, society.n)
    hub = np.zeros(society.n - 1, np.int64)
    strength, layer = np.full(society.n - 1, 255, np.uint8), np.full(society.n - 1, 8, np.uint8)
    graph = Graph.from_edges(society.n, hub, everybody, layer, strength)
    society = replace(society, graph=graph, tie_weight=tie_weights(graph))
    readable = start(society, "district_goal", "numpy")
    assert readable.lanes == 1
    for _ in range(20):
        step(readable)
    excess = np.abs((readable.records.acts - readable.records.acts_twin).sum(axis=(1, 2))).max() / (5000 * 7)
    assert 0 < abs(readable.columns["norm"][0, 0]) <= excess < 0.2  # a mean of thousands, not a number that ran over
