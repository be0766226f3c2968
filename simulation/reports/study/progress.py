"""What is said while a study runs, always on stderr: a bar on a terminal, plain lines elsewhere, and how to go on."""

from __future__ import annotations

import os
import shutil
import sys
import time

from rich.cells import cell_len

_BAR = 40
_EVERY = 0.1  # seconds between two drawings of the bar
_SURE_AFTER = 5  # runs from which the time left can be told
_MINUTE, _HOUR, _DAY = 60, 3600, 86_400
_STAGES = {
    "probe": ("Trying a few runs, to tell how long it takes", "กำลังลองสองสามรอบเพื่อประมาณเวลา"),
    "compile": (
        "Compiling the fast engine, first time only: about 10 s",
        "กำลังแปลโปรแกรมส่วนที่เร็ว ครั้งแรกครั้งเดียว ราว 10 วินาที",
    ),
    "wait": ("Waiting for the first worker", "กำลังรอเครื่องคำนวณเครื่องแรก"),
    "write": ("Writing tables and report", "กำลังเขียนตารางและรายงาน"),
}
"""What is said once when a stage begins; the stages "run" and "done" have lines of their own."""


class SweepProgress:
    """Shows how far a study is: every count that it prints is of runs that are kept, on disk."""

    def __init__(self, show: bool, lang: str, unicode: bool = True, opening: str = "") -> None:
        """`show` False says nothing; without `unicode` the texts are English and ASCII; `opening` comes first."""
        self.show, self.lang, self.unicode = show, lang if unicode else "en", unicode
        self.opening = opening
        self.bar = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self.began = time.monotonic()
        self.quarter, self.drawn, self.first = -1, float("-inf"), -1
        self.stage = ""

    def update(self, done: int, total: int, before: int, kept: int, stage: str = "run") -> None:
        """Show one state.

        Args:
            done: Runs that ended, those of earlier sessions counted.
            total: Runs of the design.
            before: Runs kept from earlier sessions.
            kept: Runs that are on disk, those of earlier sessions counted.
            stage: "probe", "compile", "wait", "run", "write" or "done".
        """
        if not self.show:
            return
        if self.opening:
            self._line(self.opening)
            self.opening = ""
        if stage == "done":
            self._done(total, before, kept)
        elif stage == "run":
            self._run(done, total, before, kept)
        elif stage != self.stage:
            self._clear()
            self._line(_STAGES[stage][self.lang == "th"])
        self.stage = stage

    def _run(self, done: int, total: int, before: int, kept: int) -> None:
        now = time.monotonic()
        if self.first < 0:  # how fast it goes is told from what this session did
            self.began, self.first = now, done
        if not self.bar:
            self._quarter(total, before, kept)
        elif now - self.drawn >= _EVERY:
            self.drawn = now
            tail = f"  {counted(kept, total, before, self.lang)}{self._pace(done, total, now)}"
            self._draw(done / max(total, 1), tail)

    def _quarter(self, total: int, before: int, kept: int) -> None:
        quarter = 4 * kept // max(total, 1)
        if quarter > self.quarter:
            self.quarter = quarter
            self._line(f"{25 * quarter}%  {counted(kept, total, before, self.lang)}")

    def _draw(self, share: float, tail: str) -> None:
        on, off = ("━", "─") if self.unicode else ("=", "-")
        label = "กำลังจำลอง" if self.lang == "th" else "Running "
        bar = max(0, min(_BAR, shutil.get_terminal_size().columns - 1 - cell_len(f"{label} {tail}")))
        full = min(bar, round(bar * share))
        print(f"\r\x1b[2K{label} {on * full}{off * (bar - full)}{tail}", end="", file=sys.stderr, flush=True)

    def _pace(self, done: int, total: int, now: float) -> str:
        """Tell runs a second and the time left, from what ended in this session."""
        fresh, seconds = done - self.first, now - self.began
        if fresh < _SURE_AFTER or seconds <= 0 or done >= total:
            return ""
        speed, left = rate(fresh / seconds, self.lang), clock((total - done) * seconds / fresh, self.lang)
        return f" {speed} เหลือ {left}" if self.lang == "th" else f", {speed}, {left} left"

    def _done(self, total: int, before: int, kept: int) -> None:
        self._clear()
        if not self.bar and self.quarter < 4 <= 4 * kept // max(total, 1):
            self._quarter(total, before, kept)
        count, seconds = counted(kept, total, before, self.lang), time.monotonic() - self.began
        took = duration(seconds, self.lang)
        self._line(f"เสร็จแล้ว {count} ใน {took}" if self.lang == "th" else f"Done     {count} in {took}")

    def _clear(self) -> None:
        if self.bar and self.drawn > float("-inf"):
            print("\r\x1b[2K", end="", file=sys.stderr)

    def _line(self, text: str) -> None:
        if not self.unicode:
            text = text.encode("ascii", "replace").decode("ascii")
        print(text, file=sys.stderr, flush=True)


