"""Figures of a study: response curves, the tornado, two factors together, who leads where. Each wide and narrow."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.reports.drawing import GREY, INK, NARROW, RULE, SMALL, TEXT, Size, mix, new_figure, plain_axes, write
from simulation.reports.lines import shortened
from simulation.reports.study import measures
from simulation.reports.study.drawing import (
    WHITE,
    arm_key,
    arms_shown,
    factor_axis,
    head,
    in_lines,
    panel_width,
    places,
    style,
)
from simulation.reports.study.names import factor_unit, title_of, value
from simulation.reports.study.outcomes import axis_of, scaled, shown
from simulation.reports.study.sentences import LABELS

if TYPE_CHECKING:
    from simulation.reports.shown import ShownFigure
    from simulation.reports.study.measures import Effect, Level
    from simulation.reports.study.view import StudyView
    from simulation.results.responses.facts import FactorFacts

MOST_PANELS, _IN_A_ROW, _MOST_ARMS = 6, 3, 5
_SQUARE = 4  # panels that stand two by two
_FEW_WORDS = 3  # levels in words that a panel of three in a row has room for
_BAND = 2.0  # standard errors that a band spans on either side
_MOST_BARS = 8
_DEEPEST = 0.34
_BESIDE = 0.14  # between two arms at one level


def curves_figure(view: StudyView, lang: str = "en", size: Size = "wide", name: str = "") -> ShownFigure:
    """Draw response curves: a panel a factor, the largest effect first, a line an arm, bands of two standard errors."""
    name = name or view.lead
    factors = [view.factor(e.factor) for e in measures.effects(view, name)][:MOST_PANELS]
    arms = arms_shown(view, name, size, _MOST_ARMS, _MOST_ARMS)
    columns = 1 if size == "narrow" else _columns(factors)
    rows = max(1, math.ceil(len(factors) / columns))
    figure, lang = new_figure(lang, size, height=(2.0 if size == "narrow" else 2.5) * rows + 0.5)
    grid = figure.subplots(rows, columns, sharey=True, squeeze=False)
    width = panel_width(size, columns)
    for axes in grid.ravel()[len(factors) :]:
        axes.set_axis_off()
    for axes, factor in zip(grid.ravel(), factors, strict=False):
        levels = {arm: measures.curve(view, factor, arm, name) for arm in arms}
        for i, arm in enumerate(arms):
            _line(axes, view, factor, arm, levels[arm], name, _BESIDE * (i - (len(arms) - 1) / 2))
        if factor.numeric and factor.usual is not None:
            axes.axvline(float(factor.usual), color=GREY, linewidth=0.8, linestyle=":", zorder=1)
        plain_axes(axes)
        axes.grid(axis="y", color=RULE, linewidth=0.6)
        axes.grid(visible=False, axis="x")
        head(axes, factor, lang, int(width / 7))
        factor_axis(axes, factor, [level.at for level in levels[arms[0]]], lang, width)
    figure.supylabel(axis_of(name, lang), fontsize=SMALL, color=GREY)
    arm_key(figure, view, arms, lang, size == "wide")
    return figure


def _columns(factors: list[FactorFacts]) -> int:
    """Return how many panels stand side by side: fewer where the names of many levels need room."""
    wordy = any(not f.numeric and len(f.values) > _FEW_WORDS for f in factors)
    return min(2 if wordy or len(factors) == _SQUARE else _IN_A_ROW, max(1, len(factors)))


def _line(
    axes: Any, view: StudyView, factor: FactorFacts, arm: str, levels: list[Level], name: str, aside: float
) -> None:
    """Draw an arm's levels: a line with its band, or marks side by side where the levels have no order."""
    colour, marker, _ = style(view, arm)
    x = places(factor, [level.at for level in levels])
    y = scaled(name, np.array([level.mean for level in levels]))
    error = _BAND * scaled(name, np.nan_to_num(np.array([level.error for level in levels])))
    if factor.numeric:
        axes.fill_between(x, y - error, y + error, color=mix(colour, 0.24), linewidth=0, zorder=2)
        axes.plot(x, y, color=colour, marker=marker, linewidth=2, markersize=5, zorder=3)
    else:
        axes.errorbar(
            [v + aside for v in x],
            y,
            yerr=error,
            color=colour,
            marker=marker,
            linestyle="none",
            markersize=6,
            linewidth=1.6,
            zorder=3,
        )


