"""The store of a study: rows in, tables out; nothing that was acknowledged is lost and no row counts twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from simulation.core.errors import InputError
from simulation.results.fragments import manifest as manifests
from simulation.results.fragments import reading, writing
from simulation.results.fragments.encoding import packed, stamp_of, table_of, weeks_of
from simulation.results.fragments.layout import KEYS, Kind, Layout
from simulation.results.fragments.naming import Fragment, fragment_name
from simulation.results.fragments.reading import Reader, Why

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Counts:
    """What a study holds: tasks in all and kept whole, rows of runs, failed runs that no later run made good."""

    tasks: int
    kept: int
    runs: int
    failed: int


class Store:
    """A study's folder. Looking at one writes nothing; `begin` makes one."""

    def __init__(self, folder: Path, thorough: bool = False) -> None:
        """Look at a folder. `thorough` compares every byte with its fragment's name, however large the tables are."""
        self.folder, self.thorough = Path(folder), thorough
        self.recovered = False
        """The manifest was missing or damaged and came back from a fragment."""
        self._manifest: dict[str, Any] | None = None

    def begin(self, manifest: Mapping[str, Any]) -> None:
        """Write the manifest, whole or not at all, and make the folder of runs; what is kept of the study stays.

        Args:
            manifest: What the study is: "layout" (Layout.to_dict), "digest" (what it asks), "code" (what answers),
                "version" and whatever else leads back to it, as plain JSON. kind, format and a digest are added.

        Raises:
            InputError: Where the folder holds another study, or one of a newer format; it is left as it is.
            OSError: Where it cannot be written.
        """
        new = manifests.sealed(manifest)
        there = self._look()
        if there is None:
            manifests.nothing_strange(self.folder)
        else:
            manifests.same_study(self.folder, there, new)
        self.folder.mkdir(parents=True, exist_ok=True)
        writing.make_folder(self.folder / "runs")
        if there != new or self.recovered:
            manifests.write(self.folder, new)
        self._manifest = new
        for made in ("layout", "reader", "_stamp"):
            self.__dict__.pop(made, None)

    def manifest(self) -> dict[str, Any]:
        """Return the manifest; where it is missing or damaged it comes from a fragment, and `recovered` says so.

        Raises:
            InputError: Where the folder holds no study, or one of a newer format.
        """
        found = self._look()
        if found is None:
            raise InputError(
                f"{self.folder} holds no study (no {manifests.NAME}, and no fragment that carries one).",
                f"{self.folder} ไม่มีการศึกษา (ไม่มี {manifests.NAME} และไม่มีชิ้นข้อมูลที่เก็บสำเนาไว้)",
            )
        return found

    @property
    def begun(self) -> bool:
        """Whether there is a study: a manifest, or a fragment that carries one; raises InputError as `manifest`."""
        return self._look() is not None

    @property
    def damaged(self) -> dict[Path, Why]:
        """Fragments that were left aside so far, by path, and why."""
        return self.reader.damaged

    def foreign(self) -> list[Path]:
        """Return files among the fragments that are none; they are never touched."""
        return reading.foreign(self.folder)

    def fragments(self, kind: Kind = "runs") -> list[Fragment]:
        """Return the fragments of a table, in their order, by name alone."""
        return reading.listed(self.folder, kind)

    def write(self, kind: Kind, rows: Sequence[Mapping[str, Any]]) -> Path:
        """Keep rows as one new fragment: when this returns they are on the disk, when it raises nothing is visible.

        Args:
            kind: "runs" takes rows with status ok, "failed" those without; "series" the weeks of runs.
            rows: One or more; a number that a row lacks is NaN, a text is empty, whole numbers it must have.

        Raises:
            OSError: Where it cannot be written.
            ValueError: Where rows do not fit the table.
        """
        if kind != "series" and any((row["status"] == "ok") != (kind == "runs") for row in rows):
            raise ValueError("runs takes rows with status ok, failed those without")
        return self.write_table(kind, table_of(rows, self.layout.schema(kind)))

    def write_series(self, rows: Iterable[Mapping[str, Any]]) -> Path | None:
        """Keep the weeks of runs whose rows carry them as columns under "series"; None where no row does.

        Write them before the runs themselves, so that a run that is kept has its weeks.
        """
        tables = [weeks_of(row, self.layout.schema("series")) for row in rows if row.get("series")]
        return self.write_table("series", pa.concat_tables(tables)) if tables else None

    def write_table(self, kind: Kind, table: pa.Table, first: int | None = None) -> Path:
        """Keep a table of the right columns as one new fragment, in the order of the design; see `write`.

        `first` is the task that the fragment's name begins with, for rows that were kept before: some of these may lie
        outside the design, and stand last. Without it such rows are a ValueError.
        """
        layout = self.layout
        place = layout.places(table)
        if not len(place):
            raise ValueError("no rows to keep")
        if first is None and (place < 0).any():
            raise ValueError("a row lies outside the design")
        order = np.argsort(np.where(place < 0, layout.cells, place), kind="stable")
        data = packed(table.take(pa.array(order)), self._stamp)
        number = int(place.min()) // len(layout.arms) if first is None else first
        writing.make_folder(self.folder / kind)
        return writing.put(self.folder / kind / fragment_name(number, len(place), data), data)

    def clean(self) -> int:
        """Remove temporary files that a killed writer left, and count them; for whoever holds the folder's lock."""
        left = reading.parts(self.folder)
        for path in left:
            writing.remove(path)
        return len(left)

    def kept(self) -> NDArray[np.bool_]:
        """Tell of each task, in the order of the design, whether every arm's run is kept; a byte a row in memory."""
        return np.asarray(self._present("runs").all(axis=1))

    def present(self) -> NDArray[np.bool_]:
        """Tell of each task (rows) and arm (columns) whether its run is kept."""
        return self._present("runs")

    def absent_but_failed(self) -> NDArray[np.bool_]:
        """Tell of each task (rows) and arm (columns) whether its run failed and no later one made it good."""
        return self._present("failed") & ~self._present("runs")

    def counts(self) -> Counts:
        """Count tasks, kept tasks, runs and failures."""
        runs = self._present("runs")
        failed = self._present("failed") & ~runs
        return Counts(len(runs), int(runs.all(axis=1).sum()), int(runs.sum()), int(failed.sum()))

    def batches(self, columns: Sequence[str] | None = None, kind: Kind = "runs") -> Iterator[pa.RecordBatch]:
        """Yield rows in the order of fragments, each once, a bounded number at a time."""
        names = self._known(columns, kind)
        for _, batch in self.reader.batches(kind, names):
            yield batch.select(names)

    def failed(self) -> list[dict[str, Any]]:
        """Return the failed runs that no later run made good, the last failure of each, in the order of the design."""
        rows: list[dict[str, Any]] = self._failures(self._present("runs")).to_pylist()
        return rows

    def table(self, columns: Sequence[str] | None = None, points: range | None = None) -> pa.Table:
        """Return runs and failed runs in the order of the design: point, replicate, arm; those of some points alone."""
        layout = self.layout
        names = self._known(columns, "runs")
        wanted = list(dict.fromkeys([*KEYS, *names]))
        schema = layout.schema("runs")
        pieces = [batch.select(wanted) for _, batch in self.reader.batches("runs", wanted, points)]
        runs = pa.Table.from_batches(pieces, pa.schema([schema.field(name) for name in wanted]))
        present = np.zeros(layout.cells, bool)
        present[layout.places(runs)] = True
        failures = self._failures(present.reshape(layout.tasks, -1), points).select(wanted)
        table = pa.concat_tables([runs, failures]).combine_chunks()
        place = layout.places(table)
        order = np.argsort(place, kind="stable")
        if points is not None:
            each = layout.replicates * len(layout.arms)
            order = order[slice(*np.searchsorted(place[order], [points.start * each, points.stop * each]))]
        return table.take(pa.array(order)).select(names)

    def frame(self, columns: Sequence[str] | None = None) -> pd.DataFrame:
        """Return runs and failed runs as a data frame, in the order of the design: point, replicate, arm."""
        found: pd.DataFrame = self.table(columns).to_pandas()
        return found

    def frames(self, columns: Sequence[str] | None = None, rows: int = 100_000) -> Iterator[pd.DataFrame]:
        """Yield what `frame` returns in pieces of about `rows` rows: whole points, in the order of the design."""
        for points in self.pieces(rows):
            yield self.table(columns, points).to_pandas()

    def pieces(self, rows: int) -> Iterator[range]:
        """Yield the points of the design, as many together as have about `rows` rows, at least one."""
        many = max(1, rows // max(1, self.layout.replicates * len(self.layout.arms)))
        for first in range(0, self.layout.points, many):
            yield range(first, min(first + many, self.layout.points))

    @cached_property
    def layout(self) -> Layout:
        """Order and columns of the rows, as the manifest says."""
        return Layout.of(self.manifest())

    @cached_property
    def _stamp(self) -> dict[bytes, bytes]:
        return stamp_of(manifests.text_of(self.manifest()), manifests.identity(self.manifest()))

    @cached_property
    def reader(self) -> Reader:
        """What reads the fragments; made anew by `begin`."""
        return Reader(self.folder, self.layout, manifests.identity(self.manifest()), self.thorough)

    def _look(self) -> dict[str, Any] | None:
        """Return the manifest of the folder, from the file or from the fragments; None where there is no study."""
        if self._manifest is None:
            self._manifest = manifests.read(self.folder)
            if self._manifest is None:
                self._manifest = self._from_fragments()
                self.recovered = self._manifest is not None
        return self._manifest

    def _from_fragments(self) -> dict[str, Any] | None:
        """Return the manifest that most fragments carry, of those the one with the largest design."""
        found: dict[str, list[dict[str, Any]]] = {}
        for carried in reading.manifests(self.folder):
            whole = manifests.usable(self.folder, carried)
            if whole is not None:
                found.setdefault(manifests.identity(whole), []).append(whole)
        most: list[dict[str, Any]] = max(found.values(), key=len, default=[])
        return max(most, key=_tasks, default=None)

    def _present(self, kind: Kind) -> NDArray[np.bool_]:
        layout = self.layout
        found = np.zeros(layout.cells, bool)
        for _, batch in self.reader.batches(kind, KEYS):
            found[layout.places(batch)] = True
        return found.reshape(layout.tasks, len(layout.arms))

    def _failures(self, present: NDArray[np.bool_], points: range | None = None) -> pa.Table:
        """Return the last failure of each run that is not present, in the order of the design."""
        layout = self.layout
        schema = layout.schema("failed")
        table = pa.Table.from_batches([b for _, b in self.reader.every_row("failed", points)], schema).combine_chunks()
        place = layout.places(table)
        open_ = np.flatnonzero(place >= 0)
        open_ = open_[~present.ravel()[place[open_]]]
        started = np.asarray(table.column("started"))[open_]
        latest = open_[np.lexsort((-open_, started, place[open_]))[::-1]]
        firsts = np.unique(place[latest], return_index=True)[1]
        return table.take(pa.array(latest[firsts]))

    def _known(self, columns: Sequence[str] | None, kind: Kind) -> list[str]:
        names: list[str] = self.layout.schema(kind).names
        unknown = [c for c in columns or () if c not in names]
        if unknown:
            raise InputError(
                f'the table {kind} has no column "{unknown[0]}". It has: {", ".join(names)}.',
                f'ตาราง {kind} ไม่มีคอลัมน์ "{unknown[0]}" มี: {", ".join(names)}',
            )
        return names if columns is None else list(columns)


def _tasks(manifest: Mapping[str, Any]) -> int:
    return Layout.of(manifest).tasks
