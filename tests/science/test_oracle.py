"""Both engines against an independent plain Mesa model, act for act."""

import math
import sys
from pathlib import Path

import numpy as np
import pytest

from simulation.core.streams import ACTS, REDECISION, START, STICKY
from simulation.engine.prepare import prepare
from simulation.engine.run import start, step
from simulation.scenario.load import load

sys.path.insert(0, str(Path(__file__).parents[2]))
from benchmarks.oracle import OracleModel

SETTINGS = [
    "world.citizens=500",
    "run.weeks=52",
    "behaviours.once={baseline=0.3, opportunities_per_week=1, intrinsic=0.8}",
    'behaviours.device={baseline=0.2, opportunities_per_week=7, dynamics="sticky", redecision=0.05}',
    'arms.x.schemes.a={kind="points", behaviour="waste_sort", baht_per_act=20, schedule={start=4, weeks=26}}',
    'arms.x.schemes.b={kind="prize_draw", behaviour="once", prize_baht=500, chance_per_act=0.1, schedule={start=4, weeks=26}}',
    'arms.x.schemes.c={kind="matched_giving", behaviour="device", given_baht_per_act=9, match_share=1, schedule={start=4, weeks=26}}',
    "arms.fee_discount.schemes.fee.schedule.weeks=40",
    "arms.recognition.schemes.honour.schedule.weeks=40",
    "arms.comparison.schemes.letter.schedule.weeks=40",
    "arms.district_goal.schemes.goal.schedule.weeks=40",
]


def oracle_of(prepared) -> OracleModel:
    p, ids = prepared.parameters, prepared.citizens.ids
    wage = prepared.citizens.wage.astype(float)
    features = {"points": (20.0, 0.5), "prize_draw": (50.0, 1.0), "matched_giving": (0.0, 0.0)}
    schemes = []
    for scheme in prepared.scenario.arms["x"].schemes.values():
        b = next(t for t in prepared.behaviours if t.name == scheme.behaviour)
        value, controlling = features[scheme.kind]
        s = prepared.responsiveness[b.index].astype(float)
        reason = s * (p.beta_c + p.beta_m * np.log(1.0 + value / wage / p.v0))
        omega = discrepancy(prepared, b.index, scheme.kind)
        reason = reason + np.clip(omega, -reason, reason)
        schemes.append(
            {
                "behaviour": b.index,
                "start": 4,
                "end": 30,
                "reason": reason.tolist(),
                "cap": b.crowding_scale * controlling,
            }
        )
    behaviours = [
        {
            "n": b.n,
            "sticky": b.sticky,
            "redecision": b.redecision,
            "nu": p.nu,
            "decay": math.exp(-p.chi),
            "visible_norm": float(b.visible_norm),
            "habit": float(b.habit),
            "gain": 1.0 - math.exp(-p.eta1 * (7 if b.sticky else b.n)),
        }
        for b in prepared.behaviours
    ]

    def draws(week):
        def of(stream):
            return [prepared.streams.uniform(stream, ids, b.index, week).tolist() for b in prepared.behaviours]

        return of(ACTS), of(REDECISION), of(STICKY)

    first = {b.index: prepared.streams.uniform(STICKY, ids, b.index, START) for b in prepared.behaviours if b.sticky}
    g = prepared.graph
    return OracleModel(prepared.alpha.tolist(), behaviours, (g.indptr, g.indices, g.weights), draws, schemes, first)


def discrepancy(prepared, behaviour, kind):
    from simulation.engine.offers import discrepancy_of

    return float(discrepancy_of(prepared.streams, behaviour, (kind,), prepared.parameters.omega))


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("engine", ["numpy", "numba"])
def test_the_engine_agrees_with_the_plain_model_act_for_act(engine, seed):
    if engine == "numba":
        pytest.importorskip("numba")
    prepared = prepare(load("bangkok-waste", [*SETTINGS, f"run.seed={seed}"]), 0)
    oracle, state = oracle_of(prepared), start(prepared, "x", engine)
    moved = 0
    for _ in range(52):
        step(state)
        oracle.step()
        acts = np.array([person.acts for person in oracle.people]).T
        twin = np.array([person.twin for person in oracle.people]).T
        assert np.array_equal(acts, state.columns["acts"])
        assert np.array_equal(twin, state.columns["acts_twin"])
        moved += int(np.abs(acts - twin).sum())
    assert moved > 500
