"""A scenario of several files: what they say together, and which of them a mistake belongs to.

A mistake that a file has without the ones that extend it is that file's, at its own line. One that arises only where a
file extends another is told at the line that brings it: the first one without which it is gone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import islice
from typing import Any

from simulation.core.errors import Problem
from simulation.scenario.extends import Layer, laid_over, leaves, without
from simulation.scenario.fields import inside
from simulation.scenario.lines import Path, Scan, Span
from simulation.scenario.model import Scenario
from simulation.scenario.places import FileText
from simulation.scenario.problems import Found, validated

_MOST_BLAMED = 60  # values of a file that are tried one by one

_Key = tuple[Path, str]
EXTENDS: Path = ("extends",)
TABLES: Path = ("world", "files")
"""Where a mistake stands that no single value of a file brings: at its head, or at the tables that it names."""


class Chain:
    """The layers of a scenario from the file that was asked for down to the last one it extends."""

    def __init__(self, layers: Sequence[Layer]) -> None:
        """Lay them over one another, the last one first."""
        self.layers = tuple(layers)
        self.problems: list[Problem] = [p for layer in layers for p in layer.problems]
        data: list[dict[str, Any]] = []
        for layer in reversed(self.layers):
            merged, wrong = laid_over(data[-1], layer) if data else (layer.data, [])
            data.append(merged)
            self.problems += wrong
        self._data = data[::-1]
        self._known: dict[int, dict[_Key, Found]] = {}
        self._tries: dict[int, tuple[list[tuple[Path, set[_Key]]], Iterator[tuple[Path, Layer]]]] = {}

    @property
    def data(self) -> dict[str, Any]:
        """What all files say together."""
        return self._data[0]

    @cached_property
    def file(self) -> FileText:
        """The texts of all files, with the places of what holds."""
        return self._file(0)

    @property
    def files(self) -> tuple[tuple[str, str], ...]:
        """Name and sha256 of each file, the one asked for first."""
        return tuple((layer.name, layer.digest) for layer in self.layers)

    def told(self, found: Found, file: FileText, brought_by: Path = EXTENDS) -> Problem:
        """Put a mistake of the whole into words, at the file and line that it belongs to; `file` is the whole's."""
        at = file.part(found.path)
        if at == 0 or file.brought(found.path):
            return found.tell()
        key = (found.path, found.what)
        for i in range(at, 0, -1):
            here = self._found(i).get(key)
            if here is not None:
                return here.tell() if i == at else self._blamed(i, key, here.tell(), brought_by)
        return self._blamed(0, key, found.tell(), brought_by)

    def _file(self, i: int) -> FileText:
        if i == len(self.layers) - 1:
            return self.layers[i].file
        text, spans, parts = "", _spans(self.layers[i:], self._data[i]), []
        joined: dict[Path, Span] = {}
        for n, layer in enumerate(self.layers[i:]):
            parts.append((text.count("\n") + 1, layer.name))
            joined |= {path: _moved(span, len(text)) for path, (at, span) in spans.items() if at == n}
            text += layer.found.text + "\n"
        return FileText(Scenario, self.layers[i].name, Scan(text, joined), parts=tuple(parts))

    def _found(self, i: int) -> dict[_Key, Found]:
        """Return the mistakes of a file together with what it extends."""
        if i not in self._known:
            self._known[i] = {(f.path, f.what): f for f in validated(self._data[i], self._file(i))[1]}
        return self._known[i]

    def _blamed(self, i: int, key: _Key, problem: Problem, brought_by: Path) -> Problem:
        """Return a mistake at the line of file i that brings it; where it stands goes into its words."""
        layer = self.layers[i]
        tried = self._tried(i) if brought_by == EXTENDS else ()  # what tables say is not known here
        brings = next((path for path, left in tried if key not in left), brought_by)
        place = f"{problem.file}:{problem.line}"
        en = f"With this, {problem.key} of {place} is not right. {problem.text_en}"
        th = f"เมื่อเป็นเช่นนี้ {problem.key} ใน {place} ไม่ถูกต้อง {problem.text_th}"
        there = layer.file.problem(brings, (en, th, problem.suggestion), problem.received, problem.expected)
        return replace(there, key=".".join(brings))

    def _tried(self, i: int) -> Iterator[tuple[Path, set[_Key]]]:
        """Yield for each value of file i the mistakes that are left without it; each is worked out once, when needed."""
        done, waiting = self._tries.setdefault(i, ([], self._one_less(i)))
        yield from done
        for path, layer in waiting:
            left = validated(laid_over(self._data[i + 1], layer)[0], self._file(i))[1]
            done.append((path, {(f.path, f.what) for f in left}))
            yield done[-1]

    def _one_less(self, i: int) -> Iterator[tuple[Path, Layer]]:
        """Yield file i without each of its values."""
        layer = self.layers[i]
        for n, _ in layer.drop:
            yield ("drop", str(n)), replace(layer, drop=tuple(d for d in layer.drop if d[0] != n), whole=set())
        for path in islice(leaves(layer.data), _MOST_BLAMED):
            yield path, replace(layer, data=without(layer.data, path), whole=set())


def _spans(layers: Sequence[Layer], data: dict[str, Any]) -> dict[Path, tuple[int, Span]]:
    """Return for each path that holds the file, by its number, and the place there.

    A table that several files open is where it stands first, in the last of them.
    """
    spans: dict[Path, tuple[int, Span]] = {}
    for n in range(len(layers) - 1, -1, -1):
        layer = layers[n]
        if n < len(layers) - 1:
            spans = {path: at for path, at in spans.items() if not _within(path, layer.whole)}
        own = {path: (n, span) for path, span in layer.found.spans.items() if path[:1] not in (("extends",), ("drop",))}
        spans = {**own, **spans}
    return {path: at for path, at in spans.items() if inside(data, path) is not None}


def _within(path: Path, whole: set[Path]) -> bool:
    return any(path[:i] in whole for i in range(1, len(path) + 1))


def _moved(span: Span, by: int) -> Span:
    return Span(*(offset + by for offset in span))
