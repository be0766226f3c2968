import json
import re

import pytest

import simulation as kw
from simulation.reports.terminal import Screen, render
from simulation.studies.quick import quick_look


def test_a_quick_look_has_fewer_people_and_societies_and_the_whole_horizon(bangkok):
    whole = kw.load("bangkok-waste")
    small = quick_look(whole)
    assert (small.world.citizens, small.run.replicates, small.run.weeks) == (2_000, 6, whole.run.weeks)
    assert small.arms == whole.arms
    assert quick_look(bangkok).world.citizens == bangkok.world.citizens
    kept = quick_look(kw.load("bangkok-waste", ["run.replicates=30"]), ["run.replicates=30"])
    assert (kept.world.citizens, kept.run.replicates) == (2_000, 30)


def test_the_file_that_levers_are_held_against_is_as_small(bangkok):
    dearer = kw.load("bangkok-waste", ["arms.fee_discount.schemes.fee.baht_per_month=80"])
    small = quick_look(dearer)
    assert small.file_values.world.citizens == 2_000
    assert small.file_values.arms["fee_discount"].schemes["fee"].baht_per_month == 40
    assert quick_look(kw.load("bangkok-waste")).file_values is None
    sized = kw.load("bangkok-waste", ["world.citizens=300", "run.replicates=2"])
    assert quick_look(sized) == sized
    assert quick_look(sized).digest == sized.digest


@pytest.fixture(scope="module")
def look(tmp_path_factory):
    out = tmp_path_factory.mktemp("out")
    return kw.compare("bangkok-waste", quick=True, set_=["world.citizens=200", "run.weeks=60"], replicates=2, out=out)


def test_a_quick_look_says_so_on_everything_in_both_languages(look, monkeypatch):
    monkeypatch.setattr("simulation.reports.html._figures", lambda *_: {})  # they are asked for above the page
    en, th = (
        "Quick look: 200 households, 2 societies; not for decisions",
        "ดูคร่าว ๆ ครัวเรือน 200 ครัวเรือน 2 สังคมจำลอง ห้ามใช้ตัดสินใจ",
    )
    assert (look.mark("en"), look.mark("th")) == (en, th)
    assert en in repr(look)
    assert en in look._repr_html_()
    assert render(look.summary, "en", Screen()).startswith(en)
    assert render(look.summary, "th", Screen()).startswith(th)
    for kind in ("effects", "trajectories", "costs", "equity"):
        figure = look.plot(kind, "th")
        assert th in [t.get_text().replace("\n", " ") for t in figure.texts]
    assert look.to_json()["quick"] is True
    again = kw.open(look.folder)
    assert again.quick
    assert again.mark() == en
    assert en in look.report().read_text("utf-8").split("</style>")[1]
    page = (look.folder / "report.th.html").read_text("utf-8").split("</style>")[1]
    assert th in re.sub(r"<[^>]+>", "", page.split("<h1>")[0])


def test_the_mark_covers_nothing_that_is_drawn(look):
    for kind in ("effects", "trajectories", "costs", "equity"):
        for size in ("wide", "narrow"):
            figure = look.plot(kind, "th", size)
            figure.draw_without_rendering()
            mark = next(t for t in figure.texts if t.get_text().startswith("ดูคร่าว"))
            box, whole = mark.get_window_extent(), figure.bbox
            assert whole.x0 <= box.x0 < box.x1 <= whole.x1, (kind, size)
            assert box.y1 <= whole.y1
            for legend in figure.legends:
                assert not any(legend.get_window_extent().overlaps(axes.get_window_extent()) for axes in figure.axes)
            drawn = [legend.get_window_extent() for legend in figure.legends]
            for axes in figure.axes:
                drawn += [t.get_window_extent() for t in [axes.title, *axes.texts] if t.get_text()]
            assert all(other.y1 <= box.y0 + 1 for other in drawn), (kind, size)


def test_its_societies_are_the_first_of_the_whole_comparison(look, tmp_path, monkeypatch):
    monkeypatch.setattr("simulation.studies.compare.write_report", lambda *_: None)  # it takes longer than the runs
    whole = kw.compare(look.scenario, replicates=2, jobs=1, out=tmp_path, engine="numpy")
    assert list(whole.effects["effect_pp"]) == list(look.effects["effect_pp"])
    assert not whole.quick
    assert whole.mark() == ""


def test_its_folder_its_command_and_its_next_step_are_its_own(look, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    found = kw.compare("bangkok-waste", quick=True, set_=["world.citizens=100", "run.weeks=60"], replicates=1)
    assert found.folder.name.endswith("-quick")
    assert not found.report_path.exists()
    command = json.loads((found.folder / "manifest.json").read_text("utf-8"))["command"]
    assert command.startswith("kwamdee compare bangkok-waste --quick")
    shown = render(found.summary, "en", Screen())
    assert "kwamdee compare bangkok-waste --set world.citizens=100 --set run.weeks=60   the whole comparison" in shown
