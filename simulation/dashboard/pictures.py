"""What is drawn of a running model: who acts on the graph, and the course of the scheme's world beside its twin."""

from __future__ import annotations

import io
import math
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from simulation.core.params import Text
from simulation.reports.drawing import COLOURS, EDGE, GREY, INK, RULE, SAND, fonts, new_figure

if TYPE_CHECKING:
    from matplotlib.figure import Figure

DOTS_PER_INCH = 120
_SIZE = (5.9, 4.5)  # inches: the shape of a cell of SolaraViz
_COLOURS = "cividis"  # even in lightness, and the same to those who do not see red or green
_EVERYBODY = 9_000.0  # points squared that all nodes cover together
_MOST_TIES = 6_000

WORDS = {
    "acting": Text(en="Share of this week's chances acted on", th="สัดส่วนโอกาสในสัปดาห์นี้ที่ลงมือทำ"),
    "takes_part": Text(en="dark ring: takes part in the scheme", th="วงเข้ม เข้าร่วมมาตรการ"),
    "no_chance": Text(en="white: no chance this week", th="สีขาว ไม่มีโอกาสในสัปดาห์นี้"),
    "not_begun": Text(en="white: nothing done yet, press Step", th="สีขาว ยังไม่เริ่ม ให้กด Step"),
    "scheme": Text(en="with the scheme", th="มีมาตรการ"),
    "control": Text(en="this arm", th="ทางเลือกนี้"),
    "twin": Text(en="the same people without it", th="คนเดียวกันเมื่อไม่มีมาตรการ"),
    "course": Text(en="Share of chances acted on, by week", th="สัดส่วนโอกาสที่ลงมือทำในแต่ละสัปดาห์"),
    "week": Text(en="week", th="สัปดาห์"),
    "of": Text(en="week {} of {}", th="สัปดาห์ที่ {} จาก {}"),
}


def society_figure(model: Any, behaviour: str | None = None) -> Figure:
    """Draw the citizens on their ties, coloured by the share of this week's opportunities that each acted on."""
    from matplotlib.collections import LineCollection
    from matplotlib.colors import Normalize

    name = watched(model, behaviour)
    figure, lang = _figure()
    axes = figure.add_subplot()
    axes.set_axis_off()
    places, present = _places(model)
    ties = np.array(list(model.grid.G.edges), dtype=np.int64).reshape(-1, 2)[:_MOST_TIES]
    axes.add_collection(LineCollection(list(places[ties]), colors=RULE, linewidths=0.4, zorder=1))
    share, part = share_of_each(model, name)[present], np.asarray(model.state.live_any)[present] > 0
    at, size = places[present], max(6.0, _EVERYBODY / max(1, len(places)))
    ring: Any = np.where(part, 1.3, 0.3)
    none = np.isnan(share)
    for some, fill in ((none, "white"), (~none, None)):
        colours: Any = share[some] if fill is None else fill
        dots = axes.scatter(
            at[some, 0], at[some, 1], size, colours,
            cmap=_COLOURS if fill is None else None, norm=Normalize(0, 1) if fill is None else None,
            edgecolors=INK, linewidths=ring[some], zorder=3,
        )  # fmt: skip
    bar = figure.colorbar(dots, ax=axes, shrink=0.75, pad=0.01, ticks=[0, 0.25, 0.5, 0.75, 1])
    bar.ax.set_yticklabels([f"{x}%" for x in (0, 25, 50, 75, 100)])
    bar.outline.set_visible(False)
    axes.set_title(_two(WORDS["acting"], lang), fontsize=10, color=INK, weight="bold", loc="left", linespacing=1.35)
    key = "not_begun" if model.week == 0 else "no_chance" if none.any() and not part.any() else "takes_part"
    axes.text(0, -0.02, _one(WORDS[key], lang), transform=axes.transAxes, fontsize=8.5, color=GREY, va="top")
    return figure


