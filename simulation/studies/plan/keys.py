"""The keys that a factor sets: whether the scenario has them, and what they take."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from simulation.core.names import listed, quoted
from simulation.scenario.fields import Known, inside, known, names_own_tables
from simulation.scenario.fields import keys_of as keys_of_table
from simulation.scenario.lines import dotted_key
from simulation.scenario.model import Scenario
from simulation.scenario.within import Mistake
from simulation.studies.plan.law import parameter_names
from simulation.studies.plan.names import PARAMETERS

Path = tuple[str, ...]
_OWN = ("format", "about", "study", "observed", "sources", "rights", "cost_ceiling_baht")
_FIXED: dict[Path, tuple[str, str]] = {
    ("run", "seed"): ("the societies are the same at every point. Take it out", "สังคมจำลองเป็นชุดเดียวกันทุกจุด ให้ลบออก"),
    ("run", "replicates"): ("the study says how many: study.replicates", "จำนวนอยู่ที่ study.replicates"),
    ("run", "smallest_effect_pp"): ("it changes no society. Take it out", "ค่านี้ไม่เปลี่ยนสังคมจำลอง ให้ลบออก"),
    ("world", "files"): ("a study has one set of tables. Take it out", "การศึกษาหนึ่งใช้ตารางชุดเดียว ให้ลบออก"),
}
_SORTS = {"number": "number", "whole number": "number", "text": "text", "true or false": "flag"}


def path_of(key: str) -> Path:
    """Return the parts of a dotted key."""
    path, end = dotted_key(key)
    return path if path and end >= len(key.rstrip()) else tuple(part.strip() for part in key.split("."))


def sort_of_key(found: Known | None) -> str:
    """Return what sort of value a key takes: "number", "text" or "flag"; empty where it takes another."""
    return _SORTS.get(found.kind, "") if found is not None else ""


def known_key(key: str, data: dict[str, Any]) -> Known | None:
    """Return what a key of the scenario may be, None where there is none; `data` are the scenario's."""
    return known(path_of(key), data, Scenario)


def mistakes_of_key(at: Path, key: str, data: dict[str, Any]) -> Iterator[Mistake]:
    """Yield what is wrong with a key that a factor sets; `at` is where the study names it."""
    if key.startswith(PARAMETERS):
        yield from _parameter(at, key.removeprefix(PARAMETERS))
        return
    path = path_of(key)
    unknown = _unknown(at, key, path, data)
    if unknown is not None:
        yield unknown
        return
    refused = path[0] if path[0] in _OWN else next((".".join(p) for p in _FIXED if path[: len(p)] == p), "")
    if refused:
        en, th = _FIXED.get(
            tuple(refused.split(".")), ("it changes no society. Take it out", "ค่านี้ไม่เปลี่ยนสังคมจำลอง ให้ลบออก")
        )
        yield Mistake(at, f"{quoted(key)} cannot be varied: {en}", f"เปลี่ยน {quoted(key)} ไม่ได้ เพราะ{th}")
        return
    found = known(path, data, Scenario)
    if not sort_of_key(found):
        inner = _children(path, data)
        en, th = (f"; name a key in it: {listed(inner)}", f" ให้ระบุคีย์ข้างใน: {listed(inner)}") if inner else ("", "")
        yield Mistake(
            at,
            f"{quoted(key)} is a {found.kind if found else 'table'}; a factor sets single values{en}",
            f"{quoted(key)} เป็นตารางหรือรายการ ปัจจัยตั้งได้ทีละค่า{th}",
        )


def _parameter(at: Path, name: str) -> Iterator[Mistake]:
    names = parameter_names()
    if name not in names:
        yield Mistake(
            at,
            f"There is no parameter {quoted(name)} of the law; there are {', '.join(names)}",
            f"ไม่มีค่าของกฎชื่อ {quoted(name)} ที่มี: {', '.join(names)}",
            name,
            names,
        )


def _unknown(at: Path, key: str, path: Path, data: dict[str, Any]) -> Mistake | None:
    """Return the mistake of a key that the scenario does not have, with the names that there are in its table."""
    if not path or not all(path):
        return Mistake(
            at,
            f"{quoted(key)} is no key: names joined by single dots, such as run.weeks",
            f"{quoted(key)} ไม่ใช่คีย์ ให้เขียนชื่อคั่นด้วยจุดทีละจุด เช่น run.weeks",
        )
    for i, part in enumerate(path):
        here = path[:i]
        if i and known(here, data, Scenario) is None:
            break
        there = _children(here, data)
        if part not in there:
            table, names = ".".join(here), there if i else (*there, "parameters")
            where = f" in [{table}] of the scenario" if table else " in the scenario"
            where_th = f" ใน [{table}] ของสถานการณ์" if table else " ในสถานการณ์"
            return Mistake(
                at,
                f"There is no key {quoted(part)}{where}; there are {listed(names)}",
                f"ไม่มีคีย์ {quoted(part)}{where_th} ที่มี: {listed(names)}",
                part,
                tuple(names),
            )
    return None


def _children(path: Path, data: dict[str, Any]) -> tuple[str, ...]:
    """Return the names that a table of the scenario may have: its keys, or the arms, schemes and so on that it holds."""
    if path and names_own_tables(path, data, Scenario):
        inner = inside(data, path)
        return tuple(inner) if isinstance(inner, dict) else ()
    return tuple(k for k in keys_of_table(path, data, Scenario) if k not in Scenario.only_in_files)
