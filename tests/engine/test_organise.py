"""Organisations and localities decide whether to run a scheme: equation (12), what it costs, and whom it reaches."""

import pickle
from dataclasses import replace

import numpy as np
import pytest

from simulation.core.errors import ScenarioError
from simulation.engine.organise import offered_to_members
from simulation.engine.prepare import prepare
from simulation.engine.run import run, start, step
from simulation.engine.running import running_rows
from simulation.engine.units import SamePlace, units_of
from simulation.incentives.adoption import Adoption
from simulation.incentives.base import Offer
from simulation.scenario.load import load

START, WEEKS = 3, 60
SIGN_UP = 'enrolment={mode="opt-in", friction="web-form"}'
TABLES = {
    "plain": "",
    "idle": "organisations={baseline=0.2}",
    "little": "organisations={baseline=0.2, grant_baht_per_month=200}",
    "much": "organisations={baseline=0.2, grant_baht_per_month=20000}",
    "dear": "organisations={baseline=0.2, grant_baht_per_month=2000, cost_baht_per_month=2000}",
    "honour": 'organisations={baseline=0.2, honour="named-to-group"}',
    "dearer": 'organisations={baseline=0.2, honour="named-to-group", cost_baht_per_month=300}',
    "dearest": 'organisations={baseline=0.2, honour="named-to-group", cost_baht_per_month=1e9}',
    "through": 'organisations={baseline=0.2, honour="named-to-group", through=true}',
    "paying": "organisations={baseline=0.4, grant_baht_per_month=333.33, cofund_share=0.37}",
    "places": 'organisations={baseline=0.2, honour="team", places=1.5}',
    "mission": 'organisations={baseline=0.2, climate="mission"}',
    "poor": "budget_baht=4000, organisations={baseline=0.4, grant_baht_per_month=100}",
    "joining": f"{SIGN_UP}, organisations={{baseline=0.4}}",
    "opened": f"{SIGN_UP}, organisations={{baseline=0.4, through=true}}",
    "provinces": "localities={baseline=0.3, grant_baht_per_month=50000}",
}


GRANTED = (
    '{kind="organisation_grant", behaviour="waste_sort", own_baht_per_month=1000, baht_per_baht=0.5, budget_baht=60000, '
    f"organisations={{baseline=0.2}}, schedule={{start={START}, weeks=48}}}}"
)


def scheme(rest: str) -> str:
    plain = f'kind="points", behaviour="waste_sort", baht_per_act=0.37, schedule={{start={START}, weeks=48}}'
    return f"{{{plain}{', ' if rest else ''}{rest}}}"


@pytest.fixture(scope="module")
def society():
    world = ["world.citizens=1600", "world.organisations.mean_size=8", f"run.weeks={WEEKS}"]
    drop = {"fee_discount": "fee", "recognition": "honour", "comparison": "letter", "district_goal": "goal"}
    short = [f"arms.{arm}.schemes.{name}.schedule={{start=4, weeks=40}}" for arm, name in drop.items()]
    arms = [f"arms.{arm}.schemes.s={scheme(rest)}" for arm, rest in TABLES.items()]
    arms.append(f"arms.granted.schemes.s={GRANTED}")
    return prepare(load("bangkok-waste", [*world, *short, *arms]), 1)


def finished(society, arm, engine="numpy"):
    return run(start(society, arm, engine))


def deciding(state):
    return state.schemes[0].units


def weeks_of(society, arm):
    """Yield the state of each week."""
    state = start(society, arm, "numpy")
    for _ in range(WEEKS):
        step(state)
        yield state


def test_a_table_that_changes_nothing_for_members_changes_no_bit_of_theirs(society):
    with_table, without = finished(society, "idle"), finished(society, "plain")
    assert with_table.columns.digest() == without.columns.digest()
    assert with_table.schemes[0].paid_satang == without.schemes[0].paid_satang
    assert without.schemes[0].units is None
    assert not len(running_rows(without)["week"])


@pytest.mark.parametrize("arm", ["idle", "dear", "mission"])
def test_without_honour_and_grant_units_do_exactly_what_their_twins_do(society, arm):
    for state in weeks_of(society, arm):
        assert np.array_equal(deciding(state).running, deciding(state).running_twin)
    assert 0 < deciding(state).running.sum() < deciding(state).units.n


