"""The kinds of scheme that are installed, Kwamdee's own and those of other distributions."""

from __future__ import annotations

from functools import cache

from simulation.core.errors import InputError
from simulation.core.registry import discover
from simulation.incentives.base import Scheme

_ROOMS = ("individual", "organisation", "area")


@cache
def _found() -> tuple[dict[str, type[Scheme]], tuple[InputError, ...]]:
    left_out: list[InputError] = []
    classes = discover([f"simulation.incentives.{room}" for room in _ROOMS], Scheme, left_out=left_out)
    return classes, tuple(left_out)


def scheme_classes() -> dict[str, type[Scheme]]:
    """Return the scheme classes by kind."""
    return _found()[0]


def left_out() -> tuple[InputError, ...]:
    """Return why schemes that other distributions announce cannot be used; the rest works without them."""
    return _found()[1]
