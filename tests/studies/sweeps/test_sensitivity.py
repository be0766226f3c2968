import math

import numpy as np
import pytest

import simulation as kw
from simulation.results.study_columns import OUTCOMES
from simulation.studies.rows import OK, columns
from simulation.studies.sweeps import sweep as module

A, B = 7.0, 0.1
KEYS = {"x1": "behaviours.waste_sort.visible", "x2": "behaviours.waste_sort.intrinsic", "x3": "world.ties.clustering"}


def known():
    """First-order and total indices of the Ishigami function (Ishigami and Homma 1990), by arithmetic."""
    v1 = 0.5 * (1 + B * math.pi**4 / 5) ** 2
    v2 = A**2 / 8
    v13 = B**2 * math.pi**8 * (1 / 18 - 1 / 50)
    v = v1 + v2 + v13
    return {"x1": (v1 / v, (v1 + v13) / v), "x2": (v2 / v, v2 / v), "x3": (0.0, v13 / v)}


def ishigami(job, task):
    """Stand in for a run: the factors, shares, are spread over -pi to pi."""
    u = dict(task.factors)
    x1, x2, x3 = (math.pi * (2 * u[name] - 1) for name in ("x1", "x2", "x3"))
    y = math.sin(x1) + A * math.sin(x2) ** 2 + B * x3**4 * math.sin(x1)
    row = dict.fromkeys(OUTCOMES, 0.0) | {
        "run_id": f"{task.number:016x}", "point": task.point, "arm": job.arms[0], "replicate": task.replicate, **u,
        "scenario": "", "seed": 1, "status": OK, "error": "", "message": "", "command": "", "effect_pp": y,
        "seconds": 0.0, "started": 0.0, "host": "", "pid": 0, "attempt": 1, "engine": "numpy",
    }  # fmt: skip
    return [{name: row[name] for name in columns(u)}]


def asked(design):
    return kw.study(
        "bangkok-waste",
        uncertainties={name: {"key": key, "range": [0.0, 1.0]} for name, key in KEYS.items()},
        design=design,
        arms=["fee_discount"],
        replicates=1,
        set={"world.citizens": 100, "world.localities.number": 3, "run.weeks": 60},
        name="ishigami",
    )


def found(design, folder, monkeypatch):
    monkeypatch.setattr(module, "run_task", ishigami)
    return kw.sensitivity(asked(design), jobs=1, engine="numpy", out=folder, report=False).indices.set_index("factor")


def test_indices_of_the_ishigami_function_hold_the_known_values_through_the_whole_path(tmp_path, monkeypatch):
    table = found({"kind": "saltelli", "base": 1024, "seed": 3}, tmp_path / "s", monkeypatch)
    assert set(table["method"]) == {"sobol"}
    for name, (first, total) in known().items():
        assert abs(table.loc[name, "s1"] - first) <= table.loc[name, "s1_conf"]
        assert abs(table.loc[name, "st"] - total) <= table.loc[name, "st_conf"]
        assert table.loc[name, "st_conf"] < 0.15  # the interval says something


def test_morris_finds_what_bends_and_what_acts_only_together_with_others(tmp_path, monkeypatch):
    table = found({"kind": "morris", "trajectories": 60, "levels": 8, "seed": 3}, tmp_path / "s", monkeypatch)
    assert set(table["method"]) == {"morris"}
    assert (table["sigma"] > 0).all()
    assert np.isfinite(table["mu_star_conf"]).all()


def test_pawn_reads_a_design_that_was_made_for_nothing_in_particular(tmp_path, monkeypatch):
    table = found({"kind": "latin-hypercube", "points": 2000, "seed": 3}, tmp_path / "s", monkeypatch)
    assert set(table["method"]) <= {"pawn", "delta"}
    value = "pawn" if "pawn" in table else "delta"
    assert table[value].idxmax() == "x2"
    assert table[value].idxmin() == "x3"


def test_a_design_too_small_for_its_intervals_is_warned_of(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "run_task", ishigami)
    few = kw.sensitivity(
        asked({"kind": "saltelli", "base": 8, "seed": 3}), jobs=1, engine="numpy", out=tmp_path / "s", report=False
    )
    assert few.cautions
    assert all(c.en and c.th for c in few.cautions)


def test_a_method_that_does_not_fit_the_design_is_refused_before_anything_is_run(tmp_path):
    with pytest.raises(kw.InputError, match='needs a design of kind = "morris"'):
        kw.sensitivity(asked({"kind": "saltelli", "base": 8}), method="morris", out=tmp_path / "s")
    assert not (tmp_path / "s").exists()
