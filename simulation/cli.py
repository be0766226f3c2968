"""The kwamdee command: compare, demo, validate, schemes. Results on stdout, progress and errors on stderr."""

from __future__ import annotations

import json
import os
import signal
import sys
from itertools import pairwise
from typing import Annotated, Any, NoReturn

import typer

DONE, OURS, BAD_INPUT, SOME_FAILED, STORAGE, IN_USE = 0, 1, 2, 3, 4, 5
INTERRUPTED = 130
DEMO = "bangkok-waste"

app = typer.Typer(
    name="kwamdee",
    help="A wind tunnel for positive social incentives: try schemes on simulated societies before anyone is enrolled.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

ScenarioArgument = Annotated[
    str, typer.Argument(help="A scenario file, or the name of a shipped one, such as bangkok-waste.")
]
SetOption = Annotated[
    list[str] | None,
    typer.Option("--set", help="Change one value: --set run.weeks=52. May be repeated."),
]
SeedOption = Annotated[int | None, typer.Option(help="Root seed, a whole number from 0.")]
ReplicatesOption = Annotated[int | None, typer.Option(help="Simulated societies. Default: the file's.")]
JobsOption = Annotated[int | None, typer.Option(help="Processes. Default: all cores.")]
OutOption = Annotated[str | None, typer.Option(help="Folder for results. Default: results/NAME-DIGEST.")]
EngineOption = Annotated[str, typer.Option(help="auto, numpy or numba; the results are the same to the bit.")]
ParametersOption = Annotated[
    str, typer.Option(help="ensemble (a draw per society) or default (fixed; ranges then show luck alone).")
]
QuietOption = Annotated[bool, typer.Option("--quiet", help="Print the answer and the report's path only.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")]
LangOption = Annotated[str, typer.Option(help="en or th.")]


def _say_version(asked: bool) -> None:
    if asked:
        from simulation.core.version import VERSION

        _say(f"kwamdee {VERSION}")
        raise typer.Exit


@app.callback()
def _whole(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version.", is_eager=True, callback=_say_version)
    ] = False,
) -> None:
    pass


@app.command()
def compare(
    scenario: ScenarioArgument,
    seed: SeedOption = None,
    replicates: ReplicatesOption = None,
    jobs: JobsOption = None,
    out: OutOption = None,
    engine: EngineOption = "auto",
    set_: SetOption = None,
    parameters: ParametersOption = "ensemble",
    quiet: QuietOption = False,
    json_: JsonOption = False,
    lang: LangOption = "en",
    yes: Annotated[bool, typer.Option("--yes", help="Run even if it takes more than 10 minutes.")] = False,
) -> None:
    """Compare the schemes of a scenario with the same society without them.

    Example: kwamdee compare bangkok-waste --replicates 20 --set arms.fee_discount.schemes.fee.baht_per_month=60
    """
    settings = _settings(seed, replicates, set_)
    _compare(scenario, settings, jobs, out, engine, parameters, quiet, json_, lang, yes)


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
    lang: LangOption = "en",
) -> None:
    """Show what Kwamdee does: the Bangkok waste comparison, in under a minute.

    Example: kwamdee demo --lang th
    """
    settings = _settings(seed, replicates, set_)
    folder = out if out is not None else "results/demo"
    _compare(DEMO, settings, jobs, folder, engine, "ensemble", quiet, json_, lang, True, demo=True, replace=out is None)


@app.command()
def validate(
    scenario: ScenarioArgument,
    set_: SetOption = None,
    json_: JsonOption = False,
    lang: LangOption = "en",
) -> None:
    """Check a scenario file and name every mistake at once; nothing is run.

    Example: kwamdee validate my-scheme.toml
    """
    from simulation.core.errors import ScenarioError
    from simulation.scenario.load import load

    language = _language(lang)
    try:
        found = load(scenario, set_ or ())
    except ScenarioError as error:
        if json_:
            _say_json([vars(p) for p in error.problems])
        else:
            typer.echo(error.render(language), err=True)
        raise typer.Exit(BAD_INPUT) from None
    if json_:
        _say_json([])
        return
    from simulation.core.errors import InputError
    from simulation.reports.terminal import valid_lines
    from simulation.studies.estimate import affordable, cores, estimate

    took = estimate(found, cores())
    _say(valid_lines(scenario, found, took.runs, took.seconds, language))
    try:
        affordable(found, cores(), yes=False)
    except InputError as error:
        _say(f"Note     {error}")