def test_no_unit_runs_less_for_a_larger_grant_and_more_run_it_in_all(society):
    none, little, much = (deciding(finished(society, arm)).running for arm in ("idle", "little", "much"))
    assert (little >= none).all()
    assert (much >= little).all()
    assert none.sum() < much.sum()


def test_an_honour_and_peers_who_run_it_draw_more_in(society):
    alone = replace(society, betas=replace(society.betas, w_d=np.float32(0)))
    together = replace(society, betas=replace(society.betas, w_d=np.float32(3.8)))
    none, honoured = deciding(finished(alone, "idle")), deciding(finished(alone, "honour"))
    assert honoured.running.sum() > none.running.sum()
    assert deciding(finished(together, "much")).running.sum() > deciding(finished(alone, "much")).running.sum()


def test_what_running_it_costs_weighs_against_an_honour_and_never_against_who_runs_it_anyway(society):
    free, dearer, dearest, idle = (
        deciding(finished(society, arm)).running for arm in ("honour", "dearer", "dearest", "idle")
    )
    assert (free >= dearer).all()
    assert (dearer >= dearest).all()
    assert free.sum() > dearer.sum() > dearest.sum()
    assert np.array_equal(dearest, idle)


def test_units_decide_every_fourth_week_counted_from_the_start_and_not_before(society):
    before, changed = None, set()
    for state in weeks_of(society, "much"):
        now = (deciding(state).running.copy(), deciding(state).draw.copy())
        if before is not None and not all(np.array_equal(a, b) for a, b in zip(before, now, strict=True)):
            changed.add(state.week)
        before = now
    assert changed
    assert all(week >= START and (week - START) % 4 == 0 for week in changed)


def test_the_share_that_runs_such_a_scheme_anyway_is_the_one_given(society):
    u = deciding(start(society, "idle", "numpy"))
    p = u.odds0[u.units.exists].astype(np.float64) / (1 + u.odds0[u.units.exists])
    assert p.mean() == pytest.approx(0.2, abs=1e-6)
    running = u.running[u.units.exists]
    se = np.sqrt((p * (1 - p)).sum()) / len(p)
    assert abs(running.mean() - 0.2) < 4 * se


@pytest.mark.parametrize("arm", ["opened", "paying", "places"])
def test_both_engines_agree(society, arm):
    pytest.importorskip("numba")
    one, other = finished(society, arm, "numpy"), finished(society, arm, "numba")
    assert one.columns.digest() == other.columns.digest()
    assert np.array_equal(deciding(one).running, deciding(other).running)
    assert one.schemes[0].ledger.entries == other.schemes[0].ledger.entries


def test_resumed_from_a_pickle_it_goes_on_as_if_never_stopped(society):
    state = start(society, "opened", "numpy")
    for _ in range(21):
        step(state)
    again, straight = run(pickle.loads(pickle.dumps(state))), finished(society, "opened")
    assert again.columns.digest() == straight.columns.digest()
    assert np.array_equal(again.running["organisation"], straight.running["organisation"])


def test_through_units_it_is_open_to_members_of_those_that_run_it_alone(society):
    stopped = False
    paid = np.zeros(society.n, np.int64)
    was = None
    for state in weeks_of(society, "through"):
        s, u = state.schemes[0], deciding(state)
        members = u.members_running
        if s.on:
            assert np.array_equal(state.live[0] > 0, members > 0)
            assert (s.ever_eligible >= s.eligible).all()
            if was is not None and (was & (members == 0)).any():
                stopped = True
                assert (state.columns["enrolled"][0][was & (members == 0)] == 1).all()  # paused, not sent away
        earlier = paid.copy()
        for _, satang in state.paid_now:
            paid += satang
        assert (paid >= earlier).all()
        was = members > 0
    assert stopped or u.running.sum()
    assert paid.sum() == s.paid_satang


def test_ones_own_organisation_running_it_weighs_one_logit_in_signing_up(society):
    state = finished(society, "joining")
    s = state.schemes[0]
    more = s.enrol_reason - deciding(state).own_reason
    assert set(np.round(np.unique(more), 5).tolist()) == {0.0, 1.0}
    assert np.array_equal(more > 0.5, deciding(state).members_running > 0)


