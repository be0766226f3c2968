"""Thai figures that the worlds are built on, read from the tables in data/facts, which name sources and marks."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

YOUNGEST, OLDEST = 15, 89
_DECADES = ("0-9", "10-19", "20-29", "30-39", "40-49", "50-59", "60-69", "70-79", "80+")

_GROUPS = ("Thailand de facto", "Thailand de facto (UN WPP)")


@dataclass(frozen=True)
class Margins:
    """What a population is drawn from.

    `ages` holds (first year, persons) of each band, the last ending at `OLDEST`; ages 15 to 19 are half of 10 to 19.
    """

    ages: tuple[tuple[int, float], ...]
    males_per_100_females: float
    participation_male: float  # share in the labour force, 15 or older
    participation_female: float
    poverty_line: float  # baht a person a month


@cache
def margins() -> Margins:
    """Return the national margins, from the table of facts."""
    return Margins(
        ages=ages_from(YOUNGEST),
        males_per_100_females=_number("sex ratio"),
        participation_male=_number("labour-force participation", "male 15+"),
        participation_female=_number("labour-force participation", "female 15+"),
        poverty_line=_number("poverty line"),
    )


@cache
def ages_from(youngest: int) -> tuple[tuple[int, float], ...]:
    """Return (first year, persons) of each decade of age from `youngest` on; of the first its part, even by year."""
    people = [
        (int(decade.strip("+").split("-")[0]), _number(f"age {decade}", _GROUPS[decade == "0-9"]))
        for decade in _DECADES
    ]
    old = [(first, n) for first, n in people if first + 10 > youngest]
    first, n = old[0]
    return ((youngest, n * (first + 10 - youngest) / 10.0), *old[1:])


@cache
def table(name: str) -> tuple[Mapping[str, str], ...]:
    """Return the rows of a table of facts, such as "population_parameters"; each row keeps mark and source."""
    path = resources.files("simulation.data.facts").joinpath(f"{name}.csv")
    return tuple(csv.DictReader(path.read_text("utf-8").splitlines()))


def fact(parameter: str, group: str = "Thailand") -> Mapping[str, str]:
    """Return one row of the population table: value, unit, year, mark, source.

    Raises KeyError with the parameter's name where there is none.
    """
    for row in table("population_parameters"):
        if row["parameter"] == parameter and row["group"] == group:
            return row
    raise KeyError(f"no fact {parameter!r} for {group!r}")


def hours_of_act(behaviour: str, given: float | None = None) -> float | None:
    """Return the hours that an act takes: as given, else those of the behaviour of that name in the table of facts."""
    if given is not None:
        return given
    return _hours().get(behaviour)


def name_of_act(behaviour: str) -> tuple[str, str]:
    """Return what a behaviour without a title is called, in English and Thai: its key, in Thai as in the table of facts."""
    names = {row["id"]: row["name_th"] for row in table("behaviours")}
    return behaviour.replace("_", " "), names.get(behaviour, behaviour).split(" / ")[0]


@cache
def _hours() -> dict[str, float]:
    found = {row["id"]: row["effort_hours_per_act"] for row in table("behaviours")}
    return {name: float(hours) for name, hours in found.items() if hours}


def _number(parameter: str, group: str = "Thailand") -> float:
    return float(fact(parameter, group)["value"])
