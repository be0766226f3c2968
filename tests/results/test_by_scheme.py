"""What each scheme of a package does is counted by itself, told by its name, and added to the page and to the JSON."""

import re
from dataclasses import replace

import pytest

import simulation as kw
from simulation.reports import scheme_table, tables
from simulation.reports.html import page
from simulation.reports.notes import notes
from simulation.reports.plain_table import readable

WORLD = """format = 1
about.title = { en = "A package", th = "ชุดมาตรการ" }
about.question = { en = "Does a package do more?", th = "ชุดมาตรการได้ผลกว่าหรือไม่" }

[run]
weeks = 40
replicates = 3

[world]
citizens = 400
online = { "15-24" = 0.5, "25-34" = 0.5, "35-49" = 0.5, "50+" = 0.5 }
daily_wage = { mean = 500, gini = 0.4 }
organisations = { mean_size = 20 }

[behaviours.volunteer]
baseline = 0.2
opportunities_per_week = 2
source = "made up for this test"

[arms.control]
"""
POINTS = """
kind = "points"
baht_per_act = 5
channels = { app = true, paper_share = 0.2, agent_share = 0.3, baht_per_agent = 5 }
enrolment = { mode = "opt-in", friction = "one-tap" }
schedule = { start = 4, weeks = 26 }
"""
AWARD = """
kind = "organisation_award"
audience = "named-to-group"
best_share = 0.1
baht_per_award = 500
organisations = { baseline = 0.1 }
schedule = { start = 4, weeks = 26 }
"""
GOAL = """
kind = "collective_goal"
goal_share = 0.22
fund_baht_per_household = 40
budget_baht = 40000
enrolment = { mode = "automatic" }
schedule = { start = 6, weeks = 24 }
"""
PACKAGE = f"""
[arms.package]
title = {{ en = "Package", th = "ชุดมาตรการรวม" }}
[arms.package.schemes.points]{POINTS}budget_baht = 6000
when_spent = "waiting-list"
checks = {{ share = 0.5, found = 0.5, baht_per_check = 1 }}
[arms.package.schemes.award]{AWARD}
[arms.package.schemes.goal]{GOAL}
[arms.alone]
title = {{ en = "Points alone", th = "แต้มอย่างเดียว" }}
[arms.alone.schemes.points]{POINTS}budget_baht = 9000
"""


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    folder = tmp_path_factory.mktemp("package")
    file = folder / "package.toml"
    file.write_text(WORLD + PACKAGE, "utf-8")
    return kw.compare(file, replicates=3, out=folder / "out")


def read_as_text(html):
    """Return a page as one reads it: without its marks of where a line may break."""
    return re.sub(r"<[^>]+>|\u2060", "", html).replace("\u00a0", " ")


def rows(found, arm):
    return {x.name: x for x in found.summary.arm(arm).schemes}


def test_each_scheme_has_its_own_reach_and_take_up(found):
    package = rows(found, "package")
    assert list(package) == ["points", "award", "goal"]
    points, goal = package["points"], package["goal"]
    assert points.eligible == goal.eligible == 400
    assert 0 < points.took_part <= points.signed_up
    assert points.took_part < points.reached < points.eligible
    assert found.summary.arm("package").take_up.mean == pytest.approx(1.0)
    table = found.summary.tables["ledgers"].query("arm == 'package' and scheme == 'points' and luck == 0")
    assert points.reached == pytest.approx(table["reached"].mean())


def test_what_one_scheme_counts_alone_is_what_its_run_counts(found):
    runs = found.summary.tables["runs"].query("arm == 'alone'").set_index(["replicate", "luck"])
    for row in found.summary.tables["ledgers"].query("arm == 'alone'").to_dict("records"):
        run = runs.loc[(row["replicate"], row["luck"])]
        assert (row["eligible"], row["reached"]) == (run["eligible"], run["reached"])
        assert row["took_part"] == run["ever_live"]


def test_the_json_has_the_cost_of_an_arm_and_its_schemes(found):
    arms = found.to_json()["arms"]
    costs = found.summary.tables["costs"].query("luck == 0").groupby("arm")["cost_baht"].mean()
    for arm in ("package", "alone"):
        assert arms[arm]["cost_baht"]["mean"] == pytest.approx(costs[arm])
    assert arms["control"]["cost_baht"] is None
    assert [x["scheme"] for x in arms["package"]["schemes"]] == ["points", "award", "goal"]


