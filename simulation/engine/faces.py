"""The agents of a running world: which row is of which class, who was removed, and columns as users see them."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.agents.citizens import Citizen, Locality, Organisation
from simulation.agents.citizens_table import AGE_BANDS, SECTORS, SEXES
from simulation.agents.everybody import WorldSet
from simulation.agents.views import ColumnSet, stand
from simulation.core.errors import InputError
from simulation.core.graph import Graph
from simulation.engine.personal import without

BASES = (Citizen, Organisation, Locality)
_NAMED = {"sex": SEXES, "age_band": AGE_BANDS, "sector": SECTORS}
_WRITABLE = ("wage",)
_STATE_COLUMNS = ("acts_twin", "acts", "habit", "norm", "crowding")


class Faces:
    """What agents and sets of agents ask the model for.

    Attributes:
        removals: How often somebody was removed; sets that were held look again when it moves.
        pending: Rows of those removed since the last week, still in the engine's columns.
    """

    def __init__(self, model: Any, own: Mapping[type[Citizen], NDArray[np.bool_]]) -> None:
        """Give each row its class; `own` are the users' subclasses of Citizen and who is of them."""
        people = model.state.citizens
        self.model, self.removals = model, 0
        self.pending: list[int] = []
        self._views: dict[tuple[type, int], Any] = {}
        self._gone = np.zeros(people.n, np.bool_)
        self._sizes: dict[type, tuple[int, NDArray[np.int64]]] = {}
        self._kinds: list[type] = [Citizen, *own]
        self._kind = np.zeros(people.n, np.int16)
        for place, mask in enumerate(own.values(), 1):
            self._kind[mask] = place
        self._rows = {kind: np.flatnonzero(self._kind == place) for place, kind in enumerate(self._kinds)}
        self._rows |= {Organisation: np.arange(people.n_organisations), Locality: np.arange(people.n_localities)}
        groups = 1 + people.n
        self._first_id: dict[type, int] = {Citizen: 1, Organisation: groups, Locality: groups + people.n_organisations}
        self._personal: dict[int, Any] = {}

    @property
    def n_agents(self) -> int:
        """Number of rows of all types, removed or not; the last identifier."""
        return self._first_id[Locality] - 1 + len(self._rows[Locality])

    @property
    def n_present(self) -> int:
        """Number of citizens who were not removed."""
        return len(self._gone) - int(self._gone.sum())

    @property
    def personal(self) -> list[Any]:
        """Those who decide in their own way, by row."""
        return list(self._personal.values())

    def sets(self, random: Any) -> tuple[dict[type, ColumnSet], WorldSet]:
        """Return a set of each type, and another of everybody."""

        def parts() -> dict[type, ColumnSet]:
            return {k: ColumnSet(random=random, source=(self, k, rows)) for k, rows in self._rows.items()}

        return parts(), WorldSet(parts().values(), random)

    def bear(self) -> None:
        """Make those who decide in their own way: first all take their places, so that neighbours find each other."""
        for row in np.flatnonzero(self._kind).tolist():
            self._personal[row] = self.view(self._kinds[self._kind[row]], row)
        for person in self.personal:
            person.__init__(self.model)

    def view(self, kind: Any, row: int) -> Any:
        """Return the agent of a row, made on first touch; raises InputError for one who was removed."""
        found = self._views.get((kind, row))
        if found is None:
            if self.is_removed(kind, row):
                raise InputError(f"citizen {row + 1} was removed from the world", f"พลเมือง {row + 1} ถูกนำออกไปแล้ว")
            found = kind.__new__(kind, self.model)
            base = base_of(kind)
            stand(found, self.model, row, self._first_id[base] + row, row if base is Citizen else None)
            self._views[kind, row] = found
        return found

    def citizen(self, row: int) -> Any:
        """Return the citizen of a row, of whichever class; raises InputError for no row, or for one removed."""
        if not 0 <= row < len(self._gone):
            last = len(self._gone) - 1
            raise InputError(
                f"there is no row {row}; citizens have rows 0 to {last}", f"ไม่มีแถว {row} พลเมืองอยู่ในแถว 0 ถึง {last}"
            )
        return self.view(self._kinds[self._kind[row]], row)

    def neighbours(self, row: int) -> list[Any]:
        """Return the citizens tied to one of them, less those who were removed."""
        tied = self.model.state.graph.neighbours(row)
        return [] if self._gone[row] else [self.citizen(int(j)) for j in tied[~self._gone[tied]]]

    def is_plain(self, kind: type) -> bool:
        """Tell whether agents of this class are views and nothing else."""
        return kind in BASES

    def taken(self, kind: type, name: str) -> str:
        """Say what a name is already where it is a method or a property of every agent; empty where it is free."""
        base = base_of(kind)
        found = inspect.getattr_static(base, name, None)
        if isinstance(found, property):
            return f"it is a property of {base.__name__}"
        return f"it is a method of {base.__name__}" if callable(found) else ""

    def is_removed(self, kind: type, row: int) -> bool:
        """Tell whether a row is a citizen who was removed."""
        return issubclass(kind, Citizen) and bool(self._gone[row])

    def still(self, kind: type, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the rows that are still in the world."""
        return rows[~self._gone[rows]] if issubclass(kind, Citizen) else rows

    def remove(self, kind: type, row: int) -> None:
        """Remove a citizen; raises InputError for one removed already, and for organisations and localities."""
        if not issubclass(kind, Citizen):
            raise InputError(
                "organisations and localities cannot be removed from a running world",
                "นำองค์กรและพื้นที่ออกจากสังคมจำลองที่กำลังดำเนินอยู่ไม่ได้",
            )
        if self._gone[row]:
            raise InputError(
                f"citizen {row + 1} was removed from the world before", f"พลเมือง {row + 1} ถูกนำออกไปก่อนแล้ว"
            )
        self.remove_rows(np.array([row]))

    def remove_rows(self, rows: NDArray[np.int64]) -> None:
        """Remove citizens who are still here: at once for whoever looks, before the next week for the engine."""
        self._gone[rows] = True
        for row in rows.tolist():
            self._views.pop((self._kinds[self._kind[row]], row), None)
            self._personal.pop(row, None)
        self.pending.extend(rows.tolist())
        self.removals += 1

    def remove_everybody(self) -> None:
        """Remove all citizens; those of a user's own class by their own `remove`."""
        for person in self.personal:
            person.remove()
        self.remove_rows(np.flatnonzero(~self._gone))

    def ties(self) -> tuple[Graph, NDArray[np.bool_]]:
        """Return the ties between those who are here, and who is not."""
        graph: Graph = self.model.state.graph
        return (without(graph, (~self._gone).astype(np.uint8)) if self.pending else graph), self._gone.copy()

    def clear(self) -> None:
        """Let go of all agents."""
        self._views.clear()
        self._personal.clear()

    def column(self, kind: Any, name: str) -> NDArray[Any] | None:
        """Return a column of a type of agent as users see it, or None where there is none of that name.

        Citizens have their own columns (`age`, `wage`, ...) and those of the state by behaviour, such as
        `habit_waste_sort`, and `enrolled`, whether any scheme is live for them.
        """
        people, base = self.model.state.citizens, base_of(kind)
        if base is Citizen:
            return self._citizens_column(name)
        if name == "size":
            return self._size(base)
        if base is Locality:
            return np.asarray(people.locality_names) if name == "name" else None
        if name == "name":
            return np.asarray(people.organisation_names) if people.organisation_names else None
        if name == "sector":
            named: NDArray[Any] = np.asarray(SECTORS)[people.organisation_sector]
            return named
        return people.organisation_locality if name == "locality" else None

    def read(self, kind: type, name: str, row: int) -> Any:
        """Return one value of a column; raises AttributeError for an unknown one."""
        column = self.column(kind, name)
        if column is None:
            raise AttributeError(f"{kind.__name__} has no attribute {name!r}")
        value = column[row]
        return value.item() if hasattr(value, "item") else value

    def write(self, kind: type, name: str, rows: Any, value: Any) -> None:
        """Change values of a writable column; raises AttributeError for any other, ValueError for a bad value."""
        if base_of(kind) is not Citizen or name not in _WRITABLE:
            raise AttributeError(f"{kind.__name__}.{name} cannot be set; writable: {', '.join(_WRITABLE)}")
        if not np.all(np.asarray(value, dtype=np.float64) > 0) or not np.all(np.isfinite(value)):
            raise ValueError(f"{kind.__name__}.{name} is above 0, not {value!r}")
        self.model.state.citizens.column(name)[rows] = value

    def attributes(self, place: int) -> dict[str, Any]:
        """Return what a node of the graph shows; places are citizens, then organisations, then localities."""
        people = self.model.state.citizens
        if place < people.n:
            named = {k: names[int(people.column(k)[place])] for k, names in _NAMED.items()}
            locality = people.locality_names[int(people.locality[place])]
            own = {"age": int(people.age[place]), "wage": float(people.wage[place]), **named}
            called = {"name": people.names[place]} if people.names else {}
            return {"type": "citizen", **called, **own, "locality": locality}
        place -= people.n
        if place < people.n_organisations:
            sector = SECTORS[int(people.organisation_sector[place])]
            locality = people.locality_names[int(people.organisation_locality[place])]
            size = int(self._size(Organisation)[place])
            called = {"name": people.organisation_names[place]} if people.organisation_names else {}
            return {"type": "organisation", **called, "sector": sector, "locality": locality, "size": size}
        place -= people.n_organisations
        return {"type": "locality", "name": people.locality_names[place], "size": int(self._size(Locality)[place])}

    def agent_at(self, place: int) -> Any:
        """Return the agent of a node of the graph; raises InputError for a citizen who was removed."""
        n, groups = len(self._gone), len(self._gone) + len(self._rows[Organisation])
        if place < n:
            return self.citizen(place)
        return self.view(Organisation, place - n) if place < groups else self.view(Locality, place - groups)

    def _size(self, kind: type) -> NDArray[np.int64]:
        """Count the members who are here, once after each removal."""
        people = self.model.state.citizens
        if kind not in self._sizes or self._sizes[kind][0] != self.removals:
            of = people.organisation if kind is Organisation else people.locality
            n = people.n_organisations if kind is Organisation else people.n_localities
            self._sizes[kind] = self.removals, np.bincount(of[~self._gone & (of >= 0)], minlength=n)
        return self._sizes[kind][1]

    def _citizens_column(self, name: str) -> NDArray[Any] | None:
        state, people = self.model.state, self.model.state.citizens
        if name in _NAMED:
            named: NDArray[Any] = np.asarray(_NAMED[name])[people.column(name)]
            return named
        if name == "name":
            return np.asarray(people.names) if people.names else None
        if name == "enrolled":
            live: NDArray[np.uint8] = state.live_any
            return live
        for column in _STATE_COLUMNS:
            behaviour = name.removeprefix(f"{column}_")
            if behaviour != name and behaviour in state.behaviours:
                cells: NDArray[Any] = state.columns[column][state.behaviours.index(behaviour)]
                return cells
        found: Any = getattr(people, name, None)
        if not isinstance(found, np.ndarray) or name.startswith("organisation_") or len(found) != people.n:
            return None
        values: NDArray[Any] = found
        return values


def base_of(kind: type) -> type:
    """Return which of Citizen, Organisation and Locality a class is."""
    return next(base for base in BASES if issubclass(kind, base))
