"""What a trace says of a citizen is what the engine did: every term, every act, every payment."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from simulation.core.floats import settle
from simulation.engine.decision import REASONS, TERMS, acting_part
from simulation.engine.prepare import prepare
from simulation.engine.run import start, step
from simulation.engine.trace import most_changed, trace
from simulation.scenario.load import load
from simulation.scenario.model import Scenario
from tests.engine.test_engines import MIXED
from tests.strategies import scenarios

SMALL = [
    *MIXED,
    "world.citizens=80",
    'arms.mixed.schemes.f={kind="points", behaviour="once", baht_per_act=20, checks={share=0.2}, budget_baht=40000, schedule={start=6, weeks=30}, enrolment={mode="opt-in", friction="one-tap"}}',
]  # fmt: skip
CLOSE = 1e-5  # float32 carries 6e-8 of each number; a few dozen of them meet in a logit of up to 50

SMALLEST = 1e-36  # the chance of no act at all, below which float32 cannot carry the steps that follow from it


def everybody(society, arm, engine="numpy"):
    return trace(society, arm, np.arange(society.n), engine)


@pytest.fixture(scope="module")
def society():
    return prepare(load("bangkok-waste", SMALL), replicate=2)


def logistic(x):
    return 1.0 / (1.0 + np.exp(-x))


def assert_terms_add_up(found):
    """Terms, logit and chance of both worlds, against the engine's own float32."""
    for data in found.behaviours:
        np.testing.assert_allclose(data["terms"].sum(axis=1), data["logit"], atol=1e-9)
        np.testing.assert_allclose(logistic(data["logit"]), data["probability"], rtol=CLOSE)
        np.testing.assert_allclose(logistic(data["twin_logit"]), data["twin_probability"], rtol=CLOSE)
        twin = data["terms"][:, [TERMS.index("alpha"), TERMS.index("trend")]].sum(axis=1) + data["twin_bound"]
        np.testing.assert_allclose(twin, data["twin_logit"], atol=1e-9)
        rewards = [TERMS.index(x) for x in (*REASONS, "discrepancy")]
        np.testing.assert_allclose(data["terms"][:, rewards].sum(axis=1), data["reason"], rtol=CLOSE, atol=CLOSE)
        product = data["weights"] * data["features"]
        product[:, [TERMS.index(x) for x in REASONS]] *= data["responsiveness"][:, None]
        np.testing.assert_allclose(product, data["terms"], atol=1e-9)


def assert_acts_follow_from_the_draw(found):
    """Acts again from chance and draw, in float64, wherever the draw is not within rounding of a step."""
    for b, data in zip(found.state.prepared.behaviours, found.behaviours, strict=True):
        for world, logit in (("acts", "logit"), ("acts_twin", "twin_logit")):
            chance, miss = logistic(data[logit]), logistic(-data[logit])
            u, acts = data["draw"].astype(np.float64), data[world]
            if b.sticky:
                decided = data["decided"] if world == "acts" else np.ones_like(data["decided"])
                clear = decided & (np.abs(u - chance) > CLOSE) & (data["opportunities"] > 0)
                assert (acts[clear] == (u < chance)[clear]).all()
                stands = ~decided[1:]
                assert (acts[1:][stands] == acts[:-1][stands]).all()
                continue
            mass = total = miss**b.n
            expected, clear = (u >= total).astype(int), (np.abs(u - total) > CLOSE) & (mass > SMALLEST)
            for k in range(b.n - 1):
                mass = mass * chance / miss * (b.n - k) / (k + 1)
                total = total + mass
                expected, clear = expected + (u >= total), clear & (np.abs(u - total) > CLOSE)
            had = data["opportunities"] > 0
            assert (acts[clear] == (expected * had)[clear]).all()


def assert_columns_are_the_engines(found, society, arm, engine):
    """Step a second, unwatched run and look at every column each week."""
    state = start(society, arm, engine)
    for week in range(found.state.records.weeks):
        step(state)
        for i, data in enumerate(found.behaviours):
            for name in ("acts", "acts_twin", "norm", "crowding"):
                assert np.array_equal(data[name][week], state.columns[name][i])
            assert np.array_equal(data["habit_after"][week], state.columns["habit"][i])
            if week + 1 < found.state.records.weeks:
                assert np.array_equal(data["habit"][week + 1], state.columns["habit"][i])
        for s, data in zip(state.schemes, found.schemes, strict=True):
            assert np.array_equal(data["enrolled"][week], state.columns["enrolled"][s.index] > 0)
            assert np.array_equal(data["live"][week], state.live[s.index] > 0)
    assert state.columns.digest() == found.state.columns.digest()
    for name in ("acts", "acts_twin", "opportunities", "people", "enrolled", "paid"):
        assert np.array_equal(getattr(found.state.records, name), getattr(state.records, name))


