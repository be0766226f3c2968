"""The social graph as compressed rows: who is tied to whom, in which layers, how strongly."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulation.core.errors import InputError

HOUSEHOLD, WORK, NEIGHBOURHOOD, WIDE = 1, 2, 4, 8
LAYER_NAMES = ("household", "work", "neighbourhood", "wide")
LAYER_WEIGHTS = (4, 2, 2, 1)
"""Strength of a tie by layer; a pair tied in several layers has their sum."""
_WEIGHT_OF_MASK = np.array(
    [sum(w for i, w in enumerate(LAYER_WEIGHTS) if m >> i & 1) for m in range(16)], dtype=np.uint8
)


@dataclass(frozen=True, eq=False)
class Graph:
    """Symmetric ties in CSR form: the neighbours of i are indices[indptr[i]:indptr[i+1]], in rising order.

    `weights` are integers from 1 to 255, `layers` bit masks of LAYER_NAMES. Each tie stands twice, once a side.
    """

    indptr: NDArray[np.int64]
    indices: NDArray[np.uint32]
    weights: NDArray[np.uint8]
    layers: NDArray[np.uint8]

    @property
    def n(self) -> int:
        """Number of nodes."""
        return len(self.indptr) - 1

    @property
    def n_ties(self) -> int:
        """Number of ties, each counted once."""
        return len(self.indices) // 2

    @property
    def degree(self) -> NDArray[np.int64]:
        """Number of neighbours of each node."""
        return np.diff(self.indptr)

    def neighbours(self, i: int) -> NDArray[np.uint32]:
        """Return the neighbours of node i, in rising order."""
        return self.indices[self.indptr[i] : self.indptr[i + 1]]

    def validate(self) -> None:
        """Check the invariants; raises InputError that names the first one broken."""
        source = np.repeat(np.arange(self.n, dtype=np.int64), self.degree)
        target = self.indices.astype(np.int64)
        if len(self.indptr) == 0 or self.indptr[0] != 0 or np.any(np.diff(self.indptr) < 0):
            raise InputError("graph: row pointers must start at 0 and never fall")
        if len(target) != self.indptr[-1]:
            raise InputError(f"graph: {len(target)} neighbours, row pointers say {self.indptr[-1]}")
        if len(target) and target.max() >= self.n:
            raise InputError(f"graph: neighbour {target.max()} does not exist (there are {self.n})")
        if np.any(source == target):
            raise InputError(f"graph: node {source[source == target][0]} is tied to itself")
        pair = source * self.n + target
        if np.any(np.diff(pair) <= 0):
            raise InputError("graph: neighbours must rise within a row, without doubles")
        back = np.sort(target * self.n + source)
        if not np.array_equal(back, pair):
            raise InputError("graph: every tie must stand on both sides")
        if len(self.weights) and self.weights.min() < 1:
            raise InputError("graph: tie weights lie between 1 and 255")

    @classmethod
    def from_edges(
        cls,
        n: int,
        u: NDArray[np.int64],
        v: NDArray[np.int64],
        layers: NDArray[np.uint8],
        weights: NDArray[np.uint8] | None = None,
    ) -> Graph:
        """Build from pairs; self-loops are refused, doubles joined: layers united, weights by layer.

        Given `weights` are used as they are (1 to 255), the larger one where a pair stands twice.
        """
        if np.any(u == v):
            raise InputError(f"graph: node {u[u == v][0]} is tied to itself")
        low, high = np.minimum(u, v).astype(np.int64), np.maximum(u, v).astype(np.int64)
        if len(low) and (low.min() < 0 or high.max() >= n):
            raise InputError(f"graph: ends must lie between 0 and {n - 1}")
        code = low * n + high
        order = np.argsort(code, kind="stable")
        code, mask = code[order], layers[order]
        first: NDArray[np.int64] = np.zeros(0, np.int64)
        if len(code):
            first = np.flatnonzero(np.concatenate([[True], code[1:] != code[:-1]]))
        if len(code):
            joint = np.bitwise_or.reduceat(mask, first)
            strength = _WEIGHT_OF_MASK[joint] if weights is None else np.maximum.reduceat(weights[order], first)
            code = code[first]
        else:
            joint, strength = mask, np.zeros(0, np.uint8)
        low, high = code // n, code % n
        return cls._from_unique(n, low, high, joint, strength)

    @classmethod
    def _from_unique(
        cls,
        n: int,
        low: NDArray[np.int64],
        high: NDArray[np.int64],
        mask: NDArray[np.uint8],
        strength: NDArray[np.uint8],
    ) -> Graph:
        """Mirror pairs (low, high) sorted by (low, high) into rows that rise."""
        down = np.argsort(high, kind="stable")  # rows of the higher end: lower neighbours, in order
        below, above = np.bincount(high, minlength=n), np.bincount(low, minlength=n)
        indptr = np.concatenate([[0], np.cumsum(below + above)]).astype(np.int64)
        m = len(low)
        place = np.empty(2 * m, dtype=np.int64)
        start_below = np.concatenate([[0], np.cumsum(below)])[:-1]
        place[:m] = indptr[high[down]] + np.arange(m) - start_below[high[down]]
        start_above = np.concatenate([[0], np.cumsum(above)])[:-1]
        place[m:] = indptr[low] + below[low] + np.arange(m) - start_above[low]
        indices = np.empty(2 * m, np.uint32)
        weights, layers = np.empty(2 * m, np.uint8), np.empty(2 * m, np.uint8)
        indices[place[:m]], indices[place[m:]] = low[down], high
        weights[place[:m]], weights[place[m:]] = strength[down], strength
        layers[place[:m]], layers[place[m:]] = mask[down], mask
        return cls(indptr, indices, weights, layers)

    @classmethod
    def empty(cls, n: int) -> Graph:
        """Return a graph without ties."""
        none = np.zeros(0, np.uint8)
        return cls(np.zeros(n + 1, np.int64), np.zeros(0, np.uint32), none, none)

    @classmethod
    def complete(cls, n: int, layer: int = WIDE) -> Graph:
        """Return the graph in which everybody is tied to everybody."""
        u, v = np.triu_indices(n, 1)
        return cls.from_edges(n, u, v, np.full(len(u), layer, np.uint8))


def layer_string(mask: int) -> str:
    """Spell a bit mask of layers: "household+work"."""
    return "+".join(name for i, name in enumerate(LAYER_NAMES) if mask >> i & 1)