@app.command()
def schemes(json_: JsonOption = False, lang: LangOption = "en") -> None:
    """List the kinds of scheme that are installed, and what each does.

    Example: kwamdee schemes --lang th
    """
    from simulation.incentives.catalogue import scheme_classes

    language = _language(lang)
    rows = [
        {
            "kind": kind,
            "level": cls.level,
            "label": cls.label.get(language),
            "what": cls.what.get(language),
        }
        for kind, cls in sorted(scheme_classes().items())
    ]
    if json_:
        _say_json(rows)
        return
    from simulation.reports.texts import TEXTS

    for row in rows:
        _say(f"{row['kind']:<18}{TEXTS[language][row['level']]:<14}{row['label']}\n    {row['what']}")


def main() -> None:
    """Run the command; every error that a user can act on is one clear message and exit code 2."""
    from simulation.core.errors import FolderInUse, InputError, KwamdeeError, ScenarioError, StorageError, Terminated

    try:
        code = app(standalone_mode=False, prog_name="kwamdee")
        sys.exit(code if isinstance(code, int) else DONE)
    except typer.Exit as stop:
        sys.exit(stop.exit_code)
    except (KeyboardInterrupt, typer.Abort, Terminated) as stop:
        _say_stopped(stop)
    except ScenarioError as error:
        _stop(error.render(_language_from_argv()), BAD_INPUT)
    except InputError as error:
        _stop(str(error), BAD_INPUT)
    except FolderInUse as error:
        _stop(str(error), IN_USE)
    except StorageError as error:
        _stop(str(error), STORAGE)
    except KwamdeeError as error:
        _stop(str(error), OURS)
    except OSError as error:
        _stop(f"Storage gave out: {error}", STORAGE)
    except Exception as error:  # a usage error of the command line, or a bug of ours
        _unexpected(error)


def _compare(
    scenario: str,
    settings: list[str],
    jobs: int | None,
    out: str | None,
    engine: str,
    parameters: str,
    quiet: bool,
    json_: bool,
    lang: str,
    yes: bool,
    demo: bool = False,
    replace: bool = False,
) -> None:
    from simulation.core.errors import InputError, one_of, whole_number
    from simulation.reports import terminal
    from simulation.reports.progress import ProgressShown
    from simulation.studies.compare import compare as run_comparison

    language = _language(lang)
    if out is not None and not out.strip():
        raise InputError("--out is empty; name a folder, such as results/mine.")
    one_of("--engine", engine, ("auto", "numpy", "numba"))
    one_of("--parameters", parameters, ("ensemble", "default"))
    if jobs is not None:
        whole_number("--jobs", jobs, 1, 1024)
    show = not quiet and not json_
    opening = terminal.demo_opening(language) if demo else ""
    try:
        result = run_comparison(
            scenario,
            set_=settings,
            jobs=jobs,
            out=out,
            engine=engine,  # type: ignore[arg-type]
            parameters=parameters,  # type: ignore[arg-type]
            lang=language,
            yes=yes,
            replace=replace,
            progress=ProgressShown(show, language, _speaks_unicode(sys.stderr), opening).update,
        )
    except KeyboardInterrupt as stop:  # said here, for typer swallows it
        _say_stopped(stop)
    if json_:
        _say_json(result.to_json())
    elif quiet:
        _say(result.answer(language))
        _say(str(result.report_path))
    else:
        tty = sys.stdout.isatty()
        screen = terminal.Screen(
            width=_width() if tty else 120,
            piped=not tty,
            unicode=_speaks_unicode(sys.stdout),
            colour=tty and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb",
        )
        shown = terminal.render(result.summary, language, screen, report=str(result.report_path), demo=demo)
        _say(shown)
    if result.failed:
        raise typer.Exit(SOME_FAILED)


