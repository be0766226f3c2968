"""Figures of a comparison, drawn by matplotlib: the answer, over time, cost, who gains. Each wide and narrow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulation.reports import measures
from simulation.reports.drawing import (
    EDGE,
    GREY,
    INK,
    NARROW,
    RULE,
    SAND,
    SMALL,
    TEXT,
    Size,
    mix,
    new_figure,
    plain_axes,
    style,
    two_lines,
    write,
)  # fmt: skip
from simulation.reports.figure_answer import answer_figure, line_of
from simulation.reports.labels import LABELS, cost_axis, of_all, reads
from simulation.reports.lines import shortened
from simulation.reports.words import capital, group_name, interval, plain, points

if TYPE_CHECKING:
    from simulation.reports.shown import ShownFigure

__all__ = ["answer_figure", "cost_figure", "groups_figure", "time_figure"]
MOST_PANELS = 6
GROUP_ARMS = {"wide": 4, "narrow": 2}
_FEW = 4


def time_figure(s: Any, lang: str = "en", size: Size = "wide") -> ShownFigure:
    """Draw Figure 2: a panel a scheme (at most six), median, 50 % and 90 % bands, the weeks of offer shaded."""
    arms = s.arms[:MOST_PANELS]
    lines = len(arms) if size == "narrow" else 1 if len(arms) <= _FEW else 2
    columns = -(-len(arms) // lines)
    figure, lang = new_figure(lang, size, height=1.75 * lines + 0.5 if size == "narrow" else 2.7 * lines)
    grid = figure.subplots(lines, columns, sharey=True, squeeze=False)
    for unused in grid.ravel()[len(arms) :]:
        unused.set_axis_off()
    width = {"wide": 640, "narrow": 270}[size] / columns  # px of a panel, near enough to place its labels
    for place, (axes, a) in enumerate(zip(grid.ravel(), arms, strict=False)):
        _course(axes, s, a)
        _marks(axes, a, lang, width)
        axes.set_title(two_lines(a, lang) if size == "wide" else a.facts.title.get(lang), fontsize=10, color=style(s, a)[2], weight="bold")  # fmt: skip
        if place == 0:
            _periods(axes, a, lang, width)
        plain_axes(axes)
        axes.grid(axis="y", color=RULE, linewidth=0.6)
        axes.grid(visible=False, axis="x")
    figure.supylabel(LABELS["effect_narrow"][lang], fontsize=SMALL, color=GREY)
    figure.supxlabel(LABELS["week"][lang], fontsize=SMALL, color=GREY)
    top = max(float(a.fan.max()) for a in arms)
    low = min(0.0, *(float(a.fan.min()) for a in arms))
    room = 0.18 * (top - low or 1.0)
    grid[0, 0].set_ylim(low - 0.3 * room, top + room)
    return figure


def _course(axes: Any, s: Any, a: Any) -> None:
    colour = style(s, a)[0]
    w, horizon = a.facts.window, a.fan.shape[1]
    for first, stop in w.blocks:
        axes.axvspan(first, min(stop, horizon), color=SAND, zorder=0)
    for edge in (w.start, w.end):
        axes.axvline(edge, color=EDGE, linewidth=0.8, linestyle="--", zorder=1)
    weeks = range(horizon)
    axes.fill_between(weeks, a.fan[0], a.fan[4], color=mix(colour, 0.24), linewidth=0)
    axes.fill_between(weeks, a.fan[1], a.fan[3], color=mix(colour, 0.5), linewidth=0)
    axes.plot(weeks, a.fan[2], color=colour, linewidth=2.4)
    axes.axhline(0, color=INK, linewidth=1.4)
    axes.set_xlim(0, horizon)


def _marks(axes: Any, a: Any, lang: str, width: float) -> None:
    """Mark the median at the end of the scheme and at the horizon, the week in which the budget closed it, and the weeks below."""
    w, horizon = a.facts.window, a.fan.shape[1]
    end = min(w.end, horizon)
    per_px = horizon / width
    after = horizon - end
    last, final = float(a.fan[2, end - 1]), float(a.fan[2, -1])
    axes.plot([end - 1], [last], "o", color=_line_colour(axes), markersize=4.5, markeredgecolor="white", zorder=5)
    if after > 42 * per_px:
        write(axes, points(last), (end, max(last, float(a.fan[4, end:].max()) * 0.6)), shift=(3, 9), ha="left")
        write(axes, points(final), (horizon, final), shift=(0, 9), ha="right")
    else:
        write(axes, points(last), (end, last), shift=(-3, 9), ha="right")
    if a.budget_closed is not None:
        week = a.budget_closed[1]
        axes.axvline(week, color=INK, linewidth=1.2, linestyle=":")
        ha = "left" if week < horizon / 2 else "right"
        closed = LABELS["gone" if a.money is not None and a.money.pro_rata else "closed_early"][lang]
        write(axes, closed, (week, 1), ("data", "axes fraction"), shift=(3 if ha == "left" else -3, -6), ha=ha, fontsize=SMALL)  # fmt: skip
    kept = [horizon]
    for week in (end, w.start):
        if all(abs(week - other) > 32 * per_px for other in kept):
            kept.append(week)
    axes.set_xticks(sorted(kept))
    for label, week in zip(axes.get_xticklabels(), sorted(kept), strict=True):
        label.set_ha("right" if week == horizon else "left" if week < 12 * per_px else "center")


def _line_colour(axes: Any) -> str:
    """Return the colour of the median line that an axes holds."""
    return str(next(line.get_color() for line in axes.lines if line.get_linewidth() == 2.4))


def _periods(axes: Any, a: Any, lang: str, width: float) -> None:
    """Name the weeks of offer and those after it, below the first panel, where there is room for the words."""
    w, horizon = a.facts.window, a.fan.shape[1]
    end = min(w.end, horizon)
    needed = 44 * horizon / width
    for key, first, last in (("runs", w.start, end), ("follow", end, horizon)):
        if last - first > needed:
            middle = (first + last) / 2
            write(axes, LABELS[key][lang], (middle, 0), ("data", "axes fraction"), shift=(0, -27), ha="center", color=GREY, fontsize=SMALL)  # fmt: skip


def cost_figure(s: Any, lang: str = "en", size: Size = "wide") -> ShownFigure:
    """Draw Figure 3: what the money bought, stacked; total at the bar's end, the cost of an additional act beside it."""
    from matplotlib.patches import Patch

    wide = size == "wide"
    figure, lang = new_figure(
        lang, size, height=(0.49 if wide else 0.95) * max(2, len(s.arms)) + (0.9 if wide else 1.7)
    )
    axes = figure.subplots()
    looks = (("paid_more", None, 1.0), ("paid_anyway", "////", 0.35), ("running", None, 0.15))
    most = max(sum(a.costs_per_1000) for a in s.arms) / 1000
    for row, a in enumerate(s.arms):
        colour, _, ink = style(s, a)
        left = 0.0
        for value, (_, hatch, depth) in zip(a.costs_per_1000, looks, strict=True):
            if value:
                axes.barh(-row, value / 1000, left=left, height=0.44 if wide else 0.3, color=mix(colour, depth), hatch=hatch, edgecolor=colour)  # fmt: skip
            left += value / 1000
        write(axes, LABELS["thousand"][lang].format(f"{left:,.1f}"), (left, -row), shift=(5, 0), ha="left")
        _cost_per_act(axes, s, a, -row, ink, lang, wide)
    if wide:
        write(axes, LABELS["per_act_head"][lang], (1, 1), "axes fraction", shift=(8, 4), ha="left", va="bottom", color=GREY, fontsize=SMALL, linespacing=1.2)  # fmt: skip
        axes.set_yticks([-i for i in range(len(s.arms))], [two_lines(a, lang) for a in s.arms], weight="bold")
        for label, a in zip(axes.get_yticklabels(), s.arms, strict=True):
            label.set_color(style(s, a)[2])
    else:
        axes.set_yticks([])
    used = [any(a.costs_per_1000[i] for a in s.arms) for i in range(3)]
    key = [
        Patch(facecolor=mix(INK, depth), hatch=hatch, edgecolor=INK, label=LABELS[name][lang])
        for (name, hatch, depth), some in zip(looks, used, strict=True)
        if some
    ]
    figure.legend(
        handles=key,
        loc="outside upper left",
        ncols=len(key) if wide else 1,
        frameon=False,
        fontsize=SMALL,
        borderpad=0.2,
        handlelength=1.5,
    )
    axes.set_ylim(-len(s.arms) + 0.45, 0.62 if not wide else 0.5)
    axes.set_xlim(0, most * (1.4 if wide else 1.75))
    axes.set_xlabel(cost_axis(s, lang))
    plain_axes(axes)
    return figure


