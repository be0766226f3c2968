import math

import numpy as np
import pytest

from simulation.core.errors import InputError
from simulation.results.responses import extras
from simulation.results.responses.boxes import Box, Space
from simulation.results.responses.discovery import discover
from simulation.results.responses.prim import simplified
from tests.results.responses.studies import listed, point_table, ranged, study

FACTORS = (ranged("reward", 0, 100), ranged("cost", 1, 1000, "log"), listed("audience", "self", "group", "all"))
METHODS = ["tree", "prim"]


def scenario(n=300, seed=1):
    """Of interest: a reward above 60 for an audience of self or all."""
    stream = np.random.default_rng(seed)
    reward, cost = 100 * stream.random(n), 10 ** (3 * stream.random(n))
    audience = np.array(["self", "group", "all"])[stream.integers(3, size=n)]
    inside = (reward > 60) & (audience != "group")
    y = np.where(inside, 5.0, 0.0) + stream.random(n)
    return point_table({"reward": reward, "cost": cost, "audience": audience}, effect_pp=y)


@pytest.mark.parametrize("method", METHODS)
def test_a_planted_box_is_found_with_its_limits(method):
    pytest.importorskip("sklearn")
    found = discover(scenario(), study(FACTORS, 300), "effect_pp", "gift", above=3.0, method=method)
    assert found.found
    assert found.boxes["density"].min() > 0.9
    assert found.boxes["coverage"].sum() > 0.85
    assert found.boxes["density_cv"][0] > 0.85
    assert found.boxes["lift"][0] == pytest.approx(found.boxes["density"][0] / (found.of_interest / found.points))
    limits = found.limits[found.limits["factor"] == "reward"].iloc[0]
    assert limits["low"] == pytest.approx(60, abs=4)
    assert math.isnan(limits["high"])
    levels = {v for values in found.limits.loc[found.limits["factor"] == "audience", "values"] for v in values}
    assert levels == {"self", "all"}
    assert "cost" not in set(found.limits["factor"])
    assert found.message.en.startswith("1 box found" if len(found.boxes) == 1 else f"{len(found.boxes)} boxes found")
    assert "กรอบ" in found.message.th


@pytest.mark.parametrize("method", METHODS)
def test_limits_of_a_logarithmic_range_are_in_its_own_unit(method):
    pytest.importorskip("sklearn")
    points = scenario()
    points["effect_pp"] = -np.log10(points["cost"])
    found = discover(points, study(FACTORS, 300), "effect_pp", "gift", below=-2.0, method=method)
    assert not found.above
    assert found.limits["factor"].tolist() == ["cost"]
    assert found.limits["low"][0] == pytest.approx(100, rel=0.15)


@pytest.mark.parametrize("method", METHODS)
def test_an_ordered_list_is_bounded_by_its_levels(method):
    pytest.importorskip("sklearn")
    stream = np.random.default_rng(2)
    weeks = stream.choice([4, 13, 26, 52], size=200)
    points = point_table({"weeks": weeks}, effect_pp=(weeks >= 26) + 0.1 * stream.random(200))
    found = discover(
        points, study((listed("weeks", 4, 13, 26, 52),), 200), "effect_pp", "gift", above=0.5, method=method
    )
    assert found.limits["values"].tolist() == [(26, 52)]
    assert found.boxes[["coverage", "density", "coverage_cv", "density_cv"]].to_numpy().tolist() == [[1.0] * 4]


@pytest.mark.parametrize("method", METHODS)
def test_in_noise_boxes_are_told_no_more_often_than_once_in_a_hundred(method):
    pytest.importorskip("sklearn")
    told = 0
    for seed in range(40):
        points = scenario(150, seed)
        points["effect_pp"] = np.random.default_rng(1000 + seed).normal(size=150)
        found = discover(points, study(FACTORS, 150), "effect_pp", "gift", quantile=0.7, method=method)
        told += found.found
        if not found.found:
            assert found.boxes.empty
            assert found.limits.empty
            assert found.message.en.startswith("No box found")
            assert found.message.th.startswith("ไม่พบกรอบ")
    assert told <= 2  # 1 % of 40 is 0.4; more than 2 has a chance of 0.7 %


