"""What is known of each parameter of the law before any draw: default, range, unit, source, what it can be at all."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

HABIT_CAP = 3.8
NORM_CAP = 3.8
CROWDING_VALUES = (0.0, 0.3, 0.6)
DEVIATES = ("responsiveness", "habit_deviate")
"""Drawn for each behaviour, standard normal."""
_BOUNDS = {
    **dict.fromkeys(("rho_z", "nu", "drop_out", "never_start", "false_claim_rate", "phi"), (0.0, 1.0)),
    **dict.fromkeys(DEVIATES, (-6.0, 6.0)),
    "iota_shift": (-1.0, 1.0),
    "v0": (1e-6, 100.0),
    "friction_factor": (1e-6, 1e3),
    "sigma_s": (0.0, 5.0),
    "tau": (0.0, 5.0),
    "tau_h": (0.0, 5.0),
    "w_d": (0.0, NORM_CAP),
    "w_h": (0.0, HABIT_CAP),
}


@cache
def priors() -> Mapping[str, Mapping[str, Any]]:
    """Return the table of parameters: default, low, high, unit, source."""
    text = resources.files("simulation.data.parameters").joinpath("priors.toml").read_text("utf-8")
    return tomllib.loads(text)


def bounds_of(name: str) -> tuple[float, float]:
    """Return between which numbers a parameter can be fixed at all, ends included; what is likely is far narrower."""
    return _BOUNDS.get(name, (0.0, 100.0))
