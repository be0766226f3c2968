"""The same rules as ordinary Mesa agents: Python floats, loops over cached neighbours. Imports none of the equations.

An independent reading of docs and papers, slow on purpose to be plain: it is what both engines are checked against, act
for act. Only the random integers are shared, as raw numbers by address.
"""

from __future__ import annotations

import math
from typing import Any

import mesa

TINY = 2.0**-20


def settle(x: float) -> float:
    """Move a difference towards 0 by at most 2**-20."""
    return x - min(max(x, -TINY), TINY)


class OracleCitizen(mesa.Agent):
    """One citizen with a twin, deciding on each behaviour."""

    def __init__(self, model: Any, row: int) -> None:
        super().__init__(model)
        n = len(model.behaviours)
        self.row = row
        self.alpha = [float(model.alpha[b][row]) for b in range(n)]
        self.habit = [0.0] * n
        self.norm = [0.0] * n
        self.crowding = [0.0] * n
        self.acts = [0] * n
        self.twin = [0] * n
        self.excess = [0.0] * n
        self.shown = [0.0] * n
        self.draw = [0.0] * n
        self.around: list[tuple[OracleCitizen, float]] = []
        self.weight = 0.0

    def step(self) -> None:
        """Decide and learn; what neighbours did last week stands in `shown`."""
        model, row = self.model, self.row
        for b, terms in enumerate(model.behaviours):
            if model.week > 0 and self.weight > 0:
                seen = 0.0
                for other, weight in self.around:
                    seen += weight * other.shown[b]
                self.norm[b] = settle(self.norm[b] + terms["nu"] * (seen / self.weight - self.norm[b]))
            reason, cap, live = model.reason(b, self)
            x = self.crowding[b]
            jumps = cap * x >= 0 and abs(cap) >= abs(x)
            x = cap if jumps else cap + (x - cap) * terms["decay"]
            x = self.crowding[b] = settle(x)
            today = reason + terms["visible_norm"] * self.norm[b]
            yesterday = terms["habit"] * self.habit[b]
            push = max(today, yesterday, 0.0) + min(today, yesterday, 0.0)
            p0 = 1.0 / (1.0 + math.exp(-self.alpha[b]))
            p = 1.0 / (1.0 + math.exp(-min(max(self.alpha[b] + push - x, -16.0), 16.0)))
            n = terms["n"]
            if terms["sticky"]:
                again = model.again[b][row] < terms["redecision"]
                if again:
                    self.draw[b] = model.redraw[b][row]
                self.twin[b] = int(self.draw[b] < p0)
                if again or live:
                    self.acts[b] = int(self.draw[b] < p)
            else:
                u = model.uniform[b][row]
                self.acts[b], self.twin[b] = binomial(n, p, u), binomial(n, p0, u)
            self.excess[b] = (self.acts[b] - self.twin[b]) / n

    def learn(self) -> None:
        """Habit, and what others will see."""
        for b, terms in enumerate(self.model.behaviours):
            self.habit[b] = settle(self.habit[b] + terms["gain"] * (self.excess[b] - self.habit[b]))
            self.shown[b] = self.excess[b]


def binomial(n: int, p: float, u: float) -> int:
    """Return the number of acts by inversion."""
    q = 1.0 - p
    mass = q**n
    total, k = mass, 0
    odds = p / q
    while u >= total and k < n:
        mass *= odds * (n - k) / (k + 1)
        total += mass
        k += 1
    return k


class OracleModel(mesa.Model):
    """A world handed over as arrays: motivation, ties, constants of each behaviour and of each scheme."""

    def __init__(
        self,
        alpha: Any,
        behaviours: list[dict[str, float]],
        ties: tuple[Any, Any, Any],
        draws: Any,
        schemes: list[dict[str, Any]],
        first_draw: dict[int, Any],
    ) -> None:
        super().__init__(rng=1)
        self.alpha, self.behaviours, self.schemes, self.draws = alpha, behaviours, schemes, draws
        self.week = -1
        indptr, indices, weights = (x.tolist() for x in ties)
        self.people = [OracleCitizen(self, i) for i in range(len(alpha[0]))]
        for i, person in enumerate(self.people):
            span = range(indptr[i], indptr[i + 1])
            person.around = [(self.people[indices[e]], float(weights[e])) for e in span]
            person.weight = sum(w for _, w in person.around)
            for b, draw in first_draw.items():
                person.draw[b] = float(draw[i])
                rate = 1.0 / (1.0 + math.exp(-person.alpha[b]))
                person.acts[b] = person.twin[b] = int(person.draw[b] < rate)

    def reason(self, b: int, person: OracleCitizen) -> tuple[float, float, bool]:
        """Return R, the cap of crowding, and whether a scheme is live: everybody is in, for start <= t < end."""
        for s in self.schemes:
            if s["behaviour"] == b and s["start"] <= self.week < s["end"]:
                return s["reason"][person.row], s["cap"], True
        return 0.0, 0.0, False

    def step(self) -> None:
        """Advance a week: all decide on what was last week, then all learn."""
        self.week += 1
        self.uniform, self.again, self.redraw = self.draws(self.week)
        for person in self.people:
            person.step()
        for person in self.people:
            person.learn()
