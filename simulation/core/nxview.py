"""The ties as a `networkx.Graph` that holds nothing itself: a live, frozen view over the compressed rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import networkx as nx
import numpy as np

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
    """Rows by node; nodes are 1 to n: citizens, then organisations, then localities."""

    def __init__(self, graph: Graph, groups: list[Any]) -> None:
        """Take the ties and, for each kind of group, the member's group by citizen (-1 for none)."""
        self.graph = graph
        self._groups = groups
        self._sizes = [int(g.max()) + 1 if len(g) else 0 for g in groups]

    def tied(self, i: int) -> int:
        """Count the ties of a citizen."""
        return int(self.graph.indptr[i + 1] - self.graph.indptr[i]) if i < self.graph.n else 0

    def members(self, i: int) -> list[int]:
        """Return the groups of a citizen, or the members of a group, as places from 0."""
        n = self.graph.n
        if i < n:
            offset, out = n, []
            for size, group in zip(self._sizes, self._groups, strict=True):
                if group[i] >= 0:
                    out.append(offset + int(group[i]))
                offset += size
            return out
        offset = n
        for size, group in zip(self._sizes, self._groups, strict=True):
            if i < offset + size:
                return [int(j) for j in np.flatnonzero(group == i - offset)]
            offset += size
        raise KeyError(i + 1)

    def __len__(self) -> int:
        return self.graph.n + sum(self._sizes)

    def __iter__(self) -> Iterator[int]:
        return iter(range(1, len(self) + 1))

    def __contains__(self, key: object) -> bool:
        return isinstance(key, int | np.integer) and 1 <= int(key) <= len(self)

    def __getitem__(self, key: int) -> _Row:
        if key not in self:
            raise KeyError(key)
        return _Row(self, int(key) - 1)


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
    def over(cls, graph: Graph, attributes: Any, groups: list[Any] | None = None) -> GraphView:
        """Return the view; `attributes` gives a node's attributes by its place from 0."""
        view = cls()
        adjacency = _Adjacency(graph, groups or [])
        view._adj = adjacency
        view._node = _Nodes(adjacency, attributes)
        frozen: GraphView = nx.freeze(view)
        return frozen

    def to_networkx(self) -> nx.Graph:
        """Return a real copy that can be changed."""
        copy = nx.Graph()
        copy.add_nodes_from((i, dict(self._node[i])) for i in self)
        copy.add_edges_from((u, v, dict(d)) for u, v, d in self.edges(data=True))
        return copy
