"""Who may be offered a scheme. Sensitive traits are no keys here, so no reward can depend on one."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from simulation.core.params import Frozen

AGE_BANDS = ("15-24", "25-34", "35-49", "50-59", "60+")
SECTORS = ("public", "private", "civil", "none")


class _Columns(Protocol):
    @property
    def n(self) -> int: ...
    def column(self, name: str) -> NDArray[Any]: ...


class Target(Frozen):
    """Eligibility: everybody, or those who meet every condition given."""

    online: bool = Field(default=False, description="Only people who use the internet.")
    age_bands: tuple[Literal["15-24", "25-34", "35-49", "50-59", "60+"], ...] = Field(
        default=(), strict=False, description="Only these ages; empty for all."
    )
    sectors: tuple[Literal["public", "private", "civil", "none"], ...] = Field(
        default=(), strict=False, description="Only members of these sectors; empty for all."
    )
    localities: tuple[Annotated[int, Field(ge=1, le=100_000)], ...] = Field(
        default=(), strict=False, description="Only these localities, by number from 1; empty for all."
    )
    urban: bool | None = Field(default=None, description="true: towns only; false: villages only.")

    def eligible(self, people: _Columns) -> NDArray[np.uint8]:
        """Return 1 for each citizen who is eligible."""
        mask = np.ones(people.n, dtype=bool)
        if self.online:
            mask &= people.column("online") > 0
        if self.age_bands:
            mask &= np.isin(people.column("age_band"), [AGE_BANDS.index(a) for a in self.age_bands])
        if self.sectors:
            mask &= np.isin(people.column("sector"), [SECTORS.index(s) for s in self.sectors])
        if self.localities:
            mask &= np.isin(people.column("locality"), np.array(self.localities) - 1)
        if self.urban is not None:
            mask &= people.column("urban") == int(self.urban)
        return mask.astype(np.uint8)
