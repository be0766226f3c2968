"""A trace of one citizen as plain rows: a week, a term or an offer each, without NumPy types and without NaN."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from simulation.agents.citizens_table import AGE_BANDS, SECTORS, SEXES
from simulation.core.graph import LAYER_NAMES
from simulation.engine.decision import REASONS, TERMS, acting_part
from simulation.engine.trace import OFFERED, Trace

Rows = list[dict[str, Any]]
SATANG = 100
_OF_WEEK = (
    "opportunities", "acts", "acts_twin", "probability", "twin_probability", "logit", "twin_logit", "draw", "again",
    "decided", "live", "neighbours", "neighbours_acted", "neighbours_acted_twin", "neighbours_share",
    "neighbours_share_twin", "norm", "habit", "habit_after", "crowding",
)  # fmt: skip
_OF_OFFER = (
    "open", "closed_by_budget", "eligible", "reached", "enrolled", "live", "joined", "left", "never_began",
    "could_sign_up", "chance_to_sign_up", "sign_up_draw", "ties_enrolled",
)  # fmt: skip
KEPT = "kept"
"""The cause of a sticky act that stands from an earlier decision."""


def person_of(found: Trace, behaviours: Sequence[str]) -> dict[str, Any]:
    """Return who the citizen is: traits, place, work, ties by layer, and what is its own in each behaviour."""
    p, row = found.state.prepared, int(found.rows[0])
    c, g = p.citizens, p.graph
    layers = g.layers[g.indptr[row] : g.indptr[row + 1]]
    mine = int(c.organisation[row])
    names = [b.name for b in p.behaviours]
    return {
        "citizen": row + 1,
        "row": row,
        "age": int(c.age[row]),
        "age_band": AGE_BANDS[int(c.age_band[row])],
        "sex": SEXES[int(c.sex[row])],
        "urban": bool(c.urban[row]),
        "online": bool(c.online[row]),
        "own_tables": p.scenario.world.files is not None,
        "locality": c.locality_names[int(c.locality[row])],
        "locality_number": int(c.locality[row]) + 1,
        "wage_baht": _plain(c.wage[row]),
        "income_fifth": int(c.income_fifth[row]) + 1,
        "sector": SECTORS[int(c.sector[row])],
        "organisation_members": int((c.organisation == mine).sum()) if mine >= 0 else 0,
        "ties": len(layers),
        "ties_by_layer": {name: int((layers >> i & 1).sum()) for i, name in enumerate(LAYER_NAMES)},
        "responsiveness": {b: _plain(p.responsiveness[names.index(b)][row]) for b in behaviours},
        "own_rate": {b: _plain(p.rate[names.index(b)][row]) for b in behaviours},
    }


def week_rows(found: Trace, behaviours: Sequence[str], window: tuple[int, int]) -> Rows:
    """Return one row a week and behaviour, with what happened (`events`) and what moved the chance most (`cause`)."""
    out: Rows = []
    for i, name in _chosen(found, behaviours):
        data, happened = found.behaviours[i], _events(found, i)
        moved = acting_part(data["terms"][:, :, 0].T)
        for t in _weeks(window):
            row = {"week": t, "behaviour": name, "offered": _offered(found, i, t)}
            row |= {key: _plain(data[key][t, 0]) for key in _OF_WEEK}
            row["paid_baht"] = int(data["paid_satang"][t, 0]) / SATANG
            out.append(row | {"events": happened[t], "cause": _cause(data, moved[:, t], t)})
    return out


def term_rows(found: Trace, behaviours: Sequence[str], window: tuple[int, int]) -> Rows:
    """Return one row a week, behaviour and term; value = weight x feature, for features of an offer x responsiveness.

    `value_twin` is the twin's own, `acting` what truly moved the chance (0 where a stronger force acted instead).
    """
    out: Rows = []
    for i, name in _chosen(found, behaviours):
        data = found.behaviours[i]
        moved = acting_part(data["terms"][:, :, 0].T)
        for t in _weeks(window):
            for k, term in enumerate(TERMS):
                value = _plain(data["terms"][t, k, 0])
                twin = value if term in ("alpha", "trend") else 0.0
                out.append(
                    {
                        "week": t,
                        "behaviour": name,
                        "term": term,
                        "weight": _plain(data["weights"][t, k, 0]),
                        "feature": _plain(data["features"][t, k, 0]),
                        "responsiveness": _plain(data["responsiveness"][t, 0]) if term in REASONS else None,
                        "value": value,
                        "value_twin": _plain(data["twin_bound"][t, 0]) if term == "bound" else twin,
                        "acting": _plain(moved[k, t]),
                    }
                )
    return out


def offer_rows(found: Trace, behaviours: Sequence[str], window: tuple[int, int]) -> Rows:
    """Return one row a week and scheme: who may, who does, what is offered, what was claimed and paid."""
    out: Rows = []
    for s, data in zip(found.state.schemes, found.schemes, strict=True):
        name = found.state.behaviours[s.behaviour]
        if name not in behaviours:
            continue
        for t in _weeks(window):
            row = {"week": t, "behaviour": name, "scheme": s.name, "kind": s.scheme.kind}
            row |= {key: _plain(data[key][t, 0]) for key in (*_OF_OFFER, *OFFERED, "claimed")}
            row |= {
                "paid_baht": int(data["paid_satang"][t, 0]) / SATANG,
                "areas_baht": int(data["areas_satang"][t, 0]) / SATANG,
                "accounts": {
                    key.removeprefix("account_"): _plain(data[key][t, 0]) for key in data if key.startswith("account_")
                },
            }
            out.append(row)
    return out


def endings(found: Trace, behaviours: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Return for each behaviour the totals of all weeks.

    `acting` is each term's part in what moved the chance, summed, logit; `acts_by_cause` are the acts apart from the
    twin's by what moved the chance most in their week, which add up to the difference; `most` is the largest of them.
    """
    out = {}
    for i, name in _chosen(found, behaviours):
        data = found.behaviours[i]
        acts, twin = int(data["acts"].sum()), int(data["acts_twin"].sum())
        weekly = acting_part(data["terms"][:, :, 0].T)
        moved = weekly.sum(axis=1)
        by_term = {term: _plain(moved[k]) for k, term in enumerate(TERMS) if moved[k] != 0.0}
        schemes = [(s, d) for s, d in zip(found.state.schemes, found.schemes, strict=True) if s.behaviour == i]
        by_cause: dict[str, int] = {}
        for t in range(len(data["acts"])):
            apart = int(data["acts"][t, 0]) - int(data["acts_twin"][t, 0])
            if apart:
                cause = _cause(data, weekly[:, t], t)
                by_cause[cause] = by_cause.get(cause, 0) + apart
        ranked = by_cause or by_term
        held = [int(d["account_holds"].sum()) for _, d in schemes if "account_holds" in d]
        out[name] = {
            "acts": acts,
            "acts_twin": twin,
            "difference": acts - twin,
            "opportunities": int(data["opportunities"].sum()),
            "weeks_live": int(data["live"].sum()),
            "paid_baht": int(data["paid_satang"].sum()) / SATANG,
            "payments": int((data["paid_satang"] > 0).sum()),
            "weeks_honoured": sum(held),
            "acting": by_term,
            "acts_by_cause": by_cause,
            "most": max(ranked, key=_size_in(ranked), default=None),
            "checked_share": min((float(s.scheme.checks.share) for s, _ in schemes), default=1.0),
        }
    return out


