"""A pilot's table: what is read, what is refused and how surely a rate is known."""

import re
from math import sqrt
from pathlib import Path

import pytest

import simulation as kw
from simulation.core.errors import InputError
from simulation.studies.evidence.pilot import read_pilot
from simulation.studies.evidence.pilot_rows import observations_of
from tests.studies.evidence.pilots import CONTROL, HEAD, scenario_file, table

SMALL = "small,1,6,4200,12000,400"
LETTERS = re.compile("[ก-๛]")


@pytest.fixture
def walk(tmp_path):
    return kw.load(scenario_file(tmp_path))


def seen(walk, folder, *rows, head=HEAD, over=None, design_effect=1.0):
    return observations_of(walk, read_pilot(table(folder, *rows, head=head), walk, over), design_effect)


BAD = [
    (HEAD, ["smal,1,6,4200,12000,400"], 'row 2, column "arm": it is "smal", which the scenario has not.', "small"),
    (HEAD, [",1,6,4200,12000,400"], 'row 2, column "arm": it is empty', "Fill it with one of control, small"),
    (HEAD, ["น้อย,1,6,4200,12000,400"], 'column "arm": it is "น้อย", which the scenario has not.', 'Write "small".'),
    (HEAD, ["กลุ่มควบคุม,1,6,4200,12000,400"], 'column "arm": it is "กลุ่มควบคุม"', 'Write "control".'),
    (HEAD, ['small,1,6,4200,"12,000",400'], 'column "opportunities": it is "12,000"', "to 1,000,000,000. Write 12000."),
    (HEAD, ['small,1,6,"4200,5",12000,400'], 'column "acts": it is "4200,5"', "Write 4200.5."),
    (HEAD, ["small,2026-01-05,6,4200,12000,400"], 'column "week_from": it is "2026-01-05"', "not dates"),
    (HEAD, ["small,1,12,4200,12000,400"], 'column "week_to": it is "12"', "set run.weeks, which is 12, higher"),
    (HEAD, ["small,1,6,5,15,400"], "small has 15 people in its 6 weeks, for it counts no more opportunities", "than 20"),
    ("arm,week_from,week_to,rate,n", ["control,1,6,0.3,9000", "small,1,6,0.35,400"], "small has 13 people in its 6 weeks, counted at 5 opportunities a week each", "no column people"),
    ("arm,วันที่,acts,opportunities", ["small,3,3,9"], 'no column "วันที่". Is it week?', "There are: arm"),
    ("arm,behaviour,week,acts,opportunities", ["small,help,3,30,90"], "row 1: no scheme of small aims at help, so nothing is learned", "It aims at walk"),
    (f"{HEAD},enrolled", [f"{CONTROL},", "small,1,6,4200,12000,400,100"], "100 enrolled have at most 3,000 in 6 weeks", "--over eligible"),
    (HEAD, ["small,1,12,4200,12000,400"], 'row 2, column "week_to": it is "12"; it is a number from 0 to 11', "from 0"),
    (HEAD, ["small,1.5,6,4200,12000,400"], 'row 2, column "week_from"', "whole number"),
    (HEAD, ["small,6,1,4200,12000,400"], 'row 2, column "week_to": it is 1, before week_from, 6', "turn them round"),
    (HEAD, ["small,1,6,-3,12000,400"], 'row 2, column "acts": it is "-3"', "from 0"),
    (HEAD, ["small,1,6,nan,12000,400"], 'row 2, column "acts": it is "nan"', "from 0"),
    (HEAD, ["small,1,6,many,12000,400"], 'row 2, column "acts": it is "many"', "a number"),
    (HEAD, ["small,1,6,12001,12000,400"], 'row 2, column "acts": there are 12001 acts on 12000', "Correct"),
    (HEAD, ["small,1,6,0,0,400"], 'row 2, column "opportunities": it is "0"', "from 1"),
    (HEAD, ["small,1,6,4200,12000,100"], 'row 2, column "opportunities": 100 people have at most 3,000', "Correct"),
    (HEAD, ["small,1,6,100,300,10"], "row 2: small has 10 people in its 6 weeks", "fewer than 20"),
    (HEAD, [SMALL, "small,3,3,700,2000,400"], 'row 3, column "arm": small in week 3 stands in row 2 too', "add them up"),
    (HEAD, [SMALL, SMALL], 'row 3, column "arm": small in week 1 stands in row 2 too', "Keep one"),
    (HEAD, ["small,0,6,4200,12000,400"], "row 2: weeks 0 to 6 lie partly outside the offer of small, weeks 1 to 6", "Split"),
    (HEAD, ["small,0,0,700,2000,400"], "row 2: all weeks of small lie before its offer, which starts in week 1", "from 0"),
    (HEAD, [], "no row is of an arm with a scheme", "Add the arm"),
    (HEAD.replace("arm", "group"), [SMALL], 'a pilot has no column "group"', "There are: arm"),
    (HEAD.replace("people", "persons"), [SMALL], 'a pilot has no column "persons"', "Rename"),
    ("arm,acts,opportunities", ["small,3,9"], "the column week or week_from + week_to is missing", "one week"),
    (f"{HEAD},", [f"{SMALL},"], "line 1: Column 7 of the header has no name.", "delete the column"),
    ("arm,week,acts", ["small,3,9"], "the column acts + opportunities or rate + n is missing", "Add it"),
    ("arm,week,acts,rate,n", ["small,3,9,0.3,30"], "has both acts and rate", "Take one"),
    ("arm,week,rate,n", ["small,3,34,2000"], 'column "rate": it is "34"; it is a number from 0 to 1.', "34 % is 0.34"),
    ("arm,week,behaviour,rate,n", ["small,3,run,0.3,2000"], 'column "behaviour": it is "run"', "walk"),
    ("arm,week,rate,n,people,enrolled", ["small,3,0.3,200,40,41"], 'column "enrolled": 41 are enrolled of 40', "Correct"),
    (f"{HEAD},enrolled", ["control,1,6,3600,12000,400,", "small,1,6,4200,12000,400,"], 'row 2, column "enrolled": it is empty', "--over eligible"),
    (HEAD, ["small,1,6,4200,12000"], "row 2 has 5 cells; the header has 6", "as many"),
]  # fmt: skip


