"""From what validation found to problems with their places: file, line, key, or the --set that brought them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, ValidationError

from simulation.core.errors import Problem, ScenarioError
from simulation.core.params import Wrong
from simulation.incentives.catalogue import scheme_classes
from simulation.incentives.rights import guard
from simulation.scenario.between import mistakes_between
from simulation.scenario.fields import keys_of, known
from simulation.scenario.lines import Place, key_places
from simulation.scenario.messages import did_you_mean, explain, nearest, unknown_key, unknown_kind

SET = "--set"
Path = tuple[str, ...]


@dataclass(frozen=True)
class FileText:
    """A file's text, the class that reads it and which keys came from elsewhere, to say where a mistake stands."""

    root: type[BaseModel]
    name: str
    text: str = ""
    overridden: tuple[Path, ...] = ()
    elsewhere: str = SET
    places: dict[Path, Place] = field(init=False)

    def __post_init__(self) -> None:
        """Find the places of all keys once."""
        object.__setattr__(self, "places", key_places(self.text))

    def problem(
        self, path: Path, en: str, th: str, near: str = "", received: str = "", expected: str = "", at_key: bool = False
    ) -> Problem:
        """Return the problem with its place: the value's, or with `at_key` the key's."""
        new = path and path not in self.places
        if any(path[: len(o)] == o or (new and o[: len(path)] == path) for o in self.overridden):
            return Problem(
                self.elsewhere, en, th, key=".".join(path), received=received, expected=expected, suggestion=near
            )
        found = next((path[:i] for i in range(len(path), 0, -1) if path[:i] in self.places), None)
        if found is None:
            return Problem(self.name, en, th, key=".".join(path), received=received, expected=expected, suggestion=near)
        place, exact = self.places[found], found == path
        start, end = (place.value_start, place.value_end) if exact and not at_key else (place.column, place.column)
        if at_key and exact:
            end = place.column + len(path[-1])
        line = self.text.split("\n")[place.line - 1]
        return Problem(
            self.name, en, th, place.line, place.column, ".".join(path), received, expected, near, line, start, end
        )


def checked(data: dict[str, Any], file: FileText) -> Any:
    """Return the scenario that the data make; raises ScenarioError with every mistake and every broken rule."""
    try:
        scenario: Any = file.root.model_validate(data)
    except ValidationError as error:
        raise ScenarioError(problems_of(error, data, file)) from None
    forbidden = [file.problem(tuple(v.key.split(".")), v.text.en, v.text.th, received=v.rule) for v in guard(scenario)]
    if forbidden:
        raise ScenarioError(forbidden)
    return scenario


def change(data: dict[str, Any], dotted: str, value: Any, elsewhere: str = SET) -> Path:
    """Set a dotted key in nested dicts, making tables as needed, and return its path.

    Raises ScenarioError where the key goes through no table, or through a behaviour, arm or scheme that is not there.
    """
    path = tuple(dotted.split("."))
    if not isinstance(value, dict):  # a whole new table may bring a new name
        _through_named(data, path, elsewhere)
    here: Any = data
    for part in path[:-1]:
        here = here.setdefault(part, {})
        if not isinstance(here, dict):
            en, th = f'"{dotted}" goes through something that is no table.', f'"{dotted}" ผ่านสิ่งที่ไม่ใช่ตาราง'
            raise ScenarioError([Problem(elsewhere, en, th, key=dotted)])
    here[path[-1]] = value
    return path


_NAMED = ((1, "behaviours", "behaviour", "พฤติกรรม"), (1, "arms", "arm", "ทางเลือก"), (3, "arms", "scheme", "มาตรการ"))


def _through_named(data: dict[str, Any], path: Path, elsewhere: str) -> None:
    for at, table, en, th in _NAMED:
        here: Any = data
        for part in path[:at]:
            here = here.get(part) if isinstance(here, dict) else None
        if path[0] != table or len(path) <= at + 1 or not isinstance(here, dict) or path[at] in here:
            continue
        ask_en, ask_th, near = did_you_mean(path[at], list(here))
        names = ", ".join(here)
        text_en = f'There is no {en} "{path[at]}".{ask_en}\nThere are: {names}.'
        text_th = f'ไม่มี{th} "{path[at]}"{ask_th}\nที่มี: {names}'
        raise ScenarioError([Problem(elsewhere, text_en, text_th, key=".".join(path), suggestion=near)])


