"""Figures of a comparison, drawn by matplotlib: the answer, over time, cost, who gains. Each wide and narrow."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from simulation.reports.words import group_name, interval, points

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Size = Literal["wide", "narrow"]
WIDTHS = {"wide": 7.5, "narrow": 3.5}  # inches: 720 and 336 px on a page
INK, GREY, SAND, PALE, EDGE = "#1A1F2B", "#4A5160", "#F6EFDF", "#F1F3F6", "#A8966A"
COLOURS = ("#1257A6", "#BF4A0A", "#138D75", "#5B1A5E")
MARKERS = ("o", "s", "^", "D")
_SHOWN_DOTS = 20
_GROUP_ARMS = {"wide": 4, "narrow": 2}
_FEW = 4
LABELS = {
    "effect": {"en": "percentage points against no scheme", "th": "จุดร้อยละ เทียบกับไม่มีมาตรการ"},
    "effect_narrow": {"en": "percentage points", "th": "จุดร้อยละ"},
    "week": {"en": "week", "th": "สัปดาห์ที่"},
    "cost": {"en": "thousand baht for 1,000 people", "th": "พันบาทต่อ 1,000 คน"},
    "runs": {"en": "scheme runs", "th": "ดำเนินมาตรการ"},
    "gap": {"en": "First minus second", "th": "อันดับ 1 ลบอันดับ 2"},
    "most": {"en": "did most in", "th": "ได้ผลมากที่สุดใน"},
    "small": {"en": "too small to matter", "th": "เล็กเกินกว่าจะมีความหมาย"},
    "per_act": {"en": "{} baht an act", "th": "{} บาทต่อครั้ง"},
    "behind": {"en": "under half", "th": "ไม่ถึงครึ่ง"},
}


def answer_figure(s: Any, lang: str = "en", size: Size = "wide") -> Figure:
    """Draw Figure 1: up to 20 dots a scheme, the 90 % line, a thick bar of luck, last the first less the second."""
    gap = s.first_minus_second
    rows = len(s.arms) + (gap is not None)
    figure, lang = _figure(lang, size, height=0.72 * max(2, rows) + 0.8)
    axes = figure.subplots()
    delta = s.facts.smallest_effect_pp
    axes.axvspan(-delta, delta, color=PALE, zorder=0)
    axes.axvline(0, color=INK, linewidth=1.6)
    labels = []
    for row, a in enumerate(s.arms):
        colour, marker = _style(s, a)
        luck = None if a.spread is None else a.spread.luck**0.5
        _row(axes, -row, a.effect, a.effects, colour, marker, luck)
        span = interval(a.effect, lang)
        labels.append(f"{_name(a, lang)}\n{points(a.effect.mean)}{f' ({span})' if span else ''}")
        if size == "wide" and len(s.arms) > 1:
            count = f"{a.best_count:g}/{s.societies}"
            axes.annotate(count, (1.01, -row), xycoords=("axes fraction", "data"), va="center", color=GREY)
    if gap is not None:
        y = -len(s.arms)
        axes.axhline(y + 0.5, color="#D6DAE1", linewidth=1)
        values = s.arms[0].effects - s.arms[1].effects
        _row(axes, y, gap, values, INK, "|", None, hollow=True)
        labels.append(f"{LABELS['gap'][lang]}\n{points(gap.mean)}")
    axes.set_yticks([-i for i in range(rows)], labels)
    axes.set_ylim(-rows + 0.45, 0.55)
    if size == "wide" and len(s.arms) > 1:
        axes.annotate(LABELS["most"][lang], (1.01, 0.6), xycoords=("axes fraction", "data"), color=GREY, fontsize=9)
    axes.set_xlabel(LABELS["effect" if size == "wide" else "effect_narrow"][lang])
    _plain(axes)
    return figure


def _row(
    axes: Any, y: float, e: Any, values: Any, colour: str, marker: str, luck: float | None, hollow: bool = False
) -> None:
    import numpy as np

    if e.low is not None:
        axes.plot([e.low, e.high], [y - 0.12, y - 0.12], color=colour, linewidth=2)
    if luck:
        half = 1.645 * luck
        axes.plot([e.mean - half, e.mean + half], [y - 0.12, y - 0.12], color=colour, linewidth=6, alpha=1.0)
    shown = values if len(values) <= _SHOWN_DOTS else np.percentile(values, np.arange(2.5, 100, 5))
    face = [INK if x > 0 else "white" for x in shown] if hollow else colour
    axes.scatter(shown, np.full(len(shown), y + 0.16), s=14, c=face, edgecolors=colour, linewidths=0.8, zorder=3)
    axes.plot([e.mean], [y - 0.12], marker, color=colour, markersize=8, zorder=4)


def time_figure(s: Any, lang: str = "en", size: Size = "wide") -> Figure:
    """Draw Figure 2: a panel a scheme (at most six), median, 50 % and 90 % bands, the weeks of offer shaded."""
    arms = s.arms[:6]
    if size == "narrow":
        figure, lang = _figure(lang, size, height=1.55 * len(arms) + 0.3)
        panels = figure.subplots(len(arms), 1, sharey=True, squeeze=False)[:, 0]
    else:
        lines = 1 if len(arms) <= _FEW else 2
        figure, lang = _figure(lang, size, height=2.6 * lines)
        grid = figure.subplots(lines, -(-len(arms) // lines), sharey=True, squeeze=False).ravel()
        for unused in grid[len(arms) :]:
            unused.set_axis_off()
        panels = grid[: len(arms)]
    for place, (axes, a) in enumerate(zip(panels, arms, strict=True)):
        colour, _ = _style(s, a)
        w = a.facts.window
        horizon = a.fan.shape[1]
        axes.axvspan(w.start, min(w.end, horizon), color=SAND, zorder=0)
        for edge in (w.start, w.end):
            axes.axvline(edge, color=EDGE, linewidth=0.8, linestyle="--", zorder=1)
        weeks = range(horizon)
        axes.fill_between(weeks, a.fan[0], a.fan[4], color=_mix(colour, 0.24), linewidth=0)
        axes.fill_between(weeks, a.fan[1], a.fan[3], color=_mix(colour, 0.5), linewidth=0)
        axes.plot(weeks, a.fan[2], color=colour, linewidth=2.4)
        axes.axhline(0, color=INK, linewidth=1.4)
        axes.set_title(_name(a, lang), fontsize=10, color=colour)
        axes.set_xticks(sorted({w.start, min(w.end, horizon), horizon}))
        axes.set_xlim(0, max(horizon, 1))
        if place == 0 and w.end - w.start >= horizon / 3:
            middle = (w.start + min(w.end, horizon)) / 2
            axes.annotate(
                LABELS["runs"][lang], (middle, 0.98), xycoords=("data", "axes fraction"), ha="center", va="top",
                color=GREY, fontsize=9.2,
            )  # fmt: skip
        if size == "wide" or place == len(arms) - 1:
            axes.set_xlabel(LABELS["week"][lang])
        _plain(axes)
    return figure


def cost_figure(s: Any, lang: str = "en", size: Size = "wide") -> Figure:
    """Draw Figure 3: what the money bought, stacked, with the cost of an additional act at the bar's end."""
    figure, lang = _figure(lang, size, height=0.55 * len(s.arms) + 0.9)
    axes = figure.subplots()
    parts = ((None, 1.0), ("////", 0.35), (None, 0.15))
    most = max(sum(a.costs_per_1000) for a in s.arms) / 1000
    for row, a in enumerate(s.arms):
        colour, _ = _style(s, a)
        left = 0.0
        for value, (hatch, depth) in zip(a.costs_per_1000, parts, strict=True):
            axes.barh(
                -row, value / 1000, left=left, height=0.5, color=_mix(colour, depth), hatch=hatch, edgecolor=colour
            )
            left += value / 1000
        each = "" if a.cost_per_act is None else LABELS["per_act"][lang].format(f"{a.cost_per_act.mean:,.1f}")
        text = f"{left:,.1f}" + (f"  ({each})" if each and size == "wide" else "")
        axes.annotate(text, (left, -row), xytext=(5, 0), textcoords="offset points", va="center", color=GREY)
    axes.set_yticks([-i for i in range(len(s.arms))], [_name(a, lang) for a in s.arms])
    axes.set_xlim(0, most * (1.35 if size == "wide" else 1.3))
    axes.set_xlabel(LABELS["cost"][lang])
    _plain(axes)
    return figure


