"""Where a pilot was: what of a scenario its lesson hangs on, so that another setting is told from the same one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulation.scenario.model import Scenario

_OF_WORLD = ("place", "decider")
_OF_BEHAVIOUR = ("baseline", "opportunities_per_week", "dynamics", "intrinsic", "visible", "spread")


def setting_of(scenario: Scenario) -> dict[str, Any]:
    """Return what a lesson hangs on by its key: place, who decides, pay, and how each behaviour stands without a scheme."""
    data = scenario.model_dump(mode="json")
    world = data["world"]
    found = {f"world.{key}": world.get(key) for key in _OF_WORLD}
    found["world.daily_wage.mean"] = (world.get("daily_wage") or {}).get("mean")
    for name, behaviour in data["behaviours"].items():
        found |= {f"behaviours.{name}.{key}": behaviour.get(key) for key in _OF_BEHAVIOUR}
    return found


def differences(setting: Mapping[str, Any], scenario: Scenario) -> list[tuple[str, Any, Any]]:
    """Return what differs in a scenario: key, value there and value here; a behaviour that was not there says nothing."""
    here = setting_of(scenario)
    return [(key, there, here[key]) for key, there in setting.items() if key in here and here[key] != there]
