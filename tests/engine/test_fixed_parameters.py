"""Parameters of the law that a study fixes: every one bears on what is prepared, and nothing else changes."""

from dataclasses import fields

import numpy as np
import pytest

from simulation.agents.parameters import DEVIATES, priors
from simulation.engine.prepare import prepare
from simulation.engine.run import run, start
from simulation.scenario.load import load


@pytest.fixture(scope="module")
def scenario():
    return load("bangkok-waste").with_({"world.citizens": 150, "world.localities.number": 2})


def test_the_rest_of_a_society_stays_as_it_was(scenario):
    plain, fixed = prepare(scenario, 4), prepare(scenario, 4, fixed=(("beta_m", 0.47), ("kappa_c", 0.6)))
    for column in fields(plain.citizens):
        a, b = getattr(plain.citizens, column.name), getattr(fixed.citizens, column.name)
        assert np.array_equal(a, b), column.name
    assert np.array_equal(plain.graph.indices, fixed.graph.indices)
    assert np.array_equal(plain.alpha, fixed.alpha)
    assert {n for n, v in plain.parameters.row().items() if fixed.parameters.row()[n] != v} == {"beta_m", "kappa_c"}


def test_fixing_what_was_drawn_anyway_changes_no_bit(scenario):
    p = prepare(scenario, 4)
    same = prepare(scenario, 4, fixed=tuple((name, getattr(p.parameters, name)) for name in priors()))
    a, b = (run(start(x, "fee_discount", "numpy")) for x in (p, same))
    assert np.array_equal(a.records.acts, b.records.acts)
    assert p.uptake == same.uptake


@pytest.mark.parametrize(
    ("name", "value", "seen"),
    [
        ("kappa_c", 0.0, lambda p: p.behaviours[0].crowding_scale),
        ("kappa_c", 0.6, lambda p: p.behaviours[0].crowding_scale),
        ("iota_shift", -0.29, lambda p: p.behaviours[0].crowding_scale),
        ("beta_m", 0.47, lambda p: p.betas.beta_m),
        ("w_h", 2.0, lambda p: p.behaviours[0].habit),
        ("habit_deviate", 2.0, lambda p: p.behaviours[0].habit),
        ("responsiveness", 2.0, lambda p: float(p.responsiveness.sum())),
        ("tau", 0.71, lambda p: float(p.responsiveness.sum())),
        ("sigma_s", 0.8, lambda p: float(p.responsiveness.sum())),
        ("w_d", 0.9, lambda p: p.behaviours[0].visible_norm),
        ("nu", 0.6, lambda p: p.behaviours[0].nu),
        ("chi", 0.27, lambda p: p.behaviours[0].decay),
        ("eta1", 0.087, lambda p: p.behaviours[0].gain),
        ("rho_z", 0.5, lambda p: float(p.alpha.sum())),
    ],
)
def test_what_is_fixed_reaches_the_constants_of_the_law(scenario, name, value, seen):
    fixed = prepare(scenario, 4, fixed=((name, value),))
    assert seen(fixed) != seen(prepare(scenario, 4))
    assert name in (*priors(), *DEVIATES)


@pytest.mark.parametrize(
    ("name", "scheme"), [("friction_factor", ("recognition", "honour")), ("w_e", ("fee_discount", "fee"))]
)
def test_friction_and_the_weight_of_ties_reach_the_level_of_enrolment(scenario, name, scheme):
    plain, fixed = prepare(scenario, 1), prepare(scenario, 1, fixed=((name, 2.9),))
    assert fixed.uptake[scheme] != plain.uptake[scheme]


def test_what_is_fixed_takes_the_place_of_a_default_too(scenario):
    assert prepare(scenario, 4, parameters="default", fixed=(("omega", 0.1),)).parameters.omega == 0.1
