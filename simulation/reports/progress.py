"""What is said while a comparison runs, always on stderr: what it is, a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import os
import shutil
import sys
import time
from importlib.util import find_spec
from typing import Any

from rich.cells import cell_len

from simulation.reports.cautions import HEAD, caution_lines

_BAR = 40
_EVERY = 0.1  # seconds between two drawings of the bar
_SURE_AFTER = 5  # runs from which the time left can be told


class ProgressShown:
    """Shows each state of a comparison; it reads states through their attributes."""

    def __init__(self, show: bool, lang: str, unicode: bool = True, opening: str = "") -> None:
        """`show` False says nothing; without `unicode` the texts are English and ASCII; `opening` comes first."""
        self.opening = opening
        self.show, self.lang, self.unicode = show, lang if unicode else "en", unicode
        self.began = time.monotonic()
        self.quarter, self.drawn = -1, 0.0
        self.bar = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"

    def update(self, state: Any) -> None:
        """Show one state."""
        if self.show:
            getattr(self, f"_{state.stage}")(state)

    def _start(self, state: Any) -> None:
        risks = [HEAD[self.lang] + line for line in caution_lines(getattr(state.facts, "cautions", ()), self.lang)]
        opening = [self.opening] if self.opening else []
        self._line("\n".join([*opening, *heading(state.facts, self.lang), *risks, ""]))

    def _compile(self, state: Any) -> None:
        thai = "กำลังแปลโปรแกรมส่วนที่เร็ว ครั้งแรกครั้งเดียว ราว 10 วินาที"
        self._line(thai if self.lang == "th" else "Compiling the fast engine, first time only: about 10 s")

    def _run(self, state: Any) -> None:
        if not self.bar:
            quarter = 4 * state.done // max(state.total, 1)
            if quarter > self.quarter:
                self.quarter = quarter
                self._line(f"{25 * quarter}%  {self._count(state)}")
            return
        now = time.monotonic()
        if state.done == state.before:
            self.began = now
        if now - self.drawn >= _EVERY:
            self.drawn = now
            on, off = ("━", "─") if self.unicode else ("=", "-")
            label = "กำลังจำลอง" if self.lang == "th" else "Running "
            tail = f"  {self._count(state)}{self._left(state, now)}"
            bar = max(0, min(_BAR, shutil.get_terminal_size().columns - 1 - cell_len(f"{label} {tail}")))
            full = round(bar * state.done / max(state.total, 1))
            text = f"{label} {on * full}{off * (bar - full)}{tail}"
            print(f"\r\x1b[2K{text}", end="", file=sys.stderr, flush=True)

    def _done(self, state: Any) -> None:
        if self.bar:
            print("\r\x1b[2K", end="", file=sys.stderr)
        seconds = time.monotonic() - self.began
        count = self._count(state)
        self._line(
            f"เสร็จแล้ว {count} ใน {seconds:.0f} วินาที" if self.lang == "th" else f"Done     {count} in {seconds:.0f} s"
        )

        if seconds > _SLOW and find_spec("numba") is None:
            self._line(_FASTER[self.lang])

    def _count(self, state: Any) -> str:
        if self.lang == "th":
            kept = f" ({state.before} รอบจากครั้งก่อน)" if state.before else ""
            return f"{state.done} จาก {state.total} รอบ{kept}"
        kept = f" ({state.before} from before)" if state.before else ""
        return f"{state.done} of {state.total} runs{kept}"

    def _left(self, state: Any, now: float) -> str:
        fresh = state.done - state.before
        if fresh < _SURE_AFTER or state.done >= state.total:
            return ""
        seconds = (now - self.began) / fresh * (state.total - state.done)
        seconds = round(seconds / 5) * 5 if seconds > 60 else round(seconds)
        clock = f"{seconds // 60}:{seconds % 60:02d}"
        return f" เหลือ {clock}" if self.lang == "th" else f", {clock} left"

    def _line(self, text: str) -> None:
        if not self.unicode:
            text = text.encode("ascii", "replace").decode("ascii")
        print(text, file=sys.stderr, flush=True)


_SLOW = 10.0
_FASTER = {
    "en": 'Note     The fast engine needs numba, which is not installed: pip install "kwamdee[fast]"',
    "th": 'หมายเหตุ  ส่วนที่เร็วต้องใช้ numba ซึ่งยังไม่ได้ติดตั้ง: pip install "kwamdee[fast]"',
}


def heading(facts: Any, lang: str) -> list[str]:
    """Return what is about to be run: title, size, seed."""
    n = sum(1 for a in facts.arms if a.window is not None)
    people = f"{facts.citizens:,}"
    if lang == "th":
        who = f"ครัวเรือน {people} ครัวเรือน" if facts.decider == "household" else f"พลเมือง {people} คน"
        return [
            f"{facts.title.get(lang)} ({facts.name})",
            f"{who} {facts.weeks} สัปดาห์ {n} มาตรการและไม่มีมาตรการ {facts.replicates} สังคมจำลอง เลขสุ่มตั้งต้น {facts.seed}",
        ]
    who = "households" if facts.decider == "household" else "citizens"
    return [
        f"{facts.title.get(lang)} ({facts.name})",
        f"{people} {who}, {count_of(facts.weeks, 'week')}, {count_of(n, 'scheme')} and no scheme, "
        f"{facts.replicates} simulated {'society' if facts.replicates == 1 else 'societies'}",
        f"Seed {facts.seed}",
    ]


def count_of(n: int, noun: str) -> str:
    """Return "1 week" or "4 weeks"."""
    return f"{n:,} {noun}" if n == 1 else f"{n:,} {noun}s"


def stopped(kept: int, total: int, folder: str, lang: str) -> str:
    """Return what is said when a comparison is stopped from outside; with every run kept, what is left to write."""
    whole = kept == total
    if lang == "th":
        left = "เหลือเพียงเขียนตารางและรายงาน " if whole else ""
        return f"\nหยุดแล้ว เก็บไว้ {kept} จาก {total} รอบใน {folder}\n{left}สั่งคำสั่งเดิมอีกครั้งเพื่อทำต่อ"
    left = "Only tables and report are left to write. " if whole else ""
    return f"\nStopped. {kept} of {total} runs are kept in {folder}.\n{left}The same command continues from there."
