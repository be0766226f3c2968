import time

import numpy as np
import pytest

from simulation.core.errors import InputError
from simulation.core.params import Text
from simulation.results.responses.facts import FactorFacts
from simulation.studies.plan import draws
from simulation.studies.plan.factors import Factor
from simulation.studies.plan.points import Design

X = Text(en="x")


def factor(name="a", *, key="run.weeks", whole=False, levels=0, step=0.0, **facts):
    return Factor(FactorFacts(name, "lever", X, X, (key,), **facts), whole, levels, step)


SHARE = factor("share", low=0.0, high=1.0)
THREE = (SHARE, factor("b", low=0.0, high=1.0), factor("c", low=0.0, high=1.0))
DESIGNS = [
    Design("grid", THREE, levels=4),
    Design("latin-hypercube", THREE, size=20, seed=3),
    Design("sobol", THREE, size=16, seed=3),
    Design("saltelli", THREE, size=8, seed=3),
    Design("morris", THREE, size=6, levels=4, seed=3),
    Design("list", THREE, rows=((0.0, 0.5, 1.0), (1.0, 0.25, 0.0))),
]


@pytest.mark.parametrize("design", DESIGNS, ids=[d.kind for d in DESIGNS])
def test_every_design_has_the_points_that_it_counts_and_the_same_bits_each_time(design):
    points = list(design)
    assert len(points) == design.points
    again = Design(design.kind, design.factors, design.size, design.levels, design.seed, design.rows)
    assert list(again) == points
    assert again.sha256 == design.sha256
    assert all(list(p) == ["share", "b", "c"] for p in points)
    assert all(type(v) is float and 0 <= v <= 1 for p in points for v in p.values())
    for beyond in (-1, design.points):
        with pytest.raises(IndexError):
            design.values(beyond)


@pytest.mark.parametrize("kind", ["latin-hypercube", "sobol", "saltelli", "morris"])
def test_another_seed_draws_other_points_and_is_another_design(kind):
    one, two = (Design(kind, THREE, size=8, levels=4, seed=s) for s in (1, 2))
    assert one.points == two.points
    assert list(one) != list(two)
    assert one.sha256 != two.sha256


@pytest.mark.parametrize(
    ("kind", "last"),
    [
        ("latin-hypercube", [0.21225011326689233, 0.2889109456918419]),
        ("sobol", [0.0436409218236804, 0.5431385319679976]),
        ("saltelli", [0.019367708824574947, 0.6003745710477233]),
        ("morris", [0.6666666666666666, 0.6666666666666666]),
    ],
)
def test_drawn_points_are_these_bits_on_every_machine(kind, last):
    """Should a new SciPy or SALib draw others, studies that are kept refuse to go on with them: see `Design.unit`."""
    design = Design(kind, THREE[:2], size=2 if kind in ("saltelli", "morris") else 4, levels=4, seed=1)
    assert design.unit[-1].tolist() == last
    with pytest.raises(ValueError, match="read-only"):
        design.unit[0, 0] = 0.5


def test_a_grid_holds_every_combination_once_in_order():
    a, b = factor("a", values=("x", "y")), factor("b", low=10.0, high=20.0, levels=3)
    design = Design("grid", (a, b), levels=99)
    assert [tuple(p.values()) for p in design] == [(x, y) for x in "xy" for y in (10.0, 15.0, 20.0)]


def test_a_grid_of_a_million_million_points_is_counted_and_walked_without_being_made():
    design = Design("grid", tuple(factor(f"f{i}", low=0.0, high=1.0) for i in range(3)), levels=10_001)
    began = time.perf_counter()
    assert design.points == 10_001**3
    assert design.values(10_001**3 - 1) == {"f0": 1.0, "f1": 1.0, "f2": 1.0}
    assert design.values(10_001) == {"f0": 0.0, "f1": 0.0001, "f2": 0.0}
    assert time.perf_counter() - began < 0.1


def test_a_latin_hypercube_has_one_point_in_each_part_of_every_factor():
    unit = Design("latin-hypercube", THREE, size=20, seed=5).unit
    for column in (unit * 20).astype(int).T:
        assert sorted(column) == list(range(20))


def test_a_sobol_sequence_is_balanced_and_its_start_stays_when_more_points_are_asked_for():
    small, large = (Design("sobol", THREE, size=n, seed=5).unit for n in (16, 64))
    assert np.array_equal(small, large[:16])
    for column in (large * 8).astype(int).T:
        assert np.array_equal(np.bincount(column, minlength=8), np.full(8, 8))


