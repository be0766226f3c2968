import json
import time

import numpy as np
import pytest

from simulation.core.errors import InputError, ScenarioError
from simulation.studies.plan.read import load_study, study
from tests.studies.plan.files import FEE, GOOD, PEERS, by_key, error_of, marked, swapped, written


def only(folder, *swaps):
    """Return the one problem of the good study with something swapped, which took at most a second."""
    began = time.perf_counter()
    error = error_of(folder, swapped(GOOD, *swaps))
    assert time.perf_counter() - began < 1.0
    (problem,) = error.problems
    assert error.total == 1
    assert problem.file.endswith("study.toml")
    assert problem.line > 0
    assert problem.text_th != problem.text_en
    assert "Nothing was run." in error.render()
    return problem


@pytest.mark.parametrize(
    ("old", "new", "key", "mark", "said"),
    [
        ("baht_per_month", "baht_per_mont", "levers.size.key", FEE[:-1], 'Did you mean "baht_per_month"?'),
        ("fee_discount.schemes", "fee_discont.schemes", "levers.size.key", "arms.fee_discont", 'Did you mean "fee_discount"?'),
        ("parameters.w_d", "parameters.w_dd", "uncertainties.peers.key", "parameters.w_dd", 'There is no parameter "w_dd"'),
        ('key = "arms', 'kye = "arms', "levers.size.kye", "kye", 'Did you mean "key"?'),
        ("replicates = 4", "replicates = -4", "study.replicates", "-4", "1 to 100,000"),
        ("replicates = 4", "replicates = 0", "study.replicates", "0", "1 to 100,000"),
        ("[0, 120]", "[0, nan]", "levers.size.range.1", "nan", "not a number that can be used"),
        ("[0, 120]", "[0, 1e400]", "levers.size.range.1", "1e400", "not a number that can be used"),
        ("[0, 120]", "[-inf, 120]", "levers.size.range.0", "-inf", "not a number that can be used"),
        ("[0, 120]", '["0.1", 120]', "levers.size.range.0", '"0.1"', "Write 0.1, without quotation marks"),
        ("[0, 120]", "[true, 120]", "levers.size.range.0", "true", "true or false"),
        ("[0, 120]", "120", "levers.size.range", "120", "is a list"),
        ("levels = 5", "levels = [5]", "levers.size.levels", "[5]", "whole number"),
        ("levels = 5", "levels = 0", "levers.size.levels", "0", "below 2"),
        ("levels = 5", "step = 0", "levers.size.step", "0", "not above 0"),
        ("levels = 5", "step = 500", "levers.size.step", "500", "longer than the range of 120"),
        ("[0, 120]", "[120, 0]", "levers.size.range", "[120, 0]", "Write [0, 120]"),
        ("[0, 120]", "[40, 40]", "levers.size.range", "[40, 40]", "equals the upper end"),
        ("[0, 120]", "[0, 60, 120]", "levers.size.range", "[0, 60, 120]", "two ends"),
        ("[0, 120]", "[-1, 120]", "levers.size.range.0", "-1", "rule G1"),
        ("[0, 4, 8]", "[0, 4.5, 8]", "levers.start.values.1", "4.5", "whole number"),
        ("[0, 4, 8]", "[0, 4, 9000]", "levers.start.values.2", "9000", "0 to 5,200"),
        ("[0, 4, 8]", "[]", "levers.start.values", "[]", "empty"),
        ("[0, 4, 8]", '[0, "4", 8]', "levers.start.values.1", '"4"', "one column holds one sort"),
        ("[0, 4, 8]", "[0, 4, 4]", "levers.start.values.2", "4", "stands twice"),
        ('"effect_after_pp"]', '"effect_aftr_pp"]', "study.outcomes.1", '"effect_aftr_pp"', 'Did you mean "effect_after_pp"?'),
        ('"effect_pp", "effect_after_pp"]', "]", "study.outcomes", "[]", "empty"),
        ('"fee_discount", "comparison"]', '"fee_discount", "comparison", "compare"]', "study.arms.2", '"compare"', "There is no arm"),
        ('"fee_discount", "comparison"]', '"fee_discount", "comparison", "control"]', "study.arms.2", '"control"', "without any"),
        ('arm = "comparison"', 'arm = "recognition"', "contrasts.lead.arm", '"recognition"', "is run"),
        ('arm = "comparison"', 'arm = "fee_discount"', "contrasts.lead.less", '"fee_discount"', "always 0"),
        ('outcome = "effect_pp"', 'outcome = "efect_pp"', "contrasts.lead.outcome", '"efect_pp"', 'Did you mean "effect_pp"?'),
        ('kind = "grid"', 'kind = "gird"', "design.kind", '"gird"', 'Did you mean "grid"?'),
        ('kind = "grid"\nlevels = 3', 'kind = "sobol"', "design.kind", '"sobol"', "points = 100"),
        ("levels = 3", "points = 3\nlevels = 3", "design.points", "points", "belongs to latin-hypercube and sobol"),
        ('kind = "grid"\nlevels = 3', 'kind = "morris"\nlevels = 3\ntrajectories = 9', "design.levels", "3", "even"),
        ("levels = 3", "", "design.kind", '"grid"', "uncertainties.peers"),
        ("levels = 3", "levels = 1.5", "design.levels", "1.5", "no whole number"),
        ("levers.start", "levers.replicate", "levers.replicate", "replicate", "column of the results"),
        ("levers.start", "levers.effect_pp", "levers.effect_pp", "effect_pp", "column of the results"),
        ("levers.start", 'levers."my start"', "levers.my start", '"my start"', "no name of a column"),
        ("levers.start", "levers.Peers", "uncertainties.peers", "peers", "is the name of levers.Peers too"),
        ("fee.schedule.start", "fee.baht_per_month", "levers.start.key", FEE, "set by levers.size already"),
        ("fee.schedule.start", "fee.schedule", "levers.start.key", "arms.fee_discount.schemes.fee.schedule", "name a key in it: start"),
        ("arms.fee_discount.schemes.fee.schedule.start", "run.seed", "levers.start.key", "run.seed", "same at every point"),
        ("arms.fee_discount.schemes.fee.schedule.start", "about.title.en", "levers.start.key", "about.title.en", "cannot be varied"),
        ("arms.fee_discount.schemes.fee.schedule.start", "run..weeks", "levers.start.key", "run..weeks", "single dots"),
        ('key = "parameters.w_d"', 'key = "parameters.w_d"\nrange = [-1, 2]', "uncertainties.peers.range.0", "-1", f"usual range {PEERS['low']:g} .. {PEERS['high']:g}"),
        ('key = "parameters.w_d"', 'key = "parameters.w_d"\nscale = "log"\nrange = [0, 2]', "uncertainties.peers.scale", '"log"', "above 0"),
        ('key = "parameters.w_d"', "", "uncertainties.peers", "", '"key" is missing'),
        ("values = [0, 4, 8]", "", "levers.start", "", '"range" or "values" is missing'),
        ("values = [0, 4, 8]", "values = [0, 4, 8]\nrange = [0, 8]", "levers.start.range", "range", "Take one of the two out"),
        ('"bangkok-waste"', '"bangkok-wast"', "study.scenario", '"bangkok-wast"', "Nearest: bangkok-waste"),
        ('"bangkok-waste"', "3", "study.scenario", "3", "is text"),
        ("2000", "-2000", "study.set.world.citizens", "-2000", "1 to 100,000,000"),
        ("world.citizens", "world.citizen", "study.set.world.citizen", "2000", 'Did you mean "citizens"?'),
        ('parameters = "posterior"', 'parameters = "posteror"', "study.parameters", '"posteror"', 'Did you mean "posterior"?'),
        ("replicates = 4", "replicates = 4\ntarget = { mcse = 1 }", "study.replicates", "replicates", "Take one of the two out"),
        ("replicates = 4", "target = { mcse = 0 }", "study.target.mcse", "0", "above 0"),
        ("replicates = 4", "target = { mcse = 1, at_least = 9, at_most = 8 }", "study.target.at_least", "9", "the least comes first"),
        ("format = 1", "format = 2", "format", "2", "format = 1"),
        ("levels = 3", "levels = 3\nseed = -1", "design.seed", "-1", "0 to 4,294,967,295"),
    ],
)  # fmt: skip
def test_each_mistake_is_told_at_its_place_with_what_would_be_right(tmp_path, old, new, key, mark, said):
    problem = only(tmp_path, (old, new))
    assert problem.key == key
    assert mark in marked(problem) or mark == ""
    assert said in problem.text_en, problem.text_en


