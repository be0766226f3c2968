"""Which runs are still to be done: in the order of the design, by rounds where a target decides how many."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from simulation.studies.plan.points import Design
from simulation.studies.tasks import Task


@dataclass
class Rounds:
    """The runs of a study that are asked for, and those that are kept.

    Attributes:
        design: The points.
        arms: Arms of each run, in the order of their rows.
        most: The most societies at a point.
        wanted: Societies asked for at each point so far, int64 of shape (points).
        kept: Which runs are on disk, bool of shape (points * most, arms).
        limit: The first runs of the design that may be done; None for all.
    """

    design: Design
    arms: tuple[str, ...]
    most: int
    wanted: NDArray[np.int64]
    kept: NDArray[np.bool_]
    limit: int | None = None

    @property
    def total(self) -> int:
        """Runs asked for so far."""
        runs = int(self.wanted.sum()) * len(self.arms)
        return runs if self.limit is None else min(runs, self.limit)

    @property
    def done(self) -> int:
        """Runs asked for that are kept."""
        return sum(int(self.kept[a:b].sum()) for a, b in self._spans()) if self.limit is None else self._limited_done()

    def left(self) -> Iterator[Task]:
        """Yield the tasks asked for that are not whole, with the arms that are missing; made as they are taken."""
        budget = self.total
        for point in range(len(self.wanted)):
            first = point * self.most
            for replicate in range(int(self.wanted[point])):
                if budget <= 0:
                    return
                missing = self._missing(first + replicate, budget)
                budget -= len(self.arms)
                if missing:
                    task = self.design.task(point, replicate, self.most)
                    yield replace(task, arms=() if len(missing) == len(self.arms) else missing)

    def note(self, number: int, arm: str) -> None:
        """Note that a run is on disk."""
        self.kept[number, self.arms.index(arm)] = True

    def _missing(self, number: int, budget: int) -> tuple[str, ...]:
        here = self.kept[number]
        return tuple(arm for i, arm in enumerate(self.arms) if not here[i] and i < budget)

    def _spans(self) -> Iterator[tuple[int, int]]:
        for point, n in enumerate(self.wanted):
            yield point * self.most, point * self.most + int(n)

    def _limited_done(self) -> int:
        budget, done = self.total, 0
        for a, b in self._spans():
            take = min(budget, (b - a) * len(self.arms))
            done += int(self.kept[a:b].reshape(-1)[:take].sum())
            budget -= take
            if budget <= 0:
                break
        return done
