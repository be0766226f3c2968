"""The record of structural variants of the law that were tried: each stays in it, and its number is on the card."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from simulation.core.errors import InputError
from simulation.results.store import write_text
from simulation.studies.evidence.files import VARIANTS

_HEAD = (
    "# Structural variants of the law that were tried, whatever came out; kwamdee evidence --without adds to them.\n"
)


def read_variants(folder: Path) -> list[dict[str, Any]]:
    """Return the variants on record beside the studies of a folder, in the order of the file; none without a record.

    Raises:
        InputError: For a record that is no TOML.
    """
    path = folder / VARIANTS
    if not path.is_file():
        return []
    try:
        groups = tomllib.loads(path.read_text("utf-8")).values()
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read: {error}. Correct it.", f"อ่าน {path} ไม่ได้: {error} ให้แก้ไข") from None
    return [entry for entries in groups if isinstance(entries, list) for entry in entries]


def check_record(folder: Path) -> None:
    """Raise InputError where the record of a folder cannot be read or written, before hours go into a variant."""
    read_variants(folder)
    if not os.access(folder, os.W_OK):
        raise InputError(
            f"{folder} cannot be written, and what is tried is put on record in it. Copy the studies to a folder of your "
            "own and name that one.",
            f"เขียนใน {folder} ไม่ได้ แต่ต้องบันทึกสิ่งที่ลองไว้ในนั้น ให้คัดลอกงานวิจัยไปยังโฟลเดอร์ของตนเองแล้วระบุโฟลเดอร์นั้น",
        )


def note_variant(folder: Path, said: Mapping[str, str | bool | float]) -> None:
    """Put a variant on record; a later try of the same name takes its place, all others stay to the letter."""
    path = folder / VARIANTS
    text = path.read_text("utf-8") if path.is_file() else _HEAD
    head, *tables = re.split(r"^(?=\[\[)", text, flags=re.MULTILINE)
    kept = [t.rstrip("\n") for t in tables if _name(t) != said["name"]]
    new = "\n".join(["[[variants]]", *(f"{key} = {_toml(value)}" for key, value in said.items())])
    write_text(path, "\n\n".join([head.rstrip("\n"), *kept, new]).lstrip("\n") + "\n")


def _name(table: str) -> Any:
    """Return the name in one table of the record; none of a text that is no table by itself."""
    try:
        ((entry, *_),) = tomllib.loads(table).values()
    except (tomllib.TOMLDecodeError, ValueError):
        return None
    return entry.get("name")


def _toml(value: str | bool | float) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f'"{value}"' if isinstance(value, str) else f"{value:.4f}"
