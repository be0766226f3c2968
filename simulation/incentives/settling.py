"""How a scheme's money moves: what opens, what is offered once limits and checks are reckoned with, what is paid.

One text for the engine and for schemes in models of others. Kinds know nothing of it: they offer and settle as if money
had no end and checks made no mistakes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.incentives.base import Feature, Offer, People, Scheme, Settlement, WeekView, satang
from simulation.incentives.budget import has_budget, in_proportion
from simulation.incentives.ledger import Ledger
from simulation.incentives.verification import submitted

Cofunded = Callable[[Settlement], int]
"""Tells how much of what a settlement pays to people others pay themselves, satang."""
_ROUNDS = 8


def open_ledger(scheme: Scheme, accounts: dict[str, NDArray[Any]], n: int) -> Ledger:
    """Return the empty ledger of a scheme for n citizens."""
    head = scheme.budget_baht_per_head
    return Ledger(
        accounts,
        None if scheme.budget_baht is None else satang(scheme.budget_baht),
        week_satang=None if scheme.budget_baht_per_week is None else satang(scheme.budget_baht_per_week),
        received=None if head is None else np.zeros(n, np.int64),
    )


def opens(scheme: Scheme, ledger: Ledger, people: People, view: WeekView) -> bool:
    """Tell whether the offer opens this week; where the money has ended, note the week and close it for good."""
    if ledger.closed:
        return False
    if not has_budget(scheme):
        return True
    if scheme.when_spent == "waiting-list":  # those who are in are covered, to the end; what nobody waits for is not
        still = ledger.covers(view.outreach_satang + view.granted_satang)
    elif scheme.when_spent == "pro-rata":
        still = ledger.left_satang is None or ledger.left_satang > 0
    else:
        still = ledger.covers(set_aside(scheme, people, view))
    if not still:
        ledger.close(view.week)
    return still


def paid_at_close(scheme: Scheme, ledger: Ledger, people: People, view: WeekView) -> Settlement:
    """Pay, in the week in which the money closes the offer, what was earned and is still owed; enter and return it."""
    if ledger.closed_week != view.week:
        return Settlement()
    due = scheme.pay_out(people, view, ledger.accounts)
    paid = cut(due, ledger.left_satang)
    ledger.enter(view.week, paid, 0, due)
    return paid


def set_aside(scheme: Scheme, people: People, view: WeekView) -> int:
    """Return what the budgets must hold for a week to open, its checks and outreach among it, satang."""
    return scheme.set_aside(people, view) + _beside(scheme, view)


def liability(scheme: Scheme, people: People, view: WeekView) -> int:
    """Return the most that a week could cost, its checks among it, satang."""
    return scheme.greatest_liability(people, view) + _beside(scheme, view)


def _beside(scheme: Scheme, view: WeekView) -> int:
    """Return the most of what the engine adds to what the scheme settles: checks, outreach, grants; satang."""
    return _most_checks(scheme, view) + view.outreach_satang + view.granted_satang


def offered(scheme: Scheme, ledger: Ledger | None, people: People, view: WeekView) -> Offer:
    """Return what a scheme offers, at what an act may be expected to earn; nothing to gain at one's own limit."""
    offer = scheme.offer(people, view)
    if scheme.pays_on_claims and scheme.checks.refused:
        kept, weekly = 1.0 - scheme.checks.refused, offer.weekly_value_baht
        weekly = None if weekly is None else _times(weekly, kept)
        offer = replace(offer, value_baht=_times(offer.value_baht, kept), weekly_value_baht=weekly)
        if not kept:  # no act can ever earn anything
            offer = replace(offer, contingent=0.0, commitment=0.0)
    if ledger is None or ledger.received is None or scheme.budget_baht_per_head is None:
        return offer
    below = (ledger.received < satang(scheme.budget_baht_per_head)).astype(np.float32)
    return replace(
        offer,
        contingent=offer.contingent * below,
        value_baht=offer.value_baht * below,
        commitment=offer.commitment * below,
    )


