"""The figure of a sensitivity study: an index a factor with its interval, the largest first, a panel an arm."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from simulation.reports.drawing import GREY, INK, SMALL, TEXT, Size, mix, new_figure, plain_axes, write
from simulation.reports.study import indices
from simulation.reports.study.drawing import WHITE, in_lines, style
from simulation.reports.study.names import title_of
from simulation.reports.study.sentences import LABELS

if TYPE_CHECKING:
    from simulation.reports.shown import ShownFigure
    from simulation.reports.study.indices import Index
    from simulation.reports.study.view import StudyView

_MOST_ROWS = {"wide": 15, "narrow": 12}
_PANELS = {"wide": 3, "narrow": 2}
_HALF = 0.3  # height of a bar


def shown_blocks(view: StudyView, size: Size) -> list[tuple[str, str, str, list[Index]]]:
    """Return the indices of the leading outcome that a figure has room for."""
    return [b for b in indices.blocks(view) if b[2] == view.lead][: _PANELS[size]]


def indices_figure(view: StudyView, lang: str = "en", size: Size = "wide") -> ShownFigure:
    """Draw a bar a factor and its 95 % interval; inside it, darker, what the factor does alone, where that is known."""
    found = shown_blocks(view, size)
    rows = max(min(len(b[3]), _MOST_ROWS[size]) for b in found)
    method = found[0][0]
    row = 0.34 if size == "wide" else 0.58
    figure, lang = new_figure(lang, size, height=(row * max(2, rows) + 0.4) * len(found) + 0.9)
    panels = figure.subplots(len(found), 1, sharex=True, squeeze=False).ravel()
    for axes, (_, arm, _, own) in zip(panels, found, strict=True):
        colour = style(view, arm)[0]
        own = own[: _MOST_ROWS[size]]
        for i, x in enumerate(own):
            _bar(axes, -i, x, method, colour)
        _heads(axes, [title_of(view.factor(x.factor), lang) for x in own], lang, size)
        axes.set_title(view.title_of(arm, lang), fontsize=TEXT, color=style(view, arm)[2], weight="bold", loc="left")
        axes.axvline(0, color=INK, linewidth=1.2)
        axes.set_ylim(-rows + 0.35, 0.7)
        plain_axes(axes)
        axes.tick_params(labelbottom=True)
    panels[-1].set_xlabel(LABELS[f"axis.{method}"][lang == "th"], fontsize=SMALL)
    _key(figure, method, lang, size)
    return figure


def _bar(axes: Any, y: int, x: Index, method: str, colour: str) -> None:
    face = "white" if x.nothing else mix(colour, 0.35)
    axes.barh(y, x.value, height=2 * _HALF, color=face, edgecolor=colour, linewidth=1)
    if method in ("sobol", "delta") and math.isfinite(x.second):
        axes.barh(y, max(0.0, x.second), height=_HALF, color=colour)
    if method == "morris" and math.isfinite(x.second):
        axes.plot([x.second], [y], "D", color=colour, markerfacecolor="white", markersize=5, zorder=4)
    if method == "pawn" and math.isfinite(x.second):
        axes.plot([x.second, x.second], [y - 0.42, y + 0.42], color=GREY, linewidth=1.2, linestyle="--", zorder=4)
    if math.isfinite(x.low) and math.isfinite(x.high):
        axes.plot([x.low, x.high], [y, y], color=INK, linewidth=1.4, zorder=5)


def _heads(axes: Any, names: list[str], lang: str, size: Size) -> None:
    if size == "wide":
        axes.set_yticks([-i for i in range(len(names))], [in_lines(n, 26) for n in names])
        return
    axes.set_yticks([])
    for i, name in enumerate(names):
        write(axes, name, (0, -i + 0.46), ("axes fraction", "data"), shift=(2, 1), ha="left", va="center", fontsize=SMALL, color=GREY, bbox=WHITE, zorder=6)  # fmt: skip


def _key(figure: Any, method: str, lang: str, size: Size) -> None:
    """Say what bar, inner bar or mark, and line are."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    thai = lang == "th"
    handles: list[Any] = [Patch(facecolor=mix(INK, 0.35), edgecolor=INK, label=LABELS[indices.MAIN[method]][thai])]
    if method in ("sobol", "delta"):
        handles.append(Patch(facecolor=INK, label=LABELS["s1"][thai]))
    if method == "morris":
        handles.append(
            Line2D(
                [], [], color=INK, marker="D", markerfacecolor="white", linestyle="none", label=LABELS["sigma"][thai]
            )
        )
    if method == "pawn":
        handles.append(Line2D([], [], color=GREY, linestyle="--", label=LABELS["chance"][thai]))
    handles.append(Line2D([], [], color=INK, linewidth=1.4, label=LABELS["interval"][thai]))
    figure.legend(handles=handles, loc="outside upper left", ncols=2 if size == "wide" else 1, frameon=False, fontsize=SMALL,
                  borderpad=0.2, handlelength=1.6)  # fmt: skip
