import mesa
import networkx as nx
import numpy as np
import pytest

import simulation as kw
from simulation.agents.citizens import Citizen, Locality, Organisation


@pytest.fixture(scope="module")
def world():
    scenario = kw.load("bangkok-waste", ["world.citizens=300", "run.weeks=60"])
    model = kw.model(scenario, arm="comparison", rng=3)
    for _ in range(6):
        model.step()
    return model


def test_a_model_is_a_mesa_model_with_three_types_of_agents(world):
    assert isinstance(world, mesa.Model)
    people = world.agents_by_type[Citizen]
    assert len(people) == 300
    assert len(world.agents) == 300 + len(world.agents_by_type[Organisation]) + len(world.agents_by_type[Locality])
    assert all(isinstance(a, mesa.Agent) for a in people)
    assert {type(a) for a in world.agents} == {Citizen, Organisation, Locality}


def test_agent_sets_answer_mesas_idioms(world):
    people = world.agents_by_type[Citizen]
    old = people.select(lambda a: a.age >= 60)
    assert len(old) == sum(x >= 60 for x in people.get("age"))
    assert people.agg("wage", np.mean) == pytest.approx(np.mean(people.get("wage")))
    assert set(people.groupby("sex").groups) == {"male", "female"}
    assert len(people.select(np.asarray(people.get("age")) >= 60)) == len(old)
    seen = []
    people.do(lambda a: seen.append(a.unique_id))
    assert seen == list(range(1, 301))
    seen.clear()
    people.shuffle_do(lambda a: seen.append(a.unique_id))
    assert sorted(seen) == list(range(1, 301))
    assert [a.age for a in people.sort("age", ascending=True)] == sorted(people.get("age"))


def test_a_citizen_is_a_live_view_that_refuses_unknown_attributes(world):
    citizen = next(iter(world.agents_by_type[Citizen]))
    assert citizen is next(iter(world.agents_by_type[Citizen]))
    before = world.state.citizens.wage[citizen.row]
    citizen.wage = 123.0
    assert world.state.citizens.wage[citizen.row] == np.float32(123.0)
    citizen.wage = float(before)
    with pytest.raises(AttributeError):
        citizen.nonsense = 1
    with pytest.raises(AttributeError):
        _ = citizen.nonsense
    assert {n.row for n in citizen.neighbours} == set(map(int, world.state.graph.neighbours(citizen.row)))


def test_the_data_collector_has_a_row_a_week(world):
    frame = world.datacollector.get_model_vars_dataframe()
    assert len(frame) == world.week + 1
    assert frame["waste_sort_effect_pp"].iloc[4] == 0.0  # the scheme starts in week 4
    assert "comparison" in repr(world)


def test_the_control_is_its_own_twin():
    model = kw.model(kw.load("bangkok-waste", ["world.citizens=100"]))
    model.step()
    assert model.share("acts", 0) == model.share("acts_twin", 0) > 0


def test_the_graph_is_a_view_that_agrees_with_a_real_copy(world, tmp_path):
    view, copy = world.ties, world.ties.to_networkx()
    assert dict(view.degree()) == dict(copy.degree())
    assert nx.clustering(view, [1, 2, 3]) == nx.clustering(copy, [1, 2, 3])
    assert nx.single_source_shortest_path_length(view, 1) == nx.single_source_shortest_path_length(copy, 1)
    assert set(nx.ego_graph(view, 5)) == set(nx.ego_graph(copy, 5))
    assert sorted(view.subgraph([1, 2, 3, 4]).copy().edges) == sorted(copy.subgraph([1, 2, 3, 4]).edges)
    assert {frozenset(e) for e in view.edges} == {frozenset(e) for e in copy.edges}
    u, v, data = next(iter(view.edges(data=True)))
    assert copy.edges[u, v] == data
    with pytest.raises(nx.NetworkXError):
        view.add_edge(1, 2)
    nx.write_graphml(view, tmp_path / "ties.graphml")
    assert len(nx.read_graphml(tmp_path / "ties.graphml")) == 300


def test_the_whole_graph_has_typed_nodes_and_memberships(world):
    graph = world.graph
    kinds = [d["type"] for _, d in graph.nodes(data=True)]
    assert kinds.count("citizen") == 300
    assert kinds.count("locality") == 50
    people = world.state.citizens
    place = 301 + people.n_organisations
    assert graph.nodes[place] == {
        "type": "locality",
        "name": people.locality_names[0],
        "size": graph.degree[place],
    }
    assert graph.nodes[1]["locality"] == people.locality_names[people.locality[0]]
    first = world.agents_by_type[Organisation][0]
    shown = graph.nodes[first.unique_id]
    assert (shown["sector"], shown["size"]) == (first.sector, first.size)
    assert first.size == graph.degree[first.unique_id]
    assert all(graph.edges[place, c] == {"layers": "member"} for c in graph[place])
    assert graph.number_of_edges() == sum(d for _, d in graph.degree()) // 2
