import json

import pytest

from simulation.core.errors import InputError, ScenarioError
from simulation.scenario.load import load
from simulation.scenario.model import Scenario
from simulation.studies.plan import read
from simulation.studies.plan.read import load_study, load_study_text, study
from simulation.studies.plan.recognise import is_study
from simulation.studies.plan.study import Study
from tests.studies.plan.files import FEE, GOOD, PEERS, swapped, written

DRAWN = swapped(GOOD, ('kind = "grid"\nlevels = 3', 'kind = "latin-hypercube"\npoints = 30'))


def test_a_study_knows_its_points_arms_runs_and_facts(tmp_path):
    found = load_study(written(tmp_path, GOOD))
    assert (found.points, found.replicates, found.arms) == (5 * 3 * 3, 4, ("fee_discount", "comparison"))
    assert found.runs == 45 * 4 * 2
    assert found.scenario.world.citizens == 2000
    facts = found.facts
    assert facts.name == tmp_path.name
    assert facts.title.get("th") == "ส่วนลดเท่าใด"
    assert [f.name for f in facts.factors] == ["size", "start", "peers"]
    assert [f.role for f in facts.factors] == ["lever", "lever", "uncertainty"]
    size, start, peers = facts.factors
    assert (size.low, size.high, size.usual) == (0, 120, 40)
    assert (start.values, start.unit.get("th")) == ((0, 4, 8), "สัปดาห์ที่ นับจาก 0")
    assert (peers.low, peers.high, peers.usual) == (PEERS["low"], PEERS["high"], None)
    assert facts.contrasts[0].title.en == "Comparison feedback less Fee discount"


def test_a_study_is_found_by_its_file_its_folder_and_as_itself(tmp_path):
    path = written(tmp_path, GOOD)
    assert load_study(path) == load_study(tmp_path) == load_study(str(tmp_path)) == load_study_text(GOOD, path)
    found = load_study(path)
    assert load_study(found) is found
    with pytest.raises(InputError, match="not int"):
        load_study(3)


def test_a_shipped_study_is_found_by_its_name_and_a_file_comes_first(tmp_path, monkeypatch):
    inner = tmp_path / "experiments" / "my-own"
    inner.mkdir(parents=True)
    written(inner, GOOD)
    monkeypatch.setattr(read, "shipped_studies", lambda: {"my-own": inner / "study.toml"})
    assert load_study("my-own").name == "my-own"
    with pytest.raises(ScenarioError) as error:
        load_study("my-onw")
    assert error.value.problems[0].suggestion == "my-own"


def test_a_scenario_where_a_study_is_asked_for_is_called_that(tmp_path):
    from tests.strategies import BANGKOK

    path = tmp_path / "mine.toml"
    path.write_text(BANGKOK, "utf-8")
    for given, named in ((path, "mine.toml"), ("bangkok-waste", "bangkok-waste")):
        with pytest.raises(ScenarioError) as error:
            load_study(given)
        assert "This is a scenario, not a study" in error.value.problems[0].text_en
        assert f'scenario = "{named}"' in error.value.problems[0].text_th


def test_a_scenario_beside_the_study_is_found_from_its_folder(tmp_path):
    (tmp_path / "other.toml").write_text('extends = "bangkok-waste"\n[run]\nweeks = 80\n', "utf-8")
    found = load_study(written(tmp_path, swapped(GOOD, ('"bangkok-waste"', '"other.toml"'))))
    assert found.scenario.run.weeks == 80


def test_mistakes_of_the_scenario_are_told_in_its_own_file(tmp_path):
    (tmp_path / "other.toml").write_text('extends = "bangkok-waste"\n[run]\nweeks = "80"\n', "utf-8")
    with pytest.raises(ScenarioError) as error:
        load_study(written(tmp_path, swapped(GOOD, ('"bangkok-waste"', '"other.toml"'))))
    files = {p.file.rsplit("/", 1)[-1]: p for p in error.value.problems}
    assert (files["other.toml"].key, files["other.toml"].line) == ("run.weeks", 3)
    assert files["study.toml"].key == "study.scenario"


def test_overrides_reach_the_study_and_its_scenario(tmp_path):
    path = written(tmp_path, DRAWN)
    found = load_study(path, ["study.replicates=9", "world.citizens=500", "design.points=8", "run.weeks=90"])
    assert (found.replicates, found.points) == (9, 8)
    assert (found.scenario.world.citizens, found.scenario.run.weeks) == (500, 90)
    assert found.command.endswith(
        "--set study.replicates=9 --set world.citizens=500 --set design.points=8 --set run.weeks=90"
    )
    again = load_study(load_study(path), ["world.citizens=500"])
    assert again.scenario.world.citizens == 500
    assert again.points == 30


def test_a_wrong_override_is_told_as_one(tmp_path):
    path = written(tmp_path, DRAWN)
    with pytest.raises(ScenarioError) as error:
        load_study(path, ["world.citizens=-5", "design.point=8", "study.replicates=0"])
    found = {p.key: p for p in error.value.problems}
    assert set(found) == {"world.citizens", "design.point", "study.replicates"}
    assert {p.file for p in found.values()} == {"--set"}
    assert "points" in found["design.point"].text_en


def test_a_number_of_replicates_takes_the_place_of_a_target(tmp_path):
    text = swapped(GOOD, ("replicates = 4", "target = { mcse = 0.2, at_least = 8, at_most = 60 }"))
    found = load_study(written(tmp_path, text))
    assert (found.replicates, found.target.at_least, found.facts.replicates) == (60, 8, 60)
    assert load_study(tmp_path, ["study.replicates=5"]).target is None


