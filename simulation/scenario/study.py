"""A published experiment as a scenario: what is said of the study, and the figures that it published."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from simulation.core.params import BetweenKeys, Frozen, FrozenDict, Line, Text
from simulation.scenario.study_rules import figure

Quantity = Literal["level", "difference", "log_odds", "odds_ratio", "ratio"]
Provenance = Literal["seen", "computed", "recalled"]
Week = Annotated[int, Field(ge=0, le=5200)]


class Published(Frozen):
    """How a published figure becomes a share of opportunities: share = figure / scale."""

    scale: float = Field(default=1.0, gt=0, le=1e12, description="What the figure is divided by to be a share.")
    unit: Text | None = None


class StudyArm(Frozen):
    """What is known of an arm beforehand, beyond its schemes."""

    accepted: float = Field(
        default=1.0,
        gt=0,
        le=1,
        description="Share of those offered who were in the scheme; the others act as without it.",
    )
    approximation: Text | None = None


class Assumed(Frozen):
    """An input that was recalled, not read: the key of a number in this file, and its range."""

    key: Line = Field(min_length=1, max_length=500)
    low: float
    high: float
    why: Text


class Study(Frozen):
    """A published experiment that the scenario replays."""

    citation: str
    doi: str | None = None
    setting: str | None = None
    known_beforehand: str | None = None
    role: Literal["calibrate", "test"] = Field(
        default="calibrate", description="Whether it may be fitted to, or is predicted first."
    )
    currency: Line | None = Field(default=None, min_length=1, max_length=20)
    sample: int | None = Field(default=None, ge=1, description="People in the experiment.")
    outcome: Published | None = None
    arms: FrozenDict[StudyArm] = FrozenDict()
    assumed: tuple[Assumed, ...] = Field(default=(), strict=False)


class Observed(Frozen):
    """One published figure of an arm."""

    arm: str
    behaviour: str | None = None
    reference: str | None = None
    weeks: Annotated[tuple[Week, ...], Field(min_length=2, max_length=2, strict=False)] | None = Field(
        default=None, description="First week and the one after the last."
    )
    quantity: Quantity = Field(default="level", description="What the figure is.")
    value: float = Field(ge=-1e12, le=1e12, description="The published figure.")
    se: float | None = Field(
        default=None, gt=0, le=1e12, description="Its standard error, of ratios that of the logarithm."
    )
    ci: Annotated[tuple[float, ...], Field(min_length=2, max_length=2, strict=False)] | None = Field(
        default=None, strict=False, description="Its 95% interval: low, high."
    )
    n: int | None = Field(default=None, ge=1, description="People observed.")
    provenance: Provenance = Field(default="recalled", description="How the figure is known.")
    source: str | None = None
    note: str | None = None

    @model_validator(mode="after")
    def _hangs_together(self) -> Observed:
        for mistake in figure(self.model_dump(mode="json")):
            raise BetweenKeys(mistake.en, mistake.th)
        return self
