"""What the table [law] changes of a week: messages that wear off, rivals of crowding, displacement, what is announced.

A rule that is not asked for costs nothing. All of it is array code on the columns that both engines share, so their
bits agree; the passes themselves take what is joined here (`Today.weighed`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.agents import equations as law
from simulation.agents.law_spec import LawSpec, fades
from simulation.agents.thresholds import gain, thresholds
from simulation.core.floats import settle
from simulation.engine.offers import Features, discrepancy_of, features_of, reasons_of
from simulation.engine.state import SchemeState, State, Today
from simulation.engine.terms import BehaviourTerms
from simulation.engine.weekview import first_week_view

MONTH = 4
REFERENCE_GAIN = np.float32(0.3)
"""How fast one gets used to a reward: ref += .3 (R - ref)."""
_ZERO = np.float32(0)


def faded(state: State, s: SchemeState, features: Features) -> Features:
    """Return the features with appeal and message worn by each citizen's exposure so far; note who would be exposed."""
    told = (np.asarray(features.appeal) > 0) | (np.asarray(features.message) > 0)
    s.told = told if fades(state.prepared.scenario) and told.any() else None
    if s.told is None:
        return features
    state.worn[s.behaviour] = True
    fade = np.empty(state.prepared.n, np.float32)
    state.backend.fade(fade, state.columns["exposure"][s.behaviour], np.float32(state.prepared.parameters.phi))
    worn = {name: getattr(features, name) * fade for name in ("appeal", "message") if np.any(getattr(features, name))}
    return replace(features, **worn)


def wear_messages(state: State) -> None:
    """N of equation (4): grown for those whom a message reached this week, else a little forgotten."""
    for b, worn in enumerate(state.worn):
        if not worn:
            continue
        exposed = np.zeros(state.prepared.n, np.uint8)
        for s in state.schemes:
            if s.behaviour == b and s.features is not None and s.told is not None:
                exposed |= state.live[s.index] * s.told.astype(np.uint8)
        state.backend.wear(state.columns["exposure"][b], exposed)


def swayed(state: State, b: BehaviourTerms, today: Today) -> Today:
    """Add to today's offers what rivals and side effects say: `extra` beside the reasons, `lift` after the push."""
    spec: LawSpec = state.prepared.scenario.law
    if not spec.moves_decisions:
        return today
    extra = state.announced.get(b.index, _ZERO)
    if spec.reference_dependence:
        now = today.reason * np.float32(today.live)
        used_to = state.columns["expected_reason"][b.index]
        if used_to.any():
            extra = extra - law.shortfall(used_to, now, np.float32(spec.reference_dependence))
    lift = -state.displaced[b.index] if b.index in state.displaced else _ZERO
    if spec.crowding_acts == "after" and np.ndim(today.live):
        on = np.float32(today.live)
        lift = lift + law.crowding_update(state.columns["crowding"][b.index], today.cap * on, b.decay) * on
    if np.any(extra) or np.any(lift):
        state.stirred[b.index] = True
        today = replace(today, extra=extra, lift=lift)
    if spec.decision == "threshold" and state.stirred[b.index]:
        today = replace(today, held=_held(state, b, today))
    return today


def _held(state: State, b: BehaviourTerms, today: Today) -> NDArray[np.float32]:
    """Return what personal thresholds add to this week's push, logit: less all of it below them, more above."""
    p, c, i = state.prepared, state.columns, b.index
    if i not in state.thresholds:
        state.thresholds[i] = thresholds(p.streams, p.citizens.ids, i)
    reasons = today.reason * np.float32(today.live) + today.extra + b.visible_norm * c["norm"][i]
    pushed = law.push(reasons, b.habit * c["habit"][i])
    return np.asarray(law.counted(pushed, state.thresholds[i], gain()) - pushed)


def displace(state: State) -> None:
    """Weigh the hours that each citizen gained in the substitutes of an act last week, before anybody acts anew."""
    p = state.prepared
    delta = p.scenario.law.displacement
    state.displaced = {}
    if not delta or state.week == 0:
        return
    names = {b.name: b for b in p.behaviours}
    for b in p.behaviours:
        lost: Any = _ZERO
        for name in p.scenario.behaviours[b.name].substitutes:
            lost = lost + hours_gained(state, names[name])
        if np.any(lost):
            state.displaced[b.index] = np.float32(delta) * lost


