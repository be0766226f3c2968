"""From published figures to log-odds: what an arm did beyond the control, with its standard errors, or why not.

Let p be the arm's rate and q the control's, as shares of opportunities (a published figure over the scale). Every
figure becomes logit(p) - logit(q), its errors by the delta method. The control's error is shared by all arms of a
study; what a published error of a difference or a ratio holds of it, at most half of the variance, is set apart, so
that the two together are what was published.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import exp, log, log1p, sqrt

from simulation.core.params import Text
from simulation.scenario.between import CONTROL
from simulation.scenario.model import Scenario
from simulation.scenario.study import Observed
from simulation.studies.evidence.coding import Span, weeks_of_offer
from simulation.studies.evidence.rows import Target

Z95 = 1.959963984540054
"""Standard errors to each side of a 95 % interval."""
RATIOS = ("odds_ratio", "ratio")
WHY_NOT = {
    "control": Text(en="the control's own level, known beforehand", th="ระดับของ control เอง ซึ่งรู้อยู่ก่อน"),
    "recalled": Text(
        en="recalled, not read, or its provenance is not said",
        th="มาจากความจำ ไม่ได้อ่านจากแหล่งที่มา หรือไม่ได้ระบุ provenance",
    ),
    "error": Text(en="neither a standard error nor an interval", th="ไม่มีความคลาดเคลื่อนมาตรฐานหรือช่วงความเชื่อมั่น"),
    "bound": Text(en="at or beyond 0 or 1 as a share", th="เป็นสัดส่วนที่เท่ากับหรือเกิน 0 หรือ 1"),
    "reference": Text(
        en="what it is compared with has no figure of its own in these weeks",
        th="ทางเลือกที่นำมาเทียบไม่มีตัวเลขของตนเองในสัปดาห์เหล่านี้",
    ),
}
"""Why a figure is listed but never scored, by a short name."""


@dataclass(frozen=True)
class Figure:
    """One published figure with its place and its target; where it has none, `why_not` names the reason.

    A figure against an arm that has none of its own has no target against the control. `against` is then that arm, and
    `target_against` the figure against it, for a scorer that predicts both; its rate is taken to be the baseline.
    """

    span: Span
    observed: Observed
    target: Target | None = None
    why_not: str = ""
    against: Span | None = None
    target_against: Target | None = None

    @property
    def why(self) -> Text | None:
        """Why it is not scored, in words; None where it is."""
        return WHY_NOT.get(self.why_not)


@dataclass(frozen=True)
class Control:
    """The control's rate as a share of opportunities, and its standard error, 0 where it is not known."""

    rate: float
    se: float = 0.0


def figures_of(scenario: Scenario, observed: Sequence[Observed]) -> list[Figure]:
    """Return each published figure of a study with its target, in the order of the file.

    The control's level is its published one in the same weeks, else one without weeks, else the behaviour's baseline.
    A figure against another arm is carried over to the control by that arm's own figure in the same weeks.
    """
    direct = {i: _figure(scenario, observed, row) for i, row in enumerate(observed) if not _of_another(row)}
    return [direct[i] if i in direct else _carried(scenario, row, direct.values()) for i, row in enumerate(observed)]


def spans_of(figures: Sequence[Figure]) -> list[Span]:
    """Return the places of the figures that are not the control's own, each once: what is to be predicted."""
    return list(dict.fromkeys(f.span for f in figures if f.span.arm != CONTROL))


def target_of(row: Observed, scale: float, control: Control) -> Target | str:
    """Return the target of one figure against a control, or why it has none: a key of `WHY_NOT`."""
    if row.provenance == "recalled":
        return "recalled"
    se = error_of(row)
    if se is None:
        return "error"
    if not 0.0 < control.rate < 1.0:
        return "bound"
    found = {
        "level": _of_level,
        "difference": _of_difference,
        "log_odds": _of_log_odds,
        "odds_ratio": _of_log_odds,
        "ratio": _of_ratio,
    }[row.quantity](row, se, scale, control)
    if found is None:
        return "bound"
    log_odds, own, shared, level = found
    value_se = se * row.value if row.quantity in RATIOS else se
    return Target(log_odds, own, shared, level, row.value, value_se, row.quantity, row.provenance)


def error_of(row: Observed) -> float | None:
    """Return the standard error of a figure, of a ratio that of its natural logarithm; None where it has none."""
    if row.se is not None:
        return row.se
    if row.ci is None:
        return None
    low, high = row.ci
    return (log(high) - log(low) if row.quantity in RATIOS else high - low) / (2.0 * Z95)


_Found = tuple[float, float, float, float] | None
"""Log-odds, own and shared standard error, level; None beyond the bounds."""


def _of_level(row: Observed, se: float, scale: float, control: Control) -> _Found:
    p = row.value / scale
    if not 0.0 < p < 1.0:
        return None
    shared = control.se * _slope(control.rate)
    return _logit(p) - _logit(control.rate), se / scale * _slope(p), shared, p


