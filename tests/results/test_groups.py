"""Groups of real people under the smallest cell are hidden, and others with them, in all that leaves the program."""

import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.core.params import Text
from simulation.reports import figures, tables
from simulation.reports.html import page
from simulation.reports.labels import LABELS
from simulation.reports.notes import notes
from simulation.reports.terminal import Screen, render
from simulation.results.groups import BESIDE, FEW, _suppressed, group_rows, hidden_groups, without
from simulation.results.outcomes import Window
from simulation.results.store import write_outcomes
from simulation.results.summary import ArmFacts, ScenarioFacts, summarise
from tests.reports.reading import tables_of

SOCIETIES, SMALLEST = 20, 10
PEOPLE = {
    ("all", "all"): 100,
    ("income_fifth", "1"): 4, ("income_fifth", "2"): 12, ("income_fifth", "3"): 30, ("income_fifth", "4"): 26, ("income_fifth", "5"): 28,
    ("sex", "male"): 55, ("sex", "female"): 45,
}  # fmt: skip


def summary(real, people=PEOPLE, eligible=None):
    """Return a comparison of one arm in which the poorest fifth gains nothing; each group's people are given."""
    arm = ArmFacts("gift", Text(en="Gift", th="ของขวัญ"), Text(en="x", th="x"), "area", Window(0, 4), "automatic")
    control = ArmFacts("control", Text(en="No scheme", th="ไม่มีมาตรการ"), Text(en="x", th="x"), "", None, "")
    facts = ScenarioFacts(
        "s", Text(en="S", th="ส"), Text(en="Q", th="ถ"), Text(en="acting", th="การทำ"), "d", 1, SOCIETIES, 4, 100, "citizen",
        1.0, SMALLEST, "posterior", (), (control, arm), people_are_real=real,
    )  # fmt: skip
    runs, series, takeup = [], [], []
    for k in range(SOCIETIES):
        run = f"r{k}"
        runs.append(
            {
                "run_id": run, "arm": "gift", "replicate": k, "luck": 0, "status": "ok", "kappa_c": 0.0, "paid_baht": 0.0, "paid_additional_baht": 0.0,
                "running_baht": 0.0, "ever_live": 80, "eligible": 100, "budget_closed_week": -1,
            }
        )  # fmt: skip
        for (kind, group), n in people.items():
            gain = 0.0 if (kind, group) == ("income_fifth", "1") else 0.2 * n
            for week in range(4):
                row = {"run_id": run, "week": week, "behaviour": "act", "group_kind": kind, "group": group, "people": n}
                series.append({**row, "acts": 0.3 * n + gain, "acts_twin": 0.3 * n, "opportunities": n, "enrolled": 0, "paid": 0.0})  # fmt: skip
            of_group = (eligible or people).get((kind, group), n)
            takeup.append({"run_id": run, "group_kind": kind, "group": group, "eligible": of_group, "ever_live": of_group // 2})  # fmt: skip
    return summarise(facts, pd.DataFrame(runs), pd.DataFrame(series), pd.DataFrame(takeup))


def hidden(s):
    return {(g.kind, g.group): g.hidden for g in s.arms[0].groups if g.hidden}


def test_a_group_under_the_smallest_cell_is_hidden_and_the_next_smallest_with_it():
    assert hidden(summary(real=True)) == {("income_fifth", "1"): FEW, ("income_fifth", "2"): BESIDE}
    assert hidden(summary(real=False)) == {}


def test_of_a_hidden_group_no_number_is_kept_and_no_rule_speaks():
    s = summary(real=True)
    for g in s.arms[0].groups:
        if g.hidden:
            assert (g.people, g.effect, g.take_up, g.left_behind, g.fewer_join) == (None, None, None, False, False)
    assert not [f for f in s.findings if f.kind == "left behind"]


def test_two_hidden_groups_that_are_few_together_take_a_third_with_them():
    people = {**PEOPLE, ("income_fifth", "2"): 3, ("income_fifth", "3"): 39}
    assert hidden(summary(real=True, people=people)) == {
        ("income_fifth", "1"): FEW, ("income_fifth", "2"): FEW, ("income_fifth", "4"): BESIDE,
    }  # fmt: skip


def test_a_group_of_which_few_are_eligible_is_hidden_too():
    eligible = {**PEOPLE, ("income_fifth", "1"): 20, ("sex", "male"): 3}
    people = {**PEOPLE, ("income_fifth", "1"): 20}
    assert hidden(summary(real=True, people=people, eligible=eligible)) == {
        ("sex", "male"): FEW, ("sex", "female"): BESIDE,
    }  # fmt: skip


def test_a_single_hidden_group_is_never_the_total_less_the_rest_however_large_it_is_in_another_count():
    sizes = [{"a": 50, "b": 60, "c": 70}, {"a": 3, "b": 4, "c": 70}, {"a": 50, "c": 70}]
    found = _suppressed(sizes, SMALLEST)
    assert found["a"] == found["b"] == FEW
    assert found["c"] == BESIDE  # else the third count would tell of a


@given(st.lists(st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 40), min_size=2), min_size=1, max_size=3))
def test_what_is_hidden_cannot_be_worked_out_from_the_rest(sizes):
    found = _suppressed(sizes, SMALLEST)
    for size in sizes:
        kept_back = [n for group, n in size.items() if group in found]
        assert all(n >= SMALLEST for group, n in size.items() if group not in found)
        if kept_back and set(size) - set(found):
            assert len(kept_back) > 1
            assert sum(kept_back) >= SMALLEST
    if all(n >= SMALLEST for size in sizes for n in size.values()):
        assert not found


