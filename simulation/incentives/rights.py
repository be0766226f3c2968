"""The rights guard: what no scheme may do, whoever wrote it, and what no scheme is shown.

Most rules are types: an offer has no negative feature, a settlement no negative entry, a target no sensitive trait.
The guard covers what a scheme of another distribution could still try, and names rule and key.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel

from simulation.core.clock import Schedule
from simulation.core.errors import KwamdeeError
from simulation.core.params import Text
from simulation.incentives.base import Enrolment, Scheme
from simulation.incentives.channels import Channels
from simulation.incentives.coding import VISIBILITY
from simulation.incentives.rules import RULES as RULES  # handed on
from simulation.incentives.rules import named
from simulation.incentives.taking import taking_parameter
from simulation.incentives.targeting import Target
from simulation.incentives.verification import Checks

SHOWN_TO_SCHEMES = ("wage", "locality", "organisation", "household", "sector", "urban", "online", "age_band")
"""Columns that a scheme may read. Sex, exact age and identifiers are not among them, nor is anything not named here."""


class RightsError(KwamdeeError):
    """A scheme reached for something that the rules keep from it; the message names the rule."""


@dataclass(frozen=True)
class Violation:
    """One broken rule: which, at which dotted key, in words."""

    rule: str
    key: str
    text: Text


class _Arm(Protocol):
    @property
    def schemes(self) -> Mapping[str, Scheme]: ...


class HasArms(Protocol):
    """What the guard sees of a scenario."""

    @property
    def arms(self) -> Mapping[str, Any]:
        """Arms by name, each with `schemes` by name."""


def guard(scenario: HasArms) -> list[Violation]:
    """Return every broken rule of a scenario's schemes; empty where all is well."""
    return [
        violation
        for arm_name, arm in scenario.arms.items()
        for name, scheme in arm.schemes.items()
        for violation in scheme_violations(scheme, f"arms.{arm_name}.schemes.{name}")
    ]


def scheme_violations(scheme: Scheme, key: str) -> Iterator[Violation]:
    """Yield the rules that one scheme breaks, by its values and by what its class made of the common parts."""
    yield from _parameters(scheme, key)
    common = {
        "target": Target, "enrolment": Enrolment, "schedule": Schedule, "checks": Checks, "channels": Channels,
    }  # fmt: skip
    for name, plain in common.items():
        if type(getattr(scheme, name)) is not plain:
            rule = {"target": "G7", "enrolment": "G16"}.get(name, "G1")
            yield _violation(
                rule, f"{key}.{name}", f"A scheme may not bring its own {name}.", f"มาตรการกำหนด {name} ขึ้นเองไม่ได้"
            )
    audience = getattr(scheme, "audience", None)
    if audience is not None and audience not in VISIBILITY:
        yield _violation("G4", f"{key}.audience", f'"{audience}" is too public.', f'"{audience}" เปิดเผยเกินไป')


def _parameters(table: BaseModel, key: str) -> Iterator[Violation]:
    """Yield what the parameters of a scheme, and of the tables in it that are its own, would take."""
    for name in type(table).model_fields:
        value = getattr(table, name)
        if isinstance(value, int | float) and not isinstance(value, bool) and not value >= 0:
            yield _violation("G1", f"{key}.{name}", f"{value} is negative.", f"{value} เป็นค่าติดลบ")
        attempt = taking_parameter(name)
        if attempt is not None:
            en, th = f"A parameter {name} {attempt.why.en}.", f"พารามิเตอร์ {name} {attempt.why.th}"
            yield _violation(attempt.rules[0], f"{key}.{name}", en, th)
        if name not in Scheme.model_fields:  # the common tables are types of their own, looked at by name
            for inner in value if isinstance(value, tuple) else (value,):
                if isinstance(inner, BaseModel):
                    yield from _parameters(inner, f"{key}.{name}")


def _violation(rule: str, key: str, en: str, th: str) -> Violation:
    return Violation(rule, key, named((rule,), en, th))


class Shown:
    """Citizens as schemes see them: the columns of `SHOWN_TO_SCHEMES`, read-only; anything else raises RightsError."""

    def __init__(self, people: Any) -> None:
        """Wrap a table of citizens with `n`, `n_localities` and `column(name)`."""
        self._people = people
        self._province: NDArray[np.int32] | None = None
        self._columns = {name: read_only(people.column(name)) for name in SHOWN_TO_SCHEMES}

    @property
    def n(self) -> int:
        """Number of citizens."""
        return int(self._people.n)

    @property
    def n_localities(self) -> int:
        """Number of localities."""
        return int(self._people.n_localities)

    @property
    def n_organisations(self) -> int:
        """Number of organisations."""
        return int(self._people.n_organisations)

    @property
    def n_provinces(self) -> int:
        """Number of provinces, 1 in a world of one place."""
        return int(getattr(self._people, "n_provinces", 1))

    @property
    def province_of_locality(self) -> NDArray[np.int32]:
        """Province of each locality, all 0 in a world of one place."""
        if self._province is None:
            found = getattr(self._people, "province_of_locality", None)
            self._province = read_only(np.zeros(self.n_localities, np.int32) if found is None else found)
        return self._province

    @property
    def wage(self) -> NDArray[np.float32]:
        """Own daily wage, baht."""
        return self._columns["wage"]

    @property
    def locality(self) -> NDArray[np.int32]:
        """Locality of each citizen."""
        return self._columns["locality"]

    @property
    def organisation(self) -> NDArray[np.int32]:
        """Organisation of each citizen, -1 where none."""
        return self._columns["organisation"]

    def column(self, name: str) -> NDArray[Any]:
        """Return a column that schemes may read; raises RightsError for any other."""
        if name not in self._columns:
            may = ", ".join(SHOWN_TO_SCHEMES)
            raise RightsError(
                f'a scheme asked for "{name}"; it may read {may}. Rule G7: {RULES["G7"].text.en}',
                f'มาตรการขออ่าน "{name}" แต่อ่านได้เพียง {may} กฎ G7 {RULES["G7"].text.th}',
            )
        return self._columns[name]

    def __getattr__(self, name: str) -> Any:
        """Refuse every attribute that is not listed."""
        if name.startswith("_"):
            raise AttributeError(name)
        return self.column(name)

    def __getstate__(self) -> dict[str, Any]:
        """Pickle by what is wrapped."""
        return {"_people": self._people}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Wrap again."""
        self.__init__(state["_people"])  # type: ignore[misc]


def read_only(column: NDArray[Any]) -> NDArray[Any]:
    """Return a view of a column that cannot be written through."""
    view = column.view()
    view.flags.writeable = False
    return view
