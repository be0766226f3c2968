"""Read a scenario: a file, or a shipped one by its name; all mistakes of the file at once."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from importlib import resources
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from simulation.core.errors import InputError, Problem, ScenarioError
from simulation.scenario import files
from simulation.scenario.lines import Scan, scan
from simulation.scenario.model import Scenario
from simulation.scenario.overrides import SET, put_all, read_all
from simulation.scenario.own import anchor, one_place, take_in
from simulation.scenario.problems import FileText, checked, problem_of
from simulation.scenario.syntax import parse


def load(source: str | Path | Scenario, overrides: Sequence[str] = ()) -> Scenario:
    """Return the scenario of a path or a shipped name, with `dotted.key=value` overrides applied.

    Raises ScenarioError with every mistake: file, line, key, value received, what is right, nearest name.
    """
    if isinstance(source, Scenario):
        if not overrides:
            return source
        data = source.model_dump(mode="json")
        return _checked(data, "the scenario", Scan(""), source, overrides).called(source.name)
    if not isinstance(source, str | Path):
        raise InputError(
            f"A scenario is a file's path, a shipped name ({', '.join(shipped())}) or a Scenario, "
            f"not {type(source).__name__}.",
            f"สถานการณ์ต้องเป็นที่อยู่ของไฟล์ ชื่อสถานการณ์ที่มีให้ ({', '.join(shipped())}) หรือ Scenario แต่ได้รับ {type(source).__name__}",
        )
    name, text = files.read(str(source), shipped())
    found = scan(text)
    data = parse(name, found)
    if not data:
        raise files.empty(name, text)
    anchor(data, Path(name).resolve().parent)
    return _checked(data, name, found, None, overrides).called(Path(source).stem)


def shipped() -> dict[str, Path]:
    """Return the scenarios that come with Kwamdee, by name."""
    checkout = Path(__file__).parents[2] / "scenarios"
    inside = Path(str(resources.files("simulation"))) / "data" / "scenarios"
    folder = inside if inside.is_dir() else checkout
    return {p.stem: p for p in sorted(folder.glob("*.toml"))}


def _checked(
    data: dict[str, Any], name: str, found: Scan, before: Scenario | None, settings: Sequence[str]
) -> Scenario:
    """Return the scenario of the data with the settings put in; `before` is the one without them, where known."""
    if not settings:
        return _with_tables(data, FileText(Scenario, name, found), [])
    if before is None:
        before = _valid(copy.deepcopy(data))
    changes, wrong = read_all(settings)
    paths, unfit = put_all(data, changes)
    file = FileText(Scenario, name, found, paths, SET, valid_alone=before is not None)
    scenario = _with_tables(data, file, [*wrong, *unfit])
    return scenario if before is None else scenario.changed_from(before)


def _with_tables(data: dict[str, Any], file: FileText, problems: list[Problem]) -> Scenario:
    """Return the scenario with the tables of its world read; raises ScenarioError with all that is wrong in all files."""
    mistakes, tables = take_in(data)
    one_place(data)
    problems += [problem_of(mistake, file) for mistake in mistakes]
    try:
        scenario: Scenario = checked(data, file, problems)
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
