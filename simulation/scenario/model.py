"""The scenario: a frozen value that says what is asked, of which world, with which arms. It runs nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, Union

from pydantic import BeforeValidator, Field, PrivateAttr, model_validator

from simulation.agents.law_spec import Combine, LawSpec
from simulation.core.errors import InputError, shortened
from simulation.core.params import Baht, BetweenKeys, Frozen, FrozenDict, Share, Text, Wrong
from simulation.incentives.base import Scheme
from simulation.incentives.catalogue import scheme_classes
from simulation.incentives.sensitive import Trait
from simulation.scenario.between import mistakes_between
from simulation.scenario.cautions import Caution, cautions
from simulation.scenario.lines import Scan
from simulation.scenario.overrides import put_all
from simulation.scenario.own import check_kinds, forget, of_memory, take_in
from simulation.scenario.places import FileText
from simulation.scenario.problems import checked, problem_of
from simulation.scenario.study import Observed, Study
from simulation.world.files import own_world
from simulation.world.raw import Texts
from simulation.world.spec import ROLES, Mark, WorldSpec

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

    AnyScheme = Scheme
else:
    AnyScheme = Annotated[Union[tuple(scheme_classes().values())], Field(discriminator="kind")]  # noqa: UP007  built at run time


def _is_one(value: Any) -> Any:
    """Refuse what only equals 1: true and 1.0."""
    if type(value) is not int or value != 1:
        raise Wrong("Write format = 1, the only format there is", "ให้เขียน format = 1 ซึ่งเป็นรูปแบบเดียวที่มี")
    return value


class About(Frozen):
    """What the scenario is about, in words."""

    title: Text
    question: Text


class Run(Frozen):
    """How long, how often, from which seed, and what size of effect matters."""

    weeks: int = Field(ge=1, le=5200, description="Horizon, weeks.")
    replicates: int = Field(default=60, ge=1, le=100_000, description="Simulated societies.")
    seed: int = Field(default=1, ge=0, le=2**63 - 1, description="Root seed.")
    smallest_effect_pp: float = Field(
        default=1.0, ge=0, le=100, description="Smallest effect that matters, percentage points (design)."
    )


SdgTarget = Annotated[str, Field(pattern=r"^(1[0-7]|[1-9])\.([1-9][0-9]?|[a-d])$")]


class Behaviour(Frozen):
    """A behaviour: how common it is without any scheme, how often there is a chance to act."""

    title: Text | None = None
    baseline: float = Field(gt=0, lt=1, description="Share of opportunities acted on without a scheme.")
    opportunities_per_week: float = Field(gt=0, le=14, description="A whole number 1-14, or below 1.")
    dynamics: Literal["flow", "sticky"] = "flow"
    intrinsic: Share = Field(default=0.3, description="iota: share of own reasons that rewards may crowd.")
    visible: Share = Field(default=0.35, description="How much of the act others can see.")
    spread: float = Field(default=2.0, ge=0, le=5, description="sigma: spread of motivation, logit.")
    redecision: Annotated[float, Field(gt=0, le=1)] | None = Field(
        default=None, description="r: chance a week to decide again (sticky only)."
    )
    trend_per_year: float = Field(default=0.0, ge=-5, le=5, description="f: common trend, logit a year.")
    virtue: Literal["sufficiency", "discipline", "integrity", "volunteer_spirit", "gratitude"] | None = Field(
        default=None, description="Virtue that it serves first; of known behaviours that of the table."
    )
    sdg_targets: tuple[SdgTarget, ...] = Field(
        default=(), strict=False, description="SDG targets that it serves; of known behaviours those of the table."
    )
    hours_per_act: Annotated[float, Field(ge=0, le=168)] | None = Field(
        default=None, description="Hours that an act takes; by default those of the table of behaviours."
    )
    substitutes: tuple[str, ...] = Field(
        default=(), strict=False, description="Behaviours whose hours are taken from this one, see [law]."
    )
    source: str | None = None
    mark: Mark | None = None
    sensitive: Trait | None = Field(default=None, description="What the act reveals of a person.")
    reports_persons: bool = Field(default=False, description="Whether the act accuses other people.")

    @model_validator(mode="after")
    def _whole(self) -> Behaviour:
        n = self.opportunities_per_week
        if n >= 1 and n != int(n):
            raise BetweenKeys(
                f"opportunities_per_week is {n:g}; from 1 on it is a whole number",
                f"opportunities_per_week เท่ากับ {n:g} ตั้งแต่ 1 ขึ้นไปต้องเป็นจำนวนเต็ม",
            )
        if (self.dynamics == "sticky") != (self.redecision is not None):
            raise BetweenKeys(
                '"redecision" belongs to dynamics = "sticky", and to it alone',
                '"redecision" ใช้กับ dynamics = "sticky" เท่านั้น และต้องมี',
            )
        return self


class Arm(Frozen):
    """One package of schemes; the control has none."""

    title: Text | None = None
    schemes: FrozenDict[AnyScheme] = FrozenDict()
    combine: Combine = Field(
        default="counts-once", description="How schemes aimed at one behaviour work together on whoever is in several."
    )


class Rights(Frozen):
    """What protects people in what is published."""

    smallest_cell: int = Field(default=10, ge=3, le=1000, description="No published cell below this.")


class Scenario(Frozen):
    """A world, its behaviours and its arms. Change it by copies: `scenario.with_({"run.weeks": 52})`."""

    format: Annotated[Literal[1], BeforeValidator(_is_one)]
    about: About
    run: Run
    world: WorldSpec
    behaviours: FrozenDict[Behaviour]
    arms: FrozenDict[Arm]
    rights: Rights = Rights()
    law: LawSpec = LawSpec()
    study: Study | None = None
    observed: tuple[Observed, ...] = Field(default=(), strict=False)
    sources: FrozenDict[str] = FrozenDict()
    cost_ceiling_baht: Baht | None = Field(
        default=None, description="The most an additional act may cost before a scheme is called too costly, baht."
    )

    @model_validator(mode="after")
    def _hangs_together(self) -> Scenario:
        for mistake in mistakes_between(self.model_dump(mode="json")):
            where = f"{'.'.join(mistake.path)}: " if mistake.path else ""
            raise BetweenKeys(f"{where}{mistake.en}", f"{where}{mistake.th}")
        return self

    _file: Scenario | None = PrivateAttr(default=None)
    _name: str = PrivateAttr(default="")
    _files: tuple[tuple[str, str], ...] = PrivateAttr(default=())
    only_in_files: ClassVar[tuple[str, ...]] = ("extends", "drop")
    """Keys that a file may have, and that are gone once it is read."""

    @property
    def name(self) -> str:
        """The stem of the file that it came from; empty for one made in Python."""
        return self._name

    def called(self, name: str) -> Scenario:
        """Remember the name and return self."""
        self._name = name
        return self

    @property
    def files(self) -> tuple[tuple[str, str], ...]:
        """Name and sha256 of the file that it came from and of those which that extends; empty for one made in Python."""
        return self._files

    def of_files(self, files: tuple[tuple[str, str], ...]) -> Scenario:
        """Remember the files and return self."""
        self._files = files
        return self

    @property
    def file_values(self) -> Scenario | None:
        """The scenario as its file stood, where this one is a change of it that bears on who signs up; else None.

        The level of enrolment is solved there and kept, so that levers move how many join.
        """
        return self._file

    def changed_from(self, before: Scenario) -> Scenario:
        """Remember the file's own values, where the change bears on who signs up, and return self."""
        file = before.file_values or before
        opt_in = any(s.enrolment.mode == "opt-in" for arm in file.arms.values() for s in arm.schemes.values())
        same_behaviours = list(file.behaviours) == list(self.behaviours)
        moved = (file.world, file.behaviours, file.arms, file.law) != (self.world, self.behaviours, self.arms, self.law)
        self._file = file if opt_in and same_behaviours and moved else None
        return self

    def __eq__(self, other: object) -> bool:
        """Compare what is said, the order of named tables included."""
        return isinstance(other, Scenario) and self.to_json() == other.to_json()

    def __hash__(self) -> int:
        """Hash the digest."""
        return hash(self.digest)

    @property
    def digest(self) -> str:
        """Return the sha256 of the canonical JSON; of files of an own world their names and contents, not their folders."""
        data = json.loads(self.to_json())
        for said in (data, data.get(_FILE)):
            files: dict[str, Any] = (said["world"]["files"] if said else None) or {}
            files |= {role: Path(path).name for role in ROLES if (path := files.get(role))}
        return hashlib.sha256(json.dumps(data, ensure_ascii=False).encode()).hexdigest()

    def to_json(self) -> str:
        """Return canonical JSON: every key with its value, defaults too.

        Keys of a table stand in the order of the format; named tables (behaviours, arms, schemes) in the file's, which
        numbers them.
        """
        data = self.model_dump(mode="json")
        if self._file is not None:
            data[_FILE] = self._file.model_dump(mode="json")
        return json.dumps(data, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Scenario:
        """Return the scenario that `to_json` wrote.

        Raises:
            ScenarioError: For a scenario with mistakes, with every one.
            InputError: For a text that is no JSON object.
        """
        data = _json_object(text)
        file = data.pop(_FILE, None)
        place = FileText(cls, "the JSON text", Scan(""))
        found: Scenario = checked(data, place)
        found._file = None if file is None else checked(file, place)
        return found

    def with_(self, changes: dict[str, Any]) -> Scenario:
        """Return a copy with dotted keys changed; this one stays as it is.

        Args:
            changes: New values by dotted key, as in the file: numbers, texts, or a whole table as a dict.

        Raises:
            ScenarioError: With every mistake: key, value received, what is right, nearest name.
            InputError: For changes that are no dict.

        Example:
            >>> import simulation as kw
            >>> scenario = kw.load("bangkok-waste")
            >>> dearer = scenario.with_({"arms.fee_discount.schemes.fee.baht_per_month": 60, "run.weeks": 80})
            >>> dearer.run.weeks, scenario.run.weeks
            (80, 104)
        """
        if not isinstance(changes, Mapping):
            raise InputError(
                f'with_ takes a dict, such as {{"run.weeks": 52}}, not {changes!r}',
                f'with_ รับ dict เช่น {{"run.weeks": 52}} แต่ได้รับ {changes!r}',
            )
        data = self.model_dump(mode="json")
        world = data["world"]
        size, places = world["citizens"], world["localities"]["number"]
        if any(key.startswith("world.files.") for key in changes):  # other tables, other people
            del world["citizens"], world["localities"]["number"]
        paths, wrong = put_all(data, changes.items(), "with_")
        file = FileText(Scenario, "the scenario", Scan(""), paths, "with_", valid_alone=True)
        forget(data, paths)
        mistakes, tables = take_in(data)
        if isinstance(world["localities"], dict):
            world["localities"].setdefault("number", min(places, world.setdefault("citizens", size)))
        found: Scenario = checked(data, file, [*wrong, *(problem_of(m, file) for m in mistakes)])
        if tables is not None:
            raise tables
        return found.changed_from(self).called(self.name)

    def sized(self, citizens: int, replicates: int) -> Scenario:
        """Return a copy of another size; its file's own values, where it keeps them, are of that size too.

        So nothing of the larger world is built to look at a smaller one.
        """
        size = {"world.citizens": citizens, "run.replicates": replicates}
        found = self.with_(size)
        if citizens != self.world.citizens:
            found._file = None if self._file is None else self._file.with_(size)
        return found

    def with_world(
        self,
        citizens: pd.DataFrame | str | Path | None = None,
        ties: nx.Graph | pd.DataFrame | str | Path | None = None,
        organisations: pd.DataFrame | str | Path | None = None,
        localities: pd.DataFrame | str | Path | None = None,
    ) -> Scenario:
        """Return a copy that is asked of a world of one's own; what the tables do not say is drawn as before.

        Args:
            citizens: One row a citizen: any of id, age (years), sex, urban (0/1), online (0/1), wage (baht a day),
                household, organisation, sector, locality. A DataFrame, or the path of a CSV or Parquet file.
            ties: A networkx.Graph whose nodes are ids (their attributes are citizens' columns where no table is given),
                a DataFrame with source, target and perhaps layer and weight, or the path of GraphML, CSV or Parquet.
            organisations: One row an organisation: id, sector, locality.
            localities: One row a locality: id, name, urban (0/1).

        Raises:
            ScenarioError: With every mistake of every table: table, row, column, and what would be right.
        """
        tables = {"citizens": citizens, "ties": ties, "organisations": organisations, "localities": localities}
        given = {role: table for role, table in tables.items() if table is not None}
        check_kinds(given)
        data = self.model_dump(mode="json")
        paths = {role: str(table) for role, table in given.items() if isinstance(table, str | Path)}
        if paths and len(paths) < len(given):
            raise InputError(
                "Give all tables as paths, or all of them as objects.",
                "ให้ใส่ตารางเป็นชื่อไฟล์ทั้งหมด หรือเป็นวัตถุใน Python ทั้งหมด",
            )
        world = data["world"]
        size, places = world.pop("citizens"), world["localities"].pop("number")
        world["files"] = paths or None
        mistakes, wrong = take_in(data) if paths else (of_memory(data, given) if given else [], None)
        if wrong is not None:
            raise wrong
        n = world.setdefault("citizens", size)
        world["localities"].setdefault("number", min(places, n))
        file = FileText(Scenario, "the scenario", Scan(""), (("world",),), "with_world")
        found: Scenario = checked(data, file, [problem_of(m, file) for m in mistakes])
        return found.called(self.name)

    @property
    def all_earn(self) -> bool:
        """Whether everybody has a wage of their own: in a study in another currency, as what others live on is in baht."""
        return self.currency is not None

    @property
    def currency(self) -> str | None:
        """The currency of a study's amounts; None where amounts are in baht."""
        return None if self.study is None else self.study.currency

    @property
    def notices(self) -> tuple[Texts, ...]:
        """What should be noticed of the tables of an own world, in English and Thai."""
        return () if self.world.files is None else own_world(self.world.files).noticed(self.world.decider)

    @property
    def warnings(self) -> tuple[Caution, ...]:
        """What is allowed but risky in it, each with its rule, its key and its reason in English and Thai."""
        return tuple(cautions(self))

    def _repr_html_(self) -> str:
        """Show title, question, size and arms in a notebook."""
        arms = "".join(
            f"<tr><td>{escape(name)}</td><td>{escape(', '.join(s.kind for s in arm.schemes.values()) or '-')}</td></tr>"
            for name, arm in self.arms.items()
        )
        return (
            f"<p><b>{escape(self.about.title.en)}</b><br>{escape(self.about.question.en)}<br>"
            f"{self.world.citizens:,} {self.world.decider}s, {self.run.weeks} weeks, {self.run.replicates} societies, "
            f"seed {self.run.seed}</p><table><tr><th>arm</th><th>schemes</th></tr>{arms}</table>"
        )


_FILE = "file_values"


def _json_object(text: str) -> dict[str, Any]:
    try:
        data = json.loads(text)
    except (ValueError, TypeError):
        data = None
    if not isinstance(data, dict):
        raise InputError(
            f"{shortened(repr(text))} is not the JSON of a scenario, which to_json writes; a file is read by kw.load",
            f"{shortened(repr(text))} ไม่ใช่ JSON ของสถานการณ์ที่ to_json เขียน ไฟล์สถานการณ์ให้อ่านด้วย kw.load",
        )
    return data