def course_figure(model: Any, behaviour: str | None = None) -> Figure:
    """Draw the weekly share of opportunities acted on, of the scheme's world and of its twin; weeks of offer shaded."""
    name = watched(model, behaviour)
    figure, lang = _figure()
    axes = figure.add_subplot()
    found = model.datacollector.get_model_vars_dataframe()
    shares = 100 * found[f"{name}_share"].to_numpy(float)
    twins = shares - found[f"{name}_effect_pp"].to_numpy(float)
    schemes = [s.scheme for s in model.state.schemes if model.state.behaviours[s.behaviour] == name]
    horizon = model.definition.run.weeks
    for scheme in schemes:
        for first, stop in scheme.schedule.blocks:
            axes.axvspan(first, min(stop, horizon), color=SAND, zorder=0)
        axes.axvline(scheme.schedule.first, color=EDGE, linewidth=0.8, linestyle="--", zorder=1)
    axes.plot(twins, color=GREY, linewidth=1.6, linestyle=(0, (4, 2)), label=_one(WORDS["twin"], lang))
    what = WORDS["scheme" if schemes else "control"]
    axes.plot(shares, color=COLOURS[0], linewidth=2.4, label=_one(what, lang))
    axes.set_xlim(0, max(2, horizon))
    seen = np.concatenate([shares, twins])
    seen = seen[np.isfinite(seen)]
    low, high = (0.0, 100.0) if not len(seen) else (float(seen.min()), float(seen.max()))
    axes.set_ylim(max(0, 5 * math.floor(low / 5) - 5), min(100, 5 * math.ceil(high / 5) + 10))
    axes.yaxis.set_major_formatter("{x:g}%")
    axes.set_xlabel(_one(WORDS["week"], lang))
    axes.legend(loc="upper left", frameon=False, fontsize=8.5, ncols=1)
    axes.set_title(_two(WORDS["course"], lang), fontsize=10, color=INK, weight="bold", loc="left", linespacing=1.35)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.tick_params(length=0)
    axes.grid(axis="y", color=RULE, linewidth=0.6)
    return figure


def share_of_each(model: Any, behaviour: str) -> NDArray[np.float64]:
    """Return the share of this week's opportunities that each citizen acted on, float64[N], NaN for none."""
    i = model.behaviour_index(behaviour)
    terms, open_now = model.state.prepared.behaviours[i], model.state.open_now.get(i)
    shares = model.state.columns["acts"][i] / np.float64(terms.n)
    if model.week == 0 and not terms.sticky:
        return np.full(len(shares), np.nan)
    return shares if open_now is None else np.where(open_now > 0, shares, np.nan)


def watched(model: Any, behaviour: str | None) -> str:
    """Return the behaviour to show: the one asked for, else that of the arm's first scheme, else the first."""
    names: tuple[str, ...] = model.state.behaviours
    if behaviour is not None:
        return names[int(model.behaviour_index(behaviour))]
    schemes = model.state.schemes
    first = schemes[0].behaviour if schemes else 0
    return names[int(first)]


def png(figure: Figure) -> bytes:
    """Return the figure as a picture for a page."""
    out = io.BytesIO()
    figure.savefig(out, format="png", dpi=DOTS_PER_INCH)
    return out.getvalue()


def _figure() -> tuple[Figure, str]:
    """Return an empty figure, and the language it can show beside English: none without the package's fonts."""
    figure, _ = new_figure("en", "narrow", _SIZE[1])
    figure.set_size_inches(*_SIZE)
    return figure, "th" if fonts() else "en"


def _places(model: Any) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return a place for every row, and the rows of those who are here."""
    layout = model.grid.layout(model.grid.G)
    places = np.array([layout[row] for row in range(len(layout))], dtype=np.float64).reshape(-1, 2)
    return places, np.flatnonzero([bool(model.grid.G.nodes[row]["agent"]) for row in range(len(layout))])


def _one(text: Text, lang: str) -> str:
    return f"{text.en}  {text.th}" if lang == "th" else str(text.en)


def _two(text: Text, lang: str) -> str:
    return f"{text.en}\n{text.th}" if lang == "th" else str(text.en)
