"""Mesa agents as lazy views of rows, and AgentSets that answer from columns wherever they can."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
from mesa import Agent
from numpy.typing import NDArray

try:  # from Mesa 3.4 on
    from mesa.agentset import AgentSet, GroupBy
except ImportError:
    from mesa.agent import AgentSet, GroupBy

_OWN = ("model", "row", "unique_id", "pos")
_BY_HAND = (
    "is a row of the world and cannot be born by hand. To let some citizens decide in their own way, give the model "
    "your subclass: kw.model(..., citizens={MyCitizen: 0.1})"
)


class RowAgent(Agent):
    """A view of one row of the model's columns. A plain one stores nothing but its place.

    Instances of a user's subclass may have attributes of their own and are kept alive by the model.
    """

    def __init__(self, model: Any) -> None:
        """Take the row that the model is making; it is not registered again, for its row already counts."""
        place = getattr(model, "being_born", None)
        if place is None:
            raise TypeError(f"{type(self).__name__} {_BY_HAND}")
        for name, value in zip(_OWN, (model, *place, None), strict=True):
            object.__setattr__(self, name, value)

    def __setattr__(self, name: str, value: Any) -> None:
        """Write a column where it may be written; a plain view refuses what is no column."""
        if name in _OWN or (not self.model.is_plain(type(self)) and not self.model.has_column(type(self), name)):
            object.__setattr__(self, name, value)
        else:
            self.model.write_cell(type(self), name, self.row, value)

    def __getattr__(self, name: str) -> Any:
        """Read a column."""
        if name.startswith("_") or name in _OWN:
            raise AttributeError(name)
        return self.model.read_cell(type(self), name, self.row)

    def __repr__(self) -> str:
        """Name type and identifier."""
        return f"<{type(self).__name__} {self.unique_id}>"

    def remove(self) -> None:
        """Take the citizen out of counts and of its neighbours' means; its accounts are kept."""
        self.model.remove_row(type(self), self.row)


