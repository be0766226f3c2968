"""How the command ends: each kind of error is one clear message and its exit code."""

from __future__ import annotations

import os
import signal
import sys
from typing import Any, NoReturn

import typer

from simulation.cli.app import app
from simulation.cli.say import language_from_argv, stop

DONE, OURS, BAD_INPUT, SOME_FAILED, STORAGE, IN_USE = 0, 1, 2, 3, 4, 5
INTERRUPTED = 130


def main() -> None:
    """Run the command; every error that a user can act on is one clear message and exit code 2."""
    from simulation.core.errors import FolderInUse, InputError, KwamdeeError, StorageError, Terminated

    try:
        code = app(standalone_mode=False, prog_name="kwamdee")
        sys.exit(code if isinstance(code, int) else DONE)
    except typer.Exit as asked:
        sys.exit(asked.exit_code)
    except (KeyboardInterrupt, typer.Abort, Terminated) as asked:
        say_stopped(asked)
    except KwamdeeError as error:
        codes = ((InputError, BAD_INPUT), (FolderInUse, IN_USE), (StorageError, STORAGE), (KwamdeeError, OURS))
        stop(error.render(language_from_argv()), next(code for kind, code in codes if isinstance(error, kind)))
    except OSError as error:
        stop(f"Storage gave out: {error}", STORAGE)
    except Exception as error:  # a usage error of the command line, or a bug of ours
        _unexpected(error)


def say_stopped(asked: BaseException) -> NoReturn:
    """End after a signal: say what is kept, and how to go on."""
    from simulation.core.errors import Stopped
    from simulation.reports.progress import stopped

    for name in ("SIGINT", "SIGTERM", "SIGHUP"):  # Python takes its handlers down before it ends
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    if isinstance(asked, Stopped):
        stop(stopped(asked.kept, asked.total, asked.folder, language_from_argv()), asked.code)
    nothing = "หยุดแล้ว ยังไม่ได้เริ่มจำลอง" if language_from_argv() == "th" else "Stopped. Nothing was run yet."
    stop(f"\n{nothing}", getattr(asked, "code", INTERRUPTED))


def _unexpected(error: Exception) -> None:
    if getattr(error, "format_message", None) is not None:  # the command line itself was misspelt
        stop(_misspelt(error), BAD_INPUT)
    if os.environ.get("KWAMDEE_DEBUG"):
        raise error
    stop(
        f"This is a mistake of Kwamdee's, not yours: {type(error).__name__}: {error}\n"
        "Set KWAMDEE_DEBUG=1 for the details and send them to the developers.",
        OURS,
    )


_WHOLE = {"--replicates": "1 to 100,000", "--seed": "0 to 9,223,372,036,854,775,807", "--jobs": "1 to 1,024"}


def _misspelt(error: Any) -> str:
    """Say what is wrong with the command line, what was received and what is right."""
    context = getattr(error, "ctx", None)
    path = getattr(context, "command_path", "kwamdee")
    option = next((o for o in _WHOLE if f"'{o}'" in error.format_message()), None)
    if option is not None and "Invalid value" in error.format_message():
        words = " ".join(sys.argv[1:]).replace(f"{option}=", f"{option} ").split(" ")
        given = words[words.index(option) + 1] if option in words[:-1] else ""
        return f'{option} is "{given}"; it is a whole number from {_WHOLE[option]}, written in digits alone.'
    said = error.format_message().strip()
    if said.startswith("Usage:"):
        return str(said)
    said = said if said.endswith((".", "?", ")")) else f"{said}."
    return f"{said}\nSee: {path} --help"
