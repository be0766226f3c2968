"""`kwamdee verify`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simulation.cli.app import app
from simulation.cli.codes import BAD_INPUT
from simulation.cli.options import JsonOption, LangOption
from simulation.cli.say import language, say, say_json

if TYPE_CHECKING:
    from simulation.results.fragments.checking import Checked

FolderArgument = Annotated[str, typer.Argument(help="A folder that kwamdee sweep or kwamdee sensitivity wrote.")]


@app.command()
def verify(folder: FolderArgument, json_: JsonOption = False, lang: LangOption = None) -> None:
    """Check a study's folder byte by byte, wherever it lies, and name what is damaged, missing or not its own.

    Example: kwamdee verify results/reward
    """
    from simulation.results.fragments.checking import verify as verified

    spoken = language(lang)
    found = verified(Path(folder))
    if json_:
        say_json(_plain(found))
    else:
        say("\n".join([*(f.render(spoken) for f in found.findings), _in_all(found, spoken)]))
    if not found.whole:
        raise typer.Exit(BAD_INPUT)


def _in_all(found: Checked, lang: str) -> str:
    """Say whether the study is whole, and how much was looked at."""
    if lang == "th":
        verdict = "ครบถ้วน" if found.whole else "ไม่ครบถ้วน"
        return (
            f"{verdict}: มีครบ {found.kept:,} จาก {found.tasks:,} งาน รวม {found.runs:,} รอบ "
            f"ตรวจทุกไบต์ของชิ้นข้อมูล {found.fragments:,} ชิ้น"
        )
    verdict = "Whole" if found.whole else "Not whole"
    return (
        f"{verdict}: {found.kept:,} of {found.tasks:,} tasks kept, {found.runs:,} runs; "
        f"every byte of {found.fragments:,} fragments was looked at."
    )


def _plain(found: Checked) -> dict[str, object]:
    findings = [{"file": f.file, "en": f.text_en, "th": f.text_th, "grave": f.grave} for f in found.findings]
    return {
        "whole": found.whole,
        "tasks": found.tasks,
        "kept": found.kept,
        "runs": found.runs,
        "fragments": found.fragments,
        "findings": findings,
    }
