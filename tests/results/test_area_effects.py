"""Effects by organisation, locality and province: honest ends, thin cells marked, those of real people hidden."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import simulation as kw
from simulation.results.areas import area_effects, hidden_units
from simulation.results.columns import TABLES
from simulation.results.groups import BESIDE, FEW
from simulation.results.intervals import estimate


def tables(units, societies=20, seed=1):
    """Runs, and counts of each run by unit; `units` are (level, name, part of, people)."""
    rng = np.random.default_rng(seed)
    runs = pd.DataFrame({"run_id": [f"r{i}" for i in range(societies)], "arm": "gift", "status": "ok"})
    rows = [
        {"run_id": run, "level": level, "unit": name, "part_of": of, "people": people,
         "acts": int(rng.integers(20, 40)), "acts_twin": int(rng.integers(10, 20)), "opportunities": 7 * people}
        for run in runs["run_id"]
        for level, name, of, people in units
    ]  # fmt: skip
    return runs, pd.DataFrame(rows)


TOWN = [
    ("organisation", "school", "x", 30),
    ("organisation", "temple", "x", 40),
    ("organisation", "shop", "y", 6),
    ("organisation", "clinic", "y", 12),
    ("organisation", "works", "y", 50),
    ("locality", "x", "TH-10", 85),
    ("locality", "y", "TH-10", 90),
    ("province", "TH-10", "", 175),
]


def test_means_and_ends_are_those_of_the_societies():
    runs, units = tables(TOWN)
    found = area_effects(runs, units, 10, real=False).set_index(["level", "unit"])
    assert list(found.reset_index().columns.sort_values()) == sorted(c.name for c in TABLES["areas"])
    for key, part in units.groupby(["level", "unit"]):
        e = estimate(((part["acts"] - part["acts_twin"]) / part["opportunities"] * 100).to_numpy())
        row = found.loc[key]
        assert (row["effect_pp_mean"], row["effect_pp_low"], row["effect_pp_high"]) == pytest.approx(
            (e.mean, e.low, e.high)
        )
        assert row["acts"] == pytest.approx(part["acts"].mean())
        assert row["societies"] == 20


def test_below_19_societies_an_effect_has_no_ends():
    found = area_effects(*tables(TOWN, societies=18), 10, real=False)
    assert found["effect_pp_low"].isna().all()
    assert found["effect_pp_mean"].notna().all()


def test_small_units_of_synthetic_people_are_marked_and_of_real_people_hidden():
    synthetic = area_effects(*tables(TOWN), 10, real=False).set_index("unit")
    assert list(synthetic.index[synthetic["thin"]]) == ["shop"]
    assert synthetic["people"].notna().all()
    assert (synthetic["hidden"] == "").all()
    real = area_effects(*tables(TOWN), 10, real=True).set_index("unit")
    assert real.loc["shop", "hidden"] == FEW
    numbers = ["people", "acts", "acts_twin", "opportunities", "effect_pp_mean", "effect_pp_low", "effect_pp_high"]
    assert real.loc["shop", numbers].isna().all()
    # Locality y less clinic and works leaves 28, of whom 22 are in no organisation: the shop is not told.
    assert real.loc["clinic", "hidden"] == ""
    assert real.loc[["x", "y", "TH-10", "school"], "hidden"].eq("").all()


def test_what_the_whole_less_the_shown_would_tell_is_hidden_too():
    units = [
        ("locality", "a", "p", 4),
        ("locality", "b", "p", 20),
        ("locality", "c", "p", 30),
        ("province", "p", "", 54),
    ]
    units += [("organisation", "o", "b", 20), ("organisation", "q", "c", 25)]
    table = area_effects(*tables(units), 10, real=False)
    assert hidden_units(table, 10) == {
        ("locality", "a"): FEW,
        ("locality", "b"): BESIDE,
        ("organisation", "o"): BESIDE,  # part of a hidden locality
        ("organisation", "q"): BESIDE,  # 5 of locality c belong to no organisation
    }


@settings(max_examples=80, deadline=None)
@given(st.lists(st.integers(1, 40), min_size=1, max_size=8), st.integers(2, 15))
def test_no_difference_of_shown_numbers_tells_of_a_few(sizes, smallest):
    units = [("locality", f"l{i}", "p", n) for i, n in enumerate(sizes)] + [("province", "p", "", sum(sizes))]
    found = area_effects(*tables(units, societies=1), smallest, real=True)
    shown = found[(found["level"] == "locality") & (found["hidden"] == "")]["people"].sum()
    if found.set_index("unit").loc["p", "hidden"] == "":
        assert sum(sizes) - shown == 0 or sum(sizes) - shown >= smallest
    else:
        assert shown == 0


def test_a_comparison_has_the_table_and_an_opened_folder_too(tmp_path):
    done = kw.compare(
        "bangkok-waste",
        quick=True,
        replicates=2,
        set_=["world.citizens=300", "world.localities.number=6"],
        out=tmp_path / "r",
    )
    assert set(done.areas["level"]) == {"organisation", "locality", "province"}
    assert list(done.areas.columns) == [c.name for c in TABLES["areas"]]
    whole = done.areas[done.areas["level"] == "province"].set_index("arm")
    assert (whole["people"] == 300).all()
    again = kw.open(tmp_path / "r")
    pd.testing.assert_frame_equal(again.areas, done.areas)
    (tmp_path / "r" / "units.parquet").unlink()  # a folder of before
    assert not len(kw.open(tmp_path / "r").areas)
