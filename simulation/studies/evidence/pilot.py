"""What a pilot observed, read from a table: acts of each arm by week; the first thing wrong with it is refused."""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from simulation.core.errors import InputError, ScenarioError
from simulation.core.names import did_you_mean, listed, quoted
from simulation.scenario.between import CONTROL
from simulation.scenario.model import Scenario

Over = Literal["eligible", "enrolled"]
OVER: tuple[Over, ...] = ("eligible", "enrolled")
FEWEST = 20
"""People that an arm must have: with fewer, how people differ cannot be told from chance."""
COLUMNS = (
    "arm", "behaviour", "week", "week_from", "week_to", "acts", "opportunities", "rate", "n", "people", "enrolled",
)  # fmt: skip
CALLED = {
    "date": "week", "day": "week", "time": "week", "month": "week", "group": "arm", "treatment": "arm",
    "count": "acts", "chances": "opportunities", "share": "rate", "percent": "rate", "participants": "people",
    "ทางเลือก": "arm", "กลุ่ม": "arm", "มาตรการ": "arm", "พฤติกรรม": "behaviour", "สัปดาห์": "week", "สัปดาห์ที่": "week",
    "วันที่": "week", "เดือน": "week", "จำนวนครั้ง": "acts", "ครั้ง": "acts", "การกระทำ": "acts", "โอกาส": "opportunities",
    "จำนวนโอกาส": "opportunities", "อัตรา": "rate", "สัดส่วน": "rate", "ร้อยละ": "rate", "คน": "people", "จำนวนคน": "people",
    "ผู้เข้าร่วม": "enrolled", "ผู้สมัคร": "enrolled",
}  # fmt: skip
"""What columns are called elsewhere, to name the one that is meant."""
_CONTROLS = ("control group", "no scheme", "กลุ่มควบคุม", "ควบคุม", "ไม่มีมาตรการ")
_MOST = 1e9
_SEPARATED = re.compile(r"\s*[0-9๐-๙]{1,3}(?:[, ][0-9๐-๙]{3})+(?:\.[0-9๐-๙]*)?\s*")
_COMMA = re.compile(r"\s*[0-9๐-๙]*,[0-9๐-๙]+\s*")


@dataclass(frozen=True)
class Cell:
    """One row of the table. `week_to` is the week after the last; people and enrolled are None where not given."""

    row: int
    arm: str
    behaviour: str
    week_from: int
    week_to: int
    acts: float
    opportunities: float
    people: float | None
    enrolled: float | None


@dataclass(frozen=True)
class Pilot:
    """A pilot's table.

    Attributes:
        name: The file as it was asked for.
        sha256: Of the file's bytes.
        over: Whose acts they are: all who are eligible, or those enrolled.
        cells: Its rows.
    """

    name: str
    sha256: str
    over: Over
    cells: tuple[Cell, ...]

    def of(self, arm: str, behaviour: str) -> list[Cell]:
        """Return the rows of an arm and a behaviour."""
        return [c for c in self.cells if (c.arm, c.behaviour) == (arm, behaviour)]

    @property
    def behaviours(self) -> list[str]:
        """Return the behaviours observed, in order."""
        return list(dict.fromkeys(c.behaviour for c in self.cells))

    @property
    def arms(self) -> list[str]:
        """Return the arms with schemes that were observed, in order."""
        return list(dict.fromkeys(c.arm for c in self.cells if c.arm != CONTROL))


