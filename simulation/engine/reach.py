"""Whom a scheme is for and whom it reaches: its target, the consent of guardians, its channels.

The engine and the solver of enrolment both ask here, so that they speak of the same people.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.agents.citizens_table import CONSENT_FROM, Citizens
from simulation.core.floats import exp64
from simulation.core.graph import Graph
from simulation.core.streams import GUARDIAN, Streams, stable_number
from simulation.incentives.rights import Shown
from simulation.incentives.targeting import Known


@dataclass(frozen=True, eq=False)
class Reach:
    """Who may take part, and who of them hears of it; uint8[N] each, and what reaching them costs once, satang."""

    eligible: NDArray[np.uint8]
    reached: NDArray[np.uint8]
    cost_satang: int = 0


def reach_of(
    scheme: Any,
    name: str,
    citizens: Citizens,
    people: Shown,
    streams: Streams,
    alpha: NDArray[np.float32],
    ties: Callable[[], Graph],
) -> Reach:
    """Return whom one scheme is for and whom it reaches.

    Args:
        scheme: The scheme, with target, enrolment and channels.
        name: Its name, which keys its draws: the same people in every arm.
        citizens: All columns of the society.
        people: The same as schemes see them.
        streams: The source of chance.
        alpha: Motivation for the act that it aims at, logit, float32[N].
        ties: Who knows whom, found only where the target asks for it.
    """
    number = stable_number(name)

    def rate() -> NDArray[np.float32]:
        odds = exp64(alpha.astype(np.float64)).astype(np.float32)
        return np.asarray(odds / (np.float32(1.0) + odds))

    known = Known(citizens.ids, citizens.income_fifth, rate, ties, streams, number)
    eligible = scheme.target.eligible(people, known).astype(np.uint8)
    if citizens.has_minors:
        eligible &= _may_decide(citizens, streams, number, scheme.enrolment.guardian_consent)
    if not scheme.channels.limited:
        return Reach(eligible, eligible)
    channel = scheme.channels.reaches(people, citizens.ids, streams, number) * eligible
    return Reach(eligible, (channel > 0).astype(np.uint8), scheme.channels.cost_satang(channel))


def _may_decide(citizens: Citizens, streams: Streams, number: int, consent: float | None) -> NDArray[np.uint8]:
    """Return 1 for those of 15 or more, and for children whose guardian consents; one answer a guardian and scheme.

    A minor's consent needs that of whoever holds parental responsibility (Personal Data Protection Act B.E. 2562,
    section 20; Civil and Commercial Code, sections 19 to 24). From 15 to 19 both consent too, which is not modelled:
    there the scheme asks the young person alone.
    """
    child = citizens.age < CONSENT_FROM
    may = ~child
    if consent is not None:
        rows = np.flatnonzero(child)
        asked = streams.uniform64(GUARDIAN, citizens.ids[citizens.guardian[rows]], number)
        may[rows] = asked < consent
    return may.astype(np.uint8)
