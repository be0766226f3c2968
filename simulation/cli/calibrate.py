"""`kwamdee calibrate`."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from simulation.cli.app import app
from simulation.cli.ends import say_stopped
from simulation.cli.evidence import FIT_STOPPED, FolderArgument, check_out
from simulation.cli.options import JsonOption, LangOption
from simulation.cli.say import language, say, say_json

SeedOption = Annotated[int, typer.Option(help="Seed of the chains.")]
WarmupOption = Annotated[int, typer.Option(metavar="STEPS", help="Steps of adaptation of a chain.")]
DrawsOption = Annotated[int, typer.Option(metavar="N", help="Draws of a chain.")]
ProcessesOption = Annotated[int, typer.Option("--jobs", metavar="N", help="Processes.")]
CalibrationOption = Annotated[str, typer.Option("--out", metavar="FOLDER", help="Folder of the calibration.")]


@app.command()
def calibrate(
    folder: FolderArgument = None,
    seed: SeedOption = 1,
    warmup: WarmupOption = 400,
    draws: DrawsOption = 400,
    jobs: ProcessesOption = 2,
    out: CalibrationOption = "results/calibration",
    json_: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """Fit the law to published experiments, once with all and once without each, and write the draws.

    Example: kwamdee calibrate --out results/mine
    """
    from simulation.reports.evidence.fitted import parameter_lines
    from simulation.studies.evidence.refit import calibrate as fit

    spoken = language(lang)
    check_out(out)

    def shown(done: int, total: int, name: str) -> None:
        said = f"เสร็จ {done} จาก {total}: {name}" if spoken == "th" else f"{done} of {total} chains: {name}"
        print(said, file=sys.stderr)

    try:
        manifest = fit(folder, seed=seed, warmup=warmup, draws=draws, jobs=jobs, out=out, on_done=shown)
    except KeyboardInterrupt as asked:
        say_stopped(asked, FIT_STOPPED)
    if json_:
        say_json({key: value for key, value in manifest.items() if key != "rows"})
    else:
        say("\n".join(parameter_lines(manifest, out, spoken)))
