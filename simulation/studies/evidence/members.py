"""What a scenario's societies would draw before a pilot, as columns: members with all their parameters and deviates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from simulation.agents.ensemble import RESPONSIVENESS, ParameterSets
from simulation.agents.parameters import draw
from simulation.agents.priors import priors
from simulation.studies.evidence.expected import even_normals

MEMBERS = 600
"""Three rounds through the posterior's 200 sets, so that each meets every size of crowding."""
LEARNED = (
    "beta_c", "beta_m", "v0", "beta_r", "beta_a", "beta_k", "beta_t", "w_d", "w_h", "eta1", "chi", "kappa_c", "tau",
    "omega", "sigma_s", "tau_h",
)  # fmt: skip
"""Parameters that the law without chance knows, and so a pilot can teach; the rest stays as it is drawn."""
_WIDEST = 6.0


@dataclass(frozen=True)
class Members:
    """Parameter sets: each parameter float64[M], deviates of responsiveness and habit by behaviour float64[M]."""

    draws: Mapping[str, NDArray[np.float64]]
    responsiveness: Mapping[str, NDArray[np.float64]]
    habit: Mapping[str, NDArray[np.float64]]

    def __len__(self) -> int:
        return len(self.draws["tau"])

    def chosen(self, members: NDArray[np.int64], responsiveness: Mapping[str, NDArray[np.float64]]) -> Members:
        """Return some members with other responsiveness, float64[K] for each behaviour."""
        return Members(
            {name: x[members] for name, x in self.draws.items()},
            dict(responsiveness),
            {name: x[members] for name, x in self.habit.items()},
        )

    def columns(self, names: Sequence[str]) -> dict[str, NDArray[np.float64]]:
        """Return columns as a table of parameters has them."""
        deviates = {f"{RESPONSIVENESS}_{b}": np.clip(x, -_WIDEST, _WIDEST) for b, x in self.responsiveness.items()}
        return {**{name: np.asarray(self.draws[name]) for name in names}, **deviates}

    def sets(self) -> ParameterSets:
        """Return all of it as the table that societies draw from."""
        columns = self.columns(tuple(priors()))
        rows = zip(*(x.tolist() for x in columns.values()), strict=True)
        return ParameterSets("\n".join([",".join(columns), *(",".join(map(repr, row)) for row in rows)]) + "\n")


def members_before(seed: int, behaviours: Sequence[str], size: int = MEMBERS) -> Members:
    """Return what the first societies of a scenario would draw; each behaviour's responsiveness fills its range evenly.

    Args:
        seed: Root seed of the scenario.
        behaviours: Names of its behaviours, in order.
        size: How many members.
    """
    drawn = [draw(seed, k, len(behaviours)) for k in range(size)]
    draws = {name: np.array([float(getattr(p, name)) for p in drawn]) for name in priors()}
    return Members(
        draws,
        {b: np.array([p.responsiveness[i] for p in drawn]) for i, b in enumerate(behaviours)},
        {b: np.array([p.habit_deviate[i] for p in drawn]) for i, b in enumerate(behaviours)},
    )


def others_given(
    known: Mapping[str, NDArray[np.float64]], behaviours: Sequence[str], seed: int
) -> dict[str, NDArray[np.float64]]:
    """Return the deviates of all behaviours, where some are known: two behaviours of a programme go together by half.

    Args:
        known: Deviates of responsiveness by behaviour, float64[M].
        behaviours: Names of all behaviours, in order.
        seed: Root seed.
    """
    n, total = len(known), np.sum(list(known.values()), axis=0)
    size = len(total)
    common = sqrt(2) * total / (n + 1) + sqrt(1 / (n + 1)) * even_normals(size, f"{seed}|common")
    return {
        b: known[b] if b in known else sqrt(0.5) * common + sqrt(0.5) * even_normals(size, f"{seed}|{b}")
        for b in behaviours
    }


def togetherness(known: Mapping[str, NDArray[np.float64]]) -> NDArray[np.float64]:
    """Return the log of how much likelier deviates are as a programme's than each by itself, float64[M]."""
    u = np.stack(list(known.values()))
    n = len(u)
    together = 2 * ((u**2).sum(0) - u.sum(0) ** 2 / (1 + n))
    return np.asarray(-0.5 * (together - (u**2).sum(0)))
