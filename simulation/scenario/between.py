"""Rules between keys and between tables of a scenario: every mistake at once, at its key, from the raw data.

The classes that read the tables keep those of their rules that make a value unusable, for whoever builds one in Python;
here stands what a file's reader tells.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from simulation.core.names import listed, nearest, quoted
from simulation.core.params import counted
from simulation.scenario import delivery, study_rules, within
from simulation.scenario.law_rules import law
from simulation.scenario.protected import mistakes_of_rights
from simulation.scenario.within import Mistake

CONTROL = "control"
LONGEST_NAME = 60
_MOST_NAMES = 200  # that a mistake hands on, to find the nearest
Path = tuple[str, ...]
_Rule = Callable[[dict[str, Any]], Iterator[Mistake]]


def mistakes_between(data: Any) -> Iterator[Mistake]:
    """Yield what does not hang together; whatever has another shape than it should is left to others."""
    behaviours, arms = _table(data, "behaviours"), _table(data, "arms")
    if isinstance(data, dict) and isinstance(data.get("behaviours"), dict) and not behaviours:
        yield Mistake(
            ("behaviours",),
            "Name at least one behaviour, such as [behaviours.waste_sort]",
            "ต้องมีอย่างน้อยหนึ่งพฤติกรรม เช่น [behaviours.waste_sort]",
        )
    yield from _names(data)
    if isinstance(data, dict) and isinstance(data.get("arms"), dict):
        yield from _control(arms)
    yield from _within(data)
    yield from _aims(arms, behaviours)
    yield from _brings(arms)
    yield from _horizon(arms, _table(data, "run").get("weeks"))
    for path, scheme in schemes_of(arms):
        yield from delivery.mistakes(path, scheme, _table(data, "run").get("weeks"), _table(data, "world"))
    yield from _places(arms, _table(_table(data, "world"), "localities").get("number", 1))
    yield from _organisations(arms, _table(data, "world"))
    yield from study_rules.study(data)
    yield from study_rules.observed(data)
    replay = bool(_table(data, "study"))
    yield from mistakes_of_rights(_table(data, "world"), behaviours, schemes_of(arms), replay)
    yield from law(data)


def schemes_of(arms: dict[str, Any]) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Yield the path and the table of every scheme."""
    for arm in arms:
        for name, scheme in _table(_table(arms, arm), "schemes").items():
            if isinstance(scheme, dict):
                yield ("arms", arm, "schemes", name), scheme


def _names(data: Any) -> Iterator[Mistake]:
    """Refuse names that a screen, a table or a folder would show in another way."""
    arms = _table(data, "arms")
    paths: list[Path] = [("behaviours", name) for name in _table(data, "behaviours")]
    for arm in arms:
        paths.append(("arms", arm))
        paths += [("arms", arm, "schemes", name) for name in _table(_table(arms, arm), "schemes")]
    for path in paths:
        if not 0 < len(path[-1]) <= LONGEST_NAME or not all(map(_is_of_a_name, path[-1])):
            yield Mistake(
                path,
                f"{quoted(path[-1])} is no name; use 1 to {LONGEST_NAME} letters, digits, _ or -, without blanks",
                f"{quoted(path[-1])} ใช้เป็นชื่อไม่ได้ ให้ใช้ตัวอักษร ตัวเลข _ หรือ - ไม่เว้นวรรค ยาว 1 ถึง {LONGEST_NAME} ตัว",
                at_key=True,
            )


def _is_of_a_name(char: str) -> bool:
    return char.isalnum() or char in "_-" or "\u0e01" <= char <= "\u0e4e"  # Thai vowels and tone marks are no letters


def _control(arms: dict[str, Any]) -> Iterator[Mistake]:
    if CONTROL not in arms:
        empty = tuple(name for name, arm in arms.items() if not _table(arm, "schemes"))[:_MOST_NAMES]
        yield Mistake(
            next((("arms", name) for name in nearest(CONTROL, empty)), ()),
            'No arm is called "control". Add [arms.control] with no schemes; it is what the others are compared with',
            'ไม่มีทางเลือกชื่อ "control" ให้เพิ่ม [arms.control] ที่ไม่มีมาตรการ เพื่อใช้เป็นฐานเทียบ',
            CONTROL,
            empty,
            at_key=True,
        )
    elif _table(arms[CONTROL], "schemes"):
        yield Mistake(
            ("arms", CONTROL, "schemes"),
            "The control has no schemes; it is what the others are compared with. Give them an arm of their own",
            "control ต้องไม่มีมาตรการ เพราะเป็นฐานเทียบ ให้ตั้งเป็นทางเลือกอื่น",
        )
    elif all(
        isinstance(arm, dict) and arm.keys() <= {"title", "schemes", "combine"} and not arm.get("schemes")
        for arm in arms.values()
    ):
        yield Mistake(
            ("arms",),
            "No arm has a scheme, so there is nothing to compare with the control. Add one, such as "
            '[arms.trial.schemes.reward] with kind = "points"',
            'ไม่มีทางเลือกใดมีมาตรการ จึงไม่มีสิ่งใดให้เทียบกับ control ให้เพิ่ม เช่น [arms.trial.schemes.reward] ที่มี kind = "points"',
        )


