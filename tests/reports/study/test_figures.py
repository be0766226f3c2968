import re
from dataclasses import replace
from itertools import pairwise
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from simulation.reports.study import figures, measures, titles
from simulation.reports.study.figure_indices import indices_figure
from simulation.reports.study.figure_regions import regions_figure, rules_figure
from simulation.reports.study.outcomes import axis_of, shown
from tests.reports.study.made import CURB, HABIT, LETTER, REWARD, WEEKS, morris, study

DRAWN = {
    "curves": figures.curves_figure,
    "tornado": figures.tornado_figure,
    "heat": figures.heat_figure,
    "ranks": figures.ranks_figure,
    "indices": indices_figure,
}


def texts(figure):
    return [t.get_text() for t in figure.findobj(lambda x: hasattr(x, "get_text")) if t.get_text().strip()]


@pytest.mark.parametrize("name", DRAWN)
@pytest.mark.parametrize(("lang", "size"), [("en", "wide"), ("th", "narrow")])
def test_every_figure_names_its_factors_with_units_and_its_outcome(name, lang, size, sensitive):
    figure = DRAWN[name](sensitive, lang, size)
    said = " ".join(texts(figure)).replace("\n", " ")
    named = {REWARD, CURB} if name in ("heat", "ranks") else {REWARD, HABIT, WEEKS, LETTER, CURB}
    assert all(f.title.get(lang) in said for f in named)
    assert REWARD.unit.get(lang) in said or name == "indices"
    if name in ("curves", "tornado"):
        assert axis_of("effect_pp", lang) in said
    if name == "indices":
        assert {"en": "share of variance", "th": "สัดส่วนของความแปรปรวน"}[lang] in said
    if name != "heat":
        assert all(title.get(lang) in said for arm, title in sensitive.judged_arms)
    assert figure.get_figwidth() == {"wide": 7.5, "narrow": 3.5}[size]
    if lang == "th":
        left = re.findall("[A-Za-z]{2,}", re.sub("red|blue", "", said))
        assert left == []


@pytest.mark.parametrize("name", DRAWN)
def test_every_figure_has_a_title_that_is_its_finding_and_a_description(name, sensitive):
    for lang in ("en", "th"):
        assert titles.title(sensitive, lang, name)
        assert not titles.title(sensitive, lang, name).endswith(".")
        said = titles.described(sensitive, lang, name)
        assert "−" not in said
        assert len(said.split()) <= 80


def test_a_line_of_a_curve_passes_through_the_means_of_the_table(grid):
    figure = figures.curves_figure(grid)
    panel = next(a for a in figure.axes if a.get_title(loc="left") == "Size of reward")
    lines = [line for line in panel.lines if len(line.get_xdata()) == 4]
    fee = grid.points[grid.points["arm"] == "fee"].groupby("reward")["effect_pp"].mean()
    assert any(np.allclose(line.get_ydata(), fee.to_numpy()) for line in lines)
    assert all(list(line.get_xdata()) == [10, 20, 40, 80] for line in lines)


def test_the_bars_of_the_tornado_end_at_the_means_and_are_hollow_within_their_noise(grid):
    figure = figures.tornado_figure(grid)
    bars = {round(-b.get_y() - 0.2): b for b in figure.axes[0].patches if b.get_height() == pytest.approx(0.4)}
    order = [e.factor for e in measures.effects(grid)]
    for i, factor in enumerate(order):
        e = measures.effects_on(grid, "fee")[factor]
        ends = sorted((bars[i].get_x(), bars[i].get_x() + bars[i].get_width()))
        assert ends == pytest.approx(sorted((e.low.mean, e.high.mean)))
        assert (bars[i].get_facecolor()[:3] == (1.0, 1.0, 1.0)) == (not e.seen)


def test_the_cells_of_the_heat_map_say_the_means_of_the_table(grid):
    said = texts(figures.heat_figure(grid))
    fee = grid.points[grid.points["arm"] == "fee"].groupby(["reward", "weeks"])["effect_pp"].mean()
    assert {shown("effect_pp", x) for x in fee} <= set(said)


def test_the_ranking_map_counts_every_point_once(grid):
    said = " ".join(texts(figures.ranks_figure(grid)))
    found = re.findall(r"(\d) of (\d)", said)
    assert len(found) == 12
    assert sum(int(n) for _, n in found) == 24


def test_nothing_that_is_written_leaves_the_figure(sensitive, grid):
    for view, names in ((grid, ("tornado", "heat", "ranks")), (sensitive, ("curves", "indices"))):
        for name in names:
            for size in ("wide", "narrow"):
                figure = DRAWN[name](view, "en", size)
                figure.draw_without_rendering()
                frame = figure.bbox
                for axes in figure.axes:
                    low, high = axes.get_xlim()
                    ticks = [t for t in axes.get_xticklabels() if low <= t.get_position()[0] <= high]
                    for text in (*axes.texts, *ticks, axes.title):
                        box = text.get_window_extent()
                        if text.get_text().strip() and axes.axison:
                            assert box.x0 >= frame.x0 - 1, (name, size, text.get_text())
                            assert box.x1 <= frame.x1 + 1, (name, size, text.get_text())


def test_morris_bars_are_drawn_with_sigma(sensitive):
    said = " ".join(texts(indices_figure(replace(sensitive, indices=morris(sensitive.facts)))))
    assert "sigma" in said
    assert "mean size of" in said


@pytest.mark.parametrize("size", ["wide", "narrow"])
def test_names_of_many_levels_do_not_touch(size):
    many = replace(LETTER, values=("layers", "small-world", "random", "scale-free"))
    figure = figures.curves_figure(study((REWARD, WEEKS, many)), "en", size)
    figure.draw_without_rendering()
    panel = next(a for a in figure.axes if a.get_title(loc="left") == "Colour of the letter")
    boxes = [t.get_window_extent() for t in panel.get_xticklabels() if t.get_text()]
    assert len(boxes) == 4
    assert all(a.x1 < b.x0 for a, b in pairwise(boxes))


def test_the_best_and_the_worst_points_stand_at_their_means(grid):
    figure = regions_figure(grid)
    marks = [
        float(line.get_xdata()[0]) for a in figure.axes for line in a.lines if line.get_marker() not in ("None", "")
    ]
    own = grid.points[grid.points["arm"].isin([a for a, _ in grid.judged_arms])]["effect_pp"].dropna().sort_values()
    assert np.allclose(marks, [*own.iloc[:-6:-1], *own.iloc[:5]])


@pytest.mark.parametrize(("lang", "size"), [("en", "wide"), ("th", "narrow")])
def test_the_rules_of_a_discovery_are_drawn_with_their_bounds(grid, lang, size):
    limits = pd.DataFrame(
        [{"box": 1, "factor": "reward", "low": 20.0, "high": np.nan, "values": ()}],
    )
    boxes = pd.DataFrame([{"box": 1, "points": 12, "coverage": 0.9, "density": 0.75}])
    found = SimpleNamespace(found=True, arm="fee", boxes=boxes, limits=limits)
    figure = rules_figure(replace(grid, rules=found), lang, size)
    said = " ".join(texts(figure)).replace("\n", " ")
    assert REWARD.title.get(lang) in said
    assert "20" in said
    assert all(n in said for n in ("75", "90", "12"))
    whole, inside = figure.axes[0].lines
    assert inside.get_xdata()[0] > whole.get_xdata()[0]
    assert inside.get_xdata()[1] == whole.get_xdata()[1]  # it is open upwards