def test_the_digest_is_of_what_is_asked_not_of_how_often_or_of_words(tmp_path):
    base = load_study(written(tmp_path, GOOD))
    same = (
        ("replicates = 4", "replicates = 7"),
        ("How large a discount", "Another title"),
        ("[contrasts.lead]", "[contrasts.other]"),
    )
    for old, new in same:
        assert load_study(written(tmp_path, swapped(GOOD, (old, new)))).digest == base.digest, new
    other = (
        ("[0, 120]", "[0, 121]"),
        ("[0, 4, 8]", "[0, 4, 9]"),
        ("levels = 5", "levels = 4"),
        ('"comparison"]', '"recognition"]'),
        ('"effect_after_pp"]', '"level"]'),
        ('"posterior"', '"default"'),
        ("2000", "2001"),
        ("levers.size", "levers.amount"),
    )
    digests = set()
    for old, new in other:
        text = swapped(GOOD, (old, new)).replace(
            'arm = "comparison"', 'arm = "recognition"' if "recog" in new else 'arm = "comparison"'
        )
        digests.add(load_study(written(tmp_path, text)).digest)
    assert len(digests | {base.digest}) == len(other) + 1


@pytest.mark.parametrize("text", [GOOD, DRAWN])
def test_the_definition_brings_a_study_back_without_its_files(tmp_path, text):
    found = load_study(written(tmp_path, text))
    data = json.loads(json.dumps(found.definition))
    (tmp_path / "study.toml").unlink()
    again = Study.from_definition(data)
    assert again == found
    assert again.digest == found.digest
    assert [again.design.task(p, 1, 4) for p in range(found.points)] == [
        found.design.task(p, 1, 4) for p in range(found.points)
    ]
    assert again.facts == found.facts
    assert again.job() == found.job()


def test_a_changed_definition_and_points_drawn_otherwise_are_refused(tmp_path):
    found = load_study(written(tmp_path, DRAWN))
    data = json.loads(json.dumps(found.definition))
    with pytest.raises(InputError, match="does not match its digest"):
        Study.from_definition({**data, "scenario": {**data["scenario"], "cost_ceiling_baht": 5.0}})
    for broken in ({}, [], {**data, "study": {"format": 1}}, {**data, "rows": 3}):
        with pytest.raises(InputError):
            Study.from_definition(broken)
    other = Study.from_definition({**data, "points_sha256": "0" * 64, "digest": _digest_with(data, "0" * 64)})
    with pytest.raises(InputError, match="cannot be drawn again"):
        other.design.values(0)


def _digest_with(data, points):
    """Return the digest that a study with these points would have."""
    from simulation.studies.plan.build import design_of
    from simulation.studies.plan.spec import StudySpec

    spec = StudySpec.model_validate(data["study"])
    scenario = Scenario.from_json(json.dumps(data["scenario"]))
    return Study(spec, scenario, design_of(spec, scenario, (), points), "x").digest


def test_a_job_and_its_tasks_say_all_that_a_worker_needs(tmp_path):
    found = load_study(written(tmp_path, GOOD))
    job = found.job("numpy")
    assert (job.arms, job.parameters, job.engine, job.series) == (found.arms, "posterior", "numpy", False)
    assert job.digest != found.job("numba").digest
    assert Scenario.from_json(job.scenario_json).world.citizens == 2000
    task = found.design.task(44, 3, found.replicates)
    assert (task.number, task.point, task.replicate) == (44 * 4 + 3, 44, 3)
    assert task.changes == ((FEE, 120.0), ("arms.fee_discount.schemes.fee.schedule.start", 8))
    assert task.fixed == (("w_d", PEERS["high"]),)
    assert task.factors == (("size", 120.0), ("start", 8), ("peers", PEERS["high"]))


def test_a_study_made_in_python_is_that_of_the_file(tmp_path):
    of_file = load_study(written(tmp_path, GOOD))
    made = study(
        "bangkok-waste",
        levers={
            "size": {
                "key": FEE,
                "range": (0, 120),
                "levels": 5,
                "unit": "baht a month",
                "title": "Size of the discount",
            },
            "start": {"key": "arms.fee_discount.schemes.fee.schedule.start", "values": range(0, 9, 4)},
        },
        uncertainties={"peers": {"key": "parameters.w_d"}},
        design={"kind": "grid", "levels": 3},
        arms=("fee_discount", "comparison"),
        outcomes=["effect_pp", "effect_after_pp"],
        replicates=4,
        set={"world": {"citizens": 2000}},
    )
    assert made.digest == of_file.digest
    assert made.facts.factors[0].unit.th == "บาทต่อเดือน"
    assert made.facts.title == made.scenario.about.title
    assert made.command == ""
    assert study(load("bangkok-waste"), {"weeks": {"key": "run.weeks", "range": [90, 104], "step": 7}}).points == 3


def test_studies_are_told_from_scenarios(tmp_path):
    assert is_study(str(written(tmp_path, GOOD)))
    assert is_study(str(tmp_path))
    assert not is_study("bangkok-waste")
    assert not is_study(str(tmp_path / "nothing.toml"))
    assert not is_study(str(tmp_path / "\0"))
    with_table = tmp_path / "thornton.toml"
    from tests.strategies import TEXTS

    with_table.write_text(TEXTS["thornton-2008"] + "\n# [design]\n", "utf-8")
    assert "[study]" in TEXTS["thornton-2008"]
    assert not is_study(str(with_table))
    other = tmp_path / "other.toml"
    other.write_text('design.kind = "grid"\n', "utf-8")
    assert is_study(str(other))
