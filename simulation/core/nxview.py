"""The ties as a `networkx.Graph` that holds nothing itself: a live, frozen view over the compressed rows."""

from __future__ import annotations

from collections.abc import Callable, ItemsView, Iterator, Mapping, Sequence, ValuesView
from functools import cache, cached_property, partial
from itertools import chain
from typing import Any, NoReturn

import networkx as nx
import numpy as np
from networkx.classes import function as nx_function
from networkx.classes.reportviews import DegreeView, EdgeDataView, EdgeView
from numpy.typing import NDArray

from simulation.core.graph import Graph, layer_string

_CHUNK = 8192
"""Nodes whose edges are listed at a time."""
_MEMBER = 0
"""Code of a membership; a tie's is its layers and its weight, which is above 0."""
Gone = NDArray[np.bool_] | None


def _refuse(*_: Any, **__: Any) -> NoReturn:
    raise nx.NetworkXError("Frozen graph can't be modified; to_networkx() of it gives a copy that can")


class _ReadOnly(dict[str, Any]):
    """Attributes of a node or an edge: a dict for whoever reads it, refused to whoever writes it. Copies are dicts."""

    __setitem__ = __delitem__ = __ior__ = _refuse
    update = setdefault = pop = popitem = clear = _refuse

    def __reduce__(self) -> tuple[type[dict[str, Any]], tuple[dict[str, Any]]]:
        return dict, (dict(self),)


class _Node(_ReadOnly):
    """Attributes of a node. `["agent"]` is its agent, made when asked for; it is not listed: files hold data alone."""

    def __init__(self, attributes: dict[str, Any], agent: Callable[[], Any] | None) -> None:
        super().__init__(attributes)
        self._agent = agent

    def __missing__(self, key: str) -> Any:
        if key != "agent" or self._agent is None:
            raise KeyError(key)
        return self._agent()

    def __contains__(self, key: object) -> bool:
        return super().__contains__(key) or (key == "agent" and self._agent is not None)

    def get(self, key: str, default: Any = None) -> Any:
        return self._agent() if key == "agent" and self._agent is not None else super().get(key, default)


@cache
def _edge(code: int) -> _ReadOnly:
    """Return the attributes of an edge, one object for all of their kind: nobody can change them."""
    if code == _MEMBER:
        return _ReadOnly(layers="member")
    return _ReadOnly(layers=layer_string(code >> 8), weight=code & 255)


def _whole(key: object) -> int:
    """Return the whole number that a key equals, as a dict would find it: 1, 1.0 and True are one key; -1 for none."""
    if type(key) is int:
        return key
    hash(key)  # an unhashable key is a TypeError here as in a dict
    number: Any = key.real if isinstance(key, complex) and key.imag == 0 else key
    if isinstance(number, str | bytes):
        return -1
    try:
        whole = int(number)
    except (TypeError, ValueError, OverflowError):
        return -1
    return whole if whole == number else -1


class _Row(Mapping[int, _ReadOnly]):
    """The neighbours of one node: {neighbour: {"layers": ..., "weight": ...}}."""

    __slots__ = ("_i", "_view")

    def __init__(self, view: _Adjacency, i: int) -> None:
        self._view, self._i = view, i

    def __len__(self) -> int:
        return self._view.degree_of(self._i)

    def __iter__(self) -> Iterator[int]:
        return iter(self._view.around(self._i)[0])

    def __contains__(self, key: object) -> bool:
        return self._view.code(self._i, _whole(key) - 1) is not None

    def __getitem__(self, key: int) -> _ReadOnly:
        code = self._view.code(self._i, _whole(key) - 1)
        if code is None:
            raise KeyError(key)
        return _edge(code)

    def copy(self) -> dict[int, _ReadOnly]:
        """Return the row as a dict, as the row of a real graph does."""
        names, codes = self._view.around(self._i)
        return dict(zip(names, map(_edge, codes), strict=True))

    def items(self) -> ItemsView[int, _ReadOnly]:
        return self.copy().items()

    def values(self) -> ValuesView[_ReadOnly]:
        return self.copy().values()

    def __repr__(self) -> str:
        return repr(self.copy())


class _Group:
    """One kind of group: how many, each citizen's (-1 for none), and, once asked, who is in each."""

    def __init__(self, size: int, of: NDArray[Any]) -> None:
        self.size, self._all = size, of
        self.renew(None)

    def renew(self, gone: Gone) -> None:
        self.of = self._all if gone is None else np.where(gone, -1, self._all)
        self._order: NDArray[np.int64] | None = None

    def members(self, i: int) -> NDArray[np.int64]:
        if self._order is None:
            self._order = np.argsort(self.of, kind="stable")
            self._first = np.searchsorted(self.of[self._order], np.arange(self.size + 1))
        return self._order[self._first[i] : self._first[i + 1]]

    def counts(self) -> NDArray[np.int64]:
        return np.bincount(self.of[self.of >= 0], minlength=self.size)


