"""The citizens of one world as columns: who they are, where they live, what they earn."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

AGE_BANDS = ("15-24", "25-34", "35-49", "50-59", "60+", "6-14")
"""Bands by their number; the last, of minors, is empty where `world.youngest` is 15."""
AGE_EDGES = (15, 25, 35, 50, 60)
MINORS = AGE_BANDS.index("6-14")
CONSENT_FROM, ADULT_FROM = 15, 18
"""Below the first a guardian decides; a guardian is of the second age or older."""
SEXES = ("male", "female")
SECTORS = ("public", "private", "civil", "none")
NO_ORGANISATION = -1


@dataclass(frozen=True, eq=False)
class Citizens:
    """Columns of the citizens, all of length n, numbered by locality, household, organisation.

    `ids` are stable identifiers that key the random numbers; rows are only places in memory.
    """

    ids: NDArray[np.uint64]
    age: NDArray[np.uint8]  # years, `world.youngest` or more
    sex: NDArray[np.uint8]  # index in SEXES
    age_band: NDArray[np.uint8]  # index in AGE_BANDS
    urban: NDArray[np.uint8]  # 1 urban, 0 rural
    online: NDArray[np.uint8]  # 1 uses the internet
    wage: NDArray[np.float32]  # own daily wage, baht, above 0
    income_fifth: NDArray[np.uint8]  # 0 poorest to 4 richest
    household: NDArray[np.int32]
    organisation: NDArray[np.int32]  # NO_ORGANISATION where none
    sector: NDArray[np.uint8]  # index in SECTORS
    locality: NDArray[np.int32]
    organisation_sector: NDArray[np.uint8]  # per organisation
    organisation_locality: NDArray[np.int32]  # per organisation
    locality_names: tuple[str, ...]
    names: tuple[str, ...] = ()  # identifiers in a user's own table, row by row; empty where all are drawn
    organisation_names: tuple[str, ...] = ()  # as above
    household_names: tuple[str, ...] = ()  # as above
    locality_province: tuple[str, ...] = ()  # ISO code of each locality's province; empty in a world of one place

    @property
    def n(self) -> int:
        """Number of citizens."""
        return len(self.ids)

    @property
    def n_households(self) -> int:
        """Number of households."""
        return int(self.household.max()) + 1 if self.n else 0

    @property
    def n_organisations(self) -> int:
        """Number of organisations."""
        return len(self.organisation_sector)

    @property
    def n_localities(self) -> int:
        """Number of localities."""
        return len(self.locality_names)

    @property
    def has_minors(self) -> bool:
        """Tell whether anybody is below 15."""
        return bool(self.n) and bool((self.age < CONSENT_FROM).any())

    @cached_property
    def guardian(self) -> NDArray[np.int64]:
        """Row of each child's guardian, the first adult of the household; -1 for everybody of 15 or more."""
        return guardians(self.age, self.household)

    @property
    def province_codes(self) -> tuple[str, ...]:
        """ISO codes of the provinces that the localities lie in, in their order; empty in a world of one place."""
        return tuple(dict.fromkeys(self.locality_province))

    @property
    def n_provinces(self) -> int:
        """Number of provinces, 1 in a world of one place."""
        return max(1, len(self.province_codes))

    @property
    def province_of_locality(self) -> NDArray[np.int32]:
        """Province of each locality by number, all 0 in a world of one place."""
        place = {code: i for i, code in enumerate(self.province_codes)}
        return np.array([place[code] for code in self.locality_province] or [0] * self.n_localities, dtype=np.int32)

    def column(self, name: str) -> NDArray[Any]:
        """Return one citizen column by name."""
        values: NDArray[Any] = getattr(self, name)
        return values


def age_band_of(age: NDArray[Any]) -> NDArray[np.uint8]:
    """Return the index in AGE_BANDS of each age in years."""
    band = np.searchsorted(np.asarray(AGE_EDGES), age, side="right") - 1
    return np.where(band < 0, MINORS, band).astype(np.uint8)


def guardians(age: NDArray[Any], household: NDArray[Any]) -> NDArray[np.int64]:
    """Return the row of each child's guardian, the first adult of the household; -1 for others and for want of one."""
    found = np.full(len(age), -1, np.int64)
    first = np.full(int(household.max(initial=-1)) + 1, -1, np.int64)
    adults = np.flatnonzero(age >= ADULT_FROM)[::-1]
    first[household[adults]] = adults
    child = age < CONSENT_FROM
    found[child] = first[household[child]]
    return found
