"""The calls of SALib: with a seed always, nothing global left changed, the same bits on every call."""

from __future__ import annotations

import math
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from simulation.results.responses.extras import need

Floats = NDArray[np.float64]
CONFIDENCE = 0.95
RESAMPLES, FEWEST_RESAMPLES = 1000, 100
RESAMPLED_AT_ONCE = 2_000_000
"""SALib holds all resamples of all blocks at once, in several copies of 8 bytes each."""
DELTA_RESAMPLES = 30
SLIDES = 10
LEAST_BLOCKS = 4
LEAST_FOR_DELTA = 40
SAME = 1e-9
"""Coordinates that differ by less are the same value."""


def morris(design: Floats, y: Floats, names: Sequence[str], seed: int = 1) -> pd.DataFrame:
    """Return mu, mu*, its half width and sigma of each factor from trajectories of factors + 1 points.

    An elementary effect is the change of the outcome over one move of one factor, scaled to the whole range of the
    factor. A move that does not change the factor (a short list under a finer walk) tells nothing and is left out for
    that factor; `moves` counts those that tell. NaN for fewer than two.

    Args:
        design: Unit coordinates in the order of the design, (trajectories * (factors + 1), factors).
        y: Outcome at each point; a trajectory with a point that is not known is left out.
        names: Of the factors.
        seed: Of the resamples, 0 or more.
    """
    need("SALib", "scipy")
    k = len(names)
    columns = ["mu", "mu_star", "mu_star_conf", "sigma"]
    table = pd.DataFrame(math.nan, index=range(k), columns=columns).assign(moves=0)
    x, outcome = whole_blocks(design, y, k + 1)
    steps = np.diff(x.reshape(-1, k + 1, k), axis=1)
    moved: NDArray[np.bool_] = np.abs(steps) > SAME
    if (moved.sum(axis=2) > 1).any() or (moved.sum(axis=1) > 1).any():
        return _named(table, names)  # no trajectories: several factors move at once, or one moves twice
    tells: NDArray[np.bool_] = np.asarray(moved.any(axis=1), dtype=np.bool_)
    alike: dict[bytes, list[int]] = {}
    for j in range(k):  # factors that the same trajectories tell of share one call
        alike.setdefault(tells[:, j].tobytes(), []).append(j)
    for factors in alike.values():
        chosen = np.flatnonzero(tells[:, factors[0]])
        table.loc[factors, "moves"] = len(chosen)
        if len(chosen) > 1:
            table.loc[factors, columns] = _elementary_effects(x, outcome, steps, chosen, seed).loc[factors, columns]
    return _named(table, names)


def _elementary_effects(x: Floats, y: Floats, steps: Floats, chosen: NDArray[np.intp], seed: int) -> pd.DataFrame:
    """Return what SALib says of some trajectories, had every step the length that SALib takes it to have.

    SALib divides each change by levels / (2 (levels - 1)), 2/3 for four, whatever the step was. Steps of a listed
    factor differ from that, so each change is first scaled by 2/3 over its own step.
    """
    from SALib.analyze import morris as method

    k = x.shape[1]
    own = np.abs(steps[chosen]).sum(axis=2)
    y = y.reshape(-1, k + 1)[chosen]
    changes = np.diff(y, axis=1) * np.divide(2.0 / 3.0, own, out=np.zeros_like(own), where=own > SAME)
    scaled = np.hstack([y[:, :1], y[:, :1] + np.cumsum(changes, axis=1)]).reshape(-1)
    rows = x.reshape(-1, k + 1, k)[chosen].reshape(-1, k)
    found = method.analyze(
        _problem(k), rows, scaled, num_resamples=RESAMPLES, conf_level=CONFIDENCE, num_levels=4, seed=seed + 1
    )
    return pd.DataFrame({c: np.ma.getdata(found[c]) for c in ("mu", "mu_star", "mu_star_conf", "sigma")}, dtype=float)


def mu_weights(design: Floats, y: Floats, j: int) -> Floats:
    """Return each point's weight in the mean elementary effect of factor `j`; zeros for points left out."""
    n, k = int(design.shape[0]), int(design.shape[1])
    last = n // (k + 1) * (k + 1)
    known = _known(design, y)[:last].reshape(-1, k + 1).all(axis=1, keepdims=True)
    steps = np.diff(design[:last, j].reshape(-1, k + 1), axis=1)
    per_step = np.divide(1.0, steps, out=np.zeros_like(steps), where=np.abs(steps) > SAME)
    per_step = np.where(known, per_step, 0.0)
    per_step /= max(1, np.count_nonzero(per_step))
    weights = np.zeros(n)
    ends = weights[:last].reshape(-1, k + 1)
    ends[:, 1:] += per_step
    ends[:, :-1] -= per_step
    return weights


