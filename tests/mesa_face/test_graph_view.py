import copy
import json
import pickle
from decimal import Decimal
from fractions import Fraction

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation.core import nxview
from simulation.core.graph import Graph
from simulation.core.nxview import GraphView


@st.composite
def worlds(draw):
    n = draw(st.integers(1, 12))
    pair = st.tuples(st.integers(0, n - 1), st.integers(0, n - 1), st.sampled_from([1, 2, 4, 8]))
    edges = [e for e in draw(st.lists(pair, max_size=30)) if e[0] != e[1]]
    u, v, layer = ([e[i] for e in edges] for i in range(3))
    graph = Graph.from_edges(n, np.array(u, np.int64), np.array(v, np.int64), np.array(layer, np.uint8))
    groups = [np.array(draw(st.lists(st.integers(-1, k - 1), min_size=n, max_size=n)), np.int32) for k in (2, 3)]
    return graph, [(2, groups[0]), (3, groups[1])]


def real_copy(graph, groups, gone=()):
    """The same graph, built edge by edge by networkx itself."""
    real = nx.Graph()
    gone, offset = set(gone), graph.n
    real.add_nodes_from((i + 1, {"place": i}) for i in range(graph.n + sum(k for k, _ in groups)) if i not in gone)
    edges = {}
    for i in range(graph.n):
        for e in range(graph.indptr[i], graph.indptr[i + 1]):
            layers = nxview.layer_string(int(graph.layers[e]))
            edges[i, int(graph.indices[e])] = {"layers": layers, "weight": int(graph.weights[e])}
    for size, of in groups:
        edges |= {(i, offset + int(of[i])): {"layers": "member"} for i in range(graph.n) if of[i] >= 0}
        offset += size
    some = sorted((i, j) for i, j in edges if i < j and not {i, j} & gone)
    real.add_edges_from((i + 1, j + 1, edges[i, j]) for i, j in some)
    return real


def answers_alike(view, real):
    assert list(view.nodes(data=True)) == list(real.nodes(data=True))
    assert list(view.edges) == list(real.edges)
    assert list(view.edges(data=True)) == list(real.edges(data=True))
    assert list(view.edges(data="weight", default=0)) == list(real.edges(data="weight", default=0))
    some = list(real)[::2]
    assert list(view.edges(some, data=True)) == list(real.edges(some, data=True))
    assert len(view.edges) == len(view.edges(data=True)) == view.number_of_edges() == len(real.edges)
    assert len(view.edges(some)) == len(real.edges(some))
    for weight in (None, "weight", "nothing"):
        assert list(view.degree(weight=weight)) == list(real.degree(weight=weight))
        assert list(view.degree(some, weight=weight)) == list(real.degree(some, weight=weight))
        assert view.size(weight) == real.size(weight)
        assert type(view.size(weight)) is type(real.size(weight))
    assert [view.degree[v] for v in real] == [real.degree[v] for v in real]
    assert (view.order(), len(view), view.number_of_nodes()) == (len(real),) * 3
    assert nx.number_of_selfloops(view) == 0
    assert nx.density(view) == nx.density(real)
    assert nx.to_dict_of_dicts(view) == nx.to_dict_of_dicts(real)
    assert {u: list(nbrs) for u, nbrs in view.adjacency()} == {u: list(nbrs) for u, nbrs in real.adjacency()}
    assert nx.node_link_data(view, edges="links") == nx.node_link_data(real, edges="links")
    assert nx.utils.graphs_equal(nx.Graph(view), real)
    assert nx.utils.graphs_equal(view.copy(), real)


@settings(max_examples=80, deadline=None)
@given(world=worlds(), data=st.data())
def test_those_who_are_gone_are_in_no_answer(world, data):
    graph, groups = world
    view = GraphView.over(graph, lambda i: {"place": i}, groups)
    assert len(view) == graph.n + 5
    gone = data.draw(st.sets(st.integers(0, graph.n - 1)))
    mask = np.isin(np.arange(graph.n), list(gone))
    source = np.repeat(np.arange(graph.n), graph.degree)
    kept = ~mask[source] & ~mask[graph.indices]
    indptr = np.concatenate([[0], np.cumsum(np.bincount(source[kept], minlength=graph.n))]).astype(np.int64)
    left = Graph(indptr, graph.indices[kept], graph.weights[kept], graph.layers[kept])
    view.renew(lambda: (left, mask))
    answers_alike(view, real_copy(graph, groups, gone))
    assert all(i + 1 not in view for i in gone)


