"""One arm in one society, week by week: the phases of a week in their order, written once.

Updates are synchronous: this week's decisions see last week's neighbours. Each column has one writer phase.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from simulation.agents import equations as law
from simulation.core.errors import InputError
from simulation.core.streams import (
    ACTS,
    NEVER_START,
    OPPORTUNITY,
    REDECISION,
    STICKY,
    stable_number,
)
from simulation.engine import numpy_engine
from simulation.engine.budgets import NOT_WAITING
from simulation.engine.enrolment import enrol
from simulation.engine.money import count_unpaid, outreach_due, pay_at_close, settle_scheme
from simulation.engine.numpy_engine import place_of
from simulation.engine.offers import bundle, discrepancy_of, features_of, reasons_of
from simulation.engine.organise import deciding, most_granted, offered_to_members, organise
from simulation.engine.perception import perceived_otherwise
from simulation.engine.portfolio import rule_of, weighed_apart
from simulation.engine.pressure import look_at_pressure
from simulation.engine.reach import reach_of
from simulation.engine.record import Records, record_week
from simulation.engine.rivals import (
    announce,
    displace,
    faded,
    get_used,
    habits_that_wait,
    note_paid,
    put_back,
    swayed,
    wear_messages,
)
from simulation.engine.side_records import SideRecords, record_sides
from simulation.engine.society import society_of
from simulation.engine.state import Prepared, SchemeState, State, Today, kinds_of, new_state
from simulation.engine.terms import BehaviourTerms
from simulation.engine.uptake import (
    behaviour_index,
    enrolment_features,
)
from simulation.engine.weekview import new_accounts, week_view
from simulation.incentives.rights import read_only
from simulation.incentives.settling import offered, open_ledger, opens

EngineName = Literal["auto", "numpy", "numba"]
NUMBA_FROM = 5_000
"""Citizen-behaviours from which the compiled engine is the faster one."""


def start(prepared: Prepared, arm: str, engine: EngineName = "auto") -> State:
    """Open an arm in a prepared society; nothing has happened yet."""
    schemes = [
        _scheme_state(prepared, arm, name, scheme, j)
        for j, (name, scheme) in enumerate(prepared.scenario.arms[arm].schemes.items())
    ]
    state = new_state(prepared, arm, backend_for(prepared, engine), schemes)
    state.records = Records(prepared.scenario.run.weeks, len(prepared.behaviours), sides=SideRecords())
    return state


def step(state: State) -> None:
    """Advance one week: every phase in turn."""
    for phase in PHASES:
        phase(state)


def run(state: State) -> State:
    """Advance to the horizon."""
    while state.week + 1 < state.records.weeks:
        step(state)
    return state


def backend_for(prepared: Prepared, engine: EngineName) -> Any:
    """Return the passes: compiled for large worlds where numba is installed, else NumPy."""
    size = prepared.n * len(prepared.behaviours)
    if engine == "numpy" or (engine == "auto" and size < NUMBA_FROM):
        return numpy_engine
    try:
        from simulation.engine import numba_engine
    except ImportError:
        if engine == "numba":
            raise InputError(
                'engine "numba" needs numba: pip install "kwamdee[fast]"',
                'engine "numba" ต้องใช้ numba: pip install "kwamdee[fast]"',
            ) from None
        return numpy_engine
    return numba_engine


def advance(state: State) -> None:
    """Move the clock; schemes start, run and stop by their schedules."""
    state.week += 1
    state.paid_now = []
    for s in state.schemes:
        s.on = s.scheme.schedule.is_live(state.week)


def perceive(state: State) -> None:
    """Equation (10): what each citizen saw neighbours do last week beyond what their twins did."""
    p, g, backend = state.prepared, state.graph, state.backend
    if state.week == 0 or perceived_otherwise(state):
        return  # there is no last week to see, or a rival has seen it
    for group, words in enumerate(state.words):
        members = [b for b in p.behaviours if place_of(b.index, state.lanes)[0] == group]
        if not any(state.stirred[b.index] for b in members):
            continue
        total = np.empty(p.n, np.int64)
        backend.gather(words, g.indptr, g.indices, g.weights, total)
        rare = [b for b in members if b.chance < 1.0]
        if rare:
            reached = np.empty(p.n, np.int64)
            open_words = state.open_words[group]
            backend.gather(open_words, g.indptr, g.indices, g.weights, reached)
        for b in members:
            if not state.stirred[b.index]:
                continue
            norm, lane = state.columns["norm"][b.index], np.int64(place_of(b.index, state.lanes)[1])
            if b.chance < 1.0:
                backend.learn_norm_rare(norm, total, reached, lane, b.nu)
            else:
                n = np.float32(b.n)
                backend.learn_norm(norm, total, lane, n, state.tie_weight, b.nu)


def offer(state: State) -> None:
    """Ask each scheme that is on what it offers, and weigh it: equations (3) and (4), as if live."""
    p = state.prepared
    announce(state)
    for s in state.schemes:
        s.features = None
        if not s.on:
            continue
        b = p.behaviours[s.behaviour]
        view = _view(state, s, b)
        if not opens(s.scheme, s.ledger, p.people, view):
            s.on = False
            pay_at_close(state, s, view)
            continue
        s.ahead = view if s.waiting is not None else None
        gained = offered_to_members(s, offered(s.scheme, s.ledger, p.people, view))
        s.features = faded(state, s, features_of(gained, p.citizens.wage, _twin_rate(state, b)))


def _twin_rate(state: State, b: BehaviourTerms) -> NDArray[np.float32]:
    """Return p0 of this week, trend included; for a sticky act that of the last decision."""
    p = state.prepared
    rate: NDArray[np.float32] = p.rate[b.index]
    if b.trend_per_week == 0.0:
        return rate
    trend: Any = b.trend_odds(state.week)
    if b.sticky:
        trend = state.columns["trend_odds"][state.sticky_row(b.index)]
    return np.asarray(law.probability(law.baseline_odds(p.odds0[b.index], trend)), dtype=np.float32)


def decide(state: State) -> None:
    """Equations (9), (5), (6), (7): crowding, push, probability and acts, in both worlds."""
    p, c, week = state.prepared, state.columns, state.week
    displace(state)
    if state.personal is not None:
        state.last_week = {name: c[name].copy() for name in ("acts", "acts_twin")}
    for b in p.behaviours:
        aimed = [s for s in state.schemes if s.behaviour == b.index and s.features is not None]
        today = state.today[b.index] = swayed(state, b, _today(state, b, aimed))
        reason, live, asked, cap, ease = today.weighed
        open_now = _opportunities(state, b)
        trend, backend, i = b.trend_odds(week), state.backend, b.index
        acts, twin = c["acts"][i], c["acts_twin"][i]
        key = p.streams.key(ACTS, i, week)
        if b.sticky:
            row = state.sticky_row(i)
            backend.decide_sticky(
                acts, twin, c["crowding"][i], c["draw"][row], c["trend_odds"][row],
                reason, live, asked, cap, ease, c["norm"][i], c["habit"][i],
                p.odds0[i], trend, p.citizens.ids, p.streams.key(REDECISION, i, week),
                p.streams.key(STICKY, i, week), np.float32(b.redecision), b.visible_norm, b.habit,
                b.decay,
            )  # fmt: skip
        elif not state.stirred[i] and state.personal is None:
            backend.decide_twin(twin, p.odds0[i], trend, p.citizens.ids, key, b.ratios)
            acts[:] = twin
        else:
            backend.decide(
                acts, twin, c["crowding"][i], reason, live, cap, ease,
                c["norm"][i], c["habit"][i], p.odds0[i], trend, p.citizens.ids, key, b.ratios,
                b.visible_norm, b.habit, b.decay,
            )  # fmt: skip
        if state.personal is not None:
            state.personal(state, b, key)
        if open_now is not None:
            acts *= open_now.view(np.int8)
            twin *= open_now.view(np.int8)


def settle(state: State) -> None:
    """Verify, credit and pay from the ledger; see `engine.money`. What moved people is looked at before that."""
    look_at_pressure(state)
    for s in state.schemes:
        if s.features is not None:
            already = len(state.paid_now)
            settle_scheme(state, s, _view(state, s, state.prepared.behaviours[s.behaviour], True))
            note_paid(state, s, already)
        elif s.ledger.closed:
            count_unpaid(state, s, _view(state, s, state.prepared.behaviours[s.behaviour], True))


def learn(state: State) -> None:
    """Equation (8), and what neighbours will see next week."""
    p, c, backend = state.prepared, state.columns, state.backend
    waiting = habits_that_wait(state)
    for open_words in state.open_words.values():
        open_words[:] = 0  # of last week; a group's first rare behaviour may stand in any lane
    for b in p.behaviours:
        i, (group, lane) = b.index, place_of(b.index, state.lanes)
        acts, twin, first = c["acts"][i], c["acts_twin"][i], i % state.lanes == 0
        if first and not any(state.stirred[i : i + state.lanes]):
            state.words[group][:] = 0
        if b.chance < 1.0:
            open_now = state.open_now[i]
            words, nobody = state.open_words.setdefault(group, np.zeros(p.n, np.int64)), np.zeros(p.n, np.int8)
            backend.pack(words, open_now.view(np.int8), nobody, max(lane, 0), False)
        if state.stirred[i]:
            if b.chance < 1.0:
                backend.learn_habit_rare(c["habit"][i], acts, twin, state.open_now[i], b.gain)
            else:
                backend.learn_habit(c["habit"][i], acts, twin, np.float32(b.n), b.gain)
        if any(state.stirred):
            backend.pack(state.words[group], acts, twin, max(lane, 0), first)
    put_back(state, waiting)
    get_used(state)
    wear_messages(state)


def record(state: State) -> None:
    """Count the week by behaviour and group."""
    record_week(state)
    record_sides(state)


Phase = Callable[[State], None]
PHASES: tuple[Phase, ...] = (advance, organise, perceive, offer, enrol, decide, settle, learn, record)
"""The order of one week. A phase that has no equation yet does not exist."""


def _scheme_state(prepared: Prepared, arm: str, name: str, scheme: Any, index: int) -> SchemeState:
    b = prepared.behaviours[behaviour_index(prepared.behaviours, scheme.behaviour)]
    people = prepared.citizens
    reach = reach_of(scheme, name, people, prepared.people, prepared.streams, prepared.alpha[b.index], prepared.ties_of)
    eligible = reach.eligible
    kinds = kinds_of(scheme)
    z = discrepancy_of(prepared.streams, b.index, kinds, prepared.parameters.omega)
    automatic = scheme.enrolment.mode == "automatic"
    reason = np.zeros(prepared.n, np.float32)
    if not automatic:
        features = enrolment_features(scheme, prepared.people, b, prepared.alpha[b.index], eligible)
        reason = reasons_of(features, prepared.responsiveness[b.index], prepared.betas, z)
    never = prepared.streams.uniform(NEVER_START, people.ids, stable_number(name))
    exit_chance = getattr(scheme.enrolment, "exit_chance", None)
    drop_out = 0.0 if automatic else prepared.parameters.drop_out
    state = SchemeState(
        name=name,
        scheme=scheme,
        index=index,
        number=stable_number(name),
        behaviour=b.index,
        eligible=eligible,
        reached=reach.reached,
        outreach_satang=reach.cost_satang,
        ledger=open_ledger(scheme, new_accounts(scheme, prepared.people), prepared.n),
        waiting=np.full(prepared.n, NOT_WAITING, np.int32) if scheme.when_spent == "waiting-list" else None,
        uptake=prepared.uptake.get((arm, name), 0.0),
        discrepancy=z,
        enrol_reason=reason,
        never_start=(never < np.float32(prepared.parameters.never_start)).astype(np.uint8),
        automatic=automatic,
        exit_chance=drop_out if exit_chance is None else float(exit_chance),
        tied=np.zeros(prepared.n if not automatic else 0, np.int32),
        tied_as_of=np.zeros(prepared.n if not automatic else 0, np.uint8),
        reason=np.zeros(prepared.n, np.float32),
    )
    state.units = deciding(prepared, state)
    return state


def _view(state: State, s: SchemeState, b: BehaviourTerms, settling: bool = False) -> Any:
    p, c, week = state.prepared, state.columns, state.week
    open_now = state.open_now.get(b.index)
    full = np.full(p.n, b.n, np.int8)

    def uniforms(purpose: int) -> NDArray[np.float64]:
        return p.streams.uniform64(purpose, p.citizens.ids, s.number, week)

    return week_view(
        s.scheme,
        b,
        week=week,
        acts=c["acts"][b.index] if settling or week > 0 else np.zeros(p.n, np.int8),
        opportunities=full if open_now is None else open_now * np.uint8(b.n),
        live=state.live[s.index],
        eligible=s.eligible if s.served is None else s.served,
        enrolled=c["enrolled"][s.index],
        locality_rate=_locality_rate(state, b, s.scheme.reads_locality_rate and not settling),
        accounts=s.ledger.accounts,
        uniforms=uniforms if settling else None,
        false_claim_rate=p.parameters.false_claim_rate,
        society=society_of(state, s) if s.scheme.needs_ties else None,
        outreach_satang=outreach_due(state, s),
        granted_satang=most_granted(s, week),
        running=None if s.units is None else read_only(s.units.running),
    )


def _locality_rate(state: State, b: BehaviourTerms, wanted: bool) -> NDArray[np.float32]:
    """Return the share of opportunities acted on in each locality by the acts that stand in the column."""
    p, acts = state.prepared, state.columns["acts"][b.index]
    n = p.citizens.n_localities
    if state.week == 0 or not wanted:
        return np.full(n, b.baseline, np.float32)
    open_now = state.open_now.get(b.index)
    chances = state.columns["acts_twin"][b.index] if open_now is None else open_now.view(np.int8)
    done, present = state.backend.count(p.citizens.locality, acts, chances, n)
    if open_now is None:
        present = p.locality_size
    return np.asarray(done / np.maximum(present * b.n, 1.0), dtype=np.float32)


def _today(state: State, b: BehaviourTerms, aimed: list[SchemeState]) -> Today:
    """Weigh this week's offers of one behaviour: reasons as if live, who is live, cap of crowding, ease."""
    aimed = [s for s in aimed if s.moves_acts and s.kinds]  # of no worth: nobody is asked
    live = [s for s in aimed if state.live[s.index].any()]
    if not live:
        return Today()
    state.stirred[b.index] = True
    scale, p = np.float32(b.crowding_scale), state.prepared
    if len(live) == 1:
        s = live[0]
        _weigh(state, s, b.index)
        return Today(s.reason, state.live[s.index], scale * s.features.controlling, s.features.ease)
    masks = [state.live[s.index] for s in live]
    combination = np.zeros(p.n, np.int64)
    for place, mask in enumerate(masks):
        combination |= mask.astype(np.int64) << place
    codes, which = np.unique(combination, return_inverse=True)
    table = np.zeros(len(codes), np.float32)
    for i, code in enumerate(codes.tolist()):
        kinds = [k for place, s in enumerate(live) if code >> place & 1 for k in s.kinds]
        table[i] = discrepancy_of(p.streams, b.index, kinds, p.parameters.omega)
    if rule_of(state) != "counts-once":
        for s in live:
            _weigh_alone(state, s, b.index)
        return weighed_apart(state, live, masks, scale, table[which])
    joint = bundle([s.features for s in live], masks, p.responsiveness[b.index], p.betas, table[which])
    return Today(joint.reason, np.maximum.reduce(masks), scale * joint.controlling, joint.ease)


