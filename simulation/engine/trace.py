"""Some citizens of one arm, week by week: what was offered, seen, decided, paid and learned, from the engine's columns.

The phases are those of `engine.run`; between them this reads and never writes, so a watched run is the same run.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.agents import equations as law
from simulation.core.floats import exp32, uniform_of
from simulation.core.streams import ACTS, ENROL, REDECISION
from simulation.engine import run as engine
from simulation.engine.decision import at, decision_of
from simulation.engine.offers import Features
from simulation.engine.referral import weight_of_ties
from simulation.engine.run import EngineName, start
from simulation.engine.state import Prepared, SchemeState, State
from simulation.engine.terms import BehaviourTerms
from simulation.engine.uptake import REENTRY_WEEKS
from simulation.incentives.verification import claims, false_rate

OFFERED = tuple(f.name for f in fields(Features))
Row = dict[str, NDArray[Any]]


@dataclass(frozen=True, eq=False)
class Trace:
    """What was read, stacked: arrays by (week, citizen), terms by (week, term, citizen).

    Attributes:
        state: The finished arm.
        rows: Rows of the citizens watched.
        behaviours: For each behaviour its arrays by name.
        schemes: For each scheme of the arm its arrays by name; features are NaN in weeks without an offer.
    """

    state: State
    rows: NDArray[np.int64]
    behaviours: tuple[Row, ...]
    schemes: tuple[Row, ...]


def trace(prepared: Prepared, arm: str, rows: Any, engine_name: EngineName = "auto") -> Trace:
    """Run an arm to its horizon and keep what it shows of the citizens of some rows.

    Args:
        prepared: The society.
        arm: Name of the arm; one without schemes shows the twins alone.
        rows: Rows of the citizens, whole numbers from 0.
        engine_name: "auto", "numpy" or "numba"; the same numbers.
    """
    state = start(prepared, arm, engine_name)
    watch = _Watch(state, np.asarray(rows, dtype=np.int64))
    while state.week + 1 < state.records.weeks:
        watch.step()
    return watch.finished()


def most_changed(prepared: Prepared, arm: str, behaviours: Any, engine_name: EngineName = "auto") -> int:
    """Return the row of the citizen whose acts differ most from the twin's, over all weeks and some behaviours.

    It is the largest |acts - twin's acts|; of several the lowest row, and row 0 where nobody changed.
    """
    state, chosen = start(prepared, arm, engine_name), list(behaviours)
    total = np.zeros(prepared.n, np.int64)
    while state.week + 1 < state.records.weeks:
        engine.step(state)
        for b in chosen:
            total += state.columns["acts"][b].astype(np.int64) - state.columns["acts_twin"][b]
    return int(np.argmax(np.abs(total)))


class _Watch:
    """Reads of each week what its phases leave behind."""

    def __init__(self, state: State, rows: NDArray[np.int64]) -> None:
        self.state, self.rows = state, rows
        self.neighbours = _Neighbours(state, rows)
        self.behaviours: list[list[Row]] = [[] for _ in state.prepared.behaviours]
        self.schemes: list[list[Row]] = [[] for _ in state.schemes]
        self._seen: list[Row] = []
        self._enrolled_before: list[NDArray[np.uint8]] = []
        self._signed_before: list[NDArray[np.uint8]] = []

    def step(self) -> None:
        """Advance one week and read it."""
        after = {engine.advance: self._before, engine.decide: self._decided, engine.settle: self._settled}
        for phase in engine.PHASES:
            phase(self.state)
            if phase in after:
                after[phase]()
        for b, kept in zip(self.state.prepared.behaviours, self.behaviours, strict=True):
            kept[-1]["habit_after"] = self.state.columns["habit"][b.index][self.rows].copy()

    def finished(self) -> Trace:
        """Stack the weeks."""
        return Trace(self.state, self.rows, tuple(map(_stacked, self.behaviours)), tuple(map(_stacked, self.schemes)))

    def _before(self) -> None:
        """Read last week's acts of the neighbours and who takes part, before anything of this week is written."""
        c = self.state.columns
        self._seen = [self.neighbours.seen(self.state, b) for b in self.state.prepared.behaviours]
        self._enrolled_before = [c["enrolled"][s.index][self.rows].copy() for s in self.state.schemes]
        self._signed_before = [c["signed_up"][s.index][self.rows].copy() for s in self.state.schemes]

    def _decided(self) -> None:
        """Read decisions and offers; before `settle`, for an offer may look into accounts that settling moves."""
        for b, seen, kept in zip(self.state.prepared.behaviours, self._seen, self.behaviours, strict=True):
            kept.append({**seen, **_decided(self.state, b, self.rows)})
        for s, kept in zip(self.state.schemes, self.schemes, strict=True):
            kept.append({**self._enrolment(s), **_offered(s, self.rows)})

    def _settled(self) -> None:
        """Read what was claimed and paid; a scheme that paid anybody has an entry of this week in its ledger."""
        state, payments = self.state, iter(self.state.paid_now)
        for kept in self.behaviours:
            kept[-1]["paid_satang"] = np.zeros(len(self.rows), np.int64)
        for s, kept in zip(state.schemes, self.schemes, strict=True):
            entry = s.ledger.entries[-1] if s.ledger.entries else None
            now = entry if entry is not None and entry.week == state.week else None
            paid = np.zeros(len(self.rows), np.int64)
            if now is not None and now.people_satang:
                paid = next(payments)[1][self.rows].astype(np.int64)
            kept[-1]["paid_satang"] = paid
            kept[-1]["areas_satang"] = np.full(len(self.rows), 0 if now is None else now.area_satang)
            kept[-1]["claimed"] = _claimed(state, s, self.rows)
            kept[-1] |= {
                f"account_{name}": account[self.rows].copy()
                for name, account in s.ledger.accounts.items()
                if len(account) == state.prepared.n
            }
            self.behaviours[s.behaviour][-1]["paid_satang"] += paid

    def _enrolment(self, s: SchemeState) -> Row:
        """Read who came and went, and equation (11) of those who could sign up."""
        state, rows, c, j = self.state, self.rows, self.state.columns, s.index
        week, before, signed = state.week, self._enrolled_before[j], self._signed_before[j]
        enrolled, signed_now = c["enrolled"][j][rows].copy(), c["signed_up"][j][rows].copy()
        waiting = week - c["left_week"][j][rows].astype(np.int64) < REENTRY_WEEKS
        never = (s.never_start[rows] > 0) & (signed > 0)
        listed = np.zeros(len(rows), bool) if s.waiting is None else (s.waiting[rows] >= 0) & (s.waiting[rows] < week)
        could = (s.reached[rows] > 0) & (before == 0) & ~listed & ~waiting & ~never & s.on & (not s.automatic)
        nobody = np.zeros(len(rows))
        chance, share = nobody, nobody
        if not s.automatic:
            share = np.float32(s.tied[rows]) / np.maximum(state.tie_weight[rows], np.float32(1))
            pull = np.float32(s.uptake) + s.enrol_reason[rows] + weight_of_ties(state, s) * share
            chance = law.probability(exp32(pull))
        draw = uniform_of(state.citizens.ids[rows], state.prepared.streams.key(ENROL, s.number, week))
        return {
            "open": np.full(len(rows), s.features is not None),
            "closed_by_budget": np.full(len(rows), s.closed_week >= 0),
            "eligible": s.eligible[rows] > 0,
            "reached": s.reached[rows] > 0,
            "enrolled": enrolled > 0,
            "live": state.live[j][rows] > 0,
            "joined": c["joined_week"][j][rows] == week,
            "left": c["left_week"][j][rows] == week,
            "never_began": (signed_now > signed) & (enrolled == 0),
            "could_sign_up": could,
            "chance_to_sign_up": np.where(could, chance, 0.0),
            "sign_up_draw": np.where(could, draw, np.nan),
            "ties_enrolled": np.asarray(share, dtype=np.float64),
        }


