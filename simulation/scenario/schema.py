"""The format as JSON Schema 2020-12, built from the classes that read it and from the schemes that are installed.

Editors complete and check by it. It holds types, ranges, units, the words allowed and what everything means, in English and
Thai; rules between keys are left to `kwamdee validate`, which is the truth. A file that extends another may say any part
of the format; one that does not must say all that is needed (`$defs` named `whole.`).
"""

from __future__ import annotations

import copy
from typing import Any

from pydantic import BaseModel
from pydantic.errors import PydanticInvalidForJsonSchema
from pydantic.fields import FieldInfo
from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import core_schema

from simulation.incentives.base import Scheme
from simulation.scenario.fields import known_field
from simulation.scenario.model import Scenario
from simulation.scenario.words import class_words, key_words
from simulation.world.spec import ONLINE_BANDS

Schema = dict[str, Any]
DIALECT = "https://json-schema.org/draft/2020-12/schema"
FILE_NAME = "kwamdee.schema.json"
_NAMES = {"minLength": 1, "maxLength": 60, "pattern": r"^[^\s\x00-,./:-@\[-^`{-\x7f]+$"}
_BESIDES: dict[str, Schema] = {
    "Scenario.behaviours": {"propertyNames": _NAMES},
    "Scenario.arms": {"propertyNames": _NAMES},
    "Arm.schemes": {"propertyNames": _NAMES},
    "WorldSpec.online": {"propertyNames": {"enum": list(ONLINE_BANDS)}},
}
"""What is known of keys beyond their types."""


def scenario_schema(lang: str = "en") -> Schema:
    """Return the JSON Schema of a scenario file; titles and descriptions in `lang`, both languages in `x-kwamdee`."""
    made = Scenario.model_json_schema(schema_generator=worded_generator(lang))
    defs: Schema = made.pop("$defs")
    properties = {**_head(lang), **made.pop("properties")}
    arms = properties["arms"]
    arms["properties"] = {"control": {**arms["additionalProperties"], "properties": {"schemes": {"maxProperties": 0}}}}
    _let_kinds_be_any(defs[_name(arms["additionalProperties"])]["properties"]["schemes"])
    whole = _Whole(defs)
    needs = whole.of({**made, "properties": properties})
    needs["properties"]["arms"]["required"] = ["control"]
    needs["properties"]["behaviours"]["minProperties"] = 1
    whole.or_tables()
    made.pop("required")
    always = _written_whole(defs, properties)
    for name, definition in defs.items():
        if name not in always:
            definition.pop("required", None)
    return {
        "$schema": DIALECT,
        **made,
        "properties": properties,
        "dependentRequired": {"drop": ["extends"]},
        "if": {"not": {"required": ["extends"]}},
        "then": needs,
        "$defs": {**defs, **whole.defs},
    }


def worded_generator(lang: str) -> type[GenerateJsonSchema]:
    """Return pydantic's generator with the words of `lang`."""

    class Worded(GenerateJsonSchema):
        ignored_warning_kinds = {"skipped-choice", "non-serializable-default"}  # noqa: RUF012  as its parent has it

        def model_schema(self, schema: core_schema.ModelSchema) -> Schema:
            cls: type[BaseModel] = schema["cls"]
            try:
                made = super().model_schema(schema)
            except PydanticInvalidForJsonSchema:
                if not issubclass(cls, Scheme):
                    raise
                made = {"type": "object", "properties": {}}  # a scheme of others: its own keys are left to validate
            if issubclass(cls, Scheme):
                made["properties"].setdefault("kind", {})["const"] = cls.model_fields["kind"].default
            return _worded_class(cls, made, lang)

    return Worded


def _worded_class(cls: type[BaseModel], made: Schema, lang: str) -> Schema:
    title, description = class_words(cls)
    for name, field in cls.model_fields.items():
        if name in made["properties"]:
            made["properties"][name] = _worded(cls, name, field, _plain(made["properties"][name]), lang)
    return {**made, "title": title.get(lang), "description": description.get(lang)}


