"""`kwamdee schema`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from simulation.cli.app import app
from simulation.cli.options import LangOption
from simulation.cli.say import language, note, say, speaks_unicode


@app.command()
def schema(
    out: Annotated[
        str | None, typer.Option(metavar="FILE", help="Write it to this file, kwamdee.schema.json say.")
    ] = None,
    study: Annotated[bool, typer.Option("--study", help="The format of study files instead.")] = False,
    lang: LangOption = None,
) -> None:
    """Print the scenario format as JSON Schema, for editors that complete and check.

    Example: kwamdee schema --out kwamdee.schema.json --lang th

    Example: kwamdee schema --study --out kwamdee-study.schema.json
    """
    from simulation.incentives.catalogue import left_out
    from simulation.scenario.schema import scenario_schema
    from simulation.studies.plan.schema import study_schema

    spoken = language(lang)
    place = _place(out) if out is not None else None
    text = json.dumps(
        study_schema(spoken) if study else scenario_schema(spoken),
        ensure_ascii=place is None and not speaks_unicode(sys.stdout),
        indent=2,
        allow_nan=False,
    )
    for error in left_out():
        note(error.render(spoken), spoken)
    if place is None:
        say(text)
        return
    from simulation.results.store import write_text

    write_text(place, text + "\n")
    say(_written(str(place), study, spoken))


def _place(out: str) -> Path:
    """Return the file to write; raises InputError where something else would be lost."""
    from simulation.cli.target import new_file

    place = new_file("--out", out, ".json", force=True)
    if place.is_file() and '"x-kwamdee"' not in place.read_text("utf-8", errors="replace"):
        from simulation.core.errors import InputError

        raise InputError(
            f"{out} is there already and is no schema of Kwamdee's. Name another file.",
            f"มีไฟล์ {out} อยู่แล้ว และไม่ใช่สคีมาของ Kwamdee ให้ใช้ชื่ออื่น",
        )
    return place


def _written(name: str, study: bool, lang: str) -> str:
    first = f"#:schema {Path(name).name}"
    if lang == "th":
        of = "การศึกษา" if study else "สถานการณ์"
        return f"เขียน {name} แล้ว\nใช้กับไฟล์{of}ในโฟลเดอร์เดียวกัน โดยให้บรรทัดแรกเป็น {first}"
    of = "studies" if study else "scenarios"
    return f"{name} is written.\nUse it for {of} of the same folder: their first line is {first}"
