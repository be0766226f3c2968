"""Every sentence in both languages, with the same fields; what is grave stands with the answer, the rest in its section."""

import string
from dataclasses import replace

import numpy as np
import pytest

from simulation.reports.notes import notes, placed
from simulation.reports.sentences import SENTENCES, say
from simulation.reports.terminal import Screen, render
from simulation.reports.titles import title
from simulation.reports.words import answer, headline, paragraphs, what_would_settle
from simulation.results.findings import Finding
from simulation.results.intervals import LEAST_FOR_INTERVAL, Estimate
from simulation.scenario.drafting.questions import questions
from tests.reports.test_words import SPREAD, arm, lasting, summary

_OPTIONAL = {"a"}  # the headline of one language may name the scheme where the other says "it"


def fields(text):
    return {name.lower() for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("key", SENTENCES)
def test_both_languages_say_the_same_numbers(key):
    en, th = SENTENCES[key]
    assert en
    assert th
    assert fields(en) - _OPTIONAL == fields(th) - _OPTIONAL
    assert not th.endswith(".")
    assert "  " not in en + th
    assert "significan" not in en
    assert "optimal" not in en


def test_every_headline_has_at_most_24_words_and_four_clauses_in_thai():
    for key, (en, th) in SENTENCES.items():
        if key.startswith("headline."):
            assert len(en.split()) <= 24
            assert len(th.split(" ")) <= 6


def test_the_runner_up_stands_beside_the_leading_scheme():
    s = summary(arm("fee", SPREAD + 6), arm("goal", SPREAD + 3))
    assert "Goal adds 3.0 (2.6 to 3.4)." in paragraphs(s, "en")[0]
    assert "3.0 (2.6 ถึง 3.4)" in paragraphs(s, "th")[0]
    assert "goal adds" not in answer(summary(arm("fee", SPREAD + 6)), "en").lower()


def test_an_effect_that_rounds_to_nothing_is_said_in_words_and_not_as_a_change_by_nothing():
    s = summary(arm("fee", np.full(20, 0.01)), arm("goal", np.full(20, -0.02)))
    for lang, said in (("en", "next to nothing"), ("th", "แทบไม่เปลี่ยน")):
        text = paragraphs(s, lang)[0]
        assert text.count(said) == 2
        assert "ทำให้เปลี่ยนไป" not in text
        assert "changes it by 0.0" not in text


@pytest.mark.parametrize("lang", ["en", "th"])
def test_one_number_says_how_many_societies_an_interval_needs(lang):
    few = headline(summary(arm("fee", SPREAD[:8])), lang)
    assert f"{LEAST_FOR_INTERVAL} or more" in few or f"{LEAST_FOR_INTERVAL} ขึ้นไป" in few
    asked = next(q for q in questions() if q.fills == "replicates")
    assert asked.hint.get(lang).rstrip(".").endswith(str(LEAST_FOR_INTERVAL))


@pytest.mark.parametrize("piped", [True, False])
@pytest.mark.parametrize(("lang", "legend"), [("en", "90%: a further"), ("th", "90% คือช่วง")])
def test_the_legend_of_the_range_is_left_out_where_no_range_is_shown(lang, legend, piped):
    few, enough = (summary(arm("fee", x), arm("goal", x + 2)) for x in (SPREAD[:8], SPREAD))
    screen = Screen(width=80, colour=False, piped=piped)
    assert legend not in render(few, lang, screen)
    assert legend in render(enough, lang, screen)


def test_harm_says_when_and_how_much():
    during = summary(arm("fee", SPREAD - 4, effect_after=Estimate(-0.1, -0.2, 0.0)))
    assert "Fee does harm while it runs: −4.0 points against no scheme (−4.4 to −3.6)." in notes(during, "en")
    after = np.full(20, -2.0)
    later = summary(
        arm("fee", SPREAD + 5, effect_after=Estimate(-2.0, -2.0, -2.0), per_society={"effect_after_pp": after})
    )
    assert any(x.startswith("Fee does harm after it ends: −2.0 points") for x in notes(later, "en"))
    assert any("ส่งผลเสียหลังสิ้นสุดมาตรการ −2.0" in x for x in notes(later, "th"))


def test_a_scheme_that_does_nothing_is_said_to_do_exactly_nothing():
    s = summary(arm("fee", SPREAD + 5), arm("none", np.zeros(20)))
    assert "None changes not one act: its effect is exactly 0 in every society." in notes(s, "en")
    assert not any("less than 1 point" in x for x in notes(s, "en"))


def test_the_gravest_note_stands_with_the_answer_and_none_where_a_group_is_left_behind():
    s = summary(arm("fee", SPREAD + 5, budget_closed=(15, 41), **lasting(0.1, 20, Estimate(0.1, 0.0, 0.2))))
    found = placed(s, "en")
    assert [x.split(" ")[1] for x in found["grave"]] == ["budget"]
    assert "Little outlasts" in found["time"][0]
    behind = Finding(
        "left behind", ("fee",), {"kind": "sex", "group": "male", "x": s.arms[0].effect, "all": s.arms[0].effect}
    )
    found = placed(replace(s, findings=(*s.findings, behind)), "en")
    assert "grave" not in found
    assert "budget" in found["cost"][0]


def test_fixed_parameters_warn_and_switch_the_words_of_likelihood_off():
    s = summary(arm("fee", SPREAD + 6), arm("goal", SPREAD + 3))
    fixed = replace(s, facts=replace(s.facts, parameters="default"))
    assert "too narrow" in placed(fixed, "en")["warning"][0]
    assert "likely" not in answer(fixed, "en")
    assert "very likely" in answer(s, "en")


@pytest.mark.parametrize(("effects", "said"), [(SPREAD + 6, "fee did more"), (SPREAD / 9, "less than 1 point in")])
def test_the_title_of_figure_1_counts_what_its_last_row_shows(effects, said):
    s = summary(arm("fee", effects), arm("goal", effects / 2))
    assert said in title(s, "en", "answer").lower().replace("changes ", "")
    assert title(s, "en", "answer") != headline(s, "en")
    assert "20 จาก 20" in title(s, "th", "answer")


def test_a_settled_answer_says_what_it_rests_on_and_an_open_one_asks_for_a_pilot():
    from simulation.core.params import Text

    fee = arm("fee", SPREAD + 6)
    facts = replace(fee.facts, rests_on=Text(en="money", th="เงิน"), strength="one study")
    settled = summary(replace(fee, facts=facts), arm("goal", SPREAD + 3))
    assert what_would_settle(settled, "en") == "Fee: money. Evidence: one study."
    assert what_would_settle(summary(arm("fee", 9 * SPREAD + 4), arm("goal", 3 - 9 * SPREAD)), "en").startswith(
        "A pilot of"
    )


def test_the_terminal_shows_what_was_observed_beside_what_is_simulated():
    s = summary(arm("fee", SPREAD + 6, level=Estimate(0.4567, 0.4, 0.5)))
    s = replace(s, facts=replace(s.facts, observed=(("fee", 0.6207, 0.0643), ("other", 0.5, None))))
    assert "Fee 62.1      6.4  45.7       40.0 to 50.0" in render(s, "en", Screen())
    thai = render(s, "th", Screen()).split("\n")
    assert any(x.startswith("62.1") and x.endswith("มาตรการfee") for x in thai)
    assert any(x.startswith("มาตรการfee") and "62.1" in x for x in render(s, "th", Screen(piped=True)).split("\n"))
    assert "62.1" not in render(summary(arm("fee", SPREAD + 6)), "en", Screen())


def test_a_blank_stands_between_a_latin_name_and_a_thai_verb():
    assert say("headline.clear winner", "th", A="LED") == "LED ได้ผลมากที่สุด"
