import math
import warnings

import numpy as np
import pandas as pd
import pytest

from simulation.core.errors import InputError
from simulation.core.params import Text
from simulation.results.responses import extras, indices
from simulation.results.responses.indices import noise_share, sensitivity, too_small, which_fits
from simulation.results.responses.pawn import ks_distances, pawn
from simulation.results.responses.salib import delta, morris, mu_weights, saltelli_block, sobol_indices
from tests.results.responses.studies import (
    ishigami,
    ishigami_indices,
    listed,
    point_table,
    ranged,
    run_table,
    saltelli,
    study,
)

pytest.importorskip("SALib")
NAMES = ["x1", "x2", "x3"]
FACTORS = tuple(ranged(n, -math.pi, math.pi) for n in NAMES)


def ishigami_points(unit):
    return point_table(dict(zip(NAMES, ((2 * unit - 1) * math.pi).T, strict=True)), effect_pp=ishigami(unit))


@pytest.mark.parametrize("second_order", [False, True])
def test_indices_of_the_ishigami_function_hold_the_known_values(second_order):
    points = ishigami_points(saltelli(1024, 3, second_order))
    found = sensitivity(points, study(FACTORS, len(points), "saltelli"), "effect_pp", "gift")
    s1, st = ishigami_indices()
    assert s1 == pytest.approx([0.3139, 0.4424, 0.0], abs=5e-5)
    assert st == pytest.approx([0.5576, 0.4424, 0.2437], abs=5e-5)
    assert found.method == "sobol"
    assert (np.abs(found.table["s1"] - s1) <= found.table["s1_conf"]).all()
    assert (np.abs(found.table["st"] - st) <= found.table["st_conf"]).all()
    assert (found.table[["s1_conf", "st_conf"]] < 0.1).all().all()
    assert (found.used, found.left_out, found.warning) == (len(points), 0, None)


def test_a_function_of_one_factor_alone_has_all_its_variance_there():
    unit = saltelli(256, 2)
    table = sobol_indices(unit, unit[:, 0], ["a", "d"])
    assert table["s1"].tolist() == pytest.approx([1.0, 0.0], abs=0.02)
    assert table["st"].tolist() == pytest.approx([1.0, 0.0], abs=0.02)


def test_morris_and_pawn_rank_ishigami_as_it_is():
    stream = np.random.default_rng(4)
    unit = trajectories(stream, 200, 3)
    points = ishigami_points(unit)
    table = sensitivity(points, study(FACTORS, len(unit), "morris"), "effect_pp", "gift").table
    assert (table["moves"] == 200).all()
    assert (table["sigma"] > 0).all()  # it is anything but linear
    points = ishigami_points(stream.random((1000, 3)))
    found = sensitivity(points, study(FACTORS, 1000, "latin-hypercube"), "effect_pp", "gift")
    assert found.method == "pawn"
    assert found.table.sort_values("pawn", ascending=False)["factor"].tolist() == ["x2", "x1", "x3"]
    assert (found.table["pawn"] > found.table["chance"]).tolist()[:2] == [True, True]
    assert ((found.table["pawn_low"] < found.table["pawn"]) & (found.table["pawn"] < found.table["pawn_high"])).all()


