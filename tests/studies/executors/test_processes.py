"""What a pool and this process make of tasks that behave and of tasks that do not."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from simulation.core.errors import InputError, Interrupted
from simulation.studies.executors.choose import Probe, executor_for
from simulation.studies.executors.processes import processes
from simulation.studies.executors.serial import serial
from tests.studies.executors import toys
from tests.studies.executors.drive import alive, carried, executions, script, until, workers

NO_WORKER_ENDS = {
    3: "say_goodbye",
    7: "interrupt",
    11: "memory",
    12: "memory_raised",
    15: "talk",
    20: "unpicklable",
}
WORKER_ENDS = {2: "kill", 9: "abort", 16: "leave", 25: "kill_once"}


def rows(found):
    return {number: f.rows for number, f in found.items() if not f.died}


def test_every_executor_gives_the_same_rows(tmp_path):
    alone = carried(serial(), tmp_path / "a")
    for name, executor in {
        "pool": processes(2),
        "sevens": processes(2, batch=7),
        "one": processes(1, batch=100),
    }.items():
        assert rows(carried(executor, tmp_path / name)) == rows(alone)
        assert set(executions(tmp_path / name).values()) == {1}
    assert len(alone) == 30


@pytest.mark.parametrize("executor", [serial(), processes(1)], ids=["here", "pool"])
def test_what_a_task_raises_or_prints_is_its_own_failure(executor, tmp_path, capfd):
    found = carried(executor, tmp_path / "t", NO_WORKER_ENDS)
    assert {n: f.died for n, f in found.items() if f.died} == {
        3: "SystemExit: 3",
        7: "KeyboardInterrupt",
        11: "out of memory, 2 tries",
        12: "out of memory, 2 tries",
        20: "TypeError: cannot pickle 'generator' object",
    }
    assert {n for n, times in executions(tmp_path / "t").items() if times > 1} == {11, 12}
    assert capfd.readouterr() == ("", "")


def test_a_task_that_kills_its_worker_is_tried_twice_and_the_rest_is_done(tmp_path, capfd):
    found = carried(processes(2, total=30), tmp_path / "t", WORKER_ENDS)
    assert {n: f.died for n, f in found.items() if f.died} == {
        2: "worker died (signal 9), 2 tries",
        9: "worker died (signal 6), 2 tries",
        16: "worker died (exit code 0), 2 tries",
    }
    assert found[25].task.attempt == 2
    assert found[25].rows == tuple(toys.rows(toys.task(25)))
    assert len(rows(found)) == 27
    assert max(executions(tmp_path / "t").values()) <= 3  # those beside two killers in one batch
    assert capfd.readouterr() == ("", "")


def test_a_worker_killed_from_outside_costs_one_task_a_second_try_at_most(tmp_path):
    trace, victims = tmp_path / "t", []
    trace.touch()

    def killer():
        until(lambda: len(executions(trace)) >= 5)
        victims.append(next(iter(workers(trace))))
        os.kill(victims[0], signal.SIGKILL)

    thread = threading.Thread(target=killer)
    thread.start()
    began = time.monotonic()
    found = carried(processes(2, total=40), trace, n=40, seconds=0.05)
    thread.join()
    assert time.monotonic() - began < 8
    assert not [f for f in found.values() if f.died]
    assert max(executions(trace).values()) <= 2
    assert sum(f.task.attempt == 2 for f in found.values()) <= 1


@pytest.mark.parametrize("executor", [serial(run_timeout=0.5), processes(2, run_timeout=0.5)], ids=["here", "pool"])
def test_a_task_that_never_ends_is_ended_and_not_tried_again(executor, tmp_path):
    began = time.monotonic()
    found = carried(executor, tmp_path / "t", {5: "hang"})
    assert time.monotonic() - began < 4
    assert {n: f.died for n, f in found.items() if f.died} == {5: "timed out after 0.5 s"}
    assert executions(tmp_path / "t")[5] == 1


def test_a_time_limit_away_from_the_main_thread_is_refused(tmp_path):
    said = []

    def elsewhere():
        with pytest.raises(InputError, match="--jobs 2") as error:
            carried(serial(run_timeout=1), tmp_path / "t")
        said.append(error.value)

    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join()
    assert said[0].th


def test_a_pool_that_is_closed_ends_its_workers_at_once(tmp_path):
    trace = tmp_path / "t"
    running = processes(2)(toys.work, toys.job(trace), (toys.task(k, "", 0.0 if k < 6 else 5.0) for k in range(1000)))
    for _ in range(3):
        next(running)
    until(lambda: len(workers(trace)) == 2)
    began = time.monotonic()
    running.close()
    assert time.monotonic() - began < 1
    until(lambda: not alive(workers(trace)), 1)


def test_tasks_are_taken_as_they_are_needed(tmp_path):
    taken = []

    def tasks():
        for k in range(10_000):
            taken.append(k)
            yield toys.task(k, "", 0.02)

    running = processes(2, batch=1)(toys.work, toys.job(tmp_path / "t"), tasks())
    next(running)
    assert len(taken) < 10
    running.close()


SWEEP = """
import sys
from simulation.studies.executors.processes import processes
from tests.studies.executors import toys
for found in processes(2)(toys.work, toys.job(sys.argv[1]), (toys.task(k, "", 0.05) for k in range(10_000))):
    pass
