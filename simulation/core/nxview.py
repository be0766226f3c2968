"""The social graph as a `networkx.Graph`: Mapping views over the compressed rows, so nothing is copied.

`GraphView(ties, blocks)` answers everything that NetworkX asks of a graph: its `_adj` and `_node` are mappings that
read the arrays. It is frozen; `to_networkx()` gives an ordinary graph that may be changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NoReturn

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from simulation.core.errors import InputError
from simulation.core.graph import LAYER_NAMES, WIDE, Graph, layer_string

MEMBER = "member"
"""What `layers` says on the edge between a citizen and an organisation or locality."""
HEAVIEST = 255
_FROZEN = "this graph is a frozen view of the model's arrays; change a copy: graph.to_networkx()"


@dataclass(frozen=True)
class NodeBlock:
    """Nodes of one kind that follow one another: `read[name](row)` gives an attribute, None where there is none."""

    kind: str
    n: int
    read: Mapping[str, Callable[[int], Any]]


@dataclass(frozen=True, eq=False)
class Membership:
    """Node `first + row` of one block belongs to node `group_first + group[row]` of another; below 0 to none.

    `first` and `group_first` are positions from 0, not keys.
    """

    first: int
    group: NDArray[np.int32]
    group_first: int
    n_groups: int

    @cached_property
    def members(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Members sorted by group, and where each group begins; made when first asked for."""
        order = np.argsort(self.group, kind="stable").astype(np.int64)
        return order, np.searchsorted(self.group[order], np.arange(self.n_groups + 1))


class GraphView(nx.Graph):
    """A frozen `networkx.Graph` over arrays. Keys count from 1, block after block.

    Edges carry `layers` ("household+work", or "member") and, between citizens, the integer `weight`. Called without a
    compressed graph it makes an ordinary `networkx.Graph`, as NetworkX's own copies and subgraphs expect.
    """

    frozen = True

    def __new__(cls, ties: Any = None, *args: Any, **kwargs: Any) -> Any:
        """Return a view of `ties`, or an ordinary graph of whatever else is given."""
        if isinstance(ties, Graph):
            return object.__new__(cls)
        return nx.Graph(ties, *args, **kwargs)

    def __init__(self, ties: Graph, blocks: Sequence[NodeBlock] = (), memberships: Sequence[Membership] = ()) -> None:
        """Look at `ties` among the first block's nodes; further blocks are tied by membership only.

        Raises InputError where the first block has not as many nodes as `ties`.
        """
        super().__init__()
        blocks = tuple(blocks) or (NodeBlock("citizen", ties.n, {}),)
        if blocks[0].n != ties.n:
            raise InputError(f"graph: {blocks[0].n} nodes, but ties among {ties.n}")
        self._ties, self._memberships = ties, tuple(memberships)
        self._node = Nodes(blocks)
        self._adj = Rows(ties, len(self._node), self._memberships)

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle and copy deeply as the ordinary graph that it shows: the readers belong to a living model."""
        return (_plain, (dict(self.graph), _plain_nodes(self), list(self.edges(data=True))))

    def size(self, weight: str | None = None) -> int:
        """Count the edges, or sum their weights; without walking over them."""
        if weight is None:
            return self._ties.n_ties + sum(int((m.group >= 0).sum()) for m in self._memberships)
        if weight == "weight":
            joined = sum(int((m.group >= 0).sum()) for m in self._memberships)
            return int(self._ties.weights.sum(dtype=np.int64)) // 2 + joined
        total: int = super().size(weight)
        return total

    def to_networkx(self) -> Any:
        """Return an ordinary `networkx.Graph` with everything copied: 1 million nodes take 10 s and 2.5 GB."""
        return _plain(dict(self.graph), _plain_nodes(self), self.edges(data=True))

    def __repr__(self) -> str:
        """Name the kinds and counts."""
        kinds = ", ".join(f"{b.n:,} {b.kind}" for b in self._node.blocks)
        return f"<GraphView: {kinds}; {self.size():,} edges; frozen>"

    def _refuse(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse a change; raises networkx.NetworkXError."""
        raise nx.NetworkXError(_FROZEN)

    add_node = add_nodes_from = remove_node = remove_nodes_from = _refuse
    add_edge = add_edges_from = add_weighted_edges_from = remove_edge = remove_edges_from = _refuse
    clear = clear_edges = update = _refuse


