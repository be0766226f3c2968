"""Published figures of every form become the same log-odds, with the errors that were published."""

from math import exp, log, sqrt

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from simulation.scenario.load import load_text
from simulation.scenario.study import Observed
from simulation.studies.evidence.files import read_designs, read_outcomes
from simulation.studies.evidence.targets import Control, error_of, figures_of, spans_of, target_of
from tests.studies.evidence.small_study import DESIGN, put

rates = st.floats(0.02, 0.98)
errors = st.floats(0.001, 0.1)
scales = st.sampled_from([1.0, 100.0, 2973.0])


def logit(p):
    return log(p / (1 - p))


def row(quantity, value, **more):
    return Observed.model_validate({"arm": "cash", "quantity": quantity, "value": value, "provenance": "seen", **more})


@given(p=rates, q=rates, scale=scales)
def test_every_form_of_a_figure_gives_the_same_log_odds(p, q, scale):
    assume(abs(p - q) > 1e-6)
    odds = exp(logit(p) - logit(q))
    forms = [
        row("level", p * scale, se=0.01 * scale),
        row("difference", (p - q) * scale, se=0.01 * scale),
        row("ratio", p / q, se=0.1),
        row("odds_ratio", odds, se=0.1),
        row("log_odds", log(odds), se=0.1),
    ]
    for form in forms:
        found = target_of(form, scale, Control(q))
        assert found.log_odds == pytest.approx(logit(p) - logit(q), abs=1e-6)
        assert found.level == pytest.approx(p, abs=1e-6)


@given(p=rates, q=rates, se=errors, control=errors)
def test_own_and_shared_error_are_together_what_was_published(p, q, se, control):
    assume(abs(p - q) > 1e-6)
    found = target_of(row("difference", p - q, se=se), 1.0, Control(q, control))
    own, shared = found.se * p * (1 - p), found.se_reference * q * (1 - q)
    assert sqrt(own**2 + shared**2) == pytest.approx(se, rel=1e-6)
    assert shared <= own * (1 + 1e-9)
    log_odds = target_of(row("log_odds", 0.3, se=se), 1.0, Control(q, control))
    assert sqrt(log_odds.se**2 + log_odds.se_reference**2) == pytest.approx(se, rel=1e-6)


@given(p=st.floats(0.1, 0.9), q=st.floats(0.1, 0.9))
def test_errors_are_the_slope_of_the_conversion(p, q):
    step = 1e-5
    for form, value in (("level", p), ("ratio", log(p / q))):
        values = [value - step, value + step]
        shown = [exp(v) for v in values] if form == "ratio" else values
        ends = [target_of(row(form, v, se=0.01), 1.0, Control(q)) for v in shown]
        slope = (ends[1].log_odds - ends[0].log_odds) / (2 * step)
        assert (ends[0].se + ends[1].se) / 2 == pytest.approx(abs(slope) * 0.01, rel=1e-3)


@given(low=st.floats(0.1, 0.9), wide=st.floats(0.01, 3))
def test_an_interval_of_a_ratio_is_read_on_the_logarithm(low, wide):
    high = low * exp(wide)
    found = error_of(row("odds_ratio", sqrt(low * high), ci=[low, high]))
    assert found == pytest.approx(wide / (2 * 1.959964), rel=1e-6)
    assert error_of(row("difference", 0.1, ci=[0.05, 0.15])) == pytest.approx(0.1 / (2 * 1.959964), rel=1e-6)


@pytest.mark.parametrize(
    ("figure", "why"),
    [
        (row("level", 0.4, se=0.1, provenance="recalled"), "recalled"),
        (row("level", 0.4), "error"),
        (row("level", 0.0, se=0.1), "bound"),
        (row("difference", 0.7, se=0.1), "bound"),
        (row("ratio", 4.0, se=0.1), "bound"),
    ],
)
def test_a_figure_that_cannot_be_scored_says_why(figure, why):
    assert target_of(figure, 1.0, Control(0.3)) == why


def test_the_figures_of_a_study_have_their_control_their_weeks_and_their_reasons(tmp_path):
    design = read_designs(put(tmp_path))[0]
    found = figures_of(design.scenario, read_outcomes(design).observed)
    control, cash, after, lottery, letter, honour = found
    assert [f.why_not for f in found] == ["control", "", "", "recalled", "error", ""]
    assert control.why.th != control.why.en
    assert cash.target.level == pytest.approx(0.45)
    assert cash.target.se_reference == pytest.approx(0.02 / (0.3 * 0.7))
    assert (after.span.week_from, after.span.week_to) == (4, 6)
    assert after.target.log_odds == pytest.approx(log(1.2))
    assert after.target.level == pytest.approx(1 / (1 + exp(-log(1.2) - logit(0.3))))
    assert lottery.target is letter.target is None
    assert honour.target.log_odds == pytest.approx(logit(0.40) - logit(0.30))
    assert [s.arm for s in spans_of(found)] == ["cash", "cash", "lottery", "letter", "honour"]


def test_a_figure_against_an_arm_that_has_none_is_not_scored(tmp_path):
    scenario = load_text(DESIGN, tmp_path / "mini_2020.toml")
    figure = row("difference", 5.0, se=1.0, reference="vow")
    found = figures_of(scenario, [figure])[0]
    assert (found.target, found.why_not, found.against.arm) == (None, "reference", "vow")
    assert found.target_against.log_odds == pytest.approx(logit(0.35) - logit(0.30))
