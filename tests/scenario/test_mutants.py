import sys

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from simulation import cli
from simulation.core.errors import WIDTH, ScenarioError
from simulation.engine.prepare import prepare
from simulation.engine.run import run, start
from simulation.scenario.load import load
from simulation.scenario.model import Scenario
from tests.strategies import mutated_files, scenarios

ANY = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]


@settings(max_examples=150, deadline=None, suppress_health_check=ANY)
@given(text=mutated_files())
def test_any_mutated_file_is_valid_or_a_clear_error_through_validate(tmp_path, monkeypatch, capsys, text):
    path = tmp_path / "mutant.toml"
    path.write_text(text, "utf-8")
    monkeypatch.setattr(sys, "argv", ["kwamdee", "validate", str(path)])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    out, said = capsys.readouterr()
    assert ended.value.code in (0, 2)
    assert ("is valid" in out) if ended.value.code == 0 else ("Nothing was run" in said)
    assert "Traceback" not in said
    assert all(char.isprintable() or char == "\n" for char in said)
    assert all(len(line) <= WIDTH for line in said.splitlines() if " | " in line[:12])


@pytest.mark.slow
@settings(max_examples=200, deadline=None, suppress_health_check=ANY, derandomize=True)
@given(data=scenarios())
def test_valid_scenarios_run_and_keep_what_the_model_promises(data):
    scenario = Scenario.model_validate(data)
    assert Scenario.from_json(scenario.to_json()) == scenario
    society = prepare(scenario, 0)
    twins = []
    for arm in (name for name, a in scenario.arms.items() if a.schemes):
        state = run(start(society, arm, "numpy"))
        _ledgers_hold(state)
        twins.append(state.records.acts_twin.sum(axis=2))
        for name in ("habit", "norm", "crowding", "draw"):
            assert np.isfinite(state.columns[name]).all()
        assert (np.abs(state.columns["habit"]) <= 1).all()
        assert (np.abs(state.columns["norm"]) <= 1 + 1e-6).all()
        if not any(s.components for s in scenario.arms[arm].schemes.values()):
            assert np.array_equal(state.records.acts, state.records.acts_twin)
    assert all(np.array_equal(t, twins[0]) for t in twins)


def _ledgers_hold(state):
    """Money paid equals the ledger, the budget is never exceeded, and no entry is negative."""
    people = 0
    for s in state.schemes:
        entries = s.ledger.entries
        assert all(min(e.people_satang, e.area_satang, e.service_satang, e.running_satang) >= 0 for e in entries)
        assert sum(e.people_satang + e.area_satang for e in entries) == s.ledger.paid_satang == s.paid_satang
        assert sum(e.running_satang for e in entries) == s.running_satang
        if s.scheme.budget_baht is not None:
            assert s.ledger.spent_satang <= round(s.scheme.budget_baht * 100)
        assert sum(e.service_satang for e in entries) == s.ledger.service_satang
        people += sum(e.people_satang for e in entries)
    assert state.records.paid.sum() == people
    never = state.ever_live == 0
    assert not state.live[:, never].any()


def test_a_scheme_that_breaks_a_rule_is_refused_with_the_line(tmp_path, monkeypatch):
    from simulation.incentives import rights

    text = mutated_text = tmp_path / "my.toml"
    text.write_text(_bangkok(), "utf-8")
    monkeypatch.setattr(rights, "VISIBILITY", {"officials": 0.15})
    with pytest.raises(ScenarioError) as error:
        load(mutated_text)
    (problem,) = error.value.problems
    assert problem.key == "arms.recognition.schemes.honour.audience"
    assert "Rule G4" in problem.text_en
    assert _bangkok().split("\n")[problem.line - 1].startswith("audience")


def _bangkok() -> str:
    from tests.strategies import BANGKOK

    return BANGKOK
