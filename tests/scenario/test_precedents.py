"""Real schemes, of Thailand and of others: each is rebuilt in a file that runs, or refused by the right rule."""

import pytest

from scripts.precedents_page import COMPARED, FOLDER, KEYS, precedents, rules_of
from simulation.engine.prepare import prepare
from simulation.engine.run import run, start
from simulation.scenario.load import load, shipped
from simulation.scenario.load import precedents as files
from simulation.world.facts import table


def test_every_scheme_of_both_tables_is_rebuilt_or_refused():
    named = {(p["table"], p["scheme"]) for p in precedents()}
    wanted = {("thai_precedents", row["scheme_en"]) for row in table("thai_precedents")}
    wanted |= {("comparator_schemes", row["scheme"]) for row in table("comparator_schemes")[:COMPARED]}
    assert named == wanted
    assert all("file" in p or "refused" in p for p in precedents())
    assert {p["file"] for p in precedents() if "file" in p} == set(files())
    assert set(KEYS) == {p["table"] for p in precedents()}


@pytest.mark.parametrize("name", sorted(files()))
def test_a_precedent_runs_and_somebody_takes_part(name):
    scenario = load(name).sized(400, 1)
    prepared = prepare(scenario, 0, parameters="default")
    for arm in scenario.arms:
        if arm != "control":
            state = run(start(prepared, arm, "numpy"))
            assert state.ever_live.any(), arm
            assert all(s.scheme.source or s.scheme.mark or len(state.schemes) > 1 for s in state.schemes)


@pytest.mark.parametrize("file", sorted(p["refused"] for p in precedents() if "refused" in p))
def test_a_scheme_that_takes_is_refused_by_the_rule_that_nothing_is_taken(file):
    assert (FOLDER / file).is_file()
    assert "G1" in rules_of(file)


def test_precedents_are_no_shipped_scenarios():
    assert not set(shipped()) & {name.split("/")[1] for name in files()}