@pytest.mark.parametrize(("head", "rows", "where", "what"), BAD)
def test_what_cannot_be_is_refused_with_row_and_column_in_both_languages(walk, tmp_path, head, rows, where, what):
    first = (
        [CONTROL]
        if head == HEAD
        else [re.sub("[^,]+", "0.3", head).replace("0.3", "control", 1).replace("0.3", "3", 1)]
    )
    rows = [*first, *rows] if head == HEAD else rows
    with pytest.raises(InputError) as refused:
        seen(walk, tmp_path, *rows, head=head)
    en, th = str(refused.value), refused.value.th
    assert where in en
    assert what in en
    assert LETTERS.search(th)
    assert "pilot.csv" in th
    assert not th.endswith(".")


def test_a_table_that_is_not_there_is_named(walk, tmp_path):
    with pytest.raises(InputError, match="no such file"):
        read_pilot(tmp_path / "none.csv", walk)


def test_weeks_are_taken_together_within_the_offer_and_apart_after_it(walk, tmp_path):
    rows = [
        CONTROL,
        "small,1,3,2000,6000,400",
        "small,4,6,2200,6000,400",
        "small,7,8,1300,4000,400",
        "control,7,8,1000,4000,400",
    ]
    during, after = seen(walk, tmp_path, *rows)
    assert (during.row.week_from, during.row.week_to, during.after) == (1, 7, False)
    assert (after.row.week_from, after.row.week_to, after.after) == (7, 9, True)
    assert during.level.rate == pytest.approx(4200 / 12000)
    assert during.control.rate == pytest.approx(0.3)  # the control's weeks are the arm's
    assert after.control.rate == pytest.approx(0.25)
    assert after.target.level == pytest.approx(1300 / 4000)


def test_the_error_is_that_of_people_who_differ_and_not_of_their_many_acts(walk, tmp_path):
    wide, narrow = (
        seen(walk.with_({"behaviours.walk.spread": s}), tmp_path, CONTROL, SMALL)[0].level for s in (2.0, 0.0)
    )
    rate, acts = 0.35, 12000
    assert narrow.se == pytest.approx(sqrt(rate * (1 - rate) / acts))
    assert 2 * narrow.se < wide.se < sqrt(rate * (1 - rate) / 400)


def test_a_sticky_act_is_one_answer_a_person_however_often_it_is_seen(walk, tmp_path):
    kept = walk.with_({"behaviours.walk.dynamics": "sticky", "behaviours.walk.redecision": 0.05})
    level = seen(kept, tmp_path, CONTROL, SMALL)[0].level
    assert level.se == pytest.approx(sqrt(0.35 * 0.65 / 400))


