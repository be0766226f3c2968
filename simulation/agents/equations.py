"""The law: every rule of behaviour once, as an element-wise float32 function.

Each function holds for arrays and for scalars alike: NumPy calls it on columns, Numba compiles the same text into its
passes. Symbols are those of docs/model.md, which gives the sources; numbers in brackets are its equations.
All effects are log-odds of the weekly rate of acting; amounts are in days of the citizen's own wage.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from simulation.core.floats import exp32, log32, settle

_ZERO = np.float32(0.0)
_ONE = np.float32(1.0)
_NEAR = np.float32(0.2)
_A_WEEK = np.float32(0.2)
_FORGETTING = np.float32(0.9231163463866358)  # e**-.08
_ODDS_HIGH = np.float32(8886110.520507872)  # e**16
_ODDS_LOW = np.float32(1.1253517471925912e-07)  # e**-16


def money_pull(value: Any, wage: Any, delay_factor: Any, v0: Any) -> Any:
    """(3), (4) ln(1 + v/v0) with v = value * delay_factor / wage, in days of own wage."""
    return log32(_ONE + value * delay_factor / wage / v0)


def message_pull(message: Any, reference: Any, rate: Any) -> Any:
    """(4) M * clip(ref - p0, 0, 0.2): only a reference above the person's own rate pulls, by at most 0.2."""
    return message * np.minimum(np.maximum(reference - rate, _ZERO), _NEAR)


def recognition_pull(visibility: Any, holders_share: Any) -> Any:
    """(4) V * (1 - S): an honour is worth less the more people hold it; psi = 1 (Benabou and Tirole 2006)."""
    return visibility * (_ONE - holders_share)


def reasons(
    responsiveness: Any,
    beta_c: Any,
    contingent: Any,
    beta_m: Any,
    money: Any,
    beta_r: Any,
    recognition: Any,
    beta_a: Any,
    appeal: Any,
    beta_k: Any,
    commitment: Any,
    beta_t: Any,
    pivotality: Any,
    w_d: Any,
    message: Any,
) -> Any:
    """(4) R = s * (beta_c C + beta_m ln(1+v/v0) + beta_r V(1-S) + beta_a A + beta_k K + beta_t Q + w_d M gap)."""
    sum_of_pulls = (
        beta_c * contingent
        + beta_m * money
        + beta_r * recognition
        + beta_a * appeal
        + beta_k * commitment
        + beta_t * pivotality
        + w_d * message
    )
    return responsiveness * sum_of_pulls


def with_discrepancy(reason: Any, discrepancy: Any) -> Any:
    """(4) R + clip(omega z, -R, R): R stays at or above 0, is unbiased, and 0 stays 0."""
    return reason + np.minimum(np.maximum(discrepancy, -reason), reason)


def fade_of(exposure: Any, phi: Any) -> Any:
    """(4) phi + (1 - phi) exp(-N): what a message still says after N weeks' worth of it (Ito, Ida and Tanaka 2018)."""
    return phi + (_ONE - phi) * exp32(-exposure)


def exposure_update(exposure: Any, exposed: Any) -> Any:
    """(4) N += .2 in a week with a message, N *= exp(-.08) in one without."""
    return exposed * (exposure + _A_WEEK) + (_ONE - exposed) * settle(exposure * _FORGETTING)


def shortfall(expected: Any, reason: Any, lam: Any) -> Any:
    """(5) lam max(0, ref - R): what today's reasons lose where they lie below those one is used to; a rival of X."""
    return lam * np.maximum(expected - reason, _ZERO)


def norm_update(norm: Any, signal: Any, seen: Any, nu: Any) -> Any:
    """(10) D += nu (m - D), unchanged where no neighbour had an opportunity (`seen` 0)."""
    return settle(norm + nu * seen * (signal - norm))


def crowding_update(crowding: Any, cap: Any, decay: Any) -> Any:
    """(9) X = cap where cap has X's sign and is at least as large, else X = cap + (X - cap) exp(-chi)."""
    jumps = np.float32((cap * crowding >= _ZERO) & (np.abs(cap) >= np.abs(crowding)))
    decayed = cap + (crowding - cap) * decay
    return settle(jumps * cap + (_ONE - jumps) * decayed)


def push(today: Any, yesterday: Any) -> Any:
    """(5) max(Z, B, 0) + min(Z, B, 0): of two forces of one sign the stronger acts; opposite signs add."""
    upward = np.maximum(np.maximum(today, yesterday), _ZERO)
    downward = np.minimum(np.minimum(today, yesterday), _ZERO)
    return upward + downward


def counted(pushed: Any, threshold: Any, gain: Any) -> Any:
    """(6t) gain push where |push| reaches one's threshold, 0 below it; a rival of a push that always counts."""
    return pushed * (gain * np.float32(np.abs(pushed) >= threshold))


def baseline_odds(odds0: Any, trend: Any) -> Any:
    """(6) Odds of the twin: exp(alpha) exp(f), the logit held within +-16."""
    return np.minimum(np.maximum(odds0 * trend, _ODDS_LOW), _ODDS_HIGH)


def scheme_odds(twin_odds: Any, pushed: Any, crowding: Any, ease: Any) -> Any:
    """(6) Odds in the scheme world: the twin's times exp(push - X + g); exactly the twin's where nothing pushes."""
    return np.minimum(np.maximum(twin_odds * exp32(pushed - crowding + ease), _ODDS_LOW), _ODDS_HIGH)


def probability(odds: Any) -> Any:
    """Return p = odds / (1 + odds)."""
    return odds / (_ONE + odds)


def acts_of(uniform: Any, odds: Any, ratios: Any) -> Any:
    """(7) Number of acts out of n by inversion of the binomial, n = len(ratios), ratios[k] = (n-k)/(k+1)."""
    miss = _ONE / (_ONE + odds)
    mass = miss
    for _ in range(len(ratios) - 1):
        mass = mass * miss
    total = mass
    count = np.int32(uniform >= total)
    for k in range(len(ratios) - 1):
        mass = mass * odds * ratios[k]
        total = total + mass
        count = np.int32(count + np.int32(uniform >= total))
    return count


def coupled(acts: Any, acts_twin: Any, odds: Any, twin_odds: Any, n: Any) -> Any:
    """(7) Keep y >= y0 where p >= p0 and y <= y0 where p <= p0, which rounding alone breaks once in ten million."""
    more = np.int32(odds >= twin_odds)
    less = np.int32(odds <= twin_odds)
    lifted = np.maximum(acts, acts_twin * more)
    return np.minimum(lifted, acts_twin * less + n * (1 - less))


def habit_update(habit: Any, excess: Any, gain: Any) -> Any:
    """(8) H += (1 - exp(-eta1 n)) (y - y0 - H); `gain` is 0 where there was no opportunity."""
    return settle(habit + gain * (excess - habit))


def joins(uniform: Any, uptake: Any, reason: Any, w_e: Any, share: Any) -> Any:
    """(11) 1 where the uniform is below logistic(alpha_E + R_j + w_E * share of ties enrolled)."""
    return np.int32(uniform < probability(exp32(uptake + reason + w_e * share)))


ELEMENTWISE = (
    "money_pull",
    "message_pull",
    "recognition_pull",
    "reasons",
    "with_discrepancy",
    "fade_of",
    "exposure_update",
    "shortfall",
    "norm_update",
    "crowding_update",
    "push",
    "counted",
    "baseline_odds",
    "probability",
    "scheme_odds",
    "acts_of",
    "coupled",
    "habit_update",
    "joins",
)
