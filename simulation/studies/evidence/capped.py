"""How likely known arms are where an arm's misfit is at most its effect, as the engine has it.

The parameters were calibrated with misfits of any size, and so the report card weighs one arm given. A pilot is weighed as
its scenario will be run: there an arm that is expected to do little can never do much, and one that did much tells more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import erfc, log, pi, sqrt

import numpy as np
from numpy.typing import NDArray

from simulation.studies.evidence.rows import Target

Floats = NDArray[np.float64]
NODES = 15
"""Places at which the error of a control that several arms share is looked at."""
_FAR, _STEPS = 37.0, 7400
"""Standard deviations up to which the tail is read off a table, for beyond them a float knows no such chance."""
_Z = np.linspace(0.0, _FAR, _STEPS + 1)
_SCALED = np.array([log(erfc(z / sqrt(2)) / 2) + z**2 / 2 for z in _Z])
"""Log of the chance to lie beyond z, but for the square: so smooth that lines between the points err by 2e-6 at most."""


def capped_density(draws: Mapping[str, Floats], expected: Floats, targets: Sequence[Target]) -> Floats:
    """Return the log density of known rows whose misfit is clip(omega z, -|e|, |e|), but for a constant.

    Args:
        draws: Parameters by name; omega is used here, float64[M].
        expected: Log-odds e of the rows at each responsiveness, float64[M, F, L].
        targets: What was observed of them; they share the error of one control.

    Returns:
        float64[M, F].
    """
    omega = draws["omega"][:, None, None]
    off = np.array([t.log_odds for t in targets]) - expected
    se, shared = (np.array([getattr(t, name) for t in targets]) for name in ("se", "se_reference"))
    most = np.abs(expected)
    at_an_end = log_below(-most / omega)
    if len(targets) == 1:
        return _of_rows(off, most, np.hypot(se, shared), omega, at_an_end)
    if not shared.any():
        return _of_rows(off, most, se, omega, at_an_end)
    return _over_shared(off, most, se, shared, omega, at_an_end)


def _over_shared(off: Floats, most: Floats, se: Floats, shared: Floats, omega: Floats, at_an_end: Floats) -> Floats:
    """Integrate over the control's error: at places around where the rows put it, each weighed by how rare it is."""
    variance = se**2 + np.minimum(omega, most) ** 2
    precision = 1 + (shared**2 / variance).sum(-1)
    middle, width = (shared * off / variance).sum(-1) / precision, 1 / np.sqrt(precision)
    nodes, weights = np.polynomial.hermite_e.hermegauss(NODES)
    found = []
    for x, weight in zip(nodes, weights, strict=True):
        at = middle + width * x
        rows = _of_rows(off - shared * at[..., None], most, se, omega, at_an_end)
        found.append(rows + np.log(weight) + 0.5 * x**2 - 0.5 * at**2 + np.log(width))
    return np.asarray(np.logaddexp.reduce(found))


def _of_rows(off: Floats, most: Floats, se: Floats, omega: Floats, at_an_end: Floats) -> Floats:
    """Return the log density of being `off`, where a misfit up to `most` and an error stand behind it, over all rows."""
    variance = se**2 + omega**2
    middle, width = off * omega**2 / variance, omega * se / np.sqrt(variance)
    within = -0.5 * (off**2 / variance + np.log(variance)) + _log_between(
        (-most - middle) / width, (most - middle) / width
    )
    ends = np.logaddexp(-0.5 * ((off - most) / se) ** 2, -0.5 * ((off + most) / se) ** 2) - np.log(se)
    return np.asarray(np.logaddexp(within, ends + at_an_end).sum(-1))


def _log_between(low: Floats, high: Floats) -> Floats:
    """Return the log of the chance that a standard normal number lies between; minus infinity where it is nothing."""
    turn = low + high > 0  # taken in the lower tail, where nothing is lost
    low, high = np.where(turn, -high, low), np.where(turn, -low, high)
    upper = log_below(high)
    with np.errstate(divide="ignore"):
        return np.asarray(upper + np.log1p(-np.exp(np.minimum(log_below(low) - upper, 0.0))))


def log_below(x: Floats) -> Floats:
    """Return the log of the chance that a standard normal number lies below, also far in the tail."""
    z = np.abs(x)
    far = np.maximum(z, _FAR)
    beyond = -np.log(far * sqrt(2 * pi)) - 1 / far**2  # the first two terms of Mills' ratio
    tail = np.where(z < _FAR, np.interp(z, _Z, _SCALED), beyond) - z**2 / 2
    return np.asarray(np.where(x < 0, tail, np.log1p(-np.exp(np.where(x < 0, -1.0, tail)))))
