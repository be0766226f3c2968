"""The kinds of scheme that are installed, Kwamdee's own and those of other distributions."""

from __future__ import annotations

from functools import cache

from simulation.core.registry import discover
from simulation.incentives.base import Scheme

_ROOMS = ("individual", "organisation", "area")


@cache
def scheme_classes() -> dict[str, type[Scheme]]:
    """Return the scheme classes by kind."""
    return discover([f"simulation.incentives.{room}" for room in _ROOMS], Scheme)
