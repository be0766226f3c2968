"""All that is said of a study as one JSON object, without NaN."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulation.results.responses.tornado import tornado
from simulation.results.store import MANIFEST

if TYPE_CHECKING:
    import pandas as pd

    from simulation.reports.study.view import StudyView


def as_json(view: StudyView, folder: Path) -> dict[str, Any]:
    """Return what was asked, what is there, the sentences in both languages, points, swings, indices and failures."""
    from simulation.reports.study.words import as_json as said

    facts = view.facts
    judged = [arm for arm, _ in facts.arms] + [c.name for c in facts.contrasts]
    lead = facts.outcomes[0]
    swings = {arm: rows(tornado(view.points, facts, lead, arm)) for arm in judged} if len(view.points) else {}
    return {
        "study": facts.name,
        "title": {"en": facts.title.en, "th": facts.title.get("th")},
        "question": {"en": facts.question.en, "th": facts.question.get("th")},
        "scenario": facts.scenario,
        "digest": facts.digest,
        "design": facts.design,
        "seed": facts.seed,
        "parameters": facts.parameters,
        "outcomes": list(facts.outcomes),
        "factors": [
            {
                "name": f.name, "role": f.role, "keys": list(f.keys), "values": list(f.values), "low": f.low,
                "high": f.high, "scale": f.scale, "usual": f.usual, "unit": f.unit.en,
            }
            for f in facts.factors
        ],
        "folder": str(folder),
        "manifest": str(folder / MANIFEST),
        "done": view.done,
        "failed": len(view.failed),
        "missing": view.missing,
        "total": view.total,
        "said": said(view) if len(view.points) else {},
        "evidence": evidence(view),
        "points": rows(view.points),
        "swings": swings,
        "indices": rows(view.indices) if view.indices is not None else [],
        "failures": rows(view.failed),
    }  # fmt: skip


def evidence(view: StudyView) -> dict[str, Any] | None:
    """Return what stands behind each arm, and in sentences with the ends of the factors; None where nobody looked."""
    from simulation.reports.study.rests import said

    if view.rests is None:
        return None
    arms = {name: found.to_json() for name, found in view.rests.arms.items()}
    return {"arms": arms, **{lang: said(view, lang) for lang in ("en", "th")}}


def rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return a table as plain rows; what is not defined is null."""
    plain = table.astype(object).where(table.notna(), None).to_dict("records")
    return [{str(k): v.item() if hasattr(v, "item") else v for k, v in row.items()} for row in plain]
