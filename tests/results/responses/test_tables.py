import math

import numpy as np
import pandas as pd
import pytest

from simulation.core.errors import InputError
from simulation.results.responses.tables import (
    by_society,
    points_of,
    rows_of,
    unit_design,
    usual_point,
    with_contrasts,
)
from tests.results.responses.studies import contrast, listed, point_table, ranged, run_table, study

FACTORS = (ranged("reward", 0, 10), listed("audience", "self", "group"))
WHERE = {"reward": [0.0, 10.0], "audience": ["self", "group"]}


def test_a_point_has_the_mean_of_its_societies_with_its_error_and_failed_runs_are_left_out_and_counted():
    runs = run_table({(0, "gift"): [1.0, 2.0, 3.0, 99.0], (1, "gift"): [5.0]}, WHERE, failed={(0, "gift", 3)})
    points = points_of(runs, study(FACTORS, 2))
    first, second = points.to_dict("records")
    assert (first["replicates"], first["failed"], first["effect_pp"], first["effect_pp_sd"]) == (3, 1, 2.0, 1.0)
    assert first["effect_pp_mcse"] == pytest.approx(1 / math.sqrt(3))
    assert (second["replicates"], second["failed"], second["effect_pp"]) == (1, 0, 5.0)
    assert math.isnan(second["effect_pp_mcse"])  # one society says nothing of its own error
    assert (first["reward"], first["audience"], second["audience"]) == (0.0, "self", "group")
    assert list(points.columns[:6]) == ["point", "reward", "audience", "arm", "replicates", "failed"]
    assert "seconds" not in points
    assert "seed" not in points


def test_a_point_at_which_all_runs_failed_stays_as_a_row_without_a_mean():
    runs = run_table({(0, "gift"): [1.0, 2.0], (1, "gift"): [0.0, 0.0]}, WHERE, failed={(1, "gift", 0), (1, "gift", 1)})
    points = points_of(runs, study(FACTORS, 2))
    assert points["replicates"].tolist() == [2, 0]
    assert points["failed"].tolist() == [0, 2]
    assert math.isnan(points["effect_pp"][1])


def test_an_interval_is_order_statistics_from_nineteen_societies_on():
    values = list(np.random.default_rng(3).permutation(np.arange(19.0)))
    points = points_of(run_table({(0, "gift"): values, (1, "gift"): values[:18]}, WHERE), study(FACTORS, 2))
    assert (points["effect_pp_low"][0], points["effect_pp_high"][0]) == (0.0, 18.0)
    assert points["effect_pp_low"].isna()[1]


def test_arms_stand_in_file_order_and_contrasts_after_them():
    runs = run_table({(p, a): [1.0, 2.0] for p in (1, 0) for a in ("gift", "control")}, WHERE)
    facts = study(FACTORS, 2, contrasts=(contrast("gain", "effect_pp", "gift", "control"),))
    points = points_of(runs, facts)
    assert points[["point", "arm"]].to_numpy().tolist() == [[p, a] for p in (0, 1) for a in ("control", "gift", "gain")]


def test_a_contrast_is_taken_society_by_society():
    luck = [0.0, 40.0, -30.0, 5.0]
    runs = run_table({(0, "gift"): [3.0 + x for x in luck], (0, "control"): luck}, WHERE)
    facts = study(FACTORS, 1, contrasts=(contrast("gain", "effect_pp", "gift", "control"),))
    gain = points_of(runs, facts).set_index("arm").loc["gain"]
    assert gain["effect_pp"] == pytest.approx(3.0)
    assert gain["effect_pp_mcse"] == pytest.approx(0.0, abs=1e-12)  # luck is shared and goes out


def test_a_contrast_fails_where_either_arm_failed_or_is_missing():
    runs = run_table({(0, "gift"): [3.0, 4.0, 9.0], (0, "control"): [1.0, 1.0]}, WHERE, failed={(0, "control", 1)})
    facts = study(FACTORS, 1, contrasts=(contrast("gain", "effect_pp", "gift", "control"),))
    rows = with_contrasts(runs, facts).query("arm == 'gain'")
    assert rows["status"].tolist() == ["ok", "failed", "failed"]
    assert rows["error"].tolist()[:2] == ["", "ValueError"]
    gain = points_of(runs, facts).set_index("arm").loc["gain"]
    assert (gain["replicates"], gain["failed"], gain["effect_pp"]) == (1, 2, 2.0)


