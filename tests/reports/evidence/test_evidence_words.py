"""What the card calls studies, arms, behaviours and units, in English and in plain Thai."""

import re

import pytest

from simulation.core.params import Text
from simulation.reports.evidence.html import page
from simulation.reports.evidence.terminal import render
from simulation.reports.evidence.texts import counted
from simulation.reports.evidence.words import nearest, size, study_line
from simulation.reports.terminal import Screen
from simulation.studies.evidence.card import StudyFacts
from simulation.studies.evidence.files import read_designs
from simulation.studies.evidence.suite import facts_of
from tests.studies.evidence.made import KNOWN, card, row, target

STEPS = Text(en="steps a day", th="ก้าวต่อวัน")
WALKS = StudyFacts(
    Text(en="Walking", th="การเดิน"),
    "Somebody 2003",
    arms={"team": Text(en="In a team", th="เป็นทีม")},
    approximations={"team": Text(en="No pairs are formed.", th="ไม่มีการจับคู่")},
    behaviours={"act": Text(en="walking alone", th="การเดินคนเดียว"), "walk_pair": Text(en="walking in a pair", th="การเดินเป็นคู่")},
    unit=STEPS,
)  # fmt: skip


def walks(**more):
    return row("walks", "team", scale=9000.0, approximation="No pairs are formed.", **({"unit": "steps a day"} | more))


@pytest.fixture(scope="module")
def made():
    known = [
        (walks(), target(0.3, level=0.5)),
        (walks(week_from=5, week_to=9), target(0.2, level=0.5)),
        (walks(behaviour="walk_pair"), target(0.4, level=0.5)),
    ]
    return card(known, facts={"walks": WALKS})


def names(made, lang):
    return [made.row_title(c.row, lang) for c in made.everything.rows]


def test_one_study_and_one_arm_are_told_in_the_singular():
    alone = card(KNOWN[-1:])
    assert size(alone, "en") == "1 study, 1 arm"
    text = " ".join(render(alone, "en", Screen()).split())
    assert "(1 study)" in text
    assert not re.search(r"\b1 (studies|arms)\b", text)
    assert "each counting once" not in text


def test_more_than_one_stay_plural():
    assert counted("1 studies, 11 arms, 21 studies") == "1 study, 11 arms, 21 studies"
    assert "studies, each counting once" in " ".join(render(card(), "en", Screen()).split())


def test_rows_of_an_arm_are_told_apart_by_what_they_differ_in_and_by_nothing_else(made):
    assert names(made, "en") == [
        "In a team, walking alone, week 0",
        "In a team, walking alone, weeks 5–8",
        "In a team, walking in a pair",
    ]
    assert names(made, "th") == [
        "เป็นทีม การเดินคนเดียว สัปดาห์ที่ 0",
        "เป็นทีม การเดินคนเดียว สัปดาห์ที่ 5–8",
        "เป็นทีม การเดินเป็นคู่",
    ]


def test_a_unit_is_told_in_the_readers_language_and_sizes_never_as_powers_of_ten(made):
    thai = study_line(made, "walks", "th")
    assert "ก้าวต่อวัน" in thai
    assert "steps" not in thai
    for said in (thai, study_line(made, "walks", "en")):
        assert not re.search(r"\de[+-]\d", said)


def test_why_an_arm_is_coded_as_its_nearest_form_is_told_once(made):
    assert nearest(made, "walks", "en") == ["In a team is coded as its nearest form: No pairs are formed."]
    for lang, why in (("en", "No pairs are formed"), ("th", "ไม่มีการจับคู่")):
        assert render(made, lang, Screen()).count(why) == 1
        assert page(made, lang, "other.html").count(why) == 1


@pytest.mark.parametrize("lang", ["en", "th"])
def test_no_name_of_a_file_stands_where_a_title_is_known(made, lang):
    shown = re.sub(r"<svg.*?</svg>|<style>.*?</style>|<[^>]+>", " ", page(made, lang, "other.html"), flags=re.DOTALL)
    for text in (render(made, lang, Screen()), shown):
        for name in ("walks", "walk_pair"):
            assert name not in text


def test_every_behaviour_unit_and_arm_of_the_shipped_studies_has_a_thai_name():
    for design in read_designs():
        facts = facts_of(design)
        titles = [facts.title, facts.unit, *facts.behaviours.values()]
        titles += [title for name, title in facts.arms.items() if name != "control"]
        for title in titles:
            assert title is None or re.search("[ก-๙]", title.th), (design.id, title)
        assert None not in facts.behaviours.values(), design.id


def test_thai_titles_of_the_shipped_studies_join_authors_in_thai():
    for design in read_designs():
        assert not re.search(r"\b(and|others)\b", design.scenario.about.title.th), design.id


def test_a_table_of_rules_without_differences_has_no_column_of_them():
    assert "better by" not in page(card(KNOWN[:2]), "en", "other.html")
    assert "better by" in page(card(), "en", "other.html")


def test_on_a_phone_every_figure_of_a_table_stands_beside_its_name(made):
    cells = re.findall(r"<td[^>]*>", page(made, "en", "other.html"))
    assert cells
    assert all("data-l=" in cell for cell in cells)
