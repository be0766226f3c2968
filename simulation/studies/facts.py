"""What reports say of a scenario before anything is run."""

from __future__ import annotations

import platform
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np

from simulation.agents.ensemble import ParameterSource, asked_of, label_of
from simulation.core.params import Text
from simulation.core.version import VERSION
from simulation.incentives.base import Scheme
from simulation.incentives.budget import has_budget
from simulation.incentives.rights import scheme_violations
from simulation.results.outcomes import Window
from simulation.results.rights import RULES
from simulation.results.summary import ArmFacts, ScenarioFacts, SchemeFacts
from simulation.scenario.law_rules import undisplaced, undisplaced_warning
from simulation.scenario.model import Arm, Scenario
from simulation.scenario.serves import serves
from simulation.studies.currency import in_currency
from simulation.studies.own_world import of_own_world
from simulation.studies.replayed import all_take_part
from simulation.studies.rules_said import rules_turned
from simulation.studies.scheme_words import details_of_arm, joining, what_of_arm
from simulation.studies.world_words import people_are_real, world_of
from simulation.world.facts import name_of_act


def _named(behaviour: str) -> Text:
    en, th = name_of_act(behaviour)
    return Text(en=en, th=th)


def scenario_name(scenario: str | Path | Scenario) -> str:
    """Return the short name of a scenario: its file's stem."""
    return scenario.name or "scenario" if isinstance(scenario, Scenario) else Path(scenario).stem


def facts_of(
    scenario: Scenario,
    name: str,
    parameters: ParameterSource = "posterior",
    source: str | Path | Scenario = "",
    settings: Sequence[str] = (),
    quick: bool = False,
    notices: tuple[Text, ...] | None = None,
) -> ScenarioFacts:
    """Collect what reports say of a scenario; `settings` and `quick` are what was asked, to repeat the command.

    `notices` of an own world are read from its tables where they are not given.
    """
    titles = {key: b.title or _named(key) for key, b in scenario.behaviours.items()}
    act = next(iter(titles.values()))
    if len(scenario.behaviours) > 1:
        act = Text(en="acts of all behaviours", th="การกระทำทุกพฤติกรรม")
    return ScenarioFacts(
        name=name,
        title=scenario.about.title,
        question=scenario.about.question,
        act=act,
        digest=scenario.digest,
        seed=scenario.run.seed,
        replicates=scenario.run.replicates,
        weeks=scenario.run.weeks,
        citizens=scenario.world.citizens,
        decider=scenario.world.decider,
        smallest_effect_pp=scenario.run.smallest_effect_pp,
        smallest_cell=scenario.rights.smallest_cell,
        parameters=label_of(parameters),
        versions=tuple(versions().items()),
        arms=tuple(
            _with_sides(_arm_facts(n, a, titles, scenario.currency), a, scenario, titles)
            for n, a in scenario.arms.items()
        ),
        world=world_of(scenario),
        people_are_real=people_are_real(scenario),
        observed=_levels(scenario),
        lever=_lever(scenario),
        cautions=tuple((c.rule, c.key, c.text) for c in scenario.warnings),
        left_out=tuple(_left_out(titles[name]) for name in undisplaced(scenario)),
        rules=tuple(rules_turned(scenario)),
        cost_ceiling_baht=scenario.cost_ceiling_baht,
        sources=_sources(scenario),
        world_notices=(*of_own_world(scenario), *all_take_part(scenario)) if notices is None else notices,
        behaviours=tuple(titles.items()),
        serves=tuple((key, *serves(key, b)) for key, b in scenario.behaviours.items()),
        command=_command(source, asked_of(parameters), settings, quick),
        quick=quick,
        again=_command(source, asked_of(parameters), [s for s in settings if not s.startswith("run.replicates=")]),
    )


def _levels(scenario: Scenario) -> tuple[tuple[str, float, float | None], ...]:
    """Return the published levels of arms as shares, with their standard errors; none that was recalled."""
    study = scenario.study
    scale = 1.0 if study is None or study.outcome is None else study.outcome.scale
    levels = [o for o in scenario.observed if o.provenance != "recalled" and o.quantity == "level"]
    return tuple((o.arm, o.value / scale, None if o.se is None else o.se / scale) for o in levels)


def _left_out(title: Text) -> Text:
    return Text(en=undisplaced_warning(title.en, "en"), th=undisplaced_warning(title.th, "th"))


def _lever(scenario: Scenario) -> str:
    """Return the first amount of a scheme, doubled, as a change to try."""
    for arm_name, arm in scenario.arms.items():
        for name, scheme in arm.schemes.items():
            for amount in type(scheme).amounts:
                value = getattr(scheme, amount)
                if value:
                    return f"arms.{arm_name}.schemes.{name}.{amount}={2 * value:g}"
    return ""


