"""The only place where a study's files are written: whole and on the disk, or not there at all.

Every change goes through `calls`, so that a test can put failing ones in their place.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Calls:
    """What is asked of the operating system when files change."""

    write: Callable[[int, memoryview], int] = os.write
    fsync: Callable[[int], None] = os.fsync
    replace: Callable[[Path, Path], None] = os.replace
    unlink: Callable[[Path], None] = os.unlink


calls = Calls()
_BINARY = getattr(os, "O_BINARY", 0)


def put(path: Path, data: bytes) -> Path:
    """Write a file so that it is there whole and stays after a power cut, or is not there.

    The bytes go to a hidden temporary name, to the disk, and only then get their own name.

    Raises:
        OSError: Where anything fails; a new file is not there then, an old one of that name may be either version.
    """
    part, new = path.with_name(f".{path.name}.part"), not path.exists()
    try:
        _write(part, data)
        calls.replace(part, path)
    except OSError:
        _forget(part)
        raise
    try:
        sync_folder(path.parent)
    except OSError:
        if new:  # whoever asked is told that it failed: then nobody may find it
            _forget(path)
        raise
    return path


def make_folder(folder: Path) -> None:
    """Make a folder in one that exists, so that it stays after a power cut; raises OSError where that fails."""
    if not folder.is_dir():
        folder.mkdir(exist_ok=True)
        sync_folder(folder.parent)


def remove(path: Path) -> None:
    """Remove a file; raises OSError where that fails, but not where it is gone already."""
    with suppress(FileNotFoundError):
        calls.unlink(path)


def sync_folder(folder: Path) -> None:
    """Bring a folder's list of names to the disk; systems that cannot open a folder do so by themselves."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        calls.fsync(handle)
    finally:
        os.close(handle)


def _write(path: Path, data: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _BINARY, 0o666)
    try:
        left = memoryview(data)
        while len(left):
            left = left[calls.write(handle, left) :]
        calls.fsync(handle)
    finally:
        os.close(handle)


def _forget(path: Path) -> None:
    with suppress(OSError):
        os.unlink(path)  # noqa: PTH108  as the other calls
