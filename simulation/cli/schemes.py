"""`kwamdee schemes`."""

from __future__ import annotations

from typing import Any

from simulation.cli.app import app
from simulation.cli.options import JsonOption, LangOption
from simulation.cli.say import language, note, say, say_json
from simulation.core.language import LANGUAGES


@app.command()
def schemes(json_: JsonOption = False, lang: LangOption = None) -> None:
    """List the kinds of scheme that are installed, and what each does.

    Example: kwamdee schemes --lang th
    """
    from simulation.incentives.catalogue import left_out, scheme_classes

    spoken = language(lang)
    for error in left_out():
        note(error.render(spoken), spoken)
    classes = sorted(scheme_classes().items())
    if json_:
        say_json({"schemes": [_object(kind, cls) for kind, cls in classes]})
        return
    from rich.cells import cell_len

    from simulation.reports.texts import TEXTS

    for kind, cls in classes:
        level = TEXTS[spoken][cls.level]
        blank = " " * (14 - cell_len(level))
        say(f"{kind:<18}{level}{blank}{cls.label.get(spoken)}\n    {cls.what.get(spoken)}")


def _object(kind: str, cls: Any) -> dict[str, Any]:
    label, what = ({lang: text.get(lang) for lang in LANGUAGES} for text in (cls.label, cls.what))
    return {"kind": kind, "level": cls.level, "label": label, "what": what}
