"""Real schemes, of Thailand and of others: each is rebuilt in a file that runs, or refused by the right rule."""

import re

import pytest

from scripts.precedents_page import COMPARED, FOLDER, KEYS, kinds_of, page, precedents, rules_of
from simulation.core.errors import ScenarioError
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


REFUSED = {p["refused"]: p["rules"] for p in precedents() if "refused" in p}
TO_BE_EARNED = {"fee_discount", "stipend", "staged_bonus", "lifetime_tiers", "soft_loan", "certificate", "points_shop"}
"""Kinds that pay for reaching a threshold or saving up, which a careless number puts out of reach."""


@pytest.mark.parametrize("name", sorted(n for n in files() if TO_BE_EARNED & set(kinds_of(n))))
def test_what_must_be_reached_is_reached_by_somebody(name):
    scenario = load(name).sized(2_000, 1)
    prepared = prepare(scenario, 0, parameters="default")
    for arm in scenario.arms:
        for s in run(start(prepared, arm, "numpy")).schemes:
            assert s.scheme.kind not in TO_BE_EARNED or s.ledger.spent_satang > 0, (arm, s.scheme.kind)


@pytest.mark.parametrize("file", sorted(REFUSED))
def test_a_scheme_that_takes_is_refused_by_the_rules_that_the_map_names(file):
    assert (FOLDER / file).is_file()
    assert rules_of(file) == REFUSED[file]


def test_the_suspension_and_the_loan_are_refused_at_their_own_line():
    for file, key in (("bangkok-fee-suspension", "suspension_weeks"), ("student-loan-hours", "condition_for")):
        with pytest.raises(ScenarioError) as error:
            load(FOLDER / "refused" / f"{file}.toml")
        at = (FOLDER / "refused" / f"{file}.toml").read_text("utf-8").split("\n")
        line = next(i for i, text in enumerate(at, 1) if text.startswith(key))
        assert f"{file}.toml:{line} " in str(error.value)
        assert key in str(error.value)


def test_the_thai_page_is_in_thai():
    for row in page("th").split("\n"):
        if row.startswith("| ") and "---" not in row:
            title, years, given, *_ = (cell.strip() for cell in row.strip("|").split(" | "))
            assert re.search(r"[\u0e01-\u0e5b]", title), row
            assert re.search(r"[\u0e01-\u0e5b]", given), row
            assert not re.search(r"[A-Za-z]", years), row


def test_precedents_are_no_shipped_scenarios():
    assert not set(shipped()) & {name.split("/")[1] for name in files()}
