"""Thai figures that the worlds are built on. Tables with sources and marks stand in data/facts."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib import resources

AGE_SHARES = (
    (15, 20, 4_246_156),
    (20, 30, 9_630_311),
    (30, 40, 9_229_726),
    (40, 50, 10_914_254),
    (50, 60, 10_681_391),
    (60, 70, 7_624_358),
    (70, 80, 3_866_567),
    (80, 90, 1_921_226),
)
"""Persons by decade of age, Thailand 2020 (UN, de facto; V); ages 15-19 are half of 10-19 (D); 80+ ends at 89."""
MALES_PER_100_FEMALES = 95.3
"""Thailand 2023 (NSO Statistical Yearbook 2024, V)."""
PARTICIPATION = {"male": 0.7715, "female": 0.5980}
"""Labour-force participation, 15 or older, first quarter 2024 (NSO Bulletin of Statistics, V)."""
POVERTY_LINE = 3043.0
"""Baht a person a month, 2023 (NSO, V)."""


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
