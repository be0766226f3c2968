import math

import numpy as np
import pytest

from simulation.core.errors import InputError
from simulation.results.responses.regions import best, kendall, leading, ranking, worst
from simulation.results.responses.tables import points_of
from tests.results.responses.studies import contrast, listed, ranged, run_table, study

LUCK = np.array([-30.0, 10.0, 20.0, 0.0, 5.0, -5.0])
WOBBLE = np.array([0.1, -0.1, 0.1, -0.1, 0.1, -0.1])
WHERE = {"reward": [0.0, 1.0, 2.0], "audience": ["self", "self", "group"]}
FACTORS = (ranged("reward", 0, 2, usual=1.0), listed("audience", "self", "group", usual="self"))
RUNS = run_table(
    {
        (0, "control"): LUCK,
        (0, "gift"): LUCK + 1.0,
        (0, "praise"): LUCK + 1.02 + WOBBLE,
        (1, "control"): LUCK,
        (1, "gift"): LUCK + 2.0 + WOBBLE,
        (1, "praise"): LUCK + 3.0,
        (2, "control"): LUCK,
        (2, "gift"): LUCK + 5.0 + WOBBLE,
        (2, "praise"): LUCK - 1.0,
    },
    WHERE,
)
FACTS = study(FACTORS, 3, arms=("control", "gift", "praise"))
POINTS = points_of(RUNS, FACTS)


def test_the_best_and_the_worst_points_of_an_arm_stand_in_order():
    table = best(POINTS, FACTS, "effect_pp", "gift")
    assert table["point"].tolist() == [2, 1, 0]
    assert table["rank"].tolist() == [1, 2, 3]
    assert table["mean"].tolist() == pytest.approx([5.0, 2.0, 1.0])
    assert table["behind"].tolist() == pytest.approx([0.0, 3.0, 4.0])
    assert table["audience"].tolist() == ["group", "self", "self"]
    assert worst(POINTS, FACTS, "effect_pp", "gift", n=1)["point"].tolist() == [0]
    assert best(POINTS, FACTS, "effect_pp", "gift", largest=False)["point"].tolist() == [0, 1, 2]


def test_points_that_share_their_luck_are_told_apart_by_differences_society_by_society():
    alone = best(POINTS, FACTS, "effect_pp", "gift")
    paired = best(POINTS, FACTS, "effect_pp", "gift", runs=RUNS)
    assert alone["alike"].tolist() == [True, True, True]  # luck of 17 percentage points hides 3
    assert paired["alike"].tolist() == [True, False, False]
    assert paired["paired"].tolist() == [False, True, True]
    assert paired["behind_mcse"][1] == pytest.approx(0.0, abs=1e-9)
    assert paired["behind_mcse"][2] == pytest.approx(WOBBLE.std(ddof=1) / math.sqrt(6))


def test_without_an_arm_all_arms_compete_and_contrasts_do_not():
    facts = study(
        FACTORS, 3, arms=("control", "gift", "praise"), contrasts=(contrast("x", "effect_pp", "gift", "control"),)
    )
    table = best(points_of(RUNS, facts), facts, "effect_pp", n=2, runs=RUNS)
    assert table[["point", "arm"]].to_numpy().tolist() == [[2, "gift"], [1, "praise"]]
    assert best(points_of(RUNS, facts), facts, "effect_pp", "x", n=1, runs=RUNS)["mean"].tolist() == pytest.approx(
        [5.0]
    )


def test_one_society_tells_no_two_points_apart():
    one = points_of(RUNS[RUNS["replicate"] == 0], FACTS)
    assert best(one, FACTS, "effect_pp", "gift", runs=RUNS[RUNS["replicate"] == 0])["alike"].all()


