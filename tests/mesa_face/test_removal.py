"""Citizens who leave the world leave every set, graph and neighbour at once, and do not come back."""

import copy

import mesa
import numpy as np
import pytest

import simulation as kw
from simulation.agents.citizens import Citizen, Locality, Organisation


def model(**more):
    return kw.model(
        kw.load("bangkok-waste", ["world.citizens=400", "run.weeks=60"]), "comparison", rng=3, engine="numpy", **more
    )


class Mine(kw.Citizen):
    """Decides as everybody does."""


@pytest.mark.parametrize("own", [None, {Mine: 0.5}], ids=["plain", "own"])
def test_sets_that_were_held_lose_those_who_are_removed(own):
    m = model(citizens=own)
    gone = m.citizen(5)
    kind = type(gone)
    people, everybody = m.agents_by_type[kind], m.agents
    n, total = len(people), len(m.agents)
    held = {
        "touched": people.copy(),
        "copied": copy.copy(people),
        "selected": people.select(lambda a: True),
        "masked": people.select(np.ones(n, bool)),
        "sorted": people.sort("age"),
        "shuffled": people.shuffle(),
        "union": people | people,
        "changed": people.copy(),
        "group": people.groupby(lambda a: 1).groups[1],
        "by column": people.groupby("sex").groups[gone.sex],
        "everybody": everybody.copy(),
        "some of all": everybody.select(lambda a: isinstance(a, kind)),
    }
    assert len(list(held["touched"])) == n
    held["changed"].discard(held["changed"][9])
    before = {name: len(s) for name, s in held.items()}
    gone.remove()
    for name, s in held.items():
        assert len(s) == len(list(s)) == len(s.get("unique_id")) == before[name] - 1, name
        assert gone not in s, name
        assert gone.unique_id not in s.get("unique_id"), name
        assert len(s.select(np.ones(before[name] - 1, bool))) == before[name] - 1, name
    assert (len(people), len(everybody)) == (n - 1, total - 1)
    assert m.agents_by_type[kind] is people
    assert len(people.agg("age", np.sort)) == n - 1


def test_a_removed_citizen_can_be_named_but_not_changed_removed_or_brought_back():
    m = model(citizens={Mine: [9]})
    held = m.agents_by_type[Citizen].copy()
    for row in (5, 9):
        gone = m.citizen(row)
        gone.remove()
        assert (gone.unique_id, gone.row, gone.removed, type(gone.age)) == (row + 1, row, True, int)
        assert repr(gone) == f"<{type(gone).__name__} {row + 1}, removed>"
        assert gone.neighbours == []
        wage = m.state.citizens.wage[row]
        with pytest.raises(kw.InputError, match=f"{row + 1}, removed>: 'wage' cannot be set any more"):
            gone.wage = 1.0
        assert m.state.citizens.wage[row] == wage
        with pytest.raises(kw.InputError, match=f"citizen {row + 1} was removed from the world before"):
            gone.remove()
        with pytest.raises(kw.InputError, match=f"citizen {row + 1} was removed"):
            m.citizen(row)
        for bring in (held.add, m.agents.add, m.register_agent):
            with pytest.raises(kw.InputError, match="removed>"):
                bring(gone)
    assert not m.citizen(6).removed
    with pytest.raises(kw.InputError, match="rows 0 to 399"):
        m.citizen(400)


