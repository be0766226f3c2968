"""The answer of a study as a card for a notebook: headline, paragraphs, the first figure."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from simulation.reports.study import words
from simulation.reports.study.figure_indices import indices_figure
from simulation.reports.study.figures import curves_figure
from simulation.reports.study.html import drawn
from simulation.reports.study.indices import blocks
from simulation.reports.study.measures import effects

if TYPE_CHECKING:
    from simulation.reports.study.view import StudyView

_INK, _GREY, _WARN = "#1A1F2B", "#4A5160", "#FFE9A8"
_FONTS = "'Noto Sans','Noto Sans Thai','Leelawadee UI',Thonburi,Tahoma,Loma,sans-serif"


def card_of(view: StudyView, lang: str) -> str:
    """Return the card as one element that brings its own look; it says what the report's first screen says."""
    there = bool(len(view.points))
    said = words.paragraphs(view, lang) if there else []
    parts = [
        *(_text("p", note, f"background:{_WARN};padding:6px 10px;margin:0 0 8px") for note in words.notes(view, lang)),
        _text("p", view.facts.title.get(lang), f"color:{_GREY};font-size:13px;margin:0 0 4px"),
        _text("h3", words.headline(view, lang), "font-size:22px;line-height:1.4;margin:0 0 8px"),
        *(_text("p", text, "margin:0 0 8px") for text in said),
        *(_text("p", line, f"color:{_GREY};font-size:13px;margin:0 0 4px") for line in words.sizes(view.facts, lang)),
        _figure(view, lang) if there else "",
    ]
    leading = 1.75 if lang == "th" else 1.5
    look = f"max-width:720px;background:#fff;color:{_INK};padding:12px 16px;font:15px/{leading} {_FONTS}"
    return f'<div class="kwamdee-card" lang="{lang}" style="{look}">{"".join(parts)}</div>'


def _text(tag: str, text: str, look: str) -> str:
    return f'<{tag} style="color:{_INK};{look}">{escape(text)}</{tag}>'


def _figure(view: StudyView, lang: str) -> str:
    key = f"card-{view.facts.digest[:8]}-{lang}-"
    if any(block[2] == view.lead for block in blocks(view)):
        return drawn(view, lang, indices_figure, "indices", "wide", key)
    return drawn(view, lang, curves_figure, "curves", "wide", key) if effects(view) else ""
