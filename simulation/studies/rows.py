"""The rows of a study: their columns in order, what a factor's column holds, and the row of a run that failed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from simulation.core.errors import KwamdeeError, printable
from simulation.results.study_columns import CIRCUMSTANCES, OUTCOMES, STATUS, WHO

OK, FAILED = "ok", "failed"
MOST_LETTERS = 2000
"""Letters of a message that are kept."""


def columns(factors: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the columns of the table in their order; `factors` are the names of what the study varies."""
    return (*WHO, *factors, *STATUS, *OUTCOMES, *CIRCUMSTANCES)


def type_of_factor(values: Iterable[Any]) -> type:
    """Return what a factor's column holds, by all values that it takes: bool, int, float or str."""
    found = {type(v) for v in values}
    if found <= {bool}:
        return bool
    if found <= {int}:
        return int
    return float if found <= {int, float} else str


def failure(error: BaseException) -> dict[str, Any]:
    """Return the columns that say why a run failed, and outcomes that are not defined; nothing here can raise."""
    return {
        "status": FAILED,
        "error": shown(type(error).__name__),
        "message": shown(_message(error)),
        **dict.fromkeys(OUTCOMES, float("nan")),
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
