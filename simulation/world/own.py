"""A user's own world: their tables of citizens, ties, organisations and localities, checked and joined."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from simulation.agents.citizens_table import SECTORS
from simulation.core.graph import MOST_NODES, Graph
from simulation.core.names import did_you_mean, listed, quoted
from simulation.world.columns import (
    CITIZEN,
    LOCALITY,
    ORGANISATION,
    TIE,
    Known,
    known_columns,
    labels_of,
    unique,
    values_of,
)
from simulation.world.facts import YOUNGEST
from simulation.world.minors import children_have_guardians, known_age
from simulation.world.raw import Mistakes, Raw, Texts
from simulation.world.ties import ties_of

_NONE = SECTORS.index("none")
_LISTED = 5


@dataclass(frozen=True, eq=False)
class OwnWorld:
    """What a user's tables say, row by row of their citizens; what they do not say is drawn for each society.

    `columns` holds of age, sex, urban, online, wage, household, organisation, sector and locality those given.
    `organisation_sector` and `organisation_locality` are -1 where a table of organisations does not say.
    """

    names: tuple[str, ...]
    ids: NDArray[np.uint64]
    columns: Mapping[str, NDArray[Any]]
    graph: Graph | None = None
    organisation_names: tuple[str, ...] = ()
    organisation_sector: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    organisation_locality: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    locality_names: tuple[str, ...] = ()
    household_names: tuple[str, ...] = ()
    notices: tuple[Texts, ...] = ()

    @property
    def n(self) -> int:
        """Number of citizens."""
        return len(self.names)

    def noticed(self, decider: str) -> tuple[Texts, ...]:
        """Return what should be noticed; where households decide, that each row is one."""
        homes = len(self.household_names)
        if decider != "household" or not 0 < homes < self.n:
            return self.notices
        en = f'decider = "household" takes each of the {self.n:,} rows for a household; they name {homes:,}.'
        return (
            *self.notices,
            (
                f'{en} Write decider = "citizen" if a row is a person.',
                f'decider = "household" นับแต่ละแถวจาก {self.n:,} แถวเป็นหนึ่งครัวเรือน แต่ในตารางมี {homes:,} ครัวเรือน '
                'หากหนึ่งแถวคือหนึ่งคน ให้เขียน decider = "citizen"',
            ),
        )


def join_world(
    citizens: Raw | None,
    ties: Raw | None = None,
    organisations: Raw | None = None,
    localities: Raw | None = None,
    youngest: int = YOUNGEST,
) -> OwnWorld:
    """Check the tables and join them by their identifiers; raises ScenarioError with every mistake of all of them.

    Without a table of citizens they are all those that the ties name.
    """
    mistakes = Mistakes()
    notices: list[Texts] = []
    parts = [_known(raw, known, mistakes, notices) for raw, known in
             ((citizens, CITIZEN), (organisations, ORGANISATION), (localities, LOCALITY), (ties, TIE))]  # fmt: skip
    people, groups, places, edges = parts
    if citizens is None and edges is not None:
        people = _people_of_ties(edges)
    names: list[str] = []
    columns: dict[str, NDArray[Any]] = {}
    homes: list[str] = []
    place_names = _names_of(places, mistakes, ("Locality", "พื้นที่"))
    group_names = _names_of(groups, mistakes, ("Organisation", "องค์กร"))
    if people is not None:
        names = _citizens(people, mistakes)
        columns, homes = _plain_columns(people, mistakes, youngest)
        for key, table, known in (("locality", places, place_names), ("organisation", groups, group_names)):
            if key in people.columns:
                columns[key], found = _members(people, key, table, known, mistakes)
                if key == "locality":
                    place_names = found
                else:
                    group_names = found
        _households_hold_together(people, columns, place_names, mistakes)
        if youngest < YOUNGEST:
            children_have_guardians(people, columns, mistakes)
    sector, seat, place_names = _organisations(people, groups, columns, group_names, places, place_names, mistakes)
    _urban_by_place(places, columns, mistakes)
    graph = None
    if edges is not None and people is not None and len(names):
        pardoned = people.ragged_cells("id")  # that such a row is wrong is told already
        graph = _graph(edges, [*names, *pardoned], people.name, mistakes, notices)
    for raw, noun in ((people, _CITIZENS), (edges, _TIES), (groups, _ROWS), (places, _ROWS)):
        if raw is not None:
            mistakes.read[raw.name] = (f"{raw.rows:,} {noun[0]} read", f"อ่านแล้ว {raw.rows:,} {noun[1]}")
    mistakes.raise_any()
    return OwnWorld(
        names=tuple(names),
        ids=keys_of(names),
        columns=columns,
        graph=graph,
        organisation_names=tuple(group_names),
        organisation_sector=sector,
        organisation_locality=seat,
        locality_names=_called(places, place_names),
        household_names=tuple(homes),
        notices=tuple(notices),
    )


_CITIZENS, _TIES, _ROWS = ("citizens", "คน"), ("ties", "เส้นโยง"), ("rows", "แถว")


def keys_of(names: Sequence[str]) -> NDArray[np.uint64]:
    """Return the number of each identifier that keys its chance, so that a person's luck does not hang on the row."""
    digest = hashlib.blake2b
    whole = b"".join([digest(name.encode(), digest_size=8).digest() for name in names])
    return np.frombuffer(whole, dtype="<u8").astype(np.uint64)


