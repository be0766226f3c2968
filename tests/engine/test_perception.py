"""What is seen of others, `law.norm_perception`: each rule against a plain count, and nothing where nothing differs."""

import numpy as np
import pytest

from simulation.engine.perception import STANDS_OUT, standing_out
from simulation.engine.personal import remove_citizens
from simulation.engine.prepare import prepare
from simulation.engine.run import run, start, step
from tests.science.test_rivals import POINTS, gains, scenario

RULES = ["majority", "locality", "salient"]
SEEN = "behaviours.waste_sort.visible=1.0"
RARE = "behaviours.waste_sort.opportunities_per_week=0.5"


def watched(how: str, *settings: str, weeks: int = 9):
    s = scenario(
        SEEN, f"law.norm_perception='{how}'", *settings, schemes=(POINTS.replace("=20, b", "=900, b"),), citizens=300
    )
    state = start(prepare(s, 2), "x", "numpy")
    for _ in range(weeks):
        step(state)
    return state


def expected_signal(state, how: str) -> np.ndarray:
    """Last week as each citizen sees it, counted one by one."""
    c, g, b, p = state.columns, state.graph, state.prepared.behaviours[0], state.prepared
    had = state.open_now.get(0, np.ones(p.n, np.uint8)).astype(int) * b.n
    if state.present is not None:
        had = had * state.present
    acts, twin = c["acts"][0].astype(int), c["acts_twin"][0].astype(int)
    out = np.full(p.n, np.nan)
    for i in range(p.n):
        rows, weights = g.neighbours(i), g.weights[g.indptr[i] : g.indptr[i + 1]].astype(int)
        if how == "locality":
            rows = np.flatnonzero(p.citizens.locality == p.citizens.locality[i])
            weights = np.ones(len(rows), int)
        could = int((weights * had[rows]).sum())
        if not could:
            continue
        x, x0 = (float((weights * done[rows]).sum()) / could for done in (acts, twin))
        if how == "majority":
            out[i] = (x > 0.5) - (x0 > 0.5)
        else:
            out[i] = x - x0 if how == "locality" else 2 * x / (1 + x) - 2 * x0 / (1 + x0)
    return out


@pytest.mark.parametrize("settings", [(), (RARE,)], ids=["often", "rare"])
@pytest.mark.parametrize("how", RULES)
def test_each_sees_what_the_rule_says(how, settings):
    state = watched(how, *settings)
    before, signal, nu = (
        state.columns["norm"][0].copy(),
        expected_signal(state, how),
        float(state.prepared.behaviours[0].nu),
    )
    step(state)
    expected = np.where(np.isnan(signal), before, before + nu * (signal - before))
    np.testing.assert_allclose(state.columns["norm"][0], expected, atol=3e-6)  # settling takes off 2**-20
    assert np.abs(expected - before).max() > 0.01


@pytest.mark.parametrize("how", RULES)
def test_whoever_left_the_world_is_seen_by_nobody(how):
    state = watched(how)
    remove_citizens(state, np.arange(100))
    before, signal, nu = (
        state.columns["norm"][0].copy(),
        expected_signal(state, how),
        float(state.prepared.behaviours[0].nu),
    )
    step(state)
    expected = np.where(np.isnan(signal), before, before + nu * (signal - before))
    np.testing.assert_allclose(state.columns["norm"][0][100:], expected[100:], atol=3e-6)


@pytest.mark.parametrize("how", RULES)
def test_no_scheme_and_one_of_zero_worth_change_nothing(how):
    rule = f"law.norm_perception='{how}'"
    assert not gains(SEEN, rule, schemes=(POINTS.replace("=20, b", "=0, b"),)).any()
    state = run(start(prepare(scenario(SEEN, rule), 2), "control", "numpy"))
    assert np.array_equal(state.records.acts, state.records.acts_twin)
    assert not state.columns["norm"].any()


@pytest.mark.parametrize("how", RULES)
def test_what_is_not_in_sight_moves_nobody(how):
    unseen = "behaviours.waste_sort.visible=0"
    assert np.array_equal(gains(unseen, f"law.norm_perception='{how}'"), gains(unseen))


def test_rare_acts_stand_out_and_common_ones_less():
    assert standing_out(0.0) == 0.0
    assert standing_out(1.0) == 1.0
    assert standing_out(0.02) - standing_out(0.01) == pytest.approx(0.01 * STANDS_OUT, rel=0.05)
    assert standing_out(0.99) - standing_out(0.98) == pytest.approx(0.01 / STANDS_OUT, rel=0.05)


def test_where_nobody_has_ties_only_the_locality_is_seen():
    alone = [f"world.ties.{layer}=0" for layer in ("work", "neighbourhood", "wide")]
    assert not watched("majority", *alone).columns["norm"].any()
    assert not watched("salient", *alone).columns["norm"].any()
    assert watched("locality", *alone).columns["norm"].any()
