"""What a key and a table of the format are called, mean and are measured in, in English and Thai."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from simulation.core.params import Text
from simulation.scenario.fields import known_field
from simulation.scenario.thai import CLASSES, UNITS, words_of
from simulation.scenario.wording import Words


@dataclass(frozen=True)
class KeyWords:
    """A key's title, meaning and unit; no unit where it is no number."""

    title: Text
    description: Text
    unit: Text | None


def key_words(cls: type[BaseModel], name: str, field: FieldInfo) -> KeyWords:
    """Return the words of a key of a table; English stands for Thai that a scheme of others does not bring."""
    extra = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
    ours = words_of(cls, name)
    title = str(extra.get("title_en") or title_of(name))
    what = field.description or ours.en or title
    unit = str(ours.unit or extra.get("unit") or known_field(field, cls).unit)
    return KeyWords(
        Text(en=title, th=str(extra.get("title_th") or ours.title_th)),
        Text(en=what, th=str(extra.get("description_th") or ours.th)),
        Text(en=unit, th=UNITS.get(unit) or str(extra.get("unit_th", ""))) if unit else None,
    )


def class_words(cls: type[BaseModel]) -> tuple[Text, Text]:
    """Return the title and the meaning of a table."""
    label, what = getattr(cls, "label", None), getattr(cls, "what", None)  # a scheme's and its tables' own words
    if isinstance(label, Text) and isinstance(what, Text):
        return label, what
    ours = CLASSES.get(cls.__name__, Words("", ""))
    doc = (cls.__doc__ or cls.__name__).strip().split("\n\n")[0]
    title = title_of(cls.__name__.removesuffix("Spec"))
    return Text(en=title, th=ours.title_th), Text(en=ours.en or " ".join(doc.split()), th=ours.th)


def title_of(name: str) -> str:
    """Return an identifier as a title: smallest_effect_pp, Smallest effect pp."""
    spaced = "".join(f" {c.lower()}" if c.isupper() else c for c in name).replace("_", " ").strip()
    return spaced[:1].upper() + spaced[1:]
