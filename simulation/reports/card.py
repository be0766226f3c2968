"""The first screen of the report as a card for a notebook: the answer, its doubt, what would settle it, Figure 1."""

from __future__ import annotations

from html import escape
from typing import Any

from simulation.reports.cells import Table
from simulation.reports.figures import answer_figure
from simulation.reports.html import box, drawn, the_test
from simulation.reports.notes import left_behind, placed
from simulation.reports.tables import of_answer
from simulation.reports.texts import TEXTS
from simulation.reports.titles import subtitle, title
from simulation.reports.words import headline, paragraphs

_INK, _GREY, _PALE, _WARN = "#1A1F2B", "#4A5160", "#F1F3F6", "#FFE9A8"
_FONTS = "'Noto Sans','Noto Sans Thai','Leelawadee UI',Thonburi,Tahoma,Loma,sans-serif"


def card(summary: Any, lang: str) -> str:
    """Return the card as one element that brings its own look and leaves the notebook's alone.

    It says what the report's first screen says, in the same words and digits, for readers of `lang`.
    """
    notes = placed(summary, lang)
    grave = [x for x in (left_behind(summary, lang), *notes.get("grave", ())) if x]
    parts = [
        *(_text("p", x, f"background:{_WARN};padding:6px 10px;margin:0 0 8px") for x in notes.get("warning", ())),
        _text("p", summary.facts.title.get(lang), f"color:{_GREY};font-size:13px;margin:0 0 4px"),
        _text("h3", headline(summary, lang), "font-size:22px;line-height:1.4;margin:0 0 8px"),
        *(_text("p", x, "margin:0 0 8px") for x in (*paragraphs(summary, lang), *grave)),
        _box(summary, lang),
        _test(summary, lang, notes.get("assumed", [])),
        _figure(summary, lang),
    ]
    leading = 1.75 if lang == "th" else 1.5
    look = f"max-width:720px;background:#fff;color:{_INK};padding:12px 16px;font:15px/{leading} {_FONTS}"
    return f'<div class="kwamdee-card" lang="{lang}" style="{look}">{"".join(parts)}</div>'


def _text(tag: str, text: str, look: str) -> str:
    return f'<{tag} style="color:{_INK};{look}">{escape(text)}</{tag}>'


def _box(s: Any, lang: str) -> str:
    head, said = box(s, lang)
    if not said:
        return ""
    lines = "".join(_text("p", x, "margin:2px 0") for x in said)
    look = f"border-left:3px solid {_INK};background:{_PALE};padding:8px 12px;margin:8px 0"
    return f'<div style="{look}"><b>{escape(head)}</b>{lines}</div>'


def _test(s: Any, lang: str, assumed: list[str]) -> str:
    """Return who was tried and for how long in one small paragraph, with what is assumed of signing up."""
    said = " · ".join(f"{name}: {value}" for name, value in the_test(s, lang))
    return "".join(_text("p", x, f"color:{_GREY};font-size:13px;margin:4px 0") for x in (said, *assumed))


def _figure(s: Any, lang: str) -> str:
    """Return Figure 1 with its finding, or that it cannot be drawn."""
    if not s.arms:
        return ""
    t = TEXTS[lang]
    svg = drawn(s, lang, answer_figure, "answer", "wide", f"card-{s.facts.digest[:8]}-{lang}-") or _text(
        "p", t["not_drawn"], "margin:4px 0"
    )
    number = t["figure_n"].format(1)
    return (
        _text("p", title(s, lang, "answer"), "font-weight:700;margin:12px 0 2px")
        + _text("p", f"{number} {subtitle(s, lang, 'answer')}", f"color:{_GREY};font-size:13px;margin:0 0 4px")
        + svg
        + f"<details><summary>{escape(t['table'])}</summary>{_table(of_answer(s, lang))}</details>"
    )


def _table(table: Table) -> str:
    """Return what the figure draws as a plain table."""
    head = "".join(f'<th scope="col">{escape(x)}</th>' for x in (table.corner, *(h.text for h in table.heads)))
    rows = "".join(
        f'<tr><th scope="row">{escape(row.head)}</th>{"".join(_cell(c.main, c.small) for c in row.cells)}</tr>'
        for row in table.rows
    )
    return (
        f"<table><caption>{escape(table.caption)}</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _cell(main: str, small: str) -> str:
    return f"<td>{escape(main)}{f' ({escape(small)})' if small else ''}</td>"
