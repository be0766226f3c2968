import re
from dataclasses import replace

import pytest
from rich.cells import cell_len

from simulation.reports.study import measures
from simulation.reports.study.plan_words import Expected, Standing, dry_run, status
from simulation.reports.study.terminal import render
from simulation.reports.terminal import Screen
from tests.reports.study.made import CURB, GAP, REWARD, failures, study

REPORT = "results/reward-size-9f3c1a7e/report.html"


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("which", ["grid", "sensitive"])
def test_no_line_is_wider_than_the_screen(which, width, request):
    view = request.getfixturevalue(which)
    text = render(view, "en", Screen(width=width), report=REPORT)
    assert max(cell_len(line) for line in text.split("\n")) <= width
    thai = render(view, "th", Screen(width=width), report=REPORT)
    rows = [line for line in thai.split("\n") if re.match(r"[+−\d<]", line)]
    assert max(cell_len(line) for line in rows) <= 110  # a Thai name ends its line and is never cut


def test_the_answer_comes_after_the_table_and_the_failures_and_before_report_and_what_to_try(grid):
    text = render(grid, "en", Screen(), report=REPORT, following=(("kwamdee verify X", "checks it"),))
    places = [
        text.index(x)
        for x in ("Swing", "runs failed", "Answer ", "Best ", "Ranking ", "How  ", REPORT, "kwamdee verify X")
    ]
    assert places == sorted(places)
    assert text.rstrip().endswith("checks it")


def test_the_table_has_a_row_for_every_factor_with_the_numbers_of_the_measures(grid):
    wide = render(grid, "en", Screen(width=120))
    for e in measures.effects(grid):
        title = grid.factor(e.factor).title.en
        row = next(line for line in wide.split("\n") if line.startswith(title))
        assert f"{e.swing:.1f}" in row
        assert f"{e.error:.2f}" in row
        assert "●" in row
    assert "within noise" in wide


def test_what_was_asked_and_how_large_it_is_stands_on_top(grid):
    head = render(grid, "en", Screen()).split("\n\n")[0].replace("\n", " ")
    assert "24 points x 20 societies x 3 arms = 1,440 runs" in head
    assert "Does a larger reward do more" in head
    assert "1,435 of 1,440 runs are kept, 5 failed, 0 missing" in render(grid, "en", Screen())


def test_three_failed_runs_are_named_with_the_command_that_repeats_them(grid):
    text = render(grid, "en", Screen())
    assert "5 runs failed; the first 3:" in text
    assert text.count("kwamdee rerun 000000000000000") == 3
    assert "RuntimeError: the budget is spent twice" in text


def test_indices_are_sorted_with_their_intervals_and_a_warning_is_repeated(sensitive):
    from simulation.core.params import Text

    warned = replace(sensitive, warnings=(Text(en="Too small a design.", th="แบบแผนเล็กเกินไป"),))
    text = render(warned, "en", Screen())
    first = next(line for line in text.split("\n") if line.startswith("Size of reward "))
    assert "0.62" in first
    assert "0.57 to 0.67" in first
    assert text.index("Size of reward ") < text.index("Life of a habit ") < text.index("Duration ")
    assert "Note     Too small a design." in text
    assert "แบบแผนเล็กเกินไป" in render(warned, "th", Screen())


def test_a_pipe_gets_no_typographic_signs_and_ascii_screens_english(grid):
    piped = render(grid, "en", Screen(width=120, piped=True))
    assert "−" not in piped
    assert "─" not in piped
    ascii_ = render(grid, "th", Screen(unicode=False))
    assert ascii_.isascii()


def test_a_study_of_nothing_yet_says_so_and_breaks_nothing():
    empty = study(keep=0)
    for lang in ("en", "th"):
        assert render(empty, lang, Screen())
    assert "No run is kept yet" in render(empty, "en", Screen())
    part = render(study(keep=10), "en", Screen())
    assert "not the final result" in part


def test_a_dry_run_tells_runs_time_memory_and_what_is_kept(grid):
    e = Expected(grid.facts, 1440, 120, 725, 310 * 2**20, 12 * 2**20, 2, 3, 1.6, "results/x")
    text = dry_run(e, "en").replace("\n", " ")
    for said in ("1,440 runs in all; 120 of them are kept in results/x; 1,320 to run.", "About 12 minutes with 2 processes",
                 "310 MiB of memory", "12 MiB on disk", "3 runs tried here", "Nothing of it was run."):  # fmt: skip
        assert said in text
    thai = dry_run(e, "th").replace("\n", " ")
    for said in ("รวม 1,440 รอบ", "เก็บไว้แล้ว 120 รอบใน results/x", "เหลือ 1,320 รอบ", "12 นาที", "ยังไม่ได้เริ่มจำลอง"):
        assert said in thai
    limited = dry_run(replace(e, runs=100, limit=100), "en").replace("\n", " ")
    assert "100 runs in all (the first 100 of the design)" in limited
    done = dry_run(replace(e, kept=1440), "en")
    assert "none is left to run." in done
    assert "About" not in done
    for lang in ("en", "th"):
        assert all(cell_len(line) <= 80 for line in dry_run(e, lang).split("\n"))


def test_a_status_fits_one_screen_and_ends_with_the_command_that_goes_on(grid):
    s = Standing(
        grid.facts, 700, failures(grid.facts, 7), 1440, "results/x", "kwamdee sweep x", (4711, "node7"), 12.0, 3.2
    )
    text = status(s, "en")
    assert len(text.split("\n")) <= 24
    assert "700 of 1,440 runs are kept (48%), 7 failed, 733 missing, in results/x." in text
    assert "At work: process 4711 on node7; the last run was kept 12 s ago; about 4 minutes left" in text.replace(
        "\n", " "
    )
    assert "7 runs failed; the first 3:" in text
    assert text.split("\n")[-1] == "kwamdee sweep x"
    thai = status(replace(s, owner=None), "th")
    assert "ขณะนี้ไม่มีใครจำลองอยู่" in thai
    whole = status(replace(s, done=1440, failed=failures(grid.facts, 0), owner=None), "en")
    assert "kwamdee sweep" not in whole
    assert "Nobody" not in whole


@pytest.mark.parametrize("lang", ["en", "th"])
def test_one_arm_and_a_contrast_are_read_as_well(lang):
    one = study()
    one = replace(
        one, facts=replace(one.facts, arms=one.facts.arms[:2]), points=one.points[one.points["arm"] != "goal"]
    )
    for view in (one, study(contrasts=(GAP,)), study((REWARD, CURB), "latin-hypercube", contrasts=(GAP,))):
        for width in (80, 120):
            text = render(view, lang, Screen(width=width))
            assert "nan" not in text
            if lang == "en":
                assert max(cell_len(line) for line in text.split("\n")) <= width
    assert {"en": "Fee discount less district goal (the effect while it runs)", "th": "ส่วนลดลบเป้าหมายร่วม"}[
        lang
    ] in render(study(contrasts=(GAP,)), lang, Screen()).replace("\n", " ")
