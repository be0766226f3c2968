"""Study files that are almost right: each is a study, or is answered with its mistakes; nothing else ever comes out."""

import os
import time

import pytest

from simulation.core.errors import WIDTH, InputError
from simulation.studies.plan import draws
from simulation.studies.plan.read import load_study
from simulation.studies.plan.study import Study
from tests.studies.plan.files import GOOD, swapped, written
from tests.torture import mutants

TIMES = int(os.environ.get("KWAMDEE_TORTURE", "1"))
LONGEST_SECONDS = 2.0
"""Of the processor's time, so that a busy machine does not count."""
LISTED = swapped(GOOD, ('kind = "grid"\nlevels = 3', 'kind = "list"\nfile = "points.csv"'))
TABLE = b"size,start,peers\n10,4,2\n20.5,8,0.1\n0,0,1\n"
TEXTS = (
    GOOD,
    swapped(GOOD, ('kind = "grid"\nlevels = 3', 'kind = "saltelli"\nbase = 8\nseed = 4')),
    swapped(GOOD, ('kind = "grid"\nlevels = 3', 'kind = "morris"\ntrajectories = 4\nlevels = 4')),
    swapped(
        GOOD, ("replicates = 4", "target = { mcse = 0.2, at_least = 8, at_most = 60 }"), ("levels = 5", "step = 30")
    ),
)


@pytest.fixture(scope="module", autouse=True)
def _libraries():
    """Load once what draws designs, which takes half a second."""
    draws.module("scipy.stats.qmc")
    draws.module("SALib.sample.sobol")


def answered(folder, named):
    """Read the study; return whether it is right, having checked what is said of it and how long that took."""
    began = time.process_time()
    try:
        found = load_study(folder)
        assert found.points > 0
        assert found.runs > 0
        found.design.task(found.points - 1, 0, found.replicates)
        assert Study.from_definition(found.definition) == found
        assert all(w.en and w.th for w in found.warnings)
    except InputError as error:
        for said in (error.render("en"), error.render("th")):
            assert any(name in said for name in named), said
            assert all(char.isprintable() or char == "\n" for char in said)
            assert all(len(line) <= WIDTH for line in said.splitlines() if " | " in line[:12])
        found = None
    assert time.process_time() - began < LONGEST_SECONDS
    return found is not None


def _tried(folder, numbers):
    right = wrong = 0
    for number in numbers:
        written(folder, mutants.of_scenario(TEXTS[number % len(TEXTS)], number))
        if answered(folder, ("study.toml",)):
            right += 1
        else:
            wrong += 1
    return right, wrong


def test_150_mutants_are_studies_or_are_answered(tmp_path):
    right, wrong = _tried(tmp_path, range(150))
    assert right > 1
    assert wrong > 50


def test_mutants_of_a_list_of_points_are_points_or_are_answered(tmp_path):
    written(tmp_path, LISTED)
    right = 0
    for number in range(50):
        (tmp_path / "points.csv").write_bytes(mutants.of_table(TABLE, number))
        right += answered(tmp_path, ("points.csv", "study.toml"))
    assert 5 < right < 45


@pytest.mark.slow
def test_every_mutant_is_a_study_or_is_answered(tmp_path):
    """KWAMDEE_TORTURE=10 takes 10,000."""
    right, wrong = _tried(tmp_path, range(1000, 1000 + 1000 * TIMES))
    assert right > 0.01 * (right + wrong)
    assert wrong > 0.3 * (right + wrong)