def read_pilot(path: str | Path, scenario: Scenario, over: str | None = None) -> Pilot:
    """Read and check a pilot's table, CSV or Parquet.

    Args:
        path: The file; columns are named in `COLUMNS`.
        scenario: What the pilot tried: its arms, behaviours and weeks.
        over: "eligible" or "enrolled"; by default enrolled where there is such a column.

    Raises:
        InputError: For the first thing that is wrong, with row, column and what to do.
    """
    from simulation.world.reading import read_bytes, read_table  # pyarrow takes as long to import as a quick command

    shown = str(path)
    try:
        table = read_table(Path(path), shown)
        raw = read_bytes(Path(path), shown)
    except ScenarioError as error:
        p = error.problems[0]
        line, line_th = (f", line {p.line}", f" บรรทัดที่ {p.line}") if p.line else ("", "")
        raise InputError(f"{shown}{line}: {p.text_en}", f"{shown}{line_th}: {p.text_th}") from None
    _columns(shown, list(table.columns))
    if table.ragged:
        row, cells = table.ragged[0]
        raise InputError(
            f"{shown}, row {row + 1} has {cells} cells; the header has {len(table.columns)}. Give every row as many.",
            f"{shown} แถวที่ {row + 1} มี {cells} ช่อง แต่หัวตารางมี {len(table.columns)} ช่อง ให้ทุกแถวมีจำนวนช่องเท่ากัน",
        )
    columns = {name: values.to_pylist() for name, values in table.columns.items()}
    whose = over if over is not None else ("enrolled" if "enrolled" in columns else "eligible")
    _named_over(whose)
    reader = _Reader(shown, scenario, columns, whose)
    found = tuple(reader.cell(i) for i in range(table.rows))
    _whole(shown, found, scenario)
    if whose == "enrolled" and "enrolled" in columns:
        _said_of_each(shown, found)
    return Pilot(shown, hashlib.sha256(raw).hexdigest(), whose, found)  # type: ignore[arg-type]  # looked at just now


def _said_of_each(shown: str, cells: Sequence[Cell]) -> None:
    """Raise InputError for a row of an arm that does not say how many were enrolled, where others do."""
    for c in cells:
        if c.arm != CONTROL and c.enrolled is None:
            raise InputError(
                f"{shown}, row {c.row}, column {quoted('enrolled')}: it is empty, and acts are counted over the enrolled. "
                "Fill it, or say --over eligible.",
                f"{shown} แถวที่ {c.row} คอลัมน์ {quoted('enrolled')}: ว่าง แต่นับการกระทำของผู้เข้าร่วม "
                "ให้เติมจำนวน หรือระบุ --over eligible",
            )


def _named_over(over: str) -> None:
    from simulation.core.errors import one_of

    one_of("--over", over, OVER)


def _columns(shown: str, names: Sequence[str]) -> None:
    for name in names:
        if name not in COLUMNS:
            meant = CALLED.get(name.lower())
            en, th = (f" Is it {meant}?", f" หมายถึง {meant} หรือไม่") if meant else did_you_mean(name, COLUMNS)[:2]
            raise InputError(
                f"{shown}: a pilot has no column {quoted(name)}.{en} Rename it or take it out. "
                f"There are: {listed(COLUMNS)}.",
                f"{shown}: ตารางโครงการนำร่องไม่มีคอลัมน์ {quoted(name)}{th} ให้เปลี่ยนชื่อหรือนำออก ที่มี: {listed(COLUMNS)}",
            )
    for either in ((("arm",),), (("week",), ("week_from", "week_to")), (("acts", "opportunities"), ("rate", "n"))):
        if not any(set(each) <= set(names) for each in either):
            ways, ways_th = (word.join(" + ".join(each) for each in either) for word in (" or ", " หรือ "))
            raise InputError(
                f"{shown}: the column {ways} is missing. Add it; a row is one arm in one week or span of weeks.",
                f"{shown}: ไม่มีคอลัมน์ {ways_th} ให้เพิ่ม หนึ่งแถวคือหนึ่งทางเลือกในหนึ่งสัปดาห์หรือหนึ่งช่วงสัปดาห์",
            )
    for one, other in (("week", "week_from"), ("acts", "rate"), ("opportunities", "n")):
        if one in names and other in names:
            raise InputError(
                f"{shown} has both {one} and {other}, which say the same. Take one of them out.",
                f"{shown} มีทั้ง {one} และ {other} ซึ่งบอกสิ่งเดียวกัน ให้นำออกหนึ่งคอลัมน์",
            )