class ColumnSet(AgentSet):
    """All agents of one type, or a selection of them, without an object until one is touched."""

    def __init__(self, agents: Iterable[Any] = (), random: Any = None, *, source: Any = None) -> None:
        """Hold rows of `source`, a (model, type, rows) triple; without one behave as an ordinary AgentSet."""
        self._source = source
        self._made: WeakKeyDictionary[Any, None] | None = None
        self.random = random
        if source is None:
            super().__init__(list(dict.fromkeys(agents)), random=random)

    @classmethod
    def _from_iterable(cls, agents: Iterable[Any]) -> AgentSet:
        """Set operations give ordinary sets, each agent once."""
        return AgentSet(list(dict.fromkeys(agents)))

    @property
    def _agents(self) -> WeakKeyDictionary[Any, None]:
        if self._made is None:
            model, kind, rows = self._source
            made = WeakKeyDictionary({model.view(kind, int(r)): None for r in rows})
            self._made = made
        return self._made

    @_agents.setter
    def _agents(self, value: WeakKeyDictionary[Any, None]) -> None:
        self._made, self._source = value, None

    def __len__(self) -> int:
        """Count without making objects."""
        return len(self._source[2]) if self._source is not None else len(self._agents)

    def __getitem__(self, item: int | slice) -> Any:
        """Return one agent, or a list of them, making no others."""
        if self._source is None:
            return self.to_list()[item]
        model, kind, rows = self._source
        if isinstance(item, slice):
            return [model.view(kind, int(r)) for r in rows[item]]
        return model.view(kind, int(rows[item]))

    def to_list(self) -> list[Any]:
        """Return the agents as a list."""
        return list(self)

    def agg(self, attribute: str, func: Callable[[Any], Any] | Iterable[Callable[[Any], Any]]) -> Any:
        """Apply one function or several to a column; as fast as the column where the function takes arrays."""
        column = self._column(attribute)
        if column is None:
            return super().agg(attribute, func)
        return func(column) if callable(func) else [f(column) for f in func]

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
        if self._source is not None and self._source[0].has_column(self._source[1], attr_name):
            model, kind, rows = self._source
            model.write_cell(kind, attr_name, rows, value)
            return self
        super().set(attr_name, value)
        return self

    def select(self, filter_func: Any = None, *args: Any, **kwargs: Any) -> AgentSet:
        """Select by a function, or by a boolean mask over this set's agents."""
        if isinstance(filter_func, np.ndarray) and self._source is not None:
            model, kind, rows = self._source
            return ColumnSet(random=self.random, source=(model, kind, rows[filter_func]))
        return super().select(filter_func, *args, **kwargs)

    def groupby(self, by: Any, result_type: str = "agentset") -> GroupBy:
        """Group by a function or an attribute; by a column without making objects."""
        column = self._column(by) if isinstance(by, str) and result_type == "agentset" else None
        if column is None:
            return super().groupby(by, result_type)
        model, kind, rows = self._source
        values, first, place = np.unique(column, return_index=True, return_inverse=True)
        groups = {}
        for i in np.argsort(first):
            found = ColumnSet(random=self.random, source=(model, kind, rows[place == i]))
            groups[values[i].item()] = found
        return GroupBy(groups)

    def _column(self, name: str) -> NDArray[Any] | None:
        if self._source is None:
            return None
        model, kind, rows = self._source
        column = model.column(kind, name)
        return None if column is None else column[rows]

    def __getstate__(self) -> dict[str, Any]:
        """Pickle by the rows, or as Mesa does."""
        if self._source is None:
            return {"agents": list(self._agents.keys()), "random": self.random}
        return {"source": self._source, "random": self.random}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Take the rows, or the agents, again."""
        self.random, self._made = state["random"], None
        self._source = state.get("source")
        if self._source is None:
            self._made = WeakKeyDictionary(dict.fromkeys(state["agents"]))

    def __copy__(self) -> ColumnSet:
        """Copy without making objects."""
        copy = ColumnSet.__new__(ColumnSet)
        copy.__setstate__(self.__getstate__())
        return copy


class WorldSet(ColumnSet):
    """Everybody: the sets of each type, and plain Mesa agents that were added by hand."""

    def __init__(self, parts: Iterable[Any], random: Any) -> None:
        """Join sets; agents given one by one (as Mesa does for a selection) stand by themselves."""
        given = list(parts)
        self._parts = [x for x in given if isinstance(x, ColumnSet)]
        self._plain: dict[Any, None] = dict.fromkeys(x for x in given if not isinstance(x, ColumnSet))
        super().__init__(random=random, source=None)
        self._made = None

    @property
    def _agents(self) -> WeakKeyDictionary[Any, None]:
        if self._made is None:
            everybody = [a for part in self._parts for a in part]
            self._made = WeakKeyDictionary(dict.fromkeys([*everybody, *self._plain]))
        return self._made

    @_agents.setter
    def _agents(self, value: WeakKeyDictionary[Any, None]) -> None:
        self._made = value

    def __len__(self) -> int:
        """Count without making objects."""
        return sum(len(p) for p in self._parts) + len(self._plain)

    def renew(self, parts: Iterable[ColumnSet]) -> None:
        """Take other parts: somebody was removed."""
        self._parts, self._made = list(parts), None

    def add(self, agent: Any) -> None:
        """Add a plain Mesa agent."""
        self._plain[agent] = None
        self._made = None

    def remove(self, agent: Any) -> None:
        """Take a plain Mesa agent out."""
        del self._plain[agent]
        self._made = None

    def discard(self, agent: Any) -> None:
        """Take a plain Mesa agent out where it is here."""
        self._plain.pop(agent, None)
        self._made = None

    def __getstate__(self) -> dict[str, Any]:
        """Pickle by the parts."""
        return {"parts": self._parts, "plain": list(self._plain), "random": self.random}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Join the parts again."""
        self._parts, self._plain = state["parts"], dict.fromkeys(state["plain"])
        self.random, self._made, self._source = state["random"], None, None

    def __copy__(self) -> Any:
        """Copy as an ordinary set."""
        return AgentSet(list(self), self.random)
