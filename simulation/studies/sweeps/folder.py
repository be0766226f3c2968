"""The folder of a study: where it lies, whether it fits, and what its manifest says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from simulation.core.errors import InputError
from simulation.core.version import VERSION, code_digest
from simulation.results.fragments.layout import FactorType, Layout
from simulation.results.fragments.manifest import KIND, nothing_strange, same_study, sealed
from simulation.results.fragments.store import Store
from simulation.results.store import MANIFEST
from simulation.studies.facts import versions
from simulation.studies.plan.study import Study
from simulation.studies.rows import type_of_factor


def default_folder(study: Study) -> Path:
    """Return results/NAME-DIGEST."""
    return Path("results") / f"{study.facts.name}-{study.digest[:8]}"


def manifest_of(study: Study) -> dict[str, Any]:
    """Return what the folder says of its study: enough to repeat every run, on another machine too."""
    facts = study.facts
    layout = Layout(
        arms=tuple(name for name, _ in facts.arms),
        points=facts.points,
        replicates=facts.replicates,
        factors=tuple((f.facts.name, _column_type(study, i)) for i, f in enumerate(study.design.factors)),
        least=study.target.at_least if study.target is not None else None,
    )
    return {
        "name": facts.name,
        "digest": study.digest,
        "code": code_digest(),
        "version": VERSION,
        "scenario": facts.scenario,
        "scenario_digest": study.scenario.digest,
        "files": [{"name": Path(name).name, "sha256": digest} for name, digest in study.scenario.files],
        "seed": facts.seed,
        "parameters": facts.parameters,
        "versions": versions(),
        "command": facts.command,
        "layout": layout.to_dict(),
        "definition": study.definition,
    }


_TYPES: dict[type, FactorType] = {bool: "bool", int: "int64", float: "float64", str: "text"}


def _column_type(study: Study, number: int) -> FactorType:
    """Return what a factor's column holds, by all values that it takes in the design."""
    design, factor = study.design, study.design.factors[number]
    if design.kind == "list":
        return _TYPES[type_of_factor(row[number] for row in design.rows)]
    if factor.facts.values:
        return _TYPES[type_of_factor(factor.facts.values)]
    return "int64" if factor.whole else "float64"


def holds_study(folder: Path) -> bool:
    """Tell whether a folder holds a study, also where its manifest is lost; not where it only was about to.

    Raises:
        InputError: Where there can be no such folder: a name that is too long, a place that may not be looked at.
    """
    try:
        if any((folder / kind).is_dir() for kind in ("runs", "failed")):
            return Store(folder).begun
        return bool(json.loads((folder / MANIFEST).read_text("utf-8")).get("kind") == KIND)
    except (FileNotFoundError, NotADirectoryError, ValueError, AttributeError):
        return False
    except OSError as error:
        raise InputError(
            f"{folder}: there can be no results there ({error.strerror}). Name another folder with --out "
            "(in Python: out=).",
            f"{folder}: เก็บผลที่นี่ไม่ได้ ({error.strerror}) ให้ระบุโฟลเดอร์อื่นด้วย --out (ใน Python: out=)",
        ) from None


def fits(study: Study, folder: Path) -> None:
    """Raise InputError where the folder holds something else, or this study made by other code; nothing is touched."""
    if holds_study(folder):
        store = Store(folder)
        same_study(folder, store.manifest(), sealed(manifest_of(study)))
    elif folder.is_dir():
        Store(folder).begun  # noqa: B018  a comparison's manifest is refused by its name
        nothing_strange(folder)


def study_of(folder: Path) -> Study:
    """Return the study of a folder, as its manifest holds it."""
    return Study.from_definition(Store(folder).manifest()["definition"])


def kept_runs(folder: Path) -> int:
    """Return how many runs of a study lie in a folder; 0 where there is none."""
    return Store(folder).counts().runs if holds_study(folder) else 0
