"""The JSON Schema: what is right passes, what is wrong fails, every key speaks both languages, plug-ins are in it."""

import copy
import json
import re
import tomllib
from types import SimpleNamespace
from typing import Any, Literal, get_args

import jsonschema
import pytest
from pydantic import BaseModel, Field

from simulation.core import registry
from simulation.core.errors import InputError
from simulation.core.params import Text, unit
from simulation.incentives import catalogue
from simulation.incentives.base import Scheme
from simulation.incentives.catalogue import scheme_classes
from simulation.scenario import schema as module
from simulation.scenario.drafting.plan import Plan
from simulation.scenario.drafting.write import draft
from simulation.scenario.fields import known_field
from simulation.scenario.load import shipped
from simulation.scenario.messages import unknown_kind
from simulation.scenario.model import Scenario
from simulation.scenario.schema import scenario_schema
from simulation.scenario.words import class_words, key_words

SCHEMA = scenario_schema()
JUDGE = jsonschema.Draft202012Validator(SCHEMA)
BANGKOK = tomllib.loads(shipped()["bangkok-waste"].read_text("utf-8"))
THAI = re.compile(r"[\u0e00-\u0e7f]")


def right(data: dict[str, Any]) -> bool:
    return bool(JUDGE.is_valid(data))


def changed(*path_and_value: Any, drop: bool = False) -> dict[str, Any]:
    data = copy.deepcopy(BANGKOK)
    *path, last = path_and_value if drop else path_and_value[:-1]
    here: Any = data
    for part in path:
        here = here[part]
    if drop:
        del here[last]
    else:
        here[last] = path_and_value[-1]
    return data


def classes() -> list[type[BaseModel]]:
    """Return every class that reads a table of the format."""
    found: list[type[BaseModel]] = []

    def walk(annotation: Any) -> None:
        if isinstance(annotation, type) and issubclass(annotation, BaseModel) and annotation not in found:
            found.append(annotation)
            for field in annotation.model_fields.values():
                walk(field.annotation)
        for inner in get_args(annotation):
            walk(inner)

    walk(Scenario)
    return found


def test_it_is_a_valid_schema_of_2020_12():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"].endswith("2020-12/schema")
    assert json.loads(json.dumps(SCHEMA, allow_nan=False)) == SCHEMA


@pytest.mark.parametrize("name", sorted(shipped()))
def test_every_shipped_scenario_passes(name):
    data = tomllib.loads(shipped()[name].read_text("utf-8"))
    assert [e.message for e in JUDGE.iter_errors(data)] == []


def test_a_drafted_scenario_of_every_kind_passes():
    data = tomllib.loads(draft(Plan(kinds=tuple(scheme_classes()), dynamics="sticky", budget=1.0)))
    assert [e.message for e in JUDGE.iter_errors(data)] == []


FEE = ("arms", "fee_discount", "schemes", "fee")


@pytest.mark.parametrize(
    "data",
    [
        changed("format", 2),
        changed("run", "weeks", 0),
        changed("run", "weeks", 1.5),
        changed("run", "weeks", "104"),
        changed("run", "weks", 4),
        changed("world", "urban", 1.4),
        changed("world", "decider", "family"),
        changed("world", "online", "15-25", 0.4),
        changed("behaviours", "waste_sort", "baseline", 0),
        changed("behaviours", "waste_sort", "baseline", True),
        changed("behaviours", "waste_sort", "mark", "X"),
        changed("behaviours", "waste.sort", {"baseline": 0.4, "opportunities_per_week": 1}),
        changed("behaviours", {}),
        changed(*FEE, "baht_per_month", -4),
        changed(*FEE, "kind", "fee_discounts"),
        changed(*FEE, "audience", "team"),
        changed(*FEE, "enrolment", "mode", "opt-out"),
        changed(*FEE, "schedule", "start", -1),
        changed("arms", "control", "schemes", BANGKOK["arms"]["comparison"]["schemes"]),
        changed("rights", "smallest_cell", 0),
        changed("sources", "run.weeks", 3),
        changed("drop", ["arms.recognition"]),
        changed("run", drop=True),
        changed("arms", "control", drop=True),
        changed("world", "daily_wage", "mean", drop=True),
        changed("behaviours", "waste_sort", "baseline", drop=True),
        changed("about", "title", "en", drop=True),
        changed(*FEE, "kind", drop=True),
        changed(*FEE, "schedule", "weeks", drop=True),
        changed(*FEE, "baht_per_month", drop=True),
    ],
)
def test_what_is_wrong_fails(data):
    assert right(BANGKOK)
    assert not right(data)


