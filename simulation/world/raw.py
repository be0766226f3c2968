"""A user's table before anything is believed of it, where each of its cells stands, and the mistakes found in it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from simulation.core.errors import WIDTH, Problem, ScenarioError, cut_around

Texts = tuple[str, str]
"""The same in English and Thai."""
ROWS_SHOWN = 20
MOST_PARDONED = 1000


@dataclass(frozen=True, eq=False)
class Raw:
    """A table before anything is believed of it: columns of strings, null where a cell is empty or blank.

    `lines` gives each row's line where the rows of a file are known by that alone; `text` is a CSV's own text. Rows that
    are `ragged` are in the text and not in the columns.
    """

    name: str
    columns: dict[str, Any]
    rows: int
    text: str = ""
    delimiter: str = ","
    lines: Any = None
    notices: tuple[Texts, ...] = ()
    spelt: Mapping[str, str] = field(default_factory=dict)
    titles: tuple[str, ...] = ()  # what rows are called that are in no file: nodes, edges
    ragged: tuple[tuple[int, int], ...] = ()  # rows of another length than the header: which, and how many cells

    def problem(self, row: int, column: str, en: str, th: str, near: str = "") -> Problem:
        """Return a mistake at a cell, with its line, the line's text and the cell marked in it."""
        spelt = self.spelt.get(column, column)
        value = self.columns[column][row].as_py() if column in self.columns and row < self.rows else ""
        bare = Problem(self.name, en, th, key=spelt, received=str(value or "")[:WIDTH], suggestion=near)
        if self.lines is not None:
            return replace(bare, line=int(self.lines[row]))
        if not self.text:
            title = self.titles[row] if self.titles else f"row {row + 1}"
            return replace(bare, key=f"{title}, {spelt}" if spelt else title, column=row + 1)
        line, source = self._records([row])[row]
        start, end = self._cell(source, spelt)
        shown, start, end = cut_around(source, start, end, WIDTH)
        return replace(bare, line=line, column=start, source_line=shown, caret_start=start, caret_end=end)

    def line(self, row: int) -> int:
        """Return the line of a row in its file, the row's own number where it has none."""
        if self.lines is not None:
            return int(self.lines[row])
        return self._records([row])[row][0] if self.text else row + 1

    def place(self, row: int) -> Texts:
        """Say where a row stands: its line, or its number where it has none."""
        if self.text or self.lines is not None:
            return f"line {self.line(row):,}", f"บรรทัดที่ {self.line(row):,}"
        return (self.titles[row],) * 2 if self.titles else (f"row {row + 1:,}", f"แถวที่ {row + 1:,}")

    @cached_property
    def _known(self) -> dict[int, tuple[int, str]]:
        return {}

    def _records(self, rows: Iterable[int]) -> dict[int, tuple[int, str]]:
        """Find the lines of rows by reading the text again, as far as the last of them."""
        missing = {self._in_text(row): row for row in rows if row not in self._known}
        if missing:
            found = records(self.text, self.delimiter, sorted(missing))
            self._known.update({missing[record]: place for record, place in found.items()})
        return self._known

    def _in_text(self, row: int) -> int:
        """Return the place of a row among all rows of the text, ragged ones too."""
        for record, _ in self.ragged:
            row += record <= row
        return row

    def look_up(self, rows: Iterable[int]) -> None:
        """Find the lines of several rows in one reading."""
        if self.text:
            self._records(rows)

    def ragged_cells(self, column: str) -> list[str]:
        """Return what stands in a column of the first rows of another length, to tell no mistake twice."""
        shown = [record for record, _ in self.ragged[:MOST_PARDONED]]
        if not shown or column not in self.columns:
            return []
        at = list(self.columns).index(column)
        lines = records(self.text, self.delimiter, shown).values()
        cells = [cells_of(source, self.delimiter) for _, source in lines]
        return [row[at].strip() for row in cells if at < len(row)]

    def ragged_rows(self) -> list[Problem]:
        """Name the first rows that have more or fewer cells than the header."""
        shown = [record for record, _ in self.ragged[:ROWS_SHOWN]]
        places = records(self.text, self.delimiter, shown) if shown else {}
        problems, width = [], len(self.columns)
        for record, cells in self.ragged[:ROWS_SHOWN]:
            line, source = places[record]
            en = f"The row has {cells} cells; the header names {width} columns."
            th = f"แถวนี้มี {cells} ช่อง แต่หัวตารางมี {width} คอลัมน์"
            cut, _, _ = cut_around(source, 0, 0, WIDTH)
            problems.append(Problem(self.name, en, th, line=line, source_line=cut))
        return problems

    def _cell(self, source: str, column: str) -> tuple[int, int]:
        spans = cell_spans(source, self.delimiter)
        names = [self.spelt.get(name, name) for name in self.columns]
        at = names.index(column) if column in names else len(spans)
        return spans[at] if at < len(spans) else (0, 0)


