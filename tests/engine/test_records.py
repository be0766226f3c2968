"""Counts by group, against the citizens themselves; and norms where not everybody had a chance."""

import numpy as np
import pytest

from simulation.agents.citizens_table import AGE_BANDS, SECTORS, SEXES
from simulation.engine.prepare import prepare
from simulation.engine.record import series_rows
from simulation.engine.run import learn, perceive, start, step
from simulation.scenario.load import load
from tests.engine.test_engines import MIXED

WEEKS = 14  # localities are counted every 13th week


@pytest.fixture(scope="module")
def state():
    # world.urban: the shipped scenario knows towns alone
    society = prepare(load("bangkok-waste", [*MIXED, "world.urban=0.4", "world.decider='citizen'"]), 1)
    running = start(society, "mixed", "numpy")
    for _ in range(WEEKS):
        step(running)
    return running


def test_every_group_is_counted_as_the_citizens_are(state):
    people, week = state.citizens, WEEKS - 1
    masks = {("all", "all"): np.ones(people.n, bool), ("never_live", "all"): state.ever_live == 0}
    masks |= {("enrolled", "yes"): state.live_any > 0, ("enrolled", "no"): state.live_any == 0}
    masks |= {("income_fifth", str(i + 1)): people.income_fifth == i for i in range(5)}
    masks |= {("age_band", name): people.age_band == i for i, name in enumerate(AGE_BANDS)}
    masks |= {("sex", name): people.sex == i for i, name in enumerate(SEXES)}
    masks |= {("area", name): people.urban == i for i, name in enumerate(("rural", "urban"))}
    masks |= {("sector", name): people.sector == i for i, name in enumerate(SECTORS)}
    masks |= {("locality", name): people.locality == i for i, name in enumerate(people.locality_names)}
    rows = series_rows(state, "id")
    seen = 0
    for i in np.flatnonzero(rows["week"] == week):
        mask = masks[rows["group_kind"][i], rows["group"][i]]
        b = state.behaviours.index(rows["behaviour"][i])
        chance = state.open_now.get(b, np.ones(people.n, np.uint8)) > 0
        n = state.prepared.behaviours[b].n
        assert rows["acts"][i] == state.columns["acts"][b][mask].sum()
        assert rows["acts_twin"][i] == state.columns["acts_twin"][b][mask].sum()
        assert rows["people"][i] == (mask & chance).sum()
        assert rows["opportunities"][i] == n * (mask & chance).sum()
        assert rows["enrolled"][i] == (mask & (state.live_any > 0)).sum()
        seen += 1
    assert seen > len(state.behaviours) * 50


def test_fifths_go_from_the_poorest_to_the_richest(state):
    people = state.citizens
    income = np.bincount(people.household, weights=people.wage) / np.bincount(people.household)
    means = [income[people.household[people.income_fifth == i]].mean() for i in range(5)]
    assert means == sorted(means)
    assert np.ptp(np.bincount(people.income_fifth)) <= 1


def test_a_norm_is_the_mean_over_those_who_had_a_chance(state):
    """Those without an opportunity last week have no part in what neighbours see; where none had, nothing changes."""
    b = state.behaviours.index("rare")
    open_now = np.zeros(state.prepared.n, np.uint8)
    open_now[::3] = 1
    state.open_now[b] = open_now
    state.columns["acts"][b], state.columns["acts_twin"][b] = open_now * (np.arange(state.prepared.n) % 2), 0
    before = state.columns["norm"][b].copy()
    learn(state)
    perceive(state)
    nu, graph = float(state.prepared.behaviours[b].nu), state.graph
    alone = 0
    for i in range(0, state.prepared.n, 7):
        around = graph.neighbours(i)
        weight = graph.weights[graph.indptr[i] : graph.indptr[i + 1]].astype(float) * open_now[around]
        expected = float(before[i])
        if weight.sum() > 0:
            seen = (weight * state.columns["acts"][b][around]).sum() / weight.sum()
            expected += nu * (seen - expected)
        else:
            alone += 1
        assert state.columns["norm"][b][i] == pytest.approx(expected, abs=3e-6)
    assert alone < state.prepared.n // 7


def test_both_engines_count_many_acts_in_one_cell():
    from simulation.engine import numpy_engine

    n = 3_000_000
    done, twin = numpy_engine.count(np.zeros(n, np.uint16), np.full(n, 7, np.int8), np.full(n, 3, np.int8), 2)
    assert done.tolist() == [7 * n, 0]
    assert twin.tolist() == [3 * n, 0]