class _Adjacency(Mapping[int, _Row]):
    """Rows by node; nodes are 1 to n: citizens, then organisations, then localities. `gone` marks who was removed."""

    def __init__(self, graph: Graph, groups: Sequence[tuple[int, NDArray[Any]]]) -> None:
        """Take the ties and, for each kind of group, how many there are and each citizen's (-1 for none)."""
        self._graph, self._gone, self._n_gone = graph, np.zeros(0, np.bool_), 0
        self.later: Callable[[], tuple[Graph, NDArray[np.bool_]]] | None = None
        self._groups = [_Group(size, of) for size, of in groups]
        self._all = graph.n + sum(size for size, _ in groups)

    @property
    def graph(self) -> Graph:
        """The ties as they are now."""
        self._catch_up()
        return self._graph

    def _catch_up(self) -> None:
        if self.later is None:
            return
        later, self.later = self.later, None
        self._graph, self._gone = later()
        self._n_gone = int(self._gone.sum())
        for group in self._groups:
            group.renew(self._gone)

    def _offsets(self) -> Iterator[tuple[int, _Group]]:
        offset = self.graph.n
        for group in self._groups:
            yield offset, group
            offset += group.size

    def code(self, i: int, j: int) -> int | None:
        """Return the code of the edge between two places, None where there is none."""
        g = self.graph
        if i > j:
            i, j = j, i
        if i < 0 or i == j or i >= g.n:
            return None
        if j < g.n:
            start = int(g.indptr[i])
            around = g.indices[start : g.indptr[i + 1]]
            place = int(np.searchsorted(around, j))
            if place == len(around) or around[place] != j:
                return None
            return int(g.layers[start + place]) << 8 | int(g.weights[start + place])
        return _MEMBER if any(0 <= int(group.of[i]) == j - offset for offset, group in self._offsets()) else None

    def around(self, i: int) -> tuple[list[int], list[int]]:
        """Return the neighbours of a place, as nodes, and the codes of the edges to them."""
        g = self.graph
        if i >= g.n:
            members = next(group.members(i - o) for o, group in self._offsets() if o <= i < o + group.size)
            return (members + 1).tolist(), [_MEMBER] * len(members)
        here = slice(g.indptr[i], g.indptr[i + 1])
        names = (g.indices[here].astype(np.int64) + 1).tolist()
        codes = (g.layers[here].astype(np.int64) << 8 | g.weights[here]).tolist()
        groups = [offset + int(group.of[i]) + 1 for offset, group in self._offsets() if group.of[i] >= 0]
        return names + groups, codes + [_MEMBER] * len(groups)

    def degree_of(self, i: int) -> int:
        """Count the edges of a place."""
        g = self.graph
        if i >= g.n:
            return len(next(group.members(i - o) for o, group in self._offsets() if o <= i < o + group.size))
        return int(g.indptr[i + 1] - g.indptr[i]) + sum(int(group.of[i] >= 0) for group in self._groups)

    def degrees(self, weighted: bool = False) -> Iterator[tuple[int, int]]:
        """Pair each node with the number of its edges, or the sum of their weights, a membership counting 1."""
        g = self.graph
        ties = g.degree
        if weighted:
            running = np.concatenate([[0], np.cumsum(g.weights, dtype=np.int64)])
            ties = running[g.indptr[1:]] - running[g.indptr[:-1]]
        memberships = np.zeros(g.n, np.int64)
        for group in self._groups:
            memberships += group.of >= 0
        found = np.concatenate([ties + memberships, *(group.counts() for group in self._groups)])
        if self._n_gone:
            found = np.concatenate([found[: g.n][~self._gone], found[g.n :]])
        return zip(self, found.tolist(), strict=True)

    def n_edges(self, weighted: bool = False) -> int:
        """Count the edges, or sum their weights."""
        g = self.graph
        ties = int(g.weights.sum(dtype=np.int64)) // 2 if weighted else g.n_ties
        return ties + sum(int((group.of >= 0).sum()) for group in self._groups)

    def edges(self, report: Callable[[int, int, Any], Any]) -> Iterator[Any]:
        """Report each edge once, in the order of a real graph with the same rows."""
        for first in range(0, self.graph.n, _CHUNK):
            for u, v, code in zip(*self._edges_of(first, min(first + _CHUNK, self.graph.n)), strict=True):
                yield report(u, v, _edge(code))

    def _edges_of(self, first: int, last: int) -> tuple[list[int], list[int], list[int]]:
        """List ends, other ends and codes of the edges from some citizens to later nodes."""
        g = self.graph
        here = slice(g.indptr[first], g.indptr[last])
        source = np.repeat(np.arange(first, last), np.diff(g.indptr[first : last + 1]))
        target = g.indices[here].astype(np.int64)
        once = target > source
        codes = (g.layers[here].astype(np.int64) << 8 | g.weights[here])[once]
        sources, targets = [source[once]], [target[once]]
        for offset, group in self._offsets():
            place = group.of[first:last]
            sources.append(first + np.flatnonzero(place >= 0))
            targets.append(offset + place[place >= 0].astype(np.int64))
        source = np.concatenate(sources)
        codes = np.concatenate([codes, np.full(len(source) - len(codes), _MEMBER)])
        order = np.argsort(source, kind="stable")
        return (source[order] + 1).tolist(), (np.concatenate(targets)[order] + 1).tolist(), codes[order].tolist()

    def __len__(self) -> int:
        self._catch_up()
        return self._all - self._n_gone

    def __iter__(self) -> Iterator[int]:
        n = self.graph.n
        if not self._n_gone:
            return iter(range(1, self._all + 1))
        return chain((np.flatnonzero(~self._gone) + 1).tolist(), range(n + 1, self._all + 1))

    def __contains__(self, key: object) -> bool:
        place, n = _whole(key) - 1, self.graph.n
        return 0 <= place < self._all and not (self._n_gone and place < n and bool(self._gone[place]))

    def __getitem__(self, key: int) -> _Row:
        if key not in self:
            raise KeyError(key)
        return _Row(self, _whole(key) - 1)

    def __repr__(self) -> str:
        return f"<rows of {len(self):,} nodes>"


