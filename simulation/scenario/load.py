"""Read a scenario: a file, or a shipped one by its name; all mistakes of the file at once."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import replace
from importlib import resources
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from simulation.core.errors import InputError, Problem, ScenarioError
from simulation.core.names import quoted
from simulation.scenario import lines
from simulation.scenario.chain import EXTENDS, TABLES, Chain
from simulation.scenario.extends import Layer, layers_of, read_layers
from simulation.scenario.lines import Scan
from simulation.scenario.model import Scenario
from simulation.scenario.overrides import SET, put_all, read_all
from simulation.scenario.own import forget, one_place, take_in
from simulation.scenario.places import FileText
from simulation.scenario.problems import Found, checked, found_of


def load(source: str | Path | Scenario, overrides: str | Sequence[str] = ()) -> Scenario:
    """Return the scenario of a path or a shipped name, with `dotted.key=value` overrides applied.

    Args:
        source: A file, a shipped name such as "bangkok-waste", or a Scenario.
        overrides: Changes such as "run.weeks=52", one or several.

    Raises:
        ScenarioError: With every mistake: file, line, key, value received, what is right, nearest name.
        InputError: For something that is no scenario.

    Example:
        >>> import simulation as kw
        >>> scenario = kw.load("bangkok-waste", ["world.citizens=2000"])
        >>> scenario.world.citizens, list(scenario.arms)
        (2000, ['control', 'fee_discount', 'recognition', 'comparison', 'district_goal'])
    """
    if isinstance(overrides, str):
        overrides = [overrides]
    if isinstance(source, Scenario):
        if not overrides:
            return source
        data = source.model_dump(mode="json")
        file = FileText(Scenario, "the scenario", Scan(""))
        return _checked(data, file, source, overrides).called(source.name)
    if not isinstance(source, str | Path):
        raise InputError(
            f"A scenario is a file's path, a shipped name ({', '.join(shipped())}) or a Scenario, "
            f"not {type(source).__name__}.",
            f"สถานการณ์ต้องเป็นที่อยู่ของไฟล์ ชื่อสถานการณ์ที่มีให้ ({', '.join(shipped())}) หรือ Scenario แต่ได้รับ {type(source).__name__}",
        )
    layers = read_layers(str(source), {**shipped(), **precedents()})
    return _of_layers(layers, overrides).called(Path(source).stem)


def load_text(text: str, place: Path) -> Scenario:
    """Return the scenario of a text that is to stand in the file `place`; raises ScenarioError like `load`."""
    return _of_layers(layers_of(str(place), text, place, {**shipped(), **precedents()}), ()).called(place.stem)


def shipped() -> dict[str, Path]:
    """Return the scenarios that come with Kwamdee, by name."""
    return {p.stem: p for p in sorted(_folder().glob("*.toml"))}


def precedents() -> dict[str, Path]:
    """Return real schemes as small scenarios, by name, such as precedents/time-bank."""
    files = (_folder() / "precedents").glob("[!_]*.toml")
    return {f"precedents/{p.stem}": p for p in sorted(files)}


def _folder() -> Path:
    checkout = Path(__file__).parents[2] / "scenarios"
    inside = Path(str(resources.files("simulation"))) / "data" / "scenarios"
    return inside if inside.is_dir() else checkout


def _of_layers(layers: Sequence[Layer], settings: Sequence[str]) -> Scenario:
    """Return the scenario of a file and of those it extends, with the settings put in."""
    chain = Chain(layers)
    if isinstance(chain.data.get("study"), str) and "observed" in chain.data and "arms" not in chain.data:
        raise _outcomes(chain.file.name, chain.data["study"])
    return _checked(chain.data, chain.file, None, settings, chain).of_files(chain.files)


def _outcomes(name: str, study: str) -> ScenarioError:
    """Return the error of a file that holds what a study found, where its design is asked for."""
    place = f"outcomes/{study}.toml"
    en = (
        f"This file holds the outcomes of {quoted(study)}, and is no scenario. It belongs in {place}, in the folder of the "
        f"design {study}.toml; kwamdee evidence FOLDER reads and checks both."
    )
    th = (
        f"ไฟล์นี้เป็นผลของงานวิจัย {quoted(study)} ไม่ใช่สถานการณ์ ให้เก็บไว้ที่ {place} ในโฟลเดอร์ของไฟล์ {study}.toml "
        "คำสั่ง kwamdee evidence FOLDER จะอ่านและตรวจทั้งสองไฟล์"
    )
    return ScenarioError([Problem(name, en, th)], whole=True)


def _checked(
    data: dict[str, Any],
    file: FileText,
    before: Scenario | None,
    settings: Sequence[str],
    chain: Chain | None = None,
) -> Scenario:
    """Return the scenario of the data with the settings put in; `before` is the one without them, where known."""
    problems = list(chain.problems) if chain is not None else []
    data = copy.deepcopy(data)
    if settings:
        before = _valid(copy.deepcopy(data)) if before is None else before
        changes, wrong = read_all(settings)
        paths, unfit = put_all(data, changes)
        problems += [*wrong, *unfit]
        file = replace(file, overridden=paths, elsewhere=SET, valid_alone=before is not None)
    scenario = _with_tables(data, file, problems, chain)
    return scenario if before is None else scenario.changed_from(before)


def _with_tables(data: dict[str, Any], file: FileText, problems: list[Problem], chain: Chain | None) -> Scenario:
    """Return the scenario with the tables of its world read; raises ScenarioError with all that is wrong in all files."""

    def told(found: Found, brought_by: lines.Path = EXTENDS) -> Problem:
        return chain.told(found, file, brought_by) if chain is not None else found.tell()

    forget(data, file.overridden)
    mistakes, tables = take_in(data)
    one_place(data)
    problems += [told(found_of(mistake, file), TABLES) for mistake in mistakes]
    try:
        scenario: Scenario = checked(data, file, problems, told)
    except ScenarioError as error:
        if tables is None:
            raise
        both = [*error.problems, *tables.problems]
        raise ScenarioError(both, error.total + tables.total, read=tables.read) from None
    if tables is not None:
        raise tables
    return scenario


def _valid(data: dict[str, Any]) -> Scenario | None:
    take_in(data)
    one_place(data)
    try:
        return Scenario.model_validate(data)
    except ValidationError:  # what is wrong is told once the overrides are in
        return None
