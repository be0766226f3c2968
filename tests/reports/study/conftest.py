"""Two made-up studies that every test of the room reads: what is worked out of them once is kept."""

from dataclasses import replace

import pytest

from tests.reports.study.made import CURB, HABIT, LETTER, REWARD, WEEKS, sobol, study


@pytest.fixture(scope="session")
def grid():
    return study(failed=5)


@pytest.fixture(scope="session")
def sensitive():
    view = study((REWARD, HABIT, WEEKS, LETTER, CURB), "latin-hypercube")
    return replace(view, indices=sobol(view.facts))
