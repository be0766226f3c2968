"""The rhythm of what is sent: every so many weeks, counted from the start; and the open thresholds of a month."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.core.clock import SETTLE_EVERY
from simulation.incentives.base import Offer, Settlement, WeekView, satang


def sent(since_start: int, every: int) -> bool:
    """Tell whether something is sent this week: in the first, and then every so many weeks."""
    return since_start >= 0 and since_start % every == 0


def felt(since_start: int, every: int, weeks: int) -> bool:
    """Tell whether what was sent last is not older than `weeks`, the week in which it came included."""
    return since_start >= 0 and since_start % every < weeks


def message_offer(week: WeekView, every: int, weeks_felt: int, controlling: float = 0.0) -> Offer:
    """Return A = 1 while the last message is felt; nothing in the weeks between."""
    if not felt(week.since_start, every, weeks_felt):
        return Offer.none()
    return Offer(appeal=week.taper, controlling=controlling)


def message_cost(week: WeekView, every: int, baht: float) -> Settlement:
    """Return what this week's messages to those who take part cost; they go to nobody's purse."""
    if not baht or not sent(week.since_start, every):
        return Settlement()
    return Settlement(service_satang=int(np.sum(week.live)) * satang(baht))


def most_message_cost(week: WeekView, every: int, baht: float) -> int:
    """Return the cost of a message to everybody eligible, satang, in a week in which one is sent."""
    return int(week.eligible.sum()) * satang(baht) if sent(week.since_start, every) else 0


def weeks_left_in_month(week: WeekView) -> int:
    """Return how many weeks of the month are to come, this one included."""
    return SETTLE_EVERY - week.since_start % SETTLE_EVERY


def most_acts(week: WeekView) -> int:
    """Return the most that anybody can act in a week."""
    return max(1, round(week.n))


def open_this_month(done: NDArray[Any], needed: int, week: WeekView) -> NDArray[np.float32]:
    """Return 1 for each citizen who is neither past a month's threshold nor unable to reach it, float32[N].

    A month that will not be settled before the end earns nothing, so it is open to nobody.
    """
    left = weeks_left_in_month(week)
    within = (done < needed) & (done + left * most_acts(week) >= needed) & (left <= week.weeks_to_end)
    return within.astype(np.float32)
