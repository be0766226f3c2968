"""What the command prints: results on stdout, everything else on stderr, in what the terminal can write."""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING, Any, NoReturn

from simulation.core.language import LANGUAGES, LOCALE, asked, language_of_errors, speaks_unicode

if TYPE_CHECKING:
    from simulation.reports.terminal import Screen

__all__ = [
    "colours",
    "language",
    "language_of_errors",
    "note",
    "say",
    "say_json",
    "screen",
    "speaks_unicode",
    "stop",
    "tell",
]


def language(lang: str | None = None) -> str:
    """Return the language to speak: `--lang`, else KWAMDEE_LANG, else that of the locale, else English.

    English, with a note, where Thai is asked for and the output cannot write it; raises InputError for any other.
    """
    said, where = asked(lang)
    spoken(where, said)
    if said == "th" and not speaks_unicode(sys.stdout):
        if where != LOCALE:
            print("Note     Thai needs UTF-8: set PYTHONUTF8=1 and try again.", file=sys.stderr)
        return "en"
    return said


def spoken(where: str, said: str) -> None:
    """Raise InputError for a language that is not spoken; it is told in both, for it is not known which is read."""
    from simulation.core.errors import InputError, one_of

    if said in LANGUAGES or not speaks_unicode(sys.stderr):
        one_of(where, said, LANGUAGES)
        return
    try:
        one_of(where, said, LANGUAGES)
    except InputError as error:
        both = f"{error.render('en')}\n{error.render('th')} (en อังกฤษ, th ไทย)"
        raise InputError(both, both) from None


def say(text: str) -> None:
    """Print a result; what the output cannot write is shown as a question mark, never as an error after the work."""
    encoding = sys.stdout.encoding or "utf-8"
    _print(text.encode(encoding, "replace").decode(encoding))


def say_json(data: Any) -> None:
    """Print one JSON object and nothing else."""
    _print(json.dumps(data, ensure_ascii=not speaks_unicode(sys.stdout), allow_nan=False))


def _print(text: str) -> None:
    """Print at once; a reader who has seen enough, as in `kwamdee schemes | head -1`, is no error."""
    try:
        print(text, flush=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def screen() -> Screen:
    """Return how wide and how rich what is printed on stdout may be."""
    from simulation.reports.terminal import Screen

    tty = sys.stdout.isatty()
    return Screen(
        width=_width() if tty else 120,
        piped=not tty,
        unicode=speaks_unicode(sys.stdout),
        colour=colours(),
    )


def colours() -> bool:
    """Tell whether results may be printed in colours: on a terminal that knows them and whose owner wants them."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _width() -> int:
    import shutil

    return shutil.get_terminal_size((80, 24)).columns


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
