"""Do one run of a study again, by its identity, and tell whether it is the same to the bit."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from simulation.core.errors import InputError
from simulation.core.version import code_digest
from simulation.engine.run import EngineName
from simulation.results.fragments.store import Store
from simulation.results.study_columns import CIRCUMSTANCES
from simulation.studies.executors.serial import interrupts_told_apart
from simulation.studies.sweeps.folder import holds_study, study_of
from simulation.studies.sweeps.work import run_task
from simulation.studies.tasks import Row


@dataclass(frozen=True)
class Rerun:
    """A run done again.

    Attributes:
        folder: Where the first one is kept.
        before: The row that is kept.
        now: The row of today.
        differs: Columns in which they differ, circumstances apart.
        same_code: Whether the code is that of the first run.
    """

    folder: Path
    before: Row
    now: Row
    differs: tuple[str, ...]
    same_code: bool

    @property
    def same(self) -> bool:
        """Tell whether it is the same to the bit."""
        return not self.differs


def rerun(run_id: str, folder: str | Path | None = None, engine: EngineName = "auto") -> Rerun:
    """Do a run of a study again and compare it with the row that is kept.

    Args:
        run_id: Identity of the run, as in the column `run_id`; its first letters are enough where they tell it apart.
        folder: The study's folder; by default this one, or any under results/.
        engine: "auto", "numpy" or "numba"; the same results to the bit.

    Raises:
        InputError: For a run that is in no study, or in several by those letters.
    """
    place, before = _find(run_id, [Path(folder)] if folder is not None else list(_folders()))
    study = study_of(place)
    task = study.design.task(int(before["point"]), int(before["replicate"]), study.facts.replicates)
    with interrupts_told_apart():
        [now] = run_task(study.job(engine), replace(task, arms=(str(before["arm"]),)))
    differs = tuple(
        name for name in before
        if name not in (*CIRCUMSTANCES, "run_id", "command") and not _same(before[name], now.get(name))
    )  # fmt: skip
    return Rerun(place, before, now, differs, Store(place).manifest().get("code") == code_digest())


def _same(a: Any, b: Any) -> bool:
    both_nan = isinstance(a, float) and isinstance(b, float) and math.isnan(a) and math.isnan(b)
    return both_nan or bool(a == b)


def _folders() -> Iterator[Path]:
    here = Path()
    if (here / "runs").is_dir() or (here / "failed").is_dir():
        yield here
    for path in sorted(Path("results").glob("*")):
        if path.is_dir() and holds_study(path):
            yield path


def _beginning(store: Store, letters: str) -> Iterator[Row]:
    """Yield the rows whose identity begins with some letters, those that went well first."""
    import pyarrow.compute as pc

    for batch in store.batches():
        yield from batch.filter(pc.starts_with(batch.column("run_id"), letters)).to_pylist()
    yield from (row for row in store.failed() if str(row["run_id"]).startswith(letters))


def _find(run_id: str, folders: list[Path]) -> tuple[Path, Row]:
    """Return folder and row of a run; raises InputError where there is none, or several."""
    asked = run_id.strip().lower()
    found: dict[str, tuple[Path, Row]] = {}
    if asked:
        for folder in folders:
            for row in _beginning(Store(folder), asked):
                found.setdefault(str(row["run_id"]), (folder, row))
    if len(found) == 1:
        return next(iter(found.values()))
    looked = ", ".join(map(str, folders[:5])) or "results/"
    if not found:
        raise InputError(
            f'There is no run "{run_id}" in {looked}. Its identity is the column run_id; name the folder with --in.',
            f'ไม่พบรอบ "{run_id}" ใน {looked} รหัสของรอบคือคอลัมน์ run_id ให้ระบุโฟลเดอร์ด้วย --in',
        )
    raise InputError(
        f'"{run_id}" begins {len(found)} runs. Write more letters of it.',
        f'"{run_id}" เป็นส่วนต้นของ {len(found)} รอบ ให้พิมพ์รหัสให้ยาวขึ้น',
    )
