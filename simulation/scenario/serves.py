"""Which virtue and which SDG targets a behaviour serves: as the scenario says, else as the table of behaviours does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulation.world.facts import table

_VIRTUES = {
    "พอเพียง": "sufficiency",
    "วินัย": "discipline",
    "สุจริต": "integrity",
    "จิตอาสา": "volunteer_spirit",
    "กตัญญู": "gratitude",
}


def serves(name: str, behaviour: Any) -> tuple[str, tuple[str, ...]]:
    """Return a behaviour's first virtue, empty where none is known, and its SDG targets.

    A behaviour whose name is an id of the table of behaviours takes both from there unless it says them itself.
    """
    row: Mapping[str, str] = next((r for r in table("behaviours") if r["id"] == name), {})
    virtue = behaviour.virtue or _VIRTUES.get(row.get("virtue_primary_th", ""), "")
    targets = behaviour.sdg_targets or tuple(t for t in row.get("sdg_targets", "").split(";") if t)
    return virtue, targets