def records(text: str, delimiter: str, rows: list[int]) -> dict[int, tuple[int, str]]:
    """Return line number and text of rows of a CSV, counted from 0 behind the header; blank lines count as none."""
    wanted, found, row = set(rows), {}, -2
    lines = text.split("\n")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    while row < rows[-1]:
        begins = reader.line_num
        try:
            record = next(reader)
        except (StopIteration, csv.Error):
            break
        if not record:
            continue
        row += 1
        if row in wanted:
            found[row] = (begins + 1, lines[begins].rstrip("\r") if begins < len(lines) else "")
    return {row: found.get(row, (0, "")) for row in rows}


def cells_of(source: str, delimiter: str) -> list[str]:
    """Return the cells of one line; of one that is no line of a CSV, such as one of a megabyte, itself alone."""
    try:
        return next(csv.reader([source], delimiter=delimiter), [])
    except csv.Error:
        return [source]


def cell_spans(source: str, delimiter: str) -> list[tuple[int, int]]:
    """Return from where to where each cell of a line stands, quotation marks left out."""
    spans, start, inside = [], 0, False
    for at, char in enumerate(source):
        if char == '"':
            inside = not inside
        elif char == delimiter and not inside:
            spans.append((start, at))
            start = at + 1
    spans.append((start, len(source)))
    return [(a + 1, b - 1) if b - a > 1 and source[a] == source[b - 1] == '"' else (a, b) for a, b in spans]


def refused(name: str, en: str, th: str, line: int = 0, source: str = "") -> ScenarioError:
    """Return the error of a file that cannot be read as a whole."""
    shown, _, _ = cut_around(source, 0, 0, WIDTH)
    return ScenarioError([Problem(name, en, th, line=line, source_line=shown)], whole=True)


class Mistakes:
    """Mistakes of tables as they are found: all are counted, the first ones of each kind are put into words."""

    def __init__(self) -> None:
        """Begin with none."""
        self.problems: list[Problem] = []
        self.total = 0
        self.read: dict[str, Texts] = {}

    def at(self, raw: Raw, column: str, rows: Any, tell: Callable[[int], tuple[str, ...]]) -> None:
        """Add mistakes at rows of a column; `tell` gives English, Thai and what was meant, perhaps, of a row."""
        rows = [int(row) for row in rows[:ROWS_SHOWN]] + [None] * max(0, len(rows) - ROWS_SHOWN)
        self.total += len(rows)
        shown = [row for row in rows if row is not None]
        raw.look_up(shown)
        self.problems += [raw.problem(row, column, *tell(row)) for row in shown]

    def add(self, problem: Problem) -> None:
        """Add one mistake."""
        self.problems.append(problem)
        self.total += 1

    def take(self, problems: Iterable[Problem], total: int) -> None:
        """Add several at once, of which the first ones are put into words."""
        self.problems += problems
        self.total += total

    def raise_any(self) -> None:
        """Raise ScenarioError with all of them, where there is one."""
        if self.total:
            raise ScenarioError(self._shared_out(), self.total, read=self.read)

    def _shared_out(self) -> list[Problem]:
        """Return the mistakes that are shown: of each file its share, where all are too many."""
        files = list(dict.fromkeys(problem.file for problem in self.problems))
        if len(self.problems) <= ROWS_SHOWN or len(files) < 2:
            return self.problems
        by_file = {name: sorted((p for p in self.problems if p.file == name), key=_by_place) for name in files}
        shown: list[Problem] = []
        for rank in range(ROWS_SHOWN):
            shown += [of_file[rank] for of_file in by_file.values() if rank < len(of_file)]
        return shown[:ROWS_SHOWN]


def _by_place(problem: Problem) -> tuple[int, int]:
    return problem.line, problem.column
