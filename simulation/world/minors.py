"""Children in a world: ages below 15, and the household that each needs: one with an adult, who is the guardian."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.agents.citizens_table import ADULT_FROM, CONSENT_FROM, guardians
from simulation.core.names import quoted
from simulation.world.columns import OLDEST_POSSIBLE, Known
from simulation.world.facts import OLDEST, ages_from
from simulation.world.raw import Mistakes, Raw

YOUNGEST_EVER = 6
"""No child below school age is modelled."""


def drawn_ages(u: NDArray[np.float64], youngest: int) -> NDArray[np.uint8]:
    """Draw whole years of `youngest` or more from the decades' shares, even within a decade."""
    ages = ages_from(youngest)
    edges = np.array([*(first for first, _ in ages), OLDEST + 1], dtype=np.float64)
    persons = np.array([n for _, n in ages])
    cumulative = np.concatenate([[0.0], np.cumsum(persons) / persons.sum()])
    return np.floor(np.interp(u, cumulative, edges)).clip(youngest, OLDEST).astype(np.uint8)


def with_adults(
    age: NDArray[np.uint8], household: NDArray[np.int32], u: NDArray[np.float64], deal: NDArray[np.float64]
) -> NDArray[np.uint8]:
    """Return the ages so that the first of each household is an adult: nobody below 18 lives without one.

    Whoever is too young to head a household changes ages with an adult who heads none, so the pyramid stays as drawn;
    where there are not enough of them, the rest are drawn again from 18 on.

    Args:
        age: As drawn.
        household: Of each citizen.
        u: The uniforms that ages were drawn from.
        deal: Uniforms that tell who changes first.
    """
    head = np.zeros(len(age), dtype=bool)
    head[np.unique(household, return_index=True)[1]] = True
    young = np.flatnonzero(head & (age < ADULT_FROM))
    spare = np.flatnonzero(~head & (age >= ADULT_FROM))
    spare = spare[np.argsort(deal[spare], kind="stable")][: len(young)]
    found, swapped, rest = age.copy(), young[: len(spare)], young[len(spare) :]
    found[swapped], found[spare] = age[spare], age[swapped]
    found[rest] = drawn_ages(u[rest], ADULT_FROM)
    return found


def begins_with_adults(
    begins: NDArray[np.bool_], age: NDArray[Any], forced: NDArray[np.bool_] | None = None
) -> NDArray[np.bool_]:
    """Return where drawn households begin so that each has an adult: at adults alone, or where it must.

    `forced` marks rows that begin a household anyway, the first of each locality; the first adult there joins it.
    """
    adult = age >= ADULT_FROM
    start = np.zeros(len(age), dtype=bool) if forced is None else forced.copy()
    start[:1] = True
    part = np.cumsum(start) - 1
    rows = np.flatnonzero(adult)
    first = np.zeros(len(age), dtype=bool)
    first[rows[np.unique(part[rows], return_index=True)[1]]] = True
    return np.asarray(start | (begins & adult & ~first))


def known_age(known: Known, youngest: int) -> Known:
    """Return what the column of ages may hold in a world with this youngest age."""
    what = (
        f"whole years, {youngest} to {OLDEST_POSSIBLE}",
        f"จำนวนเต็มปี {youngest} ถึง {OLDEST_POSSIBLE}",
    )
    return replace(known, low=youngest, what=what)


def children_have_guardians(people: Raw, columns: Mapping[str, NDArray[Any]], mistakes: Mistakes) -> None:
    """Refuse a child below 15 without an adult of 18 or more in the household; where none is named, in the locality."""
    if "age" not in columns or not len(columns["age"]):
        return
    age = columns["age"]
    key = next((k for k in ("household", "locality") if k in columns), "")
    group = np.maximum(columns[key], 0) if key else np.zeros(len(age), np.int64)
    alone = (age > 0) & (age < CONSENT_FROM) & (guardians(np.where(age > 0, age, ADULT_FROM), group) < 0)

    def tell(row: int) -> tuple[str, ...]:
        name = quoted(str(people.columns[key][row].as_py())) if key else ""
        where = {"household": f"Household {name} has nobody", "locality": f"Locality {name} has nobody"}
        where_th = {"household": f"ครัวเรือน {name} ไม่มี", "locality": f"พื้นที่ {name} ไม่มี"}
        return (
            f"{where.get(key, 'The table has nobody')} of {ADULT_FROM} or older, so the child has no guardian. "
            "Add the guardian, or take the child out.",
            f"{where_th.get(key, 'ตารางไม่มี')}ผู้มีอายุ {ADULT_FROM} ปีขึ้นไป เด็กจึงไม่มีผู้ปกครอง ให้เพิ่มผู้ปกครอง หรือลบแถวของเด็กออก",
        )

    rows = np.flatnonzero(alone)
    once = np.unique(group[rows], return_index=True)[1]  # one household, one mistake
    mistakes.at(people, "age", rows[np.sort(once)], tell)
