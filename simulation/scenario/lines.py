"""Where each key of a TOML file stands: no TOML library here tells line numbers, so this scanner does.

It reads text that tomllib has already accepted, so it looks for places only and judges nothing.
"""

from __future__ import annotations

import contextlib
import tomllib
from bisect import bisect_right
from dataclasses import dataclass

Path = tuple[str, ...]
_BLANK = " \t"
_TRIPLES = ('"""', "'''")


@dataclass(frozen=True)
class Place:
    """Line (from 1), column of the key (from 0) and span of the value on that line."""

    line: int
    column: int
    value_start: int
    value_end: int


def key_places(text: str) -> dict[Path, Place]:
    """Return the place of every table, key and array element by its path; elements count from 0."""
    scanner = _Scanner(text)
    with contextlib.suppress(IndexError, RecursionError):  # text that tomllib refuses, or nests too deep
        scanner.document()
    return scanner.places


def dotted_key(text: str) -> tuple[Path, int]:
    """Return the parts of the dotted key that `text` begins with, and where it ends; () where it is none."""
    scanner = _Scanner(text + "\n")
    try:
        return scanner.key(), scanner.at
    except (IndexError, tomllib.TOMLDecodeError):
        return (), 0


class _Scanner:
    """One pass over the text; `at` is the offset of the next character."""

    def __init__(self, text: str) -> None:
        self.text, self.at = text + "\n", 0
        self.starts = [0, *(i + 1 for i, char in enumerate(text) if char == "\n")]
        self.places: dict[Path, Place] = {}
        self.counts: dict[Path, int] = {}  # last index of each array of tables

    def document(self) -> None:
        """Go through headers and pairs."""
        table: Path = ()
        while self.skip("\r\n"):
            if self.text[self.at] == "[":
                table = self.header()
            else:
                self.pair(table)

    def header(self) -> Path:
        """Read [table] or [[array of tables]] and return its path."""
        start = self.at
        double = self.text.startswith("[[", start)
        self.at += 1 + double
        path: Path = ()
        parts = self.key()
        for i, part in enumerate(parts, 1):
            path = (*path, part)
            if double and i == len(parts):
                self.counts[path] = self.counts.get(path, -1) + 1
            if path in self.counts:
                self.places.setdefault(path, self.place(start, start, self.line_end(start)))
                path = (*path, str(self.counts[path]))
        self.at += 1 + double
        self.record(path, start, start, self.at)
        return path

    def pair(self, table: Path) -> None:
        """Read key = value."""
        start = self.at
        path = (*table, *self.key())
        self.at = self.text.index("=", self.at) + 1
        self.skip("")
        value = self.at
        self.value(path)
        self.record(path, start, value, self.at)
        self.places[path] = self.place(start, value, self.at)  # what is inside has named it by its first key

    def value(self, path: Path) -> None:
        """Go past the value; what is inside arrays and inline tables is recorded too."""
        opener = self.text[self.at]
        if opener in "\"'":
            self.string()
        elif opener in "[{":
            self.at += 1
            self.inside(path, array=opener == "[")
        else:
            while self.text[self.at] not in ",]}#\r\n":
                self.at += 1
            while self.text[self.at - 1] in _BLANK:
                self.at -= 1

    def inside(self, path: Path, array: bool) -> None:
        """Go through an array or inline table up to and past its end."""
        count = 0
        while self.skip("\r\n,") and self.text[self.at] not in "]}":
            if array:
                start, element = self.at, (*path, str(count))
                self.value(element)
                self.places.setdefault(element, self.place(start, start, self.at))
                count += 1
            else:
                self.pair(path)
        self.at += 1

    def key(self) -> Path:
        """Read a dotted key."""
        parts: list[str] = []
        while True:
            self.skip("")
            start = self.at
            if self.text[start] in "\"'":
                self.string()
                parts.append(tomllib.loads(f"x = {self.text[start : self.at]}")["x"])
            else:
                while self.text[self.at].isascii() and (self.text[self.at].isalnum() or self.text[self.at] in "-_"):
                    self.at += 1
                if self.at == start:
                    raise IndexError(start)
                parts.append(self.text[start : self.at])
            after = self.at
            self.skip("")
            if self.text[self.at] != ".":
                self.at = after
                return tuple(parts)
            self.at += 1

    def string(self) -> None:
        """Go past a string of any of the four kinds."""
        quote = self.text[self.at]
        fence = self.text[self.at : self.at + 3]
        fence = fence if fence in _TRIPLES else quote
        self.at += len(fence)
        while not self.text.startswith(fence, self.at):
            self.at += 2 if quote == '"' and self.text[self.at] == "\\" else 1
            if self.at >= len(self.text):
                raise IndexError(self.at)
        self.at += len(fence)
        if len(fence) == 3:  # up to two quotes may stand before the closing three
            while self.text[self.at] == quote:
                self.at += 1

    def skip(self, more: str) -> bool:
        """Go past blanks, `more` and, where line ends are skipped, comments; tell whether anything is left."""
        while self.at < len(self.text):
            char = self.text[self.at]
            if char == "#" and more:
                self.at = self.line_end(self.at)
            elif char in _BLANK or char in more:
                self.at += 1
            else:
                return True
        return False

    def record(self, path: Path, key: int, value: int, end: int) -> None:
        """Keep the place of a key; a dotted key also names the tables on its way."""
        for cut in range(1, len(path) + 1):
            self.places.setdefault(path[:cut], self.place(key, value, end))

    def place(self, key: int, value: int, end: int) -> Place:
        """Turn offsets into line and columns; a value of several lines is marked to the end of its first."""
        line = bisect_right(self.starts, key)
        first = self.starts[line - 1]
        if bisect_right(self.starts, value) != line:
            value = key
        return Place(line, key - first, value - first, min(end, self.line_end(value)) - first)

    def line_end(self, offset: int) -> int:
        """Return the offset of the line end at or after `offset`."""
        return self.text.index("\n", offset)
