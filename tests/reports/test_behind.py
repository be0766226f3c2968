"""What a result rests on, said in both languages: one line with the answer at most, the rest in its section."""

from dataclasses import replace

import pytest

from simulation.core.params import Text
from simulation.reports.behind import MECHANISMS, WHATS, gravest, line, mechanism, said, table
from simulation.reports.html import page
from simulation.reports.notes import notes, placed
from simulation.reports.terminal import Screen, render
from simulation.results import behind as lookup
from simulation.results.behind import RANGES, Leaning, behind
from simulation.results.findings import find
from tests.reports.reading import seen_text, tables_of
from tests.reports.test_words import SPREAD, arm, summary

LANGUAGES = ["en", "th"]
WITHIN = Leaning(("jump", "money"), (0.1, 0.2), 4, 0, (0.3, 0.4), ("discipline",))


def backed(**leans):
    """Return a comparison of which each arm leans on what is given, best arm first."""
    size = iter((6, 3, 1))
    arms = [arm(name, SPREAD + next(size)) for name in leans]
    arms = [replace(a, facts=replace(a.facts, behind=behind(x))) for a, x in zip(arms, leans.values(), strict=True)]
    s = summary(*arms)
    return replace(s, findings=find(s.arms, s.societies, 1.0, "posterior"))


LONG = replace(WITHIN, offer_weeks=5000)
AREA = replace(WITHIN, mechanisms=("commitment", "areas"))


def test_every_mechanism_and_every_range_has_a_name_in_both_languages():
    assert tuple(MECHANISMS) == lookup.MECHANISMS
    assert tuple(WHATS) == RANGES
    assert all(en and th for en, th in MECHANISMS.values())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_a_look_up_nothing_is_said(lang):
    s = summary(arm("fee", SPREAD + 6))
    assert (said(s, lang), gravest(s, lang), line(s, lang), table(s, lang)) == ([], "", "", None)
    assert "behind" not in page(s, lang, "x").split("<main>")[0]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_arm_within_the_evidence_is_not_warned_of(lang):
    s = backed(fee=WITHIN)
    assert gravest(s, lang) == ""
    assert "grave" not in placed(s, lang)
    assert not any("beyond" in x or "อยู่นอกช่วง" in x or "care" in x for x in said(s, lang))


def test_what_lies_outside_is_said_with_value_and_ends():
    s, high = backed(fee=LONG), lookup.support()["ranges"]["offer_weeks"][1]
    assert f"for fee, the length of the offer is 5000 weeks; studies cover 1 to {high:.0f}." in said(s, "en")[0]
    assert f"เท่ากับ 5000 สัปดาห์ การศึกษาครอบคลุม 1 ถึง {high:.0f}" in said(s, "th")[0]
    assert [f.kind for f in s.findings if f.arms == ("fee",) and "evidence" in f.kind] == ["outside the evidence"]


def test_a_mechanism_that_no_study_tells_is_graver_than_a_value_outside():
    s = backed(fund=replace(AREA, offer_weeks=5000))
    assert (
        gravest(s, "en") == "Read fund with care: none of the published experiments tests incentives for whole areas."
    )
    assert "สิ่งจูงใจระดับพื้นที่" in gravest(s, "th")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_one_sentence_at_most_stands_with_the_answer_and_it_is_of_the_leading_scheme(lang):
    assert len(placed(backed(a=LONG, b=AREA), lang)["grave"]) == 1
    assert "grave" not in placed(backed(a=WITHIN, b=AREA), lang)


def test_the_same_of_every_scheme_is_said_once():
    texts = said(backed(a=LONG, b=LONG), "en")
    assert sum("beyond what has been tested" in x for x in texts) == 1
    assert any("for every scheme, the length" in x for x in texts)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_crowding_and_a_kind_that_no_study_tried_are_told_without_alarm(lang):
    s = backed(fee=replace(WITHIN, mechanisms=("money", "crowding"), kinds=("gratitude",)))
    assert gravest(s, lang) == ""
    texts = " ".join(said(s, lang))
    assert mechanism("crowding", lang).lower() in texts.lower()
    assert ("gratitude" if lang == "en" else "กตัญญู") in texts


@pytest.mark.parametrize(
    ("lang", "words"), [("en", "error is 0.27 in log-odds, and 91% of"), ("th", "ร้อยละ 91 อยู่ในช่วง")]
)
def test_how_well_all_studies_were_predicted_is_said_once_they_are_scored(lang, words, monkeypatch):
    scored = {**lookup.support(), "all": {"studies": 55, "arms": 137, "mae": 0.271, "coverage90": 0.913}}
    monkeypatch.setattr("simulation.reports.behind.support", dict(scored).copy)
    assert words in said(backed(fee=WITHIN), lang)[-1]
    unscored = {**scored, "all": {**scored["all"], "mae": None, "coverage90": None}}
    monkeypatch.setattr("simulation.reports.behind.support", dict(unscored).copy)
    assert words not in " ".join(said(backed(fee=WITHIN), lang))


def test_thai_studies_are_counted_and_named():
    assert "one of them from Thailand (" in " ".join(said(backed(fee=WITHIN), "en"))
    assert "none of them from Thailand" in " ".join(said(backed(fee=replace(WITHIN, mechanisms=("comparison",))), "en"))
    assert "หนึ่งเรื่อง" in " ".join(said(backed(fee=WITHIN), "th"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_pilot_stands_behind_too(lang):
    s = backed(fee=WITHIN)
    s = replace(s, facts=replace(s.facts, pilot=Text(en="A pilot stands behind too.", th="มีโครงการนำร่องรองรับด้วย")))
    assert said(s, lang)[-1] == s.facts.pilot.get(lang)
    assert s.facts.pilot.get(lang) in line(s, lang)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_has_a_section_with_the_studies_of_each_mechanism(lang):
    s = backed(fee=WITHIN, fund=AREA)
    text = page(s, lang, "x")
    assert 'id="rests"' in text
    for sentence in said(s, lang):
        assert "".join(sentence.split()) in "".join(seen_text(text).split())
    titles = [x["title"][lang] for x in lookup.support()["studies"].values() if "thornton" in x["title"]["en"].lower()]
    assert "".join(titles[0].split()) in "".join(seen_text(text).split())
    rows = next(t.rows for t in tables_of(text) if any(mechanism("money", lang) in h.lower() for h, _ in t.rows))
    studies = {head.lower(): cells[1].main for head, cells in rows}
    known = lookup.support()["mechanisms"]
    assert studies[mechanism("money", lang)] == str(len(known["money"]["studies"]))
    assert studies[mechanism("areas", lang)] == ("none" if lang == "en" else "ไม่มี")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_terminal_has_one_line_and_the_notes_do_not_repeat_it(lang):
    s = backed(fee=LONG)
    shown = render(s, lang, Screen())
    assert ("Evidence" if lang == "en" else "หลักฐาน") in shown
    assert not any("5000" in note for note in notes(s, lang))
    assert "5000" in line(s, lang)


def test_json_says_what_stands_behind_an_arm_and_null_where_nothing_was_looked_up():
    data = backed(fee=LONG).to_json_dict()["arms"]["fee"]["evidence"]
    assert [m["mechanism"] for m in data["mechanisms"]] == ["jump", "money"]
    assert data["outside"][0]["what"] == "offer_weeks"
    assert summary(arm("fee", SPREAD + 6)).to_json_dict()["arms"]["fee"]["evidence"] is None
