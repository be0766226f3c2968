"""Verification: what is claimed of what was done, when only some claims are checked, and checks err both ways."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Annotated, Any, Protocol

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from simulation.core.clock import ROUNDING
from simulation.core.floats import exp64, log64
from simulation.core.params import Baht, Frozen, Share
from simulation.core.streams import CHECK, CLAIM

_WHOLE_WEEK = 14  # the most opportunities of a week
USUAL_WORTH = 0.03
"""Worth of a claim, days of own wage, at which the drawn rate of false claims stands."""


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
    def false_claim_rate(self) -> float | NDArray[np.float64]:
        """Share of missed opportunities that people claim as acts, for all or for each citizen."""

    @property
    def uniforms(self) -> Callable[[int], NDArray[Any]] | None:
        """Draws by purpose while a week is settled, else None."""


class Checks(Frozen):
    """Verification: how many claims are checked, how often a check errs either way, and what one costs.

    Paid are y + (1 - verified) lam (1 - y) of the opportunities, y acts and lam the drawn rate of false claims, less
    the true claims that a check refuses. A claim that is not verified earns nothing and costs its owner nothing.
    """

    share: Share = Field(default=1.0, description="Share of claims that is checked.")
    found: Share = Field(default=1.0, description="Chance that a check finds a false claim.")
    wrongly_refused: Share = Field(default=0.0, description="Chance that a check refuses a true claim.")
    baht_per_check: Baht = Field(default=0.0, description="Cost of one check, baht; the budget covers it.")
    reward_elasticity: Annotated[float, Field(ge=0.0, le=5.0, json_schema_extra={"unit": "index"})] = Field(
        default=0.0,
        description=(
            "How false claims rise with what a claim is worth: as (worth in days of own wage / 0.03) to this power. "
            "0, that they do not, is nearly what experiments find (Abeler, Nosenzo, Raymond 2019)."
        ),
    )

    @property
    def verified(self) -> float:
        """Share of false claims that verification stops."""
        return self.share * self.found

    @property
    def refused(self) -> float:
        """Share of true claims that verification refuses."""
        return self.share * self.wrongly_refused


def claims(week: Claimable, checks: Checks) -> NDArray[np.float64]:
    """Return acts that count, of those who take part, float64[N]: acts done and not refused, and expected false claims.

    Of their missed opportunities people claim a share; most forgo most of what they could gain (Abeler, Nosenzo,
    Raymond 2019, doi:10.3982/ECTA14673). What a check finds does not count. Which true claims are refused is drawn.
    """
    if _is_plain(week, checks):
        return _by_table(week, _claims_table(checks.verified, float(week.false_claim_rate)))
    accepted = week.acts.astype(np.float64) - refusals(week, checks)
    return np.asarray((accepted + false_claims(week, checks)) * week.live)


def enough(claimed: NDArray[np.float64], needed: float, week: Claimable) -> NDArray[np.bool_]:
    """Tell who has claimed enough for a threshold, bool[N].

    Nobody claims a part of an act: what is left of an expected number beyond whole claims is one more claim with that
    chance, drawn while a week is settled. So false claims weigh behind a threshold as they do act by act.
    """
    whole = np.floor(claimed + ROUNDING)
    part = claimed - whole - ROUNDING
    if week.uniforms is None or not (part > 0.0).any():
        return np.asarray(whole >= needed - ROUNDING)
    one_more = week.uniforms(CLAIM) < part
    return np.asarray(whole + one_more >= needed - ROUNDING)


def claimed_satang(week: Claimable, checks: Checks, satang_per_act: float) -> NDArray[np.int64]:
    """Return what the claims of each citizen are worth, int64[N], whole satang, 0 for those who take no part."""
    if _is_plain(week, checks):
        return _by_table(
            week,
            np.rint(_claims_table(checks.verified, float(week.false_claim_rate)) * satang_per_act).astype(np.int64),
        )
    return np.rint(claims(week, checks) * satang_per_act).astype(np.int64)


def recorded(week: Claimable, checks: Checks) -> NDArray[np.float64]:
    """Return acts as an area or organisation records them, float64[N]: claims of members, acts of all others."""
    return np.asarray(claims(week, checks) + week.acts * (week.live == 0))


def false_claims(week: Claimable, checks: Checks) -> NDArray[np.float64]:
    """Return the expected false claims of each citizen that verification does not stop, float64[N], as if live."""
    missed = np.maximum(week.opportunities.astype(np.float64) - week.acts, 0.0)
    return np.asarray((1.0 - checks.verified) * week.false_claim_rate * missed)


def refusals(week: Claimable, checks: Checks) -> NDArray[Any]:
    """Return how many true claims of each citizen are wrongly refused: drawn while a week is settled, else expected."""
    acts = week.acts.astype(np.int64)
    if checks.refused == 0.0:
        return np.zeros(len(acts), np.int64)
    if week.uniforms is None:
        return acts * checks.refused
    below = _binomial_table(checks.refused)[acts]  # chance of at most k refused of so many acts
    return np.asarray((week.uniforms(CHECK)[:, None] >= below).sum(axis=1))


def submitted(week: Claimable) -> float:
    """Return the expected number of claims of the week, true and false: those of which a share is checked."""
    acts = week.acts.astype(np.float64)
    missed = np.maximum(week.opportunities - acts, 0.0)
    return float(((acts + week.false_claim_rate * missed) * week.live).sum())


def false_rate(drawn: float, checks: Checks, value_baht: Any, wage: Any) -> float | NDArray[np.float64]:
    """Return the rate of false claims as it answers to what one claim is worth this week; the drawn rate at e = 0."""
    if checks.reward_elasticity == 0.0:
        return drawn
    worth = np.asarray(value_baht, dtype=np.float64) / np.asarray(wage, dtype=np.float64) / USUAL_WORTH
    some = worth > 0.0
    power = exp64(checks.reward_elasticity * log64(np.where(some, worth, 1.0)))
    return np.where(some, np.minimum(drawn * power, 1.0), 0.0)


def _is_plain(week: Claimable, checks: Checks) -> bool:
    """Tell whether claims depend on acts and opportunities alone, so that a small table gives them."""
    return checks.refused == 0.0 and not np.ndim(week.false_claim_rate)


@lru_cache(maxsize=64)
def _claims_table(verified: float, false_claim_rate: float) -> NDArray[np.float64]:
    """Return claims by opportunities (row) and acts (column); it is shared, and only read."""
    chances, acts = np.mgrid[0 : _WHOLE_WEEK + 1, 0 : _WHOLE_WEEK + 1].astype(np.float64)
    false = (1.0 - verified) * false_claim_rate * (chances - acts)
    table: NDArray[np.float64] = acts + np.maximum(false, 0.0)
    table.flags.writeable = False
    return table


def _by_table(week: Claimable, table: NDArray[Any]) -> NDArray[Any]:
    cell = week.opportunities.astype(np.uint8) * np.uint8(_WHOLE_WEEK + 1) + week.acts.astype(np.uint8)
    found: NDArray[Any] = table.ravel()[cell] * week.live
    return found


def _binomial_table(chance: float) -> NDArray[np.float64]:
    """Return the chance of at most k of n, by n (row, 0 to 14) and k (column, 0 to 13); 2 from k = n on."""
    table = np.full((_WHOLE_WEEK + 1, _WHOLE_WEEK), 2.0)  # no uniform reaches it: never more than there are
    for n in range(1, _WHOLE_WEEK + 1):
        total, ways = 0.0, 1.0
        for k in range(n):
            total += ways * chance**k * (1.0 - chance) ** (n - k)
            table[n, k] = total
            ways *= (n - k) / (k + 1)
    return table
