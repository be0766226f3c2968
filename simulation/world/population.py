"""A synthetic population from stated margins, numbered by locality, household and organisation."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simulation.agents.citizens_table import NO_ORGANISATION, SECTORS, Citizens, age_band_of
from simulation.core.floats import exp64, normal_quantile
from simulation.core.streams import ORGANISATION, POPULATION, WAGE, Streams
from simulation.world.facts import OLDEST, YOUNGEST, margins
from simulation.world.spec import ONLINE_BANDS, WorldSpec

_AGE, _SEX, _URBAN, _ONLINE, _WORKS, _HOUSEHOLD, _LOCALITY = range(7)
DAYS_A_MONTH = 30
_NO_SECTOR = SECTORS.index("none")


def build_population(spec: WorldSpec, streams: Streams) -> Citizens:
    """Draw the citizens of a replicate: age, sex, place, work and wage, each from its own stream."""
    n = spec.citizens
    ids = np.arange(n, dtype=np.uint64)

    def u(b: int) -> NDArray[np.float64]:
        return streams.uniform64(POPULATION, ids, b)

    age = _ages(u(_AGE))
    known = margins()
    female = u(_SEX) >= known.males_per_100_females / (100.0 + known.males_per_100_females)
    household = _households(spec, u(_HOUSEHOLD))
    # Whole households live in one locality, in a town or not; localities fill in the order of households.
    first = np.concatenate([[True], household[1:] != household[:-1]])
    urban = (u(_URBAN) < spec.urban)[first][household]
    locality = np.arange(n, dtype=np.int64) * spec.localities.number // n
    locality = locality[first][household].astype(np.int32)
    works = u(_WORKS) < np.where(female, known.participation_female, known.participation_male)
    works |= spec.decider == "household"
    wage = _wages(spec, streams, ids, works, household)
    organisation, sector, org_sector, org_locality = _organisations(spec, streams, works, locality)
    band = age_band_of(age)
    online = u(_ONLINE) < _online_share(spec, age)
    income = np.bincount(household, weights=wage)[household] / np.bincount(household)[household]
    rank = np.empty(n, dtype=np.int64)
    rank[np.lexsort((ids, income))] = np.arange(n)
    return Citizens(
        ids=ids,
        age=age,
        sex=female.astype(np.uint8),
        age_band=band,
        urban=urban.astype(np.uint8),
        online=online.astype(np.uint8),
        wage=wage.astype(np.float32),
        income_fifth=(rank * 5 // n).astype(np.uint8),
        household=household,
        organisation=organisation,
        sector=sector,
        locality=locality,
        organisation_sector=org_sector,
        organisation_locality=org_locality,
        locality_names=tuple(f"{spec.localities.name} {i + 1}" for i in range(spec.localities.number)),
    )


def gini_spread(gini: float) -> float:
    """Return the sigma of a lognormal with this Gini: sqrt(2) * quantile((1 + Gini) / 2) (Aitchison, Brown 1957)."""
    return float(np.sqrt(2.0) * normal_quantile((1.0 + gini) / 2.0)) if gini > 0 else 0.0


def _ages(u: NDArray[np.float64]) -> NDArray[np.uint8]:
    """Draw whole years of 15 or more from the decades' shares, even within a decade."""
    ages = margins().ages
    edges = np.array([*(first for first, _ in ages), OLDEST + 1], dtype=np.float64)
    persons = np.array([n for _, n in ages])
    cumulative = np.concatenate([[0.0], np.cumsum(persons) / persons.sum()])
    return np.floor(np.interp(u, cumulative, edges)).clip(YOUNGEST, OLDEST).astype(np.uint8)


def _households(spec: WorldSpec, u: NDArray[np.float64]) -> NDArray[np.int32]:
    """Number the household of each citizen; a new one begins with chance 1 / mean size."""
    begins = np.ones(len(u), dtype=bool)
    if spec.decider == "citizen":
        begins[1:] = u[1:] < 1.0 / spec.ties.household
    return (np.cumsum(begins) - 1).astype(np.int32)


def _wages(
    spec: WorldSpec,
    streams: Streams,
    ids: NDArray[np.uint64],
    works: NDArray[np.bool_],
    household: NDArray[np.int32],
) -> NDArray[np.float64]:
    """Own daily wage in baht; a non-earner's is household income a head a day, at least half the poverty line."""
    sigma = gini_spread(spec.daily_wage.gini)
    z = streams.normal(WAGE, ids)
    wage = spec.daily_wage.mean * exp64(sigma * z - 0.5 * sigma * sigma)
    if spec.decider == "household":
        return wage
    earned = np.where(works, wage, 0.0)
    a_head = np.bincount(household, weights=earned) / np.bincount(household)
    floor = min(margins().poverty_line / DAYS_A_MONTH / 2.0, spec.daily_wage.mean)
    return np.where(works, wage, np.maximum(a_head[household], floor))


def _online_share(spec: WorldSpec, age: NDArray[np.uint8]) -> NDArray[np.float64]:
    if spec.online is None:
        return np.ones(len(age))
    by_band = np.array([spec.online.get(band, 1.0) for band in ONLINE_BANDS])
    return by_band[np.searchsorted([25, 35, 50], age, side="right")]


def _organisations(
    spec: WorldSpec, streams: Streams, works: NDArray[np.bool_], locality: NDArray[np.int32]
) -> tuple[NDArray[np.int32], NDArray[np.uint8], NDArray[np.uint8], NDArray[np.int32]]:
    """Put those who work into organisations of their locality, in order, and give each its sector."""
    n = len(works)
    member = np.full(n, NO_ORGANISATION, dtype=np.int32)
    sector = np.full(n, _NO_SECTOR, dtype=np.uint8)
    if spec.organisations is None or not works.any():
        return member, sector, np.zeros(0, np.uint8), np.zeros(0, np.int32)
    rows = np.flatnonzero(works)
    place = locality[rows]
    workers = np.bincount(place, minlength=int(locality.max()) + 1)
    count = np.maximum(1, np.rint(workers / spec.organisations.mean_size)).astype(np.int64)
    count[workers == 0] = 0
    offset = np.concatenate([[0], np.cumsum(count)])
    # Members are dealt by a keyed shuffle within the locality, so colleagues are not next-door neighbours.
    deal = streams.uniform64(ORGANISATION, rows.astype(np.uint64))
    order = np.lexsort((deal, place))
    within = np.arange(len(rows)) - np.concatenate([[0], np.cumsum(workers)])[place[order]]
    member[rows[order]] = offset[place[order]] + within * count[place[order]] // workers[place[order]]
    total = int(offset[-1])
    shares = spec.organisations.sectors
    cut = np.cumsum([shares.public, shares.private])
    u = streams.uniform64(ORGANISATION, np.arange(total, dtype=np.uint64), 1)
    org_sector = np.searchsorted(cut, u, side="right").astype(np.uint8)
    org_locality = np.repeat(np.arange(len(count)), count).astype(np.int32)
    inside = member >= 0
    sector[inside] = org_sector[member[inside]]
    return member, sector, org_sector, org_locality
