"""The ties as a `networkx.Graph` that holds nothing itself: a live, frozen view over the compressed rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from simulation.core.graph import Graph, layer_string


class _Row(Mapping[int, dict[str, Any]]):
    """The neighbours of one node: {neighbour: {"layers": ..., "weight": ...}}."""

    __slots__ = ("_i", "_view")

    def __init__(self, view: _Adjacency, i: int) -> None:
        self._view, self._i = view, i

    def __len__(self) -> int:
        return self._view.tied(self._i) + len(self._view.members(self._i))

    def __iter__(self) -> Iterator[int]:
        g, i = self._view.graph, self._i
        if i < g.n:
            yield from (int(j) + 1 for j in g.neighbours(i))
        yield from (j + 1 for j in self._view.members(i))

    def __getitem__(self, key: int) -> dict[str, Any]:
        g, i, j = self._view.graph, self._i, key - 1
        if i < g.n and 0 <= j < g.n:
            around = g.neighbours(i)
            place = int(np.searchsorted(around, j))
            if place < len(around) and around[place] == j:
                e = int(g.indptr[i]) + place
                return {"layers": layer_string(int(g.layers[e])), "weight": int(g.weights[e])}
        elif j in self._view.members(i):
            return {"layers": "member"}
        raise KeyError(key)


class _Adjacency(Mapping[int, _Row]):
    """Rows by node; nodes are 1 to n: citizens, then organisations, then localities. `gone` marks who was removed."""

    def __init__(self, graph: Graph, groups: Sequence[tuple[int, NDArray[Any]]]) -> None:
        """Take the ties and, for each kind of group, how many there are and each citizen's (-1 for none)."""
        self.graph = graph
        self.gone: NDArray[np.bool_] | None = None
        self._groups = [_Group(size, of) for size, of in groups]

    def tied(self, i: int) -> int:
        """Count the ties of a citizen."""
        return int(self.graph.indptr[i + 1] - self.graph.indptr[i]) if i < self.graph.n else 0

    def members(self, i: int) -> list[int]:
        """Return the groups of a citizen, or the members of a group, as places from 0."""
        offset, out = self.graph.n, []
        for group in self._groups:
            if i < self.graph.n:
                out += [offset + int(group.of[i])] if group.of[i] >= 0 else []
            elif offset <= i < offset + group.size:
                return [int(j) for j in group.members(i - offset) if not self._is_gone(int(j))]
            offset += group.size
        return out

    def _is_gone(self, i: int) -> bool:
        return self.gone is not None and i < self.graph.n and bool(self.gone[i])

    def _all(self) -> int:
        return self.graph.n + sum(group.size for group in self._groups)

    def __len__(self) -> int:
        return self._all() - (0 if self.gone is None else int(self.gone.sum()))

    def __iter__(self) -> Iterator[int]:
        nodes = range(1, self._all() + 1)
        return iter(nodes) if self.gone is None else (i for i in nodes if not self._is_gone(i - 1))

    def __contains__(self, key: object) -> bool:
        if not isinstance(key, int | np.integer) or isinstance(key, bool):
            return False
        return 1 <= int(key) <= self._all() and not self._is_gone(int(key) - 1)

    def __getitem__(self, key: int) -> _Row:
        if key not in self:
            raise KeyError(key)
        return _Row(self, int(key) - 1)


class _Group:
    """One kind of group: how many, whose, and, once asked, who is in each."""

    def __init__(self, size: int, of: NDArray[Any]) -> None:
        self.size, self.of = size, of
        self._order: NDArray[np.int64] | None = None
        self._first: NDArray[np.int64] | None = None

    def members(self, i: int) -> NDArray[np.int64]:
        if self._order is None or self._first is None:
            self._order = np.argsort(self.of, kind="stable")
            self._first = np.searchsorted(self.of[self._order], np.arange(self.size + 1))
        return self._order[self._first[i] : self._first[i + 1]]


class _Nodes(Mapping[int, dict[str, Any]]):
    """Attributes of each node, read from the columns when asked."""

    def __init__(self, adjacency: _Adjacency, attributes: Any) -> None:
        self._adjacency, self._attributes = adjacency, attributes

    def __len__(self) -> int:
        return len(self._adjacency)

    def __iter__(self) -> Iterator[int]:
        return iter(self._adjacency)

    def __contains__(self, key: object) -> bool:
        return key in self._adjacency

    def __getitem__(self, key: int) -> dict[str, Any]:
        if key not in self._adjacency:
            raise KeyError(key)
        found: dict[str, Any] = self._attributes(int(key) - 1)
        return found


class GraphView(nx.Graph):
    """A frozen graph over the world's ties. Without arguments it is an ordinary, empty, mutable graph."""

    @classmethod
    def over(cls, graph: Graph, attributes: Any, groups: Sequence[tuple[int, NDArray[Any]]] = ()) -> GraphView:
        """Return the view; `attributes` gives a node's attributes by its place from 0."""
        view = cls()
        adjacency = _Adjacency(graph, groups)
        view._adj = adjacency
        view._node = _Nodes(adjacency, attributes)
        frozen: GraphView = nx.freeze(view)
        return frozen

    def renew(self, graph: Graph, gone: NDArray[np.bool_]) -> None:
        """Show other ties between the same nodes, less those that are gone."""
        self._adj.graph, self._adj.gone = graph, gone

    def to_networkx(self) -> nx.Graph:
        """Return a real copy that can be changed."""
        copy = nx.Graph()
        copy.add_nodes_from((i, dict(self._node[i])) for i in self)
        copy.add_edges_from((u, v, dict(d)) for u, v, d in self.edges(data=True))
        return copy
