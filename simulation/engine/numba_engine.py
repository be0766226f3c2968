"""The fast engine: the same passes as the readable one, compiled, in blocks that stay in the processor's cache.

Every function has the name, arguments and results of its twin in `numpy_engine`; the law itself is compiled from the
one text in `agents.equations`. No sum over citizens is a float, no multiply-add is contracted: the bits agree.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import types
from numba.extending import overload

from simulation.agents import equations
from simulation.core import floats
from simulation.core.compile import compile_module, pass_decorator, use_cache_folder

use_cache_folder()
NAME = "numba"
_floats = compile_module(floats, floats.ELEMENTWISE)
_law = compile_module(equations, equations.ELEMENTWISE, _floats)
_uniform_of = _floats["uniform_of"]
_norm_update = _law["norm_update"]
_crowding_update = _law["crowding_update"]
_push = _law["push"]
_baseline_odds = _law["baseline_odds"]
_scheme_odds = _law["scheme_odds"]
_probability = _law["probability"]
_acts_of = _law["acts_of"]
_coupled = _law["coupled"]
_habit_update = _law["habit_update"]
_joins = _law["joins"]
_with_discrepancy = _law["with_discrepancy"]
_reasons = _law["reasons"]
_recognition_pull = _law["recognition_pull"]
_message_pull = _law["message_pull"]
_money_pull = _law["money_pull"]
_compiled = pass_decorator()

BLOCK = 2048
_ONE = np.float32(1.0)
_BIAS = np.int64(0x0000800080008000 | (0x8000 << 48) - (1 << 64))
_LANE_MASK = np.int64(0xFFFF)
_HALF_LANE = np.int32(0x8000)


def _at(x: Any, i: Any) -> Any:
    """Return the i-th of a column, or the one number for all; compiled for either."""
    return x[i] if isinstance(x, np.ndarray) else x


@overload(_at, inline="always", strict=False)
def _at_compiled(x: Any, i: Any) -> Any:
    if isinstance(x, types.Array):
        return lambda x, i: x[i]
    return lambda x, i: x


@_compiled
def _lane_of(total: Any, lane: Any) -> Any:
    shifted = (total + _BIAS) >> lane
    return np.float32(np.int32(np.int32(shifted & _LANE_MASK) - _HALF_LANE))


@_compiled
def gather(words: Any, indptr: Any, indices: Any, weights: Any, out: Any) -> None:
    """Sum weight * word over each citizen's neighbours."""
    for i in range(len(out)):
        total = np.int64(0)
        for e in range(np.uint64(indptr[i]), np.uint64(indptr[i + 1])):
            total += np.int64(weights[e]) * words[indices[e]]
        out[i] = total


@_compiled
def learn_norm(norm: Any, total: Any, lane: Any, n: Any, tie_weight: Any, nu: Any) -> None:
    """Equation (10) where every tie had its n opportunities."""
    for i in range(len(norm)):
        weight = tie_weight[i]
        signal = _lane_of(total[i], lane) / (n * np.maximum(weight, _ONE))
        norm[i] = _norm_update(norm[i], signal, np.float32(weight > 0), nu)


@_compiled
def learn_norm_rare(norm: Any, total: Any, reached: Any, lane: Any, nu: Any) -> None:
    """Equation (10) over the neighbours that had an opportunity last week."""
    for i in range(len(norm)):
        weight = _lane_of(reached[i], lane)
        signal = _lane_of(total[i], lane) / np.maximum(weight, _ONE)
        norm[i] = _norm_update(norm[i], signal, np.float32(weight > 0), nu)


@_compiled
def reasons(out: Any, s: Any, betas: Any, pulls: Any, discrepancy: Any) -> None:
    """Equations (3) and (4): R as if live, from features that are columns or one number for all."""
    beta_c, beta_m, v0, beta_r, beta_a, beta_k, beta_t, w_d = betas
    c, value, discount, wage, v, held, a, k, q, message, reference, rate = pulls
    for i in range(len(out)):
        reason = _reasons(
            s[i],
            beta_c, _at(c, i),
            beta_m, _money_pull(_at(value, i), _at(wage, i), _at(discount, i), v0),
            beta_r, _recognition_pull(_at(v, i), _at(held, i)),
            beta_a, _at(a, i),
            beta_k, _at(k, i),
            beta_t, _at(q, i),
            w_d, _message_pull(_at(message, i), _at(reference, i), _at(rate, i)),
        )  # fmt: skip
        out[i] = _with_discrepancy(reason, _at(discrepancy, i))


