"""`kwamdee compare` and `kwamdee demo`."""

from __future__ import annotations

import sys

import typer

from simulation.cli.app import app
from simulation.cli.ends import SOME_FAILED, say_stopped
from simulation.cli.options import (
    EngineOption,
    JobsOption,
    JsonOption,
    LangOption,
    OutOption,
    ParametersOption,
    QuickOption,
    QuietOption,
    ReplicatesOption,
    ScenarioArgument,
    SeedOption,
    SetOption,
    YesOption,
    settings_of,
)
from simulation.cli.say import language, say, say_json, screen, speaks_unicode

DEMO = "bangkok-waste"


@app.command()
def compare(
    scenario: ScenarioArgument,
    seed: SeedOption = None,
    replicates: ReplicatesOption = None,
    jobs: JobsOption = None,
    out: OutOption = None,
    engine: EngineOption = "auto",
    set_: SetOption = None,
    parameters: ParametersOption = "posterior",
    quick: QuickOption = False,
    quiet: QuietOption = False,
    json_: JsonOption = False,
    lang: LangOption = None,
    yes: YesOption = False,
) -> None:
    """Compare the schemes of a scenario with the same society without them.

    Example: kwamdee compare bangkok-waste --replicates 20 --set arms.fee_discount.schemes.fee.baht_per_month=60
    """
    settings = settings_of(seed, replicates, set_)
    _compare(scenario, settings, jobs, out, engine, parameters, quiet, json_, lang, yes, quick=quick)


@app.command()
def demo(
    seed: SeedOption = None,
    replicates: ReplicatesOption = None,
    jobs: JobsOption = None,
    out: OutOption = None,
    engine: EngineOption = "auto",
    set_: SetOption = None,
    quiet: QuietOption = False,
    json_: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """Show what Kwamdee does: the Bangkok waste comparison, in under a minute.

    Example: kwamdee demo --lang th
    """
    settings = settings_of(seed, replicates, set_)
    folder = out if out is not None else "results/demo"
    source, replace = "posterior", out is None
    _compare(DEMO, settings, jobs, folder, engine, source, quiet, json_, lang, True, demo=True, replace=replace)


def _compare(
    scenario: str,
    settings: list[str],
    jobs: int | None,
    out: str | None,
    engine: str,
    parameters: str,
    quiet: bool,
    json_: bool,
    lang: str | None,
    yes: bool,
    demo: bool = False,
    replace: bool = False,
    quick: bool = False,
) -> None:
    from simulation.core.errors import InputError, one_of, whole_number
    from simulation.reports import terminal
    from simulation.reports.progress import ProgressShown
    from simulation.studies.compare import compare as run_comparison

    spoken = language(lang)
    if out is not None and not out.strip():
        raise InputError(
            "--out is empty; name a folder, such as results/mine.", "--out ว่างเปล่า ให้ระบุโฟลเดอร์ เช่น results/mine"
        )
    one_of("--engine", engine, ("auto", "numpy", "numba"))
    if jobs is not None:
        whole_number("--jobs", jobs, 1, 1024)
    show = not quiet and not json_
    opening = terminal.demo_opening(spoken) if demo else ""
    try:
        result = run_comparison(
            scenario,
            set_=settings,
            jobs=jobs,
            out=out,
            engine=engine,  # type: ignore[arg-type]
            parameters=parameters,
            lang=spoken,
            yes=yes,
            replace=replace,
            quick=quick,
            progress=ProgressShown(show, spoken, speaks_unicode(sys.stderr), opening).update,
        )
    except KeyboardInterrupt as stop:  # said here, for typer swallows it
        say_stopped(stop)
    result.report()  # of a quick look it is written now
    if json_:
        say_json(result.to_json())
    elif quiet:
        if result.mark(spoken):
            say(result.mark(spoken))
        say(result.answer(spoken))
        say(str(result.report_path))
    else:
        shown = terminal.render(result.summary, spoken, screen(), report=str(result.report_path), demo=demo)
        say(shown)
    if result.failed:
        raise typer.Exit(SOME_FAILED)
