"""The weekly clock: when something runs, how its amounts taper at the end, and months, settled every 4th week."""

from __future__ import annotations

import math
from typing import Any

from pydantic import Field, model_validator

from simulation.core.params import BetweenKeys, Frozen, Weeks, counted

SETTLE_EVERY = 4
ROUNDING = 1e-9
MONTH_PART = 12 / 13
"""Four weeks are 12/13 of a month of 52/12 weeks."""


class Schedule(Frozen):
    """Weeks of offer: live for start <= t < start + weeks; the last `taper` weeks fall linearly towards 0."""

    start: Weeks = Field(description="First week of offer, 0 to the horizon.")
    weeks: int = Field(ge=1, le=5200, description="Number of weeks of offer.")
    taper: Weeks = Field(default=0, description="Weeks over which amounts fall.")

    @model_validator(mode="after")
    def _fits(self) -> Schedule:
        if self.taper > self.weeks:
            raise BetweenKeys(
                f"taper is {counted(self.taper, 'week')}, longer than the offer of {counted(self.weeks, 'week')}",
                f"taper {self.taper} สัปดาห์ ยาวกว่ามาตรการ {self.weeks} สัปดาห์",
            )
        return self

    @property
    def end(self) -> int:
        """First week without the offer."""
        return self.start + self.weeks

    def is_live(self, week: int) -> bool:
        """Tell whether the scheme is on."""
        return self.start <= week < self.end

    def taper_factor(self, week: int) -> float:
        """Return the factor on amounts: 1, falling in equal steps over the last `taper` weeks."""
        left = self.end - week
        return 1.0 if self.taper == 0 or left > self.taper else left / (self.taper + 1)


def settles(since_start: int) -> bool:
    """Tell whether a month ends this week: every 4th week from the start."""
    return (since_start + 1) % SETTLE_EVERY == 0


def reached(acts: Any, share: float, chances: Any) -> Any:
    """Tell whether acts are at least a share of the chances; .55 of 420 is 231, not a rounding more."""
    return acts >= share * chances - ROUNDING


def monthly_satang(baht: float) -> int:
    """Return what one settlement carries of a monthly amount, in satang."""
    return round(baht * 100 * MONTH_PART)


def monthly_acts(acts: int) -> int:
    """Return what one settlement asks of a monthly number of acts."""
    return math.ceil(acts * MONTH_PART - ROUNDING)
