"""A scenario that names tables of its own: read with the file, checked with it, run by workers, told in the answer."""

import json
import subprocess
import sys

import pytest

from simulation.core.errors import ScenarioError
from simulation.scenario.load import load
from simulation.scenario.model import Scenario
from tests.strategies import BANGKOK

PEOPLE = "id,age,locality\n" + "".join(f"a{i},{20 + i % 50},v{i % 3}\n" for i in range(120))
TIES = "source,target\n" + "".join(f"a{i},a{(i + 5) % 120}\n" for i in range(120))
FILES = '\n[world.files]\ncitizens = "people.csv"\nties = "ties.csv"\n'


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("KWAMDEE_CACHE", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "people.csv").write_text(PEOPLE, "utf-8")
    (tmp_path / "data" / "ties.csv").write_text(TIES, "utf-8")
    (tmp_path / "data" / "mine.toml").write_text(mine(), "utf-8")
    return tmp_path


def mine(*changes: tuple[str, str]) -> str:
    text = BANGKOK + FILES
    for line in text.splitlines():
        if line.startswith(("citizens = 10_000", "localities =")):
            text = text.replace(line + "\n", "")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return text


def test_paths_count_from_the_scenarios_own_folder_and_fix_how_many_there_are(folder):
    scenario = load("data/mine.toml")
    assert (scenario.world.citizens, scenario.world.localities.number) == (120, 3)
    assert Scenario.from_json(scenario.to_json()) == scenario


def test_the_digest_goes_by_contents_and_not_by_folders(folder):
    before = load("data/mine.toml").digest
    (folder / "data").rename(folder / "moved")
    assert load("moved/mine.toml").digest == before
    (folder / "moved" / "people.csv").write_text(PEOPLE.replace("a7,27", "a7,28"), "utf-8")
    assert load("moved/mine.toml").digest != before


@pytest.mark.parametrize(
    ("change", "key", "said"),
    [
        (("[world.files]", "[world.files]\ncitizen = 3"), "world.files.citizen", "citizens"),
        (('"people.csv"', '"poeple.csv"'), "world.files.citizens", "Nearest here: people.csv"),
        (('"people.csv"', "7"), "world.files.citizens", "text"),
        (('place = "TH-10"', 'place = "TH-10"\ncitizens = 500'), "world.citizens", "people.csv has 120 citizens"),
        (
            ('place = "TH-10"', 'place = "TH-10"\nlocalities = { number = 9 }'),
            "world.localities.number",
            "the tables name 3",
        ),
    ],
)
def test_what_does_not_fit_the_tables_is_named_at_its_key_and_line(folder, change, key, said):
    (folder / "data" / "mine.toml").write_text(mine(change), "utf-8")
    with pytest.raises(ScenarioError) as error:
        load("data/mine.toml")
    found = {p.key: p for p in error.value.problems}
    assert said in found[key].text_en
    assert found[key].line > 0


def test_mistakes_of_the_scenario_and_of_its_tables_come_together(folder):
    (folder / "data" / "mine.toml").write_text(mine(("weeks = 104", "weeks = 0")), "utf-8")
    (folder / "data" / "people.csv").write_text(PEOPLE.replace("a7,27", "a7,xx"), "utf-8")
    with pytest.raises(ScenarioError) as error:
        load("data/mine.toml")
    assert {"run.weeks", "age"} <= {p.key for p in error.value.problems}
    assert "mine.toml" in error.value.render()
    assert "people.csv" in error.value.render()


def test_settings_may_not_contradict_a_table_and_may_name_another(folder):
    with pytest.raises(ScenarioError, match=r"has 120 citizens"):
        load("data/mine.toml", ["world.citizens=50"])
    (folder / "few.csv").write_text("id\n" + "".join(f"a{i}\n" for i in range(120)) + "b\n", "utf-8")
    assert load("data/mine.toml", ['world.files.citizens="few.csv"']).world.citizens == 121
    assert load("data/mine.toml").with_({"world.files.citizens": str(folder / "few.csv")}).world.citizens == 121


@pytest.mark.slow
def test_a_comparison_of_ones_own_world_is_run_by_workers_and_says_whose_it_is(folder):
    command = ["compare", "data/mine.toml", "--replicates", "3", "--jobs", "2", "--engine", "numpy", "--json"]
    done = subprocess.run([sys.executable, "-m", "simulation", *command], capture_output=True, check=False, cwd=folder)
    assert done.returncode == 0, done.stderr.decode()
    said = json.loads(done.stdout)
    assert any("your own tables (people.csv, ties.csv)" in note for note in said["notes"]["en"])
    assert any("ตารางของคุณเอง" in note for note in said["notes"]["th"])


def test_a_model_of_ones_own_world_finds_people_by_their_own_names(folder):
    import simulation as kw

    m = kw.model("data/mine.toml", arm="comparison")
    person = m.find("a17")
    assert (person.name, person.age) == ("a17", 37)
    assert {n.name for n in person.neighbours} == {"a12", "a22"}
    assert m.ties.nodes[person.unique_id]["name"] == "a17"
    with pytest.raises(KeyError, match="no citizen 'b'"):
        m.find("b")


def test_a_story_takes_the_id_of_ones_own_table(folder):
    import simulation as kw

    by_name = kw.story("data/mine.toml", "a17", "comparison")
    assert by_name.text("en") == kw.story("data/mine.toml", 18, "comparison").text("en")
    with pytest.raises(kw.InputError, match='There is no citizen "x"'):
        kw.story("data/mine.toml", "x", "comparison")
