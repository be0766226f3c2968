import html
import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from simulation.core.params import Text
from simulation.reports.study import measures, words
from simulation.reports.study.card import card_of
from simulation.reports.study.html import drawn, page, write_study_report
from simulation.reports.study.outcomes import shown, size
from simulation.results.responses.discovery import discover
from tests.reports.reading import tables_of
from tests.reports.study.made import CURB, GAP, HABIT, REWARD, WEEKS, sobol, study

LANGUAGES = ("en", "th")
WHEN = datetime(2026, 11, 26, tzinfo=UTC)


@pytest.fixture(scope="module")
def pages(grid):
    return {lang: page(grid, lang, "other.html", WHEN) for lang in LANGUAGES}


@pytest.fixture
def undrawn(monkeypatch):
    """Leave the figures out, where a test is not about them."""
    monkeypatch.setattr("simulation.reports.study.html.drawn", nothing)


def nothing(*_):
    return ""


def named(_view, _lang, _draw, name, size):
    return f"<svg>{name}-{size}</svg>"


def seen(text):
    body = re.sub(r"<(svg|style|script).*?</\1>", " ", text, flags=re.DOTALL)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", "", body)))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_opens_with_the_sentences_of_the_terminal(lang, grid, pages):
    said = seen(pages[lang])
    for sentence in (words.headline(grid, lang), *words.paragraphs(grid, lang), words.how_sure(grid, lang), words.costs(grid, lang)):  # fmt: skip
        assert re.sub(r"\s+", " ", sentence) in said


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_needs_nothing_from_outside(lang, pages):
    text = pages[lang]
    assert not re.findall(
        r"""(?:href|src)=["'](?!#|data:|other\.html|tables/)[^"']+""",
        re.sub(r"<svg.*?</svg>", "", text, flags=re.DOTALL),
    )
    assert not re.findall(r"https?://(?!www\.w3\.org)", text)
    assert "default-src 'none'" in html.unescape(text)
    assert f'<html lang="{lang}">' in text
    levels = [int(x) for x in re.findall(r"<h([1-6])", text)]
    assert levels.count(1) == 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_figure_stands_with_its_finding_and_its_table(lang, pages):
    found = re.findall(r"<figure>.*?</figure>", pages[lang], re.DOTALL)
    assert len(found) == 5
    for figure in found:
        assert figure.count("<svg") == 2
        assert "<details>" in figure
        assert "<table" in figure.split("<details>")[1]
        assert re.search(r"<figcaption>.+</figcaption>", figure, re.DOTALL)


def test_the_table_of_effects_has_the_numbers_of_the_measures(grid, pages):
    table = next(t for t in tables_of(pages["en"]) if t.caption.startswith("Table 2."))
    rows = [(head, cells) for head, cells in table.rows if cells]
    expected = [
        (grid.title_of(arm, "en"), own)
        for e in measures.effects(grid)
        for arm, _ in grid.judged_arms
        if (own := measures.effects_on(grid, arm).get(e.factor)) is not None
    ]
    assert len(rows) == len(expected) == 6
    for (head, cells), (arm, e) in zip(rows, expected, strict=True):
        assert head == arm
        assert cells[0].main == shown("effect_pp", e.low.mean)
        assert cells[1].main == shown("effect_pp", e.high.mean)
        assert cells[2].main == size("effect_pp", e.swing)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_was_varied_stands_with_unit_values_role_keys_and_usual_value(lang, pages):
    table = next(t for t in tables_of(pages[lang]) if t.caption.startswith(("Table 1.", "ตารางที่ 1")))
    assert len(table.rows) == 3
    said = str(table.rows)
    for part in (
        "arms.fee.schemes.fee.baht",
        "arms.goal.schemes.goal.schedule.weeks",
        "10, 20, 40, 80",
        WEEKS.unit.get(lang),
    ):
        assert part in said


@pytest.mark.parametrize("lang", LANGUAGES)
def test_failures_and_provenance_are_there(lang, grid, pages):
    said = seen(pages[lang])
    for part in ("kwamdee rerun 0000000000000000", "the budget is spent twice", grid.facts.digest, grid.code, "2569",
                 grid.facts.command, "kwamdee 0.1.0", grid.folder):  # fmt: skip
        assert part in said


