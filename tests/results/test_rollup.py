"""Effects rolled up from behaviours to virtues and SDGs: by hand on a small table, and on a scenario."""

from types import SimpleNamespace

import pandas as pd
import pytest

import simulation as kw
from simulation.results.outcomes import Window
from simulation.results.rollup import GOALS, VIRTUES, rolled_up, title_of
from simulation.scenario.serves import serves
from simulation.world.facts import table

FACTS = SimpleNamespace(
    citizens=100,
    serves=(("blood", "volunteer_spirit", ("3.1", "3.8")), ("waste", "discipline", ("12.5", "3.8")), ("own", "", ())),
)


def series():
    rows = []
    for run in ("r0", "r1"):
        for week in range(4):
            for name, acts, twin, chances in (("blood", 30, 20, 100), ("waste", 60, 50, 300), ("own", 9, 1, 10)):
                extra = 10 * (run == "r1")
                rows.append((run, week, name, "all", acts + extra, twin, chances))
    names = ["run_id", "week", "behaviour", "group_kind", "acts", "acts_twin", "opportunities"]
    return pd.DataFrame(rows, columns=names)


RUNS = pd.DataFrame({"run_id": ["r0", "r1"], "arm": "a", "replicate": [0, 1], "status": "ok"})


def test_a_target_that_two_behaviours_serve_counts_both_by_their_opportunities():
    found = rolled_up(FACTS, RUNS, series(), {"a": Window(1, 3)}).set_index(["kind", "key"])
    both = found.loc[("sdg_target", "3.8")]
    assert both["behaviours"] == "blood, waste"
    assert both["effect_pp_mean"] == pytest.approx(100 * (20 / 400 + 40 / 400) / 2)
    assert both["extra_acts_mean"] == pytest.approx((4 * 20 + 4 * 40) / 2 * 10)
    assert found.loc[("virtue", "discipline"), "effect_pp_mean"] == pytest.approx(100 * (10 / 300 + 20 / 300) / 2)
    assert "own" not in ", ".join(found["behaviours"])


def test_virtues_stand_in_their_order_and_goals_by_number():
    found = rolled_up(FACTS, RUNS, series(), {"a": Window(1, 3)})
    assert list(found["key"]) == ["discipline", "volunteer_spirit", "3", "12", "3.1", "3.8", "12.5"]
    assert pd.isna(found["effect_pp_low"]).all()  # two societies make no interval


def test_every_behaviour_of_the_table_serves_a_virtue_and_targets_that_have_names_in_both_languages():
    for row in table("behaviours"):
        virtue, targets = serves(row["id"], SimpleNamespace(virtue=None, sdg_targets=()))
        assert virtue in VIRTUES
        assert targets
        for target in targets:
            assert title_of("sdg_target", target).th
    assert len(GOALS) == 17


def test_a_scenario_may_say_what_its_own_behaviour_serves_and_a_wrong_target_is_told():
    keys = {"behaviours.waste_sort.virtue": "gratitude", "behaviours.waste_sort.sdg_targets": ["13.1"]}
    changed = kw.load("bangkok-waste").with_(keys)
    assert serves("waste_sort", changed.behaviours["waste_sort"]) == ("gratitude", ("13.1",))
    with pytest.raises(kw.ScenarioError, match="sdg_targets"):
        kw.load("bangkok-waste").with_({"behaviours.waste_sort.sdg_targets": ["18.1"]})
