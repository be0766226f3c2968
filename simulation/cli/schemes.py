"""`kwamdee schemes`."""

from __future__ import annotations

from simulation.cli.app import app
from simulation.cli.options import JsonOption, LangOption
from simulation.cli.say import language, note, say, say_json


@app.command()
def schemes(json_: JsonOption = False, lang: LangOption = "en") -> None:
    """List the kinds of scheme that are installed, and what each does.

    Example: kwamdee schemes --lang th
    """
    from simulation.incentives.catalogue import left_out, scheme_classes

    spoken = language(lang)
    for error in left_out():
        note(error.render(spoken), spoken)
    rows = [
        {
            "kind": kind,
            "level": cls.level,
            "label": cls.label.get(spoken),
            "what": cls.what.get(spoken),
        }
        for kind, cls in sorted(scheme_classes().items())
    ]
    if json_:
        say_json(rows)
        return
    from simulation.reports.texts import TEXTS

    for row in rows:
        say(f"{row['kind']:<18}{TEXTS[spoken][row['level']]:<14}{row['label']}\n    {row['what']}")