KEYS = [1, True, False, 1.0, 1.5, np.int64(2), np.uint8(2), np.True_, Fraction(2), Decimal(1), 2 + 0j, 1 + 1j, "1", "a"]
KEYS += [b"1", None, -1, 0, 99, 2**70, float("nan"), float("inf"), (1,), frozenset({1}), np.float32(2)]


@pytest.mark.parametrize("key", KEYS, ids=repr)
def test_keys_are_found_as_a_dict_finds_them(key):
    graph = Graph.from_edges(3, np.array([0]), np.array([1]), np.array([1], np.uint8))
    groups = [(1, np.array([0, -1, 0], np.int32))]
    view, real = GraphView.over(graph, lambda i: {"place": i}, groups), real_copy(graph, groups)
    assert (key in view) == (key in real)
    assert (key in view.nodes) == (key in real.nodes)
    assert (key in view[1]) == (key in real[1])
    assert (key in view[4]) == (key in real[4])
    assert view.has_edge(1, key) == real.has_edge(1, key)
    assert view.has_edge(key, 1) == real.has_edge(key, 1)
    assert view.get_edge_data(1, key, default=3) == real.get_edge_data(1, key, default=3)
    assert view.has_node(key) == real.has_node(key)
    for look in (lambda g: g[key], lambda g: g.nodes[key], lambda g: g.edges[1, key], lambda g: g[1][key]):
        answers = []
        for g in (view, real):
            try:
                answers.append(dict(look(g)))
            except KeyError as error:
                answers.append(type(error))
        assert answers[0] == answers[1]


def test_an_unhashable_key_is_what_it_is_in_a_real_graph():
    graph = Graph.from_edges(2, np.array([0]), np.array([1]), np.array([1], np.uint8))
    view = GraphView.over(graph, lambda i: {})
    assert [1] not in view
    for look in (lambda: view[[1]], lambda: view.has_edge(1, [2]), lambda: view.nodes[{}]):
        with pytest.raises(TypeError):
            look()


def test_a_write_that_would_vanish_is_refused_and_says_what_helps():
    graph = Graph.from_edges(2, np.array([0]), np.array([1]), np.array([1], np.uint8))
    view = GraphView.over(graph, lambda i: {"place": i})
    node, edge = view.nodes[1], view.edges[1, 2]
    writes = [
        lambda: node.__setitem__("x", 1),
        lambda: view[1][2].__setitem__("weight", 9),
        lambda: edge.update(weight=9),
        lambda: edge.pop("weight"),
        lambda: edge.popitem(),
        lambda: edge.setdefault("x", 1),
        lambda: edge.clear(),
        lambda: edge.__delitem__("weight"),
        lambda: edge.__ior__({"x": 1}),
        lambda: nx.set_node_attributes(view, 1, "x"),
        lambda: nx.set_node_attributes(view, {1: {"x": 1}}),
        lambda: nx.set_edge_attributes(view, {(1, 2): 5}, "weight"),
        lambda: view.add_edge(1, 2),
        lambda: view.remove_node(1),
        lambda: view.clear(),
        lambda: view.update(edges=[(1, 2)]),
    ]
    for write in writes:
        with pytest.raises(nx.NetworkXError, match=r"Frozen graph can't be modified; to_networkx\(\)"):
            write()
    assert nx.is_frozen(view)
    assert edge == {"layers": "household", "weight": 4}
    real = view.to_networkx()
    real.edges[1, 2]["weight"] = 9
    nx.set_node_attributes(real, 1, "x")
    assert view.edges[1, 2]["weight"] == 4
    assert "x" not in view.nodes[1]


