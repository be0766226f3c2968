"""Hand a prepared society over to the plain model: raw numbers only, none of the package's equations."""

from __future__ import annotations

import math
from typing import Any

import networkx as nx

from benchmarks.oracle import OracleModel, OracleScheme
from simulation.core.streams import (
    ACTS,
    DROP_OUT,
    ENROL,
    NEVER_START,
    REDECISION,
    START,
    STICKY,
    stable_number,
)
from simulation.engine.offers import discrepancy_of
from simulation.engine.state import Prepared

CODED = {
    "points": {"contingent": 1.0, "controlling": 0.5},
    "prize_draw": {"contingent": 1.0, "controlling": 1.0},
    "matched_giving": {"contingent": 1.0},
    "recognition": {},
    "comparison": {"message": 1.0},
}
AUDIENCE = {"officials": 0.15, "own-rank": 0.25, "team": 0.30, "household": 0.35, "named-to-group": 0.70}
"""Written down here once more, for the oracle reads none of the package's tables."""


def plain_model(prepared: Prepared, arm: str) -> OracleModel:
    """Return the arm of a society as plain Mesa agents; every citizen is eligible and no budget ends."""
    p, people, g = prepared.parameters, prepared.citizens, prepared.graph
    ties = nx.Graph()
    ties.add_nodes_from(range(people.n))
    indptr, indices, weights = g.indptr.tolist(), g.indices.tolist(), g.weights.tolist()
    ties.add_weighted_edges_from(
        (i, indices[e], weights[e]) for i in range(people.n) for e in range(indptr[i], indptr[i + 1])
    )
    schemes = [_scheme(prepared, arm, name, scheme) for name, scheme in prepared.scenario.arms[arm].schemes.items()]
    streams, ids = prepared.streams, people.ids
    number = [stable_number(name) for name in prepared.scenario.arms[arm].schemes]
    every, each = range(len(prepared.behaviours)), range(len(schemes))

    def draws(week: int) -> dict[str, list[list[float]]]:
        found = {"uniform": [streams.uniform(ACTS, ids, b, week).tolist() for b in every]}
        for name, stream in (("again", REDECISION), ("redraw", STICKY)):
            found[name] = [
                streams.uniform(stream, ids, b.index, week).tolist() if b.sticky else [] for b in prepared.behaviours
            ]
        for name, stream in (("joining", ENROL), ("exits", DROP_OUT)):
            signs_up = [x.alpha_e is not None for x in schemes]
            found[name] = [streams.uniform(stream, ids, number[j], week).tolist() if signs_up[j] else [] for j in each]
        return found

    never = [(streams.uniform(NEVER_START, ids, number[j]) < p.never_start).tolist() for j in each]
    first = {b.index: streams.uniform(STICKY, ids, b.index, START).tolist() for b in prepared.behaviours if b.sticky}
    return OracleModel(
        alpha=prepared.alpha.tolist(),
        s=prepared.responsiveness.tolist(),
        people_data={
            "wage": people.wage.tolist(),
            "locality": people.locality.tolist(),
            "organisation": people.organisation.tolist(),
            "cell": prepared.demographic_cell.tolist(),
        },
        behaviours=[_behaviour(b, p) for b in prepared.behaviours],
        ties=ties,
        p=_weights(prepared),
        draws=draws,
        schemes=schemes,
        never=never,
        first_draw=first,
        crowding_waits=prepared.scenario.law.crowding_acts == "after",
    )


def _weights(prepared: Prepared) -> dict[str, float]:
    p, law = prepared.parameters, prepared.scenario.law
    found = {n: float(getattr(p, n)) for n in ("beta_c", "beta_m", "v0", "beta_r", "w_d", "w_e")}
    found |= {"lam": law.reference_dependence, "w_d": p.w_d * law.at_scale, "beta_r": p.beta_r * law.honour_at_scale}
    return found | ({} if law.fade is False or prepared.scenario.study is not None else {"phi": p.phi})


def _behaviour(b: Any, p: Any) -> dict[str, Any]:
    return {
        "n": b.n,
        "sticky": b.sticky,
        "redecision": b.redecision,
        "baseline": b.baseline,
        "nu": p.nu,
        "decay": math.exp(-p.chi),
        "visible_norm": float(b.visible_norm),
        "habit": float(b.habit),
        "gain": 1.0 - math.exp(-p.eta1 * (7 if b.sticky else b.n)),
        "crowding": b.crowding_scale,
    }


def _scheme(prepared: Prepared, arm: str, name: str, scheme: Any) -> OracleScheme:
    b = next(t for t in prepared.behaviours if t.name == scheme.behaviour)
    opt_in = scheme.enrolment.mode == "opt-in"
    value = {
        "points": getattr(scheme, "baht_per_act", 0.0),
        "prize_draw": getattr(scheme, "prize_baht", 0.0) * getattr(scheme, "chance_per_act", 0.0),
    }.get(scheme.kind, 0.0)
    z = discrepancy_of(prepared.streams, b.index, scheme.components, prepared.parameters.omega)
    return OracleScheme(
        behaviour=b.index,
        start=scheme.schedule.start,
        end=scheme.schedule.start + scheme.schedule.weeks,
        value=value,
        visibility=AUDIENCE[scheme.audience] if scheme.kind == "recognition" else 0.0,
        discrepancy=float(z),
        satang_per_act=round(100 * value) if scheme.kind == "points" else 0,
        share_needed=scheme.share_needed if scheme.kind == "recognition" else None,
        alpha_e=prepared.uptake[arm, name] if opt_in else None,
        exit_chance=prepared.parameters.drop_out,
        value_to_join=value * b.opportunities * b.baseline,
        **CODED[scheme.kind],
    )
