"""A factor of a design: the values that it takes, by their number or by a share of the way from low to high."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from simulation.core.floats import exp64, log64
from simulation.results.responses.facts import FactorFacts
from simulation.studies.plan.names import PARAMETERS

_JUST_BELOW = 1e-9  # a share such as 2/3, as near as a float has it, counts as having arrived
_DIGITS = 12  # of a level: 0.3, not 0.30000000000000004


@dataclass(frozen=True)
class Factor:
    """One thing that a study varies, and how its values come about.

    Attributes:
        facts: What a reader knows of it.
        whole: Whether it takes whole numbers only.
        levels: Values of its range in a grid; 0 where the design says how many, or a step does.
        step: Distance of the values of its range; 0 where any value is possible.
    """

    facts: FactorFacts
    whole: bool = False
    levels: int = 0
    step: float = 0.0

    @property
    def listed(self) -> int:
        """Return how many values it has, where these are listed or a step apart; else 0."""
        if self.facts.values:
            return len(self.facts.values)
        low, high = self.ends
        return math.floor((high - low) / self.step + _JUST_BELOW) + 1 if self.step else 0

    @property
    def ends(self) -> tuple[float, float]:
        """Return both ends of its range, 0 and 0 where its values are listed."""
        return (self.facts.low or 0.0, self.facts.high or 0.0)

    def level(self, number: int, of: int) -> Any:
        """Return a value of a grid by its number: one of those listed, or of so many over the range."""
        if self.facts.values:
            return self.facts.values[number]
        low, _ = self.ends
        value = low + number * self.step if self.step else self._between(number / (of - 1) if of > 1 else 0.0)
        return round(value) if self.whole else float(f"{value:.{_DIGITS}g}")

    def at(self, share: float) -> Any:
        """Return the value at a share, 0 to 1, of the way from low to high; values that are listed have equal parts of it."""
        if self.listed:
            return self.level(_part(share, self.listed), self.listed)
        low, high = self.ends
        if self.whole and self.facts.scale == "linear":
            return round(low) + _part(share, round(high) - round(low) + 1)
        value = self._between(share)
        return round(value) if self.whole else value

    def _between(self, share: float) -> float:
        low, high = self.ends
        if share <= 0 or share >= 1:
            return high if share >= 1 else low
        if self.facts.scale == "log":
            start, end = float(log64(low)), float(log64(high))
            value = float(exp64(start + share * (end - start)))
        else:
            value = low + share * (high - low)
        return min(max(value, low), high)

    @property
    def parameter(self) -> str:
        """Return the parameter of the law that it sets, empty where it sets keys of the scenario."""
        first = self.facts.keys[0]
        return first.removeprefix(PARAMETERS) if first.startswith(PARAMETERS) else ""


def _part(share: float, parts: int) -> int:
    """Return in which of equal parts a share lies, from 0."""
    return min(int(share * parts + _JUST_BELOW), parts - 1)