def tornado_figure(view: StudyView, lang: str = "en", size: Size = "wide", name: str = "") -> ShownFigure:
    """Draw how far each factor moves the outcome: a bar from the mean at one end to that at the other, a panel an arm."""
    name = name or view.lead
    arms = arms_shown(view, name, size)
    order = [e.factor for e in measures.effects(view, name)][:_MOST_BARS]
    row = 0.42 if size == "wide" else 0.62
    figure, lang = new_figure(lang, size, height=(row * max(2, len(order)) + 0.45) * len(arms) + 0.45)
    panels = figure.subplots(len(arms), 1, sharex=True, squeeze=False).ravel()
    found = {arm: [measures.effects_on(view, arm, name).get(f) for f in order] for arm in arms}
    ends = [scaled(name, x) for es in found.values() for e in es if e is not None for x in (e.low.mean, e.high.mean)]
    room = 0.3 * ((max(ends) - min(ends)) or 1.0) if ends else 1.0
    for axes, arm in zip(panels, arms, strict=True):
        for i, e in enumerate(found[arm]):
            if e is not None:
                _bar(axes, view, e, -i, name, lang)
        _names(axes, view, order, lang, size)
        title = view.title_of(arm, lang)
        title = title if size == "wide" else shortened(title, NARROW[lang])
        axes.set_title(title, fontsize=TEXT, color=style(view, arm)[2], weight="bold", loc="left")
        axes.set_ylim(-len(order) + 0.35, 0.62)
        plain_axes(axes)
        axes.tick_params(labelbottom=True)
        if ends:
            axes.set_xlim(min(ends) - room, max(ends) + room)
    panels[-1].set_xlabel(axis_of(name, lang), fontsize=SMALL)
    return figure


def _bar(axes: Any, view: StudyView, e: Effect, y: int, name: str, lang: str) -> None:
    """Draw one bar, hollow where it is within its noise, with the factor's values written at its ends."""
    colour = style(view, e.arm)[0]
    factor = view.factor(e.factor)
    first, last = scaled(name, e.low.mean), scaled(name, e.high.mean)
    face = mix(colour, 0.5) if e.seen else "white"
    axes.barh(y, last - first, left=first, height=0.4, color=face, edgecolor=colour, linewidth=1.2)
    for level, x, other in ((e.low, first, last), (e.high, last, first)):
        right = x > other or (x == other and level is e.high)
        write(axes, value(factor, level.at, lang), (x, y), shift=(4 if right else -4, 0), ha="left" if right else "right", fontsize=SMALL)  # fmt: skip


def _names(axes: Any, view: StudyView, order: list[str], lang: str, size: Size) -> None:
    titles = [title_of(view.factor(f), lang) for f in order]
    if size == "wide":
        axes.set_yticks([-i for i in range(len(order))], [in_lines(t, 24) for t in titles])
        return
    axes.set_yticks([])
    for i, title in enumerate(titles):
        write(
            axes,
            shortened(title, NARROW[lang]),
            (0, -i + 0.42),
            ("axes fraction", "data"),
            shift=(2, 0),
            ha="left",
            fontsize=SMALL,
            color=GREY,
            bbox=WHITE,
        )


def heat_figure(view: StudyView, lang: str = "en", size: Size = "wide", name: str = "") -> ShownFigure:
    """Draw two factors together: the mean of the outcome in each cell, written in it, and its points where they differ."""
    name = name or view.lead
    a, b, arm = measures.pair(view, name)
    rows, columns, means, counts = measures.cells(view, a, b, arm, name)
    one, other = view.factor(a), view.factor(b)
    figure, lang = new_figure(lang, size, height=0.44 * len(rows) + 1.15)
    axes = figure.subplots()
    known = means[np.isfinite(means)]
    low, high = (float(known.min()), float(known.max())) if len(known) else (0.0, 1.0)
    uneven = len(set(counts.ravel().tolist())) > 1
    for i in range(len(rows)):
        for j in range(len(columns)):
            depth = (means[i, j] - low) / ((high - low) or 1.0) if counts[i, j] else 0.0
            axes.add_patch(_cell(j, i, mix(GREY, 0.04 + _DEEPEST * depth)))
            text = shown(name, means[i, j]) if counts[i, j] else "–"
            write(axes, text, (j, i), shift=(0, 5 if uneven and counts[i, j] else 0), ha="center")
            if uneven and counts[i, j]:
                write(axes, f"n {counts[i, j]}", (j, i), shift=(0, -8), ha="center", fontsize=SMALL, color=GREY)
    _cell_axes(axes, one, other, rows, columns, lang, size)
    return figure


def _cell(x: int, y: int, colour: str) -> Any:
    from matplotlib.patches import Rectangle

    return Rectangle((x - 0.5, y - 0.5), 1, 1, facecolor=colour, edgecolor="white", linewidth=1.5)


def _cell_axes(
    axes: Any, one: FactorFacts, other: FactorFacts, rows: list[Any], columns: list[Any], lang: str, size: Size
) -> None:
    axes.set_xlim(-0.5, len(columns) - 0.5)
    axes.set_ylim(-0.5, len(rows) - 0.5)
    letters = max(5, int(panel_width(size, max(1, len(columns))) / 7))
    axes.set_xticks(range(len(columns)), [in_lines(value(other, x, lang, unit=False), letters) for x in columns])
    axes.set_yticks(range(len(rows)), [in_lines(value(one, x, lang, unit=False), 12) for x in rows])
    axes.set_xlabel(_named(other, lang))
    axes.set_ylabel(_named(one, lang))
    for side in ("top", "right", "left", "bottom"):
        axes.spines[side].set_visible(False)
    axes.tick_params(length=0)


