"""A world of one's own in a scenario: its tables are read with the file, and what they fix is put into the data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from simulation.core.errors import InputError, ScenarioError
from simulation.core.params import counted
from simulation.scenario.within import Mistake
from simulation.world.facts import YOUNGEST
from simulation.world.files import IN_MEMORY, fetch, read_files, read_memory, shown
from simulation.world.minors import YOUNGEST_EVER
from simulation.world.own import OwnWorld
from simulation.world.spec import ROLES


def anchor(data: dict[str, Any], folder: Path) -> None:
    """Make the paths of a file's world count from the file's own folder."""
    files = _files(data)
    for role in ROLES:
        path = files.get(role)
        if isinstance(path, str) and path and path != IN_MEMORY:
            with suppress(ValueError, OSError):
                files[role] = str((folder / path).resolve())


def take_in(data: dict[str, Any]) -> tuple[list[Mistake], ScenarioError | None]:
    """Read the tables that the data name and put in what they fix: how many citizens and localities there are.

    Returns mistakes of the scenario itself and those of the tables. Tables that were read are not read again, whatever
    became of them, until their names in the data change (`forget`).
    """
    files = _files(data)
    paths = {role: files[role] for role in ROLES if isinstance(files.get(role), str) and files[role].strip()}
    if not paths or any(files.get(role) is not None and role not in paths for role in ROLES):
        return [], None
    kept = fetch(str(files.get("sha256") or ""))
    if kept is not None:
        return fix(data, kept, paths), None
    missing = [role for role, path in paths.items() if path != IN_MEMORY and not Path(path).is_file()]
    if missing:
        data["world"].setdefault("citizens", 1)  # else what is only not known yet would be called missing
        return [_missing(role, paths[role]) for role in missing], None
    if IN_MEMORY in paths.values():
        return [], None
    anchor(data, Path.cwd())
    try:
        own, files["sha256"] = read_files({role: str(files[role]) for role in paths}, _youngest(data))
    except ScenarioError as error:
        data["world"].setdefault("citizens", 1)
        return [], error
    return fix(data, own, paths), None


def forget(data: dict[str, Any], changed: Iterable[Sequence[str]]) -> None:
    """Let the tables be read anew where one of the keys that changed names one."""
    if any(tuple(path[:2]) == ("world", "files") for path in changed):
        _files(data).pop("sha256", None)


def one_place(data: dict[str, Any]) -> None:
    """Let a file that names tables leave out how many localities there are: one, where no table names them."""
    places = data["world"].get("localities") if _files(data) else None
    if isinstance(places, dict):
        places.setdefault("number", 1)


def check_kinds(tables: Mapping[str, Any]) -> None:
    """Raise InputError unless each table is a path, a DataFrame or, for ties, a networkx graph, and there is one."""
    if not tables:
        raise InputError(
            "with_world() takes at least one of citizens, ties, organisations and localities.",
            "with_world() ต้องได้รับ citizens, ties, organisations หรือ localities อย่างน้อยหนึ่งอย่าง",
        )
    for role, table in tables.items():
        graph = hasattr(table, "nodes") and hasattr(table, "edges")
        frame = hasattr(table, "columns") and hasattr(table, "set_axis")
        if isinstance(table, str | Path) or frame or (graph and role == "ties"):
            continue
        also = " or a networkx.Graph" if role == "ties" else ""
        raise InputError(
            f"{role} is a {type(table).__name__}; give a path, a pandas DataFrame{also}.",
            f"{role} เป็น {type(table).__name__} ให้ใส่ชื่อไฟล์ pandas DataFrame{' หรือ networkx.Graph' if also else ''}",
        )


def of_memory(data: dict[str, Any], tables: Mapping[str, Any]) -> list[Mistake]:
    """Put tables and graphs given in Python into the data; raises ScenarioError with every mistake of theirs."""
    own, digest = read_memory(**{role: tables.get(role) for role in ROLES}, youngest=_youngest(data))
    paths = {role: IN_MEMORY for role in ROLES if tables.get(role) is not None}
    data["world"]["files"] = {**paths, "sha256": digest}
    return fix(data, own, paths)


def fix(data: dict[str, Any], own: OwnWorld, paths: Mapping[str, str]) -> list[Mistake]:
    """Put into the data what an own world fixes; return what the data say otherwise."""
    world = data["world"]
    mistakes = []
    if own.n:
        said = world.setdefault("citizens", own.n)
        if said != own.n and type(said) is int:
            table = shown(paths.get("citizens") or paths["ties"])
            table = "the table" if table == IN_MEMORY else table
            mistakes.append(
                Mistake(
                    ("world", "citizens"),
                    f"world.citizens is {said:,}, but {table} has {counted(own.n, 'citizen')}. Take the line out",
                    f"world.citizens เท่ากับ {said:,} แต่ {table} มีพลเมือง {own.n:,} คน ให้ลบบรรทัดนี้",
                )
            )
    mistakes += _too_young(data, own, paths)
    n = len(own.locality_names)
    if n:
        places = world.setdefault("localities", {})
        said = places.setdefault("number", n) if isinstance(places, dict) else n
        if said != n and type(said) is int:
            mistakes.append(
                Mistake(
                    ("world", "localities", "number"),
                    f"localities.number is {said:,}, but the tables name {n:,}. Take the line out",
                    f"localities.number เท่ากับ {said:,} แต่ในตารางมี {n:,} พื้นที่ ให้ลบบรรทัดนี้",
                )
            )
    return mistakes


def _too_young(data: dict[str, Any], own: OwnWorld, paths: Mapping[str, str]) -> Iterator[Mistake]:
    """Refuse tables that were read for a world with younger people than this one has."""
    youngest, ages = _youngest(data), own.columns.get("age")
    if ages is None or not len(ages) or (least := int(ages.min())) >= youngest:
        return
    table, below = shown(paths.get("citizens") or paths["ties"]), int((ages < youngest).sum())
    yield Mistake(
        ("world", "youngest"),
        f"{table} has {counted(below, 'citizen')} below {youngest}, the youngest {least}. Write world.youngest = {least}",
        f"{table} มีพลเมืองอายุต่ำกว่า {youngest} ปี {below:,} คน อายุน้อยที่สุด {least} ปี ให้เขียน world.youngest = {least}",
    )


def _youngest(data: dict[str, Any]) -> int:
    """Return the youngest age of the data's world; the usual one where it says none that can be."""
    found = data["world"].get("youngest") if isinstance(data.get("world"), dict) else None
    return found if type(found) is int and YOUNGEST_EVER <= found <= YOUNGEST else YOUNGEST


def _files(data: Any) -> dict[str, Any]:
    world = data.get("world") if isinstance(data, dict) else None
    files = world.get("files") if isinstance(world, dict) else None
    return files if isinstance(files, dict) else {}


def _missing(role: str, path: str) -> Mistake:
    from simulation.world.reading import read_bytes

    try:
        read_bytes(Path(path), shown(path))
    except ScenarioError as error:
        en, th = error.problems[0].text_en, error.problems[0].text_th
    else:  # it came while we looked
        en, th = "There was no such file. Try again.", "ไม่พบไฟล์นี้ ให้ลองใหม่"
    return Mistake(("world", "files", role), f"{shown(path)}: {en.rstrip('.')}", f"{shown(path)}: {th}")
