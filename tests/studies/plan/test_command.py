"""`kwamdee validate` and `kwamdee schema --study` as somebody uses them; the page of the format."""

import json
import sys
import tomllib
from pathlib import Path

import jsonschema
import pytest

from scripts import study_page
from simulation import cli
from simulation.agents.parameters import priors
from simulation.studies.plan import law
from simulation.studies.plan.schema import study_schema
from simulation.studies.plan.spec import ContrastSpec, DesignSpec, FactorSpec, StudySpec, StudyTable, Target
from tests.cli.test_json import hold
from tests.studies.plan.files import GOOD, swapped, written
from tests.studies.plan.test_mistakes import SEVEN

ROOT = Path(__file__).parents[3]


@pytest.fixture
def kwamdee(monkeypatch, capsys):
    def run(*args):
        monkeypatch.setattr(sys, "argv", ["kwamdee", *map(str, args)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        return ended.value.code, *capsys.readouterr()

    return run


def test_a_right_study_is_told_with_its_points_runs_and_warnings(kwamdee, tmp_path):
    text = swapped(GOOD, ('kind = "grid"\nlevels = 3', 'kind = "morris"\ntrajectories = 4'))
    code, out, err = kwamdee("validate", written(tmp_path, text), "--lang", "en")
    assert (code, err) == (0, "")
    assert "is valid.\nmorris, 3 factors: 16 points, 2 arms, 4 societies at each point.\nThat is 128 runs." in out
    assert "Warning  4 Morris trajectories are few" in out
    code, out, _ = kwamdee("validate", tmp_path, "--lang", "th")
    assert code == 0
    assert "แบบ morris 3 ปัจจัย 16 จุด 2 ทางเลือก จุดละ 4 สังคมจำลอง\nรวม 128 รอบ" in out


def test_a_study_with_mistakes_ends_with_2_and_all_of_them(kwamdee, tmp_path):
    path = written(tmp_path, SEVEN)
    for lang, said in (("en", "8 mistakes in"), ("th", "พบข้อผิดพลาด 8 จุด")):
        code, out, err = kwamdee("validate", path, "--lang", lang)
        assert (code, out) == (2, "")
        assert said in err
        assert "Traceback" not in err


def test_overrides_and_json_work_for_studies_too(kwamdee, tmp_path):
    path = written(tmp_path, GOOD)
    code, out, _ = kwamdee("validate", path, "--json", "--set", "study.replicates=9", "--set", "world.citizens=500")
    found = json.loads(out)
    assert (code, found["valid"], found["replicates"], found["runs"]) == (0, True, 9, 45 * 9 * 2)
    hold(found, "validate STUDY")
    code, out, _ = kwamdee("validate", path, "--json", "--set", "levers.size.levels=x")
    assert (code, json.loads(out)["problems"][0]["file"]) == (2, "--set")
    hold(json.loads(out), "validate STUDY")


@pytest.mark.parametrize("name", ["no/study.toml", "no-such-study"])
def test_a_study_that_is_not_there_is_told(kwamdee, name):
    code, _, err = kwamdee("validate", name, "--lang", "en")
    assert code == 2
    assert "There is no such file" in err


def test_a_damaged_study_file_is_told_as_one(kwamdee, tmp_path):
    for raw in (b"", b"\xff\xfe\x00", b"PK\x03\x04", b"format = 1\n[design\n"):
        path = written(tmp_path, raw)
        code, _, err = kwamdee("validate", path, "--lang", "en")
        assert code == 2
        assert "study.toml" in err
        assert "scenario" not in err


def test_the_schema_judges_studies_as_the_reader_does(kwamdee, tmp_path):
    code, out, _ = kwamdee("schema", "--study", "--lang", "th")
    assert code == 0
    schema = json.loads(out)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["title"] == "ไฟล์การศึกษา"
    judge = jsonschema.Draft202012Validator(study_schema())
    assert judge.is_valid(tomllib.loads(GOOD))
    assert len(list(judge.iter_errors(tomllib.loads(SEVEN)))) >= 3
    place = tmp_path / "kwamdee-study.schema.json"
    _, out, _ = kwamdee("schema", "--study", "--out", place, "--lang", "en")
    assert "Use it for studies of the same folder: their first line is #:schema kwamdee-study.schema.json" in out
    assert json.loads(place.read_text("utf-8"))["title"] == "Study file"


def test_every_key_has_words_in_both_languages_and_stands_on_the_page():
    english, thai = ((ROOT / "docs/reference" / f"study-file{end}.md").read_text("utf-8") for end in ("", ".th"))
    assert (english, thai) == (study_page.page("en"), study_page.page("th"))
    defs = study_schema()["$defs"] | {"StudySpec": study_schema()}
    for cls in (StudySpec, StudyTable, Target, FactorSpec, ContrastSpec, DesignSpec):
        for name in cls.model_fields:
            said = defs[cls.__name__]["properties"][name]["x-kwamdee"]
            for part in ("title", "description"):
                assert said[part]["en"], (cls, name)
                assert any("\u0e01" <= c <= "\u0e4e" for c in said[part]["th"]), (cls, name)
            assert f"`{name}`" in english
            assert f"`{name}`" in thai


def test_every_parameter_of_the_law_has_a_title_and_a_unit_in_both_languages():
    for name in (*priors(), *law.DEVIATES):
        known = law.parameter(name)
        assert known.title.th, name
        assert known.title.en != name, name
        assert known.unit.th, name
        assert known.least <= known.low < known.high <= known.most, name
