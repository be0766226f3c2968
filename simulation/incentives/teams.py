"""Teams within organisations: the eligible members of each, in their order, in teams as near to a size as can be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.incentives.base import People, WeekView


@dataclass(frozen=True, eq=False)
class Teams:
    """Who is in a team, and in which; all other arrays are of those in one, in this order."""

    rows: NDArray[np.int64]  # citizens in a team
    of: NDArray[np.int64]  # the team of each
    n: int

    def total(self, values: NDArray[Any]) -> NDArray[np.int64]:
        """Return the sum over each one's team of whole numbers that citizens have."""
        summed = np.bincount(self.of, weights=values[self.rows], minlength=self.n)
        return np.asarray(summed[self.of], dtype=np.int64)

    def product(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the product over each one's team of what those in it have."""
        out = np.ones(self.n)
        np.multiply.at(out, self.of, values)
        return np.asarray(out[self.of])

    def to_citizens(self, values: Any, dtype: type[np.generic], n: int) -> NDArray[Any]:
        """Return a column of all citizens, 0 for those in no team."""
        out = np.zeros(n, dtype)
        out[self.rows] = values
        return out


def teams_of(people: People, eligible: NDArray[np.uint8], size: int | None) -> Teams:
    """Put the eligible members of each organisation into teams of about `size`; one team for each where it is None."""
    organisation = people.organisation
    rows = np.flatnonzero((organisation >= 0) & (eligible > 0))
    rows = rows[np.argsort(organisation[rows], kind="stable")]
    own = organisation[rows]
    members = np.bincount(own, minlength=people.n_organisations)
    number = np.minimum(members, 1) if size is None else np.maximum(np.minimum(members, 1), np.rint(members / size))
    first_row, first_team = _before(members), _before(number.astype(np.int64))
    rank = np.arange(len(rows)) - first_row[own]
    of = first_team[own] + rank * number.astype(np.int64)[own] // np.maximum(members[own], 1)
    return Teams(rows, of.astype(np.int64), int(number.sum()))


def crew_of(week: WeekView) -> NDArray[np.uint8]:
    """Return who takes part as far as an offer can know: those of last week, all eligible before the first."""
    return week.live if week.live.any() else week.eligible


def _before(counts: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.concatenate([[0], np.cumsum(counts)])[:-1].astype(np.int64)