def sobol_indices(design: Floats, y: Floats, names: Sequence[str], seed: int = 1) -> pd.DataFrame:
    """Return S1 and ST of each factor with their half widths at 95 %, from a Saltelli design.

    The design's blocks are A, AB of each factor, (BA of each factor,) B, as SALib's own sampler writes them; which of
    both it is shows in the coordinates. A block with a point that is not known is left out as a whole. NaN where the
    design is another, where fewer than four blocks are left, and where the outcome is constant.
    """
    need("SALib", "scipy")
    from SALib.analyze import sobol as method

    k = len(names)
    table = pd.DataFrame(math.nan, index=range(k), columns=["s1", "s1_conf", "st", "st_conf"])
    size = saltelli_block(design)
    outcome = whole_blocks(design, y, size)[1] if size else np.empty(0)
    if len(outcome) < LEAST_BLOCKS * size or size == 0 or np.ptp(outcome) == 0.0:
        return _named(table, names)
    found = method.analyze(
        _problem(k),
        outcome,
        calc_second_order=size == 2 * k + 2 and k > 1,
        num_resamples=max(FEWEST_RESAMPLES, min(RESAMPLES, RESAMPLED_AT_ONCE // (len(outcome) // size))),
        conf_level=CONFIDENCE,
        seed=seed + 1,
    )
    for column, name in zip(table.columns, ("S1", "S1_conf", "ST", "ST_conf"), strict=True):
        table[column] = np.asarray(found[name], dtype=np.float64)
    return _named(table, names)


def saltelli_block(design: Floats) -> int:
    """Return how many points a block of a Saltelli design has: factors + 2, or 2 * factors + 2; 0 where it is none."""
    n, k = int(design.shape[0]), int(design.shape[1])
    for size in (k + 2, 2 * k + 2):
        if n == 0 or n % size:
            continue
        blocks = whole_blocks(design, np.zeros(n), size)[0].reshape(-1, size, k)
        first, last = blocks[:, 0], blocks[:, -1]
        mixed = np.repeat(first[:, None], k, axis=1)
        mixed[:, np.arange(k), np.arange(k)] = last
        if len(blocks) and np.allclose(blocks[:, 1 : k + 1], mixed, rtol=0.0, atol=SAME):
            return size
    return 0


def pawn_index(x: Floats, y: Floats) -> tuple[float, float]:
    """Return the median and the largest Kolmogorov-Smirnov distance over ten slides of one continuous factor."""
    need("SALib", "scipy")
    from SALib.analyze import pawn as method

    found = method.analyze(_problem(1), x[:, None], y, S=SLIDES)
    return float(found["median"][0]), float(found["maximum"][0])


def delta(design: Floats, y: Floats, names: Sequence[str], seed: int = 1) -> pd.DataFrame:
    """Return Borgonovo's delta of each factor, corrected for bias, with its half width at 95 %.

    How far the outcome's whole distribution moves when the factor is known: for skewed outcomes, from any design. NaN
    below 40 points and where the outcome is constant.
    """
    need("SALib", "scipy", "sklearn")
    from SALib.analyze import delta as method
    from threadpoolctl import threadpool_limits  # comes with scikit-learn

    k = len(names)
    known = _known(design, y)
    x, outcome = design[known], y[known]
    table = pd.DataFrame(math.nan, index=range(k), columns=["delta", "delta_conf"])
    varied = [j for j in range(k) if len(x) and np.ptp(x[:, j]) > 0.0]
    if len(outcome) < LEAST_FOR_DELTA or np.ptp(outcome) == 0.0 or not varied:
        return _named(table, names)
    problem = _problem(len(varied))
    # Thousands of solves with a matrix of one number: waking a second thread for each takes ten times as long.
    with _nothing_global_left(), threadpool_limits(1):
        found = method.analyze(
            problem,
            x[:, varied] + 1.0,  # above 0 everywhere, or SALib would try a step at 0 too
            outcome,
            num_resamples=DELTA_RESAMPLES,
            conf_level=CONFIDENCE,
            seed=seed + 1,
            method="delta",
            bins_specs=dict.fromkeys(problem["names"], min(10, len(outcome) // 20)),
        )
    table.loc[varied, "delta"] = np.asarray(found["delta_raw"])
    table.loc[varied, "delta_conf"] = np.asarray(found["delta_raw_conf"])
    return _named(table, names)


@contextmanager
def _nothing_global_left() -> Iterator[None]:
    """Put back what SALib's delta sets for the whole program: NumPy's global stream, filters and form of warnings.

    Its warnings are about its other estimators (balanced bins, a step at 0), which are not read here.
    """
    state = np.random.get_state()  # noqa: NPY002 - SALib seeds the global stream; this is what puts it back
    shape = warnings.formatwarning
    try:
        with warnings.catch_warnings(record=True):
            yield
    finally:
        warnings.formatwarning = shape
        np.random.set_state(state)  # noqa: NPY002 - as above


def whole_blocks(design: Floats, y: Floats, size: int) -> tuple[Floats, Floats]:
    """Return the blocks of `size` points in which every coordinate and outcome is known."""
    n = len(y) // size * size
    known = _known(design, y)[:n].reshape(-1, size).all(axis=1)
    rows = np.repeat(known, size)
    return design[:n][rows], y[:n][rows]


def _known(design: Floats, y: Floats) -> NDArray[np.bool_]:
    return np.asarray(np.isfinite(y) & np.isfinite(design).all(axis=1), dtype=np.bool_)


def _problem(k: int) -> dict[str, Any]:
    return {"num_vars": k, "names": [f"x{j}" for j in range(k)], "bounds": [[0.0, 1.0]] * k}


def _named(table: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    table.insert(0, "factor", list(names))
    return table
