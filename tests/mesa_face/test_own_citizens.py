"""Citizens of a user's own class, plain Mesa agents, removal, pickling: what a Mesa user expects to be able to do."""

import gc
import pickle
import weakref
from itertools import pairwise

import mesa
import numpy as np
import pytest
from mesa import DataCollector

import simulation as kw
from simulation.agents.citizens import Citizen, Locality, Organisation

BASE = ["world.citizens=400", "run.weeks=60"]


def model(arm="comparison", settings=(), **more):
    return kw.model(kw.load("bangkok-waste", [*BASE, *settings]), arm=arm, rng=3, engine="numpy", **more)


def walked(m, weeks=12):
    for _ in range(weeks):
        m.step()
    return m


class Usual(kw.Citizen):
    """Decides as everybody does, in plain Python."""

    def probability(self, behaviour, offer, week):
        return super().probability(behaviour, offer, week)


class Counting(kw.Citizen):
    """Has a memory of its own."""

    def __init__(self, model):
        super().__init__(model)
        self.asked = 0
        self.offers = []

    def probability(self, behaviour, offer, week):
        self.asked += 1
        self.offers.append((week, offer.live, offer.message))
        return 1.0


class Never(kw.Citizen):
    """Never acts."""

    def probability(self, behaviour, offer, week):
        return 0.0


def test_a_subclass_that_decides_as_usual_changes_not_one_bit():
    usual, own = walked(model()), walked(model(citizens={Usual: 0.3}))
    assert usual.state.columns.digest() == own.state.columns.digest()
    assert 0.2 < len(own.agents_by_type[Usual]) / 400 < 0.4
    assert len(own.agents_by_type[Citizen]) + len(own.agents_by_type[Usual]) == 400


@pytest.mark.parametrize(
    "behaviour",
    [
        "opportunities_per_week=7",
        "opportunities_per_week=0.5",
        'opportunities_per_week=7, dynamics="sticky", redecision=0.3',
    ],
    ids=["flow", "rare", "sticky"],
)
def test_a_subclass_takes_part_in_the_same_world(behaviour):
    rows = np.arange(0, 400, 4)
    settings = [f"behaviours.waste_sort={{baseline=0.34, {behaviour}}}"]
    m = walked(model(settings=settings, citizens={Never: rows}))
    plain = walked(model(settings=settings))
    acts, twin = m.state.columns["acts"][0], m.state.columns["acts_twin"][0]
    assert acts[rows].sum() < twin[rows].sum()
    if "sticky" not in behaviour:
        assert acts[rows].sum() == 0
    assert np.array_equal(twin, plain.state.columns["acts_twin"][0])  # their twin keeps its motivation
    others = np.setdiff1d(np.arange(400), rows)
    assert m.state.columns["norm"][0][others].mean() < plain.state.columns["norm"][0][others].mean()


def test_own_citizens_have_memories_and_see_what_they_are_offered():
    m = walked(model(citizens={Counting: [0, 7]}))
    first, second = m.agents_by_type[Counting]
    assert (first.unique_id, second.unique_id) == (1, 8)
    assert first.asked == 12
    assert first.acts("waste_sort") == 7
    assert [live for _, live, _ in first.offers] == [False] * 4 + [True] * 8
    told = [message for _, live, message in first.offers if live]
    assert told[0] == 1.0
    assert all(a > b > 0 for a, b in pairwise(told))  # a message wears off
    first.note = "mine"
    assert m.agents_by_type[Counting][0].note == "mine"
    assert {type(n) for n in second.neighbours} <= {Citizen, Counting}


class Wild(kw.Citizen):
    def probability(self, behaviour, offer, week):
        return 1.5


def test_a_probability_that_is_none_is_told():
    with pytest.raises(ValueError, match=r"Wild\.probability returned 1\.5"):
        model(citizens={Wild: [3]}).step()
    with pytest.raises(kw.InputError, match="subclasses of Citizen"):
        model(citizens={mesa.Agent: 0.1})
    with pytest.raises(kw.InputError, match="0 to 399"):
        model(citizens={Wild: [400]})
    with pytest.raises(kw.InputError, match="0 to 1"):
        model(citizens={Wild: 1.2})