def test_a_syntax_error_and_a_key_that_stands_twice_are_told_alone(tmp_path):
    for swap, said in (
        (("[design]", "[design"), "cannot be read"),
        (("levels = 5", "levels = 5\nlevels = 6"), "stands twice"),
    ):
        problem = only(tmp_path, swap)
        assert said in problem.text_en
        assert problem.line


SEVEN = swapped(
    GOOD,
    ('"world.citizens" = 2000', '"world.citizens" = -5'),
    ('"effect_after_pp"]', '"effect_aftr_pp"]'),
    ("replicates = 4", "replicats = 4"),
    ("[0, 120]", "[120, 0]"),
    ("levels = 5", 'levels = "5"'),
    ("[0, 4, 8]", "[0, nan, 8]"),
    ("parameters.w_d", "parameters.wd"),
    ('kind = "grid"', 'kind = "gridd"'),
)


def test_several_mistakes_are_told_at_once_in_file_order_in_both_languages(tmp_path):
    error = error_of(tmp_path, SEVEN)
    found = by_key(error)
    assert list(found) == [
        "study.set.world.citizens", "study.outcomes.1", "study.replicats", "levers.size.range", "levers.size.levels",
        "levers.start.values.1", "uncertainties.peers.key", "design.kind",
    ]  # fmt: skip
    assert [p.line for p in error.problems] == sorted(p.line for p in error.problems)
    english, thai = error.render("en"), error.render("th")
    assert "8 mistakes in" in english
    assert "พบข้อผิดพลาด 8 จุด" in thai
    for problem in found.values():
        assert any("\u0e01" <= c <= "\u0e4e" for c in problem.text_th)
        assert problem.text_th.split("\n")[0][:8] in thai.replace("\n  ", " ")