def test_a_removed_citizen_is_nobodys_neighbour_and_no_node_from_that_moment():
    m = model()
    ties, graph = m.ties, m.graph
    gone = max(m.agents_by_type[Citizen], key=lambda c: len(c.neighbours))
    friends, place = gone.neighbours, gone.unique_id
    degree = {f.unique_id: ties.degree[f.unique_id] for f in friends}
    home = [v for v in graph[place] if v > 400]
    size = {v: (graph.degree[v], graph.nodes[v].get("size")) for v in home}
    n_edges = ties.number_of_edges()
    gone.remove()
    assert all(gone not in f.neighbours for f in friends)
    for moment in ("at once", "after a week"):
        assert place not in ties, moment
        assert place not in graph, moment
        assert not ties.has_edge(friends[0].unique_id, place), moment
        assert all(ties.degree[v] == d - 1 for v, d in degree.items()), moment
        assert ties.number_of_edges() == n_edges - len(friends), moment
        assert all((graph.degree[v], graph.nodes[v]["size"]) == (d - 1, s - 1) for v, (d, s) in size.items()), moment
        copied = graph.to_networkx()
        assert dict(graph.degree) == dict(copied.degree), moment
        assert list(graph.edges(data=True)) == list(copied.edges(data=True)), moment
        m.step()


class Duellist(kw.Citizen):
    """Removes the one behind while the week is being decided."""

    def probability(self, behaviour, offer, week):
        if week == 3 and self.row == 10:
            self.model.citizen(11).remove()
        assert not self.removed
        return super().probability(behaviour, offer, week)


def test_somebody_may_be_removed_while_a_week_is_decided():
    m = model(citizens={Duellist: [10, 11]})
    for _ in range(6):
        m.step()
    assert len(m.agents_by_type[Duellist]) == 1
    assert m.state.columns["acts"][0][11] == 0


class Visitor(mesa.Agent):
    """A plain Mesa agent."""


@pytest.mark.parametrize("way", ["remove", "deregister", "do", "loop"])
def test_every_way_out_is_the_same(way):
    m = model(citizens={Mine: [3]})
    some = [m.citizen(row) for row in (3, 4)]
    for citizen in some:
        if way == "remove":
            citizen.remove()
        elif way == "deregister":
            m.deregister_agent(citizen)
        elif way == "do":
            m.agents.select(lambda a, c=citizen: a is c).do("remove")
        else:
            for a in m.agents_by_type[type(citizen)]:
                if a is citizen:
                    a.remove()
    assert [c.removed for c in some] == [True, True]
    assert (len(m.agents_by_type[Mine]), len(m.agents_by_type[Citizen])) == (0, 398)
    m.step()
    assert m.state.present.sum() == 398
    for kind in (Organisation, Locality):
        with pytest.raises(kw.InputError, match="organisations and localities cannot be removed"):
            m.deregister_agent(m.agents_by_type[kind][0])


@pytest.mark.parametrize("own", [None, {Mine: 0.1}], ids=["plain", "own"])
def test_removing_all_agents_leaves_organisations_and_localities_and_a_world_that_goes_on(own):
    m = model(citizens=own)
    Visitor.create_agents(m, 3)
    m.step()
    assert len(m.graph) > len(m.ties) == 400  # both were looked at before
    groups = len(m.agents_by_type[Organisation]) + len(m.agents_by_type[Locality])
    m.remove_all_agents()
    assert len(m.agents) == len(list(m.agents)) == groups
    assert [len(m.agents_by_type[k]) for k in (Citizen, *(own or {}), Visitor)] == [0] * (3 if own else 2)
    assert (len(m.ties), len(m.graph), m.graph.number_of_edges()) == (0, groups, 0)
    assert set(m.agents_by_type[Locality].get("size")) == {0}
    m.step()
    assert np.isnan(m.share("acts", 0))
    assert "0 households" in repr(m)
    m.remove_all_agents()
    m.step()


def test_plain_agents_are_numbered_behind_the_worlds_own_and_leave_as_in_mesa():
    m = model()
    n = len(m.agents)
    visitors = Visitor.create_agents(m, 3)
    assert sorted(v.unique_id for v in visitors) == [n + 1, n + 2, n + 3]
    first = m.agents_by_type[Visitor][0]
    m.deregister_agent(first)
    assert (len(m.agents), len(m.agents_by_type[Visitor])) == (n + 2, 2)
    assert repr(m.agents).endswith("50 Localities, 2 Visitors>")
