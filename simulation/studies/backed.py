"""Add to the facts of a scenario what stands behind each arm: found once, kept in the manifest, read from there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from simulation.agents.ensemble import ParameterSets, ParameterSource
from simulation.core.params import Text
from simulation.reports.sentences import say
from simulation.results.behind import Leaning, behind
from simulation.results.summary import ScenarioFacts
from simulation.scenario.model import Scenario
from simulation.studies.evidence.leaning import leanings
from simulation.studies.evidence.learned_file import learned_in
from simulation.studies.evidence.pilot_said import GRAVE
from simulation.studies.evidence.setting import differences


def found_behind(scenario: Scenario, source: ParameterSource) -> dict[str, Any]:
    """Return what the manifest keeps: what each arm leans on, and the pilot that taught the parameters, if one did."""
    found: dict[str, Any] = {"leanings": {name: x.to_json() for name, x in leanings(scenario).items()}}
    pilot = pilot_of(source, scenario)
    return {**found, "pilot": pilot} if pilot else found


def backed(facts: ScenarioFacts, kept: Mapping[str, Any]) -> ScenarioFacts:
    """Return the facts with what stands behind each arm; unchanged where the manifest is older than that."""
    said = kept.get("leanings", {})
    arms = tuple(
        replace(a, behind=behind(Leaning.from_json(said[a.name]))) if a.name in said else a for a in facts.arms
    )
    pilot = kept.get("pilot")
    return replace(facts, arms=arms, pilot=None if pilot is None else pilot_said(pilot))


def pilot_of(source: ParameterSource, scenario: Scenario) -> dict[str, Any] | None:
    """Return what a table says of the pilot that taught it, and where that was another setting; None without one."""
    if not isinstance(source, ParameterSets) or not source.place.lower().endswith(".parquet"):
        return None
    path = Path(source.place)
    if not path.is_file():
        return None  # a table that travelled with a job
    found = learned_in(path)
    if not found:
        return None
    setting = found.get("setting")
    other = differences(setting, scenario) if isinstance(setting, dict) else []
    elsewhere = {"elsewhere": [list(x) for x in other]} if other else {}
    return {"file": source.name, **found, **elsewhere}


def pilot_said(pilot: Mapping[str, Any]) -> Text:
    """Say that a pilot stands behind the parameters: its file and scenario, what differs, what was grave."""
    its, scenario = pilot.get("pilot"), pilot.get("scenario")
    file = str(its.get("file") or pilot["file"]) if isinstance(its, dict) else str(pilot["file"])
    what = f"{file} ({scenario})" if scenario else file
    said = {lang: [say("behind.pilot", lang, what=what)] for lang in ("en", "th")}
    for lang, sentences in said.items():
        other = [say("behind.pilot differs", lang, what=k, there=a, here=b) for k, a, b in pilot.get("elsewhere", ())]
        if other:
            joined = ("; " if lang == "en" else " ").join(other)
            sentences.append(say("behind.pilot elsewhere", lang, differences=joined))
        sentences += [str(w[lang]) for w in pilot.get("warnings", ()) if isinstance(w, dict) and w.get("rule") in GRAVE]
    return Text(en=" ".join(said["en"]), th=" ".join(said["th"]))