def _worded(cls: type[BaseModel], name: str, field: FieldInfo, made: Schema, lang: str) -> Schema:
    """Return the schema of a key with its words."""
    words = key_words(cls, name, field)
    bounds = known_field(field, cls).bounds(lang)
    shown = [words.description.get(lang)]
    if words.unit is not None:
        shown.append(f"{'หน่วย' if lang == 'th' else 'Unit:'} {words.unit.get(lang)}{'' if lang == 'th' else '.'}")
    if bounds:
        shown.append(f"{'ช่วง' if lang == 'th' else 'Range:'} {bounds}{'' if lang == 'th' else '.'}")
    ours = {
        "unit": None if words.unit is None else words.unit.model_dump(),
        "title": words.title.model_dump(),
        "description": words.description.model_dump(),
    }
    return {
        **made,
        **copy.deepcopy(_BESIDES.get(f"{cls.__name__}.{name}", {})),
        "title": words.title.get(lang),
        "description": " ".join(shown),
        "x-kwamdee": {key: value for key, value in ours.items() if value is not None},
    }


def _plain(made: Schema) -> Schema:
    """Return a schema without null, which TOML cannot write, and without extras that go into `x-kwamdee`."""
    options = [option for option in made.get("anyOf", ()) if option != {"type": "null"}]
    if len(options) == 1:
        made = {**{k: v for k, v in made.items() if k != "anyOf"}, **options[0]}
    made = {k: v for k, v in made.items() if k not in ("unit", "title_th", "title_en", "description_th")}
    if made.get("default") is None or isinstance(made["default"], dict | list):
        made.pop("default", None)
    for key in ("additionalProperties", "items"):
        if isinstance(made.get(key), dict):
            made[key] = _plain(made[key])
    return made


def _head(lang: str) -> Schema:
    """Return the keys that only a file has."""
    path = {"type": "string", "minLength": 1}
    made: dict[str, Schema] = {"extends": path, "drop": {"type": "array", "items": path}}
    return {name: _worded(Scenario, name, FieldInfo(), made[name], lang) for name in Scenario.only_in_files}


def _let_kinds_be_any(schemes: Schema) -> None:
    """Let a scheme of which a variant says a part be one of any kind that has these keys."""
    union = schemes["additionalProperties"]
    if "oneOf" in union:
        union["anyOf"] = union.pop("oneOf")


def _written_whole(defs: Schema, properties: Schema) -> set[str]:
    """Return the definitions that a variant, too, writes whole: texts, and the elements of lists."""
    tables = [properties, *(d.get("properties", {}) for d in defs.values())]
    items = [p["items"] for t in tables for p in t.values() if "$ref" in p.get("items", {})]
    return {_name(defs[_name(properties["about"])]["properties"]["title"]), *map(_name, items)}


def _name(made: Schema) -> str:
    """Return the name of the definition that a schema refers to."""
    return str(made["$ref"]).rsplit("/", 1)[1]


class _Whole:
    """What a file that extends no other must say, table by table."""

    def __init__(self, defs: Schema) -> None:
        """Take the definitions, with their required keys."""
        self.given, self.open = copy.deepcopy(defs), set[str]()
        self.defs: Schema = {}

    def of(self, made: Schema) -> Schema:
        """Return the required keys of a schema and of what is inside, empty where there are none."""
        if "$ref" in made:
            return self.ref(_name(made))
        if "discriminator" in made:
            return self.union(made["discriminator"]["mapping"])
        needs: Schema = {"required": made["required"]} if made.get("required") else {}
        inside = {name: need for name, p in made.get("properties", {}).items() if (need := self.of(p))}
        if inside:
            needs["properties"] = inside
        for key in ("additionalProperties", "items"):
            if isinstance(made.get(key), dict) and (need := self.of(made[key])):
                needs[key] = need
        return needs

    def ref(self, name: str) -> Schema:
        """Return a reference to what a definition needs."""
        key = f"whole.{name}"
        if key not in self.defs and name not in self.open:
            self.open.add(name)
            need = self.of(self.given[name])
            if need:
                self.defs[key] = need
        return {"$ref": f"#/$defs/{key}"} if key in self.defs else {}

    def or_tables(self) -> None:
        """Ask of a world for what tables of one's own would fix only where it names none."""
        world = self.defs["whole.WorldSpec"]
        without = {key: rest for key, rest in world.get("properties", {}).items() if key != "localities"}
        fixed = [key for key in world["required"] if key != "citizens"]
        tables = {"required": fixed, "properties": without}
        self.defs["whole.WorldSpec"] = {"if": {"required": ["files"]}, "then": tables, "else": world}

    def union(self, mapping: dict[str, str]) -> Schema:
        """Return what a scheme needs, by its kind."""
        rules = [
            {"if": {"properties": {"kind": {"const": kind}}, "required": ["kind"]}, "then": need}
            for kind, ref in mapping.items()
            if (need := self.of({"$ref": ref}))
        ]
        return {"required": ["kind"], "allOf": rules}