def counted(kept: int, total: int, before: int, lang: str) -> str:
    """Return how many runs are kept, "68 of 100 runs kept (41 from before)"."""
    if lang == "th":
        earlier = f" ({before:,} รอบจากครั้งก่อน)" if before else ""
        return f"เก็บแล้ว {kept:,} จาก {total:,} รอบ{earlier}"
    earlier = f" ({before:,} from before)" if before else ""
    return f"{kept:,} of {total:,} runs kept{earlier}"


def rate(a_second: float, lang: str) -> str:
    """Print a speed at two digits or so: runs a second, or a minute where it is slow."""
    slow = a_second < 1
    number = a_second * _MINUTE if slow else a_second
    text = f"{number:,.0f}" if number >= 10 else f"{number:.1f}"
    if lang == "th":
        return f"{text} รอบต่อ{'นาที' if slow else 'วินาที'}"
    return f"{text} {'runs/min' if slow else 'runs/s'}"


def clock(seconds: float, lang: str) -> str:
    """Print the time left as on a clock: minutes and seconds, hours in front, days in words."""
    whole = round(seconds) if seconds <= _MINUTE else 5 * round(seconds / 5)
    if whole >= _DAY:
        return duration(whole, lang)
    hours, rest = divmod(whole, _HOUR)
    return f"{hours}:{rest // 60:02d}:{rest % 60:02d}" if hours else f"{rest // 60}:{rest % 60:02d}"


_UNITS = ((_DAY, "day", "วัน"), (_HOUR, "hour", "ชั่วโมง"), (_MINUTE, "minute", "นาที"))


def duration(seconds: float, lang: str) -> str:
    """Print a length of time in words, in its two largest units: "12 s", "3 minutes", "2 hours 10 minutes"."""
    thai = lang == "th"
    if round(seconds) < 2 * _MINUTE:
        whole = max(1, round(seconds))
        return f"{whole} วินาที" if thai else f"{whole} s"
    left, parts = _MINUTE * round(seconds / _MINUTE), []
    for length, en, th in _UNITS:
        n, left = divmod(left, length)
        if n:
            parts.append(f"{n:,} {th}" if thai else f"{n:,} {en}{'' if n == 1 else 's'}")
    return " ".join(parts[:2])


def stopped_study(kept: int, total: int, folder: str, command: str, lang: str) -> str:
    """Return what is said when a study is stopped from outside; its last line is the command that goes on.

    Args:
        kept: Runs on disk.
        total: Runs of the design.
        folder: Where they lie.
        command: Goes on from there; it is never broken, so that it can be pasted.
        lang: "en" or "th".
    """
    if lang == "th":
        left = "เหลือเพียงเขียนตารางและรายงาน " if kept == total else ""
        return f"\nหยุดแล้ว เก็บไว้ {kept:,} จาก {total:,} รอบใน {folder}\n{left}สั่งคำสั่งนี้เพื่อทำต่อ\n{command}"
    left = "Only tables and report are left to write. " if kept == total else ""
    return f"\nStopped: {kept:,} of {total:,} runs are kept in {folder}.\n{left}This goes on from there:\n{command}"