def _known(raw: Raw | None, known: tuple[Known, ...], mistakes: Mistakes, notices: list[Texts]) -> Raw | None:
    """Name the columns of a table in English, and notice those that are not used."""
    if raw is None:
        return None
    notices += raw.notices
    mistakes.take(raw.ragged_rows(), len(raw.ragged))
    columns, named, unused = known_columns(raw, known, mistakes)
    if unused:
        shown = listed([quoted(name) for name in unused])
        notices.append((f"Columns of {raw.name} that are not used: {shown}.", f"คอลัมน์ใน {raw.name} ที่ไม่ได้ใช้: {shown}"))
    if not columns:
        heads = listed([k.name for k in known])
        mistakes.add(
            named.problem(
                0,
                "",
                f"No column of this table is known. Is the first line its header? Known columns: {heads}.",
                f"ไม่รู้จักคอลัมน์ใดในตารางนี้ บรรทัดแรกเป็นหัวตารางหรือไม่ คอลัมน์ที่รู้จัก: {heads}",
            )
        )
        return None
    must = [k.name for k in known if k.name in ("source", "target") or (k.name == "id" and known is not CITIZEN)]
    missing = [key for key in must if key not in columns]
    if missing:
        en, th = ", ".join(missing), listed([k.name for k in known])
        mistakes.add(
            named.problem(
                0,
                "",
                f"The table has no column {en}. Known columns: {th}.",
                f"ตารางไม่มีคอลัมน์ {en} คอลัมน์ที่รู้จัก: {th}",
            )
        )
        return None
    return named


def _names_of(raw: Raw | None, mistakes: Mistakes, noun: Texts) -> list[str]:
    return [] if raw is None else unique(raw, mistakes, noun)


def _called(places: Raw | None, names: list[str]) -> tuple[str, ...]:
    """Return what readers call the localities: the names of their table, where it has them."""
    if places is None or "name" not in places.columns:
        return tuple(names)
    called = places.columns["name"].to_pylist()
    return tuple(str(name) if name else key for name, key in zip(called, names, strict=True))


def _citizens(people: Raw, mistakes: Mistakes) -> list[str]:
    if people.rows > MOST_NODES:
        en = f"The table has {people.rows:,} citizens; at most {MOST_NODES:,} can be tied."
        mistakes.add(people.problem(0, "", en, f"ตารางมีพลเมือง {people.rows:,} คน รองรับได้ไม่เกิน {MOST_NODES:,} คน"))
        return []
    if "id" not in people.columns:
        return [str(row + 1) for row in range(people.rows)]
    return unique(people, mistakes, ("Citizen", "พลเมือง"))


