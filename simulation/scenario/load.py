"""Read a scenario: a file, or a shipped one by its name; all mistakes of the file at once."""

from __future__ import annotations

import contextlib
import difflib
import re
import tomllib
from collections.abc import Sequence
from importlib import resources
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from simulation.core.errors import InputError, Problem, ScenarioError
from simulation.scenario.messages import syntax
from simulation.scenario.model import Scenario
from simulation.scenario.problems import SET, FileText, change, checked

LARGEST_FILE = 5_000_000


def load(source: str | Path | Scenario, overrides: Sequence[str] = ()) -> Scenario:
    """Return the scenario of a path or a shipped name, with `dotted.key=value` overrides applied.

    Raises ScenarioError with every mistake: file, line, key, value received, what is right, nearest name.
    """
    if isinstance(source, Scenario):
        if not overrides:
            return source
        data, text, name = source.model_dump(mode="json"), "", "the scenario"
    elif not isinstance(source, str | Path):
        raise InputError(
            f"A scenario is a file's path, a shipped name ({', '.join(shipped())}) or a Scenario, "
            f"not {type(source).__name__}."
        )
    else:
        name, text = _read(str(source))
        data = _parse(name, text)
    before = source if isinstance(source, Scenario) else None
    if overrides and before is None:
        with contextlib.suppress(ValidationError):  # what is wrong is told once the overrides are in
            before = Scenario.model_validate(data)
    overridden = tuple(_override(data, override) for override in overrides)
    scenario: Scenario = checked(data, FileText(Scenario, name, text, overridden))
    scenario = scenario if before is None else scenario.changed_from(before)
    return scenario.called(source.name if isinstance(source, Scenario) else Path(source).stem)


def shipped() -> dict[str, Path]:
    """Return the scenarios that come with Kwamdee, by name."""
    checkout = Path(__file__).parents[2] / "scenarios"
    inside = Path(str(resources.files("simulation"))) / "data" / "scenarios"
    folder = inside if inside.is_dir() else checkout
    return {p.stem: p for p in sorted(folder.glob("*.toml"))}


def _read(source: str) -> tuple[str, str]:
    path = Path(source)
    known = shipped()
    if source in known and not path.is_file():
        path = known[source]
    name = str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)
    if not path.is_file():
        raise ScenarioError([_missing(source, known)])
    raw = path.read_bytes()[: LARGEST_FILE + 1]
    if not raw.strip():
        raise ScenarioError([_whole(name, _EMPTY)])
    if b"\x00" in raw or raw.startswith(tuple(sign for sign, _, _ in _LOOKS_LIKE)) or len(raw) > LARGEST_FILE:
        raise ScenarioError([_whole(name, _no_text(raw))])
    try:
        return name, raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        en = f"Line {line} is not UTF-8. Save the file as UTF-8."
        raise ScenarioError([Problem(name, en, f"บรรทัดที่ {line} ไม่ใช่ UTF-8 ให้บันทึกใหม่เป็น UTF-8", line)]) from None


_EMPTY = (
    "The file is empty. Start from a copy of a working one: scenarios/bangkok-waste.toml",
    "ไฟล์ว่างเปล่า เริ่มจากสำเนาของตัวอย่างที่ใช้ได้: scenarios/bangkok-waste.toml",
)
_LOOKS_LIKE = (
    (b"PK", "an Excel workbook or a zip archive", "ไฟล์ Excel หรือไฟล์ zip"),
    (b"\x1f\x8b", "a gzip archive", "ไฟล์ gzip"),
    (b"%PDF", "a PDF", "ไฟล์ PDF"),
    (b"\x89PNG", "a picture", "ไฟล์ภาพ"),
    (b"\xd0\xcf\x11\xe0", "an old Excel or Word file", "ไฟล์ Excel หรือ Word รุ่นเก่า"),
)


def _no_text(raw: bytes) -> tuple[str, str]:
    kind = next(((en, th) for sign, en, th in _LOOKS_LIKE if raw.startswith(sign)), None)
    en, th = (f" (it starts like {kind[0]})", f" (ขึ้นต้นแบบ{kind[1]})") if kind else ("", "")
    return (
        f"This is not a text file{en}. A scenario is a TOML text file.",
        f"นี่ไม่ใช่ไฟล์ข้อความ{th} ไฟล์สถานการณ์ต้องเป็นข้อความ TOML",
    )


def _whole(name: str, texts: tuple[str, str]) -> Problem:
    return Problem(name, texts[0], texts[1])


def _missing(source: str, known: dict[str, Path]) -> Problem:
    folder = Path(source).parent
    try:
        beside = [str(p) for p in folder.glob("*.toml")]
    except OSError:
        beside = []
    near = difflib.get_close_matches(source, [*beside, *known], 1, cutoff=0.5)
    en, th = "There is no such file.", "ไม่พบไฟล์นี้"
    if Path(source).is_dir():
        en, th = "This is a folder, not a file.", "นี่คือโฟลเดอร์ ไม่ใช่ไฟล์"
    if near:
        en, th = f"{en} Nearest: {near[0]}", f"{th} ชื่อใกล้เคียง: {near[0]}"
    names = ", ".join(known)
    return Problem(
        source, f"{en}\nShipped scenarios: {names}", f"{th}\nสถานการณ์ที่มีให้: {names}", suggestion=near[0] if near else ""
    )


def _parse(name: str, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        message = str(error)
        at = re.search(r"\(at line (\d+)", message)
        line = int(at.group(1)) if at else _last_line(text)
        why_en, why_th = syntax(message.split(" (at ")[0])
        source = text.split("\n")[min(line, text.count("\n") + 1) - 1]
        en, th = f"Line {line} cannot be read: {why_en}.", f"อ่านบรรทัดที่ {line} ไม่ได้: {why_th}"
        raise ScenarioError([Problem(name, en, th, line, source_line=source)]) from None


def _last_line(text: str) -> int:
    """Return the last line that holds anything."""
    return text.rstrip().count("\n") + 1


def _override(data: dict[str, Any], override: str) -> tuple[str, ...]:
    """Put one dotted.key=value into the data and return its path."""
    dotted, equals, raw = override.partition("=")
    dotted, raw = dotted.strip(), raw.strip()
    if not equals or not dotted:
        en = f'"{override}" is not dotted.key=value, such as run.weeks=52.'
        raise ScenarioError([Problem(SET, en, f'"{override}" ต้องเป็น dotted.key=value เช่น run.weeks=52')])
    try:
        value = tomllib.loads(f"x = {raw}")["x"]
    except (tomllib.TOMLDecodeError, RecursionError):
        if raw[:1] in ("{", "[", '"', "'"):
            why_en, why_th = "This is no TOML value; numbers begin with a digit", "ไม่ใช่ค่า TOML ตัวเลขต้องขึ้นต้นด้วยเลข"
            raise ScenarioError([Problem(SET, f"{why_en}: {raw}", f"{why_th}: {raw}", key=dotted)]) from None
        value = raw
    return change(data, dotted, value)
