import math

import numpy as np
import pytest

from simulation.results.responses.interactions import interaction, interactions_ranked
from tests.results.responses.studies import grid, listed, point_table, ranged, run_table, study

GRID = grid(a=[0.0, 1.0], b=["x", "y"], c=[1, 2, 3])
FACTORS = (ranged("a"), listed("b", "x", "y"), listed("c", 1, 2, 3))


def outcome(cross):
    return [
        2 * a + 3 * (b == "y") + c + cross * a * (b == "y")
        for a, b, c in zip(GRID["a"], GRID["b"], GRID["c"], strict=True)
    ]


def test_the_part_of_a_cell_is_what_neither_main_effect_explains():
    points = point_table(GRID, mcse=0.1, effect_pp=outcome(4.0))
    table = interaction(points, study(FACTORS, 12), "a", "b", "effect_pp", "gift")
    assert table[["a", "b"]].to_numpy().tolist() == [[0.0, "x"], [0.0, "y"], [1.0, "x"], [1.0, "y"]]
    assert table["mean"].tolist() == pytest.approx([2.0, 5.0, 4.0, 11.0])
    assert table["part"].tolist() == pytest.approx([1.0, -1.0, -1.0, 1.0])  # 4 / 4, with the sign of the corner
    assert table["points"].tolist() == [3, 3, 3, 3]


def test_a_sum_of_two_effects_has_no_part_also_where_cells_are_uneven_or_empty():
    points = point_table(GRID, effect_pp=outcome(0.0))
    kept = points.drop(index=[0, 5, 6, 7, 8])  # of a = 1, b = "x" nothing is left
    table = interaction(
        kept.assign(effect_pp=kept["effect_pp"] - kept["c"]), study(FACTORS, 12), "a", "b", "effect_pp", "gift"
    )
    assert table["points"].tolist() == [2, 2, 0, 3]
    assert math.isnan(table["part"][2])
    assert math.isnan(table["mean"][2])
    assert table["part"].drop(index=2).to_numpy() == pytest.approx(0.0, abs=1e-12)


def test_luck_that_all_points_share_moves_no_part():
    luck = np.array([-3.0, 1.0, 2.0, 0.0])
    runs = run_table({(p, "gift"): y + luck for p, y in enumerate(outcome(4.0))}, GRID)
    points = point_table(GRID, mcse=luck.std(ddof=1) / 2, effect_pp=outcome(4.0))
    table = interaction(points, study(FACTORS, 12), "a", "b", "effect_pp", "gift", runs=runs)
    assert table["mcse"].to_numpy() == pytest.approx(luck.std(ddof=1) / 2)
    assert table["part_mcse"].to_numpy() == pytest.approx(0.0, abs=1e-12)


def test_the_pair_that_works_together_comes_first_and_alone_stands_out():
    points = point_table(GRID, effect_pp=outcome(4.0))
    ranked = interactions_ranked(points, study(FACTORS, 12), "effect_pp", "gift")
    assert ranked[["a", "b"]].to_numpy().tolist()[0] == ["a", "b"]
    assert ranked["size"][0] == pytest.approx(1.0)
    assert ranked["stands_out"].tolist() == [True, False, False]


def test_in_noise_no_pair_stands_out_more_often_than_it_is_said_to():
    alarms = 0
    for seed in range(40):
        stream = np.random.default_rng(seed)
        x = stream.random((60, 3))
        points = point_table({"a": x[:, 0], "d": x[:, 1], "e": x[:, 2]}, effect_pp=x[:, 0] * 3 + stream.normal(size=60))
        facts = study((ranged("a"), ranged("d"), ranged("e")), 60)
        alarms += interactions_ranked(points, facts, "effect_pp", "gift")["stands_out"].any()
    assert alarms <= 6  # 5 % of 40 is 2; more than 6 has a chance of 0.3 %


def test_a_pair_is_found_in_a_random_design_under_strong_effects_of_others():
    stream = np.random.default_rng(2)
    x = stream.random((200, 4))
    y = 10 * x[:, 3] + 2 * ((x[:, 0] > 0.5) == (x[:, 1] > 0.5)) + 0.3 * stream.normal(size=200)
    facts = study(tuple(ranged(n) for n in "abde"), 200)
    points = point_table(dict(zip("abde", x.T, strict=True)), effect_pp=y)
    ranked = interactions_ranked(points, facts, "effect_pp", "gift")
    assert ranked[["a", "b", "stands_out"]].to_numpy().tolist()[0] == ["a", "b", True]
    assert ranked["share"][0] > 4 * ranked["chance"][0]


def test_with_nothing_to_spare_nothing_stands_out():
    table = point_table(grid(a=[0.0, 1.0], b=["x", "y"]), effect_pp=[0.0, 0.0, 0.0, 9.0])
    ranked = interactions_ranked(table, study(FACTORS[:2], 4), "effect_pp", "gift")
    assert ranked["stands_out"].tolist() == [False]
    assert math.isnan(ranked["chance"][0])
    assert ranked["size"][0] == pytest.approx(2.25)


def test_a_constant_one_factor_and_no_point_at_all_give_tables_without_findings():
    points = point_table(GRID, effect_pp=[1.0] * 12)
    assert not interactions_ranked(points, study(FACTORS, 12), "effect_pp", "gift")["stands_out"].any()
    assert interactions_ranked(points, study(FACTORS[:1], 12), "effect_pp", "gift").empty
    assert interactions_ranked(points, study(FACTORS, 12), "effect_pp", "control").empty
    assert interaction(points, study(FACTORS, 12), "a", "b", "effect_pp", "control")["points"].sum() == 0
