"""A study that is run like any scenario says what only its report card reckons with."""

from simulation.scenario.load import load, load_text
from simulation.studies.facts import facts_of
from tests.studies.evidence.small_study import DESIGN


def test_an_arm_that_only_some_accepted_is_said_to_hold_all_of_them_when_it_is_compared(tmp_path):
    study = load_text(DESIGN, tmp_path / "mini_2020.toml")
    (said,) = facts_of(study, "mini_2020").world_notices
    assert said.en.startswith("deposit: in the study 25% of those offered it were in the scheme.")
    assert "ร้อยละ 25" in said.th
    everybody = load_text(DESIGN.replace("accepted = 0.25\n", ""), tmp_path / "all.toml")
    assert facts_of(everybody, "all").world_notices == ()
    assert facts_of(load("bangkok-waste"), "bangkok-waste").world_notices == ()
