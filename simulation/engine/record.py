"""What is kept of a week: counts of acts in both worlds, by cell of citizens, summed into groups when the run ends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.agents.citizens_table import AGE_BANDS, SECTORS, SEXES, Citizens

FIFTHS = 5
AREAS = ("rural", "urban")
_SIZES = (FIFTHS, len(AGE_BANDS), len(SEXES), len(AREAS), len(SECTORS))
_KINDS = ("income_fifth", "age_band", "sex", "area", "sector")
DEMOGRAPHIC_CELLS = int(np.prod(_SIZES))
CELLS = DEMOGRAPHIC_CELLS * 4
"""Each demographic cell is split by enrolled now (2) and ever live so far (1)."""
LOCALITY_EVERY = 13
SATANG = 100


def demographic_cells(citizens: Citizens) -> NDArray[np.uint16]:
    """Number each citizen's cell of income fifth, age band, sex, area and sector."""
    parts = (
        citizens.income_fifth,
        citizens.age_band,
        citizens.sex,
        citizens.urban,
        citizens.sector,
    )
    cell = np.zeros(citizens.n, dtype=np.int64)
    for size, part in zip(_SIZES, parts, strict=True):
        cell = cell * size + part
    return cell.astype(np.uint16)


def groups() -> Iterator[tuple[str, str, NDArray[np.bool_]]]:
    """Yield (kind, group, which cells) of every group that is counted weekly."""
    demographic = np.arange(CELLS) // 4
    enrolled = (np.arange(CELLS) // 2 % 2).astype(bool)
    ever = (np.arange(CELLS) % 2).astype(bool)
    yield "all", "all", np.ones(CELLS, dtype=bool)
    labels = (tuple(str(i + 1) for i in range(FIFTHS)), AGE_BANDS, SEXES, AREAS, SECTORS)
    index = np.unravel_index(demographic, _SIZES)
    for kind, names, place in zip(_KINDS, labels, index, strict=True):
        for i, name in enumerate(names):
            yield kind, name, np.asarray(place == i)
    yield "enrolled", "yes", enrolled
    yield "enrolled", "no", ~enrolled
    yield "never_live", "all", ~ever


@dataclass
class Records:
    """Counts by week, behaviour and cell; localities every 13th week."""

    weeks: int
    behaviours: int
    acts: NDArray[np.int64] = field(init=False)
    acts_twin: NDArray[np.int64] = field(init=False)
    opportunities: NDArray[np.int64] = field(init=False)
    people: NDArray[np.int64] = field(init=False)
    enrolled: NDArray[np.int64] = field(init=False)
    paid: NDArray[np.int64] = field(init=False)
    localities: list[tuple[int, int, NDArray[np.int64]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Allocate the counts."""
        shape = (self.weeks, self.behaviours, CELLS)
        for name in ("acts", "acts_twin", "opportunities", "people", "paid"):
            setattr(self, name, np.zeros(shape, np.int64))
        self.enrolled = np.zeros((self.weeks, CELLS), np.int64)


def record_week(state: Any) -> None:
    """Count this week's acts, opportunities, people, enrolled and money by cell."""
    p, r, t = state.prepared, state.records, state.week
    cell = cells_now(state)
    people = np.bincount(cell, minlength=CELLS)
    r.enrolled[t] = np.where(np.arange(CELLS) // 2 % 2, people, 0)
    acts, twin = state.columns["acts"], state.columns["acts_twin"]
    for b in p.behaviours:
        r.acts[t, b.index], r.acts_twin[t, b.index] = state.backend.count(cell, acts[b.index], twin[b.index], CELLS)
        open_now = state.open_now.get(b.index)
        present = people if open_now is None else np.bincount(cell[open_now > 0], minlength=CELLS)
        r.people[t, b.index] = present
        r.opportunities[t, b.index] = present * b.n
    for b_index, satang in state.paid_now:
        paid = np.bincount(cell, weights=satang, minlength=CELLS)
        r.paid[t, b_index] += np.rint(paid).astype(np.int64)
    if t % LOCALITY_EVERY == 0:
        _record_localities(state)


def cells_now(state: Any) -> NDArray[np.uint16]:
    """Return each citizen's cell this week."""
    cell: NDArray[np.uint16] = state.prepared.demographic_cell * np.uint16(4)
    if state.schemes:
        cell += state.live_any * np.uint16(2) + state.ever_live
    return cell


def _record_localities(state: Any) -> None:
    p = state.prepared
    place, n = p.citizens.locality, p.citizens.n_localities
    live = np.bincount(place, weights=state.live_any, minlength=n)
    people = np.bincount(place, minlength=n)
    for b in p.behaviours:
        acts = np.bincount(place, weights=state.columns["acts"][b.index], minlength=n)
        twin = np.bincount(place, weights=state.columns["acts_twin"][b.index], minlength=n)
        open_now = state.open_now.get(b.index)
        present = people if open_now is None else np.bincount(place, weights=open_now, minlength=n)
        rows = np.stack([acts, twin, present * b.n, present, live]).astype(np.int64)
        state.records.localities.append((state.week, b.index, rows))


def series_rows(state: Any, run_id: str) -> dict[str, list[Any]]:
    """Return the tidy series of a finished run: one row per week, behaviour and group.

    `paid` is in baht; `people` are those with an opportunity; acts are counts, not shares.
    """
    p, r = state.prepared, state.records
    masks = list(groups())
    matrix = np.stack([m for _, _, m in masks]).astype(np.float64)
    fields = ("acts", "acts_twin", "opportunities", "people", "paid")
    sums = {f: getattr(r, f).reshape(-1, CELLS) @ matrix.T for f in fields}
    enrolled = r.enrolled.astype(np.float64) @ matrix.T
    out: dict[str, list[Any]] = {
        k: [] for k in ("week", "behaviour", "group_kind", "group", *fields[:4], "enrolled", "paid")
    }
    n_b = len(p.behaviours)
    for t in range(r.weeks):
        for b in p.behaviours:
            row = t * n_b + b.index
            for g, (kind, group, _) in enumerate(masks):
                if sums["people"][row, g] == 0:
                    continue
                _append(out, t, b.name, kind, group)
                for f in fields[:4]:
                    out[f].append(int(sums[f][row, g]))
                out["enrolled"].append(int(enrolled[t, g]))
                out["paid"].append(float(sums["paid"][row, g]) / SATANG)
    names = p.citizens.locality_names
    for t, b_index, rows in r.localities:
        for i, name in enumerate(names):
            _append(out, t, p.behaviours[b_index].name, "locality", name)
            for f, value in zip((*fields[:4], "enrolled"), rows[:, i], strict=True):
                out[f].append(int(value))
            out["paid"].append(0.0)
    out["run_id"] = [run_id] * len(out["week"])
    return out


def _append(out: dict[str, list[Any]], t: int, behaviour: str, kind: str, group: str) -> None:
    out["week"].append(t)
    out["behaviour"].append(behaviour)
    out["group_kind"].append(kind)
    out["group"].append(group)