def test_a_ranking_says_who_leads_at_each_point_and_whether_that_is_as_usual():
    table = ranking(POINTS, FACTS, "effect_pp", runs=RUNS)
    assert table["leader"].tolist() == ["praise", "praise", "gift"]
    assert table["second"].tolist() == ["gift", "gift", "control"]
    assert table["lead"].tolist() == pytest.approx([0.02, 1.0, 5.0])
    assert table["settled"].tolist() == [False, True, True]
    assert table["p_best"].tolist() == [0.5, 1.0, 1.0]
    assert set(table["reference"]) == {"usual"}
    assert table["tau"].tolist() == pytest.approx(
        [1.0, 1.0, -1 / 3]
    )  # praise, gift, control against gift, control, praise
    assert table["as_reference"].tolist() == [True, True, False]


def test_without_runs_a_small_lead_is_not_settled_and_the_share_of_societies_is_not_known():
    table = ranking(POINTS, FACTS, "effect_pp")
    assert not table["settled"].any()
    assert table["p_best"].isna().all()


def test_without_a_usual_point_rankings_are_compared_with_that_of_the_means():
    facts = study((ranged("reward", 0, 2), listed("audience", "self", "group")), 3, arms=("control", "gift", "praise"))
    table = ranking(POINTS, facts, "effect_pp")
    assert set(table["reference"]) == {"mean"}
    assert table["as_reference"].tolist() == [False, False, True]  # gift has the largest mean over the design


def test_shares_of_points_led_add_up_and_say_where_the_lead_is_sure():
    table = leading(POINTS, FACTS, "effect_pp", runs=RUNS).set_index("arm")
    assert table["leads"].to_dict() == pytest.approx({"control": 0.0, "gift": 1 / 3, "praise": 2 / 3})
    assert table["settled"].to_dict() == pytest.approx({"control": 0.0, "gift": 1 / 3, "praise": 1 / 3})
    assert table["p_best"].to_dict() == pytest.approx({"control": 0.0, "gift": 0.5, "praise": 0.5})
    assert table["mean_rank"].to_dict() == pytest.approx({"control": 8 / 3, "gift": 5 / 3, "praise": 5 / 3})
    assert leading(POINTS, FACTS, "effect_pp", largest=False).set_index("arm")["leads"]["control"] == pytest.approx(
        2 / 3
    )


def test_arms_that_tie_share_the_lead():
    runs = run_table({(0, "control"): [1.0, 1.0], (0, "gift"): [1.0, 1.0]}, WHERE)
    facts = study(FACTORS, 1)
    table = leading(points_of(runs, facts), facts, "effect_pp", runs=runs)
    assert table["leads"].tolist() == [0.5, 0.5]
    assert table["p_best"].tolist() == [0.5, 0.5]
    assert math.isnan(ranking(points_of(runs, facts), facts, "effect_pp")["tau"][0])


def test_points_where_fewer_than_two_arms_are_known_are_left_out():
    facts = study(FACTORS, 3, arms=("control", "gift", "praise"))
    points = points_of(RUNS[(RUNS["arm"] == "gift") | (RUNS["point"] == 1)], facts)
    assert ranking(points, facts, "effect_pp")["point"].tolist() == [1]
    assert ranking(points[points["arm"] == "gift"], facts, "effect_pp").empty
    assert leading(points[points["arm"] == "gift"], facts, "effect_pp", runs=RUNS)["points"].tolist() == [0, 0, 0]
    assert best(points[points["arm"] == "gift"], facts, "effect_pp", "praise", runs=RUNS).empty


def test_kendall_counts_pairs_in_order_less_pairs_reversed():
    x = np.array([1.0, 2.0, 3.0, 4.0])
    assert kendall(x, x) == 1.0
    assert kendall(x, -x) == -1.0
    assert kendall(x, np.array([2.0, 1.0, 3.0, math.nan])) == pytest.approx(1 / 3)
    assert kendall(np.array([1.0, 1.0, 2.0]), np.array([1.0, 2.0, 3.0])) == pytest.approx(2 / math.sqrt(6))


def test_an_arm_that_is_none_is_an_error():
    with pytest.raises(InputError, match="arm"):
        best(POINTS, FACTS, "effect_pp", "prais")
