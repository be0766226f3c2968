"""Write the 5 and 95 % points of the calibrated parameters from the calibration's manifest into priors.toml: `python -m scripts.make_ranges`.

To be run after a calibration was put into simulation/data/evidence. Crowding keeps its three values, for no field study
tells it. Defaults stay: a test asks that each lies within its range. Then `python -m scripts.make_reference`.
"""

from __future__ import annotations

import re
from pathlib import Path

from simulation.agents.ensemble import NOT_TOGETHER
from simulation.studies.evidence.shipped import manifest

PLACE = Path(__file__).resolve().parents[1] / "simulation" / "data" / "parameters" / "priors.toml"


def ranges() -> dict[str, dict[str, float]]:
    """Return low and high of every calibrated parameter that societies draw, to three digits."""
    told = {name: x for name, x in manifest()["parameters"].items() if name not in NOT_TOGETHER}
    return {name: {end: float(f"{x[end]:.3g}") for end in ("low", "high")} for name, x in told.items()}


def written(text: str) -> str:
    """Return the table of parameters with the calibration's ranges."""
    for name, ends in ranges().items():
        head, mark, rest = text.partition(f"\n[{name}]\n")
        for end, value in ends.items():
            rest = re.sub(rf"^{end} = .*$", f"{end} = {value!r}", rest, count=1, flags=re.MULTILINE)
        text = head + mark + rest
    return text


if __name__ == "__main__":
    PLACE.write_text(written(PLACE.read_text("utf-8")), "utf-8")