def test_a_saltelli_sample_has_n_times_d_plus_two_points_and_crosses_one_column_at_a_time():
    design = Design("saltelli", THREE, size=8, seed=5)
    assert design.points == 8 * (3 + 2)
    for block in design.unit.reshape(8, 5, 3):
        a, crossed, b = block[0], block[1:4], block[4]
        for i in range(3):
            expected = a.copy()
            expected[i] = b[i]
            assert np.array_equal(crossed[i], expected)


def test_morris_trajectories_change_one_factor_at_a_time_by_the_same_step():
    design = Design("morris", THREE, size=6, levels=4, seed=5)
    assert design.points == 6 * (3 + 1)
    for path in design.unit.reshape(6, 4, 3):
        steps = np.diff(path, axis=0)
        assert sorted(np.flatnonzero(step)[0] for step in steps) == [0, 1, 2]
        assert all(np.count_nonzero(step) == 1 for step in steps)
        assert np.allclose(np.abs(steps).sum(axis=1), 2 / 3)


def test_whole_numbers_stay_whole_and_each_has_its_equal_part():
    weeks = factor("weeks", whole=True, low=1, high=4)
    drawn = [v["weeks"] for v in Design("latin-hypercube", (weeks,), size=40, seed=1)]
    assert all(type(v) is int for v in drawn)
    assert np.bincount(drawn).tolist() == [0, 10, 10, 10, 10]
    assert [v["weeks"] for v in Design("grid", (weeks,), levels=2)] == [1, 4]
    assert [weeks.at(u) for u in (0.0, 1.0)] == [1, 4]


def test_listed_values_texts_and_flags_have_equal_parts():
    rule = factor("rule", values=("logit", "threshold"))
    drawn = [v["rule"] for v in Design("sobol", (rule,), size=16, seed=1)]
    assert drawn.count("logit") == drawn.count("threshold") == 8
    flag = factor("flag", values=(True, False))
    assert {v["flag"] for v in Design("morris", (flag, SHARE), size=3, levels=4)} == {True, False}


def test_a_log_scale_goes_by_equal_factors_and_keeps_its_ends():
    dose = factor("dose", low=0.1, high=1000.0, scale="log")
    assert [v["dose"] for v in Design("grid", (dose,), levels=5)] == [0.1, 1.0, 10.0, 100.0, 1000.0]
    drawn = np.array([v["dose"] for v in Design("latin-hypercube", (dose,), size=40, seed=1)])
    assert np.bincount(np.floor(np.log10(drawn)).astype(int) + 1).tolist() == [10, 10, 10, 10]
    people = factor("people", low=100, high=10_000, scale="log", whole=True)
    assert [v["people"] for v in Design("grid", (people,), levels=3)] == [100, 1000, 10_000]


def test_steps_start_at_the_lower_end_and_hold_in_drawn_designs_too():
    step = factor("s", low=0.0, high=1.0, step=0.3)
    lattice = [0.0, 0.3, 0.6, 0.9]
    assert [v["s"] for v in Design("grid", (step,))] == lattice
    assert {v["s"] for v in Design("sobol", (step,), size=16)} == set(lattice)


def test_a_factor_sets_all_its_keys_and_a_parameter_of_the_law_is_fixed():
    both = Factor(FactorFacts("both", "lever", X, X, ("arms.a.x", "arms.b.x"), low=0.0, high=1.0))
    law = factor("habit", key="parameters.w_h", low=2.0, high=3.0)
    task = Design("grid", (both, law), levels=2).task(3, 5, 10)
    assert task.number == 35
    assert task.changes == (("arms.a.x", 1.0), ("arms.b.x", 1.0))
    assert task.fixed == (("w_h", 3.0),)
    assert task.factors == (("both", 1.0), ("habit", 3.0))


def test_a_drawn_design_without_its_library_says_what_to_install(monkeypatch):
    def missing(name):
        raise ImportError(name)

    monkeypatch.setattr(draws.importlib, "import_module", missing)
    with pytest.raises(InputError, match="kwamdee\\[studies\\]") as error:
        Design("morris", THREE, size=4, levels=4).values(0)
    assert "SALib" in error.value.render("th")
    assert Design("morris", THREE, size=4, levels=4).points == 16
