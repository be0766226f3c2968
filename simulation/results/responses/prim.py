"""PRIM: peel a box from all sides, little by little, until mostly points of interest are left (Friedman 1999)."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from simulation.results.responses.boxes import Box, Mask, Space, scores
from simulation.results.responses.tables import Floats

PEEL = 0.05
"""Share of the box's points that a peel of a range takes off."""
LEAST_SHARE, LEAST_POINTS = 0.05, 5
NEEDED = 1.645
"""A bound stays only where the box without it is less dense by more than this many standard errors (5 %, one-sided)."""


@dataclass(frozen=True)
class Step:
    """A box of the trajectory, and the share of all points in it."""

    box: Box
    share: float


def peel(space: Space, x: Floats, wanted: Mask) -> list[Step]:
    """Return the trajectory of boxes from the whole space on, each a peel of the one before.

    Of all peels (either end of a range, the lowest or highest level of ordered levels, any single level of others)
    the one is taken that raises the density most for each point that it costs. It ends where no peel raises the
    density, or fewer than 5 % of the points (or five) would be left.
    """
    least = max(LEAST_POINTS, math.ceil(LEAST_SHARE * len(x)))
    box, inside = Box(), np.ones(len(x), dtype=bool)
    steps = [Step(box, 1.0)]
    while True:
        density, n = float(wanted[inside].mean()) if inside.any() else 1.0, int(inside.sum())
        found: tuple[float, Box, Mask] | None = None
        for candidate in _peels(space, x[inside], box):
            left = candidate.holds(x)
            size = int(left.sum())
            if least <= size < n:
                gain = (float(wanted[left].mean()) - density) / (n - size)
                if gain > 0.0 and (found is None or gain > found[0] * (1.0 + 1e-12)):
                    found = gain, candidate, left
        if found is None:
            return steps
        _, box, inside = found
        steps.append(Step(box, float(inside.mean())))


def _peels(space: Space, x: Floats, box: Box) -> Iterator[Box]:
    for j, factor in enumerate(space.factors):
        column = x[:, j]
        if factor.values:
            present = np.unique(column).astype(np.int64).tolist()
            ends = [present[0], present[-1]] if factor.numeric else present
            for place in ends if len(present) > 1 else []:
                yield box.only(j, frozenset(present) - {place})
            continue
        values = np.unique(column)
        if len(values) > 1:
            ordered = np.sort(column)
            k = max(1, int(PEEL * len(column)))
            low, high = float(ordered[k - 1]), float(ordered[-k])
            yield box.within(j, _between(values, low, 1), math.inf)
            yield box.within(j, -math.inf, _between(values, high, -1))


def _between(values: Floats, at: float, side: int) -> float:
    """Return the middle between a value and the next one inside, so that the end of a box lies between points."""
    i = int(np.searchsorted(values, at))
    inner = min(max(i + side, 0), len(values) - 1)
    return float((values[i] + values[inner]) / 2.0)


def chosen(steps: list[Step], x: Floats, wanted: Mask) -> int:
    """Return the step with the largest harmonic mean of coverage and density; 0 where none beats the whole."""
    balance = []
    for step in steps:
        found = scores(step.box.holds(x), wanted)
        total = found["coverage"] + found["density"]
        balance.append(2.0 * found["coverage"] * found["density"] / total if total > 0 else 0.0)
    return int(np.argmax(balance)) if balance else 0


def simplified(box: Box, x: Floats, wanted: Mask) -> Box:
    """Return the box without bounds that it does not need, the least needed first (Bryant and Lempert 2010)."""
    while box.bounded:
        density, n = float(wanted[box.holds(x)].mean()), int(box.holds(x).sum())
        need = {}
        for j in box.bounded:
            wider = float(wanted[box.without(j).holds(x)].mean())
            error = math.sqrt(max(wider * (1.0 - wider), 1e-12) / n)
            need[j] = (density - wider) / error
        weakest = min(need, key=need.__getitem__)
        if need[weakest] > NEEDED:
            return box
        box = box.without(weakest)
    return box


def fit_prim(space: Space, x: Floats, wanted: Mask) -> list[Box]:
    """Return the one box that PRIM proposes, simplified; none where it is the whole space."""
    steps = peel(space, x, wanted)
    box = simplified(steps[chosen(steps, x, wanted)].box, x, wanted)
    return [box] if box.bounded else []
