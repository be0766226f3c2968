"""From what a scheme offers to today's reasons: features of one scheme, bundles of several, equation (4)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.agents import equations as law
from simulation.core.floats import exp64, normal_quantile
from simulation.core.streams import DISCREPANCY, Streams
from simulation.engine.terms import Betas

Feature = Any  # a float32 scalar, or float32[N]
DELAY_DISCOUNT_PER_WEEK = 0.05
_ZERO = np.float32(0.0)


@dataclass
class Features:
    """The features of one scheme this week, v already in days of own wage inside `money_value`."""

    contingent: Feature
    money_value: Feature  # v, days of own wage
    recognition: Feature  # V (1 - S)
    appeal: Feature
    commitment: Feature
    pivotality: Feature
    message: Feature  # M clip(ref - p0, 0, .2)
    controlling: Feature
    ease: Feature

    @property
    def empty(self) -> bool:
        """Tell whether nothing at all is offered."""
        return not any(
            np.any(x)
            for x in (
                self.contingent,
                self.money_value,
                self.recognition,
                self.appeal,
                self.commitment,
                self.pivotality,
                self.message,
            )
        )


def features_of(offer: Any, wage: NDArray[np.float32], rate: NDArray[np.float32]) -> Features:
    """Turn an Offer into features; `rate` is the citizens' own p0, for comparison messages."""
    f = _float32
    value = f(offer.value_baht)
    discount = np.float32(exp64(-DELAY_DISCOUNT_PER_WEEK * float(offer.delay_weeks)))
    money: Feature = _ZERO if _is_zero(value) else value * discount / wage
    message: Feature = _ZERO
    if np.any(offer.message):
        message = law.message_pull(f(offer.message), f(offer.reference), rate)
    return Features(
        contingent=f(offer.contingent),
        money_value=money,
        recognition=law.recognition_pull(f(offer.visibility), f(offer.holders_share)),
        appeal=f(offer.appeal),
        commitment=f(offer.commitment),
        pivotality=f(offer.pivotality),
        message=message,
        controlling=f(offer.controlling),
        ease=f(offer.ease),
    )


def reasons_of(features: Features, s: NDArray[np.float32], b: Betas, discrepancy: Feature) -> NDArray[np.float32]:
    """Equation (4) on columns: R as if live, float32[N]; exactly 0 where no feature is."""
    if features.empty:
        return np.zeros_like(s)
    money: Feature = _ZERO
    if not _is_zero(features.money_value):
        money = law.money_pull(features.money_value, np.float32(1), np.float32(1), b.v0)
    reason = law.reasons(
        s,
        b.beta_c,
        features.contingent,
        b.beta_m,
        money,
        b.beta_r,
        features.recognition,
        b.beta_a,
        features.appeal,
        b.beta_k,
        features.commitment,
        b.beta_t,
        features.pivotality,
        b.w_d,
        features.message,
    )
    out: NDArray[np.float32] = law.with_discrepancy(reason, discrepancy)
    return out


def bundle(features: Sequence[Features], live: Sequence[NDArray[np.uint8]]) -> Features:
    """Join the schemes that aim at one behaviour, citizen by citizen, over those live in each.

    C, A, K and M count once, v adds, V, Q and the gap take the maximum; controlling is the maximum over components
    with C = 1, and where none has, the minimum over the others.
    """
    masks = [x.astype(np.float32) for x in live]

    def most(name: str) -> Feature:
        total: Feature = _ZERO
        for f, m in zip(features, masks, strict=True):
            total = np.maximum(total, getattr(f, name) * m)
        return total

    money: Feature = _ZERO
    for f, m in zip(features, masks, strict=True):
        money = money + f.money_value * m
    return Features(
        contingent=most("contingent"),
        money_value=money,
        recognition=most("recognition"),
        appeal=most("appeal"),
        commitment=most("commitment"),
        pivotality=most("pivotality"),
        message=most("message"),
        controlling=_controlling(features, live),
        ease=most("ease"),
    )


def _controlling(features: Sequence[Features], live: Sequence[NDArray[np.uint8]]) -> Feature:
    n = len(live[0])
    paid = np.full(n, -np.inf, dtype=np.float32)
    unpaid = np.full(n, np.inf, dtype=np.float32)
    for f, on in zip(features, live, strict=True):
        c = np.broadcast_to(f.controlling, n)
        # A threshold already passed has C = 0 this week, but its reward still controls.
        is_paid = np.broadcast_to((np.asarray(f.contingent) > 0) | (c > 0), n) & (on > 0)
        is_unpaid = ~is_paid & (on > 0)
        paid = np.where(is_paid, np.maximum(paid, c), paid)
        unpaid = np.where(is_unpaid, np.minimum(unpaid, c), unpaid)
    unpaid = np.where(np.isinf(unpaid), np.float32(0), unpaid)
    return np.where(np.isinf(paid), unpaid, paid).astype(np.float32)


def discrepancy_of(streams: Streams, behaviour: int, kinds: Sequence[str], omega: float) -> np.float32:
    """Return omega z of a bundle: keyed by replicate, behaviour and sorted kinds, never by arm or amount."""
    if not kinds:
        return _ZERO
    digest = hashlib.sha256("+".join(sorted(kinds)).encode()).digest()
    ids = np.array([int.from_bytes(digest[:8], "little")], dtype=np.uint64)
    z = float(normal_quantile(streams.uniform64(DISCREPANCY, ids, behaviour))[0])
    return np.float32(omega * z)


def _float32(x: Any) -> Feature:
    return x.astype(np.float32, copy=False) if isinstance(x, np.ndarray) else np.float32(x)


def _is_zero(x: Feature) -> bool:
    return bool(np.ndim(x) == 0 and x == 0)