def test_the_same_mistakes_are_told_of_a_call_by_its_arguments():
    with pytest.raises(ScenarioError) as error:
        study(
            "bangkok-waste",
            levers={
                "size": {"key": FEE, "range": [120, 0], "levels": "5"},
                "start": {"key": "run.wekks", "values": [1, float("nan")]},
            },
            uncertainties={"peers": {"key": "parameters.wd"}},
            design={"kind": "gridd"},
            outcomes=["effect_aftr_pp"],
            replicates=-4,
            set={"world.citizens": -5},
        )
    assert set(by_key(error.value)) == {
        "set.world.citizens", "outcomes.0", "replicates", "levers.size.range", "levers.size.levels", "levers.start.key",
        "levers.start.values.1", "uncertainties.peers.key", "design.kind",
    }  # fmt: skip
    assert {p.file for p in error.value.problems} == {"the study"}


@pytest.mark.parametrize(
    ("arguments", "key"),
    [
        ({"scenario": 3}, "scenario"),
        ({"scenario": "bangkok-wast"}, "scenario"),
        ({"levers": {}}, "levers"),
        ({"levers": [1]}, "levers"),
        ({"levers": {"a": 3}}, "levers.a"),
        ({"levers": {"a": {"key": FEE, "range": np.array([3.0, 1.0])}}}, "levers.a.range"),
        ({"arms": []}, "arms"),
        ({"arms": "fee_discount"}, "arms"),
        ({"replicates": True}, "replicates"),
        ({"replicates": 2.5}, "replicates"),
        ({"replicates": float("inf")}, "replicates"),
        ({"design": {}}, "design.kind"),
        ({"design": "grid"}, "design"),
        ({"parameters": "x"}, "parameters"),
        ({"contrasts": {"c": {"arm": "x", "less": "fee_discount"}}}, "contrasts.c.arm"),
        ({"target": {"mcse": float("nan")}}, "target.mcse"),
    ],
)
def test_a_wrong_argument_is_named(arguments, key):
    good = {"scenario": "bangkok-waste", "levers": {"a": {"key": FEE, "values": [0, 40]}}}
    with pytest.raises(InputError) as error:
        study(**{**good, **arguments})
    assert key in {p.key for p in error.value.problems}


