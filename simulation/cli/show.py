"""`kwamdee show`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from simulation.cli.app import app
from simulation.cli.options import JsonOption, LangOption
from simulation.cli.say import language, say, say_json, screen

if TYPE_CHECKING:
    from simulation.studies.comparison import Comparison

ResultsArgument = Annotated[str, typer.Argument(help="A folder that kwamdee compare, sweep or sensitivity wrote.")]
TableOption = Annotated[str | None, typer.Option(help="Print one table instead: effects, costs, rights and so on.")]
FailedOption = Annotated[bool, typer.Option("--failed", help="Print the runs that failed, and why.")]


@app.command()
def show(
    results: ResultsArgument,
    table: TableOption = None,
    failed: FailedOption = False,
    json_: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """Show the results of an earlier comparison or study again; nothing is run.

    Example: kwamdee show results/demo --table rights
    """
    from simulation.cli.show_study import show_study
    from simulation.reports import terminal
    from simulation.studies.comparison import Comparison
    from simulation.studies.opened import open as open_results

    spoken = language(lang)
    found = open_results(results, spoken)
    if not isinstance(found, Comparison):
        show_study(found, table, failed, json_, spoken)
    elif failed:
        _show_failed(found, spoken, json_)
    elif table is not None:
        _show_table(found, table, spoken, json_)
    elif json_:
        say_json(found.to_json())
    else:
        report = str(found.report_path) if found.report_path.is_file() else ""
        say(terminal.render(found.summary, spoken, screen(), report=report))


def _show_table(found: Comparison, name: str, lang: str, json_: bool) -> None:
    """Print one tidy table for reading, or its rows unrounded with --json; `export` writes them for other programs."""
    from simulation.core.errors import one_of
    from simulation.reports.plain_table import readable
    from simulation.studies.export import tables_of

    tables = tables_of(found)
    one_of("--table", name, sorted(tables))
    rows = tables[name]
    if json_:
        say_json({"table": name, "rows": rows.astype(object).where(rows.notna(), None).to_dict("records")})
    else:
        mark = found.mark(lang)
        say(f"{mark}\n\n{readable(rows, lang)}" if mark else readable(rows, lang))


def _show_failed(found: Comparison, lang: str, json_: bool) -> None:
    """Print arm, society, luck and message of every run that failed."""
    rows = found.summary.tables["failed"]
    if json_:
        say_json({"table": "failed", "rows": rows.to_dict("records")})
        return
    if not len(rows):
        say("ไม่มีรอบที่ล้มเหลว" if lang == "th" else "No run failed.")
        return
    lines = [tuple(rows.columns), *(tuple(map(str, r)) for r in rows.itertuples(index=False))]
    wide = [max(len(line[i]) for line in lines) for i in range(3)]
    for line in lines:
        say("  ".join(f"{text:<{w}}" for text, w in zip(line[:3], wide, strict=True)) + f"  {line[3]}")
    many = len(rows)
    say(f"\nล้มเหลว {many} รอบ" if lang == "th" else f"\n{many} {'run' if many == 1 else 'runs'} failed.")