def test_a_citizen_cannot_be_born_by_hand():
    with pytest.raises(TypeError, match="cannot be born by hand"):
        Citizen(model())


class Visitor(mesa.Agent):
    """A plain Mesa agent."""

    def __init__(self, model):
        super().__init__(model)
        self.visits = 0

    def step(self):
        self.visits += 1


def test_plain_mesa_agents_live_beside_the_world():
    m = model()
    before = len(m.agents)
    visitors = Visitor.create_agents(m, 3)
    assert len(m.agents) == before + 3
    assert {v.unique_id for v in visitors}.isdisjoint(
        {a.unique_id for kind in (Citizen, Organisation, Locality) for a in m.agents_by_type[kind]}
    )
    m.agents_by_type[Visitor].do("step")
    assert m.agents_by_type[Visitor].get("visits") == [1, 1, 1]
    m.agents_by_type[Visitor][0].remove()
    assert len(m.agents) == before + 2
    assert len(m.agents_by_type[Visitor]) == 2
    m.step()


def test_a_removed_citizen_leaves_counts_and_neighbours_and_keeps_its_account():
    m = walked(model("fee_discount"), 10)
    account = m.state.schemes[0].ledger.accounts["acts_in_month"]
    busy = max(m.agents_by_type[Citizen], key=lambda c: len(c.neighbours))
    row, kept = busy.row, account.copy()
    neighbour = busy.neighbours[0]
    chances = m.state.records.opportunities[9].sum()
    busy.remove()
    assert row + 1 not in m.ties
    assert len(m.agents_by_type[Citizen]) == 399
    assert account[row] == kept[row]
    m.step()
    assert m.state.records.opportunities[10].sum() == chances - 7
    assert m.state.columns["acts"][0][row] == 0
    assert row not in {n.row for n in neighbour.neighbours}
    assert m.state.tie_weight[neighbour.row] < m.state.prepared.tie_weight[neighbour.row]
    assert dict(m.ties.degree())[neighbour.unique_id] == len(neighbour.neighbours)
    assert len(m.graph) == len(m.agents)
    with pytest.raises(kw.InputError, match="cannot be removed"):
        m.agents_by_type[Locality][0].remove()


def test_removal_agrees_with_a_world_in_which_nobody_ever_tied_to_them():
    gone = [5, 17, 200]
    m = model()
    for citizen in [m.citizen(row) for row in gone]:
        citizen.remove()
    walked(m)
    acts = m.state.records.acts.sum()
    m2 = model(citizens={Never: gone})
    walked(m2)
    assert acts < m2.state.records.acts_twin.sum() + m2.state.prepared.n * 7
    assert (m.state.columns["norm"][0][gone] == 0).all()


def test_set_operations_hold_each_agent_once():
    m = model()
    people = m.agents_by_type[Citizen]
    old, men = people.select(lambda a: a.age >= 60), people.select(lambda a: a.sex == "male")
    assert len(people | people) == 400
    assert len(old | men) == len(old) + len(men) - len(old & men)
    assert len(people - old) == 400 - len(old)
    assert len(m.agents | people) == len(m.agents)
    assert set(old) <= set(people)


def test_more_of_mesas_idioms():
    m = walked(model(), 6)
    people = m.agents_by_type[Citizen]
    assert people.agg("age", [min, max]) == [min(people.get("age")), max(people.get("age"))]
    assert people.get(["age", "sex"])[3] == [people[3].age, people[3].sex]
    assert people.get("habit_waste_sort") == [c.habit("waste_sort") for c in people]
    by_sex = people.groupby("sex")
    assert by_sex.count() == {s: people.get("sex").count(s) for s in ("male", "female")}
    assert by_sex.agg("age", np.mean)["male"] == pytest.approx(
        people.select(lambda a: a.sex == "male").agg("age", np.mean)
    )
    assert people.groupby(lambda a: a.age > 40).count()[True] == sum(a > 40 for a in people.get("age"))
    assert len(people.select(at_most=10)) == 10
    assert len(people.select(at_most=0.5)) == 200
    assert len(m.agents.select(agent_type=Locality)) == 50
    assert people.map(lambda a: a.row)[:3] == [0, 1, 2]
    assert sorted(a.row for a in people.shuffle()) == list(range(400))
    people.set("wage", 500.0)
    assert set(people.get("wage")) == {500.0}
    assert people.select(lambda a: a.age > 30).set("wage", 600.0).get("wage")[0] == 600.0
    with pytest.raises(ValueError, match="above 0"):
        people.set("wage", -1.0)
    assert people[0] in people
    assert people.get("nonsense", handle_missing="default", default_value=0)[:2] == [0, 0]


