"""Small studies and tables whose answers are known by arithmetic."""

import itertools
import math

import numpy as np
import pandas as pd

from simulation.core.params import Text
from simulation.results.responses.facts import Contrast, FactorFacts, StudyFacts

WORD = Text(en="a word", th="คำ")


def ranged(name, low=0.0, high=1.0, scale="linear", usual=None):
    return FactorFacts(
        name, "lever", Text(en=name), WORD, (f"law.{name}",), low=low, high=high, scale=scale, usual=usual
    )


def listed(name, *values, usual=None):
    return FactorFacts(name, "uncertainty", Text(en=name), WORD, (f"law.{name}",), values=values, usual=usual)


def study(factors, points, design="grid", arms=("control", "gift"), contrasts=(), outcomes=("effect_pp",)):
    pairs = tuple((a, Text(en=a)) for a in arms)
    return StudyFacts(
        "s", WORD, WORD, "sc", WORD, "0" * 64, design, points, 4, tuple(factors), pairs, tuple(outcomes), contrasts
    )


def contrast(name, outcome, arm, less):
    return Contrast(name, Text(en=name), outcome, arm, less)


def point_table(columns, arm="gift", mcse=0.0, **outcomes):
    n = len(next(iter(columns.values())))
    table = pd.DataFrame({"point": np.arange(n), **columns, "arm": arm, "replicates": 4, "failed": 0})
    for name, values in outcomes.items():
        table[name] = np.asarray(values, dtype=np.float64)
        table[f"{name}_sd"] = np.asarray(mcse) * 2.0
        table[f"{name}_mcse"] = mcse
        table[f"{name}_low"] = table[f"{name}_high"] = math.nan
    return table


def grid(**levels):
    rows = list(itertools.product(*levels.values()))
    return {name: [row[i] for row in rows] for i, name in enumerate(levels)}


def run_table(values, factors=None, outcome="effect_pp", failed=()):
    """Rows of runs from {(point, arm): [value of replicate 0, 1, ...]}; `failed` holds (point, arm, replicate)."""
    rows = []
    for (point, arm), own in values.items():
        for replicate, value in enumerate(own):
            bad = (point, arm, replicate) in failed
            rows.append(
                {"run_id": f"{point}{arm}{replicate}", "point": point, "arm": arm, "replicate": replicate}
                | {name: column[point] for name, column in (factors or {}).items()}
                | {"scenario": "s", "seed": 1, "status": "failed" if bad else "ok"}
                | {"error": "ValueError" if bad else "", "message": "", "command": ""}
                | {outcome: math.nan if bad else value, "seconds": 0.1, "host": "h"}
            )
    return pd.DataFrame(rows)


def saltelli(n, k, second_order=False):
    from scipy.stats import qmc

    both = qmc.Sobol(2 * k, seed=1).random(n)
    a, b = both[:, :k], both[:, k:]
    mixed = []
    for first, second in ((a, b), (b, a))[: 1 + second_order]:
        for j in range(k):
            x = first.copy()
            x[:, j] = second[:, j]
            mixed.append(x)
    return np.stack([a, *mixed, b], axis=1).reshape(-1, k)


def ishigami(u, a=7.0, b=0.1):
    x = (2.0 * u - 1.0) * math.pi
    return np.sin(x[:, 0]) + a * np.sin(x[:, 1]) ** 2 + b * x[:, 2] ** 4 * np.sin(x[:, 0])


def ishigami_indices(a=7.0, b=0.1):
    """S1 and ST in closed form (Ishigami and Homma 1990)."""
    first = 0.5 * (1.0 + b * math.pi**4 / 5.0) ** 2
    second = a**2 / 8.0
    with_third = b**2 * math.pi**8 * (1.0 / 18.0 - 1.0 / 50.0)
    total = first + second + with_third
    return (
        np.array([first, second, 0.0]) / total,
        np.array([first + with_third, second, with_third]) / total,
    )
