"""Side effects are told of every scheme, zeros where nothing happens, and by which rule schemes work together."""

from importlib.resources import files

import numpy as np
import pandas as pd
import pytest

import simulation as kw
from simulation.reports.html import _tables
from simulation.reports.notes import notes
from simulation.reports.side_effects import HEADS, side_effects
from simulation.results.columns import SIDE_EFFECTS, TABLES

WHEN = "schedule={start=2, weeks=16}, enrolment={mode='opt-in', friction='one-tap'}"
SETTINGS = [
    "world.citizens=600",
    "run.weeks=46",
    "law.displacement=0.5",
    "behaviours.waste_sort.intrinsic=0.9",
    "behaviours.waste_sort.hours_per_act=1",
    'behaviours.other={baseline=0.5, opportunities_per_week=7, visible=0, substitutes=["waste_sort"]}',
    *(f"arms.{arm}.schemes={{}}" for arm in ("fee_discount", "recognition", "comparison", "district_goal")),
    f"arms.nothing.schemes.z={{kind='points', baht_per_act=0, behaviour='waste_sort', {WHEN}}}",
    f"arms.prize.schemes.p={{kind='prize_draw', prize_baht=500, chance_per_act=0.2, behaviour='waste_sort', {WHEN}}}",
    f"arms.claimed.schemes.c={{kind='points', baht_per_act=20, checks={{share=0.1, found=0.5}}, behaviour='waste_sort', {WHEN}}}",
    "arms.letter.schemes.l={kind='comparison', reference='locality-mean', behaviour='waste_sort', schedule={start=2, weeks=16}}",
    f"arms.two.schemes.p={{kind='points', baht_per_act=20, behaviour='waste_sort', {WHEN}}}",
    f"arms.two.schemes.h={{kind='recognition', audience='team', behaviour='waste_sort', {WHEN}}}",
]


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sides")
    return kw.compare("bangkok-waste", set_=SETTINGS, replicates=3, quick=True, jobs=1, engine="numpy", out=folder)


@pytest.fixture(scope="module")
def value(found):
    table = found.side_effects.set_index(["arm", "what"])["value"]
    return table.to_dict()


def test_a_scheme_that_does_nothing_shows_zeros(value):
    assert [value["nothing", c.name] for c in SIDE_EFFECTS] == [0.0] * len(SIDE_EFFECTS)


def test_each_side_effect_is_told_of_each_arm_with_its_unit(found):
    table = found.side_effects
    assert tuple(table.columns) == tuple(c.name for c in TABLES["side_effects"])
    for _, part in table.groupby("arm"):
        assert list(part["what"]) == [c.name for c in SIDE_EFFECTS]
        assert list(part["unit"]) == [c.unit for c in SIDE_EFFECTS]
    assert (found.folder / "tables" / "side_effects.csv").is_file()
    assert tuple(HEADS) == tuple(c.name for c in SIDE_EFFECTS)


def test_a_controlling_reward_crowds_and_less_so_after(value):
    assert value["prize", "crowding_paid"] > value["claimed", "crowding_paid"] > 0
    assert 0 < value["prize", "crowding_after"] < value["prize", "crowding_paid"]
    assert value["letter", "crowding_paid"] == 0.0


def test_crowding_while_paid_is_the_mean_cap_of_the_societies(found, value):
    """Everybody live has X = kappa_c iota c from the first week: 0, .3 and .6 in the three societies, iota shifted."""
    runs = found.summary.tables["runs"]
    mine = runs[(runs["arm"] == "prize") & (runs["luck"] == 0)]
    assert value["prize", "crowding_paid"] == pytest.approx(mine["crowding_paid"].mean())
    assert list(mine.sort_values("replicate")["crowding_paid"] > 0) == [False, True, True]


def test_claims_that_pass_are_counted_and_only_where_people_claim(value):
    assert value["claimed", "false_claims"] > 0
    assert value["prize", "false_claims"] == 0.0


def test_acts_are_lost_in_the_substitute_where_hours_were_gained(value):
    assert value["prize", "displaced_acts"] > 0
    assert value["letter", "displaced_acts"] >= 0


def test_deadweight_novelty_spillover_and_level_after_agree_with_the_other_tables(found, value):
    runs = found.summary.tables["runs"]
    mine = runs[(runs["arm"] == "prize") & (runs["luck"] == 0)]
    paid = mine["rewards_anyway"].mean() + mine["rewards_additional"].mean()
    assert value["prize", "paid_anyway"] == pytest.approx(mine["rewards_anyway"].mean() / paid)
    assert value["prize", "level_after_pp"] == pytest.approx(mine["effect_after_pp"].mean())
    assert value["prize", "spillover_pp"] == pytest.approx(mine["spillover_pp"].mean())
    series = pd.read_parquet(found.folder / "series.parquet")
    letters = runs[(runs["arm"] == "letter") & (runs["luck"] == 0)]["run_id"]
    mine = series[series["run_id"].isin(letters) & (series["group_kind"] == "all")]
    sums = mine.groupby("week")[["acts", "acts_twin", "opportunities"]].sum()
    gap = 100 * (sums["acts"] - sums["acts_twin"]) / sums["opportunities"]
    assert value["letter", "novelty_lost_pp"] == pytest.approx(gap[2:6].mean() - gap[14:18].mean())
    assert np.isnan(value["letter", "spillover_pp"])  # everybody takes part, so there are no others


def test_the_report_has_the_table_in_both_languages(found):
    for lang in ("en", "th"):
        table = side_effects(found.summary, lang)
        assert len(table.rows) == len(HEADS)
        assert all(len(row.cells) == 5 for row in table.rows)
        assert _tables(found.summary, lang)["side_effects"].rows == table.rows
    template = files("simulation.reports").joinpath("templates/report.html").read_text("utf-8")
    assert "table(tables.side_effects)" in template


def test_the_rule_by_which_two_schemes_work_together_is_said_where_there_are_two(found):
    en, th = notes(found.summary, "en"), notes(found.summary, "th")
    assert [x for x in en if "counts once" in x] == [x for x in en if x.startswith("Two: several schemes aim at")]
    assert sum("นับครั้งเดียว" in x for x in th) == 1
    cautious = kw.load("bangkok-waste", [*SETTINGS, "arms.two.combine='strongest'"])
    assert "follows the strongest of the schemes alone" in " ".join(kw.explain(cautious).text.split())
    assert "แต่ละคนตอบสนองต่อมาตรการที่แรงที่สุด" in kw.explain(cautious, "th").text.replace("\n", "")
