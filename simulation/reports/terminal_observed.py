"""What was observed in a published experiment beside what is simulated, for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any

from rich.cells import cell_len

from simulation.reports.texts import TEXTS
from simulation.reports.words import interval, plain

_NAME = 20
_HEADS = ("Observed", "SE", "Simulated", "90%")
_NUMBERS = ("(5)", "SE", "(6)", "90%")


def observed_lines(s: Any, lang: str, piped: bool) -> list[str]:
    """Return published and simulated levels, per cent of chances, in the file's order; none where nothing was observed.

    The digits are those of the report's table. Thai stands last on its line, for terminals do not agree on its width; in a
    file it stands first.
    """
    levels = {a.facts.name: a for a in s.arms}
    rows = [
        (
            plain(100 * value),
            "" if se is None else plain(100 * se),
            plain(100 * levels[name].level.mean),
            interval(levels[name].level, "en", 1, 100),
            levels[name].facts.title.get(lang),
        )
        for name, value, se in s.facts.observed
        if name in levels
    ]
    if not rows:
        return []
    thai = lang == "th"
    heads = _NUMBERS if thai else _HEADS
    wide = [max(cell_len(x) for x in (head, *(row[i] for row in rows))) for i, head in enumerate(heads)]
    caption = f"{TEXTS[lang]['observed']}, %"
    if thai:
        first = f"(5) {TEXTS[lang]['seen']} (6) {TEXTS[lang]['simulated']}"
        return ["", caption, *_lines(heads, rows, wide, names_first=piped), "", first]
    return ["", caption, *_lines(heads, rows, wide, names_first=True)]


def _lines(heads: tuple[str, ...], rows: Sequence[tuple[str, ...]], wide: list[int], *, names_first: bool) -> list[str]:
    def cells(texts: Sequence[str]) -> str:
        return "  ".join(text + " " * (w - cell_len(text)) for text, w in zip(texts, wide, strict=True))

    if not names_first:
        return [cells(heads), *(f"{cells(row[:4])}  {row[4]}" for row in rows)]
    name = max(cell_len(row[4]) for row in rows)
    name = min(name, _NAME) + 1 if all(row[4].isascii() for row in rows) else name + 1
    out = [" " * name + cells(heads)]
    for row in rows:
        first, *rest = textwrap.wrap(row[4], name - 1) or [""]
        out += [first + " " * (name - cell_len(first)) + cells(row[:4]), *rest]
    return out
