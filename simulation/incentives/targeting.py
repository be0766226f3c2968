"""Who may be offered a scheme. Sensitive traits are no keys here, so no reward can depend on one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from simulation.core.graph import HOUSEHOLD, Graph
from simulation.core.params import BetweenKeys, Frozen
from simulation.core.streams import NOMINATION, Streams

MINORS = "6-14"
"""The band of those who need a guardian's consent; a world has it where `world.youngest` is below 15."""
AGE_BANDS = ("15-24", "25-34", "35-49", "50-59", "60+", MINORS)
SECTORS = ("public", "private", "civil", "none")
Part = Annotated[float, Field(gt=0, le=1)]


class _Columns(Protocol):
    @property
    def n(self) -> int: ...
    def column(self, name: str) -> NDArray[Any]: ...


@dataclass(frozen=True, eq=False)
class Known:
    """What a target may ask beyond the columns that schemes see; each is found only where it is asked for."""

    ids: NDArray[np.uint64]
    """Stable identifiers, which break ties and key draws."""
    income_fifth: NDArray[np.uint8]
    """0 poorest to 4 richest, by household income a head."""
    rate: Callable[[], NDArray[np.float32]]
    """Own chance of the act without the scheme, share."""
    ties: Callable[[], Graph]
    """Who knows whom."""
    streams: Streams
    number: int
    """That keys the scheme's draws: the same scheme names the same people in every arm."""


class Target(Frozen):
    """Eligibility: everybody, or those who meet every condition given."""

    online: bool = Field(default=False, description="Only people who use the internet.")
    age_bands: tuple[Literal["15-24", "25-34", "35-49", "50-59", "60+", "6-14"], ...] = Field(
        default=(), strict=False, description="Only these ages; empty for all."
    )
    sectors: tuple[Literal["public", "private", "civil", "none"], ...] = Field(
        default=(), strict=False, description="Only members of these sectors; empty for all."
    )
    localities: tuple[Annotated[int, Field(ge=1, le=100_000)], ...] = Field(
        default=(), strict=False, description="Only these localities, by number from 1; empty for all."
    )
    urban: bool | None = Field(default=None, description="true: towns only; false: villages only.")
    income_fifths: tuple[Annotated[int, Field(ge=1, le=5)], ...] = Field(
        default=(), strict=False, description="Only these fifths of household income a head, 1 poorest; empty for all."
    )
    below_rate: Part | None = Field(
        default=None, description="Only people whose own rate without the scheme is below this."
    )
    least_active_share: Part | None = Field(
        default=None, description="Only the least active share of people, by their own rate without the scheme."
    )
    nominated_share: Part | None = Field(
        default=None, description="Only friends named by this share of people, drawn by chance, who name one each."
    )
    worst_off_localities: Part | None = Field(
        default=None, description="Only this share of localities, those worst off first."
    )
    worst_off_by: Literal["wage", "rate"] | None = Field(
        default=None, description="Worst off by mean wage, as usual, or by the mean rate without the scheme."
    )

    @model_validator(mode="after")
    def _of_localities(self) -> Target:
        if self.worst_off_by is not None and self.worst_off_localities is None:
            raise BetweenKeys(
                '"worst_off_by" goes with "worst_off_localities"', '"worst_off_by" ต้องใช้คู่กับ "worst_off_localities"'
            )
        return self

    def eligible(self, people: _Columns, known: Known | None = None) -> NDArray[np.uint8]:
        """Return 1 for each citizen who meets every condition, uint8[N].

        Args:
            people: The columns that schemes see.
            known: What else a target may ask; needed for income, rates, nominations and the worst off by rate.
        """
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
        if known is None:
            if self._asks_more:
                raise ValueError("this target asks for incomes, rates or ties; give it what is known")
        else:
            mask &= self._by_circumstances(people, known)
        return mask.astype(np.uint8)

    @property
    def asks_rates(self) -> bool:
        """Tell whether it asks for people's own rates without the scheme."""
        return self.below_rate is not None or self.least_active_share is not None or self.worst_off_by == "rate"

    @property
    def _asks_more(self) -> bool:
        asked = (self.below_rate, self.least_active_share, self.nominated_share, self.worst_off_localities)
        return bool(self.income_fifths) or any(x is not None for x in asked)

    def _by_circumstances(self, people: _Columns, known: Known) -> NDArray[np.bool_]:
        mask = np.ones(people.n, dtype=bool)
        if self.income_fifths:
            mask &= np.isin(known.income_fifth, np.array(self.income_fifths) - 1)
        if self.below_rate is not None:
            mask &= known.rate() < np.float32(self.below_rate)
        if self.least_active_share is not None:
            mask &= lowest(known.rate(), known.ids, self.least_active_share)
        if self.nominated_share is not None:
            mask &= named_friends(known, self.nominated_share)
        if self.worst_off_localities is not None:
            worth = known.rate() if self.worst_off_by == "rate" else people.column("wage")
            place = people.column("locality")
            size = np.bincount(place)
            mean = np.bincount(place, weights=worth) / np.maximum(size, 1)
            inhabited = np.flatnonzero(size)
            chosen = inhabited[lowest(mean[inhabited], inhabited, self.worst_off_localities)]
            mask &= np.isin(place, chosen)
        return mask


def lowest(values: NDArray[Any], ids: NDArray[Any], share: float) -> NDArray[np.bool_]:
    """Tell which belong to the lowest share, rounded to whole ones, at least one; equals by their identifier."""
    found = np.zeros(len(values), dtype=bool)
    if len(values):
        found[np.lexsort((ids, values))[: max(1, round(share * len(values)))]] = True
    return found


def named_friends(known: Known, share: float) -> NDArray[np.bool_]:
    """Tell whom a random share of citizens names as a friend, one each, bool[N].

    Friends have more ties than people do on average, so those named are well connected without anybody having to draw
    the network (Christakis and Fowler 2010, doi:10.1371/journal.pone.0012948; tried in public health: Kim and others
    2015, doi:10.1016/S0140-6736(15)60095-2). A friend is any tie outside the household, each as likely as the other.
    """
    g, streams = known.ties(), known.streams
    asked = streams.uniform64(NOMINATION, known.ids, known.number, 0) < share
    source = np.repeat(np.arange(g.n), g.degree)
    outside = (g.layers & ~np.uint8(HOUSEHOLD)) > 0
    friends, degree = g.indices[outside], np.bincount(source[outside], minlength=g.n)
    first = np.concatenate([[0], np.cumsum(degree)[:-1]]) if g.n else degree
    rows = np.flatnonzero(asked & (degree > 0))
    u = streams.uniform64(NOMINATION, known.ids[rows], known.number, 1)
    named = friends[first[rows] + np.minimum(np.floor(u * degree[rows]).astype(np.int64), degree[rows] - 1)]
    found = np.zeros(g.n, dtype=bool)
    found[named] = True
    return found
