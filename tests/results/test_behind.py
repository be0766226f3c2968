"""What stands behind an arm: the studies of each mechanism it uses, and what lies outside the range of these."""

import json
from dataclasses import replace

import pytest

from simulation.results.behind import (
    COLUMNS,
    MECHANISMS,
    TOLD,
    UNTOLD,
    Leaning,
    behind,
    behind_table,
    support,
    thai_studies,
)
from simulation.results.columns import TABLES

TABLE = {
    "studies": {"a": {"country": "US"}, "b": {"country": "TH"}},
    "mechanisms": {
        "money": {"told": True, "studies": ["a", "b"], "arms": 5, "countries": ["TH", "US"], "thai_studies": 1, "mae": 0.31, "coverage90": 0.9},
        "areas": {"told": False, "studies": [], "arms": 0, "countries": [], "thai_studies": 0, "mae": None, "coverage90": None},
    },
    "ranges": {"value_days": [0.01, 2.0], "offer_weeks": [2.0, 26.0], "weeks_after": [0.0, 13.0], "baseline": [0.05, 0.7]},
    "kinds": {"discipline": 2},
}  # fmt: skip
WITHIN = Leaning(("money",), (0.1, 0.2), 10, 4, (0.3, 0.4), ("discipline",))


def outside(**changes):
    return [(b.what, b.value, b.low, b.high) for b in behind(replace(WITHIN, **changes), TABLE).beyond]


def test_an_arm_within_the_evidence_has_no_warning_and_names_its_studies():
    found = behind(WITHIN, TABLE)
    assert found.studies == ("a", "b")
    assert (found.beyond, found.kinds_unseen, found.weak, found.untold) == ((), (), (), ())
    assert (found.mechanisms[0].mae, found.mechanisms[0].coverage90) == (0.31, 0.9)
    assert thai_studies([found], TABLE) == ("b",)


@pytest.mark.parametrize(
    ("changes", "warned"),
    [
        ({"value_days": (0.1, 3.0)}, ("value_days", 3.0, 0.01, 2.0)),
        ({"value_days": (0.001, 0.2)}, ("value_days", 0.001, 0.01, 2.0)),
        ({"value_days": (0.005, 40.0)}, ("value_days", 40.0, 0.01, 2.0)),  # the one that lies further outside
        ({"value_days": (0.0001, 3.0)}, ("value_days", 0.0001, 0.01, 2.0)),
        ({"offer_weeks": 52}, ("offer_weeks", 52.0, 2.0, 26.0)),
        ({"weeks_after": 14}, ("weeks_after", 14.0, 0.0, 13.0)),
        ({"baseline": (0.01, 0.3)}, ("baseline", 0.01, 0.05, 0.7)),
        ({"baseline": (0.3, 0.9)}, ("baseline", 0.9, 0.05, 0.7)),
    ],
)
def test_each_value_outside_the_range_is_told_with_its_ends(changes, warned):
    assert outside(**changes) == [warned]


@pytest.mark.parametrize("changes", [{"offer_weeks": 1}, {"weeks_after": 0}, {"value_days": None}, {"offer_weeks": 26}])
def test_a_short_offer_an_end_of_the_range_and_no_pay_are_not_outside(changes):
    assert outside(**changes) == []


def test_what_no_study_tells_is_weak_where_the_effect_may_come_from_it():
    assert behind(replace(WITHIN, mechanisms=("money", "areas")), TABLE).weak == ("areas",)
    crowded = behind(replace(WITHIN, mechanisms=("money", "crowding")), TABLE)
    assert (crowded.weak, crowded.untold) == ((), ("crowding",))
    assert behind(replace(WITHIN, mechanisms=("peers",)), TABLE).weak == ("peers",)


def test_a_kind_of_behaviour_that_no_study_tried_is_named():
    assert behind(replace(WITHIN, kinds=("discipline", "gratitude")), TABLE).kinds_unseen == ("gratitude",)


def test_a_leaning_comes_back_from_a_manifest_as_it_went_in():
    for leaning in (WITHIN, replace(WITHIN, value_days=None, kinds=())):
        assert Leaning.from_json(json.loads(json.dumps(leaning.to_json()))) == leaning


def test_the_table_has_a_row_for_each_mechanism_of_each_arm_and_the_columns_that_are_documented():
    class Arm:
        name, behind = "one", behind(replace(WITHIN, mechanisms=("money", "areas")), TABLE)

    class Bare:
        name, behind = "control", None

    found = behind_table([Bare, Arm])
    assert found["mechanism"].tolist() == ["money", "areas"]
    assert found["studies"].tolist() == [2, 0]
    assert list(COLUMNS) == [c.name for c in TABLES["evidence"]] == list(found.columns)
    assert list(behind_table([Bare]).columns) == list(COLUMNS)


def test_the_shipped_table_knows_every_mechanism_and_no_study_stands_behind_what_none_tells():
    shipped = support()
    assert tuple(shipped["mechanisms"]) == MECHANISMS
    for name in UNTOLD:
        assert shipped["mechanisms"][name]["studies"] == []
        assert not shipped["mechanisms"][name]["told"]
    for name in TOLD:
        row = shipped["mechanisms"][name]
        assert row["told"]
        assert set(row["studies"]) <= set(shipped["studies"])
        assert row["thai_studies"] == sum(shipped["studies"][s]["country"] == "TH" for s in row["studies"])
    assert "white_2013_thailand" in shipped["mechanisms"]["sticky"]["studies"]
    assert "thornton_2008" in shipped["mechanisms"]["money"]["studies"]
    for low, high in shipped["ranges"].values():
        assert low <= high
