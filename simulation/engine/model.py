"""A running world as a Mesa model: the face of the engine for people who know Mesa."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property, partial
from itertools import count
from pathlib import Path
from typing import Any

import mesa
import numpy as np
from mesa import DataCollector
from numpy.typing import NDArray

from simulation.agents.citizens import Citizen, Locality, Organisation
from simulation.agents.citizens_table import AGE_BANDS, SECTORS, SEXES
from simulation.agents.views import ColumnSet, WorldSet
from simulation.core.errors import InputError
from simulation.core.nxview import GraphView
from simulation.core.streams import POPULATION
from simulation.engine.personal import decide_personally, remove_citizens
from simulation.engine.prepare import ParameterMode, prepare
from simulation.engine.run import EngineName, start, step
from simulation.engine.state import State
from simulation.engine.terms import BehaviourTerms
from simulation.scenario.load import load
from simulation.scenario.model import Scenario

_NAMED = {"sex": SEXES, "age_band": AGE_BANDS, "sector": SECTORS}
_WRITABLE = ("wage",)
_STATE_COLUMNS = ("acts_twin", "acts", "habit", "norm", "crowding")
_BASES = (Citizen, Organisation, Locality)
_FIRST_PERSONAL = 100
"""Draws of who is of which subclass stand behind those of the population."""
Who = float | NDArray[Any]


class SocialModel(mesa.Model):
    """One arm in one simulated society; `step()` is a week.

    Attributes:
        state: The columns, ties and schemes behind the agents.
        definition: The scenario.
        graph: Citizens, organisations and localities as a `networkx.Graph`, a live view.
        ties: Citizens and their social ties alone.
    """

    def __init__(
        self,
        scenario: str | Path | Scenario = "bangkok-waste",
        arm: str = "control",
        replicate: int = 0,
        engine: EngineName = "auto",
        parameters: ParameterMode = "ensemble",
        citizens: Mapping[type[Citizen], Who] | None = None,
        rng: int | None = None,
    ) -> None:
        """Prepare the society and open the arm.

        Args:
            scenario: A file, a shipped name or a Scenario.
            arm: Name of the arm.
            replicate: Which simulated society, from 0.
            engine: "auto", "numpy" or "numba"; the same results to the bit.
            parameters: "ensemble" or "default".
            citizens: Subclasses of Citizen and who is of them: a share of all, or a mask or rows.
            rng: Root seed; None takes the scenario's.

        Raises:
            InputError: For an unknown arm, or for citizens that cannot be so.
        """
        super().__init__(rng=0 if rng is None else int(rng))
        definition = load(scenario)
        if rng is not None:
            definition = definition.with_({"run.seed": int(rng)})
        if arm not in definition.arms:
            raise InputError(f"there is no arm {arm!r}; there are {', '.join(definition.arms)}")
        self.definition, self.arm = definition, arm
        self.state = start(prepare(definition, replicate, parameters=parameters), arm, engine)
        self.being_born: tuple[int, int] | None = None
        self._views: dict[tuple[type, int], Any] = {}
        self._personal: list[Any] = []
        self._removed: list[int] = []
        people = self.state.citizens
        self._rows: dict[type, NDArray[np.int64]] = {
            Citizen: np.arange(people.n),
            Organisation: np.arange(people.n_organisations),
            Locality: np.arange(people.n_localities),
        }
        self._first_id: dict[type, int] = {
            Citizen: 1,
            Organisation: 1 + people.n,
            Locality: 1 + people.n + people.n_organisations,
        }
        self._number_others_from(1 + people.n + people.n_organisations + people.n_localities)
        self._join(citizens or {})
        self._register()
        self.datacollector = DataCollector(model_reporters=_reporters(self.state.behaviours))
        self.datacollector.collect(self)

    @property
    def week(self) -> int:
        """Weeks done."""
        return self.state.week + 1

    def step(self) -> None:
        """Advance one week; at the horizon the model stops running."""
        self._let_go()
        if self.week < self.definition.run.weeks:
            step(self.state)
            self.datacollector.collect(self)
        self.running = self.week < self.definition.run.weeks

    def close(self) -> None:
        """Let go of all views and of the columns behind them; the collected data stay."""
        self._views.clear()
        self._personal.clear()
        self._agents_by_type: dict[type, Any] = {}
        self._all_agents = WorldSet([], self.random)
        for name in ("graph", "ties"):
            self.__dict__.pop(name, None)
        self.running = False
        del self.state

    def share(self, column: str, behaviour: int) -> float:
        """Return the mean share of opportunities acted on this week ("acts") or by the twins ("acts_twin")."""
        terms = self.state.prepared.behaviours[behaviour]
        open_now = self.state.open_now.get(behaviour)
        people = self.state.prepared.n if open_now is None else int(open_now.sum())
        return float(self.state.columns[column][behaviour].sum(dtype=np.int64)) / max(1, people * terms.n)

    @cached_property
    def graph(self) -> GraphView:
        """Citizens, organisations and localities with ties and memberships; a live view."""
        people = self.state.citizens
        groups = [(people.n_organisations, people.organisation), (people.n_localities, people.locality)]
        return self._shown(GraphView.over(self.state.graph, self._attributes, groups))

    @cached_property
    def ties(self) -> GraphView:
        """Citizens and their social ties alone; a live view."""
        return self._shown(GraphView.over(self.state.graph, self._attributes))

    def view(self, kind: Any, row: int) -> Any:
        """Return the agent of a row, made on first touch."""
        if (kind, row) not in self._views:
            base = _base(kind)
            self.being_born = (row, self._first_id[base] + row)
            try:
                self._views[kind, row] = kind(self)
            finally:
                self.being_born = None
        return self._views[kind, row]

    def citizen(self, row: int) -> Any:
        """Return the citizen of a row, of whichever class it is."""
        for kind, rows in self._rows.items():
            if kind not in _BASES and row in rows:
                return self.view(kind, row)
        return self.view(Citizen, row)

    def is_plain(self, kind: type) -> bool:
        """Tell whether agents of this class are views and nothing else."""
        return kind in _BASES

    def has_column(self, kind: type, name: str) -> bool:
        """Tell whether a class of agents has a column of that name."""
        return self.column(kind, name) is not None

    def behaviour_index(self, name: str) -> int:
        """Return the place of a behaviour; raises KeyError with the names there are."""
        if name not in self.state.behaviours:
            raise KeyError(f"there is no behaviour {name!r}; there are {', '.join(self.state.behaviours)}")
        return self.state.behaviours.index(name)

    def column(self, kind: Any, name: str) -> NDArray[Any] | None:
        """Return a column of a type of agent as users see it, or None where there is none of that name.

        Citizens have their own columns (`age`, `wage`, ...) and those of the state by behaviour, such as
        `habit_waste_sort`, and `enrolled`, whether any scheme is live for them.
        """
        people, base = self.state.citizens, _base(kind)
        if base is Citizen:
            return self._citizens_column(name)
        if base is Organisation:
            members = people.organisation[people.organisation >= 0]
            columns = {
                "sector": np.asarray(SECTORS)[people.organisation_sector],
                "locality": people.organisation_locality,
                "size": np.bincount(members, minlength=people.n_organisations),
            }
            return columns.get(name)
        columns = {
            "name": np.asarray(people.locality_names),
            "size": np.bincount(people.locality, minlength=people.n_localities),
        }
        return columns.get(name)

    def read_cell(self, kind: type, name: str, row: int) -> Any:
        """Return one value of a column; raises AttributeError for an unknown one."""
        column = self.column(kind, name)
        if column is None:
            raise AttributeError(f"{kind.__name__} has no attribute {name!r}")
        value = column[row]
        return value.item() if hasattr(value, "item") else value

    def write_cell(self, kind: type, name: str, rows: Any, value: Any) -> None:
        """Change values of a writable column; raises AttributeError for any other, ValueError for a bad value."""
        if _base(kind) is not Citizen or name not in _WRITABLE:
            raise AttributeError(f"{kind.__name__}.{name} cannot be set; writable: {', '.join(_WRITABLE)}")
        if not np.all(np.asarray(value, dtype=np.float64) > 0) or not np.all(np.isfinite(value)):
            raise ValueError(f"{kind.__name__}.{name} is above 0, not {value!r}")
        self.state.citizens.column(name)[rows] = value

    def state_cell(self, column: str, behaviour: str, row: int) -> Any:
        """Return one value of the state, by behaviour."""
        return self.state.columns[column][self.behaviour_index(behaviour), row]

    def remove_row(self, kind: type, row: int) -> None:
        """Remove a citizen; raises InputError for organisations and localities."""
        if _base(kind) is not Citizen:
            raise InputError("organisations and localities cannot be removed from a running world")
        rows = self._rows[kind]
        self._rows[kind] = rows[rows != row]
        self._views.pop((kind, row), None)
        self._personal = [person for person in self._personal if person.row != row]
        self._removed.append(row)
        self._register()

    def _let_go(self) -> None:
        """Take those removed since the last week out of the columns, all at once."""
        if self._removed:
            remove_citizens(self.state, np.array(self._removed, dtype=np.int64))
            self._removed.clear()
            for name in ("graph", "ties"):
                if name in self.__dict__:
                    self._shown(self.__dict__[name])

    def _shown(self, view: GraphView) -> GraphView:
        if self._removed:
            self._let_go()
        if self.state.present is not None:
            view.renew(self.state.graph, self.state.present == 0)
        return view

    def _number_others_from(self, first: int) -> None:
        """Give plain Mesa agents identifiers behind those of the world's own."""
        self.agent_id_counter = first  # Mesa 3.4 on
        ids = getattr(mesa.Agent, "_ids", None)
        if ids is not None:
            ids[self] = count(first)

    def _join(self, asked: Mapping[type[Citizen], Who]) -> None:
        """Let some citizens be of a user's subclass."""
        n, taken = self.state.prepared.n, np.zeros(self.state.prepared.n, dtype=bool)
        for place, (kind, who) in enumerate(asked.items()):
            if not (isinstance(kind, type) and issubclass(kind, Citizen) and kind is not Citizen):
                raise InputError(f"citizens= takes subclasses of Citizen, not {kind!r}")
            mask = self._mask(who, place)
            if (mask & taken).any() and np.ndim(who):
                raise InputError(
                    f"{kind.__name__}: citizen {int(np.flatnonzero(mask & taken)[0]) + 1} has a class already"
                )
            mask &= ~taken
            taken |= mask
            self._rows[kind] = np.flatnonzero(mask)
        self._rows[Citizen] = np.flatnonzero(~taken) if taken.any() else np.arange(n)
        for kind in asked:
            self._personal += [self.view(kind, int(row)) for row in self._rows[kind]]
        if self._personal:
            self._personal.sort(key=lambda person: person.row)
            self.state.personal = self._decide

    def _mask(self, who: Who, place: int) -> NDArray[np.bool_]:
        prepared = self.state.prepared
        if np.ndim(who) == 0:
            if not 0 <= float(who) <= 1:
                raise InputError(f"citizens=: {who!r} is no share; it is a number from 0 to 1, or a mask")
            u = prepared.streams.uniform64(POPULATION, prepared.citizens.ids, _FIRST_PERSONAL + place)
            return np.asarray(u < float(who))
        rows = np.asarray(who)
        if rows.dtype == bool and rows.shape == (prepared.n,):
            return rows.copy()
        if (
            not np.issubdtype(rows.dtype, np.integer)
            or rows.ndim != 1
            or (len(rows) and not 0 <= rows.min() <= rows.max() < prepared.n)
        ):
            raise InputError(
                f"citizens=: a mask has {prepared.n} truth values; rows are whole numbers from 0 to {prepared.n - 1}"
            )
        mask = np.zeros(prepared.n, dtype=bool)
        mask[rows] = True
        return mask

    def _decide(self, state: State, b: BehaviourTerms, key: np.uint64) -> None:
        decide_personally(state, b, key, self._personal)

    def _register(self) -> None:
        """Build the sets of agents from the rows; plain Mesa agents stay."""
        parts = {k: ColumnSet(random=self.random, source=(self, k, rows)) for k, rows in self._rows.items()}
        if isinstance(self._all_agents, WorldSet):
            self._all_agents.renew(parts.values())
        else:
            self._all_agents = WorldSet(parts.values(), self.random)
        others = {k: v for k, v in self._agents_by_type.items() if k not in parts}
        self._agents_by_type = {**parts, **others}

    def _citizens_column(self, name: str) -> NDArray[Any] | None:
        people = self.state.citizens
        if name in _NAMED:
            named: NDArray[Any] = np.asarray(_NAMED[name])[people.column(name)]
            return named
        if name == "enrolled":
            return self.state.live_any
        for column in _STATE_COLUMNS:
            behaviour = name.removeprefix(f"{column}_")
            if behaviour != name and behaviour in self.state.behaviours:
                cells: NDArray[Any] = self.state.columns[column][self.state.behaviours.index(behaviour)]
                return cells
        found: Any = getattr(people, name, None)
        if not isinstance(found, np.ndarray) or name.startswith("organisation_") or len(found) != people.n:
            return None
        values: NDArray[Any] = found
        return values

    def _attributes(self, place: int) -> dict[str, Any]:
        people = self.state.citizens
        if place < people.n:
            named = {k: _NAMED[k][int(people.column(k)[place])] for k in _NAMED}
            return {"type": "citizen", "age": int(people.age[place]), "wage": float(people.wage[place]), **named}
        place -= people.n
        if place < people.n_organisations:
            return {"type": "organisation", "sector": SECTORS[int(people.organisation_sector[place])]}
        return {"type": "locality", "name": people.locality_names[place - people.n_organisations]}

    def __repr__(self) -> str:
        """Say what runs, where it stands and what it found so far."""
        shares = ", ".join(
            f"{name} {100 * self.share('acts', i):.1f}% (twin {100 * self.share('acts_twin', i):.1f}%)"
            for i, name in enumerate(self.state.behaviours)
        )
        return (
            f"<SocialModel {self.definition.about.title.en!r}, arm {self.arm!r}, week {self.week} of "
            f"{self.definition.run.weeks}, {self.state.prepared.n:,} citizens: {shares}>"
        )

    def _repr_html_(self) -> str:
        """Show the same in a notebook."""
        from html import escape

        return f"<pre>{escape(repr(self))}</pre>"


def model(scenario: str | Path | Scenario = "bangkok-waste", arm: str = "control", **settings: Any) -> SocialModel:
    """Return a model of one arm, ready to step; settings are those of SocialModel."""
    return SocialModel(scenario, arm, **settings)


def _base(kind: type) -> type:
    return next(base for base in _BASES if issubclass(kind, base))


def _reporters(behaviours: tuple[str, ...]) -> dict[str, Any]:
    """Report each behaviour's share and effect; partials of named functions, for they are pickled with the model."""
    found: dict[str, Any] = {}
    for i, name in enumerate(behaviours):
        found[f"{name}_share"] = partial(_share, behaviour=i)
        found[f"{name}_effect_pp"] = partial(_effect, behaviour=i)
    return found


def _share(m: SocialModel, behaviour: int) -> float:
    return m.share("acts", behaviour)


def _effect(m: SocialModel, behaviour: int) -> float:
    return 100.0 * (m.share("acts", behaviour) - m.share("acts_twin", behaviour))
