"""Agents of somebody's own Mesa model as schemes see people: wages, localities and organisations, nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.core.errors import InputError
from simulation.incentives.rights import read_only

_READ = ("wage", "locality", "organisation")
_NO_ORGANISATION = -1


class MesaPeople:
    """Agents by row, in the order in which they came. A row is never given to another.

    Attributes:
        agents: The agent of each row.
        present: 1 for those who are still in the model, uint8[n], as of the last `take_in`.
        acts: What each did in the last week that was looked at, int64[n].
    """

    def __init__(self, model: Any, agents: Iterable[Any] | None) -> None:
        """Keep whom to look at: an AgentSet each week anew, others once; all agents of the model by default."""
        self._model, self._given = model, agents if agents is None or hasattr(agents, "select") else list(agents)
        self._rows: dict[Any, int] = {}
        self._codes: Mapping[str, dict[Any, int]] = {"locality": {}, "organisation": {}}
        self._columns: dict[str, NDArray[Any]] = {}
        self.agents: list[Any] = []
        self.present = np.zeros(0, np.uint8)
        self.acts = self._chances = np.zeros(0, np.int64)

    def take_in(self) -> None:
        """Take in those who are new, see who is still here and in which group."""
        given = self._model.agents if self._given is None else self._given
        for agent in given:
            if agent not in self._rows:
                self._rows[agent] = len(self.agents)
                self.agents.append(agent)
        self.acts, self._chances = longer(self.acts, self.n), longer(self._chances, self.n)
        here = self._model.agents
        self.present = read_only(np.array([a in here for a in self.agents], dtype=np.uint8))
        self._columns = {
            name: np.array([self._code(name, getattr(a, name, None)) for a in self.agents], dtype=np.int32)
            for name in self._codes
        }

    def row(self, agent: Any) -> int:
        """Return an agent's row, -1 for one who has come since the last look.

        Raises:
            InputError: For an agent whom the scheme is not for.
        """
        found = self._rows.get(agent, -1)
        if found < 0 and agent not in (self._model.agents if self._given is None else self._given):
            raise InputError(
                f"{agent!r} is none of the {self.n:,} agents that the scheme was given",
                f"{agent!r} ไม่อยู่ในตัวแทน {self.n:,} รายที่มาตรการนี้ได้รับมา",
            )
        return found

    @property
    def n(self) -> int:
        """Number of rows."""
        return len(self.agents)

    @property
    def n_localities(self) -> int:
        """Number of localities seen so far, at least 1."""
        return max(1, len(self._codes["locality"]))

    @property
    def n_organisations(self) -> int:
        """Number of organisations seen so far."""
        return len(self._codes["organisation"])

    @property
    def n_provinces(self) -> int:
        """Number of provinces: these agents are in one place."""
        return 1

    @property
    def province_of_locality(self) -> NDArray[np.int32]:
        """Province of each locality, all 0."""
        return np.zeros(self.n_localities, np.int32)

    @property
    def wage(self) -> NDArray[np.float32]:
        """Own daily wage, baht, float32[n]; raises InputError for an agent without one above 0."""
        if "wage" not in self._columns:
            wages = [getattr(a, "wage", None) for a in self.agents]
            for agent, wage in zip(self.agents, wages, strict=True):
                if not isinstance(wage, int | float | np.number) or not 0 < float(wage) < np.inf:
                    raise InputError(
                        f"{_named(agent)}.wage is {wage!r}; where money is offered every agent needs its daily wage in "
                        "baht, above 0",
                        f"{_named(agent)}.wage เป็น {wage!r} เมื่อมาตรการให้เงิน ตัวแทนทุกรายต้องมีค่าจ้างต่อวันเป็นบาทที่มากกว่า 0",
                    )
            self._columns["wage"] = np.array(wages, dtype=np.float32)
        return read_only(self._columns["wage"])

    @property
    def locality(self) -> NDArray[np.int32]:
        """Locality by number in the order of first sight; all are in one where agents have none."""
        return read_only(self._columns["locality"])

    @property
    def organisation(self) -> NDArray[np.int32]:
        """Organisation by number in the order of first sight, -1 where none."""
        return read_only(self._columns["organisation"])

    def column(self, name: str) -> NDArray[Any]:
        """Return a column by name; raises InputError for what agents of one's own do not have."""
        if name not in _READ:
            raise InputError(
                f"the scheme reads {name!r}; in a Mesa model of one's own it may read {', '.join(_READ)}",
                f"มาตรการนี้อ่าน {name!r} ในแบบจำลอง Mesa ของผู้ใช้เองอ่านได้เพียง {', '.join(_READ)}",
            )
        found: NDArray[Any] = getattr(self, name)
        return found

    def look(self, most: int) -> None:
        """Note what each agent here did this week; 0 for those who left.

        Raises:
            InputError: For `acts` that are no whole number from 0 to `most`.
        """
        found = np.zeros(self.n, np.int64)
        for row in np.flatnonzero(self.present).tolist():
            acts = getattr(self.agents[row], "acts", None)
            if not isinstance(acts, int | np.integer) or not 0 <= int(acts) <= most:
                raise InputError(
                    f"{_named(self.agents[row])}.acts is {acts!r}; it is a whole number from 0 to {most}",
                    f"{_named(self.agents[row])}.acts เป็น {acts!r} ต้องเป็นจำนวนเต็มตั้งแต่ 0 ถึง {most}",
                )
            found[row] = int(acts)
        self.acts, self._chances = found, self.present * np.int64(most)

    def rates(self, baseline: float) -> NDArray[np.float32]:
        """Return the share of opportunities acted on in each locality last week, the baseline where there was none."""
        done, possible = (np.bincount(self.locality, x, self.n_localities) for x in (self.acts, self._chances))
        return np.where(possible > 0, done / np.maximum(possible, 1), baseline).astype(np.float32)

    def _code(self, name: str, group: Any) -> int:
        if name == "organisation" and group is None:
            return _NO_ORGANISATION
        codes = self._codes[name]
        return codes.setdefault(group, len(codes))


def longer(column: NDArray[Any], n: int) -> NDArray[Any]:
    """Return a column with zeros behind it, for those who are new."""
    return np.concatenate([column, np.zeros(n - len(column), column.dtype)])


def _named(agent: Any) -> str:
    return f"{type(agent).__name__} {getattr(agent, 'unique_id', '')}".strip()
