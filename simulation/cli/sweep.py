"""`kwamdee sweep` and `kwamdee sensitivity`."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from simulation.cli.app import app
from simulation.cli.codes import SOME_FAILED
from simulation.cli.ends import say_stopped
from simulation.cli.options import (
    EngineOption,
    JobsOption,
    JsonOption,
    LangOption,
    OutOption,
    SetOption,
    StudyParametersOption,
    YesOption,
)
from simulation.cli.say import language, note, say, say_json, screen, speaks_unicode

if TYPE_CHECKING:
    from simulation.core.params import Text
    from simulation.studies.plan.study import Study
    from simulation.studies.sweeps.driver import Standing
    from simulation.studies.sweeps.swept import Sweep

StudyArgument = Annotated[
    str, typer.Argument(metavar="STUDY", help="A study file or its folder, or the name of a shipped study.")
]
LimitOption = Annotated[int | None, typer.Option(metavar="N", help="Do the first N runs of the design alone.")]
ReplicatesOption = Annotated[
    int | None, typer.Option(metavar="N", help="Simulated societies at each point. Default: the file's.")
]
ClusterOption = Annotated[
    str | None, typer.Option(metavar="ADDRESS", help="A Dask scheduler (tcp://...), its scheduler file, or local.")
]
OnErrorOption = Annotated[
    str, typer.Option(metavar="record|stop", help="A run that fails: record it and go on, or stop there.")
]
TimeoutOption = Annotated[
    float | None, typer.Option(metavar="SECONDS", help="End a run that takes longer, and record it as failed.")
]
BatchOption = Annotated[
    int | None, typer.Option(metavar="N", help="Societies sent to a worker at once. Default: about a second of work.")
]
DryRunOption = Annotated[
    bool, typer.Option("--dry-run", help="Measure a few runs, say how long all of them take, and run nothing else.")
]
StatusOption = Annotated[bool, typer.Option("--status", help="Say how far it is; nothing is run.")]
QuietOption = Annotated[bool, typer.Option("--quiet", help="Print the answer and the report's path only.")]


@app.command()
def sweep(
    study: StudyArgument,
    jobs: JobsOption = None,
    out: OutOption = None,
    limit: LimitOption = None,
    replicates: ReplicatesOption = None,
    set_: SetOption = None,
    parameters: StudyParametersOption = None,
    cluster: ClusterOption = None,
    on_error: OnErrorOption = "record",
    run_timeout: TimeoutOption = None,
    batch: BatchOption = None,
    engine: EngineOption = "auto",
    dry_run: DryRunOption = False,
    status: StatusOption = False,
    quiet: QuietOption = False,
    json_: JsonOption = False,
    lang: LangOption = None,
    yes: YesOption = False,
) -> None:
    """Run every arm at every point of a study's design; stopped or killed, the same command goes on from there.

    Example: kwamdee sweep reward-size --jobs 2 --limit 100
    """
    ways = {
        "jobs": jobs, "out": out, "limit": limit, "replicates": replicates, "set_": list(set_ or []),
        "cluster": cluster or "", "on_error": on_error, "run_timeout": run_timeout, "batch": batch, "engine": engine,
        "yes": yes, "parameters": parameters,
    }  # fmt: skip
    _sweep(study, ways, dry_run, status, quiet, json_, lang, None)


@app.command()
def sensitivity(
    study: StudyArgument,
    method: Annotated[
        str,
        typer.Option(metavar="auto|morris|sobol|pawn|delta", help="auto takes what fits the design and the outcome."),
    ] = "auto",
    jobs: JobsOption = None,
    out: OutOption = None,
    limit: LimitOption = None,
    replicates: ReplicatesOption = None,
    set_: SetOption = None,
    parameters: StudyParametersOption = None,
    cluster: ClusterOption = None,
    on_error: OnErrorOption = "record",
    run_timeout: TimeoutOption = None,
    batch: BatchOption = None,
    engine: EngineOption = "auto",
    dry_run: DryRunOption = False,
    status: StatusOption = False,
    quiet: QuietOption = False,
    json_: JsonOption = False,
    lang: LangOption = None,
    yes: YesOption = False,
) -> None:
    """Run a study and say how much each lever and uncertainty moves each outcome; what is swept is not run again.

    Example: kwamdee sensitivity demo-uncertainty --jobs 2
    """
    ways = {
        "jobs": jobs, "out": out, "limit": limit, "replicates": replicates, "set_": list(set_ or []),
        "cluster": cluster or "", "on_error": on_error, "run_timeout": run_timeout, "batch": batch, "engine": engine,
        "yes": yes, "parameters": parameters,
    }  # fmt: skip
    _sweep(study, ways, dry_run, status, quiet, json_, lang, method)


def _sweep(
    name: str,
    ways: dict[str, Any],
    dry_run: bool,
    status: bool,
    quiet: bool,
    json_: bool,
    lang: str | None,
    method: str | None,
) -> None:
    spoken = language(lang)
    _check_out(ways["out"], dry_run or status)
    from simulation.studies.plan.read import load_study
    from simulation.studies.plan.settings import settings_of

    study = load_study(name, settings_of(ways["set_"], ways["replicates"], ways["parameters"]))
    if status:
        _say_status(study, ways, spoken, json_)
        return
    if dry_run:
        _say_dry_run(study, ways, spoken, json_)
        return
    from simulation.reports.study.progress import SweepProgress  # it all takes a second to import: what is wrong
    from simulation.studies.sweeps.sensitivity import sensitivity as run_sensitivity  # with the study was said before
    from simulation.studies.sweeps.sweep import sweep as run_sweep

    for warning in () if quiet or json_ else study.warnings:
        note(warning.get(spoken), spoken)
    shown = SweepProgress(not quiet and not json_, spoken, speaks_unicode(sys.stderr), _opening(study, spoken))
    ways |= {"lang": spoken, "progress": _Shown(shown).update, "notice": _noted(spoken, quiet or json_)}
    try:
        found = run_sweep(study, **ways) if method is None else run_sensitivity(study, method=method, **ways)
    except KeyboardInterrupt as stop:  # said here, for typer swallows it
        stop.command = _this_command()  # type: ignore[attr-defined]  # Stopped says it last
        say_stopped(stop)
    _say(found, spoken, quiet, json_, ways["limit"])
    if len(found.failed):
        raise typer.Exit(SOME_FAILED)


def _noted(lang: str, quiet: bool) -> Callable[[Text], None]:
    """Return what prints a notice beside the work."""

    def tell(text: Text) -> None:
        if not quiet:
            note(text.get(lang), lang)

    return tell


class _Shown:
    """Shows where a study stands."""

    def __init__(self, shown: Any) -> None:
        self.shown = shown

    def update(self, state: Standing) -> None:
        stage = "run" if state.stage == "start" else state.stage
        self.shown.update(state.done, state.total, state.before, state.kept, stage)


def _opening(study: Study, lang: str) -> str:
    from simulation.reports.study.words import asked, sizes

    return "\n".join([*asked(study.facts, lang), *sizes(study.facts, lang), ""])


def _say(found: Sweep, lang: str, quiet: bool, json_: bool, limit: int | None) -> None:
    """Print what was found; of a part of a study only that it is a part, and where it lies."""
    from simulation.reports.study import terminal

    report = found.report_path
    if json_:
        say_json(found.to_json())
    elif quiet:
        say(found.answer(lang))
        say(str(report))
    else:
        say(terminal.render(found.view, lang, screen(), report=str(report)))


def _check_out(out: str | None, only_looked_at: bool) -> None:
    from simulation.core.errors import InputError
    from simulation.core.places import can_be_written

    if out is not None and not out.strip():
        raise InputError(
            "--out is empty; name a folder, such as results/mine.", "--out ว่างเปล่า ให้ระบุโฟลเดอร์ เช่น results/mine"
        )
    if out is not None and not only_looked_at:
        can_be_written(Path(out))


def _this_command() -> str:
    """Return the command that is running, to be given again."""
    words = ["kwamdee", *sys.argv[1:]]
    return shlex.join(words)


def _folder(study: Study, ways: dict[str, Any]) -> Path:
    from simulation.studies.sweeps.folder import default_folder

    return Path(ways["out"]) if ways["out"] is not None else default_folder(study)


def _say_dry_run(study: Study, ways: dict[str, Any], lang: str, json_: bool) -> None:
    from simulation.reports.study.plan_words import dry_run
    from simulation.studies.sweeps.standing import expected

    e = expected(study, _folder(study, ways), ways["limit"], ways["jobs"])
    if json_:
        from dataclasses import asdict

        data = asdict(e)
        del data["facts"]
        say_json({"study": study.facts.name, "digest": study.digest, "points": study.facts.points, **data})
    else:
        say(dry_run(e, lang))


def _say_status(study: Study, ways: dict[str, Any], lang: str, json_: bool) -> None:
    from simulation.reports.study.plan_words import status
    from simulation.studies.sweeps.standing import standing

    words = [w for w in sys.argv[1:] if w not in ("--status", "--json")]
    s = standing(study, _folder(study, ways), shlex.join(["kwamdee", *words]))
    if json_:
        say_json(
            {
                "study": study.facts.name,
                "folder": s.folder,
                "done": s.done,
                "failed": len(s.failed),
                "missing": s.missing,
                "total": s.total,
                "owner": s.owner,
            }
        )
    else:
        say(status(s, lang))