def _cost_per_act(axes: Any, s: Any, a: Any, y: float, ink: str, lang: str, wide: bool) -> None:
    e = a.cost_per_act
    value = reads("unsettled" if any(a.costs_per_1000) else "unmeasured", lang)
    around = ""
    if e is not None:
        value, around = LABELS["baht"][lang].format(plain(e.mean)), interval(e, lang)
    where = ("axes fraction", "data")
    if wide:
        write(axes, value, (1, y), where, shift=(8, 7 if around else 0), ha="left")
        if around:
            write(axes, f"({around})", (1, y), where, shift=(8, -7), ha="left", color=GREY, fontsize=SMALL)
        return
    name = shortened(a.facts.title.get(lang), NARROW[lang])
    write(axes, name, (0, y + 0.5), where, shift=(2, 0), ha="left", va="top", color=ink, weight="bold")
    each = LABELS["each"][lang].format(value) if e is not None else f"{LABELS['each_head'][lang]}{value}"
    write(axes, each + (f" ({around})" if around else ""), (0, y - 0.3), where, shift=(2, 0), ha="left", color=GREY, fontsize=SMALL)  # fmt: skip


def groups_figure(s: Any, lang: str = "en", size: Size = "wide") -> ShownFigure:
    """Draw Figure 4: effect by group, a column a scheme, hollow where a group is left behind; the narrow one shows two."""
    arms = s.arms[: GROUP_ARMS[size]]
    rows = _group_rows(s, lang)
    stacks = size == "narrow"
    figure, lang = new_figure(lang, size, height=(0.225 * len(rows) + 0.75) * (len(arms) if stacks else 1) + 0.4)
    shape = (len(arms), 1) if stacks else (1, len(arms))
    panels = figure.subplots(*shape, sharex=True, sharey=True, squeeze=False).ravel()
    for axes, a in zip(panels, arms, strict=True):
        _group_panel(axes, s, a, rows, lang)
        axes.set_title(a.facts.title.get(lang) if stacks else two_lines(a, lang), fontsize=TEXT, color=style(s, a)[2], weight="bold")  # fmt: skip
        axes.tick_params(labelbottom=True)
        plain_axes(axes)
    panels[0].set_ylim(-len(rows) + 0.4, 0.7)
    for axes in panels if stacks else panels[:1]:
        axes.set_yticks([-i for i in range(len(rows))], [text for _, _, text in rows])
        for label, (kind, group, _) in zip(axes.get_yticklabels(), rows, strict=True):
            label.set_weight("bold" if not kind or not group else "normal")
    figure.supxlabel(LABELS["effect" if size == "wide" else "effect_narrow"][lang], fontsize=TEXT, color=GREY)
    return figure