def _within(data: Any) -> Iterator[Mistake]:
    """Apply the rules of single tables, wherever these tables stand."""
    world = _table(data, "world")
    rules: list[tuple[Path, dict[str, Any], _Rule]] = [(("world",), world, within.world)]
    rules.append(
        (("world", "organisations", "sectors"), _table(_table(world, "organisations"), "sectors"), within.sectors)
    )
    behaviours = _table(data, "behaviours")
    rules += [(("behaviours", name), _table(behaviours, name), within.behaviour) for name in behaviours]
    for path, scheme in schemes_of(_table(data, "arms")):
        rules.append(((*path, "schedule"), _table(scheme, "schedule"), within.schedule))
        rules.append(((*path, "enrolment"), _table(scheme, "enrolment"), within.enrolment))
        rules.append(((*path, "target"), _table(scheme, "target"), within.target))
        rules.append(((*path, "channels"), _table(scheme, "channels"), within.channels))
        rules.append((path, scheme, within.money))
        rules.append((path, scheme, within.run_by))
        if scheme.get("kind") == "points":
            rules.append((path, scheme, within.points))
    for path, table, rule in rules:
        if table:
            for found in rule(table):
                yield replace(found, path=(*path, *found.path), table=path)


def _aims(arms: dict[str, Any], behaviours: dict[str, Any]) -> Iterator[Mistake]:
    known, names = listed(tuple(behaviours)), tuple(behaviours)[:_MOST_NAMES]
    for path, scheme in schemes_of(arms):
        aimed = scheme.get("behaviour")
        if aimed is None and len(behaviours) > 1:
            yield Mistake(
                (*path, "behaviour"),
                f"Which behaviour does it aim at? Name one of {known}",
                f"มุ่งไปที่พฤติกรรมใด ใช้ได้: {known}",
                wants=("behaviour",),
                table=path,
            )
        if isinstance(aimed, str) and behaviours and aimed not in behaviours:
            yield Mistake(
                (*path, "behaviour"),
                f"There is no behaviour {quoted(aimed)}; there {'is' if len(behaviours) == 1 else 'are'} {known}",
                f"ไม่มีพฤติกรรม {quoted(aimed)} ที่มี: {known}",
                aimed,
                names,
            )


def _organisations(arms: dict[str, Any], world: dict[str, Any]) -> Iterator[Mistake]:
    """Where organisations are to decide, there are some: drawn, or named in a user's own tables."""
    if not world or world.get("organisations") is not None or world.get("files") is not None:
        return
    for path, scheme in schemes_of(arms):
        if scheme.get("organisations") is not None:
            yield Mistake(
                (*path, "organisations"),
                "The world has no organisations that could run it. Add [world.organisations], such as mean_size = 40",
                "สังคมนี้ไม่มีองค์กรที่จะดำเนินมาตรการ ให้เพิ่ม [world.organisations] เช่น mean_size = 40",
                at_key=True,
            )


def _brings(arms: dict[str, Any]) -> Iterator[Mistake]:
    """A referral brings people into a scheme of its own arm."""
    for path, scheme in schemes_of(arms):
        into, names = scheme.get("into"), tuple(_table(_table(arms, path[1]), "schemes"))[:_MOST_NAMES]
        if scheme.get("kind") == "referral" and isinstance(into, str) and into not in names:
            yield Mistake(
                (*path, "into"),
                f"There is no scheme {quoted(into)} in this arm; there {'is' if len(names) == 1 else 'are'} {listed(names)}",
                f"ไม่มีมาตรการ {quoted(into)} ในทางเลือกนี้ ที่มี: {listed(names)}",
                into,
                names,
            )


def _horizon(arms: dict[str, Any], weeks: Any) -> Iterator[Mistake]:
    if type(weeks) is not int or weeks < 1:
        return
    for path, scheme in schemes_of(arms):
        schedule = _table(scheme, "schedule")
        first, length = schedule.get("start"), schedule.get("weeks")
        if type(first) is not int or type(length) is not int or not (0 <= first <= 5200 and 1 <= length <= 5200):
            continue
        if first + length > weeks:
            verb, verb_th, at = ("begins", "เริ่ม", first) if first >= weeks else ("ends", "สิ้นสุด", first + length)
            yield Mistake(
                (*path, "schedule", "start" if first >= weeks else "weeks"),
                f"It {verb} in week {at:,}, after the horizon of {counted(weeks, 'week')} (run.weeks)",
                f"{verb_th}สัปดาห์ที่ {at:,} หลังระยะเวลาจำลอง {weeks:,} สัปดาห์ (run.weeks)",
            )


def _places(arms: dict[str, Any], number: Any) -> Iterator[Mistake]:
    """Refuse a target at a locality that the world has not."""
    for path, scheme in schemes_of(arms):
        aimed = _table(scheme, "target").get("localities")
        for i, place in enumerate(aimed if isinstance(aimed, list) else ()):
            if type(place) is int and type(number) is int and place > number:
                yield Mistake(
                    (*path, "target", "localities", str(i)),
                    f"There is no locality {place}; the world has {number}, numbered from 1 (world.localities.number)",
                    f"ไม่มีพื้นที่หมายเลข {place} มีเพียง {number} พื้นที่ นับจาก 1 (world.localities.number)",
                )


def _table(data: Any, key: str) -> dict[str, Any]:
    found = data.get(key) if isinstance(data, dict) else None
    return found if isinstance(found, dict) else {}
