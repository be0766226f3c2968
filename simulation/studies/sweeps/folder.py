"""The folder of a study: where it lies, whether it fits, and what its manifest says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from simulation.core.errors import InputError
from simulation.core.version import code_digest
from simulation.results.store import MANIFEST, differences
from simulation.studies.facts import versions
from simulation.studies.plan.read import Study

KIND = "study"
FORMAT = 1


def default_folder(study: Study) -> Path:
    """Return results/NAME-DIGEST."""
    return Path("results") / f"{study.facts.name}-{study.digest[:8]}"


def manifest_of(study: Study) -> dict[str, Any]:
    """Return what the folder says of its study: enough to repeat every run, on another machine too."""
    return {
        "format": FORMAT,
        "kind": KIND,
        "name": study.facts.name,
        "digest": study.digest,
        "scenario": study.facts.scenario,
        "scenario_digest": study.scenario.digest,
        "files": [{"name": Path(name).name, "sha256": digest} for name, digest in study.scenario.files],
        "seed": study.facts.seed,
        "parameters": study.facts.parameters,
        "points": study.facts.points,
        "replicates": study.facts.replicates,
        "arms": [name for name, _ in study.facts.arms],
        "factors": [f.name for f in study.facts.factors],
        "code": code_digest(),
        "versions": versions(),
        "command": study.facts.command,
        "definition": study.definition,
    }


def fits(there: dict[str, Any], study: Study, folder: Path) -> None:
    """Raise InputError where the folder holds another study, or this one made by other code; it names what differs."""
    here = manifest_of(study)
    if there.get("kind") != KIND:
        raise InputError(
            f"{folder} holds the results of a comparison, not of a study. Name another folder with --out "
            "(in Python: out=).",
            f"{folder} มีผลของการเปรียบเทียบ ไม่ใช่ของการศึกษา ให้ระบุโฟลเดอร์อื่นด้วย --out (ใน Python: out=)",
        )
    if there.get("digest") != here["digest"]:
        en, th = differences(there.get("definition"), here["definition"])
        raise InputError(
            f"{folder} holds the results of another study ({there.get('name')}, digest "
            f"{str(there.get('digest'))[:8]}). {en}Name another folder with --out (in Python: out=), or remove that one.",
            f"{folder} มีผลของการศึกษาอื่น ({there.get('name')} รหัสย่อ {str(there.get('digest'))[:8]}) {th}"
            "ให้ระบุโฟลเดอร์อื่นด้วย --out (ใน Python: out=) หรือลบโฟลเดอร์นั้น",
        )
    if there.get("code") != here["code"]:
        was, now = _version(there), _version(here)
        raise InputError(
            f"{folder} was begun by other code: kwamdee {was} there, kwamdee {now} here. Runs of two versions are not "
            "mixed. Go on with that version, or begin anew in another folder with --out (in Python: out=).",
            f"{folder} เริ่มไว้ด้วยโปรแกรมอีกรุ่นหนึ่ง: ที่นั่น kwamdee {was} ที่นี่ kwamdee {now} ผลของสองรุ่นนำมารวมกันไม่ได้ "
            "ให้ทำต่อด้วยรุ่นเดิม หรือเริ่มใหม่ในโฟลเดอร์อื่นด้วย --out (ใน Python: out=)",
        )


def _version(manifest: dict[str, Any]) -> str:
    number = (manifest.get("versions") or {}).get("kwamdee", "?")
    return f"{number} (code {str(manifest.get('code'))[:8]})"


def is_study(folder: Path) -> bool:
    """Tell whether a folder holds a study, also where its manifest is lost."""
    return (folder / "runs").is_dir() or (folder / "failed").is_dir() or (folder / MANIFEST).is_file()
