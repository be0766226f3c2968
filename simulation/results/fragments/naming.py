"""Names of fragments: first task, number of rows and digest of the bytes, so that a damaged file betrays itself."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

_NAME = re.compile(r"(\d{9,})-(\d{6,})-([0-9a-f]{16})\.parquet")
_PART = re.compile(r"\.(\d{9,}-\d{6,}-[0-9a-f]{16}\.parquet|manifest\.json)\.part")


@dataclass(frozen=True)
class Fragment:
    """One fragment as its name says it.

    Attributes:
        path: Where it lies.
        first: Smallest task number among its rows.
        rows: Number of its rows.
        digest: First 16 hexadecimal digits of the sha256 of its bytes.
    """

    path: Path
    first: int
    rows: int
    digest: str

    @property
    def order(self) -> tuple[int, int, str]:
        """Sort by this: by first task, and what holds more rows before what holds fewer.

        So a merged fragment stands before those that it was made of, and these are seen to add nothing.
        """
        return self.first, -self.rows, self.digest

    def holds(self, data: bytes) -> bool:
        """Tell whether these are the bytes that the name promises."""
        return short_digest(data) == self.digest


def short_digest(data: bytes) -> str:
    """Return the first 16 hexadecimal digits of the sha256 of some bytes."""
    return hashlib.sha256(data).hexdigest()[:16]


def fragment_name(first: int, rows: int, data: bytes) -> str:
    """Return the name of a fragment with these bytes."""
    return f"{first:09d}-{rows:06d}-{short_digest(data)}.parquet"


def parse(path: Path) -> Fragment | None:
    """Return what a file's name says; None for a file that this program did not name."""
    found = _NAME.fullmatch(path.name)
    return Fragment(path, int(found[1]), int(found[2]), found[3]) if found else None


def is_part(path: Path) -> bool:
    """Tell whether the file is one that was being written when its writer ended."""
    return _PART.fullmatch(path.name) is not None
