"""Names that a study file may use: outcomes, and columns that no factor can be called."""

from __future__ import annotations

from simulation.results.study_columns import OUTCOMES
from simulation.studies.rows import columns

TAKEN = frozenset(columns()) | {"number", "series"}
"""Names that no factor can have."""
__all__ = ["OUTCOMES", "PARAMETERS", "TAKEN"]
PARAMETERS = "parameters."
"""What a key of a parameter of the law begins with."""
