"""`kwamdee rerun`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from simulation.cli.app import app
from simulation.cli.codes import SOME_FAILED
from simulation.cli.options import EngineOption, JsonOption, LangOption
from simulation.cli.say import language, say, say_json

if TYPE_CHECKING:
    from simulation.studies.sweeps.rerun import Rerun


@app.command()
def rerun(
    run_id: Annotated[
        str, typer.Argument(metavar="RUN_ID", help="Identity of a run: column run_id, or its beginning.")
    ],
    folder: Annotated[
        str | None,
        typer.Option("--in", metavar="FOLDER", help="The study's folder. Default: this one, or any under results/."),
    ] = None,
    engine: EngineOption = "auto",
    json_: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """Do one run of a study again and tell whether it is the same to the bit; a run that failed shows why.

    Example: kwamdee rerun 3f2a91c07be4d815 --in results/reward-size-1a2b3c4d
    """
    from simulation.core.errors import one_of
    from simulation.studies.sweeps.rerun import rerun as again

    spoken = language(lang)
    one_of("--engine", engine, ("auto", "numpy", "numba"))
    found = again(run_id, folder, engine)  # type: ignore[arg-type]  # checked above
    if json_:
        say_json(_json_of(found))
    else:
        say(_words(found, spoken))
    if found.now["status"] != "ok" or not found.same:
        raise typer.Exit(SOME_FAILED)


def _json_of(found: Rerun) -> dict[str, object]:
    def plain(row: dict[str, object]) -> dict[str, object]:
        return {k: None if v != v else v for k, v in row.items()}

    return {
        "folder": str(found.folder), "same": found.same, "differs": list(found.differs),
        "same_code": found.same_code, "before": plain(found.before), "now": plain(found.now),
    }  # fmt: skip


def _words(found: Rerun, lang: str) -> str:
    thai = lang == "th"
    width = max(map(len, found.now))
    lines = [f"{name:<{width}}  {_short(value)}" for name, value in found.now.items()]
    if found.now["status"] != "ok":
        end = "ล้มเหลวอีกครั้ง" if thai else "It failed again."
        if found.before["status"] == "ok":
            end = "รอบนี้ล้มเหลว แต่ครั้งก่อนไม่ล้มเหลว" if thai else "It failed, and did not before."
    elif found.before["status"] != "ok":
        end = "ครั้งก่อนล้มเหลว ครั้งนี้ไม่ล้มเหลว" if thai else "It failed before, and does not now."
    elif found.same:
        end = "ตรงกับรอบที่เก็บไว้ทุกบิต" if thai else "The same as the run that is kept, to the bit."
    else:
        names = ", ".join(found.differs)
        end = f"ต่างจากรอบที่เก็บไว้: {names}" if thai else f"Not the same as the run that is kept: {names}."
    if not found.same_code:
        end += " (รุ่นของโปรแกรมต่างกัน)" if thai else " The code is not the one that made it."
    return "\n".join([*lines, "", end])


def _short(value: object) -> str:
    return f"{value:.17g}" if isinstance(value, float) else str(value)
