"""Studies are read without their outcomes; outcomes stand apart, or in the file itself."""

import re
from pathlib import Path

import pytest

from simulation.core.errors import InputError, ScenarioError
from simulation.studies.evidence.files import evidence_folder, read_all_outcomes, read_designs, read_outcomes
from tests.studies.evidence.small_study import DESIGN, NAME, OUTCOMES, put

ROOT = Path(__file__).parents[3]
INSIDE = OUTCOMES.replace(f'study = "{NAME}"', "")


def test_reading_designs_opens_no_file_of_outcomes(tmp_path, monkeypatch):
    put(tmp_path)
    opened = []
    real = Path.open

    def spy(self, *args, **kwargs):
        opened.append(self)
        return real(self, *args, **kwargs)

    monkeypatch.setattr(Path, "open", spy)
    design = read_designs(tmp_path)[0]
    assert opened
    assert not [p for p in opened if "outcomes" in p.parts]
    read_outcomes(design)
    assert [p for p in opened if "outcomes" in p.parts]


def test_outcomes_in_the_file_itself_are_no_part_of_the_design_and_read_the_same(tmp_path):
    apart = read_designs(put(tmp_path / "a"))[0]
    inside = read_designs(put(tmp_path / "b", DESIGN + INSIDE, None))[0]
    assert inside.scenario.observed == ()
    assert (inside.id, inside.digest) == (apart.id, apart.digest)
    assert read_outcomes(inside).observed == read_outcomes(apart).observed
    assert read_outcomes(inside).digest == read_outcomes(apart).digest


def test_figures_in_both_places_are_refused(tmp_path):
    design = read_designs(put(tmp_path, DESIGN + INSIDE))[0]
    with pytest.raises(ScenarioError, match="Keep one of the two"):
        read_outcomes(design)


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("An invented study", "Another name", True),
        ('role = "test"', 'role = "calibrate"', True),
        ("replicates = 20", "replicates = 30", True),
        ("Own stakes have no representation", "No own stakes", True),
        ("baht_per_act = 10.0", "baht_per_act = 11.0", False),
        ("accepted = 0.25", "accepted = 0.3", False),
        ("baseline = 0.3", "baseline = 0.31", False),
    ],
)
def test_the_digest_of_a_design_is_of_what_bears_on_a_prediction(tmp_path, old, new, same):
    before = read_designs(put(tmp_path / "a"))[0]
    after = read_designs(put(tmp_path / "b", DESIGN.replace(old, new)))[0]
    assert old in DESIGN
    assert (before.digest == after.digest) is same


def test_the_digest_of_outcomes_is_of_the_figures_not_of_remarks(tmp_path):
    digests = []
    for name, text in (
        ("a", OUTCOMES),
        ("b", OUTCOMES.replace("Table 2", "p. 4")),
        ("c", OUTCOMES.replace("15.0", "16.0")),
    ):
        digests.append(read_outcomes(read_designs(put(tmp_path / name, outcomes=text))[0]).digest)
    assert digests[0] == digests[1] != digests[2]


def test_all_mistakes_of_all_files_are_told_at_once(tmp_path):
    put(tmp_path, DESIGN.replace("accepted = 0.25", "accepted = 1.25"))
    put(tmp_path, DESIGN.replace("[study.arms.deposit]", "[study.arms.deposits]"), name="other_2021")
    put(tmp_path, DESIGN.split("[study]")[0] + "[arms.control]\n" + DESIGN.split("[arms.control]\n")[1], name="plain")
    with pytest.raises(ScenarioError) as error:
        read_designs(tmp_path)
    keys = {p.key for p in error.value.problems}
    assert {"study.arms.deposit.accepted", "study.arms.deposits", "study"} <= keys


def test_mistakes_of_outcomes_are_told_at_their_keys_with_the_nearest_name(tmp_path):
    text = (
        OUTCOMES.replace('"cash"\nweeks', '"csh"\nweeks')
        .replace("[4, 6]", "[4, 9]")
        .replace("[0.9, 1.6]", "[1.3, 1.6]")
    )
    put(
        tmp_path,
        outcomes=text.replace('arm = "lottery"', 'arm = "lottery"\nquantty = "level"').replace(NAME, "mini_2021"),
    )
    with pytest.raises(ScenarioError) as error:
        read_all_outcomes(read_designs(tmp_path))
    found = {p.key: p for p in error.value.problems}
    assert set(found) == {"study", "observed.2.arm", "observed.2.weeks", "observed.2.ci", "observed.3.quantty"}
    assert found["observed.2.arm"].suggestion == "cash"
    assert found["observed.3.quantty"].suggestion == "quantity"
    assert all(p.line and re.search("[ก-๙]", p.text_th) for p in found.values())


def test_a_study_without_outcomes_and_a_folder_without_studies_say_so(tmp_path):
    design = read_designs(put(tmp_path, outcomes=None))[0]
    with pytest.raises(ScenarioError, match="has no outcomes"):
        read_outcomes(design)
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="holds no study"):
        read_designs(tmp_path / "empty")
    with pytest.raises(InputError, match="no folder"):
        read_designs(tmp_path / "nowhere")
    with pytest.raises(InputError, match='Did you mean "mini_2020"'):
        read_designs(tmp_path, ["mini_202"])


def test_the_folder_of_the_project_is_found_without_being_named():
    assert evidence_folder().name == "evidence"
    assert evidence_folder().parent.name == "experiments"


@pytest.mark.parametrize("page", ["evidence-file.md", "evidence-file.th.md"])
def test_the_study_of_the_page_on_writing_one_can_be_read(tmp_path, page):
    design, outcomes = re.findall(r"```toml\n(.*?)```", (ROOT / "docs" / page).read_text("utf-8"), re.S)
    found = read_designs(put(tmp_path, design, outcomes, "library_2020"))[0]
    assert [o.arm for o in read_outcomes(found).observed] == ["control", "cash", "cash"]
