"""What goes out can come in again: tables, GraphML, networkx."""

import networkx as nx
import numpy as np
import pytest

from simulation.core.streams import Streams
from simulation.scenario.load import load
from simulation.world.export import world_tables, write_graphml, write_world
from simulation.world.population import build_population
from simulation.world.social import build_graph

SMALL = load("bangkok-waste", ["world.citizens=300", "world.localities.number=4", 'world.decider="citizen"'])


def world_of(scenario):
    streams = Streams(3, 0)
    people = build_population(scenario.world, streams)
    return people, build_graph(scenario.world, people, streams)


@pytest.fixture(scope="module")
def drawn():
    return world_of(SMALL)


def same(one, other):
    (people, ties), (again, tied) = one, other
    for name in ("age", "sex", "urban", "online", "wage", "sector", "locality", "organisation", "household"):
        assert np.array_equal(getattr(people, name), getattr(again, name)), name
    assert np.array_equal(people.organisation_sector, again.organisation_sector)
    assert np.array_equal(people.organisation_locality, again.organisation_locality)
    assert people.locality_names == again.locality_names
    for name in ("indptr", "indices", "weights", "layers"):
        assert np.array_equal(getattr(ties, name), getattr(tied, name)), name


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_tables_that_were_written_are_read_as_the_same_world(drawn, tmp_path, form):
    write_world(*drawn, tmp_path, form)
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        f"{name}.{form}" for name in ("citizens", "localities", "organisations", "ties")
    ]
    paths = {p.stem: p for p in tmp_path.iterdir()}
    same(drawn, world_of(SMALL.with_world(**paths)))


def test_tables_in_memory_are_the_same_world(drawn):
    same(drawn, world_of(SMALL.with_world(**world_tables(*drawn))))


def test_graphml_that_was_written_is_read_as_the_same_people_and_ties_and_by_networkx(drawn, tmp_path):
    path = write_graphml(*drawn, tmp_path / "world.graphml")
    people, ties = world_of(SMALL.with_world(ties=path))
    assert np.array_equal(people.age, drawn[0].age)
    assert np.array_equal(people.wage, drawn[0].wage)
    assert np.array_equal(people.household, drawn[0].household)
    assert np.array_equal(ties.weights, drawn[1].weights)
    assert np.array_equal(ties.layers, drawn[1].layers)
    graph = nx.read_graphml(path)
    assert graph.number_of_edges() == drawn[1].n_ties
    assert graph.nodes["1"]["age"] == int(drawn[0].age[0])


def test_households_and_who_has_no_organisation_come_out_as_they_went_in(tmp_path):
    import pandas as pd

    frame = pd.DataFrame({"id": ["a", "b"], "household": ["h9", "h1"], "organisation": ["temple", None]})
    world = world_of(SMALL.with_world(citizens=frame))
    assert world_tables(*world)["citizens"]["household"].tolist() == ["h9", "h1"]
    text = write_graphml(*world, tmp_path / "w.graphml").read_text("utf-8")
    assert "nan" not in text
    assert text.count("temple") == 1


def test_names_with_signs_of_xml_survive(tmp_path):
    import pandas as pd

    frame = pd.DataFrame({"id": ['<a> & "b"', "สมชาย", "c'd"], "locality": ["x<y", "x<y", "&"]})
    scenario = SMALL.with_world(citizens=frame)
    path = write_graphml(*world_of(scenario), tmp_path / "odd.graphml")
    people, _ = world_of(SMALL.with_world(ties=path))
    assert people.names == tuple(frame["id"])
    assert people.locality_names == ("x<y", "&")
