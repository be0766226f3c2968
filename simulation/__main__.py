"""The kwamdee command, and `python -m simulation`. Signals are minded before anything of weight is imported."""

from __future__ import annotations

import os
import signal
import time
from typing import Any

from simulation.core.language import language_of_errors

INTERRUPTED, HUNG_UP, TERMINATED = 130, 129, 143
_CODES = {"SIGINT": INTERRUPTED, "SIGTERM": TERMINATED, "SIGHUP": HUNG_UP}
_STOPPED = {"en": "Stopped. Nothing was run yet.", "th": "หยุดแล้ว ยังไม่ได้เริ่มจำลอง"}
_PATIENCE = 2.0
"""Seconds for which further signals are passed over while what is kept is put in order."""


def main() -> None:
    """Run the command; stopped while it still loads, it says that nothing was run."""
    for name, code in _CODES.items():
        _on(name, _leave_at_once(code))
    from simulation.cli import main as command
    from simulation.core.errors import ASKED, Interrupted, Terminated

    stopping: list[float] = []
    for name, code in _CODES.items():
        _on(name, _leave_in_order(code, stopping, Interrupted() if code == INTERRUPTED else Terminated(code), ASKED))
    command()


def _on(name: str, handler: Any) -> None:
    if hasattr(signal, name):
        signal.signal(getattr(signal, name), handler)


def _leave_at_once(code: int) -> Any:
    def handler(_signal: int, _frame: Any) -> None:
        os.write(2, f"{_STOPPED[language_of_errors()]}\n".encode())
        os._exit(code)

    return handler


def _leave_in_order(code: int, stopping: list[float], told: BaseException, asked: list[BaseException]) -> Any:
    """Return a handler that raises once and notes it; later signals are passed over, and end a process that hangs."""

    def handler(_signal: int, _frame: Any) -> None:
        if stopping:
            if time.monotonic() - stopping[0] > _PATIENCE:
                os._exit(code)
            return
        stopping.append(time.monotonic())
        asked.append(told)
        raise told

    return handler


if __name__ == "__main__":
    main()
