"""The card's figures: each study observed against predicted, where figures fall in what was predicted, parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.reports.drawing import COLOURS, GREY, INK, RULE, SMALL, Size, new_figure, plain_axes, write
from simulation.reports.evidence.texts import TEXTS
from simulation.reports.lines import wrapped

if TYPE_CHECKING:
    from simulation.reports.shown import ShownFigure

WHITE = {"facecolor": "white", "edgecolor": "none", "pad": 0.5}
_NAME = {"wide": 36, "narrow": 46}
"""Columns of an arm's name: beside its row on a page, above its row on a phone."""
_LINE, _MARKS, _GAP = 0.175, 0.3, 0.12
"""Inches: a line of a name, the two marks of a row, what parts two rows."""
_PANEL = 40
_TENTHS = 10


def study_figure(card: Any, study: str, lang: str = "en", size: Size = "wide") -> ShownFigure:
    """Draw each arm of a study: predicted median and 90 % above, the observed figure with its 95 % below it.

    Args:
        card: The report card.
        study: Which study of it.
        lang: "en" or "th".
        size: "wide" for a page, "narrow" for a phone.
    """
    rows = card.everything.of(study).rows
    names = [wrapped(card.row_title(c.row, lang), width=_NAME[size]) for c in rows]
    tall = [_height(len(name), size) for name in names]
    figure, lang = new_figure(lang, size, height=1.05 + sum(tall))
    axes, t = figure.subplots(), TEXTS[lang]
    ends = np.cumsum(tall)
    at = -(ends - _MARKS / 2 - _GAP / 2) if size == "narrow" else -(ends - np.array(tall) / 2)
    for name, spans, middle, colour, marker, shift in (
        ("predicted", [(c.score.low, c.score.high) for c in rows], [c.score.median for c in rows], COLOURS[0], "o", 0.06),
        ("observed", [(c.observed_low, c.observed_high) for c in rows], [c.score.observed for c in rows], COLOURS[1], "D", -0.06),
    ):  # fmt: skip
        lows, highs = np.array(spans).T
        axes.hlines(at + shift, lows, highs, color=colour, linewidth=1.8)
        axes.plot(middle, at + shift, marker, color=colour, markersize=5, label=t[f"legend_{name}"])
    axes.axvline(0.0, color=INK, linewidth=0.8)
    axes.set_ylim(-ends[-1], 0.0)
    _name_rows(axes, names, at, size)
    axes.set_xlabel(t["fig_axis"], fontsize=SMALL, color=GREY)
    plain_axes(axes)
    _key(figure)
    return figure


def _height(lines: int, size: Size) -> float:
    """Return the height of a row, in inches, with so many lines of its name."""
    return lines * _LINE + _MARKS + _GAP if size == "narrow" else max(lines * _LINE, _MARKS) + _GAP


def _name_rows(axes: Any, names: list[list[str]], at: Any, size: Size) -> None:
    """Write the names of the rows: beside them, or on a phone above each, over the whole width."""
    if size == "wide":
        axes.set_yticks(at, ["\n".join(name) for name in names], fontsize=SMALL)
        return
    axes.set_yticks([])
    for name, y in zip(names, at, strict=True):
        place = (0, y + _MARKS / 2)
        write(
            axes, "\n".join(name), place, ("axes fraction", "data"), ha="left", va="bottom", fontsize=SMALL, bbox=WHITE
        )


def _key(figure: Any) -> None:
    """Set the key above the axes, over the figure's whole width, so that it takes no room beside them."""
    handles, labels = figure.axes[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside upper left", ncols=2, frameon=False, fontsize=SMALL, borderaxespad=0.1, columnspacing=1.2, handletextpad=0.3)  # fmt: skip


def pit_figure(card: Any, lang: str = "en", size: Size = "wide") -> ShownFigure:
    """Draw the share of arms in each tenth of the predicted distribution, studies weighted alike."""
    figure, lang = new_figure(lang, size, height=2.6)
    axes, t = figure.subplots(), TEXTS[lang]
    axes.bar(np.arange(_TENTHS) + 0.5, 100 * pit_shares(card), width=0.92, color=COLOURS[0])
    axes.axhline(100 / _TENTHS, color=INK, linewidth=0.9, linestyle="--", label=t["honest"])
    axes.set_xticks(np.arange(_TENTHS) + 0.5, [f"{i + 1}" for i in range(_TENTHS)], fontsize=SMALL)
    axes.set_xlabel(t["fig_pit_x"], fontsize=SMALL, color=GREY)
    axes.set_ylabel(t["fig_pit_y"], fontsize=SMALL, color=GREY)
    plain_axes(axes)
    axes.grid(visible=False, axis="x")
    axes.grid(axis="y", color=RULE, linewidth=0.6)
    _key(figure)
    return figure


def pit_shares(card: Any) -> Any:
    """Return the share of arms in each tenth of the predicted distribution; each study weighs the same."""
    shares = np.zeros(_TENTHS)
    part = card.zero_shot
    for study in part.studies:
        pits = [c.score.pit for c in part.of(study).rows]
        counts, _ = np.histogram(pits, bins=_TENTHS, range=(0.0, 1.0))
        shares += counts / len(pits)
    return shares / max(1, len(part.studies))


def curves_figure(card: Any, lang: str = "en", size: Size = "wide") -> ShownFigure:
    """Draw each parameter before and after the studies; the middle 90 % of its draws and their median."""
    curves = card.provenance.curves
    columns = 3 if size == "wide" else 1
    lines = -(-len(curves) // columns)
    titles = [wrapped(card.provenance.parameter_title(name, lang), width=_PANEL) for name in curves]
    deepest = [max(len(x) for x in titles[i : i + columns]) for i in range(0, len(titles), columns)]
    figure, lang = new_figure(lang, size, height=0.2 + sum(0.8 + _LINE * n for n in deepest))
    grid = figure.subplots(lines, columns, squeeze=False)
    for axes in grid.flat:
        axes.set_visible(False)
    for axes, title, (prior, posterior) in zip(grid.flat, titles, curves.values(), strict=False):
        axes.set_visible(True)
        for place, draws, colour in ((1.0, prior, GREY), (0.0, posterior, COLOURS[0])):
            low, middle, high = np.quantile(draws, (0.05, 0.5, 0.95))
            axes.hlines(place, low, high, color=colour, linewidth=3)
            axes.plot([middle], [place], "o", color=colour, markersize=5)
        axes.set_yticks([1.0, 0.0], [TEXTS[lang]["prior"], TEXTS[lang]["posterior"]], fontsize=SMALL)
        axes.set_ylim(-0.6, 1.6)
        axes.locator_params(axis="x", nbins=4)
        axes.set_title("\n".join(title), fontsize=SMALL, loc="left", weight="bold")
        plain_axes(axes)
    return figure
