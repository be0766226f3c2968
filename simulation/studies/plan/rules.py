"""Rules between the keys of a study file, over its raw data; what needs the scenario stands in `against`.

A rule is silent where a value has the wrong type or is out of its own range: that is told by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from simulation.core.names import listed, quoted
from simulation.scenario.within import Mistake
from simulation.studies.plan import ranges
from simulation.studies.plan.names import OUTCOMES, TAKEN, TAKEN_OF_FACTORS

TABLES = ("levers", "uncertainties")
LONGEST_NAME = 60
Path = tuple[str, ...]
_NEEDS = {
    "grid": (),
    "latin-hypercube": ("points",),
    "sobol": ("points",),
    "saltelli": ("base",),
    "morris": ("trajectories",),
    "list": (),
}
_TAKES = {
    "grid": ("levels",),
    "latin-hypercube": ("points", "seed"),
    "sobol": ("points", "seed"),
    "saltelli": ("base", "seed"),
    "morris": ("trajectories", "levels", "seed"),
    "list": ("file", "rows"),
}
_EXAMPLES = {"points": "100", "base": "64", "trajectories": "20", "levels": "5"}


def mistakes(data: dict[str, Any]) -> Iterator[Mistake]:
    """Yield what does not hang together in the study file by itself."""
    yield from _names(data)
    yield from _set_once(data)
    for path, factor in factors_of(data):
        yield from ranges.mistakes(path, factor, kind_of(data))
    yield from _study(table(data, "study"))
    yield from _contrasts(data)
    yield from _design(data)


def factors_of(data: Any) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Yield path and table of every factor, levers first."""
    for group in TABLES:
        for name, factor in table(data, group).items():
            if isinstance(factor, dict):
                yield (group, name), factor


def keys_of(factor: dict[str, Any]) -> list[tuple[Path, str]]:
    """Return the keys that a factor sets, each with its path in the factor's table."""
    found: list[tuple[Path, str]] = []
    if isinstance(factor.get("key"), str):
        found.append((("key",), factor["key"]))
    keys = factor.get("keys")
    for i, key in enumerate(keys if isinstance(keys, list) else ()):
        if isinstance(key, str):
            found.append((("keys", str(i)), key))
    return found


def kind_of(data: Any) -> str:
    """Return the kind of the design, empty where it is none."""
    kind = table(data, "design").get("kind")
    return kind if isinstance(kind, str) and kind in _TAKES else ""


def table(data: Any, key: str) -> dict[str, Any]:
    """Return a table of the raw data, an empty one where it is none."""
    found = data.get(key) if isinstance(data, dict) else None
    return found if isinstance(found, dict) else {}


def _names(data: dict[str, Any]) -> Iterator[Mistake]:
    """Names are identifiers of their own: they become columns."""
    seen: dict[str, Path] = {}
    groups = (*TABLES, "contrasts")
    for path in ((group, name) for group in groups for name in table(data, group)):
        name = path[1]
        if not name.isidentifier() or len(name) > LONGEST_NAME:
            yield Mistake(
                path,
                f"{quoted(name)} is no name of a column; use letters, digits and _, first a letter, at most {LONGEST_NAME}",
                f"{quoted(name)} ใช้เป็นชื่อคอลัมน์ไม่ได้ ให้ใช้ตัวอักษร ตัวเลข และ _ ขึ้นต้นด้วยตัวอักษร ไม่เกิน {LONGEST_NAME} ตัว",
                at_key=True,
            )
        elif name.lower() in (TAKEN if path[0] == "contrasts" else TAKEN_OF_FACTORS):
            yield Mistake(
                path,
                f"{quoted(name)} is a column of the results already. Choose another name, such as {name}_set",
                f"{quoted(name)} เป็นคอลัมน์ของผลจำลองอยู่แล้ว ให้ใช้ชื่ออื่น เช่น {name}_set",
                at_key=True,
            )
        elif name.lower() in seen:
            other = ".".join(seen[name.lower()])
            yield Mistake(
                path,
                f"{quoted(name)} is the name of {other} too; each name stands for one column. Choose another",
                f"{quoted(name)} เป็นชื่อของ {other} ด้วย ชื่อหนึ่งใช้กับคอลัมน์เดียว ให้ใช้ชื่ออื่น",
                at_key=True,
            )
        seen.setdefault(name.lower(), path)


