"""What stands on everything that comes of a quick look or of a comparison that is not finished."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulation.reports.drawing import SMALL, widest

if TYPE_CHECKING:
    from simulation.reports.shown import ShownFigure

_RED = "#9E1B1B"
_LEFT = 0.01  # of the width
_SPACING = 1.3  # of the text's size
_GAP = 0.08  # inches


def mark_of(s: Any, lang: str) -> str:
    """Return the warning that a summary carries, none where it is whole."""
    return " · ".join(said for said in (_part(s.facts, lang), _quick(s, lang)) if said)


def _part(facts: Any, lang: str) -> str:
    if facts.part is None:
        return ""
    done, total = facts.part
    if lang == "th":
        return f"เสร็จ {done:,} จาก {total:,} รอบ ยังไม่ใช่ผลสุดท้าย"
    return f"{done:,} of {total:,} runs: not the final result"


def _quick(s: Any, lang: str) -> str:
    if not s.facts.quick:
        return ""
    people, n = f"{s.facts.citizens:,}", s.societies
    if lang == "th":
        counted = f"ครัวเรือน {people} ครัวเรือน" if s.facts.decider == "household" else f"พลเมือง {people} คน"
        return f"ดูคร่าว ๆ {counted} {n} สังคมจำลอง ห้ามใช้ตัดสินใจ"
    whom = "households" if s.facts.decider == "household" else "citizens"
    return f"Quick look: {people} {whom}, {n} {'society' if n == 1 else 'societies'}; not for decisions"


def marked(figure: ShownFigure, s: Any, lang: str) -> ShownFigure:
    """Write the warning above what is drawn, on room of its own; return the figure."""
    text = mark_of(s, lang)
    if text:
        look: dict[str, Any] = {"color": _RED, "fontsize": SMALL, "weight": "bold", "ha": "left", "va": "top"}
        drawn = figure.text(_LEFT, 1, text, linespacing=_SPACING, **look)
        lines = _broken(drawn, text, (1 - 2 * _LEFT) * 72 * figure.get_figwidth())
        drawn.set_y(1 - 0.05 / _make_room(figure, lines))
    return figure


def _broken(drawn: Any, text: str, width: float) -> int:
    """Break a text at its blanks into lines no wider than `width`, pt, and return how many there are."""
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        drawn.set_text(longer)
        if lines and widest([drawn]) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    drawn.set_text("\n".join(lines))
    return len(lines)


def _make_room(figure: ShownFigure, lines: int) -> float:
    """Grow the figure at its head by some lines, and return its height, inches; what is drawn keeps its size."""
    before, engine, at = figure.get_figheight(), figure.get_layout_engine(), figure.subplotpars
    key = _key(figure)
    after = before + _GAP + lines * _SPACING * SMALL / 72
    figure.set_figheight(after)
    if engine is None:
        figure.subplots_adjust(bottom=at.bottom * before / after, top=at.top * before / after)
        return after
    engine.set(rect=(0, 0, 1, (before - key) / after))  # type: ignore[call-arg]  # the constrained layout has it
    for legend in figure.legends:
        legend.set_bbox_to_anchor((0, 0, 1, before / after), transform=figure.transFigure)
    return after


def _key(figure: ShownFigure) -> float:
    """Return the height of the figure's key, inches: the layout keeps room for key or mark, the larger, not for both."""
    if not figure.legends:
        return 0.0
    figure.draw_without_rendering()
    return max(legend.get_window_extent().height / figure.dpi for legend in figure.legends) + _GAP
