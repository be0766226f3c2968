"""What the figures of a study share: the look of arms, the axis of a factor, names in short lines."""

from __future__ import annotations

import textwrap
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from simulation.reports.drawing import COLOURS, GREY, INK, INKS, MARKERS, SMALL, WIDTHS, Size
from simulation.reports.study.names import factor_unit, title_of, value

if TYPE_CHECKING:
    from simulation.reports.study.view import StudyView
    from simulation.results.responses.facts import FactorFacts

MOST_TICKS = 5
_IN_A_KEY, _LETTERS_IN_A_KEY = 4, 62
"""Names that stand side by side above the panels, and the letters that have room there."""
WHITE = {"facecolor": "white", "edgecolor": "none", "pad": 0.6}
"""What stands behind a text that lies over lines."""
_SIGN = 6.6  # px that a letter takes at the size of ticks, near enough to keep labels apart
_WIDE_LOG = 3.0
"""Ratio of the ends from which a range walked by logarithms is drawn so."""


def style(view: StudyView, arm: str) -> tuple[str, str, str]:
    """Return colour, marker and the colour of its text: by its place in the file, so that two reports agree."""
    places = [name for name, _ in view.judged_arms]
    place = places.index(arm) if arm in places else len(COLOURS)
    if place >= len(COLOURS):
        return INK, "o", INK
    return COLOURS[place], MARKERS[place], INKS[place]


def arms_shown(view: StudyView, name: str, size: Size, wide: int = 3, narrow: int = 2) -> list[str]:
    """Return what a figure of an outcome has room for: contrasts, then arms in file order, those that do most before all."""
    room, subjects = wide if size == "wide" else narrow, [arm for arm, _ in view.subjects(name)]
    if len(subjects) <= room:
        return subjects
    contrasts = [s for s in subjects if s in {c.name for c in view.facts.contrasts}][: room - 1]
    means = view.points.groupby("arm")[name].mean().abs()
    arms = sorted(
        (s for s in subjects if s not in contrasts and s in means), key=means.to_dict().__getitem__, reverse=True
    )
    chosen = {*contrasts, *arms[: room - len(contrasts)]}
    return [s for s in subjects if s in chosen]


def in_lines(text: str, letters: int) -> str:
    """Break a name at its blanks and hyphens into lines of about so many letters; a word is never broken."""
    return "\n".join(textwrap.wrap(text, letters, break_long_words=False))


def places(factor: FactorFacts, at: list[Any]) -> list[float]:
    """Return where levels stand on the axis: numbers at their value, others side by side."""
    return [float(x) for x in at] if factor.numeric else [float(i) for i in range(len(at))]


def factor_axis(axes: Any, factor: FactorFacts, at: list[Any], lang: str, width: float) -> None:
    """Set the x axis of a factor: its scale, a few ticks that do not touch, its unit below.

    Args:
        axes: Axes to set.
        factor: The factor.
        at: Its levels.
        lang: "en" or "th".
        width: Width of the panel, px.
    """
    x = places(factor, at)
    if factor.numeric:
        _scale(axes, factor, x)
        at = _round(factor, at)
        x = [float(v) for v in at]
        ticks = _apart(x, [value(factor, v, lang, unit=False) for v in at], axes, width)
        axes.set_xticks([x[i] for i in ticks], [value(factor, at[i], lang, unit=False) for i in ticks])
        axes.xaxis.set_minor_locator(_none())
    else:
        letters = max(6, int(width / max(1, len(at)) / _SIGN) - 1)
        axes.set_xticks(x, [in_lines(value(factor, v, lang), letters) for v in at])
        axes.set_xlim(-0.5, len(at) - 0.5)
    axes.set_xlabel(factor_unit(factor, lang) or " ", fontsize=SMALL, color=GREY)


def _round(factor: FactorFacts, at: list[Any]) -> list[Any]:
    """Return the levels to label: those listed, or of a range its ends and its middle."""
    if factor.values or factor.low is None or factor.high is None:
        return at
    low, high = factor.low, factor.high
    return [low, (low * high) ** 0.5 if factor.scale == "log" else (low + high) / 2, high]


def _none() -> Any:
    from matplotlib.ticker import NullLocator

    return NullLocator()


def _scale(axes: Any, factor: FactorFacts, x: list[float]) -> None:
    ends = [*x, *(v for v in (factor.low, factor.high) if v is not None and not factor.values)]
    low, high = min(ends), max(ends)
    if low > 0 and (factor.scale == "log" or _doubling(x)) and high / low >= _WIDE_LOG:
        axes.set_xscale("log")
        room = (high / low) ** 0.06
        axes.set_xlim(low / room, high * room)
    elif high > low:
        axes.set_xlim(low - 0.06 * (high - low), high + 0.06 * (high - low))


def _doubling(x: list[float]) -> bool:
    """Tell whether listed values grow by one ratio, as 10, 20, 40, so that even steps show them best."""
    ratios = [b / a for a, b in pairwise(x)] if min(x) > 0 else []
    return len(ratios) > 1 and max(ratios) - min(ratios) < 0.01 and min(ratios) > 1.5


def _apart(x: list[float], labels: list[str], axes: Any, width: float) -> list[int]:
    """Choose the levels that are labelled: both ends, and between them those whose label has room."""
    to_px = axes.transData.transform
    ends = to_px([(axes.get_xlim()[0], 0), (axes.get_xlim()[1], 0)])
    scale = width / max(1e-9, float(ends[1][0] - ends[0][0]))
    at = [float(to_px((v, 0))[0]) * scale for v in x]
    chosen = [0] if len(x) == 1 else [0, len(x) - 1]
    for i in range(1, len(x) - 1):
        room = all(abs(at[i] - at[j]) > _SIGN * (len(labels[i]) + len(labels[j])) / 2 + 8 for j in chosen)
        if room and len(chosen) < MOST_TICKS:
            chosen.append(i)
    return sorted(chosen)


def arm_key(figure: Any, view: StudyView, arms: list[str], lang: str, wide: bool) -> None:
    """Name the arms above the panels, each in its colour beside its marker."""
    from matplotlib.lines import Line2D

    handles = []
    for arm in arms:
        colour, marker, _ = style(view, arm)
        handles.append(
            Line2D([], [], color=colour, marker=marker, linewidth=2, markersize=6, label=view.title_of(arm, lang))
        )
    columns = min(len(arms), _IN_A_KEY) if wide else 1
    if wide and sum(len(view.title_of(arm, lang)) for arm in arms) > _LETTERS_IN_A_KEY:
        columns = min(columns, 2)
    legend = figure.legend(handles=handles, loc="outside upper left", ncols=columns, frameon=False,
                           fontsize=SMALL, borderpad=0.2, handlelength=2)  # fmt: skip
    for text, arm in zip(legend.get_texts(), arms, strict=True):
        text.set_color(style(view, arm)[2])
        text.set_weight("bold")


def head(axes: Any, factor: FactorFacts, lang: str, letters: int) -> None:
    """Write the name of a factor above its panel."""
    axes.set_title(in_lines(title_of(factor, lang), letters), fontsize=10, color=INK, weight="bold", loc="left")


def panel_width(size: Size, columns: int) -> float:
    """Return how wide a panel is, px, near enough to place its labels."""
    return (96 * WIDTHS[size] - 64) / columns - 16


__all__ = [
    "WHITE",
    "Size",
    "arm_key",
    "arms_shown",
    "factor_axis",
    "head",
    "in_lines",
    "panel_width",
    "places",
    "style",
]
