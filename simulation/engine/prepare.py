"""Build one simulated society once per replicate: people, ties, luck and parameters, the same for all arms."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache, partial
from typing import Any, Literal, TypeVar

import numpy as np
from numpy.typing import NDArray

from simulation.agents import parameters as draws
from simulation.agents.citizens_table import Citizens
from simulation.agents.law_spec import LawSpec, response_by_group, ruled
from simulation.agents.parameters import Parameters
from simulation.core.floats import exp64
from simulation.core.graph import Graph
from simulation.core.kept import Kept, bytes_of
from simulation.core.streams import PERSON_RESPONSIVENESS, ZETA, Streams, Z
from simulation.engine.levels import levelled
from simulation.engine.record import demographic_cells
from simulation.engine.state import Prepared
from simulation.engine.terms import behaviour_terms, betas
from simulation.engine.uptake import Setting, levels_at, solve_uptake
from simulation.incentives.rights import Shown, read_only
from simulation.world.population import build_population
from simulation.world.social import build_graph

ParameterMode = Literal["ensemble", "default"]
RESPONSIVENESS_CAP = 20.0
T = TypeVar("T")


def prepare(
    scenario: Any,
    replicate: int,
    luck: int = 0,
    parameters: ParameterMode = "ensemble",
    fixed: Sequence[tuple[str, float]] = (),
    kept: Kept | None = None,
) -> Prepared:
    """Build the society of a replicate.

    Args:
        scenario: The scenario.
        replicate: Which society, from 0.
        luck: 1 for a second luck with the same parameters.
        parameters: "ensemble" draws those of the replicate, "default" takes every default.
        fixed: Parameters of the law by name, put in the place of those drawn; all others stay as they were drawn.
        kept: Where parts of societies are kept between calls, see `parts_kept`; it changes no bit.

    Raises:
        InputError: For a fixed parameter that is none, or cannot have that value.
    """
    seed, n_behaviours = scenario.run.seed, len(scenario.behaviours)
    streams = Streams(seed, replicate, luck)
    if parameters == "default":
        p = draws.defaults(n_behaviours)
    else:
        p = _once(kept, ("draw", seed, replicate, n_behaviours), partial(draws.draw, seed, replicate, n_behaviours))
    p = draws.with_fixed(p, fixed)
    citizens = _people(scenario, streams, kept)
    graph = _ties(scenario, citizens, streams, kept)
    return assemble(scenario, replicate, luck, streams, p, citizens, graph, kept)


def parts_kept(most_bytes: int) -> Kept:
    """Return a place for parts of societies: people, ties, motivation, enrolment, each by all that it is made of."""
    return Kept(most_bytes, bytes_of)


def _once(kept: Kept | None, key: tuple[Any, ...], make: Callable[[], T]) -> T:
    """Return what is kept by a key; what a scheme of another distribution made unhashable is made each time."""
    return make() if kept is None or not _hashable(key) else kept.get(key, make)


def _hashable(key: tuple[Any, ...]) -> bool:
    try:
        hash(key)
    except TypeError:
        return False
    return True


def _people(scenario: Any, streams: Streams, kept: Kept | None) -> Citizens:
    world, all_earn = scenario.world, scenario.all_earn
    return _once(kept, ("people", world, all_earn, streams), partial(build_population, world, streams, all_earn))


def _ties(scenario: Any, citizens: Citizens, streams: Streams, kept: Kept | None) -> Graph:
    key = ("ties", scenario.world, scenario.all_earn, streams)
    return _once(kept, key, partial(build_graph, scenario.world, citizens, streams))


def assemble(
    scenario: Any,
    replicate: int,
    luck: int,
    streams: Streams,
    p: Parameters,
    citizens: Citizens,
    graph: Graph,
    kept: Kept | None = None,
) -> Prepared:
    """Join people, ties and parameters: solve each behaviour's level, responsiveness and uptake."""
    p = ruled(p, scenario.law)

    def ties() -> Graph:
        return graph

    here = _setting(scenario, streams, p, citizens, ties, kept)
    uptake, participants = _uptake(here, kept)
    responsiveness = np.stack([(s / participants * here.person).astype(np.float32) for s in here.scale])
    odds0, rate = _once(kept, ("rates", *_made_of(here)), partial(_rates, here.alpha))
    weight, cell, size = _once(
        kept, ("counts", scenario.world, scenario.all_earn, streams), partial(_counts, citizens, graph)
    )
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
        behaviours=here.terms,
        alpha=here.alpha,
        odds0=odds0,
        rate=rate,
        responsiveness=responsiveness,
        tie_weight=weight,
        uptake=uptake,
        demographic_cell=cell,
        locality_size=size,
    )


