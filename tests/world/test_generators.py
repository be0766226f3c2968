"""Rival generators of ties: as many and as strong as the town's, no loops or doubles, the structure that each is for."""

import numpy as np
import pytest

from simulation.core.errors import ScenarioError
from simulation.core.streams import Streams
from simulation.scenario.load import load
from simulation.scenario.model import Scenario
from simulation.world.export import ties_table
from simulation.world.generators import _GENERATORS
from simulation.world.population import build_population
from simulation.world.social import build_graph, describe

NAMES = sorted(_GENERATORS)
OTHERS = [n for n in NAMES if n != "scale-free"]


def world(name: str, *settings: str, replicate: int = 0, citizens: int = 3000):
    sizes = [f"world.citizens={citizens}", "world.localities.number=20", f"world.ties.generator='{name}'"]
    spec = load("bangkok-waste", [*sizes, *settings]).world
    people = build_population(spec, Streams(3, replicate))
    return people, build_graph(spec, people, Streams(3, replicate))


@pytest.fixture(scope="module")
def drawn():
    return {name: world(name) for name in ("layers", *NAMES)}


def pairs(graph) -> tuple[np.ndarray, np.ndarray]:
    source = np.repeat(np.arange(graph.n), graph.degree)
    return source, graph.indices.astype(np.int64)


def test_every_generator_of_the_format_has_its_function():
    choices = Scenario.model_json_schema()["$defs"]["Ties"]["properties"]["generator"]["enum"]
    assert sorted(choices) == sorted(["layers", *NAMES])


@pytest.mark.parametrize("decider", ["household", "citizen"])
@pytest.mark.parametrize("name", NAMES)
def test_there_are_as_many_ties_and_as_strong_as_in_the_layers(name, decider):
    (people, graph), (_, town) = (world(n, f"world.decider='{decider}'", citizens=1500) for n in (name, "layers"))
    graph.validate()  # no loops, no doubles, both sides
    assert graph.n_ties == town.n_ties
    assert graph.weights.astype(int).sum() == town.weights.astype(int).sum()
    source, target = pairs(graph)
    at_home = (graph.layers & 1) > 0
    if decider == "citizen":  # households are whole, and no tie beside
        assert np.array_equal(at_home, people.household[source] == people.household[target])
        assert (graph.weights[at_home] >= 4).all()
    assert (graph.layers[~at_home] == 8).all()


@pytest.mark.parametrize("name", NAMES)
def test_one_society_gets_the_same_graph_and_another_another(name, drawn):
    _, graph = drawn[name]
    _, again = world(name)
    _, other = world(name, replicate=1)
    assert np.array_equal(graph.indices, again.indices)
    assert np.array_equal(graph.weights, again.weights)
    assert not np.array_equal(graph.indices, other.indices)


def test_clustering_falls_from_the_ring_over_the_small_world_and_the_town_to_chance(drawn):
    c = {name: describe(graph, people, sample=200)["clustering"] for name, (people, graph) in drawn.items()}
    assert c["ring"] > c["small-world"] > c["layers"] > c["blocks"] > c["random"]
    lattice = 3 * (15.4 - 2) / (4 * (15.4 - 1))  # of a ring of that degree (Watts and Strogatz 1998)
    assert c["ring"] == pytest.approx(lattice, abs=0.03)
    assert c["small-world"] == pytest.approx(lattice * 0.9**3, abs=0.04)
    assert c["random"] < 0.02


def test_degrees_are_even_on_a_ring_poisson_at_random_and_have_a_long_tail_where_the_rich_get_richer(drawn):
    degree = {name: graph.degree for name, (_, graph) in drawn.items()}
    mean = degree["random"].mean()
    assert degree["ring"].std() < 1.0
    assert degree["random"].std() == pytest.approx(np.sqrt(mean), rel=0.1)
    assert degree["scale-free"].max() > 15 * mean
    assert max(degree[name].max() for name in OTHERS) < 4 * mean
    ranked = np.sort(degree["scale-free"])[::-1]
    low, high = 30, 300  # of P(K >= k) ~ k**-2 (Barabasi and Albert 1999): rank over rank as degree to the power of -2
    assert np.log(high / low) / np.log(ranked[low] / ranked[high]) == pytest.approx(2.0, abs=0.35)


