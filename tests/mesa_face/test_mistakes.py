"""Mistakes of somebody who knows Mesa are told in a line, and what can be done is done as Mesa would."""

import copy
import json

import mesa
import numpy as np
import pytest

import simulation as kw
from simulation.incentives.base import Offer

SMALL = kw.load("bangkok-waste", ["world.citizens=120", "world.localities.number=4", "run.weeks=60"])


class A(kw.Citizen):
    pass


class B(kw.Citizen):
    pass


def model(arm="comparison", scenario=SMALL, **settings):
    return kw.model(scenario, arm=arm, rng=3, engine="numpy", **settings)


def counts(citizens):
    m = model(citizens=citizens)
    return [len(m.agents_by_type[kind]) for kind in citizens] + [len(m.agents_by_type[kw.Citizen])]


def test_shares_are_of_all_exact_and_disjoint():
    assert counts({A: 0.5, B: 0.5}) == [60, 60, 0]
    assert counts({A: 0.3, B: 0.25}) == [36, 30, 54]
    assert counts({A: 1 / 7}) == [17, 103]
    third = 1 / 3
    assert counts({A: third, B: 2 * third}) == [40, 80, 0]


def test_a_larger_share_holds_the_people_of_a_smaller_one():
    few, more = ({c.unique_id for c in model(citizens={A: s}).agents_by_type[A]} for s in (0.2, 0.5))
    assert few < more


def test_shares_stand_beside_masks_in_any_order():
    old = np.arange(120) < 30
    for citizens in ({A: old, B: 0.5}, {B: 0.5, A: old}):
        m = model(citizens=citizens)
        assert len(m.agents_by_type[A]) == 30
        assert len(m.agents_by_type[B]) == 60


@pytest.mark.parametrize("citizens", [{A: 0.6, B: 0.5}, {A: np.arange(100), B: 0.5}])
def test_more_people_than_there_are_is_refused(citizens):
    with pytest.raises(kw.InputError, match=r"the shares come to .* 1 at most") as error:
        model(citizens=citizens)
    assert error.value.render("th") != error.value.render("en")


class Stepping(kw.Citizen):
    def probability(self, behaviour, offer, week):
        self.model.step()
        return 0.5


class Early(kw.Citizen):
    def __init__(self, model):
        super().__init__(model)
        model.step()


def test_a_citizen_cannot_step_the_world():
    m = model(citizens={Stepping: [3]})
    with pytest.raises(kw.InputError, match="while a week is under way"):
        m.step()
    assert m.steps == 1
    with pytest.raises(kw.InputError, match="while a week is under way"):
        model(citizens={Early: [3]})


class Mute(kw.Citizen):
    name_taken = "acts"

    def __init__(self, model):
        super().__init__(model)
        setattr(self, type(self).name_taken, 0)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("acts", "method of Citizen"),
        ("habit", "method of Citizen"),
        ("probability", "method"),
        ("step", "method"),
        ("neighbours", "property of Citizen"),
        ("removed", "property"),
        ("age", "writable: wage"),
    ],
)
def test_an_attribute_of_ones_own_takes_no_name_that_is_used(name, told, monkeypatch):
    monkeypatch.setattr(Mute, "name_taken", name)
    with pytest.raises(AttributeError, match=rf"Mute\.{name} cannot be set.*{told}"):
        model(citizens={Mute: [3]})
    monkeypatch.setattr(Mute, "name_taken", "my_acts")
    assert model(citizens={Mute: [3]}).citizen(3).my_acts == 0


def test_a_copy_of_a_model_goes_its_own_way():
    m = model(citizens={A: [3]})
    m.step()
    other = copy.copy(m)
    for _ in range(3):
        other.step()
    assert (m.week, m.steps, other.week, other.steps) == (1, 1, 4, 4)
    assert other.citizen(3).model is other
    assert other.agents_by_type[A][0].model is other
    for _ in range(3):
        m.step()
    assert m.state.columns.digest() == other.state.columns.digest()
    assert m.share("acts", 0) == other.share("acts", 0)


def test_seed_and_rng_are_one_thing():
    with pytest.raises(kw.InputError, match="give one of them"):
        kw.model(SMALL, seed=2, rng=1)
    with pytest.raises(kw.InputError, match="give one of them"):
        kw.model(SMALL, seed=2, rng=None)


def closed():
    m = model()
    m.step()
    someone = m.citizen(3)
    m.close()
    return m, someone


@pytest.mark.parametrize(
    "use",
    [
        lambda m, c: m.step(),
        lambda m, c: m.share("acts", 0),
        lambda m, c: m.grid,
        lambda m, c: m.ties,
        lambda m, c: m.week,
        lambda m, c: m.find("x"),
        lambda m, c: c.age,
        lambda m, c: c.acts("waste_sort"),
        lambda m, c: c.neighbours,
    ],
)
def test_a_closed_model_is_told_to_be_closed(use):
    m, someone = closed()
    m.close()  # again is harmless
    with pytest.raises(kw.InputError, match="the model is closed") as error:
        use(m, someone)
    assert "ปิดแล้ว" in error.value.render("th")
    assert repr(m).endswith("closed>")
    assert len(m.datacollector.get_model_vars_dataframe()) == 2


def test_a_share_is_asked_for_by_name_or_place():
    m = model()
    m.step()
    assert m.share("acts", "waste_sort") == m.share("acts", 0) == m.share("acts", np.int64(0))
    with pytest.raises(kw.InputError, match=r'column is "act".*Did you mean "acts"'):
        m.share("act", 0)
    for behaviour in (-1, 1, "waste_srt", None, True, 0.0):
        with pytest.raises(KeyError, match="there are waste_sort"):
            m.share("acts", behaviour)