def _sources(scenario: Scenario) -> tuple[tuple[str, str], ...]:
    """Return every source that the scenario names, by the table it stands in."""
    found: dict[str, str] = {}

    def look(data: Any, path: str) -> None:
        if isinstance(data, dict):
            if isinstance(data.get("source"), str):
                found[path] = data["source"]
            for key, value in data.items():
                look(value, f"{path}.{key}".strip("."))

    look(scenario.model_dump(mode="json", exclude={"sources"}), "")
    return (*found.items(), *scenario.sources.items())


def _command(source: str | Path | Scenario, parameters: str, settings: Sequence[str], quick: bool = False) -> str:
    """Return the command that repeats the comparison; empty where it was made in Python from a Scenario."""
    if isinstance(source, Scenario):
        return ""
    short = {"run.seed": "--seed", "run.replicates": "--replicates"}
    words = ["kwamdee", "compare", str(source), *(["--quick"] if quick else [])]
    for setting in settings:
        key, _, value = setting.partition("=")
        words += [short[key], value] if key in short else ["--set", setting]
    words += ["--parameters", parameters] if parameters != "posterior" else []
    return shlex.join(words)


def _arm_facts(name: str, arm: Arm, acts: Mapping[str, Text], currency: str | None) -> ArmFacts:
    schemes = list(arm.schemes.values())
    plain = name.replace("_", " ").capitalize()
    if not schemes:
        return ArmFacts(
            name, arm.title or Text(en="No scheme", th="ไม่มีมาตรการ"), Text(en="Nothing", th="ไม่มี"), "", None, ""
        )
    window = Window.over([block for s in schemes for block in s.schedule.blocks])
    what = what_of_arm(schemes)
    title = arm.title or (schemes[0].title if len(schemes) == 1 else None) or Text(en=plain, th=plain)
    how = [joining(s) for s in schemes if s.enrolment.mode == "opt-in"]
    weakest = max(schemes, key=lambda s: _WEAKER.index(s.strength))
    mechanisms = list(dict.fromkeys((s.rests_on.en, s.rests_on.th) for s in schemes))
    rests_on = Text(en="; ".join(en for en, _ in mechanisms), th=" ".join(th for _, th in mechanisms))
    level = max((s.level for s in schemes), key=_LEVELS.index)
    said = details_of_arm(schemes, acts)
    broken = [v for key, s in arm.schemes.items() for v in scheme_violations(s, key)]
    return ArmFacts(
        name,
        title,
        _counted_in(what, currency),
        level,
        window,
        how[0] if how else "automatic",
        rests_on,
        weakest.strength,
        currency is None and not any(getattr(s, "days_of_wage_per_act", None) for s in schemes),
        tuple(_counted_in(text, currency) for text in said),
        tuple((rule, sum(v.rule == rule for v in broken)) for rule in RULES),
        schemes=tuple(_scheme_facts(key, s, acts) for key, s in arm.schemes.items()),
    )


def _counted_in(text: Text, currency: str | None) -> Text:
    en, th = in_currency(text.en, text.th, currency)
    return text if currency is None else Text(en=en, th=th)


def _scheme_facts(name: str, s: Scheme, acts: Mapping[str, Text]) -> SchemeFacts:
    """Return what reports know of a scheme by itself; `acts` are what the behaviours are called."""
    return SchemeFacts(
        name=name,
        title=s.title or s.label,
        act=acts.get(s.behaviour or "") or next(iter(acts.values())),
        level=s.level,
        start=s.schedule.first,
        keeps_open=tuple(way for way in ("pro-rata", "waiting-list") if _may_take(s, way)),
    )


def _may_take(s: Scheme, when_spent: str) -> bool:
    """Tell whether a scheme with a budget that closes it could take another way as its money ends."""
    if s.when_spent != "close" or not has_budget(s):
        return False
    try:
        type(s).model_validate({**s.model_dump(exclude_unset=True), "when_spent": when_spent})
    except ValueError:
        return False
    return True


def _with_sides(facts: ArmFacts, arm: Arm, scenario: Scenario, titles: Mapping[str, Text]) -> ArmFacts:
    """Add which behaviours lose hours to what the arm rewards, and at which several of its schemes aim."""
    aimed = [s.behaviour or next(iter(titles)) for s in arm.schemes.values()]
    dial = bool(scenario.law.displacement)
    losing = {name for name, b in scenario.behaviours.items() if dial and set(b.substitutes) & set(aimed)}
    return replace(
        facts,
        displaced=tuple(name for name in titles if name in losing and name not in aimed),
        combine=arm.combine,
        together=tuple(title for name, title in titles.items() if aimed.count(name) > 1),
    )


_LEVELS = ("individual", "organisation", "area")


_WEAKER = ("several studies", "one study", "judgement")


def versions() -> dict[str, str]:
    """Return the versions of what the numbers rest on."""
    found = {"kwamdee": VERSION, "python": platform.python_version(), "numpy": np.__version__}
    for name in ("numba", "mesa", "networkx"):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found
