"""What is known of a published figure before the trial, and the figure itself, as log-odds; one row each."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One figure to predict: an arm of a study in a span of weeks, all of it known beforehand.

    Features are those of one week in which the scheme is live, as `incentives.coding` says; amounts in days of the
    local wage. `value` is the marginal expected worth of an act. Weeks count from the start of the scenario.
    """

    study: str
    arm: str
    behaviour: str
    baseline: float
    spread: float
    opportunities: int
    chance: float
    sticky: bool
    redecision: float
    intrinsic: float
    contingent: float
    value: float
    visibility: float
    appeal: float
    commitment: float
    pivotality: float
    message: float
    reference: float
    controlling: float
    accepted: float
    live_from: int
    live_to: int
    week_from: int
    week_to: int
    family: str
    role: str = "calibrate"
    approximation: str = ""
    scale: float = 1.0
    unit: str = ""
    against: Row | None = None
    """The arm that it is compared with, where that is another one than the control: both are predicted."""

    @property
    def key(self) -> str:
        """Name the row: study, arm, behaviour and weeks."""
        return f"{self.study}|{self.arm}|{self.behaviour}|{self.week_from}-{self.week_to}"

    @property
    def after(self) -> bool:
        """Tell whether it is observed after the scheme has ended."""
        return self.week_from >= self.live_to

    @property
    def while_live(self) -> bool:
        """Tell whether the scheme is live in all weeks in which it is observed."""
        return self.live_from <= self.week_from and self.week_to <= self.live_to


@dataclass(frozen=True)
class Target:
    """An observed figure as log-odds of the rate of acting, arm less its reference.

    `se` is the arm's own standard error, `se_reference` that of the reference, shared by all arms against it; both
    logit. `level` is the arm's rate as a share of opportunities, where it is known; `value` and `value_se` are as
    published.
    """

    log_odds: float
    se: float
    se_reference: float
    level: float | None
    value: float
    value_se: float
    quantity: str
    provenance: str