class _Neighbours:
    """The ties of the citizens watched, as parts of rows of the graph."""

    def __init__(self, state: State, rows: NDArray[np.int64]) -> None:
        g = state.graph
        places = [np.arange(g.indptr[r], g.indptr[r + 1]) for r in rows]
        place = np.concatenate([*places, np.zeros(0, np.int64)]).astype(np.int64)
        self.owner = np.repeat(np.arange(len(rows)), [len(x) for x in places]).astype(np.int64)
        self.who = g.indices[place].astype(np.int64)
        self.weight = g.weights[place].astype(np.float64)
        self.n = len(rows)

    def seen(self, state: State, b: BehaviourTerms) -> Row:
        """Return what they did last week at their opportunities, in both worlds; shares are weighted by the ties."""
        open_now = state.open_now.get(b.index)
        had = np.ones(len(self.who)) if open_now is None else open_now[self.who].astype(np.float64)
        if state.week == 0:  # there is no last week
            had = np.zeros(len(self.who))
        weight = self.by_owner(self.weight * had)
        found: Row = {"neighbours": self.by_owner(had).astype(np.int64)}
        for name, world in (("acts", ""), ("acts_twin", "_twin")):
            acts = state.columns[name][b.index][self.who] * had
            found[f"neighbours_acted{world}"] = self.by_owner((acts > 0).astype(np.float64)).astype(np.int64)
            share = self.by_owner(self.weight * acts) / (b.n * np.maximum(weight, 1.0))
            found[f"neighbours_share{world}"] = np.where(weight > 0, share, np.nan)
        return found

    def by_owner(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.bincount(self.owner, weights=values, minlength=self.n).astype(np.float64)


def _decided(state: State, b: BehaviourTerms, rows: NDArray[np.int64]) -> Row:
    c, i = state.columns, b.index
    d = decision_of(state, b, rows)
    open_now = state.open_now.get(i)
    on = at(state.today[i].live, rows) > 0
    return {
        "terms": d.terms,
        "weights": d.weights,
        "features": d.features,
        "responsiveness": d.responsiveness,
        "logit": d.logit,
        "twin_logit": d.twin_logit,
        "twin_bound": d.twin_bound,
        "probability": np.asarray(state.probability(i, rows)),
        "twin_probability": np.asarray(law.probability(_twin_odds(state, b, rows))),
        "opportunities": np.full(len(rows), b.n) if open_now is None else open_now[rows].astype(np.int64) * b.n,
        "acts": c["acts"][i][rows].astype(np.int64),
        "acts_twin": c["acts_twin"][i][rows].astype(np.int64),
        "norm": c["norm"][i][rows].copy(),
        "habit": c["habit"][i][rows].copy(),
        "crowding": c["crowding"][i][rows].copy(),
        "reason": at(state.today[i].reason, rows) * on,
        "live": on,
        **_drawn(state, b, rows, on),
    }  # fmt: skip


def _twin_odds(state: State, b: BehaviourTerms, rows: NDArray[np.int64]) -> Any:
    trend: Any = b.trend_odds(state.week)
    if b.sticky:
        trend = state.columns["trend_odds"][state.sticky_row(b.index)][rows]
    return law.baseline_odds(state.prepared.odds0[b.index][rows], trend)


def _drawn(state: State, b: BehaviourTerms, rows: NDArray[np.int64], on: NDArray[np.bool_]) -> Row:
    """Return the uniform that decided, and of a sticky act whether it was decided anew (`again`, or asked)."""
    ids, streams = state.citizens.ids[rows], state.prepared.streams
    if not b.sticky:
        everybody = np.ones(len(rows), bool)
        u = uniform_of(ids, streams.key(ACTS, b.index, state.week))
        return {"draw": u, "again": everybody, "decided": everybody}
    again = uniform_of(ids, streams.key(REDECISION, b.index, state.week)) < np.float32(b.redecision)
    return {
        "draw": state.columns["draw"][state.sticky_row(b.index)][rows].copy(),
        "again": again,
        "decided": again | on,
    }


def _offered(s: SchemeState, rows: NDArray[np.int64]) -> Row:
    """Return the features of a scheme's offer as if live; NaN where it is closed."""
    nothing = np.full(len(rows), np.nan)
    if s.features is None:
        return dict.fromkeys(OFFERED, nothing)
    return {name: at(getattr(s.features, name), rows).astype(np.float64) for name in OFFERED}


@dataclass(frozen=True)
class _Week:
    """What verification sees of the citizens watched."""

    acts: NDArray[Any]
    opportunities: NDArray[Any]
    live: NDArray[np.uint8]
    false_claim_rate: Any
    uniforms: Any


def _claimed(state: State, s: SchemeState, rows: NDArray[np.int64]) -> NDArray[np.float64]:
    b, open_now = state.prepared.behaviours[s.behaviour], state.open_now.get(s.behaviour)
    if s.features is None:
        return np.zeros(len(rows))
    chances = np.full(len(rows), b.n, np.uint8) if open_now is None else open_now[rows] * np.uint8(b.n)
    acts, live = state.columns["acts"][s.behaviour][rows], state.live[s.index][rows]

    def uniforms(purpose: int) -> NDArray[np.float64]:
        return state.prepared.streams.uniform64(purpose, state.citizens.ids[rows], s.number, state.week)

    drawn, f = state.prepared.parameters.false_claim_rate, s.features
    rate = false_rate(drawn, s.scheme.checks, at(f.value, rows), at(f.wage, rows))
    return claims(_Week(acts, chances, live, rate, uniforms), s.scheme.checks)


def _stacked(weeks: list[Row]) -> Row:
    return {name: np.stack([w[name] for w in weeks]) for name in weeks[0]} if weeks else {}
