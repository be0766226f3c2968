"""How many organisations and localities run a scheme: counted each week, and given as rows of the series."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.engine.state import State
from simulation.engine.units import Deciding, UnitKind

GROUP_KINDS: dict[UnitKind, str] = {"organisation": "organisations_running", "locality": "localities_running"}
"""Kinds of group in the series: `acts` are units that run a scheme, `opportunities` the units there are."""


def count_running(state: State) -> None:
    """Count, by kind of unit, those that run at least one scheme of the arm this week, and of their twins."""
    for kind in GROUP_KINDS:
        deciding = _deciding(state, kind)
        if not deciding:
            continue
        counts = state.running.setdefault(kind, np.zeros((state.records.weeks, 2), np.int64))
        for world, columns in enumerate(([u.running for u in deciding], [u.running_twin for u in deciding])):
            counts[state.week, world] = int(np.maximum.reduce(columns).sum())


def running_rows(state: State) -> dict[str, NDArray[Any]]:
    """Return the counts as rows of the series, a row a week and kind of unit; none where nobody decides."""
    kinds = [kind for kind in GROUP_KINDS if kind in state.running]
    weeks = state.records.weeks
    there = [int(_deciding(state, kind)[0].units.exists.sum()) for kind in kinds]
    counts = np.concatenate([np.zeros((0, 2), np.int64), *(state.running[kind] for kind in kinds)])
    n = len(counts)
    return {
        "week": np.tile(np.arange(weeks), len(kinds)),
        "behaviour": np.full(n, "", dtype=object),
        "group_kind": np.repeat(np.array([GROUP_KINDS[kind] for kind in kinds], dtype=object), weeks),
        "group": np.full(n, "all", dtype=object),
        "acts": counts[:, 0],
        "acts_twin": counts[:, 1],
        "opportunities": np.repeat(np.array(there, dtype=np.int64), weeks),
        "people": np.repeat(np.array(there, dtype=np.int64), weeks),
        "enrolled": np.zeros(n, np.int64),
        "paid": np.full(n, np.nan),
    }


def _deciding(state: State, kind: UnitKind) -> list[Deciding]:
    return [s.units for s in state.schemes if s.units is not None and s.units.units.kind == kind]