def _rates(alpha: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return exp(alpha) and p0."""
    odds0 = exp64(alpha.astype(np.float64)).astype(np.float32)
    return odds0, odds0 / (np.float32(1.0) + odds0)


def _counts(citizens: Citizens, graph: Graph) -> tuple[NDArray[np.float32], NDArray[np.uint16], NDArray[np.int64]]:
    """Return the sum of tie weights and the cell of each citizen, and how many live in each locality."""
    size = np.bincount(citizens.locality, minlength=citizens.n_localities)
    return tie_weights(graph), demographic_cells(citizens), size


def _made_of(here: Setting) -> tuple[Any, ...]:
    """Return what motivation and responsiveness are made of."""
    return (
        here.scenario.world,
        here.scenario.all_earn,
        here.scenario.behaviours,
        here.scenario.law,
        here.streams,
        here.p,
    )


def _setting(
    scenario: Any,
    streams: Streams,
    p: Parameters,
    citizens: Citizens,
    ties: Callable[[], Graph],
    kept: Kept | None = None,
) -> Setting:
    """Equations (1) and (2) but for k: motivation, the persons' and the behaviours' responsiveness."""
    here = Setting(
        scenario=scenario,
        people=_once(kept, ("shown", scenario.world, scenario.all_earn, streams), partial(Shown, citizens)),
        streams=streams,
        p=p,
        terms=behaviour_terms(tuple(scenario.behaviours.items()), p),
        alpha=_NOBODY,
        person=_NOBODY,
        scale=np.asarray([float(exp64(p.tau * e)) for e in p.responsiveness]),
        citizens=citizens,
        ties=ties,
    )
    alpha, person = _once(kept, ("persons", *_made_of(here)), partial(_persons, here))
    return replace(here, alpha=alpha, person=person)


_NOBODY: Any = np.zeros(0, np.float32)


def _persons(here: Setting) -> tuple[NDArray[np.float32], NDArray[np.float64]]:
    """Return motivation by behaviour and citizen, and each person's factor of responsiveness."""
    scenario, citizens, streams, p = here.scenario, here.citizens, here.streams, here.p
    spreads = [float(b.spread) for b in scenario.behaviours.values()]
    levels = [
        motivation(citizens, streams, b.index, b.baseline, spread, p.rho_z, scenario.law)
        for b, spread in zip(here.terms, spreads, strict=True)
    ]
    person = exp64(p.sigma_s * streams.normal(PERSON_RESPONSIVENESS, citizens.ids))
    by_group = response_by_group(citizens, scenario.law)
    person = person if by_group is None else person * by_group
    return read_only(np.stack(levels)), read_only(np.minimum(person, RESPONSIVENESS_CAP))


def _uptake(here: Setting, kept: Kept | None = None) -> tuple[dict[tuple[str, str], float], float]:
    """Return alpha_E by (arm, scheme) and k: those of the file where the scenario is a change of it.

    Else a dearer reward would be met by a lower willingness to sign up, and no lever could move enrolment.
    """
    file = here.scenario.file_values
    said = here.scenario if file is None else file
    key = ("uptake", said.world, said.behaviours, said.arms, said.law, said.study, here.streams, here.p)
    if file is None:
        return _once(kept, key, partial(solve_uptake, here))
    solved, k = _once(kept, key, partial(_solved_in_file, here, file, kept))
    same = {key: a for key, a in solved.items() if _target(file, *key) == _target(here.scenario, *key) is not None}
    return levels_at(here, k, same), k


def _solved_in_file(here: Setting, file: Any, kept: Kept | None) -> tuple[dict[tuple[str, str], float], float]:
    """Return alpha_E by (arm, scheme) and k in the world of the file, under the same chance and parameters."""
    people = _people(file, here.streams, kept)

    @cache
    def ties() -> Graph:
        same = file.world == here.scenario.world and file.all_earn == here.scenario.all_earn
        return here.ties() if same else _ties(file, people, here.streams, kept)

    return solve_uptake(_setting(file, here.streams, here.p, people, ties, kept))


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
