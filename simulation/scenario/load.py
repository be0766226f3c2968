"""Read a scenario: a file, or a shipped one by its name; all mistakes of the file at once."""

from __future__ import annotations

import contextlib
import difflib
import re
import tomllib
from collections.abc import Sequence
from importlib import resources
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from simulation.core.errors import Problem, ScenarioError
from simulation.incentives.catalogue import scheme_classes
from simulation.incentives.rights import guard
from simulation.scenario.lines import Place, key_places
from simulation.scenario.messages import explain, nearest, unknown_key, unknown_kind
from simulation.scenario.model import Arm, Behaviour, Scenario, put

LARGEST_FILE = 5_000_000


def load(source: str | Path | Scenario, overrides: Sequence[str] = ()) -> Scenario:
    """Return the scenario of a path or a shipped name, with `dotted.key=value` overrides applied.

    Raises ScenarioError with every mistake: file, line, key, value received, what is right, nearest name.
    """
    if isinstance(source, Scenario):
        if not overrides:
            return source
        data, text, name = source.model_dump(mode="json"), "", "the scenario"
    else:
        name, text = _read(str(source))
        data = _parse(name, text)
    before = source if isinstance(source, Scenario) else None
    if overrides and before is None:
        with contextlib.suppress(ValidationError):  # what is wrong is told once the overrides are in
            before = Scenario.model_validate(data)
    for override in overrides:
        _override(data, override)
    places = key_places(text)
    try:
        scenario = Scenario.model_validate(data)
    except ValidationError as error:
        found = [_problem(e, name, text, places, data) for e in error.errors()]
        found += _behind_wrong_kind(data, name, text, places)
        raise ScenarioError(_once(found)) from None
    forbidden = [
        _placed(tuple(v.key.split(".")), v.text.en, v.text.th, "", name, text, places, v.rule) for v in guard(scenario)
    ]
    if forbidden:
        raise ScenarioError(_once(forbidden))
    return scenario if before is None else scenario.changed_from(before)


def shipped() -> dict[str, Path]:
    """Return the scenarios that come with Kwamdee, by name."""
    checkout = Path(__file__).parents[2] / "scenarios"
    inside = Path(str(resources.files("simulation"))) / "data" / "scenarios"
    folder = inside if inside.is_dir() else checkout
    return {p.stem: p for p in sorted(folder.glob("*.toml"))}


def _read(source: str) -> tuple[str, str]:
    path = Path(source)
    known = shipped()
    if source in known and not path.is_file():
        path = known[source]
    name = str(path)
    if not path.is_file():
        raise ScenarioError([_missing(source, known)])
    raw = path.read_bytes()[: LARGEST_FILE + 1]
    if not raw.strip():
        raise ScenarioError([_whole(name, _EMPTY)])
    if b"\x00" in raw or raw[:2] in (b"PK", b"\x1f\x8b") or len(raw) > LARGEST_FILE:
        raise ScenarioError([_whole(name, _BINARY)])
    try:
        return name, raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        en = f"Line {line} is not UTF-8. Save the file as UTF-8."
        raise ScenarioError([Problem(name, en, f"บรรทัดที่ {line} ไม่ใช่ UTF-8 ให้บันทึกใหม่เป็น UTF-8", line)]) from None


_EMPTY = (
    "The file is empty. Start from a working one, such as scenarios/bangkok-waste.toml.",
    "ไฟล์ว่างเปล่า เริ่มจากตัวอย่างที่ใช้ได้ เช่น scenarios/bangkok-waste.toml",
)
_BINARY = (
    "This is not a text file. A scenario is a TOML text file.",
    "นี่ไม่ใช่ไฟล์ข้อความ ไฟล์สถานการณ์ต้องเป็นข้อความ TOML",
)


def _whole(name: str, texts: tuple[str, str]) -> Problem:
    return Problem(name, texts[0], texts[1])


def _missing(source: str, known: dict[str, Path]) -> Problem:
    beside = [str(p) for p in Path(source).parent.glob("*.toml")] if Path(source).parent.is_dir() else []
    near = difflib.get_close_matches(source, [*beside, *known], 1, cutoff=0.5)
    en, th = "There is no such file.", "ไม่พบไฟล์นี้"
    if near:
        en, th = f"{en} Nearest: {near[0]}.", f"{th} ชื่อใกล้เคียง: {near[0]}"
    names = ", ".join(known)
    return Problem(
        source, f"{en}\nShipped scenarios: {names}.", f"{th}\nสถานการณ์ที่มีให้: {names}", suggestion=near[0] if near else ""
    )


