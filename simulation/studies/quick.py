"""A quick look: the same scenario with fewer people and fewer societies, over the whole horizon."""

from __future__ import annotations

from collections.abc import Sequence

from simulation.scenario.model import Scenario

CITIZENS, SOCIETIES = 2_000, 6
"""Six societies hold each of the three sizes of crowding twice."""
PEOPLE_A_LOCALITY = 20
"""So that a goal of a locality is still one of many."""


def quick_look(scenario: Scenario, settings: Sequence[str] = ()) -> Scenario:
    """Return the scenario at a size that takes seconds; sizes that `settings` name, and smaller ones, stay.

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
    return scenario.sized(citizens, replicates)
