"""Points of a design in the unit cube, drawn by SciPy and SALib from a seed."""

from __future__ import annotations

import importlib
import inspect
import warnings
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.core.errors import InputError

EXTRA = 'pip install "kwamdee[studies]"'


def latin_hypercube(factors: int, points: int, seed: int) -> NDArray[np.float64]:
    """Return points of which each of as many equal parts of every factor's range holds one; float64[points, factors]."""
    qmc = module("scipy.stats.qmc")
    return _floats(qmc.LatinHypercube(d=factors, **_generator(qmc.LatinHypercube, seed)).random(points))


def sobol_sequence(factors: int, points: int, seed: int) -> NDArray[np.float64]:
    """Return the first points of a scrambled Sobol' sequence; float64[points, factors]."""
    qmc = module("scipy.stats.qmc")
    with warnings.catch_warnings():  # that a power of 2 is best is said where the study is read
        warnings.filterwarnings("ignore", message="The balance properties", category=UserWarning)
        return _floats(qmc.Sobol(d=factors, scramble=True, **_generator(qmc.Sobol, seed)).random(points))


def saltelli_sample(factors: int, base: int, seed: int) -> NDArray[np.float64]:
    """Return A, A with each column of B in turn, and B, row by row; float64[base * (factors + 2), factors]."""
    sample = module("SALib.sample.sobol").sample
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="The balance properties", category=UserWarning)
        return _floats(sample(_problem(factors), base, calc_second_order=False, seed=seed))


def morris_trajectories(factors: int, trajectories: int, levels: int, seed: int) -> NDArray[np.float64]:
    """Return trajectories that change one factor at a time; float64[trajectories * (factors + 1), factors]."""
    sample = module("SALib.sample.morris").sample
    return _floats(sample(_problem(factors), trajectories, num_levels=levels, seed=seed))


def module(name: str) -> Any:
    """Return a module of the extra `studies`; raises InputError that says how to install it where it is missing."""
    try:
        return importlib.import_module(name)
    except ImportError:
        package = name.partition(".")[0]
        raise InputError(
            f"This design needs {package}, which is not installed. Install it: {EXTRA}",
            f"แบบการทดลองนี้ต้องใช้ {package} ซึ่งยังไม่ได้ติดตั้ง ให้ติดตั้งด้วยคำสั่ง {EXTRA}",
        ) from None


def _problem(factors: int) -> dict[str, Any]:
    return {"num_vars": factors, "names": [f"x{i}" for i in range(factors)], "bounds": [[0.0, 1.0]] * factors}


def _generator(sampler: Any, seed: int) -> dict[str, Any]:
    """Return the seed under the name that this version of SciPy has for it."""
    name = "rng" if "rng" in inspect.signature(sampler).parameters else "seed"
    return {name: np.random.default_rng(seed)}


def _floats(points: Any) -> NDArray[np.float64]:
    return np.ascontiguousarray(points, dtype="<f8")
