"""Names that a study file may use: outcomes, columns that no factor can be called, parameters that no prior lists."""

from __future__ import annotations

from simulation.results.outcomes import OUTCOMES as OF_RUNS

OUTCOMES = (*OF_RUNS, "cost_per_act_baht", "kept_share", "take_up_gap_income", "budget_closed_week")
"""Outcomes that a study can judge; each is a column of the table of runs."""
COLUMNS = (
    "run_id", "point", "arm", "replicate", "scenario", "seed", "status", "error", "message", "command", "seconds", "started",
    "host", "pid", "attempt", "engine", "number", "series",
)  # fmt: skip
"""Other columns of the table of runs."""
TAKEN = frozenset(OUTCOMES) | frozenset(COLUMNS)
"""Names that no factor can have."""
DEVIATES = ("responsiveness", "habit_deviate")
"""Parameters of the law that are standard normal deviates, one for each behaviour; a study puts one in the place of all."""
DEVIATE_RANGE = (-1.6448536269514722, 1.6448536269514722)
"""Their 5 and 95 % points."""
PARAMETERS = "parameters."
"""What a key of a parameter of the law begins with."""