def test_hubs_are_anybody(drawn):
    people, graph = drawn["scale-free"]
    hubs = np.argsort(-graph.degree)[:100]
    assert len(np.unique(people.locality[hubs])) > 15
    assert abs(hubs.mean() / graph.n - 0.5) < 0.12


def test_blocks_keep_how_many_ties_lie_within_each_locality(drawn):
    counts = []
    for name in ("layers", "blocks"):
        people, graph = drawn[name]
        source, target = pairs(graph)
        same = people.locality[source] == people.locality[target]
        counts.append(np.bincount(people.locality[source[same]], minlength=20))
    assert counts[1] == pytest.approx(counts[0], rel=0.15)
    assert counts[1].sum() == pytest.approx(counts[0].sum(), rel=0.1)  # pairs drawn twice go anywhere


@pytest.mark.parametrize("name", NAMES)
def test_nearly_everybody_hangs_together(name, drawn):
    _, graph = drawn[name]
    seen = np.zeros(graph.n, bool)
    seen[0], front = True, np.array([0])
    while len(front):
        reached = np.unique(np.concatenate([graph.neighbours(int(i)) for i in front]))
        front = reached[~seen[reached]]
        seen[front] = True
    assert seen.mean() > 0.99


def steps_between(graph, start: int) -> float:
    distance = np.full(graph.n, -1)
    distance[start], front, d = 0, np.array([start]), 0
    while len(front):
        d += 1
        reached = np.unique(np.concatenate([graph.neighbours(int(i)) for i in front]))
        front = reached[distance[reached] < 0]
        distance[front] = d
    return float(distance[distance > 0].mean())


def test_a_small_world_is_small_and_a_ring_is_not(drawn):
    steps = {name: steps_between(drawn[name][1], 7) for name in ("ring", "small-world", "random")}
    assert steps["ring"] > 10 * steps["small-world"]
    assert steps["small-world"] < 2 * steps["random"]


@pytest.mark.parametrize("citizens", [1, 2, 3, 7, 40])
@pytest.mark.parametrize("name", NAMES)
def test_the_smallest_worlds_keep_their_number_of_ties(name, citizens):
    (_, graph), (_, town) = (world(n, "world.localities.number=1", citizens=citizens) for n in (name, "layers"))
    graph.validate()
    assert graph.n_ties == town.n_ties


def test_the_table_of_ties_can_be_given_out(drawn):
    people, graph = drawn["small-world"]
    table = ties_table(people, graph)
    assert len(table) == graph.n_ties
    assert set(table["layer"]) == {"wide"}
    assert set(table["weight"]) <= {1, 2, 3, 4, 5}


def test_a_generator_beside_ties_of_a_file_is_refused_at_its_key(tmp_path):
    (tmp_path / "ties.csv").write_text("source,target\n1,2\n", "utf-8")
    (tmp_path / "mine.toml").write_text(
        'extends = "bangkok-waste"\n[world]\ncitizens = 50\n'
        '[world.files]\nties = "ties.csv"\n[world.ties]\ngenerator = "ring"\n',
        "utf-8",
    )
    with pytest.raises(ScenarioError) as raised:
        load(tmp_path / "mine.toml")
    assert "world.ties.generator" in str(raised.value)


@pytest.mark.parametrize(
    "key", ["world.ties.generator='smal-world'", "law.decision='treshold'", "law.norm_perception='majorty'"]
)
def test_a_misspelt_choice_is_told_with_the_nearest(key):
    with pytest.raises(ScenarioError) as raised:
        load("bangkok-waste", [key])
    (problem,) = raised.value.problems
    assert problem.key == key.split("=")[0]
    assert problem.suggestion in ("small-world", "threshold", "majority")
