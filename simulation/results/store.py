"""The results folder: Parquet tables and a manifest, each written to a temporary name and then renamed."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pandas as pd

from simulation.core.errors import InputError

MANIFEST = "manifest.json"


def open_folder(folder: Path) -> Path:
    """Make the folder ready to be written; raises InputError with path and remedy where it cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f".probe-{os.getpid()}"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(
            f"{folder}: results cannot be written there ({reason}). Name another folder with --out."
        ) from None
    return folder


def write_table(folder: Path, name: str, table: pd.DataFrame) -> Path:
    """Write one table as Parquet, whole or not at all."""
    path, part = folder / f"{name}.parquet", folder / f".{name}.part"
    try:
        table.to_parquet(part, index=False)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return path


def write_text(path: Path, text: str) -> Path:
    """Write one text file, whole or not at all."""
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_text(text, encoding="utf-8")
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return path


def write_manifest(folder: Path, manifest: dict[str, Any]) -> Path:
    """Write the manifest: digest, seeds, versions, sources."""
    return write_text(folder / MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1, allow_nan=False) + "\n")


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return the manifest of a results folder; raises InputError where there is none."""
    path = folder / MANIFEST
    if not path.is_file():
        raise InputError(f"{folder}: this is no results folder (it has no {MANIFEST}).")
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found