def test_attributes_are_dicts_and_their_copies_can_be_changed():
    graph = Graph.from_edges(2, np.array([0]), np.array([1]), np.array([1], np.uint8))
    edge = GraphView.over(graph, lambda i: {"place": i}).edges[1, 2]
    assert json.loads(json.dumps(edge)) == edge == {**edge}
    for other in (edge.copy(), dict(edge), copy.copy(edge), copy.deepcopy(edge), pickle.loads(pickle.dumps(edge))):
        assert type(other) is dict
        other["weight"] = 1
    assert edge["weight"] == 4


def test_counting_and_listing_touch_no_row(monkeypatch):
    monkeypatch.setattr(nxview, "_Row", None)  # making one would be an error
    monkeypatch.setattr(nxview, "_CHUNK", 7)
    n = 30
    u = np.arange(n, dtype=np.int64)
    graph = Graph.from_edges(n, u, (u + 1) % n, np.ones(n, np.uint8))
    view = GraphView.over(graph, lambda i: {}, [(3, (u % 3).astype(np.int32))])
    assert str(view) == "GraphView with 33 nodes and 60 edges"
    assert view.number_of_edges() == view.size() == 60
    assert view.size("weight") == 30 * 4 + 30
    assert sum(dict(view.degree).values()) == 120
    assert sum(d for _, d in view.degree(weight="weight")) == 2 * (30 * 4 + 30)
    assert nx.density(view) == 120 / (33 * 32)
    assert len(list(view.edges(data=True))) == len(set(view.edges)) == 60


@settings(max_examples=80, deadline=None)
@given(world=worlds(), data=st.data())
def test_the_view_answers_as_a_real_copy_does(world, data):
    graph, groups = world
    view = GraphView.over(graph, lambda i: {"place": i}, groups)
    copy = real_copy(graph, groups)
    assert nx.utils.graphs_equal(view.to_networkx(), copy)
    assert type(view.to_networkx()) is nx.Graph
    answers_alike(view, copy)
    assert list(view) == list(copy)
    assert dict(view.nodes(data=True)) == dict(copy.nodes(data=True))
    assert {frozenset(e) for e in view.edges} == {frozenset(e) for e in copy.edges}
    assert dict(view.degree()) == dict(copy.degree())
    assert view.number_of_edges() == copy.number_of_edges()
    assert view.size(weight="weight") == copy.size(weight="weight")
    assert nx.clustering(view) == nx.clustering(copy)
    node, other = data.draw(st.sampled_from(list(copy))), data.draw(st.sampled_from(list(copy)))
    assert set(view[node]) == set(copy[node])
    assert {k: dict(d) for k, d in view[node].items()} == {k: dict(d) for k, d in copy[node].items()}
    assert view.has_edge(node, other) == copy.has_edge(node, other)
    assert len(nx.bfs_tree(view, node)) == len(nx.bfs_tree(copy, node))
    assert nx.single_source_shortest_path_length(view, node) == nx.single_source_shortest_path_length(copy, node)
    assert set(nx.ego_graph(view, node)) == set(nx.ego_graph(copy, node))
    some = [i for i in copy if i % 2]
    assert nx.utils.graphs_equal(view.subgraph(some).copy(), copy.subgraph(some).copy())
    assert sorted(map(sorted, nx.connected_components(view))) == sorted(map(sorted, nx.connected_components(copy)))
    assert (0 in view) == (0 in copy)
    assert (len(copy) + 1 in view) is False


def test_a_view_without_arguments_is_an_ordinary_empty_graph():
    empty = GraphView()
    empty.add_edge(1, 2)
    assert list(empty.edges) == [(1, 2)]


def test_a_large_world_is_looked_at_at_once():
    n = 200_000
    u = np.arange(n, dtype=np.int64)
    graph = Graph.from_edges(n, u, (u + 1) % n, np.ones(n, np.uint8))
    view = GraphView.over(graph, lambda i: {"place": i}, [(1000, (u % 1000).astype(np.int32))])
    assert view.degree(1) == 3
    assert len(view) == n + 1000
    assert len(nx.ego_graph(view, 5)) == 4
    assert len(view[n + 1]) == 200
