"""What is said while one arm runs, on stderr: a line redrawn on a terminal, plain lines elsewhere."""

from __future__ import annotations

import os
import sys
import time

_BAR = 40
_EVERY = 0.1  # seconds between two drawings of the bar


class WeeksShown:
    """Shows how many weeks are done."""

    def __init__(self, show: bool, lang: str, unicode: bool = True) -> None:
        """`show` False says nothing; without `unicode` the texts are English and ASCII."""
        self.show, self.lang, self.unicode = show, lang if unicode else "en", unicode
        self.bar = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self.quarter, self.drawn = -1, 0.0

    def update(self, done: int, total: int) -> None:
        """Show that `done` of `total` weeks are done."""
        if self.show and self.bar:
            self._draw(done, total)
        elif self.show and 4 * done // total > self.quarter:
            self.quarter = 4 * done // total
            print(f"{25 * self.quarter}%  {self._count(done, total)}", file=sys.stderr, flush=True)

    def _draw(self, done: int, total: int) -> None:
        now = time.monotonic()
        if done == total:
            print("\r\x1b[2K", end="", file=sys.stderr, flush=True)
        elif now - self.drawn >= _EVERY:
            self.drawn = now
            on, off = ("━", "─") if self.unicode else ("=", "-")
            full = round(_BAR * done / total)
            label = "กำลังจำลอง" if self.lang == "th" else "Running "
            bar = on * full + off * (_BAR - full)
            print(f"\r\x1b[2K{label} {bar}  {self._count(done, total)}", end="", file=sys.stderr, flush=True)

    def _count(self, done: int, total: int) -> str:
        return f"{done} จาก {total} สัปดาห์" if self.lang == "th" else f"{done} of {total} weeks"
