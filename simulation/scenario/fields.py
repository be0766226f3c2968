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
from simulation.scenario.thai import words_of
from simulation.scenario.wording import Words


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
    description_th: str = ""
    choices: tuple[str, ...] = ()
    in_scheme: bool = False

    def bounds(self, lang: str = "en") -> str:
        """Say the range in words: "0 to 1", "above 0, at most 14"."""
        thai = lang == "th"
        low = "" if self.low is None else number(self.low)
        high = "" if self.high is None else number(self.high)
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
    spot = _spot(path, data, root) if path else None
    return _known(spot) if spot is not None else None


def known_field(field: FieldInfo, owner: type[BaseModel]) -> Known:
    """Return what a field of a class may be."""
    return _known(_Spot(field.annotation, field, owner))


def table_at(path: Sequence[str], data: Any, root: type[BaseModel]) -> type[BaseModel] | None:
    """Return the class that reads the table at `path`, None for tables that the user names and for lists."""
    spot = _spot(path, data, root)
    return _class_of(spot.annotation, inside(data, path)) if spot is not None else None


def keys_of(path: Sequence[str], data: Any, root: type[BaseModel]) -> list[str]:
    """Return the keys that the table at `path` may have."""
    table = table_at(path, data, root)
    return [*table.model_fields, *getattr(table, "only_in_files", ())] if table is not None else []


def required(path: Sequence[str], data: Any, root: type[BaseModel]) -> list[tuple[str, Known]]:
    """Return the keys that the table at `path` must have; none for tables that the user names."""
    table = table_at(path, data, root)
    fields = table.model_fields.items() if table is not None else ()
    return [(name, _known(_Spot(f.annotation, f, table, name))) for name, f in fields if f.is_required()]


def names_own_tables(path: Sequence[str], data: Any, root: type[BaseModel]) -> bool:
    """Tell whether the user names what is in the table at `path`, such as arms."""
    spot = _spot(path, data, root)
    return spot is not None and any(_is_named(option) for option in _options(spot.annotation))


def inside(data: Any, path: Sequence[str]) -> Any:
    """Return what the data hold at `path`, None where there is nothing."""
    for part in path:
        if isinstance(data, dict):
            data = data.get(part)
        elif isinstance(data, list | tuple) and part.isdigit() and int(part) < len(data):
            data = data[int(part)]
        else:
            return None
    return data


@dataclass(frozen=True)
class _Spot:
    """A place in the format: what may stand there, and the field and the class that say so."""

    annotation: Any
    field: FieldInfo | None = None
    owner: type[BaseModel] | None = None
    name: str = ""


def _spot(path: Sequence[str], data: Any, root: type[BaseModel]) -> _Spot | None:
    here: _Spot | None = _Spot(root)
    for part in path:
        here = _step(here, part, data) if here is not None else None
        data = inside(data, (part,))
    return here


def _step(here: _Spot, part: str, value: Any) -> _Spot | None:
    """Go into a table, a table of tables or a list; `value` is what the file has there."""
    for option in _options(here.annotation):
        if _is_named(option) or get_origin(option) is tuple:
            return _Spot(next(a for a in reversed(get_args(option)) if a is not Ellipsis))
    table = _class_of(here.annotation, value)
    field = table.model_fields.get(part) if table is not None else None
    return _Spot(field.annotation, field, table, part) if field is not None else None


def _class_of(annotation: Any, value: Any) -> type[BaseModel] | None:
    """Return the class that reads a table here; of several schemes the one that the kind in `value` names."""
    classes = [o for o in _options(annotation) if isinstance(o, type) and issubclass(o, BaseModel)]
    if classes and all(issubclass(c, Scheme) for c in classes):
        kind = value.get("kind") if isinstance(value, dict) else None
        return scheme_classes().get(kind) if isinstance(kind, str) else None
    return classes[0] if classes else None


def _options(annotation: Any) -> list[Any]:
    """Return the plain types behind an annotation: none of Annotated, Optional and unions."""
    if hasattr(annotation, "__metadata__"):
        return _options(get_args(annotation)[0])
    if get_origin(annotation) in (Union, types.UnionType):
        return [o for a in get_args(annotation) for o in _options(a)]
    return [annotation]


def _is_named(option: Any) -> bool:
    origin = get_origin(option)
    return isinstance(origin, type) and issubclass(origin, FrozenDict)


def _known(spot: _Spot) -> Known:
    field = spot.field
    metadata = [*(field.metadata if field else ()), *_metadata(spot.annotation)]
    limits: dict[str, Any] = {}
    for entry in metadata:
        for name in ("ge", "gt", "le", "lt"):
            value = getattr(entry, name, None)
            if value is not None:
                limits.setdefault(name, value)
    extra = field.json_schema_extra if field else None
    units = [extra] if isinstance(extra, dict) else []
    units += [e.json_schema_extra for e in metadata if isinstance(getattr(e, "json_schema_extra", None), dict)]
    words = words_of(spot.owner, spot.name) if spot.owner is not None else Words("", "")
    return Known(
        kind=_kind(spot.annotation),
        low=limits.get("ge", limits.get("gt")),
        high=limits.get("le", limits.get("lt")),
        low_open="gt" in limits and "ge" not in limits,
        high_open="lt" in limits and "le" not in limits,
        unit=str(next((u["unit"] for u in units if "unit" in u), "")),
        description=(field.description or "") if field else "",
        description_th=_in_thai(field, units, words),
        choices=_choices(spot.annotation),
        in_scheme=spot.owner is not None and issubclass(spot.owner, Scheme),
    )


def _in_thai(field: FieldInfo | None, units: list[Any], words: Words) -> str:
    """Return what a key means in Thai, where its class says it in English."""
    if field is None or not field.description:
        return ""
    return str(next((u["description_th"] for u in units if "description_th" in u), words.th))


def _metadata(annotation: Any) -> list[Any]:
    """Return what is said of a value here; not of the elements of a list or of tables."""
    found = list(getattr(annotation, "__metadata__", ()))
    if found or get_origin(annotation) in (Union, types.UnionType):
        for option in get_args(annotation)[: 1 if found else None]:
            found += _metadata(option)
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
    literals = [o for o in _options(annotation) if get_origin(o) is Literal]
    return tuple(str(a) for literal in literals for a in get_args(literal))


def number(x: float) -> str:
    """Show a bound: whole numbers whole."""
    return f"{x:,}" if isinstance(x, int) else f"{x:,.15g}"
