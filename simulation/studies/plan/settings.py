"""What is changed of a study by whoever runs it: values of its scenario, how many societies, whence parameters come."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from simulation.agents.ensemble import FORMER, MODES
from simulation.core.errors import whole_number
from simulation.world.parameter_files import is_path


def settings_of(set_: str | Sequence[str], replicates: int | None, parameters: str | Path | None = None) -> list[str]:
    """Return what is changed of a study: values of its scenario for all points, how many societies, whence parameters.

    A file of parameters is found from the working directory, for whoever names it here does not stand in the study's.
    """
    settings = [set_] if isinstance(set_, str) else list(set_)
    if replicates is not None:
        whole_number("replicates", replicates, 1, 100_000)
        settings.append(f"study.replicates={replicates}")
    if parameters is not None:
        given = str(parameters)
        named = given in (*MODES, FORMER) or not is_path(given)
        place = given if named else str(Path(given).absolute())
        settings.append(f"study.parameters={json.dumps(place, ensure_ascii=False)}")
    return settings
