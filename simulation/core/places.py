"""Whether a folder can be written, told before anything of weight is loaded or run."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from simulation.core.errors import InputError


def can_be_written(folder: Path) -> None:
    """Raise InputError, with path and remedy, where results can surely not be written to a folder, made or not.

    Nothing is written: a folder that passes may fail all the same, on a disk that is full.
    """
    try:
        there = next(p for p in (folder, *folder.absolute().parents) if _exists(p))
    except OSError as error:
        raise _unfit(folder, error.strerror or str(error), error.strerror or str(error)) from None
    if not there.is_dir():
        raise _unfit(folder, "a file of that name is in the way", "มีไฟล์ชื่อนี้อยู่แล้ว")
    if not os.access(there, os.W_OK | os.X_OK):
        read_only = hasattr(os, "statvfs") and os.statvfs(there).f_flag & os.ST_RDONLY
        reason = os.strerror(errno.EROFS if read_only else errno.EACCES)
        raise _unfit(folder, reason, reason)


def _exists(path: Path) -> bool:
    """Tell whether something is there; raises OSError where there can be nothing, or where it cannot be seen."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    return True


def _unfit(folder: Path, reason: str, reason_th: str) -> InputError:
    return InputError(
        f"{folder}: results cannot be written there ({reason}). Name another folder with --out (in Python: out=).",
        f"{folder}: เขียนผลลงที่นี่ไม่ได้ ({reason_th}) ให้ระบุโฟลเดอร์อื่นด้วย --out (ใน Python: out=)",
    )
