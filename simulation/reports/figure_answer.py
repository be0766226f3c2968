"""Figure 1, the answer: every scheme's societies as dots, the first less the second, half a year after beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulation.reports import measures
from simulation.reports.drawing import (
    GREY,
    INK,
    NARROW,
    PALE,
    RULE,
    SMALL,
    Size,
    new_figure,
    piled,
    plain_axes,
    style,
    two_lines,
    widest,
    write,
)  # fmt: skip
from simulation.reports.labels import LABELS, small_band
from simulation.reports.lines import cells, shortened
from simulation.reports.words import interval, points

if TYPE_CHECKING:
    from simulation.reports.shown import ShownFigure

_LINE = -0.14  # where a row's line lies, below its dots
_ROW = {"wide": 0.74, "narrow": 1.0}  # inches
_DOT = {"wide": 0.02, "narrow": 0.024}  # a dot's width as a share of the axis
_GAP, _VALUE = 14.0, 30.0  # pt: between the columns of Figure 1, and for the number beside the panel


def answer_figure(s: Any, lang: str = "en", size: Size = "wide") -> ShownFigure:
    """Draw Figure 1: up to 20 dots a scheme, the 90 % line, a thick bar of luck, last the first less the second.

    The wide one has half a year after beside it, on the same scale.
    """
    gap = s.first_minus_second
    rows = len(s.arms) + (gap is not None)
    figure, lang = new_figure(lang, size, height=_ROW[size] * max(2, rows) + 1.0)
    axes = figure.subplots()
    delta = s.facts.smallest_effect_pp
    axes.axvspan(-delta, delta, color=PALE, zorder=0)
    axes.axvline(0, color=INK, linewidth=1.6)
    axes.set_xlim(*measures.answer_span(s))
    axes.set_ylim(-rows + 0.38, 0.62)
    names = []
    for row, a in enumerate(s.arms):
        colour, marker, ink = style(s, a)
        luck = measures.luck_half(s, a)
        _dots(axes, -row, a.effect, a.effects, (colour, marker, colour), size, luck, ls=line_of(s))
        name = two_lines(a, lang) if size == "wide" else a.facts.title.get(lang)
        names += _row_head(axes, -row, name, a.effect, ink, lang, size)
        axes.axhline(0.5 - row, color=RULE, linewidth=0.6 if row else 0)
    if gap is not None:
        row = len(s.arms)
        axes.axhline(0.5 - row, color=INK, linewidth=1)
        _dots(axes, -row, gap, s.arms[0].effects - s.arms[1].effects, (INK, "|", "white"), size, ls=line_of(s))
        names += _row_head(axes, -row, LABELS["gap"][lang], gap, INK, lang, size)
        _write_end(axes, LABELS["above"][lang].format(measures.above_zero(s), s.societies), -row - 0.37)
    _write_band(axes, delta, lang)
    axes.set_yticks([])
    axes.set_xlabel(LABELS["effect" if size == "wide" else "effect_narrow"][lang])
    plain_axes(axes)
    if size == "wide":
        _columns(figure, axes, s, lang, widest(names))
    else:
        for row, a in enumerate(s.arms if len(s.arms) > 1 else ()):
            _write_end(axes, f"{LABELS['most'][lang]} {_of(a, s, lang)}", -row - 0.37)
    return figure


def _of(a: Any, s: Any, lang: str) -> str:
    return LABELS["of"][lang].format(f"{round(a.best_count, 1):g}", s.societies)


def line_of(s: Any) -> str:
    """Return how intervals are drawn: dashed where they hold luck alone."""
    return "--" if s.facts.parameters == "default" else "-"


def _dots(
    axes: Any,
    y: float,
    e: Any,
    values: Any,
    look: tuple[str, str, str],
    size: Size,
    luck: float | None = None,
    ls: str = "-",
) -> None:
    import numpy as np

    colour, marker, below = look
    low, high = axes.get_xlim()
    shown = measures.shown(values)
    places, piles = piled(shown, _DOT[size] * (high - low))
    heights = np.array(piles)
    step = min(0.11, {"wide": 0.36, "narrow": 0.24}[size] / max(1, heights.max()))
    face = [colour if x > 0 else below for x in shown]
    area = min(14.0, max(3.0, (step * _ROW[size] * 72) ** 2))  # dots of a high pile shrink rather than hide each other
    axes.scatter(
        places, y + step * heights, s=area, c=face, edgecolors=colour, linewidths=0.8 if area > 9 else 0.2, zorder=3
    )
    line = y + _LINE
    if e.low is not None:
        axes.plot([e.low, e.high], [line, line], color=colour, linewidth=2, linestyle=ls)
    if luck is not None:
        axes.plot([e.mean - luck, e.mean + luck], [line, line], color=colour, linewidth=6, solid_capstyle="butt")
    axes.plot([e.mean], [line], marker, color=colour, markersize=8, zorder=4)


def _row_head(axes: Any, y: float, name: str, e: Any, ink: str, lang: str, size: Size) -> list[Any]:
    span = interval(e, lang)
    value = f"{points(e.mean)}{f' ({span})' if span else ''}"
    where = ("axes fraction", "data")
    if size == "wide":
        look = {"ha": "right", "va": "bottom", "color": ink, "weight": "bold", "linespacing": 1.15}
        lower = 6 * name.count("\n")  # a name of two lines would touch the row above
        return [
            write(axes, name, (0, y), where, shift=(-9, 1 - lower), **look),
            write(axes, value, (0, y), where, shift=(-9, -2 - lower), ha="right", va="top", color=GREY),
        ]
    behind = {"facecolor": "white", "edgecolor": "none", "pad": 1.0}  # or the zero line runs through the name
    look = {"ha": "left", "va": "top", "color": ink, "weight": "bold", "bbox": behind}
    name = shortened(name, NARROW[lang] - cells(value) - 2)  # it stands whole in the table below
    return [
        write(axes, name, (0, y + 0.45), where, shift=(2, 0), **look),
        write(axes, value, (1, y + 0.45), where, ha="right", va="top", bbox=behind),
    ]


def _write_end(axes: Any, text: str, y: float) -> None:
    behind = {"facecolor": "white", "edgecolor": "none", "pad": 1.0}  # or the zero line runs through the text
    write(axes, text, (1, y), ("axes fraction", "data"), ha="right", color=GREY, fontsize=SMALL, bbox=behind)


def _write_band(axes: Any, delta: float, lang: str) -> None:
    """Say over the pale band what it is, on the side where there is room."""
    low, high = axes.get_xlim()
    left = -delta - low < high - delta
    at = (max(low, -delta) if left else min(high, delta), 1)
    ha = "left" if left else "right"
    write(axes, small_band(delta, lang), at, ("data", "axes fraction"), shift=(0, 4), ha=ha, va="bottom", color=GREY, fontsize=SMALL)  # fmt: skip


def _columns(figure: Any, axes: Any, s: Any, lang: str, names: float) -> None:
    """Place the axis between the names and the columns at its right: half a year after, and did most in.

    By hand, for matplotlib's own layout forgets what stands beside a panel that is set into another.
    """
    whole, height = 72 * figure.get_figwidth(), 72 * figure.get_figheight()
    after, most = any(a.effect_after is not None for a in s.arms), len(s.arms) > 1
    left, right, share = names + 14, whole - 6, 0.0
    head = {"ha": "left", "va": "bottom", "color": GREY, "fontsize": SMALL, "linespacing": 1.2}
    where = ("axes fraction", "data")
    if most:
        column = [write(axes, _of(a, s, lang), (1, -row), where, ha="left", color=GREY) for row, a in enumerate(s.arms)]
        column.append(write(axes, LABELS["most_head"][lang], (1, 1), "axes fraction", shift=(0, 4), **head))
        right -= widest(column)
    if after:
        share = _after_share(axes, s)
    wide = (right - left - _GAP * (most + after) - _VALUE * after) / (1 + share)
    figure.set_layout_engine(None)
    figure.subplots_adjust(left=left / whole, right=(left + wide) / whole, bottom=48 / height, top=1 - 36 / height)
    if after:
        _after_panel(axes, s, lang, _GAP / wide, share, head)
    for text in column if most else ():
        x, y = text.xyann
        text.xyann = (x + wide * share + _GAP * (1 + after) + _VALUE * after, y)


def _after_ends(axes: Any, s: Any) -> tuple[float, float]:
    """Return the ends of the panel of half a year after: 0, the band, every interval; a fifth of the axis at least."""
    low, high = axes.get_xlim()
    delta, edge = s.facts.smallest_effect_pp, 0.03 * (high - low)
    found = [a.effect_after for a in s.arms if a.effect_after is not None]
    ends = [-delta, delta, *(x for e in found for x in (e.mean, e.low, e.high) if x is not None)]
    left = min(ends) - edge
    return left, max(max(ends) + edge, left + 0.2 * (high - low))


def _after_share(axes: Any, s: Any) -> float:
    low, high = axes.get_xlim()
    left, right = _after_ends(axes, s)
    return float((right - left) / (high - low))


def _after_panel(axes: Any, s: Any, lang: str, gap: float, share: float, head: dict[str, Any]) -> None:
    """Draw line and marker of half a year after, on the same scale."""
    delta = s.facts.smallest_effect_pp
    left, right = _after_ends(axes, s)
    panel = axes.inset_axes((1 + gap, 0, share, 1), sharey=axes)
    panel.axvspan(-delta, delta, color=PALE, zorder=0)
    panel.axvline(0, color=INK, linewidth=1.6)
    for row, a in enumerate(s.arms):
        colour, marker, _ = style(s, a)
        e = a.effect_after
        if e is None:
            continue
        if e.low is not None:
            panel.plot([e.low, e.high], [-row, -row], color=colour, linewidth=2, linestyle=line_of(s))
        panel.plot([e.mean], [-row], marker, color=colour, markersize=8, zorder=4)
        write(panel, points(e.mean), (1, -row), ("axes fraction", "data"), shift=(4, 0), ha="left")
    panel.set_xlim(left, right)
    panel.tick_params(labelleft=False)
    panel.set_xticks([t for t in axes.get_xticks() if left <= t <= right])
    write(panel, LABELS["after_head"][lang], (0, 1), "axes fraction", shift=(0, 4), **head)
    plain_axes(panel)
