"""What a table of the report is made of: heads, rows and cells of text; the page draws them all by one rule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from simulation.reports.labels import LABELS, reads
from simulation.reports.words import interval, plain, points

SHORT = 8  # rows that stay on one page of paper


@dataclass(frozen=True)
class Cell:
    """What a cell says, and below it in small its interval or count; `text` is prose, set from the left."""

    main: str
    small: str = ""
    text: bool = False
    bold: bool = False
    shade: float = 0.0
    span: int = 1
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """A row: its head, its cells and the arm it is about. A row without cells heads those below it."""

    head: str
    cells: tuple[Cell, ...] = ()
    arm: str = ""


@dataclass(frozen=True)
class Head:
    """A column's head; on a phone, where a row is a card, `card` names the line."""

    text: str
    card: str = ""
    number: int | None = None  # on a phone the number alone
    text_column: bool = False


@dataclass(frozen=True)
class Table:
    """A table of the report. `over` heads several columns at once: first column, number of columns, text."""

    caption: str
    corner: str
    heads: tuple[Head, ...]
    rows: tuple[Row, ...]
    over: tuple[int, int, str] | None = None
    notes: tuple[str, ...] = ()
    cards: bool = True
    number: str = ""

    @property
    def short(self) -> bool:
        """Tell whether the rows stay together on paper."""
        return len(self.rows) < SHORT


def estimated(
    e: Any, lang: str, digits: int = 1, factor: float = 1.0, sign: bool = True, none: str = "unsettled"
) -> Cell:
    """Return mean and interval as a cell, or why there is none."""
    if e is None:
        return Cell(reads(none, lang))
    mean = points(e.mean * factor, digits) if sign else plain(e.mean * factor, digits)
    if e.low is None and e.high is None:
        return Cell(mean)
    return Cell(mean, interval(e, lang, digits, factor))


def name_of(a: Any, lang: str) -> str:
    """Return the title of an arm."""
    return str(a.facts.title.get(lang))


def arm_row(a: Any, lang: str, cells: tuple[Cell, ...]) -> Row:
    """Return the row of an arm."""
    return Row(name_of(a, lang), cells, a.facts.name)


def count(n: float, s: Any, lang: str) -> str:
    """Print a number of societies, "47 of 60"."""
    return LABELS["of"][lang].format(f"{round(n, 1):g}", s.societies)


def reached(s: Any, a: Any, last_week: int) -> str:
    """Tell why an outcome after the end is not there: the horizon does not reach it, or its size is not settled."""
    return "unsettled" if a.facts.window.end + last_week <= s.facts.weeks else "unmeasured"
