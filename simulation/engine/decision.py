"""One decision taken apart: what each term of equation (6) adds to the log-odds of chosen citizens.

It is read from the engine's own columns after the phase `decide`, with the law's own functions, and writes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.agents import equations as law
from simulation.core.floats import log64
from simulation.engine.offers import Features, discrepancy_of
from simulation.engine.portfolio import rule_of, strongest
from simulation.engine.state import SchemeState, State
from simulation.engine.terms import BehaviourTerms

REASONS = ("contingent", "money", "recognition", "appeal", "commitment", "pivotality", "message")
"""The features of equation (4), each weighed by its beta and by the citizen's responsiveness s."""
TERMS = (
    "alpha", "trend", *REASONS, "discrepancy", "expectation", "norm", "habit", "overlap", "crowding",
    "elsewhere", "ease", "bound",
)  # fmt: skip
"""What adds up to the logit. `overlap` takes off the weaker of two forces of one sign, equation (5); `expectation` and
`elsewhere` are what [law] adds before and after the push; `bound` is what
holding the logit within +-16 takes off, equation (6)."""
TODAY = (*REASONS, "discrepancy", "expectation", "norm")
"""The terms of Z, today's reasons."""
FURTHEST_LOGIT = 16.0
BETAS = ("beta_c", "beta_m", "beta_r", "beta_a", "beta_k", "beta_t", "w_d")


@dataclass(frozen=True, eq=False)
class Decision:
    """A week's decision on one behaviour, by citizen; all float64, logit where no unit is said.

    Attributes:
        terms: (term, citizen), in the order of TERMS; they add up to `logit`.
        weights: (term, citizen), the law's own weight of each term's feature.
        features: (term, citizen); term = weight x feature, times `responsiveness` for REASONS.
        responsiveness: s of equation (2), a factor.
        logit: Log-odds of an act in the scheme world.
        twin_logit: Log-odds of an act of the twin.
        twin_bound: What `bound` is for the twin.
    """

    terms: NDArray[np.float64]
    weights: NDArray[np.float64]
    features: NDArray[np.float64]
    responsiveness: NDArray[np.float64]
    logit: NDArray[np.float64]
    twin_logit: NDArray[np.float64]
    twin_bound: NDArray[np.float64]


def decision_of(state: State, b: BehaviourTerms, rows: NDArray[np.int64]) -> Decision:
    """Take this week's decision on a behaviour apart for some citizens; call it after `decide`, before `settle`."""
    p, c, i = state.prepared, state.columns, b.index
    s = p.responsiveness[i][rows].astype(np.float64)
    trend = c["trend_odds"][state.sticky_row(i)][rows] if b.sticky else np.full(len(rows), b.trend_odds(state.week))
    weights, features = np.ones((len(TERMS), len(rows))), np.zeros((len(TERMS), len(rows)))

    def put(name: str, feature: Any, weight: Any = 1.0) -> NDArray[np.float64]:
        place = TERMS.index(name)
        weights[place], features[place] = weight, feature
        return np.asarray(weights[place] * features[place])

    own = put("alpha", p.alpha[i][rows]) + put("trend", log64(trend.astype(np.float64)))
    bundles, unknown = bundles_at(state, i, rows)
    reason = np.zeros(len(rows))
    for name, beta in zip(REASONS, BETAS, strict=True):
        offered = np.sum([pulls[name] for pulls in bundles], axis=0, dtype=np.float64)
        reason += s * put(name, offered, getattr(p.betas, beta))
    reason += put("discrepancy", np.clip(unknown, -reason, reason))
    today = (
        reason + put("expectation", at(state.today[i].extra, rows)) + put("norm", c["norm"][i][rows], b.visible_norm)
    )
    habit = put("habit", c["habit"][i][rows], b.habit)
    pushed = np.maximum(np.maximum(today, habit), 0.0) + np.minimum(np.minimum(today, habit), 0.0)
    put("overlap", pushed - (today + habit))
    moved = pushed + put("crowding", c["crowding"][i][rows], -1.0)
    moved += put("elsewhere", at(state.today[i].lift + state.today[i].held, rows)) + put("ease", _ease(state, i, rows))
    twin, twin_bound = _held(own)
    logit, bound = _held(twin + moved)
    put("bound", twin_bound + bound)
    terms = weights * features
    for name in REASONS:
        terms[TERMS.index(name)] *= s
    return Decision(terms, weights, features, s, logit, twin, twin_bound)


