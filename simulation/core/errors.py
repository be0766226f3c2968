"""Errors that a user can act on: what, where, what was received, what to write instead."""

from __future__ import annotations

import difflib
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from numbers import Integral
from typing import Any

SHOWN_AT_ONCE = 20
WIDTH = 80


class KwamdeeError(Exception):
    """Anything that Kwamdee raises on purpose, in English and Thai."""

    def __init__(self, en: str, th: str = "") -> None:
        """Keep both texts; the exception's own is the English one."""
        super().__init__(en)
        self.th = th

    def render(self, lang: str = "en") -> str:
        """Return the message in English (`en`) or Thai (`th`), English where there is no Thai."""
        return self.th if lang == "th" and self.th else str(self)

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle with both texts."""
        return (type(self), (str(self), self.th))


class InputError(KwamdeeError):
    """Something the user gave cannot be used; nothing was run. The command exits with 2."""


def one_of(argument: str, value: object, allowed: Sequence[str]) -> None:
    """Raise InputError unless `value` is one of the words allowed; names the nearest."""
    if value in allowed:
        return
    near = difflib.get_close_matches(str(value), allowed, 1)
    hint = f' Did you mean "{near[0]}"?' if near else ""
    hint_th = f' หมายถึง "{near[0]}" หรือไม่' if near else ""
    names = ", ".join(allowed)
    raise InputError(
        f'{argument} is "{value}".{hint} Allowed: {names}.', f'{argument} เป็น "{value}"{hint_th} ใช้ได้: {names}'
    )


def whole_number(argument: str, value: object, low: int, high: int) -> None:
    """Raise InputError unless `value` is a whole number from low to high; NumPy's count too."""
    if isinstance(value, bool) or not isinstance(value, Integral) or not low <= int(value) <= high:
        en, th = (f'"{value}", a text', f'"{value}" ซึ่งเป็นข้อความ') if isinstance(value, str) else (value, value)
        raise InputError(
            f"{argument} is {en}; it is a whole number from {low:,} to {high:,}.",
            f"{argument} เป็น {th} ต้องเป็นจำนวนเต็มตั้งแต่ {low:,} ถึง {high:,}",
        )


class FolderInUse(KwamdeeError):
    """Another process writes to the folder; nothing was run. The command exits with 5."""


class StorageError(KwamdeeError):
    """Storage gave out during a run; what was kept stays. The command exits with 4."""


class RunFailed(KwamdeeError):
    """A run of a study failed and the study was to stop there; what was kept stays. The command exits with 3."""

    def __init__(self, command: str, why: str, folder: str) -> None:
        """Keep the command that repeats the run, why it failed and where the rest is kept."""
        self.command, self.why, self.folder = command, why, folder
        super().__init__(
            f"A run failed: {why}\nIt is repeated by: {command} --in {folder}\n"
            "What was done before is kept; the same command goes on from there.",
            f"มีรอบที่ล้มเหลว: {why}\nทำซ้ำรอบนี้ด้วยคำสั่ง: {command} --in {folder}\nส่วนที่ทำแล้วเก็บไว้ สั่งคำสั่งเดิมอีกครั้งเพื่อทำต่อ",
        )

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle by what it was made of."""
        return (RunFailed, (self.command, self.why, self.folder))


class ClusterLost(StorageError):
    """The scheduler of a cluster is gone during a study; what was kept stays. The command exits with 4."""


class Outside(BaseException):
    """Something outside the program asks for an end: a signal, a time limit. Never raised by what is simulated.

    What runs a model turns all else that a model raises, SystemExit and KeyboardInterrupt too, into a failed run; this
    it lets through.
    """


ASKED: list[BaseException] = []
"""What the command was asked to end by, first: a library may turn it into an error of its own on its way out."""


class Interrupted(Outside, KeyboardInterrupt):
    """The user pressed Ctrl-C; a model's own KeyboardInterrupt is another class."""


class Terminated(Outside):
    """A signal other than Ctrl-C asks the process to end; `code` is what shells and schedulers expect then."""

    def __init__(self, code: int) -> None:
        """Keep the exit code: 143 terminated, 129 hung up."""
        super().__init__(code)
        self.code = code


