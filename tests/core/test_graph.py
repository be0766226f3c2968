"""Compressed rows: what goes in comes out, and what cannot be is refused."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation.core.errors import InputError
from simulation.core.graph import Graph, layer_string

WEIGHT = {1: 4, 2: 2, 4: 2, 8: 1}


@st.composite
def ties(draw):
    n = draw(st.integers(2, 12))
    pair = st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)).filter(lambda p: p[0] != p[1])
    return n, draw(st.lists(st.tuples(pair, st.sampled_from([1, 2, 4, 8])), max_size=40))


@settings(max_examples=100, deadline=None)
@given(ties())
def test_rows_hold_each_pair_once_a_side_with_its_layers_and_their_sum(case):
    n, drawn = case
    known: dict[frozenset[int], int] = {}
    for (u, v), mask in drawn:
        known[frozenset((u, v))] = known.get(frozenset((u, v)), 0) | mask
    ends = np.array([p for p, _ in drawn], dtype=np.int64).reshape(-1, 2)
    graph = Graph.from_edges(n, ends[:, 0], ends[:, 1], np.array([m for _, m in drawn], np.uint8))
    graph.validate()
    assert graph.n_ties == len(known)
    for i in range(n):
        row = slice(graph.indptr[i], graph.indptr[i + 1])
        for j, mask, weight in zip(graph.indices[row], graph.layers[row], graph.weights[row], strict=True):
            assert known[frozenset((i, int(j)))] == mask
            assert weight == sum(w for m, w in WEIGHT.items() if mask & m)


def test_given_weights_are_kept_and_the_stronger_of_a_double_stands():
    u, v = np.array([0, 1, 0]), np.array([1, 0, 2])
    graph = Graph.from_edges(3, u, v, np.array([1, 2, 8], np.uint8), np.array([7, 200, 3], np.uint8))
    assert graph.weights.tolist() == [200, 3, 200, 3]
    assert layer_string(int(graph.layers[0])) == "household+work"


@pytest.mark.parametrize(("u", "v", "said"), [(1, 1, "tied to itself"), (0, 5, "between 0 and 2"), (-1, 0, "between")])
def test_ties_that_cannot_be_are_refused(u, v, said):
    with pytest.raises(InputError, match=said):
        Graph.from_edges(3, np.array([u]), np.array([v]), np.array([1], np.uint8))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"indices": np.array([1, 1], np.uint32)}, "tied to itself"),
        ({"indices": np.array([9, 0], np.uint32)}, "does not exist"),
        ({"indptr": np.array([0, 3, 2])}, "row pointers"),
        ({"weights": np.array([0, 1], np.uint8)}, "between 1 and 255"),
    ],
)
def test_validation_names_what_is_broken(change, said):
    good = Graph.from_edges(2, np.array([0]), np.array([1]), np.array([1], np.uint8))
    good.validate()
    with pytest.raises(InputError, match=said):
        Graph(**{**vars(good), **change}).validate()


def test_the_complete_graph_is_complete():
    graph = Graph.complete(6)
    back = nx.Graph([(i, int(j)) for i in range(6) for j in graph.neighbours(i)])
    assert nx.is_isomorphic(back, nx.complete_graph(6))


def test_more_nodes_than_a_word_can_name_are_refused():
    with pytest.raises(InputError, match="at most 67,108,864"):
        Graph.from_edges(2**26 + 1, np.array([0]), np.array([2**26]), np.array([1], np.uint8))
