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
WithoutOption = Annotated[
    str | None,
    typer.Option(metavar="TERM", help="Fit anew without a term of the law and say whether it earns its place."),
]

_STOPPED = ("Stopped. No report card was written.", "หยุดแล้ว ยังไม่ได้เขียนผลประเมินแบบจำลอง")

FIT_STOPPED = (
    "Stopped. Chains that are done are kept; the same command goes on from there.",
    "หยุดแล้ว ผลที่เสร็จแล้วเก็บไว้ สั่งคำสั่งเดิมเพื่อทำต่อ",
)


@app.command()
def evidence(
    folder: FolderArgument = None,
    study: StudyOption = None,
    jobs: JobsOption = None,
    out: OutOption = None,
    without: WithoutOption = None,
    json_: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """Predict published experiments and print the report card: each arm, and the error next to simple rules.

    Example: kwamdee evidence --study thornton_2008
    """
    from simulation.core.errors import whole_number
    from simulation.reports.evidence import terminal
    from simulation.reports.evidence.progress import ReplayShown
    from simulation.studies.evidence.suite import evidence as make_evidence

    spoken = language(lang)
    check_out(out)
    if jobs is not None:
        whole_number("--jobs", jobs, 1, 1024)
    if without is not None:
        _check_alone(study, out)
        _without(without, folder, jobs, json_, spoken)
        return
    shown = ReplayShown(not json_, spoken, speaks_unicode(sys.stderr))
    try:
        found = make_evidence(folder, study=study or (), jobs=jobs, out=out, lang=spoken, progress=shown.update)
    except KeyboardInterrupt as asked:  # said here, for typer swallows it
        say_stopped(asked, _STOPPED)
    if json_:
        say_json(found.to_json())
    else:
        say(terminal.render(found.card, spoken, screen(), report=str(found.report_path)))


def check_out(out: str | None) -> None:
    """Raise InputError where --out is given and names nothing."""
    from simulation.core.errors import InputError

    if out is not None and not out.strip():
        raise InputError(
            "--out is empty; name a folder, such as results/mine.", "--out ว่างเปล่า ให้ระบุโฟลเดอร์ เช่น results/mine"
        )


def _check_alone(study: list[str] | None, out: str | None) -> None:
    """Raise InputError for an option that says nothing beside --without."""
    from simulation.core.errors import InputError

    for name, given in (("--study", study), ("--out", out)):
        if given:
            raise InputError(
                f"{name} does not go with --without, which fits all studies that calibrate and writes no report card. "
                "Take it out.",
                f"{name} ใช้กับ --without ไม่ได้ เพราะเป็นการปรับเทียบกับงานวิจัยทั้งหมดและไม่เขียนผลประเมิน ให้นำออก",
            )


def _without(term: str, folder: str | None, jobs: int | None, json_: bool, lang: str) -> None:
    """Fit with and without a term, and say what that does."""
    from simulation.reports.evidence.fitted import ablation_lines
    from simulation.studies.evidence.refit import without

    def shown(name: str) -> None:
        print(name, file=sys.stderr)

    try:
        found = without(term, folder, jobs=jobs or 2, on_done=shown)
    except KeyboardInterrupt as asked:
        say_stopped(asked, FIT_STOPPED)
    if json_:
        say_json(found.to_json())
    else:
        say("\n".join(ablation_lines(found, lang)))
