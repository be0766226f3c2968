"""Designs and outcomes joined: each figure that can be scored, with what was known of it beforehand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from simulation.scenario.between import CONTROL
from simulation.studies.evidence.coding import Span, rows_of
from simulation.studies.evidence.files import Design, read_all_outcomes
from simulation.studies.evidence.rows import Row, Target
from simulation.studies.evidence.rules import Known
from simulation.studies.evidence.targets import Figure, figures_of
from simulation.studies.evidence.unscored import Unscored, unscored_of


def known_of(designs: Sequence[Design]) -> tuple[Known, tuple[Unscored, ...]]:
    """Return the rows with a figure that can be scored, and the figures that are not, each with its reason.

    A row observed twice counts once, by its first figure.

    Raises:
        ScenarioError: With every mistake of every study's outcomes.
    """
    known: list[tuple[Row, Target]] = []
    listed: list[Unscored] = []
    for design, outcomes in zip(designs, read_all_outcomes(designs), strict=True):
        figures = [f for f in figures_of(design.scenario, outcomes.observed) if f.span.arm != CONTROL]
        scored: dict[Span, Figure] = {}
        for f in figures:
            if _target(f) is not None:
                scored.setdefault(f.span, f)
        listed += unscored_of(design.id, figures, scored)
        others = [f.against for f in scored.values() if _compared(f) and f.against is not None]
        spans = list(dict.fromkeys([*scored, *others]))
        rows = dict(zip(spans, rows_of(design.scenario, design.id, spans), strict=True)) if spans else {}
        for span, f in scored.items():
            row, target = rows[span], _target(f)
            known.append((replace(row, against=rows[f.against]) if f.against in rows and _compared(f) else row, target))
    return known, tuple(listed)


def _compared(f: Figure) -> bool:
    """Tell whether a figure is against an arm that has none of its own, so that both are predicted."""
    return f.target is None and f.against is not None


def _target(f: Figure) -> Any:
    return f.target_against if _compared(f) else f.target