def test_a_data_collector_of_the_users_own():
    m = model()
    m.datacollector = DataCollector(
        model_reporters={"week": "week"},
        agenttype_reporters={Citizen: {"habit": lambda a: a.habit("waste_sort"), "wage": "wage"}},
    )
    walked(m, 6)
    frame = m.datacollector.get_agenttype_vars_dataframe(Citizen)
    assert len(frame) == 6 * 400
    assert frame.loc[6, "habit"].abs().sum() > 0
    assert m.datacollector.get_model_vars_dataframe()["week"].tolist() == [1, 2, 3, 4, 5, 6]


def test_a_model_runs_to_its_horizon_and_stops_in_one_further_step_that_does_nothing():
    m = model()
    m.run_model()
    assert (m.week, m.steps, m.running) == (60, 61, False)
    digest, rows = m.state.columns.digest(), len(m.datacollector.get_model_vars_dataframe())
    m.step()
    m.step()
    assert (m.week, m.steps, m.running) == (60, 61, False)
    assert (m.state.columns.digest(), len(m.datacollector.get_model_vars_dataframe())) == (digest, rows)
    stepped = walked(model(), 60)
    assert (stepped.week, stepped.steps, stepped.state.columns.digest()) == (60, 60, digest)


def test_a_model_that_was_told_to_stop_does_not_start_again_by_itself():
    m = walked(model(), 2)
    m.running = False
    m.step()
    assert (m.week, m.running) == (3, False)


def test_a_state_survives_pickling_and_goes_on_the_same():
    m = walked(model(citizens={Usual: 0.1}), 8)
    again = pickle.loads(pickle.dumps(m.state.columns))
    assert again.digest() == m.state.columns.digest()
    personal, m.state.personal = m.state.personal, None
    state = pickle.loads(pickle.dumps(m.state))
    m.state.personal = personal
    from simulation.engine.run import step

    walked(m, 4)
    for _ in range(4):
        step(state)
    assert state.columns.digest() == m.state.columns.digest()


@pytest.mark.skipif(not mesa.__version__.startswith("3.3"), reason="Mesa's own models do not pickle from 3.4 on")
def test_a_model_survives_pickling():
    m = walked(model(), 6)
    again = pickle.loads(pickle.dumps(m))
    assert again.state.columns.digest() == m.state.columns.digest()
    assert len(again.agents_by_type[Citizen]) == 400
    assert walked(again, 3).state.columns.digest() == walked(m, 3).state.columns.digest()


def test_closing_lets_go():
    m = walked(model(), 3)
    people = list(m.agents_by_type[Citizen])
    assert len(people) == 400
    m.close()
    assert len(m.agents) == 0
    assert not m.running
    assert len(m.datacollector.get_model_vars_dataframe()) == 4


class Sociable(kw.Citizen):
    """Looks at its neighbours when it is born."""

    def __init__(self, model):
        super().__init__(model)
        self.known = self.neighbours
        self.people_here = len(model.agents)


def test_own_citizens_may_look_at_their_neighbours_while_they_are_born():
    m = model(citizens={Sociable: 1.0})
    everybody = m.agents_by_type[Sociable]
    assert len(everybody) == 400
    assert all(p.known == p.neighbours and p.people_here == len(m.agents) for p in everybody)
    assert all(a is m.citizen(a.row) for p in everybody for a in p.known)


class Forgetful(kw.Citizen):
    """Never calls Citizen.__init__."""

    def __init__(self, model):
        self.mood = 1


def test_an_own_citizen_that_forgets_its_parents_init_still_has_its_place():
    m = model(citizens={Forgetful: [3]})
    assert (m.citizen(3).unique_id, m.citizen(3).mood) == (4, 1)


