"""What a key of the file may be: found by its path, from the very classes that read it."""

from __future__ import annotations

import types
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from simulation.core.params import FrozenDict
from simulation.incentives.base import Scheme
from simulation.incentives.catalogue import scheme_classes


@dataclass(frozen=True)
class Known:
    """One key: what kind of value it takes, within which bounds, and what it means."""

    kind: str  # "number", "whole number", "text", "true or false", "list", "table"
    low: float | None = None
    high: float | None = None
    low_open: bool = False
    high_open: bool = False
    unit: str = ""
    description: str = ""
    choices: tuple[str, ...] = ()
    in_scheme: bool = False

    def bounds(self, lang: str = "en") -> str:
        """Say the range in words: "0 to 1", "above 0, at most 14"."""
        thai = lang == "th"
        low = "" if self.low is None else _number(self.low)
        high = "" if self.high is None else _number(self.high)
        if low and high and not self.low_open and not self.high_open:
            return f"ตั้งแต่ {low} ถึง {high}" if thai else f"{low} to {high}"
        parts = []
        if low:
            words = ("above", "มากกว่า") if self.low_open else ("at least", "อย่างน้อย")
            parts.append(f"{words[thai]} {low}")
        if high:
            words = ("below", "น้อยกว่า") if self.high_open else ("at most", "ไม่เกิน")
            parts.append(f"{words[thai]} {high}")
        return (" " if thai else ", ").join(parts)


def known(path: Sequence[str], data: Any, root: type[BaseModel]) -> Known | None:
    """Return what the key at `path` below `root` may be, None where there is none; `data` tells the kinds of schemes."""
    if not path:
        return None
    table = table_at(path[:-1], data, root)
    field = table.model_fields.get(path[-1]) if table is not None else None
    if table is None or field is None:
        return None
    return _known(field, in_scheme=issubclass(table, Scheme))


def keys_of(path: Sequence[str], data: Any, root: type[BaseModel]) -> list[str]:
    """Return the keys that the table at `path` may have."""
    table = table_at(path, data, root)
    return list(table.model_fields) if table is not None else []


def table_at(path: Sequence[str], data: Any, root: type[BaseModel]) -> type[BaseModel] | None:
    """Return the class that reads the table at `path`."""
    here: Any = root
    value: Any = data
    for part in path:
        value = value.get(part) if isinstance(value, dict) else None
        if isinstance(here, type) and issubclass(here, BaseModel):
            field = here.model_fields.get(part)
            here = _inner(field.annotation) if field is not None else None
        elif isinstance(here, _Named):
            here = here.of
        else:
            return None
        if here is Scheme:
            kind = value.get("kind") if isinstance(value, dict) else None
            here = scheme_classes().get(kind) if isinstance(kind, str) else None
    return here if isinstance(here, type) and issubclass(here, BaseModel) else None


@dataclass(frozen=True)
class _Named:
    """A table of tables that the user names."""

    of: Any


def _inner(annotation: Any) -> Any:
    """Return the class of a table behind an annotation, or _Named for a table of tables."""
    origin = get_origin(annotation)
    if origin is not None and isinstance(origin, type) and issubclass(origin, FrozenDict):
        return _Named(_inner(get_args(annotation)[-1]))
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = [_inner(a) for a in get_args(annotation)]
    classes = [f for f in found if isinstance(f, type | _Named)]
    if classes and all(isinstance(c, type) and issubclass(c, Scheme) for c in classes):
        return Scheme
    return classes[0] if classes else None


def _known(field: FieldInfo, in_scheme: bool) -> Known:
    metadata = [*field.metadata, *_metadata(field.annotation)]
    limits: dict[str, Any] = {}
    for entry in metadata:
        for name in ("ge", "gt", "le", "lt"):
            value = getattr(entry, name, None)
            if value is not None:
                limits.setdefault(name, value)
    extra = field.json_schema_extra
    units = [extra] if isinstance(extra, dict) else []
    units += [e.json_schema_extra for e in metadata if isinstance(getattr(e, "json_schema_extra", None), dict)]
    return Known(
        kind=_kind(field.annotation),
        low=limits.get("ge", limits.get("gt")),
        high=limits.get("le", limits.get("lt")),
        low_open="gt" in limits and "ge" not in limits,
        high_open="lt" in limits and "le" not in limits,
        unit=str(next((u["unit"] for u in units if "unit" in u), "")),
        description=field.description or "",
        choices=_choices(field.annotation),
        in_scheme=in_scheme,
    )


def _metadata(annotation: Any) -> list[Any]:
    found = list(getattr(annotation, "__metadata__", ()))
    for inner in get_args(annotation):
        found += _metadata(inner)
    for entry in list(found):
        found += list(getattr(entry, "metadata", ()))
    return found


def _kind(annotation: Any) -> str:
    origin = get_origin(annotation)
    if origin in (Union, types.UnionType):
        return next((k for k in map(_kind, get_args(annotation)) if k != "nothing"), "value")
    if origin is tuple:
        return "list"
    if origin is Literal:
        return "text"
    if origin is not None and hasattr(annotation, "__metadata__"):
        return _kind(get_args(annotation)[0])
    plain = {bool: "true or false", int: "whole number", float: "number", str: "text", type(None): "nothing"}
    return plain.get(annotation, "table")


def _choices(annotation: Any) -> tuple[str, ...]:
    if get_origin(annotation) is Literal:
        return tuple(str(a) for a in get_args(annotation))
    return tuple(c for a in get_args(annotation) for c in _choices(a))


def _number(x: float) -> str:
    return f"{x:,.15g}"
