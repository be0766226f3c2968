"""What a run tells of rights: money by citizen, consent, and what others' eyes drive, against what the engine did."""

import numpy as np
import pytest

from simulation.engine.decision import TERMS, acting_part, decision_of
from simulation.engine.measured import concentration, measured
from simulation.engine.prepare import prepare
from simulation.engine.pressure import EVERY, pushes
from simulation.engine.run import PHASES, run, start
from simulation.engine.state import NEVER
from simulation.scenario.load import load


@pytest.fixture(scope="module")
def society():
    return prepare(load("bangkok-waste", ["world.citizens=600", "run.weeks=60"]), replicate=0)


def test_money_by_citizen_adds_up_to_the_ledger_and_is_kept_only_where_somebody_is_paid(society):
    paid, told = run(start(society, "fee_discount")), run(start(society, "comparison"))
    assert int(paid.received.sum()) == sum(e.people_satang for s in paid.schemes for e in s.ledger.entries) > 0
    assert paid.received.dtype == np.int64
    assert told.received is None


def test_concentration_is_told_of_recipients_alone():
    assert concentration(np.array([0, 0, 5, 5, 5, 5])) == (0.25, 1.0, 4)
    assert concentration(np.array([*[1] * 19, 81])) == (0.82, 41.0, 20)
    assert concentration(np.arange(10)) == (9 / 45, 9.0, 9)
    for nothing in (None, np.zeros(3, np.int64)):
        top, spread, n = concentration(nothing)
        assert np.isnan([top, spread]).all()
        assert n == 0


def test_who_signed_up_and_left_is_counted_where_one_is_asked(society):
    asked, taken_in = run(start(society, "recognition")), run(start(society, "district_goal"))
    found = measured(asked)
    assert found["signed_up"] == int((asked.columns["signed_up"][0] > 0).sum()) > 0
    assert 0 < found["withdrew"] == int((asked.columns["left_week"][0] > NEVER).sum()) <= found["signed_up"]
    assert np.isnan([measured(taken_in)[name] for name in ("signed_up", "withdrew")]).all()


@pytest.mark.parametrize("arm", ["fee_discount", "recognition", "comparison"])
def test_what_pushes_is_that_of_a_decision_taken_apart(society, arm):
    state, seen = start(society, arm), 0
    rows, b = np.arange(0, 600, 7), society.behaviours[0]
    for _ in range(30):
        for phase in PHASES:
            if phase.__name__ == "settle" and state.schemes[0].features is not None:
                parts = np.maximum(acting_part(decision_of(state, b, rows).terms), 0.0)
                eyes, push = pushes(state, b, rows)
                others = [TERMS.index(name) for name in ("recognition", "message", "norm")]
                np.testing.assert_allclose(eyes, parts[others].sum(axis=0), atol=1e-9)
                np.testing.assert_allclose(push, parts.sum(axis=0), atol=1e-9)
                seen += int((push > 0).sum())
            phase(state)
    assert seen


def test_money_is_own_wish_and_honours_and_comparison_are_others_eyes(society):
    shares = {
        arm: measured(run(start(society, arm)))["pressure"] for arm in ("fee_discount", "recognition", "comparison")
    }
    assert all(0.0 <= x <= 1.0 for x in shares.values())
    assert shares["fee_discount"] < 0.2 < 0.5 < shares["recognition"]
    assert shares["comparison"] > 0.5


def test_a_scheme_of_no_worth_moves_nobody_and_has_no_pressure():
    scenario = load(
        "bangkok-waste", ["world.citizens=200", "run.weeks=60", "arms.fee_discount.schemes.fee.baht_per_month=0"]
    )
    state = run(start(prepare(scenario, replicate=1), "fee_discount"))
    assert state.moved == 0.0
    assert np.isnan(measured(state)["pressure"])


def test_looking_changes_no_bit_and_happens_every_fourth_week_only(society, monkeypatch):
    looked = run(start(society, "recognition"))
    calls = []
    monkeypatch.setattr("simulation.engine.run.look_at_pressure", lambda state: calls.append(state.week))
    blind = run(start(society, "recognition"))
    assert blind.moved == 0.0 < looked.moved
    assert len(calls) == 60
    assert EVERY == 4
    for name in ("acts", "norm", "habit", "crowding"):
        assert np.array_equal(looked.columns[name], blind.columns[name])
