"""Parts of societies kept between tasks: not a bit changes, whatever was prepared before and in whichever order."""

import random
from dataclasses import fields, is_dataclass

import numpy as np
import pytest

from simulation.core.kept import bytes_of
from simulation.engine.prepare import parts_kept, prepare
from simulation.engine.run import run, start
from simulation.scenario.load import load

FEE = "arms.fee_discount.schemes.fee"
POINTS = [
    ({}, ()),
    ({f"{FEE}.baht_per_month": 60.0}, ()),
    ({f"{FEE}.baht_per_month": 60.0}, (("beta_m", 0.45),)),
    ({f"{FEE}.enrolment.target_share": 0.2}, ()),
    ({}, (("w_e", 2.5), ("sigma_s", 0.7))),
    ({"world.citizens": 130}, ()),
    ({"world.ties.household": 4.5}, ()),
    ({"behaviours.waste_sort.baseline": 0.4}, ()),
    ({"behaviours.waste_sort.spread": 1.5, f"{FEE}.baht_per_month": 90.0}, ()),
    ({"law.homophily_motivation": 0.3}, ()),
    ({"law.learning_from_rewards": 1.0}, ()),
    ({"run.weeks": 90}, ()),
    ({"run.seed": 7}, (("responsiveness", 1.0),)),
]


@pytest.fixture(scope="module")
def scenario():
    return load("bangkok-waste").with_({"world.citizens": 110, "world.localities.number": 2})


def same(a, b):
    """Compare two values to the bit, through dataclasses, dicts and tuples."""
    if isinstance(a, np.ndarray):
        return a.dtype == b.dtype and a.tobytes() == b.tobytes()
    if isinstance(a, dict):
        return list(a) == list(b) and all(same(a[k], b[k]) for k in a)
    if isinstance(a, tuple):
        return len(a) == len(b) and all(map(same, a, b))
    if is_dataclass(a) and not isinstance(a, type):
        return all(same(getattr(a, f.name), getattr(b, f.name)) for f in fields(a) if f.name not in ("people",))
    return repr(a) == repr(b)


@pytest.mark.slow
def test_societies_are_the_same_to_the_bit_whatever_was_prepared_before(scenario):
    kept, tasks = parts_kept(2**26), [*((i, 0) for i in range(len(POINTS))), (0, 1), (1, 1), (4, 1)] * 2
    random.Random(1).shuffle(tasks)
    alone = {}
    for i, replicate in tasks:
        changes, fixed = POINTS[i]
        point = scenario.with_(changes)
        if (i, replicate) not in alone:
            alone[i, replicate] = prepare(point, replicate, fixed=fixed)
        assert same(prepare(point, replicate, fixed=fixed, kept=kept), alone[i, replicate]), (changes, fixed)


def test_a_run_leaves_what_is_shared_as_it_was_and_is_the_same_the_second_time(scenario):
    kept = parts_kept(2**26)
    first = prepare(scenario, 0, kept=kept)
    before = prepare(scenario, 0)
    records = [run(start(first, arm, "numpy")).records.acts.tobytes() for arm in ("fee_discount", "recognition")]
    assert same(first, before)
    again = prepare(scenario, 0, kept=kept)
    assert again.citizens is first.citizens
    assert not again.alpha.flags.writeable
    assert again.graph is first.graph
    assert [
        run(start(again, arm, "numpy")).records.acts.tobytes() for arm in ("fee_discount", "recognition")
    ] == records


def test_a_lever_of_an_arm_builds_nothing_of_the_world_again(scenario, monkeypatch):
    kept = parts_kept(2**26)
    prepare(scenario, 0, kept=kept)

    def never(*args):
        raise AssertionError("built again")

    dearer, dearest = (scenario.with_({f"{FEE}.baht_per_month": baht}) for baht in (60.0, 70.0))
    prepare(dearer, 0, kept=kept)
    for name in ("build_population", "build_graph", "solve_uptake", "motivation"):
        monkeypatch.setattr(f"simulation.engine.prepare.{name}", never)
    prepare(dearest, 0, kept=kept)


def test_what_is_kept_stays_within_its_bytes(scenario):
    whole = parts_kept(2**26)
    prepare(scenario, 0, kept=whole)
    small = parts_kept(2 * whole.held)
    for replicate in range(6):
        prepare(scenario, replicate, kept=small)
        assert small.held <= small.most
    assert len(small) > 0


def test_bytes_are_counted_through_dataclasses_and_tuples(scenario):
    people = prepare(scenario, 0).citizens
    assert bytes_of(people) >= sum(getattr(people, f.name).nbytes for f in fields(people) if f.name in ("ids", "wage"))
    assert bytes_of((np.zeros(100), {"a": np.zeros(100)})) >= 1600
