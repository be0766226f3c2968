"""Names that somebody wrote in full do not keep a narrow figure from being drawn: warnings are errors here."""

import io
from dataclasses import replace

import pytest

from simulation.core.params import Text
from simulation.reports.figure_answer import answer_figure
from simulation.reports.study import figures
from tests.reports.study.made import LETTER, REWARD, WEEKS, study
from tests.reports.test_words import SPREAD, arm, summary

LONG = Text(
    en="Rewards that are paid every month to every household that separates its waste, told in full detail, and letters",
    th="รางวัลที่จ่ายทุกเดือนแก่ทุกครัวเรือนที่คัดแยกขยะตามที่เขียนไว้อย่างละเอียดและจดหมายแจ้งผลเทียบเพื่อนบ้านรายเดือน",
)


def fits(figure):
    figure.savefig(io.BytesIO(), format="svg")
    for axes in figure.axes:
        assert axes.get_window_extent().width > 0.5 * figure.bbox.width
        for text in axes.texts:
            assert text.get_window_extent().x1 <= figure.bbox.width


@pytest.mark.parametrize("lang", ["en", "th"])
def test_the_answer_of_arms_with_long_names(lang):
    arms = [arm(f"a{i}", SPREAD + i) for i in range(3)]
    fits(answer_figure(summary(*(replace(a, facts=replace(a.facts, title=LONG)) for a in arms)), lang, "narrow"))


@pytest.mark.parametrize("lang", ["en", "th"])
def test_what_factors_with_long_names_move(lang):
    view = study(tuple(replace(f, title=LONG) for f in (REWARD, WEEKS, LETTER)))
    arms = tuple((name, LONG) for name, _ in view.facts.arms)
    fits(figures.tornado_figure(replace(view, facts=replace(view.facts, arms=arms)), lang, "narrow"))


@pytest.mark.parametrize("lang", ["en", "th"])
def test_a_name_that_fits_is_shown_whole(lang):
    figure = answer_figure(summary(arm("fee", SPREAD + 6)), lang, "narrow")
    assert arm("fee", SPREAD).facts.title.get(lang) in [t.get_text() for t in figure.axes[0].texts]
