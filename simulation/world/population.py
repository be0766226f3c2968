"""A synthetic population from stated margins, numbered by locality, household and organisation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.agents.citizens_table import CONSENT_FROM, NO_ORGANISATION, SECTORS, Citizens, age_band_of
from simulation.core.floats import exp64, normal_quantile
from simulation.core.streams import ORGANISATION, POPULATION, WAGE, Streams
from simulation.world.areas import locality_of_rows, locality_provinces
from simulation.world.facts import YOUNGEST, fact, margins
from simulation.world.files import own_world
from simulation.world.minors import begins_with_adults, drawn_ages, with_adults
from simulation.world.own import OwnWorld
from simulation.world.spec import ONLINE_BANDS, ONLINE_MINORS, Organisations, WorldSpec

_AGE, _SEX, _URBAN, _ONLINE, _WORKS, _HOUSEHOLD, _LOCALITY, _DEAL = range(8)
DAYS_A_MONTH = 30
_NO_SECTOR = SECTORS.index("none")


def build_population(spec: WorldSpec, streams: Streams, all_earn: bool = False) -> Citizens:
    """Draw the citizens of a replicate: age, sex, place, work and wage, each from its own stream.

    What the tables of a world of one's own say stands, in their order; the rest is drawn around it. With `all_earn`
    everybody has a wage of their own, children and those without work too.
    """
    own = own_world(spec.files) if spec.files is not None else _NOBODY
    given, n = own.columns, spec.citizens
    ids = own.ids if own.n else np.arange(n, dtype=np.uint64)

    def u(b: int) -> NDArray[np.float64]:
        return streams.uniform64(POPULATION, ids, b)

    known = margins()
    age = _given(given, "age", np.uint8)
    female = _given(given, "sex", np.bool_)
    if female is None:
        female = u(_SEX) >= known.males_per_100_females / (100.0 + known.males_per_100_females)
    household, locality = _homes(spec, given, u(_HOUSEHOLD))
    if age is None:
        age = drawn_ages(u(_AGE), spec.youngest)
        age = with_adults(age, household, u(_AGE), u(_DEAL)) if spec.youngest < YOUNGEST else age
    child = age < CONSENT_FROM if spec.youngest < YOUNGEST else None
    urban = _given(given, "urban", np.uint8)
    if urban is None:  # whole households live in a town or not
        urban = (u(_URBAN) < spec.urban)[_first_rows(household)][household].astype(np.uint8)
    works = u(_WORKS) < np.where(female, known.participation_female, known.participation_male)
    works |= spec.decider == "household"
    if "organisation" in given:
        works = works | (given["organisation"] >= 0)
    works = works if child is None else works & ~child  # a child's organisation is a school
    wage = _given(given, "wage", np.float64)
    if wage is None:
        wage = _wages(spec, streams, ids, works | all_earn, household)
    elif child is not None:
        wage = _or_a_head(spec, wage, ~child, household)
    if "organisation" in given:
        groups = _own_organisations(spec, own, streams, locality)
    else:
        groups = _organisations(spec, streams, works, locality)
    organisation, sector, org_sector, org_locality = groups
    if "sector" in given and "organisation" not in given:  # of a person whose organisation nobody named
        sector = np.where(given["sector"] >= 0, given["sector"], _NO_SECTOR).astype(np.uint8)
    online = _given(given, "online", np.uint8)
    online = (u(_ONLINE) < _online_share(spec, age)).astype(np.uint8) if online is None else online
    income = np.bincount(household, weights=wage)[household] / np.bincount(household)[household]
    rank = np.empty(n, dtype=np.int64)
    rank[np.lexsort((ids, income))] = np.arange(n)
    return Citizens(
        ids=ids,
        age=age,
        sex=female.astype(np.uint8),
        age_band=age_band_of(age),
        urban=urban,
        online=online,
        wage=wage.astype(np.float32),
        income_fifth=(rank * 5 // n).astype(np.uint8),
        household=household,
        organisation=organisation,
        sector=sector,
        locality=locality,
        organisation_sector=org_sector,
        organisation_locality=org_locality,
        locality_names=own.locality_names
        or tuple(f"{spec.localities.name} {i + 1}" for i in range(spec.localities.number)),
        names=own.names,
        organisation_names=own.organisation_names,
        household_names=own.household_names,
        locality_province=locality_provinces(spec),
    )


_NOBODY = OwnWorld((), np.zeros(0, np.uint64), {})


def _given(columns: Mapping[str, NDArray[Any]], name: str, dtype: Any) -> NDArray[Any] | None:
    return columns[name].astype(dtype) if name in columns else None


def _homes(
    spec: WorldSpec, given: Mapping[str, NDArray[Any]], u: NDArray[np.float64]
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return household and locality of each citizen; whole households live in one locality.

    Drawn localities fill in the order of households; drawn households hold people of one locality who follow one another.
    """
    n, age = len(u), given.get("age") if spec.youngest < YOUNGEST else None
    if "household" in given:
        household = given["household"].astype(np.int32)
    elif "locality" in given:
        order = np.argsort(given["locality"], kind="stable")
        begins, change = _begins_household(spec, u), np.diff(given["locality"][order], prepend=-1) != 0
        begins |= change
        begins = begins if age is None else begins_with_adults(begins, age[order], change)
        household = np.empty(n, np.int32)
        household[order] = np.cumsum(begins) - 1
    else:
        begins = _begins_household(spec, u)
        begins = begins if age is None else begins_with_adults(begins, age)
        household = (np.cumsum(begins) - 1).astype(np.int32)
    if "locality" in given:
        return household, given["locality"].astype(np.int32)
    place = locality_of_rows(spec, n)
    return household, place[_first_rows(household)][household].astype(np.int32)