@_compiled
def decide_twin(acts_twin: Any, odds0: Any, trend: Any, ids: Any, key: Any, ratios: Any) -> None:
    """Draw the twin's acts alone, where nothing differs."""
    for i in range(len(acts_twin)):
        u = _uniform_of(ids[i], key)
        acts_twin[i] = _acts_of(u, _baseline_odds(odds0[i], trend), ratios)


@_compiled
def decide(
    acts: Any,
    acts_twin: Any,
    crowding: Any,
    reason: Any,
    live: Any,
    cap: Any,
    ease: Any,
    norm: Any,
    habit: Any,
    odds0: Any,
    trend: Any,
    ids: Any,
    key: Any,
    ratios: Any,
    visible_norm: Any,
    habit_weight: Any,
    decay: Any,
) -> None:
    """Equations (9), (5), (6), (7) for a flow: crowding, push, odds and acts of both worlds."""
    n = np.int32(len(ratios))
    u = np.empty(BLOCK, dtype=np.float32)
    twin_odds = np.empty(BLOCK, dtype=np.float32)
    odds = np.empty(BLOCK, dtype=np.float32)
    before = np.empty(BLOCK, dtype=np.int32)
    after = np.empty(BLOCK, dtype=np.int32)
    for start in range(0, len(acts), BLOCK):
        size = min(BLOCK, len(acts) - start)
        for j in range(size):
            u[j] = _uniform_of(ids[start + j], key)
        for j in range(size):
            i = start + j
            on = np.float32(_at(live, i))
            x = _crowding_update(crowding[i], _at(cap, i) * on, decay)
            crowding[i] = x
            pushed = _push(_at(reason, i) * on + visible_norm * norm[i], habit_weight * habit[i])
            o = _baseline_odds(odds0[i], trend)
            twin_odds[j] = o
            odds[j] = _scheme_odds(o, pushed, x, _at(ease, i) * on)
        for j in range(size):
            before[j] = _acts_of(u[j], twin_odds[j], ratios)
        for j in range(size):
            after[j] = _acts_of(u[j], odds[j], ratios)
        for j in range(size):
            acts_twin[start + j] = np.int8(before[j])
            acts[start + j] = np.int8(_coupled(after[j], before[j], odds[j], twin_odds[j], n))


@_compiled
def decide_sticky(
    acts: Any,
    acts_twin: Any,
    crowding: Any,
    draw: Any,
    trend_odds: Any,
    reason: Any,
    live: Any,
    cap: Any,
    ease: Any,
    norm: Any,
    habit: Any,
    odds0: Any,
    trend: Any,
    ids: Any,
    redecision_key: Any,
    draw_key: Any,
    redecision: Any,
    visible_norm: Any,
    habit_weight: Any,
    decay: Any,
) -> None:
    """Equation (7) for a sticky act: it changes only when decided again, or asked while live."""
    for i in range(len(acts)):
        on = np.float32(_at(live, i))
        x = _crowding_update(crowding[i], _at(cap, i) * on, decay)
        crowding[i] = x
        again = np.float32(_uniform_of(ids[i], redecision_key) < redecision)
        q = again * _uniform_of(ids[i], draw_key) + (_ONE - again) * draw[i]
        draw[i] = q
        f = again * trend + (_ONE - again) * trend_odds[i]
        trend_odds[i] = f
        pushed = _push(_at(reason, i) * on + visible_norm * norm[i], habit_weight * habit[i])
        o = _baseline_odds(odds0[i], f)
        odds = _scheme_odds(o, pushed, x, _at(ease, i) * on)
        acts_twin[i] = np.int8(q < _probability(o))
        decided = max(np.int32(again), np.int32(on > 0))
        now = np.int32(q < _probability(odds))
        acts[i] = np.int8(now * decided + np.int32(acts[i]) * (1 - decided))


