"""The hierarchical calibration: global parameters, one responsiveness for each study, by NumPyro's NUTS.

Needs the extra `calibration` (JAX and NumPyro). A fold leaves rows out by a mask, so all folds are one compiled
program. Arms of a study share the error of its control, which enters as a covariance of rank one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.agents.parameters import HABIT_CAP, NORM_CAP
from simulation.studies.evidence.kernel import Place, Table, log_odds
from simulation.studies.evidence.rows import Target


@dataclass(frozen=True)
class Prior:
    """Lognormal by its median and the standard deviation of its log, or half-normal by its scale, or uniform."""

    kind: str
    middle: float
    spread: float
    why: str


PRIORS: Mapping[str, Prior] = {
    "beta_c": Prior("lognormal", 0.3, 0.7, "any reward moves: Shampanier and others 2007; wide"),
    "beta_m": Prior("lognormal", 0.3, 0.7, "log utility of money; wide"),
    "v0": Prior("lognormal", 0.03, 1.0, "a quarter of an hour's wage; wide"),
    "beta_r": Prior("lognormal", 0.5, 0.7, "Benabou and Tirole 2006; wide"),
    "beta_a": Prior("lognormal", 0.12, 0.5, "reminders in the field: Mertens and others 2022"),
    "beta_k": Prior("lognormal", 0.18, 0.5, "commitments in the field: Mertens and others 2022"),
    "beta_t": Prior("lognormal", 0.3, 0.7, "peer accountability; wide"),
    "w_d": Prior("lognormal", 1.6, 0.35, "peer slope of .3: Nickerson 2008; Aral and Nicolaides 2017"),
    "w_h": Prior("lognormal", 2.9, 0.35, "Becker and Murphy 1988; held below 3.8 for stability"),
    "eta1": Prior("lognormal", 0.036, 0.5, "Lally and others 2010"),
    "chi": Prior("lognormal", 0.1, 0.58, "Meier 2007 (sign)"),
    "kappa_c": Prior("uniform", 0.0, 0.6, "Deci, Koestner and Ryan 1999 (laboratory)"),
    "tau": Prior("half-normal", 0.0, 0.7, "spread of responsiveness between studies"),
    "omega": Prior("half-normal", 0.0, 0.15, "misfit of an arm"),
    "sigma_s": Prior("lognormal", 0.4, 0.42, "spread of responsiveness between persons"),
    "tau_h": Prior("half-normal", 0.0, 0.5, "spread of habit's strength between behaviours"),
}
"""Declared before any fit; units as in data/parameters/priors.toml."""
NAMES = tuple(PRIORS)
CAPS = {"w_h": HABIT_CAP, "w_d": NORM_CAP}
TERM_OF = {
    "jump": ("beta_c",),
    "money": ("beta_m",),
    "recognition": ("beta_r",),
    "appeal": ("beta_a",),
    "commitment": ("beta_k",),
    "team": ("beta_t",),
    "comparison": ("w_d",),
    "habit": ("w_h",),
    "crowding": ("kappa_c",),
    "heterogeneity": ("tau",),
    "discrepancy": ("omega",),
    "persons": ("sigma_s",),
}
"""Terms that an ablation can leave out, and the parameter that is 0 then."""
_ALMOST_NONE = 1e-4
TARGET_ACCEPT = 0.9


@dataclass(frozen=True)
class Settings:
    """How long and from which seed."""

    seed: int = 1
    warmup: int = 400
    draws: int = 400
    without: tuple[str, ...] = ()


@dataclass(frozen=True)
class Fit:
    """Posterior draws of one fold: parameters float64[draws], study-level deviates, and how well they were mixed."""

    draws: Mapping[str, NDArray[np.float64]]
    log_s: NDArray[np.float64]
    divergent: int
    leaps: float

    def thinned(self, n: int) -> dict[str, NDArray[np.float64]]:
        """Return n evenly spaced draws of the parameters."""
        of = np.linspace(0, len(self.log_s) - 1, n).round().astype(int)
        return {name: x[of] for name, x in self.draws.items()}


class Sampler:
    """The compiled calibration of one table of rows; `fit` takes a mask and a seed."""

    def __init__(self, table: Table, targets: Sequence[Target], settings: Settings) -> None:
        import jax
        import jax.numpy as jnp

        jax.config.update("jax_enable_x64", True)  # type: ignore[no-untyped-call]  # JAX has no types there
        self.table, self.settings = table, settings
        self.place = Place(jnp, jax.lax.scan)
        self.observed = np.array([t.log_odds for t in targets])
        self.variance = np.array([t.se**2 for t in targets])
        self.shared = np.array([t.se_reference for t in targets])
        self._chains: dict[tuple[int, int], Any] = {}

    def fit(
        self,
        mask: NDArray[np.bool_],
        seed: int,
        observed: NDArray[np.float64] | None = None,
        lengths: tuple[int, int] | None = None,
    ) -> Fit:
        """Fit to the rows of the mask by one chain.

        Args:
            mask: Rows that are seen, bool[L].
            seed: Of the chain.
            observed: In the place of the targets, as in simulation-based calibration.
            lengths: Warm-up and draws, in the place of those of the settings.
        """
        import jax

        walk = self._chain(*(lengths or (self.settings.warmup, self.settings.draws)))
        seen = self.observed if observed is None else observed
        found, divergent, leaps = walk(jax.random.PRNGKey(seed), seen, mask.astype(float))
        found = {name: np.asarray(x) for name, x in found.items()}
        return Fit(
            {name: found[name] for name in NAMES},
            found["log_s"],
            int(np.asarray(divergent).sum()),
            float(np.asarray(leaps).mean()),
        )

    def _chain(self, warmup: int, draws: int) -> Any:
        """Return the chain of these lengths, compiled once: numpyro.infer.MCMC would compile it anew for every fit."""
        import jax
        from numpyro.infer import NUTS

        if (warmup, draws) in self._chains:
            return self._chains[warmup, draws]
        kernel = NUTS(self._model, target_accept_prob=TARGET_ACCEPT, max_tree_depth=8)

        def walk(key: Any, *given: Any) -> Any:
            def step(state: Any, _: None) -> tuple[Any, Any]:
                state = kernel.sample(state, given, {})
                return state, (state.z, state.diverging, state.num_steps)

            start = kernel.init(key, warmup, None, given, {})
            _, walked = jax.lax.scan(step, start, None, length=warmup + draws)
            z, divergent, leaps = jax.tree.map(_after(warmup), walked)
            return jax.vmap(kernel.postprocess_fn(given, {}))(z), divergent, leaps

        self._chains[warmup, draws] = jax.jit(walk)
        return self._chains[warmup, draws]

    def _model(self, observed: Any, mask: Any) -> None:
        import jax.numpy as jnp
        import numpyro
        from numpyro import distributions as dist

        draw = self._priors()
        n = len(self.table.studies)
        log_s = numpyro.sample("log_s", dist.Normal(0.0, draw["tau"]).expand([n]))
        deviate = numpyro.sample("habit_deviate", dist.Normal(0.0, 1.0).expand([n]))
        expected = log_odds(self.table, draw, log_s[self.table.study], deviate[self.table.study], self.place)
        off = observed - expected
        variance = self.variance + draw["omega"] ** 2
        numpyro.factor("likelihood", self._likelihood(jnp, off, variance, mask))

    def _likelihood(self, jnp: Any, off: Any, variance: Any, mask: Any) -> Any:
        """Return the log density of the deviations: independent within, one error of the control shared by a study."""
        n, study = len(self.table.studies), self.table.study
        precision = mask / variance

        def of_study(x: Any) -> Any:
            return jnp.zeros(n).at[study].add(x)

        square, linear = of_study(precision * off**2), of_study(precision * off * self.shared)
        weight = of_study(precision * self.shared**2)
        whole = square - linear**2 / (1 + weight)
        return -0.5 * (whole.sum() + (mask * jnp.log(variance)).sum() + jnp.log1p(weight).sum())

    def _priors(self) -> dict[str, Any]:
        import jax.numpy as jnp
        import numpyro
        from numpyro import distributions as dist

        left_out = {name for term in self.settings.without for name in TERM_OF[term]}
        draw = {}
        for name, prior in PRIORS.items():
            if name in left_out:
                draw[name] = numpyro.deterministic(name, _ALMOST_NONE)
            elif prior.kind == "uniform":
                draw[name] = numpyro.sample(name, dist.Uniform(prior.middle, prior.spread))
            elif prior.kind == "half-normal":
                draw[name] = numpyro.sample(name, dist.HalfNormal(prior.spread))
            elif name in CAPS:
                high = float(np.log(CAPS[name]))
                log = dist.TruncatedNormal(float(np.log(prior.middle)), prior.spread, high=high)
                draw[name] = numpyro.deterministic(name, jnp.exp(numpyro.sample(f"log_{name}", log)))
            else:
                draw[name] = numpyro.sample(name, dist.LogNormal(float(np.log(prior.middle)), prior.spread))
        return draw


def _after(warmup: int) -> Callable[[Any], Any]:
    def kept(x: Any) -> Any:
        return x[warmup:]

    return kept
