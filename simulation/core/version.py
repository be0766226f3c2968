"""The version of the code: a digest of every source and data file, part of each run's identity."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

VERSION = "0.1.0"
_DATA = (".csv", ".toml", ".html", ".css", ".mplstyle")


@cache
def code_digest() -> str:
    """Return the sha256 of all sources and data of the package, by relative path."""
    root = Path(__file__).parent.parent
    sha = hashlib.sha256()
    for path in sorted(root.rglob("*")):
        if path.suffix == ".py" or path.suffix in _DATA:
            sha.update(path.relative_to(root).as_posix().encode())
            sha.update(path.read_bytes())
    return sha.hexdigest()