@_compiled
def learn_habit(habit: Any, acts: Any, acts_twin: Any, n: Any, gain: Any) -> None:
    """Equation (8)."""
    for i in range(len(habit)):
        excess = np.float32(np.int32(np.int32(acts[i]) - np.int32(acts_twin[i]))) / n
        habit[i] = _habit_update(habit[i], excess, gain)


@_compiled
def learn_habit_rare(habit: Any, acts: Any, acts_twin: Any, open_now: Any, gain: Any) -> None:
    """Equation (8) where only some had an opportunity."""
    for i in range(len(habit)):
        excess = np.float32(np.int32(np.int32(acts[i]) - np.int32(acts_twin[i])))
        habit[i] = _habit_update(habit[i], excess, gain * np.float32(open_now[i]))


@_compiled
def _pack_first(words: Any, plus: Any, minus: Any, lane: Any) -> None:
    for i in range(len(words)):
        words[i] = (np.int64(plus[i]) - np.int64(minus[i])) << lane


@_compiled
def _pack_more(words: Any, plus: Any, minus: Any, lane: Any) -> None:
    for i in range(len(words)):
        words[i] += (np.int64(plus[i]) - np.int64(minus[i])) << lane


def pack(words: Any, plus: Any, minus: Any, lane: int, first: bool) -> None:
    """Put one behaviour's excess acts into its lane of the words."""
    (_pack_first if first else _pack_more)(words, plus, minus, np.int64(lane))


@_compiled
def leave(enrolled: Any, joined_week: Any, left_week: Any, ids: Any, key: Any, chance: Any, week: Any) -> None:
    """Let the enrolled leave, free and at once, from the week after they joined."""
    for i in range(len(enrolled)):
        if enrolled[i] > 0 and joined_week[i] < week and _uniform_of(ids[i], key) < chance:
            enrolled[i] = 0
            left_week[i] = week


@_compiled
def sign_up(
    columns: Any,
    eligible: Any,
    never_start: Any,
    reason: Any,
    tied: Any,
    tie_weight: Any,
    ids: Any,
    key: Any,
    uptake: Any,
    w_e: Any,
    week: Any,
    reentry: Any,
) -> None:
    """Equation (11): who of those that can signs up this week; some never begin and do not sign up again."""
    enrolled, signed_up, ever_enrolled, joined_week, left_week = columns
    joined = np.empty(BLOCK, dtype=np.int32)
    for start in range(0, len(enrolled), BLOCK):
        size = min(BLOCK, len(enrolled) - start)
        for j in range(size):
            i = start + j
            share = np.float32(tied[i]) / np.maximum(tie_weight[i], _ONE)
            joined[j] = _joins(_uniform_of(ids[i], key), uptake, reason[i], w_e, share)
        for j in range(size):
            if joined[j] == 0:
                continue
            i = start + j
            if eligible[i] == 0 or enrolled[i] > 0 or week - np.int32(left_week[i]) < reentry:
                continue
            if never_start[i] == 0:
                enrolled[i] = 1
                ever_enrolled[i] = 1
                joined_week[i] = week
            signed_up[i] = 1


@_compiled
def spread(tied: Any, now: Any, before: Any, indptr: Any, indices: Any, weights: Any) -> None:
    """Add to each citizen the weight of ties that came, take the weight of those that went; `before` becomes `now`."""
    for i in range(len(now)):
        if now[i] != before[i]:
            change = np.int32(now[i]) - np.int32(before[i])
            for e in range(np.uint64(indptr[i]), np.uint64(indptr[i + 1])):
                tied[indices[e]] += change * np.int32(weights[e])
            before[i] = now[i]


@_compiled
def _count(cell: Any, acts: Any, acts_twin: Any, both: Any) -> None:
    for i in range(len(cell)):
        both[cell[i]] += np.int64(acts[i]) + (np.int64(acts_twin[i]) << 32)


def count(cell: Any, acts: Any, acts_twin: Any, cells: int) -> Any:
    """Count acts and twin acts by cell."""
    both = np.zeros(cells, dtype=np.int64)
    _count(cell, acts, acts_twin, both)
    return both & np.int64(2**32 - 1), both >> 32