def _weigh(state: State, s: SchemeState, behaviour: int) -> None:
    """Equation (4) for one scheme, unless its offer is the same for all and unchanged since it was last weighed."""
    p, fixed = state.prepared, s.features.fixed
    if fixed is None or fixed != s.weighed:
        state.backend.reasons(s.reason, p.responsiveness[behaviour], p.betas.row, s.features.pulls, s.discrepancy)
    s.weighed = fixed


def _weigh_alone(state: State, s: SchemeState, behaviour: int) -> None:
    """Equation (4) for one of several schemes, without what is unknown of it: that is unknown of them together."""
    p = state.prepared
    state.backend.reasons(s.reason, p.responsiveness[behaviour], p.betas.row, s.features.pulls, np.float32(0))
    s.weighed = None


def _opportunities(state: State, b: BehaviourTerms) -> NDArray[np.uint8] | None:
    """Draw who has an opportunity this week, the same in both worlds; None where everybody has."""
    if b.chance >= 1.0 and state.present is None:
        return None
    p = state.prepared
    if b.chance < 1.0:
        u = p.streams.uniform(OPPORTUNITY, p.citizens.ids, b.index, state.week)
        state.open_now[b.index] = (u < np.float32(b.chance)).astype(np.uint8)
    else:
        state.open_now[b.index] = np.ones(p.n, np.uint8)
    if state.present is not None:
        state.open_now[b.index] &= state.present
    return state.open_now[b.index]
