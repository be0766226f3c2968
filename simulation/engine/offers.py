"""From what a scheme offers to today's reasons: features of one scheme, bundles of several, equation (4)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.agents import equations as law
from simulation.core.floats import exp64, normal_quantile
from simulation.core.streams import DISCREPANCY, Streams
from simulation.engine import numpy_engine
from simulation.engine.terms import Betas

Feature = Any  # a float32 scalar, or float32[N]
DELAY_DISCOUNT_PER_WEEK = 0.05
_ZERO, _ONE = np.float32(0.0), np.float32(1.0)


@dataclass(frozen=True)
class Features:
    """What one scheme offers this week, with what it is weighed against; each a float32 scalar or float32[N]."""

    contingent: Feature
    value: Feature  # marginal expected baht per act
    discount: Feature  # of delay
    wage: Feature  # own daily wage, baht
    visibility: Feature
    holders_share: Feature
    appeal: Feature
    commitment: Feature
    pivotality: Feature
    message: Feature
    reference: Feature
    rate: Feature  # own p0
    controlling: Feature
    ease: Feature
    referral_baht: float = 0.0  # for bringing somebody in; no part of equation (4)

    @property
    def pulls(self) -> tuple[Feature, ...]:
        """What equation (4) takes, in the order of the pass `reasons`."""
        return (
            self.contingent, self.value, self.discount, self.wage, self.visibility, self.holders_share,
            self.appeal, self.commitment, self.pivotality, self.message, self.reference, self.rate,
        )  # fmt: skip

    @property
    def fixed(self) -> tuple[float, ...] | None:
        """The offer's own numbers where it is the same for all; None where any is a column."""
        own = [value for name, value in vars(self).items() if name not in ("wage", "rate")]
        return None if any(isinstance(x, np.ndarray) and x.ndim for x in own) else tuple(map(float, own))


def features_of(offer: Any, wage: Feature, rate: Feature) -> Features:
    """Turn an Offer into features; `rate` is the citizens' own p0, for comparison messages."""
    f = _float32
    return Features(
        contingent=f(offer.contingent),
        value=f(offer.value_baht),
        discount=_discount(float(offer.delay_weeks)),
        wage=wage,
        visibility=f(offer.visibility),
        holders_share=f(offer.holders_share),
        appeal=f(offer.appeal),
        commitment=f(offer.commitment),
        pivotality=f(offer.pivotality),
        message=f(offer.message),
        reference=f(offer.reference),
        rate=rate,
        controlling=f(offer.controlling),
        ease=f(offer.ease),
        referral_baht=float(offer.referral_baht),
    )


@lru_cache(maxsize=256)
def _discount(delay_weeks: float) -> np.float32:
    return np.float32(exp64(-DELAY_DISCOUNT_PER_WEEK * delay_weeks))


def reasons_of(features: Features, s: NDArray[np.float32], b: Betas, discrepancy: Feature) -> NDArray[np.float32]:
    """Equation (4) on columns: R as if live, float32[N]; exactly 0 where no feature is."""
    out = np.empty_like(s)
    numpy_engine.reasons(out, s, b.row, features.pulls, discrepancy)
    return out


@dataclass(frozen=True)
class Bundle:
    """What the schemes aimed at one behaviour offer together to each citizen, over those live in each."""

    reason: NDArray[np.float32]
    controlling: NDArray[np.float32]
    ease: Feature


def bundle(
    features: Sequence[Features],
    live: Sequence[NDArray[np.uint8]],
    s: NDArray[np.float32],
    b: Betas,
    discrepancy: Feature,
) -> Bundle:
    """Join schemes citizen by citizen.

    C, A, K and M count once, v adds, V, Q and the gap take the maximum; controlling is the maximum over components
    with C = 1, and where none has, the minimum over the others.
    """
    masks = [x.astype(np.float32) for x in live]

    def most(values: Sequence[Feature]) -> Feature:
        total: Feature = _ZERO
        for value, m in zip(values, masks, strict=True):
            total = np.maximum(total, value * m)
        return total

    days: Feature = _ZERO
    for f, m in zip(features, masks, strict=True):
        days = days + f.value * f.discount / f.wage * m
    reason = law.reasons(
        s,
        b.beta_c, most([f.contingent for f in features]),
        b.beta_m, law.money_pull(days, _ONE, _ONE, b.v0),
        b.beta_r, most([law.recognition_pull(f.visibility, f.holders_share) for f in features]),
        b.beta_a, most([f.appeal for f in features]),
        b.beta_k, most([f.commitment for f in features]),
        b.beta_t, most([f.pivotality for f in features]),
        b.w_d, most([law.message_pull(f.message, f.reference, f.rate) for f in features]),
    )  # fmt: skip
    return Bundle(
        law.with_discrepancy(reason, discrepancy), controlling_of(features, live), most([f.ease for f in features])
    )


def controlling_of(features: Sequence[Features], live: Sequence[NDArray[np.uint8]]) -> Feature:
    """Return c of a bundle: the largest over components with C = 1, and where none has, the least over the others."""
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
