"""Pages that are kept with the code and written by a script: what stands between marker lines, and the door of such scripts."""

from __future__ import annotations

import difflib
import sys
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from simulation.core.errors import KwamdeeError

WIDTH = 140
LANGUAGES = ("en", "th")


@dataclass(frozen=True)
class Asked:
    """What a script is asked for: which pages, where its runs are kept, and whether to write."""

    names: tuple[str, ...]
    results: str
    write: bool


def asked_of(arguments: Sequence[str], results: str) -> Asked:
    """Return what the arguments ask for; ends the script where no folder follows --results, or another option is given.

    Args:
        arguments: Of the command.
        results: The folder where none is named.
    """
    left = [a for a in arguments if a != "--write"]
    if "--results" in left:
        at = left.index("--results")
        if at + 1 == len(left):
            raise SystemExit("--results wants a folder.")
        results = left.pop(at + 1)
        left.pop(at)
    if wrong := [a for a in left if a.startswith("-")]:
        raise SystemExit(f"There is no option {wrong[0]}; there are --write and --results FOLDER.")
    return Asked(tuple(left), results, "--write" in arguments)


def enter(main: Callable[[Sequence[str]], int]) -> NoReturn:
    """Carry out a script and end with its status; what is wrong with its input is said in one line."""
    try:
        sys.exit(main(sys.argv[1:]))
    except KwamdeeError as error:
        sys.exit(str(error))


@dataclass(frozen=True)
class Blocks:
    """The blocks of pages that a script writes: a title each, the same in both languages."""

    script: str

    def begins(self, title: str) -> str:
        """Return the line before a block."""
        return f"<!-- {title}: written by scripts/{self.script}.py, not by hand -->"

    def ends(self, title: str) -> str:
        """Return the line after a block."""
        return f"<!-- End of: {title} -->"

    def inside(self, text: str, title: str) -> str:
        """Return what stands in a block of a page."""
        return text.split(self.begins(title), 1)[1].split(self.ends(title), 1)[0]

    def put(self, text: str, title: str, lines: Sequence[str]) -> str:
        """Return a page with these lines in a block."""
        return between(text, self.begins(title), self.ends(title), lines)


def between(text: str, begins: str, ends: str, lines: Sequence[str]) -> str:
    """Return a text with these lines between two marker lines, in the place of those there."""
    before, rest = text.split(begins, 1)
    return before + "\n".join([begins, *lines, ends]) + rest.split(ends, 1)[1]


def with_line(text: str, name: str, said: str) -> str:
    """Return a list of studies with the line of one of them, the row whose link goes to its folder."""
    lines = text.split("\n")
    at = next(i for i, old in enumerate(lines) if old.startswith("|") and f"]({name}/" in old)
    lines[at] = said
    return "\n".join(lines)


def page_of(folder: Path, lang: str) -> Path:
    """Return the README of a folder in a language."""
    return folder / ("README.th.md" if lang == "th" else "README.md")


def wrapped(paragraph: str, first: str = "", later: str = "", width: int = WIDTH) -> list[str]:
    """Break a paragraph into lines of the page's width."""
    return textwrap.wrap(
        paragraph, width, initial_indent=first, subsequent_indent=later, break_long_words=False, break_on_hyphens=False
    )


def changes(old: str, new: str, name: str, source: str) -> list[str]:
    """Return the lines in which a page differs from what it should be by its source."""
    return list(difflib.unified_diff(old.split("\n"), new.split("\n"), name, source, lineterm="", n=0))


def put(path: Path, content: bytes | str) -> None:
    """Write a file whole or not at all."""
    new = path.with_name(f"{path.name}.new")
    new.write_bytes(content.encode() if isinstance(content, str) else content)
    new.replace(path)


def light(png: bytes, colours: int = 64, quarters: int = 4) -> bytes:
    """Return a picture of few colours, as many quarters of its size: there are many of them, kept with the code."""
    from io import BytesIO

    from PIL import Image

    out = BytesIO()
    with Image.open(BytesIO(png)) as picture:
        few = picture.convert("RGB")
        if quarters < 4:
            size = (picture.width * quarters // 4, picture.height * quarters // 4)
            few = few.resize(size, Image.Resampling.LANCZOS)
        few.quantize(colors=colours, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()
