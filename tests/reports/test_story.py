"""The words of a citizen's story are complete in both languages, and its lines break where they may."""

import pytest

from simulation.engine.decision import TERMS
from simulation.reports.lines import WIDTH, cells, padded, wrapped
from simulation.reports.story_words import STORY, TERM_WORDS


def test_every_term_of_the_decision_has_a_name_and_one_sentence_in_both_languages():
    assert tuple(TERM_WORDS) == TERMS
    for words in TERM_WORDS.values():
        assert words.means("en").endswith(".")
        assert not words.means("th").endswith(".")
        for lang in ("en", "th"):
            assert words.name(lang)
            assert words.short(lang)
            assert cells(words.name(lang)) < 24


def test_both_languages_say_the_same_things_with_the_same_numbers():
    assert STORY["en"].keys() == STORY["th"].keys()
    for key, en in STORY["en"].items():
        assert en, key
        assert STORY["th"][key], key
        own = {"place": {"name", "number"}}.get(key)
        fields = [{p.split("}")[0] for p in text.split("{")[1:]} for text in (en, STORY["th"][key])]
        assert own or fields[0] == fields[1], key


def test_thai_is_measured_by_what_it_takes_on_a_screen():
    assert cells("คู่เทียบ") == 5
    assert padded("คู่เทียบ", 8, right=True) == "   คู่เทียบ"


@pytest.mark.parametrize("text", ["one two " * 40, "เพื่อนบ้านทำ คู่เทียบ " * 30])
def test_lines_break_at_blanks_within_the_width_and_lose_nothing(text):
    lines = wrapped(text, "  ")
    assert all(cells(line) <= WIDTH for line in lines)
    assert " ".join(line.strip() for line in lines) == text.strip()
