"""A slip of memory for each worker on which it notes the task it is in; it outlives the worker."""

from __future__ import annotations

import os
import struct
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

ABSENT, READY, INSIDE = 0, 1, 2
"""States of a worker: not begun yet, between batches, inside a task."""
_SLIP = struct.Struct("<qqdq")


@dataclass(frozen=True)
class Note:
    """What a worker noted last: its state, the batch and the place of the task in it, and since when (monotonic)."""

    state: int
    batch: int
    index: int
    since: float


class Notes:
    """The slips of all workers of this process, in memory of its own where the system has such, else in a file.

    Memory leaves nothing behind, however the process ends, and needs no room in a temporary folder. A file has all its
    bytes from the beginning, so that a folder that fills up later stops no worker.
    """

    def __init__(self, workers: int) -> None:
        """Make the slips, all of them empty. Raises OSError where neither memory nor a folder can be had."""
        self._path = ""
        if hasattr(os, "memfd_create"):
            self._file = os.memfd_create("kwamdee-notes")
            self.address = f"/proc/{os.getpid()}/fd/{self._file}"
        if not hasattr(os, "memfd_create") or not Path(self.address).exists():
            self._file, self._path = tempfile.mkstemp(prefix="kwamdee-notes-")
            self.address = self._path
        os.write(self._file, bytes(_SLIP.size * workers))

    def read(self, worker: int) -> Note:
        """Return what a worker noted last."""
        found = os.pread(self._file, _SLIP.size, worker * _SLIP.size)
        batch, index, since, state = _SLIP.unpack(found)
        return Note(state, batch, index, since)

    def clear(self, worker: int) -> None:
        """Empty a slip before a new worker takes it."""
        os.pwrite(self._file, bytes(_SLIP.size), worker * _SLIP.size)

    def close(self) -> None:
        """Let the slips go."""
        os.close(self._file)
        if self._path:
            with suppress(OSError):
                Path(self._path).unlink()


class Pen:
    """A worker's hand on its slip: one write of a few bytes for each task, about a microsecond."""

    def __init__(self, address: str, worker: int) -> None:
        """Open the slips of the process that began this one."""
        self._file = os.open(address, os.O_RDWR)
        self._place = worker * _SLIP.size

    def note(self, state: int, batch: int = 0, index: int = 0) -> None:
        """Write where the worker is now."""
        slip = _SLIP.pack(batch, index, time.monotonic(), state)
        if hasattr(os, "pwrite"):
            os.pwrite(self._file, slip, self._place)
        else:  # Windows: only this worker writes through this handle
            os.lseek(self._file, self._place, os.SEEK_SET)
            os.write(self._file, slip)