"""


@pytest.mark.parametrize("whole_group", [False, True])
def test_workers_end_with_their_parent_however_it_ends(whole_group, tmp_path):
    trace = tmp_path / "t"
    trace.touch()
    parent = script(SWEEP, trace, start_new_session=True)
    until(lambda: len(workers(trace)) == 2)
    (os.killpg if whole_group else os.kill)(parent.pid, signal.SIGKILL)
    parent.wait()
    until(lambda: not alive(workers(trace)), 2)


INTERRUPTED = """
import os, signal, sys, threading
from simulation.core.errors import Interrupted
from simulation.studies.executors.serial import serial
from tests.studies.executors import toys
threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT)).start()
try:
    for found in serial()(toys.work, toys.job(sys.argv[1]), [toys.task(0, "interrupt"), toys.task(1, "hang")]):
        print(found.task.number, found.died)
except Interrupted:
    print("interrupted")
"""


def test_the_users_ctrl_c_is_told_apart_from_a_tasks_own(tmp_path):
    parent = script(INTERRUPTED, tmp_path / "t", stdout=subprocess.PIPE, text=True)
    try:
        said, _ = parent.communicate(timeout=20)
    finally:
        parent.kill()
    assert said.splitlines() == ["0 KeyboardInterrupt", "interrupted"]
    assert issubclass(Interrupted, KeyboardInterrupt)


STOPPED = """
import sys, time
import simulation.__main__ as command
from simulation.core.errors import Interrupted, Terminated
from simulation.studies.executors.choose import executor_for
from tests.studies.executors import toys

def sweep():
    where = None if sys.argv[2] == "pool" else sys.argv[2]
    running = executor_for(2, where, measure=False)(
        toys.work, toys.job(sys.argv[1]), (toys.task(k, "", 0.05 if k < 40 else 30.0) for k in range(10_000)))
    try:
        for found in running:
            pass
    except (Interrupted, Terminated) as stop:
        running.close()
        sys.exit(130 if isinstance(stop, Interrupted) else stop.code)

import simulation.cli
simulation.cli.main = sweep
command.main()
"""


def stopped(where, sign, trace, all_of_them):
    """Stop a sweep by a signal; return its exit code, the seconds until it ended, and what it said."""
    trace.touch()
    parent = script(STOPPED, trace, where, start_new_session=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    until(lambda: len(workers(trace)) == 2 and len(executions(trace)) > 10, 40)
    began = time.monotonic()
    (os.killpg if all_of_them else os.kill)(parent.pid, sign)
    said, _ = parent.communicate(timeout=20)
    return parent.returncode, time.monotonic() - began, said.decode()


@pytest.mark.parametrize(
    ("sign", "code", "all_of_them"),
    [
        (signal.SIGINT, 130, True),
        pytest.param(signal.SIGTERM, 143, False, marks=pytest.mark.slow),
        pytest.param(signal.SIGHUP, 129, False, marks=pytest.mark.slow),
    ],
)
def test_a_stopped_pool_is_silent_quick_and_leaves_nobody(sign, code, all_of_them, tmp_path):
    found, seconds, said = stopped("pool", sign, tmp_path / "t", all_of_them)
    assert (found, said) == (code, "")
    assert seconds < 2
    until(lambda: not alive(workers(tmp_path / "t")), 1)


LIMITED = """
import resource, sys
from simulation.studies.executors.processes import processes
from tests.studies.executors import toys
import joblib.externals.loky
kind, limit = sys.argv[2].split("=")
resource.setrlimit(getattr(resource, kind), (int(limit), int(limit)))
found = list(processes(4, notice=lambda text: print(text.en, text.th))(
    toys.work, toys.job(sys.argv[1]), [toys.task(k) for k in range(50)]))
