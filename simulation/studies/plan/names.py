"""Names that a study file may use: outcomes, and columns that no factor can be called."""

from __future__ import annotations

from simulation.results.study_columns import OUTCOMES
from simulation.results.study_tables import BESIDE_FACTORS
from simulation.studies.rows import columns

TAKEN = frozenset(columns()) | {"number", "series"}
"""Names that neither a factor nor a contrast can have."""
TAKEN_OF_FACTORS = TAKEN | BESIDE_FACTORS
"""Names that no factor can have: columns that stand beside its own in a table of the study."""
__all__ = ["OUTCOMES", "PARAMETERS", "TAKEN", "TAKEN_OF_FACTORS"]
PARAMETERS = "parameters."
"""What a key of a parameter of the law begins with."""
