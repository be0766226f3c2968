"""What may stand at a key of the scenario file, read off the models: type, bounds, unit, allowed names."""

from __future__ import annotations

import types
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from simulation.core.params import FrozenDict
from simulation.scenario.messages import nearest


@dataclass(frozen=True)
class Slot:
    """The place for one value: its type, the bounds on it, and what it means."""

    annotation: Any
    bounds: dict[str, float]
    description: str = ""
    unit: str = ""

    @property
    def wanted(self) -> str:
        """Return the kind of value in one word: table, number, whole, truth, text, list or name."""
        kind = self.annotation
        if _model_in(kind) or get_origin(kind) is FrozenDict:
            return "table"
        if get_origin(kind) is tuple:
            return "list"
        if get_origin(kind) is Literal:
            return "name"
        return {float: "number", int: "whole", bool: "truth", str: "text"}.get(kind, "table")


def slot_at(root: type[BaseModel], path: Sequence[str], data: Any) -> Slot | None:
    """Return the slot at a path, None where nothing may stand; `data` decides between kinds of scheme."""
    slot: Slot | None = Slot(root, {})
    for part in path:
        if slot is None:
            return None
        slot = _below(slot.annotation, part, data)
        data = data.get(part) if isinstance(data, dict) else _element(data, part)
    return slot


def keys_at(root: type[BaseModel], path: Sequence[str], data: Any) -> list[str]:
    """Return the keys that the table at a path may have; none where it is a table of names."""
    slot = slot_at(root, path, data)
    for part in path:
        data = data.get(part) if isinstance(data, dict) else _element(data, part)
    model = _chosen(slot.annotation, data) if slot else None
    return list(model.model_fields) if model else []


def kinds_in(annotation: Any) -> dict[str, type[BaseModel]]:
    """Return the models of a union by the value that `kind` has in each; empty where it is no such union."""
    options = [m for m in _options(annotation) if isinstance(m, type) and issubclass(m, BaseModel)]
    found = {m.model_fields["kind"].default: m for m in options if "kind" in m.model_fields}
    return found if len(found) == len(options) else {}


def nearest_kind(annotation: Any, received: Any) -> type[BaseModel] | None:
    """Return the model whose kind is the one received, or the only one near it."""
    kinds = kinds_in(annotation)
    if str(received) in kinds:
        return kinds[str(received)]
    near = nearest(str(received), list(kinds))
    return kinds[near[0]] if len(near) == 1 else None


def _below(annotation: Any, part: str, data: Any) -> Slot | None:
    inner = _bare(annotation)
    if get_origin(inner) in (FrozenDict, tuple):
        return _slot(get_args(inner)[0], [])
    model = _chosen(annotation, data)
    if model is None or part not in model.model_fields:
        return None
    field = model.model_fields[part]
    extra = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
    return _slot(field.annotation, list(field.metadata), field.description or "", str(extra.get("unit", "")))


def _slot(annotation: Any, metadata: list[Any], description: str = "", unit: str = "") -> Slot:
    bare, more = _unwrapped(annotation)
    bounds: dict[str, float] = {}
    for item in [*metadata, *more]:
        for constraint in [item, *getattr(item, "metadata", ())]:
            for name in ("ge", "gt", "le", "lt", "min_length", "max_length"):
                if getattr(constraint, name, None) is not None:
                    bounds[name] = getattr(constraint, name)
        extra = getattr(item, "json_schema_extra", None)
        unit = unit or (str(extra.get("unit", "")) if isinstance(extra, dict) else "")
    return Slot(bare, bounds, description, unit)


def _unwrapped(annotation: Any) -> tuple[Any, list[Any]]:
    """Take `| None` and Annotated off, keeping what Annotated said."""
    said: list[Any] = []
    while True:
        if get_origin(annotation) is Annotated:
            annotation, *more = get_args(annotation)
            said += more
            continue
        options = _options(annotation)
        if len(options) == 1 and options[0] is not annotation:
            annotation = options[0]
            continue
        return annotation, said


def _bare(annotation: Any) -> Any:
    return _unwrapped(annotation)[0]


def _options(annotation: Any) -> list[Any]:
    if get_origin(annotation) is Annotated:
        return _options(get_args(annotation)[0])
    if get_origin(annotation) in (Union, types.UnionType):
        return [o for a in get_args(annotation) if a is not type(None) for o in _options(a)]
    return [annotation]


def _model_in(annotation: Any) -> bool:
    return any(isinstance(o, type) and issubclass(o, BaseModel) for o in _options(annotation))


def _chosen(annotation: Any, data: Any) -> type[BaseModel] | None:
    """Return the model of a table, by its kind where there are several."""
    bare = _bare(annotation)
    if isinstance(bare, type) and issubclass(bare, BaseModel):
        return bare
    return nearest_kind(annotation, data.get("kind")) if isinstance(data, dict) else None


def _element(data: Any, part: str) -> Any:
    return data[int(part)] if isinstance(data, list) and part.isdecimal() and int(part) < len(data) else None
