"""Every column that leaves the program is written up, and every number follows from the series."""

import json
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import simulation as kw
from simulation.results.summary import summarise

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "results.md").read_text("utf-8")


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    return kw.compare(
        "bangkok-waste", set_="world.citizens=500", replicates=20, jobs=1, out=tmp_path_factory.mktemp("out")
    )


@pytest.mark.slow
def test_every_column_and_key_is_written_up(found):
    named = set(re.findall(r"`(\w+)`", PAGE)) | set(found.summary.tables["effects"]["arm"])
    columns = {c for p in found.folder.glob("*.parquet") for c in pd.read_parquet(p).columns}
    columns |= {c for p in (found.folder / "tables").glob("*.csv") for c in pd.read_csv(p).columns}
    plain = {re.sub(r"_(low|high)$", "", c) for c in columns}
    parameters = set(pd.read_parquet(found.folder / "parameters.parquet").columns)
    assert plain - named - parameters - {"q25_pp", "q50_pp", "q75_pp"} == set()
    assert set(json.loads((found.folder / "manifest.json").read_text("utf-8"))) <= named
    assert set(found.to_json()) <= named


def test_effects_follow_from_the_series(found):
    runs = pd.read_parquet(found.folder / "runs.parquet")
    series = pd.read_parquet(found.folder / "series.parquet").merge(
        runs[["run_id", "arm", "replicate", "luck"]], on="run_id"
    )
    series = series[(series["group_kind"] == "all") & (series["luck"] == 0)]
    series["gap"] = 100 * (series["acts"] - series["acts_twin"]) / series["opportunities"]
    weekly = series.pivot_table(index=["arm", "replicate"], columns="week", values="gap")
    end = 56
    windows = {"effect_pp": (4, end), "effect_after_pp": (end + 13, end + 26)}
    for arm, row in found.effects.set_index("arm").iterrows():
        mine = weekly.loc[arm]
        for name, (first, last) in windows.items():
            values = np.sort(mine[list(range(first, last))].mean(axis=1).to_numpy())
            assert row[name] == pytest.approx(values.mean(), abs=1e-12)
            assert (row[f"{name}_low"], row[f"{name}_high"]) == pytest.approx((values[0], values[19]), abs=1e-12)
        last = mine[list(range(end - 4, end))].mean(axis=1)
        left = mine[list(range(end + 23, end + 28))].mean(axis=1)
        assert np.isnan(row["kept_share"]) or row["kept_share"] == pytest.approx(left.mean() / last.mean(), abs=1e-12)


def test_money_in_the_series_and_in_the_runs_is_the_same(found):
    runs = pd.read_parquet(found.folder / "runs.parquet").set_index("run_id")
    series = pd.read_parquet(found.folder / "series.parquet")
    paid = series[series["group_kind"] == "all"].groupby("run_id")["paid"].sum().reindex(runs.index)
    assert np.allclose(paid + runs["paid_to_areas_baht"], runs["paid_baht"], atol=0.005)
    assert runs["paid_baht"].sum() > 0


def test_weeks_without_an_offer_in_between_are_not_weeks_of_offer(tmp_path):
    points = "kind='points', behaviour='waste_sort', baht_per_act=20"
    schemes = (
        "{" + ", ".join(f"{n}={{{points}, schedule={{start={s}, weeks=6}}}}" for n, s in (("a", 2), ("b", 30))) + "}"
    )
    quiet = [f"arms.{arm}.schemes={{}}" for arm in ("recognition", "comparison", "district_goal", "fee_discount")]
    found = kw.compare(
        "bangkok-waste", set_=["world.citizens=300", "run.weeks=40", f"arms.x.schemes={schemes}", *quiet],
        replicates=2, jobs=1, out=tmp_path,
    )  # fmt: skip
    series = pd.read_parquet(tmp_path / "series.parquet").merge(pd.read_parquet(tmp_path / "runs.parquet"), on="run_id")
    series = series[(series["group_kind"] == "all") & (series["luck"] == 0)]
    series["gap"] = 100 * (series["acts"] - series["acts_twin"]) / series["opportunities"]
    offered = series[series["week"].isin([*range(2, 8), *range(30, 36)])]
    assert found.effects["effect_pp"].iloc[0] == pytest.approx(offered.groupby("replicate")["gap"].mean().mean())
    men = found.equity[(found.equity["group_kind"] == "sex")]["opportunities"].sum()
    assert men == offered["opportunities"].sum()


def test_groups_of_a_kind_add_up_to_all(found):
    series = pd.read_parquet(found.folder / "series.parquet")
    sums = series[series["week"] == 39].groupby(["run_id", "group_kind"])[["acts", "acts_twin", "people", "paid"]].sum()
    whole = sums.xs("all", level="group_kind")
    for kind in ("income_fifth", "age_band", "sex", "area", "sector", "enrolled", "locality"):
        part = sums.xs(kind, level="group_kind").reindex(whole.index)
        columns = ["acts", "acts_twin", "people"] + (["paid"] if kind != "locality" else [])
        assert np.allclose(part[columns], whole[columns]), kind


def test_luck_and_ignorance_are_told_apart_in_every_outcome(found):
    table = found.uncertainty
    assert set(table["outcome"]) >= {"effect_pp", "effect_after_pp", "take_up"}
    assert (table["luck"] >= 0).all()
    assert (table["ignorance"] >= 0).all()
    assert np.allclose(table["ignorance"], np.maximum(0, table["total"] - table["luck"]))
    assert table[["luck_se", "ignorance_se"]].notna().all().all()
    assert set(found.crowding["kappa_c"]) == {0.0, 0.3, 0.6}


def test_a_failed_run_leaves_luck_as_it_was(found):
    """Luck compares a society with itself under a second luck: by its number, not by its place in a table."""
    runs, series, takeup = (pd.read_parquet(found.folder / f"{n}.parquet") for n in ("runs", "series", "takeup"))
    whole = found.summary.arms[0].spread.luck_share
    for luck in (0, 1):
        broken = runs.copy()
        broken.loc[(broken["replicate"] == 1) & (broken["luck"] == luck), "status"] = "failed"
        again = summarise(found.summary.facts, broken, series, takeup)
        assert again.arms[0].spread.luck_share < 10 * whole + 0.02


@pytest.mark.slow
def test_what_is_given_in_days_of_wage_has_no_cost(tmp_path):
    lever = [
        "world.citizens=300",
        "arms.x.schemes.a={kind='points', behaviour='waste_sort', days_of_wage_per_act=0.02, schedule={start=4, weeks=52}}",
    ]
    found = kw.compare("bangkok-waste", set_=lever, replicates=2, jobs=1, out=tmp_path)
    assert found.to_json()["arms"]["x"]["cost_per_act_baht"] is None
    assert found.to_json()["arms"]["recognition"]["cost_per_act_baht"] is not None