assert sorted(f.task.number for f in found) == list(range(50)), found
assert not [f for f in found if f.died], found
"""


@pytest.mark.parametrize(
    "limit", [12, pytest.param(20, marks=pytest.mark.slow), pytest.param(32, marks=pytest.mark.slow)]
)
def test_with_few_open_files_it_goes_on_with_fewer_workers_and_says_so(limit, tmp_path):
    parent = script(
        LIMITED, tmp_path / "t", f"RLIMIT_NOFILE={limit}", stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    said, errors = parent.communicate(timeout=30)
    assert parent.returncode == 0, errors
    assert errors == ""
    assert "worker process" in said
    assert "กระบวนการย่อย" in said


def test_a_study_is_begun_here_and_goes_over_to_the_pool_once_that_is_faster():
    probe = Probe(jobs=2, left=1000)
    assert not probe.pool_is_faster()
    probe.learn(5.0)  # imports and compilation
    assert not probe.pool_is_faster()
    probe.learn(0.001)
    assert not probe.pool_is_faster()  # a second of work: a worker takes as long to begin
    probe.seconds.clear()
    probe.learn(0.02)
    assert probe.pool_is_faster()


@pytest.mark.parametrize(("seconds", "here"), [(0.0, True), pytest.param(0.1, False, marks=pytest.mark.slow)])
def test_small_studies_stay_here_and_larger_ones_use_workers(seconds, here, tmp_path):
    trace = tmp_path / "t"
    carried(executor_for(2, total=60), trace, n=60, seconds=seconds)
    assert (workers(trace) == {os.getpid()}) is here
    assert set(executions(trace).values()) == {1}


def test_without_measuring_no_task_is_carried_out_here(tmp_path):
    carried(executor_for(2, total=4, measure=False), tmp_path / "t", n=4)
    assert os.getpid() not in workers(tmp_path / "t")


MISSING = """
import sys
sys.path.insert(0, sys.argv[2])
import here_only
sys.path.pop(0)
from simulation.studies.executors.processes import processes
from tests.studies.executors import toys
list(processes(1)(here_only.work, toys.job(sys.argv[1]), [toys.task(0)]))
"""


def test_work_that_a_worker_cannot_import_is_said_and_not_tried_for_ever(tmp_path):
    (tmp_path / "here_only.py").write_text("def work(job, task): return []", "utf-8")
    parent = script(MISSING, tmp_path / "t", tmp_path, stderr=subprocess.PIPE, text=True)
    _, said = parent.communicate(timeout=20)
    assert parent.returncode == 1
    assert "CannotWork: ModuleNotFoundError: No module named 'here_only'" in said
    assert sys.executable


HUNGRY = """
import resource, sys
import numpy
from simulation.studies.executors.processes import processes
from tests.studies.executors import toys

def work(job, task):
    kept = []
    while task.number == 5:
        kept.append(numpy.ones(10_000_000))
    return toys.rows(task)

if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))
    for found in processes(2)(work, toys.job(sys.argv[1]), [toys.task(k) for k in range(20)]):
        print(found.task.number, found.died)
"""


@pytest.mark.slow
def test_a_task_that_eats_the_memory_it_may_have_is_recorded_as_such(tmp_path):
    parent = script(HUNGRY, tmp_path / "t", stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    said, _ = parent.communicate(timeout=60)
    assert [line for line in said.splitlines() if not line.endswith(" ")] == ["5 out of memory, 2 tries"]
    assert len(said.splitlines()) == 20


@pytest.mark.slow
def test_a_worker_killed_at_any_moment_costs_no_task_more_than_a_second_try(tmp_path):
    for k in range(5):
        trace = tmp_path / f"t{k}"
        trace.touch()
        killer = threading.Timer(0.3 + 0.25 * k, kill_a_worker, (trace,))
        killer.start()
        found = carried(processes(2, total=100), trace, n=100, seconds=0.02)
        killer.join()
        assert not [f for f in found.values() if f.died]
        assert max(executions(trace).values()) <= 2


def kill_a_worker(trace):
    for pid in alive(workers(trace) - {os.getpid()})[:1]:
        os.kill(pid, signal.SIGKILL)


HELD = """
import os, signal
from joblib.externals.loky import ProcessPoolExecutor
from simulation.studies.executors.slots import interrupts_held

def mask(pid):
    with open(f"/proc/{pid}/status") as status:
        found = next(line for line in status if line.startswith("SigBlk"))
    return int(found.split()[1], 16)

with interrupts_held():
    pool = ProcessPoolExecutor(max_workers=1)
    future = pool.submit(os.getpid)
    still = signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, ())
worker = future.result()
print(still, bool(mask(worker) >> (signal.SIGINT - 1) & 1))
pool.shutdown(kill_workers=True)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="masks are read in /proc")
def test_a_worker_is_begun_deaf_to_ctrl_c_the_first_one_too(tmp_path):
    parent = script(HELD, stdout=subprocess.PIPE, text=True)
    said, _ = parent.communicate(timeout=60)
    assert said.split() == ["True", "True"]
