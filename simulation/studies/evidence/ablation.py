"""Whether a term earns its place: the law fitted anew without it, judged on studies that the fit has not seen.

Studies are dealt into five parts; each is predicted from a fit to the other four, with the term and without.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from simulation.core.errors import InputError
from simulation.core.names import did_you_mean, listed, quoted
from simulation.results.store import open_folder
from simulation.studies.evidence.calibrate import KEPT, Task, identity, read_chain, run_tasks
from simulation.studies.evidence.expected import MeanFieldSource
from simulation.studies.evidence.law_code import law_digest
from simulation.studies.evidence.posterior import TERM_OF, Settings
from simulation.studies.evidence.rules import Known
from simulation.studies.evidence.score import Difference, bootstrap, score

PARTS, LENGTHS = 5, (200, 200)


@dataclass(frozen=True)
class Ablation:
    """Scores without a term next to those with it: means over studies, and the paired difference."""

    term: str
    mae: float
    crps: float
    coverage90: float
    mae_with: float
    crps_with: float
    crps_worse: Difference
    mae_worse: Difference

    @property
    def earns(self) -> bool:
        """Tell whether predictions are worse without it by more than one standard error over studies."""
        return self.crps_worse.mean > self.crps_worse.se

    def to_json(self) -> dict[str, str | bool | float]:
        """Return it as plain data."""
        return {
            "term": self.term,
            "mae": self.mae,
            "crps": self.crps,
            "coverage90": self.coverage90,
            "mae_with": self.mae_with,
            "crps_with": self.crps_with,
            "crps_worse": self.crps_worse.mean,
            "crps_worse_se": self.crps_worse.se,
            "mae_worse": self.mae_worse.mean,
            "mae_worse_se": self.mae_worse.se,
            "earns_its_place": self.earns,
        }


def check_term(term: str) -> str:
    """Return a term that there is.

    Raises:
        InputError: For a name that is none, with the nearest.
    """
    if term not in TERM_OF:
        en, th, _ = did_you_mean(term, TERM_OF)
        names = listed(tuple(TERM_OF))
        raise InputError(
            f"There is no term {quoted(term)}.{en} Terms that can be left out: {names}.",
            f"ไม่มีพจน์ {quoted(term)}{th} พจน์ที่ตัดออกได้: {names}",
        )
    return term


def part_of(study: str) -> int:
    """Return into which part a study is dealt, by its name."""
    return int.from_bytes(hashlib.sha256(study.encode()).digest()[:4], "little") % PARTS


def tasks_of(known: Known, term: str | None) -> list[Task]:
    """Return the chains of one law: one a part that is left out."""
    name = term or "whole"
    tasks = []
    for part in range(PARTS):
        mask = tuple(part_of(row.study) != part for row, _ in known)
        seed = int.from_bytes(hashlib.sha256(f"{part}".encode()).digest()[:4], "little")
        tasks.append(Task(f"{name}-{part}", str(part), mask, seed, LENGTHS))
    return tasks


def settings_of(term: str | None, settings: Settings) -> Settings:
    """Return the settings of a law without the term."""
    return replace(settings, without=() if term is None else (term,))


def ablate(
    known: Known,
    term: str,
    work: Path,
    settings: Settings | None = None,
    jobs: int = 2,
    on_done: Callable[[str], None] | None = None,
) -> Ablation:
    """Fit with and without a term, and score both on the studies left out.

    Chains that are done are kept in a folder of `work` of their own for these rows and settings and this version of the
    law, so that none is ever taken for one of another.
    """
    settings = settings or Settings()
    work = open_folder(work / f"{identity(known, settings)[:12]}-{law_digest()[:12]}")
    for law in (None, check_term(term)):
        for name in run_tasks(known, tasks_of(known, law), settings_of(law, settings), work, jobs):
            if on_done is not None:
                on_done(name)
    return compared(known, term, work)


def compared(known: Known, term: str, work: Path) -> Ablation:
    """Score the chains of a law with and without a term."""
    whole, without = (_scores(known, law, work) for law in (None, term))
    return Ablation(
        term=term,
        mae=_mean(without["error"]),
        crps=_mean(without["crps"]),
        coverage90=_mean(without["inside"]),
        mae_with=_mean(whole["error"]),
        crps_with=_mean(whole["crps"]),
        crps_worse=bootstrap(whole["crps"], without["crps"]) or _UNKNOWN,
        mae_worse=bootstrap(whole["error"], without["error"]) or _UNKNOWN,
    )


_UNKNOWN = Difference(0.0, float("inf"), 0.0, 0.0, 0)
"""Of fewer than two studies."""


def _mean(by_study: dict[str, float]) -> float:
    return float(np.mean(list(by_study.values())))


def _scores(known: Known, term: str | None, work: Path) -> dict[str, dict[str, float]]:
    """Return mean error, CRPS and coverage by study."""
    fits = {part: read_chain(work / f"{term or 'whole'}-{part}.npz").thinned(KEPT) for part in range(PARTS)}
    source = MeanFieldSource(lambda study: fits[part_of(study)])
    predicted = source.predict([row for row, _ in known])
    found = [score(p, target) for p, (_, target) in zip(predicted, known, strict=True)]
    studies = dict.fromkeys(s.study for s in found)

    def by_study(value: Callable[[Any], float]) -> dict[str, float]:
        return {name: float(np.mean([value(s) for s in found if s.study == name])) for name in studies}

    return {
        "error": by_study(lambda s: s.error),
        "crps": by_study(lambda s: s.crps),
        "inside": by_study(lambda s: float(s.inside)),
    }
