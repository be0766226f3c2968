"""What the page says where a number is missing, how figures are titled, and what a line may break."""

import html
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from simulation.core.params import Text
from simulation.reports import figures, measures, rights_tables, tables, titles
from simulation.reports.breaks import COMPOUNDS, held, name_parts
from simulation.reports.drawing import piled
from simulation.reports.html import page, write_report
from simulation.reports.labels import _CELLS, LABELS
from simulation.reports.side_effects import HEADS, side_effects
from simulation.reports.words import interval, share
from simulation.results.intervals import Estimate, Spread
from simulation.results.outcomes import Window
from simulation.results.summary import GroupRow
from tests.reports.test_words import SPREAD, arm, summary

LANGUAGES = ["en", "th"]
FONTS = Path(measures.__file__).parents[1] / "data" / "fonts"


def text_of(page_text: str) -> str:
    body = re.sub(r"<style>.*?</style>", "", page_text.split("</head>")[1], flags=re.DOTALL)
    return html.unescape(re.sub(r"<[^>]+>", "", body))


def with_facts(s, **changes):
    return replace(s, facts=replace(s.facts, **changes))


def with_runs(s, **columns):
    """Return the summary with a table of runs; each column maps an arm to its values."""
    rows = []
    for a in s.arms:
        n = s.societies
        part = {"arm": a.facts.name, "replicate": np.arange(n), "luck": 0}
        rows.append(pd.DataFrame(part | {k: v[a.facts.name] for k, v in columns.items()}))
    return replace(s, tables={"runs": pd.concat(rows)})


def two(**changes):
    """Return a fee that everybody is in, and a goal."""
    everybody = Estimate(1.0, 1.0, 1.0)
    fee = arm("fee", SPREAD + 6, **{"take_up": everybody, **changes})
    return summary(fee, arm("goal", SPREAD + 3, take_up=Estimate(0.4, 0.3, 0.5), spillover=Estimate(0.2, 0.1, 0.3)))


def cells(table, row):
    return [c.main for c in next(r for r in table.rows if r.head.lower().startswith(row)).cells]


@pytest.mark.parametrize("words", [LABELS, _CELLS], ids=["labels", "cells"])
def test_every_label_has_both_languages(words):
    for key, said in words.items():
        assert set(said) == {"en", "th"}, key
        assert all(said.values()), key
        assert said["en"].count("{}") == said["th"].count("{}"), key


@pytest.mark.parametrize(
    ("x", "en", "th"),
    [(0.0004, "under 1%", "ไม่ถึงร้อยละ 1"), (0.9999, "over 99%", "กว่าร้อยละ 99"), (0.33, "33%", "ร้อยละ 33")],
)
def test_a_share_is_never_nothing_and_never_all(x, en, th):
    assert (share(x, "en"), share(x, "th")) == (en, th)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_bar_of_luck_has_two_parts_with_both_shares_in_words(lang):
    s = two(spreads={"effect_pp": Spread(1.0, 0.0005, 0.0001, 0.9995, 0.1)})
    text = text_of(page(s, lang, "x"))
    assert share(0.0005, lang) in text
    assert share(0.9995, lang) in text
    assert "0.0%" not in text


def with_sides(s, **values):
    """Return the summary with the table of side effects: values by row, empty where none is given."""
    rows = [
        {"arm": a.facts.name, "what": what, "value": values.get(what), "low": None, "high": None}
        for a in s.arms
        for what in HEADS
    ]
    table = pd.DataFrame(rows).astype({"value": float, "low": float, "high": float})
    return replace(s, tables={**s.tables, "side_effects": table})


