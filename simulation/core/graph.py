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
MOST_NODES = 2**26
_TAIL = 12
"""Bits of a packed tie behind its ends: four of layers, eight of weight."""
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
        if len(self.indptr) == 0 or self.indptr[0] != 0 or np.any(np.diff(self.indptr) < 0):
            raise InputError("graph: row pointers must start at 0 and never fall", "กราฟ: ตัวชี้แถวต้องเริ่มที่ 0 และไม่ลดลง")
        if len(self.indices) != self.indptr[-1]:
            n, said = len(self.indices), self.indptr[-1]
            raise InputError(
                f"graph: {n} neighbours, row pointers say {said}", f"กราฟ: มีเพื่อนบ้าน {n} ราย แต่ตัวชี้แถวระบุ {said}"
            )
        source = np.repeat(np.arange(self.n, dtype=np.int64), self.degree)
        target = self.indices.astype(np.int64)
        if len(target) and target.max() >= self.n:
            raise InputError(
                f"graph: neighbour {target.max()} does not exist (there are {self.n})",
                f"กราฟ: ไม่มีเพื่อนบ้าน {target.max()} (มีทั้งหมด {self.n})",
            )
        if np.any(source == target):
            raise InputError(*_tied_to_itself(source[source == target][0]))
        pair = source * self.n + target
        if np.any(np.diff(pair) <= 0):
            raise InputError(
                "graph: neighbours must rise within a row, without doubles",
                "กราฟ: เพื่อนบ้านในแต่ละแถวต้องเรียงจากน้อยไปมากและไม่ซ้ำกัน",
            )
        back = np.sort(target * self.n + source)
        if not np.array_equal(back, pair):
            raise InputError("graph: every tie must stand on both sides", "กราฟ: สายสัมพันธ์ทุกเส้นต้องมีทั้งสองด้าน")
        if len(self.weights) and self.weights.min() < 1:
            raise InputError("graph: tie weights lie between 1 and 255", "กราฟ: น้ำหนักของสายสัมพันธ์อยู่ระหว่าง 1 ถึง 255")

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
            raise InputError(*_tied_to_itself(u[u == v][0]))
        if len(u) and (min(u.min(), v.min()) < 0 or max(u.max(), v.max()) >= n):
            raise InputError(f"graph: ends must lie between 0 and {n - 1}", f"กราฟ: ปลายทั้งสองต้องอยู่ระหว่าง 0 ถึง {n - 1}")
        if n > MOST_NODES:
            raise InputError(
                f"graph: {n:,} nodes; at most {MOST_NODES:,} can be tied",
                f"กราฟ: มี {n:,} จุด เชื่อมกันได้ไม่เกิน {MOST_NODES:,} จุด",
            )
        tail = layers.astype(np.uint64) << np.uint64(8)
        tail |= np.uint64(0) if weights is None else weights.astype(np.uint64)
        return cls._from_words(n, np.concatenate([_word(u, v, n) | tail, _word(v, u, n) | tail]), weights is not None)

    @classmethod
    def _from_words(cls, n: int, words: NDArray[np.uint64], weighted: bool) -> Graph:
        """Build from both directions of each pair, one word each, so that one sort makes rows, each in rising order."""
        words.sort()
        pair = words >> np.uint64(_TAIL)
        first = np.flatnonzero(np.concatenate([[True], pair[1:] != pair[:-1]])) if len(words) else np.zeros(0, np.int64)
        mask = ((words >> np.uint64(8)) & np.uint64(15)).astype(np.uint8)
        strength = (words & np.uint64(255)).astype(np.uint8)
        if len(first) < len(words):
            mask, strength = np.bitwise_or.reduceat(mask, first), np.maximum.reduceat(strength, first)
            pair = pair[first]
        bits = np.uint64(_bits(n))
        degree = np.bincount((pair >> bits).astype(np.int64), minlength=n)
        return cls(
            indptr=np.concatenate([[0], np.cumsum(degree)]).astype(np.int64),
            indices=(pair & ((np.uint64(1) << bits) - np.uint64(1))).astype(np.uint32),
            weights=strength if weighted else _WEIGHT_OF_MASK[mask],
            layers=mask,
        )

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


def _bits(n: int) -> int:
    return max(1, (n - 1).bit_length())


def _word(u: NDArray[np.int64], v: NDArray[np.int64], n: int) -> NDArray[np.uint64]:
    """Pack ends so that words sort by (u, v), with room for layers and weight; holds for 2**26 nodes."""
    return np.asarray(
        ((u.astype(np.uint64) << np.uint64(_bits(n))) | v.astype(np.uint64)) << np.uint64(_TAIL), dtype=np.uint64
    )


def layer_string(mask: int) -> str:
    """Spell a bit mask of layers: "household+work"."""
    return "+".join(name for i, name in enumerate(LAYER_NAMES) if mask >> i & 1)


def _tied_to_itself(node: int) -> tuple[str, str]:
    return f"graph: node {node} is tied to itself", f"กราฟ: จุด {node} เชื่อมกับตัวเอง"