def test_the_trajectory_of_prim_trades_coverage_for_density_inside_and_outside_the_sample():
    found = discover(scenario(), study(FACTORS, 300), "effect_pp", "gift", above=3.0, method="prim")
    steps = found.trajectory
    assert steps.iloc[0][["points", "coverage", "bounds"]].tolist() == [300, 1.0, 0]
    assert (np.diff(steps["points"]) < 0).all()
    assert (np.diff(steps["density"]) > 0).all()
    assert (np.diff(steps["coverage"]) <= 0).all()
    assert steps["chosen"].sum() == 1
    assert steps["points"].min() >= 15  # 5 % of the points
    row = steps[steps["chosen"]].iloc[0]
    assert row["density_cv"] > 0.85
    assert row["coverage_cv"] > 0.8
    assert np.isfinite(steps[["coverage_cv", "density_cv"]].to_numpy()).all()


def test_prim_gives_up_bounds_that_its_box_does_not_need():
    points = scenario()
    space = Space.of(points, FACTORS)
    wanted = points["effect_pp"].to_numpy() > 3.0
    needed = Box({0: (0.6, math.inf)}, {2: frozenset({0, 2})})
    assert simplified(needed.within(1, 0.1, 0.9), space.x, wanted) == needed
    assert simplified(Box({1: (0.1, 0.9)}), space.x, wanted).bounded == ()


def test_a_tree_finds_two_places_apart():
    pytest.importorskip("sklearn")
    points = scenario()
    points["effect_pp"] = ((points["reward"] > 80) | (points["reward"] < 20)).astype(float)
    found = discover(points, study(FACTORS, 300), "effect_pp", "gift", above=0.5)
    assert len(found.boxes) == 2
    assert found.boxes["coverage"].sum() == 1.0
    assert found.trajectory.empty


@pytest.mark.parametrize("method", METHODS)
def test_too_few_points_of_either_kind_find_nothing_and_say_why(method):
    pytest.importorskip("sklearn")
    few = point_table({"reward": [0.0], "cost": [1.0], "audience": ["self"]}, effect_pp=[1.0])
    facts = study(FACTORS, 300)
    for points, limit in ((few, 0.5), (scenario(), 100.0), (scenario(), -100.0)):
        found = discover(points, facts, "effect_pp", "gift", above=limit, method=method)
        assert not found.found
        assert "are needed to look for one" in found.message.en
    constant = discover(scenario().assign(effect_pp=1.0), facts, "effect_pp", "gift", method=method)
    missing = discover(scenario(), facts, "effect_pp", "control", above=1.0, method=method)
    assert not constant.found
    assert not missing.found
    assert missing.points == 0


def test_points_without_the_outcome_are_left_out():
    pytest.importorskip("sklearn")
    points = scenario()
    points.loc[:49, "effect_pp"] = math.nan
    found = discover(points, study(FACTORS, 300), "effect_pp", "gift", above=3.0)
    assert found.points == 250
    assert found.found


def test_a_quantile_takes_the_highest_or_the_lowest():
    pytest.importorskip("sklearn")
    facts = study(FACTORS, 300)
    high = discover(scenario(), facts, "effect_pp", "gift", quantile=0.9)
    low = discover(scenario(), facts, "effect_pp", "gift", quantile=0.1)
    assert (high.above, high.of_interest, low.above, low.of_interest) == (True, 30, False, 30)
    assert discover(scenario(), facts, "effect_pp", "gift").of_interest == 60


def test_the_same_call_gives_the_same_boxes():
    pytest.importorskip("sklearn")
    for method in METHODS:
        one, two = (
            discover(scenario(), study(FACTORS, 300), "effect_pp", "gift", above=3.0, method=method) for _ in "12"
        )
        assert one.limits.equals(two.limits)
        assert one.boxes.equals(two.boxes)
        assert one.trajectory.equals(two.trajectory)


def test_wrong_asks_are_errors(monkeypatch):
    points, facts = scenario(), study(FACTORS, 300)
    with pytest.raises(InputError, match="given together"):
        discover(points, facts, "effect_pp", "gift", above=1.0, quantile=0.5)
    with pytest.raises(InputError, match="between 0 and 1"):
        discover(points, facts, "effect_pp", "gift", quantile=90.0)
    with pytest.raises(InputError, match='Did you mean "prim"'):
        discover(points, facts, "effect_pp", "gift", method="prime")
    monkeypatch.setattr(extras, "find_spec", lambda name: None)
    with pytest.raises(InputError, match=r'pip install "kwamdee\[studies\]"'):
        discover(points, facts, "effect_pp", "gift")
    assert discover(points, facts, "effect_pp", "gift", above=3.0, method="prim").found  # needs no library
