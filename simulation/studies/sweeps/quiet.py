"""What a run prints goes nowhere: standard output belongs to the command."""

from __future__ import annotations

import contextlib
import io
import threading
from collections.abc import Iterator


class _Nowhere(io.TextIOBase):
    """A text stream that keeps nothing."""

    def write(self, text: str) -> int:
        """Take a text and forget it."""
        return len(text)


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Send what is printed meanwhile nowhere, in the main thread; elsewhere others may be printing at the same time."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    with contextlib.redirect_stdout(_Nowhere()):
        yield
