"""`extends = "other.toml"` and `drop = [...]`: the files of a variant, and how their tables become one.

What a file says comes before what it extends, key by key. A list, a text in two languages, and a table that says which
of several forms it has (a scheme's `kind`, an enrolment's `mode`) are written whole and take the place of what was there.
`source` and `mark` vouch for the numbers beside them: where a file changes one and names no source, none is kept.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any

from simulation.core.errors import Problem, ScenarioError
from simulation.core.names import Message, did_you_mean, listed, quoted
from simulation.scenario import files
from simulation.scenario.lines import Path, Scan, dotted_key, scan
from simulation.scenario.model import Scenario
from simulation.scenario.own import anchor
from simulation.scenario.places import FileText
from simulation.scenario.syntax import parse

LONGEST_CHAIN = 8
"""Files that may extend one another; a variant of a variant of a variant is hard to follow already."""
_VOUCH = ("source", "mark")
_FORMS = ("kind", "mode")


@dataclass(frozen=True)
class Layer:
    """One file of a chain: what it says itself, what it leaves out of what it extends, and its text."""

    name: str
    found: Scan
    data: dict[str, Any]
    drop: tuple[tuple[int, Path], ...] = ()
    problems: tuple[Problem, ...] = ()
    digest: str = ""
    whole: set[Path] = field(default_factory=set, compare=False)

    @property
    def file(self) -> FileText:
        """The file alone, to say where in it a mistake stands."""
        return FileText(Scenario, self.name, self.found)


def read_layers(source: str, shipped: dict[str, FilePath]) -> list[Layer]:
    """Return the file and those it extends, the nearest first; raises ScenarioError where one cannot be read."""
    name, text = files.read(source, shipped)
    return layers_of(name, text, files.place(source, shipped), shipped)


def layers_of(name: str, text: str, place: FilePath, shipped: dict[str, FilePath]) -> list[Layer]:
    """Return a text that stands, or will stand, in the file `place`, and the files that it extends."""
    layers: list[Layer] = []
    places = [place.resolve()]
    while True:
        layer, extended = _layer(name, text, places[-1].parent)
        layers.append(layer)
        if extended is None:
            return layers
        place = _place_of(extended, places[-1], layer, shipped)
        _refuse_circle(place.resolve(), places, layers)
        places.append(place.resolve())
        name, text = files.read(str(place), {})


def _layer(name: str, text: str, folder: FilePath) -> tuple[Layer, str | None]:
    """Read one file; return it and the name of what it extends, None where nothing."""
    found = scan(text)
    data = parse(name, found)
    if not data:
        raise files.empty(name, text)
    file = FileText(Scenario, name, found)
    extended, wanted = data.pop("extends", None), data.pop("drop", None)
    if extended is not None and (not isinstance(extended, str) or not extended.strip()):
        raise ScenarioError([file.problem(("extends",), _NO_NAME, str(extended))])
    drop, problems = _read_drop(wanted, file)
    if wanted is not None and extended is None:
        drop, problems = (), (file.problem(("drop",), _NOTHING_TO_DROP, at_key=True),)
    anchor(data, folder)
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Layer(name, found, data, drop, problems, digest), extended


_NO_NAME: Message = (
    '"extends" is the name of one other scenario: a file, from the folder of this one, or a shipped name. '
    'Write for example extends = "bangkok-waste".',
    '"extends" คือชื่อสถานการณ์อื่นหนึ่งชื่อ เป็นไฟล์นับจากโฟลเดอร์ของไฟล์นี้ หรือชื่อที่มีให้ เช่น extends = "bangkok-waste"',
    "",
)
_NOTHING_TO_DROP: Message = (
    '"drop" leaves out what is inherited, and this file extends no other. Take it out, or add extends = "other.toml".',
    '"drop" ใช้ตัดสิ่งที่สืบทอดมา แต่ไฟล์นี้ไม่ได้ต่อยอดจากไฟล์ใด ให้ลบออก หรือเพิ่ม extends = "other.toml"',
    "",
)
_NO_LIST: Message = (
    '"drop" is a list of inherited keys in quotation marks. Write for example drop = ["arms.recognition"].',
    '"drop" คือรายการคีย์ที่สืบทอดมา อยู่ในเครื่องหมายคำพูด เช่น drop = ["arms.recognition"]',
    "",
)


def _read_drop(wanted: Any, file: FileText) -> tuple[tuple[tuple[int, Path], ...], tuple[Problem, ...]]:
    """Return the places and paths to leave out, and what is wrong with the others."""
    if wanted is None:
        return (), ()
    if not isinstance(wanted, list):
        return (), (file.problem(("drop",), _NO_LIST, str(wanted)),)
    paths: list[tuple[int, Path]] = []
    problems: list[Problem] = []
    for i, dotted in enumerate(wanted):
        path, end = dotted_key(dotted) if isinstance(dotted, str) else ((), 0)
        if path and end == len(dotted.rstrip()):
            paths.append((i, path))
        else:
            problems.append(file.problem(("drop", str(i)), _NO_LIST, str(dotted)))
    return tuple(paths), tuple(problems)


def _place_of(extended: str, by: FilePath, layer: Layer, shipped: dict[str, FilePath]) -> FilePath:
    """Return the file that is meant: from the folder of the one that says so, else a shipped one."""
    beside = by.parent / extended
    try:
        if beside.suffix == ".toml" and beside.is_file():
            return beside
    except (OSError, ValueError):  # a name that no file can have
        pass
    if extended in shipped:
        return shipped[extended]
    near = files.nearest_file(beside, shipped)
    near = FilePath(near).name if near and FilePath(near).parent == beside.parent else near
    ask, ask_th = (f' Did you mean "{near}"?', f' หมายถึง "{near}" หรือไม่') if near else ("", "")
    names = listed(tuple(shipped))
    message = (
        f"There is no scenario {quoted(extended)} in the folder of this file.{ask}\nShipped scenarios: {names}. "
        "A file's name ends in .toml.",
        f"ไม่พบสถานการณ์ {quoted(extended)} ในโฟลเดอร์ของไฟล์นี้{ask_th}\nสถานการณ์ที่มีให้: {names} ชื่อไฟล์ลงท้ายด้วย .toml",
        near,
    )
    raise ScenarioError([layer.file.problem(("extends",), message, extended)])


def _refuse_circle(place: FilePath, places: list[FilePath], layers: list[Layer]) -> None:
    names = [layer.name for layer in layers]
    if place in places:
        chain, chain_th = _chain([*names, layers[places.index(place)].name])
        message = (
            f"These files extend one another in a circle: {chain}. Take one extends out.",
            f"ไฟล์เหล่านี้ต่อยอดกันเป็นวง: {chain_th} ให้ลบ extends ออกหนึ่งที่",
            "",
        )
        raise ScenarioError([layers[-1].file.problem(("extends",), message)])
    if len(layers) >= LONGEST_CHAIN:
        chain, chain_th = _chain(names)
        message = (
            f"More than {LONGEST_CHAIN} files extend one another: {chain}. Write some of them together.",
            f"มีไฟล์ต่อยอดกันเกิน {LONGEST_CHAIN} ไฟล์: {chain_th} ให้รวมบางไฟล์เข้าด้วยกัน",
            "",
        )
        raise ScenarioError([layers[-1].file.problem(("extends",), message)])


def _chain(names: list[str]) -> tuple[str, str]:
    return " extends ".join(names), " ต่อยอดจาก ".join(names)


def laid_over(base: dict[str, Any], layer: Layer) -> tuple[dict[str, Any], list[Problem]]:
    """Return what a file and what it extends say together, and what is wrong with its `drop`.

    The paths whose value the file gives whole are noted in `layer.whole`.
    """
    problems: list[Problem] = []
    dropped = base
    for i, path in layer.drop:
        if holds(base, path):
            dropped = without(dropped, path)
        else:
            problems.append(_unknown_drop(base, path, i, layer))
    layer.whole.clear()
    return _merged(dropped, layer.data, (), layer.whole), problems


def _merged(base: dict[str, Any], over: dict[str, Any], path: Path, whole: set[Path]) -> dict[str, Any]:
    out = dict(base)
    for key, value in over.items():
        below = base.get(key)
        if isinstance(value, dict) and isinstance(below, dict) and not _stands_alone(value):
            out[key] = _merged(below, value, (*path, key), whole)
        else:
            out[key] = value
            whole.add((*path, key))
    changes = any(not isinstance(v, dict) for k, v in over.items() if k not in (*_VOUCH, "title"))
    for key in _VOUCH if path and changes else ():
        if key not in over and not isinstance(out.get(key), dict):
            out.pop(key, None)
    return out


def _stands_alone(table: dict[str, Any]) -> bool:
    """Tell a table that is written whole: it says which form it has, or it is a text in two languages."""
    names_form = any(isinstance(table.get(key), str) for key in _FORMS)
    is_text = bool(table) and table.keys() <= {"en", "th"} and all(isinstance(v, str) for v in table.values())
    return names_form or is_text


def holds(data: Any, path: Path) -> bool:
    """Tell whether nested tables have a key."""
    for part in path:
        if not isinstance(data, dict) or part not in data:
            return False
        data = data[part]
    return True


def without(data: dict[str, Any], path: Path) -> dict[str, Any]:
    """Return a copy of nested tables without one key, where they have it."""
    if not holds(data, path):
        return data
    if len(path) == 1:
        return {k: v for k, v in data.items() if k != path[0]}
    return {**data, path[0]: without(data[path[0]], path[1:])}


def _unknown_drop(base: dict[str, Any], path: Path, i: int, layer: Layer) -> Problem:
    there: Path = ()
    names = tuple(base)
    here: Any = base
    for part in path:
        if not isinstance(here, dict):
            break
        names = tuple(here)
        if part not in here:
            break
        there, here = (*there, part), here[part]
    wrong = path[len(there)] if len(there) < len(path) else path[-1]
    near = did_you_mean(wrong, names)[2]
    full = ".".join((*there, near)) if near else ""
    ask, ask_th = (f" Did you mean {quoted(full)}?", f" หมายถึง {quoted(full)} หรือไม่") if full else ("", "")
    dotted, table = quoted(".".join(path)), f" in [{'.'.join(there)}]" if there else ""
    message = (
        f"What this file extends has no {dotted}, so it cannot be dropped.{ask}\nInherited{table}: {listed(names)}.",
        f"ไฟล์ที่ต่อยอดมาไม่มี {dotted} จึงตัดออกไม่ได้{ask_th}\nที่มี: {listed(names)}",
        full,
    )
    return layer.file.problem(("drop", str(i)), message, ".".join(path), ", ".join(names[:20]))


def leaves(data: dict[str, Any], path: Path = ()) -> Iterator[Path]:
    """Yield the paths of all values that are no tables."""
    for key, value in data.items():
        if isinstance(value, dict) and value:
            yield from leaves(value, (*path, key))
        else:
            yield (*path, key)