def trajectories(stream, n, k, levels=4):
    step = levels / (2 * (levels - 1))
    rows = []
    for _ in range(n):
        x = stream.integers(levels // 2, size=k) / (levels - 1)
        rows.append(x.copy())
        for j in stream.permutation(k):
            x[j] += step
            rows.append(x.copy())
    return np.array(rows)


def test_morris_of_a_sum_gives_the_slopes_without_spread():
    unit = trajectories(np.random.default_rng(1), 10, 3)
    table = morris(unit, 5 * unit[:, 0] - 2 * unit[:, 1] + 7.0, NAMES)
    assert table["mu"].tolist() == pytest.approx([5.0, -2.0, 0.0])
    assert table["mu_star"].tolist() == pytest.approx([5.0, 2.0, 0.0])
    assert table["sigma"].to_numpy() == pytest.approx(0.0, abs=1e-9)
    assert table["mu_star_conf"].to_numpy() == pytest.approx(0.0, abs=1e-9)


def test_an_effect_that_changes_its_sign_has_a_small_mu_and_a_large_mu_star():
    unit = trajectories(np.random.default_rng(1), 40, 2)
    table = morris(unit, (unit[:, 0] - 0.5) * (unit[:, 1] - 0.5), ["a", "d"])
    assert (table["mu"].abs() < table["mu_star"] / 2).all()
    assert (table["sigma"] > table["mu_star"] / 2).all()


def test_steps_of_a_list_count_for_their_own_length_and_moves_that_change_nothing_are_left_out():
    unit = np.array([[0, 0], [1, 0], [1, 2 / 3], [1, 0], [0, 0], [0, 2 / 3], [0, 0], [0, 0], [0, 2 / 3]])
    table = morris(unit, 3 * unit[:, 0] + unit[:, 1], ["listed", "ranged"])
    assert table["mu"].tolist() == pytest.approx([3.0, 1.0])
    assert table["moves"].tolist() == [2, 3]


def test_a_design_that_is_none_of_trajectories_has_no_elementary_effects():
    unit = np.random.default_rng(0).random((12, 3))
    assert morris(unit, unit[:, 0], NAMES)["mu"].isna().all()
    assert saltelli_block(unit) == 0
    assert sobol_indices(unit, unit[:, 0], NAMES)["st"].isna().all()


def test_the_mean_effect_is_a_weighted_sum_of_points():
    unit = trajectories(np.random.default_rng(3), 8, 3)
    y = ishigami(unit)
    y[5] = math.nan
    table = morris(unit, y, NAMES)
    for j in range(3):
        assert np.nansum(mu_weights(unit, y, j) * y) == pytest.approx(table["mu"][j])


def test_a_point_that_is_not_known_takes_its_block_or_trajectory_with_it():
    unit = saltelli(64, 3)
    points = ishigami_points(unit)
    points.loc[7, "effect_pp"] = math.nan
    found = sensitivity(points.drop(index=300), study(FACTORS, 320, "saltelli"), "effect_pp", "gift")
    assert (found.used, found.left_out) == (310, 10)
    assert found.table["st"].notna().all()
    unit = trajectories(np.random.default_rng(1), 10, 3)
    points = ishigami_points(unit).drop(index=[0, 1, 39])
    found = sensitivity(points, study(FACTORS, 40, "morris"), "effect_pp", "gift")
    assert (found.used, found.left_out) == (32, 8)
    assert found.table["moves"].tolist() == [8, 8, 8]


METHODS = {"sobol": sobol_indices, "morris": morris, "pawn": pawn, "delta": delta}


@pytest.mark.parametrize("method", list(METHODS))
def test_the_same_call_gives_the_same_bits_and_leaves_nothing_global_changed(method):
    unit = trajectories(np.random.default_rng(1), 16, 3) if method == "morris" else saltelli(16, 3)
    y = ishigami(unit)
    shape, filters = warnings.formatwarning, list(warnings.filters)
    for seed in (0, 1):
        first = METHODS[method](unit, y, NAMES, seed)
        np.random.seed(seed + 5)  # noqa: NPY002 - somebody else's use of the global stream
        state = np.random.get_state()[1].copy()  # noqa: NPY002
        pd.testing.assert_frame_equal(first, METHODS[method](unit, y, NAMES, seed), check_exact=True)
        assert (np.random.get_state()[1] == state).all()  # noqa: NPY002
    assert warnings.formatwarning is shape
    assert warnings.filters == filters


def test_intervals_are_for_the_seed_that_is_given():
    unit = saltelli(64, 3)
    one, two = (sobol_indices(unit, ishigami(unit), NAMES, seed) for seed in (0, 1))
    assert (one["st"] == two["st"]).all()
    assert (one["st_conf"] != two["st_conf"]).all()


def test_delta_sees_what_moves_a_distribution_and_is_near_nought_where_nothing_does():
    stream = np.random.default_rng(8)
    unit = stream.random((300, 2))
    table = delta(unit, np.exp(3 * unit[:, 0]) + 0.1 * stream.random(300), ["a", "d"])
    assert table["delta"][0] > 0.6
    assert table["delta"][1] < 0.15
    assert delta(unit[:20], unit[:20, 0], ["a", "d"])["delta"].isna().all()


def test_pawn_looks_at_every_level_of_a_list():
    stream = np.random.default_rng(2)
    x = stream.integers(2, size=200).astype(float)
    y = np.where(x == 1.0, 10.0, 0.0) + stream.random(200)
    share = x.mean()
    row = pawn(x[:, None], y, ["audience"]).iloc[0]
    assert row["pawn_max"] == pytest.approx(max(share, 1 - share))  # of those apart, all others lie on one side
    assert row["pawn"] == pytest.approx(0.5)
    assert row["chance"] < 0.15


def test_distances_are_those_of_scipy_also_with_ties():
    from scipy.stats import ks_2samp

    stream = np.random.default_rng(3)
    y = stream.integers(10, size=60).astype(float)
    groups = stream.integers(3, size=60)
    known = [ks_2samp(y[groups == g], y).statistic for g in range(3)]
    assert ks_distances(groups, y) == pytest.approx(known)


def test_a_factor_without_effect_rarely_passes_chance():
    passed = 0
    for seed in range(40):
        stream = np.random.default_rng(seed)
        row = pawn(stream.random((40, 1)), stream.normal(size=40), ["a"], seed).iloc[0]
        passed += row["pawn"] > row["chance"]
    assert passed <= 6  # 5 % of 40 is 2; more than 6 has a chance of 0.3 %


def test_the_method_follows_the_design_and_the_skewness():
    even, skewed = np.linspace(0, 1, 100), np.exp(np.linspace(0, 10, 100))
    assert which_fits(study(FACTORS, 1, "morris"), skewed) == "morris"
    assert which_fits(study(FACTORS, 1, "saltelli"), even) == "sobol"
    assert which_fits(study(FACTORS, 1, "saltelli"), skewed) == "pawn"
    assert {which_fits(study(FACTORS, 1, d), even) for d in ("grid", "latin-hypercube", "sobol", "list")} == {"pawn"}


def test_a_design_that_is_too_small_is_said_to_be_so_in_both_languages():
    points = ishigami_points(saltelli(8, 3))
    found = sensitivity(points, study(FACTORS, len(points), "saltelli"), "effect_pp", "gift")
    assert found.warning is not None
    assert "too small" in found.warning.en
    assert "intervals are up to" in found.warning.en
    assert "เล็กเกินไป" in found.warning.th


def test_each_reason_to_doubt_indices_is_named():
    facts = study(FACTORS, 1)

    def said(**columns):
        text = too_small(facts, pd.DataFrame({"factor": NAMES, **columns}))
        assert text is None or text.th
        return "" if text is None else text.en

    fine = {"s1": [0.3, 0.4, 0.0], "s1_conf": [0.05] * 3, "st": [0.5, 0.4, 0.2], "st_conf": [0.05] * 3}
    assert said(**fine) == ""
    assert "0.80 wide where an index goes from 0 to 1 (x1)" in said(**fine | {"st_conf": [0.4, 0.05, 0.05]})
    assert "below the first-order index for x2" in said(**fine | {"st": [0.5, 0.2, 0.2]})
    assert "add up to 1.50, more than 1" in said(**fine | {"s1": [0.5, 0.5, 0.5], "st": [0.6, 0.6, 0.6]})
    assert "no index for x3" in said(**fine | {"st": [0.5, 0.4, math.nan]})
    effects = {"mu_star": [4.0, 2.0, 1.0], "mu_star_conf": [0.5] * 3, "moves": [10] * 3}
    assert said(**effects) == ""
    assert "half of the largest effect (x2)" in said(**effects | {"mu_star_conf": [0.5, 1.5, 0.5]})
    assert "fewer than four moves of x1" in said(**effects | {"moves": [3, 10, 10]})
    assert "no factor stands out from chance" in said(pawn=[0.2, 0.1, 0.1], chance=[0.2] * 3)
    assert "would reach 0.20 where the largest index is 0.30" in said(pawn=[0.3, 0.1, 0.1], chance=[0.2] * 3)
    assert said(pawn=[0.6, 0.1, 0.1], chance=[0.2] * 3) == ""
    assert "half of 0 to 1 (x3)" in said(delta=[0.3] * 3, delta_conf=[0.1, 0.1, 0.3])


def test_a_study_of_very_many_factors_with_long_titles_still_gets_its_warning():
    long = [ranged(f"x{i}") for i in range(60)]
    facts = study(long, 1)
    facts = facts.__class__(
        **{**facts.__dict__, "factors": tuple(f.__class__(**{**f.__dict__, "title": Text(en="a" * 200)}) for f in long)}
    )
    table = pd.DataFrame({"factor": [f.name for f in long], "delta": math.nan, "delta_conf": math.nan})
    assert "and 55 more" in too_small(facts, table).en


def test_the_share_of_noise_is_squared_error_over_variance_and_shared_luck_is_none_of_it():
    luck = np.array([-3.0, 1.0, 2.0, 0.0])
    y = np.array([0.0, 1.0, 2.0, 3.0, 4.0])
    error = luck.std(ddof=1) / 2
    points = point_table({"x1": y}, mcse=error, effect_pp=y)
    facts = study((ranged("x1", 0, 4),), 5)
    assert noise_share(points, facts, "effect_pp", "gift") == pytest.approx(error**2 / 2.5)
    runs = run_table({(p, "gift"): v + luck for p, v in enumerate(y)}, {"x1": y})
    assert noise_share(points, facts, "effect_pp", "gift", runs) == pytest.approx(0.0, abs=1e-12)
    own = np.random.default_rng(0).normal(size=(200, 4))
    points = point_table({"x1": np.zeros(200)}, mcse=own.std(axis=1, ddof=1) / 2, effect_pp=own.mean(axis=1))
    runs = run_table({(p, "gift"): v for p, v in enumerate(own)}, {"x1": np.zeros(200)})
    assert noise_share(points, study((ranged("x1"),), 200), "effect_pp", "gift", runs) > 0.85  # nothing but noise


def test_one_society_a_point_leaves_the_share_of_noise_open():
    points = point_table({"x1": [0.0, 1.0]}, mcse=math.nan, effect_pp=[0.0, 1.0])
    assert math.isnan(noise_share(points, study((ranged("x1"),), 2), "effect_pp", "gift"))


@pytest.mark.parametrize("method", list(indices.METHODS))
@pytest.mark.parametrize("n", [1, 60])
def test_constants_single_points_and_missing_arms_have_no_index_and_say_so(method, n):
    stream = np.random.default_rng(1)
    points = point_table({"x1": stream.random(n), "b": ["x"] * n}, mcse=math.nan, effect_pp=[3.0] * n)
    facts = study((ranged("x1"), listed("b", "x", "y")), n)
    for arm in ("gift", "control"):
        found = sensitivity(points, facts, "effect_pp", arm, method)
        assert found.table["factor"].tolist() == ["x1", "b"]
        assert found.table.drop(columns=["factor", "moves"], errors="ignore").isna().all().all()
        assert (found.warning is None) == (arm == "gift" and n > 1)  # a constant is no fault of the design


def test_a_method_that_is_none_is_an_error_and_so_is_a_missing_library(monkeypatch):
    points = ishigami_points(saltelli(8, 3))
    with pytest.raises(InputError, match='Did you mean "sobol"'):
        sensitivity(points, study(FACTORS, 40, "saltelli"), "effect_pp", "gift", "sobl")
    monkeypatch.setattr(extras, "find_spec", lambda name: None)
    with pytest.raises(InputError, match=r'pip install "kwamdee\[studies\]"') as error:
        sensitivity(points, study(FACTORS, 40, "saltelli"), "effect_pp", "gift")
    assert 'pip install "kwamdee[studies]"' in error.value.th
