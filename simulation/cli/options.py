"""Arguments and options that several commands share."""

from __future__ import annotations

from typing import Annotated

import typer


def _known(lang: str | None) -> str | None:
    """Return the language of `--lang`; raises InputError for one that is not spoken."""
    if lang is not None:
        from simulation.cli.say import spoken

        spoken("--lang", lang)
    return lang


ScenarioArgument = Annotated[
    str,
    typer.Argument(metavar="SCENARIO", help="A scenario file, or the name of a shipped one, such as bangkok-waste."),
]
SetOption = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="KEY=VALUE", help="Change one value: --set run.weeks=52. May be repeated."),
]
SeedOption = Annotated[int | None, typer.Option(metavar="N", help="Root seed, a whole number from 0.")]
ReplicatesOption = Annotated[int | None, typer.Option(metavar="N", help="Simulated societies. Default: the file's.")]
JobsOption = Annotated[int | None, typer.Option(metavar="N", help="Processes. Default: all cores.")]
OutOption = Annotated[
    str | None, typer.Option(metavar="FOLDER", help="Folder for results. Default: results/NAME-DIGEST.")
]
EngineOption = Annotated[
    str,
    typer.Option(metavar="auto|numpy|numba", help="auto, numpy or numba; the results are the same to the bit."),
]
ParametersOption = Annotated[
    str,
    typer.Option(
        metavar="posterior|default|FILE",
        help="posterior (a draw per society), default (fixed; ranges then show luck alone), or a table of your own: "
        "CSV or Parquet, a row a member.",
    ),
]
StudyParametersOption = Annotated[
    str | None,
    typer.Option(
        "--parameters",
        metavar="posterior|default|FILE",
        help="posterior, default or a table of your own, CSV or Parquet. Default: the study's.",
    ),
]
QuickOption = Annotated[
    bool,
    typer.Option(
        "--quick",
        help="Look at 2,000 citizens and 6 societies, budgets in proportion: seconds, and not for decisions.",
    ),
]
QuietOption = Annotated[bool, typer.Option("--quiet", help="Print the answer and the report's path only.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")]
LangOption = Annotated[
    str | None,
    typer.Option(
        metavar="en|th",
        help="en or th. Default: KWAMDEE_LANG, else that of the locale.",
        is_eager=True,  # looked at first, for it decides in which language the rest is answered
        callback=_known,
    ),
]
YesOption = Annotated[bool, typer.Option("--yes", help="Run even if it takes more than 10 minutes.")]


def settings_of(seed: int | None, replicates: int | None, set_: list[str] | None) -> list[str]:
    """Return the overrides of `--set`, `--seed` and `--replicates`; raises InputError for a number out of range."""
    from simulation.core.errors import whole_number

    settings = list(set_ or [])
    if seed is not None:
        whole_number("--seed", seed, 0, 2**63 - 1)
        settings.append(f"run.seed={seed}")
    if replicates is not None:
        whole_number("--replicates", replicates, 1, 100_000)
        settings.append(f"run.replicates={replicates}")
    return settings