def _times(feature: Feature, share: float) -> Feature:
    return feature * np.float32(share) if isinstance(feature, np.ndarray) else feature * share


def settle_week(
    scheme: Scheme,
    ledger: Ledger,
    people: People,
    view: WeekView,
    running_satang: int,
    cofunded: Cofunded | None = None,
) -> Settlement:
    """Let a scheme settle its week, add its checks, keep every limit, enter it; return what was paid.

    Grants to those that run it are added too; `cofunded` tells what of a settlement's pay they bear themselves.
    """
    due = scheme.settle(people, view, ledger.accounts)
    checks = checking(scheme, view)
    if checks or view.outreach_satang:
        due = replace(due, service_satang=due.service_satang + checks + view.outreach_satang)
    if view.granted_satang:
        due = replace(due, area_paid_satang=due.area_paid_satang + view.granted_satang)
    payable = due
    if ledger.received is not None and due.paid_satang is not None and scheme.budget_baht_per_head is not None:
        most, earned = satang(scheme.budget_baht_per_head), due.paid_satang
        payable = replace(due, paid_satang=np.minimum(earned, most - ledger.received))
        due = replace(due, paid_satang=ledger.promise(earned, most))
    paid = cut(payable, ledger.left_satang, cofunded) if scheme.when_spent == "pro-rata" else payable
    ledger.enter(view.week, paid, running_satang, due, 0 if cofunded is None else cofunded(paid))
    if view.granted_satang:  # cut like all that areas are paid
        ledger.granted_satang += view.granted_satang * paid.area_paid_satang // due.area_paid_satang
    ledger.checking_satang += min(checks, paid.service_satang)
    return paid


def cut(due: Settlement, money: int | None, cofunded: Cofunded | None = None) -> Settlement:
    """Cut a settlement to the money there is: services come first, the rest is shared in proportion, areas too.

    What others pay of it themselves is none of this money, so it is cut only so far that the budget can bear the rest.
    """
    others = 0 if cofunded is None or money is None else cofunded(due)
    to_share = _all_of(due) - due.service_satang
    if money is None or to_share + due.service_satang - others <= money:
        return due
    service = min(due.service_satang, money)
    money -= service
    if cofunded is None or not others:
        return _shared(due, service, money)
    bears = to_share - others
    most = to_share if bears <= money else money * to_share // bears
    paid = _shared(due, service, most)
    for _ in range(_ROUNDS):  # each of the others rounds to whole satang, so the first guess may be a few off
        left = money - (_all_of(paid) - service - cofunded(paid))
        if left == 0 or (left > 0 and most == to_share):
            return paid
        most = min(to_share, most + left)
        paid = _shared(due, service, most)
    while (over := _all_of(paid) - service - cofunded(paid) - money) > 0:
        most -= over
        paid = _shared(due, service, most)
    return paid


def _all_of(settled: Settlement) -> int:
    people = 0 if settled.paid_satang is None else int(settled.paid_satang.sum())
    return people + settled.area_paid_satang + settled.service_satang


def _shared(due: Settlement, service: int, money: int) -> Settlement:
    """Return a settlement of so much for services and so much for people and areas, in proportion to what is due."""
    people = np.zeros(0, np.int64) if due.paid_satang is None else due.paid_satang
    shared = in_proportion(np.append(people, np.int64(due.area_paid_satang)), money)
    return Settlement(None if due.paid_satang is None else shared[:-1], int(shared[-1]), service)


def checking(scheme: Scheme, view: WeekView) -> int:
    """Return what this week's checks cost, satang: a share of all claims, the false ones too."""
    each = scheme.checks.share * scheme.checks.baht_per_check if scheme.pays_on_claims else 0.0
    return round(each * 100 * submitted(view)) if each else 0


def _most_checks(scheme: Scheme, view: WeekView) -> int:
    """Return the most that a week's checks could cost: there is no more to claim than there are opportunities."""
    each = scheme.checks.share * scheme.checks.baht_per_check if scheme.pays_on_claims else 0.0
    return round(each * 100 * int(view.eligible.sum()) * max(1, round(view.n))) if each else 0
