"""Errors that a user can act on: what, where, what was received, what to write instead."""

from __future__ import annotations

import difflib
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

SHOWN_AT_ONCE = 20
WIDTH = 80


class KwamdeeError(Exception):
    """Anything that Kwamdee raises on purpose."""


class InputError(KwamdeeError):
    """Something the user gave cannot be used; nothing was run. The command exits with 2."""


def one_of(argument: str, value: object, allowed: Sequence[str]) -> None:
    """Raise InputError unless `value` is one of the words allowed; names the nearest."""
    if value in allowed:
        return
    near = difflib.get_close_matches(str(value), allowed, 1)
    hint = f' Did you mean "{near[0]}"?' if near else ""
    raise InputError(f'{argument} is "{value}".{hint} Allowed: {", ".join(allowed)}.')


def whole_number(argument: str, value: object, low: int, high: int) -> None:
    """Raise InputError unless `value` is a whole number from low to high."""
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise InputError(f"{argument} is {value}; it is a whole number from {low:,} to {high:,}.")


class FolderInUse(KwamdeeError):
    """Another process writes to the folder; nothing was run. The command exits with 5."""


class StorageError(KwamdeeError):
    """Storage gave out during a run; what was kept stays. The command exits with 4."""


class Terminated(BaseException):
    """A signal other than Ctrl-C asks the process to end; `code` is what shells and schedulers expect then."""

    def __init__(self, code: int) -> None:
        """Keep the exit code: 143 terminated, 129 hung up."""
        super().__init__(code)
        self.code = code


class Stopped(KeyboardInterrupt):
    """A comparison was stopped from outside; `kept` of `total` runs lie in `folder`, and it can go on from there.

    `code` is the exit code of the command: 130 interrupted, 143 terminated, 129 hung up.
    """

    def __init__(self, kept: int, total: int, folder: str, code: int = 130) -> None:
        """Keep what is needed to say so."""
        super().__init__(f"{kept} of {total} runs are kept in {folder}")
        self.kept, self.total, self.folder, self.code = kept, total, folder, code


@dataclass(frozen=True)
class Problem:
    """One mistake in one place, with its message in both languages.

    `caret_start` and `caret_end` are offsets in `source_line`; both 0 where the place is unknown.
    """

    file: str
    text_en: str
    text_th: str
    line: int = 0
    column: int = 0
    key: str = ""
    received: str = ""
    expected: str = ""
    suggestion: str = ""
    source_line: str = ""
    caret_start: int = 0
    caret_end: int = 0

    def render(self, lang: str = "en") -> str:
        """Draw the mistake: place, the line itself, carets, what to write."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        head = f"{place}  {self.key}" if self.key else place
        message = self.text_th if lang == "th" else self.text_en
        lines = [head]
        if self.source_line and self.line:
            lines += self._drawn_line()
        for part in message.splitlines():
            lines += textwrap.wrap(
                printable(part), WIDTH, initial_indent="  ", subsequent_indent="  ", break_long_words=False,
                break_on_hyphens=False,
            )  # fmt: skip
        return "\n".join(lines)

    def _drawn_line(self) -> list[str]:
        shown = printable(self.source_line)
        prefix = f"  {self.line} | "
        before = self.source_line[: self.caret_start]
        if self.caret_end <= self.caret_start:
            return [prefix + shown]
        if not before.isascii():
            return ["> " + prefix[2:] + shown]
        carets = "^" * max(1, len(printable(self.source_line[self.caret_start : self.caret_end])))
        return [prefix + shown, " " * (len(prefix) + len(printable(before))) + carets]


class ScenarioError(InputError):
    """All mistakes of one scenario file at once; `problems` lists them in file order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep the problems sorted by line."""
        self.problems = tuple(sorted(problems, key=lambda p: (p.file, p.line, p.column)))
        super().__init__(self.render())

    def __reduce__(self) -> tuple[type[ScenarioError], tuple[tuple[Problem, ...]]]:
        """Pickle by the problems, not by the text."""
        return (ScenarioError, (self.problems,))

    def render(self, lang: str = "en") -> str:
        """Return the whole message in English (`en`) or Thai (`th`)."""
        shown = [p.render(lang) for p in self.problems[:SHOWN_AT_ONCE]]
        file = self.problems[0].file if self.problems else ""
        return "\n\n".join([*shown, count_line(len(self.problems), file, lang)])


def count_line(n: int, file: str, lang: str = "en") -> str:
    """Say how many mistakes there are and that nothing was run."""
    more = n > SHOWN_AT_ONCE
    if lang == "th":
        tail = f" แสดง {SHOWN_AT_ONCE} จุดแรก" if more else ""
        return f"พบข้อผิดพลาด {n} จุดใน {file}{tail} ยังไม่ได้เริ่มจำลอง"
    noun = "mistake" if n == 1 else "mistakes"
    tail = f", the first {SHOWN_AT_ONCE} are shown" if more else ""
    return f"{n} {noun} in {file}{tail}. Nothing was run."


def printable(text: str) -> str:
    """Show control characters as escapes, so that a hostile file cannot steer the terminal."""
    out = []
    for char in text:
        if char == "\t":
            out.append(" ")
        elif char.isprintable():
            out.append(char)
        else:
            out.append(char.encode("unicode_escape").decode("ascii"))
    return "".join(out)
