"""Columns of the runs of a study, in their order: who, the factors, what was asked, outcomes, circumstances."""

from __future__ import annotations

from simulation.results.run_outcomes import OUTCOMES as OF_A_RUN

WHO = ("run_id", "point", "arm", "replicate")
STATUS = ("scenario", "seed", "status", "error", "message", "command")
_BESIDE = OF_A_RUN.index("cost_baht") + 1
OUTCOMES = (
    *OF_A_RUN[:_BESIDE], "cost_per_act_baht", *OF_A_RUN[_BESIDE:], "take_up_gap_income", "budget_closed_week",
)  # fmt: skip
"""Outcomes of a run, float64; NaN where one is not defined: no act added, no follow-up, a budget that never closed."""
CIRCUMSTANCES = ("seconds", "started", "host", "pid", "attempt", "engine")
"""What alone may differ between two runs of one spec."""
WHOLE = ("point", "replicate", "seed", "pid", "attempt")
NUMBERS = ("seconds", "started", *OUTCOMES)
"""Columns of whole numbers, and of numbers; all others but the factors are texts."""
