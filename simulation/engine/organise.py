"""Organisations and localities decide whether to run a scheme, equation (12): every 4 weeks from its start.

An organisation decides like a sticky act of a citizen with s = 1, without habit and crowding, and carries its twin,
who lives where no scheme is. One number decides what a month brings: below r it thinks all over anew, in both worlds;
below r + (1 - r) a_o it is asked, and weighs what it gains with the same draw as before; else all stays.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from simulation.agents import equations as law
from simulation.core.clock import MONTH_PART, SETTLE_EVERY
from simulation.core.floats import exp64
from simulation.core.streams import ASKING, ORGANISATION, ORGANISATION_DEVIATE, START
from simulation.engine.levels import levelled
from simulation.engine.offers import discrepancy_of
from simulation.engine.running import count_running
from simulation.engine.state import Prepared, SchemeState, State
from simulation.engine.units import Deciding, UnitKind, units_of
from simulation.incentives.adoption import (
    ASKED_IN_A_MONTH,
    PULL_ON_SIGN_UP,
    REDECIDES_IN_A_MONTH,
    SPREAD,
)
from simulation.incentives.base import Offer, Settlement
from simulation.incentives.coding import VISIBILITY
from simulation.world.areas import neighbours_of

SATANG = 100
_ONE, _ZERO = np.float32(1.0), np.float32(0.0)


def organise(state: State) -> None:
    """Let the units of each scheme decide, where their month is over; count who runs it."""
    for s in state.schemes:
        u = s.units
        if u is None:
            continue
        since = state.week - s.scheme.schedule.first
        if since >= 0 and since % SETTLE_EVERY == 0:
            _decide(state, s, u)
            _open_to_members(s, u)
    count_running(state)


def deciding(prepared: Prepared, s: SchemeState) -> Deciding | None:
    """Put the units of a scheme at their start, in both worlds alike; None where it is not theirs to decide."""
    adoption = s.scheme.adoption
    if adoption is None:
        return None
    kind: UnitKind = "organisation" if s.scheme.localities is None else "locality"
    peers = None if kind == "organisation" else neighbours_of(prepared.citizens)
    units = units_of(prepared.citizens, kind, peers)
    own = SPREAD * prepared.streams.normal(ORGANISATION_DEVIATE, units.ids)
    odds0 = np.zeros(units.n, np.float32)
    odds0[units.exists] = exp64(levelled(own[units.exists], adoption.baseline, SPREAD).astype(np.float64))
    draw = prepared.streams.uniform(ORGANISATION, units.ids, s.number, START)
    before = ((draw < law.probability(odds0)) & units.exists).astype(np.uint8)
    u = Deciding(
        units=units,
        adoption=adoption,
        target=s.eligible,
        reached=s.reached,
        own_reason=s.enrol_reason,
        odds0=odds0,
        discrepancy=discrepancy_of(prepared.streams, s.behaviour, adoption.draws_with, prepared.parameters.omega),
        draw=draw,
        running=before,
        running_twin=before.copy(),
        cofunded=np.zeros(units.n, np.int64),
    )
    if adoption.through:
        s.eligible, s.reached, s.ever_eligible = (np.zeros_like(u.target) for _ in range(3))
    return u


def _decide(state: State, s: SchemeState, u: Deciding) -> None:
    """Equation (12) for all units at once; synchronous, so they see the others as last month left them."""
    streams, ids, n, week = state.prepared.streams, u.units.ids, s.number, state.week
    open_now = s.on and not s.ledger.closed
    reason = reasons_to_run(state, s, u) if open_now else np.zeros(u.units.n, np.float32)
    excess = u.units.peers.mean_of_others(u.running.astype(np.float64) - u.running_twin)
    twin_odds = law.baseline_odds(u.odds0, _ONE)
    pushed = law.push(reason + state.prepared.betas.w_d * excess, _ZERO)
    odds = law.scheme_odds(twin_odds, pushed, _ZERO, _ZERO)
    chance = streams.uniform64(ASKING, ids, n, week)
    anew = chance < REDECIDES_IN_A_MONTH
    asked = open_now & (chance < REDECIDES_IN_A_MONTH + (1.0 - REDECIDES_IN_A_MONTH) * ASKED_IN_A_MONTH)
    u.draw = np.where(anew, streams.uniform(ORGANISATION, ids, n, week), u.draw)
    yes, yes_twin = u.draw < law.probability(odds), u.draw < law.probability(twin_odds)
    u.running = (np.where(anew | asked, yes, u.running > 0) & u.units.exists).astype(np.uint8)
    u.running_twin = (np.where(anew, yes_twin, u.running_twin > 0) & u.units.exists).astype(np.uint8)
    u.cofunded[:] = 0


def reasons_to_run(state: State, s: SchemeState, u: Deciding) -> NDArray[np.float32]:
    """R_o: the honour, and the grant less what running it costs, in days of its members' mean wage a head; s = 1.

    A cost beyond the grant weighs against the honour as so much money would for it; R_o is never below 0.
    """
    a, b = u.adoption, state.prepared.betas
    taper = s.scheme.schedule.taper_factor(state.week)
    left = a.grant_baht_per_month * taper - a.cost_baht_per_month - _expected_cofunding(u)
    net = np.maximum(0.0, left)
    payroll = np.maximum(u.units.size * u.units.mean_wage, 1.0)
    holders = u.units.peers.mean_of_others(u.running.astype(np.float64))
    reason = law.reasons(
        np.ones(u.units.n, np.float32),
        b.beta_c, np.float32(net > 0.0),
        b.beta_m, law.money_pull(net.astype(np.float32), payroll.astype(np.float32), _ONE, b.v0),
        b.beta_r, law.recognition_pull(np.float32(a.visibility * taper), holders),
        b.beta_a, _ZERO,
        b.beta_k, _ZERO,
        b.beta_t, _ZERO,
        b.w_d, _ZERO,
    )  # fmt: skip
    if (left < 0.0).any():
        beyond = np.maximum(0.0, -left).astype(np.float32)
        against = b.beta_m * law.money_pull(beyond, payroll.astype(np.float32), _ONE, b.v0)
        reason = np.maximum(reason - against, _ZERO)
    return np.asarray(law.with_discrepancy(reason, u.discrepancy), dtype=np.float32)


def _expected_cofunding(u: Deciding) -> NDArray[np.float64]:
    """Return what each expects to pay its members a month, baht: what those that ran it paid for each member."""
    if not u.cofunded.any():
        return np.zeros(u.units.n)
    members = max(1, int(u.units.size[u.running > 0].sum()))
    each = float(u.cofunded.sum()) / SATANG / MONTH_PART / members
    return np.asarray(each * u.units.size, dtype=np.float64)


def _open_to_members(s: SchemeState, u: Deciding) -> None:
    """Equation (11): one's own unit running it weighs in signing up; a scheme run through units is open to members."""
    members = u.members_running
    if not s.automatic:
        s.enrol_reason = u.own_reason + np.float32(PULL_ON_SIGN_UP) * members.astype(np.float32)
    if u.adoption.through:
        s.eligible, s.reached = u.target * members, u.reached * members
        s.ever_eligible = np.maximum(s.ever_eligible, s.eligible)


