"""Gaps in take-up and groups that are worse off afterwards, from tables of which the answer is known."""

import pandas as pd
import pytest

from simulation.results.fairness import below_after, effects_after, take_up_gap
from simulation.results.rights import never_reached


def shares(**groups):
    rows = [
        {"replicate": k, "group_kind": "device", "group": g, "eligible": n, "ever_live": live}
        for k in range(2)
        for g, (n, live) in groups.items()
    ]
    return pd.DataFrame(rows)


def test_the_gap_is_the_highest_take_up_less_the_lowest_over_all_societies():
    found = shares(online=(100, 40), offline=(50, 10))
    assert take_up_gap(found, "device", {}, 10) == pytest.approx(0.2)
    assert take_up_gap(found, "age_band", {}, 10) is None


def test_hidden_and_tiny_groups_make_no_gap():
    found = shares(online=(100, 40), offline=(50, 10), unknown=(5, 5))
    assert take_up_gap(found, "device", {}, 10) == pytest.approx(0.2)
    assert take_up_gap(found, "device", {("device", "offline"): "few"}, 10) is None


def series(weeks, **gaps):
    rows = [
        {"run_id": f"r{k}", "week": t, "group_kind": "sex", "group": g, "acts": 50 + gap, "acts_twin": 50, "opportunities": 100, "people": 100}
        for k in range(20)
        for t in range(weeks)
        for g, gap in gaps.items()
    ]  # fmt: skip
    return pd.DataFrame(rows)


def test_a_group_below_its_own_baseline_in_weeks_14_to_26_after_the_end_is_counted():
    gaps = effects_after(series(36, male=-2, female=3), end=10, horizon=36)
    assert below_after(gaps, {}, 10) == (1, -2.0)
    assert below_after(gaps, {("sex", "male"): "few"}, 10) == (0, 3.0)
    assert below_after(gaps, {}, 200) == (0, None)


def test_only_those_weeks_count_and_a_shorter_horizon_tells_nothing():
    rows = series(36, male=5)
    rows.loc[rows["week"] < 23, "acts"] = 0  # weeks 1 to 13 after the end, and before
    assert below_after(effects_after(rows, 10, 36), {}, 10) == (0, 5.0)
    rows.loc[rows["week"] == 23, "acts"] = 0
    assert below_after(effects_after(rows, 10, 36), {}, 10)[1] < 5.0
    assert effects_after(rows, 10, 35) is None
    assert below_after(None, {}, 10) == (None, None)


def test_never_reached_is_counted_where_channels_are_and_else_by_who_never_took_part():
    runs = pd.DataFrame({"eligible": [100, 200], "ever_live": [25, 100]})
    assert never_reached(runs).tolist() == [0.75, 0.5]
    assert never_reached(runs.assign(reached=[90, 200])).tolist() == [0.1, 0.0]
