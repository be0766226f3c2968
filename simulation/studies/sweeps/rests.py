"""What stands behind the arms of a study: at the scenario's own values, and with one factor at an end of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulation.core.errors import KwamdeeError
from simulation.results.behind import AtEnd, Behind, StudyBehind, behind, more_at_end
from simulation.scenario.model import Scenario
from simulation.studies.backed import pilot_of, pilot_said
from simulation.studies.evidence.leaning import leanings
from simulation.studies.plan.factors import Factor
from simulation.studies.plan.study import Study

MOST_WORDS = 8
"""Values that are words, of which all are looked at; more of them are not."""


def rests_of(study: Study) -> StudyBehind:
    """Look up what stands behind each arm that a study compares; nothing is run.

    Factors are looked at one by one, all else as in the scenario; not those of a world from files, for each look reads
    the world anew.
    """
    usual = _behind(study.scenario, study.arms)
    ends: list[AtEnd] = []
    looked: list[str] = []
    not_looked: list[str] = []
    for factor in study.design.factors:
        if factor.parameter:
            continue
        found = None if study.scenario.world.files is not None else _at_ends(study, factor, usual)
        (not_looked if found is None else looked).append(factor.facts.name)
        ends += found or []
    pilot = pilot_of(study.parameters, study.scenario)
    said = None if pilot is None else pilot_said(pilot)
    return StudyBehind(usual, tuple(ends), tuple(looked), tuple(not_looked), said)


def _at_ends(study: Study, factor: Factor, usual: Mapping[str, Behind]) -> list[AtEnd] | None:
    """Return what is to be warned of at the ends of one factor; None where they cannot be looked at by themselves."""
    values = ends_of(factor)
    if len(values) > MOST_WORDS:
        return None
    found = []
    try:
        for value in values:
            there = _behind(study.scenario.with_({key: value for key in factor.facts.keys}), study.arms)
            pairs = [(arm, usual[arm], there[arm]) for arm in usual if arm in there]
            found += [more_at_end(factor.facts.name, value, *pair) for pair in pairs]
    except KwamdeeError:  # a value that is right only together with those of other factors
        return None
    return [x for x in found if x is not None]


def ends_of(factor: Factor) -> tuple[Any, ...]:
    """Return the least and the most of a factor's values; all of them where they are no numbers."""
    if not factor.facts.numeric:
        return factor.facts.values
    if factor.facts.values:
        return tuple(dict.fromkeys((min(factor.facts.values), max(factor.facts.values))))
    many = factor.listed or 2
    return tuple(dict.fromkeys((factor.level(0, many), factor.level(many - 1, many))))


def _behind(scenario: Scenario, arms: tuple[str, ...]) -> dict[str, Behind]:
    found = leanings(scenario)
    return {name: behind(found[name]) for name in arms if name in found}
