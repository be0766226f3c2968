"""The points of a study: for each a value of every factor, made when asked for, the same to the bit each time."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.core.errors import InputError
from simulation.studies.plan import draws
from simulation.studies.plan.factors import Factor
from simulation.studies.plan.names import PARAMETERS
from simulation.studies.plan.spec import Kind
from simulation.studies.tasks import Task

DRAWN = ("latin-hypercube", "sobol", "saltelli", "morris")
"""Kinds of design whose points are drawn in the unit cube."""


@dataclass(frozen=True, eq=False)
class Design:
    """Which values the factors take at each point.

    Attributes:
        kind: How the points are chosen.
        factors: What is varied, in file order.
        size: Points of latin-hypercube and sobol, base of saltelli, trajectories of morris; 0 for others.
        levels: In a grid values of a range that names none of its own; levels of morris.
        seed: Seed of the points.
        rows: Values of a list, in the factors' order.
        expected: sha256 that drawn points must have, empty where they are new.
    """

    kind: Kind
    factors: tuple[Factor, ...]
    size: int = 0
    levels: int = 0
    seed: int = 1
    rows: tuple[tuple[Any, ...], ...] = ()
    expected: str = ""

    @cached_property
    def counts(self) -> tuple[int, ...]:
        """How many values each factor has in a grid."""
        return tuple(f.listed or f.levels or self.levels for f in self.factors)

    @cached_property
    def points(self) -> int:
        """How many points there are; none of them is made for it."""
        d = len(self.factors)
        if self.kind == "grid":
            return math.prod(self.counts)
        each = {"saltelli": d + 2, "morris": d + 1, "list": len(self.rows)}.get(self.kind, 1)
        return each if self.kind == "list" else self.size * each

    @cached_property
    def unit(self) -> NDArray[np.float64]:
        """Points of a drawn design in the unit cube, float64[points, factors].

        Raises:
            InputError: Where this machine draws other points than those the study was made with, or has no SciPy.
        """
        d = len(self.factors)
        if self.kind == "latin-hypercube":
            made = draws.latin_hypercube(d, self.size, self.seed)
        elif self.kind == "sobol":
            made = draws.sobol_sequence(d, self.size, self.seed)
        elif self.kind == "saltelli":
            made = draws.saltelli_sample(d, self.size, self.seed)
        elif self.kind == "morris":
            made = draws.morris_trajectories(d, self.size, self.levels, self.seed)
        else:
            raise TypeError(f"the points of a {self.kind} are not drawn")
        found = hashlib.sha256(made.tobytes()).hexdigest()
        if self.expected and found != self.expected:
            raise InputError(
                f"The {self.kind} design of this study cannot be drawn again: this machine's SciPy or SALib draws other "
                "points. Use the versions that the study's manifest names.",
                f"สุ่มจุดแบบ {self.kind} ของการศึกษานี้ซ้ำไม่ได้ เพราะ SciPy หรือ SALib ในเครื่องนี้สุ่มได้จุดอื่น ให้ใช้รุ่นที่บันทึกไว้กับการศึกษา",
            )
        made.setflags(write=False)
        return made

    @cached_property
    def sha256(self) -> str:
        """The sha256 of drawn points, empty for others, whose values say it all."""
        if self.kind not in DRAWN:
            return ""
        return self.expected or hashlib.sha256(self.unit.tobytes()).hexdigest()

    def values(self, point: int) -> dict[str, Any]:
        """Return the value of every factor at a point, by name, in file order."""
        return {f.facts.name: v for f, v in zip(self.factors, self._values(point), strict=True)}

    def task(self, point: int, replicate: int, most_replicates: int) -> Task:
        """Return what an executor carries: one point in one simulated society."""
        values = self._values(point)
        pairs = list(zip(self.factors, values, strict=True))
        return Task(
            number=point * most_replicates + replicate,
            point=point,
            replicate=replicate,
            changes=tuple((key, v) for f, v in pairs if not f.parameter for key in f.facts.keys),
            fixed=tuple((k.removeprefix(PARAMETERS), float(v)) for f, v in pairs if f.parameter for k in f.facts.keys),
            factors=tuple((f.facts.name, v) for f, v in pairs),
        )

    def _values(self, point: int) -> list[Any]:
        if not 0 <= point < self.points:
            raise IndexError(f"there is no point {point}: the design has {self.points}")
        if self.kind == "list":
            return list(self.rows[point])
        if self.kind == "grid":
            numbers = self._numbers(point)
            return [f.level(i, n) for f, i, n in zip(self.factors, numbers, self.counts, strict=True)]
        return [f.at(float(share)) for f, share in zip(self.factors, self.unit[point], strict=True)]

    def _numbers(self, point: int) -> list[int]:
        """Return which value each factor has at a point of a grid; the last factor's changes first."""
        numbers = []
        for count in reversed(self.counts):
            point, number = divmod(point, count)
            numbers.append(number)
        return numbers[::-1]

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """Yield the values of each point in turn."""
        return (self.values(point) for point in range(self.points))
