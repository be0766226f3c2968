"""Replay a folder of published experiments, score what was predicted, write the report card."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from simulation.core.errors import InputError, whole_number
from simulation.core.params import Text
from simulation.results.store import open_folder, write_text
from simulation.studies.evidence.card import Card, Learner, Provenance, Source, StudyFacts, make_card
from simulation.studies.evidence.files import Design, evidence_folder, read_all_outcomes, read_designs
from simulation.studies.evidence.first import First, read_first
from simulation.studies.evidence.fitted import Fitted
from simulation.studies.evidence.known import known_of
from simulation.studies.evidence.learner import OneArmLearner
from simulation.studies.evidence.predictor import Calibrated, calibrated
from simulation.studies.evidence.rules import Known
from simulation.studies.evidence.unscored import offered_to_nobody, remarks_of, seen_under_another_name

Watch = Callable[[int, int], None]
FOLDER, FILE, FIRST = "results/evidence", "evidence.json", "first"


class Predictor(Source, Learner, Protocol):
    """What predicts unseen studies and, once one arm is known, the others."""

    @property
    def provenance(self) -> Provenance:
        """What made the predictions, and whether it still holds."""


@dataclass(frozen=True)
class Evidence:
    """A report card and the folder in which it was written."""

    card: Card
    folder: Path

    @property
    def report_path(self) -> Path:
        """Return where the page lies."""
        return self.folder / "report.html"

    def to_json(self) -> dict[str, Any]:
        """Return the card as plain data."""
        return self.card.to_json()

    def text(self, lang: str = "en") -> str:
        """Return the card as it is printed, 80 columns."""
        from simulation.reports.evidence.terminal import render
        from simulation.reports.terminal import Screen

        return render(self.card, lang, Screen(), report=str(self.report_path))

    def __str__(self) -> str:
        return self.text()


def evidence(
    folder: str | Path | None = None,
    *,
    study: Sequence[str] = (),
    predictor: Predictor | None = None,
    jobs: int | None = None,
    out: str | Path | None = None,
    lang: str = "en",
    progress: Watch | None = None,
) -> Evidence:
    """Predict published experiments, score them next to simple rules and write the report card.

    Args:
        folder: Studies, one TOML file each, with their outcomes; those of the package by default.
        study: Names of studies; all by default.
        predictor: What predicts; the shipped parameters by default.
        jobs: Processes; all cores by default.
        out: Folder for the card; results/evidence by default, where a new card replaces the one before.
        lang: Language of the page, "en" or "th"; the other one lies beside it.
        progress: Called with the simulated societies done and how many there are.

    Raises:
        InputError: For parameters that are stale or not there; for a folder or a name that is not there, or a folder for results that holds something else.
        ScenarioError: With every mistake of the studies.
    """
    from simulation.reports.evidence.html import write_card

    if jobs is not None:
        whole_number("jobs", jobs, 1, 1024)
    place, into = evidence_folder(folder), Path(FOLDER if out is None else out)
    _fit_for_card(into)
    designs = read_designs(place, tuple(study))
    own = place.resolve() != evidence_folder().resolve()
    known, listed = known_of(designs)
    fitted = Fitted()
    if predictor is None:
        predictor = shipped(designs, fitted.everything if own else known, jobs, progress)
    card = make_card(
        known,
        predictor,
        training=fitted.training if own or study else None,
        learner=predictor if teachable(predictor) else None,
        first=_first_of(place),
        facts={d.id: facts_of(d) for d in designs},
        provenance=predictor.provenance,
        listed=listed,
        own=own,
        remarks=_remarks(designs, known) if own else (),
    )
    open_folder(into)
    write_text(into / FILE, json.dumps(card.to_json(), ensure_ascii=False, indent=1, allow_nan=False) + "\n")
    write_card(card, into, lang)
    return Evidence(card, into)


def shipped(
    designs: Sequence[Design], known: Known, jobs: int | None = None, progress: Watch | None = None
) -> Predictor:
    """Return what predicts by the shipped parameters.

    Args:
        designs: The studies to predict.
        known: Rows and figures by which staleness is told: of the studies themselves, or of the shipped ones where others
            are predicted.
        jobs: Processes; all cores by default.
        progress: Called with the simulated societies done and how many there are.

    Raises:
        InputError: Where none are shipped, or they are stale.
    """
    found = calibrated(designs, known, learner=OneArmLearner(), jobs=jobs, watch=progress)
    if found.provenance.stale is not None:
        raise InputError(found.provenance.stale.en, found.provenance.stale.th)
    return found


def teachable(predictor: Predictor) -> bool:
    """Tell whether a predictor can learn from a known arm."""
    return not isinstance(predictor, Calibrated) or predictor.learner is not None


def facts_of(design: Design) -> StudyFacts:
    """Return what a reader is told of a study."""
    scenario, study = design.scenario, design.scenario.study
    reasons = (
        {} if study is None else {n: a.approximation for n, a in study.arms.items() if a.approximation is not None}
    )
    return StudyFacts(
        title=scenario.about.title,
        citation="" if study is None else study.citation,
        doi="" if study is None else study.doi or "",
        arms={name: arm.title for name, arm in scenario.arms.items()},
        approximations=reasons,
        assumed=0 if study is None else len(study.assumed),
        behaviours={name: b.title for name, b in scenario.behaviours.items()},
        unit=None if study is None or study.outcome is None else study.outcome.unit,
    )


def _remarks(designs: Sequence[Design], known: Known) -> tuple[Text, ...]:
    """Return what a reader should look at again in studies of one's own."""
    found = [x for d, o in zip(designs, read_all_outcomes(designs), strict=True) for x in remarks_of(d, o.observed)]
    return (*found, *offered_to_nobody(known, designs), *seen_under_another_name(designs, read_designs()))


def _first_of(place: Path) -> list[First]:
    return read_first(place / FIRST)


def _fit_for_card(folder: Path) -> None:
    """Raise InputError where the folder holds something else than an earlier card."""
    if folder.is_dir() and any(folder.iterdir()) and not (folder / FILE).is_file():
        raise InputError(
            f"{folder} holds something that is no report card. Name another folder with --out (in Python: out=).",
            f"{folder} มีสิ่งอื่นที่ไม่ใช่ผลประเมินแบบจำลอง ให้ระบุโฟลเดอร์อื่นด้วย --out (ใน Python: out=)",
        )
    if folder.exists() and not folder.is_dir():
        raise InputError(
            f"{folder} is a file. Name a folder with --out (in Python: out=).",
            f"{folder} เป็นไฟล์ ให้ระบุโฟลเดอร์ด้วย --out (ใน Python: out=)",
        )