class Rows(Mapping[int, "Row"]):
    """Neighbours by node: what NetworkX calls `_adj`."""

    def __init__(self, ties: Graph, n_nodes: int, memberships: tuple[Membership, ...]) -> None:
        """Look at the arrays."""
        self.ties, self.n_nodes, self.memberships = ties, n_nodes, memberships

    def __len__(self) -> int:
        """Count the nodes."""
        return self.n_nodes

    def __iter__(self) -> Iterator[int]:
        """Iterate over the keys."""
        return iter(range(1, self.n_nodes + 1))

    def __contains__(self, key: object) -> bool:
        """Tell whether the key is a node."""
        return _position(key, self.n_nodes) is not None

    def __getitem__(self, key: int) -> Row:
        """Return the neighbours of a node."""
        position = _position(key, self.n_nodes)
        if position is None:
            raise KeyError(key)
        return Row(self, position)

    def member_edges(self, position: int) -> list[int]:
        """Return the positions tied to this one by membership."""
        out: list[int] = []
        for m in self.memberships:
            if m.first <= position < m.first + len(m.group):
                group = int(m.group[position - m.first])
                if group >= 0:
                    out.append(m.group_first + group)
            if m.group_first <= position < m.group_first + m.n_groups:
                order, start = m.members
                g = position - m.group_first
                out += (order[start[g] : start[g + 1]] + m.first).tolist()
        return out


class Row(Mapping[int, "EdgeData"]):
    """One node's neighbours with the data of each edge."""

    __slots__ = ("_high", "_low", "_members", "_rows")

    def __init__(self, rows: Rows, position: int) -> None:
        """Look at one row of the arrays."""
        ties, self._rows = rows.ties, rows
        social = position < ties.n
        self._low = int(ties.indptr[position]) if social else 0
        self._high = int(ties.indptr[position + 1]) if social else 0
        self._members = [p + 1 for p in rows.member_edges(position)] if rows.memberships else []

    def __len__(self) -> int:
        """Count the neighbours."""
        return self._high - self._low + len(self._members)

    def __iter__(self) -> Iterator[int]:
        """Iterate over the neighbours' keys: social ties in rising order, then memberships."""
        social: list[int] = (self._rows.ties.indices[self._low : self._high].astype(np.int64) + 1).tolist()
        return iter(social + self._members)

    def __contains__(self, key: object) -> bool:
        """Tell whether there is an edge."""
        return self._place(key) >= 0 or key in self._members

    def __getitem__(self, key: int) -> EdgeData:
        """Return the data of an edge."""
        place = self._place(key)
        if place >= 0:
            return _edge(int(self._rows.ties.layers[place]), int(self._rows.ties.weights[place]))
        if key in self._members:
            return _MEMBER_EDGE
        raise KeyError(key)

    def items(self) -> Any:
        """Return (neighbour, data) pairs."""
        return list(zip(self, self.values(), strict=True))

    def values(self) -> Any:
        """Return the data of each edge."""
        layers = self._rows.ties.layers[self._low : self._high].tolist()
        weights = self._rows.ties.weights[self._low : self._high].tolist()
        social = [_edge(a, w) for a, w in zip(layers, weights, strict=True)]
        return social + [_MEMBER_EDGE] * len(self._members)

    def copy(self) -> dict[int, EdgeData]:
        """Return an ordinary dict."""
        return dict(self.items())

    def _place(self, key: object) -> int:
        position = _position(key, self._rows.ties.n)
        if position is None:
            return -1
        row = self._rows.ties.indices[self._low : self._high]
        place = int(np.searchsorted(row, np.uint32(position)))
        return self._low + place if place < len(row) and int(row[place]) == position else -1


class Nodes(Mapping[int, "NodeData"]):
    """Attributes by node: what NetworkX calls `_node`."""

    def __init__(self, blocks: tuple[NodeBlock, ...]) -> None:
        """Lay the blocks end to end."""
        self.blocks = blocks
        self._ends = np.cumsum([b.n for b in blocks]).tolist()

    def __len__(self) -> int:
        """Count the nodes."""
        return int(self._ends[-1])

    def __iter__(self) -> Iterator[int]:
        """Iterate over the keys."""
        return iter(range(1, len(self) + 1))

    def __contains__(self, key: object) -> bool:
        """Tell whether the key is a node."""
        return _position(key, len(self)) is not None

    def __getitem__(self, key: int) -> NodeData:
        """Return a node's attributes, as they are now."""
        position = _position(key, len(self))
        if position is None:
            raise KeyError(key)
        begin = 0
        for block, end in zip(self.blocks, self._ends, strict=True):
            if position < end:
                return NodeData(block, position - begin)
            begin = end
        raise KeyError(key)


