"""Money of a week: what a scheme pays, how much of it goes to acts done anyway or never done, in whole satang."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from simulation.engine.organise import cofunded_by_units, note_cofunded
from simulation.engine.state import SchemeState, State
from simulation.engine.weekview import new_accounts
from simulation.incentives.base import Settlement, WeekView
from simulation.incentives.ledger import Ledger
from simulation.incentives.settling import paid_at_close, settle_week
from simulation.incentives.verification import false_claims, false_rate, refusals

SATANG = 100


def count_acts(state: State, s: SchemeState) -> None:
    """Count the acts of those live and of their twins, to tell how much of what is paid goes to acts done anyway."""
    cell = state.live[s.index].astype(np.uint16)
    acts, twin = (state.columns[name][s.behaviour] for name in ("acts", "acts_twin"))
    done, done_twin = state.backend.count(cell, acts, twin, 2)
    s.acts_live += int(done[1])
    s.acts_live_twin += int(done_twin[1])


def settle_scheme(state: State, s: SchemeState, view: WeekView) -> None:
    """Let one scheme settle its week: what it credits is checked, kept within its budgets, paid and entered."""
    count_acts(state, s)
    view = _as_tempting(s, view)
    if s.gaming_possible:
        _count_claims(state, s, view)
    running = round(s.scheme.run_cost_baht_per_week * SATANG)
    shared = None if s.units is None else cofunded_by_units(s.units)
    paid = settle_week(s.scheme, s.ledger, state.prepared.people, view, running, shared)
    _note_paid(state, s, paid)
    if s.units is not None:
        note_cofunded(s.units, paid)
        s.units.granted_satang = s.ledger.granted_satang
        s.units.cofunded_satang = s.ledger.cofunded_satang


def pay_at_close(state: State, s: SchemeState, view: WeekView) -> None:
    """Let a scheme that the money closes this week pay what it still owes."""
    _note_paid(state, s, paid_at_close(s.scheme, s.ledger, state.prepared.people, view))


def _note_paid(state: State, s: SchemeState, paid: Settlement) -> None:
    """Remember who was paid: this week, and in all."""
    if paid.paid_satang is not None and paid.paid_satang.any():
        state.paid_now.append((s.behaviour, paid.paid_satang))
        state.received = paid.paid_satang + (0 if state.received is None else state.received)


def outreach_due(state: State, s: SchemeState) -> int:
    """Return what reaching people costs this week, satang: all of it in the first week of offer."""
    return s.outreach_satang if s.outreach_satang and state.week == s.scheme.schedule.first else 0


def count_unpaid(state: State, s: SchemeState, view: WeekView) -> None:
    """Count what people had earned on accounts as the money ended: it is due, and nothing pays it any more.

    Such as the month that a closed scheme no longer settles. Reckoned on a copy: nobody's account moves.
    """
    schedule, closed = s.scheme.schedule, s.closed_week
    if not schedule.first < closed <= state.week < min(schedule.end, closed + s.scheme.owes_for_weeks):
        return
    if s.unpaid is None:
        s.unpaid = {name: account.copy() for name, account in s.ledger.accounts.items()}
    if s.unpaid:
        due = s.scheme.settle(state.prepared.people, replace(view, accounts=s.unpaid), s.unpaid)
        s.ledger.owe(state.week, due)


def _as_tempting(s: SchemeState, view: WeekView) -> WeekView:
    """Let the rate of false claims answer to what a claim is worth, where the scenario says that it does."""
    checks = s.scheme.checks
    if checks.reward_elasticity == 0.0 or not s.scheme.pays_on_claims:
        return view
    rate = false_rate(float(view.false_claim_rate), checks, s.features.value, s.features.wage)
    return replace(view, false_claim_rate=np.broadcast_to(rate, len(view.acts)))


def _count_claims(state: State, s: SchemeState, view: WeekView) -> None:
    """Count what checks let through and what they refuse, and settle the same week as if nobody claimed falsely.

    What that honest book owes, less than the real one does, tells what is paid for acts that were never done: also
    where a month or a threshold stands between a claim and its pay.
    """
    checks, live, people = s.scheme.checks, view.live, state.prepared.people
    s.refused += float((refusals(view, checks) * live).sum())
    if checks.verified == 1.0:
        return
    s.false_claims += float((false_claims(view, checks) * live).sum())
    if s.honest is None:
        head = None if s.ledger.received is None else np.zeros(people.n, np.int64)
        s.honest = Ledger(new_accounts(s.scheme, people), received=head)
    settle_week(s.scheme, s.honest, people, replace(view, false_claim_rate=0.0, accounts=s.honest.accounts), 0)