def test_the_exported_tables_hold_no_number_of_a_hidden_group(tmp_path):
    write_outcomes(tmp_path, summary(real=True).tables)
    found = pd.read_csv(tmp_path / "tables" / "equity.csv", dtype={"group": str})
    gone = found[(found["group_kind"] == "income_fifth") & found["group"].isin(["1", "2"])]
    numbers = ["acts", "acts_twin", "opportunities", "people", "effect_pp"]
    assert len(gone) == 2 * SOCIETIES
    assert gone[numbers].isna().all(axis=None)
    assert set(gone["hidden"]) == {FEW, BESIDE}
    assert found[found["hidden"].isna()][numbers].notna().all(axis=None)
    assert "hidden" not in summary(real=False).tables["equity"]


@pytest.mark.parametrize("lang", ["en", "th"])
def test_report_terminal_and_json_hide_and_say_so(lang):
    s = summary(real=True)
    cells = {r.head: r.cells[0].main for r in tables.of_groups(s, lang).rows if r.cells}
    few, beside = {"en": ("fewer than 10 †", "not shown †"), "th": ("ไม่ถึง 10 คน †", "ไม่แสดง †")}[lang]
    assert [x for x in cells.values() if "†" in x] == [few, beside]
    text = page(s, lang, "x")
    table = next(t for t in tables_of(text) if "of-groups" in t.kind)
    assert [cells[0].main for _, cells in table.rows if cells and "†" in cells[0].main] == [few, beside]
    assert "*" not in "".join(head for head, _ in table.rows)
    assert text.count("† ") >= 1  # a note under the table that hides
    drawn = {t.get_text() for a in figures.groups_figure(s, lang).axes for t in a.texts}
    assert LABELS["hidden"][lang] in drawn
    said = {"en": "2 groups are hidden: fewer than 10 people", "th": "ไม่แสดง 2 กลุ่ม"}[lang]
    assert any(said in x for x in notes(s, lang))
    assert said in render(s, lang, Screen(width=120)).replace("\n         ", " ")
    assert not any(said in x for x in notes(summary(real=False), lang))
    groups = {(g["kind"], g["group"]): g for g in s.to_json_dict()["arms"]["gift"]["groups"]}
    gone = groups[("income_fifth", "1")]
    assert gone["hidden"]
    assert (gone["people"], gone["effect_pp"], gone["take_up"]) == (None, None, None)
    assert json.dumps(s.to_json_dict(), allow_nan=False)


def test_the_total_less_what_is_shown_tells_of_no_few_people():
    shown = [g.people for g in summary(real=True).arms[0].groups if g.kind == "income_fifth" and g.people is not None]
    assert PEOPLE[("all", "all")] - sum(shown) >= SMALLEST


def test_the_numbers_of_everybody_do_not_depend_on_whose_people_they_are():
    real, synthetic = summary(real=True), summary(real=False)
    assert np.array_equal(real.arms[0].effects, synthetic.arms[0].effects)
    assert real.tables["effects"].equals(synthetic.tables["effects"])


def test_a_table_of_nobody_hides_nothing():
    empty = pd.DataFrame(columns=["arm", "replicate", "group_kind", "group", "people", "eligible", "effect_pp"])
    assert hidden_groups(empty, empty, SMALLEST) == {}
    rows = empty.assign(acts=0, acts_twin=0, opportunities=0)
    assert list(without(rows, {})["hidden"]) == []
    facts = replace(summary(real=True).facts)
    assert group_rows(facts, "gift", empty, empty.assign(share=0.0), np.zeros(0), {}) == ()
