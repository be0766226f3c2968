"""`kwamdee init`."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simulation.cli.app import app
from simulation.cli.options import LangOption
from simulation.cli.say import language, say, tell

if TYPE_CHECKING:
    from simulation.scenario.model import Scenario


@app.command()
def init(
    file: Annotated[str, typer.Argument(metavar="FILE", help="The file to write, such as my-scheme.toml.")],
    from_: Annotated[
        str | None,
        typer.Option("--from", metavar="SCENARIO", help="Copy a shipped scenario or a file; nothing is asked."),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Take every default; nothing is asked.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
    lang: LangOption = None,
) -> None:
    """Write a commented scenario that runs at once, from at most 20 questions; Enter takes each default.

    Example: kwamdee init my-scheme.toml --from bangkok-waste
    """
    from simulation.cli.target import new_file
    from simulation.scenario.load import load_text

    spoken = language(lang)
    place = new_file("FILE", file, ".toml", force)
    text = _drafted(yes, spoken) if from_ is None else _copied(from_, place, spoken)
    found = load_text(text, place)
    from simulation.results.store import write_text

    write_text(place, text)
    say(_next_steps(file, found, spoken))


def _drafted(yes: bool, lang: str) -> str:
    from simulation.core.errors import wrapped
    from simulation.scenario.drafting.interview import interview
    from simulation.scenario.drafting.notes import on_budget
    from simulation.scenario.drafting.plan import Plan
    from simulation.scenario.drafting.write import draft

    if yes:
        return draft(Plan(), lang)
    tell(_OPENING[lang])
    plan = interview(_ask, tell, lang, patient=sys.stdin is not None and sys.stdin.isatty())
    note = on_budget(plan)
    if note is not None:
        tell("\n".join(wrapped(note.get(lang))))
    return draft(plan, lang)


_OPENING = {
    "en": "A few questions; Enter takes the default in brackets, Ctrl-C writes nothing.",
    "th": "มีคำถามไม่กี่ข้อ กด Enter เพื่อใช้ค่าตั้งต้นในวงเล็บ กด Ctrl-C หากไม่ต้องการเขียนไฟล์",
}


def _ask(prompt: str) -> str | None:
    """Return a line that was typed or piped, None where no more will come; what is piped is shown too."""
    from simulation.core.errors import InputError, printable

    tell(prompt, end="")
    try:
        line = sys.stdin.readline() if sys.stdin is not None else ""
        if line and not sys.stdin.isatty():
            line.encode()  # what is no UTF-8 comes as letters that cannot be written again
    except UnicodeError:
        raise InputError(
            "An answer is not UTF-8. Save the answers as UTF-8, or set PYTHONUTF8=1.",
            "คำตอบไม่ใช่ UTF-8 ให้บันทึกเป็น UTF-8 หรือกำหนด PYTHONUTF8=1",
        ) from None
    if not line:
        tell("")
        return None
    if not sys.stdin.isatty():
        tell(printable(line.rstrip("\r\n")))
    return line.rstrip("\r\n")


def _copied(source: str, place: Path, lang: str) -> str:
    """Return the text of another scenario with a first comment; raises InputError where it cannot stand in `place`."""
    from simulation.core.errors import InputError, ScenarioError
    from simulation.scenario import files
    from simulation.scenario.load import load, load_text, shipped

    load(source)
    name, text = files.read(source, shipped())
    said = f"คัดลอกจาก {source}" if lang == "th" else f"From {source}"
    text = f"# {said}\n{text}"
    try:
        load_text(text, place)
    except ScenarioError:
        raise InputError(
            f"{name} extends a file that is not found from the folder of {place}. Put the copy beside {name}, or write "
            "a file that extends it.",
            f"{name} ต่อยอดจากไฟล์ที่หาไม่พบจากโฟลเดอร์ของ {place} ให้วางสำเนาไว้ข้าง {name} หรือเขียนไฟล์ที่ต่อยอดจากไฟล์นั้น",
        ) from None
    return text


def _next_steps(file: str, found: Scenario, lang: str) -> str:
    from simulation.studies.compiled import to_compile
    from simulation.studies.estimate import LONG_MINUTES, cores, estimate

    name, seconds = shlex.quote(file), estimate(found, cores()).seconds
    longer = to_compile(found)
    yes = " --yes" if seconds > LONG_MINUTES * 60 else ""
    if lang == "th":
        took = f"ใช้เวลาราว {seconds / 60:.0f} นาที" if seconds > 90 else f"ใช้เวลาราว {seconds:.0f} วินาที"
        took += " ครั้งแรกนานกว่านี้" if longer else ""
        return (
            f"เขียน {file} แล้ว\nลองต่อ\n  kwamdee explain {name} --lang th      สมมติอะไรไว้บ้าง\n"
            f"  kwamdee compare {name}{yes} --lang th      เปรียบเทียบ {took}\n"
            f"  kwamdee validate {name} --lang th     ตรวจหลังแก้ไข"
        )
    took = f"about {seconds / 60:.0f} minutes" if seconds > 90 else f"about {seconds:.0f} s"
    took += ", the first time longer" if longer else ""
    return (
        f"{file} is written.\nNext     kwamdee explain {name}      what is assumed, in words\n"
        f"         kwamdee compare {name}{yes}      run it, {took}\n"
        f"         kwamdee validate {name}     check it after a change"
    )
