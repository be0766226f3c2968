"""Acts rolled up from citizens to organisations, localities and provinces: whole numbers that add up."""

import numpy as np
import pandas as pd
import pytest

from simulation.engine import areas
from simulation.engine.areas import area_counts, area_rows
from simulation.engine.prepare import prepare
from simulation.engine.run import run, start
from simulation.scenario.load import load

NATIONAL = ["world.localities.of=provinces", "world.localities.number=90", "world.citizens=3000", "run.weeks=30"]
SCHEMES = [(arm, name) for arm, found in load("bangkok-waste").arms.items() for name in found.schemes]
COUNTS = ["people", "acts", "acts_twin", "opportunities"]


def counted(scenario, arm="comparison", engine="numpy"):
    prepared = prepare(scenario, 0, parameters="default")
    state = start(prepared, arm, engine)
    state.records.areas = area_counts(prepared.citizens)
    return run(state)


@pytest.fixture(scope="module")
def nation():
    changes = [f"arms.{a}.schemes.{s}.schedule.weeks=20" for a, s in SCHEMES]
    return counted(load("bangkok-waste", [*NATIONAL, *changes]))


@pytest.fixture(scope="module")
def rows(nation):
    return pd.DataFrame(area_rows(nation, "one"))


def test_localities_add_up_to_provinces_and_provinces_to_the_whole(nation, rows):
    by_level = {level: part.set_index("unit") for level, part in rows.groupby("level")}
    above = by_level["locality"].groupby("part_of")[COUNTS].sum()
    assert above.sort_index().equals(by_level["province"][COUNTS].sort_index().rename_axis("part_of"))
    assert len(above) == 77
    r, weeks = nation.records, range(4, 24)
    for name in ("acts", "acts_twin", "opportunities"):
        assert above[name].sum() == getattr(r, name)[list(weeks)].sum()
    assert above["people"].sum() == 3000


def test_organisations_are_counted_by_their_members_within_their_locality(nation, rows):
    citizens = nation.prepared.citizens
    found = rows[rows["level"] == "organisation"].set_index("unit")
    sizes = np.bincount(citizens.organisation[citizens.organisation >= 0], minlength=citizens.n_organisations)
    assert list(found["people"]) == list(sizes[sizes > 0])
    assert found.loc["organisation 1", "part_of"] == citizens.locality_names[citizens.organisation_locality[0]]
    everybody = rows[rows["level"] == "province"]["people"].sum()
    assert found["people"].sum() + (citizens.organisation < 0).sum() == everybody


def test_effects_are_there_where_the_scheme_is(rows):
    assert (rows["acts"] > rows["acts_twin"]).any()
    assert (rows["opportunities"] >= rows["acts"]).all()


def test_a_world_of_one_place_is_one_province():
    state = counted(load("bangkok-waste", ["world.citizens=300", "world.localities.number=3"]))
    found = pd.DataFrame(area_rows(state, "one"))
    assert list(found[found["level"] == "province"]["unit"]) == ["TH-10"]
    assert set(found[found["level"] == "locality"]["part_of"]) == {"TH-10"}


def test_engines_count_the_same_to_the_last_bit(nation, rows):
    pytest.importorskip("numba")
    again = counted(nation.prepared.scenario, engine="numba")
    assert pd.DataFrame(area_rows(again, "one")).equals(rows)


def test_an_organisation_with_members_in_two_localities_is_counted_once_and_each_locality_by_its_own_people():
    table = pd.DataFrame(
        {"organisation": ["a"] * 6 + ["b"] * 2 + [None] * 2, "locality": ["x"] * 3 + ["y"] * 3 + ["y"] * 4}
    )
    scenario = load("bangkok-waste").with_world(citizens=table)
    found = pd.DataFrame(area_rows(counted(scenario), "one")).set_index(["level", "unit"])
    assert list(found.loc["organisation"]["people"]) == [6, 2]
    assert list(found.loc["locality"]["people"]) == [3, 7]
    assert found.loc["province"]["people"].sum() == 10


def test_rare_chances_and_people_who_left_are_no_opportunities():
    scenario = load("bangkok-waste", ["world.citizens=400", "behaviours.waste_sort.opportunities_per_week=0.25"])
    state = counted(scenario)
    found = pd.DataFrame(area_rows(state, "one"))
    local = found[found["level"] == "locality"]
    weeks = [w for w in range(state.records.weeks) if any(s.scheme.schedule.is_live(w) for s in state.schemes)]
    assert local["opportunities"].sum() == state.records.opportunities[weeks].sum()
    assert 0.2 < local["opportunities"].sum() / (400 * len(weeks)) < 0.3


def test_levels_of_too_many_units_are_left_out(nation, monkeypatch):
    monkeypatch.setattr(areas, "MOST_UNITS", 80)
    found = pd.DataFrame(area_rows(nation, "one"))
    assert set(found["level"]) == {"province"}


def test_what_nobody_asks_for_is_not_counted():
    prepared = prepare(load("bangkok-waste", ["world.citizens=200"]), 0, parameters="default")
    state = start(prepared, "comparison", "numpy")
    assert state.records.areas is None
    assert area_rows(state, "one") == {}