def _plain_columns(people: Raw, mistakes: Mistakes, youngest: int) -> tuple[dict[str, NDArray[Any]], list[str]]:
    """Read what is no name of a group, and number the households; return their names too."""
    found: dict[str, NDArray[Any]] = {}
    homes: list[str] = []
    for known in CITIZEN:
        if known.name not in people.columns or known.name in ("id", "organisation", "locality"):
            continue
        if known.name == "household":
            found["household"], homes = labels_of(people, known, mistakes)
        else:
            known = known_age(known, youngest) if known.name == "age" else known
            found[known.name] = values_of(people, known, mistakes)
    return found, homes


def _members(
    people: Raw, key: str, table: Raw | None, names: list[str], mistakes: Mistakes
) -> tuple[NDArray[np.int64], list[str]]:
    """Return the number of each citizen's locality or organisation and their names, in order of the table or of appearance."""
    known = next(k for k in CITIZEN if k.name == key)
    at, found = labels_of(people, known, mistakes)
    if table is None:
        return at, found
    where = {name: i for i, name in enumerate(names)}
    number = np.array([where.get(name, -2) for name in found] or [-1], np.int64)
    rows = np.where(at < 0, -1, number[np.maximum(at, 0)])

    def tell(row: int) -> tuple[str, ...]:
        word = found[at[row]]
        en, th, near = did_you_mean(word, names)
        few = listed(names)
        return (
            f"There is no {key} {quoted(word)} in {table.name}.{en}\nThere are: {few}.",
            f"ไม่มี{known.thai} {quoted(word)} ใน {table.name}{th}\nที่มี: {few}",
            near,
        )

    mistakes.at(people, key, np.flatnonzero(rows == -2), tell)
    return np.maximum(rows, -1), names


def _households_hold_together(
    people: Raw, columns: Mapping[str, NDArray[Any]], names: Sequence[str], mistakes: Mistakes
) -> None:
    """Refuse a household whose members live in two localities."""
    if "household" not in columns or "locality" not in columns:
        return
    home, place = columns["household"], columns["locality"]
    first = _first_of(home)
    elsewhere = (home >= 0) & (place >= 0) & (place != place[first]) & (place[first] >= 0)

    def tell(row: int) -> tuple[str, ...]:
        house = quoted(str(people.columns["household"][row].as_py()))
        here, there = quoted(names[place[row]]), quoted(names[place[first[row]]])
        at, at_th = people.place(int(first[row]))
        return (
            f"Household {house} lives in {there} ({at}) and in {here}. A household lives in one locality.",
            f"ครัวเรือน {house} อยู่ใน {there} ({at_th}) และ {here} ครัวเรือนหนึ่งต้องอยู่ในพื้นที่เดียว",
        )

    rows = np.flatnonzero(elsewhere)
    once = np.unique(home[rows], return_index=True)[1]  # one household, one mistake
    mistakes.at(people, "locality", rows[np.sort(once)], tell)


