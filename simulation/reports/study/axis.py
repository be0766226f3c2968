"""A drawing in letters: bars of several rows on one axis."""

from __future__ import annotations

from dataclasses import dataclass

from simulation.reports.study.outcomes import shown


@dataclass(frozen=True)
class Axis:
    """One axis for all rows, from the least to the largest value, so many cells wide."""

    low: float
    high: float
    outcome: str
    cells: int = 26

    @classmethod
    def over(cls, values: list[float], outcome: str, cells: int = 26) -> Axis:
        """Return the axis that holds all values, with 0 in it where it is near."""
        low, high = min(values), max(values)
        if 0.0 < low < high / 2:
            low = 0.0
        return cls(low, high if high > low else low + 1.0, outcome, cells)

    @property
    def head(self) -> str:
        """The numbers at both ends."""
        first, last = shown(self.outcome, self.low), shown(self.outcome, self.high)
        return first + " " * max(1, self.cells - len(first) - len(last)) + last

    def place(self, x: float) -> int:
        """Return the cell of a value."""
        return round((x - self.low) / (self.high - self.low) * (self.cells - 1))

    def draw(self, first: float, last: float) -> str:
        """Draw a bar from one value, an open end, to the other, a dot."""
        a, b = self.place(first), self.place(last)
        cells = [" "] * self.cells
        for i in range(min(a, b), max(a, b) + 1):
            cells[i] = "─"
        cells[a] = "│"
        cells[b] = "●"
        return "".join(cells)