def _size_in(values: Mapping[str, float]) -> Any:
    def size(term: str) -> float:
        return abs(values[term])

    return size


def _events(found: Trace, behaviour: int) -> list[list[dict[str, str]]]:
    """Return for each week what happened: the offer opened or ended, the citizen joined, never began, or left."""
    weeks: list[list[dict[str, str]]] = [[] for _ in range(found.state.records.weeks)]
    for s, data in zip(found.state.schemes, found.schemes, strict=True):
        if s.behaviour != behaviour:
            continue
        was_open = False
        for t, happened in enumerate(weeks):
            is_open = bool(data["open"][t, 0])
            if is_open and not was_open:
                happened.append({"event": "opened", "scheme": s.name})
            for event in ("joined", "never_began", "left"):
                if data[event][t, 0]:
                    happened.append({"event": event, "scheme": s.name})
            if was_open and not is_open:
                spent = bool(data["closed_by_budget"][t, 0])
                happened.append({"event": "budget" if spent else _stopped(s, t), "scheme": s.name})
            was_open = is_open
    return weeks


def _stopped(s: Any, week: int) -> str:
    """Tell whether a scheme that is on no more ended or is out of season."""
    return "ended" if week >= s.scheme.schedule.end else "paused"


def _offered(found: Trace, behaviour: int, t: int) -> bool:
    """Tell whether a scheme offers this citizen anything in a week, joined or not."""
    schemes = zip(found.state.schemes, found.schemes, strict=True)
    return any(bool(d["open"][t, 0] and d["reached"][t, 0]) for s, d in schemes if s.behaviour == behaviour)


def _cause(data: dict[str, Any], moved: Any, t: int) -> str:
    """Return the term that moved the chance most in the direction in which it moved; empty where nothing did."""
    if not data["decided"][t, 0]:
        return KEPT if data["acts"][t, 0] != data["acts_twin"][t, 0] else ""
    gap = float(data["logit"][t, 0] - data["twin_logit"][t, 0])
    if gap == 0.0:
        return ""
    return TERMS[int(np.argmax(moved * np.sign(gap)))]


def _chosen(found: Trace, behaviours: Sequence[str]) -> list[tuple[int, str]]:
    return [(i, name) for i, name in enumerate(found.state.behaviours) if name in behaviours]


def _weeks(window: tuple[int, int]) -> range:
    return range(window[0], window[1] + 1)


def _plain(x: Any) -> Any:
    """Return a Python value; None where there is none."""
    value = x.item() if hasattr(x, "item") else x
    return None if isinstance(value, float) and not math.isfinite(value) else value