def _set_once(data: dict[str, Any]) -> Iterator[Mistake]:
    """A key of the scenario is set by one factor."""
    seen: dict[str, str] = {key: "study.set" for _, key in flat(table(data, "study").get("set"))}
    for path, factor in factors_of(data):
        for where, key in keys_of(factor):
            plain = key.strip()
            if plain in seen:
                yield Mistake(
                    (*path, *where),
                    f"{quoted(plain)} is set by {seen[plain]} already; only one can hold. Take one of the two out",
                    f"{quoted(plain)} ถูกตั้งค่าโดย {seen[plain]} แล้ว ใช้ได้เพียงหนึ่งเดียว ให้ลบออกหนึ่งอย่าง",
                )
            seen.setdefault(plain, ".".join(path))


def flat(settings: Any, before: Path = ()) -> Iterator[tuple[Path, str]]:
    """Yield path and dotted key of every value of `study.set`, which may be written by dots or as tables."""
    for key, value in settings.items() if isinstance(settings, dict) else ():
        path = (*before, str(key))
        if isinstance(value, dict) and value:
            yield from flat(value, path)
        else:
            yield path, ".".join(path)


def _study(study: dict[str, Any]) -> Iterator[Mistake]:
    """Arms and outcomes are named once; societies by their number or by a target."""
    for key in ("arms", "outcomes"):
        yield from _once(key, study.get(key))
    outcomes = study.get("outcomes")
    for i, name in enumerate(outcomes if isinstance(outcomes, list) else ()):
        yield from _outcome(("study", "outcomes", str(i)), name)
    target = study.get("target")
    if not isinstance(target, dict):
        return
    if study.get("replicates") is not None:
        yield Mistake(
            ("study", "replicates"),
            'There is a "target", which decides how many societies are run. Take one of the two out',
            'มี "target" ซึ่งกำหนดจำนวนสังคมจำลองอยู่แล้ว ให้ลบออกหนึ่งอย่าง',
            at_key=True,
        )
    yield from _outcome(("study", "target", "outcome"), target.get("outcome"))
    least, most = target.get("at_least", 8), target.get("at_most", 200)
    if ranges.is_number(least) and ranges.is_number(most) and least > most:
        yield Mistake(
            ("study", "target", "at_least" if "at_least" in target else "at_most"),
            f"at_least is {least:,} and at_most is {most:,}; the least comes first",
            f"at_least เป็น {least:,} แต่ at_most เป็น {most:,} ค่าน้อยต้องไม่เกินค่ามาก",
        )


def _once(key: str, names: Any) -> Iterator[Mistake]:
    """A list of names is not empty and names each once."""
    if not isinstance(names, list):
        return
    if not names:
        example, th = ("effect_pp", "ผลลัพธ์") if key == "outcomes" else ("NAME", "ทางเลือก")
        yield Mistake(
            ("study", key),
            f'The list is empty. Name one at least, such as ["{example}"], or take "{key}" out',
            f'รายการว่างเปล่า ให้ใส่{th}อย่างน้อยหนึ่งชื่อ เช่น ["{example}"] หรือลบ "{key}" ออก',
        )
    for i, name in enumerate(names):
        if isinstance(name, str) and name in names[:i]:
            yield Mistake(
                ("study", key, str(i)),
                f"{quoted(name)} stands twice. Take it out once",
                f"มี {quoted(name)} สองครั้ง ให้ลบออกหนึ่ง",
            )


def _outcome(path: Path, name: Any) -> Iterator[Mistake]:
    if isinstance(name, str) and name not in OUTCOMES:
        yield Mistake(
            path,
            f"There is no outcome {quoted(name)}; there are {listed(OUTCOMES)}",
            f"ไม่มีผลลัพธ์ {quoted(name)} ที่มี: {listed(OUTCOMES)}",
            name,
            OUTCOMES,
        )


