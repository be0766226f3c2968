import networkx as nx
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

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


@settings(max_examples=80, deadline=None)
@given(world=worlds(), data=st.data())
def test_the_view_answers_as_a_real_copy_does(world, data):
    graph, groups = world
    view = GraphView.over(graph, lambda i: {"place": i}, groups)
    copy = view.to_networkx()
    assert type(copy) is nx.Graph
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
