"""The table of runs of a study: its columns in their order, what each holds, and the row of a run that failed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from simulation.core.errors import KwamdeeError, printable
from simulation.results.run_outcomes import OUTCOMES

if TYPE_CHECKING:
    import pyarrow as pa

WHO = ("run_id", "point", "arm", "replicate")
STATUS = ("scenario", "seed", "status", "error", "message", "command")
_BESIDE = OUTCOMES.index("cost_baht") + 1
OUTCOME_COLUMNS = (
    *OUTCOMES[:_BESIDE], "cost_per_act_baht", *OUTCOMES[_BESIDE:], "take_up_gap_income", "budget_closed_week",
)  # fmt: skip
"""Outcomes of a run, float64; NaN where one is not defined: no act added, no follow-up, a budget that never closed."""
CIRCUMSTANCES = ("seconds", "started", "host", "pid", "attempt", "engine")
"""What alone may differ between two runs of one spec."""
_WHOLE = ("point", "replicate", "seed", "pid", "attempt")
_NUMBER = ("seconds", "started", *OUTCOME_COLUMNS)
OK, FAILED = "ok", "failed"
MOST_LETTERS = 2000
"""Letters of a message that are kept."""


def columns(factors: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the columns of the table in their order; `factors` are the names of what the study varies."""
    return (*WHO, *factors, *STATUS, *OUTCOME_COLUMNS, *CIRCUMSTANCES)


def type_of_factor(values: Iterable[Any]) -> type:
    """Return what a factor's column holds, by all values that it takes: bool, int, float or str."""
    found = {type(v) for v in values}
    if found <= {bool}:
        return bool
    if found <= {int}:
        return int
    return float if found <= {int, float} else str


def runs_schema(factors: Mapping[str, type]) -> pa.Schema:
    """Return the Arrow schema of the table; `factors` gives the type of each factor: bool, int, float or str."""
    import pyarrow as pa

    of_type = {bool: pa.bool_(), int: pa.int64(), float: pa.float64(), str: pa.string()}
    types = {
        **dict.fromkeys(columns(), pa.string()),
        **dict.fromkeys(_WHOLE, pa.int64()),
        **dict.fromkeys(_NUMBER, pa.float64()),
        **{name: of_type[kind] for name, kind in factors.items()},
    }
    return pa.schema([(name, types[name]) for name in columns(factors)])


def failure(error: BaseException) -> dict[str, Any]:
    """Return the columns that say why a run failed, and outcomes that are not defined; nothing here can raise."""
    return {
        "status": FAILED,
        "error": shown(type(error).__name__),
        "message": shown(_message(error)),
        **dict.fromkeys(OUTCOME_COLUMNS, float("nan")),
        "engine": "",
    }


def shown(text: str) -> str:
    """Return the first letters of a text, its control characters made visible."""
    return printable(text[:MOST_LETTERS])[:MOST_LETTERS]


def _message(error: BaseException) -> str:
    try:
        text = error.render("en") if isinstance(error, KwamdeeError) else str(error)
        return text if isinstance(text, str) else repr(type(text))
    except Exception as worse:  # an error may fail to say itself
        return f"{type(error).__name__} that cannot be shown ({type(worse).__name__})"
