"""A quick look: the same scenario with fewer people and fewer societies, over the whole horizon."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from simulation.scenario.model import Scenario

CITIZENS, SOCIETIES = 2_000, 6
"""Six societies hold each of the three sizes of crowding twice."""
PEOPLE_A_LOCALITY = 20
"""So that a goal of a locality is still one of many."""


def quick_look(scenario: Scenario, settings: Sequence[str] = ()) -> Scenario:
    """Return the scenario at a size that takes seconds; sizes that `settings` name, and smaller ones, stay.

    Budgets, pots and stocks are taken in proportion to the people.

    Args:
        scenario: The scenario with its settings put in.
        settings: Those settings, such as "run.replicates=20".
    """
    asked = {setting.partition("=")[0].strip() for setting in settings}
    citizens, replicates = scenario.world.citizens, scenario.run.replicates
    if "world.citizens" not in asked and scenario.world.files is None:  # people of one's own are as many as they are
        citizens = min(citizens, max(CITIZENS, PEOPLE_A_LOCALITY * scenario.world.localities.number))
    if "run.replicates" not in asked:
        replicates = min(replicates, SOCIETIES)
    found = scenario.sized(citizens, replicates)
    share = citizens / scenario.world.citizens
    changed = _for_fewer(found, share, asked) if share < 1.0 else {}
    return found.with_(changed) if changed else found


def _for_fewer(scenario: Scenario, share: float, asked: set[str]) -> dict[str, Any]:
    """Return the schemes whose budgets, pots or stocks are taken in proportion; what `asked` names stays."""
    found = {}
    for arm, has in scenario.arms.items():
        for name, scheme in has.schemes.items():
            key = f"arms.{arm}.schemes.{name}"
            fewer = scheme.for_fewer(share)
            if fewer != scheme and not any(said.startswith(f"{key}.") for said in asked):
                found[key] = fewer.model_dump(mode="json")
    return found
