"""What the arms of a scenario lean on: the mechanisms that their schemes use, found from the features of the law, by code.

The same code says it of the published experiments, so that an arm and the studies behind it are held against each other
by one rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from simulation.incentives.base import Scheme
from simulation.results.behind import MECHANISMS, Leaning
from simulation.scenario.model import Arm, Scenario
from simulation.scenario.serves import serves
from simulation.studies.evidence.coding import rows_of
from simulation.studies.evidence.rows import Row


def leanings(scenario: Scenario) -> dict[str, Leaning]:
    """Return what each arm with schemes leans on; offers are read in a small society of the scenario."""
    rows: dict[str, list[Row]] = {}
    for row in rows_of(scenario, scenario.name or "scenario"):
        rows.setdefault(row.arm, []).append(row)
    return {name: _leaning(scenario, scenario.arms[name], found) for name, found in rows.items()}


def mechanisms_of(scenario: Scenario, row: Row) -> tuple[str, ...]:
    """Return the mechanisms that one figure of an arm depends on, in the order of `MECHANISMS`.

    What follows from the offer is read from its features; who runs it, who is chosen and how people join from its
    schemes; habit and sticky acts from when and how the behaviour is counted.
    """
    schemes = [s for s in scenario.arms[row.arm].schemes.values() if _aims(scenario, s, row.behaviour)]
    used = {*_of_offer(row, schemes), *_of_schemes(schemes)}
    used |= {"sticky"} if row.sticky else set()
    used |= {"habit"} if row.after else set()
    used |= {"peers"} if _seen_by_others(scenario, row.behaviour) else set()
    return tuple(name for name in MECHANISMS if name in used)


def kinds_of(scenario: Scenario, behaviours: Sequence[str]) -> tuple[str, ...]:
    """Return the virtues that behaviours serve first, as the scenario or the table of behaviours says."""
    found = [serves(name, scenario.behaviours[name])[0] for name in behaviours]
    return tuple(dict.fromkeys(virtue for virtue in found if virtue))


def _leaning(scenario: Scenario, arm: Arm, rows: Sequence[Row]) -> Leaning:
    used = {name for row in rows for name in mechanisms_of(scenario, row)}
    after = scenario.run.weeks - min(row.live_to for row in rows)
    used |= {"habit"} if after > 0 else set()
    used |= set(_of_schemes(list(arm.schemes.values())))
    worth = [row.value for row in rows if row.contingent > 0 and row.value > 0]
    levels = [row.baseline for row in rows]
    return Leaning(
        tuple(name for name in MECHANISMS if name in used),
        (min(worth), max(worth)) if worth else None,
        max(min(row.live_to, scenario.run.weeks) - row.live_from for row in rows),
        max(after, 0),
        (min(levels), max(levels)),
        kinds_of(scenario, [row.behaviour for row in rows]),
    )


def _of_offer(row: Row, schemes: Sequence[Scheme]) -> Iterator[str]:
    """Yield what the features of an offer say: a bundle has what any of its parts has."""
    by_lot = any(s.kind == "prize_draw" for s in schemes)
    sure = not by_lot or any(s.kind != "prize_draw" and type(s).controlling > 0 for s in schemes)
    paid = row.contingent > 0 and row.value > 0
    rules = (
        ("jump", row.contingent > 0),
        ("money", paid and sure),
        ("lottery", paid and by_lot),
        ("recognition", row.visibility > 0),
        ("appeal", row.appeal > 0),
        ("commitment", row.commitment > 0),
        ("team", row.pivotality > 0),
        ("comparison", row.message > 0),
        ("crowding", row.controlling > 0),
    )
    return (name for name, holds in rules if holds)


def _of_schemes(schemes: Sequence[Scheme]) -> Iterator[str]:
    """Yield what schemes say of themselves: how people join, who is chosen, and at which level they work.

    A scheme of organisations for which studies stand, such as a team's, leans on these and not on organisations.
    """
    rules = (
        ("take_up", any(s.enrolment.mode == "opt-in" for s in schemes)),
        ("seeding", any(s.target.nominated_share is not None or s.kind == "referral" for s in schemes)),
        ("areas", any(s.level == "area" or s.localities is not None for s in schemes)),
        (
            "organisations",
            any(
                s.organisations is not None or (s.level == "organisation" and s.strength == "judgement")
                for s in schemes
            ),
        ),
    )
    return (name for name, holds in rules if holds)


def _seen_by_others(scenario: Scenario, behaviour: str) -> bool:
    """Tell whether acts are seen by people who are tied, so that they may spread from person to person."""
    ties: Any = scenario.world.ties
    tied = scenario.world.files is not None or any((ties.work, ties.neighbourhood, ties.wide))
    return tied and scenario.behaviours[behaviour].visible > 0


def _aims(scenario: Scenario, scheme: Scheme, behaviour: str) -> bool:
    return (scheme.behaviour or next(iter(scenario.behaviours))) == behaviour
