"""Fragments to rows: each row once, damaged files left aside and named, while somebody may be writing more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from simulation.results.fragments.encoding import GROUP, STUDY_KEY, manifest_in
from simulation.results.fragments.layout import KEYS, KINDS, Kind, Layout
from simulation.results.fragments.naming import Fragment, is_part, parse

ALWAYS_CHECKED = 200_000_000
"""Bytes of a table up to which every fragment's digest is compared whenever it is read."""


@dataclass(frozen=True)
class Why:
    """Why a fragment is left aside, in English and Thai."""

    en: str
    th: str


CHANGED = Why("its bytes are not those that its name promises", "ข้อมูลในไฟล์ไม่ตรงกับที่ชื่อไฟล์ระบุ")
UNREADABLE = Why("it cannot be read", "อ่านไม่ได้")
OF_ANOTHER = Why("it belongs to another study", "เป็นของการศึกษาอื่น")
OTHER_COLUMNS = Why("its columns are not those of this study", "คอลัมน์ไม่ตรงกับการศึกษานี้")
OTHER_COUNT = Why("it holds another number of rows than its name says", "จำนวนแถวไม่ตรงกับที่ชื่อไฟล์ระบุ")


class _Unfit(Exception):
    def __init__(self, why: Why) -> None:
        self.why = why


@dataclass
class Reader:
    """Reads the fragments of one folder; what it leaves aside, and why, stands in `damaged`.

    Attributes:
        folder: The study's folder.
        layout: Order and columns of its rows.
        study: Its identity; fragments of another are left aside. Empty takes any.
        thorough: Compare every fragment's digest; otherwise only where a table is small enough (ALWAYS_CHECKED), and
            else the number of rows, the columns and the checksums of what is read.
        damaged: Fragments that are left aside, by path, and why.
    """

    folder: Path
    layout: Layout
    study: str
    thorough: bool = False
    damaged: dict[Path, Why] = field(default_factory=dict)
    _checked: set[Path] = field(default_factory=set)

    def batches(
        self, kind: Kind, columns: Sequence[str] | None = None, points: range | None = None
    ) -> Iterator[tuple[Fragment, pa.RecordBatch]]:
        """Yield rows in the order of fragments, those inside the design, each once; at most GROUP rows at a time.

        `columns` are what is asked for; point, replicate and arm come with them. Fragments without any of `points` are
        not read. One that is merged away meanwhile is looked for in what took its place.
        """
        schema = self.layout.schema(kind)
        wanted = schema.names if columns is None else [n for n in schema.names if n in {*columns, *KEYS}]
        seen = np.zeros(self.layout.cells, bool)
        for fragment, file in self.opened(kind):
            if points is not None and not _touches(file, points):
                continue
            places = []
            for batch in self.rows_of(fragment, file, wanted):
                place = self.layout.places(batch)
                new = _first_of_each(place, seen, many=kind == "series")
                if kind != "series":
                    seen[place[new]] = True
                places.append(place[new])
                if len(new):
                    yield fragment, batch if len(new) == len(place) else batch.take(pa.array(new))
            if kind == "series" and places:
                seen[np.concatenate(places)] = True

    def every_row(self, kind: Kind, points: range | None = None) -> Iterator[tuple[Fragment, pa.RecordBatch]]:
        """Yield all rows as they stand, those that are there twice or outside the design too."""
        for fragment, file in self.opened(kind):
            if points is not None and not _touches(file, points):
                continue
            for batch in self.rows_of(fragment, file, self.layout.schema(kind).names):
                yield fragment, batch

    def opened(self, kind: Kind) -> Iterator[tuple[Fragment, pq.ParquetFile]]:
        """Yield the fragments of a table that can be read, in their order; the others go to `damaged`."""
        done: set[str] = set()
        gone = True
        while gone:
            gone = False
            found = [f for f in listed(self.folder, kind) if f.path.name not in done]
            checked = self.thorough or sum(_size(f.path) for f in found) <= ALWAYS_CHECKED
            for fragment in found:
                done.add(fragment.path.name)
                try:
                    file = self.open(fragment, kind, checked)
                except FileNotFoundError:
                    gone = True  # merged while we read: look again for what took its place
                    continue
                if file is not None:
                    yield fragment, file

    def open(self, fragment: Fragment, kind: Kind, checked: bool = True) -> pq.ParquetFile | None:
        """Open a fragment; None where it is left aside, and `damaged` says why; FileNotFoundError where it is gone."""
        try:
            return self._open(fragment, kind, checked)
        except _Unfit as unfit:
            self.damaged[fragment.path] = unfit.why
            return None

    def _open(self, fragment: Fragment, kind: Kind, checked: bool) -> pq.ParquetFile:
        try:
            if checked and fragment.path not in self._checked:
                data = fragment.path.read_bytes()
                if not fragment.holds(data):
                    raise _Unfit(CHANGED)
                self._checked.add(fragment.path)
                source: Any = pa.BufferReader(data)
            else:
                source = pa.OSFile(str(fragment.path))
            file = pq.ParquetFile(source, page_checksum_verification=True)
        except FileNotFoundError:
            raise
        except (OSError, pa.ArrowException):
            raise _Unfit(UNREADABLE) from None
        self._fit(fragment, kind, file)
        return file

    def _fit(self, fragment: Fragment, kind: Kind, file: pq.ParquetFile) -> None:
        meta = file.metadata
        if self.study and (meta.metadata or {}).get(STUDY_KEY, b"").decode("utf-8", "replace") != self.study:
            raise _Unfit(OF_ANOTHER)
        if meta.num_rows != fragment.rows:
            raise _Unfit(OTHER_COUNT)
        if not file.schema_arrow.equals(self.layout.schema(kind)):
            raise _Unfit(OTHER_COLUMNS)

    def rows_of(self, fragment: Fragment, file: pq.ParquetFile, columns: list[str]) -> Iterator[pa.RecordBatch]:
        """Yield the rows of one fragment, at most GROUP at a time, as they stand there."""
        try:
            yield from file.iter_batches(GROUP, columns=columns)
        except (OSError, pa.ArrowException):  # damage behind the footer of a file that is too large to check each time
            self.damaged[fragment.path] = UNREADABLE


