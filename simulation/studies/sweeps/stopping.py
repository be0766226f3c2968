"""Ctrl-C of the user told apart from a KeyboardInterrupt that a run's own code raises."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class UserStop(KeyboardInterrupt):
    """The user pressed Ctrl-C while a task was carried out here; a KeyboardInterrupt to whoever does not ask."""


@contextmanager
def stops_told_apart() -> Iterator[None]:
    """Let Ctrl-C raise UserStop meanwhile, in the main thread: a handler there is asked first and may decide otherwise.

    In other threads signals are never delivered, and nothing is done.
    """
    before = signal.getsignal(signal.SIGINT) if _here() else None
    if not callable(before):
        yield
        return

    def handler(number: int, frame: Any) -> None:
        try:
            before(number, frame)
        except KeyboardInterrupt as stop:
            if type(stop) is not KeyboardInterrupt:
                raise
            raise UserStop from None

    signal.signal(signal.SIGINT, handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _here() -> bool:
    return threading.current_thread() is threading.main_thread()