class Answering(kw.Citizen):
    answer = None

    def probability(self, behaviour, offer, week):
        return type(self).answer


@pytest.mark.parametrize("answer", [np.int64(1), np.array(1.0), np.float32(1), np.uint8(1), 1, np.array(1)])
def test_a_probability_may_be_any_number_that_numpy_gives(answer, monkeypatch):
    monkeypatch.setattr(Answering, "answer", answer)
    m = walked(model(citizens={Answering: [3]}), 1)
    assert m.citizen(3).acts("waste_sort") == 7


@pytest.mark.parametrize("answer", [True, np.True_, "1", None, np.nan, np.array([0.5]), -0.1, np.int64(2), 1j])
def test_anything_else_is_no_probability(answer, monkeypatch):
    monkeypatch.setattr(Answering, "answer", answer)
    with pytest.raises(ValueError, match=r"Answering\.probability returned .* a number from 0 to 1"):
        model(citizens={Answering: [3]}).step()


def test_before_the_first_week_flows_have_no_share_and_sticky_acts_have_their_start():
    settings = ["behaviours.solar={baseline=0.05, opportunities_per_week=1, dynamics='sticky', redecision=0.02}"]
    m = model(settings=settings)
    assert "week 0 of 60 (not started)" in repr(m)
    assert "waste_sort" not in repr(m)
    assert "solar " in repr(m)
    first = m.datacollector.get_model_vars_dataframe().iloc[0]
    assert np.isnan([first["waste_sort_share"], first["waste_sort_effect_pp"]]).all()
    assert first["solar_share"] == m.state.columns["acts"][1].mean()
    assert first["solar_effect_pp"] == 0.0
    m.step()
    assert "not started" not in repr(m)
    assert "waste_sort " in repr(m)
    assert m.datacollector.get_model_vars_dataframe().iloc[1].notna().all()


def test_a_closed_model_says_so():
    m = model()
    m.close()
    assert repr(m).endswith("closed>")


def test_a_model_is_let_go_without_being_closed():
    m = walked(model(), 1)
    assert m.agents_by_type[Citizen][0].age
    seen = weakref.ref(m)
    del m
    gc.collect()
    assert seen() is None


class Onlooker(kw.Citizen):
    """Notes what its neighbours and their twins did, as it sees them when it decides."""

    def __init__(self, model):
        super().__init__(model)
        self.saw = {}

    def probability(self, behaviour, offer, week):
        self.saw[week] = [(n.acts(behaviour), n.acts_twin(behaviour)) for n in self.neighbours]
        return 0.9


@pytest.mark.parametrize("share", [0.1, 1.0])
def test_own_citizens_see_last_weeks_neighbours_of_whichever_class(share):
    m, done = model(citizens={Onlooker: share}), {}
    for week in range(6):
        m.step()
        done[week] = [(c.acts("waste_sort"), c.acts_twin("waste_sort")) for c in map(m.citizen, range(400))]
    for person in m.agents_by_type[Onlooker]:
        assert set(person.saw[0]) <= {(0, 0)}
        for week in range(1, 6):
            assert person.saw[week] == [done[week - 1][n.row] for n in person.neighbours]


def test_a_citizen_that_fails_while_deciding_leaves_the_week_as_it_was_decided():
    class Failing(kw.Citizen):
        def probability(self, behaviour, offer, week):
            raise RuntimeError("no")

    m, usual = model(citizens={Failing: 0.1}), model()
    usual.step()
    with pytest.raises(RuntimeError):
        m.step()
    np.testing.assert_array_equal(m.state.columns["acts"], usual.state.columns["acts"])


class Halving(kw.Citizen):
    def __init__(self, model):
        super().__init__(model)
        self.usual = []

    def probability(self, behaviour, offer, week):
        self.usual.append(super().probability(behaviour, offer, week))
        return 0.5 * self.usual[-1]


def test_what_an_own_citizen_does_comes_back_as_habit_also_without_a_scheme():
    m = walked(model("control", parameters="default", citizens={Halving: 0.3}), 40)
    first, last = (np.mean([c.usual[week] for c in m.agents_by_type[Halving]]) for week in (0, 39))
    assert last < first - 0.05
