"""Add to the facts of a scenario what stands behind each arm: found once, kept in the manifest, read from there."""

from __future__ import annotations

import json
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
from simulation.studies.evidence.learned_file import KEY


def found_behind(scenario: Scenario, source: ParameterSource) -> dict[str, Any]:
    """Return what the manifest keeps: what each arm leans on, and the pilot that taught the parameters, if one did."""
    found: dict[str, Any] = {"leanings": {name: x.to_json() for name, x in leanings(scenario).items()}}
    pilot = pilot_of(source)
    return {**found, "pilot": pilot} if pilot else found


def backed(facts: ScenarioFacts, kept: Mapping[str, Any]) -> ScenarioFacts:
    """Return the facts with what stands behind each arm; unchanged where the manifest is older than that."""
    said = kept.get("leanings", {})
    arms = tuple(
        replace(a, behind=behind(Leaning.from_json(said[a.name]))) if a.name in said else a for a in facts.arms
    )
    pilot = kept.get("pilot")
    return replace(facts, arms=arms, pilot=None if pilot is None else pilot_said(pilot))


def pilot_of(source: ParameterSource) -> dict[str, Any] | None:
    """Return what a table of parameters says of the pilot that taught it; None of one that says nothing."""
    if not isinstance(source, ParameterSets) or not source.place.lower().endswith(".parquet"):
        return None
    path = Path(source.place)
    if not path.is_file():
        return None  # a table that travelled with a job
    import pyarrow.parquet as pq  # takes as long to import as a quick command

    said = (pq.read_schema(path).metadata or {}).get(KEY)
    if said is None:
        return None
    try:
        found = json.loads(said)
    except ValueError:  # somebody else's key of that name
        return None
    return {"file": source.name, **found} if isinstance(found, dict) else None


def pilot_said(pilot: Mapping[str, Any]) -> Text:
    """Say that a pilot stands behind the parameters, with its file and its scenario where the table tells them."""
    its, scenario = pilot.get("pilot"), pilot.get("scenario")
    file = str(its.get("file") or pilot["file"]) if isinstance(its, dict) else str(pilot["file"])
    what = f"{file} ({scenario})" if scenario else file
    return Text(en=say("behind.pilot", "en", what=what), th=say("behind.pilot", "th", what=what))
