"""Figures of where a study goes well or badly: the best and the worst points, and the rules of a scenario discovery."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from simulation.reports.drawing import GREY, INK, RULE, SMALL, TEXT, Size, mix, new_figure, plain_axes, write
from simulation.reports.study.drawing import WHITE, in_lines, style
from simulation.reports.study.names import percent, title_of, value
from simulation.reports.study.outcomes import axis_of, outcome, scaled
from simulation.reports.study.sentences import LABELS
from simulation.results.responses.regions import best

if TYPE_CHECKING:
    from simulation.reports.shown import ShownFigure
    from simulation.reports.study.view import StudyView
    from simulation.results.responses.facts import FactorFacts

_EACH = {"wide": 5, "narrow": 3}
_SAID = 3  # factors whose values are written beside a point
_LETTERS = {"wide": 48, "narrow": 44}
_MOST_BOXES, _MOST_LIMITS = 3, 6


def regions_figure(view: StudyView, lang: str = "en", size: Size = "wide", name: str = "") -> ShownFigure:
    """Draw the best points and the worst, each with two standard errors; hollow where it is not told from the best."""
    name = name or view.lead
    own = view.points[view.points["arm"].isin([a for a, _ in view.judged_arms])]
    upwards = outcome(name).better >= 0
    ends = [best(own, view.facts, name, n=_EACH[size], largest=upwards == good).to_dict("records") for good in (1, 0)]
    figure, lang = new_figure(lang, size, height=(0.64 if size == "wide" else 0.95) * sum(map(len, ends)) + 1.6)
    panels = figure.subplots(2, 1, sharex=True, height_ratios=[len(rows) for rows in ends])
    for axes, rows, head in zip(panels, ends, ("best", "worst"), strict=True):
        for i, row in enumerate(rows):
            _point(axes, view, row, -i, name)
        _values(axes, view, rows, lang, size)
        axes.set_title(LABELS[head][lang == "th"], fontsize=TEXT, color=INK, weight="bold", loc="left")
        axes.set_ylim(-len(rows) + 0.5, 0.6 if size == "wide" else 0.95)
        plain_axes(axes)
        axes.grid(axis="x", color=RULE, linewidth=0.6)
    panels[-1].set_xlabel(axis_of(name, lang), fontsize=SMALL)
    return figure


def _point(axes: Any, view: StudyView, row: dict[Any, Any], y: int, name: str) -> None:
    colour, marker, _ = style(view, str(row["arm"]))
    mean, error = float(scaled(name, row["mean"])), 2.0 * float(scaled(name, row["mcse"]))
    if math.isfinite(error):
        axes.plot([mean - error, mean + error], [y, y], color=colour, linewidth=1.4)
    face = "white" if bool(row["alike"]) and int(row["rank"]) > 1 else colour
    axes.plot([mean], [y], marker, color=colour, markerfacecolor=face, markersize=7, zorder=4)


def _values(axes: Any, view: StudyView, rows: list[dict[Any, Any]], lang: str, size: Size) -> None:
    """Name arm and values of each point, of the first few factors; the table below has all."""
    names = []
    for row in rows:
        shown = view.facts.factors[:_SAID]
        said = [f"{title_of(f, lang)} {value(f, row[f.name], lang)}" for f in shown]
        more = ["…"] if len(view.facts.factors) > _SAID else []
        arm = [view.title_of(str(row["arm"]), lang)] if len(view.judged_arms) > 1 else []
        names.append(", ".join([*arm, *said, *more]))
    if size == "wide":
        axes.set_yticks([-i for i in range(len(rows))], [in_lines(n, _LETTERS[size]) for n in names])
        return
    axes.set_yticks([])
    for i, text in enumerate(names):
        write(axes, in_lines(text, _LETTERS[size]), (0, -i + 0.5), ("axes fraction", "data"), shift=(2, 0), ha="left",
              va="center", fontsize=SMALL, color=GREY, bbox=WHITE, zorder=6)  # fmt: skip


def rules_figure(view: StudyView, lang: str = "en", size: Size = "wide", name: str = "") -> ShownFigure:
    """Draw the boxes of a scenario discovery: for each factor that bounds one, what lies inside of its whole range."""
    found: Any = view.rules
    boxes = found.boxes.head(_MOST_BOXES).to_dict("records")
    limits = [found.limits[found.limits["box"] == b["box"]].head(_MOST_LIMITS).to_dict("records") for b in boxes]
    rows = sum(max(1, len(x)) for x in limits)
    figure, lang = new_figure(lang, size, height=(0.62 if size == "wide" else 0.9) * rows + 0.7 * len(boxes) + 0.2)
    heights = [max(1, len(x)) for x in limits]
    panels = figure.subplots(len(boxes), 1, squeeze=False, height_ratios=heights).ravel()
    colour = style(view, found.arm)[0]
    for axes, box, bounds in zip(panels, boxes, limits, strict=True):
        for i, row in enumerate(bounds):
            _bound(axes, view, row, -i, colour, lang, size)
        said = LABELS["box"][lang == "th"].format(
            percent(box["density"], lang), percent(box["coverage"], lang), int(box["points"])
        )
        axes.set_title(in_lines(said, 90 if size == "wide" else 44), fontsize=SMALL, color=INK, loc="left")
        axes.set_xlim(-0.02, 1.02)
        axes.set_ylim(-len(bounds) + 0.35, 0.65)
        axes.set_axis_off()
    return figure


def _bound(axes: Any, view: StudyView, row: dict[Any, Any], y: int, colour: str, lang: str, size: Size) -> None:
    """Draw one factor of a box: its range as a line, what lies inside as a bar, named at its ends."""
    f = view.factor(row["factor"])
    left, right = (0.3, 1.0) if size == "wide" else (0.02, 0.98)
    write(axes, in_lines(title_of(f, lang), 26 if size == "wide" else 48), (0, y if size == "wide" else y + 0.42),
          ha="left", va="center", fontsize=SMALL, color=GREY)  # fmt: skip
    levels = row.get("values")
    if isinstance(levels, tuple) and levels:
        text = ", ".join(value(f, v, lang) for v in levels)
        write(axes, in_lines(text, 60), (left, y), ha="left", va="center", fontsize=SMALL, color=INK, weight="bold")
        return
    ends = _ends(view, row["factor"])
    low, high = (_share(f, x, *ends, default) for x, default in ((row["low"], 0.0), (row["high"], 1.0)))
    axes.plot([left, right], [y, y], color=RULE, linewidth=3, solid_capstyle="butt", zorder=1)
    at = [left + (right - left) * s for s in (low, high)]
    axes.plot(at, [y, y], color=mix(colour, 0.75), linewidth=9, solid_capstyle="butt", zorder=2)
    for x, where, side in ((row["low"], at[0], "left"), (row["high"], at[1], "right")):
        if math.isfinite(float(x)):
            write(axes, value(f, x, lang), (where, y - 0.3), ha=side, va="center", fontsize=SMALL, color=INK)


def _ends(view: StudyView, factor: str) -> tuple[float, float]:
    column = view.points[factor].astype(float)
    return float(column.min()), float(column.max())


def _share(factor: FactorFacts, given: Any, low: float, high: float, default: float) -> float:
    """Return where a value lies between the ends of its factor, by logarithms where it is walked so."""
    x = float(given)
    if not math.isfinite(x) or high <= low:
        return default
    if factor.scale == "log" and low > 0:
        x, low, high = math.log(max(x, low)), math.log(low), math.log(high)
    return float(min(1.0, max(0.0, (x - low) / (high - low))))
