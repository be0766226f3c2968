"""What a study asks of its scenario: arms that there are, keys that there are, values that the scenario takes, a size that can be run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any

from simulation.core.errors import Problem, ScenarioError
from simulation.core.names import listed, quoted
from simulation.scenario.between import CONTROL
from simulation.scenario.messages import as_text, shown
from simulation.scenario.model import Scenario
from simulation.scenario.within import Mistake
from simulation.studies.plan import ranges, sizes
from simulation.studies.plan.keys import known_key, mistakes_of_key, sort_of_key
from simulation.studies.plan.law import parameter, parameter_names
from simulation.studies.plan.lists import Column, Listed, mistakes_of_row, read_list
from simulation.studies.plan.names import PARAMETERS
from simulation.studies.plan.rules import factors_of, keys_of, kind_of, table

Path = tuple[str, ...]
_MOST_TRIED = 60
"""Values that are put into the scenario to see whether it takes them, over all factors."""


@dataclass
class Against:
    """The mistakes of a study that only its scenario tells.

    Attributes:
        scenario: The scenario with the study's own values put in; None where it could not be read.
        folder: Where a list's file is found from; None where the study has no file.
        problems: What is wrong in a list's file, filled by `mistakes`.
        wrong: How many mistakes that file has.
        rows: Points that are listed, filled by `mistakes`.
    """

    scenario: Scenario | None
    folder: FilePath | None
    problems: tuple[Problem, ...] = ()
    wrong: int = 0
    rows: tuple[tuple[Any, ...], ...] = ()
    _data: dict[str, Any] = field(default_factory=dict)

    def mistakes(self, data: dict[str, Any]) -> Iterator[Mistake]:
        """Yield the mistakes of the study's raw data."""
        if self.scenario is not None:
            self._data = self.scenario.model_dump(mode="json")
            yield from self._arms(data)
        yield from self._factors(data)
        if kind_of(data) == "list":
            yield from self._list(data)
        yield from sizes.mistakes(data, self.scenario, len(self.rows))

    def _arms(self, data: dict[str, Any]) -> Iterator[Mistake]:
        assert self.scenario is not None
        able = tuple(name for name, arm in self.scenario.arms.items() if arm.schemes)
        study = table(data, "study")
        if not able:
            yield Mistake(
                ("study", "scenario"), "No arm of the scenario has schemes", "ไม่มีทางเลือกใดของสถานการณ์ที่มีมาตรการ"
            )
        arms = study.get("arms")
        for i, name in enumerate(arms if isinstance(arms, list) else ()):
            if isinstance(name, str) and name not in able:
                yield _no_arm(("study", "arms", str(i)), name, able, CONTROL if name == CONTROL else "")
        run = tuple(a for a in arms if a in able) if isinstance(arms, list) else able
        for name, contrast in table(data, "contrasts").items():
            for key in ("arm", "less"):
                arm = contrast.get(key) if isinstance(contrast, dict) else None
                if isinstance(arm, str) and arm not in run:
                    yield _no_arm(("contrasts", name, key), arm, run, CONTROL if arm == CONTROL else "")

    def _factors(self, data: dict[str, Any]) -> Iterator[Mistake]:
        factors = list(factors_of(data))
        most = max(2, _MOST_TRIED // max(1, len(factors)))
        for path, factor in factors:
            keys = keys_of(factor)
            found = [
                m for at, key in keys if self._can_tell(key) for m in mistakes_of_key((*path, *at), key, self._data)
            ]
            yield from found
            if keys and not found:
                yield from self._of_factor(path, factor, [key for _, key in keys], most)

    def _can_tell(self, key: str) -> bool:
        return self.scenario is not None or key.startswith(PARAMETERS)

    def _of_factor(self, path: Path, factor: dict[str, Any], keys: list[str], most: int) -> Iterator[Mistake]:
        """Yield what is wrong with the values of a factor whose keys there are."""
        if any(key.startswith(PARAMETERS) for key in keys):
            yield from _of_law(path, factor, keys)
        elif self.scenario is not None:
            known = [known_key(key, self._data) for key in keys]
            yield from _fits_sort(path, factor, [sort_of_key(k) for k in known], keys)
            ends = ranges.ends_of(factor)
            must = factor.get("whole") is not True and any(k is not None and k.kind == "whole number" for k in known)
            if must and ends is not None:
                why = (f", which {quoted(keys[0])} takes", f" ซึ่ง {quoted(keys[0])} ต้องใช้")
                bad = list(ranges.whole(path, factor, *ends, why))
                yield from bad
                if any("range" in m.path for m in bad):
                    return
            whole = must or factor.get("whole") is True
            yield from self._tried(path, factor, keys, most, whole)

    def _tried(self, path: Path, factor: dict[str, Any], keys: list[str], most: int, whole: bool) -> Iterator[Mistake]:
        """Put values into the scenario and yield those that it refuses, at their place in the study."""
        assert self.scenario is not None
        for at, value in _to_try(factor, most, whole):
            try:
                self.scenario.with_(dict.fromkeys(keys, value))
            except ScenarioError as error:
                yield _refused((*path, *at), keys, value, error)

    def _list(self, data: dict[str, Any]) -> Iterator[Mistake]:
        """Read the points that are listed."""
        columns = {path[1]: self._column(factor) for path, factor in factors_of(data)}
        design = table(data, "design")
        name, rows = design.get("file"), design.get("rows")
        if isinstance(name, str) and name and columns:
            listed_in = self._read(name, columns)
            self.problems, self.wrong, self.rows = listed_in.problems, listed_in.wrong, listed_in.rows
        elif isinstance(rows, list):
            kept, wrong = [], 0
            for i, row in enumerate(rows):
                if isinstance(row, dict):
                    for key, (en, th) in mistakes_of_row(row, columns):
                        where = ("design", "rows", str(i), key) if key in row else ("design", "rows", str(i))
                        wrong += 1
                        yield Mistake(where, en, th)
                    kept.append(tuple(columns[n].kept(row.get(n)) for n in columns))
            self.rows = tuple(kept) if not wrong else ()
        if self.scenario is not None and not self.wrong:
            yield from self._ends_of_list(data, columns)

    def _read(self, name: str, columns: dict[str, Column]) -> Listed:
        path = (self.folder or FilePath()) / name
        shown_as = str(path.relative_to(FilePath.cwd())) if path.is_relative_to(FilePath.cwd()) else str(path)
        return read_list(path, shown_as, columns)

    def _column(self, factor: dict[str, Any]) -> Column:
        """Return what the cells of a factor's column may be."""
        keys = [key for _, key in keys_of(factor)]
        ends, values = ranges.ends_of(factor), factor.get("values")
        of_law = bool(keys) and keys[0].startswith(PARAMETERS)
        known = None if of_law or not keys or self.scenario is None else known_key(keys[0], self._data)
        sort = "number" if of_law else sort_of_key(known) or (ranges.sort_of(values[0]) if values else "") or "text"
        low, high = ends or (None, None)
        whole = factor.get("whole") is True or (known is not None and known.kind == "whole number")
        return Column(sort, whole, low, high, tuple(values) if isinstance(values, list) else ())

    def _ends_of_list(self, data: dict[str, Any], columns: dict[str, Column]) -> Iterator[Mistake]:
        """Put the outermost listed values of each factor into the scenario."""
        where: Path = ("design", "file") if table(data, "design").get("file") is not None else ("design", "rows")
        for n, (_, factor) in enumerate(factors_of(data)):
            keys = [key for _, key in keys_of(factor)]
            cells = [row[n] for row in self.rows if len(row) == len(columns) and row[n] is not None]
            if not cells or factor.get("range") is not None or factor.get("values") is not None:
                continue
            if any(key.startswith(PARAMETERS) or sort_of_key(known_key(key, self._data)) == "" for key in keys):
                continue
            for value in _outermost(cells, _MOST_TRIED // len(columns)):
                try:
                    assert self.scenario is not None
                    self.scenario.with_(dict.fromkeys(keys, value))
                except ScenarioError as error:
                    yield _refused(where, keys, value, error)


def _no_arm(path: Path, name: str, able: Sequence[str], control: str) -> Mistake:
    if control:
        return Mistake(
            path,
            f'"{control}" has no schemes; every run is compared with the same society without any. Arms: {listed(able)}',
            f'"{control}" ไม่มีมาตรการ ทุกการจำลองเทียบกับสังคมเดียวกันที่ไม่มีมาตรการอยู่แล้ว ทางเลือก: {listed(able)}',
        )
    return Mistake(
        path,
        f"There is no arm {quoted(name)} that has schemes and is run; there are {listed(able)}",
        f"ไม่มีทางเลือก {quoted(name)} ที่มีมาตรการและนำมาจำลอง ที่มี: {listed(able)}",
        name,
        tuple(able),
    )


def _of_law(path: Path, factor: dict[str, Any], keys: list[str]) -> Iterator[Mistake]:
    """Parameters of the law are set alone, to numbers that they can have."""
    if len(keys) > 1:
        yield Mistake(
            (*path, "keys"),
            "A parameter of the law is a factor of its own. Write one key",
            "ค่าของกฎเป็นปัจจัยเดี่ยว ให้เขียนคีย์เดียว",
            at_key=True,
        )
        return
    name = keys[0].removeprefix(PARAMETERS)
    if name not in parameter_names():
        return
    known = parameter(name)
    for key in ("range", "values"):
        given = factor.get(key)
        for i, value in enumerate(given if isinstance(given, list) else ()):
            at = (*path, key, str(i))
            if key == "values" and not ranges.is_number(value) and ranges.sort_of(value):
                yield Mistake(
                    at,
                    f"{shown(value)} is no number; {quoted(name)} is one",
                    f"{shown(value)} ไม่ใช่ตัวเลข {quoted(name)} ต้องเป็นตัวเลข",
                )
            elif ranges.is_number(value) and not known.least <= value <= known.most:
                ends = f"{known.least:g} .. {known.most:g}"
                yield Mistake(
                    at,
                    f"{ranges.as_written(value)} cannot be: {quoted(name)} ({known.unit.en}) lies within {ends}; "
                    f"usual range {known.low:g} .. {known.high:g}",
                    f"ใช้ {ranges.as_written(value)} ไม่ได้: {quoted(name)} ({known.unit.get('th')}) ต้องอยู่ในช่วง {ends} "
                    f"ช่วงปกติ {known.low:g} .. {known.high:g}",
                )


def _fits_sort(path: Path, factor: dict[str, Any], sorts: list[str], keys: list[str]) -> Iterator[Mistake]:
    """A range is of numbers."""
    words = [(key, sort) for key, sort in zip(keys, sorts, strict=True) if sort != "number"]
    if words and factor.get("range") is not None:
        key, sort = words[0]
        en, th = ranges.SORTS[sort]
        yield Mistake(
            (*path, "range"),
            f"{quoted(key)} takes {en}, which has no range. List what it takes: values = [...]",
            f"{quoted(key)} รับ{th} ซึ่งไม่มีช่วง ให้เขียนค่าที่ใช้ใน values = [...]",
            at_key=True,
        )


def _to_try(factor: dict[str, Any], most: int, whole: bool) -> Iterator[tuple[Path, Any]]:
    """Yield the ends of a range, or the outermost and the first ones of the values, each with its place."""
    ends, values = ranges.ends_of(factor), factor.get("values")
    if isinstance(values, list):
        sorts = [ranges.sort_of(v) for v in values[: ranges.MOST_VALUES]]
        first = next((sort for sort in sorts if sort), "")
        usable = [(i, v) for i, (v, sort) in enumerate(zip(values, sorts, strict=False)) if sort and sort == first]
        chosen = _outermost([v for _, v in usable], most)
        for i, value in usable:
            if value in chosen:
                chosen.remove(value)
                yield ("values", str(i)), value
    elif ends is not None:
        for i, end in enumerate(ends):
            yield ("range", str(i)), int(end) if whole else end


def _outermost(values: Sequence[Any], most: int) -> list[Any]:
    """Return at most so many different values: the smallest and largest number, and the first ones."""
    numbers = [v for v in values if ranges.is_number(v)]
    ends = [min(numbers), max(numbers)] if numbers else []
    return list(dict.fromkeys([*ends, *values]))[: max(2, most)]


def _refused(path: Path, keys: list[str], value: Any, error: ScenarioError) -> Mistake:
    """Return what the scenario says of a value as a mistake of the study."""
    own = [p for p in error.problems if p.key in keys]
    problem = (own or list(error.problems))[0]
    en, th = (t.split("\nWithout the change")[0].split("\nหากไม่เปลี่ยน")[0] for t in (problem.text_en, problem.text_th))
    if not own:
        en = f"With {quoted(keys[0])} at {shown(value)}, {problem.key} of the scenario is not right. {en}"
        th = f"เมื่อ {quoted(keys[0])} เป็น {shown(value)} แล้ว {problem.key} ของสถานการณ์ไม่ถูกต้อง {th}"
    return Mistake(path, en.rstrip("."), th, as_text(value), rule=problem.rule)