def _settings(seed: int | None, replicates: int | None, set_: list[str] | None) -> list[str]:
    from simulation.core.errors import whole_number

    settings = list(set_ or [])
    if seed is not None:
        whole_number("--seed", seed, 0, 2**63 - 1)
        settings.append(f"run.seed={seed}")
    if replicates is not None:
        whole_number("--replicates", replicates, 1, 100_000)
        settings.append(f"run.replicates={replicates}")
    return settings


def _language(lang: str) -> str:
    from simulation.core.errors import one_of

    one_of("--lang", lang, ("en", "th"))
    if lang == "th" and not _speaks_unicode(sys.stdout):
        print("Note     Thai needs UTF-8: set PYTHONUTF8=1 and try again.", file=sys.stderr)
        return "en"
    return lang


def _say(text: str) -> None:
    """Print a result; what the output cannot write is shown as a question mark, never as an error after the work."""
    encoding = sys.stdout.encoding or "utf-8"
    print(text.encode(encoding, "replace").decode(encoding))


def _say_json(data: Any) -> None:
    print(json.dumps(data, ensure_ascii=not _speaks_unicode(sys.stdout), allow_nan=False))


def _language_from_argv() -> str:
    """Return the language asked for, before the command line is understood; English where Thai cannot be written."""
    words = " ".join(sys.argv[1:]).replace("--lang=", "--lang ").split()
    asked = "th" in [b for a, b in pairwise(words) if a == "--lang"]
    return "th" if asked and _speaks_unicode(sys.stderr) else "en"


def _width() -> int:
    import shutil

    return shutil.get_terminal_size((80, 24)).columns


def _speaks_unicode(stream: Any) -> bool:
    return (stream.encoding or "").lower().replace("-", "") in ("utf8", "utf8sig")


def _say_stopped(stop: BaseException) -> NoReturn:
    from simulation.core.errors import Stopped
    from simulation.reports.progress import stopped

    for name in ("SIGINT", "SIGTERM", "SIGHUP"):  # Python takes its handlers down before it ends
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    if isinstance(stop, Stopped):
        _stop(stopped(stop.kept, stop.total, stop.folder, _language_from_argv()), stop.code)
    nothing = "หยุดแล้ว ยังไม่ได้เริ่มจำลอง" if _language_from_argv() == "th" else "Stopped. Nothing was run yet."
    _stop(f"\n{nothing}", getattr(stop, "code", INTERRUPTED))


def _stop(message: str, code: int) -> NoReturn:
    print(message, file=sys.stderr)
    sys.exit(code)


def _unexpected(error: Exception) -> None:
    if getattr(error, "format_message", None) is not None:  # the command line itself was misspelt
        _stop(_misspelt(error), BAD_INPUT)
    if os.environ.get("KWAMDEE_DEBUG"):
        raise error
    _stop(
        f"This is a mistake of Kwamdee's, not yours: {type(error).__name__}: {error}\n"
        "Set KWAMDEE_DEBUG=1 for the details and send them to the developers.",
        OURS,
    )


_WHOLE = {"--replicates": "1 to 100,000", "--seed": "0 to 9,223,372,036,854,775,807", "--jobs": "1 to 1,024"}


def _misspelt(error: Any) -> str:
    """Say what is wrong with the command line, what was received and what is right."""
    context = getattr(error, "ctx", None)
    path = getattr(context, "command_path", "kwamdee")
    option = next((o for o in _WHOLE if f"'{o}'" in error.format_message()), None)
    if option is not None and "Invalid value" in error.format_message():
        words = " ".join(sys.argv[1:]).replace(f"{option}=", f"{option} ").split(" ")
        given = words[words.index(option) + 1] if option in words[:-1] else ""
        return f'{option} is "{given}"; it is a whole number from {_WHOLE[option]}, written in digits alone.'
    said = error.format_message().strip()
    if said.startswith("Usage:"):
        return str(said)
    said = said if said.endswith((".", "?", ")")) else f"{said}."
    return f"{said}\nSee: {path} --help"
