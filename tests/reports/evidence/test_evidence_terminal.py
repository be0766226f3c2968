import re

import pytest

from simulation.core.params import Text
from simulation.reports.drawing import to_svg
from simulation.reports.evidence.figures import pit_shares, study_figure
from simulation.reports.evidence.html import page, write_card
from simulation.reports.evidence.terminal import render
from simulation.reports.evidence.texts import TEXTS
from simulation.reports.lines import cells
from simulation.reports.terminal import Screen
from simulation.studies.evidence.card import StudyFacts
from tests.studies.evidence.made import card


@pytest.fixture(scope="module")
def made():
    return card()


def test_every_text_has_both_languages():
    assert TEXTS["en"].keys() == TEXTS["th"].keys()
    for key, en in TEXTS["en"].items():
        assert sorted(re.findall(r"{\w*}", en)) == sorted(re.findall(r"{\w*}", TEXTS["th"][key]))
        assert not TEXTS["th"][key].endswith(".")


def test_the_card_shows_arms_studies_and_last_the_answer_next_to_simple_rules(made):
    text = render(made, "en", Screen(), report="results/evidence/report.html")
    flat = " ".join(text.split())
    assert "3 studies, 7 arms" in flat
    assert re.search(r"One cent +\+0\.5\d +.* to .* \+0\.40 +0\.20 to 0\.60 +in\b", text)
    assert re.search(r"^d .*\+3\.00 .* out", text, re.MULTILINE)
    zero = made.zero_shot
    assert f"missed by {zero.mean('mae'):.2f} on average" in flat
    assert f"kind of incentive misses by {zero.mean('mae_flat'):.2f}" in flat
    assert "bootstraps over studies" in flat
    assert "The parameters are stale: the law has changed since." in flat
    assert "7 structural variants" in flat
    assert "2 published figures are listed and not scored" in flat
    apart = text.index("Coded as their nearest form")
    assert apart < text.index("Own money at stake.") < text.index("Answer")
    assert text.rstrip().endswith("results/evidence/report.html")
    assert max(map(cells, text.splitlines())) <= 80


def test_in_thai_names_stand_last_and_no_english_is_left(made):
    text = render(made, "th", Screen())
    assert re.search(r"\+0\.40 +0\.20 \.\. 0\.60 +ใน +หนึ่งเซนต์$", text, re.MULTILINE)
    assert "มีเงินของตนเองเป็นเดิมพัน" in text
    left = re.sub(r"Kwamdee|CRPS|presses|deposit|three|provenance|one [ef]|^.* [abcd]$", "", text, flags=re.MULTILINE)
    assert not re.search("[A-Za-z]", left), re.findall("[A-Za-z]+", left)


def test_a_screen_without_thai_gets_english_in_ascii(made):
    text = render(made, "th", Screen(unicode=False))
    assert text.isascii()
    assert "Answer" in text


def test_a_study_is_scored_in_its_own_unit(made):
    assert re.search(r"error in its own unit, presses: [\d.]+", " ".join(render(made, "en", Screen()).split()))


def test_a_gain_that_the_studies_do_not_settle_is_said_so(made):
    d = made.zero_shot.difference("mae_flat")
    said = " ".join(render(made, "en", Screen()).split())
    assert ("do not settle it" in said) == (d.low <= 0 <= d.high)


def test_shares_of_tenths_weigh_studies_alike(made):
    assert pit_shares(made).sum() == pytest.approx(1.0)


@pytest.mark.parametrize("lang", ["en", "th"])
def test_the_page_has_a_figure_a_study_and_asks_for_nothing(made, lang):
    text = page(made, lang, "report.other.html")
    for study in made.studies:
        assert f'id="{study}"' in text
    assert text.count("<svg") == 2 * (len(made.studies) + 2)
    assert not re.search(r'(?:src|href)="https?:', text)
    assert TEXTS[lang]["zero"].split("{")[0].strip()[:20] in re.sub(r"<[^>]+>", "", text)


def test_both_languages_are_written(made, tmp_path):
    write_card(made, tmp_path, "th")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["report.en.html", "report.html"]


def test_an_empty_card_is_printed_and_drawn(tmp_path):
    empty = card([])
    assert "Nothing can be scored" in render(empty, "en", Screen())
    write_card(empty, tmp_path, "en")


@pytest.mark.parametrize("size", ["wide", "narrow"])
def test_long_thai_names_leave_the_intervals_their_room(size):
    name = Text(en="A letter", th="จดหมายแจ้งการไปใช้สิทธิเลือกตั้งของครัวเรือนตนเอง")
    facts = {"one": StudyFacts(Text(en="Letters", th="จดหมาย"), "", arms=dict.fromkeys("abcd", name))}
    figure = study_figure(card(facts=facts), "one", "th", size)
    to_svg(figure, "จดหมาย", "", f"long-{size}")  # lays the figure out; what does not fit is a warning, an error here
    (axes,) = figure.axes
    assert axes.get_position().width > 0.3
