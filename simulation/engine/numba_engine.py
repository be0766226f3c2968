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
_fade_of = _law["fade_of"]
_exposure_update = _law["exposure_update"]
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


def _part(x: Any, start: Any, end: Any) -> Any:
    """Return a slice of a column, or the one number for all; compiled for either."""
    return x[start:end] if isinstance(x, np.ndarray) else x


@overload(_part, inline="always", strict=False)
def _part_compiled(x: Any, start: Any, end: Any) -> Any:
    if isinstance(x, types.Array):
        return lambda x, start, end: x[start:end]
    return lambda x, start, end: x


@_compiled
def _lane_of(total: Any, lane: Any) -> Any:
    if lane < 0:
        return np.float32(total)
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
def fade(out: Any, exposure: Any, phi: Any) -> None:
    """(4) What messages still say to each citizen."""
    for i in range(len(out)):
        out[i] = _fade_of(exposure[i], phi)


@_compiled
def wear(exposure: Any, exposed: Any) -> None:
    """(4) Exposure to messages after this week."""
    for i in range(len(exposure)):
        exposure[i] = _exposure_update(exposure[i], np.float32(exposed[i]))


@_compiled
def decide_twin(acts_twin: Any, odds0: Any, trend: Any, ids: Any, key: Any, ratios: Any) -> None:
    """Draw the twin's acts alone, where nothing differs."""
    for i in range(len(acts_twin)):
        u = _uniform_of(ids[i], key)
        acts_twin[i] = _acts_of(u, _baseline_odds(odds0[i], trend), ratios)


@_compiled
def decide(  # noqa: C901  many short loops over slices on purpose: one long one does not vectorise
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
    # Many short loops over slices: the compiler proves few arrays apart at a time, and that no index is negative;
    # it vectorises only then.
    n = np.int32(len(ratios))
    u = np.empty(BLOCK, dtype=np.float32)
    on = np.empty(BLOCK, dtype=np.float32)
    pushed = np.empty(BLOCK, dtype=np.float32)
    twin_odds = np.empty(BLOCK, dtype=np.float32)
    odds = np.empty(BLOCK, dtype=np.float32)
    before = np.empty(BLOCK, dtype=np.int32)
    after = np.empty(BLOCK, dtype=np.int32)
    for start in range(0, len(acts), BLOCK):
        end = min(start + BLOCK, len(acts))
        size = end - start
        block_ids, block_norm, block_habit = ids[start:end], norm[start:end], habit[start:end]
        block_crowding, block_odds0 = crowding[start:end], odds0[start:end]
        block_live, block_reason = _part(live, start, end), _part(reason, start, end)
        block_cap, block_ease = _part(cap, start, end), _part(ease, start, end)
        block_acts, block_twin = acts[start:end], acts_twin[start:end]
        for j in range(size):
            u[j] = _uniform_of(block_ids[j], key)
        for j in range(size):
            on[j] = np.float32(_at(block_live, j))
        for j in range(size):
            block_crowding[j] = _crowding_update(block_crowding[j], _at(block_cap, j) * on[j], decay)
        for j in range(size):
            pushed[j] = _at(block_reason, j) * on[j] + visible_norm * block_norm[j]
        for j in range(size):
            pushed[j] = _push(pushed[j], habit_weight * block_habit[j])
        for j in range(size):
            twin_odds[j] = _baseline_odds(block_odds0[j], trend)
        for j in range(size):
            on[j] = _at(block_ease, j) * on[j]
        for j in range(size):
            odds[j] = _scheme_odds(twin_odds[j], pushed[j], block_crowding[j], on[j])
        for j in range(size):
            before[j] = _acts_of(u[j], twin_odds[j], ratios)
        for j in range(size):
            after[j] = _acts_of(u[j], odds[j], ratios)
        for j in range(size):
            after[j] = _coupled(after[j], before[j], odds[j], twin_odds[j], n)
        for j in range(size):
            block_twin[j] = np.int8(before[j])
        for j in range(size):
            block_acts[j] = np.int8(after[j])


@_compiled
def decide_sticky(
    acts: Any,
    acts_twin: Any,
    crowding: Any,
    draw: Any,
    trend_odds: Any,
    reason: Any,
    live: Any,
    asked: Any,
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
    """Equation (7) for a sticky act: it changes only when decided again, or where `asked`, as those live are."""
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
        decided = max(np.int32(again), np.int32(_at(asked, i) > 0))
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
    gone = np.empty(BLOCK, dtype=np.int32)
    for start in range(0, len(enrolled), BLOCK):
        end = min(start + BLOCK, len(enrolled))
        block_ids, block_enrolled, block_left = ids[start:end], enrolled[start:end], left_week[start:end]
        block_joined = joined_week[start:end]
        for j in range(end - start):
            gone[j] = np.int32(_uniform_of(block_ids[j], key) < chance)
        for j in range(end - start):
            gone[j] *= np.int32(block_enrolled[j] > 0) * np.int32(np.int32(block_joined[j]) < week)
        for j in range(end - start):
            block_enrolled[j] = np.uint8(np.int32(block_enrolled[j]) * (1 - gone[j]))
        for j in range(end - start):
            block_left[j] = np.int16(gone[j] * week + (1 - gone[j]) * np.int32(block_left[j]))


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
    share = np.empty(BLOCK, dtype=np.float32)
    joined = np.empty(BLOCK, dtype=np.int32)
    for start in range(0, len(enrolled), BLOCK):
        end = min(start + BLOCK, len(enrolled))
        size = end - start
        block_ids, block_tied, block_weight = ids[start:end], tied[start:end], tie_weight[start:end]
        block_reason, block_eligible, block_never = reason[start:end], eligible[start:end], never_start[start:end]
        block_enrolled, block_signed, block_ever = enrolled[start:end], signed_up[start:end], ever_enrolled[start:end]
        block_joined, block_left = joined_week[start:end], left_week[start:end]
        for j in range(size):
            share[j] = np.float32(block_tied[j]) / np.maximum(block_weight[j], _ONE)
        for j in range(size):
            joined[j] = _joins(_uniform_of(block_ids[j], key), uptake, block_reason[j], w_e, share[j])
        for j in range(size):
            joined[j] *= np.int32(block_eligible[j] > 0) * np.int32(block_enrolled[j] == 0)
        for j in range(size):
            joined[j] *= np.int32(week - np.int32(block_left[j]) >= reentry)
        for j in range(size):
            joined[j] *= np.int32(1) - np.int32(block_never[j] > 0) * np.int32(block_signed[j] > 0)
        for j in range(size):
            block_signed[j] |= np.uint8(joined[j])
        for j in range(size):
            joined[j] *= np.int32(block_never[j] == 0)
        for j in range(size):
            block_enrolled[j] |= np.uint8(joined[j])
        for j in range(size):
            block_ever[j] |= np.uint8(joined[j])
        for j in range(size):
            block_joined[j] = np.int16(joined[j] * week + (1 - joined[j]) * np.int32(block_joined[j]))


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