class Stopped(KeyboardInterrupt):
    """A comparison was stopped from outside; `kept` of `total` runs lie in `folder`, and it can go on from there.

    `code` is the exit code of the command: 130 interrupted, 143 terminated, 129 hung up.
    """

    def __init__(self, kept: int, total: int, folder: str, code: int = 130, command: str = "") -> None:
        """Keep what is needed to say so; `command` continues, where it is known."""
        super().__init__(f"{kept} of {total} runs are kept in {folder}")
        self.kept, self.total, self.folder, self.code, self.command = kept, total, folder, code, command


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
    rule: str = ""  # the rule of rights that it breaks, where it is one

    def render(self, lang: str = "en") -> str:
        """Draw the mistake: place, the line itself, carets, what to write."""
        lines = [self._head()]
        if self.source_line and self.line:
            lines += self._drawn_line()
        for part in (self.text_th if lang == "th" else self.text_en).split("\n"):
            lines += wrapped(printable(part), "  ")
        return "\n".join(lines)

    def _head(self) -> str:
        place = printable(f"{self.file}:{self.line}" if self.line else self.file)
        return f"{place}  {shortened(printable(self.key), max(20, WIDTH - len(place) - 2))}" if self.key else place

    def _drawn_line(self) -> list[str]:
        prefix = f"  {self.line} | "
        start, end = self.caret_start, max(self.caret_start, self.caret_end)
        text, first, last = cut_around(self.source_line, start, end, WIDTH - len(prefix))
        if end == start:
            return [prefix + text]
        if not self.source_line[:start].removeprefix("…").isascii():
            return ["> " + prefix[2:] + text]
        return [prefix + text, " " * (len(prefix) + first) + "^" * max(1, last - first)]


class ScenarioError(InputError):
    """The mistakes of one scenario file at once: `problems` holds the first ones in file order, `total` counts all.

    `whole` says that the file as a whole is none that can be read; `read` says of files how much of them was.
    """

    def __init__(
        self,
        problems: Iterable[Problem],
        total: int = 0,
        whole: bool = False,
        read: Mapping[str, tuple[str, str]] | None = None,
    ) -> None:
        """Keep the problems sorted by line."""
        self.problems = tuple(sorted(problems, key=lambda p: (p.file, p.line, p.column)))
        self.total, self.whole, self.read = max(total, len(self.problems)), whole, dict(read or {})
        super().__init__(self.render())

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle by the problems, not by the text."""
        return (ScenarioError, (self.problems, self.total, self.whole, self.read))

    def render(self, lang: str = "en") -> str:
        """Return the whole message in English (`en`) or Thai (`th`)."""
        shown = [p.render(lang) for p in self.problems[:SHOWN_AT_ONCE]]
        if self.whole:
            return "\n\n".join(shown)
        names = dict.fromkeys(p.file for p in self.problems)
        files = _and([self._with_size(name, lang) for name in names], lang)
        return "\n\n".join([*shown, "\n".join(wrapped(count_line(self.total, files, lang)))])

    def _with_size(self, name: str, lang: str) -> str:
        size = self.read.get(name)
        return f"{printable(name)} ({size[lang == 'th']})" if size else printable(name)


def _and(names: Sequence[str], lang: str) -> str:
    """Join names: the last one by and."""
    word = " และ " if lang == "th" else " and "
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + word + names[-1] if names else ""


def count_line(n: int, file: str, lang: str = "en") -> str:
    """Say how many mistakes there are and that nothing was run."""
    more = n > SHOWN_AT_ONCE
    if lang == "th":
        tail = f" แสดง {SHOWN_AT_ONCE} จุดแรก" if more else ""
        return f"พบข้อผิดพลาด {n:,} จุดใน {file}{tail} ยังไม่ได้เริ่มจำลอง"
    noun = "mistake" if n == 1 else "mistakes"
    tail = f", the first {SHOWN_AT_ONCE} are shown" if more else ""
    return f"{n:,} {noun} in {file}{tail}. Nothing was run."


def wrapped(text: str, indent: str = "") -> list[str]:
    """Break a text at its blanks into lines of the screen's width; a word is never broken."""
    return textwrap.wrap(
        text, WIDTH, initial_indent=indent, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


def cut_around(line: str, start: int, end: int, room: int) -> tuple[str, int, int]:
    """Return what fits into `room` of a line around its mistake, as printed, and where the mistake stands in that.

    What is left out on a side shows as an ellipsis.
    """
    end = min(end, start + room)
    before = printable(line[max(0, start - room) : start])
    lead = min(len(before), room // 4)  # of what stands before, however long the mistake is
    wrong = printable(line[start:end])[: room - lead - 1]
    after = printable(line[end : end + room])
    if start > room or len(before) + len(wrong) + len(after) > room:
        keep = max((room - len(wrong)) // 2, room - len(wrong) - len(after))
        if start > room or len(before) > keep:
            before = "…" + before[len(before) - keep + 1 :]
    text = before + wrong + after
    if len(text) > room or len(line) > end + room:
        text = text[: room - 1] + "…"
    return text, len(before), min(len(before) + len(wrong), len(text))


def shortened(text: str, most: int = 60) -> str:
    """Cut a text that is longer than `most`."""
    return text if len(text) <= most else text[: most - 1] + "…"


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
