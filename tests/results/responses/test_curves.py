import math

import numpy as np
import pytest

from simulation.core.errors import InputError
from simulation.results.responses.curves import response_curve
from tests.results.responses.studies import contrast, grid, listed, point_table, ranged, run_table, study

GRID = grid(a=[0.0, 1.0, 2.0], b=["x", "y"])
FACTORS = (ranged("a", 0, 2), listed("b", "y", "x"))
Y = [a * 10 + (b == "y") for a, b in zip(GRID["a"], GRID["b"], strict=True)]


def test_a_main_effect_is_the_mean_of_each_level_over_the_other_factor():
    points = point_table(GRID, mcse=0.2, effect_pp=Y)
    curve = response_curve(points, study(FACTORS, 6), "a", "effect_pp", "gift")
    assert curve["value"].tolist() == [0.0, 1.0, 2.0]
    assert curve["mean"].tolist() == [0.5, 10.5, 20.5]
    assert curve["points"].tolist() == [2, 2, 2]
    assert curve["se"].tolist() == pytest.approx([0.5] * 3)  # sd of 0 and 1 over root 2
    assert curve["from"].isna().all()


def test_levels_of_a_list_stand_in_their_order():
    curve = response_curve(point_table(GRID, effect_pp=Y), study(FACTORS, 6), "b", "effect_pp", "gift")
    assert curve["value"].tolist() == ["y", "x"]
    assert curve["mean"].tolist() == [11.0, 10.0]


def test_a_range_is_cut_into_bins_of_equal_width_on_its_own_scale():
    x = 10.0 ** np.linspace(0, 2, 201)
    points = point_table({"a": x}, effect_pp=np.log10(x))
    curve = response_curve(points, study((ranged("a", 1, 100, "log"),), 201), "a", "effect_pp", "gift", bins=4)
    assert curve["from"].tolist() == pytest.approx([1, 10**0.5, 10, 10**1.5])
    assert curve["to"].tolist() == pytest.approx([10**0.5, 10, 10**1.5, 100])
    assert curve["value"].tolist() == pytest.approx(10 ** np.array([0.25, 0.75, 1.25, 1.75]))
    assert curve["mean"].tolist() == pytest.approx([0.25, 0.75, 1.25, 1.75], abs=0.01)
    assert curve["points"].sum() == 201


def test_a_bin_without_points_stays_with_nothing_in_it():
    x = np.append(np.linspace(0, 0.3, 30), 1.0)
    points = point_table({"a": x}, effect_pp=x)
    curve = response_curve(points, study((ranged("a"),), 31), "a", "effect_pp", "gift", bins=5)
    assert curve["points"].tolist() == [20, 10, 0, 0, 1]
    assert curve["mean"].isna().tolist() == [False, False, True, True, False]
    assert math.isnan(curve["se"][4])  # of one point


def test_low_and_high_hold_what_the_other_factors_do():
    points = point_table({"a": [0.0] * 101, "b": ["x"] * 101}, effect_pp=np.arange(101.0))
    row = response_curve(points, study(FACTORS, 101), "a", "effect_pp", "gift").iloc[0]
    assert (row["low"], row["high"]) == (5.0, 95.0)


def test_monte_carlo_error_does_not_shrink_with_points_that_share_their_luck():
    luck = np.array([-3.0, 1.0, 2.0, 0.0])
    values = {(p, "gift"): y + luck for p, y in enumerate(Y)}
    runs = run_table(values, GRID)
    points = point_table(GRID, mcse=luck.std(ddof=1) / 2, effect_pp=Y)
    exact = response_curve(points, study(FACTORS, 6), "a", "effect_pp", "gift", runs=runs)
    bound = response_curve(points, study(FACTORS, 6), "a", "effect_pp", "gift")
    assert exact["mcse"].tolist() == pytest.approx([luck.std(ddof=1) / 2] * 3)
    assert bound["mcse"].tolist() == pytest.approx(exact["mcse"].tolist())  # the bound is reached: all luck is shared


def test_monte_carlo_error_of_points_with_luck_of_their_own_is_below_the_bound():
    stream = np.random.default_rng(1)
    own = stream.normal(size=(6, 400))
    points = point_table(GRID, mcse=own.std(axis=1, ddof=1) / 20, effect_pp=own.mean(axis=1))
    runs = run_table({(p, "gift"): own[p] for p in range(6)}, GRID)
    exact = response_curve(points, study(FACTORS, 6), "a", "effect_pp", "gift", runs=runs)["mcse"].to_numpy()
    bound = response_curve(points, study(FACTORS, 6), "a", "effect_pp", "gift")["mcse"].to_numpy()
    assert exact == pytest.approx(bound / math.sqrt(2), rel=0.15)
    assert (exact < bound).all()


def test_every_arm_has_its_curve_and_one_that_was_not_run_has_none():
    points = point_table(GRID, effect_pp=Y)
    facts = study(FACTORS, 6, contrasts=(contrast("gain", "effect_pp", "gift", "control"),))
    assert response_curve(points, facts, "a", "effect_pp")["arm"].unique().tolist() == ["gift"]
    assert response_curve(points, facts, "a", "effect_pp", "gain").empty


def test_points_without_the_outcome_are_left_out():
    points = point_table(GRID, effect_pp=[math.nan, *Y[1:]])
    curve = response_curve(points, study(FACTORS, 6), "a", "effect_pp", "gift")
    assert curve["points"].tolist() == [1, 2, 2]
    assert curve["mean"][0] == 1.0


def test_one_point_is_a_curve_of_one_level():
    points = point_table({"a": [1.0], "b": ["x"]}, mcse=math.nan, effect_pp=[3.0])
    curve = response_curve(points, study(FACTORS, 1), "a", "effect_pp", "gift")
    assert curve[["value", "mean", "points"]].to_numpy().tolist() == [[1.0, 3.0, 1]]
    assert math.isnan(curve["mcse"][0])


def test_a_misspelt_factor_is_an_error():
    with pytest.raises(InputError, match="factor"):
        response_curve(point_table(GRID, effect_pp=Y), study(FACTORS, 6), "reward", "effect_pp")
