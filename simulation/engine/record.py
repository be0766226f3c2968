"""What is kept of a week: counts of acts in both worlds, by cell of citizens, summed into groups when the run ends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.agents.citizens_table import AGE_BANDS, SECTORS, SEXES, Citizens
from simulation.engine.areas import AreaCounts, count_areas
from simulation.engine.running import running_rows

FIFTHS = 5
AREAS = ("rural", "urban")
_SIZES = (FIFTHS, len(AGE_BANDS), len(SEXES), len(AREAS), len(SECTORS))
_KINDS = ("income_fifth", "age_band", "sex", "area", "sector")
DEMOGRAPHIC_CELLS = int(np.prod(_SIZES))
CELLS = DEMOGRAPHIC_CELLS * 4
"""Each demographic cell is split by enrolled now (2) and ever live so far (1)."""
_ENROLLED = (np.arange(CELLS) // 2 % 2).astype(bool)
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
    areas: AreaCounts | None = None  # counts by organisation, locality and province; None where they are not asked for
    sides: Any = None  # sums of side effects; see `engine.side_records`

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
    r.enrolled[t] = np.where(_ENROLLED, people, 0)
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
    count_areas(state)
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


def series_rows(state: Any, run_id: str) -> dict[str, NDArray[Any]]:
    """Return the tidy series of a finished run as columns: one row per week, behaviour and group.

    `paid` is in baht, to people; what areas are paid stands in the runs. `people` are those with an opportunity; acts
    are counts, not shares.
    """
    p, r = state.prepared, state.records
    weekly, local, units = _weekly(p, r), _local(p, r), running_rows(state)
    joined = {name: np.concatenate([weekly[name], local[name], units[name]]) for name in weekly}
    return {**joined, "run_id": np.full(len(joined["week"]), run_id, dtype=object)}


_COUNTS = ("acts", "acts_twin", "opportunities", "people")


def _weekly(p: Any, r: Records) -> dict[str, NDArray[Any]]:
    names = [b.name for b in p.behaviours]
    masks = list(groups())
    kinds = np.array([kind for kind, _, _ in masks], dtype=object)
    labels = np.array([label for _, label, _ in masks], dtype=object)
    week, behaviour, group = (x.ravel() for x in np.indices((r.weeks, len(names), len(masks))))
    counts = {name: _by_group(getattr(r, name)).ravel() for name in (*_COUNTS, "paid")}
    enrolled = np.repeat(_by_group(r.enrolled)[:, None, :], len(names), axis=1).ravel()
    some = counts["people"] > 0
    return {
        "week": week[some],
        "behaviour": np.array(names, dtype=object)[behaviour[some]],
        "group_kind": kinds[group[some]],
        "group": labels[group[some]],
        **{name: counts[name][some] for name in _COUNTS},
        "enrolled": enrolled[some],
        "paid": counts["paid"][some] / SATANG,
    }


def _by_group(counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Sum cells into the groups of `groups`, in their order; int64[rows, groups]."""
    cells = counts.reshape(-1, DEMOGRAPHIC_CELLS, 4)
    each = cells[:, :, 0] + cells[:, :, 1] + cells[:, :, 2] + cells[:, :, 3]  # sum(axis=2) takes ten times as long
    people = each.astype(np.float64) @ _demographic_groups()  # whole numbers, exact
    live = cells.sum(axis=1)  # by enrolled (2) and ever live (1)
    parts = (people.astype(np.int64), live[:, 2:].sum(axis=1), live[:, :2].sum(axis=1), live[:, ::2].sum(axis=1))
    return np.column_stack(parts)


@cache
def _demographic_groups() -> NDArray[np.float64]:
    """Return which demographic cells are in which group, those of enrolment left out; float64[cells, groups]."""
    masks = [mask[::4] for kind, _, mask in groups() if kind not in ("enrolled", "never_live")]
    return np.stack(masks, axis=1).astype(np.float64)


def _local(p: Any, r: Records) -> dict[str, NDArray[Any]]:
    names = np.array(p.citizens.locality_names, dtype=object)
    n, each = len(names), len(r.localities)
    rows = np.concatenate([x for _, _, x in r.localities], axis=1) if each else np.zeros((5, 0), np.int64)
    behaviours = [p.behaviours[b].name for _, b, _ in r.localities]
    return {
        "week": np.repeat(np.array([t for t, _, _ in r.localities], dtype=np.int64), n),
        "behaviour": np.repeat(np.array(behaviours, dtype=object), n),
        "group_kind": np.full(n * each, "locality", dtype=object),
        "group": np.tile(names, each),
        **dict(zip((*_COUNTS, "enrolled"), rows, strict=True)),
        "paid": np.full(n * each, np.nan),  # not counted by locality
    }
