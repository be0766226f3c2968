"""Build one simulated society once per replicate: people, ties, luck and parameters, the same for all arms."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from simulation.agents import parameters as draws
from simulation.agents.citizens_table import Citizens
from simulation.agents.law_spec import LawSpec, response_by_group, ruled
from simulation.agents.parameters import Parameters
from simulation.core.floats import exp64
from simulation.core.graph import Graph
from simulation.core.streams import PERSON_RESPONSIVENESS, ZETA, Streams, Z
from simulation.engine.levels import levelled
from simulation.engine.record import demographic_cells
from simulation.engine.state import Prepared
from simulation.engine.terms import behaviour_terms, betas
from simulation.engine.uptake import Setting, levels_at, solve_uptake
from simulation.incentives.rights import Shown
from simulation.world.population import build_population
from simulation.world.social import build_graph

ParameterMode = Literal["ensemble", "default"]
RESPONSIVENESS_CAP = 20.0


def prepare(
    scenario: Any,
    replicate: int,
    luck: int = 0,
    parameters: ParameterMode = "ensemble",
    fixed: Sequence[tuple[str, float]] = (),
) -> Prepared:
    """Build the society of a replicate.

    Args:
        scenario: The scenario.
        replicate: Which society, from 0.
        luck: 1 for a second luck with the same parameters.
        parameters: "ensemble" draws those of the replicate, "default" takes every default.
        fixed: Parameters of the law by name, put in the place of those drawn; all others stay as they were drawn.

    Raises:
        InputError: For a fixed parameter that is none, or cannot have that value.
    """
    streams = Streams(scenario.run.seed, replicate, luck)
    n_behaviours = len(scenario.behaviours)
    if parameters == "default":
        p = draws.defaults(n_behaviours)
    else:
        p = draws.draw(scenario.run.seed, replicate, n_behaviours)
    p = draws.with_fixed(p, fixed)
    citizens = build_population(scenario.world, streams)
    graph = build_graph(scenario.world, citizens, streams)
    return assemble(scenario, replicate, luck, streams, p, citizens, graph)


def assemble(
    scenario: Any,
    replicate: int,
    luck: int,
    streams: Streams,
    p: Parameters,
    citizens: Citizens,
    graph: Graph,
) -> Prepared:
    """Join people, ties and parameters: solve each behaviour's level, responsiveness and uptake."""
    p = ruled(p, scenario.law)

    def ties() -> Graph:
        return graph

    here = _setting(scenario, streams, p, citizens, ties)
    uptake, participants = _uptake(here)
    terms, alpha = here.terms, here.alpha
    odds0 = exp64(alpha.astype(np.float64)).astype(np.float32)
    responsiveness = np.stack([(s / participants * here.person).astype(np.float32) for s in here.scale])
    return Prepared(
        scenario=scenario,
        replicate=replicate,
        luck=luck,
        citizens=citizens,
        people=here.people,
        graph=graph,
        streams=streams,
        parameters=p,
        betas=betas(p, scenario.law),
        behaviours=terms,
        alpha=alpha,
        odds0=odds0,
        rate=odds0 / (np.float32(1.0) + odds0),
        responsiveness=responsiveness,
        tie_weight=tie_weights(graph),
        uptake=uptake,
        demographic_cell=demographic_cells(citizens),
        locality_size=np.bincount(citizens.locality, minlength=citizens.n_localities),
    )


def _setting(scenario: Any, streams: Streams, p: Parameters, citizens: Citizens, ties: Callable[[], Graph]) -> Setting:
    """Equations (1) and (2) but for k: motivation, the persons' and the behaviours' responsiveness."""
    terms = behaviour_terms(tuple(scenario.behaviours.items()), p)
    spreads = [float(b.spread) for b in scenario.behaviours.values()]
    levels = [
        motivation(citizens, streams, b.index, b.baseline, spread, p.rho_z, scenario.law)
        for b, spread in zip(terms, spreads, strict=True)
    ]
    person = exp64(p.sigma_s * streams.normal(PERSON_RESPONSIVENESS, citizens.ids))
    by_group = response_by_group(citizens, scenario.law)
    person = person if by_group is None else person * by_group
    return Setting(
        scenario=scenario,
        people=Shown(citizens),
        streams=streams,
        p=p,
        terms=terms,
        alpha=np.stack(levels),
        person=np.minimum(person, RESPONSIVENESS_CAP),
        scale=np.asarray([float(exp64(p.tau * e)) for e in p.responsiveness]),
        citizens=citizens,
        ties=ties,
    )


def _uptake(here: Setting) -> tuple[dict[tuple[str, str], float], float]:
    """Return alpha_E by (arm, scheme) and k: those of the file where the scenario is a change of it.

    Else a dearer reward would be met by a lower willingness to sign up, and no lever could move enrolment.
    """
    file = here.scenario.file_values
    if file is None:
        return solve_uptake(here)
    people = build_population(file.world, here.streams)

    @cache
    def ties() -> Graph:
        same = file.world == here.scenario.world
        return here.ties() if same else build_graph(file.world, people, here.streams)

    there = _setting(file, here.streams, here.p, people, ties)
    solved, k = solve_uptake(there)
    kept = {key: a for key, a in solved.items() if _target(file, *key) == _target(here.scenario, *key) is not None}
    return {**levels_at(here, k), **kept}, k


def _target(scenario: Any, arm: str, name: str) -> tuple[float, int] | None:
    """Return the share that is to sign up and by when, None where it is not set; a change of it is solved anew."""
    schemes = scenario.arms[arm].schemes if arm in scenario.arms else {}
    enrolment = schemes[name].enrolment if name in schemes else None
    return (
        None
        if enrolment is None or enrolment.target_share is None
        else (enrolment.target_share, enrolment.target_weeks)
    )


def motivation(
    citizens: Citizens, streams: Streams, behaviour: int, level: float, spread: float, rho_z: float, law: LawSpec
) -> NDArray[np.float32]:
    """Equation (1): alpha, float32 logit, whose mean rate is `level` to within 1e-6."""
    common = _common_motivation(citizens, streams, law.homophily_motivation)
    own = streams.normal(ZETA, citizens.ids, behaviour)
    deviation = spread * (np.sqrt(rho_z) * common + np.sqrt(1.0 - rho_z) * own)
    return levelled(deviation, level, spread)


def _common_motivation(citizens: Citizens, streams: Streams, alike: float) -> NDArray[np.float64]:
    """Return z of equation (1), standard normal: `alike` is its correlation within a household of one locality.

    Between households of a locality it is half of that.
    """
    own = streams.normal(Z, citizens.ids)
    if not alike:
        return own
    household = streams.normal(Z, citizens.household.astype(np.uint64), _OF_HOUSEHOLD)
    locality = streams.normal(Z, citizens.locality.astype(np.uint64), _OF_LOCALITY)
    return np.asarray(np.sqrt(1.0 - alike) * own + np.sqrt(alike / 2.0) * (household + locality))


_OF_HOUSEHOLD, _OF_LOCALITY = 1, 2


def tie_weights(graph: Any) -> NDArray[np.float32]:
    """Sum the tie weights of each citizen; integers, exact in float32."""
    running = np.concatenate([[0], np.cumsum(graph.weights, dtype=np.int64)])
    totals: NDArray[np.float32] = (running[graph.indptr[1:]] - running[graph.indptr[:-1]]).astype(np.float32)
    return totals
