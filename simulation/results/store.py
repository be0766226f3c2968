"""The results folder: Parquet tables and a manifest, each written to a temporary name and then renamed."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd

from simulation.core.errors import InputError

MANIFEST = "manifest.json"
TABLES = ("runs", "series", "takeup", "parameters")
"""Tables of a finished comparison from which everything else follows."""
FILES = (
    MANIFEST, *(f"{name}.parquet" for name in (*TABLES, "units", "effects")), "tables",
    "report.html", "report.en.html", "report.th.html",
)  # fmt: skip
"""What a results folder holds once the comparison is finished."""


def open_folder(folder: Path) -> Path:
    """Make the folder ready to be written; raises InputError with path and remedy where it cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f".probe-{os.getpid()}"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        reason = reason_th = error.strerror or str(error)
        if any(p.exists() and not p.is_dir() for p in (folder, *folder.parents)):
            reason, reason_th = "a file of that name is in the way", "มีไฟล์ชื่อนี้อยู่แล้ว"
        raise InputError(
            f"{folder}: results cannot be written there ({reason}). Name another folder with --out (in Python: out=).",
            f"{folder}: เขียนผลลงที่นี่ไม่ได้ ({reason_th}) ให้ระบุโฟลเดอร์อื่นด้วย --out (ใน Python: out=)",
        ) from None
    return folder


def fit_for(
    folder: Path, definition: dict[str, Any], digest: str, parameters: str, replace: bool = False, table: str = ""
) -> None:
    """Raise InputError where the folder holds something else that would be lost: another's results, or no results.

    Args:
        folder: The results folder, there already.
        definition: The scenario as plain data, to say what differs.
        digest: The scenario's digest.
        parameters: Where they come from, as a reader is told.
        replace: Another comparison's results may go.
        table: The sha256 of the user's table of parameters, where there is one; two names of one table are the same.
    """
    if (folder / MANIFEST).is_file():
        other = read_manifest(folder)
        theirs = str(other.get("parameter_sets", {}).get("sha256", ""))
        alike = theirs == table if theirs or table else parameters_in(other) == parameters
        if not replace and (other.get("digest") != digest or not alike):
            there = {"parameters": parameters_in(other), **flat(other.get("definition"))}
            here = {"parameters": parameters, **flat(definition)}
            en, th = differences(there, here)
            which = f"{other.get('scenario')}, digest {str(other.get('digest'))[:8]}"
            raise InputError(
                f"{folder} holds the results of another comparison ({which}). {en}Name another folder with --out "
                "(in Python: out=), or remove that one.",
                f"{folder} มีผลของการเปรียบเทียบอื่นอยู่ ({which}) {th}ให้ระบุโฟลเดอร์อื่นด้วย --out "
                "(ใน Python: out=) หรือลบโฟลเดอร์นั้น",
            )
        return
    mine = [p.name for p in (folder / "report.html", folder / ".parts", *folder.glob("*.parquet")) if p.exists()]
    mine += [p.name for p in (folder / MANIFEST, folder / "tables") if p.exists()]
    if mine:
        raise InputError(
            f"{folder} holds {mine[0]} and no {MANIFEST}: this is no results folder. "
            "Name another with --out (in Python: out=).",
            f"{folder} มี {mine[0]} แต่ไม่มี {MANIFEST} จึงไม่ใช่โฟลเดอร์เก็บผล ให้ระบุโฟลเดอร์อื่นด้วย --out (ใน Python: out=)",
        )


def parameters_in(manifest: Mapping[str, Any]) -> str:
    """Return what a manifest says of where parameters come from; "ensemble" was the name of "posterior" before."""
    said = str(manifest.get("parameters"))
    return "posterior" if said == "ensemble" else said


_SHOWN_DIFFERENCES = 5


def differences(there: dict[str, Any], here: dict[str, Any]) -> tuple[str, str]:
    """Say in both languages which keys of two flat definitions differ, the first few of them, with a blank behind."""
    keys = [k for k in {**there, **here} if there.get(k) != here.get(k) and not k.startswith("file_values.")]
    if not keys:
        return "", ""
    pairs = [(k, _short(there.get(k)), _short(here.get(k))) for k in keys[:_SHOWN_DIFFERENCES]]
    en, left = "; ".join(f"{k} is {a} there, {b} here" for k, a, b in pairs), len(keys) - len(pairs)
    th = ", ".join(f"{k} ที่นั่นเป็น {a} ที่นี่เป็น {b}" for k, a, b in pairs)
    more, more_th = (f"; and {left} more", f" และอีก {left} ค่า") if left else ("", "")
    return f"What differs: {en}{more}. ", f"ค่าที่ต่างกัน: {th}{more_th} "


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 40 else f"{text[:37]}..."


def flat(data: Any, path: str = "") -> dict[str, Any]:
    """Return nested data by dotted key."""
    if not isinstance(data, dict) or not data:
        return {path: data} if path else {}
    return {k: v for key, value in data.items() for k, v in flat(value, f"{path}.{key}".strip(".")).items()}


@contextmanager
def new_folder(folder: Path) -> Iterator[Path]:
    """Give a folder to fill; it gets its own name once all is written, and is removed if that fails.

    Raises:
        InputError: Where something is there already, or it cannot be made.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError(
            f"{folder} is there already and not empty. Name a folder that is not there yet.",
            f"{folder} มีอยู่แล้วและไม่ว่าง ให้ระบุโฟลเดอร์ที่ยังไม่มี",
        )
    part = folder.with_name(f".{folder.name}.part-{os.getpid()}")
    try:
        part.mkdir(parents=True)
    except OSError as error:
        raise InputError(
            f"{folder} cannot be made: {error.strerror or error}. Name another folder.",
            f"สร้าง {folder} ไม่ได้: {error.strerror or error} ให้ระบุโฟลเดอร์อื่น",
        ) from None
    try:
        yield part
        if folder.exists():
            folder.rmdir()
        part.rename(folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def write_outcomes(folder: Path, tables: Mapping[str, pd.DataFrame]) -> None:
    """Write the tables of outcomes for people too: effects as Parquet, and each of them as CSV, numbers unrounded."""
    write_table(folder, "effects", tables["effects"])
    (folder / "tables").mkdir(exist_ok=True)
    for name, table in tables.items():
        write_text(folder / "tables" / f"{name}.csv", table.to_csv(index=False, lineterminator="\n"))


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
        raise InputError(
            f"{folder}: this is no results folder (it has no {MANIFEST}).",
            f"{folder}: ไม่ใช่โฟลเดอร์เก็บผล (ไม่มี {MANIFEST})",
        )
    try:
        found = json.loads(path.read_text("utf-8"))
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise InputError(
            f"{path} is no manifest that Kwamdee wrote. Name another folder with --out (in Python: out=).",
            f"{path} ไม่ใช่บันทึกที่ Kwamdee เขียน ให้ระบุโฟลเดอร์อื่นด้วย --out (ใน Python: out=)",
        )
    return found
