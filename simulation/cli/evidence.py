"""`kwamdee evidence`."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from simulation.cli.app import app
from simulation.cli.ends import say_stopped
from simulation.cli.options import JobsOption, JsonOption, LangOption
from simulation.cli.say import language, say, say_json, screen, speaks_unicode

FolderArgument = Annotated[
    str | None,
    typer.Argument(metavar="FOLDER", help="A folder of studies, one TOML file each. Default: the shipped ones."),
]
StudyOption = Annotated[
    list[str] | None, typer.Option("--study", metavar="ID", help="Score this study alone. May be repeated.")
]
OutOption = Annotated[
    str | None, typer.Option(metavar="FOLDER", help="Folder for the report card. Default: results/evidence.")
]

_STOPPED = ("Stopped. No report card was written.", "หยุดแล้ว ยังไม่ได้เขียนผลประเมินแบบจำลอง")


@app.command()
def evidence(
    folder: FolderArgument = None,
    study: StudyOption = None,
    jobs: JobsOption = None,
    out: OutOption = None,
    json_: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """Predict published experiments and print the report card: each arm, and the error next to simple rules.

    Example: kwamdee evidence --study thornton_2008
    """
    from simulation.core.errors import InputError, whole_number
    from simulation.reports.evidence import terminal
    from simulation.reports.evidence.progress import ReplayShown
    from simulation.studies.evidence.suite import evidence as make_evidence

    spoken = language(lang)
    if out is not None and not out.strip():
        raise InputError(
            "--out is empty; name a folder, such as results/mine.", "--out ว่างเปล่า ให้ระบุโฟลเดอร์ เช่น results/mine"
        )
    if jobs is not None:
        whole_number("--jobs", jobs, 1, 1024)
    shown = ReplayShown(not json_, spoken, speaks_unicode(sys.stderr))
    try:
        found = make_evidence(folder, study=study or (), jobs=jobs, out=out, lang=spoken, progress=shown.update)
    except KeyboardInterrupt as asked:  # said here, for typer swallows it
        say_stopped(asked, _STOPPED)
    if json_:
        say_json(found.to_json())
    else:
        say(terminal.render(found.card, spoken, screen(), report=str(found.report_path)))