def _named(factor: FactorFacts, lang: str) -> str:
    unit = factor_unit(factor, lang)
    title = title_of(factor, lang)
    if not unit:
        return title
    return f"{title} ({unit})" if lang == "th" else f"{title}, {unit}"


def ranks_figure(view: StudyView, lang: str = "en", size: Size = "wide", name: str = "") -> ShownFigure:
    """Draw who comes first over the two leading factors: a cell by its leader, or a mark a point where values are many."""
    name = name or view.lead
    a, b, _ = measures.pair(view, name)
    leads = measures.leads(view, name)
    one, other = view.factor(a), view.factor(b)
    arms = [arm for arm, _ in measures.firsts(leads)]
    cellular = all(_few(view, f) for f in (a, b))
    rows = measures.cells(view, a, b, view.judged_arms[0][0], name)[0]
    figure, lang = new_figure(lang, size, height=(0.44 * len(rows) if cellular else 2.6) + 1.5)
    axes = figure.subplots()
    if cellular:
        _led_cells(axes, view, (one, other), leads, name, lang, size)
    else:
        _led_points(axes, view, (one, other), leads, lang, panel_width(size, 1))
    arm_key(figure, view, arms, lang, size == "wide")
    return figure


def _few(view: StudyView, factor: str) -> bool:
    return bool(view.points[factor].nunique() <= measures.MOST_LEVELS)


def _led_cells(axes: Any, view: StudyView, factors: Any, leads: Any, name: str, lang: str, size: Size) -> None:
    one, other = factors
    rows, columns, _, _ = measures.cells(view, one.name, other.name, view.judged_arms[0][0], name)
    design = view.points.drop_duplicates("point").set_index("point")
    for i, row in enumerate(rows):
        for j, column in enumerate(columns):
            here = design.index[(design[one.name] == row) & (design[other.name] == column)]
            inside = [lead for lead in leads if lead.point in here]
            _led_cell(axes, view, i, j, inside, lang)
    _cell_axes(axes, one, other, rows, columns, lang, size)


def _led_cell(axes: Any, view: StudyView, i: int, j: int, inside: Any, lang: str) -> None:
    if not inside:
        axes.add_patch(_cell(j, i, "white"))
        return
    arm, n = measures.firsts(inside)[0]
    told = sum(lead.told for lead in inside if lead.arm == arm)
    colour, marker, _ = style(view, arm)
    axes.add_patch(_cell(j, i, mix(colour, 0.24)))
    many = len(inside) > 1
    face = colour if 2 * told > n else "white"
    axes.plot([j - (0.22 if many else 0)], [i], marker, color=colour, markerfacecolor=face, markersize=7)
    if many:
        write(axes, LABELS["of"][lang == "th"].format(n, len(inside)), (j - 0.1, i), ha="left", fontsize=SMALL)


def _led_points(axes: Any, view: StudyView, factors: Any, leads: Any, lang: str, width: float) -> None:
    one, other = factors
    design = view.points.drop_duplicates("point").set_index("point")
    for lead in leads:
        colour, marker, _ = style(view, lead.arm)
        at = design.loc[lead.point]
        x, y = (places(f, list(f.values)).__getitem__(list(f.values).index(at[f.name])) if f.values else float(at[f.name]) for f in (other, one))  # fmt: skip
        axes.plot([x], [y], marker, color=colour, markerfacecolor=colour if lead.told else "white", markersize=6)
    _point_axis(axes, other, design, lang, width)
    axes.set_ylabel(_named(one, lang))
    if one.numeric and one.scale == "log":
        axes.set_yscale("log")
    if one.numeric:
        ends = sorted(design[one.name].unique())
        ticks = [one.low, one.high] if one.low is not None else [ends[0], ends[-1]]
        axes.set_yticks(ticks, [value(one, x, lang, unit=False) for x in ticks])
        axes.yaxis.set_minor_locator(__import__("matplotlib.ticker", fromlist=["NullLocator"]).NullLocator())
    else:
        axes.set_yticks(range(len(one.values)), [in_lines(value(one, x, lang), 12) for x in one.values])
    plain_axes(axes)


def _point_axis(axes: Any, factor: FactorFacts, design: Any, lang: str, width: float) -> None:
    at = list(factor.values) if factor.values else [factor.low, (factor.low + factor.high) / 2, factor.high]  # type: ignore[operator]  # a factor without values has a range
    factor_axis(axes, factor, at, lang, width)
    axes.set_xlabel(_named(factor, lang))


__all__ = ["INK", "curves_figure", "heat_figure", "ranks_figure", "tornado_figure"]