def groups_figure(s: Any, lang: str = "en", size: Size = "wide") -> Figure:
    """Draw Figure 4: effect by group, a column a scheme, hollow where a group is left behind; the narrow one shows two."""
    arms = s.arms[: _GROUP_ARMS[size]]
    names = [(g.kind, g.group) for g in arms[0].groups]
    stacked = size == "narrow"
    figure, lang = _figure(lang, size, height=(0.27 * len(names) + 0.6) * (len(arms) if stacked else 1) + 0.4)
    shape = (len(arms), 1) if stacked else (1, len(arms))
    panels = figure.subplots(*shape, sharex=True, sharey=True, squeeze=False).ravel()
    for axes, a in zip(panels, arms, strict=True):
        colour, marker = _style(s, a)
        for g in a.groups:
            if (g.kind, g.group) not in names:
                continue
            y = -names.index((g.kind, g.group))
            if g.effect.low is not None:
                axes.plot([g.effect.low, g.effect.high], [y, y], color=colour, linewidth=1.6)
            face = "white" if g.left_behind else colour
            axes.plot([g.effect.mean], [y], marker, color=colour, markerfacecolor=face, markersize=6)
        axes.axvline(0, color=INK, linewidth=1.4)
        axes.axvline(a.effect.mean, color=GREY, linewidth=1, linestyle="--")
        axes.set_title(a.facts.title.get(lang) if stacked else _name(a, lang), fontsize=9.5, color=colour)
        _plain(axes)
    panels[0].set_yticks([-i for i in range(len(names))], [group_name(k, g, lang, short=stacked) for k, g in names])
    figure.supxlabel(LABELS["effect" if size == "wide" else "effect_narrow"][lang], fontsize=9.5, color=GREY)
    return figure