def test_a_world_of_ones_own_need_not_say_what_its_tables_fix():
    world = {k: v for k, v in BANGKOK["world"].items() if k != "citizens"}
    assert not right({**BANGKOK, "world": world})
    assert right(
        {**BANGKOK, "world": {**world, "files": {"citizens": "people.csv"}, "localities": {"name": "village"}}}
    )
    assert not right({**BANGKOK, "world": {**world, "files": {"people": "people.csv"}}})


def test_a_variant_says_what_it_changes_and_no_more():
    assert right({"extends": "bangkok-waste"})
    assert right(
        {
            "extends": "b.toml",
            "drop": ["arms.recognition"],
            "arms": {"fee": {"schemes": {"fee": {"baht_per_month": 4}}}},
        }
    )
    assert not right({"extends": "b.toml", "arms": {"fee": {"schemes": {"fee": {"baht_per_month": -4}}}}})
    assert not right({"extends": "b.toml", "arms": {"fee": {"schemes": {"fee": {"baht_per_moon": 4}}}}})
    assert not right({"extends": "b.toml", "run": {"weeks": 0}})
    assert not right({"extends": 3})
    assert not right({"extends": "b.toml", "drop": "arms.x"})


@pytest.mark.parametrize("lang", ["en", "th"])
def test_every_key_has_title_description_unit_and_range_in_the_language_and_both_beside(lang):
    made = scenario_schema(lang)
    for cls in classes():
        table = made["properties"] if cls is Scenario else made["$defs"][cls.__name__]["properties"]
        for name, field in cls.model_fields.items():
            key, where = table[name], f"{cls.__name__}.{name}"
            ours = key["x-kwamdee"]
            assert key["title"] == ours["title"][lang], where
            assert key["description"].startswith(ours["description"][lang]), where
            assert THAI.search(ours["title"]["th"]), where
            assert THAI.search(ours["description"]["th"]), where
            assert not THAI.search(ours["title"]["en"] + ours["description"]["en"]), where
            known = known_field(field, cls)
            if known.kind in ("number", "whole number"):
                assert THAI.search(ours["unit"]["th"]), where
                assert known.bounds(lang) in key["description"], where
                for side, closed, opened in (
                    (known.low, "minimum", "exclusiveMinimum"),
                    (known.high, "maximum", "exclusiveMaximum"),
                ):
                    assert side is None or side in (key.get(closed), key.get(opened)), where
            if known.choices and name not in ("format", "kind"):
                assert key.get("enum", [key.get("const")]) == list(known.choices), where


def test_every_table_has_a_title_and_a_meaning_in_thai():
    for cls in classes():
        for text in class_words(cls):
            assert THAI.search(text.th), cls.__name__


def test_named_tables_are_objects_and_nothing_is_null():
    assert SCHEMA["properties"]["arms"]["additionalProperties"] == {"$ref": "#/$defs/Arm"}
    assert SCHEMA["properties"]["arms"]["type"] == "object"
    assert "null" not in json.dumps(SCHEMA)
    kinds = SCHEMA["$defs"]["Arm"]["properties"]["schemes"]["additionalProperties"]
    assert set(kinds["discriminator"]["mapping"]) == set(scheme_classes())


