"""Calls to the operating system that fail, tear or kill at the k-th time, and what is done under them.

Run as a program it does the same in forked children, for those that are killed: python -m tests.results.fragments.faulty
"""

from __future__ import annotations

import errno
import os
import signal
import sys
from pathlib import Path

from simulation.results.fragments import writing
from simulation.results.fragments.compaction import compact
from simulation.results.fragments.layout import Layout
from simulation.results.fragments.store import Store
from simulation.results.fragments.writing import Calls
from tests.results.fragments.studies import manifest, rows

LONG = Layout(("fee", "letter"), 6, 10, (("reward", "float64"),))
MOST = 12


class Faulty:
    """Real calls until the k-th, which fails with `how`: "enospc", "eio", "kill", or "torn" (half written, killed)."""

    def __init__(self, k: int, how: str) -> None:
        self.k, self.how, self.n = k, how, 0

    def calls(self) -> Calls:
        return Calls(write=self.write, fsync=self.fsync, replace=self.replace, unlink=self.unlink)

    def write(self, handle: int, data: memoryview) -> int:
        if self._now():
            if self.how in ("torn", "enospc"):
                os.write(handle, data[: len(data) // 2])
            self._fail()
        return os.write(handle, data)

    def fsync(self, handle: int) -> None:
        self._now() and self._fail()

    def replace(self, part: Path, path: Path) -> None:
        self._now() and self._fail()
        part.replace(path)

    def unlink(self, path: Path) -> None:
        self._now() and self._fail()
        path.unlink()

    def _now(self) -> bool:
        self.n += 1
        return self.n == self.k

    def _fail(self) -> None:
        if self.how in ("torn", "kill"):
            os.kill(os.getpid(), signal.SIGKILL)
        code = errno.ENOSPC if self.how == "enospc" else errno.EIO
        raise OSError(code, os.strerror(code))


def write_study(folder: Path, acknowledged) -> None:
    """Write a study of six batches as a driver does, and tell of each batch that is kept."""
    folder.mkdir(exist_ok=True)
    store = Store(folder)
    store.begin(manifest(LONG))
    for first in range(0, LONG.tasks, 10):
        store.write("runs", rows(range(first, first + 10), LONG))
        acknowledged(first)


def compact_study(folder: Path, acknowledged) -> None:
    compact(Store(folder), most=MOST)


def main(what: str, how: str, folders: list[str]) -> None:
    """In one forked child a folder: the call that the folder's name numbers kills it; what was told is in its .log."""
    work = {"write": write_study, "compact": compact_study}[what]
    for name in folders:
        child = os.fork()
        if not child:
            writing.calls = Faulty(int(Path(name).name), how).calls()
            log = os.open(f"{name}.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
            work(Path(name), lambda first, log=log: os.write(log, f"{first}\n".encode()))
            os._exit(0)
        os.waitpid(child, 0)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
