"""What `kwamdee show` prints of a study's folder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulation.cli.say import say, say_json, screen

if TYPE_CHECKING:
    import pandas as pd

    from simulation.studies.sweeps.swept import Sweep

TABLES = ("points", "runs", "failed", "tornado", "ranking", "best", "worst", "indices")


def show_study(found: Sweep, table: str | None, failed: bool, json_: bool, lang: str) -> None:
    """Print what is there, what failed and what is missing, and what it says; or one table of it."""
    from simulation.reports.study import terminal

    if failed or table is not None:
        _show_table(found, "failed" if failed else str(table), lang, json_)
    elif json_:
        say_json(found.to_json())
    else:
        report = found.folder / "report.html"
        say(terminal.render(found.view, lang, screen(), report=str(report) if report.is_file() else ""))


def _show_table(found: Sweep, name: str, lang: str, json_: bool) -> None:
    from simulation.core.errors import one_of
    from simulation.reports.study.plain import readable_table

    one_of("--table", name, TABLES)
    rows = _table(found, name)
    if json_:
        say_json({"table": name, "rows": rows.astype(object).where(rows.notna(), None).to_dict("records")})
    elif not len(rows):
        say("ไม่มีแถว" if lang == "th" else "No rows.")
    else:
        say(readable_table(name, rows, found.facts, lang))


def _table(found: Sweep, name: str) -> pd.DataFrame:
    from simulation.studies.sweeps.sensitivity import of_sweep

    if name == "indices":
        return of_sweep(found).indices
    rows: Any = getattr(found, name)
    table: pd.DataFrame = rows() if callable(rows) else rows
    return table
