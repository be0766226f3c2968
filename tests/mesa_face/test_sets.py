"""Sets of agents: numbers that do not overflow, masks, changes, and what they print."""

import copy
import math
import statistics
from functools import partial

import numpy as np
import pandas as pd
import pytest

import simulation as kw
from simulation.agents.citizens import Citizen, Locality, Organisation


def model(**more):
    return kw.model(kw.load("bangkok-waste", ["world.citizens=2000", "run.weeks=60"]), rng=3, engine="numpy", **more)


@pytest.fixture(scope="module")
def world():
    m = model()
    m.step()
    return m


@pytest.fixture
def people(world):
    return world.agents_by_type[Citizen].copy()


@pytest.mark.parametrize("name", ["acts_waste_sort", "age", "wage", "income_fifth", "sex", "enrolled", "locality"])
@pytest.mark.parametrize(
    "func", [sum, min, max, statistics.mean, statistics.median, statistics.mode, len, lambda v: v[0] + v[1], np.max]
)
def test_an_aggregate_is_that_of_the_list_of_values(people, name, func):
    if name == "sex" and func in (sum, statistics.mean, statistics.median, np.max):
        return
    assert people.agg(name, func) == func(people.get(name))


def test_numpys_functions_get_wide_columns(people):
    acts, wages = people.get("acts_waste_sort"), people.get("wage")
    assert people.agg("acts_waste_sort", np.sum) == people.agg("acts_waste_sort", np.add.reduce) == sum(acts) > 128
    assert people.agg("acts_waste_sort", np.cumsum)[-1] == sum(acts)
    assert people.agg("wage", partial(np.quantile, q=0.9)) == np.quantile(wages, 0.9)
    assert people.agg("wage", np.std) == np.std(wages)
    assert people.agg("age", [sum, np.mean]) == [sum(people.get("age")), np.mean(people.get("age"))]
    assert people.agg("acts_waste_sort", np.negative).min() == -max(acts)


def test_values_are_pythons_own_numbers(people):
    assert {type(x) for x in people.get("acts_waste_sort")} == {int}
    assert {type(x) for x in people.get("wage")} == {float}


def masks(people):
    old = np.asarray(people.get("age")) >= 60
    return {
        "array": old,
        "list": old.tolist(),
        "tuple": tuple(old.tolist()),
        "series": pd.Series(old),
        "nullable": pd.Series(old).astype("boolean"),
        "objects": np.array(old.tolist(), dtype=object),
    }


@pytest.mark.parametrize("kind", ["array", "list", "tuple", "series", "nullable", "objects"])
@pytest.mark.parametrize("most", [math.inf, 7, 0, 0.25, 1.0, 0.001, 10**9])
@pytest.mark.parametrize("of_everybody", [False, True])
def test_a_mask_selects_as_the_same_function_does(world, people, kind, most, of_everybody):
    agents = world.agents.copy() if of_everybody else people
    if of_everybody:
        agents = world.agents
        mask = pd.Series([isinstance(a, Citizen) and a.age >= 60 for a in agents])
        mask = {"array": mask.to_numpy(), "list": mask.tolist()}.get(kind, mask)
    else:
        mask = masks(people)[kind]
    by_function = agents.select(lambda a: isinstance(a, Citizen) and a.age >= 60, at_most=most)
    assert agents.select(mask, at_most=most).to_list() == by_function.to_list()
    plain = [a for a in agents if isinstance(a, Citizen) and a.age >= 60]
    share = int(len(agents) * most) if isinstance(most, float) and most <= 1 else most
    assert by_function.to_list() == plain[: min(share, len(plain))]


def test_a_selection_is_by_type_too(world, people):
    old = np.asarray(people.get("age")) >= 60
    assert len(people.select(old, agent_type=Organisation)) == 0
    assert len(people.select(old, agent_type=Citizen)) == old.sum()
    everybody = np.ones(len(world.agents), bool)
    assert world.agents.select(everybody, agent_type=Locality).to_list() == world.agents_by_type[Locality].to_list()
    few = world.agents.select(lambda a: a.size > 10, agent_type=(Organisation, Locality), at_most=3)
    assert [a.size > 10 for a in few] == [True] * 3


def test_a_selection_in_place_changes_the_set_itself(people):
    old = np.asarray(people.get("age")) >= 60
    expected = people.select(old, at_most=5).to_list()
    assert people.select(old, at_most=5, inplace=True) is people
    assert people.to_list() == expected
    assert people.get("age") == [a.age for a in expected]
    assert people.select(lambda a: a.sex == "male", inplace=True) is people
    assert set(people.get("sex")) <= {"male"}


@pytest.mark.parametrize(
    "mask",
    [
        np.array([3, 3, 5]),
        [0, 1],
        [True, False],
        np.ones(2001, bool),
        np.ones((2000, 1), bool),
        np.ones(2000, int),
        pd.Series([True] * 1999 + [None]),
        "age",
        3,
        [[True], [True, False]],
    ],
    ids=["rows", "numbers", "short", "long", "square", "ones", "missing", "text", "number", "ragged"],
)
def test_what_is_no_mask_is_refused_in_one_line(people, mask):
    with pytest.raises(kw.InputError, match=r"a function or 2,000 truth values, one for each agent of the set") as told:
        people.select(mask)
    assert "\n" not in str(told.value)


