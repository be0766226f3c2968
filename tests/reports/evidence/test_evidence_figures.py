"""The card's figures fit their width: no name runs over an edge, and matplotlib has nothing to warn of."""

import io
import re
import warnings
from itertools import pairwise

import numpy as np
import pytest

from simulation.core.params import Text
from simulation.reports.evidence.figures import curves_figure, pit_figure, study_figure
from simulation.studies.evidence.card import Provenance, StudyFacts
from simulation.studies.evidence.posterior import PRIORS
from simulation.studies.plan.law import parameter
from tests.studies.evidence.made import card, row, target

LONG = Text(
    en="Vouchers of 45 pounds, earlier non-attenders, coming for the first dose, after an invitation that was not taken up",
    th="บัตรกำนัล 45 ปอนด์ ผู้ที่เคยไม่มา การมารับเข็มแรกของผู้ที่เคยไม่มาตามคำเชิญ และส่งแบบสอบถามคืนภายในกำหนด",
)
DRAWS = (np.linspace(0, 1, 50), np.linspace(0.3, 0.5, 50))


@pytest.fixture(scope="module")
def made():
    facts = StudyFacts(Text(en="Doses", th="วัคซีน"), "Somebody", arms={name: LONG for name in "abc"})
    known = [(row("doses", name), target(0.4)) for name in "abc"]
    provenance = Provenance(
        curves={name: DRAWS for name in PRIORS}, titles={name: parameter(name).title for name in PRIORS}
    )
    return card(known, facts={"doses": facts}, provenance=provenance)


def drawn(figure):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        figure.savefig(io.BytesIO(), format="svg")
    return figure


def texts(figure):
    """Return what is written, less the ticks that lie outside the axes."""
    ticks = {t for axes in figure.axes for t in axes.get_xticklabels()}
    return [t for t in figure.findobj(_written) if t not in ticks and t.get_visible()]


def _written(artist):
    return bool(hasattr(artist, "get_text") and artist.get_text())


@pytest.mark.parametrize("size", ["wide", "narrow"])
@pytest.mark.parametrize("lang", ["en", "th"])
def test_long_names_and_keys_stay_within_the_figure_and_nothing_is_warned_of(made, lang, size):
    for figure in (
        study_figure(made, "doses", lang, size),
        pit_figure(made, lang, size),
        curves_figure(made, lang, size),
    ):
        drawn(figure)
        for text in texts(figure):
            box = text.get_window_extent()
            assert -5 <= box.x0 < box.x1 <= figure.bbox.width + 1, (text.get_text(), box)
        assert min(axes.get_position().width for axes in figure.axes if axes.get_visible()) > 0.2


@pytest.mark.parametrize("size", ["wide", "narrow"])
@pytest.mark.parametrize("lang", ["en", "th"])
def test_names_of_rows_do_not_run_into_one_another(made, lang, size):
    figure = drawn(study_figure(made, "doses", lang, size))
    names = [
        t.get_window_extent()
        for t in texts(figure)
        if re.sub(r"\s", "", t.get_text()) == re.sub(r"\s", "", LONG.get(lang))
    ]
    assert len(names) == 3
    for above, below in pairwise(names):
        assert below.y1 < above.y0 + 1


@pytest.mark.parametrize("lang", ["en", "th"])
def test_parameters_are_named_in_words_and_their_names_do_not_meet(made, lang):
    figure = drawn(curves_figure(made, lang))
    titles = [axes.title if axes.title.get_text() else axes._left_title for axes in figure.axes if axes.get_visible()]
    assert [re.sub(r"\s", "", t.get_text()) for t in titles] == [
        re.sub(r"\s", "", parameter(name).title.get(lang)) for name in PRIORS
    ]
    boxes = [t.get_window_extent() for t in titles]
    for i in range(0, len(boxes), 3):
        for left, right in zip(boxes[i : i + 3], boxes[i + 1 : i + 3], strict=False):
            assert left.x1 < right.x0


def test_the_key_of_the_tenths_lies_above_the_bars(made):
    figure = drawn(pit_figure(made))
    assert figure.legends[0].get_window_extent().y0 >= figure.axes[0].get_window_extent().y1 - 1
