"""First predictions: written before a study is used for anything else, and never again; a changed file is refused."""

from __future__ import annotations

import csv
import hashlib
import io
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from simulation.core.errors import InputError
from simulation.results.store import write_text
from simulation.studies.evidence.rules import Flat
from simulation.studies.evidence.score import Prediction

MANIFEST = "manifest.toml"
SHARES = tuple(i / 100 for i in range(1, 100))
_WHO = ("study", "arm", "behaviour", "week_from", "week_to")
_QUANTILES = tuple(f"q{i:02d}" for i in range(1, 100))
COLUMNS = (*_WHO, *_QUANTILES, "flat_mean", "flat_sd")


@dataclass(frozen=True)
class First:
    """The first prediction of one row: 99 quantiles of its log-odds difference, and what the flat rule said."""

    study: str
    arm: str
    behaviour: str
    week_from: int
    week_to: int
    quantiles: tuple[float, ...]
    flat_mean: float
    flat_sd: float
    batch: str = ""

    @property
    def key(self) -> str:
        """Name the row as `Row.key` does."""
        return f"{self.study}|{self.arm}|{self.behaviour}|{self.week_from}-{self.week_to}"


def write_first(
    folder: Path, batch: str, predictions: Sequence[Prediction], flat: Flat, parameters: str, code: str
) -> Path:
    """Write the first predictions of a batch of studies, with their hash in the manifest; return the csv.

    Args:
        folder: Folder of first predictions.
        batch: Name of the csv, without its ending.
        predictions: One a row, of studies that have no first prediction yet.
        flat: The flat rule, learned from what the model had learned from.
        parameters: Digest of the parameters that made them.
        code: Digest of the code that made them.

    Raises:
        InputError: Where a study has its first prediction already, or the batch is there.
    """
    there = {row.study: row.batch for row in read_first(folder)}
    for study in dict.fromkeys(p.row.study for p in predictions):
        if study in there:
            raise InputError(
                f"{study} has its first prediction already, in {folder / there[study]}.csv. A first prediction is made "
                "once; leave the study out.",
                f"{study} มีคำทำนายครั้งแรกอยู่แล้วใน {folder / there[study]}.csv คำทำนายครั้งแรกทำได้ครั้งเดียว ให้เอางานวิจัยนี้ออก",
            )
    path = folder / f"{batch}.csv"
    if path.exists() or batch in _manifest(folder):
        raise InputError(f"{path} is there already. Give the batch another name.", f"{path} มีอยู่แล้ว ให้ตั้งชื่อชุดเป็นชื่ออื่น")
    folder.mkdir(parents=True, exist_ok=True)
    text = _table(predictions, flat)
    entry = {
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "parameters": parameters,
        "code": code,
        "date": f"{datetime.now(tz=UTC):%Y-%m-%d}",
    }
    listed = {**_manifest(folder), batch: entry}
    write_text(path, text)
    write_text(folder / MANIFEST, _as_toml(listed))
    return path


def read_first(folder: Path) -> list[First]:
    """Return the first predictions of a folder, all batches; none where there is no manifest.

    Raises:
        InputError: For a csv that the manifest does not name, that is missing, or that was changed since.
    """
    listed, found = _manifest(folder), []
    for path in sorted(folder.glob("*.csv")) if folder.is_dir() else ():
        if path.stem not in listed:
            raise InputError(
                f"{path} is not named in {folder / MANIFEST}: nobody knows when it was written. Remove it.",
                f"{path} ไม่มีชื่อใน {folder / MANIFEST} จึงไม่ทราบว่าเขียนเมื่อใด ให้ลบไฟล์นี้",
            )
    for batch, entry in listed.items():
        path = folder / f"{batch}.csv"
        data = path.read_bytes() if path.is_file() else b""
        if hashlib.sha256(data).hexdigest() != entry.get("sha256"):
            raise InputError(
                f"{path} is not what was written first: its hash differs from that in {folder / MANIFEST}. "
                "Put the file back as it was.",
                f"{path} ไม่ตรงกับที่เขียนครั้งแรก ค่าแฮชต่างจากใน {folder / MANIFEST} ให้นำไฟล์เดิมกลับมา",
            )
        found += [_row(line, batch) for line in csv.DictReader(io.StringIO(data.decode()))]
    return found


def _table(predictions: Sequence[Prediction], flat: Flat) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for p in predictions:
        r = p.row
        numbers = (*np.quantile(p.draws, SHARES), flat.mean(r), flat.sd(r))
        writer.writerow([r.study, r.arm, r.behaviour, r.week_from, r.week_to, *(f"{x:.6g}" for x in numbers)])
    return out.getvalue()


def _row(line: dict[str, str], batch: str) -> First:
    return First(
        study=line["study"],
        arm=line["arm"],
        behaviour=line["behaviour"],
        week_from=int(line["week_from"]),
        week_to=int(line["week_to"]),
        quantiles=tuple(float(line[q]) for q in _QUANTILES),
        flat_mean=float(line["flat_mean"]),
        flat_sd=float(line["flat_sd"]),
        batch=batch,
    )


def _manifest(folder: Path) -> dict[str, dict[str, Any]]:
    path = folder / MANIFEST
    if not path.is_file():
        return {}
    try:
        return dict(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(
            f"{path} cannot be read ({error}). Put the file back as it was.",
            f"อ่าน {path} ไม่ได้ ({error}) ให้นำไฟล์เดิมกลับมา",
        ) from None


def _as_toml(listed: dict[str, dict[str, Any]]) -> str:
    """Write the manifest: a table a batch, of texts alone."""
    tables = []
    for batch, entry in listed.items():
        tables.append("\n".join([f'["{batch}"]', *(f'{key} = "{value}"' for key, value in entry.items())]))
    return "# First predictions: the hash of each file, and what made it.\n\n" + "\n\n".join(tables) + "\n"