def hours_gained(state: State, b: BehaviourTerms) -> NDArray[np.float32]:
    """Return the hours that each citizen gave to an act last week beyond the twin; less than the twin counts as 0."""
    more = state.columns["acts"][b.index] - state.columns["acts_twin"][b.index]
    hours = b.hours * (b.weekly if b.sticky else 1.0)
    return np.asarray(np.maximum(more, 0).astype(np.float32) * np.float32(hours))


def announce(state: State) -> None:
    """Weigh what is announced and has not begun, for those who will be in it from the start: a R, no habit, no X."""
    spec: LawSpec = state.prepared.scenario.law
    state.announced = {}
    if not spec.anticipates:
        return
    for s in state.schemes:
        start = s.scheme.schedule.first
        if not (start - spec.announced_weeks <= state.week < start and s.automatic and s.kinds):
            continue
        if s.scheme.needs_ties:
            continue  # what it offers depends on who is in it
        expected = np.float32(spec.anticipation) * _reason_to_come(state, s) * s.eligible.astype(np.float32)
        before = state.announced.get(s.behaviour)
        state.announced[s.behaviour] = expected if before is None else np.maximum(before, expected)


def _reason_to_come(state: State, s: SchemeState) -> NDArray[np.float32]:
    """Return R of the scheme's first week as if live, kept until it begins."""
    if s.reason_to_come is None:
        p, b = state.prepared, state.prepared.behaviours[s.behaviour]
        view = first_week_view(s.scheme, p.people, b, s.eligible)
        features = features_of(s.scheme.offer(p.people, view), p.citizens.wage, p.rate[b.index])
        z = discrepancy_of(p.streams, b.index, s.kinds, p.parameters.omega)
        s.reason_to_come = reasons_of(features, p.responsiveness[b.index], p.betas, z)
    return s.reason_to_come


def habits_that_wait(state: State) -> dict[int, NDArray[np.float32]]:
    """Return the habits of behaviours that an announcement moves: what is only expected makes no habit."""
    return {b: state.columns["habit"][b].copy() for b in state.announced}


def put_back(state: State, kept: dict[int, NDArray[np.float32]]) -> None:
    """Leave the habits of those who only expect a scheme as they were; whoever is live in another learns as usual."""
    for b, before in kept.items():
        waiting = (state.announced[b] > 0) & (np.float32(state.today[b].live) == 0)
        state.columns["habit"][b][waiting] = before[waiting]


def get_used(state: State) -> None:
    """Ref += .3 (R - ref), the reward that one has become used to, where reference dependence stands for crowding."""
    if not state.prepared.scenario.law.reference_dependence:
        return
    for b, today in enumerate(state.today):
        used_to = state.columns["expected_reason"][b]
        now = today.reason * np.float32(today.live)
        if np.any(now) or used_to.any():
            used_to += REFERENCE_GAIN * (now - used_to)
            used_to[:] = settle(used_to)


def willingness(state: State, s: SchemeState) -> NDArray[np.float32]:
    """Return what weighs in signing up beside alpha_E: R_j, ties who were paid last month, a broken promise."""
    spec: LawSpec = state.prepared.scenario.law
    found = s.enrol_reason
    if spec.learning_from_rewards and s.paid_week is not None:
        found = found + np.float32(spec.learning_from_rewards) * _ties_paid(state, s.paid_week)
    if spec.broken_promises and 0 <= getattr(s, "cut_week", -1) < state.week:
        found = found - np.float32(spec.broken_promises)
    return found


def _ties_paid(state: State, paid_week: NDArray[np.int16]) -> NDArray[np.float32]:
    """Return the weighted share of each citizen's ties that were paid in the last four weeks."""
    g, total = state.graph, np.empty(state.prepared.n, np.int64)
    lately = (paid_week >= state.week - MONTH).astype(np.int64)
    state.backend.gather(lately, g.indptr, g.indices, g.weights, total)
    return np.asarray(total.astype(np.float32) / np.maximum(state.tie_weight, np.float32(1)))


def note_paid(state: State, s: SchemeState, already: int) -> None:
    """Note who was paid by a scheme this week; `already` payments stood in the week's list before it settled."""
    if not state.prepared.scenario.law.learning_from_rewards:
        return
    for _, satang in state.paid_now[already:]:
        if s.paid_week is None:
            s.paid_week = np.full(state.prepared.n, -MONTH - 1, np.int16)
        s.paid_week[satang > 0] = state.week
