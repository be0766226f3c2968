"""Write the example of a pilot: what 2,000 households of one simulated Bangkok did in twelve weeks; no observation.

Run: python -m scripts.simulated_pilot
"""

from pathlib import Path

import simulation as kw
from simulation.engine.prepare import prepare
from simulation.engine.run import start, step

PLACE = Path("scenarios/pilots/bangkok-waste-simulated.csv")
SOCIETY, HOUSEHOLDS = 1000, 2000
"""A society that no comparison of 60 draws."""
ARM, WEEKS = "district_goal", range(4, 16)


def rows() -> list[str]:
    """Return a header and a line for each group and week; the control is another draw of people, not the twin."""
    scenario = kw.load("bangkok-waste").with_({"world.citizens": HOUSEHOLDS})
    control, tried = (start(prepare(scenario, SOCIETY, luck), ARM) for luck in (1, 0))
    lines = ["arm,week,acts,opportunities,people"]
    for name, state in (("control", control), (ARM, tried)):
        for _ in range(WEEKS.stop):
            step(state)
        acts = state.records.acts_twin if name == "control" else state.records.acts
        for week in WEEKS:
            lines.append(
                f"{name},{week},{acts[week, 0].sum()},{state.records.opportunities[week, 0].sum()},{HOUSEHOLDS}"
            )
    return lines


def main() -> None:
    """Write the table."""
    PLACE.write_text("\n".join(rows()) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