def _of_difference(row: Observed, se: float, scale: float, control: Control) -> _Found:
    p = control.rate + row.value / scale
    if not 0.0 < p < 1.0:
        return None
    own, shared = _apart(se / scale, control.se)
    return _logit(p) - _logit(control.rate), own * _slope(p), shared * _slope(control.rate), p


def _of_log_odds(row: Observed, se: float, scale: float, control: Control) -> _Found:
    """Whatever the control's rate is; the level is what follows from it."""
    difference = log(row.value) if row.quantity in RATIOS else row.value
    own, shared = _apart(se, control.se * _slope(control.rate))
    return difference, own, shared, _logistic(_logit(control.rate) + difference)


def _of_ratio(row: Observed, se: float, scale: float, control: Control) -> _Found:
    p = control.rate * row.value
    if not 0.0 < p < 1.0:
        return None
    own, shared = _apart(se, control.se / control.rate)
    return _logit(p) - _logit(control.rate), own / (1.0 - p), shared / (1.0 - control.rate), p


def _apart(se: float, of_control: float) -> tuple[float, float]:
    """Part a published error into the arm's own and the control's, of which at most half of the variance is."""
    shared = min(of_control, se / sqrt(2.0))
    return sqrt(se * se - shared * shared), shared


def _of_another(row: Observed) -> bool:
    return row.quantity != "level" and row.reference not in (None, CONTROL)


def _figure(scenario: Scenario, observed: Sequence[Observed], row: Observed) -> Figure:
    span = _span(scenario, row)
    if row.arm == CONTROL:
        return Figure(span, row, None, "control")
    found = target_of(row, scale_of(scenario), control_of(scenario, observed, span))
    return Figure(span, row, None, found) if isinstance(found, str) else Figure(span, row, found)


def _carried(scenario: Scenario, row: Observed, direct: Iterable[Figure]) -> Figure:
    """Return a figure against another arm as one against the control, by that arm's own figure in the same weeks.

    The other arm's own error, which both figures hold, falls out.
    """
    span = _span(scenario, row)
    if row.arm == CONTROL:
        return Figure(span, row, None, "control")
    there = span._replace(arm=str(row.reference))
    other = next((f.target for f in direct if f.target is not None and f.span == there), None)
    if other is None or other.level is None:
        alone = target_of(row, scale_of(scenario), Control(float(scenario.behaviours[span.behaviour].baseline)))
        return (
            Figure(span, row, None, alone)
            if isinstance(alone, str)
            else Figure(span, row, None, "reference", there, alone)
        )
    found = target_of(row, scale_of(scenario), Control(other.level, other.se / _slope(other.level)))
    if isinstance(found, str):
        return Figure(span, row, None, found)
    whole = replace(found, log_odds=found.log_odds + other.log_odds, se_reference=other.se_reference)
    return Figure(span, row, whole)


def _span(scenario: Scenario, row: Observed) -> Span:
    behaviour = row.behaviour or next(iter(scenario.behaviours))
    weeks = row.weeks or weeks_of_offer(scenario, scenario.arms[row.arm], behaviour)
    return Span(row.arm, behaviour, *weeks)


def control_of(scenario: Scenario, observed: Sequence[Observed], span: Span) -> Control:
    """Return the control's rate in the weeks of a figure: the published one, else the behaviour's baseline."""
    rows = list(levels_of_control(scenario, observed, span.behaviour))
    same = [r for r in rows if r.weeks == (span.week_from, span.week_to)]
    usual = [r for r in rows if r.weeks is None]
    baseline = float(scenario.behaviours[span.behaviour].baseline)
    for row in same or usual:
        scale = scale_of(scenario)
        return Control(row.value / scale, (error_of(row) or 0.0) / scale)
    return Control(baseline)


def levels_of_control(scenario: Scenario, observed: Sequence[Observed], behaviour: str) -> Iterator[Observed]:
    """Yield the control's own published levels of a behaviour; what was recalled is left out."""
    first = next(iter(scenario.behaviours))
    for row in observed:
        known = row.provenance != "recalled"
        if row.arm == CONTROL and row.quantity == "level" and known and (row.behaviour or first) == behaviour:
            yield row


def scale_of(scenario: Scenario) -> float:
    """Return what a published figure is divided by to be a share."""
    study = scenario.study
    return 1.0 if study is None or study.outcome is None else float(study.outcome.scale)


def _logit(p: float) -> float:
    return log(p) - log1p(-p)


def _logistic(x: float) -> float:
    return 1.0 / (1.0 + exp(-x)) if x >= 0 else exp(x) / (1.0 + exp(x))


def _slope(p: float) -> float:
    """Derivative of the logit."""
    return 1.0 / (p * (1.0 - p))
