"""Acts counted from citizens to organisations, localities and provinces: whole counts over the weeks of offer.

A week is counted once, by the smallest cell that all levels are sums of: the members of one organisation in one
locality, or those of a locality who belong to none. So the levels add up to one another exactly.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.agents.citizens_table import Citizens

LEVELS = ("organisation", "locality", "province")
MOST_UNITS = 10_000
"""Levels with more units than this are left out of the table: nobody reads them one by one."""


@dataclass
class AreaCounts:
    """Counts by cell over the weeks of offer so far, behaviours together."""

    cell: NDArray[np.int32]  # of each citizen
    organisation: NDArray[np.int64]  # of each cell, -1 where none
    locality: NDArray[np.int64]  # of each cell
    people: NDArray[np.int64]
    acts: NDArray[np.int64] = field(init=False)
    acts_twin: NDArray[np.int64] = field(init=False)
    opportunities: NDArray[np.int64] = field(init=False)

    def __post_init__(self) -> None:
        """Begin at nothing."""
        self.acts, self.acts_twin, self.opportunities = (np.zeros_like(self.people) for _ in range(3))


def area_counts(citizens: Citizens) -> AreaCounts:
    """Number the cells of a society; nothing is counted yet."""
    own, place = citizens.organisation.astype(np.int64), citizens.locality.astype(np.int64)
    key = (own + 1) * citizens.n_localities + place
    size = (citizens.n_organisations + 1) * citizens.n_localities
    if size <= 4 * citizens.n + 1_000_000:  # a table of all that could be is the faster way, where it is small
        there = np.zeros(size, np.bool_)
        there[key] = True
        found = np.flatnonzero(there)
        number = np.cumsum(there, dtype=np.int64) - 1
        cell = number[key]
    else:
        found, cell = np.unique(key, return_inverse=True)
    return AreaCounts(
        cell=cell.astype(np.int32),
        organisation=found // citizens.n_localities - 1,
        locality=found % citizens.n_localities,
        people=np.bincount(cell, minlength=len(found)),
    )


def count_areas(state: Any) -> None:
    """Count this week's acts and opportunities, if any scheme's offer runs."""
    counts, week = state.records.areas, state.week
    if counts is None or not any(s.scheme.schedule.is_live(week) for s in state.schemes):
        return
    cells = len(counts.people)
    for b in state.prepared.behaviours:
        acts, twin = (state.columns[name][b.index] for name in ("acts", "acts_twin"))
        done, done_twin = state.backend.count(counts.cell, acts, twin, cells)
        counts.acts += done
        counts.acts_twin += done_twin
        open_now = state.open_now.get(b.index)
        present = counts.people if open_now is None else np.bincount(counts.cell[open_now > 0], minlength=cells)
        counts.opportunities += present * b.n


def area_rows(state: Any, run_id: str) -> dict[str, NDArray[Any]]:
    """Return the counts of a finished run as columns: one row per level and unit, with what it is part of.

    Organisations are part of the locality where they have their seat, localities of their province. A world of one
    place is one province. Units that hold nobody, and levels of more than MOST_UNITS, are left out.
    """
    p, counts = state.prepared, state.records.areas
    if counts is None:
        return {}
    citizens: Citizens = p.citizens
    places = _distinct(citizens.locality_names)
    provinces = np.array(citizens.province_codes or (p.scenario.world.place,), dtype=object)
    bodies = citizens.organisation_names or tuple(f"organisation {i + 1}" for i in range(citizens.n_organisations))
    of_locality = citizens.province_of_locality.astype(np.int64)
    parts = [
        _level(counts, counts.organisation, _distinct(bodies), places[citizens.organisation_locality]),
        _level(counts, counts.locality, places, provinces[of_locality]),
        _level(counts, of_locality[counts.locality], provinces, np.full(len(provinces), "", dtype=object)),
    ]
    sizes = [len(part["unit"]) for part in parts]
    joined = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    levels = np.repeat(np.array(LEVELS, dtype=object), sizes)
    return {"run_id": np.full(sum(sizes), run_id, dtype=object), "level": levels, **joined}


def _distinct(names: tuple[str, ...]) -> NDArray[Any]:
    """Return names by which units are told apart: one that a table gives twice bears its number too."""
    found, seen = np.array(names, dtype=object), Counter(names)
    if len(seen) < len(names):
        found[:] = [name if seen[name] == 1 else f"{name} ({i + 1})" for i, name in enumerate(names)]
    return found


def _level(
    counts: AreaCounts, unit: NDArray[np.int64], names: NDArray[Any], part_of: NDArray[Any]
) -> dict[str, NDArray[Any]]:
    """Sum the cells into the units of one level."""
    n, inside = len(names), unit >= 0
    sums = {
        name: np.rint(np.bincount(unit[inside], weights=getattr(counts, name)[inside], minlength=n)).astype(np.int64)
        for name in ("people", "acts", "acts_twin", "opportunities")
    }
    some = sums["people"] > 0
    if n > MOST_UNITS:
        some[:] = False
    return {"unit": names[some], "part_of": part_of[some], **{name: x[some] for name, x in sums.items()}}