def test_a_set_that_is_changed_is_one_set_to_all_its_methods(people):
    first, second = people[0], people[1]
    n = len(people)
    people.discard(first)
    assert (len(people), len(people.to_list()), len(people.get("age"))) == (n - 1, n - 1, n - 1)
    assert first not in people
    assert people[0] is second
    people.discard(first)
    with pytest.raises(KeyError):
        people.remove(first)
    people.remove(second)
    people.add(first)
    assert (len(people), people[-1]) == (n - 1, first)
    assert people.agg("age", sum) == sum(a.age for a in people)
    assert people.select(np.asarray(people.get("age")) >= 60).to_list() == [a for a in people if a.age >= 60]
    assert [a for a, _ in zip(people, range(3), strict=False)] == people[:3]


def test_set_operators_in_place_are_those_of_sets(world, people):
    old, men = people.select(lambda a: a.age >= 60), people.select(lambda a: a.sex == "male")
    expected = {"or": set(old) | set(men), "and": set(old) & set(men), "sub": set(old) - set(men)}
    for name, wanted in expected.items():
        changed = copy.copy(old)
        if name == "or":
            changed |= men
        elif name == "and":
            changed &= men
        else:
            changed -= men
        assert len(changed) == len(wanted) == len(changed.get("age"))
        assert set(changed) == wanted
    assert len(old) == sum(a.age >= 60 for a in people)  # the copy was changed, not the set
    everybody = copy.copy(people)
    everybody |= world.agents_by_type[Locality]
    assert len(everybody) == 2050
    assert people[5] in everybody
    people |= people
    assert len(people) == 2000


def test_order_is_mesas(people):
    assert [a.age for a in people.sort("age")] == sorted(people.get("age"), reverse=True)
    plain = sorted(people, key=lambda a: a.age, reverse=True)
    assert people.sort("age").to_list() == people.sort(lambda a: a.age).to_list() == plain
    assert people.sort("age", ascending=True).to_list() == sorted(people, key=lambda a: a.age)
    before = people.to_list()
    people.random.seed(1)
    once = people.shuffle().to_list()
    people.random.seed(1)
    people.random.shuffle(before)
    assert once == before
    assert people.shuffle(inplace=True) is people
    assert people.sort("wage", ascending=True, inplace=True) is people
    assert people.get("wage") == sorted(people.get("wage"))


def test_groups_are_those_of_a_function(people):
    by_column, by_function = people.groupby("locality"), people.groupby(lambda a: a.locality)
    assert list(by_column.groups) == list(by_function.groups)
    assert all(by_column.groups[k].to_list() == by_function.groups[k].to_list() for k in by_column.groups)
    assert {type(k) for k in by_column.groups} == {int}
    assert people.groupby("sex", result_type="list").groups["male"] == [a for a in people if a.sex == "male"]


def test_sets_say_how_many_of_what_they_hold(world, people):
    assert repr(people) == "<2,000 Citizens>"
    assert repr(people.select(at_most=1)) == "<1 Citizen>"
    assert repr(world.agents).startswith("<2,000 Citizens, ")
    assert repr(world.agents).endswith(" Organisations, 50 Localities>")
    assert repr(people | world.agents_by_type[Locality]) == "<2,000 Citizens, 50 Localities>"
    assert repr(world.agents.select(lambda a: False)) == "<no agents>"
    assert repr(world.ties) == f"<GraphView with 2000 nodes and {world.state.graph.n_ties} edges>"


def test_the_order_of_everybody_is_citizens_organisations_localities(world):
    kinds = [type(a) for a in world.agents]
    assert kinds == sorted(kinds, key=[Citizen, Organisation, Locality].index)
    assert [a.unique_id for a in world.agents] == list(range(1, len(kinds) + 1))


def test_everybody_may_be_put_in_another_order_and_cannot_be_lost():
    m = model()
    n, someone = len(m.agents), m.citizen(7)
    m.agents.shuffle(inplace=True)
    assert len(m.agents) == n == len(set(m.agents))
    assert [a.unique_id for a in m.agents] != list(range(1, n + 1))
    for change in (m.agents.remove, m.agents.discard):
        with pytest.raises(kw.InputError, match=r"citizen\.remove\(\) takes one out of the world"):
            change(someone)
    with pytest.raises(kw.InputError, match=r"m\.agents\.copy\(\) is a set to change"):
        m.agents.select(lambda a: False, inplace=True)
    mine = m.agents.copy()
    mine.discard(someone)
    assert (len(mine), len(m.agents)) == (n - 1, n)
    m.agents.add(someone)
    assert len(m.agents) == n
    with pytest.raises(kw.InputError, match="no part of this world"):
        m.agents.add(model().citizen(7))
