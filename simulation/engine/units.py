"""Organisations and localities as those who decide whether to run a scheme: members, wages, and whom each sees."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from simulation.agents.citizens_table import Citizens
from simulation.incentives.adoption import Adoption

UnitKind = Literal["organisation", "locality"]
_LOCALITIES_FROM = 2**40
"""Keys of localities begin here, so that no organisation shares the luck of a locality."""


class Peers(Protocol):
    """Whom each unit sees."""

    def mean_of_others(self, values: NDArray[np.float64]) -> NDArray[np.float32]:
        """Return the mean over the others that each unit sees, float32[n]; 0 where it sees none."""


@dataclass(frozen=True, eq=False)
class SamePlace:
    """Each unit sees the others of its place; `counts` is 0 for units without members, whom nobody sees."""

    place: NDArray[np.int64]
    counts: NDArray[np.float64]

    def mean_of_others(self, values: NDArray[np.float64]) -> NDArray[np.float32]:
        """Return the mean over the others of the same place."""
        seen = values * self.counts
        total = np.bincount(self.place, weights=seen)[self.place] - seen
        others = np.bincount(self.place, weights=self.counts)[self.place] - self.counts
        return np.asarray(total / np.maximum(others, 1.0), dtype=np.float32)


@dataclass(frozen=True, eq=False)
class Units:
    """Organisations, or localities, of one society; `ids` key their draws."""

    kind: UnitKind
    ids: NDArray[np.uint64]
    member_of: NDArray[np.int32]  # (citizen), -1 where none
    size: NDArray[np.int64]
    mean_wage: NDArray[np.float64]  # of members, baht a day
    peers: Peers

    @property
    def n(self) -> int:
        """Number of units, those without members included."""
        return len(self.ids)

    @property
    def exists(self) -> NDArray[np.bool_]:
        """Which units have members; the others decide nothing and are not counted."""
        return self.size > 0

    def to_members(self, values: NDArray[Any]) -> NDArray[Any]:
        """Return each citizen's unit's value, 0 for those who belong to none."""
        if not self.n:
            return np.zeros(len(self.member_of), values.dtype)
        own: NDArray[Any] = values[self.member_of]
        own[self.member_of < 0] = 0
        return own


def units_of(citizens: Citizens, kind: UnitKind, peers: Peers | None = None) -> Units:
    """Return the organisations or localities of a society.

    Organisations see the others of their locality, localities all others, unless `peers` says otherwise.
    """
    organisations = kind == "organisation"
    member_of = citizens.organisation if organisations else citizens.locality
    n = citizens.n_organisations if organisations else citizens.n_localities
    inside = member_of >= 0
    size = np.bincount(member_of[inside], minlength=n)
    wages = np.bincount(member_of[inside], weights=citizens.wage[inside].astype(np.float64), minlength=n)
    place = citizens.organisation_locality.astype(np.int64) if organisations else np.zeros(n, np.int64)
    return Units(
        kind=kind,
        ids=np.arange(n, dtype=np.uint64) + np.uint64(0 if organisations else _LOCALITIES_FROM),
        member_of=member_of,
        size=size,
        mean_wage=wages / np.maximum(size, 1),
        peers=SamePlace(np.maximum(place, 0), (size > 0).astype(np.float64)) if peers is None else peers,
    )


@dataclass
class Deciding:
    """The units of one scheme while it runs: what they decided, in both worlds, and what they paid and got."""

    units: Units
    adoption: Adoption
    target: NDArray[np.uint8]  # (citizen), who may be offered it wherever it is run
    reached: NDArray[np.uint8]  # (citizen), of them whom a channel reaches
    own_reason: NDArray[np.float32]  # (citizen), reason to sign up, without one's own unit running it
    odds0: NDArray[np.float32]  # (unit), exp(alpha_o)
    discrepancy: np.float32
    draw: NDArray[np.float32]  # (unit), q of the last re-decision
    running: NDArray[np.uint8]  # (unit)
    running_twin: NDArray[np.uint8]  # (unit)
    cofunded: NDArray[np.int64]  # (unit), satang since the last decision
    cofunded_satang: int = 0
    granted_satang: int = 0

    @property
    def members_running(self) -> NDArray[np.uint8]:
        """1 for each citizen whose own unit runs it."""
        found: NDArray[np.uint8] = self.units.to_members(self.running)
        return found
