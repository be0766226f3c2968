import math

import numpy as np
import pytest

from simulation.results.responses.tornado import tornado
from tests.results.responses.studies import grid, listed, point_table, ranged, run_table, study

GRID = grid(a=[0.0, 1.0, 2.0], b=["x", "y", "z"], c=[5, 6])
FACTORS = (ranged("a", 0, 2), listed("b", "x", "y", "z"), listed("c", 5, 6))
HEIGHT = {"x": 4.0, "y": 0.0, "z": 1.0}
Y = [a + HEIGHT[b] - 10 * (c - 5) for a, b, c in zip(GRID["a"], GRID["b"], GRID["c"], strict=True)]


def test_bars_go_from_the_lowest_to_the_highest_level_the_longest_first():
    table = tornado(point_table(GRID, mcse=0.3, effect_pp=Y), study(FACTORS, 18), "effect_pp", "gift")
    assert table["factor"].tolist() == ["c", "b", "a"]
    assert table["swing"].tolist() == pytest.approx([-10.0, 4.0, 2.0])
    assert table["size"].tolist() == pytest.approx([10.0, 4.0, 2.0])
    assert table["kind"].tolist() == ["levels", "extremes", "levels"]
    assert table["role"].tolist() == ["uncertainty", "uncertainty", "lever"]
    assert table[["low_value", "high_value"]].to_numpy().tolist() == [[5, 6], ["y", "x"], [0.0, 2.0]]
    assert (table["high_mean"] - table["low_mean"]).tolist() == pytest.approx(table["swing"].tolist())
    assert table["low_points"].tolist() == [9, 6, 6]


def test_a_range_is_read_by_its_lowest_and_highest_fifth():
    x = np.linspace(0, 1, 101)
    row = tornado(point_table({"a": x}, effect_pp=x), study((ranged("a"),), 101), "effect_pp", "gift").iloc[0]
    assert row["kind"] == "fifths"
    assert (row["low_value"], row["high_value"]) == (0.1, 0.9)
    assert row["swing"] == pytest.approx(0.8, abs=0.02)
    assert row["low_points"] == row["high_points"] - 1 == 20


def test_the_error_of_a_swing_leaves_out_luck_that_both_ends_share():
    luck = np.array([-3.0, 1.0, 2.0, 0.0])
    points = point_table(GRID, mcse=luck.std(ddof=1) / 2, effect_pp=Y)
    runs = run_table({(p, "gift"): y + luck for p, y in enumerate(Y)}, GRID)
    exact = tornado(points, study(FACTORS, 18), "effect_pp", "gift", runs)
    bound = tornado(points, study(FACTORS, 18), "effect_pp", "gift")
    assert exact["swing_mcse"].to_numpy() == pytest.approx(0.0, abs=1e-12)
    assert bound["swing_mcse"].to_numpy() == pytest.approx(luck.std(ddof=1) / 2 * math.sqrt(2))


def test_in_a_morris_design_bars_are_elementary_effects_over_the_whole_range():
    pytest.importorskip("SALib")
    design = np.array([[0, 0], [2 / 3, 0], [2 / 3, 2 / 3], [1, 1], [1, 1 / 3], [1 / 3, 1 / 3]])
    y = 3 * design[:, 0] - 6 * design[:, 1]
    points = point_table({"a": design[:, 0], "d": design[:, 1]}, mcse=0.1, effect_pp=y)
    facts = study((ranged("a"), ranged("d")), 6, "morris")
    table = tornado(points, facts, "effect_pp", "gift")
    assert table["factor"].tolist() == ["d", "a"]
    assert table["swing"].tolist() == pytest.approx([-6.0, 3.0])
    assert table["size"].tolist() == pytest.approx([6.0, 3.0])
    assert set(table["kind"]) == {"elementary effects"}
    luck = np.array([-1.0, 1.0, 0.0])
    runs = run_table(
        {(p, "gift"): (1 + design[p, 0]) * luck + y[p] for p in range(6)}, {"a": design[:, 0], "d": design[:, 1]}
    )
    exact = tornado(points, facts, "effect_pp", "gift", runs).set_index("factor")
    assert exact["swing_mcse"]["a"] == pytest.approx(1 / math.sqrt(3))  # luck moves the slope of a alone
    assert exact["swing_mcse"]["d"] == pytest.approx(0.0, abs=1e-12)


def test_mu_of_a_list_goes_from_its_first_value_to_its_last():
    pytest.importorskip("SALib")
    points = point_table({"d": [True, False, False, True]}, effect_pp=[5.0, 1.0, 1.0, 5.0])
    row = tornado(points, study((listed("d", True, False),), 4, "morris"), "effect_pp", "gift").iloc[0]
    assert row[["low_value", "high_value", "low_mean", "high_mean", "swing", "size"]].tolist() == pytest.approx(
        [True, False, 5.0, 1.0, -4.0, 4.0]
    )


def test_a_factor_that_never_varies_stands_last_without_a_swing():
    points = point_table({"a": [0.0, 1.0], "b": ["x", "x"], "c": [5, 5]}, effect_pp=[1.0, 2.0])
    table = tornado(points, study(FACTORS, 2), "effect_pp", "gift")
    assert table["factor"].tolist()[0] == "a"
    assert table["swing"].isna().tolist() == [False, True, True]


def test_a_single_point_a_constant_and_an_arm_that_was_not_run_give_tables_all_the_same():
    one = point_table({"a": [1.0], "b": ["x"], "c": [5]}, mcse=math.nan, effect_pp=[1.0])
    assert tornado(one, study(FACTORS, 1), "effect_pp", "gift")["swing"].isna().all()
    flat = tornado(point_table(GRID, effect_pp=[7.0] * 18), study(FACTORS, 18), "effect_pp", "gift")
    assert flat["swing"].tolist() == [0.0, 0.0, 0.0]
    assert tornado(one, study(FACTORS, 1), "effect_pp", "control").empty
