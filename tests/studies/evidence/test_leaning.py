"""Which mechanisms an arm uses is read from its schemes by code, the same for a scenario and for a published study."""

import json

import pytest

from scripts.evidence_settings import SETTINGS
from scripts.evidence_support import PLACE, main, read_card, table_of, written
from simulation.results.behind import MECHANISMS, behind, support
from simulation.scenario.load import load
from simulation.studies.evidence.files import read_designs
from simulation.studies.evidence.leaning import leanings
from simulation.studies.evidence.shipped import manifest


@pytest.fixture(scope="module")
def waste():
    return leanings(load("bangkok-waste"))


def test_every_arm_with_schemes_leans_on_something_and_the_control_on_nothing(waste):
    assert set(waste) == {"fee_discount", "recognition", "comparison", "district_goal"}
    assert all(set(x.mechanisms) <= set(MECHANISMS) and x.mechanisms for x in waste.values())


def test_mechanisms_follow_from_features_levels_and_enrolment(waste):
    assert {"jump", "money", "crowding", "take_up"} <= set(waste["fee_discount"].mechanisms)
    assert "recognition" in waste["recognition"].mechanisms
    assert "money" not in waste["recognition"].mechanisms
    assert "take_up" not in waste["comparison"].mechanisms  # a letter comes to everybody
    assert "areas" in waste["district_goal"].mechanisms
    assert "areas" not in waste["fee_discount"].mechanisms


def test_amounts_weeks_levels_and_kinds_are_those_of_the_file(waste):
    fee = waste["fee_discount"]
    assert (fee.offer_weeks, fee.weeks_after, fee.baseline, fee.kinds) == (52, 48, (0.34, 0.34), ("discipline",))
    assert fee.value_days is not None
    assert 0 < fee.value_days[0] < 0.05
    assert waste["comparison"].value_days is None


def test_habit_is_used_only_where_the_horizon_goes_beyond_the_end():
    ends = leanings(load("bangkok-waste", ["run.weeks=56"]))
    assert all("habit" not in x.mechanisms and x.weeks_after == 0 for x in ends.values())


def test_a_draw_is_no_sure_pay_and_a_chosen_start_is_seeding():
    draw = {"kind": "prize_draw", "behaviour": "waste_sort", "prize_baht": 500, "chance_per_act": 0.01, "schedule": {"start": 0, "weeks": 4}}
    file = load("bangkok-waste")
    data = file.model_dump(mode="json", exclude_unset=True)
    data["arms"] = {
        "control": {},
        "draw": {"schemes": {"d": draw}},
        "named": {"schemes": {"d": {**draw, "target": {"nominated_share": 0.1}}}},
    }
    found = leanings(type(file).model_validate(data))
    assert {"lottery", "jump"} <= set(found["draw"].mechanisms)
    assert "money" not in found["draw"].mechanisms
    assert "seeding" not in found["draw"].mechanisms
    assert "seeding" in behind(found["named"]).weak


def test_every_study_has_its_country_and_its_kind():
    assert set(SETTINGS) >= {d.id for d in read_designs()}


def test_scores_are_means_over_studies_of_the_rows_that_use_a_mechanism():
    designs = [d for d in read_designs(studies=("thornton_2008", "meier_2007"))]
    bare = table_of(designs, {})
    assert bare["mechanisms"]["money"]["mae"] is None
    rows = [r for r in _card_rows(designs)]
    card = {
        key: {"predicted": 0.5 if study == "thornton_2008" else 0.1, "observed": 0.0, "inside": study == "meier_2007"}
        for study, key in rows
    }
    found = table_of(designs, card)
    assert found["mechanisms"]["money"]["mae"] == 0.5  # a match on a gift is worth nothing to oneself
    assert found["mechanisms"]["money"]["coverage90"] == 0.0
    assert found["mechanisms"]["jump"]["mae"] == pytest.approx(0.3)  # each study counts once
    assert found["mechanisms"]["jump"]["coverage90"] == 0.5


def _card_rows(designs):
    from simulation.studies.evidence.known import known_of

    for design in designs:
        for row, _ in known_of([design])[0]:
            yield design.id, row.key


def test_a_report_card_is_read_by_the_keys_of_its_rows(tmp_path):
    path = tmp_path / "evidence.json"
    row = {"study": "s", "arm": "a", "behaviour": "b", "weeks": [0, 2], "predicted": 1.0}
    shipped = manifest()["identity"][:12]
    path.write_text(json.dumps({"parameters": shipped, "rows": [row]}), encoding="utf-8")
    assert read_card(path) == {"s|a|b|0-2": row}


@pytest.mark.parametrize("parameters", ["0123456789ab", None])
def test_a_report_card_by_other_parameters_scores_no_shipped_mechanism(parameters, tmp_path):
    path = tmp_path / "evidence.json"
    path.write_text(json.dumps({"parameters": parameters, "rows": []}), encoding="utf-8")
    with pytest.raises(SystemExit, match="not by the shipped ones"):
        read_card(path)


def test_without_a_report_card_no_table_is_written(tmp_path, capsys):
    before = PLACE.read_bytes()
    assert main(["--card", str(tmp_path / "none.json")]) == main(["--card"]) == main(["--chek"]) == 2
    assert "kwamdee evidence" in capsys.readouterr().out
    assert PLACE.read_bytes() == before


@pytest.mark.slow
def test_the_shipped_table_is_current_but_for_its_scores():
    def without(table):
        dropped = ("mae", "coverage90")
        if isinstance(table, dict):
            return {k: without(v) for k, v in table.items() if k not in dropped}
        return table

    assert without(json.loads(written({}))) == without(support())
