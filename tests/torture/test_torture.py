"""Thousands of files that are almost right: each is valid and runs, or ends with exit code 2 and a message that names it.

KWAMDEE_TORTURE is how many times over; `make torture` takes 10: 10,000 scenarios, 2,000 tables and graphs.
"""

import io
import os
import sys
import time

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from simulation import cli
from simulation.core.streams import Streams
from simulation.engine.prepare import prepare
from simulation.engine.run import start, step
from simulation.scenario.load import load
from simulation.world.population import build_population
from simulation.world.social import build_graph
from tests.strategies import TEXTS
from tests.torture import mutants

pytestmark = pytest.mark.slow
TIMES = int(os.environ.get("KWAMDEE_TORTURE", "1"))
SCENARIOS, TABLES = 1000 * TIMES, 200 * TIMES
LONGEST_SECONDS = 10.0
"""A hang, not a measurement: a file is answered in some hundredths of a second."""


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory, monkeypatch):
    monkeypatch.setenv("KWAMDEE_CACHE", str(tmp_path_factory.mktemp("cache")))


def answered(argv, name):
    """Run the command; return its exit code and check what it says of a file."""
    out, err = io.StringIO(), io.StringIO()
    began, before = time.monotonic(), (sys.stdout, sys.stderr, sys.argv)
    sys.stdout, sys.stderr, sys.argv = out, err, ["kwamdee", *argv]
    try:
        with pytest.raises(SystemExit) as ended:
            cli.main()
    finally:
        sys.stdout, sys.stderr, sys.argv = before
    said = err.getvalue()
    assert ended.value.code in (0, 2), said
    assert "Traceback" not in said
    assert time.monotonic() - began < LONGEST_SECONDS
    if ended.value.code == 2:
        assert name in said, said
        assert "Nothing was run" in said.replace("\n", " ") or said.count("\n") <= 12, said
    return ended.value.code


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_every_mutant_of_a_scenario_is_valid_and_runs_or_is_answered(name, tmp_path):
    path, valid, refused = tmp_path / "mutant.toml", 0, 0
    for number in range(SCENARIOS // len(TEXTS) + 1):
        raw = mutants.of_scenario(TEXTS[name], number)
        path.write_bytes(raw)
        if answered(["validate", str(path)], "mutant.toml") == 2:
            refused += 1
            continue
        valid += 1
        if valid % 10 == 0:
            _runs(path)
        assert [p.name for p in tmp_path.iterdir()] == ["mutant.toml"]
    assert valid > 0.02 * (valid + refused)
    assert refused > 0.3 * (valid + refused)


def _runs(path):
    """Run a few weeks of each arm among a few people: what is called valid can be run."""
    scenario = load(path)
    few = scenario.with_({"world.citizens": min(scenario.world.citizens, max(60, scenario.world.localities.number))})
    if few.world.citizens > 2000:
        return
    society = prepare(few, 0)
    for arm in few.arms:
        state = start(society, arm, "numpy")
        for _ in range(min(3, few.run.weeks)):
            step(state)
        assert np.isfinite(state.columns["habit"]).all()


def _good(folder):
    n = 40
    people = pd.DataFrame(
        {
            "id": [f"a{i}" for i in range(n)],
            "age": [20 + i for i in range(n)],
            "sex": ["male", "female"] * (n // 2),
            "wage": [300.5 + i for i in range(n)],
            "household": [f"h{i // 3}" for i in range(n)],
            "organisation": ["temple", None] * (n // 2),
            "sector": ["civil", None] * (n // 2),
            "locality": [("ทางสาย", "ม้าร้อง")[i // 3 % 2] for i in range(n)],
        }
    )
    ties = pd.DataFrame({"source": [f"a{i}" for i in range(n)], "target": [f"a{(i + 7) % n}" for i in range(n)]})
    ties["layer"], ties["weight"] = ["work", "wide"] * (n // 2), [1.0 + i for i in range(n)]
    graph = nx.Graph()
    graph.add_nodes_from((row.id, {"age": row.age, "sex": row.sex}) for row in people.itertuples())
    graph.add_edges_from(
        (row.source, row.target, {"layer": row.layer, "weight": row.weight}) for row in ties.itertuples()
    )
    people.to_csv(folder / "people.csv", index=False)
    people.to_parquet(folder / "people.parquet")
    ties.to_csv(folder / "ties.csv", index=False)
    nx.write_graphml(graph, folder / "ties.graphml")
    thai = people.to_csv(index=False).encode("cp874")
    return {
        "citizens": [(folder / "people.csv").read_bytes(), (folder / "people.parquet").read_bytes(), thai],
        "ties": [(folder / "ties.csv").read_bytes(), (folder / "ties.graphml").read_bytes()],
    }


def test_every_mutant_of_a_table_or_a_graph_is_a_world_or_is_answered(tmp_path_factory, tmp_path, monkeypatch):
    good = _good(tmp_path_factory.mktemp("good"))
    monkeypatch.chdir(tmp_path)
    scenario = TEXTS["thornton-2008"].replace("citizens = 2834", "# citizens").replace("number = 1,", "")
    text = scenario + '\n[world.files]\ncitizens = "people.csv"\nties = "ties.csv"\n'
    (tmp_path / "own.toml").write_text(text, "utf-8")
    valid = refused = 0
    for number in range(TABLES):
        kind = "citizens" if number % 2 else "ties"
        name = "people.csv" if number % 2 else "ties.csv"
        (tmp_path / "people.csv").write_bytes(good["citizens"][0])
        (tmp_path / "ties.csv").write_bytes(good["ties"][0])
        (tmp_path / name).write_bytes(mutants.of_table(good[kind][number // 2 % len(good[kind])], number))
        if answered(["validate", "own.toml"], ".csv") == 2:
            refused += 1
        else:
            valid += 1
            found = load("own.toml")
            people = build_population(found.world, Streams(1, 0))
            build_graph(found.world, people, Streams(1, 0)).validate()
            assert (people.wage > 0).all()
        assert sorted(p.name for p in tmp_path.iterdir()) == ["own.toml", "people.csv", "ties.csv"]
    assert min(valid, refused) > 0.05 * TABLES
