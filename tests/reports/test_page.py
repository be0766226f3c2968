"""The page asks for nothing, carries its letters, can be read without seeing, and stands as a card in a notebook."""

import base64
import hashlib
import html
import re
import warnings
from dataclasses import replace
from functools import cache
from itertools import pairwise

import pytest
from fontTools.ttLib import TTFont

from simulation.core.params import Text
from simulation.reports import figures, tables
from simulation.reports.card import card
from simulation.reports.drawing import COLOURS, GREY, INK, INKS, PALE, SAND, style
from simulation.reports.html import page
from simulation.reports.parts import css_text
from simulation.reports.words import headline, paragraphs
from simulation.results.intervals import Spread
from tests.reports.reading import seen_text, tables_of
from tests.reports.test_report import FONTS, grouped, two, with_facts
from tests.reports.test_words import SPREAD, arm, summary

LANGUAGES = ["en", "th"]
ODD = "Łódź, Việt–ngữ & “ő” 5 € ฿ ที่ปั่นน้ำผึ้ง ฐู ญู"  # printed in tests/browser too


def full(**changes):
    """Return a comparison with every figure and table that a made-up one can have."""
    s = with_facts(grouped(True), weeks=104, sources=(("run.x", "design, 1 to 2"), ("world.y", "V: census")))
    spreads = {"effect_pp": Spread(1.0, 0.2, 0.1, 0.8, 0.1)}
    return replace(
        s, arms=tuple(replace(a, costs_per_1000=(10.0, 30.0, 5.0), spreads=spreads, **changes) for a in s.arms)
    )


@cache
def full_page(lang):
    return page(full(), lang, "report.th.html")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_asks_for_nothing_from_outside(lang):
    text = full_page(lang)
    links = re.findall(r'(?:\bhref|\bsrc|xlink:href)="([^"]*)"', text) + re.findall(r"url\(([^)]*)\)", text)
    assert links
    for link in links:
        assert re.match(r"#|data:font/|tables/\w+\.csv$|report\.th\.html$", link), link
    policy = html.unescape(re.search(r'Content-Security-Policy" content="([^"]*)"', text).group(1))
    assert policy.startswith("default-src 'none';")
    script = re.search(r"<script>(.*?)</script>", text, re.DOTALL).group(1)
    assert base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() in policy
    assert len(re.findall(r"<script\b", text)) == 1
    assert "@import" not in text


def test_matplotlib_has_every_latin_and_thai_letter_that_a_page_has():
    known = {c for path in FONTS.glob("*.ttf") for c in TTFont(path).getBestCmap()}
    assert (
        set(range(0x20, 0x7F)) | set(range(0xA0, 0x180)) | set(range(0xE01, 0xE3B)) | set(range(0xE3F, 0xE5C)) <= known
    )
    assert {ord(c) for c in ODD + "†•…−≥≤≈→ộữằỹ"} <= known


def test_a_font_is_carried_only_where_the_page_has_a_sign_of_it():
    plain = full_page("en")
    odd = page(with_facts(two(), question=Text(en="ő?", th="ő")), "en", "x")
    assert "unicode-range" not in plain
    assert odd.count("unicode-range") == 2


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_sign_that_no_font_of_ours_has_is_left_to_the_reader_without_a_notice(lang):
    s = two()
    odd = replace(s.arms[0], facts=replace(s.arms[0].facts, title=Text(en="漢字 😀", th="漢字 😀")))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert "漢字 😀" in page(replace(s, arms=(odd, s.arms[1])), lang, "x")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_who_cannot_see_a_figure_hears_it_and_finds_its_table(lang):
    text = full_page(lang)
    found = re.findall(r"<figure>.*?</figure>", text, re.DOTALL)
    assert len(found) == 4
    for figure in found:
        for svg in re.findall(r"<svg.*?</svg>", figure, re.DOTALL):
            assert 'role="img"' in svg
            label, described = re.search(r'aria-labelledby="(\S+) (\S+)"', svg).groups()
            assert re.search(rf'<title id="{label}">[^<]+</title>', svg)
            said = re.search(rf'<desc id="{described}">([^<]+)</desc>', svg).group(1)
            assert len(said.split()) <= 80
            assert not re.search(r"−|\bnan\b", said)
            thai = bool(re.search(r"[ก-๛]{4}", said.replace("มาตรการ", "")))
            assert thai == (lang == "th")
        assert "<details>" in figure
        assert "<table" in figure.split("<details>")[1]
    assert f'<html lang="{lang}">' in text
    levels = [int(x) for x in re.findall(r"<h([1-6])", text)]
    assert levels.count(1) == 1
    assert all(b <= a + 2 for a, b in pairwise(levels))
    assert not re.findall(r"<th(?=[ >])(?![^>]*scope)[^>]*>[^<]", text)


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a, b):
    low, high = sorted((luminance(a), luminance(b)))
    return (high + 0.05) / (low + 0.05)


