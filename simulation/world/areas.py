"""Where localities lie: in one place, or in the 77 provinces of the country; and which localities are neighbours."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from simulation.world.facts import table
from simulation.world.spec import WorldSpec

_TRIES = 200  # halvings of a divisor; more than a double can tell apart


class HasProvinces(Protocol):
    """What is asked of a table of citizens."""

    @property
    def locality(self) -> NDArray[np.int32]:
        """Locality of each citizen."""

    @property
    def province_of_locality(self) -> NDArray[np.int32]:
        """Province of each locality by number, all 0 in a world of one place."""

    @property
    def province_codes(self) -> tuple[str, ...]:
        """ISO code of each province, empty in a world of one place."""


@cache
def codes() -> tuple[str, ...]:
    """Return the ISO 3166-2 codes of the 77 provinces, in the order of the table of facts."""
    return tuple(row["iso"] for row in table("provinces"))


@cache
def registered() -> tuple[int, ...]:
    """Return the registered population of each province (2020, the last year that is complete), persons."""
    return tuple(int(row["pop_registered_2020"]) for row in table("provinces"))


def locality_of_rows(spec: WorldSpec, n: int) -> NDArray[np.int64]:
    """Return the locality of each of n citizens in the order of rows: localities fill one after the other.

    In a national world each province has citizens in proportion to its registered population, and at least one; they
    are spread evenly over its localities.
    """
    number = spec.localities.number
    if spec.localities.of != "provinces":
        return np.arange(n, dtype=np.int64) * number // n
    people, places = apportioned(n), apportioned(number)
    first = np.cumsum(places) - places
    within = np.arange(n, dtype=np.int64) - np.repeat(np.cumsum(people) - people, people)
    return np.asarray(np.repeat(first, people) + within * np.repeat(places, people) // np.repeat(people, people))


def locality_provinces(spec: WorldSpec) -> tuple[str, ...]:
    """Return the ISO code of each locality's province; empty in a world of one place."""
    if spec.localities.of != "provinces":
        return ()
    return tuple(
        code for code, k in zip(codes(), apportioned(spec.localities.number).tolist(), strict=True) for _ in range(k)
    )


def apportioned(total: int) -> NDArray[np.int64]:
    """Share `total` seats over the provinces by registered population, at least one each (Webster's method).

    More seats never mean fewer for any province, so nowhere are there more localities than citizens.
    """
    people = np.array(registered(), dtype=np.float64)

    def seats(divisor: float) -> NDArray[np.int64]:
        return np.maximum(1, np.floor(people / divisor + 0.5)).astype(np.int64)

    low, high = 0.5, 2.0 * float(people.sum())  # too many seats, and one each
    for _ in range(_TRIES):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if int(seats(middle).sum()) > total else (low, middle)
    found = seats(high)
    next_in_turn = np.flatnonzero(seats(low) > found)[: total - int(found.sum())]  # provinces tied for the last seats
    found[next_in_turn] += 1
    return found


@dataclass(frozen=True, eq=False)
class Neighbours:
    """Which localities are neighbours: those of the same province, and those of the provinces that border on it.

    In a world of one place all are neighbours of one another. Kept by province, so that it stays small.
    """

    province: NDArray[np.int32]  # of each locality
    counts: NDArray[np.float64]  # 1 for each locality, 0 where nobody lives: nobody sees what it does
    indptr: NDArray[np.int64]  # compressed rows over provinces: which border on which, itself left out
    indices: NDArray[np.int64]

    def of(self, locality: int) -> NDArray[np.int64]:
        """Return the rows of one locality's neighbours, itself and those where nobody lives left out."""
        home = int(self.province[locality])
        near = np.append(self.indices[self.indptr[home] : self.indptr[home + 1]], home)
        rows = np.flatnonzero(np.isin(self.province, near) & (self.counts > 0))
        return np.asarray(rows[rows != locality])

    def mean_of_others(self, values: NDArray[Any]) -> NDArray[np.float32]:
        """Return the mean of a number of each locality over its neighbours, float32[n]; 0 where it has none."""
        seen = np.asarray(values, dtype=np.float64) * self.counts
        total, others = self._around(seen) - seen, self._around(self.counts) - self.counts
        return np.asarray(total / np.maximum(others, 1.0), dtype=np.float32)

    def rows(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the neighbours of all localities as compressed rows (indptr, indices).

        In a world of one place these are all pairs: take `mean_of_others` where there may be many localities.
        """
        near = [self.of(i) for i in range(len(self.province))]
        indptr = np.concatenate([[0], np.cumsum([len(x) for x in near])]).astype(np.int64)
        return indptr, np.concatenate([np.zeros(0, np.int64), *near])

    def _around(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Sum over a locality's own province and those that border on it, itself included."""
        n = len(self.indptr) - 1
        own = np.bincount(self.province, weights=values, minlength=n)
        here = np.repeat(np.arange(n), np.diff(self.indptr))
        beside = np.bincount(here, weights=own[self.indices], minlength=n)
        return np.asarray((own + beside)[self.province])


def neighbours_of(citizens: HasProvinces) -> Neighbours:
    """Return which localities of a world are neighbours of one another."""
    found, of = citizens.province_codes, citizens.province_of_locality
    counts = (np.bincount(citizens.locality, minlength=len(of)) > 0).astype(np.float64)
    if not found:
        return Neighbours(of, counts, np.zeros(2, np.int64), np.zeros(0, np.int64))
    indptr, indices = _borders()
    order = np.array([codes().index(code) for code in found], dtype=np.int32)
    return Neighbours(order[of], counts, indptr, indices)


@cache
def _borders() -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return which provinces border on which, as compressed rows in the order of `codes`."""
    place = {row["code"]: i for i, row in enumerate(table("provinces"))}
    near: list[set[int]] = [set() for _ in place]
    for row in table("province_adjacency"):
        a, b = place[row["code_a"]], place[row["code_b"]]
        near[a].add(b)
        near[b].add(a)
    indptr = np.concatenate([[0], np.cumsum([len(x) for x in near])]).astype(np.int64)
    return indptr, np.array([j for x in near for j in sorted(x)], dtype=np.int64)
