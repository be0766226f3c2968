"""The application that the commands join."""

from __future__ import annotations

from typing import Annotated

import typer

from simulation.cli.help import Application, Group
from simulation.cli.options import LangOption
from simulation.cli.say import say

app = Application(
    name="kwamdee",
    cls=Group,
    help=(
        "A wind tunnel for positive social incentives: try schemes on simulated societies before anyone is enrolled."
        "\n\nExample: kwamdee demo"
    ),
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _say_version(asked: bool) -> None:
    if asked:
        from simulation.core.version import VERSION

        say(f"kwamdee {VERSION}")
        raise typer.Exit


@app.callback()
def _whole(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version.", is_eager=True, callback=_say_version)
    ] = False,
    lang: LangOption = None,
) -> None:
    pass