def problems_of(error: ValidationError, data: dict[str, Any], file: FileText) -> list[Problem]:
    """Return every mistake once: those of single keys, those behind a misspelt kind, those between tables."""
    found = [_of_key(dict(e), data, file) for e in error.errors() if not _between(dict(e))]
    found += _behind_wrong_kind(data, file)
    for m in mistakes_between(data):
        ask_en, ask_th, near = did_you_mean(m.received, m.names) if m.received else ("", "", "")
        found.append(file.problem(m.path, f"{m.en}.{ask_en}", f"{m.th}{ask_th}", near, m.received, ", ".join(m.names)))
    seen: dict[tuple[str, str], Problem] = {}
    for p in found:
        seen.setdefault((p.key, p.text_en), p)
    return list(seen.values())


def _between(error: dict[str, Any]) -> bool:
    """Tell whether the error is the whole scenario's, which `mistakes_between` tells better."""
    return not error["loc"] and isinstance(error.get("ctx", {}).get("error"), Wrong)


def _of_key(error: dict[str, Any], data: dict[str, Any], file: FileText) -> Problem:
    path = _real_path(error["loc"], data)
    key = path[-1] if path else ""
    received = str(error.get("input"))[:200]
    what = known(path, data, file.root)
    if error["type"] == "extra_forbidden":
        allowed = keys_of(path[:-1], data, file.root)
        message = unknown_key(key, ".".join(path[:-1]), allowed)
        return file.problem(path, *message, received=received, expected=", ".join(allowed), at_key=True)
    if error["type"] in ("union_tag_invalid", "union_tag_not_found"):
        given = error["input"].get("kind", "") if isinstance(error["input"], dict) else ""
        kinds = list(scheme_classes())
        return file.problem(
            (*path, "kind"), *unknown_kind(given, kinds), received=str(given), expected=", ".join(kinds)
        )
    message = explain(error, key, what)
    expected = ", ".join(what.choices) or what.bounds() if what is not None else ""
    return file.problem(path, *message, received=received, expected=expected)


def _real_path(loc: Sequence[Any], data: Any) -> Path:
    """Take union tags, which are no keys, out of pydantic's path."""
    path: list[str] = []
    kinds = scheme_classes()
    for part in loc:
        is_tag = isinstance(part, str) and part in kinds and isinstance(data, dict) and part not in data
        if is_tag and data.get("kind") == part:
            continue
        path.append(str(part))
        if isinstance(data, dict):
            data = data.get(part)
        elif isinstance(data, list) and isinstance(part, int) and part < len(data):
            data = data[part]
        else:
            data = None
    return tuple(path)


def _behind_wrong_kind(data: dict[str, Any], file: FileText) -> list[Problem]:
    """Check a scheme whose kind is misspelt against the nearest kind: validation stops at the kind."""
    found: list[Problem] = []
    classes = scheme_classes()
    arms = data.get("arms")
    for arm, table in arms.items() if isinstance(arms, dict) else ():
        schemes = table.get("schemes") if isinstance(table, dict) else None
        for scheme, fields in schemes.items() if isinstance(schemes, dict) else ():
            kind = fields.get("kind") if isinstance(fields, dict) else None
            near = nearest(kind, list(classes)) if isinstance(kind, str) and kind not in classes else []
            if near:
                found += _against(near[0], ("arms", arm, "schemes", scheme), fields, data, file)
    return found


def _against(kind: str, path: Path, fields: dict[str, Any], data: dict[str, Any], file: FileText) -> list[Problem]:
    try:
        scheme_classes()[kind].model_validate({**fields, "kind": kind})
    except ValidationError as error:
        supposed = {"arms": {path[1]: {"schemes": {path[3]: {**fields, "kind": kind}}}}}
        return [_of_key({**e, "loc": (*path, *e["loc"])}, supposed, file) for e in error.errors()]
    return []
