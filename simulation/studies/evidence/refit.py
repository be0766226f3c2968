"""Fit anew: the calibration of a folder of studies, and the law without one of its terms."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from simulation.core.errors import InputError, whole_number
from simulation.studies.evidence import ablation
from simulation.studies.evidence.calibrate import RESERVED, need_library, stages
from simulation.studies.evidence.calibrate import calibrate as fit
from simulation.studies.evidence.files import Design, evidence_folder, read_designs
from simulation.studies.evidence.first import read_first
from simulation.studies.evidence.known import known_of
from simulation.studies.evidence.posterior import Settings
from simulation.studies.evidence.rules import Known
from simulation.studies.evidence.suite import FIRST
from simulation.studies.evidence.variants import check_record, note_variant

OUT, TRIED = "results/calibration", "results/ablation"
LONGEST = 100_000


def calibrate(
    folder: str | Path | None = None,
    *,
    seed: int = 1,
    warmup: int = 400,
    draws: int = 400,
    jobs: int = 2,
    out: str | Path = OUT,
    on_done: Callable[[int, int, str], None] | None = None,
) -> Mapping[str, Any]:
    """Fit the law to a folder of published experiments and write posterior, leave-one-out draws and manifest.

    What is done is kept in the folder, so a calibration that was interrupted goes on when it is asked for again.
    `--parameters FOLDER/posterior.csv` draws from it.

    Args:
        folder: Studies; those of the package by default.
        seed: Of the chains.
        warmup: Steps of adaptation of a chain with all rows; a fold has half of them.
        draws: Draws of such a chain.
        jobs: Processes.
        out: Folder of the calibration.
        on_done: Called with how many chains are done, of how many, and the name of the one that ended.

    Returns:
        The manifest.

    Raises:
        InputError: Without the extra `calibration`, for a folder that calibrates nothing, or one of another calibration.
        ScenarioError: With every mistake of the studies.
    """
    need_library()
    whole_number("seed", seed, 0, 2**32 - 1)
    for name, value in (("warmup", warmup), ("draws", draws)):
        whole_number(name, value, 50, LONGEST)
    whole_number("jobs", jobs, 1, 1024)
    place = evidence_folder(folder)
    designs = read_designs(place)
    _check_names(designs)
    known, _ = known_of(designs)
    first, whole = stages(known, {f.study for f in read_first(place / FIRST)}, _of_assumed_level(designs))
    _check_calibrates(first, place)
    return fit(first, whole, Settings(seed, warmup, draws), Path(out), jobs, on_done)


def _check_calibrates(known: Known, place: Path) -> None:
    """Raise InputError where fewer than two studies calibrate: none could be left out."""
    if len({row.study for row, _ in known}) < 2:
        raise InputError(
            f'{place} has fewer than two studies with role = "calibrate" and a figure that can be scored.',
            f'{place} มีงานวิจัยที่ role = "calibrate" และมีค่าที่ให้คะแนนได้ไม่ถึงสองงาน',
        )


def _check_names(designs: Sequence[Design]) -> None:
    """Raise InputError for a study that is called as a chain of all studies is: it would be taken for that."""
    if wrong := [d for d in designs if d.id in RESERVED]:
        raise InputError(
            f"{wrong[0].path}: the name {wrong[0].id} is that of a chain of the calibration. Give the study's file another name.",
            f"{wrong[0].path}: ชื่อ {wrong[0].id} เป็นชื่อที่การปรับเทียบใช้ ให้ตั้งชื่อไฟล์งานวิจัยเป็นชื่ออื่น",
        )


def _of_assumed_level(designs: Sequence[Design]) -> set[str]:
    """Return the studies whose control level or scale was assumed: their log-odds rest on it."""
    return {
        d.id
        for d in designs
        if d.scenario.study is not None
        and any("baseline" in a.key or "scale" in a.key for a in d.scenario.study.assumed)
    }


def without(
    term: str,
    folder: str | Path | None = None,
    *,
    jobs: int = 2,
    work: str | Path = TRIED,
    note: bool = True,
    on_done: Callable[[str], None] | None = None,
) -> ablation.Ablation:
    """Fit the law with and without a term and score both on studies that the fits have not seen.

    Args:
        term: A key of `posterior.TERM_OF`.
        folder: Studies, of which those that calibrate are taken; those of the package by default.
        jobs: Processes.
        work: Where chains that are done are kept.
        note: Whether to put it on the folder's record of variants.
        on_done: Called with the name of each chain as it ends.

    Raises:
        InputError: For a term that is none, without the extra `calibration`, for fewer than two studies that calibrate, or
            for a record of variants that cannot be read or written.
    """
    ablation.check_term(term)
    whole_number("jobs", jobs, 1, 1024)
    need_library()
    place = evidence_folder(folder)
    if note:
        check_record(place)
    known = [x for x in known_of(read_designs(place))[0] if x[0].role == "calibrate"]
    _check_calibrates(known, place)
    found = ablation.ablate(known, term, Path(work), jobs=jobs, on_done=on_done)
    if note:
        note_variant(place, {"name": f"without {found.term}", **found.to_json()})
    return found
