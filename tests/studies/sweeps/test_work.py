"""What a worker does with one task: rows, failures that are rows, stops that pass."""

import math
import subprocess
import sys

import pyarrow as pa
import pytest

import simulation as kw
from simulation.core.errors import Interrupted, Terminated
from simulation.results.fragments.layout import Layout
from simulation.results.study_columns import CIRCUMSTANCES, OUTCOMES
from simulation.studies.rows import columns, type_of_factor
from simulation.studies.run_many import RunSpec, run_society, specs_of
from simulation.studies.sweeps import work
from simulation.studies.sweeps.work import run_task
from simulation.studies.tasks import Job, Task

FEE = "arms.fee_discount.schemes.fee.baht_per_month"
SMALL = {"world.citizens": 120, "world.localities.number": 2, "run.weeks": 84}


def bangkok(**more):
    return kw.load("bangkok-waste").with_({**SMALL, **more})


def job_of(scenario, arms=("fee_discount", "recognition"), **more):
    return Job(scenario.digest, scenario.to_json(), tuple(arms), engine="numpy", **more)


def task_of(point=0, replicate=0, changes=(), fixed=(), factors=()):
    return Task(point * 10 + replicate, point, replicate, tuple(changes), tuple(fixed), tuple(factors))


def of_spec(rows):
    """Rows without what may differ between two runs of one spec."""
    return [{k: v for k, v in row.items() if k not in CIRCUMSTANCES} for row in rows]


def same(a, b):
    return repr(of_spec(a)) == repr(of_spec(b))


def test_a_task_gives_one_row_an_arm_in_the_order_of_the_job_with_all_columns():
    rows = run_task(job_of(bangkok(), ("recognition", "fee_discount")), task_of(factors=[("fee", 30)]))
    assert [row["arm"] for row in rows] == ["recognition", "fee_discount"]
    assert [tuple(row) for row in rows] == [columns(["fee"])] * 2
    assert {row["status"] for row in rows} == {"ok"}
    assert {row["fee"] for row in rows} == {30}
    assert all(type(row[name]) is float for row in rows for name in OUTCOMES)


def test_the_table_of_rows_has_the_types_that_are_promised():
    rows = run_task(job_of(bangkok()), task_of(factors=[("fee", 30.0), ("n", 3), ("who", "all"), ("on", True)]))
    table = pa.Table.from_pylist(
        rows, Layout(("a",), 1, 1, (("fee", "float64"), ("n", "int64"), ("who", "text"), ("on", "bool"))).schema("runs")
    )
    assert table.column_names == list(rows[0])
    assert [str(table.schema.field(n).type) for n in ("fee", "n", "who", "on")] == ["double", "int64", "string", "bool"]
    assert table.to_pylist()[0]["effect_pp"] == rows[0]["effect_pp"]


@pytest.mark.parametrize(
    ("values", "expected"),
    [([1, 2], int), ([1, 2.5], float), (["a", "b"], str), ([True, False], bool), ([True, 2], str)],
)
def test_a_factor_is_of_the_type_that_holds_all_its_values(values, expected):
    assert type_of_factor(values) is expected


def test_the_control_is_never_run():
    assert [row["arm"] for row in run_task(job_of(bangkok(), ("control", "fee_discount")), task_of())] == [
        "fee_discount"
    ]


def test_a_run_that_raises_is_a_row_with_its_message_and_the_command_that_repeats_it(monkeypatch):
    def breaks(state):
        if state.arm == "fee_discount":
            raise ZeroDivisionError("a \x1b[31mred\n message " + "x" * 5000)
        return run(state)

    run = work.run
    monkeypatch.setattr(work, "run", breaks)
    broken, fine = run_task(job_of(bangkok()), task_of())
    assert (broken["status"], broken["error"], fine["status"]) == ("failed", "ZeroDivisionError", "ok")
    assert broken["message"].startswith("a \\x1b[31mred\\n message x")
    assert len(broken["message"]) == 2000
    assert broken["command"] == f"kwamdee rerun {broken['run_id']}"
    assert fine["command"] == ""
    assert all(math.isnan(broken[name]) for name in OUTCOMES)


class Unsayable(BaseException):
    def __str__(self):
        raise RuntimeError("no")

    def __reduce__(self):
        raise TypeError("cannot be pickled")


@pytest.mark.parametrize("raised", [SystemExit(3), KeyboardInterrupt(), Unsayable(), MemoryError(), GeneratorExit()])
def test_whatever_a_run_raises_itself_is_a_row(monkeypatch, raised):
    def breaks(state):
        raise raised

    monkeypatch.setattr(work, "run", breaks)
    rows = run_task(job_of(bangkok()), task_of())
    assert [row["error"] for row in rows] == [type(raised).__name__] * 2


