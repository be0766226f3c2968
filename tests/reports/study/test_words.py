import re
from dataclasses import replace

import numpy as np
import pytest

from simulation.core.params import Text
from simulation.reports.study import indices, measures, words
from simulation.reports.study.names import error, value
from simulation.reports.study.outcomes import OUTCOMES, shown, with_unit
from simulation.reports.study.sentences import LABELS, LEGENDS, SENTENCES
from simulation.reports.study.texts import GLOSSARY, TEXTS
from simulation.results.responses.regions import ranking
from tests.reports.study.made import (
    CURB,
    GAP,
    HABIT,
    LETTER,
    REWARD,
    facts,
    morris,
    study,
)

FIELD = re.compile(r"{(\w*)}")
LATIN = re.compile(r"[A-Za-z]{2,}")
ALLOWED = {"TOML", "Python", "manifest", "json", "English", "PDF", "kw", "sweep", "study", "parquet", "csv", "tables",
           "runs", "failed", "Kwamdee", "S1", "ST", "mu", "sigma", "PAWN", "delta"}  # fmt: skip


def mean(view, arm, **where):
    rows = view.points[view.points["arm"] == arm]
    for column, x in where.items():
        rows = rows[rows[column] == x]
    return rows["effect_pp"].mean()


def test_the_answer_says_which_factor_moves_the_result_most_and_by_how_much(grid):
    low, high = mean(grid, "fee", reward=10), mean(grid, "fee", reward=80)
    said = words.answer(grid, "en")
    assert said.startswith(
        "Size of reward moves the result most. The effect while it runs with fee discount goes from "
    )
    assert f"from {low:+.1f} to {high:+.1f} points as size of reward goes from 10 baht to 80 baht" in said
    assert f"a swing of {high - low:.1f} points" in said
    thai = words.answer(grid, "th")
    assert f"จาก {low:+.1f} เป็น {high:+.1f} จุดร้อยละ" in thai
    assert f"ต่างกัน {high - low:.1f} จุดร้อยละ" in thai


def test_the_standard_error_of_a_swing_is_that_of_the_paired_differences(grid):
    runs = grid.runs[grid.runs["arm"] == "fee"]
    own = runs.groupby(["reward", "replicate"])["effect_pp"].mean().unstack(0)
    expected = (own[80] - own[10]).std(ddof=1) / np.sqrt(20)
    e = measures.effects(grid)[0]
    assert e.factor == "reward"
    assert e.error == pytest.approx(expected, rel=1e-9)
    assert f"(standard error {expected:.2f})" in words.how_much(grid, "en")


def test_a_lever_that_does_nothing_is_seen_to_do_nothing(grid):
    said = words.still(grid, "en")
    assert "Colour of the letter is not seen to do anything" in said
    assert "Size of reward" not in said
    assert "ไม่เห็นว่าสีของจดหมายมีผล" in words.still(grid, "th")


def test_results_that_are_the_same_everywhere_are_said_to_be_so():
    view = study((LETTER, REWARD))
    runs = view.runs.assign(effect_pp=1.0)
    same = replace(view, runs=runs, points=view.points.assign(effect_pp=1.0))
    assert "does nothing at all" in words.still(same, "en")
    assert words.headline(same, "en") == "Nothing that was varied is seen to move the result."
    assert words.how_much(same, "en") == ""


def test_a_swing_that_is_surely_smaller_than_what_matters_is_named_with_its_size(grid):
    e = next(e for e in measures.effects(grid) if e.factor == "weeks")
    assert e.seen
    assert e.swing + e.noise < 1.0
    assert f"Moved by less than matters (1 point): duration {e.swing:.1f} points." in words.still(grid, "en")


def test_the_best_and_the_worst_point_are_those_of_the_table(grid):
    rows = grid.points[grid.points["arm"].isin(["fee", "goal"])]
    best, worst = (rows.loc[getattr(rows["effect_pp"], f)()] for f in ("idxmax", "idxmin"))
    said = words.regions(grid, "en")
    for row in (best, worst):
        assert f"size of reward {row['reward']} baht, duration {row['weeks']} weeks: {shown('effect_pp', row['effect_pp'])} points" in said  # fmt: skip
    assert "colour" not in said