def test_a_closed_offer_is_said_to_close_with_what_was_left_and_what_helps(found):
    alone = rows(found, "alone")["points"]
    assert alone.closed is not None
    assert alone.left_baht > 0
    said = next(x for x in notes(found.summary, "en") if "Points alone" in x or "points alone" in x if "early" in x)
    assert f"with {alone.left_baht:,.0f} baht of it left on average" in said
    assert 'when_spent = "pro-rata" or "waiting-list"' in said
    thai = " ".join(notes(found.summary, "th"))
    assert "ปิดก่อนกำหนด" in thai
    assert f"เหลือเงินเฉลี่ย {alone.left_baht:,.0f} บาท" in thai
    for text in (" ".join(notes(found.summary, "en")), thai):
        assert "runs out" not in text
        assert "{" not in text


def test_notes_of_a_package_name_the_scheme(found):
    goal, points = rows(found, "package")["goal"], rows(found, "package")["points"]
    assert goal.closed is not None
    assert points.waiting_in > 0
    said = notes(found.summary, "en")
    closing = next(x for x in said if "in package" in x and " early " in x)
    assert closing.startswith("The budget closes collective goal in package early")
    assert '"waiting-list"' not in closing  # for single people only
    assert any("wait at the end for a place with" in x and "points worth money in package" in x for x in said)
    assert any("ชุดมาตรการรวม" in x and "ใน" in x for x in notes(found.summary, "th"))


@pytest.mark.parametrize("lang", ["en", "th"])
def test_scheme_by_scheme_stands_on_the_page_for_the_package_alone(found, lang):
    table = scheme_table.by_scheme(found.summary, lang)
    assert len(table.heads) + 1 <= 7
    assert [r.head for r in table.rows if not r.cells] == [found.summary.arm("package").facts.title.get(lang)]
    assert len([r for r in table.rows if r.cells]) == 3
    points = next(r for r in table.rows if r.cells)
    assert points.cells[1].main == f"{rows(found, 'package')['points'].reached:,.0f}"
    html = page(found.summary, lang, "report.html")
    assert scheme_table.CAPTION[lang == "th"] in read_as_text(html)
    assert len(tables.of_cost(found.summary, lang).heads) + 1 <= 7
    assert html.count("closed early" if lang == "en" else "ปิดก่อนกำหนด") > 0
    assert "money gone" not in html
    assert "งบหมด" not in html


def test_a_single_scheme_has_no_table_of_its_own(found):
    alone = replace(found.summary, arms=(found.summary.arm("alone"),))
    assert scheme_table.by_scheme(alone, "en") is None


def test_the_page_lists_every_level_and_names_each_scheme_of_a_package(found):
    package = next(r for r in tables.schemes(found.summary, "en").rows if r.arm == "package")
    gives, levels = package.cells
    assert (levels.main, *levels.lines) == ("Individual", "Organisation", "Area")
    for name in (s.title.en for s in found.summary.arm("package").facts.schemes):
        assert f"{name}: " in gives.main
        assert any(line.startswith(f"{name}: ") for line in gives.lines)


def test_never_is_printed_as_a_dash_and_kept_as_it_is(found):
    ledgers = found.summary.tables["ledgers"]
    assert (ledgers["cut_week"] == -1).any()
    assert "−1" not in readable(ledgers, "en")
    assert "-1" not in readable(ledgers, "en")


def test_take_up_has_thai_heads(found):
    from simulation.studies.export import tables_of

    takeup = tables_of(found)["takeup"]
    head = readable(takeup, "th").splitlines()[0]
    assert not any(name in head for name in takeup.columns)
    assert "ทั้งหมด" in readable(takeup, "th")


def test_explain_does_not_say_that_checks_are_left_out_where_they_are_not(tmp_path):
    file = tmp_path / "package.toml"
    file.write_text(WORLD + PACKAGE, "utf-8")
    said = kw.explain(file).text
    assert "are in none of these sums; checks are" in " ".join(said.split())
    file.write_text(WORLD + PACKAGE.replace(", baht_per_check = 1", ""), "utf-8")
    assert "staff, an app or checks are in none" in " ".join(kw.explain(file).text.split())
