import pytest

from simulation.core.errors import ScenarioError
from simulation.scenario.load import load
from tests.scenario.files import BANGKOK, error_of, swapped

FEE = "arms.fee_discount.schemes.fee"


def wrong(*settings: str) -> ScenarioError:
    with pytest.raises(ScenarioError) as error:
        load("bangkok-waste", settings)
    return error.value


def test_all_wrong_settings_are_told_at_once_and_with_the_files_own_mistakes(tmp_path):
    settings = [
        "nonsense",
        "run..weeks=3",
        "run.seed=",
        "run.weks=3",
        "run.weeks.x=1",
        "world.citizens=0",
        "run.seed=[1",
    ]
    assert wrong(*settings).total == len(settings)
    error = error_of(tmp_path, swapped(BANGKOK, ("baseline = 0.34", "baseline = 34")), settings)
    assert error.total == len(settings) + 1
    assert {"--set", error.problems[-1].file} == {p.file for p in error.problems}
    assert "8 mistakes in --set and " in " ".join(error.render().split())


def test_names_in_quotation_marks_are_understood():
    found = load("bangkok-waste", ['arms."fee_discount".schemes."fee".baht_per_month=3', 'world.online."15-24"=0.5'])
    assert found.arms["fee_discount"].schemes["fee"].baht_per_month == 3
    assert found.world.online["15-24"] == 0.5
    assert found.with_({'world.online."50+"': 0.25}).world.online["50+"] == 0.25
    assert 'no arm "a.b"' in wrong('arms."a.b".x=3').render()


def test_an_empty_part_of_a_key_is_named():
    assert '"run..weeks" is no key' in wrong("run..weeks=3").render()
    assert '".weeks" is no key' in wrong(".weeks=3").render()


@pytest.mark.parametrize("setting", ["run.weeks=5\nseed=9", "run.weeks=5\rseed=9", 'about.title.en="a"\n[run]'])
def test_a_value_with_a_line_end_is_refused(setting):
    assert "line end" in wrong(setting).render()


def test_what_a_setting_brings_elsewhere_is_told_of_the_setting_not_of_the_file():
    error = wrong("run.weeks=20")
    assert {p.file for p in error.problems} == {"--set"}
    assert {p.line for p in error.problems} == {0}
    assert f"{FEE}.schedule.weeks" in {p.key for p in error.problems}
    assert all("Without the change of run.weeks the scenario is valid." in p.text_en for p in error.problems)
    with pytest.raises(ScenarioError) as changed:
        load("bangkok-waste").with_({"run.weeks": 20})
    assert {p.file for p in changed.value.problems} == {"with_"}


def test_what_is_wrong_in_the_file_itself_is_told_of_the_file(tmp_path):
    error = error_of(tmp_path, swapped(BANGKOK, ("weeks = 104", "weeks = 50")), ["run.seed=3"])
    assert {p.file.endswith("my.toml") for p in error.problems} == {True}


def test_a_number_without_end_in_a_setting_is_refused():
    assert "no TOML value" in wrong("run.weeks=" + "9" * 5000).render()
