"""Is a study's folder whole? Every file against its name, every task of the design, nothing that is not its own."""

from __future__ import annotations

import fnmatch
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from simulation.core.errors import InputError
from simulation.results.fragments import manifest as manifests
from simulation.results.fragments import reading
from simulation.results.fragments.layout import KEYS, KINDS, Layout
from simulation.results.fragments.store import Store
from simulation.results.study_columns import CIRCUMSTANCES

_OWN = (manifests.NAME, *KINDS, "tables", "report.html", "report.*.html", ".*")
_RANGES = 5
"""Stretches of missing tasks that are named; the rest is counted."""


@dataclass(frozen=True)
class Finding:
    """One thing that was found in a folder.

    Attributes:
        file: The file it is about, relative to the folder; "." for the study as a whole.
        text_en: What it is, in English.
        text_th: The same in Thai.
        grave: The study is not whole because of it.
    """

    file: str
    text_en: str
    text_th: str
    grave: bool = True

    def render(self, lang: str = "en") -> str:
        """Return it as one line."""
        text = self.text_th if lang == "th" else self.text_en
        return text if self.file == "." else f"{self.file}: {text}"


@dataclass(frozen=True)
class Checked:
    """What came of looking at every byte of a study.

    Attributes:
        findings: What was found, the manifest first, then files, then rows.
        fragments: Fragments looked at.
        tasks: Tasks of the design.
        kept: Tasks kept whole.
        runs: Runs kept.
    """

    findings: tuple[Finding, ...]
    fragments: int
    tasks: int
    kept: int
    runs: int

    @property
    def whole(self) -> bool:
        """Tell whether nothing grave was found."""
        return not any(f.grave for f in self.findings)


def verify(folder: Path) -> Checked:
    """Check a study's folder, wherever it lies; nothing in it is changed.

    Raises:
        InputError: Where there is no such folder, no study in it, or one of a newer format.
    """
    if not folder.is_dir():
        raise InputError(f"{folder}: no such folder.", f"{folder}: ไม่มีโฟลเดอร์นี้")
    store = Store(folder, thorough=True)
    store.manifest()
    present, failed = store.present(), store.absent_but_failed()
    doubled = _doubled(store)
    findings = [*_of_manifest(store), *_of_files(store), *_of_rows(store.layout, present, failed), *doubled]
    many = sum(len(store.fragments(kind)) for kind in KINDS)
    return Checked(tuple(findings), many, len(present), int(present.all(axis=1).sum()), int(present.sum()))


def _of_manifest(store: Store) -> Iterator[Finding]:
    if store.recovered:
        yield Finding(
            manifests.NAME,
            "missing, empty or damaged; a fragment carries it, and going on with the study writes it again",
            "หาย ว่าง หรือเสียหาย แต่มีสำเนาในชิ้นข้อมูล เมื่อทำการศึกษาต่อจะเขียนขึ้นใหม่",
        )


def _of_files(store: Store) -> Iterator[Finding]:
    folder = store.folder
    for kind in KINDS:
        for _ in store.reader.opened(kind):
            pass  # what cannot be read is noted by the reader
    for path, why in sorted(store.damaged.items()):
        yield Finding(_name(path, folder), why.en, why.th)
    for path in store.foreign():
        yield Finding(
            _name(path, folder),
            "a file that Kwamdee did not write; it is not read",
            "เป็นไฟล์ที่ Kwamdee ไม่ได้เขียน จะไม่ถูกอ่าน",
        )
    for path in sorted(folder.iterdir()):
        if not any(fnmatch.fnmatch(path.name, own) for own in _OWN):
            yield Finding(path.name, "Kwamdee did not write it", "Kwamdee ไม่ได้เขียน", grave=False)
    for path in reading.parts(folder):
        yield Finding(
            _name(path, folder),
            "left by a writer that was killed; going on with the study removes it",
            "ค้างจากโปรแกรมที่ถูกหยุดกะทันหัน เมื่อทำการศึกษาต่อจะถูกลบ",
            grave=False,
        )


def _of_rows(layout: Layout, present: NDArray[np.bool_], failed: NDArray[np.bool_]) -> Iterator[Finding]:
    missing = np.flatnonzero((_needed(layout, present | failed) & ~(present | failed)).any(axis=1))
    if len(missing):
        en, th = _stretches(missing)
        yield Finding(
            ".",
            f"{len(missing):,} of {layout.tasks:,} tasks of the design are not there, or not with every arm: {en}",
            f"ไม่มีผลของงาน {len(missing):,} จาก {layout.tasks:,} งานในแบบการทดลอง หรือมีไม่ครบทุกทางเลือก: {th}",
        )
    if failed.any():
        n = int(failed.sum())
        yield Finding(
            ".",
            f"{n:,} {'run' if n == 1 else 'runs'} failed; going on with the study tries again",
            f"ล้มเหลว {n:,} รอบ เมื่อทำการศึกษาต่อจะลองใหม่",
            grave=False,
        )


def _needed(layout: Layout, there: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Tell which runs a whole study has; where a target decides, what lies below the highest society of its point."""
    if layout.least is None:
        return np.ones_like(there)
    by_point = there.any(axis=1).reshape(layout.points, layout.replicates)
    number = np.arange(1, layout.replicates + 1)
    most = np.maximum((by_point * number).max(axis=1, initial=0), layout.least)
    return np.repeat((number <= most[:, None]).reshape(-1, 1), there.shape[1], axis=1)


def _stretches(tasks: NDArray[np.int64]) -> tuple[str, str]:
    """Name the first stretches of task numbers, in English and Thai."""
    breaks = np.flatnonzero(np.diff(tasks) > 1)
    firsts, lasts = tasks[np.r_[0, breaks + 1]], tasks[np.r_[breaks, len(tasks) - 1]]
    named = [f"{a}" if a == b else f"{a}-{b}" for a, b in zip(firsts[:_RANGES], lasts[:_RANGES], strict=True)]
    shown = int((lasts[:_RANGES] - firsts[:_RANGES] + 1).sum())
    text, left = ", ".join(named), len(tasks) - shown
    return (f"{text} and {left:,} more", f"{text} และอีก {left:,} งาน") if left else (text, text)


def _doubled(store: Store) -> list[Finding]:
    """Find runs that stand twice: harmless where they are the same, and never to be trusted where they differ."""
    layout, reader = store.layout, store.reader
    times = np.zeros(layout.cells, np.uint8)
    for _, file in reader.opened("runs"):
        for batch in file.iter_batches(columns=list(KEYS)):
            place = layout.places(batch)
            np.add.at(times, place[place >= 0], 1)
    if not (times > 1).any():
        return []
    names = [n for n in layout.schema("runs").names if n not in CIRCUMSTANCES]
    doubled = []
    for _, batch in reader.every_row("runs"):
        place = layout.places(batch)
        doubled.append(batch.take(pa.array(np.flatnonzero((place >= 0) & (times[place] > 1)))).select(names))
    rows = pa.Table.from_batches(doubled).to_pandas().drop_duplicates()
    n, differ = int((times > 1).sum()), int(rows.duplicated(list(KEYS)).sum())
    found = [Finding(".", f"{n:,} runs stand twice and count once", f"มี {n:,} รอบที่ซ้ำ นับครั้งเดียว", grave=False)]
    if differ:
        found += [
            Finding(
                ".",
                f"{differ:,} runs stand twice and differ; the first of each is read",
                f"มี {differ:,} รอบที่ซ้ำแต่ผลต่างกัน ใช้รอบแรก",
            )
        ]
    return found


def _name(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix()
