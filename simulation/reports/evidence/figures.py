"""The card's figures: each study observed against predicted, where figures fall in what was predicted, parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.reports.drawing import COLOURS, GREY, INK, RULE, SMALL, Size, new_figure, plain_axes
from simulation.reports.evidence.texts import TEXTS
from simulation.reports.lines import wrapped

if TYPE_CHECKING:
    from simulation.reports.shown import ShownFigure

_NAME = {"wide": 34, "narrow": 20}
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
    figure, lang = new_figure(lang, size, height=1.1 + 0.42 * len(rows))
    axes, t = figure.subplots(), TEXTS[lang]
    at = np.arange(len(rows))[::-1].astype(float)
    for name, ends, middle, colour, marker, shift in (
        ("predicted", [(c.score.low, c.score.high) for c in rows], [c.score.median for c in rows], COLOURS[0], "o", 0.13),
        ("observed", [(c.observed_low, c.observed_high) for c in rows], [c.score.observed for c in rows], COLOURS[1], "D", -0.13),
    ):  # fmt: skip
        lows, highs = np.array(ends).T
        axes.hlines(at + shift, lows, highs, color=colour, linewidth=1.8)
        axes.plot(middle, at + shift, marker, color=colour, markersize=5, label=t[f"legend_{name}"])
    axes.axvline(0.0, color=INK, linewidth=0.8)
    names = ["\n".join(wrapped(card.row_title(c.row, lang), width=_NAME[size])) for c in rows]
    axes.set_yticks(at, names, fontsize=SMALL)
    axes.set_ylim(-0.6, len(rows) - 0.4)
    axes.set_xlabel(t["fig_axis"], fontsize=SMALL, color=GREY)
    plain_axes(axes)
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2, frameon=False, fontsize=SMALL, borderaxespad=0.1)
    return figure


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
    axes.legend(loc="upper right", frameon=False, fontsize=SMALL)
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
    columns = 4 if size == "wide" else 2
    lines = -(-len(curves) // columns)
    figure, lang = new_figure(lang, size, height=0.6 + 1.2 * lines)
    grid = figure.subplots(lines, columns, squeeze=False)
    for axes in grid.flat:
        axes.set_visible(False)
    for axes, (name, (prior, posterior)) in zip(grid.flat, curves.items(), strict=False):
        axes.set_visible(True)
        for place, draws, colour in ((1.0, prior, GREY), (0.0, posterior, COLOURS[0])):
            low, middle, high = np.quantile(draws, (0.05, 0.5, 0.95))
            axes.hlines(place, low, high, color=colour, linewidth=3)
            axes.plot([middle], [place], "o", color=colour, markersize=5)
        axes.set_yticks([1.0, 0.0], [TEXTS[lang]["prior"], TEXTS[lang]["posterior"]], fontsize=SMALL)
        axes.set_ylim(-0.6, 1.6)
        axes.set_title(name, fontsize=SMALL, loc="left", weight="bold")
        plain_axes(axes)
    return figure
