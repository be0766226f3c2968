"""Where each number of a scenario comes from: its mark and its source, as the file states them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from simulation.scenario.model import Scenario
from simulation.studies.explained.ranges import in_words
from simulation.studies.explained.said import Both, Item, Section, alike, both, heading, item

MARKS = {
    "V": Both("Seen in the source (V)", "เห็นในแหล่งที่มาโดยตรง (V)"),
    "D": Both("Worked out from figures that were seen (D)", "คำนวณจากตัวเลขที่เห็นในแหล่งที่มา (D)"),
    "L": Both("Of low confidence (L)", "ความน่าเชื่อถือต่ำ (L)"),
    "R": Both("Recalled, not looked up (R)", "จากความจำ ยังไม่ได้เปิดดูแหล่งที่มา (R)"),
    "design": Both("Chosen or judged, by design", "ค่าที่เลือกหรือประเมินเอง"),
    "policy": Both("Set by the policy itself, so without a source", "นโยบายเป็นผู้กำหนด จึงไม่มีแหล่งที่มา"),
    "run": Both("Settings of the simulation", "การตั้งค่าของการจำลอง"),
    "usual": Both("Kwamdee's usual values, left as they are", "ค่าปกติของ Kwamdee ที่ไม่ได้เปลี่ยน"),
    "none": Both("The file names no source", "ไฟล์ไม่ได้ระบุแหล่งที่มา"),
}
_LEADING = re.compile(r"(V|D|L|R|design|judgement)\b[\s:;,]*")
_CHOSEN = re.compile(r"\b(design|judgement)\b")
_ALIKE_FROM = 3


@dataclass(frozen=True)
class Figure:
    """One number: its dotted key, its value as the file has it, its mark, and its source in words."""

    key: str
    value: Any
    mark: str
    source: Both


def figures(s: Scenario) -> tuple[Figure, ...]:
    """Return every number of the scenario, and whatever else `[sources]` names, in the order of the format."""
    tables = dict(_tables(s, ""))
    found = []
    for key, value, usual in _leaves(s, ""):
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if key != "format" and (number or key in s.sources) and _matters(s, key):
            mark, source = _origin(key, usual, s.sources, tables)
            found.append(Figure(key, value, mark, source))
    return tuple(found)


def _matters(s: Scenario, key: str) -> bool:
    """Leave out what nothing reads: households within a household, checks where nobody claims."""
    parts = key.split(".")
    if key == "world.ties.household":
        return s.world.decider == "citizen"
    return "checks" not in parts[4:] or s.arms[parts[1]].schemes[parts[3]].pays_on_claims


def _leaves(model: Any, path: str) -> Iterator[tuple[str, Any, bool]]:
    """Yield key, value and whether it is the format's own default, of all plain values."""
    items = model.items() if isinstance(model, Mapping) else ((n, getattr(model, n)) for n in type(model).model_fields)
    for name, value in items:
        key = f"{path}.{name}".strip(".")
        if key in ("sources", "observed", "about", "study"):
            continue
        if isinstance(value, BaseModel | Mapping):
            yield from _leaves(value, key)
        elif value is not None and name not in ("source", "mark", "kind"):
            field = None if isinstance(model, Mapping) else type(model).model_fields[name]
            usual = field is not None and not field.is_required() and value == field.default
            if not (usual and key.startswith("law.")):  # a rule that is not asked for
                yield key, value, usual


def _tables(model: Any, path: str) -> Iterator[tuple[str, tuple[str | None, str | None]]]:
    """Yield mark and source of every table that has either."""
    mark, source = getattr(model, "mark", None), getattr(model, "source", None)
    if mark or source:
        yield path, (mark, source)
    items = model.items() if isinstance(model, Mapping) else ((n, getattr(model, n)) for n in type(model).model_fields)
    for name, value in items:
        if isinstance(value, BaseModel | Mapping):
            yield from _tables(value, f"{path}.{name}".strip("."))


