"""Agents at the nodes: the graph names its agents, and plain Mesa agents walk on the citizens' ties."""

import mesa
import networkx as nx
import pytest

import simulation as kw


class Visitor(mesa.Agent):
    """Goes from citizen to citizen."""

    def step(self):
        self.model.grid.move_agent(self, self.random.choice(self.model.grid.get_neighborhood(self.pos)))


@pytest.fixture
def m():
    scenario = kw.load("bangkok-waste", ["world.citizens=300", "run.weeks=60"])
    return kw.model(scenario, arm="comparison", rng=7)


def test_a_node_of_the_graph_has_its_agent(m):
    assert m.graph.nodes[1]["agent"] is m.citizen(0)
    assert m.graph.nodes[1].get("agent") is m.ties.nodes[1]["agent"]
    pairs = dict(m.graph.nodes(data="agent"))
    assert all(agent.unique_id == node for node, agent in pairs.items())
    assert len(pairs) == len(m.agents)
    assert {type(a) for a in pairs.values()} == {kw.Citizen, kw.Organisation, kw.Locality}
    assert nx.get_node_attributes(m.ties, "agent")[300] is m.citizen(299)


def test_agents_are_not_written_to_files_or_copies(m, tmp_path):
    nx.write_graphml(m.graph, tmp_path / "graph.graphml")
    assert "agent" not in dict(m.graph.nodes[1])
    assert "agent" not in m.graph.to_networkx().nodes[1]
    with pytest.raises(KeyError):
        m.graph.nodes[1]["no such thing"]


def test_the_grid_has_every_citizen_at_its_place_among_its_neighbours(m):
    person = m.citizen(41)
    assert m.grid.get_cell_list_contents([person.pos]) == [person]
    assert m.grid.get_neighbors(person.pos) == person.neighbours
    assert len(m.grid.agents) == 300


def test_plain_agents_walk_on_the_ties(m):
    visitor = Visitor(m)
    m.grid.place_agent(visitor, m.citizen(41).pos)
    for _ in range(20):
        before = visitor.pos
        visitor.step()
        assert m.citizen(visitor.pos) in m.citizen(before).neighbours
        assert visitor in m.grid.get_cell_list_contents([visitor.pos])


def test_a_removed_citizen_leaves_the_grid_and_a_visitor_stays(m):
    visitor, person = Visitor(m), m.citizen(41)
    m.grid.place_agent(visitor, person.pos)
    person.remove()
    assert m.grid.get_cell_list_contents([person.pos]) == [visitor]
    assert m.grid.get_neighborhood(person.pos) == []
    m.step()
    assert person not in set(m.grid.agents)
    late = kw.model(m.definition, rng=7)
    late.citizen(41).remove()
    assert late.grid.get_cell_list_contents([41]) == []


def test_citizens_stay_and_a_place_that_is_none_is_told(m):
    for move in (m.grid.move_agent, m.grid.place_agent):
        with pytest.raises(kw.InputError, match="stays at its node") as error:
            move(m.citizen(3), 5)
        assert error.value.th
    with pytest.raises(kw.InputError, match=r"no node 301.*citizen\.pos"):
        m.grid.place_agent(Visitor(m), 301)


def test_the_places_for_drawing_are_worked_out_once_for_the_same_society(m):
    places = m.grid.layout(m.grid.G, seed=0)
    assert list(places) == list(range(300))
    other_arm = kw.model(m.definition, arm="control", rng=7)
    assert all((other_arm.grid.layout(other_arm.grid.G)[i] == places[i]).all() for i in places)
    assert other_arm.grid.layout(other_arm.grid.G)[0] is places[0]
