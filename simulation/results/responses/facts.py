"""What is known of a study before anything is run: for reports, tables and whoever opens its folder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from simulation.core.params import Text

Role = Literal["lever", "uncertainty"]
"""Levers are what policy sets, uncertainties what nobody knows."""


@dataclass(frozen=True)
class FactorFacts:
    """One thing that a study varies; its column in every table has its name.

    Attributes:
        name: Short name, as in the study file.
        role: "lever" or "uncertainty".
        title: What a reader sees.
        unit: Unit in words, empty where it has none.
        keys: Dotted keys of the scenario that it sets, or one "parameters.NAME".
        values: The values that it takes, in order, where they are listed; else empty.
        low: Lower end of its range; None where values are listed.
        high: Upper end of its range; None where values are listed.
        scale: "linear" or "log": how its range is walked and drawn.
        usual: Its value in the scenario as it stands; None where several keys differ or it is drawn.
    """

    name: str
    role: Role
    title: Text
    unit: Text
    keys: tuple[str, ...]
    values: tuple[Any, ...] = ()
    low: float | None = None
    high: float | None = None
    scale: Literal["linear", "log"] = "linear"
    usual: Any = None

    @property
    def numeric(self) -> bool:
        """Tell whether its values are numbers, so that they can be drawn on an axis."""
        return not self.values or all(isinstance(v, int | float) and not isinstance(v, bool) for v in self.values)


@dataclass(frozen=True)
class Contrast:
    """An outcome of one arm less that of another, society by society."""

    name: str
    title: Text
    outcome: str
    arm: str
    less: str


@dataclass(frozen=True)
class StudyFacts:
    """What is known of a study before it is run.

    Attributes:
        name: Short name: its folder's.
        title: What a reader sees.
        question: What it asks.
        scenario: Short name of the scenario.
        scenario_title: Title of the scenario.
        digest: sha256 of what the study asks, as hex.
        design: "grid", "latin-hypercube", "sobol", "saltelli", "morris" or "list".
        points: Points of the design.
        replicates: Simulated societies at each point; the most, where a target decides.
        factors: What is varied, in file order.
        arms: Name and title of each arm that is run, in file order.
        outcomes: Outcomes that are judged, the first leads.
        contrasts: Differences between arms that are judged too.
        seed: Root seed.
        parameters: Where they come from, as a reader is told: "posterior", "default" or a file.
        smallest_effect_pp: Smallest effect that matters, percentage points.
        command: Repeats it; empty where no command can.
    """

    name: str
    title: Text
    question: Text
    scenario: str
    scenario_title: Text
    digest: str
    design: str
    points: int
    replicates: int
    factors: tuple[FactorFacts, ...]
    arms: tuple[tuple[str, Text], ...]
    outcomes: tuple[str, ...]
    contrasts: tuple[Contrast, ...] = ()
    seed: int = 1
    parameters: str = "posterior"
    smallest_effect_pp: float = 1.0
    command: str = ""