def test_ranking_counts_the_points_at_which_each_arm_leads(grid):
    wide = grid.points[grid.points["arm"] != "control"].pivot_table(index="point", columns="arm", values="effect_pp")
    goal = int((wide["goal"] > wide["fee"]).sum())
    assert f"District goal comes first at {goal} of 24 points; fee discount at {24 - goal}." in words.ranking(
        grid, "en"
    )
    assert f"เป้าหมายร่วมของเขตเป็นอันดับ 1 ใน {goal} จาก 24 จุด" in words.ranking(grid, "th")


def test_an_order_that_holds_everywhere_is_said_to_hold():
    small = replace(REWARD, values=(10, 20))
    view = study((small, LETTER))
    assert "The first place holds: district goal comes first at all 4 points." in words.ranking(view, "en")


def test_indices_are_said_with_their_intervals_and_what_reaches_nothing_is_named(sensitive):
    assert (
        words.headline(sensitive, "en") == "Size of reward matters most for the effect while it runs with fee discount."
    )
    fee = indices.sentences(sensitive, "en")[0]
    assert "total share 0.62 (0.57 to 0.67)" in fee
    assert fee.endswith("duration, colour of the letter, crowding out.")
    assert "22% of the variance comes from factors acting together" in fee
    assert "0.62 (0.57 ถึง 0.67)" in indices.sentences(sensitive, "th")[0]
    assert words.still(sensitive, "en") == ""


def test_morris_indices_are_sizes_not_shares(sensitive):
    view = replace(sensitive, indices=morris(sensitive.facts))
    assert "has the largest mean effect on the effect while it runs with fee discount: 2.90 (2.51 to 3.29)" in words.answer(view, "en")  # fmt: skip


def test_columns_of_indices_may_be_written_in_capitals_or_not(sensitive):
    small = replace(sensitive, indices=sensitive.indices.rename(columns=str.lower))
    assert words.answer(small, "en") == words.answer(sensitive, "en")


def test_a_study_that_is_not_finished_has_no_answer_for_headline():
    part = study(keep=10)
    assert words.headline(part, "en") == f"{part.done:,} of {part.total:,} runs: not the final result."
    assert words.headline(part, "th").endswith("ยังไม่ใช่ผลสุดท้าย")
    empty = study(keep=0)
    for lang in ("en", "th"):
        assert words.headline(empty, lang)


def test_failed_and_missing_runs_are_noted_after_warnings():
    view = study(failed=5, warnings=(Text(en="Too small.", th="เล็กเกินไป"),))
    assert words.notes(view, "en") == ["Too small.", "5 of 1,440 runs failed and are left out."]
    assert words.notes(view, "th")[0] == "เล็กเกินไป"


def test_machines_get_the_same_sentences(grid):
    assert words.as_json(grid)["answer"] == {lang: words.answer(grid, lang) for lang in ("en", "th")}


def test_every_sentence_has_both_languages_and_the_same_fields():
    for key, (en, th) in SENTENCES.items():
        assert en, key
        assert th, key
        assert {x.lower() for x in FIELD.findall(en)} == {x.lower() for x in FIELD.findall(th)}, key
        assert not th.rstrip().endswith("."), key
        left = {w for w in LATIN.findall(FIELD.sub("", th))} - ALLOWED
        assert left == set(), key


def test_every_text_of_the_page_has_both_languages_and_no_english_in_thai():
    assert TEXTS["en"].keys() == TEXTS["th"].keys()
    for key, th in TEXTS["th"].items():
        assert th, key
        if key == "other":
            continue
        assert {w for w in LATIN.findall(re.sub(r"\w+[/.]\S+|MCSE", "", th))} <= ALLOWED, key
        assert len(re.findall("{}", th)) == len(re.findall("{}", TEXTS["en"][key])), key
    for en, th in [*LABELS.values(), *(x for k, x in LEGENDS.items() if len(x) == 2)]:
        assert en
        assert re.search("[ก-๛]", th)
    assert all(all(row) for row in GLOSSARY)


