"""Variants: a file that extends another, in which order what they say holds, and whose mistake a mistake is."""

import hashlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulation.core.errors import ScenarioError
from simulation.scenario.extends import LONGEST_CHAIN
from simulation.scenario.load import load
from tests.scenario.files import BANGKOK, error_of, marked, swapped

VARIANT = 'extends = "base.toml"\n'
CHANGES = (
    VARIANT
    + """drop = ["arms.comparison", "world.organisations"]
[run]
weeks = 60
[arms.fee_discount.schemes.fee]
baht_per_month = 60
schedule = { weeks = 40 }
[arms.recognition.schemes.honour]
kind = "points"
behaviour = "waste_sort"
baht_per_act = 2.0
schedule = { start = 4, weeks = 52 }
"""
)


@pytest.fixture
def base(tmp_path: Path) -> Path:
    (tmp_path / "base.toml").write_text(BANGKOK, "utf-8")
    return tmp_path


def variant(folder: Path, text: str, settings=(), name="my.toml"):
    (folder / name).write_text(text, "utf-8")
    return load(folder / name, settings)


def line_of(text: str, start: str) -> int:
    return next(i for i, line in enumerate(text.split("\n"), 1) if line.startswith(start))


def test_a_variant_that_changes_nothing_is_its_base(base):
    assert variant(base, VARIANT).digest == load(base / "base.toml").digest


def test_a_shipped_scenario_can_be_extended_by_name(tmp_path):
    assert variant(tmp_path, 'extends = "bangkok-waste"\n').digest == load("bangkok-waste").digest


def test_set_comes_before_the_file_and_the_file_before_what_it_extends_and_that_before_the_defaults(base):
    text = VARIANT + "[run]\nweeks = 90\nsmallest_effect_pp = 2.0\n"
    found = variant(base, text, ["run.smallest_effect_pp=3.0"])
    assert (found.run.smallest_effect_pp, found.run.weeks, found.run.replicates) == (3.0, 90, 60)
    assert found.behaviours["waste_sort"].trend_per_year == 0.0


def test_the_digest_is_that_of_one_file_that_says_the_same(base):
    text = VARIANT + "[run]\nweeks = 90\n[world.ties]\nwide = 5\n"
    whole = swapped(
        BANGKOK,
        ("weeks = 104", "weeks = 90"),
        ("wide = 4\n", "wide = 5\n"),
        ('clustering = 0.25    # R: friendship graphs 0.15-0.35\nmark = "design"\n', "clustering = 0.25\n"),
    )
    (base / "whole.toml").write_text(whole, "utf-8")
    assert variant(base, text).digest == load(base / "whole.toml").digest


def test_one_amount_of_a_scheme_can_be_changed_alone(base):
    found = variant(base, VARIANT + "[arms.fee_discount.schemes.fee]\nbaht_per_month = 60\n")
    fee = found.arms["fee_discount"].schemes["fee"]
    assert (fee.baht_per_month, fee.acts_needed_per_month, fee.enrolment.target_share) == (60, 16, 0.06)
    assert list(found.arms) == list(load(base / "base.toml").arms)


def test_a_scheme_that_says_its_kind_takes_the_place_of_the_inherited_one(base):
    text = VARIANT + (
        '[arms.fee_discount.schemes.fee]\nkind = "points"\nbehaviour = "waste_sort"\nbaht_per_act = 2.0\n'
        "schedule = { start = 4, weeks = 52 }\n"
    )
    scheme = variant(base, text).arms["fee_discount"].schemes["fee"]
    assert scheme.kind == "points"
    assert scheme.enrolment.mode == "automatic"


def test_an_enrolment_that_says_its_mode_is_written_whole(base):
    text = VARIANT + '[arms.fee_discount.schemes.fee.enrolment]\nmode = "automatic"\n'
    assert variant(base, text).arms["fee_discount"].schemes["fee"].enrolment.target_share is None


def test_a_text_is_written_whole_so_that_no_old_translation_stays(base):
    found = variant(base, VARIANT + 'about.title = { en = "Mine" }\n')
    assert found.about.title.get("th") == "Mine"
    assert found.about.question.th


