"""`kwamdee new-scheme`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from simulation.cli.app import app
from simulation.cli.options import LangOption
from simulation.cli.say import language, say


@app.command("new-scheme")
def new_scheme(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Name of the kind, such as tea_voucher.")],
    level: Annotated[
        str,
        typer.Option(metavar="individual|organisation|area", help="Whom it is for: individual, organisation or area."),
    ] = "individual",
    out: Annotated[str, typer.Option(metavar="FOLDER", help="Where its own folder is made. Default: here.")] = ".",
    lang: LangOption = None,
) -> None:
    """Write a new kind of scheme that works as it is: the file, its test and its page, ready to install.

    Example: kwamdee new-scheme tea_voucher
    """
    from simulation.core.errors import one_of
    from simulation.scenario.starter import folder_of, starter

    spoken = language(lang)
    one_of("--level", level, ("individual", "organisation", "area"))
    files = starter(name, level)
    place = _new_folder(Path(out), folder_of(name))
    _write(place, files)
    said = "\n".join(f"  {place / file}" for file in files)
    say(_NEXT[spoken].format(files=said, place=_typed(place), name=name))


def _new_folder(parent: Path, name: str) -> Path:
    """Return the folder to make; raises InputError where it is there, or its parent is not."""
    from simulation.core.errors import InputError

    if not parent.is_dir():
        raise InputError(f"There is no folder {parent}. Make it first.", f"ไม่มีโฟลเดอร์ {parent} ให้สร้างก่อน")
    place = parent / name
    if place.exists():
        raise InputError(
            f"{place} is there already. Name another folder with --out, or another kind.",
            f"มี {place} อยู่แล้ว ให้ระบุโฟลเดอร์อื่นด้วย --out หรือใช้ชื่อชนิดอื่น",
        )
    return place


def _write(place: Path, files: dict[str, str]) -> None:
    """Write all files or none: into a temporary folder first, which is then named rightly."""
    import shutil
    import tempfile

    made = Path(tempfile.mkdtemp(prefix=f".{place.name}-", dir=place.parent))
    try:
        for name, text in files.items():
            (made / name).write_text(text, "utf-8")
        made.chmod(0o755)
        made.rename(place)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise


def _typed(place: Path) -> str:
    """Return a folder as pip takes it: with ./ before a relative one, else pip looks for a package of that name."""
    import shlex

    return shlex.quote(str(place) if place.is_absolute() else f"./{place.as_posix()}")


_NEXT = {
    "en": "Written:\n{files}\nNext\n  pip install -e {place}\n  pytest {place}\n  kwamdee schemes {name}",
    "th": "เขียนแล้ว\n{files}\nลองต่อ\n  pip install -e {place}\n  pytest {place}\n  kwamdee schemes {name} --lang th",
}
