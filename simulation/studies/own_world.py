"""What is said of a world that is made of tables of one's own."""

from __future__ import annotations

from pathlib import Path

from simulation.core.names import listed
from simulation.core.params import Text
from simulation.scenario.model import Scenario
from simulation.world.files import IN_MEMORY


def of_own_world(scenario: Scenario) -> tuple[Text, ...]:
    """Say whose tables the world is made of, and what was noticed of them."""
    if scenario.world.files is None:
        return ()
    given = scenario.world.files.given()
    names = listed([Path(path).name if path != IN_MEMORY else role for role, path in given.items()])
    first = Text(
        en=f"The world is made of your own tables ({names}); what they do not say is drawn for each society.",
        th=f"โลกจำลองสร้างจากตารางของคุณเอง ({names}) สิ่งที่ตารางไม่ได้ระบุจะสุ่มใหม่ในแต่ละสังคมจำลอง",
    )
    return (first, *(Text(en=en, th=th) for en, th in scenario.notices))