def test_lists_are_written_whole(base):
    first = VARIANT + '[arms.comparison.schemes.letter]\ntarget = { sectors = ["public", "civil"] }\n'
    (base / "first.toml").write_text(first, "utf-8")
    found = variant(base, 'extends = "first.toml"\narms.comparison.schemes.letter.target.sectors = ["private"]\n')
    assert found.arms["comparison"].schemes["letter"].target.sectors == ("private",)


def test_a_changed_number_does_not_keep_the_source_of_the_old_one(base):
    found = variant(base, VARIANT + "[behaviours.waste_sort]\nbaseline = 0.5\n").behaviours["waste_sort"]
    assert (found.baseline, found.source, found.mark) == (0.5, None, None)
    own = VARIANT + '[behaviours.waste_sort]\nbaseline = 0.5\nsource = "a survey"\nmark = "V"\n'
    assert variant(base, own).behaviours["waste_sort"].source == "a survey"
    titled = variant(base, VARIANT + '[behaviours.waste_sort]\ntitle = { en = "sorting" }\n')
    assert titled.behaviours["waste_sort"].mark == "V"


def test_inherited_arms_and_tables_are_dropped_by_name(base):
    found = variant(base, VARIANT + 'drop = ["arms.recognition", "arms.comparison", "world.organisations"]\n')
    assert list(found.arms) == ["control", "fee_discount", "district_goal"]
    assert found.world.organisations is None


def test_what_is_dropped_can_be_written_anew(base):
    text = VARIANT + (
        'drop = ["arms.recognition.schemes.honour"]\n[arms.recognition.schemes.reward]\nkind = "points"\n'
        'behaviour = "waste_sort"\nbaht_per_act = 2.0\nschedule = { start = 4, weeks = 52 }\n'
    )
    found = variant(base, text).arms["recognition"]
    assert list(found.schemes) == ["reward"]
    assert found.title.en == "Recognition"


def test_variants_of_variants_reach_down_to_the_first(base):
    (base / "deep").mkdir()
    (base / "deep" / "mid.toml").write_text('extends = "../base.toml"\n[run]\nweeks = 90\nseed = 5\n', "utf-8")
    found = variant(base, 'extends = "deep/mid.toml"\n[run]\nseed = 6\n')
    assert (found.run.weeks, found.run.seed, found.run.replicates) == (90, 6, 60)
    assert [Path(name).name for name, _ in found.files] == ["my.toml", "mid.toml", "base.toml"]
    assert found.files[2][1] == hashlib.sha256(BANGKOK.encode()).hexdigest()


def test_a_circle_is_refused_with_its_files_named(tmp_path):
    (tmp_path / "a.toml").write_text('extends = "b.toml"\n', "utf-8")
    (tmp_path / "b.toml").write_text('format = 1\nextends = "my.toml"\n', "utf-8")
    (problem,) = error_of(tmp_path, 'extends = "a.toml"\n').problems
    assert (Path(problem.file).name, problem.line, problem.key) == ("b.toml", 2, "extends")
    names = ["my.toml", "a.toml", "b.toml", "my.toml"]
    assert " extends ".join(str(tmp_path / n) for n in names) in problem.text_en
    assert " ต่อยอดจาก ".join(str(tmp_path / n) for n in names) in problem.text_th


def test_a_file_that_extends_itself_is_a_circle(tmp_path):
    (problem,) = error_of(tmp_path, 'extends = "my.toml"\n').problems
    assert "circle" in problem.text_en


def test_longer_chains_than_anybody_follows_are_refused(base):
    for i in range(LONGEST_CHAIN):
        below = "base.toml" if i == 0 else f"v{i - 1}.toml"
        (base / f"v{i}.toml").write_text(f'extends = "{below}"\n', "utf-8")
    assert load(base / f"v{LONGEST_CHAIN - 2}.toml").run.weeks == 104
    with pytest.raises(ScenarioError, match=f"More than {LONGEST_CHAIN} files"):
        load(base / f"v{LONGEST_CHAIN - 1}.toml")


