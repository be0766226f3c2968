"""What is kept of a comparison while it runs: one part a society, whole or not at all, so that it can go on later."""

from __future__ import annotations

import os
import platform
import re
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import pandas as pd

from simulation.core.errors import FolderInUse
from simulation.studies.run_many import Society, SocietyResult

TABLES = ("runs", "series", "takeup", "parameters", "units")
PARTS, LOCK = ".parts", ".lock"


class Kept:
    """The parts of a comparison in its results folder; a part holds every arm of one society."""

    def __init__(self, folder: Path, in_memory: bool = False) -> None:
        """Look at the folder; nothing is written yet. `in_memory` holds new parts here: they take seconds to make."""
        self.folder, self.parts, self.in_memory = folder, folder / PARTS, in_memory
        self.held: dict[str, dict[str, pd.DataFrame]] = {}

    def split(self, societies: Sequence[Society]) -> tuple[list[Society], list[Society]]:
        """Return the societies that are here, whole and without a failed run, and those still to be run.

        Parts of anything else (another scenario, other code) are removed: nothing could use them.
        """
        if self._whole(societies):
            return list(societies), []
        finished = self._finished()
        here = [s for s in societies if {spec.run_id for spec in s.specs} <= finished.get(s.name, set())]
        names = {s.name for s in here}
        for path in self.parts.glob("*"):
            if path.name not in names:
                shutil.rmtree(path, ignore_errors=True)
        return here, [s for s in societies if s.name not in names]

    def save(self, society: Society, result: SocietyResult) -> None:
        """Write a society's part under a temporary name, then give it its own; or hold it."""
        if self.in_memory:
            self.held[society.name] = _tables(result)
            return
        part = self.parts / f"{society.name}.part"
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        for name, table in _tables(result).items():
            table.to_parquet(part / f"{name}.parquet", index=False)
        part.rename(self.parts / society.name)

    def table(self, name: str, societies: Sequence[Society]) -> pd.DataFrame:
        """Return one table over the societies, in their order; the file of a finished comparison, or its parts."""
        whole = self.folder / f"{name}.parquet"
        pieces = []
        for s in societies:
            part = self.parts / s.name / f"{name}.parquet"
            if s.name in self.held:
                pieces.append(self.held[s.name][name])
            elif part.is_file():
                pieces.append(pd.read_parquet(part))
        if not pieces and whole.is_file():
            return pd.read_parquet(whole)
        filled = [p for p in pieces if len(p)]
        return pd.concat(filled, ignore_index=True) if filled else pd.DataFrame()

    def clear(self) -> None:
        """Remove the parts, once the whole tables are written."""
        shutil.rmtree(self.parts, ignore_errors=True)

    def _whole(self, societies: Sequence[Society]) -> bool:
        """Tell whether the folder's own table of runs is that of these societies, none of them failed."""
        runs = _read(self.folder / "runs.parquet")
        if runs is None or not len(runs) or not (runs["status"] == "ok").all():
            return False
        return list(runs["run_id"]) == [spec.run_id for s in societies for spec in s.specs]

    def _finished(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for path in sorted(self.parts.glob("*")):
            runs = _read(path / "runs.parquet")
            if runs is not None and len(runs) and (runs["status"] == "ok").all():
                found[path.name] = set(runs["run_id"])
        return found


def _tables(result: SocietyResult) -> dict[str, pd.DataFrame]:
    series = [pd.DataFrame(s) for s in result.series]
    units = [pd.DataFrame(u) for u in result.units]
    return {
        "runs": pd.DataFrame(result.runs),
        "series": pd.concat(series, ignore_index=True) if series else pd.DataFrame(),
        "takeup": pd.DataFrame(result.takeup),
        "units": pd.concat(units, ignore_index=True) if units else pd.DataFrame(),
        "parameters": pd.DataFrame([result.parameters] if result.parameters else []),
    }


def _read(path: Path) -> pd.DataFrame | None:
    try:
        return pd.read_parquet(path)
    except (OSError, ValueError):  # not there, or not what it should be: it will be run again
        return None


@contextmanager
def locked(folder: Path) -> Iterator[bool]:
    """Hold the folder for this process; raises FolderInUse where another one holds it, and says which.

    The lock goes with its owner, however that ends; a lock file that was left behind on this machine holds nobody up.
    One that another machine left behind does: whether its owner still lives cannot be seen from here. Yields whether
    one was left behind: its owner was killed, or killed itself.
    """
    path = folder / LOCK
    handle = _held(path)
    left = path.stat().st_size > 0
    try:
        handle.truncate(0)
        handle.write(f"process {os.getpid()} on {platform.node()}, since {time.strftime('%Y-%m-%d %H:%M:%S')}")
        handle.flush()
        yield left
    finally:
        path.unlink(missing_ok=True)
        handle.close()


def holder(folder: Path) -> tuple[int, str] | None:
    """Return process and host that write to a folder now; None where nobody does."""
    try:
        handle = (folder / LOCK).open("r+", encoding="utf-8")
    except OSError:
        return None
    with handle:
        found = None if _hold(handle) else re.fullmatch(_SAID, handle.read().strip())
    return (int(found[1]), found[2]) if found else None


def _held(path: Path) -> TextIO:
    """Return the lock file, open and held; a file that its owner removed meanwhile is let go and made again."""
    while True:
        handle = path.open("a+", encoding="utf-8")
        if not _hold(handle):
            en, th = _owner(_said_in(handle))
            handle.close()
            raise FolderInUse(
                f"{path.parent} is in use: {en}. Wait for it, or name another folder with --out (in Python: out=).",
                f"{path.parent} กำลังถูกใช้อยู่: {th} รอให้เสร็จก่อน หรือระบุโฟลเดอร์อื่นด้วย --out (ใน Python: out=)",
            )
        if path.exists() and os.path.samestat(os.fstat(handle.fileno()), path.stat()):
            handle.seek(0)
            _of_this_machine(path, handle)
            return handle
        handle.close()


def _said_in(handle: TextIO) -> str:
    """Return what the owner says of itself; one that has just taken the folder is given a moment to say it."""
    for _ in range(20):
        handle.seek(0)
        said = handle.read().strip()
        if said:
            return said
        time.sleep(0.01)
    return ""


def _of_this_machine(path: Path, handle: TextIO) -> None:
    """Raise FolderInUse where another machine left the lock behind; then it is let go, untouched."""
    said = handle.read().strip()
    found = re.fullmatch(_SAID, said)
    if found is None or found[2] == platform.node():
        return
    en, th = _owner(said)
    handle.close()
    raise FolderInUse(
        f"{path.parent} was being written on another machine: {en}. Whether that still runs cannot be seen from here. "
        f"If it has ended, remove {path} and give the same command again.",
        f"{path.parent} ถูกเขียนจากเครื่องอื่น: {th} จากที่นี่ดูไม่ได้ว่ายังทำงานอยู่หรือไม่ ถ้าจบไปแล้ว ให้ลบ {path} แล้วสั่งคำสั่งเดิมอีกครั้ง",
    )


_SAID = r"process (\d+) on (.*), since (.*)"


def _owner(said: str) -> tuple[str, str]:
    """Return who holds a folder, in English and Thai, from what stands in its lock file."""
    found = re.fullmatch(_SAID, said)
    if found is None:
        return said or "another kwamdee", said or "kwamdee อีกตัวหนึ่ง"
    return said, "โพรเซส {} บน {} ตั้งแต่ {}".format(*found.groups())


def _hold(handle: TextIO) -> bool:
    if os.name != "posix":
        return True  # no lock of this kind there; two runs of one spec write the same bytes
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
