"""`kwamdee export`."""

from __future__ import annotations

from typing import Annotated

import typer

from simulation.cli.app import app
from simulation.cli.options import LangOption
from simulation.cli.say import language, say

ResultsArgument = Annotated[str, typer.Argument(help="A folder that kwamdee compare wrote.")]
ToOption = Annotated[str, typer.Option(help="A new folder for the tables.")]
FormatOption = Annotated[str, typer.Option("--format", help="csv or parquet.")]


@app.command()
def export(results: ResultsArgument, to: ToOption = "", format_: FormatOption = "csv", lang: LangOption = None) -> None:
    """Write the tables of a comparison to a folder, for a spreadsheet or another program.

    Example: kwamdee export results/demo --to tables --format csv
    """
    from simulation.core.errors import InputError, one_of
    from simulation.studies.export import export_results
    from simulation.studies.opened import open as open_results

    spoken = language(lang)
    one_of("--format", format_, ("csv", "parquet"))
    if not to.strip():
        raise InputError(
            "Name the folder that the tables go to, such as --to tables.",
            "ให้ระบุโฟลเดอร์สำหรับตาราง เช่น --to tables",
        )
    folder = export_results(open_results(results, spoken), to, format_)  # type: ignore[arg-type]  # checked above
    names = sorted(p.name for p in folder.iterdir())
    say("\n".join(str(folder / name) for name in names))
