import json
from dataclasses import replace

import numpy as np
import pytest

from simulation.core.params import Text
from simulation.reports.evidence.words import study_line
from simulation.studies.evidence.card import DVP, StudyFacts, dellavigna_pope
from simulation.studies.evidence.first import First
from tests.cli.test_json import hold
from tests.studies.evidence.made import KNOWN, Fixed, card, row, target


def test_the_json_is_as_documented_and_has_what_is_promised():
    found = card().to_json()
    json.dumps(found, allow_nan=False)
    unseen = hold(found, "evidence")
    assert not {path for path in unseen if "." not in path}
    assert {"crps", "crps_flat", "mae", "mae_flat", "mae_none", "coverage50", "coverage90"} <= found["zero_shot"].keys()
    assert {"mae", "mae_best_rule", "mae_same", "mae_flat_shift", "mae_none", "coverage90"} <= found[
        "one_arm_given"
    ].keys()
    assert (found["studies"], found["arms"], len(found["rows"])) == (3, 7, 7)
    assert (found["variants"], found["not_scored"], found["stale"]) == (7, 2, True)


def test_a_row_says_whether_the_figure_lies_inside():
    rows = {(r["study"], r["arm"]): r for r in card().to_json()["rows"]}
    assert rows["one", "a"]["inside"] is True
    assert rows["one", "d"]["inside"] is False
    for r in rows.values():
        assert r["inside"] == (r["low"] <= r["observed"] <= r["high"])
        assert r["observed_high"] - r["observed_low"] == pytest.approx(2 * 1.959964 * r["se"])
    assert rows["two", "a"]["se"] == pytest.approx(0.05)


def test_approximated_arms_are_scored_apart():
    made = card()
    assert [c.row.arm for c in made.approximated.rows] == ["deposit"]
    assert len(made.exact.rows) == 6


def test_studies_kept_for_a_test_are_no_part_of_what_was_predicted_leaving_one_out():
    known = [*KNOWN, (row("late", "a", role="test"), target(0.3))]
    made = card(known)
    assert "late" not in made.zero_shot.studies
    assert "late" in made.studies
    alone = card([known[-1]], training=lambda study: KNOWN)
    assert alone.zero_shot.studies == ["late"]
    assert alone.everything.rows[0].flat == pytest.approx(0.5 * (0.2 + (0.4 + 0.6 + 3.0) / 3))


def test_the_error_of_the_button_study_is_in_presses_over_the_arms_that_were_not_given():
    pairs = [(row(DVP, a), target(0.0, level=0.5)) for a in ("piece_1c", "piece_10c", "other")]
    pairs[2] = (replace(pairs[2][0], scale=1000.0), target(0.0, level=0.45))
    assert dellavigna_pope(pairs, Fixed()) == pytest.approx(50.0)  # from the given arm's 0 at a baseline of one half
    assert dellavigna_pope(pairs[1:], Fixed()) is None


def test_the_first_row_of_a_study_is_given_and_every_one_in_turn():
    made = card()  # predicts of the others what was observed of the given one
    assert set(made.one_arm_given.error) == {"one", "two"}
    assert made.one_arm_given.rules["same"]["one"] == pytest.approx(np.mean([0.2, 0.3, 2.6]))
    assert made.one_arm_given.rules["same"]["two"] == pytest.approx(0.7)
    in_turn = np.mean(
        [np.mean([0.2, 0.3, 2.6]), np.mean([0.2, 0.5, 2.4]), np.mean([0.3, 0.5, 2.9]), np.mean([2.6, 2.4, 2.9])]
    )
    assert made.each_arm_given.rules["same"]["one"] == pytest.approx(in_turn)
    found = made.to_json()
    assert found["one_arm_given"]["mae_same"] < found["each_arm_given"]["mae_same"]
    assert found["one_arm_given"].keys() == found["each_arm_given"].keys()


def test_without_rows_the_card_is_empty_and_says_so():
    found = card([]).to_json()
    assert found["zero_shot"] is None
    assert (found["studies"], found["rows"]) == (0, [])


def test_in_a_folder_of_ones_own_studies_of_either_role_are_unseen_but_those_whose_first_prediction_is_on_record():
    known = [*KNOWN, (row("late", "a", role="test"), target(0.3)), (row("first", "a", role="test"), target(0.3))]
    made = card(known, own=True, first=[First("first", "a", "act", 0, 1, tuple([0.3] * 99), 0.2, 0.1)])
    assert made.zero_shot.studies == ["one", "two", "three", "late"]
    assert made.first_test.studies == ["first"]
    pair = [(row("late", arm, role="test"), target(0.3)) for arm in "ab"]
    assert card([*KNOWN, *pair], own=True).to_json()["one_arm_given"]["studies"] == 3
    assert card([*KNOWN, *pair]).to_json()["one_arm_given"]["studies"] == 2


def test_a_figure_after_the_offer_says_its_weeks_even_where_it_is_the_only_one_of_its_arm():
    late = row("two", "a", week_from=4, week_to=8)
    made = card([(late, target(0.2)), (row("three", "a"), target(0.2))])
    assert made.row_title(late, "en") == "a, weeks 4–7"
    assert made.row_title(late, "th") == "a สัปดาห์ที่ 4–7"
    assert made.row_title(made.everything.rows[1].row, "en") == "a"


def test_studies_of_one_title_are_told_apart_by_their_names_and_units_are_in_the_readers_language():
    title, unit = Text(en="Walking", th="การเดิน"), Text(en="steps", th="ก้าว")
    facts = {name: StudyFacts(title, "", unit=unit) for name in ("one", "two")}
    made = card(facts={**facts, "three": StudyFacts(Text(en="Saving", th="การออม"), "")})
    assert [made.title(s, "en") for s in made.studies] == ["Walking (one)", "Walking (two)", "Saving"]
    assert (made.unit("one", "th"), made.unit("three", "th")) == ("ก้าว", "presses")
    assert "ก้าว" in study_line(made, "one", "th")
    assert "steps" in study_line(made, "one", "en")