def test_a_grid_of_a_million_million_runs_is_refused_with_its_count_and_the_hours(tmp_path):
    text = swapped(
        GOOD,
        ("levels = 5", "levels = 10001"),
        ("values = [0, 4, 8]", "range = [0, 20000]"),
        ("levels = 3", "levels = 10001"),
    )
    text = text.replace("fee.schedule.start", "fee.acts_needed_per_month").replace("[0, 20000]", "[0, 1]")
    began = time.perf_counter()
    with pytest.raises(ScenarioError) as error:
        load_study(written(tmp_path, text.replace("acts_needed_per_month", "run_cost_baht_per_week")))
    assert time.perf_counter() - began < 1.0
    problem = next(p for p in error.value.problems if p.key == "design.kind")
    assert f"{10_001**3:,} points, so {10_001**3 * 8:,} runs, about" in problem.text_en
    assert "hours on this computer" in problem.text_en
    assert "ชั่วโมง" in problem.text_th


def test_a_large_study_is_right_and_counts_its_runs_for_whoever_asks(tmp_path):
    found = load_study(written(tmp_path, swapped(GOOD, ("levels = 5", "levels = 2000"))))
    assert found.runs == 2000 * 3 * 3 * 4 * 2 > 100_000


@pytest.mark.parametrize(
    ("design", "said"),
    [
        ('kind = "morris"\ntrajectories = 4', "Morris trajectories are few"),
        ('kind = "saltelli"\nbase = 16', "intervals of S1 and ST will be wide"),
        ('kind = "sobol"\npoints = 100', "128 is the nearest"),
        ('kind = "latin-hypercube"\npoints = 12', "12 points for 3 factors are few"),
    ],
)
def test_a_design_too_small_for_its_intervals_is_right_and_warned_of(tmp_path, design, said):
    found = load_study(written(tmp_path, swapped(GOOD, ('kind = "grid"\nlevels = 3', design))))
    (warning,) = found.warnings
    assert said in warning.en
    assert warning.th


def test_a_good_study_has_no_warnings(tmp_path):
    assert load_study(written(tmp_path, GOOD)).warnings == ()


def test_a_lever_that_no_policy_can_set_and_an_arm_that_is_not_run_are_warned_of(tmp_path):
    text = swapped(
        GOOD,
        ("[uncertainties.peers]", "[levers.peers]"),
        ('"fee_discount", "comparison"]', '"recognition", "comparison"]'),
    )
    text = swapped(text, ('less = "fee_discount"', 'less = "recognition"'))
    said = " ".join(w.en for w in load_study(written(tmp_path, text)).warnings)
    assert "levers.peers sets parameters.w_d, a parameter of the law, which no policy can set" in said
    assert "that arm is not run" in said


def test_values_that_do_not_go_together_are_warned_of_before_their_runs_fail(tmp_path):
    text = swapped(
        GOOD,
        ('levers.size]\nkey = "' + FEE, 'levers.size]\nkey = "arms.fee_discount.schemes.fee.schedule.weeks'),
        ("range = [0, 120]", "range = [26, 98]"),
    )
    (warning,) = load_study(written(tmp_path, text)).warnings
    assert "size = 98, start = 8" in warning.en
    assert "after the horizon" in warning.en


def test_what_is_forbidden_in_a_scenario_is_forbidden_as_a_lever(tmp_path):
    text = swapped(GOOD, ("arms.fee_discount.schemes.fee.schedule.start", "arms.recognition.schemes.honour.audience"))
    problem = by_key(error_of(tmp_path, swapped(text, ("[0, 4, 8]", '["officials", "everybody"]'))))[
        "levers.start.values.1"
    ]
    assert problem.rule == "G4"
    assert "Rules G4, G10" in problem.text_en


LISTED = swapped(GOOD, ('kind = "grid"\nlevels = 3', 'kind = "list"\nfile = "points.csv"'))


