"""The weekly clock: when something runs, how its amounts rise and taper, and months, settled every 4th week."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from pydantic import Field, model_validator

from simulation.core.params import BetweenKeys, Frozen, Weeks, counted

SETTLE_EVERY = 4
ROUNDING = 1e-9
MONTH_PART = 12 / 13
"""Four weeks are 12/13 of a month of 52/12 weeks."""


WEEKS_A_YEAR = 52


class Season(Frozen):
    """Weeks of a 52-week year in which it is on, counted from week 0 of the run; it may pass into the next year."""

    first_week: int = Field(ge=0, le=WEEKS_A_YEAR - 1, description="First week of the season, 0 to 51.")
    weeks: int = Field(ge=1, le=WEEKS_A_YEAR - 1, description="Number of weeks of the season, 1 to 51.")


class Schedule(Frozen):
    """Weeks of offer: on from `start` for `weeks`, in its season where it has one; the end is abrupt or tapered.

    Amounts rise in equal steps over the first `ramp` weeks and fall over the last `taper`. Out of season its clock
    stands still: nobody joins or is paid, nobody loses anything, and a month goes on where it was.
    """

    start: Weeks = Field(description="First week of offer, 0 to the horizon.")
    weeks: int = Field(ge=1, le=5200, description="Number of weeks from the first to the last of offer.")
    taper: Weeks = Field(
        default=0, description="Last weeks over which amounts fall before it is withdrawn; 0 ends it at once."
    )
    ramp: Weeks = Field(default=0, description="First weeks over which amounts rise; 0 starts it in full.")
    season: Season | None = Field(default=None, description="Weeks of the year in which it is on; all where left out.")
    follow_up: Weeks = Field(
        default=0, description="Weeks that the horizon must leave after the end, to see what remains."
    )

    @model_validator(mode="after")
    def _fits(self) -> Schedule:
        for en, th, _ in schedule_faults(self.start, self.weeks, self.taper, self.ramp, self._in_season):
            raise BetweenKeys(en, th)
        return self

    @property
    def _in_season(self) -> tuple[int, int] | None:
        return None if self.season is None else (self.season.first_week, self.season.weeks)

    @property
    def blocks(self) -> tuple[tuple[int, int], ...]:
        """First week and first week after of each run of weeks of offer: one, or one a season."""
        return blocks_of(self.start, self.weeks, self._in_season)

    @property
    def first(self) -> int:
        """First week of offer."""
        return self.blocks[0][0]

    @property
    def end(self) -> int:
        """First week without the offer, for good."""
        return self.blocks[-1][1]

    @property
    def offered(self) -> int:
        """Number of weeks in which it is on."""
        return sum(stop - first for first, stop in self.blocks)

    def is_live(self, week: int) -> bool:
        """Tell whether the scheme is on."""
        return any(first <= week < stop for first, stop in self.blocks)

    def since_start(self, week: int) -> int:
        """Return how many weeks of offer went before this one; weeks out of season do not count."""
        return _place(self.blocks, week)[0]

    def weeks_to_end(self, week: int) -> int:
        """Return how many weeks of offer are left, this one included; below 0 after the end."""
        return _place(self.blocks, week)[1]

    def taper_factor(self, week: int) -> float:
        """Return the factor on amounts: rising over the first `ramp` weeks of offer, 1, falling over the last."""
        if not self.ramp and not self.taper and week >= self.first:
            return 1.0
        done, left = self.since_start(week), self.weeks_to_end(week)
        if done < self.ramp:
            return (done + 1) / (self.ramp + 1)
        return 1.0 if self.taper == 0 or left > self.taper else left / (self.taper + 1)


@lru_cache(maxsize=256)
def blocks_of(start: int, weeks: int, season: tuple[int, int] | None) -> tuple[tuple[int, int], ...]:
    """Return (first week, first week after) of each run of weeks of offer.

    Args:
        start: First week.
        weeks: From the first to the last.
        season: First week of the year and number of weeks; None for the whole year.
    """
    if season is None:
        return ((start, start + weeks),)
    first, length = season
    stop = start + weeks
    years = range((start - first - length) // WEEKS_A_YEAR, (stop - first) // WEEKS_A_YEAR + 1)
    begins = [year * WEEKS_A_YEAR + first for year in years]
    clipped = [(max(start, begin), min(stop, begin + length)) for begin in begins]
    return tuple((a, b) for a, b in clipped if a < b)


@lru_cache(maxsize=4096)
def _place(blocks: tuple[tuple[int, int], ...], week: int) -> tuple[int, int]:
    """Return how many weeks of offer went before a week, and how many are left, it included; below 0 outside."""
    done = sum(min(stop, max(first, week)) - first for first, stop in blocks) + min(0, week - blocks[0][0])
    offered = sum(stop - first for first, stop in blocks)
    return done, offered - done - max(0, week - blocks[-1][1])


def schedule_faults(
    start: int, weeks: int, taper: int, ramp: int, season: tuple[int, int] | None
) -> Iterator[tuple[str, str, str]]:
    """Yield what is wrong between the keys of a schedule: English, Thai, and the key."""
    blocks = blocks_of(start, weeks, season)
    if not blocks:
        assert season is not None
        first, length = season
        wait = (first - start) % WEEKS_A_YEAR + 1
        yield (
            f"No week of offer, {start:,} to {start + weeks - 1:,}, falls into the season of {counted(length, 'week')} "
            f"from week {first} of the year. Write weeks = {wait:,} or more",
            f"สัปดาห์ของมาตรการ {start:,} ถึง {start + weeks - 1:,} ไม่ตรงกับฤดูกาล {length} สัปดาห์ที่เริ่มสัปดาห์ที่ {first} ของปี "
            f"ให้เขียน weeks = {wait:,} ขึ้นไป",
            "season",
        )
        return
    offered = sum(b - a for a, b in blocks)
    of = f"the offer of {counted(offered, 'week')}"
    if taper > offered:
        yield (
            f"A taper of {counted(taper, 'week')} is longer than {of}",
            f"taper {taper:,} สัปดาห์ ยาวกว่ามาตรการ {offered:,} สัปดาห์",
            "taper",
        )
    elif ramp > offered:
        yield (
            f"A ramp of {counted(ramp, 'week')} is longer than {of}",
            f"ramp {ramp:,} สัปดาห์ ยาวกว่ามาตรการ {offered:,} สัปดาห์",
            "ramp",
        )
    elif ramp + taper > offered:
        yield (
            f"ramp and taper together, {counted(ramp + taper, 'week')}, are longer than {of}",
            f"ramp และ taper รวมกัน {ramp + taper:,} สัปดาห์ ยาวกว่ามาตรการ {offered:,} สัปดาห์",
            "ramp",
        )


def cuts_a_month(blocks: tuple[tuple[int, int], ...]) -> tuple[int, int] | None:
    """Return the first run of weeks, but for the last, that is no whole number of months of 4 weeks; else None."""
    return next(((a, b) for a, b in blocks[:-1] if (b - a) % SETTLE_EVERY), None)


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
