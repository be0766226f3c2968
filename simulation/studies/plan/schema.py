"""The format of study files as JSON Schema 2020-12, from the classes that read them; rules between keys are left to `validate`."""

from __future__ import annotations

from typing import Any

from simulation.scenario.schema import DIALECT, worded_generator
from simulation.studies.plan.rules import LONGEST_NAME
from simulation.studies.plan.spec import StudySpec

FILE_NAME = "kwamdee-study.schema.json"
_NAMES = {"minLength": 1, "maxLength": LONGEST_NAME, "pattern": r"^[^\W\d]\w*$"}
_VALUE = {"type": ["number", "string", "boolean"]}


def study_schema(lang: str = "en") -> dict[str, Any]:
    """Return the JSON Schema of a study file; titles and descriptions in `lang`, both languages in `x-kwamdee`."""
    made: dict[str, Any] = StudySpec.model_json_schema(schema_generator=worded_generator(lang))
    for name in ("levers", "uncertainties", "contrasts"):
        made["properties"][name]["propertyNames"] = _NAMES
    factor = made["$defs"]["FactorSpec"]["properties"]
    factor["range"] |= {"minItems": 2, "maxItems": 2}
    factor["values"] |= {"items": _VALUE, "minItems": 1}
    for name in ("unit", "title"):
        factor[name] = _or_text(factor[name])
    contrast = made["$defs"]["ContrastSpec"]["properties"]
    contrast["title"] = _or_text(contrast["title"])
    return {"$schema": DIALECT, **made}


def _or_text(made: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a text in both languages that may be written once for both."""
    table = {key: value for key, value in made.items() if key == "$ref"}
    rest = {key: value for key, value in made.items() if key != "$ref"}
    return {**rest, "anyOf": [table, {"type": "string", "minLength": 1}]}
