"""Outcomes of a run from its counts, against those from the tables of many runs: one text of the rules."""

import math

import pandas as pd
import pytest

from simulation.results.outcomes import OUTCOMES, Window, run_outcomes
from simulation.scenario.load import load, shipped
from simulation.studies.run_many import run_society, specs_of
from simulation.studies.sweeps.work import run_task
from simulation.studies.tasks import Job, Task

SHIPPED = sorted(shipped())
LEADING = [name for name in SHIPPED if "/" not in name]


def small(name):
    scenario = load(name)
    size = 150 if scenario.world.localities.of != "provinces" else 300
    changes = {"world.citizens": size, "run.replicates": 2}
    if scenario.world.localities.of != "provinces":
        changes["world.localities.number"] = min(3, scenario.world.localities.number)
    return scenario.with_(changes)


def both_ways(scenario):
    """Rows of every run of two societies, as tables of many runs give them and as a worker does."""
    societies = specs_of(scenario, engine="numpy", second_luck=False)
    results = [run_society(society) for society in societies]
    runs = pd.DataFrame([row for result in results for row in result.runs])
    series = pd.concat([pd.DataFrame(part) for result in results for part in result.series], ignore_index=True)
    takeup = pd.DataFrame([row for result in results for row in result.takeup])
    windows = {
        name: Window.over([block for s in arm.schemes.values() for block in s.schedule.blocks])
        for name, arm in scenario.arms.items()
        if arm.schemes
    }
    tables = run_outcomes(runs, series, windows, scenario.run.weeks).set_index("run_id")
    job = Job(scenario.digest, scenario.to_json(), tuple(scenario.arms), engine="numpy")
    rows = [row for society in societies for row in run_task(job, Task(0, 0, society.replicate))]
    return tables, takeup, {row["run_id"]: row for row in rows}


def check_same(scenario):
    tables, takeup, rows = both_ways(scenario)
    assert sorted(tables.index) == sorted(rows)
    assert {row["status"] for row in rows.values()} == {"ok"}
    for run_id, row in rows.items():
        for name in OUTCOMES:
            expected = float(tables.loc[run_id, name])
            assert row[name] == expected or (math.isnan(row[name]) and math.isnan(expected)), (row["arm"], name)
        mine = takeup[(takeup["run_id"] == run_id) & (takeup["group_kind"] == "income_fifth")].set_index("group")
        share = mine["ever_live"] / mine["eligible"]
        gap = float(share["5"] - share["1"])
        assert row["take_up_gap_income"] == gap or (math.isnan(gap) and math.isnan(row["take_up_gap_income"]))


@pytest.mark.parametrize("name", LEADING)
def test_outcomes_from_the_counts_are_those_from_the_tables_to_the_bit(name):
    check_same(small(name))


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(set(SHIPPED) - set(LEADING)))
def test_outcomes_from_the_counts_of_worked_scenarios_are_those_from_the_tables(name):
    check_same(small(name))


def test_the_week_a_budget_closed_and_the_cost_of_an_act_are_empty_where_there_is_none():
    scenario = load("bangkok-waste").with_({"world.citizens": 150, "world.localities.number": 2})
    job = Job(scenario.digest, scenario.to_json(), ("recognition",), engine="numpy")
    row = run_task(job, Task(0, 0, 0))[0]
    assert math.isnan(row["budget_closed_week"])
    assert row["cost_per_act_baht"] == row["cost_baht"] / row["extra_acts"] or row["extra_acts"] <= 0