@pytest.mark.parametrize("lang", LANGUAGES)
def test_where_everybody_takes_part_there_is_no_effect_on_others(lang):
    table = side_effects(with_sides(two()), lang)
    fee, goal = cells(table, HEADS["spillover_pp"][lang == "th"].lower())
    assert (fee, goal) == (("everybody takes part", "not measured"), ("ทุกคนเข้าร่วม", "ไม่ได้วัด"))[lang == "th"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_side_effect_that_the_scenario_leaves_out_is_not_shown_as_none(lang):
    s = with_sides(two(), displaced_acts=0.0, false_claims=49.0)
    assert set(cells(side_effects(s, lang), HEADS["displaced_acts"][lang == "th"].lower())) == {
        ("not modelled", "ไม่ได้จำลอง")[lang == "th"]
    }
    known = replace(s, arms=tuple(replace(a, facts=replace(a.facts, displaced=("b",))) for a in s.arms))
    assert set(cells(side_effects(known, lang), HEADS["displaced_acts"][lang == "th"].lower())) == {"0"}
    assert set(cells(side_effects(known, lang), HEADS["false_claims"][lang == "th"].lower())) == {"49"}


def test_not_settled_and_not_measured_are_told_apart():
    beyond = two()  # the horizon of 60 weeks ends 4 weeks after the schemes
    assert cells(tables.effects(beyond, "en"), "fee")[1:5] == ["not measured"] * 4
    reached = with_facts(beyond, weeks=104)
    assert cells(tables.effects(reached, "en"), "fee")[2:5] == ["not settled"] * 3
    costly = two(costs_per_1000=(1.0, 2.0, 0.0))
    assert cells(tables.of_cost(costly, "en"), "fee")[-2] == "not settled"
    assert cells(tables.of_cost(costly, "en"), "goal")[-2] == "not measured"


def test_without_weeks_after_the_end_their_columns_are_absent():
    assert len(tables.effects(with_facts(two(), weeks=104), "en").heads) == 7
    assert len(tables.effects(with_facts(two(), weeks=56), "en").heads) == 3


def test_what_is_left_is_a_share_of_a_named_effect_in_per_cent():
    s = with_facts(two(kept_share=Estimate(0.1234, 0.05, 0.2)), weeks=104)
    table = tables.effects(s, "en")
    assert "last 4 weeks" in table.over[2]
    assert "%" in table.over[2]
    assert table.rows[1].cells[4].main == "12"
    assert table.rows[1].cells[4].small == "5 to 20"


def test_no_scheme_has_a_count_only_where_it_did_most():
    s = with_facts(two(), weeks=104)
    assert len(tables.effects(s, "en").rows[0].cells) == 1
    assert tables.effects(replace(s, p_best_control=0.1), "en").rows[0].cells[1].main == "2 of 20"


def test_an_interval_without_an_upper_end_starts_from_its_lower():
    assert interval(Estimate(9.0, 4.5, None), "en") == "4.5 or more"
    assert interval(Estimate(9.0, 4.5, None), "th") == "4.5 ขึ้นไป"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_households_are_counted_as_households(lang):
    s = with_facts(two(costs_per_1000=(1000.0, 2000.0, 0.0)), decider="household")
    wanted, other = ("households", "1,000 people") if lang == "en" else ("ครัวเรือน", "1,000 คน")
    text = text_of(page(s, lang, "x"))
    assert f"1,000 {wanted}" in text
    assert other not in text
    assert "all citizens" not in text.lower()


def grouped(behind):
    groups = tuple(
        GroupRow(
            "income_fifth", str(i), 50, Estimate(2.0 if behind and i == 1 else 6.0, 1.0, 8.0), 0.5, behind and i == 1
        )
        for i in range(1, 6)
    )
    lone = GroupRow("area", "urban", 100, Estimate(6.0, 5.0, 7.0), 0.5, False)
    return two(groups=(*groups, lone))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_title_claims_a_group_left_behind_only_where_the_rule_found_one(lang):
    behind, none = (titles.title(grouped(x), lang, "groups") for x in (True, False))
    assert behind != none
    assert ("poorest" if lang == "en" else "กลุ่มรายได้ครัวเรือนน้อยที่สุด") in behind
    assert ("No group" if lang == "en" else "ไม่พบกลุ่มใด") in none


def test_groups_stand_under_their_dimension_and_a_lone_group_says_nothing():
    heads = [r.head for r in tables.of_groups(grouped(False), "en").rows]
    assert heads[:3] == ["All citizens", "Household income", "Poorest fifth"]
    assert "Area" not in heads


def test_thin_groups_are_marked_with_the_reason():
    thin = GroupRow("sex", "male", 5, Estimate(6.0, 5.0, 7.0), 0.5, False, thin=True)
    other = GroupRow("sex", "female", 95, Estimate(6.0, 5.0, 7.0), 0.5, False)
    table = tables.of_groups(two(groups=(other, thin)), "en")
    assert "Men *" in [r.head for r in table.rows]
    assert "Fewer than 10" in table.notes[0]


def test_the_cheapest_act_is_named_only_where_it_is_settled():
    priced = two(cost_per_act=Estimate(2.0, 1.0, 3.0))
    flat = np.full(20, 100.0)
    cheap = with_runs(priced, cost_baht={"fee": flat, "goal": 9 * flat}, extra_acts={"fee": flat, "goal": flat})
    assert measures.cheapest(cheap).facts.name == "fee"
    mixed = np.where(np.arange(20) % 2, 900.0, 10.0)
    open_ = with_runs(priced, cost_baht={"fee": flat, "goal": mixed}, extra_acts={"fee": flat, "goal": flat})
    assert measures.cheapest(open_) is None


@pytest.mark.parametrize("lang", LANGUAGES)
def test_harm_after_is_told_in_societies_and_a_reason_stands_where_nothing_is_to_be_measured(lang):
    checks = {"harmed_after": 3.0, "consented": None, "money_top_tenth": None}
    rows = [{"arm": a, "check": c, "value": v} for a in ("fee", "goal") for c, v in checks.items()]
    paid = with_runs(two(), recipients={"fee": np.full(20, 7.0), "goal": np.zeros(20)})
    s = replace(paid, tables={**paid.tables, "rights": pd.DataFrame(rows).astype({"value": float})})
    side, reach = rights_tables.side(s, lang), rights_tables.reach(s, lang)
    fee, goal = ("fee", "goal") if lang == "en" else ("มาตรการfee", "มาตรการgoal")
    assert ("3 of 20", "3 จาก 20")[lang == "th"] in cells(side, fee)
    assert cells(side, fee)[0] == ("not measured", "ไม่ได้วัด")[lang == "th"]
    assert cells(side, goal)[0] == ("nobody is paid", "ไม่มีการจ่าย")[lang == "th"]
    assert cells(reach, fee)[5] == ("none needed", "ไม่ต้องสมัคร")[lang == "th"]


@pytest.mark.parametrize(("lang", "said"), [("en", "ties"), ("th", "เท่ากัน")])
def test_no_scheme_is_said_to_lead_where_two_lead_equally_often(lang, said):
    sizes = ((0.0, 3.0), (0.6, 3.0))
    kappa = np.repeat([0.0, 0.6], 10)
    fee = np.array([5.0] * 5 + [2.0] * 5 + [5.0] * 6 + [2.0] * 4)
    both = (arm("fee", fee, by_crowding=sizes), arm("goal", np.full(20, 3.0), by_crowding=sizes))
    table = tables.crowding(with_runs(summary(*both), kappa_c={"fee": kappa, "goal": kappa}), lang)
    assert table is not None
    assert table.rows[0].cells[-1].main == said
    assert table.rows[1].cells[-1].main.startswith("Fee" if lang == "en" else "มาตรการfee")


def test_rows_of_crowding_are_other_societies_and_say_how_many():
    kappa = np.resize([0.0, 0.3, 0.6], 20)
    sizes = ((0.0, 6.0), (0.3, 6.0), (0.6, 6.0))
    base = two(by_crowding=sizes)
    s = with_runs(
        replace(base, arms=(base.arms[0], replace(base.arms[1], by_crowding=sizes))),
        kappa_c={"fee": kappa, "goal": kappa},
    )
    table = tables.crowding(s, "en")
    assert [r.cells[0].main for r in table.rows] == ["7", "7", "6"]
    assert table.rows[0].cells[1].small == "most in 7 of 7"


def test_the_zero_line_does_not_run_through_how_often_the_difference_is_above_0():
    drawn = figures.answer_figure(two(), "en", "wide")
    counted = [t for axes in drawn.axes for t in axes.texts if t.get_text().startswith("above 0 in")]
    assert len(counted) == 1
    assert counted[0].get_bbox_patch() is not None


def test_what_a_dot_stands_for_is_said_and_luck_only_where_it_is_seen():
    assert "Each dot is one society" in " ".join(titles.read_answer(two(), "en"))
    effects = np.linspace(2, 9, 60)
    many = summary(arm("a", effects, spreads={"effect_pp": Spread(1.0, 1e-6, 1e-7, 1.0, 0.1)}), arm("b", effects / 2))
    assert "Each dot stands for 3 of 60 societies" in " ".join(titles.read_answer(many, "en"))
    assert "thick bar" not in " ".join(titles.read_answer(many, "en"))
    seen = summary(arm("a", effects, spreads={"effect_pp": Spread(1.0, 0.5, 0.1, 0.5, 0.1)}), arm("b", effects / 2))
    assert "thick bar" in " ".join(titles.read_answer(seen, "en"))


def test_the_gain_of_pairing_is_left_out_where_there_is_none():
    assert "variance of the effect smaller" not in text_of(page(two(variance_reduction=1.04), "en", "x"))
    assert "by a factor of: Fee 1.3." in text_of(page(two(variance_reduction=1.3), "en", "x"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_shares_of_luck_stand_under_no_other_unit(lang):
    heads = [h.text for h in tables.luck(two(), lang).heads]
    assert not [h for h in heads if h.endswith(("points", "จุดร้อยละ"))]


def test_piles_keep_every_dot_and_the_side_of_zero():
    places, heights = piled([-0.01, 0.01, 0.02, 5.0], near=0.5)
    assert len(places) == len(heights) == 4
    assert places[0] < 0 < places[1] == places[2]
    assert heights == [0, 0, 1, 0]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_figures_say_the_count_above_zero_half_a_year_after_and_an_early_close(lang):
    s = two(effect_after=Estimate(0.5, 0.1, 0.9), budget_closed=(15, 41))
    for size in ("wide", "narrow"):
        drawn = figures.answer_figure(s, lang, size)
        said = {t.get_text() for a in [*drawn.axes, *drawn.axes[0].child_axes] for t in a.texts}
        assert LABELS["above"][lang].format(20, 20) in said
        assert any(LABELS["most"][lang].split("\n")[0] in x or LABELS["most_head"][lang] == x for x in said)
        assert (LABELS["after_head"][lang] in said) == (size == "wide")
        time = figures.time_figure(s, lang, size)
        assert LABELS["closed_early"][lang] in {t.get_text() for a in time.axes for t in a.texts}


def test_the_panel_of_half_a_year_after_has_the_scale_of_the_answer():
    drawn = figures.answer_figure(two(effect_after=Estimate(0.5, 0.1, 0.9)), "en", "wide")
    drawn.draw_without_rendering()
    axes, panel = drawn.axes[0], drawn.axes[0].child_axes[0]
    per_point = [a.get_window_extent().width / (a.get_xlim()[1] - a.get_xlim()[0]) for a in (axes, panel)]
    assert per_point[0] == pytest.approx(per_point[1], rel=1e-6)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_figure_is_numbered_and_its_table_follows(lang):
    text = page(grouped(False), lang, "x")
    assert text.count("<figure>") == text.count("<details>") == 3
    for figure in re.findall(r"<figure>.*?</figure>", text, re.DOTALL):
        assert re.search(r"<b>.*?\d", figure)
        assert figure.index("<svg") < figure.index("<details>") < figure.index("<table")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_people_get_shows_its_details_where_the_facts_have_them(lang):
    s = two()
    assert text_of(page(s, lang, "x"))
    detail = Text(en="40 baht a month", th="40 บาทต่อเดือน")

    class Facts:
        details = (detail,)

        def __getattr__(self, name):
            return getattr(s.arms[0].facts, name)

    told = replace(s, arms=(replace(s.arms[0], facts=Facts()), s.arms[1]))
    assert detail.get(lang) in text_of(page(told, lang, "x"))


def test_thai_compounds_and_numbers_with_units_hold_together():
    said = "<p>ใน 49 จาก 60 สังคมจำลอง ร้อยละ 6 การศึกษา</p><td>3.3 จุดร้อยละ</td>"
    out = held(said, "th")
    whole = re.findall(r'<span class="nb">(.*?)</span>', out)
    assert whole == ["49 จาก 60", "สังคมจำลอง", "ร้อยละ 6", "การศึกษา", "3.3 จุดร้อยละ"]
    assert re.sub(r"<span[^>]*>|</span>", "", out) == said


def test_a_long_thai_name_breaks_at_its_preferred_break_only():
    assert name_parts("แจ้งผลเทียบเพื่อนบ้าน") == ("แจ้งผล", "เทียบเพื่อนบ้าน")
    out = held("<th>แจ้งผลเทียบเพื่อนบ้าน</th>", "th")
    assert out == '<th><span class="nb">แจ้งผล</span><wbr><span class="nb">เทียบเพื่อนบ้าน</span></th>'
    assert len(COMPOUNDS) == len(set(COMPOUNDS))


def test_thai_headings_break_between_clauses_and_figures_stay_as_they_are():
    out = held("<h2>มั่นใจเพียงใด และสิ่งใด 3 จาก 4</h2><svg><text>3 จาก 4</text></svg>", "th")
    assert out.count('class="clause"') == 3
    assert "<svg><text>3 จาก 4</text></svg>" in out


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_character_of_the_page_is_in_the_fonts_it_carries(lang):
    from fontTools.ttLib import TTFont

    known = {chr(c) for path in FONTS.glob("*.ttf") for c in TTFont(path).getBestCmap()}
    s = with_facts(two(groups=grouped(False).arms[0].groups, costs_per_1000=(1.0, 2.0, 3.0)), weeks=104)
    assert set(text_of(page(s, lang, "x"))) - known - {"\n"} == set()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_there_is_one_report_and_one_in_the_other_language_whatever_came_before(lang, tmp_path):
    other = "th" if lang == "en" else "en"
    write_report(two(), tmp_path, other)
    assert {p.name for p in tmp_path.iterdir()} == {"report.html", f"report.{lang}.html"}
    write_report(two(), tmp_path, lang)
    assert {p.name for p in tmp_path.iterdir()} == {"report.html", f"report.{other}.html"}
    assert f'<html lang="{lang}">' in (tmp_path / "report.html").read_text("utf-8")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_claim_is_made_that_a_scheme_was_tested_in_thailand(lang):
    text = text_of(page(two(), lang, "x"))
    assert ("one is Thai" if lang == "en" else "ของไทยหนึ่งงาน") in text
    assert "White" in text
    assert "No study of this scheme" not in text


def test_a_study_of_one_week_has_no_figure_over_time():
    facts = replace(two().arms[0].facts, window=Window(0, 1))
    a = arm("fee", SPREAD + 6, facts=facts, fan=np.zeros((5, 1)))
    s = with_facts(summary(a), weeks=1)
    text = text_of(page(s, "en", "x"))
    assert "no course over time" in text
    assert "1; schemes run in week 0" in text
