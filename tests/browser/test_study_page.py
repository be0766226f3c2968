"""The page of a study as a browser shows it, on a phone and on a wide screen, in both languages."""

from dataclasses import replace

import pytest

from simulation.reports.study.html import page
from tests.browser.test_page import CHROMIUM, seen
from tests.reports.study.made import CURB, HABIT, LETTER, REWARD, WEEKS, sobol, study

pytestmark = pytest.mark.browser


def whole(name):
    if name == "grid":
        return study(failed=5)
    view = study((REWARD, HABIT, WEEKS, LETTER, CURB), "latin-hypercube")
    return replace(view, indices=sobol(view.facts))


@pytest.mark.parametrize("lang", ["en", "th"])
@pytest.mark.parametrize("name", ["grid", "sensitivity"])
@pytest.mark.parametrize("width", [360, 1180])
def test_the_page_of_a_study_fits_its_screen(name, width, lang, tmp_path):
    if CHROMIUM is None:
        pytest.skip("no Chromium found")
    found = seen(page(whole(name), lang, "x.html"), width, tmp_path)
    assert found["shown"] == {"grid": 5, "sensitivity": 6}[name]
    assert found["wider"] <= 0
    assert found["small"] == []
    assert found["outside"] == []
    assert found["overlapping"] == []
    assert found["cut"] == []
