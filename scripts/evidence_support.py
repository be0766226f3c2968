"""Write the table of support: which published experiments stand behind each mechanism, and how far they reach.

`python -m scripts.evidence_support [--check] [--card FILE]`. Rows are the published figures that can be scored; how well
each was predicted comes from the report card (results/evidence/evidence.json by default), which must be by the shipped parameters.
--check compares with the table that is shipped and writes nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scripts.evidence_settings import SETTINGS, SEVERAL
from scripts.kept_pages import enter, put
from simulation.results.behind import MECHANISMS, TOLD
from simulation.studies.evidence.files import OUTCOMES, Design, read_designs
from simulation.studies.evidence.known import known_of
from simulation.studies.evidence.leaning import mechanisms_of
from simulation.studies.evidence.rows import Row
from simulation.studies.evidence.score import by_study, over_studies
from simulation.studies.evidence.shipped import manifest

PLACE = Path(__file__).resolve().parents[1] / "simulation" / "data" / "evidence" / "support.json"
CARD = Path("results") / "evidence" / "evidence.json"


@dataclass(frozen=True)
class Scored:
    """A published figure with the mechanisms that it depends on, and its score where there is a card."""

    row: Row
    mechanisms: tuple[str, ...]
    error: float | None
    inside: bool | None


def main(arguments: Sequence[str]) -> int:
    """Write or check the table; return 0, 1 where the shipped table is another, or 2 without a card."""
    left = [a for a in arguments if a != "--check"]
    card = Path(left[1]) if left[:1] == ["--card"] and len(left) == 2 else CARD
    if left and left != ["--card", str(card)]:
        print(f"There is no option {left[0]} of that form; there are --check and --card FILE.")
        return 2
    if not card.is_file():
        print(f"{card} is not there. Make the report card first: kwamdee evidence")
        return 2
    text = written(read_card(card))
    if "--check" in arguments:
        if PLACE.is_file() and PLACE.read_text("utf-8") == text:
            return 0
        print(f"{PLACE} is not what the studies say. Run python -m scripts.evidence_support.")
        return 1
    put(PLACE, text)
    print(f"{PLACE}: written")
    return 0


def written(card: Mapping[str, Mapping[str, Any]], folder: Path | None = None) -> str:
    """Return the text of the table, the same on every machine.

    Args:
        card: Rows of the report card by their key.
        folder: Folder of studies; the shipped ones by default.
    """
    table = table_of(read_designs(folder), card)
    return json.dumps(table, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def read_card(path: Path) -> dict[str, Mapping[str, Any]]:
    """Return the rows of a report card by the keys that `Row.key` gives; ends where other parameters made it."""
    card = json.loads(path.read_text("utf-8"))
    shipped = str(manifest()["identity"])[: len(str(card["parameters"]))]
    if card["parameters"] != shipped:
        raise SystemExit(f"{path} is by the parameters {card['parameters']}, not by the shipped ones, {shipped}.")
    return {f"{r['study']}|{r['arm']}|{r['behaviour']}|{r['weeks'][0]}-{r['weeks'][1]}": r for r in card["rows"]}


def table_of(designs: Sequence[Design], card: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Return the table of support of studies; those without published figures are left out."""
    scored = [s for d in designs if _has_figures(d) for s in _scored(d, card)]
    rows = [s.row for s in scored]
    there = {row.study for row in rows}
    return {
        "format": 1,
        "studies": {d.id: _study(d) for d in designs if d.id in there},
        "mechanisms": {name: _mechanism(name, [s for s in scored if name in s.mechanisms]) for name in MECHANISMS},
        "ranges": _ranges(rows),
        "kinds": {kind: sum(SETTINGS[s][1] == kind for s in there) for kind in sorted({SETTINGS[s][1] for s in there})},
        "all": {"studies": len(there), "arms": _arms(rows), **_scores(scored)},
    }


def _has_figures(design: Design) -> bool:
    return (design.path.parent / OUTCOMES / design.path.name).is_file()


def _scored(design: Design, card: Mapping[str, Mapping[str, Any]]) -> Iterable[Scored]:
    if design.id not in SETTINGS:
        raise SystemExit(f"{design.id}: add its country and virtue to scripts/evidence_settings.py")
    for row, _ in known_of([design])[0]:
        found = card.get(row.key)
        error = None if found is None else abs(float(found["predicted"]) - float(found["observed"]))
        yield Scored(row, mechanisms_of(design.scenario, row), error, None if found is None else bool(found["inside"]))


def _study(design: Design) -> dict[str, Any]:
    scenario, study = design.scenario, design.scenario.study
    country, kind = SETTINGS[design.id]
    return {
        "title": {"en": scenario.about.title.en, "th": scenario.about.title.th},
        "citation": "" if study is None else study.citation,
        "country": country,
        "kind": kind,
        "role": "calibrate" if study is None else study.role,
    }


def _mechanism(name: str, scored: Sequence[Scored]) -> dict[str, Any]:
    """Return what stands behind a mechanism; nothing behind one that no experiment tells, whoever used it."""
    told = name in TOLD
    kept = list(scored) if told else []
    studies = sorted({s.row.study for s in kept})
    return {
        "told": told,
        "studies": studies,
        "arms": _arms([s.row for s in kept]),
        "countries": sorted({SETTINGS[s][0] for s in studies} - {SEVERAL}),
        "thai_studies": sum(SETTINGS[s][0] == "TH" for s in studies),
        "families": sorted({s.row.family for s in kept}),
        **_scores(kept),
    }


def _scores(scored: Sequence[Scored]) -> dict[str, float | None]:
    """Return mean absolute error and coverage, each study counting once; None where nothing is scored."""
    told = [s for s in scored if s.error is not None]
    names = [s.row.study for s in told]
    mae = over_studies(by_study(names, [s.error or 0.0 for s in told]))
    coverage = over_studies(by_study(names, [float(bool(s.inside)) for s in told]))
    return {"mae": _rounded(mae), "coverage90": _rounded(coverage)}


def _ranges(rows: Sequence[Row]) -> dict[str, list[float] | None]:
    """Return the least and most that the figures cover; None where no row says anything."""
    return {
        "value_days": _ends(r.value for r in rows if r.contingent > 0 and r.value > 0),
        "offer_weeks": _ends(min(r.week_to, r.live_to) - r.live_from for r in rows),
        "weeks_after": _ends(max(0, r.week_to - r.live_to) for r in rows),
        "baseline": _ends(r.baseline for r in rows),
    }


def _arms(rows: Iterable[Row]) -> int:
    return len({(r.study, r.arm) for r in rows})


def _ends(values: Iterable[float]) -> list[float] | None:
    found = [float(v) for v in values]
    return [float(f"{min(found):.6g}"), float(f"{max(found):.6g}")] if found else None


def _rounded(x: float | None) -> float | None:
    return None if x is None else round(x, 4)


if __name__ == "__main__":
    enter(main)
