"""mesa.batch_run gives the last week, the same on every Mesa, and what the engine gives."""

import mesa
import numpy as np
import pytest

import simulation as kw
from simulation.engine.prepare import prepare
from simulation.engine.run import run, start


def swept(parameters, **more):
    once = {"iterations": 1} if mesa.__version__.startswith("3.3") else {}
    settings = {"max_steps": 1000, "data_collection_period": -1, "number_processes": 1, "display_progress": False}
    return mesa.batch_run(kw.SocialModel, parameters, **{**once, **settings, **more})


def engines(scenario, arm, weeks):
    """The share of acts and the effect in the last week, from the engine alone."""
    state = run(start(prepare(scenario, 0), arm))
    r = state.records
    acts, twin, chances = (getattr(r, k)[weeks - 1, 0].sum() for k in ("acts", "acts_twin", "opportunities"))
    return acts / chances, 100 * (acts - twin) / chances


def test_the_last_row_of_a_study_of_one_week_is_that_week():
    arms = ["control", "usd_0_09", "usd_2_84"]
    rows = {r["arm"]: r for r in swept({"scenario": "thornton-2008", "arm": arms})}
    assert set(rows) == set(arms)
    for arm in arms:
        share, effect = engines(kw.load("thornton-2008"), arm, 1)
        assert rows[arm]["collect_result_share"] == pytest.approx(share, abs=1e-12)
        assert rows[arm]["collect_result_effect_pp"] == pytest.approx(effect, abs=1e-12)
        assert rows[arm]["Step"] == 1
    assert rows["usd_2_84"]["collect_result_effect_pp"] > 20


@pytest.mark.parametrize("max_steps", [60, 61, 1000])
def test_the_last_row_is_the_last_week_whatever_stops_the_run(max_steps):
    scenario = kw.load("bangkok-waste", ["world.citizens=300", "run.weeks=60"])
    (row,) = swept({"scenario": [scenario], "arm": "district_goal"}, max_steps=max_steps)
    share, effect = engines(scenario, "district_goal", 60)
    assert (row["Step"], row["waste_sort_share"]) == (60, pytest.approx(share, abs=1e-12))
    assert row["waste_sort_effect_pp"] == pytest.approx(effect, abs=1e-12)
    assert row["waste_sort_effect_pp"] != 0


def test_a_run_cut_short_ends_in_its_last_week():
    scenario = kw.load("bangkok-waste", ["world.citizens=300", "run.weeks=60"])
    (row,) = swept({"scenario": [scenario], "arm": "comparison"}, max_steps=6)
    m = kw.model(scenario, arm="comparison")
    for _ in range(6):
        m.step()
    assert (row["Step"], row["waste_sort_share"]) == (6, m.share("acts", 0))


def test_every_week_has_its_row():
    scenario = kw.load("bangkok-waste", ["world.citizens=300", "run.weeks=60"])
    rows = swept({"scenario": [scenario], "arm": "comparison"}, data_collection_period=1)
    m = kw.model(scenario, arm="comparison")
    m.run_model()
    shares = m.datacollector.get_model_vars_dataframe()["waste_sort_share"]
    assert [r["Step"] for r in rows] == list(range(61))
    np.testing.assert_array_equal([r["waste_sort_share"] for r in rows], shares)


def test_mesa_does_not_put_a_scenario_of_its_own_in_place_of_ours():
    m = kw.model(kw.load("bangkok-waste", ["world.citizens=100"]))
    assert getattr(m, "scenario", None) is None  # Mesa 3.5's SolaraViz builds a model anew with whatever stands here


class Lazy(kw.Citizen):
    def probability(self, behaviour, offer, week):
        return 0.5 * super().probability(behaviour, offer, week)


def test_own_citizens_go_through_a_sweep_in_a_list():
    scenario = kw.load("bangkok-waste", ["world.citizens=100", "run.weeks=60"])
    usual, lazy = (swept({"scenario": [scenario], **more})[0] for more in ({}, {"citizens": [{Lazy: 0.5}]}))
    assert lazy["waste_sort_share"] < usual["waste_sort_share"] - 0.05


def test_only_replicates_make_rows_differ():
    scenario = kw.load("bangkok-waste", ["world.citizens=100", "run.weeks=60"])
    if mesa.__version__.startswith("3.3"):
        again = swept({"scenario": [scenario], "arm": "comparison"}, iterations=3)
        assert len({row["waste_sort_share"] for row in again}) == 1
    societies = swept({"scenario": [scenario], "arm": "comparison", "replicate": range(3)})
    assert len({row["waste_sort_share"] for row in societies}) == 3