@pytest.mark.parametrize(
    ("table", "line", "said"),
    [
        (b"", 0, "The file is empty"),
        (b"size,start,peers\n", 1, "There are no points"),
        (b"size,start,peers\n\n \n", 1, "There are no points"),
        (b"size;start;peers\n1;4;2\n", 0, "separated by semicolons"),
        (b"size\tstart\tpeers\n", 0, "separated by tabs"),
        (b"size,start,peer\n1,4,2\n", 1, 'Did you mean "peers"?'),
        (b"size,start\n1,4\n", 1, 'no column for the factor "peers"'),
        (b"size,start,peers,size\n1,4,2,1\n", 1, "stands twice"),
        (b'size,start,peers\n"0,5",4,2\n', 2, "Write 0.5"),
        (b"size,start,peers\n0,5,4,2\n", 2, "4 cells"),
        (b"size,start,peers\n1,4,2\nx,4,2\n", 3, '"x" is no number'),
        (b"size,start,peers\nnan,4,2\n", 2, '"nan" is no number'),
        (b"size,start,peers\n1e400,4,2\n", 2, "no number that can be used"),
        (b"size,start,peers\n,4,2\n", 2, "The cell is empty"),
        ("size,start,peers\n๑๐,4,2\n".encode(), 2, "write 10"),
        (b"size,start,peers\n1,4.5,2\n", 2, "4.5 is no whole number"),
        (b"size,start,peers\n1,5,2\n", 2, "none of the factor's values: 0, 4, 8"),
        (b"size,start,peers\n121,4,2\n", 2, "outside the range of the factor, 0 .. 120"),
        ("size,start,peers\nส่วนลด,4,2\n".encode("cp874"), 0, "looks like TIS-620"),
        (b"PK\x03\x04\x00\x00", 0, "no text file"),
        (b'size,start,peers\n"1,4,2\n', 0, "no CSV table"),
    ],
)
def test_a_list_of_points_is_checked_cell_by_cell(tmp_path, table, line, said):
    (tmp_path / "points.csv").write_bytes(table)
    error = error_of(tmp_path, LISTED)
    problem = error.problems[0]
    assert problem.file.endswith("points.csv")
    assert (problem.line, said in problem.text_en) == (line, True), problem.text_en
    assert problem.text_th != problem.text_en


def test_a_list_is_read_with_a_byte_order_mark_and_other_line_ends_and_counts_all_mistakes(tmp_path):
    (tmp_path / "points.csv").write_bytes(b"\xef\xbb\xbfstart,size,peers\r\n4, 10 ,2\r\n8,20.5,1e-1\r\n")
    found = load_study(written(tmp_path, LISTED))
    assert list(found.design) == [{"size": 10.0, "start": 4, "peers": 2.0}, {"size": 20.5, "start": 8, "peers": 0.1}]
    assert json.loads(json.dumps(found.definition))["rows"] == [[10.0, 4, 2.0], [20.5, 8, 0.1]]
    (tmp_path / "points.csv").write_text("size,start,peers\n" + "x,4,2\n" * 300, "utf-8")
    error = error_of(tmp_path, LISTED)
    assert (error.total, len(error.problems)) == (300, 20)


def test_a_list_that_is_not_there_is_told_with_the_study(tmp_path):
    problem = error_of(tmp_path, LISTED).problems[0]
    assert problem.file.endswith("points.csv")
    assert "no such file" in problem.text_en


def test_rows_may_stand_in_the_call_and_are_checked_too():
    good = {"size": {"key": FEE}, "peers": {"key": "parameters.w_d"}}
    rows = [{"size": 10, "peers": 2.0}, {"size": 20.0, "peers": 1}]
    found = study("bangkok-waste", good, design={"kind": "list", "rows": rows})
    assert list(found.design) == [{"size": 10.0, "peers": 2.0}, {"size": 20.0, "peers": 1.0}]
    assert found.facts.factors[0].values == (10.0, 20.0)
    with pytest.raises(ScenarioError) as error:
        study(
            "bangkok-waste", good, design={"kind": "list", "rows": [{"size": "x"}, {"size": 1, "peers": 2, "pers": 3}]}
        )
    assert {p.key for p in error.value.problems} == {"design.rows.0.size", "design.rows.0", "design.rows.1.pers"}
    with pytest.raises(ScenarioError, match="rule G1"):
        study("bangkok-waste", good, design={"kind": "list", "rows": [{"size": -10, "peers": 2.0}]})
