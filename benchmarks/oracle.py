"""The same rules as ordinary Mesa agents: Python floats, loops over cached neighbours. Imports none of the equations.

An independent reading of docs/model.md, plain on purpose: it is what both engines are checked against, act for act,
sign-up for sign-up and satang for satang. Only the random integers are shared, as raw numbers by address.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

import mesa
import networkx as nx

TINY = 2.0**-20
REENTRY_WEEKS = 13
MONTH = 4


@dataclass
class OracleScheme:
    """One scheme: what it offers for a behaviour, when, and how people come in. Amounts in baht, chances a week."""

    behaviour: int
    start: int
    end: int
    contingent: float = 0.0
    value: float = 0.0
    visibility: float = 0.0
    message: float = 0.0
    controlling: float = 0.0
    discrepancy: float = 0.0
    satang_per_act: int = 0
    share_needed: float | None = None  # of a month's opportunities, for an honour
    alpha_e: float | None = None  # None: everybody eligible is in from the start
    exit_chance: float = 0.0
    value_to_join: float = 0.0  # baht of a usual week
    paid_satang: int = 0
    holders: dict[Any, float] = field(default_factory=dict)

    def on(self, week: int) -> bool:
        """Tell whether it runs."""
        return self.start <= week < self.end


class OracleCitizen(mesa.Agent):
    """One citizen with a twin, deciding on each behaviour."""

    def __init__(self, model: OracleModel, row: int) -> None:
        super().__init__(model)
        n, m = len(model.behaviours), len(model.schemes)
        people = model.people_data
        self.row, self.wage, self.cell = row, people["wage"][row], people["cell"][row]
        self.locality = people["locality"][row]
        organisation = people["organisation"][row]
        self.group = ("organisation", organisation) if organisation >= 0 else ("locality", self.locality)
        self.alpha = [model.alpha[b][row] for b in range(n)]
        self.s = [model.s[b][row] for b in range(n)]
        self.rate = [1.0 / (1.0 + math.exp(-a)) for a in self.alpha]
        self.habit, self.norm, self.crowding, self.draw, self.exposure, self.used_to = ([0.0] * n for _ in range(6))
        self.acts, self.twin = [0] * n, [0] * n
        self.excess, self.shown = [0.0] * n, [0.0] * n
        self.enrolled, self.was_enrolled = [False] * m, [False] * m
        self.signed_up, self.ever = [False] * m, False
        self.joined, self.left = [-10_000] * m, [-10_000] * m
        self.month_acts, self.month_chances, self.holds = [0] * m, [0] * m, [False] * m
        self.around: list[tuple[OracleCitizen, float]] = []
        self.weight = 0.0

    def step(self) -> None:
        """Look around, join or leave, decide: on what was at the end of last week."""
        self.join_or_leave()
        model, row = self.model, self.row
        week, weight, around, schemes, enrolled = model.week, self.weight, self.around, model.schemes, self.enrolled
        norm, crowding, habit, alpha, rate = self.norm, self.crowding, self.habit, self.alpha, self.rate
        for b, terms in enumerate(model.behaviours):
            if week > 0 and weight > 0:
                seen = 0.0
                for other, strength in around:
                    seen += strength * other.shown[b]
                norm[b] = settle(norm[b] + terms["nu"] * (seen / weight - norm[b]))
            reason, cap, live, told = 0.0, 0.0, False, False
            for j in model.aimed[b]:
                scheme = schemes[j]
                if enrolled[j] and scheme.on(week):
                    live, told = True, scheme.message > 0 and "phi" in model.p
                    reason, cap = self.reason(scheme), terms["crowding"] * scheme.controlling
            x = crowding[b]
            x = cap if cap * x >= 0 and abs(cap) >= abs(x) else cap + (x - cap) * terms["decay"]
            x = crowding[b] = settle(x)
            lost = model.p["lam"] * max(self.used_to[b] - reason, 0.0)
            self.used_to[b] = settle(self.used_to[b] + 0.3 * (reason - self.used_to[b]))
            n_weeks = self.exposure[b]
            self.exposure[b] = n_weeks + 0.2 if told else settle(n_weeks * math.exp(-0.08))
            today = reason - lost + terms["visible_norm"] * norm[b]
            x = 0.0 if live and model.crowding_waits else x
            yesterday = terms["habit"] * habit[b]
            push = max(today, yesterday, 0.0) + min(today, yesterday, 0.0)
            p0 = rate[b]
            p = 1.0 / (1.0 + math.exp(-min(max(alpha[b] + push - x, -16.0), 16.0)))
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

    def reason(self, scheme: OracleScheme) -> float:
        """Weigh what a scheme offers: equations (3) and (4)."""
        model, b = self.model, scheme.behaviour
        p = model.p
        total = p["beta_c"] * scheme.contingent
        if scheme.value:
            total += p["beta_m"] * math.log(1.0 + scheme.value / self.wage / p["v0"])
        if scheme.visibility:
            total += p["beta_r"] * scheme.visibility * (1.0 - scheme.holders.get(self.group, 0.0))
        if scheme.message:
            gap = min(max(model.locality_rate[b][self.locality] - self.rate[b], 0.0), 0.2)
            fade = p["phi"] + (1.0 - p["phi"]) * math.exp(-self.exposure[b]) if "phi" in p else 1.0
            total += p["w_d"] * scheme.message * fade * gap
        r = self.s[b] * total
        return r + min(max(scheme.discrepancy, -r), r)

    def join_or_leave(self) -> None:
        """Equation (11), scheme by scheme: exits, then sign-ups."""
        model, row, week = self.model, self.row, self.model.week
        for j, scheme in enumerate(model.schemes):
            if not scheme.on(week):
                continue
            if scheme.alpha_e is None:
                self.enrolled[j] = True
                continue
            if self.enrolled[j] and self.joined[j] < week and model.exits[j][row] < scheme.exit_chance:
                self.enrolled[j], self.left[j] = False, week
            never = model.never[j][row]
            if self.enrolled[j] or week - self.left[j] < REENTRY_WEEKS or (never and self.signed_up[j]):
                continue
            near = 0.0
            for other, weight in self.around:
                if other.was_enrolled[j]:
                    near += weight
            share = near / self.weight if self.weight else 0.0
            x = scheme.alpha_e + model.join_reason[j][row] + model.p["w_e"] * share
            if model.joining[j][row] < 1.0 / (1.0 + math.exp(-x)):
                self.signed_up[j] = True
                if not never:
                    self.enrolled[j], self.joined[j] = True, week

    def learn(self) -> None:
        """Keep habit, what others will see, the month's account; be counted."""
        model = self.model
        for j, scheme in enumerate(model.schemes):
            if self.enrolled[j] and scheme.on(model.week):
                self.ever = True
                acts = self.acts[scheme.behaviour]
                scheme.paid_satang += acts * scheme.satang_per_act
                self.month_acts[j] += acts
                self.month_chances[j] += model.behaviours[scheme.behaviour]["n"]
            self.was_enrolled[j] = self.enrolled[j]
        group = (self.cell, any(self.enrolled), self.ever)
        for b, terms in enumerate(model.behaviours):
            self.habit[b] = settle(self.habit[b] + terms["gain"] * (self.excess[b] - self.habit[b]))
            self.shown[b] = self.excess[b]
            counted = model.counts[b].setdefault(group, [0, 0, 0])
            counted[0] += self.acts[b]
            counted[1] += self.twin[b]
            counted[2] += terms["n"]