def _parse(name: str, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        message = str(error)
        at = re.search(r"\(at line (\d+)", message)
        line = int(at.group(1)) if at else text.count("\n") + 1
        cause = message.split(" (at ")[0]
        source = text.split("\n")[min(line, text.count("\n") + 1) - 1]
        en, th = f"Line {line} cannot be read: {cause}.", f"อ่านบรรทัดที่ {line} ไม่ได้: {cause}"
        raise ScenarioError([Problem(name, en, th, line, source_line=source)]) from None


def _override(data: dict[str, Any], override: str) -> None:
    dotted, equals, raw = override.partition("=")
    if not equals or not dotted.strip():
        en = f'"{override}" is not dotted.key=value, such as run.weeks=52.'
        raise ScenarioError([Problem("--set", en, f'"{override}" ต้องเป็น dotted.key=value เช่น run.weeks=52')])
    try:
        value = tomllib.loads(f"x = {raw}")["x"]
    except tomllib.TOMLDecodeError:
        value = raw
    try:
        put(data, dotted.strip(), value)
    except KeyError:
        en = f'"{dotted}" goes through something that is no table.'
        raise ScenarioError([Problem("--set", en, en, key=dotted)]) from None


def _problem(error: Any, name: str, text: str, places: dict[tuple[str, ...], Place], data: dict[str, Any]) -> Problem:
    path = _real_path(error["loc"], data)
    key = path[-1] if path else ""
    if error["type"] == "extra_forbidden":
        en, th, near = unknown_key(key, ".".join(path[:-1]), _allowed(path[:-1], data))
    elif error["type"] in ("union_tag_invalid", "union_tag_not_found"):
        path = (*path, "kind")
        kind = (error["input"] or {}).get("kind", "") if isinstance(error["input"], dict) else ""
        en, th, near = unknown_kind(kind, list(scheme_classes()))
    else:
        en, th, near = explain(error, key)
    return _placed(path, en, th, near, name, text, places, str(error.get("input"))[:200])


def _placed(
    path: tuple[str, ...],
    en: str,
    th: str,
    near: str,
    name: str,
    text: str,
    places: dict[tuple[str, ...], Place],
    received: str,
) -> Problem:
    place = next((places[path[:i]] for i in range(len(path), 0, -1) if path[:i] in places), None)
    if place is None:
        return Problem(name, en, th, key=".".join(path), suggestion=near, received=received)
    line = text.split("\n")[place.line - 1]
    exact = path in places
    unknown = en.startswith("There is no key")
    start, end = (place.value_start, place.value_end) if exact and not unknown else (place.column, place.column)
    if unknown and exact:
        end = place.column + len(path[-1])
    return Problem(name, en, th, place.line, place.column, ".".join(path), received, "", near, line, start, end)


def _real_path(loc: tuple[Any, ...], data: Any) -> tuple[str, ...]:
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


def _allowed(path: tuple[str, ...], data: dict[str, Any]) -> list[str]:
    """Return the keys that a table may have."""
    model: Any = Scenario
    here: Any = data
    for place, part in enumerate(path):
        here = here.get(part) if isinstance(here, dict) else None
        above = path[place - 1] if place else ""
        if above == "schemes" and isinstance(here, dict):
            model = scheme_classes().get(str(here.get("kind")))
        elif above in _NAMED:
            model = _NAMED[above]
        elif isinstance(model, type) and issubclass(model, BaseModel):
            model = _inner(model, part)
    if isinstance(model, type) and issubclass(model, BaseModel):
        return list(model.model_fields)
    return []


_NAMED: dict[str, type[BaseModel]] = {"behaviours": Behaviour, "arms": Arm}


def _inner(model: type[BaseModel], name: str) -> Any:
    field = model.model_fields.get(name)
    if field is None:
        return None
    annotation = field.annotation
    options = [annotation, *getattr(annotation, "__args__", ())]
    return next((o for o in options if isinstance(o, type) and issubclass(o, BaseModel)), None)


def _behind_wrong_kind(
    data: dict[str, Any], name: str, text: str, places: dict[tuple[str, ...], Place]
) -> list[Problem]:
    """Check a scheme whose kind is misspelt against the nearest kind: validation stops at the kind."""
    found = []
    classes = scheme_classes()
    arms = data.get("arms")
    for arm, table in arms.items() if isinstance(arms, dict) else ():
        schemes = table.get("schemes") if isinstance(table, dict) else None
        for scheme, fields in schemes.items() if isinstance(schemes, dict) else ():
            kind = fields.get("kind") if isinstance(fields, dict) else None
            near = nearest(kind, list(classes)) if isinstance(kind, str) and kind not in classes else []
            if not near:
                continue
            try:
                classes[near[0]].model_validate({**fields, "kind": near[0]})
            except ValidationError as error:
                for e in error.errors():
                    path = ("arms", arm, "schemes", scheme, *(str(x) for x in e["loc"]))
                    if e["type"] == "extra_forbidden":
                        texts = unknown_key(path[-1], ".".join(path[:-1]), list(classes[near[0]].model_fields))
                    else:
                        texts = explain(dict(e), path[-1])
                    found.append(_placed(path, *texts, name, text, places, str(e["input"])[:200]))
    return found


def _once(problems: list[Problem]) -> list[Problem]:
    seen: dict[tuple[str, str], Problem] = {}
    for p in problems:
        seen.setdefault((p.key, p.text_en), p)
    return list(seen.values())
