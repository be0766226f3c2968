"""Where a mistake stands: in which file, on which line, under which letters, or in the `--set` that brought it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace

from pydantic import BaseModel

from simulation.core.errors import Problem, cut_around
from simulation.core.names import Message
from simulation.scenario.lines import Path, Scan, Span
from simulation.scenario.overrides import SET
from simulation.scenario.syntax import WINDOW


@dataclass(frozen=True)
class FileText:
    """A file's text, the class that reads it and which keys came from elsewhere, to say where a mistake stands.

    `valid_alone` says that the file is right by itself, so that whatever is wrong came from elsewhere. Where a file extends
    others, `found` is their texts one after another and `parts` says on which of its lines each file begins.
    """

    root: type[BaseModel]
    name: str
    found: Scan
    overridden: tuple[Path, ...] = ()
    elsewhere: str = SET
    valid_alone: bool = False
    parts: tuple[tuple[int, str], ...] = ()

    def problem(
        self, path: Path, message: Message, received: str = "", expected: str = "", at_key: bool = False
    ) -> Problem:
        """Return the problem with its place: the value's, or with `at_key` the key's."""
        en, th, near = message
        key = ".".join(path)
        if self.brought(path):
            en, th = self._why_there(path, en, th)
            return Problem(
                self.elsewhere, en, th, key=key, received=received[:WINDOW], expected=expected, suggestion=near
            )
        bare = Problem(self.name, en, th, key=key, received=received[:WINDOW], expected=expected, suggestion=near)
        stands, span = self._stands(path)
        if span is None:
            return bare
        line, column = self.found.line_of(span.start)
        source = self.found.source(line)
        start, end = _marked(self.found, span, stands == path, at_key)
        shown, start, end = cut_around(source, start, end, WINDOW)
        part = self._part(line)
        name, line = (self.parts[part][1], line - self.parts[part][0] + 1) if self.parts else (self.name, line)
        return replace(bare, file=name, line=line, column=column, source_line=shown, caret_start=start, caret_end=end)

    def part(self, path: Path) -> int:
        """Return in which of the parts a mistake at a path stands, the first where it stands nowhere."""
        _, span = self._stands(path)
        return 0 if span is None else self._part(self.found.line_of(span.start)[0])

    def _part(self, line: int) -> int:
        return bisect_right(self.parts, line, key=_first_line) - 1 if self.parts else 0

    def brought(self, path: Path) -> bool:
        """Tell whether a mistake at a path came from elsewhere than the file."""
        new = path and path not in self.found.spans
        touched = any(path[: len(o)] == o or (new and o[: len(path)] == path) for o in self.overridden)
        return touched or (self.valid_alone and bool(self.overridden))

    def order(self, path: Path) -> tuple[bool, int]:
        """Return what sorts mistakes: those from elsewhere first, then by their place."""
        _, span = self._stands(path)
        return (False, 0) if self.brought(path) else (True, span.start if span else -1)

    def beside(self, path: Path) -> str:
        """Return how a new table must be written as a key, empty where it can be a [table]: not in { }, nor by dots."""
        spans = [span for i in range(1, len(path)) if (span := self.found.spans.get(path[:i])) is not None]
        if any(self.found.text.startswith("{", span.value_start) for span in spans):
            return path[-1]
        if len(spans) == len(path) - 1 and spans and spans[-1].value_end == spans[-1].start:
            return f"{self.found.text[spans[-1].start : spans[-1].key_end]}.{path[-1]}"
        return ""

    def written(self, path: Path) -> str:
        """Return the value at a path as it stands in the file, empty where it does not or is long."""
        span = self.found.spans.get(path)
        raw = self.found.text[span.value_start : span.value_end] if span and not self.brought(path) else ""
        return raw if len(raw) <= 60 and "\n" not in raw else ""

    def _stands(self, path: Path) -> tuple[Path, Span | None]:
        """Return the nearest table or key on the way to a path that stands in the file."""
        stands = next((path[:i] for i in range(len(path), 0, -1) if path[:i] in self.found.spans), ())
        return stands, self.found.spans.get(stands)

    def _why_there(self, path: Path, en: str, th: str) -> tuple[str, str]:
        """Add which setting it was, where the mistake stands at another key."""
        if any(path[: len(o)] == o or o[: len(path)] == path for o in self.overridden):
            return en, th
        able = [o for o in self.overridden if o not in _HARMLESS] or self.overridden
        keys = ", ".join(".".join(o) for o in able)
        return (
            f"{en}\nWithout the change of {keys} the scenario is valid.",
            f"{th}\nหากไม่เปลี่ยน {keys} ไฟล์สถานการณ์ถูกต้อง",
        )


def _first_line(part: tuple[int, str]) -> int:
    return part[0]


_HARMLESS = (("run", "seed"), ("run", "replicates"))
"""Settings that no other key depends on."""


def _marked(found: Scan, span: Span, exact: bool, at_key: bool) -> tuple[int, int]:
    """Return from which to which column of its line a mistake is marked; the same twice where nothing is."""
    line, column = found.line_of(span.start)
    start, end = (span.key_start, span.key_end) if at_key else (span.value_start, span.value_end)
    if not exact or found.line_of(start)[0] != line:
        return column, column
    first = found.starts[line - 1]
    return start - first, min(end - first, len(found.source(line).rstrip()))
