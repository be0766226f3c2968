"""Random numbers by address, and the arithmetic that stands in for the C library's."""

import math

import numpy as np
import pytest

from simulation.core.floats import exact_mean, exp32, exp64, exp_of, log32, log64, normal_quantile, settle, uniform_of
from simulation.core.streams import ACTS, KEEPS_ITS_LUCK, PARAMETER, Streams

IDS = np.arange(200_000, dtype=np.uint64)


def test_a_number_depends_on_every_part_of_its_address():
    def first(seed=1, replicate=0, luck=0, stream=ACTS, b=0, week=0):
        return Streams(seed, replicate, luck).uniform(stream, IDS[:50], b, week)

    usual = first()
    assert np.array_equal(usual, first())
    for change in ({"seed": 2}, {"replicate": 1}, {"luck": 1}, {"stream": 2}, {"b": 1}, {"week": 1}):
        assert not np.array_equal(usual, first(**change)), change


def test_a_number_does_not_depend_on_who_else_is_drawn():
    whole = Streams(1, 0).uniform(ACTS, IDS)
    assert np.array_equal(Streams(1, 0).uniform(ACTS, IDS[1000:1100]), whole[1000:1100])


def test_a_second_luck_keeps_what_is_unknown_about_people():
    for stream in KEEPS_ITS_LUCK:
        assert Streams(1, 0, 0).one(stream) == Streams(1, 0, 1).one(stream)
    assert Streams(1, 0, 0).one(ACTS) != Streams(1, 0, 1).one(ACTS)
    assert PARAMETER in KEEPS_ITS_LUCK


def test_uniforms_are_even_uncorrelated_and_inside_the_open_interval():
    u, v = Streams(5, 0).uniform(ACTS, IDS, 0, 1), Streams(5, 0).uniform(ACTS, IDS, 0, 2)
    assert u.min() > 0
    assert u.max() < 1
    assert abs(u.mean() - 0.5) < 4 * math.sqrt(1 / 12 / len(u))
    assert abs(np.corrcoef(u, v)[0, 1]) < 4 / math.sqrt(len(u))
    counts = np.bincount((u * 64).astype(int), minlength=64)
    chi = ((counts - len(u) / 64) ** 2 / (len(u) / 64)).sum()
    assert abs(chi - 63) < 4 * math.sqrt(2 * 63)


def test_the_ends_of_the_uniform_are_never_reached():
    words = uniform_of(np.arange(3_000_000, dtype=np.uint64), np.uint64(7))
    assert words.dtype == np.float32
    assert float(words.min()) >= 2.0**-24
    assert float(words.max()) <= 1.0 - 2.0**-24


def test_exponential_and_logarithm_are_near_the_true_ones():
    x = np.linspace(-60, 60, 40_001).astype(np.float32)
    assert np.abs(exp32(x) / np.exp(x.astype(np.float64)) - 1).max() < 2e-7
    assert exp32(np.float32(0)) == 1
    y = np.exp(np.linspace(0, 60, 40_001)).astype(np.float32)
    assert np.abs(log32(y) - np.log(y.astype(np.float64))).max() < 4e-6
    z = np.linspace(-600, 600, 20_001)
    assert np.abs(exp64(z) / np.exp(z) - 1).max() < 1e-13
    w = np.exp(np.linspace(-600, 600, 20_001))
    assert np.abs(log64(w) - np.log(w)).max() < 1e-12


def test_the_exponential_of_one_number_has_the_same_bits():
    x = np.random.default_rng(0).uniform(-40, 40, 5_000)
    assert [exp_of(float(v)) for v in x] == exp64(x).tolist()


@pytest.mark.parametrize(("p", "z"), [(0.5, 0.0), (0.975, 1.959963985), (0.05, -1.644853627), (1e-6, -4.753424309)])
def test_the_normal_quantile_agrees_with_tables(p, z):
    assert float(normal_quantile(p)) == pytest.approx(z, abs=1e-7)


def test_differences_truly_end():
    x = np.float32(0.3)
    for _ in range(2_000):
        x = settle(x * np.float32(0.9))
    assert x == 0
    assert not np.signbit(x)


def test_the_mean_of_very_many_numbers_does_not_overflow():
    assert exact_mean(np.full(25_000_000, 0.34)) == pytest.approx(0.34, abs=1e-12)
