"""`kwamdee schemes`."""

from __future__ import annotations

from typing import Annotated

import typer

from simulation.cli.app import app
from simulation.cli.options import JsonOption, LangOption
from simulation.cli.say import language, note, say, say_json


@app.command()
def schemes(
    kind: Annotated[
        str | None, typer.Argument(metavar="KIND", help="A kind: its page, with parameters, literature and an example.")
    ] = None,
    json_: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """List the kinds of scheme that are installed with their parameters, or show the page of one.

    Example: kwamdee schemes fee_discount --lang th
    """
    from simulation.incentives.catalogue import left_out, scheme_classes
    from simulation.scenario.scheme_page import as_json, page
    from simulation.scenario.schemes import class_of

    spoken = language(lang)
    for error in left_out():
        note(error.render(spoken), spoken)
    if kind is not None:
        cls = class_of(kind)
        if json_:
            say_json(as_json(cls))
        else:
            say(page(cls, spoken))
        return
    classes = scheme_classes()
    if json_:
        say_json([as_json(cls) for cls in classes.values()])
        return
    for level in ("individual", "organisation", "area"):
        if any(cls.level == level for cls in classes.values()):
            say("\n".join([*_of_level(level, spoken), ""]))
    say(_MORE[spoken])


def _of_level(level: str, lang: str) -> list[str]:
    """Return the kinds of a level: name, what it does in a line, its own parameters."""
    from textwrap import wrap

    from simulation.incentives.catalogue import scheme_classes
    from simulation.scenario.scheme_page import LEVELS, parameters

    lines = [LEVELS[level].get(lang)]
    for kind, cls in scheme_classes().items():
        if cls.level == level:
            own = ", ".join(p.name for p in parameters(cls) if not p.shared and "." not in p.name)
            lines.append(f"  {kind:<20} {cls.what.get(lang)}")
            lines += [f"  {'':<20} {line}" for line in wrap(own, _WIDTH, break_on_hyphens=False)]
    return lines


_WIDTH = 75
_MORE = {
    "en": "kwamdee schemes KIND shows one with its units, ranges, defaults, literature and an example.",
    "th": "ดูหน่วย ช่วง ค่าเริ่มต้น เอกสารอ้างอิง และตัวอย่างของแต่ละชนิดด้วย kwamdee schemes ชื่อชนิด",
}
