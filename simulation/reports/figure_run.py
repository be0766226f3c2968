"""The figure of one run: acts with and without the scheme, week by week."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulation.reports.drawing import (
    COLOURS,
    EDGE,
    GREY,
    RULE,
    SAND,
    SMALL,
    Size,
    new_figure,
    plain_axes,
    write,
)
from simulation.reports.labels import LABELS

if TYPE_CHECKING:
    from simulation.reports.shown import ShownFigure

_SAID = {
    "with": {"en": "with the scheme", "th": "เมื่อมีมาตรการ"},
    "without": {"en": "without it", "th": "เมื่อไม่มีมาตรการ"},
    "axis": {"en": "% of chances acted on", "th": "ร้อยละของโอกาสที่ลงมือทำ"},
    "week": {"en": "week", "th": "สัปดาห์ที่"},
}


def run_figure(trajectory: Any, facts: Any, arm: Any, lang: str = "en", size: Size = "wide") -> ShownFigure:
    """Draw a panel for each behaviour: both shares in percent of opportunities, the weeks of offer shaded.

    Args:
        trajectory: Rows by week and behaviour, shares of opportunities.
        facts: What is known of the scenario.
        arm: What is known of the arm.
        lang: "en" or "th".
        size: "wide" for a page, "narrow" for a phone.
    """
    many = len(facts.behaviours)
    figure, lang = new_figure(lang, size, height=2.9 * many if size == "wide" else 2.4 * many)
    grid = figure.subplots(many, 1, squeeze=False)
    for axes, (name, title) in zip(grid[:, 0], facts.behaviours, strict=True):
        _course(axes, trajectory[trajectory["behaviour"] == name], arm, lang)
        heading = title.get(lang)
        pad = 6 if size == "wide" else 18  # above the legend, where there is no room beside it
        axes.set_title(heading[:1].upper() + heading[1:], fontsize=10, loc="left", weight="bold", pad=pad)
        axes.set_ylabel(_SAID["axis"][lang], fontsize=SMALL, color=GREY)
        plain_axes(axes)
        axes.grid(axis="y", color=RULE, linewidth=0.6)
        axes.grid(visible=False, axis="x")
    grid[-1, 0].set_xlabel(_SAID["week"][lang], fontsize=SMALL, color=GREY)
    return figure


def _course(axes: Any, rows: Any, arm: Any, lang: str) -> None:
    weeks, horizon = rows["week"], int(rows["week"].max()) + 1
    if arm.window is not None:
        for first, stop in arm.window.blocks:
            axes.axvspan(first, min(stop, horizon), color=SAND, zorder=0)
        for edge in (arm.window.start, arm.window.end):
            axes.axvline(edge, color=EDGE, linewidth=0.8, linestyle="--", zorder=1)
        write(axes, LABELS["runs"][lang], (arm.window.start, 1), ("data", "axes fraction"), shift=(3, -7), ha="left", fontsize=SMALL, color=GREY)  # fmt: skip
        axes.plot(weeks, 100 * rows["acts_share"], color=COLOURS[0], linewidth=2.0, label=_SAID["with"][lang])
    axes.plot(
        weeks, 100 * rows["twin_share"], color=GREY, linewidth=1.4, linestyle=(0, (4, 2)), label=_SAID["without"][lang]
    )
    axes.set_xlim(0, max(1, horizon))
    axes.margins(y=0.15)
    axes.legend(loc="lower right", bbox_to_anchor=(1, 1), ncols=2, frameon=False, fontsize=SMALL, borderaxespad=0.1)
