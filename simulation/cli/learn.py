"""`kwamdee learn`."""

from __future__ import annotations

from typing import Annotated

import typer

from simulation.cli.app import app
from simulation.cli.options import JsonOption, LangOption, ScenarioArgument, SetOption
from simulation.cli.say import language, say, say_json, screen

ObservedOption = Annotated[
    str,
    typer.Option(
        metavar="FILE",
        help="The pilot's table, CSV or Parquet: a row an arm and week, with arm, week, acts, opportunities, people.",
    ),
]
TableOption = Annotated[
    str, typer.Option(metavar="FILE", help="The table of parameters to write, Parquet. Default: learned.parquet.")
]
OverOption = Annotated[
    str | None,
    typer.Option(
        metavar="eligible|enrolled",
        help="Whose acts are counted. Default: enrolled where the table has such a column, else eligible.",
    ),
]
DesignOption = Annotated[
    float, typer.Option(metavar="X", help="Design effect: how much people drawn in clusters widen a variance, from 1.")
]


@app.command()
def learn(
    scenario: ScenarioArgument,
    observed: ObservedOption,
    out: TableOption = "learned.parquet",
    over: OverOption = None,
    design_effect: DesignOption = 1.0,
    set_: SetOption = None,
    json_: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """Learn from a pilot what people respond to here, and write parameters for the arms that were not tried.

    Example: kwamdee learn bangkok-waste --observed pilot.csv
    """
    from simulation.reports.evidence import learned
    from simulation.studies.evidence.learn import learn as learn_from

    spoken = language(lang)
    found = learn_from(scenario, observed, out=out, over=over, design_effect=design_effect, set_=set_ or ())
    if json_:
        say_json(found.to_json())
    else:
        say(learned.render(found, spoken, screen()))