def test_cost_per_act_is_the_ratio_of_means_with_the_error_of_the_delta_method():
    runs = run_table({(0, "gift"): [0.0] * 3}, WHERE)
    runs["cost_baht"], runs["extra_acts"] = [10.0, 20.0, 60.0], [10.0, 10.0, 10.0]
    runs["cost_per_act_baht"] = runs["cost_baht"] / runs["extra_acts"]
    point = points_of(runs, study(FACTORS, 1)).iloc[0]
    assert point["cost_per_act_baht"] == pytest.approx(3.0)
    assert point["cost_per_act_baht_mcse"] == pytest.approx(np.std([1, 2, 6], ddof=1) / math.sqrt(3))
    runs["extra_acts"] = [1.0, 10.0, 40.0]  # a mean of ratios would be (10 + 2 + 1.5) / 3
    assert points_of(runs, study(FACTORS, 1))["cost_per_act_baht"][0] == pytest.approx(90 / 51)


def test_a_ratio_over_nothing_is_not_defined():
    runs = run_table({(0, "gift"): [0.0] * 3}, WHERE)
    runs["cost_baht"], runs["extra_acts"], runs["cost_per_act_baht"] = 5.0, [1.0, -2.0, 0.5], math.nan
    assert math.isnan(points_of(runs, study(FACTORS, 1))["cost_per_act_baht"][0])


def test_an_outcome_that_is_nowhere_defined_is_nan_and_one_that_is_so_in_part_is_the_mean_of_the_rest():
    runs = run_table({(0, "gift"): [1.0, 3.0, 9.0]}, WHERE)
    runs["effect_after_pp"], runs["budget_closed_week"] = math.nan, [10.0, math.nan, 20.0]
    point = points_of(runs, study(FACTORS, 1)).iloc[0]
    assert math.isnan(point["effect_after_pp"])
    assert point["budget_closed_week"] == 15.0
    assert point["budget_closed_week_mcse"] == pytest.approx(5.0)


def test_values_of_societies_can_be_paired_by_point_and_arm():
    runs = run_table(
        {(0, "gift"): [1.0, 2.0], (1, "gift"): [3.0, 4.0, 5.0], (1, "control"): [1.0, 1.0, 1.0]},
        WHERE,
        failed={(1, "gift", 0)},
    )
    facts = study(FACTORS, 2, contrasts=(contrast("gain", "effect_pp", "gift", "control"),))
    nan = math.nan
    for table in (runs, runs.sample(frac=1, random_state=1), with_contrasts(runs, facts)):
        cube = by_society(table, facts, "effect_pp", np.array([1, 0, 7]), ["gift", "gain"])
        assert cube[:, 0].tolist() == pytest.approx(
            np.array([[nan, 4.0, 5.0], [1.0, 2.0, nan], [nan] * 3]), nan_ok=True
        )
        assert cube[:, 1].tolist() == pytest.approx(np.array([[nan, 3.0, 4.0], [nan] * 3, [nan] * 3]), nan_ok=True)


def test_contrasts_that_are_there_already_are_not_made_twice():
    runs = run_table({(0, "gift"): [3.0, 4.0], (0, "control"): [1.0, 1.0]}, WHERE)
    facts = study(FACTORS, 1, contrasts=(contrast("gain", "effect_pp", "gift", "control"),))
    once = with_contrasts(runs, facts)
    pd.testing.assert_frame_equal(with_contrasts(once, facts), once)
    pd.testing.assert_frame_equal(points_of(once, facts), points_of(runs, facts))