def offered_to_members(s: SchemeState, offer: Offer) -> Offer:
    """Add what members of those that run it gain: places to act, and its climate."""
    u = s.units
    if u is None or not u.adoption.for_members:
        return offer
    on, found = u.members_running.astype(np.float32), {}
    if u.adoption.places:
        found["ease"] = np.maximum(offer.ease, np.float32(u.adoption.places) * on)
    if u.adoption.climate == "mission":
        found["appeal"] = np.maximum(offer.appeal, on)
    if u.adoption.climate == "colleagues":
        # The audience that counts is the one that pulls more, its share of holders included; see `offers.bundle`.
        seen = np.float32(VISIBILITY["team"]) * on
        more = seen > law.recognition_pull(np.asarray(offer.visibility), np.asarray(offer.holders_share))
        found["visibility"] = np.where(more, seen, offer.visibility)
        found["holders_share"] = np.where(more, 0.0, offer.holders_share)
    return replace(offer, **found)


def most_granted(s: SchemeState, week: int) -> int:
    """Return what grants cost this week, satang: who runs it is decided before the week's offers are."""
    u = s.units
    return 0 if u is None else int(u.running.sum()) * u.adoption.granted_satang(s.scheme.schedule, week)


def all_granted(s: SchemeState, week: int) -> int:
    """Return what grants would cost in a week in which all that exist run it, satang."""
    u = s.units
    return 0 if u is None else int(u.units.exists.sum()) * u.adoption.granted_satang(s.scheme.schedule, week)


def cofunded_by_units(u: Deciding) -> Callable[[Settlement], int]:
    """Return what tells, of what members are paid, how much their own units pay, satang."""

    def cofunded(paid: Settlement) -> int:
        return int(_cofunded(u, paid).sum())

    return cofunded


def note_cofunded(u: Deciding, paid: Settlement) -> None:
    """Write down by unit what each paid of its members' pay."""
    u.cofunded += _cofunded(u, paid)


def _cofunded(u: Deciding, settled: Settlement) -> NDArray[np.int64]:
    """Return each unit's part of what its members are paid, whole satang, never more than they are paid."""
    paid = settled.paid_satang
    if paid is None or not u.adoption.cofund_share or not u.units.n:
        return np.zeros(u.units.n, np.int64)
    inside = u.units.member_of >= 0
    total = np.bincount(u.units.member_of[inside], weights=paid[inside], minlength=u.units.n)
    return np.asarray(np.rint(total * u.adoption.cofund_share) * u.running, dtype=np.int64)
