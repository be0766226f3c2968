"""Children: their ages, guardians and households, and that no scheme is for them unless guardians consent."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.agents.citizens_table import AGE_BANDS, age_band_of
from simulation.core.errors import ScenarioError
from simulation.core.streams import Streams
from simulation.engine.prepare import prepare
from simulation.engine.run import run, start
from simulation.scenario.load import load
from simulation.studies.explain import explain
from simulation.world.facts import ages_from, fact
from simulation.world.minors import begins_with_adults, with_adults
from simulation.world.population import build_population
from tests.incentives.delivered import state_of, town

SCHEDULE = "schedule = { start = 2, weeks = 12 }\n"


def people_of(youngest, citizens=6000, world=""):
    spec = town(SCHEDULE, citizens=citizens, world=f"world.youngest = {youngest}\n{world}").world
    return build_population(spec, Streams(1, 0))


@pytest.fixture(scope="module")
def people():
    return people_of(6)


@pytest.mark.parametrize("youngest", [6, 10, 12, 14])
def test_ages_follow_the_pyramid_from_the_youngest_on(youngest):
    found = people_of(youngest)
    assert found.age.min() == youngest
    bands = dict(ages_from(youngest))
    total = sum(bands.values())
    below = sum(n for first, n in bands.items() if first < 10) + (20 - max(10, youngest)) / 10 * float(
        fact("age 10-19", "Thailand de facto")["value"]
    )
    share = below / total  # of those below 20
    assert abs((found.age < 20).mean() - share) < 4 * np.sqrt(share * (1 - share) / found.n)


def test_a_world_of_adults_has_no_child_and_no_band_of_children(people):
    usual = people_of(15)
    assert usual.age.min() == 15
    assert not usual.has_minors
    assert (usual.guardian == -1).all()
    assert AGE_BANDS[people.age_band.max()] == "6-14"
    assert set(np.unique(usual.age_band)) == set(range(5))


def test_nobody_below_18_lives_without_an_adult_and_each_child_has_a_guardian(people):
    adults = np.bincount(people.household, weights=people.age >= 18)
    assert adults.min() >= 1
    child = people.age < 15
    assert child.mean() > 0.1
    guardian = people.guardian[child]
    assert (guardian >= 0).all()
    assert (people.age[guardian] >= 18).all()
    assert np.array_equal(people.household[guardian], people.household[child])
    assert (people.guardian[~child] == -1).all()


def test_where_everybody_lives_alone_there_is_no_child():
    assert people_of(6, 500, "world.ties = { household = 1.0 }").age.min() >= 18


def test_a_child_has_no_wage_and_no_workplace_of_its_own(people):
    child = people.age < 15
    assert (people.organisation[child] == -1).all()
    works = people.organisation >= 0
    earned = np.bincount(people.household, weights=np.where(works, people.wage, 0.0))
    a_head = earned / np.bincount(people.household)
    some = child & (a_head[people.household] > 200)
    assert np.allclose(people.wage[some], a_head[people.household][some], rtol=1e-5)
    assert (people.wage[child] > 0).all()


def test_children_use_the_internet_as_the_table_of_facts_says_or_the_scenario_does(people):
    share = float(fact("internet users by age", "6-14")["value"])
    child = people.age < 15
    assert abs(people.online[child].mean() - share) < 4 * np.sqrt(share * (1 - share) / child.sum())
    none = people_of(6, 800, 'world.online."6-14" = 0.0')
    assert not none.online[none.age < 15].any()


@given(st.lists(st.integers(6, 89), min_size=1, max_size=40), st.integers(0, 2**32))
def test_changing_ages_keeps_the_pyramid_where_there_are_adults_enough(ages, seed):
    rng = np.random.default_rng(seed)
    age = np.array(ages, np.uint8)
    household = np.cumsum(np.concatenate([[0], rng.integers(0, 2, len(ages) - 1)])).astype(np.int32)
    found = with_adults(age, household, rng.random(len(ages)), rng.random(len(ages)))
    assert np.bincount(household, weights=found >= 18).min() >= 1
    if (age >= 18).sum() >= household[-1] + 1:
        assert sorted(found) == sorted(age)


@given(st.lists(st.integers(6, 89), min_size=1, max_size=40), st.integers(0, 2**32))
def test_drawn_households_of_given_ages_have_an_adult_each_where_there_is_one_in_the_place(ages, seed):
    rng = np.random.default_rng(seed)
    age, n = np.array(ages), len(ages)
    forced = rng.random(n) < 0.2
    forced[0] = True
    household = np.cumsum(begins_with_adults(rng.random(n) < 0.5, age, forced)) - 1
    place = np.cumsum(forced) - 1
    adults = np.bincount(household, weights=age >= 18)
    there = np.bincount(place, weights=age >= 18)
    assert all(adults[h] >= 1 for h, p in zip(household, place, strict=True) if there[p])
    assert np.array_equal(np.flatnonzero(np.diff(place)), np.flatnonzero(np.diff(place) & np.diff(household)))


def test_no_child_may_take_part_unless_guardians_consent():
    state, society = state_of(town(SCHEDULE, world="world.youngest = 6"))
    child = society.citizens.age < 15
    assert child.any()
    assert np.array_equal(state.schemes[0].eligible > 0, ~child)
    assert not state.columns["enrolled"][0][child].any()


def test_the_share_of_guardians_who_consent_lets_their_children_take_part_all_or_none():
    text = f"{SCHEDULE}enrolment = {{ guardian_consent = 0.6 }}\n"
    state, society = state_of(town(text, world="world.youngest = 6", citizens=4000))
    c, may = society.citizens, state.schemes[0].eligible > 0
    child = c.age < 15
    assert may[~child].all()
    asked = np.unique(c.guardian[child])
    consented = np.array([may[c.guardian == g].all() for g in asked])
    assert all(len(set(may[c.guardian == g])) == 1 for g in asked)
    assert abs(consented.mean() - 0.6) < 4 * np.sqrt(0.24 / len(asked))
    assert state.columns["enrolled"][0][child & may].all()
    everybody, _ = state_of(town(f"{SCHEDULE}enrolment = {{ guardian_consent = 1.0 }}", world="world.youngest = 6"))
    assert everybody.schemes[0].eligible.all()


def test_children_are_a_group_of_the_results_and_a_target():
    text = f'{SCHEDULE}enrolment = {{ guardian_consent = 1.0 }}\ntarget = {{ age_bands = ["6-14"] }}\n'
    state, society = state_of(town(text, world="world.youngest = 6"))
    assert np.array_equal(state.schemes[0].eligible > 0, society.citizens.age < 15)
    assert (age_band_of(society.citizens.age) == society.citizens.age_band).all()


def test_both_engines_agree_with_children():
    pytest.importorskip("numba")
    text = f'{SCHEDULE}enrolment = {{ mode = "opt-in", friction = "one-tap", guardian_consent = 0.5 }}\n'
    society = prepare(town(text, world="world.youngest = 6", citizens=900), 0)
    assert len({run(start(society, "trial", e)).columns.digest() for e in ("numpy", "numba")}) == 1


@pytest.mark.parametrize(
    ("scheme", "world", "key", "said"),
    [
        ("enrolment = { guardian_consent = 0.5 }", "", "arms.trial.schemes.reward.enrolment.guardian_consent", "world.youngest = 6"),
        ('target = { age_bands = ["6-14"] }', "", "arms.trial.schemes.reward.target.age_bands.0", "Everybody here is 15 or older"),
        ("", 'world.youngest = 6\nworld.decider = "household"', "world.youngest", "an adult answers for all"),
        ("", "world.youngest = 5", "world.youngest", "6"),
        ("", 'world.online."6-14" = 0.9', "world.online.6-14", "There is no age band"),
    ],
)  # fmt: skip
def test_what_is_about_children_needs_a_world_with_children(scheme, world, key, said):
    with pytest.raises(ScenarioError) as caught:
        town(f"{SCHEDULE}{scheme}\n", world=world)
    (problem,) = caught.value.problems
    assert problem.key == key
    assert said in problem.text_en
    assert problem.text_th


def own(folder, table, *settings):
    (folder / "people.csv").write_text(table, "utf-8")
    base = ["world.files.citizens=people.csv", "world.decider=citizen", *settings]
    text = folder / "s.toml"
    text.write_text(
        'format = 1\nextends = "bangkok-waste"\ndrop = ["world.citizens", "world.localities.number"]\n', "utf-8"
    )
    return load(str(text), base)


def test_ones_own_table_may_hold_children_only_where_the_world_says_so(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    table = "id,age,household\na,40,h\nb,9,h\nc,30,k\n"
    with pytest.raises(ScenarioError, match="Citizens are 15 or older"):
        own(tmp_path, table)
    scenario = own(tmp_path, table, "world.youngest=8")
    people = build_population(scenario.world, Streams(1, 0))
    assert people.age.tolist() == [40, 9, 30]
    assert people.guardian.tolist() == [-1, 0, -1]
    with pytest.raises(ScenarioError, match=r"Write world\.youngest = 9"):
        scenario.with_({"world.youngest": 15})


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("id,age,household\na,40,h\nb,9,k\nc,17,k\n", 'Household "k" has nobody of 18 or older'),
        ("id,age,locality\na,40,north\nb,9,south\n", 'Locality "south" has nobody'),
        ("id,age\nb,9\nc,17\n", "The table has nobody of 18 or older"),
        ("id,age\na,40\nb,5\n", "5 is below 6"),
    ],
)
def test_a_child_of_a_table_needs_a_guardian_in_it(table, said, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ScenarioError) as caught:
        own(tmp_path, table, "world.youngest=6")
    assert [said in p.text_en and p.line > 1 for p in caught.value.problems] == [True]


def test_ages_of_a_table_stand_and_drawn_households_are_built_around_them(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    rows = "".join(f"p{i},{6 + i * 7 % 60},{'east' if i % 2 else 'west'}\n" for i in range(60))
    scenario = own(tmp_path, f"id,age,locality\n{rows}", "world.youngest=6")
    people = build_population(scenario.world, Streams(1, 0))
    assert people.age.tolist() == [6 + i * 7 % 60 for i in range(60)]
    assert np.bincount(people.household, weights=people.age >= 18).min() >= 1


def test_reader_is_told_of_children():
    found = explain(town(SCHEDULE, world="world.youngest = 6"))
    text = " ".join(str(found).split())
    assert "everybody is 6 or older, and below 15 each has a guardian" in text
    assert "only people of 15 or older: " in text
    consent = explain(town(f"{SCHEDULE}enrolment = {{ guardian_consent = 0.5 }}", world="world.youngest = 6"))
    assert "below 15 only with the consent of a guardian, which 50% give: " in " ".join(str(consent).split())
