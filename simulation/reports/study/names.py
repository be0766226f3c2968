"""Names and numbers of a study as they are printed: factors, values, arms, errors, ranges."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from simulation.reports.study.outcomes import name_of, outcome, size
from simulation.reports.words import MINUS, lower

if TYPE_CHECKING:
    from simulation.reports.study.view import StudyView
    from simulation.results.responses.facts import FactorFacts


_SAID_BY_THE_TITLE = ("share", "สัดส่วน")
"""Units that are not said behind a number within a sentence."""


def title_of(factor: FactorFacts, lang: str) -> str:
    """Return what a factor is called."""
    return factor.title.get(lang)


def factor_unit(factor: FactorFacts, lang: str) -> str:
    """Return the unit of a factor, empty where it has none."""
    unit = factor.unit.get(lang).strip() if factor.unit is not None else ""
    return "" if unit == "-" else unit


def value(factor: FactorFacts, x: Any, lang: str, unit: bool = True) -> str:
    """Print a value of a factor, with its unit."""
    if isinstance(x, bool) or getattr(getattr(x, "dtype", None), "kind", "") == "b":
        return (("ไม่ใช่", "ใช่") if lang == "th" else ("no", "yes"))[bool(x)]
    if isinstance(x, int | float) or hasattr(x, "dtype"):
        text = _short(float(x))
        behind = factor_unit(factor, lang) if unit else ""
        behind = "" if behind in _SAID_BY_THE_TITLE else behind
        return f"{text}{'' if behind == '%' else ' '}{behind}" if behind else text
    return str(x)


def _short(x: float) -> str:
    if x == int(x) and abs(x) < 1e15:
        text = f"{abs(x):,.0f}"
    else:
        text = f"{abs(x):.3g}" if abs(x) < 1000 else f"{abs(x):,.0f}"
    return text if x >= 0 else MINUS + text


def error(name: str, x: float) -> str:
    """Print a standard error or a noise: one digit more than the outcome's own, and never 0 where it is not."""
    words = outcome(name)
    y = abs(x) * (100 if words.share else 1)
    if not math.isfinite(y):
        return "–"
    digits = min(4, words.digits + 1)
    if 0.0 < y < 0.5 * 10**-digits:
        return f"<{10**-digits:.{digits}f}"
    return f"{y:,.{digits}f}"


def percent(share: float, lang: str) -> str:
    """Print a share as per cent, without digits behind the point."""
    return f"ร้อยละ {100 * share:.0f}" if lang == "th" else f"{100 * share:.0f}%"


def lower_outcome(name: str, lang: str) -> str:
    """Return what an outcome is called in the middle of a sentence."""
    if lang == "th":
        return name_of(name, lang)
    return ("the " if outcome(name).article else "") + lower(name_of(name, lang))


def span(name: str, low: Any, high: Any, lang: str) -> str:
    """Return a range in brackets after a blank; nothing where an end is not known."""
    if low is None or high is None or not (math.isfinite(low) and math.isfinite(high)):
        return ""
    return f" ({size(name, low)} {'ถึง' if lang == 'th' else 'to'} {size(name, high)})"


def count(n: int, noun: str, many: str = "") -> str:
    """Return "1 point" or "4 points"."""
    return f"{n:,} {noun}" if n == 1 else f"{n:,} {many or noun + 's'}"


def subject(view: StudyView, arm: str, name: str, lang: str) -> str:
    """Return an outcome of an arm, or a contrast with the outcome that it is of, in the middle of a sentence."""
    what, whose = lower_outcome(name, lang), arm_of(view, arm, lang)
    if any(c.name == arm for c in view.facts.contrasts):
        return f"{whose} ({what})"
    return f"{what}ของ{whose}" if lang == "th" else f"{what} with {whose}"


def arm_of(view: StudyView, arm: str, lang: str) -> str:
    """Return the title of an arm in the middle of a sentence."""
    title = view.title_of(arm, lang)
    return title if lang == "th" else lower(title)