def to_svg(figure: Figure, title: str, description: str, key: str) -> str:
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


def _figure(lang: str, size: Size, height: float) -> tuple[Figure, str]:
    import matplotlib as mpl
    from matplotlib.figure import Figure

    family = _fonts()
    mpl.rcParams.update(
        {
            "svg.fonttype": "none",
            "svg.hashsalt": "kwamdee",
            "axes.unicode_minus": True,
            "font.family": family or ["DejaVu Sans"],
            "font.size": 9.5,
            "text.color": INK,
            "axes.labelcolor": GREY,
            "xtick.color": GREY,
            "ytick.color": INK,
            "hatch.linewidth": 0.8,
        }
    )
    return Figure(figsize=(WIDTHS[size], height), layout="constrained"), lang if family else "en"


@cache
def _fonts() -> list[str]:
    """Register the package's own fonts; return their families, none where they are not shipped."""
    from matplotlib import font_manager

    folder = Path(str(resources.files("simulation"))) / "data" / "fonts"
    families = []
    for path in sorted(folder.glob("*.ttf")):
        font_manager.fontManager.addfont(str(path))
        families.append(font_manager.FontProperties(fname=str(path)).get_name())
    return list(dict.fromkeys(families))


def _name(a: Any, lang: str) -> str:
    """Break a long name once, near its middle."""
    name: str = a.facts.title.get(lang)
    if len(name) <= 16 or " " not in name:
        return name
    cuts = [i for i, c in enumerate(name) if c == " "]
    cut = min(cuts, key=lambda i: abs(i - len(name) / 2))
    return f"{name[:cut]}\n{name[cut + 1 :]}"


def _style(s: Any, a: Any) -> tuple[str, str]:
    """Return colour and marker by the arm's place in the file; ink beyond four."""
    place = [f.name for f in s.facts.arms if f.window is not None].index(a.facts.name)
    return (COLOURS[place], MARKERS[place]) if place < len(COLOURS) else (INK, "o")


def _mix(colour: str, depth: float) -> str:
    """Mix a colour with white, opaque."""
    parts = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(255 + (p - 255) * depth):02x}" for p in parts)


def _plain(axes: Any) -> None:
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.tick_params(length=0)
    axes.grid(axis="x", color="#D6DAE1", linewidth=0.6)
    axes.set_axisbelow(True)