def test_every_outcome_of_a_run_has_a_name_in_both_languages():
    assert len({w.name.en for w in OUTCOMES.values()}) == len(OUTCOMES)
    for words_ in OUTCOMES.values():
        assert re.search("[ก-๛]", words_.name.th)
        assert not LATIN.search(words_.name.th)


@pytest.mark.parametrize(
    ("name", "x", "text"),
    [("effect_pp", 1.26, "+1.3"), ("effect_pp", -0.04, "0.0"), ("cost_baht", 12345.6, "12,346"), ("take_up", 0.062, "6.2"), ("effect_pp", float("nan"), "–")],
)  # fmt: skip
def test_numbers_are_printed_in_the_outcomes_own_digits(name, x, text):
    assert shown(name, x) == text


def test_a_share_is_printed_in_per_cent_in_both_languages():
    assert with_unit("take_up", "6.2", "en") == "6.2%"
    assert with_unit("take_up", "6.2", "th") == "ร้อยละ 6.2"


@pytest.mark.parametrize(("x", "text"), [(0.123, "0.12"), (0.001, "<0.01"), (0.0, "0.00"), (float("nan"), "–")])
def test_an_error_is_never_printed_as_nothing(x, text):
    assert error("effect_pp", x) == text


def test_values_of_factors_carry_their_unit():
    assert value(REWARD, 10, "en") == "10 baht"
    assert value(REWARD, 10_000, "th") == "10,000 บาท"
    assert value(LETTER, "red", "en") == "red"
    assert value(CURB, -0.25, "en") == "−0.25 logit"
    assert value(LETTER, True, "th") == "ใช่"


def test_nothing_printed_is_nan_or_none():
    for factors, design in (((REWARD,), "grid"), ((REWARD, HABIT), "latin-hypercube")):
        view = study(factors, design)
        for lang in ("en", "th"):
            said = " ".join([words.answer(view, lang), words.how_sure(view, lang), words.costs(view, lang)])
            assert "nan" not in said
            assert "None" not in said


def test_one_society_a_point_has_no_standard_error_and_says_so():
    f = facts((REWARD,), replicates=1)
    from simulation.results.responses.tables import points_of
    from tests.reports.study.made import runs_of

    runs = runs_of(f)
    view = replace(study((REWARD,)), facts=f, runs=runs, points=points_of(runs, f))
    assert "no standard error can be told" in words.how_sure(view, "en")
    assert "nan" not in words.answer(view, "en")


@pytest.mark.parametrize("paired", [True, False])
def test_who_leads_is_told_as_the_function_on_tables_tells_it(grid, paired):
    view = grid if paired else replace(grid, runs=None)
    table = ranking(view.points, view.facts, "effect_pp", ["fee", "goal"], True, view.runs)
    expected = [(r.point, r.leader, r.settled) for r in table.itertuples()]
    assert [(x.point, x.arm, x.told) for x in measures.leads(view)] == expected


@pytest.mark.parametrize("lang", ["en", "th"])
def test_where_a_contrast_is_asked_for_the_answer_speaks_of_it(lang):
    view = study(contrasts=(GAP,))
    fee, goal = (mean(view, arm, reward=80) for arm in ("fee", "goal"))
    said = words.how_much(view, lang)
    assert {"en": "Fee discount less district goal (the effect while it runs) goes from", "th": "ส่วนลดลบเป้าหมายร่วม (ผลระหว่างดำเนินมาตรการ)เปลี่ยนจาก"}[lang] in said  # fmt: skip
    assert shown("effect_pp", fee - goal) in said
    assert {e.arm for e in measures.effects(view)} == {"gap"}
    assert [arm for arm, _ in view.judged_arms] == ["fee", "goal"]


def test_a_factor_whose_noise_is_large_is_not_said_to_do_nothing(grid):
    effect = next(e for e in measures.effects(grid) if e.factor == "letter")
    assert not words.untold(grid, effect)
    blurred = replace(effect, swing=0.9, error=0.8)
    assert words.untold(grid, blurred)
    assert not words.untold(grid, replace(blurred, swing=9.0))
    view = study((LETTER,), points=grid.points.iloc[:0])
    assert words.headline(view, "en").startswith("No run is kept yet")
