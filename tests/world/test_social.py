"""The ties of a world: as many, as alike and as knit as the scenario asks for."""

import numpy as np
import pytest

from simulation.core.graph import LAYER_NAMES
from simulation.core.streams import Streams
from simulation.scenario.load import load
from simulation.world.population import build_population
from simulation.world.social import build_graph, describe


def world(*settings):
    spec = load("bangkok-waste", ["world.citizens=5000", "world.localities.number=25", *settings]).world
    people = build_population(spec, Streams(3, 0))
    return spec, people, build_graph(spec, people, Streams(3, 0))


@pytest.mark.parametrize("decider", ["household", "citizen"])
@pytest.mark.parametrize("asked", [0.1, 0.15, 0.2, 0.25])
def test_clustering_is_what_the_scenario_asks_for(asked, decider):
    _, people, graph = world(f"world.ties.clustering={asked}", f"world.decider='{decider}'")
    # Standard error over 2,000 citizens of local clustering with a spread of .12: .003.
    assert describe(graph, people)["clustering"] == pytest.approx(asked, abs=0.02)


def test_more_clustering_than_the_degrees_allow_gives_what_they_allow():
    _, people, graph = world("world.ties.clustering=0.9")
    assert describe(graph, people)["clustering"] == pytest.approx(0.25, abs=0.02)


@pytest.mark.parametrize("asked", [0.3, 0.44, 0.8, 1.0])
def test_homophily_is_the_share_of_wide_ties_within_the_age_band(asked):
    _, people, graph = world(f"world.ties.homophily_age={asked}")
    # 10,000 wide ties: standard error at most .005.
    assert describe(graph, people)["same_age_band_wide"] == pytest.approx(asked, abs=0.02)


@pytest.mark.parametrize(
    "ties", [{"work": 6, "neighbourhood": 6, "wide": 4}, {"work": 2.5, "neighbourhood": 3.4, "wide": 1.3}]
)
def test_each_layer_has_the_degree_that_is_asked_for(ties):
    settings = [f"world.ties.{name}={degree}" for name, degree in ties.items()]
    _, people, graph = world("world.ties.clustering=0.2", *settings)
    for name, degree in ties.items():
        mask = 1 << LAYER_NAMES.index(name)
        found = ((graph.layers & mask) > 0).sum() / people.n
        assert found == pytest.approx(degree, rel=0.06), name


def test_the_graph_is_sound_and_households_are_whole():
    _, people, graph = world("world.decider='citizen'")
    graph.validate()
    source = np.repeat(np.arange(graph.n), graph.degree)
    at_home = (graph.layers & 1) > 0
    same = people.household[source] == people.household[graph.indices]
    assert np.array_equal(at_home, same)
    size = np.bincount(people.household)
    assert at_home.sum() == (size * (size - 1)).sum()
    work = (graph.layers & 2) > 0
    assert (people.organisation[source[work]] == people.organisation[graph.indices[work]]).all()
    near = (graph.layers & 4) > 0
    assert (people.locality[source[near]] == people.locality[graph.indices[near]]).all()


def test_citizens_are_numbered_by_locality_and_household():
    _, people, _ = world("world.decider='citizen'")
    assert (np.diff(people.locality) >= 0).all()
    assert (np.diff(people.household) >= 0).all()
    assert (np.diff(people.household) <= 1).all()


@pytest.mark.parametrize("citizens", [1, 2, 3, 7])
def test_the_smallest_worlds_have_ties_too(citizens):
    _, people, graph = world(f"world.citizens={citizens}", "world.localities.number=1")
    graph.validate()
    assert graph.n == people.n == citizens
    assert (graph.degree <= citizens - 1).all()