def test_what_units_pay_and_what_the_budget_bears_add_up_to_what_people_get(society):
    state = finished(society, "paying")
    s, u = state.schemes[0], deciding(state)
    people = sum(e.people_satang for e in s.ledger.entries)
    granted = sum(e.area_satang for e in s.ledger.entries)
    assert 0 < s.ledger.cofunded_satang == u.cofunded_satang == sum(e.cofunded_satang for e in s.ledger.entries)
    assert s.ledger.spent_satang == people + granted - s.ledger.cofunded_satang
    assert granted == u.granted_satang
    assert granted % round(33333 * 12 / 13) == 0
    assert people == s.paid_satang - granted


def test_a_budget_covers_grants_too_and_is_never_passed(society):
    state = finished(society, "poor")
    s = state.schemes[0]
    assert s.closed_week >= 0
    assert s.ledger.spent_satang <= s.ledger.budget_satang == 400_000


def test_a_month_of_grants_is_paid_whole_or_the_scheme_closes(society):
    state = finished(society, "granted")
    s = state.schemes[0]
    each = round(50_000 * 12 / 13)
    assert all(e.area_satang % each == 0 and (e.week - START) % 4 == 3 for e in s.ledger.entries)
    assert 0 < s.paid_satang == s.units.granted_satang <= s.ledger.budget_satang < s.paid_satang + 40 * each
    assert s.closed_week > 0
    assert (s.closed_week - START) % 4 == 3  # the first month whose grants it does not cover


def test_the_twins_of_units_are_the_same_in_every_arm(society):
    idle, much = finished(society, "idle").running["organisation"], finished(society, "much").running["organisation"]
    assert np.array_equal(idle[:, 1], much[:, 1])
    assert np.ptp(idle[:, 1]) > 0


def test_members_get_places_and_climate_only_where_their_own_runs_it(society):
    state = finished(society, "places")
    s = state.schemes[0]
    on = deciding(state).members_running > 0
    offer = offered_to_members(s, Offer(visibility=0.2, holders_share=0.5))
    assert np.array_equal(offer.ease, np.where(on, np.float32(1.5), np.float32(0)))
    s.units.adoption = Adoption(baseline=0.2, climate="mission")
    assert np.array_equal(offered_to_members(s, Offer()).appeal, on.astype(np.float32))
    s.units.adoption = Adoption(baseline=0.2, climate="colleagues")
    offer = offered_to_members(s, Offer(visibility=0.2, holders_share=0.5))
    assert np.array_equal(offer.visibility, np.where(on, np.float32(0.3), 0.2))
    assert np.array_equal(offer.holders_share, np.where(on, 0.0, 0.5))
    more = state.columns["acts"][0].astype(int) - state.columns["acts_twin"][0]
    assert more[on].sum() > 0


def test_localities_decide_by_the_same_rule(society):
    state = finished(society, "provinces")
    assert state.running["locality"].shape == (WEEKS, 2)
    assert len(deciding(state).running) == society.citizens.n_localities
    assert deciding(state).running.sum() > deciding(state).running_twin.sum()
    rows = running_rows(state)
    assert set(rows["group_kind"]) == {"localities_running"}
    assert (rows["acts"] <= rows["opportunities"]).all()


def test_peers_are_the_others_of_a_place():
    place = SamePlace(np.array([0, 0, 0, 1, 1]), np.array([1.0, 1.0, 1.0, 1.0, 0.0]))
    found = place.mean_of_others(np.array([1.0, 0.0, 1.0, 1.0, 1.0]))
    assert found.tolist() == [0.5, 1.0, 0.5, 0.0, 1.0]


def test_units_know_their_members_and_what_those_earn(society):
    units = units_of(society.citizens, "organisation")
    member = society.citizens.organisation >= 0
    assert units.size.sum() == member.sum()
    assert (units.mean_wage * units.size).sum() == pytest.approx(society.citizens.wage[member].sum(), rel=1e-5)
    assert not units.to_members(np.ones(units.n, np.uint8))[~member].any()


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        (["arms.x.schemes.s=" + scheme("organisations={baseline=0.1}, localities={baseline=0.1}")], "s.localities"),
        (["arms.x.schemes.s=" + scheme("organisations={baseline=0.0}")], "organisations.baseline"),
        (
            ["arms.x.schemes.s=" + scheme("organisations={baseline=0.1, cofund_share=1.1}")],
            "organisations.cofund_share",
        ),
        (["arms.x.schemes.s=" + scheme("organisations={}")], "organisations.baseline"),
    ],
)
def test_a_table_that_cannot_be_is_told_at_its_key(changes, key):
    with pytest.raises(ScenarioError) as told:
        load("bangkok-waste", changes)
    assert key in str(told.value)
