"""Where each key of a TOML file stands: no TOML library here tells line numbers, so this scanner does.

It leaves it to tomllib to judge the text; it notes only what tomllib would tell late, in the wrong place or not at all:
what is opened and never closed, what stands twice, and what is too deep or too long to be read.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import NamedTuple

Path = tuple[str, ...]
DEEPEST, LONGEST_KEY, LONGEST_NUMBER = 40, 40, 1000
"""Tables and lists inside one another, parts of a dotted key, letters of a number: beyond it nothing is read."""

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_BLANKS = re.compile(r"[ \t]*")
_LINE_GAP = re.compile(r"(?:[ \t\r\n]++|#[^\n]*+)*+")
_LIST_GAP = re.compile(r"(?:[ \t\r\n,]++|#[^\n]*+)*+")
_TABLE_GAP = re.compile(r"[ \t,]*")
_REST = re.compile(r"[ \t]*(?:#[^\n]*)?\r?(?=\n)")
_LITERAL = re.compile(r"[^,\]}#\r\n]*")
_STRINGS = (
    ('"""', "block", re.compile(r'"""(?:[^"\\]++|\\[\s\S]|"(?!""))*+"{3,5}')),
    ("'''", "block", re.compile(r"'''(?:[^']++|'(?!''))*+'{3,5}")),
    ('"', "text", re.compile(r'"(?:[^"\\\n]++|\\[^\n])*+"')),
    ("'", "text", re.compile(r"'[^'\n]*+'")),
)
_HEADER_OR_PAIR = re.compile(r"[ \t]*(?:\[+[ \t]*[A-Za-z0-9_.\"'-]+[ \t]*\]+[ \t]*(?:#.*)?$|[A-Za-z0-9_.\"'-]+[ \t]*=)")


class Span(NamedTuple):
    """Offsets in the text: of the whole key, of this part of it and of the value; a [table] is its own value.

    A part of a dotted key that is not its last has no value: its value ends where it starts.
    """

    start: int
    key_start: int
    key_end: int
    value_start: int
    value_end: int


class Fault(NamedTuple):
    """What cannot be read, and from where to where: text, block, list, table, deep, parts, number."""

    what: str
    start: int
    end: int


class Twice(NamedTuple):
    """A key or table that stands twice: its path, where first, where again, and whether that is a [table]."""

    path: Path
    first: int
    again: int
    table: bool


@dataclass
class Scan:
    """A text with the places of all its keys, tables and elements of lists; elements count from 0."""

    text: str
    spans: dict[Path, Span] = field(default_factory=dict)
    fault: Fault | None = None
    twice: Twice | None = None
    starts: list[int] = field(init=False)

    def __post_init__(self) -> None:
        """Find where lines begin."""
        self.starts = [0, *(m.end() for m in re.finditer("\n", self.text))]

    def line_of(self, offset: int) -> tuple[int, int]:
        """Return the line, from 1, and the column, from 0, of an offset."""
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1]

    def source(self, line: int) -> str:
        """Return the text of a line, counted from 1."""
        end = self.starts[line] - 1 if line < len(self.starts) else len(self.text)
        return self.text[self.starts[line - 1] : end]


def scan(text: str) -> Scan:
    """Go through a text once, as far as it can be followed."""
    found = Scan(text)
    scanner = _Scanner(found)
    try:
        scanner.document()
    except _Lost as lost:
        found.fault = lost.fault
    return found


def dotted_key(text: str) -> tuple[Path, int]:
    """Return the parts of the dotted key that `text` begins with, and where it ends; () where it is none."""
    scanner = _Scanner(Scan(text))
    try:
        return tuple(part for part, _, _ in scanner.key()), scanner.at
    except _Lost:
        return (), 0


class _Lost(Exception):
    """The text cannot be followed any further, for a fault or for something that tomllib tells."""

    def __init__(self, fault: Fault | None = None) -> None:
        super().__init__()
        self.fault = fault


class _Scanner:
    """One pass over the text; `at` is the offset of the next character."""

    def __init__(self, found: Scan) -> None:
        self.text, self.at, self.found = found.text + "\n", 0, found
        self.counts: dict[Path, int] = {}  # last index of each array of tables
        self.pairs: set[Path] = set()
        self.headers: set[Path] = set()
        self.open: list[int] = []  # where lists and inline tables opened

    def document(self) -> None:
        """Go through headers and pairs."""
        table: Path = ()
        while self.skip(_LINE_GAP) < len(self.text):
            if self.text[self.at] == "[":
                table = self.header()
            else:
                self.pair(table)
            if not _REST.match(self.text, self.at):
                raise _Lost

    def header(self) -> Path:
        """Read [table] or [[array of tables]] and return its path."""
        start = self.at
        double = self.text.startswith("[[", start)
        self.at += 1 + double
        parts = self.key()
        if not self.text.startswith("]]" if double else "]", self.at):
            raise _Lost
        self.at += 1 + double
        path: Path = ()
        for i, (part, first, last) in enumerate(parts, 1):
            path = (*path, part)
            span = Span(start, first, last, start, self.at)
            self.meet(path, start, path in self.pairs)
            if i == len(parts):
                self.meet(path, start, path in self.headers and not double)
                if double:
                    self.counts[path] = self.counts.get(path, -1) + 1
                else:
                    self.headers.add(path)
            self.found.spans.setdefault(path, span)
            if path in self.counts:
                path = (*path, str(self.counts[path]))
                self.found.spans.setdefault(path, span)
        return path

    def meet(self, path: Path, start: int, again: bool, table: bool = True) -> None:
        """Note the first key or table that stands twice."""
        if again and self.found.twice is None:
            self.found.twice = Twice(path, self.found.spans[path].start, start, table)

    def pair(self, table: Path) -> None:
        """Read key = value."""
        start = self.at
        parts = self.key()
        if self.text[self.at] != "=":
            raise _Lost
        self.at += 1
        self.skip(_BLANKS)
        path, value, spans = table, self.at, []
        for part, first, last in parts:
            path = (*path, part)
            spans.append((path, first, last))
            self.meet(path, start, path in self.pairs or (len(spans) == len(parts) and path in self.found.spans), False)
        self.pairs.add(path)
        for whole, first, last in spans:  # before what is inside, for the file's order
            self.found.spans.setdefault(whole, Span(start, first, last, start, start))
        self.value(path)
        whole, first, last = spans[-1]
        if self.found.spans[whole].start == start:
            self.found.spans[whole] = Span(start, first, last, value, self.at)

    def value(self, path: Path) -> None:
        """Go past the value; what is inside lists and inline tables is recorded too."""
        start = self.at
        opener = self.text[start]
        if opener in "\"'":
            self.string()
        elif opener in "[{":
            if len(self.open) >= DEEPEST:
                raise _Lost(Fault("deep", self.open[0], self.open[0] + 1))
            self.at += 1
            self.open.append(start)
            self.list_(path) if opener == "[" else self.table(path)
            self.open.pop()
        else:
            self.literal()

    def literal(self) -> None:
        """Go past a number, date, true or false."""
        start = self.at
        end = _LITERAL.match(self.text, start).end()  # type: ignore[union-attr]  # it matches nothing too
        self.at = start + len(self.text[start:end].rstrip(" \t"))
        if self.at == start:
            raise _Lost
        if self.at - start > LONGEST_NUMBER:
            raise _Lost(Fault("number", start, self.at))

    def list_(self, path: Path) -> None:
        """Go through a list up to and past its end."""
        count, opened = 0, self.at - 1
        while self.skip(_LIST_GAP) < len(self.text) and self.text[self.at] != "]":
            self.still_list(opened)
            start = self.at
            self.value((*path, str(count)))
            self.found.spans.setdefault((*path, str(count)), Span(start, start, start, start, self.at))
            count += 1
        if self.at >= len(self.text):
            raise _Lost(Fault("list", opened, opened + 1))
        self.at += 1

    def still_list(self, opened: int) -> None:
        """Find a list that was never closed: a whole line of it is a [table] or a key = value."""
        begins = self.text.rfind("\n", opened, self.at) + 1
        if begins and _BLANKS.fullmatch(self.text, begins, self.at):
            line = self.text[begins : begins + 200].split("\n", 1)[0]
            if _HEADER_OR_PAIR.match(line) and not re.match(r"[ \t]*\[+[\d \t.,]*\]", line):
                raise _Lost(Fault("list", self.open[0], self.open[0] + 1))

    def table(self, path: Path) -> None:
        """Go through an inline table up to and past its end."""
        opened = self.at - 1
        while self.text[self.skip(_TABLE_GAP)] not in "}\r\n#":
            self.pair(path)
        if self.text[self.at] != "}":
            raise _Lost(Fault("table", opened, opened + 1))
        self.at += 1

    def key(self) -> list[tuple[str, int, int]]:
        """Read a dotted key: its parts, each with its place."""
        parts: list[tuple[str, int, int]] = []
        while True:
            self.skip(_BLANKS)
            start = self.at
            if self.text[start] in "\"'":
                self.string()
            else:
                bare = _BARE.match(self.text, start)
                self.at = bare.end() if bare else start
            if self.at == start:
                raise _Lost
            parts.append((self.part(start), start, self.at))
            self.skip(_BLANKS)
            if self.text[self.at] != ".":
                return parts
            if len(parts) >= LONGEST_KEY:
                raise _Lost(Fault("parts", parts[0][1], self.at))
            self.at += 1

    def part(self, start: int) -> str:
        """Return the name that stands between `start` and here, without its quotation marks."""
        raw = self.text[start : self.at]
        if raw[0] not in "\"'":
            return raw
        try:
            return str(tomllib.loads(f"x = {raw}")["x"])
        except tomllib.TOMLDecodeError:
            raise _Lost from None

    def string(self) -> None:
        """Go past a string of any of the four kinds."""
        for fence, what, pattern in _STRINGS:
            if self.text.startswith(fence, self.at):
                whole = pattern.match(self.text, self.at)
                if whole is None:
                    raise _Lost(Fault(what, self.at, self.text.index("\n", self.at)))
                self.at = whole.end()
                return

    def skip(self, gap: re.Pattern[str]) -> int:
        """Go past a gap and return where it ends."""
        found = gap.match(self.text, self.at)
        self.at = found.end() if found else self.at
        return self.at
