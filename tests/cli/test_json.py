import json
import re
from pathlib import Path

import pytest

from scripts.command_line import VARIABLES
from scripts.json_fields import FIELDS
from simulation.incentives.catalogue import scheme_classes
from tests.cli.test_help import COMMANDS, context, shown

ROOT = Path(__file__).parents[2]
SMALL = ("--set", "world.citizens=200", "--replicates", "1", "--jobs", "1")
TYPES = {bool: "boolean", int: "integer", float: "number", str: "string", list: "array", dict: "object"}


def fields_of(value, path=""):
    """Return the path of every value in an object, and its type."""
    if path:
        yield path, "null" if value is None else TYPES[type(value)]
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from fields_of(inner, f"{path}.{key}".strip("."))
    if isinstance(value, list):
        for inner in value:
            yield from fields_of(inner, f"{path}[]")


def pattern_of(path):
    """Return what matches a documented path: a part in capitals stands for any name."""
    parts = []
    for part in path.split("."):
        name, tail = part.removesuffix("[]"), "[]" if part.endswith("[]") else ""
        parts.append((r"[^.\[\]]+" if name.isupper() else re.escape(name)) + re.escape(tail))
    return re.compile(r"\.".join(parts))


def hold(found, command):
    """Check that the object has the documented fields, all of them and no other, with values of their types."""
    said = [(pattern_of(path), kind) for path, kind, _, _ in FIELDS[command]]
    seen = set()
    for path, kind in fields_of(found):
        rows = [n for n, (pattern, _) in enumerate(said) if pattern.fullmatch(path)]
        assert rows, f"put {path} of kwamdee {command} --json into scripts/json_fields.py"
        allowed = said[rows[0]][1]
        assert kind in allowed or (kind == "integer" and "number" in allowed), f"{path} is {kind}, not {allowed}"
        seen.update(rows)
    return {path for n, (path, *_) in enumerate(FIELDS[command]) if n not in seen}


def no_report(*_):
    pass


@pytest.mark.parametrize("command", COMMANDS)
def test_every_object_that_is_printed_is_documented(command):
    prints = any("--json" in p.opts for p in shown(COMMANDS[command], context(command), "option"))
    assert prints == (command in FIELDS), f"say in scripts/json_fields.py what kwamdee {command} --json prints"
    for path, kind, en, th in FIELDS.get(command, []):
        assert kind, path
        assert en, path
        assert re.search("[ก-๛]", th), f"{path} lacks its Thai"


def test_compare_prints_the_documented_fields(kwamdee, tmp_path, monkeypatch):
    monkeypatch.setattr("simulation.studies.compare.write_report", no_report)  # its figures take seconds
    run_by = ("--set", "arms.recognition.schemes.honour.organisations={ baseline = 0.1 }")
    done = kwamdee("compare", "bangkok-waste", *SMALL, *run_by, "--out", str(tmp_path), "--json", "--lang", "th")
    assert done.err == ""
    unseen = hold(json.loads(done.out), "compare")
    assert not {path for path in unseen if path.count(".") < 3 and not path.startswith("observed")}


def test_validate_prints_whether_the_file_is_valid_and_counts_all_mistakes(kwamdee, tmp_path):
    done = kwamdee("validate", "helmets", "--json")
    nothing = {"problems": [], "notices": [], "warnings": []}
    assert (done.code, json.loads(done.out)) == (0, {"valid": True, "mistakes": 0, **nothing})
    bad = tmp_path / "bad.toml"
    bad.write_text("format = 1\n" + "".join(f"unknown_{i} = 1\n" for i in range(60)), "utf-8")
    done = kwamdee("validate", str(bad), "--json")
    found = json.loads(done.out)
    assert (done.code, done.err) == (2, "")
    assert (found["valid"], len(found["problems"])) == (False, 20)
    assert found["mistakes"] > 60
    assert hold(found, "validate") == set()


def test_schemes_print_the_same_list_in_every_language(kwamdee):
    found = kwamdee("schemes", "--json")
    assert found == kwamdee("schemes", "--json", "--lang", "th")
    listed = json.loads(found.out)
    assert hold(listed, "schemes") <= {"[].parameters[].default[]"}
    assert [kind["kind"] for kind in listed] == sorted(scheme_classes())
    assert all(kind["parameters"] and kind["title"]["th"] for kind in listed)


def test_a_scheme_prints_the_object_that_the_list_has(kwamdee):
    one = json.loads(kwamdee("schemes", "fee_discount", "--json").out)
    assert hold(one, "schemes KIND") <= {"parameters[].default[]"}
    assert one in json.loads(kwamdee("schemes", "--json").out)
    needed = [p["name"] for p in one["parameters"] if p["required"] and not p["shared"]]
    assert needed == ["baht_per_month", "acts_needed_per_month"]


def test_explain_prints_the_documented_fields_in_every_language(kwamdee):
    found = kwamdee("explain", "bangkok-waste", "--json")
    assert found == kwamdee("explain", "bangkok-waste", "--json", "--lang", "th")
    assert hold(json.loads(found.out), "explain") == set()


def test_story_prints_the_documented_fields(kwamdee):
    done = kwamdee("story", "bangkok-waste", "--set", "world.citizens=300", "--weeks", "0..40", "--json")
    assert hold(json.loads(done.out), "story") == set()


def test_no_object_where_a_command_fails(kwamdee):
    assert kwamdee("compare", "no-such-file", "--json").out == ""
    assert kwamdee("compare", "bangkok-waste", "--jobs", "0", "--json").out == ""


def test_every_environment_variable_of_ours_is_documented():
    used = set()
    for path in (ROOT / "simulation").rglob("*.py"):
        used |= set(re.findall(r"\bKWAMDEE_[A-Z]+\b", path.read_text("utf-8")))
    assert used <= set(VARIABLES), "put it into scripts/command_line.py"
