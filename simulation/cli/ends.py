"""How the command ends: each kind of error is one clear message and its exit code."""

from __future__ import annotations

import os
import signal
import sys
from typing import NoReturn

import typer

from simulation.cli.app import app
from simulation.cli.codes import BAD_INPUT, DONE, IN_USE, INTERRUPTED, OURS, SOME_FAILED, STORAGE
from simulation.cli.say import language_of_errors, stop

__all__ = ["BAD_INPUT", "DONE", "INTERRUPTED", "IN_USE", "OURS", "SOME_FAILED", "STORAGE", "main", "say_stopped"]

_NOTHING = ("Stopped. Nothing was run yet.", "หยุดแล้ว ยังไม่ได้เริ่มจำลอง")
_STOPPED = ("Stopped. What is done is kept.", "หยุดแล้ว เก็บสิ่งที่ทำเสร็จไว้แล้ว")


def main() -> None:
    """Run the command; every error that a user can act on is one clear message and exit code 2."""
    from simulation.core.errors import ASKED, FolderInUse, InputError, KwamdeeError, RunFailed, StorageError, Terminated

    try:
        code = app(standalone_mode=False, prog_name="kwamdee")
        if code == INTERRUPTED:  # all that typer leaves of Ctrl-C
            say_stopped(KeyboardInterrupt())
        sys.exit(code if isinstance(code, int) else DONE)
    except typer.Exit as asked:
        sys.exit(asked.exit_code)
    except (KeyboardInterrupt, typer.Abort, Terminated) as asked:
        say_stopped(asked)
    except KwamdeeError as error:
        codes = (
            (InputError, BAD_INPUT), (FolderInUse, IN_USE), (StorageError, STORAGE), (RunFailed, SOME_FAILED),
            (KwamdeeError, OURS),
        )  # fmt: skip
        stop(error.render(language_of_errors()), next(code for kind, code in codes if isinstance(error, kind)))
    except OSError as error:
        said = ("Storage gave out", "หน่วยเก็บข้อมูลใช้งานไม่ได้")[language_of_errors() == "th"]
        stop(f"{said}: {error}", STORAGE)
    except Exception as error:  # a usage error of the command line, or a bug of ours
        if ASKED:  # a library turned the interruption into an error of its own
            say_stopped(ASKED[0], _STOPPED)
        _unexpected(error)


def say_stopped(asked: BaseException, nothing: tuple[str, str] = _NOTHING) -> NoReturn:
    """End after a signal: say what is kept, and how to go on; `nothing`, in both languages, where nothing is."""
    from simulation.core.errors import Stopped
    from simulation.reports.progress import stopped
    from simulation.reports.study.progress import stopped_study

    for name in ("SIGINT", "SIGTERM", "SIGHUP"):  # Python takes its handlers down before it ends
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    if isinstance(asked, Stopped) and asked.command:
        said = stopped_study(asked.kept, asked.total, asked.folder, asked.command, language_of_errors())
        stop(said, asked.code)
    if isinstance(asked, Stopped):
        stop(stopped(asked.kept, asked.total, asked.folder, language_of_errors()), asked.code)
    stop(f"\n{nothing[language_of_errors() == 'th']}", getattr(asked, "code", INTERRUPTED))


def _unexpected(error: Exception) -> NoReturn:
    if getattr(error, "format_message", None) is not None:  # the command line itself was misspelt
        from simulation.cli.misspelt import misspelt

        stop(misspelt(error).render(language_of_errors()), BAD_INPUT)
    if os.environ.get("KWAMDEE_DEBUG"):
        raise error
    what = f"{type(error).__name__}: {error}"
    if language_of_errors() == "th":
        stop(
            f"นี่เป็นข้อผิดพลาดของ Kwamdee ไม่ใช่ของคุณ: {what}\nตั้งค่า KWAMDEE_DEBUG=1 เพื่อดูรายละเอียด แล้วส่งให้ผู้พัฒนา",
            OURS,
        )
    stop(
        f"This is a mistake of Kwamdee's, not yours: {what}\n"
        "Set KWAMDEE_DEBUG=1 for the details and send them to the developers.",
        OURS,
    )
