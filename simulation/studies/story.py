"""A citizen's story: one citizen of one arm, week by week, in the scheme's world and as its own twin."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulation.core.errors import InputError, one_of, whole_number
from simulation.core.names import did_you_mean, quoted
from simulation.core.params import Text
from simulation.engine.prepare import prepare
from simulation.engine.run import EngineName
from simulation.engine.trace import most_changed, trace
from simulation.reports.story import text
from simulation.scenario.load import load
from simulation.scenario.model import Scenario
from simulation.studies.estimate import affordable
from simulation.studies.facts import facts_of, scenario_name
from simulation.studies.scheme_words import scheme_details
from simulation.studies.story_rows import endings, offer_rows, person_of, term_rows, week_rows
from simulation.world.files import own_world
from simulation.world.parameter_files import Asked, parameters_of

if TYPE_CHECKING:
    import pandas as pd

Rows = list[dict[str, Any]]


@dataclass(frozen=True, eq=False)
class Story:
    """What happened to one citizen. Rows are plain dictionaries; `weeks`, `terms` and `offers` are the same as tables.

    Attributes:
        scenario: What was run.
        facts: Titles and schemes of the arms, as reports say them.
        arm: Name of the arm.
        asked: Whether arm and citizen were named; else they were chosen.
        replicate: Which simulated society, from 0.
        person: Who the citizen is; `citizen` is the identifier that `kw.model(...).agents` shows, from 1.
        behaviours: Names of the behaviours told.
        schemes: What each scheme of the arm that aims at one of them gives, for what, to whom, when.
        window: First and last week told; the endings count all weeks.
        every: Of weeks in which nothing happened one in so many is shown in the text.
        endings: For each behaviour the totals over all weeks.
    """

    scenario: Scenario
    facts: Any
    arm: str
    asked: dict[str, bool]
    replicate: int
    person: dict[str, Any]
    behaviours: tuple[str, ...]
    schemes: dict[str, tuple[Text, ...]]
    window: tuple[int, int]
    every: int
    week_rows: Rows = field(repr=False)
    term_rows: Rows = field(repr=False)
    offer_rows: Rows = field(repr=False)
    endings: dict[str, dict[str, Any]]
    lang: str = "en"

    @cached_property
    def first_apart(self) -> dict[str, int]:
        """The first week told in which citizen and twin act differently, by behaviour."""
        apart = [r for r in reversed(self.week_rows) if r["acts"] != r["acts_twin"]]
        return {r["behaviour"]: r["week"] for r in apart}

    @cached_property
    def weeks(self) -> pd.DataFrame:
        """One row a week and behaviour: chance, draw and acts in both worlds, neighbours, habit, baht, cause."""
        return _frame(self.week_rows)

    @cached_property
    def terms(self) -> pd.DataFrame:
        """One row a week, behaviour and term: value = weight x feature (x responsiveness), adding up to `logit`."""
        return _frame(self.term_rows)

    @cached_property
    def offers(self) -> pd.DataFrame:
        """One row a week and scheme: whether open and joined, what it offers, what was claimed and paid."""
        return _frame(self.offer_rows)

    def text(self, lang: str | None = None) -> str:
        """Return the story in words, 80 columns wide, in English or Thai."""
        spoken = lang or self.lang
        one_of("lang", spoken, ("en", "th"))
        return text(self, spoken)

    def to_json(self) -> dict[str, Any]:
        """Return the object that `kwamdee story --json` prints."""
        return {
            "scenario": self.facts.name,
            "digest": self.scenario.digest,
            "seed": self.scenario.run.seed,
            "replicate": self.replicate,
            "arm": self.arm,
            "citizen": self.person["citizen"],
            "person": self.person,
            "behaviours": list(self.behaviours),
            "weeks": self.week_rows,
            "terms": self.term_rows,
            "offers": self.offer_rows,
            "endings": self.endings,
            "text": {lang: text(self, lang) for lang in ("en", "th")},
        }

    def __repr__(self) -> str:
        """Say whose story it is and how it ended."""
        ends = ", ".join(f"{b} {e['acts']} acts, twin {e['acts_twin']}" for b, e in self.endings.items())
        return f"<Story {self.facts.name}: citizen {self.person['citizen']} in arm {self.arm!r}: {ends}>"

    def _repr_html_(self) -> str:
        """Show the story in a notebook."""
        from html import escape

        return f"<pre>{escape(self.text())}</pre>"


def story(
    scenario: str | Path | Scenario = "bangkok-waste",
    citizen: int | str | None = None,
    arm: str | None = None,
    *,
    behaviour: str | None = None,
    replicate: int = 0,
    seed: int | None = None,
    weeks: str | tuple[int, int] | None = None,
    every: int | None = None,
    set_: str | Sequence[str] = (),
    engine: EngineName = "auto",
    parameters: Asked = "posterior",
    lang: str = "en",
) -> Story:
    """Tell one citizen's story: the same run as that society's in `compare`, watched, so the numbers are the engine's.

    Args:
        scenario: A file, a shipped name or a Scenario.
        citizen: The identifier that `kw.model(...).agents` shows, 1 to the number of citizens; by default the one
            whose acts differ most from the twin's over all weeks, of several the lowest. Of a world of one's own the
            id in the table too, as text.
        arm: Name of the arm; by default the first with schemes. One without schemes tells the twin alone.
        behaviour: Name of a behaviour; by default those at which the arm's schemes aim.
        replicate: Which simulated society, from 0.
        seed: Root seed instead of the file's.
        weeks: First and last week to tell: "0..30" or (0, 30).
        every: Show in the text one week in so many of those in which nothing happened.
        set_: Changes: `dotted.key=value`.
        engine: "auto", "numpy" or "numba"; the same numbers.
        parameters: "posterior", "default", or the path of a table of one's own.
        lang: "en" or "th".

    Raises:
        InputError: For an argument that cannot be so, before anything is run.

    Example:
        >>> import simulation as kw
        >>> told = kw.story("bangkok-waste", 17, "comparison", set_=["world.citizens=200", "run.weeks=60"])
        >>> told.lang, str(told) != ""
        ('en', True)
    """
    settings = [set_] if isinstance(set_, str) else list(set_)
    for name, value, low, high in (("seed", seed, 0, 2**63 - 1), ("every", every, 1, 5200)):
        if value is not None:
            whole_number(name, value, low, high)
    whole_number("replicate", replicate, 0, 99_999)
    one_of("engine", engine, ("auto", "numpy", "numba"))
    one_of("lang", lang, ("en", "th"))
    definition = load(scenario, [*settings, *([f"run.seed={seed}"] if seed is not None else [])])
    source = parameters_of(parameters, tuple(definition.behaviours))
    chosen = _arm(definition, arm)
    told = _behaviours(definition, chosen, behaviour)
    window = _window(definition, weeks)
    number = None if citizen is None else _number(definition, citizen)
    affordable(definition, 1, yes=True)
    prepared = prepare(definition, replicate, parameters=source)
    places = [list(definition.behaviours).index(b) for b in told]
    row = number - 1 if number is not None else most_changed(prepared, chosen, places, engine)
    found = trace(prepared, chosen, [row], engine)
    return Story(
        scenario=definition,
        facts=facts_of(definition, scenario_name(scenario), source),
        arm=chosen,
        asked={"arm": arm is not None, "citizen": citizen is not None},
        replicate=replicate,
        person=person_of(found, told),
        behaviours=told,
        schemes=_schemes(definition, chosen, told),
        window=window,
        every=every or 1,
        week_rows=week_rows(found, told, window),
        term_rows=term_rows(found, told, window),
        offer_rows=offer_rows(found, told, window),
        endings=endings(found, told),
        lang=lang,
    )


def _arm(definition: Scenario, arm: str | None) -> str:
    names = list(definition.arms)
    if arm is not None:
        one_of("arm", arm, names)
        return arm
    return next((name for name in names if definition.arms[name].schemes), names[0])


def _behaviours(definition: Scenario, arm: str, behaviour: str | None) -> tuple[str, ...]:
    """Return the behaviours to tell: the one asked for, else those at which the arm aims, else all."""
    names = list(definition.behaviours)
    if behaviour is not None:
        one_of("behaviour", behaviour, names)
        return (behaviour,)
    aimed = {s.behaviour or names[0] for s in definition.arms[arm].schemes.values()}
    return tuple(b for b in names if b in aimed) or tuple(names)


def _schemes(definition: Scenario, arm: str, told: tuple[str, ...]) -> dict[str, tuple[Text, ...]]:
    first, schemes = next(iter(definition.behaviours)), definition.arms[arm].schemes
    return {name: scheme_details(s) for name, s in schemes.items() if (s.behaviour or first) in told}


def _window(definition: Scenario, weeks: Any) -> tuple[int, int]:
    last = definition.run.weeks - 1
    if weeks is None:
        return 0, last
    found = re.fullmatch(r"(\d+)\.\.(\d+)", weeks.strip()) if isinstance(weeks, str) else None
    pair = tuple(map(int, found.groups())) if found else weeks
    whole = isinstance(pair, tuple) and len(pair) == 2 and all(isinstance(x, int) for x in pair)
    if not whole or not 0 <= pair[0] <= pair[1] <= last:
        raise InputError(
            f'weeks is "{weeks}"; write first and last week, from 0 to {last}: 0..{min(last, 30)}.',
            f'weeks เป็น "{weeks}" ให้เขียนสัปดาห์แรกและสัปดาห์สุดท้าย ตั้งแต่ 0 ถึง {last} เช่น 0..{min(last, 30)}',
        )
    return pair[0], pair[1]


def _number(definition: Scenario, citizen: int | str) -> int:
    """Return the identifier of the Mesa face, from 1 in the order of rows, of a number or of an id in an own table."""
    n = definition.world.citizens
    if isinstance(citizen, str):
        names = own_world(definition.world.files).names if definition.world.files is not None else ()
        if citizen in names:
            return names.index(citizen) + 1
        if not citizen.isascii() or not citizen.isdigit():
            en, th, _ = did_you_mean(citizen, names)
            raise InputError(
                f"There is no citizen {quoted(citizen)}.{en} Give a number from 1 to {n:,}.",
                f"ไม่มีพลเมือง {quoted(citizen)}{th} ให้ระบุหมายเลข 1 ถึง {n:,}",
            )
        citizen = int(citizen[:20])
    whole_number("citizen", citizen, 1, n)
    return citizen


def _frame(rows: Rows) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(rows)