def acting_part(terms: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return what truly moved the chance: of two forces of one sign the weaker counts as 0; shape of `terms`.

    The terms that a twin has too (`alpha`, `trend`) are 0, and so are `overlap` and `bound`.
    """
    out = np.array(terms)
    today = out[[TERMS.index(x) for x in TODAY]].sum(axis=0)
    habit = out[TERMS.index("habit")]
    one_sign = today * habit > 0
    for name in TODAY:
        out[TERMS.index(name)][one_sign & (np.abs(today) < np.abs(habit))] = 0.0
    out[TERMS.index("habit")] = np.where(one_sign & (np.abs(habit) <= np.abs(today)), 0.0, habit)
    for name in ("alpha", "trend", "overlap", "bound"):
        out[TERMS.index(name)] = 0.0
    return out


def at(x: Any, rows: NDArray[np.int64]) -> NDArray[Any]:
    """Return the values of some citizens of a column, or of one number for all."""
    return np.asarray(x[rows]) if isinstance(x, np.ndarray) and x.ndim else np.full(len(rows), x)


def _held(logit: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    held = np.clip(logit, -FURTHEST_LOGIT, FURTHEST_LOGIT)
    return held, held - logit


def _live_schemes(state: State, behaviour: int) -> list[SchemeState]:
    """Return the schemes that weigh in the behaviour this week; one of no worth asks nobody."""
    aimed = [s for s in state.schemes if s.behaviour == behaviour and s.features is not None]
    return [s for s in aimed if s.moves_acts and s.kinds and state.live[s.index].any()]


def bundles_at(
    state: State, behaviour: int, rows: NDArray[np.int64]
) -> tuple[list[dict[str, NDArray[np.float32]]], NDArray[np.float64]]:
    """Return what weighs together in equation (4), and what is unknown of it.

    That is the features of all live schemes, or of each one where they are weighed apart, and omega z of all kinds that
    are live, not yet held within R.
    """
    live = [(s, state.live[s.index][rows].astype(np.float32)) for s in _live_schemes(state, behaviour)]
    rule, unknown = rule_of(state), discrepancy_at(state, behaviour, live, rows)
    if rule == "counts-once" or len(live) < 2:
        return [_pulls(state, live, rows)], unknown
    if rule == "strongest":
        first = strongest([s.reason[rows] for s, _ in live], [on for _, on in live])
        live = [(s, on * np.float32(first == place)) for place, (s, on) in enumerate(live)]
    return [_pulls(state, [x], rows) for x in live], unknown


def _pulls(
    state: State, live: list[tuple[SchemeState, NDArray[np.float32]]], rows: NDArray[np.int64]
) -> dict[str, NDArray[np.float32]]:
    """Return the features of equation (4) that each citizen's live schemes offer.

    As in `offers.bundle`: the worth of an act adds, of every other feature the largest counts.
    """
    found = {name: np.zeros(len(rows), np.float32) for name in REASONS}
    days = np.zeros(len(rows), np.float32)
    for s, on in live:
        for name, value in _features_at(s.features, rows).items():
            found[name] = np.maximum(found[name], value * on)
        f = s.features
        days = days + at(f.value, rows) * f.discount / at(f.wage, rows) * on
    one = np.float32(1.0)
    found["money"] = law.money_pull(days, one, one, state.prepared.betas.v0)
    return found


def _features_at(f: Features, rows: NDArray[np.int64]) -> dict[str, NDArray[np.float32]]:
    """Return what one scheme offers but for money."""
    return {
        "contingent": at(f.contingent, rows),
        "recognition": law.recognition_pull(at(f.visibility, rows), at(f.holders_share, rows)),
        "appeal": at(f.appeal, rows),
        "commitment": at(f.commitment, rows),
        "pivotality": at(f.pivotality, rows),
        "message": law.message_pull(at(f.message, rows), at(f.reference, rows), at(f.rate, rows)),
    }


def discrepancy_at(
    state: State, behaviour: int, live: list[tuple[SchemeState, NDArray[np.float32]]], rows: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Return omega z of the kinds that are live in each citizen, not yet held within R."""
    p = state.prepared
    if len(live) == 1:  # known since the arm was opened
        (s, on), *_ = live
        return np.where(on > 0, float(s.discrepancy), 0.0)
    combination = np.zeros(len(rows), np.int64)
    for place, (_, on) in enumerate(live):
        combination |= (on > 0).astype(np.int64) << place
    codes, which = np.unique(combination, return_inverse=True)
    table = np.zeros(len(codes))
    for i, code in enumerate(codes.tolist()):
        kinds = [k for place, (s, _) in enumerate(live) if code >> place & 1 for k in s.kinds]
        table[i] = float(discrepancy_of(p.streams, behaviour, kinds, p.parameters.omega))
    return np.asarray(table[which])


def _ease(state: State, behaviour: int, rows: NDArray[np.int64]) -> NDArray[np.float64]:
    today = state.today[behaviour]
    return np.asarray(at(today.ease, rows) * at(today.live, rows), dtype=np.float64)