class NodeData(Mapping[str, Any]):
    """One node's attributes, read when asked for; `type` names its kind."""

    __slots__ = ("_block", "_row")

    def __init__(self, block: NodeBlock, row: int) -> None:
        """Look at one row of a block."""
        self._block, self._row = block, row

    def __getitem__(self, name: str) -> Any:
        """Return one attribute; a node without it raises KeyError."""
        if name == "type":
            return self._block.kind
        value = self._block.read[name](self._row)
        if value is None:
            raise KeyError(name)
        return value

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names of the attributes that the node has."""
        yield "type"
        for name, read in self._block.read.items():
            if read(self._row) is not None:
                yield name

    def __len__(self) -> int:
        """Count the attributes that the node has."""
        return sum(1 for _ in self)

    def __setitem__(self, name: str, value: Any) -> NoReturn:
        """Refuse a change; raises networkx.NetworkXError."""
        raise nx.NetworkXError(_FROZEN)

    def update(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse a change; raises networkx.NetworkXError."""
        raise nx.NetworkXError(_FROZEN)

    def copy(self) -> dict[str, Any]:
        """Return the attributes of this moment as a dict."""
        return dict(self)

    def __copy__(self) -> dict[str, Any]:
        return dict(self)

    def __deepcopy__(self, memo: dict[int, Any]) -> dict[str, Any]:
        return dict(self)

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle as the attributes of this moment."""
        return (dict, (dict(self),))

    def __repr__(self) -> str:
        return repr(dict(self))


class EdgeData(dict[str, Any]):
    """The data of an edge, shared by all edges alike; it refuses changes, its copies do not."""

    def _refuse(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse a change; raises networkx.NetworkXError."""
        raise nx.NetworkXError(_FROZEN)

    __setitem__ = __delitem__ = _refuse
    update = setdefault = pop = popitem = clear = _refuse  # type: ignore[assignment]

    def __copy__(self) -> dict[str, Any]:
        return dict(self)

    def __deepcopy__(self, memo: dict[int, Any]) -> dict[str, Any]:
        return dict(self)

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle as an ordinary dict."""
        return (dict, (dict(self),))


_MEMBER_EDGE = EdgeData(layers=MEMBER)
_EDGES: dict[int, EdgeData] = {}


def from_networkx(graph: Any, order: Sequence[Any] | None = None) -> tuple[Graph, dict[Any, int], bool]:
    """Take in a user's undirected `networkx.Graph`: its ties as rows, the row of each node, whether weights moved.

    `order` names the nodes row by row (the graph's own order without it). `weight` (1 where there is none) is rounded
    to a whole number from 1 to 255; `layers` names layers joined by "+", "wide" without it. Self-loops are refused.
    """
    if graph.is_directed() or graph.is_multigraph():
        raise InputError("graph: only undirected graphs without parallel edges are taken in; try networkx.Graph(graph)")
    row = {node: i for i, node in enumerate(graph.nodes if order is None else order)}
    missing = next((node for node in graph.nodes if node not in row), None)
    if missing is not None:
        raise InputError(f"graph: node {missing!r} is no citizen of this world")
    m = graph.number_of_edges()
    edges = [(row[u], row[v], _mask(d.get("layers")), float(d.get("weight", 1))) for u, v, d in graph.edges(data=True)]
    table = np.array(edges, dtype=np.float64).reshape(m, 4)
    if not np.all(np.isfinite(table[:, 3])) or np.any(table[:, 3] <= 0):
        raise InputError("graph: the weight of a tie is a number above 0")
    weights = np.clip(np.rint(table[:, 3]), 1, HEAVIEST)
    ends = table[:, :2].astype(np.int64)
    layers = table[:, 2].astype(np.uint8)
    made = Graph.from_edges(len(row), ends[:, 0], ends[:, 1], layers, weights.astype(np.uint8))
    return made, row, bool(np.any(weights != table[:, 3]))


def _mask(layers: Any) -> int:
    if layers is None:
        return WIDE
    names = str(layers).split("+")
    unknown = next((name for name in names if name not in LAYER_NAMES), None)
    if unknown is not None:
        raise InputError(f'graph: there is no layer "{unknown}"; there are {", ".join(LAYER_NAMES)}')
    return sum(1 << LAYER_NAMES.index(name) for name in set(names))


def _edge(mask: int, weight: int) -> EdgeData:
    code = mask << 8 | weight
    found = _EDGES.get(code)
    if found is None:
        found = _EDGES[code] = EdgeData(layers=layer_string(mask), weight=weight)
    return found


def _position(key: object, n: int) -> int | None:
    """Return the place of a key that counts from 1; None where it is no node. 2.0 is 2, as in a dict."""
    if not isinstance(key, int | np.integer | float | np.floating) or not 1 <= key <= n or key != int(key):
        return None
    return int(key) - 1


def _plain_nodes(graph: GraphView) -> list[tuple[int, dict[str, Any]]]:
    return [(key, dict(data)) for key, data in graph._node.items()]


def _plain(attributes: dict[str, Any], nodes: Any, edges: Any) -> Any:
    out = nx.Graph(**attributes)
    out.add_nodes_from(nodes)
    out.add_edges_from(edges)
    return out
