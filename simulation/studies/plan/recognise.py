"""Tell a study from a scenario before either is read, by its name and its tables."""

from __future__ import annotations

import re
from pathlib import Path

from simulation.scenario.files import LARGEST_FILE
from simulation.scenario.load import precedents, shipped
from simulation.studies.plan.read import FILE_NAME, shipped_studies

_TABLE = re.compile(rb"^[ \t]*\[?[ \t]*[\"']?(levers|uncertainties|design)[\"']?[ \t]*[\].=]", re.MULTILINE)
"""A table, or a key at the head, that only a study has; a scenario may have [study], too."""
_ARMS = re.compile(rb"^[ \t]*\[[ \t]*(arms|behaviours|world)\b", re.MULTILINE)
"""What only a scenario has."""


def is_study(source: str) -> bool:
    """Tell whether a path or a name means a study: a file with its tables, a folder with a study.toml, a shipped name."""
    try:
        path = Path(source)
        if path.is_dir():
            return (path / FILE_NAME).is_file()
        if not path.is_file():
            return _named(source)
        with path.open("rb") as file:
            raw = file.read(LARGEST_FILE)
    except (OSError, ValueError):
        return False
    tables = {match.group(1) for match in _TABLE.finditer(raw)}
    if _ARMS.search(raw) is not None:
        return False
    return bool(tables) or path.name == FILE_NAME


def _named(source: str) -> bool:
    """Tell whether a name that is no file is that of a shipped study, or of a study file that is not there."""
    known = source in shipped() or source in precedents()
    return not known and (source in shipped_studies() or Path(source).name == FILE_NAME)
