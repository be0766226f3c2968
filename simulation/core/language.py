"""The language that a reader asked for: on the command line, else in the environment. Imports nothing of weight."""

from __future__ import annotations

import os
import sys
from itertools import pairwise
from typing import Any

LANGUAGES = ("en", "th")
OPTION, VARIABLE, LOCALE = "--lang", "KWAMDEE_LANG", "the locale"


def asked(given: str | None = None) -> tuple[str, str]:
    """Return the language asked for, as it was written, and where: `--lang`, else KWAMDEE_LANG, else the locale.

    Args:
        given: What the command was given by `--lang`; without it the words of the command line are looked through, so
            that `--lang` may stand before the command too, and errors of the command line itself find it.
    """
    said = given if given is not None else _on_the_command_line()
    if said is not None:
        return said, OPTION
    wished = os.environ.get(VARIABLE, "").strip()
    if wished:
        return wished.lower(), VARIABLE
    names = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return ("th" if next(filter(None, names), "").lower().startswith("th") else "en"), LOCALE


def _on_the_command_line() -> str | None:
    words = [*sys.argv[1:], ""]
    found = [b for a, b in pairwise(words) if a == OPTION and b]
    found += [word.partition("=")[2] for word in words if word.startswith(f"{OPTION}=")]
    return found[-1] if found else None


def speaks_unicode(stream: Any) -> bool:
    """Tell whether Thai and typographic signs can be written to a stream."""
    return (getattr(stream, "encoding", None) or "").lower().replace("-", "") in ("utf8", "utf8sig")


def language_of_errors() -> str:
    """Return the language of what is said on stderr: English where Thai is not asked for or cannot be written."""
    return "th" if asked()[0] == "th" and speaks_unicode(sys.stderr) else "en"
