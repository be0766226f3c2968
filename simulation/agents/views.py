"""Mesa agents as lazy views of rows, and an AgentSet that answers from columns wherever it can."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
from mesa import Agent
from mesa.agent import AgentSet
from numpy.typing import NDArray


class RowAgent(Agent):
    """A view of one row of the model's columns: nothing is stored in it but its place."""

    def __init__(self, model: Any, row: int, unique_id: int) -> None:
        """Make the view; it is not registered again, for its row already counts."""
        object.__setattr__(self, "model", model)
        object.__setattr__(self, "row", row)
        object.__setattr__(self, "unique_id", unique_id)
        object.__setattr__(self, "pos", None)

    def __setattr__(self, name: str, value: Any) -> None:
        """Write a column where it may be written; refuse what is no column."""
        if name in ("pos", "model", "row", "unique_id"):
            object.__setattr__(self, name, value)
            return
        self.model.write_cell(type(self), name, self.row, value)

    def __getattr__(self, name: str) -> Any:
        """Read a column."""
        if name.startswith("_"):
            raise AttributeError(name)
        return self.model.read_cell(type(self), name, self.row)

    def __repr__(self) -> str:
        """Name type and identifier."""
        return f"<{type(self).__name__} {self.unique_id}>"

    def remove(self) -> None:
        """Refuse: twin worlds compare the same people."""
        raise NotImplementedError("citizens, organisations and localities cannot be removed from a running world")


class ColumnSet(AgentSet):
    """All agents of one type, or a selection of them, without an object until one is touched."""

    def __init__(self, agents: Iterable[Any] = (), random: Any = None, *, source: Any = None) -> None:
        """Hold rows of `source`, a (model, type, rows) triple; without one behave as an ordinary AgentSet."""
        self._source = source
        self._made: WeakKeyDictionary[Any, None] | None = None
        self.random = random
        if source is None:
            super().__init__(list(dict.fromkeys(agents)), random=random)

    @property
    def _agents(self) -> WeakKeyDictionary[Any, None]:
        if self._made is None:
            model, kind, rows = self._source
            made = WeakKeyDictionary({model.view(kind, int(r)): None for r in rows})
            self._made = made
        return self._made

    @_agents.setter
    def _agents(self, value: WeakKeyDictionary[Any, None]) -> None:
        self._made = value

    def __len__(self) -> int:
        """Count without making objects."""
        return len(self._source[2]) if self._source is not None else len(self._agents)

    def agg(self, attribute: str, func: Callable[[Any], Any]) -> Any:
        """Apply a function to a column; as fast as the column where the function takes arrays."""
        column = self._column(attribute)
        return super().agg(attribute, func) if column is None else func(column)

    def get(self, attr_names: str | list[str], *args: Any, **kwargs: Any) -> Any:
        """Return attributes as lists, from columns where they are columns."""
        if isinstance(attr_names, str):
            column = self._column(attr_names)
            if column is not None:
                return column.tolist()
        return super().get(attr_names, *args, **kwargs)

    def select(self, filter_func: Any = None, *args: Any, **kwargs: Any) -> AgentSet:
        """Select by a function, or by a boolean mask over this set's agents."""
        if isinstance(filter_func, np.ndarray) and self._source is not None:
            model, kind, rows = self._source
            return ColumnSet(random=self.random, source=(model, kind, rows[filter_func]))
        return super().select(filter_func, *args, **kwargs)

    def _column(self, name: str) -> NDArray[Any] | None:
        if self._source is None:
            return None
        model, kind, rows = self._source
        column = model.column(kind, name)
        return None if column is None else column[rows]


class WorldSet(ColumnSet):
    """Everybody: the sets of each type, and plain Mesa agents that were added by hand."""

    def __init__(self, parts: list[ColumnSet], random: Any) -> None:
        """Join the sets."""
        self._parts = parts
        self._plain: dict[Any, None] = {}
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

    def add(self, agent: Any) -> None:
        """Add a plain Mesa agent."""
        self._plain[agent] = None
        self._made = None

    def remove(self, agent: Any) -> None:
        """Take a plain Mesa agent out."""
        self._plain.pop(agent, None)
        self._made = None
