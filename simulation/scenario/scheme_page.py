"""The page of a kind of scheme: what it does, its parameters with unit, range and default, its literature, an example."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from textwrap import wrap
from typing import Any

from pydantic import BaseModel

from simulation.core.language import LANGUAGES
from simulation.core.params import Text
from simulation.incentives.base import Scheme
from simulation.incentives.fragment import described, fragment_of
from simulation.scenario.fields import Known, known, known_field, table_at
from simulation.scenario.words import key_words

LEVELS = {
    "individual": Text(en="Individual", th="บุคคล"),
    "organisation": Text(en="Organisation", th="องค์กร"),
    "area": Text(en="Area", th="พื้นที่"),
}
_NOT_ASKED = ("kind",)
_WIDTH = 100


@dataclass(frozen=True)
class Parameter:
    """One key of a scheme's table: its words, unit, range and default, and whether every kind has it.

    `each` is what stands in a list, where that is no table.
    """

    name: str
    title: Text
    meaning: Text
    unit: Text | None
    known: Known
    default: Any
    required: bool
    shared: bool
    each: Known | None = None


def parameters(cls: type[Scheme]) -> list[Parameter]:
    """Return the parameters of a kind, its own first, then those that every kind has.

    What stands in a table of its own follows it as `caps.acts_in_all`, of a list of tables as `rewards[].points`.
    """
    found = [_parameter(cls, name) for name in cls.model_fields if name not in _NOT_ASKED]
    whole = [inner for p in found for inner in (p, *([] if p.shared else _inside(cls, p.name)))]
    return sorted(whole, key=_is_shared)


def _inside(cls: type[Scheme], name: str) -> list[Parameter]:
    """Return the keys of a table, or of the tables in a list."""
    for path, head in (((name,), f"{name}."), ((name, "0"), f"{name}[].")):
        table = table_at(path, {"kind": kind_of(cls)}, cls)
        if table is not None:
            return [replace(_parameter(table, key), name=head + key, shared=False) for key in table.model_fields]
    return []


def _is_shared(parameter: Parameter) -> bool:
    return parameter.shared


def _parameter(cls: type[BaseModel], name: str) -> Parameter:
    field = cls.model_fields[name]
    words = key_words(cls, name, field)
    default = None if field.is_required() else field.default
    if isinstance(default, BaseModel):  # a table: what stands in it, unless one says otherwise
        default = default.model_dump(mode="json", exclude_none=True)
    return Parameter(
        name=name,
        title=words.title,
        meaning=words.description,
        unit=words.unit,
        known=known_field(field, cls),
        default=default,
        required=field.is_required(),
        shared=name in Scheme.model_fields,
        each=_each(cls, name),
    )


def _each(cls: type[BaseModel], name: str) -> Known | None:
    """Return what each entry of a list may be."""
    found = known((name, "0"), {"kind": kind_of(cls)}, cls) if "kind" in cls.model_fields else None
    return found if found is not None and found.kind != "table" else None


def as_json(cls: type[Scheme]) -> dict[str, Any]:
    """Return a kind as `kwamdee schemes --json` prints it."""
    return {
        "kind": kind_of(cls),
        "level": cls.level,
        "title": _both(cls.label),
        "what": _both(cls.what),
        "rests_on": _both(cls.rests_on),
        "strength": cls.strength,
        "literature": list(cls.literature),
        "example": fragment_of(cls),
        "parameters": [_json_of(p) for p in parameters(cls)],
    }


def kind_of(cls: type[BaseModel]) -> str:
    """Return the kind that a class reads."""
    return str(cls.model_fields["kind"].default)


def _json_of(p: Parameter) -> dict[str, Any]:
    return {
        "name": p.name,
        "type": p.known.kind,
        "title": _both(p.title),
        "meaning": _both(p.meaning),
        "unit": p.unit.en if p.unit is not None else None,
        "low": p.known.low,
        "high": p.known.high,
        "choices": list(p.known.choices),
        "required": p.required,
        "default": _plain(p.default),
        "shared": p.shared,
    }


def _plain(default: Any) -> Any:
    """Return a default as JSON: null for a table, whose keys have defaults of their own."""
    if isinstance(default, Mapping):
        return None
    return list(default) if isinstance(default, tuple) else default


def _both(text: Text) -> dict[str, str]:
    return {lang: text.get(lang) for lang in LANGUAGES}


def page(cls: type[Scheme], lang: str) -> str:
    """Return the page of a kind as plain text, in `en` or `th`."""
    t, level = _WORDS[lang], LEVELS[cls.level].get(lang)
    lines = [f"{cls.label.get(lang)} ({kind_of(cls)})", level, "", cls.what.get(lang)]
    if lang == "en":  # the longer account is the class's docstring, which is for those who read code
        for paragraph in described(cls).split("\n\n"):
            lines += ["", *wrap(" ".join(paragraph.split()), _WIDTH)]
    rests_on, strength = cls.rests_on.get(lang), STRENGTH[cls.strength].get(lang)
    lines += ["", f"{t['rests on']} {rests_on}" + (f" ({strength})" if strength != rests_on else "")]
    lines += ["", t["parameters"]]
    own = [p for p in parameters(cls) if not p.shared]
    for p in own:
        lines += _lines_of(p, lang)
    shared = ", ".join(p.name for p in parameters(cls) if p.shared)
    lines += ["", t["shared"], *_indented(shared)]
    lines += ["", t["literature"], *(f"  {entry}" for entry in cls.literature)]
    example = fragment_of(cls).rstrip("\n").split("\n")
    lines += ["", t["example"], "", *(f"  {line}" if line else "" for line in example)]
    return "\n".join(lines)


def _lines_of(p: Parameter, lang: str) -> list[str]:
    told = "; ".join(x for x in (range_of(p, lang), default_of(p, lang)) if x)
    lines = [f"  {p.name}  {told}".rstrip()]
    return [*lines, *(f"    {line}" for line in wrap(p.meaning.get(lang), _WIDTH - 4, break_on_hyphens=False))]


def range_of(p: Parameter, lang: str) -> str:
    """Say unit and range of a parameter, or what it may be."""
    unit = p.unit.get(lang) if p.unit is not None else ""
    if p.known.choices and p.known.kind != "list":
        return " | ".join(p.known.choices)
    inside = _in_short(p.known, lang) or _KINDS[lang].get(p.known.kind, p.known.kind)
    if p.known.kind == "list" and p.each is not None:
        inside += f"{_WORDS[lang]['each']} {' | '.join(p.each.choices) or _in_short(p.each, lang)}".rstrip()
    return f"{inside} ({unit})" if unit else inside


def _in_short(known: Known, lang: str) -> str:
    """Say a range; a bound that only keeps typing errors out is told as words: a trillion, not its twelve noughts."""
    said = known.bounds(lang)
    return said.replace("1,000,000,000,000", "1 trillion" if lang == "en" else "1 ล้านล้าน")


def default_of(p: Parameter, lang: str) -> str:
    """Say the default of a parameter, or that it is needed."""
    t = _WORDS[lang]
    if p.required:
        return t["needed"]
    if p.default is None or p.default in ("", ()) or isinstance(p.default, Mapping):
        return t["none"]
    value = str(p.default).lower() if isinstance(p.default, bool) else p.default
    if isinstance(value, tuple | list):
        value = ", ".join(map(str, value))
    elif isinstance(value, float):
        value = f"{value:,.10g}"
    return f"{t['default']} {value}"


def _indented(text: str) -> list[str]:
    return [f"  {line}" for line in wrap(text, _WIDTH - 2, break_on_hyphens=False)]


STRENGTH = {
    "several studies": Text(en="several studies", th="หลายการศึกษา"),
    "one study": Text(en="one study", th="การศึกษาเดียว"),
    "judgement": Text(en="judgement", th="การประเมินเอง"),
}
_WORDS = {
    "en": {
        "rests on": "Its size rests on",
        "parameters": "Parameters of its own",
        "shared": "Keys that every kind has (docs/reference/scenario-file.md says each)",
        "literature": "Literature",
        "example": "Example, a part of a scenario file",
        "each": ", each",
        "needed": "needed",
        "none": "not needed",
        "default": "default",
    },
    "th": {
        "rests on": "ขนาดของผลอาศัย",
        "parameters": "ค่ากำหนดเฉพาะชนิดนี้",
        "shared": "คีย์ที่ทุกชนิดมี (อธิบายไว้ใน docs/reference/scenario-file.th.md)",
        "literature": "เอกสารอ้างอิง",
        "example": "ตัวอย่าง ส่วนหนึ่งของไฟล์สถานการณ์",
        "each": " แต่ละค่า",
        "needed": "จำเป็น",
        "none": "ไม่บังคับ",
        "default": "ค่าเริ่มต้น",
    },
}
_KINDS = {
    "en": {},
    "th": {
        "number": "ตัวเลข",
        "whole number": "จำนวนเต็ม",
        "text": "ข้อความ",
        "true or false": "true หรือ false",
        "list": "รายการ",
        "table": "ตาราง",
    },
}
