"""The readable engine: each pass calls the law on whole columns; only gathering and counting have their own form."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.agents import equations as law
from simulation.core.floats import uniform_of

F32Array = NDArray[np.float32]
NAME = "numpy"
SLICE = 16_384
_FEW = 2**24 // 16
_ONE = np.float32(1.0)


def gather(
    words: NDArray[np.int64],
    indptr: NDArray[np.int64],
    indices: NDArray[Any],
    weights: NDArray[Any],
    out: NDArray[np.int64],
) -> None:
    """Sum weight * word over each citizen's neighbours; several small numbers ride in one 64-bit word."""
    out[:] = 0
    rows = np.flatnonzero(indptr[1:] > indptr[:-1])
    if len(rows):
        shown = words[indices]
        shown *= weights
        out[rows] = np.add.reduceat(shown, indptr[rows])


def learn_norm(norm: F32Array, total: NDArray[np.int64], lane: Any, n: Any, tie_weight: F32Array, nu: Any) -> None:
    """Equation (10) where every tie had its n opportunities."""
    for part in _slices(len(norm)):
        weight = tie_weight[part]
        signal = lane_of(total[part], lane) / (n * np.maximum(weight, _ONE))
        norm[part] = law.norm_update(norm[part], signal, np.float32(weight > 0), nu)


def learn_norm_rare(norm: F32Array, total: NDArray[np.int64], reached: NDArray[np.int64], lane: Any, nu: Any) -> None:
    """Equation (10) over the neighbours that had an opportunity last week."""
    weight = lane_of(reached, lane)
    signal = lane_of(total, lane) / np.maximum(weight, _ONE)
    norm[:] = law.norm_update(norm, signal, np.float32(weight > 0), nu)


def reasons(out: F32Array, s: F32Array, betas: Any, pulls: Any, discrepancy: Any) -> None:
    """Equations (3) and (4): R as if live, from features that are columns or one number for all."""
    beta_c, beta_m, v0, beta_r, beta_a, beta_k, beta_t, w_d = betas
    for part in _slices(len(out)):
        c, value, discount, wage, v, held, a, k, q, message, reference, rate = (_at(x, part) for x in pulls)
        reason = law.reasons(
            s[part],
            beta_c, c,
            beta_m, law.money_pull(value, wage, discount, v0),
            beta_r, law.recognition_pull(v, held),
            beta_a, a,
            beta_k, k,
            beta_t, q,
            w_d, law.message_pull(message, reference, rate),
        )  # fmt: skip
        out[part] = law.with_discrepancy(reason, _at(discrepancy, part))


def fade(out: F32Array, exposure: F32Array, phi: Any) -> None:
    """(4) What messages still say to each citizen."""
    for part in _slices(len(out)):
        out[part] = law.fade_of(exposure[part], phi)


def wear(exposure: F32Array, exposed: NDArray[np.uint8]) -> None:
    """(4) Exposure to messages after this week."""
    for part in _slices(len(exposure)):
        exposure[part] = law.exposure_update(exposure[part], np.float32(exposed[part]))


def decide_twin(acts_twin: NDArray[np.int8], odds0: F32Array, trend: Any, ids: Any, key: Any, ratios: Any) -> None:
    """Draw the twin's acts alone, where nothing differs."""
    for part in _slices(len(acts_twin)):
        u = uniform_of(ids[part], key)
        acts_twin[part] = law.acts_of(u, law.baseline_odds(odds0[part], trend), ratios)


