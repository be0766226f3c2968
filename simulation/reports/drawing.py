"""What the figures of a report share: sizes, colours, the package's own fonts, names in two lines, SVG for a page."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from simulation.reports.breaks import name_parts

if TYPE_CHECKING:
    from simulation.reports.shown import ShownFigure

Size = Literal["wide", "narrow"]
WIDTHS = {"wide": 7.5, "narrow": 3.5}  # inches: 720 and 336 px on a page
TEXT, SMALL = 9.5, 9.2  # pt: 12.7 and 12.3 px, still over 11.5 px where a phone of 360 px shrinks the narrow figure
INK, GREY, SAND, PALE, EDGE, RULE = "#1A1F2B", "#4A5160", "#F6EFDF", "#F1F3F6", "#A8966A", "#D6DAE1"
COLOURS = ("#1257A6", "#BF4A0A", "#138D75", "#5B1A5E")
INKS = ("#0F4C92", "#A63F08", "#0C6B59", "#5B1A5E")  # the same hues, dark enough for text
MARKERS = ("o", "s", "^", "D")
NARROW = {"en": 50, "th": 44}
"""Columns of text that a narrow figure holds from side to side."""
_LEADERS = 2
_LONG_NAME = 16


def new_figure(lang: str, size: Size, height: float) -> tuple[ShownFigure, str]:
    """Return an empty figure in the package's fonts, and the language it can be written in.

    Without the package's fonts Thai would be boxes: then the figure is in English.
    """
    import matplotlib as mpl

    from simulation.reports.shown import ShownFigure

    family = fonts()
    mpl.rcParams.update(
        {
            "svg.fonttype": "none",
            "svg.hashsalt": "kwamdee",
            "axes.unicode_minus": True,
            "font.family": family or ["DejaVu Sans"],
            "font.size": TEXT,
            "text.color": INK,
            "axes.labelcolor": GREY,
            "xtick.color": GREY,
            "ytick.color": INK,
            "hatch.linewidth": 0.8,
        }
    )
    return ShownFigure(figsize=(WIDTHS[size], height), layout="constrained"), lang if family else "en"


@cache
def fonts() -> list[str]:
    """Register the package's own fonts; return their families, none where they are not shipped."""
    from matplotlib import font_manager

    folder = Path(str(resources.files("simulation"))) / "data" / "fonts"
    families = []
    for path in sorted(folder.glob("*.ttf")):
        font_manager.fontManager.addfont(str(path))
        families.append(font_manager.FontProperties(fname=str(path)).get_name())
        entry = font_manager.fontManager.ttflist[-1]
        if "Math" in entry.name:  # it has one weight: bold names would else print a notice for each sign sought
            font_manager.fontManager.ttflist.append(replace(entry, weight=700))
    return list(dict.fromkeys(families))


def two_lines(a: Any, lang: str) -> str:
    """Break a long name once, at its preferred break."""
    name: str = a.facts.title.get(lang)
    return name if len(name) <= _LONG_NAME else "\n".join(name_parts(name))


@contextmanager
def missing_signs_are_the_readers() -> Iterator[None]:
    """Leave out matplotlib's notices of signs that the package's fonts lack, as Chinese ones in a name.

    Text stays text in a page, where the reader's own fonts draw such a sign; only its width is guessed here.
    """
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r"Glyph .* missing from", category=UserWarning)
        yield


def style(s: Any, a: Any) -> tuple[str, str, str]:
    """Return colour, marker and the colour of its text.

    Up to four arms have theirs by their place in the file, so that two reports of one scenario agree. More hues cannot be
    told apart: then the two leaders have one each, and all others are ink.
    """
    places = [f.name for f in s.facts.arms if f.window is not None]
    many = len(places) > len(COLOURS)
    order = [x.facts.name for x in s.arms[:_LEADERS]] if many else places
    if a.facts.name not in order:
        return INK, "o", INK
    place = order.index(a.facts.name)
    return COLOURS[place], MARKERS[place], INKS[place]


def mix(colour: str, depth: float) -> str:
    """Mix a colour with white, opaque."""
    parts = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(255 + (p - 255) * depth):02x}" for p in parts)


def plain_axes(axes: Any) -> None:
    """Leave of the frame its lower side, and pale lines at the ticks."""
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.tick_params(length=0)
    axes.grid(axis="x", color=RULE, linewidth=0.6)
    axes.set_axisbelow(True)


def write(axes: Any, text: str, at: tuple[float, float], where: Any = "data", **how: Any) -> Any:
    """Write a text at a place and return it; `where` names the coordinates of x and y, `shift` moves it by points."""
    how = {"fontsize": TEXT, "color": INK, "va": "center", **how}
    shift = how.pop("shift", (0, 0))
    return axes.annotate(
        text, at, xycoords=where, xytext=shift, textcoords="offset points", annotation_clip=False, **how
    )


def piled(values: Any, near: float) -> tuple[list[float], list[int]]:
    """Return where each of the sorted values stands: those within `near` in one pile at their mean, and how high.

    No pile holds values on both sides of 0: which side they are on is what the reader counts.
    """
    piles: list[list[float]] = []
    for x in values:
        if piles and x - piles[-1][0] < near and (x > 0) == (piles[-1][0] > 0):
            piles[-1].append(float(x))
        else:
            piles.append([float(x)])
    places = [sum(pile) / len(pile) for pile in piles for _ in pile]
    return places, [height for pile in piles for height in range(len(pile))]


def widest(texts: Any) -> float:
    """Return the width of the widest of the written texts, pt."""
    return max((t.get_window_extent().width * 72 / t.figure.dpi for t in texts), default=0.0)


def to_svg(figure: ShownFigure, title: str, description: str, key: str) -> str:
    """Return the figure as SVG for a page: text stays text; title and description for screen readers.

    `key` keeps the identifiers of several figures on one page apart.
    """
    import io
    from html import escape

    out = io.StringIO()
    figure.savefig(out, format="svg", metadata={"Date": None})
    text = out.getvalue()
    text = text[text.index("<svg") :]
    text = re.sub(r"<metadata>.*?</metadata>", "", text, flags=re.DOTALL)
    text = re.sub(r'(\bid="|url\(#|href="#)', lambda m: m.group(1) + key + "-", text)
    head, rest = text.split(">", 1)
    labels = f'role="img" aria-labelledby="{key}-t {key}-d"'
    return f'{head} {labels}><title id="{key}-t">{escape(title)}</title><desc id="{key}-d">{escape(description)}</desc>{rest}'
