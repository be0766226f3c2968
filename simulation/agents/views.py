"""Mesa agents as lazy views of rows, and AgentSets that answer from columns wherever they can."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from operator import attrgetter
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
from mesa import Agent
from numpy.typing import NDArray

from simulation.core.errors import InputError

try:  # from Mesa 3.4 on
    from mesa.agentset import AgentSet, GroupBy
except ImportError:
    from mesa.agent import AgentSet, GroupBy

_OWN = ("model", "row", "unique_id", "pos")
_BY_HAND = (
    "is a row of the world and cannot be born by hand. To let some citizens decide in their own way, give the model "
    "your subclass: kw.model(..., citizens={MyCitizen: 0.1})"
)
Held = NDArray[np.int64] | Sequence[Any]


class RowAgent(Agent):
    """A view of one row of the model's columns. A plain one stores nothing but its place.

    Instances of a user's subclass may have attributes of their own and are kept alive by the model.
    """

    def __init__(self, model: Any) -> None:
        """Be the row that the model gave; it is not registered again, for its row already counts."""
        if "row" not in self.__dict__:
            raise TypeError(f"{type(self).__name__} {_BY_HAND}")

    @property
    def removed(self) -> bool:
        """Whether this one was taken out of the world."""
        return is_removed(self)

    def __setattr__(self, name: str, value: Any) -> None:
        """Write a column where it may be written; a plain view refuses what is no column."""
        faces = self.model.faces
        if name in _OWN:
            object.__setattr__(self, name, value)
        elif is_removed(self):
            raise InputError(f"{self!r}: {name!r} cannot be set any more", f"{self!r}: กำหนดค่า {name!r} ไม่ได้อีกแล้ว")
        elif taken := faces.taken(type(self), name):
            raise AttributeError(f"{type(self).__name__}.{name} cannot be set: {taken}; choose another name")
        elif not faces.is_plain(type(self)) and faces.column(type(self), name) is None:
            object.__setattr__(self, name, value)
        else:
            faces.write(type(self), name, self.row, value)

    def __getattr__(self, name: str) -> Any:
        """Read a column."""
        if name.startswith("_") or name in _OWN:
            raise AttributeError(name)
        return self.model.faces.read(type(self), name, self.row)

    def __repr__(self) -> str:
        """Name type and identifier."""
        return f"<{type(self).__name__} {self.unique_id}{', removed' if is_removed(self) else ''}>"

    def remove(self) -> None:
        """Take the citizen out of counts and of its neighbours' means; its accounts are kept.

        Raises:
            InputError: For one removed already, and for organisations and localities.
        """
        self.model.deregister_agent(self)


class ColumnSet(AgentSet):
    """Agents of one type, or a selection of them, without an object until one is touched.

    Given agents one by one, or once somebody was put in or taken out, it holds them as an ordinary AgentSet does.
    Citizens who are removed from the world leave every such set.
    """

    def __init__(self, agents: Iterable[Any] = (), random: Any = None, *, source: Any = None) -> None:
        """Hold rows of `source`, a (faces, type, rows) triple; without one behave as an ordinary AgentSet."""
        self._source: Any = source
        self._made: Any = None
        self._worlds: set[Any] | None = None  # looked for when asked: while pickles are read, agents are not whole
        self._seen, self.random = 0, random
        if source is None:
            super().__init__(list(dict.fromkeys(agents)), random=random)

    @classmethod
    def _from_iterable(cls, agents: Iterable[Any]) -> ColumnSet:
        """Set operations give ordinary sets, each agent once."""
        return ColumnSet(agents)

    @property
    def _agents(self) -> WeakKeyDictionary[Any, None]:
        if self._source is not None:
            faces, kind, rows = self._source[0], self._source[1], self._rows()
            if self._made is None:
                self._made = WeakKeyDictionary({faces.view(kind, int(r)): None for r in rows})
            made: WeakKeyDictionary[Any, None] = self._made
            return made
        if self._worlds is None:
            self._worlds = {a.model.faces for a in self._made if isinstance(a, RowAgent)}
        removals = sum(faces.removals for faces in self._worlds)
        if self._seen != removals:
            self._made = WeakKeyDictionary({a: None for a in self._made if not is_removed(a)})
            self._seen = removals
        found: WeakKeyDictionary[Any, None] = self._made
        return found

    @_agents.setter
    def _agents(self, value: WeakKeyDictionary[Any, None]) -> None:
        self._made, self._source, self._worlds, self._seen = value, None, None, 0

    def _rows(self) -> NDArray[np.int64]:
        """Return the rows that are still in the world."""
        faces, kind, rows = self._source
        if self._seen != faces.removals:
            rows = faces.still(kind, rows)
            self._source, self._made, self._seen = (faces, kind, rows), None, faces.removals
        found: NDArray[np.int64] = rows
        return found

    def __len__(self) -> int:
        """Count without making objects."""
        return len(self._rows()) if self._source is not None else len(self._agents)

    def __getitem__(self, item: int | slice) -> Any:
        """Return one agent, or a list of them, making no others."""
        held = self._held()
        if isinstance(item, slice):
            return [self._one(held, i) for i in range(*item.indices(len(held)))]
        return self._one(held, item)

    def to_list(self) -> list[Any]:
        """Return the agents as a list."""
        return list(self)

    def add(self, agent: Any) -> None:
        """Put an agent in; from then on this is an ordinary set."""
        if is_removed(agent):
            raise InputError(f"{agent!r} cannot come back", f"{agent!r} กลับเข้ามาไม่ได้")
        if agent not in self:
            self._settled()[agent] = None
            if isinstance(agent, RowAgent) and self._worlds is not None and agent.model.faces not in self._worlds:
                self._worlds.add(agent.model.faces)
                self._seen += agent.model.faces.removals

    def discard(self, agent: Any) -> None:
        """Take an agent out of this set where it is in it; from then on this is an ordinary set."""
        if agent in self:
            del self._settled()[agent]

    def remove(self, agent: Any) -> None:
        """Take an agent out of this set, not of the world; raises KeyError where it is not in it."""
        if agent not in self:
            raise KeyError(agent)
        self.discard(agent)

    def _settled(self) -> WeakKeyDictionary[Any, None]:
        if self._source is not None:
            self._agents = self._agents
        return self._agents

    def agg(self, attribute: str, func: Callable[[Any], Any] | Iterable[Callable[[Any], Any]]) -> Any:
        """Apply one function or several to an attribute of all.

        NumPy's functions get a column as an array, in int64 or float64; all others get a list of Python numbers, as
        in Mesa: the columns are narrow, and Python's sum or statistics.mean would overflow or round in them.
        """
        column = self._column(attribute)
        if column is None:
            return super().agg(attribute, func)
        return _applied(func, column) if callable(func) else [_applied(f, column) for f in func]

    def get(self, attr_names: str | list[str], *args: Any, **kwargs: Any) -> Any:
        """Return attributes as lists, from columns where they are columns."""
        names = [attr_names] if isinstance(attr_names, str) else list(attr_names)
        columns = [self._column(name) for name in names]
        if any(column is None for column in columns):
            return super().get(attr_names, *args, **kwargs)
        lists = [column.tolist() for column in columns if column is not None]
        return lists[0] if isinstance(attr_names, str) else [list(row) for row in zip(*lists, strict=True)]

    def set(self, attr_name: str, value: Any) -> ColumnSet:
        """Set a column to one value, or an attribute of each agent."""
        if self._column(attr_name) is not None:
            faces, kind, rows = self._source
            faces.write(kind, attr_name, rows, value)
            return self
        super().set(attr_name, value)
        return self

    def select(
        self, filter_func: Any = None, at_most: float = math.inf, inplace: bool = False, agent_type: Any = None
    ) -> ColumnSet:
        """Select by a function, or by truth values, one for each agent of this set in its order.

        Args:
            filter_func: A function of an agent; or a list, array or pandas Series of booleans; or None for all.
            at_most: How many at most, the first ones; a float up to 1.0 is a share of this set.
            inplace: Whether this set becomes the selection.
            agent_type: Only agents of this class.
        """
        held = self._held()
        fit = np.ones(len(held), bool) if agent_type is None else self._typed(held, agent_type)
        most = _most(at_most, len(held))
        if filter_func is not None and not callable(filter_func):
            fit &= _truth_values(filter_func, len(held))
        places = np.flatnonzero(fit)
        return self._of(held, self._passing(held, places, filter_func, most), inplace)

    def shuffle(self, inplace: bool = False) -> ColumnSet:
        """Return the agents in random order, by the model's `random`."""
        held = self._held()
        places = list(range(len(held)))
        self.random.shuffle(places)
        return self._of(held, places, inplace)

    def sort(self, key: Any, ascending: bool = False, inplace: bool = False) -> ColumnSet:
        """Sort by an attribute or a function; as Mesa does, falling unless `ascending`."""
        held, column = self._held(), self._column(key) if isinstance(key, str) else None
        if column is not None:  # sorted() in reverse keeps equals in their order, and so does this
            order = np.argsort(column if ascending else column[::-1], kind="stable")
            return self._of(held, order if ascending else (len(held) - 1 - order)[::-1], inplace)
        value = attrgetter(key) if isinstance(key, str) else key
        places = sorted(range(len(held)), key=lambda i: value(self._one(held, i)), reverse=not ascending)
        return self._of(held, places, inplace)

    def groupby(self, by: Any, result_type: str = "agentset") -> GroupBy:
        """Group by a function or an attribute; by a column without making objects."""
        held, column = self._held(), self._column(by) if isinstance(by, str) else None
        places: dict[Any, Any] = defaultdict(list)
        if column is None:
            key = attrgetter(by) if isinstance(by, str) else by
            for i in range(len(held)):
                places[key(self._one(held, i))].append(i)
        elif len(column):
            values, first, which = np.unique(column, return_index=True, return_inverse=True)
            parts = np.split(np.argsort(which, kind="stable"), np.cumsum(np.bincount(which))[:-1])
            places.update((values[i].item(), parts[i]) for i in np.argsort(first))
        if result_type == "agentset":
            return GroupBy({value: self._of(held, p, False) for value, p in places.items()})
        return GroupBy({value: [self._one(held, i) for i in p] for value, p in places.items()})

    def _held(self) -> Held:
        """Return the rows, or the agents where these are no rows."""
        return self._rows() if self._source is not None else list(self)

    def _one(self, held: Held, i: Any) -> Any:
        return held[i] if self._source is None else self._source[0].view(self._source[1], int(held[i]))

    def _of(self, held: Held, places: Any, inplace: bool) -> ColumnSet:
        """Return the agents at some places, as a set or in this one."""
        if isinstance(held, np.ndarray):
            source = (*self._source[:2], held[np.asarray(places, dtype=np.int64)])
            if not inplace:
                return ColumnSet(random=self.random, source=source)
            self._source, self._made = source, None
            return self
        chosen = [held[i] for i in places]
        found: ColumnSet = self._update(chosen) if inplace else ColumnSet(chosen, self.random)
        return found

    @property
    def faces(self) -> Any:
        """The faces of the world whose rows these are; None where these are no rows."""
        return None if self._source is None else self._source[0]

    def _typed(self, held: Held, kinds: Any) -> NDArray[np.bool_]:
        if self._source is not None:
            return np.full(len(held), issubclass(self._source[1], kinds))
        return np.array([isinstance(a, kinds) for a in held], dtype=bool)

    def _passing(self, held: Held, places: NDArray[np.int64], test: Any, most: int) -> Sequence[int] | NDArray[Any]:
        if not callable(test):
            return places[:most]
        found: list[int] = []
        for i in places.tolist():
            if len(found) >= most:
                break
            if test(self._one(held, i)):
                found.append(i)
        return found

    def _column(self, name: str) -> NDArray[Any] | None:
        if self._source is None:
            return None
        column = self._source[0].column(self._source[1], name)
        return None if column is None else column[self._rows()]

    def _counted(self) -> dict[str, int]:
        if self._source is not None:
            return {self._source[1].__name__: len(self)}
        return Counter(type(a).__name__ for a in self)

    def __repr__(self) -> str:
        """Say how many of which type: <2,000 Citizens>."""
        return f"<{', '.join(f'{n:,} {_plural(name, n)}' for name, n in self._counted().items()) or 'no agents'}>"

    def __getstate__(self) -> dict[str, Any]:
        """Pickle by the rows, or as Mesa does."""
        if self._source is None:
            return {"agents": list(self._agents.keys()), "random": self.random}
        return {"source": self._source, "random": self.random}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Take the rows, or the agents, again."""
        ColumnSet.__init__(self, state.get("agents", ()), state["random"], source=state.get("source"))

    def __copy__(self) -> ColumnSet:
        """Copy without making objects."""
        return ColumnSet(() if self._source else list(self), self.random, source=self._source)

    def copy(self) -> ColumnSet:
        """Return a set that may be changed, as Mesa 3.5 does."""
        return self.__copy__()


def stand(agent: RowAgent, model: Any, row: int, unique_id: int, pos: int | None) -> None:
    """Let an agent stand for a row, before it is initialised: so those who are born together find each other."""
    agent.__dict__.update(zip(_OWN, (model, row, unique_id, pos), strict=True))


def is_removed(agent: Any) -> bool:
    """Tell whether an agent, of whichever kind, is a citizen who was removed from the world."""
    return isinstance(agent, RowAgent) and bool(agent.model.faces.is_removed(type(agent), agent.row))


def _applied(func: Callable[[Any], Any], column: NDArray[Any]) -> Any:
    named: Any = func
    while isinstance(named, partial):
        named = named.func
    if not isinstance(named, np.ufunc) and not str(getattr(named, "__module__", "")).startswith("numpy"):
        return func(column.tolist())
    wide = {"i": np.int64, "u": np.int64, "f": np.float64}.get(column.dtype.kind, column.dtype)
    return func(column.astype(wide))


def _most(at_most: float, n: int) -> int:
    """Read `at_most` as Mesa does: a float up to 1.0 is a share, rounded down; anything else is a number of agents."""
    if isinstance(at_most, float) and at_most <= 1.0:
        return max(0, int(n * at_most))
    return max(0, math.ceil(min(at_most, n)))


def _truth_values(given: Any, n: int) -> NDArray[np.bool_]:
    try:
        mask = np.asarray(given)
    except ValueError:  # a ragged list
        mask = np.zeros(0, object)
    if mask.dtype == object and mask.ndim == 1 and all(isinstance(x, bool | np.bool_) for x in mask):
        mask = mask.astype(bool)  # such as a nullable pandas column
    if mask.shape != (n,) or (mask.dtype != bool and n):
        what = f"{mask.dtype} of shape {mask.shape}" if mask.ndim else repr(given)
        raise InputError(
            f"select takes a function or {n:,} truth values, one for each agent of the set; not {what}",
            f"select รับฟังก์ชัน หรือค่าจริงเท็จ {n:,} ค่า ตัวแทนละหนึ่งค่า แต่ได้รับ {what}",
        )
    return mask.astype(bool)


def _plural(name: str, n: int) -> str:
    if n == 1:
        return name
    return name[:-1] + "ies" if name.endswith("y") and name[-2:-1] not in "aeiou" else name + "s"
