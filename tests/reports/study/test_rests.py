"""A study says what its arms rest on: at the scenario's values, at the ends of factors, and where nobody looked."""

import re

import pytest

from simulation.reports.behind import mechanism
from simulation.reports.study import rests
from simulation.reports.study.html import page
from simulation.reports.study.terminal import render
from simulation.reports.terminal import Screen
from simulation.results.behind import AtEnd, Beyond, Leaning, StudyBehind, behind, support
from simulation.studies.sweeps.as_json import evidence
from tests.reports.reading import seen_text
from tests.reports.study.made import study

LANGUAGES = ["en", "th"]
FEE = behind(Leaning(("jump", "money"), (0.1, 0.2), 4, 0, (0.3, 0.4), ("discipline",)))
GOAL = behind(Leaning(("commitment", "areas"), None, 4, 0, (0.3, 0.4), ("discipline",)))
FAR = Beyond("value_days", 900.0, 0.1, 5.0)


def looked(*ends, factors=("reward", "weeks"), **more):
    found = StudyBehind({"fee": FEE, "goal": GOAL}, ends, factors, **more)
    return study(look=lambda: found)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_studies_warnings_and_where_one_looked_are_said(lang):
    text = " ".join(rests.said(looked(), lang))
    n = len({*FEE.studies, *GOAL.studies})
    assert re.search(rf"\b{n} studies|การศึกษา {n} เรื่อง", text)
    assert mechanism("areas", lang) in text
    money = support()["mechanisms"]["money"]
    assert f"{mechanism('money', lang)} {len(money['studies'])} ({money['mae']:.2f})" in text
    assert ("at no other point" if lang == "en" else "ไม่ได้ตรวจจุดอื่น") in text


def test_what_an_end_of_a_factor_reaches_is_said_once_for_all_arms_that_reach_it():
    view = looked(AtEnd("weeks", 104, "fee", (FAR,)), AtEnd("weeks", 104, "goal", (FAR,)))
    said = [x for x in rests.said(view, "en") if "Where" in x]
    assert len(said) == 1
    assert "the worth of an act with fee discount and district goal is 900 days of wage" in said[0]
    assert "studies cover 0.1 to 5" in said[0]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_mechanism_without_evidence_at_an_end_is_warned_of(lang):
    view = looked(AtEnd("weeks", 104, "fee", (), ("seeding",)))
    assert any(mechanism("seeding", lang) in x and "104" in x for x in rests.said(view, lang))


@pytest.mark.parametrize(
    ("factors", "not_looked", "said"),
    [
        ((), ("reward",), "scenario's own values alone"),
        (("weeks",), ("reward",), "Not looked at: the ends of"),
    ],
)
def test_what_was_not_looked_at_is_said(factors, not_looked, said):
    assert said in " ".join(rests.said(looked(factors=factors, not_looked=not_looked), "en"))


def test_where_only_the_law_is_varied_no_point_is_left_out():
    assert not any("Looked up" in x for x in rests.said(looked(factors=()), "en"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_terminal_page_and_json_say_it(lang):
    view = looked(AtEnd("weeks", 104, "fee", (FAR,)))
    bare = "".join(render(view, lang, Screen(width=80)).split())
    seen = "".join(seen_text(page(view, lang, "x")).split())
    for sentence in rests.said(view, lang):
        assert "".join(sentence.split()) in bare
    for sentence in rests.said(view, lang, by_mechanism=False):
        assert "".join(sentence.split()) in seen
    titles = [support()["studies"][x]["title"][lang] for x in FEE.studies]
    assert all("".join(t.split()) in seen for t in titles)
    found = evidence(view)
    assert found[lang] == rests.said(view, lang)
    assert found["arms"]["goal"] == GOAL.to_json()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_a_look_up_nothing_is_said(lang):
    view = study()
    assert (rests.said(view, lang), rests.table(view, lang), rests.studies(view, lang), evidence(view)) == ([], None, [], None)  # fmt: skip
    assert 'id="rests"' not in page(view, lang, "x")
    assert ("Evidence" if lang == "en" else "หลักฐาน\n") not in render(view, lang, Screen())
