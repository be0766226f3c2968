"""From a fragment of a scenario, one or two arms with their schemes, to a whole one: a small town and known behaviours."""

from __future__ import annotations

import tomllib
from typing import Any

from simulation.scenario.drafting.facts import behaviours, daily_wage, online, provinces
from simulation.scenario.lines import scan
from simulation.scenario.model import Scenario
from simulation.scenario.places import FileText
from simulation.scenario.problems import checked

WEEKS, CITIZENS, LOCALITIES, REPLICATES = 78, 2_000, 10, 6


def whole(fragment: str) -> dict[str, Any]:
    """Return a fragment as a whole scenario's tables: its own keys, and around them a town of 2,000 in Bangkok.

    The behaviours that its schemes aim at come from the table of behaviours, with their sourced rates, unless the
    fragment describes them itself.
    """
    given = tomllib.loads(fragment)
    aimed = {
        scheme.get("behaviour")
        for arm in given.get("arms", {}).values()
        for scheme in arm.get("schemes", {}).values()
        if isinstance(scheme, dict)
    }
    bangkok = next(p for p in provinces() if p.iso == "TH-10")
    base: dict[str, Any] = {
        "format": 1,
        "about": {
            "title": {"en": "A worked example", "th": "ตัวอย่าง"},
            "question": {"en": "What does this scheme do in a small town?", "th": "มาตรการนี้ให้ผลอย่างไรในเมืองเล็ก"},
        },
        "run": {"weeks": WEEKS, "replicates": REPLICATES, "seed": 1},
        "world": {
            "place": bangkok.iso,
            "citizens": CITIZENS,
            "daily_wage": {"mean": daily_wage(bangkok)[0], "gini": 0.453},
            "online": online(),
            "localities": {"number": LOCALITIES, "name": "community"},
            "organisations": {"mean_size": 40},
            "ties": {"work": 6, "neighbourhood": 6, "wide": 4, "homophily_age": 0.44, "clustering": 0.25},
        },
        "behaviours": {
            b.id: {"title": {"en": b.title.en, "th": b.title.th}, "baseline": b.baseline,
                   "opportunities_per_week": b.opportunities, "source": b.source[:200] or None, "mark": b.mark}
            for b in behaviours()
            if b.id in aimed
        },
        "arms": {"control": {}},
    }  # fmt: skip
    return _joined(base, given)


def scenario_of(fragment: str, name: str = "fragment") -> Scenario:
    """Return the scenario that a fragment is part of.

    Raises:
        ScenarioError: With every mistake, at its line of the fragment.
        tomllib.TOMLDecodeError: For what is no TOML.
    """
    found: Scenario = checked(whole(fragment), FileText(Scenario, name, scan(fragment)))
    return found.called(name)


def _joined(base: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
    out = {key: value for key, value in base.items() if value is not None}
    for key, value in given.items():
        here = out.get(key)
        out[key] = _joined(here, value) if isinstance(here, dict) and isinstance(value, dict) else value
    return out
