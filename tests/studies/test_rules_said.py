"""Rival submodels that a scenario turns are said: by explain and in the report, in both languages, and only then."""

from types import SimpleNamespace
from typing import get_args

import pytest

from simulation.agents.law_spec import Decision, NormPerception
from simulation.reports.html import _assumptions
from simulation.scenario.load import load
from simulation.studies.compiled import _shape
from simulation.studies.explain import explain
from simulation.studies.facts import facts_of
from simulation.studies.rules_said import _CHOSEN, GENERATORS, rules_turned
from simulation.world.spec import Generator

TURNED = {
    "law.decision='threshold'": ("personal threshold", "ระดับขั้นต่ำ"),
    "law.norm_perception='majority'": ("most of one's ties", "คนรอบตัวส่วนใหญ่"),
    "law.norm_perception='locality'": ("the own locality", "พื้นที่ตนเอง"),
    "law.norm_perception='salient'": ("noticed twice", "สองเท่า"),
    "world.ties.generator='small-world'": ("a small world", "โลกใบเล็ก"),
}


def test_nothing_is_said_where_nothing_is_turned():
    assert list(rules_turned(load("bangkok-waste"))) == []
    assert list(rules_turned(load("bangkok-waste", ["law.fade=false", "law.decision='logit'"]))) == []


@pytest.mark.parametrize("setting", TURNED)
def test_what_is_turned_stands_in_explain_and_in_what_the_report_assumes(setting):
    scenario = load("bangkok-waste", ["world.citizens=200", setting])
    for lang, words in zip(("en", "th"), TURNED[setting], strict=True):
        text = "".join(explain(scenario, lang=lang).text.split())  # lines are broken anywhere in Thai
        assert "".join(words.split()) in text
        (said,) = facts_of(scenario, "bangkok-waste", "posterior").rules
        assert words in said.get(lang)


def test_the_page_lists_it_under_what_is_assumed():
    facts = facts_of(load("bangkok-waste", ["law.decision='threshold'"]), "bangkok-waste", "posterior")
    for lang, words in (("en", "personal threshold"), ("th", "ระดับขั้นต่ำ")):
        assert words in _assumptions(SimpleNamespace(facts=facts, arms=()), lang)[-1]


def test_every_choice_has_words_in_both_languages():
    choices = {("decision", x) for x in get_args(Decision)} | {("norm_perception", x) for x in get_args(NormPerception)}
    assert choices - set(_CHOSEN) == {("decision", "logit"), ("norm_perception", "weighted")}
    assert set(get_args(Generator)) - set(GENERATORS) == {"layers"}


def test_the_shape_of_what_is_compiled_goes_by_the_rule_of_decision():
    shapes = {_shape(load("bangkok-waste", [*setting])) for setting in ((), ("law.decision='threshold'",))}
    assert len(shapes) == 2
