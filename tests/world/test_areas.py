"""A national world: its localities lie in the 77 provinces, and those of provinces that border are neighbours."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation.core.errors import ScenarioError
from simulation.core.streams import Streams
from simulation.scenario.load import load
from simulation.world.areas import apportioned, codes, neighbours_of, registered
from simulation.world.facts import table
from simulation.world.population import build_population

NATIONAL = ("world.localities.of=provinces", "world.localities.number=160", "world.citizens=20000")


def people(*changes):
    return build_population(load("bangkok-waste", [*NATIONAL, *changes]).world, Streams(3, 0))


@pytest.fixture(scope="module")
def nation():
    return people()


@pytest.fixture(scope="module")
def near(nation):
    return neighbours_of(nation)


def test_provinces_hold_those_registered_in_2020():
    assert len(codes()) == len(set(codes())) == 77
    assert sum(registered()) == 66_186_727  # the national total of the same yearbook


def test_every_border_is_of_two_provinces_and_every_province_has_one():
    known = {row["code"] for row in table("provinces")}
    pairs = [(row["code_a"], row["code_b"]) for row in table("province_adjacency")]
    assert len({frozenset(p) for p in pairs}) == len(pairs) == 177
    assert {code for pair in pairs for code in pair} == known
    assert all(row["mark"] and row["source"] for row in table("province_adjacency"))


def test_the_levels_of_moral_units_keep_their_marks():
    rows = table("moral_org_levels")
    assert [row["item"] for row in rows if row["unit_en"] == "organisation"] == [str(i) for i in range(1, 10)]
    assert all(row["mark"] for row in rows)
    assert all(row["source"] for row in rows if row["mark"].startswith("VERIFIED"))


def test_citizens_are_spread_over_provinces_in_proportion(nation):
    province = nation.province_of_locality[nation.locality]
    counts = np.bincount(province, minlength=77)
    share = np.array(registered()) / sum(registered())
    assert np.abs(counts - share * nation.n).max() <= 1.0
    assert nation.province_codes == codes()


def test_every_locality_lies_in_one_province_and_holds_somebody(nation):
    assert len(nation.locality_province) == nation.n_localities == 160
    assert np.bincount(nation.locality, minlength=160).min() > 0
    assert np.bincount(nation.province_of_locality, minlength=77).min() >= 1


def test_households_stay_within_a_locality_of_a_province():
    found = people("world.decider=citizen")
    first = np.unique(found.household, return_index=True)[1]
    assert np.array_equal(found.locality, found.locality[first][found.household])


@settings(max_examples=60, deadline=None)
@given(st.integers(77, 10**7), st.integers(0, 5000))
def test_seats_add_up_and_more_of_them_take_from_nobody(total, more):
    few, many = apportioned(total), apportioned(total + more)
    assert few.sum() == total
    assert few.min() >= 1
    assert (many >= few).all()


def test_a_nation_of_77_has_one_citizen_and_one_locality_in_each_province():
    found = people("world.localities.number=77", "world.citizens=77")
    assert list(found.locality) == list(range(77))
    assert found.locality_province == codes()


def test_other_worlds_lie_in_one_place_and_stay_as_they_were():
    found = build_population(load("bangkok-waste", ["world.citizens=500"]).world, Streams(3, 0))
    assert found.locality_province == ()
    assert found.n_provinces == 1
    n = found.n_localities
    assert np.array_equal(found.locality, np.arange(500) * n // 500)
    assert list(neighbours_of(found).of(3)) == [i for i in range(n) if i != 3]


def test_neighbours_are_those_of_the_same_province_and_of_those_that_border(nation, near):
    of = np.array(nation.locality_province)
    bangkok = int(np.flatnonzero(of == "TH-10")[0])
    found = {str(code) for code in of[near.of(bangkok)]}
    assert found == {"TH-10", "TH-11", "TH-12", "TH-13", "TH-24", "TH-73", "TH-74"}
    phuket = int(np.flatnonzero(of == "TH-83")[0])
    assert "TH-82" in of[near.of(phuket)]  # by the bridge


def test_being_neighbours_is_mutual_and_never_with_oneself(near):
    indptr, indices = near.rows()
    pairs = {(i, int(j)) for i in range(len(indptr) - 1) for j in indices[indptr[i] : indptr[i + 1]]}
    assert all((j, i) in pairs and i != j for i, j in pairs)


def test_a_mean_over_neighbours_is_the_mean_of_their_rows(nation, near):
    values = np.random.default_rng(1).random(nation.n_localities)
    found = near.mean_of_others(values)
    assert np.allclose(found, [values[near.of(i)].mean() for i in range(nation.n_localities)])
    alone = neighbours_of(
        build_population(load("bangkok-waste", ["world.citizens=60", "world.localities.number=1"]).world, Streams(1, 0))
    )
    assert list(alone.mean_of_others(np.ones(1))) == [0.0]


def test_a_locality_where_nobody_lives_is_nobodys_neighbour(nation):
    empty = replace(nation, locality=np.where(nation.locality == 1, 0, nation.locality))
    near = neighbours_of(empty)
    assert 1 in neighbours_of(nation).of(0)
    assert 1 not in near.of(0)
    values = np.arange(nation.n_localities, dtype=float)
    assert near.mean_of_others(values)[0] == np.float32(values[near.of(0)].mean())


def test_what_neighbours_do_spreads_further_to_provinces_that_border_than_to_far_ones(nation, near):
    of = np.array(nation.locality_province)
    adopted = (of == "TH-50").astype(float)  # Chiang Mai alone
    seen = near.mean_of_others(adopted)
    beside, far = np.isin(of, ["TH-51", "TH-52", "TH-57", "TH-58", "TH-63"]), np.isin(of, ["TH-90", "TH-83", "TH-10"])
    assert seen[beside].min() > 0.0
    assert seen[far].max() == 0.0
    again = near.mean_of_others(np.maximum(adopted, seen > 0))  # a month on, it has come one province further
    assert again[of == "TH-54"].min() > 0.0 == seen[of == "TH-54"].max()


@pytest.mark.parametrize(
    ("changes", "key", "says"),
    [
        (["world.localities.number=76"], "world.localities.number", "at least 77"),
        (["world.localities.number=30000"], "world.localities.number", "more localities"),
        (["world.localities.of=province"], "world.localities.of", '"provinces"'),
    ],
)
def test_what_no_nation_can_be_is_told_at_its_key(changes, key, says):
    with pytest.raises(ScenarioError) as caught:
        load("bangkok-waste", [*NATIONAL, *changes])
    (problem,) = caught.value.problems
    assert problem.key == key
    assert says in problem.text_en
    assert problem.text_th


def test_a_world_of_ones_own_has_its_own_localities():
    import pandas as pd

    own = load("bangkok-waste").with_world(citizens=pd.DataFrame({"age": [20, 30, 40]}))
    with pytest.raises(ScenarioError, match=r"world\.files"):
        own.with_({"world.localities.of": "provinces"})
