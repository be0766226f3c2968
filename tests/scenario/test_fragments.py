"""Worked scenarios of the kinds of scheme: each is a scenario that runs and offers something to somebody."""

import re
from pathlib import Path

import pytest

from simulation.engine.prepare import prepare
from simulation.engine.run import run, start
from simulation.incentives.catalogue import scheme_classes
from simulation.incentives.fragment import fragment_of
from simulation.scenario.fragments import scenario_of
from simulation.scenario.load import load


@pytest.mark.parametrize("kind", sorted(scheme_classes()))
def test_the_worked_scenario_of_a_kind_runs_and_somebody_takes_part(kind):
    scenario = scenario_of(fragment_of(scheme_classes()[kind])).sized(500, 1)
    arms = [arm for arm in scenario.arms if arm != "control"]
    assert kind in {s.kind for arm in arms for s in scenario.arms[arm].schemes.values()}
    prepared = prepare(scenario, 0, parameters="default")
    for arm in arms:
        state = run(start(prepared, arm, "numpy"))
        assert state.ever_live.any(), arm
        for s in state.schemes:
            assert s.ledger.spent_satang >= 0


def test_a_fragment_keeps_what_it_says_itself():
    text = '[run]\nweeks = 40\n[behaviours.blood]\nbaseline = 0.1\n[arms.a.schemes.s]\nkind = "comparison"\nbehaviour = "blood"\nreference = "locality-mean"\nschedule = { start = 0, weeks = 8 }\n'
    scenario = scenario_of(text)
    assert scenario.run.weeks == 40
    assert scenario.behaviours["blood"].baseline == 0.1
    assert list(scenario.behaviours) == ["blood"]


@pytest.mark.parametrize("page", ["delivery.md", "delivery.th.md"])
def test_the_package_at_three_levels_of_the_page_loads(page, tmp_path):
    text = (Path(__file__).parents[2] / "docs" / page).read_text("utf-8")
    block = next(b for b in re.findall(r"```toml\n(.*?)```", text, re.DOTALL) if "[arms.package]" in b)
    (tmp_path / "package.toml").write_text(block, "utf-8")
    schemes = load(tmp_path / "package.toml").arms["package"].schemes.values()
    assert {s.level for s in schemes} == {"individual", "organisation", "area"}