def _first_of(group: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return for each row the first row of its group."""
    first = np.zeros(int(group.max(initial=0)) + 1, np.int64)
    order = np.arange(len(group))[::-1]
    first[np.maximum(group[order], 0)] = order
    return first[np.maximum(group, 0)]


def _organisations(
    people: Raw | None,
    groups: Raw | None,
    columns: dict[str, NDArray[Any]],
    names: list[str],
    places: Raw | None,
    place_names: list[str],
    mistakes: Mistakes,
) -> tuple[NDArray[np.int64], NDArray[np.int64], list[str]]:
    """Return sector and locality of each organisation, from its own table, else from its members; -1 where unknown."""
    n = len(names)
    sector, seat = np.full(n, -1, np.int64), np.full(n, -1, np.int64)
    if groups is not None:
        if "sector" in groups.columns:
            sector = values_of(groups, ORGANISATION[1], mistakes)
        if "locality" in groups.columns:
            seat, found = _members(groups, "locality", places or _seats(place_names), place_names, mistakes)
            place_names = place_names or found
    member = columns.get("organisation")
    if groups is not None and people is not None and member is None:
        en = f"Nobody belongs to these organisations: {people.name} has no column organisation."
        mistakes.add(groups.problem(0, "id", en, f"ไม่มีใครสังกัดองค์กรเหล่านี้ เพราะ {people.name} ไม่มีคอลัมน์ organisation"))
    if people is None or member is None:
        return sector, seat, place_names
    inside = np.flatnonzero(member >= 0)
    if "sector" in columns:
        sector = _sector_of_members(people, groups, columns["sector"], member, sector, mistakes)
    if "locality" in columns and len(inside):
        seat = np.where(seat >= 0, seat, _seat_of_most(member[inside], columns["locality"][inside], n))
    return sector, seat, place_names


def _seats(names: list[str]) -> Raw | None:
    """Return the localities that citizens named as a table, where they named any."""
    return Raw("the citizens' localities", {}, len(names)) if names else None


def _sector_of_members(
    people: Raw,
    groups: Raw | None,
    said: NDArray[np.int64],
    member: NDArray[np.int64],
    sector: NDArray[np.int64],
    mistakes: Mistakes,
) -> NDArray[np.int64]:
    """Take an organisation's sector from its members where its table does not say; refuse members who disagree."""
    inside = (member >= 0) & (said >= 0) & (said < _NONE)
    first = np.full(len(sector), -1, np.int64)
    rows = np.flatnonzero(inside)[::-1]
    first[member[rows]] = said[rows]
    settled = np.where(sector >= 0, sector, first)
    differs = np.zeros(len(member), bool)
    differs[rows] = settled[member[rows]] != said[rows]
    lost = (member < 0) & (said >= 0) & (said != _NONE)

    def tell(row: int) -> tuple[str, ...]:
        if member[row] < 0:
            return (
                "The citizen has a sector and no organisation. Name the organisation, or write none.",
                "พลเมืองมีภาคส่วนแต่ไม่มีองค์กร ให้ระบุองค์กร หรือเขียน none",
            )
        name = quoted(str(people.columns["organisation"][row].as_py()))
        other = SECTORS[settled[member[row]]]
        return (
            f"{name} is {SECTORS[said[row]]} here and {other} elsewhere. An organisation has one sector.",
            f"{name} เป็น {SECTORS[said[row]]} ที่นี่ แต่เป็น {other} ที่อื่น องค์กรหนึ่งมีภาคส่วนเดียว",
        )

    wrong = differs | (lost if "organisation" in people.columns else np.zeros(len(lost), bool))
    mistakes.at(people, "sector", np.flatnonzero(wrong), tell)
    return settled


def _seat_of_most(member: NDArray[np.int64], place: NDArray[np.int64], n: int) -> NDArray[np.int64]:
    """Return the locality in which most members of each organisation live, the first of equals; -1 for none."""
    place = np.maximum(place, 0)
    wide = int(place.max(initial=0)) + 1
    pair, count = np.unique(member * wide + place, return_counts=True)
    seat = np.full(n, -1, np.int64)
    order = np.lexsort((-pair, count))  # the most last, of equals the first locality last
    seat[pair[order] // wide] = pair[order] % wide
    return seat


def _urban_by_place(places: Raw | None, columns: dict[str, NDArray[Any]], mistakes: Mistakes) -> None:
    """Give citizens the kind of place their locality is, where the localities say and they do not."""
    if places is None or "urban" not in places.columns:
        return
    urban = values_of(places, LOCALITY[2], mistakes)
    if "locality" in columns and "urban" not in columns:
        columns["urban"] = urban[np.maximum(columns["locality"], 0)]


def _graph(edges: Raw, names: list[str], people: str, mistakes: Mistakes, notices: list[Texts]) -> Graph | None:
    graph, noticed = ties_of(edges, pa.array(names, pa.string()), people, mistakes)
    notices += noticed
    return graph


def _people_of_ties(ties: Raw) -> Raw:
    """Return a table of citizens who are all those that an edge list names, in their order of appearance."""
    named: Any = pa.chunked_array([ties.columns[key] for key in ("source", "target")])
    ids = pc.drop_null(pc.unique(named))
    ids = ids.combine_chunks() if isinstance(ids, pa.ChunkedArray) else ids
    return Raw(ties.name, {"id": ids}, len(ids))
