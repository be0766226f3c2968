"""A running world as a Mesa model: the face of the engine for people who know Mesa."""

from __future__ import annotations

import copy
import math
from collections.abc import Mapping
from functools import cached_property, partial
from pathlib import Path
from typing import Any, Literal

import mesa
import numpy as np
from mesa import DataCollector

from simulation.agents.citizens import Citizen
from simulation.agents.everybody import WorldSet
from simulation.agents.views import RowAgent
from simulation.core.errors import InputError, one_of
from simulation.core.names import did_you_mean, nearest
from simulation.core.nxview import GraphView
from simulation.engine.arguments import Who, check_arm, check_settings, own_classes
from simulation.engine.faces import Faces
from simulation.engine.grid import TiesGrid
from simulation.engine.personal import decide_personally, remove_citizens
from simulation.engine.prepare import prepare
from simulation.engine.run import EngineName, start, step
from simulation.engine.state import State
from simulation.engine.terms import BehaviourTerms
from simulation.scenario.load import load
from simulation.scenario.model import Scenario
from simulation.world.parameter_files import Asked, parameters_of


class SocialModel(mesa.Model):
    """One arm in one simulated society; `step()` is a week.

    Attributes:
        faces: What agents and sets of agents read of them.
        definition: The scenario.
        graph: Citizens, organisations and localities as a `networkx.Graph`, a live view.
        ties: Citizens and their social ties alone.
        grid: The same ties as a Mesa grid: what `SolaraViz` draws, and where plain Mesa agents are placed.
    """

    steps: int  # Mesa's count of weeks

    def __init__(
        self,
        scenario: str | Path | Scenario = "bangkok-waste",
        arm: str = "control",
        replicate: int = 0,
        engine: EngineName = "auto",
        parameters: Asked = "posterior",
        citizens: Mapping[type[Citizen], Who] | None = None,
        rng: int | None = None,
    ) -> None:
        """Prepare the society and open the arm.

        Args:
            scenario: A file, a shipped name or a Scenario.
            arm: Name of the arm.
            replicate: Which simulated society, from 0.
            engine: "auto", "numpy" or "numba"; the same results to the bit.
            parameters: "posterior", "default", or the path of a table of one's own.
            citizens: Subclasses of Citizen and who is of them: a share of all (shares come to 1 at most), or a mask or
                rows.
            rng: Root seed; None takes the scenario's. Which society of that seed it is, `replicate` says.

        Raises:
            InputError: For an argument that cannot be so, before anything is built.
        """
        check_settings(replicate, engine, citizens, rng)
        definition = load(scenario)
        if rng is not None:
            definition = definition.with_({"run.seed": int(rng)})
        check_arm(arm, definition.arms)
        source = parameters_of(parameters, tuple(definition.behaviours), "parameters=")
        super().__init__(rng=0 if rng is None else int(rng))
        self._scenario = None  # else the SolaraViz of Mesa 3.5 puts a scenario of its own in place of ours on Reset
        self.definition, self.arm, self._under_way = definition, arm, True
        self._state: State | None = start(prepare(definition, int(replicate), parameters=source), arm, engine)
        self.faces = Faces(self, own_classes(self.state.prepared, citizens or {}))
        self._last_id = self.faces.n_agents
        self._agents_by_type, self._all_agents = self.faces.sets(self.random)
        self.faces.bear()
        if self.faces.personal:
            self.state.personal = self._decide
        self.datacollector = DataCollector(model_reporters=_reporters(self.state.behaviours))
        self.datacollector.collect(self)
        self._under_way = False

    @property
    def state(self) -> State:
        """The columns, ties and schemes behind the agents; raises InputError once the model is closed."""
        if self._state is None:
            raise InputError(
                "the model is closed: close() let go of its people. Make another with kw.model; what datacollector has "
                "collected is still there",
                "แบบจำลองนี้ปิดแล้ว close() ได้ปล่อยข้อมูลผู้คนไปแล้ว ให้สร้างใหม่ด้วย kw.model ส่วนข้อมูลที่ datacollector เก็บไว้ยังอยู่",
            )
        return self._state

    @property
    def week(self) -> int:
        """Weeks done."""
        return self.state.week + 1

    def step(self) -> None:
        """Advance one week; a step beyond the horizon does nothing but say that the model is done.

        So `running` falls in that further step, not in the last week: Mesa 3.3's `batch_run` reads the row before
        that of its last step, and the last week must be one that it reads. More such steps are not counted.

        Raises:
            InputError: From within a citizen, while a week is under way; once the model is closed.
        """
        self._refuse_within()
        weeks = self.definition.run.weeks
        if self.week >= weeks:
            self.running, self.steps = False, weeks + 1
            return
        self._let_go()
        self._under_way = True
        try:
            step(self.state)
        finally:
            self._under_way = False
        self.datacollector.collect(self)

    def _wrapped_step(self, *args: Any, **kwargs: Any) -> None:
        """Refuse before Mesa counts the step: 3.5 would let it pass in silence, 3.3 would count it."""
        self._refuse_within()
        super()._wrapped_step(*args, **kwargs)

    def _refuse_within(self) -> None:
        if getattr(self, "_under_way", False):
            raise InputError(
                "step() was called while a week is under way, from a citizen's __init__ or probability; "
                "whoever made the model steps it",
                "มีการเรียก step() ระหว่างที่สัปดาห์ยังดำเนินอยู่ จาก __init__ หรือ probability ของพลเมือง ให้เรียกจากนอกพลเมือง",
            )

    def close(self) -> None:
        """Let go of all views and of the columns behind them; the collected data stay. Again is harmless."""
        self.faces.clear()
        self._agents_by_type, self._all_agents = {}, WorldSet([], self.random)
        for name in ("graph", "ties", "grid"):
            self.__dict__.pop(name, None)
        self.running = False
        self._state = None

    def __copy__(self) -> SocialModel:
        """Copy all of it, people and weeks too: two models on one engine would step each other."""
        return copy.deepcopy(self)

    def share(self, column: Literal["acts", "acts_twin"], behaviour: str | int) -> float:
        """Return the mean share of opportunities acted on this week ("acts") or by the twins ("acts_twin").

        NaN where there was none: before the first week, except of sticky acts, and where nobody is left.

        Args:
            column: "acts" or "acts_twin".
            behaviour: Its name, or its place from 0.

        Raises:
            InputError: For another column.
            KeyError: For a behaviour that is not there.
        """
        one_of("column", column, ("acts", "acts_twin"))
        behaviour = self.behaviour_index(behaviour)
        terms = self.state.prepared.behaviours[behaviour]
        if self.week == 0 and not terms.sticky:
            return math.nan
        open_now, present = self.state.open_now.get(behaviour), self.state.present
        people = self.state.prepared.n if present is None else int(present.sum())
        chances = (people if open_now is None else int(open_now.sum())) * terms.n
        acts = int(self.state.columns[column][behaviour].sum(dtype=np.int64))
        return acts / chances if chances else math.nan

    @cached_property
    def graph(self) -> GraphView:
        """Citizens, organisations and localities with ties and memberships; a live view."""
        people = self.state.citizens
        groups = [(people.n_organisations, people.organisation), (people.n_localities, people.locality)]
        return self._looking(GraphView.over(self.state.graph, self.faces.attributes, groups, self.faces.agent_at))

    @cached_property
    def ties(self) -> GraphView:
        """Citizens and their social ties alone; a live view."""
        return self._looking(GraphView.over(self.state.graph, self.faces.attributes, agent=self.faces.agent_at))

    @cached_property
    def grid(self) -> TiesGrid:
        """Citizens at the nodes of their ties as a Mesa grid, where plain Mesa agents are placed; for small worlds."""
        return TiesGrid(self)

    def citizen(self, row: int) -> Any:
        """Return the citizen of a row, of whichever class it is; raises InputError for one who was removed."""
        return self.faces.citizen(row)

    def find(self, name: object) -> Any:
        """Return the citizen of an identifier in a user's own table, a text or a number; KeyError for one not there."""
        name, names = str(name), self.state.citizens.names
        if name not in names:
            near = nearest(name, names)
            hint = f"; did you mean {near[0]!r}?" if near else "" if names else "; citizens of this world were drawn"
            raise KeyError(f"there is no citizen {name!r}{hint}")
        return self.citizen(names.index(name))

    def behaviour_index(self, behaviour: str | int) -> int:
        """Return the place of a behaviour by its name or its place; raises KeyError with the names there are."""
        names = self.state.behaviours
        if isinstance(behaviour, int | np.integer) and not isinstance(behaviour, bool) and 0 <= behaviour < len(names):
            return int(behaviour)
        if not isinstance(behaviour, str) or behaviour not in names:
            near = did_you_mean(behaviour, names)[0] if isinstance(behaviour, str) else ""
            raise KeyError(f"there is no behaviour {behaviour!r};{near} there are {', '.join(names)}")
        return names.index(behaviour)

    def state_cell(self, column: str, behaviour: str, row: int) -> Any:
        """Return one value of the state, by behaviour."""
        return self.state.columns[column][self.behaviour_index(behaviour), row]

    def register_agent(self, agent: Any) -> None:
        """Take in a plain Mesa agent, with an identifier behind those of the world's own."""
        if isinstance(agent, RowAgent):
            self._all_agents.add(agent)
            return
        super().register_agent(agent)
        self._last_id += 1
        agent.unique_id = self._last_id

    def deregister_agent(self, agent: Any) -> None:
        """Take an agent out of the world, as its `remove()` does."""
        if isinstance(agent, RowAgent):
            self.faces.remove(type(agent), agent.row)
            self._look_again()
        else:
            super().deregister_agent(agent)

    def remove_all_agents(self) -> None:
        """Remove all citizens and all plain Mesa agents; organisations and localities cannot leave and stay."""
        for agent in [a for k, agents in self._agents_by_type.items() if not issubclass(k, RowAgent) for a in agents]:
            agent.remove()
        self.faces.remove_everybody()
        self._look_again()

    def _let_go(self) -> None:
        """Take those removed since the last week out of the columns, all at once."""
        if self.faces.pending:
            remove_citizens(self.state, np.array(self.faces.pending, dtype=np.int64))
            self.faces.pending.clear()
            self._look_again()

    def _look_again(self) -> None:
        if "grid" in self.__dict__:
            self.grid.empty(self.faces.pending)
        for name in ("graph", "ties"):
            if name in self.__dict__:
                self._looking(self.__dict__[name])

    def _looking(self, view: GraphView) -> GraphView:
        if self.faces.removals:
            view.renew(self.faces.ties)
        return view

    def _decide(self, state: State, b: BehaviourTerms, key: np.uint64) -> None:
        decide_personally(state, b, key, self.faces.personal)

    def __repr__(self) -> str:
        """Say what runs, where it stands and what it found so far."""
        head = f"<SocialModel {self.definition.about.title.en!r}, arm {self.arm!r}"
        if self._state is None:
            return f"{head}, closed>"
        shares = [
            f"{name} {100 * self.share('acts', i):.1f}% (twin {100 * self.share('acts_twin', i):.1f}%)"
            for i, name in enumerate(self.state.behaviours)
            if not math.isnan(self.share("acts", i))
        ]
        when = f"week {self.week} of {self.definition.run.weeks}{'' if self.week else ' (not started)'}"
        found = f": {', '.join(shares)}" if shares else ""
        who = "households" if self.definition.world.decider == "household" else "citizens"
        return f"{head}, {when}, {self.faces.n_present:,} {who}{found}>"

    def _repr_html_(self) -> str:
        """Show the same in a notebook."""
        from html import escape

        return f"<pre>{escape(repr(self))}</pre>"


def model(scenario: str | Path | Scenario = "bangkok-waste", arm: str = "control", **settings: Any) -> SocialModel:
    """Return a model of one arm, ready to step; settings are those of SocialModel, `seed` another name of `rng`.

    Raises:
        InputError: For an argument that cannot be so, and for `seed` beside `rng`.

    Example:
        >>> import simulation as kw
        >>> small = kw.load("bangkok-waste", ["world.citizens=200"])
        >>> m = kw.model(small, arm="comparison", seed=3)
        >>> m.step()
        >>> m.week, len(m.agents_by_type[kw.Citizen])
        (1, 200)
    """
    if "seed" in settings and "rng" in settings:
        raise InputError(
            f"seed= is {settings['seed']!r} and rng= is {settings['rng']!r}: both are the root seed; give one of them",
            f"seed= เป็น {settings['seed']!r} และ rng= เป็น {settings['rng']!r} ทั้งสองคือเลขสุ่มตั้งต้น ให้ระบุเพียงอย่างเดียว",
        )
    if "seed" in settings:
        settings["rng"] = settings.pop("seed")
    return SocialModel(scenario, arm, **settings)


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
