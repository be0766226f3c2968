"""The table of parameters that a pilot leaves: Parquet, a row a member, with where it comes from in its metadata."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.core.errors import InputError
from simulation.core.version import code_digest

KEY = b"kwamdee_learned"


def fit_for_table(out: str | Path) -> Path:
    """Return where the table is to lie.

    Raises:
        InputError: For a name that is no Parquet file, a folder that is not there, and a file of another kind.
    """
    path = Path(out)
    if path.suffix.lower() != ".parquet":
        raise InputError(
            f"--out is {str(out)!r}; name a file that ends in .parquet, such as learned.parquet.",
            f"--out เป็น {str(out)!r} ให้ระบุชื่อไฟล์ที่ลงท้ายด้วย .parquet เช่น learned.parquet",
        )
    if not path.parent.is_dir() or path.is_dir():
        raise InputError(
            f"{path} cannot be written: {path.parent} is no folder, or the name is one. Name another place.",
            f"เขียน {path} ไม่ได้ เพราะ {path.parent} ไม่ใช่โฟลเดอร์หรือชื่อนี้เป็นโฟลเดอร์ ให้ระบุที่อื่น",
        )
    if path.is_file() and learned_in(path) is None:
        raise InputError(
            f"{path} holds something that kwamdee learn did not write. Name another file with --out (in Python: out=).",
            f"{path} มีข้อมูลที่คำสั่ง kwamdee learn ไม่ได้เขียน ให้ระบุไฟล์อื่นด้วย --out (ใน Python: out=)",
        )
    return path


def write_learned(path: Path, columns: Mapping[str, NDArray[np.float64]], said: Mapping[str, Any]) -> None:
    """Write the table under another name first, so that nothing half-written lies there."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    told = {name: said[name] for name in ("scenario", "digest", "pilot", "effective", "warnings", "setting")}
    metadata = {KEY: json.dumps({**told, "code": code_digest()}, ensure_ascii=False, sort_keys=True).encode()}
    members = pa.array(np.arange(len(next(iter(columns.values())))))
    table = pa.table({"member": members, **{k: pa.array(v) for k, v in columns.items()}})
    part = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        pq.write_table(table.replace_schema_metadata(metadata), part)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def learned_in(path: str | Path) -> dict[str, Any] | None:
    """Return what a table says of its pilot: scenario, digests, warnings; None where it is no such table."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        metadata = pq.read_schema(path).metadata or {}
        found = json.loads(metadata[KEY]) if KEY in metadata else None
    except (pa.ArrowException, OSError, ValueError):  # the last of somebody else's key of that name
        return None
    return found if isinstance(found, dict) else None