def _origin(
    key: str, usual: bool, sources: Mapping[str, str], tables: Mapping[str, tuple[str | None, str | None]]
) -> tuple[str, Both]:
    """Return mark and source: of `[sources]` at the key or above it, else of the number's own table."""
    parts = key.split(".")
    entry = next((sources[k] for n in range(len(parts), 0, -1) if (k := ".".join(parts[:n])) in sources), "")
    mark, source = tables.get(".".join(parts[:-1]), (None, None))
    if parts[0] == "behaviours" and parts[-1] != "baseline":  # mark and source of a behaviour are of its baseline
        mark = source = None
    if entry:
        leading = _LEADING.match(entry)
        if leading is not None:
            return _mark(leading.group(1)), in_words(entry[leading.end() :])
        if usual:
            return "usual", in_words(entry)
        chosen = "design" if _CHOSEN.search(entry) else "none"
        return mark or chosen, in_words(f"{source}; {entry}" if source else entry)
    if key.startswith("run."):
        return "run", Both("", "")
    if usual:
        return "usual", Both("", "")
    if mark or source:
        return mark or "none", in_words(source or "")
    return ("policy" if _is_lever(parts) else "none"), Both("", "")


def _mark(word: str) -> str:
    return "design" if word == "judgement" else word


def _is_lever(parts: list[str]) -> bool:
    """Tell whether it is for the policy to set: amounts and weeks, not how many sign up or are caught."""
    return parts[0] == "arms" and not {"enrolment", "checks"} & set(parts)


def sources(s: Scenario) -> Section:
    """Group the numbers by what they rest on, and those of one source together."""
    items: list[Item] = []
    known = figures(s)
    for mark, title in MARKS.items():
        mine = [f for f in known if f.mark == mark]
        if mine:
            items += [heading(*title), *([_see_above(len(mine))] if mark == "design" else _by_source(mine))]
    if any("*" in i.text.en for i in items):
        items.insert(
            0,
            item("A * stands for every arm or scheme that has the key.", "เครื่องหมาย * แทนทุกทางเลือกหรือทุกมาตรการที่มีคีย์นั้น"),
        )
    items += list(_literature(s))
    if s.observed:
        n, seen = len(s.observed), sum(o.provenance != "recalled" for o in s.observed)
        items += [
            heading("Observed, to be held against the result", "ค่าที่สังเกตจริง ใช้เทียบกับผลจำลอง"),
            item(
                f"{n} published {'figure' if n == 1 else 'figures'}, {seen} of them checked against the source.",
                f"ตัวเลขที่ตีพิมพ์ {n} ค่า ตรวจกับแหล่งที่มาแล้ว {seen} ค่า",
            ),
        ]
    return Section("sources", Both("Where each figure comes from", "ที่มาของตัวเลข"), tuple(items))


def _see_above(n: int) -> Item:
    return item(
        f"{n} {'value' if n == 1 else 'values'}, listed with their ranges under “What it assumes”.",
        f"{n} ค่า แสดงพร้อมช่วงไว้ในหัวข้อ “ข้อสมมุติ”",
    )


def _literature(s: Scenario) -> Iterator[Item]:
    """Name the studies that each kind of scheme rests on."""
    kinds = {x.kind: type(x) for a in s.arms.values() for x in a.schemes.values()}
    if kinds:
        yield heading("Studies behind the kinds of scheme", "การศึกษาที่มาตรการแต่ละชนิดอาศัย")
    for cls in kinds.values():
        said = alike("; ".join(cls.literature) or "-")
        yield Item(said, both(cls.label.en, cls.label.get("th")))


def _by_source(mine: list[Figure]) -> Iterator[Item]:
    for source in dict.fromkeys(f.source for f in mine):
        lines = list(_lines([f for f in mine if f.source == source]))
        if not source.en:
            yield from (Item(line) for line in lines)
            continue
        for line in lines:
            yield Item(Both(f"{line.en} ({source.en})", f"{line.th} ({source.th})"))


def _lines(mine: list[Figure]) -> Iterator[Both]:
    """Write "key = value" in the order of the format; arms that say the same key share a line."""
    for pattern in dict.fromkeys(_pattern(f) for f in mine):
        group = [f for f in mine if _pattern(f) == pattern]
        if len(group) >= _ALIKE_FROM:
            values = dict.fromkeys(shown(f.value) for f in group)
            yield alike(f"{pattern} = {', '.join(values)}")
        else:
            yield from (alike(f"{f.key} = {shown(f.value)}") for f in group)


def _pattern(f: Figure) -> str:
    return re.sub(r"^arms\.[^.]+\.schemes\.[^.]+\.", "arms.*.schemes.*.", f.key)


def shown(value: Any) -> str:
    """Write a value as a file would."""
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return f"{value:,}".replace(",", "_")
    return str(value)