def test_text_and_marks_stand_out_from_what_is_behind_them():
    for ground in ("#FFFFFF", PALE, SAND, "#FFE9A8"):
        assert all(contrast(colour, ground) >= 4.5 for colour in (INK, GREY, *INKS))
    assert all(contrast(colour, "#FFFFFF") >= 3 for colour in COLOURS)
    darkest = "#" + f"{round(255 + (0x4A - 255) * 0.35):02x}" + f"{round(255 + (0x51 - 255) * 0.35):02x}" + f"{round(255 + (0x60 - 255) * 0.35):02x}"  # fmt: skip
    assert contrast(INK, darkest) >= 4.5  # the table of pairs at its darkest
    colours = set(re.findall(r"color: (#[0-9A-Fa-f]{3,6})", full_page("en")))
    assert colours <= {INK, GREY, "#0F4C92", "#fff", "#FFFFFF"}


def test_beyond_four_schemes_only_the_two_leaders_have_a_colour():
    few = summary(*(arm(name, SPREAD + 9 - i) for i, name in enumerate("abcd")))
    many = summary(*(arm(name, SPREAD + 9 - i) for i, name in enumerate("abcde")))
    assert [style(few, a)[0] for a in few.arms] == list(COLOURS)
    assert [style(many, a)[0] for a in many.arms] == [*COLOURS[:2], INK, INK, INK]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_figure_that_cannot_be_drawn_leaves_its_table_and_a_line_why(lang, monkeypatch):
    def broken(*_):
        raise ValueError("no room")

    monkeypatch.setattr(figures, "answer_figure", broken)
    text = page(two(), lang, "x")
    first = re.search(r"<figure>.*?</figure>", text, re.DOTALL).group(0)
    assert "<svg" not in first
    assert {"en": "could not be drawn", "th": "วาดภาพนี้ไม่ได้"}[lang] in re.sub(r"<[^>]+>", "", first)
    assert "of-answer" in first


def test_one_scheme_alone_has_no_column_for_who_did_most():
    alone = with_facts(summary(arm("fee", SPREAD + 6)), weeks=104)
    assert len(tables.effects(alone, "en").heads) == 6
    assert [h.text for h in tables.of_answer(alone, "en").heads][-1] == "Half a year after, points"
    assert "Did most" not in seen_text(page(alone, "en", "x"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_tables_are_numbered_in_the_order_of_the_page(lang):
    word = {"en": r"Table (\d+)\.", "th": r"ตารางที่ (\d+)"}[lang]
    numbers = [int(m.group(1)) for t in tables_of(full_page(lang)) if (m := re.match(word, t.caption))]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) >= 5


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_appendix_is_closed_and_counts_the_sources_it_lists(lang):
    text = full_page(lang)
    assert '<details class="appendix">' in text
    seen = re.sub(r"\s+", " ", seen_text(text))
    said = {"en": "2 values with a source or a reason: 1 from sources, 1 chosen or judged", "th": "มาจากแหล่งที่มา 1 ค่า"}[
        lang
    ]
    assert said in seen
    assert "V: census" in seen.split({"en": "Appendix:", "th": "ภาคผนวก:"}[lang])[-1]


def test_a_title_cannot_break_out_of_the_style_sheet():
    text = css_text('a"; } </style><script>x</script> \\ & \n')
    assert re.fullmatch(r'"(?:[^"\\<>&\n]|\\[0-9a-f]+ )*"', text)
    s = with_facts(two(), title=Text(en='"}</style><script>alert(1)</script>', th="ก"))
    assert len(re.findall(r"<script\b", page(s, "en", "x"))) == 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_card_of_a_notebook_is_the_first_screen(lang):
    s = full()
    text = card(s, lang)
    seen = html.unescape(re.sub(r"<[^>]+>", "", text))
    assert headline(s, lang) in seen
    for paragraph in paragraphs(s, lang):
        assert paragraph in seen
    assert re.search(r"<svg.*\+6\.0 \(5\.6 (?:to|ถึง) 6\.4\).*</svg>", text, re.DOTALL)
    assert "<table>" in text
    assert "http-equiv" not in text
    assert "<script" not in text
    assert text.startswith(f'<div class="kwamdee-card" lang="{lang}"')


def test_the_card_shows_a_name_as_text():
    s = two()
    odd = replace(s.arms[0], facts=replace(s.arms[0].facts, title=Text(en="<b>x</b>", th="<b>x</b>")))
    assert "<b>x</b>" not in card(replace(s, arms=(odd, s.arms[1])), "en")


def test_a_card_of_nothing_to_compare_says_so():
    assert "nothing to compare" in card(summary(), "en")
