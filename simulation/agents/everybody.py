"""The set of everybody: each type's rows, and plain Mesa agents that were added by hand."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from simulation.agents.views import ColumnSet, RowAgent, is_removed
from simulation.core.errors import InputError

_EVERYBODY = (
    "m.agents holds everybody in the world and cannot lose a citizen. citizen.remove() takes one out of the world; "
    "m.agents.copy() is a set to change",
    "m.agents มีทุกคนในสังคมจำลอง จึงนำพลเมืองออกไม่ได้ ใช้ citizen.remove() เพื่อนำคนหนึ่งออกจากสังคมจำลอง "
    "หรือใช้ m.agents.copy() เป็นชุดที่แก้ไขได้",
)


class WorldSet(ColumnSet):
    """Everybody in the world, without an object until one is touched. Its order may be changed in place."""

    def __init__(self, parts: Iterable[ColumnSet], random: Any) -> None:
        """Join the sets of each type."""
        self._parts = list(parts)
        self._plain: dict[Any, None] = {}
        self._faces = self._parts[0].faces if self._parts else None
        super().__init__(random=random, source=None)
        self._made = None

    @property
    def _agents(self) -> WeakKeyDictionary[Any, None]:
        self._catch_up()
        if self._made is None:
            self._made = WeakKeyDictionary(dict.fromkeys([*(a for p in self._parts for a in p), *self._plain]))
        found: WeakKeyDictionary[Any, None] = self._made
        return found

    @_agents.setter
    def _agents(self, value: WeakKeyDictionary[Any, None]) -> None:
        self._made = value

    def _catch_up(self) -> None:
        """Let those go who were removed since the last look."""
        removals = 0 if self._faces is None else self._faces.removals
        if self._seen != removals:
            self._plain = {a: None for a in self._plain if not is_removed(a)}
            self._made, self._seen = None, removals

    def __len__(self) -> int:
        """Count without making objects."""
        self._catch_up()
        return sum(len(p) for p in self._parts) + len(self._plain)

    def add(self, agent: Any) -> None:
        """Add a plain Mesa agent; those of the world are here already."""
        if isinstance(agent, RowAgent):
            if agent not in self:
                raise InputError(f"{agent!r} is no part of this world", f"{agent!r} ไม่ได้อยู่ในสังคมจำลองนี้")
            return
        self._plain[agent] = None
        self._made = None

    def remove(self, agent: Any) -> None:
        """Take a plain Mesa agent out."""
        if agent not in self:
            raise KeyError(agent)
        self.discard(agent)

    def discard(self, agent: Any) -> None:
        """Take a plain Mesa agent out where it is here."""
        if isinstance(agent, RowAgent) and agent in self:
            raise InputError(*_EVERYBODY)
        self._plain.pop(agent, None)
        self._made = None

    def _update(self, agents: Iterable[Any]) -> WorldSet:
        """Take everybody in another order."""
        chosen = dict.fromkeys(agents)
        if len(chosen) < len(self):
            raise InputError(*_EVERYBODY)
        self._parts, self._plain, self._made = [], chosen, None
        return self

    def _held(self) -> Sequence[Any]:
        self._catch_up()
        return _Line(self._parts, list(self._plain))

    def _typed(self, held: Any, kinds: Any) -> NDArray[np.bool_]:
        plain = np.array([isinstance(a, kinds) for a in self._plain], dtype=bool)
        return np.concatenate([*(p._typed(p._held(), kinds) for p in self._parts), plain])

    def _counted(self) -> dict[str, int]:
        total: Counter[str] = Counter()
        for part in self._parts:
            total.update({name: n for name, n in part._counted().items() if n})
        total.update(type(a).__name__ for a in self._plain)
        return total

    def __getstate__(self) -> dict[str, Any]:
        """Pickle by the parts."""
        return {"parts": self._parts, "plain": list(self._plain), "faces": self._faces, "random": self.random}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Join the parts again."""
        WorldSet.__init__(self, [], state["random"])
        self._parts, self._plain, self._faces = state["parts"], dict.fromkeys(state["plain"]), state["faces"]

    def __copy__(self) -> ColumnSet:
        """Copy as a set that may be changed."""
        return ColumnSet(self, self.random)


class _Line(Sequence[Any]):
    """Everybody in a row: the members of each part, then the others; each is made when asked for."""

    def __init__(self, parts: Sequence[ColumnSet], others: Sequence[Any]) -> None:
        self._parts: list[Any] = [*parts, others]
        self._ends = list(accumulate(len(part) for part in self._parts))

    def __len__(self) -> int:
        return self._ends[-1]

    def __getitem__(self, place: Any) -> Any:
        i = int(place) + (len(self) if place < 0 else 0)
        if not 0 <= i < len(self):
            raise IndexError(place)
        part = bisect_right(self._ends, i)
        return self._parts[part][i - (self._ends[part - 1] if part else 0)]