@pytest.mark.parametrize(
    ("line", "key", "said", "near"),
    [
        ('extends = "bose.toml"', "extends", 'Did you mean "base.toml"', "base.toml"),
        ('extends = "bangkok-wast"', "extends", 'Did you mean "bangkok-waste"', "bangkok-waste"),
        ('extends = "base.txt"', "extends", "ends in .toml", "base.toml"),
        ('extends = ""', "extends", "the name of one other scenario", ""),
        ("extends = 3", "extends", "the name of one other scenario", ""),
        ('extends = ["base.toml"]', "extends", "the name of one other scenario", ""),
        (VARIANT + 'drop = ["arms.recogntion"]', "drop.0", 'Did you mean "arms.recognition"', "arms.recognition"),
        (VARIANT + 'drop = ["arm.recognition"]', "drop.0", 'Did you mean "arms"', "arms"),
        (VARIANT + 'drop = ["run.weeks.more"]', "drop.0", "cannot be dropped", ""),
        (VARIANT + 'drop = ["", "run.seed"]', "drop.0", "a list of inherited keys", ""),
        (VARIANT + 'drop = "arms.recognition"', "drop", "a list of inherited keys", ""),
        (VARIANT + "drop = [3]", "drop.0", "a list of inherited keys", ""),
        (VARIANT + 'extend = "base.toml"', "extend", 'Did you mean "extends"', "extends"),
        (VARIANT + "[world]\nextends = 3", "world.extends", "no key", ""),
    ],
)
def test_a_wrong_head_names_line_key_and_the_nearest(base, line, key, said, near):
    (problem,) = error_of(base, line + "\n").problems
    assert Path(problem.file).name == "my.toml"
    assert (problem.key, problem.suggestion) == (key, near)
    assert problem.line == line.count("\n") + 1
    assert said in problem.text_en
    assert problem.text_th


def test_dropping_without_extending_is_a_mistake_beside_all_others(tmp_path):
    error = error_of(tmp_path, swapped('drop = ["arms.recognition"]\n' + BANGKOK, ("weeks = 104", "weeks = 0")))
    assert {p.key for p in error.problems} == {"drop", "run.weeks"}


def test_the_head_cannot_come_from_a_setting():
    with pytest.raises(ScenarioError, match="can only stand in a scenario file"):
        load("bangkok-waste", ['extends="thornton-2008"'])


def test_a_mistake_of_the_base_is_told_with_its_file_and_line(base):
    text = swapped(BANGKOK, ("baht_per_month = 40 ", "baht_per_month = -4 "), ("visible = ", "visble = "))
    (base / "base.toml").write_text(text, "utf-8")
    error = error_of(base, VARIANT + "[run]\nweks = 90\n")
    assert {(Path(p.file).name, p.key, p.line) for p in error.problems} == {
        ("base.toml", "arms.fee_discount.schemes.fee.baht_per_month", line_of(text, "baht_per_month")),
        ("base.toml", "behaviours.waste_sort.visble", line_of(text, "visble")),
        ("my.toml", "run.weks", 3),
    }
    assert "-4" in {marked(p) for p in error.problems}
    assert "base.toml" in error.render()
    assert "my.toml" in error.render()


def test_a_mistake_of_the_base_that_the_variant_mends_is_none(base):
    (base / "base.toml").write_text(swapped(BANGKOK, ("baht_per_month = 40 ", "baht_per_month = -4 ")), "utf-8")
    assert variant(base, VARIANT + "arms.fee_discount.schemes.fee.baht_per_month = 4\n").run.weeks == 104


def test_a_key_that_the_base_lacks_is_missing_in_the_base(base):
    text = swapped(BANGKOK, ("baseline = 0.34", "# baseline = 0.34"))
    (base / "base.toml").write_text(text, "utf-8")
    (problem,) = error_of(base, VARIANT + "behaviours.waste_sort.visible = 0.5\n").problems
    assert (Path(problem.file).name, problem.line) == ("base.toml", line_of(text, "[behaviours.waste_sort]"))
    assert '"baseline" is missing' in problem.text_en


def test_a_mistake_that_arises_from_the_variant_is_told_at_the_line_that_brings_it(base):
    error = error_of(base, VARIANT + "[run]\nseed = 4\nweeks = 30\n")
    assert {(Path(p.file).name, p.key, p.line, marked(p)) for p in error.problems} == {
        ("my.toml", "run.weeks", 4, "30")
    }
    assert len(error.problems) == 4
    line = line_of(BANGKOK[BANGKOK.index("[arms.fee_discount.schemes.fee]") :], "schedule") + BANGKOK[
        : BANGKOK.index("[arms.fee_discount.schemes.fee]")
    ].count("\n")
    assert any(f"base.toml:{line} is not right. It ends in week 56" in p.text_en for p in error.problems)
    assert all(p.text_th for p in error.problems)


