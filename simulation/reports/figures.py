"""Figures of a comparison, drawn by matplotlib: the answer, over time, cost, who gains."""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulation.reports.words import group_name

if TYPE_CHECKING:
    from matplotlib.figure import Figure

INK, GREY, SAND, PALE = "#1A1F2B", "#4A5160", "#F6EFDF", "#F1F3F6"
COLOURS = ("#1257A6", "#BF4A0A", "#138D75", "#5B1A5E")
MARKERS = ("o", "s", "^", "D")
LABELS = {
    "effect": {
        "en": "percentage points against the same society without a scheme",
        "th": "จุดร้อยละ เทียบกับสังคมเดียวกันที่ไม่มีมาตรการ",
    },
    "week": {"en": "week", "th": "สัปดาห์ที่"},
    "cost": {"en": "baht for 1,000 citizens over the weeks of offer", "th": "บาทต่อพลเมือง 1,000 คน ตลอดมาตรการ"},
    "additional": {"en": "rewards for additional acts", "th": "รางวัลสำหรับการทำที่เพิ่มขึ้น"},
    "anyway": {"en": "rewards for acts that would have happened", "th": "รางวัลสำหรับการทำที่จะเกิดขึ้นอยู่แล้ว"},
    "running": {"en": "running the scheme", "th": "ค่าดำเนินงาน"},
}


def answer_figure(s: Any, lang: str = "en") -> Figure:
    """Draw Figure 1: up to 20 dots a scheme, the 90 % line, a pale band for what is too small to matter."""
    import numpy as np

    figure, lang = _figure(lang, height=0.62 * max(2, len(s.arms)) + 1.2)
    axes = figure.subplots()
    delta = s.facts.smallest_effect_pp
    axes.axvspan(-delta, delta, color=PALE, zorder=0)
    axes.axvline(0, color=INK, linewidth=1.6)
    for row, a in enumerate(s.arms):
        y = -row
        colour, marker = _style(s, a)
        if a.effect.low is not None:
            axes.plot([a.effect.low, a.effect.high], [y, y], color=colour, linewidth=2)
        shown = a.effects if len(a.effects) <= 20 else np.percentile(a.effects, np.arange(2.5, 100, 5))
        axes.plot(shown, np.full(len(shown), y + 0.22), ".", color=colour, markersize=5)
        axes.plot([a.effect.mean], [y], marker, color=colour, markersize=8)
    axes.set_yticks([-i for i in range(len(s.arms))], [a.facts.title.get(lang) for a in s.arms])
    axes.set_xlabel(LABELS["effect"][lang])
    _plain(axes)
    return figure


def time_figure(s: Any, lang: str = "en") -> Figure:
    """Draw Figure 2: a panel a scheme (at most six), median, 50 % and 90 % bands, the weeks of offer shaded."""
    arms = s.arms[:6]
    figure, lang = _figure(lang, height=2.6)
    panels = figure.subplots(1, len(arms), sharey=True, squeeze=False)[0]
    for axes, a in zip(panels, arms, strict=True):
        colour, _ = _style(s, a)
        w = a.facts.window
        axes.axvspan(w.start, w.end, color=SAND, zorder=0)
        weeks = range(a.fan.shape[1])
        axes.fill_between(weeks, a.fan[0], a.fan[4], color=_mix(colour, 0.24), linewidth=0)
        axes.fill_between(weeks, a.fan[1], a.fan[3], color=_mix(colour, 0.5), linewidth=0)
        axes.plot(weeks, a.fan[2], color=colour, linewidth=2)
        axes.axhline(0, color=INK, linewidth=1.2)
        axes.set_title(a.facts.title.get(lang), fontsize=9.5, color=colour)
        axes.set_xticks(sorted({w.start, min(w.end, a.fan.shape[1]), a.fan.shape[1]}))
        axes.set_xlabel(LABELS["week"][lang])
        _plain(axes)
    return figure


def cost_figure(s: Any, lang: str = "en") -> Figure:
    """Draw Figure 3: what the money bought, stacked."""
    figure, lang = _figure(lang, height=0.5 * len(s.arms) + 1.4)
    axes = figure.subplots()
    parts = (("additional", None, 1.0), ("anyway", "////", 0.35), ("running", None, 0.15))
    for row, a in enumerate(s.arms):
        colour, _ = _style(s, a)
        left = 0.0
        for value, (_, hatch, depth) in zip(a.costs_per_1000, parts, strict=True):
            axes.barh(-row, value, left=left, height=0.55, color=_mix(colour, depth), hatch=hatch, edgecolor=colour)
            left += value
    axes.set_yticks([-i for i in range(len(s.arms))], [a.facts.title.get(lang) for a in s.arms])
    axes.set_xlim(left=0)
    axes.set_xlabel(LABELS["cost"][lang])
    _plain(axes)
    return figure


def groups_figure(s: Any, lang: str = "en") -> Figure:
    """Draw Figure 4: effect by group, a column a scheme, hollow where a group is left behind."""
    arms = s.arms[:4]
    names = [(g.kind, g.group) for g in arms[0].groups]
    figure, lang = _figure(lang, height=0.27 * len(names) + 1.0)
    panels = figure.subplots(1, len(arms), sharex=True, sharey=True, squeeze=False)[0]
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
        axes.axvline(0, color=INK, linewidth=1.2)
        axes.axvline(a.effect.mean, color=GREY, linewidth=1, linestyle="--")
        axes.set_title(a.facts.title.get(lang), fontsize=9.5, color=colour)
        _plain(axes)
    panels[0].set_yticks([-i for i in range(len(names))], [group_name(k, g, lang) for k, g in names])
    return figure


def to_svg(figure: Figure, title: str, description: str) -> str:
    """Return the figure as SVG for a page: text stays text; title and description for screen readers."""
    import io
    import re
    from html import escape

    out = io.StringIO()
    figure.savefig(out, format="svg", metadata={"Date": None})
    text = out.getvalue()
    text = text[text.index("<svg") :]
    text = re.sub(r"<metadata>.*?</metadata>", "", text, flags=re.DOTALL)
    head, rest = text.split(">", 1)
    return f'{head} role="img"><title>{escape(title)}</title><desc>{escape(description)}</desc>{rest}'


def _figure(lang: str, height: float) -> tuple[Figure, str]:
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
        }
    )
    return Figure(figsize=(7.5, height), layout="constrained"), lang if family else "en"


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
