"""Single values put into a scenario's data by dotted keys: `--set run.weeks=52`, `with_({"run.weeks": 52})`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from simulation.core.errors import Problem, ScenarioError, shortened
from simulation.core.names import did_you_mean, listed, quoted
from simulation.scenario.lines import Path, dotted_key

SET = "--set"
_NAMED = ((1, "behaviours", "behaviour", "พฤติกรรม"), (1, "arms", "arm", "ทางเลือก"), (3, "arms", "scheme", "มาตรการ"))


def put_all(
    data: dict[str, Any], changes: Iterable[tuple[str, Any]], elsewhere: str = SET
) -> tuple[tuple[Path, ...], list[Problem]]:
    """Set dotted keys in nested dicts; return the paths that were set and what is wrong with the others."""
    paths: list[Path] = []
    problems: list[Problem] = []
    for dotted, value in changes:
        try:
            path = _path(dotted, elsewhere)
            _put(data, path, value, elsewhere)
            paths.append(path)
        except ScenarioError as error:
            problems += error.problems
    return tuple(paths), problems


def read_all(overrides: Iterable[str]) -> tuple[list[tuple[str, Any]], list[Problem]]:
    """Return dotted keys and values of `dotted.key=value` texts, and what is wrong with the others."""
    changes: list[tuple[str, Any]] = []
    problems: list[Problem] = []
    for override in overrides:
        try:
            changes.append(_read(override))
        except ScenarioError as error:
            problems += error.problems
    return changes, problems


def _read(override: str) -> tuple[str, Any]:
    _, end = dotted_key(override)
    at = override.find("=", end)
    dotted, raw = override[:at].strip(), override[at + 1 :].strip()
    if at < 0 or not dotted:
        raise _wrong(
            f"{quoted(override)} is not dotted.key=value, such as run.weeks=52.",
            f"{quoted(override)} ต้องเป็น คีย์.ย่อย=ค่า เช่น run.weeks=52",
        )
    if not raw:
        raise _wrong(
            'After the "=" the value is missing, such as run.weeks=52.', 'หลัง "=" ไม่มีค่า เช่น run.weeks=52', dotted
        )
    if "\n" in raw or "\r" in raw:
        raise _wrong(
            "The value has a line end. Give one --set for each key.",
            "ค่ามีการขึ้นบรรทัดใหม่ ให้ใช้ --set หนึ่งครั้งต่อหนึ่งคีย์",
            dotted,
        )
    try:
        return dotted, tomllib.loads(f"x = {raw}")["x"]
    except (ValueError, RecursionError):
        if raw[:1] in ("{", "[", '"', "'") or len(raw) > 1000:
            raise _wrong(
                f"This is no TOML value; numbers begin with a digit: {shortened(raw)}",
                f"ไม่ใช่ค่า TOML ตัวเลขต้องขึ้นต้นด้วยเลข: {shortened(raw)}",
                dotted,
            ) from None
        return dotted, raw


def _path(dotted: str, elsewhere: str) -> Path:
    """Return the parts of a dotted key; parts in quotation marks may hold dots, others any letters."""
    path, end = dotted_key(dotted)
    if not path or end < len(dotted.rstrip()):
        path = () if '"' in dotted or "'" in dotted else tuple(part.strip() for part in dotted.split("."))
    if not path or not all(path):
        raise _wrong(
            f"{quoted(dotted)} is no key: names joined by single dots, such as run.weeks.",
            f"{quoted(dotted)} ไม่ใช่คีย์ ให้เขียนชื่อคั่นด้วยจุดทีละจุด เช่น run.weeks",
            dotted,
            elsewhere,
        )
    return path


def _put(data: dict[str, Any], path: Path, value: Any, elsewhere: str) -> None:
    """Set one value, making tables as needed, through no behaviour, arm or scheme that is not there."""
    if not isinstance(value, dict):  # a whole new table may bring a new name
        _through_named(data, path, elsewhere)
    tables = list(_tables(data, path))
    if not all(isinstance(table, dict) for table in tables):
        dotted = quoted(".".join(path))
        raise _wrong(
            f"{dotted} goes through something that is no table.",
            f"{dotted} ผ่านสิ่งที่ไม่ใช่ตาราง",
            ".".join(path),
            elsewhere,
        )
    here = data
    for part in path[:-1]:
        here = here.setdefault(part, {})
    here[path[-1]] = _plain(value)


def _plain(value: Any) -> Any:
    """Return NumPy's numbers as Python's, in tables and lists too."""
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, list) else value


def _tables(data: Any, path: Path) -> Iterator[Any]:
    """Yield what is there already on the way to a key."""
    for part in path[:-1]:
        if not isinstance(data, dict) or part not in data:
            return
        data = data[part]
        yield data


def _through_named(data: dict[str, Any], path: Path, elsewhere: str) -> None:
    for at, table, en, th in _NAMED:
        here: Any = data
        for part in path[:at]:
            here = here.get(part) if isinstance(here, dict) else None
        if path[0] != table or len(path) <= at + 1 or not isinstance(here, dict) or path[at] in here:
            continue
        ask_en, ask_th, near = did_you_mean(path[at], here)
        names, key = listed(tuple(here)), ".".join(path)
        raise _wrong(
            f"There is no {en} {quoted(path[at])}.{ask_en}\nThere are: {names}.",
            f"ไม่มี{th} {quoted(path[at])}{ask_th}\nที่มี: {names}",
            key,
            elsewhere,
            near,
        )


def _wrong(en: str, th: str, key: str = "", elsewhere: str = SET, near: str = "") -> ScenarioError:
    return ScenarioError([Problem(elsewhere, en, th, key=key, suggestion=near)])