def _contrasts(data: dict[str, Any]) -> Iterator[Mistake]:
    for name, contrast in table(data, "contrasts").items():
        if not isinstance(contrast, dict):
            continue
        yield from _outcome(("contrasts", name, "outcome"), contrast.get("outcome"))
        if isinstance(contrast.get("arm"), str) and contrast["arm"] == contrast.get("less"):
            yield Mistake(
                ("contrasts", name, "less"),
                f"{quoted(contrast['arm'])} less itself is always 0. Name another arm",
                f"{quoted(contrast['arm'])} ลบด้วยตนเองได้ 0 เสมอ ให้ระบุทางเลือกอื่น",
            )


def _design(data: dict[str, Any]) -> Iterator[Mistake]:
    """Each kind of design has its own keys; nothing varied is no design."""
    kind, design = kind_of(data), table(data, "design")
    if not any(table(data, group) for group in TABLES):
        yield Mistake(
            ("levers",),
            "The design is empty: nothing is varied. Add [levers.NAME] or [uncertainties.NAME] with key and range",
            "แบบการทดลองว่างเปล่า ไม่มีสิ่งใดเปลี่ยน ให้เพิ่ม [levers.NAME] หรือ [uncertainties.NAME] พร้อม key และ range",
        )
    if not kind:
        return
    for key in design:
        users = [k for k, keys in _TAKES.items() if key in keys]
        if users and key not in _TAKES[kind] and design[key] not in (None, []) and key != "seed":
            own = ", ".join(_TAKES[kind])
            yield Mistake(
                ("design", key),
                f'"{key}" belongs to {" and ".join(users)}; a {kind} takes {own}',
                f'"{key}" ใช้กับ {" และ ".join(users)} ส่วน {kind} ใช้ {own}',
                at_key=True,
            )
    for key in _NEEDS[kind]:
        if design.get(key) is None:
            yield _missing(kind, key)
    yield from _of_kind(kind, design, data)


def _missing(kind: str, key: str) -> Mistake:
    return Mistake(
        ("design", "kind"),
        f'A {kind} needs "{key}". Add it, for example {key} = {_EXAMPLES[key]}',
        f'{kind} ต้องมี "{key}" ให้เพิ่ม เช่น {key} = {_EXAMPLES[key]}',
        wants=(key,),
        table=("design",),
    )


def _of_kind(kind: str, design: dict[str, Any], data: dict[str, Any]) -> Iterator[Mistake]:
    """What only one kind of design asks."""
    levels = design.get("levels")
    if kind == "morris" and type(levels) is int and levels % 2:
        yield Mistake(
            ("design", "levels"),
            f"{levels} is odd; the steps of Morris trajectories need an even number of levels. Write {levels + 1}",
            f"{levels} เป็นเลขคี่ เส้นทางแบบ Morris ต้องมีจำนวนระดับเป็นเลขคู่ ให้เขียน {levels + 1}",
        )
    open_ranges = [p for p, f in factors_of(data) if f.get("values") is None and not (f.get("levels") or f.get("step"))]
    if kind == "grid" and levels is None and open_ranges:
        path = ".".join(open_ranges[0])
        yield Mistake(
            ("design", "kind"),
            f'A grid needs to know how many values {path} takes. Add "levels" there or here, for example levels = 5',
            f'grid ต้องรู้ว่า {path} ใช้กี่ค่า ให้เพิ่ม "levels" ที่นั่นหรือที่นี่ เช่น levels = 5',
            wants=("levels",),
            table=("design",),
        )
    if kind == "list" and (design.get("file") is None) == (not design.get("rows")):
        both = design.get("file") is not None
        yield Mistake(
            ("design", "rows" if both else "kind"),
            'A list has either "file" or "rows". Take one of the two out'
            if both
            else 'A list needs its points. Add "file", for example file = "points.csv", or "rows" with one value for each factor',
            'list ใช้ "file" หรือ "rows" อย่างใดอย่างหนึ่ง ให้ลบออกหนึ่งอย่าง'
            if both
            else 'list ต้องมีจุด ให้เพิ่ม "file" เช่น file = "points.csv" หรือ "rows" ที่มีค่าของทุกปัจจัย',
            wants=() if both else ("file", "rows"),
            table=("design",),
            at_key=both,
        )
