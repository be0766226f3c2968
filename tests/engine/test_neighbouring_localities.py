"""Localities that decide look at their neighbours: a scheme spreads further to provinces that border than to far ones."""

from dataclasses import replace

import numpy as np
import pytest

from simulation.engine.prepare import prepare
from simulation.engine.run import start, step
from simulation.scenario.load import load

FIRST, BESIDE, FAR = (
    "TH-50",
    ("TH-51", "TH-52", "TH-57", "TH-58", "TH-63"),
    ("TH-80", "TH-84", "TH-90", "TH-92", "TH-93"),
)


def spread(*changes, weeks=40):
    """Let one province run it throughout, imitation strong, and return how many run it beside it and far from it."""
    scenario = load("bangkok-waste", ["world.citizens=6000", "world.localities.number=600", *changes]).with_(
        {"arms.comparison.schemes.letter.localities": {"baseline": 0.02}}
    )
    prepared = prepare(scenario, 0, parameters="default")
    prepared = replace(prepared, betas=replace(prepared.betas, w_d=np.float32(30.0)))
    state = start(prepared, "comparison", "numpy")
    units, of = state.schemes[0].units, np.array(prepared.citizens.locality_province)
    for _ in range(weeks):
        step(state)
        units.running[of == FIRST] = 1
    return [float(units.running[np.isin(of, where)].mean()) for where in (BESIDE, FAR)]


def test_a_scheme_spreads_to_provinces_that_border_before_it_reaches_far_ones():
    beside, far = spread("world.localities.of=provinces")
    assert beside > far + 0.2


def test_where_all_are_in_one_place_all_see_all():
    scenario = load("bangkok-waste", ["world.citizens=300", "world.localities.number=6"]).with_(
        {"arms.comparison.schemes.letter.localities": {"baseline": 0.5}}
    )
    units = start(prepare(scenario, 0, parameters="default"), "comparison", "numpy").schemes[0].units.units
    values = np.array([1.0, 0, 0, 0, 0, 1.0])
    assert units.peers.mean_of_others(values) == pytest.approx([0.2, 0.4, 0.4, 0.4, 0.4, 0.2])


def runners(pinned, weeks=52):
    """Mean share of localities that run it, beside one province and far from it, at the law's own weight of others."""
    scenario = load("bangkok-waste", ["world.citizens=1200", "world.localities.number=600"]).with_(
        {
            "world.localities.of": "provinces",
            "arms.comparison.schemes.letter.localities": {"baseline": 0.1, "honour": "officials"},
        }
    )
    found = np.zeros(2)
    for replicate in range(4):
        prepared = prepare(scenario, replicate, parameters="default")
        state = start(prepared, "comparison", "numpy")
        units, of = state.schemes[0].units, np.array(prepared.citizens.locality_province)
        for _ in range(weeks):
            if pinned:
                units.running[np.isin(of, (*BESIDE[1:], FIRST)) & units.units.exists] = 1
            step(state)
        found += [float(units.running[np.isin(of, where)].mean()) for where in (BESIDE[:1], FAR)]
    return found / 4


@pytest.mark.slow
def test_with_the_laws_own_weight_more_run_it_where_neighbours_do_and_far_away_as_many():
    (beside, far), (beside_alone, far_alone) = runners(True), runners(False)
    assert beside > beside_alone + 0.05
    assert far == pytest.approx(far_alone, abs=0.01)
