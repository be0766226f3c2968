"""What the command prints: results on stdout, everything else on stderr, in what the terminal can write."""

from __future__ import annotations

import json
import os
import sys
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from simulation.reports.terminal import Screen


def language(lang: str) -> str:
    """Return the language of `--lang`, English where Thai cannot be written; raises InputError for any other."""
    from simulation.core.errors import one_of

    one_of("--lang", lang, ("en", "th"))
    if lang == "th" and not speaks_unicode(sys.stdout):
        print("Note     Thai needs UTF-8: set PYTHONUTF8=1 and try again.", file=sys.stderr)
        return "en"
    return lang


def say(text: str) -> None:
    """Print a result; what the output cannot write is shown as a question mark, never as an error after the work."""
    encoding = sys.stdout.encoding or "utf-8"
    print(text.encode(encoding, "replace").decode(encoding))


def say_json(data: Any) -> None:
    """Print one JSON object and nothing else."""
    print(json.dumps(data, ensure_ascii=not speaks_unicode(sys.stdout), allow_nan=False))


def language_from_argv() -> str:
    """Return the language asked for, before the command line is understood; English where Thai cannot be written."""
    words = " ".join(sys.argv[1:]).replace("--lang=", "--lang ").split()
    asked = "th" in [b for a, b in pairwise(words) if a == "--lang"]
    return "th" if asked and speaks_unicode(sys.stderr) else "en"


def screen() -> Screen:
    """Return how wide and how rich what is printed on stdout may be."""
    from simulation.reports.terminal import Screen

    tty = sys.stdout.isatty()
    return Screen(
        width=_width() if tty else 120,
        piped=not tty,
        unicode=speaks_unicode(sys.stdout),
        colour=tty and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb",
    )


def _width() -> int:
    import shutil

    return shutil.get_terminal_size((80, 24)).columns


def speaks_unicode(stream: Any) -> bool:
    """Tell whether Thai and typographic signs can be written to a stream."""
    return (stream.encoding or "").lower().replace("-", "") in ("utf8", "utf8sig")


def note(text: str, lang: str) -> None:
    """Print something to know beside the result, on stderr."""
    tell(f"{'หมายเหตุ' if lang == 'th' else 'Note    '} {text}")


def tell(text: str, end: str = "\n") -> None:
    """Print what accompanies the work, on stderr, in what it can write."""
    encoding = sys.stderr.encoding or "utf-8"
    print(text.encode(encoding, "replace").decode(encoding), end=end, file=sys.stderr, flush=True)


def stop(message: str, code: int) -> NoReturn:
    """End the command with a message on stderr."""
    print(message, file=sys.stderr)
    sys.exit(code)