def test_what_a_drop_leaves_hanging_is_told_at_the_drop(base):
    (base / "base.toml").write_text(BANGKOK + '\n[[observed]]\narm = "recognition"\nvalue = 0.2\n', "utf-8")
    (problem,) = error_of(base, VARIANT + 'drop = ["arms.comparison", "arms.recognition"]\n').problems
    assert (Path(problem.file).name, problem.line, problem.key) == ("my.toml", 2, "drop.1")
    assert 'There is no arm "recognition"' in problem.text_en


def test_a_top_level_table_that_nobody_gives_is_missing_in_the_file_that_was_asked_for(tmp_path):
    (tmp_path / "base.toml").write_text(BANGKOK.split("[arms.control]")[0], "utf-8")
    (problem,) = error_of(tmp_path, VARIANT).problems
    assert (Path(problem.file).name, problem.key) == ("my.toml", "arms")


def test_a_mistake_between_the_middle_file_and_the_first_is_the_middle_ones(base):
    (base / "mid.toml").write_text(VARIANT + "run.weeks = 30\n", "utf-8")
    error = error_of(base, 'extends = "mid.toml"\nrun.seed = 3\n')
    assert {(Path(p.file).name, p.line) for p in error.problems} == {("mid.toml", 2)}


def test_a_setting_over_a_variant_is_blamed_for_what_it_breaks(base):
    (base / "my.toml").write_text(VARIANT + "run.weeks = 90\n", "utf-8")
    with pytest.raises(ScenarioError) as error:
        load(base / "my.toml", ["run.weeks=30"])
    assert {p.file for p in error.value.problems} == {"--set"}
    assert load(base / "my.toml").run.weeks == 90


def test_a_base_that_cannot_be_read_is_named(base):
    (base / "base.toml").write_text("format = \n", "utf-8")
    (problem,) = error_of(base, VARIANT).problems
    assert (Path(problem.file).name, problem.line) == ("base.toml", 1)
    (base / "base.toml").write_text("# nothing\n", "utf-8")
    (problem,) = error_of(base, VARIANT).problems
    assert Path(problem.file).name == "base.toml"
    assert "kwamdee init" in problem.text_en


def test_what_a_variant_changes_is_the_files_own_and_no_setting(base):
    assert variant(base, VARIANT + "arms.fee_discount.schemes.fee.baht_per_month = 60\n").file_values is None


PEOPLE = "id,age\n" + "".join(f"a{i},{20 + i % 50}\n" for i in range(300))


def test_tables_of_an_own_world_count_from_the_folder_of_the_file_that_names_them(tmp_path):
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "people.csv").write_text(PEOPLE, "utf-8")
    text = swapped(BANGKOK, ("citizens = 10_000       # households\n", 'files = { citizens = "people.csv" }\n'))
    (tmp_path / "deep" / "base.toml").write_text(text, "utf-8")
    assert variant(tmp_path, 'extends = "deep/base.toml"\n').world.citizens == 300


def test_an_own_world_in_a_variant_drops_the_number_that_its_base_gives(base):
    (base / "people.csv").write_text(PEOPLE, "utf-8")
    text = VARIANT + 'world.files.citizens = "people.csv"\n'
    (problem,) = error_of(base, text).problems
    assert (Path(problem.file).name, problem.line) == ("my.toml", 2)
    assert "world.citizens is 10,000, but" in problem.text_en
    found = variant(base, text.replace("world", 'drop = ["world.citizens"]\nworld', 1))
    assert found.world.citizens == 300


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    at=st.integers(0, len(CHANGES) - 1),
    cut=st.integers(0, 12),
    put=st.sampled_from(["", "x", "-", "=", "[", "]", '"', "\n", "9", "nan", "ก", "{", "true", "\x07"]),
)
def test_any_mutated_variant_is_valid_or_a_clear_error(base, at, cut, put):
    (base / "mutant.toml").write_text(CHANGES[:at] + put + CHANGES[at + cut :], "utf-8")
    try:
        load(base / "mutant.toml")
        return
    except ScenarioError as error:
        found = error
    assert found.problems
    assert all(p.text_en and p.text_th for p in found.problems)
    assert any(Path(p.file).name == "mutant.toml" for p in found.problems)
