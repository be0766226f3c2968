"""What the page of a running model draws and says; the page itself is opened in tests/browser."""

import sys

import networkx as nx
import numpy as np
import pytest
from matplotlib.collections import PathCollection
from matplotlib.colors import to_rgba

import simulation as kw
from simulation.dashboard.pictures import course_figure, png, share_of_each, society_figure
from simulation.dashboard.viz import SAID, WatchedModel, _controls, _drawable, in_words


@pytest.fixture(scope="module")
def m():
    watched = WatchedModel("bangkok-waste", "comparison", 150, 3)
    for _ in range(8):
        watched.step()
    return watched


def dots(figure):
    """Return the markers of a figure that are drawn, those without and those with a colour of the scale."""
    plain, coloured = (c for c in figure.axes[0].collections if isinstance(c, PathCollection))
    return plain, coloured


def test_every_citizen_is_coloured_by_what_it_did_this_week(m):
    plain, coloured = dots(society_figure(m))
    assert len(plain.get_offsets()) == 0
    expected = [m.citizen(row).acts("waste_sort") / 7 for row in range(150)]
    np.testing.assert_allclose(np.asarray(coloured.get_array()), expected)
    assert (coloured.norm.vmin, coloured.norm.vmax) == (0, 1)


def test_who_takes_part_has_a_dark_ring():
    watched = WatchedModel("bangkok-waste", "fee_discount", 300, 3)
    for _ in range(12):
        watched.step()
    part = np.asarray(watched.agents_by_type[kw.Citizen].get("enrolled")) > 0
    assert 0 < part.sum() < 300
    _, coloured = dots(society_figure(watched))
    rings = np.asarray(coloured.get_linewidths())
    assert rings[part].min() > 2 * rings[~part].max()


def test_before_the_first_week_nobody_has_a_colour():
    plain, coloured = dots(society_figure(WatchedModel("bangkok-waste", "control", 100, 1)))
    assert len(plain.get_offsets()) == 100
    assert tuple(plain.get_facecolors()[0]) == to_rgba("white")
    assert len(coloured.get_offsets()) == 0


def test_a_sticky_act_is_seen_before_the_first_week_and_a_removed_citizen_is_not():
    scenario = kw.load("bangkok-waste", ["world.citizens=100"])
    sticky = scenario.with_({"behaviours.waste_sort.dynamics": "sticky", "behaviours.waste_sort.redecision": 0.1})
    watched = kw.model(sticky)
    assert set(share_of_each(watched, "waste_sort")) == {0.0, 1.0}
    watched.citizen(4).remove()
    watched.step()
    assert sum(len(c.get_offsets()) for c in dots(society_figure(watched))) == 99


def test_the_course_is_that_of_the_data_collector(m):
    figure = course_figure(m)
    twin, scheme = figure.axes[0].lines[-2:]
    found = m.datacollector.get_model_vars_dataframe()
    np.testing.assert_array_equal(scheme.get_ydata(), 100 * found["waste_sort_share"])
    gap = np.asarray(scheme.get_ydata()) - np.asarray(twin.get_ydata())
    np.testing.assert_allclose(gap[1:], found["waste_sort_effect_pp"][1:], atol=1e-12)


def test_the_week_is_said_in_numbers_in_both_languages(m):
    share, twin = m.share("acts", 0), m.share("acts_twin", 0)
    for lang in ("en", "th"):
        text = " ".join(in_words(m, lang=lang))
        for number in ("8", "104", "150", "3", f"{100 * share:.1f}", f"{100 * twin:.1f}"):
            assert number in text
    assert all(en and th for en, th in SAID.values())
    assert {"week", "weeks", "share"} & set("".join(in_words(m, lang="th"))) == set()


def test_a_figure_becomes_a_picture_for_the_page(m):
    assert png(course_figure(m)).startswith(b"\x89PNG")


def test_without_the_extra_one_line_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "solara", None)
    with pytest.raises(kw.InputError, match=r'pip install "kwamdee\[dashboard\]"') as error:
        kw.viz("bangkok-waste")
    assert 'pip install "kwamdee[dashboard]"' in error.value.render("th")
    assert "\n" not in str(error.value)


def test_a_world_of_ones_own_is_watched_at_its_own_size():
    ties = nx.random_regular_graph(4, 60, seed=1)
    mine = kw.load("bangkok-waste").with_world(ties=ties)
    watched = WatchedModel(mine, "comparison")
    watched.step()
    _, coloured = dots(society_figure(watched))
    assert len(coloured.get_offsets()) == 60
    assert "n_citizens" not in _controls(mine, "comparison", None)
    assert _controls(kw.load("bangkok-waste"), "comparison", 400)["n_citizens"]["min"] == 100


def test_more_than_can_be_drawn_is_refused():
    with pytest.raises(kw.InputError, match=r"at most 3,000 citizens, not 10,000") as error:
        _drawable(10_000)
    assert error.value.th