def _first_rows(household: NDArray[np.int32]) -> NDArray[np.int64]:
    """Return the first row of each household."""
    first = np.zeros(int(household.max(initial=0)) + 1, np.int64)
    rows = np.arange(len(household))[::-1]
    first[household[rows]] = rows
    return first


def gini_spread(gini: float) -> float:
    """Return the sigma of a lognormal with this Gini: sqrt(2) * quantile((1 + Gini) / 2) (Aitchison, Brown 1957)."""
    return float(np.sqrt(2.0) * normal_quantile((1.0 + gini) / 2.0)) if gini > 0 else 0.0


def _begins_household(spec: WorldSpec, u: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Tell where a new household begins: with chance 1 / mean size, with everybody where households decide."""
    begins = np.ones(len(u), dtype=bool)
    if spec.decider == "citizen":
        begins[1:] = u[1:] < 1.0 / spec.ties.household
    return begins


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
    return _or_a_head(spec, wage, works, household)


def _or_a_head(
    spec: WorldSpec, wage: NDArray[np.float64], works: NDArray[np.bool_], household: NDArray[np.int32]
) -> NDArray[np.float64]:
    """Return the wage of those who work, and household income a head a day of all others."""
    earned = np.where(works, wage, 0.0)
    a_head = np.bincount(household, weights=earned) / np.bincount(household)
    floor = min(margins().poverty_line / DAYS_A_MONTH / 2.0, spec.daily_wage.mean)
    return np.where(works, wage, np.maximum(a_head[household], floor))


def _online_share(spec: WorldSpec, age: NDArray[np.uint8]) -> NDArray[np.float64]:
    if spec.online is None:
        return np.ones(len(age))
    by_band = np.array([spec.online.get(band, 1.0) for band in ONLINE_BANDS])
    share = by_band[np.searchsorted([25, 35, 50], age, side="right")]
    if spec.youngest < YOUNGEST:
        known = float(fact("internet users by age", ONLINE_MINORS)["value"])
        share = np.where(age < CONSENT_FROM, spec.online.get(ONLINE_MINORS, known), share)
    return share


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
    org_sector = _sectors(spec, streams, total)
    org_locality = np.repeat(np.arange(len(count)), count).astype(np.int32)
    inside = member >= 0
    sector[inside] = org_sector[member[inside]]
    return member, sector, org_sector, org_locality


def _own_organisations(
    spec: WorldSpec, own: OwnWorld, streams: Streams, locality: NDArray[np.int32]
) -> tuple[NDArray[np.int32], NDArray[np.uint8], NDArray[np.uint8], NDArray[np.int32]]:
    """Return the organisations of a user's table; a sector or a seat that it does not say is drawn, or is its members'."""
    member = own.columns["organisation"].astype(np.int32)
    total = len(own.organisation_names)
    drawn = _sectors(spec, streams, total)
    org_sector = np.where(own.organisation_sector >= 0, own.organisation_sector, drawn).astype(np.uint8)
    inside = member >= 0
    seat = np.zeros(total, np.int32)
    rows = np.flatnonzero(inside)[::-1]
    seat[member[rows]] = locality[rows]
    org_locality = np.where(own.organisation_locality >= 0, own.organisation_locality, seat).astype(np.int32)
    sector = np.full(len(member), _NO_SECTOR, dtype=np.uint8)
    sector[inside] = org_sector[member[inside]]
    return member, sector, org_sector, org_locality


def _sectors(spec: WorldSpec, streams: Streams, total: int) -> NDArray[np.uint8]:
    """Draw the sector of each organisation."""
    shares = (spec.organisations or Organisations()).sectors
    cut = np.cumsum([shares.public, shares.private])
    u = streams.uniform64(ORGANISATION, np.arange(total, dtype=np.uint64), 1)
    return np.searchsorted(cut, u, side="right").astype(np.uint8)
