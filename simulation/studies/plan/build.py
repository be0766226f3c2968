"""From a study file that is right to its factors and its design."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from simulation.core.params import Text
from simulation.results.responses.facts import FactorFacts, Role
from simulation.scenario.fields import inside, table_at
from simulation.scenario.model import Scenario
from simulation.scenario.words import key_words
from simulation.studies.plan import ranges
from simulation.studies.plan.factors import Factor
from simulation.studies.plan.keys import known_key, path_of
from simulation.studies.plan.law import parameter
from simulation.studies.plan.names import PARAMETERS
from simulation.studies.plan.points import Design
from simulation.studies.plan.spec import FactorSpec, StudySpec

_MORRIS_LEVELS = 4
_MOST_LISTED = 20
"""Different numbers of a list that a reader sees one by one; more are shown as a range."""
_NO_UNIT = Text(en=" ", th=" ")
"""A text cannot be empty; a blank is shown as nothing."""
Rows = tuple[tuple[Any, ...], ...]


def design_of(spec: StudySpec, scenario: Scenario, rows: Rows = (), expected: str = "") -> Design:
    """Return the design of a study that is right; `rows` are the points of a list."""
    data = scenario.model_dump(mode="json")
    given: list[tuple[str, Role, FactorSpec]] = [(name, "lever", f) for name, f in spec.levers.items()]
    given += [(name, "uncertainty", f) for name, f in spec.uncertainties.items()]
    columns = [_uniform([row[i] for row in rows]) for i in range(len(given))] if rows else [[] for _ in given]
    factors = tuple(
        _factor(name, role, factor, data, spec, column)
        for (name, role, factor), column in zip(given, columns, strict=True)
    )
    asked = spec.design
    return Design(
        kind=asked.kind,
        factors=factors,
        size=next((n for n in (asked.points, asked.base, asked.trajectories) if n is not None), 0),
        levels=asked.levels or (_MORRIS_LEVELS if asked.kind == "morris" else 0),
        seed=asked.seed,
        rows=tuple(zip(*columns, strict=True)) if rows else (),
        expected=expected,
    )


def _factor(
    name: str, role: Role, given: FactorSpec, data: dict[str, Any], spec: StudySpec, column: Sequence[Any]
) -> Factor:
    keys = given.keys or ((given.key,) if given.key is not None else ())
    of_law = keys[0].startswith(PARAMETERS)
    known = [] if of_law else [known_key(key, data) for key in keys]
    whole = given.whole if given.whole is not None else any(k is not None and k.kind == "whole number" for k in known)
    low, high, values = _extent(given, keys[0], whole, column)
    title, unit = _of_law(keys[0]) if of_law else _of_key(keys[0], data)
    return Factor(
        FactorFacts(
            name=name,
            role=role,
            title=given.title or title,
            unit=given.unit or unit,
            keys=tuple(keys),
            values=values,
            low=low,
            high=high,
            scale=given.scale,
            usual=_usual(keys, data, spec),
        ),
        whole=whole,
        levels=given.levels or 0,
        step=given.step or 0.0,
    )


def _extent(
    given: FactorSpec, key: str, whole: bool, column: Sequence[Any]
) -> tuple[float | None, float | None, tuple[Any, ...]]:
    """Return low and high, or the values, of a factor; of a list those that it holds."""
    if given.values:
        return None, None, tuple(_uniform(given.values))
    if given.range:
        low, high = given.range
        return (int(low), int(high), ()) if whole else (low, high, ())
    if column:
        seen = list(dict.fromkeys(column))
        numbers = [v for v in seen if ranges.is_number(v)]
        if len(numbers) == len(seen):
            return (min(numbers), max(numbers), ()) if len(seen) > _MOST_LISTED else (None, None, tuple(sorted(seen)))
        return None, None, tuple(seen)
    usual = parameter(key.removeprefix(PARAMETERS))
    return usual.low, usual.high, ()


def _uniform(values: Sequence[Any]) -> list[Any]:
    """Return values of one sort: where one number has a fraction, all are floats."""
    return [float(v) for v in values] if any(isinstance(v, float) for v in values) else list(values)


def _of_law(key: str) -> tuple[Text, Text]:
    known = parameter(key.removeprefix(PARAMETERS))
    return known.title, known.unit


def _of_key(key: str, data: dict[str, Any]) -> tuple[Text, Text]:
    """Return title and unit of a key of the scenario; of names that the user gave, such as age bands, the name."""
    path = path_of(key)
    table = table_at(path[:-1], data, Scenario)
    field = table.model_fields.get(path[-1]) if table is not None else None
    if table is None or field is None:
        return Text(en=path[-1]), _NO_UNIT
    words = key_words(table, path[-1], field)
    return words.title, words.unit or _NO_UNIT


def _usual(keys: Sequence[str], data: dict[str, Any], spec: StudySpec) -> Any:
    """Return the value that holds without the study; None where several keys differ or it is drawn."""
    if keys[0].startswith(PARAMETERS):
        return parameter(keys[0].removeprefix(PARAMETERS)).usual if spec.study.parameters == "default" else None
    found = [inside(data, path_of(key)) for key in keys]
    return found[0] if all(v == found[0] for v in found) else None