class OracleModel(mesa.Model):
    """A world handed over as plain lists: motivation, ties as a NetworkX graph, constants, schemes.

    `people_data` holds wage (baht), locality, organisation (-1 for none) and cell (what is counted together), by row;
    `p` the weights of equation (4), with `phi` where messages wear off and `lam` of reference dependence; `draws(week)`
    gives this week's uniforms by name. With `crowding_waits`, crowding acts only where nothing is live.
    """

    def __init__(
        self,
        alpha: Any,
        s: Any,
        people_data: dict[str, list[Any]],
        behaviours: list[dict[str, Any]],
        ties: nx.Graph,
        p: dict[str, float],
        draws: Any,
        schemes: list[OracleScheme],
        never: list[list[bool]],
        first_draw: dict[int, Any],
        crowding_waits: bool = False,
    ) -> None:
        super().__init__(rng=1)
        self.alpha, self.s, self.people_data, self.behaviours = alpha, s, people_data, behaviours
        self.p, self.draws, self.schemes, self.never = p, draws, schemes, never
        self.crowding_waits = crowding_waits
        self.week = -1
        self.aimed = [[j for j, x in enumerate(schemes) if x.behaviour == b] for b in range(len(behaviours))]
        self.people = [OracleCitizen(self, i) for i in range(len(alpha[0]))]
        self.size: dict[Any, int] = {}
        for i, person in enumerate(self.people):
            person.around = [(self.people[j], float(d["weight"])) for j, d in ties[i].items()]
            person.weight = sum(w for _, w in person.around)
            for place in {("locality", person.locality), person.group}:
                self.size[place] = self.size.get(place, 0) + 1
            for b, draw in first_draw.items():
                person.draw[b] = float(draw[i])
                person.acts[b] = person.twin[b] = int(person.draw[b] < person.rate[b])
        self.join_reason = [self._reasons_to_join(x) for x in schemes]
        self.counts: list[dict[Any, list[int]]] = []

    def step(self) -> None:
        """Advance a week: all decide on what was last week, then all learn and are counted; months are settled."""
        self.week += 1
        for name, values in self.draws(self.week).items():
            setattr(self, name, values)
        self.locality_rate = [self._rates(b) for b in range(len(self.behaviours))]
        self.counts = [{} for _ in self.behaviours]
        for person in self.people:
            person.step()
        for person in self.people:
            person.learn()
        for j, scheme in enumerate(self.schemes):
            if scheme.on(self.week) and (self.week - scheme.start + 1) % MONTH == 0:
                self._settle_month(j, scheme)

    def _rates(self, b: int) -> dict[int, float] | None:
        """Return the share of opportunities acted on last week by locality, where a message tells it."""
        if not any(self.schemes[j].message and self.schemes[j].on(self.week) for j in self.aimed[b]):
            return None
        terms, done = self.behaviours[b], dict.fromkeys(self.people_data["locality"], 0)
        if self.week == 0:
            return dict.fromkeys(done, terms["baseline"])
        for person in self.people:
            done[person.locality] += person.acts[b]
        return {place: acts / (self.size["locality", place] * terms["n"]) for place, acts in done.items()}

    def _settle_month(self, j: int, scheme: OracleScheme) -> None:
        held: dict[Any, int] = {}
        for person in self.people:
            enough = person.month_acts[j] >= (scheme.share_needed or 0.0) * person.month_chances[j]
            honour = scheme.share_needed is not None and enough and person.enrolled[j] and person.month_chances[j] > 0
            person.holds[j] = honour
            person.month_acts[j] = person.month_chances[j] = 0
            if honour:
                for place in {("locality", person.locality), person.group}:
                    held[place] = held.get(place, 0) + 1
        scheme.holders = {place: count / self.size[place] for place, count in held.items()}

    def _reasons_to_join(self, scheme: OracleScheme) -> list[float]:
        if scheme.alpha_e is None:
            return []
        found = []
        for person in self.people:
            p = self.p
            total = p["beta_c"] * scheme.contingent + p["beta_r"] * scheme.visibility
            total += p["beta_m"] * math.log(1.0 + scheme.value_to_join / person.wage / p["v0"])
            r = person.s[scheme.behaviour] * total
            found.append(r + min(max(scheme.discrepancy, -r), r))
        return found


def settle(x: float) -> float:
    """Move a difference towards 0 by at most 2**-20."""
    if x > TINY:
        return x - TINY
    return x + TINY if x < -TINY else 0.0


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