def _touches(file: pq.ParquetFile, points: range) -> bool:
    """Tell whether a fragment may hold rows of some points, by the smallest and largest in its footer."""
    column = file.schema_arrow.get_field_index("point")
    for group in range(file.metadata.num_row_groups):
        found = file.metadata.row_group(group).column(column).statistics
        if found is None or not found.has_min_max or (found.min < points.stop and found.max >= points.start):
            return True
    return False


def _first_of_each(place: NDArray[np.int64], seen: NDArray[np.bool_], many: bool) -> NDArray[np.int64]:
    """Return the rows inside the design whose place was not seen before; the first of each, or all where `many`."""
    rows = np.flatnonzero(place >= 0)
    rows = rows[~seen[place[rows]]]
    if many or not len(rows):
        return rows
    inside = place[rows]
    if (np.diff(inside) > 0).all():
        return rows
    return np.sort(rows[np.unique(inside, return_index=True)[1]])


def listed(folder: Path, kind: Kind) -> list[Fragment]:
    """Return the fragments of a table by name, in their order."""
    found = (parse(path) for path in _files(folder / kind))
    return sorted((f for f in found if f is not None), key=_order)


def foreign(folder: Path) -> list[Path]:
    """Return what lies among the fragments and is none, nor a part of one; it is never touched."""
    return [p for kind in KINDS for p in _files(folder / kind) if parse(p) is None and not is_part(p)]


def parts(folder: Path) -> list[Path]:
    """Return the temporary files that a killed writer left behind."""
    return [p for place in (folder, *(folder / kind for kind in KINDS)) for p in _files(place) if is_part(p)]


def manifests(folder: Path) -> Iterator[dict[str, Any]]:
    """Yield the manifest that each whole fragment carries, in the order of fragments, runs first."""
    for kind in KINDS:
        for fragment in listed(folder, kind):
            try:
                data = fragment.path.read_bytes()
                if not fragment.holds(data):
                    continue
                found = manifest_in(pq.ParquetFile(pa.BufferReader(data)).metadata.metadata)
            except (OSError, pa.ArrowException):
                continue
            if found is not None:
                yield found


def _files(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return []


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _order(fragment: Fragment) -> tuple[int, int, str]:
    return fragment.order
