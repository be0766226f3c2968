"""The parameters of behaviour in one simulated society: a joint posterior draw and priors for what no study tells."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np

from simulation.agents.ensemble import RESPONSIVENESS, ParameterSets, number_of, posterior
from simulation.agents.priors import CROWDING_VALUES, DEVIATES, HABIT_CAP, NORM_CAP, bounds_of, priors
from simulation.core.errors import InputError
from simulation.core.floats import exp64, log64, normal_quantile
from simulation.core.names import did_you_mean, listed, quoted
from simulation.core.streams import BEHAVIOUR_RESPONSIVENESS, PARAMETER, Streams, mix64

__all__ = [
    "CROWDING_VALUES", "DEVIATES", "HABIT_CAP", "NORM_CAP", "Parameters", "bounds_of", "defaults", "draw", "from_table",
    "priors", "van_der_corput", "with_fixed",
]  # fmt: skip
_Z95 = 1.6448536269514722


@dataclass(frozen=True)
class Parameters:
    """One draw. Names, units, ranges and sources stand in data/parameters/priors.toml.

    `responsiveness` and `habit_deviate` hold one standard normal deviate per behaviour, in file order.
    """

    member: int
    beta_c: float
    beta_m: float
    v0: float
    beta_r: float
    beta_a: float
    beta_k: float
    beta_t: float
    w_d: float
    w_h: float
    eta1: float
    tau_h: float
    kappa_c: float
    chi: float
    tau: float
    omega: float
    rho_z: float
    sigma_s: float
    nu: float
    w_e: float
    drop_out: float
    never_start: float
    friction_factor: float
    iota_shift: float
    false_claim_rate: float
    phi: float
    responsiveness: tuple[float, ...]
    habit_deviate: tuple[float, ...]
    redrawn: int = 0

    def row(self) -> dict[str, float | int]:
        """Return the draw as one flat row, deviates numbered by behaviour."""
        flat: dict[str, float | int] = {}
        for name, value in asdict(self).items():
            if isinstance(value, tuple):
                flat.update({f"{name}_{b}": v for b, v in enumerate(value)})
            else:
                flat[name] = value
        return flat


def defaults(n_behaviours: int) -> Parameters:
    """Return every parameter at its default, as `--parameters default` fixes them."""
    values = {name: float(p["default"]) for name, p in priors().items()}
    zeros = (0.0,) * n_behaviours
    return Parameters(member=-1, responsiveness=zeros, habit_deviate=zeros, redrawn=0, **values)


def draw(seed: int, replicate: int, n_behaviours: int) -> Parameters:
    """Draw the parameters of a replicate, the same in all its arms and under any second luck.

    What the shipped posterior has is its member's; the rest has its own draw, each at an address of its own.
    """
    streams = Streams(seed, replicate)
    member, together = posterior().of(seed, replicate)
    values = {name: _lognormal(streams, name) for name in ("sigma_s", "drop_out", "never_start", "friction_factor")}
    values["w_d"], redrawn = _bounded_lognormal(streams, "w_d", NORM_CAP)
    values["rho_z"] = _logit_normal(streams, "rho_z")
    values["w_e"] = _uniform(streams, "w_e")
    values["iota_shift"] = _uniform(streams, "iota_shift")
    values["tau_h"] = 0.5 * float(normal_quantile(0.5 + 0.5 * _u(streams, "tau_h")))
    values["nu"] = float(priors()["nu"]["default"])
    values["kappa_c"] = CROWDING_VALUES[replicate % 3]
    values["false_claim_rate"] = 1.0 - float(exp64(log64(1.0 - _u(streams, "lam_f")) / 9.0))
    values["phi"] = _beta_2_3(_u(streams, "phi"))
    habit = tuple(float(normal_quantile(_u(streams, "habit_deviate", b))) for b in range(n_behaviours))
    return Parameters(
        member=member,
        responsiveness=_responsiveness(seed, replicate, n_behaviours),
        habit_deviate=habit,
        redrawn=0 if "w_d" in together else redrawn,
        **values | together,
    )


def from_table(sets: ParameterSets, seed: int, replicate: int, behaviours: Sequence[str]) -> Parameters:
    """Return the parameters of a replicate by a user's table; what it lacks is drawn as without it.

    Args:
        sets: The table; its column `responsiveness` holds the deviate of all behaviours, `responsiveness_NAME` of one.
        seed: Root seed.
        replicate: Which society, from 0.
        behaviours: Names of the scenario's behaviours, in file order.
    """
    drawn = draw(seed, replicate, len(behaviours))
    member, given = sets.members.of(seed, replicate)
    values: dict[str, Any] = {name: value for name, value in given.items() if name in priors()}
    common = [given.get(RESPONSIVENESS, own) for own in drawn.responsiveness]
    own = (given.get(f"{RESPONSIVENESS}_{b}", c) for b, c in zip(behaviours, common, strict=True))
    redrawn = 0 if "w_d" in values else drawn.redrawn
    return replace(drawn, member=member, responsiveness=tuple(own), redrawn=redrawn, **values)


def with_fixed(p: Parameters, fixed: Sequence[tuple[str, float]]) -> Parameters:
    """Return a draw with some of its parameters put in the place of those drawn; the rest stays as it is.

    `responsiveness` and `habit_deviate` stand for the deviates of all behaviours.

    Raises:
        InputError: For a name that no parameter has, with the nearest; for a number that it cannot be.
    """
    values: dict[str, Any] = {}
    for name, value in fixed:
        checked = _checked(name, value)
        values[name] = (checked,) * len(p.responsiveness) if name in DEVIATES else checked
    return replace(p, **values) if values else p


def _checked(name: str, value: float) -> float:
    """Return the value of a fixed parameter as a float, if it can be that of this parameter."""
    known = (*priors(), *DEVIATES)
    if name not in known:
        ask_en, ask_th, _ = did_you_mean(name, known)
        names = listed(known)
        raise InputError(
            f"There is no parameter {quoted(name)}.{ask_en} There are: {names}.",
            f"ไม่มีพารามิเตอร์ {quoted(name)}{ask_th} ที่มี: {names}",
        )
    low, high = bounds_of(name)
    a_number = isinstance(value, int | float | np.number) and not isinstance(value, bool)
    if not a_number or not low <= float(value) <= high:
        raise InputError(
            f"parameters.{name} is {quoted(str(value))}; it is a number from {low:g} to {high:g}.",
            f"parameters.{name} เป็น {quoted(str(value))} ต้องเป็นจำนวนตั้งแต่ {low:g} ถึง {high:g}",
        )
    return float(value)


def van_der_corput(replicate: int, seed: int, name: str) -> float:
    """Return the replicate's point of a base-2 sequence, scrambled bit by bit by a key (Owen 1995).

    Every prefix fills (0, 1) nearly evenly, and a point never changes when more are asked for.
    """
    key = mix64(seed ^ number_of(name))
    bits, prefix = 0, 1
    for i in range(32):
        bit = (replicate >> i) & 1
        flip = mix64(key ^ mix64(prefix)) & 1
        bits = (bits << 1) | (bit ^ flip)
        prefix = (prefix << 1) | bit
    return (bits + 0.5) / 2.0**32


def _responsiveness(seed: int, replicate: int, n_behaviours: int) -> tuple[float, ...]:
    common = float(normal_quantile(van_der_corput(replicate, seed, "responsiveness")))
    if n_behaviours == 1:
        return (common,)
    streams = Streams(seed, replicate)
    ids = np.arange(n_behaviours, dtype=np.uint64)
    own = streams.normal(BEHAVIOUR_RESPONSIVENESS, ids)
    return tuple(float(math.sqrt(0.5) * common + math.sqrt(0.5) * e) for e in own)


def _u(streams: Streams, name: str, attempt: int = 0) -> float:
    return streams.one(PARAMETER, b=number_of(name) % 2**31, week=attempt)


def _range(name: str) -> tuple[float, float]:
    return float(priors()[name]["low"]), float(priors()[name]["high"])


def _uniform(streams: Streams, name: str) -> float:
    low, high = _range(name)
    return low + (high - low) * _u(streams, name)


def _lognormal(streams: Streams, name: str, attempt: int = 0) -> float:
    low, high = (float(log64(x)) for x in _range(name))
    z = float(normal_quantile(_u(streams, name, attempt)))
    return float(exp64((low + high) / 2 + z * (high - low) / (2 * _Z95)))


def _bounded_lognormal(streams: Streams, name: str, cap: float) -> tuple[float, int]:
    mean, spread = float(log64(1.6)), 0.35
    for attempt in range(64):
        z = float(normal_quantile(_u(streams, name, attempt)))
        value = float(exp64(mean + spread * z))
        if value <= cap:
            return value, attempt
    raise RuntimeError(f"64 draws of {name} in a row lay above {cap}")


def _beta_2_3(u: float) -> float:
    """Return the quantile of Beta(2, 3), whose distribution function is 6x^2 - 8x^3 + 3x^4, by bisection."""
    low, high = 0.0, 1.0
    for _ in range(52):
        x = 0.5 * (low + high)
        below = x * x * (6.0 - 8.0 * x + 3.0 * x * x) < u
        low, high = (x, high) if below else (low, x)
    return 0.5 * (low + high)


def _logit_normal(streams: Streams, name: str) -> float:
    low, high = (float(log64(x / (1 - x))) for x in _range(name))
    z = float(normal_quantile(_u(streams, name)))
    x = (low + high) / 2 + z * (high - low) / (2 * _Z95)
    return float(1.0 / (1.0 + exp64(-x)))