class _Nodes(Mapping[int, _ReadOnly]):
    """Attributes of each node, read from the columns when asked."""

    def __init__(self, adjacency: _Adjacency, attributes: Any, agent: Any) -> None:
        self._adjacency, self._attributes, self._agent = adjacency, attributes, agent

    def __len__(self) -> int:
        return len(self._adjacency)

    def __iter__(self) -> Iterator[int]:
        return iter(self._adjacency)

    def __contains__(self, key: object) -> bool:
        return key in self._adjacency

    def __getitem__(self, key: int) -> _ReadOnly:
        if key not in self._adjacency:
            raise KeyError(key)
        place = _whole(key) - 1
        return _Node(self._attributes(place), None if self._agent is None else partial(self._agent, place))


class _Degrees(DegreeView):
    """Degrees of all nodes from the row pointers; of some nodes, or by another weight, as networkx counts them."""

    def __iter__(self) -> Iterator[tuple[int, int]]:
        if self._nodes is self._succ and self._weight in (None, "weight"):
            return self._succ.degrees(self._weight is not None)  # type: ignore[no-any-return]
        return super().__iter__()  # type: ignore[no-any-return]


class _EdgeData(EdgeDataView):
    """Edges with their data, listed from the compressed rows."""

    def __iter__(self) -> Iterator[Any]:
        found: Iterator[Any] = self._adjdict.edges(self._report) if self._nbunch is None else super().__iter__()
        return found

    def __len__(self) -> int:
        return int(self._adjdict.n_edges() if self._nbunch is None else super().__len__())


class _Edges(EdgeView):
    """Edges, counted and listed from the compressed rows."""

    dataview = _EdgeData

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return self._adjdict.edges(lambda u, v, _: (u, v))  # type: ignore[no-any-return]

    def __len__(self) -> int:
        return int(self._adjdict.n_edges())


class GraphView(nx.Graph):
    """A frozen graph over the world's ties. Without arguments it is an ordinary, empty, mutable graph."""

    @classmethod
    def over(
        cls, graph: Graph, attributes: Any, groups: Sequence[tuple[int, NDArray[Any]]] = (), agent: Any = None
    ) -> GraphView:
        """Return the view; `attributes` and `agent` give a node's attributes and its agent by its place from 0."""
        view = cls()
        adjacency = _Adjacency(graph, groups)
        view._adj = adjacency
        view._node = _Nodes(adjacency, attributes, agent)
        nx.freeze(view)
        for name, value in list(vars(view).items()):
            if value is nx_function.frozen:
                setattr(view, name, _refuse)
        return view

    @property
    def _live(self) -> bool:
        """Tell whether this looks at the world: copies and subgraphs are of this class too."""
        return isinstance(self._adj, _Adjacency)

    @cached_property
    def edges(self) -> Any:
        """The edges, as in networkx."""
        return _Edges(self) if self._live else EdgeView(self)

    @cached_property
    def degree(self) -> Any:
        """The degrees, as in networkx."""
        return _Degrees(self) if self._live else DegreeView(self)

    def number_of_edges(self, u: Any = None, v: Any = None) -> int:
        """Count all edges, or those between two nodes."""
        if u is None and self._live:
            return int(self._adj.n_edges())
        return int(super().number_of_edges(u, v))

    def size(self, weight: str | None = None) -> float:
        """Count the edges, or sum an attribute of theirs."""
        if weight in (None, "weight") and self._live:
            total = self._adj.n_edges(weight is not None)
            return int(total) if weight is None else float(total)
        return super().size(weight)  # type: ignore[no-any-return]

    def renew(self, later: Callable[[], tuple[Graph, NDArray[np.bool_]]]) -> None:
        """Show other ties between the same nodes, less those that are gone, asked for when next looked at."""
        self._adj.later = later

    def to_networkx(self) -> nx.Graph:
        """Return a real copy that can be changed."""
        copy = nx.Graph()
        copy.add_nodes_from((i, dict(self._node[i])) for i in self)
        copy.add_edges_from((u, v, dict(d)) for u, v, d in self.edges(data=True))
        return copy

    def __repr__(self) -> str:
        """Say how large it is."""
        return f"<{self}>"