@dataclass
class _Reader:
    shown: str
    scenario: Scenario
    columns: Mapping[str, list[Any]]
    over: str
    row: int = field(default=0)

    def cell(self, i: int) -> Cell:
        """Return a row, or raise InputError for what is wrong with it."""
        self.row = i
        arm = self._name("arm", list(self.scenario.arms))
        behaviours = list(self.scenario.behaviours)
        behaviour = self._name("behaviour", behaviours) if "behaviour" in self.columns else behaviours[0]
        week_from, week_to = self._weeks()
        of = "opportunities" if "opportunities" in self.columns else "n"
        opportunities = self._number(of, 1, _MOST, " Leave out a row without any", " แถวที่ไม่มีโอกาสให้นำออก")
        acts = self._acts(opportunities, of)
        people = self._maybe("people", 1)
        enrolled = self._maybe("enrolled", 0)
        if people is not None and enrolled is not None and enrolled > people:
            self._refuse("enrolled", f"{enrolled:g} are enrolled of {people:g} people. Correct one of them",
                         f"มีผู้เข้าร่วม {enrolled:g} จาก {people:g} คน ให้แก้จำนวนใดจำนวนหนึ่ง")  # fmt: skip
        if enrolled is not None and self.over == "enrolled" and arm != CONTROL:
            self._possible(behaviour, opportunities, of, enrolled, week_to - week_from, enrolled=True)
        self._possible(behaviour, opportunities, of, people, week_to - week_from)
        return Cell(i + 1, arm, behaviour, week_from, week_to, acts, opportunities, people, enrolled)

    def _acts(self, opportunities: float, of: str) -> float:
        if "rate" in self.columns:
            return self._number("rate", 0, 1, " 34 % is 0.34", " 34 % คือ 0.34") * opportunities
        acts = self._number("acts", 0, _MOST)
        if acts > opportunities:
            self._refuse("acts", f"there are {acts:g} acts on {opportunities:g} {of}: more than all. Correct one of them",
                         f"มีการกระทำ {acts:g} ครั้งจากโอกาส {opportunities:g} ครั้ง ซึ่งเกินทั้งหมด ให้แก้จำนวนใดจำนวนหนึ่ง")  # fmt: skip
        return acts

    def _weeks(self) -> tuple[int, int]:
        last = self.scenario.run.weeks - 1
        if "week" in self.columns:
            week = self._week("week", last)
            return week, week + 1
        first, end = self._week("week_from", last), self._week("week_to", last)
        if end < first:
            self._refuse("week_to", f"it is {end}, before week_from, {first}. Both are included; turn them round",
                         f"เป็น {end} ซึ่งอยู่ก่อน week_from ที่เป็น {first} ทั้งสองสัปดาห์นับรวมด้วย ให้สลับกัน")  # fmt: skip
        return first, end + 1

    def _week(self, column: str, last: int) -> int:
        value = self._number(
            column,
            0,
            last,
            " Weeks are those of the scenario, counted from 0, not dates. "
            f"Where the pilot went on longer, set run.weeks, which is {last + 1}, higher",
            f" สัปดาห์นับตามสถานการณ์ เริ่มที่ 0 ไม่ใช่วันที่ ถ้าโครงการนำร่องนานกว่านี้ ให้เพิ่ม run.weeks ซึ่งเป็น {last + 1}",
        )
        if value != int(value):
            self._refuse(
                column,
                f"it is {value:g}; a week is a whole number. Correct it",
                f"เป็น {value:g} สัปดาห์ต้องเป็นจำนวนเต็ม ให้แก้",
            )
        return int(value)

    def _possible(
        self, behaviour: str, opportunities: float, of: str, people: float | None, weeks: int, enrolled: bool = False
    ) -> None:
        """Refuse more opportunities than people, or the enrolled, can have had."""
        most = max(float(self.scenario.behaviours[behaviour].opportunities_per_week), 1.0) * weeks
        if people is None or opportunities <= people * most * 1.01:
            return
        who, who_th = ("enrolled", "ผู้เข้าร่วม ") if enrolled else ("people", "")
        more = ", or say --over eligible where the acts are those of all who are eligible" if enrolled else ""
        more_th = " หรือระบุ --over eligible ถ้านับการกระทำของผู้มีสิทธิทุกคน" if enrolled else ""
        self._refuse(
            of,
            f"{people:g} {who} have at most {people * most:,.0f} in {weeks} weeks as the scenario says, "
            f"not {opportunities:,.0f}. Correct one of them{more}",
            f"ตามสถานการณ์ {who_th}{people:g} คนมีโอกาสไม่เกิน {people * most:,.0f} ครั้งใน {weeks} สัปดาห์ "
            f"ไม่ใช่ {opportunities:,.0f} ให้แก้จำนวนใดจำนวนหนึ่ง{more_th}",
        )

    def _name(self, column: str, known: Sequence[str]) -> str:
        value = self.columns[column][self.row]
        if value is None:
            self._refuse(
                column, f"it is empty. Fill it with one of {listed(known)}", f"ว่าง ให้เติมชื่อใดชื่อหนึ่ง: {listed(known)}"
            )
        if value not in known:
            en, th = self._titled(column, str(value)) or did_you_mean(str(value), known)[:2]
            self._refuse(
                column,
                f"it is {quoted(str(value))}, which the scenario has not.{en} It has: {listed(known)}",
                f"เป็น {quoted(str(value))} ซึ่งไม่มีในสถานการณ์{th} ที่มี: {listed(known)}",
            )
        return str(value)

    def _titled(self, column: str, value: str) -> tuple[str, str] | None:
        """Return the question whether the arm or behaviour of that title is meant, for the table is to say its name."""
        there: Mapping[str, Any] = self.scenario.arms if column == "arm" else self.scenario.behaviours
        names = [n for n, x in there.items() if x.title is not None and value in (x.title.en, x.title.th)]
        if not names and column == "arm" and value.lower() in _CONTROLS:
            names = [CONTROL]
        return (f" Write {quoted(names[0])}.", f" ให้เขียน {quoted(names[0])}") if names else None

    def _maybe(self, column: str, low: float) -> float | None:
        if column not in self.columns or self.columns[column][self.row] is None:
            return None
        return self._number(column, low, _MOST)

    def _number(self, column: str, low: float, high: float, more: str = "", more_th: str = "") -> float:
        cell = self.columns[column][self.row]
        try:
            value = float(cell)
        except (TypeError, ValueError):
            value = math.nan
        if not low <= value <= high:
            received = "empty" if cell is None else quoted(str(cell))
            received_th = "ว่าง" if cell is None else quoted(str(cell))
            en, th = _written(cell) or (more, more_th.strip())
            dot, blank = (".", " ") if en else ("", "")
            self._refuse(column, f"it is {received}; it is a number from {low:,g} to {high:,.0f}{dot}{en}",
                         f"เป็น {received_th} ต้องเป็นจำนวนตั้งแต่ {low:,g} ถึง {high:,.0f}{blank}{th}")  # fmt: skip
        return value

    def _refuse(self, column: str, en: str, th: str) -> None:
        raise InputError(
            f"{self.shown}, row {self.row + 1}, column {quoted(column)}: {en}.",
            f"{self.shown} แถวที่ {self.row + 1} คอลัมน์ {quoted(column)}: {th}",
        )


