"""`kwamdee export`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from simulation.cli.app import app
from simulation.cli.options import LangOption, SetOption
from simulation.cli.say import language, say

WhatArgument = Annotated[
    str, typer.Argument(help="A folder that kwamdee compare wrote, or a scenario: then the world of a society.")
]
ToOption = Annotated[str, typer.Option(help="A new folder for what is written.")]
FormatOption = Annotated[str, typer.Option("--format", help="csv or parquet; graphml for a world.")]
ReplicateOption = Annotated[int, typer.Option(help="Which simulated society's world, from 0.")]


@app.command()
def export(
    what: WhatArgument,
    to: ToOption = "",
    format_: FormatOption = "csv",
    replicate: ReplicateOption = 0,
    set_: SetOption = None,
    lang: LangOption = None,
) -> None:
    """Write the tables of a comparison, or the people and ties of a world, for a spreadsheet or another program.

    Example: kwamdee export bangkok-waste --to world --format graphml --set world.citizens=500
    """
    from simulation.core.errors import InputError, one_of
    from simulation.scenario.load import load
    from simulation.studies.export import export_results, export_world
    from simulation.studies.opened import open as open_results

    spoken = language(lang)
    one_of("--format", format_, ("csv", "parquet", "graphml"))
    if not to.strip():
        raise InputError(
            "Name the folder that is to be written, such as --to tables.",
            "ให้ระบุโฟลเดอร์ที่จะเขียน เช่น --to tables",
        )
    if not Path(what).is_dir():
        folder = export_world(load(what, set_ or ()), to, format_, replicate)  # type: ignore[arg-type]  # checked above
    elif format_ == "graphml":
        raise InputError(
            f"{what} holds results, which are tables; a graph is of a world. Name the scenario instead.",
            f"{what} เก็บผลซึ่งเป็นตาราง ส่วนกราฟเป็นของโลกจำลอง ให้ระบุสถานการณ์แทน",
        )
    else:
        folder = export_results(open_results(what, spoken), to, format_)  # type: ignore[arg-type]  # checked above
    say("\n".join(str(folder / name) for name in sorted(p.name for p in folder.iterdir())))