def _group_rows(s: Any, lang: str) -> list[tuple[str, str, str]]:
    """Return (kind, group, label) by row: all citizens first, then each dimension with its head, a row without group."""
    rows = [("", "", of_all(s, lang))]
    for kind, groups in measures.group_kinds(s):
        rows.append((kind, "", LABELS[kind][lang]))
        rows += [(kind, g, capital(group_name(kind, g, lang, short=True))) for g in groups]
    return rows


def _group_panel(axes: Any, s: Any, a: Any, rows: list[tuple[str, str, str]], lang: str) -> None:
    colour, marker, _ = style(s, a)
    axes.axvline(0, color=INK, linewidth=1.4)
    axes.axvline(a.effect.mean, color=GREY, linewidth=1, linestyle="--")
    for row, (kind, group, _) in enumerate(rows):
        found = measures.group_row(a, kind, group) if group else None
        if found is not None and found.hidden:
            write(axes, LABELS["hidden"][lang], (0, -row), shift=(4, 0), ha="left", color=GREY, fontsize=SMALL)
        e = found.effect if found is not None else a.effect if not kind else None
        if e is None:
            continue
        if e.low is not None:
            axes.plot([e.low, e.high], [-row, -row], color=colour, linewidth=1.6, linestyle=line_of(s))
        behind = found is not None and found.left_behind
        axes.plot([e.mean], [-row], marker, color=colour, markerfacecolor="white" if behind else colour, markersize=6)
        if behind:
            write(axes, LABELS["behind"][lang], (e.high if e.high is not None else e.mean, -row), shift=(5, 0), ha="left", fontsize=SMALL, weight="bold")  # fmt: skip