def _written(cell: object) -> tuple[str, str] | None:
    """Say how a number is written, where it was written with commas or blanks in it."""
    text = cell if isinstance(cell, str) else ""
    if _SEPARATED.fullmatch(text):
        plain = re.sub("[, ]", "", text)
    elif _COMMA.fullmatch(text):
        plain = text.strip().replace(",", ".")
    else:
        return None
    return f" Write {plain}", f"ให้เขียน {plain}"


def _whole(shown: str, cells: Sequence[Cell], scenario: Scenario) -> None:
    """Raise InputError for rows that cannot stand beside one another."""
    seen: dict[tuple[str, str, int], int] = {}
    for c in cells:
        for week in range(c.week_from, c.week_to):
            first = seen.setdefault((c.arm, c.behaviour, week), c.row)
            if first != c.row:
                raise InputError(
                    f"{shown}, row {c.row}, column {quoted('arm')}: {c.arm} in week {week} stands in row {first} too. "
                    "Keep one of them, or add them up.",
                    f"{shown} แถวที่ {c.row} คอลัมน์ {quoted('arm')}: {c.arm} ในสัปดาห์ที่ {week} มีอยู่แล้วในแถวที่ {first} "
                    "ให้เก็บไว้แถวเดียวหรือรวมกัน",
                )
    if all(not scenario.arms[c.arm].schemes for c in cells):
        raise InputError(
            f"{shown}: no row is of an arm with a scheme, so it teaches nothing. Add the arm that was tried.",
            f"{shown}: ไม่มีแถวของทางเลือกที่มีมาตรการ จึงไม่มีสิ่งให้เรียนรู้ ให้เพิ่มทางเลือกที่ทดลอง",
        )