def assert_money_is_the_ledgers(found):
    for s, data in zip(found.state.schemes, found.schemes, strict=True):
        weekly = np.zeros(len(data["paid_satang"]), np.int64)
        for entry in s.ledger.entries:
            weekly[entry.week] += entry.people_satang
        assert np.array_equal(data["paid_satang"].sum(axis=1), weekly)
    if found.schemes:
        by_scheme = sum(int(d["paid_satang"].sum()) for d in found.schemes)
        assert by_scheme == sum(int(d["paid_satang"].sum()) for d in found.behaviours)


def assert_norms_follow_from_the_neighbours(found):
    """Equation (10) again from what the neighbours are said to have done; test_perception.py is of its rivals."""
    if found.state.prepared.scenario.law.norm_perception != "weighted":
        return
    nu = found.state.prepared.parameters.nu
    for data in found.behaviours:
        shown = data["neighbours_share"] - data["neighbours_share_twin"]
        seen = np.isfinite(shown)
        before = np.concatenate([np.zeros((1, data["norm"].shape[1])), data["norm"][:-1]])
        expected = np.where(seen, before + nu * (np.nan_to_num(shown) - before), before)
        moved = settle(expected.astype(np.float32))
        still = ~data["norm"].any(axis=0)
        np.testing.assert_allclose(data["norm"][:, ~still], moved[:, ~still], atol=CLOSE)


def assert_true(found, society, arm, engine):
    assert_terms_add_up(found)
    assert_acts_follow_from_the_draw(found)
    assert_columns_are_the_engines(found, society, arm, engine)
    assert_money_is_the_ledgers(found)
    assert_norms_follow_from_the_neighbours(found)


ARMS = ["mixed", "fee_discount", "recognition", "comparison", "district_goal", "control"]


@pytest.mark.parametrize(("arm", "engine"), [*((arm, "numpy") for arm in ARMS), *((arm, "numba") for arm in ARMS[:2])])
def test_a_trace_is_what_the_engine_did(society, arm, engine):
    if engine == "numba":
        pytest.importorskip("numba")
    found = everybody(society, arm, engine)
    assert_true(found, society, arm, engine)
    apart = sum(int((d["acts"] != d["acts_twin"]).sum()) for d in found.behaviours)
    assert (apart == 0) == (arm == "control")


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    derandomize=True,
)
@given(data=scenarios())
def test_a_trace_is_what_the_engine_did_in_any_scenario(data):
    scenario = Scenario.model_validate(data)
    world = prepare(scenario, 0)
    for arm in scenario.arms:
        assert_true(everybody(world, arm), world, arm, "numpy")


def test_one_citizen_reads_the_same_as_among_all(society):
    alone, among = trace(society, "mixed", [17], "numpy"), everybody(society, "mixed")
    for one, all_ in zip((*alone.behaviours, *alone.schemes), (*among.behaviours, *among.schemes), strict=True):
        for name, values in one.items():
            assert np.array_equal(values[..., 0], all_[name][..., 17], equal_nan=values.dtype.kind == "f"), name


def test_whoever_could_sign_up_did_so_where_the_draw_was_below_the_chance(society):
    found = everybody(society, "fee_discount")
    data = found.schemes[0]
    could, came = data["could_sign_up"], data["joined"] | data["never_began"]
    assert came.any()
    assert not came[~could].any()
    assert np.array_equal(came[could], (data["sign_up_draw"] < data["chance_to_sign_up"])[could])


CROWDED = [
    "world.citizens=60",
    "behaviours.waste_sort.intrinsic=1.0",
    'arms.crowded.schemes.a={kind="prize_draw", behaviour="waste_sort", prize_baht=0.01, chance_per_act=0.01, schedule={start=1, weeks=20}}',
]


def test_a_fall_is_as_much_a_change_as_a_rise():
    crowded = prepare(load("bangkok-waste", CROWDED), replicate=5)
    found = everybody(crowded, "crowded").behaviours[0]
    total = (found["acts"] - found["acts_twin"]).sum(axis=0)
    assert -total.min() > total.max()
    assert most_changed(crowded, "crowded", [0], "numpy") == int(np.argmin(total))


def test_the_one_who_changed_most_is_the_first_of_the_largest_difference(society):
    found = everybody(society, "comparison")
    total = np.abs(sum(d["acts"] - d["acts_twin"] for d in found.behaviours).sum(axis=0))
    assert most_changed(society, "comparison", range(5), "numpy") == int(np.flatnonzero(total == total.max())[0])
    assert most_changed(society, "control", range(5), "numpy") == 0


def test_of_two_forces_of_one_sign_only_the_stronger_counts_as_acting():
    terms = np.zeros((len(TERMS), 4))
    norm, habit, money = (TERMS.index(x) for x in ("norm", "habit", "money"))
    terms[money], terms[norm], terms[habit] = [1.0, 1.0, 1.0, 0.0], [0.5, 0.5, -2.0, 0.3], [1.0, 2.0, 2.0, 0.0]
    found = acting_part(terms)
    assert found[habit].tolist() == [0.0, 2.0, 2.0, 0.0]
    assert found[money].tolist() == [1.0, 0.0, 1.0, 0.0]
    assert found[norm].tolist() == [0.5, 0.0, -2.0, 0.3]
