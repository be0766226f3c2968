"""Verification: what is claimed of what was done, when only some claims are checked."""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from simulation.core.params import Frozen, Share

_WHOLE_WEEK = 14  # the most opportunities of a week


class Claimable(Protocol):
    """What verification sees of a week: whole numbers of acts and opportunities, and how often people claim falsely."""

    @property
    def acts(self) -> NDArray[Any]:
        """Acts of each citizen this week."""

    @property
    def opportunities(self) -> NDArray[Any]:
        """Opportunities of each citizen this week."""

    @property
    def live(self) -> NDArray[np.uint8]:
        """1 for those who take part."""

    @property
    def false_claim_rate(self) -> float:
        """Share of unverifiable misses that people claim as acts."""


class Checks(Frozen):
    """Verification: the share of claims that is checked, and the chance that a check finds a false one."""

    share: Share = Field(default=1.0, description="Share of claims that is checked.")
    found: Share = Field(default=1.0, description="Chance that a check finds a false claim.")

    @property
    def verified(self) -> float:
        """Share of false claims that verification stops."""
        return self.share * self.found


def claims(week: Claimable, checks: Checks) -> NDArray[np.float64]:
    """Return acts claimed by those who take part, float64[N]: acts done, and expected false claims.

    Of the missed opportunities that no check would find, people claim a share; most forgo most of what they could gain
    (Abeler, Nosenzo, Raymond 2019, doi:10.3982/ECTA14673).
    """
    return _by_table(week, _claims_table(week, checks))


def claimed_satang(week: Claimable, checks: Checks, satang_per_act: float) -> NDArray[np.int64]:
    """Return what the claims of each citizen are worth, int64[N], whole satang, 0 for those who take no part."""
    return _by_table(week, np.rint(_claims_table(week, checks) * satang_per_act).astype(np.int64))


def _claims_table(week: Claimable, checks: Checks) -> NDArray[np.float64]:
    """Return claims by opportunities (row) and acts (column)."""
    chances, acts = np.mgrid[0 : _WHOLE_WEEK + 1, 0 : _WHOLE_WEEK + 1].astype(np.float64)
    false = (1.0 - checks.verified) * week.false_claim_rate * (chances - acts)
    return np.asarray(acts + np.maximum(false, 0.0))


def _by_table(week: Claimable, table: NDArray[Any]) -> NDArray[Any]:
    cell = week.opportunities.astype(np.uint8) * np.uint8(_WHOLE_WEEK + 1) + week.acts.astype(np.uint8)
    found: NDArray[Any] = table.ravel()[cell] * week.live
    return found