def test_a_citizen_is_found_by_a_number_too():
    import networkx as nx

    ties = nx.relabel_nodes(nx.cycle_graph(40), {i: f"{i}" for i in range(40)})
    m = kw.model(kw.load("bangkok-waste").with_world(ties=ties))
    assert m.find(17) is m.find("17") is m.find(np.int64(17))
    with pytest.raises(KeyError, match="no citizen '170'"):
        m.find(170)


@pytest.mark.parametrize(
    ("mistake", "told"),
    [
        (lambda: kw.explain(SMALL).section("nonsense"), r'key is "nonsense".*question'),
        (lambda: kw.open(None), "folder is None"),
        (lambda: SMALL.with_("run.weeks=3"), "takes a dict"),
        (lambda: kw.Scenario.from_json("x"), "not the JSON of a scenario"),
        (lambda: kw.Scenario.from_json("[]"), "not the JSON of a scenario"),
        (lambda: kw.Scenario.from_json(None), "not the JSON of a scenario"),
        (lambda: kw.Scenario.from_json("{}"), "the JSON text"),
        (lambda: kw.compare(SMALL, replicates="2"), 'replicates is "2", a text'),
        (lambda: kw.SchemeInMesa(mesa.Model(), "points"), "a scheme is needed, not 'points'"),
    ],
)
def test_a_mistake_is_told_in_both_languages(mistake, told):
    with pytest.raises(kw.InputError, match=told) as error:
        mistake()
    assert error.value.render("th") != error.value.render("en")


def test_one_setting_may_be_a_text_and_numbers_may_be_numpys():
    assert kw.load("bangkok-waste", "run.weeks=80").run.weeks == 80
    assert kw.load(SMALL, "run.weeks=80").run.weeks == 80
    assert SMALL.with_({"run.weeks": np.int64(80)}) == SMALL.with_({"run.weeks": 80})
    behaviour = {"baseline": np.float64(0.4), "opportunities_per_week": np.int32(7)}
    found = SMALL.with_({"behaviours.waste_sort": behaviour}).behaviours["waste_sort"]
    assert (found.baseline, found.opportunities_per_week) == (0.4, 7)


def test_numpys_whole_numbers_size_a_comparison(tmp_path):
    found = kw.compare(SMALL, replicates=np.int64(2), quick=True, out=tmp_path / "found")
    effects = found.effects
    kinds = {name: effects[name].dtype.kind for name in effects}
    assert {name for name, kind in kinds.items() if kind != "f"} == {"arm", "enrolment"}
    assert effects["effect_pp_low"].isna().all()  # 2 societies have no interval
    assert effects.round(2)["effect_pp"].tolist() == [round(x, 2) for x in effects["effect_pp"].tolist()]
    said = json.dumps(found.to_json())
    assert "NaN" not in said
    assert "null" in said
    with pytest.raises(kw.InputError, match=r"--out \(in Python: out=\)"):
        kw.compare(SMALL.with_({"run.weeks": 61}), replicates=2, quick=True, out=tmp_path / "found")


def test_a_society_has_one_number_everywhere():
    from simulation.reports.run_words import line_of

    found = kw.run(SMALL, arm="comparison", replicate=0)
    assert "society 0" in repr(found)
    assert "สังคมจำลองที่ 0" in line_of(found, "th")


class Person(mesa.Agent):
    wage, acts = 400.0, 3


def village(**parameters):
    world = mesa.Model(rng=1)
    Person.create_agents(world, 10)
    return kw.SchemeInMesa(world, kw.scheme("points", baht_per_act=5, **parameters), opportunities=7)


def test_a_budget_that_never_opens_shows():
    scheme = village(budget_baht=349)  # ten people, seven acts, five baht
    for _ in range(3):
        assert scheme.offer() == Offer.none()
        scheme.settle()
    assert (scheme.opened, scheme.closed_since) == (0, 0)
    assert 350 <= scheme.most_baht < 351  # each payment is rounded up
    assert "3 weeks, offered in 0" in repr(scheme)
    assert f"closed since week 0: it could cost {scheme.most_baht:.2f}, 349.00 are left" in repr(scheme)


def test_an_open_scheme_counts_its_weeks():
    scheme = village(budget_baht=1000, schedule={"start": 1, "weeks": 9})
    found = []
    for _ in range(8):
        scheme.offer()
        found.append((scheme.opened, scheme.closed_since))
        scheme.settle()
    assert found == [(0, None), (1, None), (2, None), (3, None), (4, None), (5, None), (5, 6), (5, 6)]
    assert village().closed_since is None
    assert "closed" not in repr(village())


def test_a_village_goes_out_and_comes_in_with_its_names(tmp_path):
    import networkx as nx

    ties = nx.Graph([("somchai", "malee"), ("malee", "anan"), ("anan", "suda")])
    mine = kw.load("bangkok-waste").with_world(ties=ties)
    folder = kw.export_world(mine, tmp_path / "village", "graphml")
    again = kw.model(mine.with_world(ties=folder / "world.graphml"))
    assert [c.name for c in again.find("malee").neighbours] == ["somchai", "anan"]
    copied = kw.model(mine).ties.to_networkx()
    assert set(copied) == {1, 2, 3, 4}
    assert set(dict(copied.nodes(data="name")).values()) == set(ties)


@pytest.mark.parametrize(
    "name", ["FolderInUse", "StorageError", "Stopped", "ContractError", "Progress", "export_world"]
)
def test_names_that_pages_use_are_there(name):
    assert callable(getattr(kw, name))
    assert name in dir(kw)