@pytest.mark.parametrize("stop", [Interrupted(), Terminated(143)])
def test_a_stop_of_the_user_passes(monkeypatch, stop):
    def stops(state):
        raise stop

    monkeypatch.setattr(work, "run", stops)
    with pytest.raises(type(stop)):
        run_task(job_of(bangkok()), task_of())


def test_a_society_that_cannot_be_prepared_fails_all_its_arms(monkeypatch):
    def breaks(*args, **kwargs):
        raise MemoryError

    monkeypatch.setattr(work, "prepare", breaks)
    rows = run_task(job_of(bangkok()), task_of())
    assert [(row["status"], row["error"]) for row in rows] == [("failed", "MemoryError")] * 2


def test_a_point_that_cannot_be_fails_all_its_arms_and_says_why():
    rows = run_task(job_of(bangkok()), task_of(changes=[(FEE, -3.0)], factors=[("fee", -3.0)]))
    assert [(row["status"], row["error"]) for row in rows] == [("failed", "ScenarioError")] * 2
    assert FEE in rows[0]["message"]
    other = run_task(job_of(bangkok()), task_of(changes=[(FEE, -4.0)], factors=[("fee", -4.0)]))
    assert len({row["run_id"] for row in (*rows, *other)}) == 4
    assert run_task(job_of(bangkok(), ("control",)), task_of(changes=[(FEE, -3.0)])) == []


def test_a_task_may_ask_for_some_arms_alone():
    job, whole = job_of(bangkok(), ("control", "fee_discount", "recognition", "comparison")), task_of()
    some = Task(0, 0, 0, arms=("comparison", "fee_discount"))
    rows = run_task(job, some)
    assert [row["arm"] for row in rows] == ["fee_discount", "comparison"]
    assert same(rows, [row for row in run_task(job, whole) if row["arm"] != "recognition"])


def test_a_run_is_that_of_a_comparison_by_identity_and_money():
    scenario = bangkok(**{"run.replicates": 1})
    rows = run_task(job_of(scenario, [a for a in scenario.arms if a != "control"]), task_of())
    runs = run_society(specs_of(scenario, engine="numpy")[0]).runs
    assert [row["run_id"] for row in rows] == [row["run_id"] for row in runs]
    assert [row["cost_baht"] for row in rows] == [row["paid_baht"] + row["running_baht"] for row in runs]


def test_rows_are_the_same_to_the_bit_in_any_order_of_tasks_and_in_a_fresh_process():
    job = job_of(bangkok(), ("fee_discount",))
    levers = [((FEE, 60.0),), ((FEE, 60.0), ("world.citizens", 130)), (("behaviours.waste_sort.baseline", 0.4),)]
    points = [(c, f) for c in levers for f in ((), (("w_e", 2.5), ("kappa_c", 0.6)))]
    tasks = [task_of(i, r, c, f) for i, (c, f) in enumerate(points) for r in (0, 1)][1:-2]
    forward = {task.number: run_task(job, task) for task in tasks}
    work.forget()
    back = {task.number: run_task(job, task) for task in reversed(tasks)}
    assert all(same(forward[n], back[n]) for n in forward)
    work.forget()
    assert same(run_task(job, tasks[-1]), forward[tasks[-1].number])


def test_identity_holds_what_is_fixed_only_where_something_is():
    plain = RunSpec("{}", "d", "a", 0, 0, "posterior", "numpy")
    fixed = RunSpec("{}", "d", "a", 0, 0, "posterior", "numpy", (("w_d", 1.0),))
    other = RunSpec("{}", "d", "a", 0, 0, "posterior", "numpy", (("w_d", 2.0),))
    assert plain.run_id == RunSpec("{}", "d", "a", 0, 0, "posterior", "numpy", ()).run_id
    assert len({plain.run_id, fixed.run_id, other.run_id}) == 3


def test_the_series_of_a_run_stands_beside_its_row_where_the_job_keeps_it():
    plain, kept = (run_task(job_of(bangkok(), series=keep), task_of()) for keep in (False, True))
    assert "series" not in plain[0]
    series = [row.pop("series") for row in kept]
    assert same(plain, kept)
    assert {name for s in series for name in s["run_id"]} == {row["run_id"] for row in kept}
    acts = (
        series[0]["acts"][series[0]["group_kind"] == "all"] - series[0]["acts_twin"][series[0]["group_kind"] == "all"]
    )
    assert float(acts.sum()) == kept[0]["extra_acts"]


def test_nothing_on_the_path_of_a_run_imports_what_is_slow_to_import():
    code = """
import sys
from simulation.scenario.load import load
from simulation.studies.tasks import Job, Task
from simulation.studies.sweeps.work import run_task
s = load("bangkok-waste").with_({"world.citizens": 60, "world.localities.number": 1, "run.weeks": 84})
rows = run_task(Job(s.digest, s.to_json(), ("fee_discount",), engine="numpy"), Task(0, 0, 0))
assert rows[0]["status"] == "ok", rows
print(*{"pandas", "matplotlib", "mesa"} & set(sys.modules))
"""
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == ""
