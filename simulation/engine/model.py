"""A running world as a Mesa model: the face of the engine for people who know Mesa."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any

import mesa
import numpy as np
from mesa import DataCollector
from numpy.typing import NDArray

from simulation.agents.citizens import Citizen, Locality, Organisation
from simulation.agents.citizens_table import AGE_BANDS, SECTORS, SEXES
from simulation.agents.views import ColumnSet, WorldSet
from simulation.core.nxview import GraphView
from simulation.engine.prepare import ParameterMode, prepare
from simulation.engine.run import EngineName, start, step
from simulation.scenario.load import load
from simulation.scenario.model import Scenario

_NAMED = {"sex": SEXES, "age_band": AGE_BANDS, "sector": SECTORS}
_WRITABLE = ("wage",)


class SocialModel(mesa.Model):
    """One arm in one simulated society; `step()` is a week."""

    def __init__(
        self,
        scenario: str | Path | Scenario = "bangkok-waste",
        arm: str = "control",
        replicate: int = 0,
        engine: EngineName = "auto",
        parameters: ParameterMode = "ensemble",
        rng: int | None = None,
    ) -> None:
        """Prepare the society and open the arm. `rng` is the root seed; None takes the scenario's."""
        super().__init__(rng=0 if rng is None else int(rng))
        definition = load(scenario)
        if rng is not None:
            definition = definition.with_({"run.seed": int(rng)})
        if arm not in definition.arms:
            raise KeyError(f"there is no arm {arm!r}; there are {', '.join(definition.arms)}")
        self.definition = definition
        self.arm = arm
        self.state = start(prepare(definition, replicate, parameters=parameters), arm, engine)
        self._views: dict[tuple[type, int], Any] = {}
        people = self.state.citizens
        counts = {Citizen: people.n, Organisation: people.n_organisations, Locality: people.n_localities}
        parts = {kind: ColumnSet(random=self.random, source=(self, kind, np.arange(n))) for kind, n in counts.items()}
        self._first_id = {Citizen: 1, Organisation: 1 + people.n, Locality: 1 + people.n + people.n_organisations}
        self._agents_by_type = dict(parts)
        self._all_agents = WorldSet(list(parts.values()), self.random)
        reporters = {}
        for i, name in enumerate(self.state.behaviours):
            reporters[f"{name}_share"] = lambda m, i=i: m.share("acts", i)
            reporters[f"{name}_effect_pp"] = lambda m, i=i: 100.0 * (m.share("acts", i) - m.share("acts_twin", i))
        self.datacollector = DataCollector(model_reporters=reporters)
        self.datacollector.collect(self)

    @property
    def week(self) -> int:
        """Weeks done."""
        return self.state.week + 1

    def step(self) -> None:
        """Advance one week; at the horizon the model stops running."""
        if self.week < self.definition.run.weeks:
            step(self.state)
            self.datacollector.collect(self)
        self.running = self.week < self.definition.run.weeks

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
        return GraphView.over(self.state.graph, self._attributes, [people.organisation, people.locality])

    @cached_property
    def ties(self) -> GraphView:
        """Citizens and their social ties alone; a live view."""
        return GraphView.over(self.state.graph, self._attributes)

    def view(self, kind: Any, row: int) -> Any:
        """Return the agent of a row, made on first touch."""
        if (kind, row) not in self._views:
            self._views[kind, row] = kind(self, row, self._first_id[kind] + row)
        return self._views[kind, row]

    def column(self, kind: Any, name: str) -> NDArray[Any] | None:
        """Return a column of a type of agent as users see it, or None where there is none of that name."""
        people = self.state.citizens
        if kind is Citizen:
            if name in _NAMED:
                named: NDArray[Any] = np.asarray(_NAMED[name])[people.column(name)]
                return named
            found: Any = getattr(people, name, None)
            if not isinstance(found, np.ndarray) or len(found) != people.n:
                return None
            values: NDArray[Any] = found
            return values
        if kind is Organisation:
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
        base = next(k for k in (Citizen, Organisation, Locality) if issubclass(kind, k))
        column = self.column(base, name)
        if column is None:
            raise AttributeError(f"{kind.__name__} has no attribute {name!r}")
        value = column[row]
        return value.item() if hasattr(value, "item") else value

    def write_cell(self, kind: type, name: str, row: int, value: Any) -> None:
        """Change one value of a writable column; raises AttributeError for any other."""
        if kind is not Citizen or name not in _WRITABLE:
            raise AttributeError(f"{kind.__name__}.{name} cannot be set; writable: {', '.join(_WRITABLE)}")
        self.state.citizens.column(name)[row] = value

    def state_cell(self, column: str, behaviour: str, row: int) -> Any:
        """Return one value of the state, by behaviour."""
        return self.state.columns[column][self.state.behaviours.index(behaviour), row]

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
    """Return a model of one arm, ready to step."""
    return SocialModel(scenario, arm, **settings)