def test_a_thai_page_has_no_english_words_but_names(pages):
    said = seen(pages["th"])
    for word in ("points", "baht", "Factor", "Arm", "Swing", "noise", "society", "lever", "uncertainty", "missing"):
        assert not re.search(rf"(?<!\.)\b{word}\b", said), word


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_sensitivity_study_shows_its_indices_first_and_repeats_its_warning(lang, monkeypatch):
    monkeypatch.setattr("simulation.reports.study.html.drawn", named)
    view = study((REWARD, HABIT, CURB), "latin-hypercube")
    view = replace(view, indices=sobol(view.facts), warnings=(Text(en="Too small a design.", th="แบบแผนเล็กเกินไป"),))
    text = page(view, lang, "x", WHEN)
    assert text.index('id="indices"') < text.index('id="effects"')
    first = re.search(r"<figure>.*?</figure>", text, re.DOTALL).group(0)
    assert "indices-wide" in first
    assert {"en": "Too small a design.", "th": "แบบแผนเล็กเกินไป"}[lang] in seen(text)
    assert {"en": "0.57 to 0.67", "th": "0.57 ถึง 0.67"}[lang] in seen(text)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_rules_of_a_discovery_stand_with_coverage_and_density(lang, undrawn):
    view = study((REWARD, HABIT, CURB), "latin-hypercube")
    found = discover(view.points, view.facts, "effect_pp", "fee", quantile=0.6, method="prim")
    assert found.found
    said = seen(page(replace(view, rules=found), lang, "x", WHEN))
    assert found.message.get(lang) in said
    row = found.boxes.iloc[0]
    percent = f"{100 * row['coverage']:.0f}"
    assert (f"{percent}%" if lang == "en" else f"ร้อยละ {percent}") in said
    assert REWARD.title.get(lang) in said


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_unfinished_or_empty_study_and_one_with_a_contrast_have_a_page_too(lang, undrawn):
    for view in (
        study(keep=0),
        study(keep=7),
        study((REWARD,)),
        study((REWARD, CURB), contrasts=(GAP,), design="latin-hypercube"),
    ):
        text = page(view, lang, "x", WHEN)
        assert words.headline(view, lang) in seen(text)
        assert "nan" not in seen(text)


def test_a_figure_that_cannot_be_drawn_leaves_its_table_and_a_line_why(grid, undrawn):
    first = re.search(r"<figure>.*?</figure>", page(grid, "en", "x", WHEN), re.DOTALL).group(0)
    assert "could not be drawn" in re.sub(r"<[^>]+>", "", first)
    assert "<table" in first


def test_whatever_goes_wrong_in_drawing_leaves_a_figure_out(grid):
    def broken(*_):
        raise ValueError("no room")

    assert drawn(grid, "en", broken, "curves", "wide") == ""


def test_both_languages_are_written_and_an_old_file_is_let_go(grid, tmp_path, undrawn):
    (tmp_path / "report.en.html").write_text("old", "utf-8")
    path = write_study_report(grid, tmp_path, "en")
    assert path == tmp_path / "report.html"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["report.html", "report.th.html"]
    assert 'lang="th"' in (tmp_path / "report.th.html").read_text("utf-8")[:60]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_card_of_a_notebook_says_the_answer_and_shows_names_as_text(lang, grid):
    text = card_of(grid, lang)
    said = html.unescape(re.sub(r"<[^>]+>", "", text))
    assert words.headline(grid, lang) in said
    assert "<svg" in text
    assert "<script" not in text
    odd = replace(grid, facts=replace(grid.facts, title=Text(en="<b>x</b>", th="<b>x</b>")))
    assert "<b>x</b>" not in card_of(odd, lang)
    assert card_of(study(keep=0), lang)


def test_a_title_cannot_break_out_of_the_page(grid, undrawn):
    odd = replace(grid, facts=replace(grid.facts, title=Text(en='"}</style><script>alert(1)</script>', th="ก")))
    assert len(re.findall(r"<script\b", page(odd, "en", "x", WHEN))) == 1