def test_people_who_had_no_chance_to_act_make_a_rate_no_surer(walk, tmp_path):
    few = seen(walk, tmp_path, CONTROL, "small,1,6,35,100,400")[0].level  # 100 answers of 400 people
    assert few.people == 100
    assert few.se == pytest.approx(sqrt(0.35 * 0.65 / 100))


def test_rows_of_a_behaviour_that_the_arm_does_not_aim_at_are_passed_over(walk, tmp_path):
    head = "arm,behaviour,week_from,week_to,acts,opportunities,people"
    rows = ["control,walk,1,6,3600,12000,400", "small,walk,1,6,4200,12000,400"]
    more = [*rows, "control,help,1,6,480,2400,400", "small,help,1,6,900,2400,400"]
    assert seen(walk, tmp_path, *more, head=head) == seen(walk, tmp_path, *rows, head=head)


def test_people_who_are_not_given_are_counted_from_their_opportunities(walk, tmp_path):
    with_, without = (
        seen(walk, tmp_path, "control,1,6,3600,12000,400"[:cut], "small,1,6,4200,12000,400"[:cut], head=head)[0]
        for cut, head in ((None, HEAD), (-4, HEAD.removesuffix(",people")))
    )
    assert without.level.people == pytest.approx(400)
    assert without.level.se == pytest.approx(with_.level.se)


def test_a_rate_with_its_number_says_the_same_as_acts(walk, tmp_path):
    by_rate = seen(
        walk,
        tmp_path,
        "control,1,6,0.3,12000,400",
        "small,1,6,0.35,12000,400",
        head="arm,week_from,week_to,rate,n,people",
    )
    assert by_rate[0].target == seen(walk, tmp_path, CONTROL, SMALL)[0].target


def test_clusters_widen_the_error_by_the_design_effect(walk, tmp_path):
    alone, clustered = (seen(walk, tmp_path, CONTROL, SMALL, design_effect=x)[0].target for x in (1.0, 4.0))
    assert clustered.se == pytest.approx(2 * alone.se)
    assert clustered.se_reference == pytest.approx(2 * alone.se_reference)


def test_nobody_or_everybody_acting_still_gives_a_figure(walk, tmp_path):
    none = seen(walk, tmp_path, CONTROL, "small,1,6,0,12000,400")[0]
    all_ = seen(walk, tmp_path, CONTROL, "small,1,6,12000,12000,400")[0]
    assert none.target.log_odds < -5 < 5 < all_.target.log_odds
    assert none.target.se > 0
    assert all_.target.se > 0


def test_a_column_of_the_enrolled_says_whose_acts_they_are_unless_it_is_said_otherwise(walk, tmp_path):
    head, rows = f"{HEAD},enrolled", [f"{CONTROL},", "small,1,6,1400,3000,400,100"]
    read = [read_pilot(table(tmp_path, *rows, head=head), walk, over) for over in (None, "eligible")]
    assert [p.over for p in read] == ["enrolled", "eligible"]
    assert seen(walk, tmp_path, *rows, head=head)[0].level.people == 100
    assert seen(walk, tmp_path, *rows, head=head)[0].enrolled == 0.25
    with pytest.raises(InputError, match="enroled"):
        read_pilot(table(tmp_path, *rows, head=head), walk, "enroled")


def test_both_pages_say_what_a_pilot_does_not_teach():
    docs = Path(__file__).parents[3] / "docs"
    for page, words in (
        (
            "pilot.md",
            (
                "What a pilot does not teach",
                "**Take-up.**",
                "**An arm's own misfit.**",
                "untried arms of the same kinds",
            ),
        ),
        (
            "pilot.th.md",
            (
                "สิ่งที่โครงการนำร่องไม่สอน",
                "**อัตราการเข้าร่วม**",
                "**ความคลาดเคลื่อนเฉพาะของทางเลือก**",
                "ทางเลือกชนิดเดียวกันที่ยังไม่ได้ทดลอง",
            ),
        ),
    ):
        text = (docs / page).read_text("utf-8")
        assert all(w in text for w in words), page


def test_the_shipped_example_can_be_read_and_is_called_simulated():
    path = Path(__file__).parents[3] / "scenarios" / "pilots" / "bangkok-waste-simulated.csv"
    pilot = read_pilot(path, kw.load("bangkok-waste"))
    assert pilot.arms == ["district_goal"]
    assert len(pilot.of("control", "waste_sort")) == len(pilot.of("district_goal", "waste_sort")) == 12
    assert "simulated, not observed" in (path.parent / "README.md").read_text("utf-8")
