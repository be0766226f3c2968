"""Texts cut where there is no room for them: in columns, with no vowel or tone torn from its letter."""

import pytest

from simulation.reports.lines import cells, shortened


def test_what_fits_stays_as_it_is():
    assert shortened("Fee discount", 12) == "Fee discount"


def test_what_does_not_fit_is_cut_to_the_width_with_a_sign():
    assert shortened("Fee discount", 8) == "Fee dis…"
    assert shortened("Fee discount", 5) == "Fee…"


@pytest.mark.parametrize("width", range(2, 14))
def test_thai_is_cut_between_letters(width):
    name = "เป้าหมายร่วมของเขต"
    cut = shortened(name, width)
    assert cells(cut) <= width
    kept = cut.removesuffix("…")
    assert name.startswith(kept)
    assert cells(name[len(kept)]) == 1