class Stars(Scheme):
    """Stars of another distribution."""

    label = Text(en="Stars", th="ดาว")
    what = Text(en="Each act earns a star.", th="ทำแต่ละครั้งได้ดาว")
    kind: Literal["stars"] = "stars"
    stars: int = Field(ge=1, le=3, description="Stars.", json_schema_extra=unit("stars", "ดาว", "จำนวนดาว"))
    plain: float = Field(default=1.0, ge=0, description="Without Thai.")


class Odd(Stars):
    """A scheme with a key that no JSON can say."""

    kind: Literal["odd"] = "odd"
    how: type | None = None


def with_schemes(monkeypatch, *extra: type[Scheme]) -> dict[str, Any]:
    """Return the schema as it would be with more schemes installed."""
    from typing import Annotated, Union

    from simulation.core.params import FrozenDict
    from simulation.scenario.model import Arm

    union = Annotated[Union[(*scheme_classes().values(), *extra)], Field(discriminator="kind")]

    class TheirArm(Arm):
        __doc__ = Arm.__doc__
        schemes: FrozenDict[union] = FrozenDict()  # type: ignore[valid-type]

    TheirArm.__name__ = "Arm"

    class Theirs(Scenario):
        __doc__ = Scenario.__doc__
        arms: FrozenDict[TheirArm]

    monkeypatch.setattr(module, "Scenario", Theirs)
    return scenario_schema("th")


def test_a_scheme_of_another_distribution_is_in_it_with_its_words(monkeypatch):
    made = with_schemes(monkeypatch, Stars)
    ours = made["$defs"]["Stars"]["properties"]["stars"]
    assert (ours["title"], ours["maximum"]) == ("ดาว", 3)
    assert ours["x-kwamdee"]["unit"] == {"en": "stars", "th": ""}
    assert made["$defs"]["Stars"]["properties"]["plain"]["description"].startswith("Without Thai.")
    judge = jsonschema.Draft202012Validator(made)
    scheme = {"kind": "stars", "stars": 2, "schedule": {"start": 0, "weeks": 4}}
    assert judge.is_valid(changed("arms", "stars", {"schemes": {"s": scheme}}))
    assert not judge.is_valid(changed("arms", "stars", {"schemes": {"s": scheme | {"stars": 9}}}))


def test_a_scheme_that_no_schema_can_say_leaves_the_others_whole(monkeypatch):
    made = with_schemes(monkeypatch, Odd)
    judge = jsonschema.Draft202012Validator(made)
    assert judge.is_valid(changed("arms", "odd", {"schemes": {"s": {"kind": "odd", "stars": 9}}}))
    assert not judge.is_valid(changed(*FEE, "baht_per_month", -4))


def test_a_plug_in_that_cannot_be_loaded_is_left_out_and_named(monkeypatch):
    def broken():
        raise RuntimeError("boom")

    entry = SimpleNamespace(name="x", value="theirs:X", dist=SimpleNamespace(name="kwamdee-theirs"), load=broken)
    monkeypatch.setattr(registry, "entry_points", lambda group: [entry])
    left_out: list[InputError] = []
    found = registry.discover(["simulation.incentives.individual"], Scheme, left_out=left_out)
    assert "points" in found
    assert "kwamdee-theirs" in str(left_out[0])
    catalogue._found.cache_clear()
    try:
        assert (
            scheme_classes().keys()
            == registry.discover(
                [f"simulation.incentives.{r}" for r in ("individual", "organisation", "area")], Scheme, left_out=[]
            ).keys()
        )
        assert "kwamdee-theirs" in unknown_kind("theirs", ["points"])[0]
        assert "kwamdee-theirs" in unknown_kind("", ["points"])[1]
    finally:
        monkeypatch.undo()
        catalogue._found.cache_clear()


def test_the_words_of_a_key_fall_back_to_english():
    words = key_words(Stars, "plain", Stars.model_fields["plain"])
    assert words.title.get("th") == "Plain"
