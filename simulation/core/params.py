"""Typed parameters: frozen models and numbers that carry their unit and their bounds."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

V = TypeVar("V")


class Wrong(ValueError):
    """Why a value cannot be, in English and Thai, without a full stop."""

    def __init__(self, en: str, th: str) -> None:
        """Keep both texts."""
        super().__init__(en)
        self.th = th


class BetweenKeys(Wrong):
    """A broken rule between keys of a scenario; whoever reads a file tells it from the raw data, at its key."""


def counted(n: int, noun: str) -> str:
    """Say a number with its noun: 1 week, 2 weeks."""
    return f"{n:,} {noun}" if n == 1 else f"{n:,} {noun}s"


def one_line(text: str) -> str:
    """Refuse characters that steer a screen: line ends, tabs, escapes, turns of the writing direction."""
    for at, char in enumerate(text, 1):
        if unicodedata.category(char) in ("Cc", "Zl", "Zp") or char in _TURNS:
            code = char.encode("unicode_escape").decode("ascii")
            raise Wrong(
                f"Letter {at} is the control character {code}; this is one line of plain text. Take it out",
                f"ตัวอักษรที่ {at} เป็นอักขระควบคุม {code} ข้อความนี้ต้องเป็นบรรทัดเดียวและไม่มีอักขระควบคุม ให้ลบออก",
            )
    return text


_TURNS = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
Line = Annotated[str, AfterValidator(one_line)]
"""A text of one line, without control characters."""


class Frozen(BaseModel):
    """A value: frozen, strict, closed to unknown keys, free of NaN and infinity."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False, validate_default=True)


class Text(Frozen):
    """A text that a reader sees, in English and Thai."""

    en: Line = Field(min_length=1, max_length=2000)
    th: Line = Field(default="", max_length=2000)

    def get(self, lang: str) -> str:
        """Return the text in `lang`, English where the Thai is missing."""
        return self.th if lang == "th" and self.th else self.en


class FrozenDict(Mapping[str, V]):
    """A mapping that cannot change and that hashes and pickles by its items, in their order."""

    __slots__ = ("_items",)

    def __init__(self, items: Mapping[str, V] | None = None) -> None:
        """Copy `items`."""
        self._items: dict[str, V] = dict(items or {})

    def __getitem__(self, key: str) -> V:
        """Return the value of `key`."""
        return self._items[key]

    def __iter__(self) -> Iterator[str]:
        """Iterate over the keys in file order."""
        return iter(self._items)

    def __len__(self) -> int:
        """Count the keys."""
        return len(self._items)

    def __eq__(self, other: object) -> bool:
        """Compare the items, and with another FrozenDict their order too: a scenario's tables are numbered by it."""
        if isinstance(other, FrozenDict):
            return list(self._items.items()) == list(other._items.items())
        return self._items == other

    def __hash__(self) -> int:
        """Hash the items."""
        return hash(tuple(self._items.items()))

    def __repr__(self) -> str:
        """Show like a dict."""
        return repr(self._items)

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle as a plain dict."""
        return (FrozenDict, (dict(self._items),))

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Validate as dict[str, V], keep as FrozenDict, dump as dict."""
        args = getattr(source, "__args__", (Any,))
        value_type = args[-1]
        inner = handler.generate_schema(dict[str, value_type])  # type: ignore[valid-type]
        from_dict = core_schema.no_info_after_validator_function(cls, inner)
        python = core_schema.union_schema([core_schema.is_instance_schema(cls), from_dict])
        return core_schema.json_or_python_schema(
            json_schema=from_dict,
            python_schema=core_schema.no_info_before_validator_function(
                lambda v: dict(v) if isinstance(v, FrozenDict) else v, from_dict
            )
            if python
            else from_dict,
            serialization=core_schema.plain_serializer_function_ser_schema(_dump, info_arg=False),
        )


def _dump(value: Mapping[str, Any]) -> dict[str, Any]:
    return {k: v.model_dump(mode="json") if isinstance(v, BaseModel) else v for k, v in value.items()}


def unit(
    name: str, title_th: str = "", description_th: str = "", title_en: str = "", unit_th: str = ""
) -> dict[str, Any]:
    """Return the `json_schema_extra` of a parameter: its unit, title and meaning in Thai, and an English title.

    `unit_th` is the unit in Thai, where the format does not know it already.
    """
    said = {
        "unit": name, "title_th": title_th, "description_th": description_th, "title_en": title_en, "unit_th": unit_th,
    }  # fmt: skip
    return {key: text for key, text in said.items() if text}


Share = Annotated[float, Field(ge=0.0, le=1.0, json_schema_extra={"unit": "share"})]
Baht = Annotated[float, Field(ge=0.0, le=1e12, json_schema_extra={"unit": "baht"})]
DailyWages = Annotated[float, Field(ge=0.0, le=1e4, json_schema_extra={"unit": "days of own wage"})]
Weeks = Annotated[int, Field(ge=0, le=5200, json_schema_extra={"unit": "weeks"})]
