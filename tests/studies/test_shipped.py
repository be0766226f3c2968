"""Every shipped scenario runs, small and shortened, from its file to its answer; reports are tested elsewhere."""

import json

import pytest

import simulation as kw
from simulation.scenario.load import load, shipped
from simulation.scenario.model import Scenario

SHORTER = 4  # weeks are cut to a quarter; the phases of a scheme keep their order


def small(name: str) -> Scenario:
    scenario = load(name)
    changes = {"world.citizens": max(100, scenario.world.localities.number), "run.replicates": 2}
    if scenario.run.weeks > 1:
        changes["run.weeks"] = scenario.run.weeks // SHORTER
        for arm_name, arm in scenario.arms.items():
            for key, scheme in arm.schemes.items():
                for part in ("start", "weeks", "taper"):
                    value = getattr(scheme.schedule, part)
                    changes[f"arms.{arm_name}.schemes.{key}.schedule.{part}"] = value // SHORTER
    return scenario.with_(changes)


@pytest.mark.parametrize("name", sorted(shipped()))
def test_it_runs_small_and_answers(name, tmp_path, monkeypatch):
    monkeypatch.setattr("simulation.studies.compare.write_report", lambda *_: None)
    found = kw.compare(small(name), jobs=1, out=tmp_path, engine="numpy")
    assert not found.failed
    assert set(found.effects["arm"]) | {"control"} == set(load(name).arms)
    assert found.effects["effect_pp"].notna().all()
    assert found.effects["effect_pp"].abs().max() > 0
    assert set(found.behaviours["behaviour"]) == set(load(name).behaviours)
    assert "2 societies are too few" in found.answer("en")
    assert json.loads((tmp_path / "manifest.json").read_text("utf-8"))["status"] == "finished"
