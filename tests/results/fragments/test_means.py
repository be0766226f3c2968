import numpy as np
import pytest
from pandas.testing import assert_frame_equal

from simulation.results.fragments.layout import Layout
from simulation.results.fragments.means import point_means
from simulation.results.intervals import bounds
from tests.results.fragments.studies import begun, row

MANY = Layout(("fee", "letter"), 3, 25, (("reward", "float64"), ("target", "text")))


def written(folder, batch, missing=()):
    store, rng = begun(folder, MANY), np.random.default_rng(1)
    kept = []
    for task in range(MANY.tasks):
        for arm in MANY.arms:
            value = rng.normal()
            kept.append(row(task, arm, MANY, effect_pp=value, level=value if task % 2 else None))
    kept = [r for r in kept if (r["point"], r["arm"]) not in missing]
    for first in range(0, len(kept), batch):
        store.write("runs", kept[first : first + batch])
    return store, kept


def test_a_point_and_arm_is_described_as_its_runs_are(tmp_path):
    store, kept = written(tmp_path / "s", 7)
    found = point_means(store, ["effect_pp", "level"])
    assert list(found.columns[:6]) == ["point", "reward", "target", "arm", "replicates", "failed"]
    assert list(zip(found["point"], found["arm"], strict=True)) == [(p, a) for p in range(3) for a in MANY.arms]
    for line in found.to_dict("records"):
        own = [r for r in kept if r["point"] == line["point"] and r["arm"] == line["arm"]]
        x = np.array([r["effect_pp"] for r in own])
        assert (line["replicates"], line["failed"], line["effect_pp_n"]) == (25, 0, 25)
        assert (line["reward"], line["target"]) == (own[0]["reward"], own[0]["target"])
        assert line["effect_pp"] == pytest.approx(x.mean(), rel=1e-12)
        assert line["effect_pp_sd"] == pytest.approx(x.std(ddof=1), rel=1e-12)
        assert line["effect_pp_mcse"] == pytest.approx(x.std(ddof=1) / 5, rel=1e-12)
        assert (line["effect_pp_low"], line["effect_pp_high"]) == bounds(x)
        assert line["level_n"] in (12, 13)
        assert np.isnan(line["level_low"])


def test_the_figures_do_not_depend_on_how_the_runs_were_written(tmp_path):
    one, other = written(tmp_path / "a", 3)[0], written(tmp_path / "b", 40)[0]
    assert_frame_equal(point_means(one, ["effect_pp"]), point_means(other, ["effect_pp"], rows=1), check_exact=True)


def test_failed_runs_are_counted_and_points_without_any_are_left_out(tmp_path):
    store, _ = written(tmp_path / "s", 50, missing={(1, "fee"), (2, "fee"), (2, "letter")})
    store.write("failed", [row(task, "fee", MANY, status="failed") for task in (25, 26)])
    found = point_means(store, ["effect_pp"])
    assert found[["point", "arm", "replicates", "failed"]].to_numpy().tolist() == [
        [0, "fee", 25, 0], [0, "letter", 25, 0], [1, "fee", 0, 2], [1, "letter", 25, 0],
    ]  # fmt: skip
    assert np.isnan(found["effect_pp"][2])


def test_a_study_without_runs_has_no_points_to_describe(tmp_path):
    assert len(point_means(begun(tmp_path / "s"), ["effect_pp"])) == 0