def decide(
    acts: NDArray[np.int8],
    acts_twin: NDArray[np.int8],
    crowding: F32Array,
    reason: Any,
    live: Any,
    cap: Any,
    ease: Any,
    norm: F32Array,
    habit: F32Array,
    odds0: F32Array,
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
    for part in _slices(len(acts)):
        on = np.float32(_at(live, part))
        crowding[part] = law.crowding_update(crowding[part], _at(cap, part) * on, decay)
        pushed = law.push(_at(reason, part) * on + visible_norm * norm[part], habit_weight * habit[part])
        twin_odds = law.baseline_odds(odds0[part], trend)
        odds = law.scheme_odds(twin_odds, pushed, crowding[part], _at(ease, part) * on)
        u = uniform_of(ids[part], key)
        before = law.acts_of(u, twin_odds, ratios)
        after = law.acts_of(u, odds, ratios)
        acts_twin[part] = before
        acts[part] = law.coupled(after, before, odds, twin_odds, n)


def decide_sticky(
    acts: NDArray[np.int8],
    acts_twin: NDArray[np.int8],
    crowding: F32Array,
    draw: F32Array,
    trend_odds: F32Array,
    reason: Any,
    live: Any,
    asked: Any,
    cap: Any,
    ease: Any,
    norm: F32Array,
    habit: F32Array,
    odds0: F32Array,
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
    on = np.float32(live)
    crowding[:] = law.crowding_update(crowding, cap * on, decay)
    again = np.float32(uniform_of(ids, redecision_key) < redecision)
    draw[:] = again * uniform_of(ids, draw_key) + (_ONE - again) * draw
    trend_odds[:] = again * trend + (_ONE - again) * trend_odds
    pushed = law.push(reason * on + visible_norm * norm, habit_weight * habit)
    twin_odds = law.baseline_odds(odds0, trend_odds)
    odds = law.scheme_odds(twin_odds, pushed, crowding, ease * on)
    acts_twin[:] = np.int32(draw < law.probability(twin_odds))
    decided = np.maximum(np.int32(again), np.int32(asked > 0))
    now = np.int32(draw < law.probability(odds))
    acts[:] = now * decided + acts * (1 - decided)


def learn_habit(habit: F32Array, acts: NDArray[np.int8], acts_twin: NDArray[np.int8], n: Any, gain: Any) -> None:
    """Equation (8)."""
    for part in _slices(len(habit)):
        excess = np.float32(np.int32(acts[part]) - np.int32(acts_twin[part])) / n
        habit[part] = law.habit_update(habit[part], excess, gain)


def learn_habit_rare(habit: F32Array, acts: Any, acts_twin: Any, open_now: NDArray[np.uint8], gain: Any) -> None:
    """Equation (8) where only some had an opportunity."""
    excess = np.float32(np.int32(acts) - np.int32(acts_twin))
    habit[:] = law.habit_update(habit, excess, gain * np.float32(open_now))


def pack(words: NDArray[np.int64], plus: Any, minus: Any, lane: int, first: bool) -> None:
    """Put one behaviour's excess acts into its lane of the words."""
    excess = (plus.astype(np.int64) - minus) << lane
    if first:
        words[:] = excess
    else:
        words += excess


def leave(enrolled: Any, joined_week: Any, left_week: Any, ids: Any, key: Any, chance: Any, week: Any) -> None:
    """Let the enrolled leave, free and at once, from the week after they joined."""
    gone = (enrolled > 0) & (joined_week < week) & (uniform_of(ids, key) < chance)
    enrolled[gone] = 0
    left_week[gone] = week


def sign_up(
    columns: tuple[Any, ...],
    eligible: NDArray[np.uint8],
    never_start: NDArray[np.uint8],
    reason: F32Array,
    tied: NDArray[np.int32],
    tie_weight: F32Array,
    ids: Any,
    key: Any,
    uptake: Any,
    w_e: Any,
    week: Any,
    reentry: Any,
) -> None:
    """Equation (11): who of those that can signs up this week; some never begin and do not sign up again."""
    enrolled, signed_up, ever_enrolled, joined_week, left_week = columns
    can = (eligible > 0) & (enrolled == 0) & (week - left_week.astype(np.int32) >= reentry)
    can &= ~((never_start > 0) & (signed_up > 0))
    share = np.float32(tied) / np.maximum(tie_weight, _ONE)
    joined = (law.joins(uniform_of(ids, key), uptake, reason, w_e, share) > 0) & can
    signed_up |= joined.view(np.uint8)
    begins = joined & (never_start == 0)
    enrolled[begins] = 1
    ever_enrolled[begins] = 1
    joined_week[begins] = week


def spread(
    tied: NDArray[np.int32],
    now: NDArray[np.uint8],
    before: NDArray[np.uint8],
    indptr: NDArray[np.int64],
    indices: NDArray[Any],
    weights: NDArray[Any],
) -> None:
    """Add to each citizen the weight of ties that came, take the weight of those that went; `before` becomes `now`."""
    rows = np.flatnonzero(now != before)
    if len(rows):
        counts = indptr[rows + 1] - indptr[rows]
        first = np.repeat(indptr[rows] - np.concatenate([[0], np.cumsum(counts)[:-1]]), counts)
        place = first + np.arange(len(first))
        change = np.repeat(now[rows].astype(np.int32) * 2 - 1, counts) * weights[place]
        np.add.at(tied, indices[place], change.astype(np.int32))
        before[:] = now


def count(
    cell: NDArray[np.uint16], acts: NDArray[np.int8], acts_twin: NDArray[np.int8], cells: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Count acts and twin acts by cell."""
    if len(cell) > _FEW:  # more acts in a cell than ride beside the twins' in one float
        one, other = (np.bincount(cell, weights=x, minlength=cells) for x in (acts, acts_twin))
        return one.astype(np.int64), other.astype(np.int64)
    both = np.bincount(cell, weights=acts + 2.0**24 * acts_twin, minlength=cells)
    packed = both.astype(np.int64)
    return packed & (2**24 - 1), packed >> 24


def lane_of(total: Any, lane: Any) -> Any:
    """Take one behaviour's signed 16-bit sum out of the words, as float32; the whole word where `lane` is below 0."""
    if lane < 0:
        return np.asarray(total).astype(np.float32)
    shifted = (total + BIAS) >> lane
    return np.float32(np.int32(shifted & LANE_MASK) - HALF_LANE)


BIAS = np.int64(0x0000800080008000 | (0x8000 << 48) - (1 << 64))
LANE_MASK = np.int64(0xFFFF)
HALF_LANE = np.int32(0x8000)
LANE_BITS = 16
LANES = 4
ALONE = -1
"""The lane of a behaviour whose sums do not fit 16 bits, so that it has words of its own."""


def place_of(behaviour: int, lanes: int) -> tuple[int, int]:
    """Return which words a behaviour rides in and its lane, where `lanes` behaviours share words."""
    return behaviour // lanes, LANE_BITS * (behaviour % lanes) if lanes > 1 else ALONE


def _slices(n: int) -> list[slice]:
    return [slice(i, min(i + SLICE, n)) for i in range(0, n, SLICE)]


def _at(x: Any, part: slice) -> Any:
    return x[part] if isinstance(x, np.ndarray) and x.ndim else x
