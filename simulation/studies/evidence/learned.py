"""What a pilot taught, as values: its arms before and after, what moved, and where the table of both lies."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.core.params import Text
from simulation.studies.evidence.pilot import Pilot
from simulation.studies.evidence.pilot_rows import Observation
from simulation.studies.plan.law import parameter

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Range:
    """Median and the middle 90 % of something."""

    median: float
    low: float
    high: float

    @classmethod
    def of(cls, x: Floats, weights: Floats | None = None) -> Range:
        """Return that of draws, by their weights."""
        order = np.argsort(x)
        w = np.full(len(x), 1.0) if weights is None else weights[order]
        at = (np.cumsum(w) - 0.5 * w) / w.sum()
        low, median, high = np.interp((0.05, 0.5, 0.95), at, x[order])
        return cls(float(median), float(low), float(high))

    def to_json(self) -> dict[str, float]:
        """Return it as plain data."""
        return {"median": self.median, "low": self.low, "high": self.high}


@dataclass(frozen=True)
class Moved:
    """Something before the pilot and after it; `by` is how far its median went, in standard deviations of before."""

    before: Range
    after: Range
    by: float

    def to_json(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {"prior": self.before.to_json(), "posterior": self.after.to_json(), "moved": self.by}


@dataclass(frozen=True)
class Arm:
    """One arm of the pilot: observed, and predicted before and after, its sampling error within.

    `log_odds` are draws against the control; `p_before` and `p_after` how likely a figure at least so far from the
    middle is, two-sided.
    """

    seen: Observation
    before: Floats
    after: Floats
    p_before: float
    p_after: float
    taken_up: Range | None
    """Share enrolled in the engine in these weeks, where the pilot says its own."""

    def level(self, draws: Floats) -> Range:
        """Return draws as rates, from the control's."""
        return Range.of(1 / (1 + np.exp(-(self.seen.control.logit + draws))))

    def to_json(self) -> dict[str, Any]:
        """Return it as plain data."""
        row, seen = self.seen.row, self.seen
        return {
            "arm": row.arm,
            "behaviour": row.behaviour,
            "week_from": row.week_from,
            "week_to": row.week_to - 1,
            "after": seen.after,
            "people": seen.level.people,
            "observed": {"level": seen.level.rate, "control": seen.control.rate, "log_odds": seen.target.log_odds,
                         "se": float(np.hypot(seen.target.se, seen.target.se_reference))},
            "prior": {"level": self.level(self.before).to_json(), "p": self.p_before},
            "posterior": {"level": self.level(self.after).to_json(), "p": self.p_after},
        }  # fmt: skip


@dataclass(frozen=True)
class Learned:
    """What a pilot taught, and the table that was written.

    Attributes:
        scenario: Its name, or the file as it was asked for.
        digest: Of the scenario.
        pilot: What was read.
        arms: The pilot's arms.
        responsiveness: s of the setting by behaviour: 1 is that of the studies' middle.
        parameters: By name.
        effective: How many of the members count after the pilot.
        members: How many there were.
        cautions: What a reader has to know, by a short name.
        path: The table.
        settings: Changes that were asked for, to repeat them; None of a Scenario of Python, which no command knows.
    """

    scenario: str
    digest: str
    pilot: Pilot
    arms: tuple[Arm, ...]
    responsiveness: dict[str, Moved]
    parameters: dict[str, Moved]
    effective: float
    members: int
    cautions: dict[str, Text]
    path: Path
    titles: Mapping[str, Any] = field(repr=False, default_factory=dict)
    """Of the behaviours and of the scenario's arms, each under "behaviour NAME" or "arm NAME"."""
    settings: tuple[str, ...] | None = None

    def command(self, lang: str) -> str:
        """Return the command that predicts all arms with what was learned; empty where none can."""
        if self.settings is None:
            return ""
        changes = [word for setting in self.settings for word in ("--set", setting)]
        words = ["kwamdee", "compare", self.scenario, *changes, "--parameters", str(self.path)]
        return shlex.join([*words, *(["--lang", "th"] if lang == "th" else [])])

    def arm_title(self, arm: str, lang: str) -> str:
        """Return an arm's title; its name where it has none."""
        return self._title("arm", arm, lang)

    def behaviour_title(self, behaviour: str, lang: str) -> str:
        """Return a behaviour's title; its name where it has none."""
        return self._title("behaviour", behaviour, lang)

    def parameter_title(self, name: str, lang: str) -> str:
        """Return what a reader sees of a parameter."""
        return parameter(name).title.get(lang)

    def _title(self, kind: str, name: str, lang: str) -> str:
        title = self.titles.get(f"{kind} {name}")
        return name if title is None else str(title.get(lang))

    def to_json(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {
            "scenario": self.scenario,
            "digest": self.digest,
            "pilot": {"file": self.pilot.name, "sha256": self.pilot.sha256, "over": self.pilot.over},
            "arms": [a.to_json() for a in self.arms],
            "responsiveness": {b: m.to_json() for b, m in self.responsiveness.items()},
            "parameters": {name: m.to_json() for name, m in self.parameters.items()},
            "effective": self.effective,
            "members": self.members,
            "warnings": [{"rule": rule, **why.model_dump()} for rule, why in self.cautions.items()],
            "written": str(self.path),
        }

    def text(self, lang: str = "en") -> str:
        """Return it as it is printed, 80 columns."""
        from simulation.reports.evidence.learned import render
        from simulation.reports.terminal import Screen

        return render(self, lang, Screen())

    def __str__(self) -> str:
        return self.text()


def two_sided(draws: Floats, y: float) -> float:
    """Return how likely something at least so far from the middle of draws is, never below what they can tell."""
    n = len(draws)
    below = (float((draws < y).sum()) + 0.5) / (n + 1)
    return float(min(1.0, 2 * min(below, 1 - below)))


def moved(before: Floats, after: Floats) -> Moved:
    """Compare; on the log scale, where nothing is 0."""
    there = before.min() > 0 and after.min() > 0
    x, y = (np.log(before), np.log(after)) if there else (before, after)
    spread = float(np.std(x))
    by = float(np.median(y) - np.median(x)) / spread if spread > 0 else 0.0
    return Moved(Range.of(before), Range.of(after), by)
