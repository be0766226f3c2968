"""How often a test of faults was made and passed, what was measured, and what failed."""

import traceback
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Tally:
    """What came of one test of the list.

    Attributes:
        times: Trials made.
        passed: Trials in which all was as it shall be.
        figures: What was measured, in the order in which it was first seen.
        failures: What was not as it shall be, a line each.
    """

    times: int = 0
    passed: int = 0
    figures: dict = field(default_factory=dict)
    failures: list = field(default_factory=list)

    @contextmanager
    def trial(self, what=""):
        """Count a trial; what is not as it shall be is noted, and the next trial goes on."""
        self.times += 1
        try:
            yield
        except Exception as error:
            line = traceback.extract_tb(error.__traceback__)[-1]
            last = next(
                (f for f in reversed(traceback.extract_tb(error.__traceback__)) if "faults" in f.filename), line
            )
            said = f"{type(error).__name__}: {error}".strip().replace("\n", " ")[:600]
            self.failures.append(f"{what}: {said} ({last.filename.rpartition('/')[2]}:{last.lineno})")
        else:
            self.passed += 1

    def most(self, name, value):
        """Keep the greatest of what was measured."""
        self.figures[name] = max(self.figures.get(name, value), value)

    def least(self, name, value):
        """Keep the least of what was measured."""
        self.figures[name] = min(self.figures.get(name, value), value)

    def add(self, name, value=1):
        """Add up what was counted."""
        self.figures[name] = self.figures.get(name, 0) + value

    def with_(self, other):
        """Return both together: counts added up, of what was measured the greatest, or the least where it says so."""
        figures = dict(self.figures)
        for name, value in other.figures.items():
            if name not in figures:
                figures[name] = value
            elif name in ADDED:
                figures[name] += value
            else:
                figures[name] = min(figures[name], value) if name.endswith("least") else max(figures[name], value)
        return Tally(self.times + other.times, self.passed + other.passed, figures, [*self.failures, *other.failures])


ADDED = ("runs kept less than told", "kept runs done again")
"""Figures that are counts over all trials."""
