"""`kwamdee story`."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from simulation.cli.app import app
from simulation.cli.options import (
    EngineOption,
    JsonOption,
    LangOption,
    ParametersOption,
    ScenarioArgument,
    SeedOption,
    SetOption,
    settings_of,
)
from simulation.cli.say import language, say, say_json, speaks_unicode

_ASCII = str.maketrans({"−": "-", "–": "-", "×": "x"})


@app.command()
def story(
    scenario: ScenarioArgument,
    arm: Annotated[str | None, typer.Option(help="Arm. Default: the first with schemes.")] = None,
    citizen: Annotated[
        str | None,
        typer.Option(
            metavar="N", help="A citizen by number, from 1 to how many there are. Default: the one who changed most."
        ),
    ] = None,
    behaviour: Annotated[str | None, typer.Option(help="Behaviour. Default: those the arm aims at.")] = None,
    replicate: Annotated[int, typer.Option(metavar="N", help="Which simulated society, from 0.")] = 0,
    seed: SeedOption = None,
    weeks: Annotated[
        str | None, typer.Option(metavar="FIRST..LAST", help="First and last week to tell, such as 0..30.")
    ] = None,
    every: Annotated[int | None, typer.Option(metavar="N", help="Show one quiet week in so many.")] = None,
    set_: SetOption = None,
    engine: EngineOption = "auto",
    parameters: ParametersOption = "posterior",
    json_: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """Tell one citizen's story week by week, term by term, beside its twin without a scheme.

    Example: kwamdee story bangkok-waste --arm comparison --citizen 17 --weeks 0..30
    """
    from simulation.studies.story import story as tell

    spoken = language(lang)
    found = tell(
        scenario,
        citizen,
        arm,
        behaviour=behaviour,
        replicate=replicate,
        weeks=weeks,
        every=every,
        set_=settings_of(seed, None, set_),
        engine=engine,  # type: ignore[arg-type]  # any word may be typed; the study refuses a wrong one
        parameters=parameters,
        lang=spoken,
    )
    if json_:
        say_json(found.to_json())
        return
    text = found.text(spoken)
    say(text if speaks_unicode(sys.stdout) else text.translate(_ASCII))
