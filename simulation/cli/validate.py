"""`kwamdee validate`."""

from __future__ import annotations

import typer

from simulation.cli.app import app
from simulation.cli.ends import BAD_INPUT
from simulation.cli.options import JsonOption, LangOption, ScenarioArgument, SetOption
from simulation.cli.say import language, say, say_json
from simulation.cli.validate_study import validate_study

_NOTE = {"en": "Note     ", "th": "หมายเหตุ  "}


@app.command()
def validate(
    scenario: ScenarioArgument,
    set_: SetOption = None,
    json_: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """Check a scenario or study file and name every mistake at once; nothing is run.

    Example: kwamdee validate my-scheme.toml
    """
    from simulation.core.errors import SHOWN_AT_ONCE, ScenarioError
    from simulation.scenario.load import load
    from simulation.studies.plan.recognise import is_study

    spoken = language(lang)
    if is_study(scenario):
        validate_study(scenario, set_ or [], json_, spoken)
        return
    try:
        found = load(scenario, set_ or ())
    except ScenarioError as error:
        if json_:
            problems = [vars(p) for p in error.problems[:SHOWN_AT_ONCE]]
            say_json({"valid": False, "mistakes": error.total, "problems": problems, "notices": [], "warnings": []})
        else:
            typer.echo(error.render(spoken), err=True)
        raise typer.Exit(BAD_INPUT) from None
    if json_:
        notices = [{"en": en, "th": th} for en, th in found.notices]
        warnings = [{"rule": c.rule, "key": c.key, **c.text.model_dump()} for c in found.warnings]
        say_json({"valid": True, "mistakes": 0, "problems": [], "notices": notices, "warnings": warnings})
        return
    from simulation.core.errors import InputError
    from simulation.reports.cautions import HEAD, caution_lines
    from simulation.reports.terminal import valid_lines
    from simulation.studies.compiled import FIRST_TIME, to_compile
    from simulation.studies.estimate import affordable, cores, estimate

    took = estimate(found, cores())
    say(valid_lines(scenario, found, took.runs, took.seconds, spoken))
    if to_compile(found):
        say(FIRST_TIME[spoken])
    if len(found.files) > 1:
        say(_extends(tuple(name for name, _ in found.files), spoken))
    for notice in found.notices:
        say(f"{_NOTE[spoken]}{notice[spoken == 'th']}")
    for line in caution_lines([(c.rule, c.key, c.text) for c in found.warnings], spoken):
        say(f"{HEAD[spoken]}{line}")
    try:
        affordable(found, cores(), yes=False)
    except InputError as error:
        say(f"{_NOTE[spoken]}{error.render(spoken)}")


def _extends(names: tuple[str, ...], lang: str) -> str:
    """Say which files a variant is laid over, the nearest first."""
    return f"ต่อยอดจาก {' แล้ว '.join(names[1:])}" if lang == "th" else f"It extends {', then '.join(names[1:])}."