def test_the_interval_of_a_ratio_is_over_the_ratios_of_societies():
    runs = run_table({(0, "gift"): [0.0] * 39}, WHERE)
    runs["cost_baht"], runs["extra_acts"] = np.arange(39.0) * 10, 10.0
    runs.loc[3, "extra_acts"] = 0.0  # has no ratio: stands above all others
    runs["cost_per_act_baht"] = math.nan
    point = points_of(runs, study(FACTORS, 1)).iloc[0]
    assert point["cost_per_act_baht"] == pytest.approx(7410 / 380)
    assert point["cost_per_act_baht_low"] == 1.0
    assert point["cost_per_act_baht_high"] == 38.0
    runs.loc[3, "extra_acts"] = 10.0
    assert points_of(runs, study(FACTORS, 1))["cost_per_act_baht_high"][0] == 37.0
    runs.loc[:2, "extra_acts"] = -1.0  # the interval of the acts holds 0
    assert math.isnan(points_of(runs, study(FACTORS, 1))["cost_per_act_baht"][0])


def test_a_contrast_of_ratios_is_paired_too():
    runs = run_table({(0, "gift"): [0.0] * 3, (0, "control"): [0.0] * 3}, WHERE)
    runs["extra_acts"], runs["cost_per_act_baht"] = 10.0, math.nan
    runs["cost_baht"] = np.where(runs["arm"] == "gift", 40.0, 10.0) + 7.0 * runs["replicate"]
    facts = study(FACTORS, 1, contrasts=(contrast("dearer", "cost_per_act_baht", "gift", "control"),))
    row = points_of(runs, facts).set_index("arm").loc["dearer"]
    assert row["cost_per_act_baht"] == pytest.approx(3.0)
    assert row["cost_per_act_baht_mcse"] == pytest.approx(0.0, abs=1e-12)


def test_many_runs_are_read_in_a_moment():
    import time

    n = 100_000
    runs = pd.DataFrame({"point": np.arange(n) // 40, "arm": np.where(np.arange(n) % 2, "gift", "control")})
    runs["replicate"], runs["status"], runs["reward"] = np.arange(n) // 2 % 20, "ok", 1.0
    for name in "abcdefghij":
        runs[name] = np.random.default_rng(1).normal(size=n)
    begun = time.process_time()
    points_of(runs, study(FACTORS[:1], 2500))
    assert time.process_time() - begun < 5.0  # 0.4 s here; a loop in Python over points takes a minute


def test_unit_coordinates_walk_lists_by_place_and_ranges_by_their_scale():
    factors = (ranged("a", 10, 20), ranged("b", 1, 100, "log"), listed("c", "x", "y", "z"), listed("d", True, False))
    points = point_table(
        {"a": [10.0, 15.0, 20.0], "b": [1.0, 10.0, 100.0], "c": ["z", "y", "x"], "d": [True, False, True]},
        effect_pp=[0, 0, 0],
    )
    unit = unit_design(pd.concat([points, points]), study(factors, 3))
    assert unit.to_numpy() == pytest.approx(np.array([[0, 0, 1, 0], [0.5, 0.5, 0.5, 1], [1, 1, 0, 0]]))
    assert unit.index.tolist() == [0, 1, 2]


def test_a_value_that_the_study_does_not_list_is_an_error_that_names_it():
    points = point_table({"c": ["x", "w"]}, effect_pp=[0, 0])
    with pytest.raises(InputError, match='c = "w"') as error:
        unit_design(points, study((listed("c", "x", "y"),), 2))
    assert "w" in error.value.th


def test_a_misspelt_outcome_or_arm_is_an_error_with_the_nearest_name():
    points = point_table({"reward": [0.0]}, effect_pp=[0])
    with pytest.raises(InputError, match='Did you mean "effect_pp"'):
        rows_of(points, study(FACTORS, 1), "efect_pp", "gift")
    with pytest.raises(InputError, match='Did you mean "gift"'):
        rows_of(points, study(FACTORS, 1), "effect_pp", "gfit")


def test_the_usual_point_is_the_one_at_which_every_factor_is_as_in_the_scenario():
    factors = (ranged("reward", 0, 10, usual=5), listed("audience", "self", "group", usual="group"))
    points = point_table({"reward": [0.0, 5.0, 5.0], "audience": ["group", "self", "group"]}, effect_pp=[0, 0, 0])
    assert usual_point(points, study(factors, 3)) == 2
    assert usual_point(points.iloc[:2], study(factors, 3)) is None
    assert usual_point(points, study(FACTORS, 3)) is None  # no factor has a usual value
