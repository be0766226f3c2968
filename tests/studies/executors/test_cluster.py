"""A cluster on loopback: scheduler and workers are processes of their own, and some of them are killed."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from simulation.core.errors import ClusterLost, InputError
from simulation.studies.executors.choose import executor_for
from simulation.studies.executors.cluster import dask_executor
from simulation.studies.executors.connect import place_of
from simulation.studies.executors.serial import serial
from tests.studies.executors import toys
from tests.studies.executors.drive import ROOT, alive, carried, executions, script, until, workers
from tests.studies.executors.test_processes import WORKER_ENDS, rows, stopped

pytest.importorskip("distributed")
DASK = Path(sys.executable).with_name("dask")


class OnLoopback:
    """A scheduler with its file, and workers, each a process of its own."""

    def __init__(self, folder, environment=None):
        self.file, self.environment = folder / "scheduler.json", environment or {}
        self.processes, self.folder = {}, folder
        self.begin("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
        until(self.answers, 30)

    def begin(self, name, *options):
        command = [DASK, name.partition("-")[0], "--scheduler-file", self.file, *options]
        environment = {**os.environ, "PYTHONPATH": str(ROOT), **self.environment}
        with (self.folder / f"{name}.log").open("w") as log:
            self.processes[name] = subprocess.Popen(
                command, env=environment, cwd=self.folder, stdout=log, stderr=log, start_new_session=True
            )

    def worker(self, name, *options):
        self.begin(name, "--nthreads", "1", "--no-dashboard", "--local-directory", self.folder, *options)

    def answers(self):
        try:
            return bool(json.loads(self.file.read_text("utf-8"))["address"])
        except (OSError, ValueError):
            return False

    def close(self):
        for process in self.processes.values():
            try:
                os.killpg(process.pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        for process in self.processes.values():
            process.wait()


@pytest.fixture
def loopback(tmp_path):
    cluster = OnLoopback(tmp_path)
    yield cluster
    cluster.close()


@pytest.mark.slow
def test_a_cluster_gives_the_rows_of_one_process_and_kills_no_worker_of_its_own(loopback, capfd):
    loopback.worker("worker-a")
    loopback.worker("worker-b", "--no-nanny")
    deeds = {**WORKER_ENDS, 12: "memory", 20: "talk", 28: "hang"}
    trace = loopback.folder / "t"
    found = carried(dask_executor(str(loopback.file), run_timeout=2, total=30), trace, deeds)
    assert {n: f.died for n, f in found.items() if f.died} == {
        2: "worker died (signal 9), 2 tries",
        9: "worker died (signal 6), 2 tries",
        12: "out of memory, 2 tries",
        16: "worker died (exit code 0), 2 tries",
        28: "timed out after 2 s",
    }
    alone = rows(carried(serial(), loopback.folder / "s", {20: "talk"}))
    assert rows(found) == {n: r for n, r in alone.items() if n not in (2, 9, 12, 16, 28)}
    assert not [p for p in loopback.processes.values() if p.poll() is not None]
    assert capfd.readouterr() == ("", "")
    until(lambda: not alive(workers(trace)), 4)


def parents(trace):
    """Return the workers of the cluster whose processes carried out tasks."""
    return {int(line.split()[2]) for line in Path(trace).read_text("utf-8").splitlines()}


@pytest.mark.slow
@pytest.mark.parametrize("options", [[], ["--no-nanny"]], ids=["nanny", "no-nanny"])
def test_a_cluster_worker_killed_in_the_middle_costs_nothing_but_its_batch(options, loopback):
    loopback.worker("worker-a", *options)
    loopback.worker("worker-b", *options)
    trace, killed = loopback.folder / "t", []
    running = dask_executor(str(loopback.file), total=60)(
        toys.work, toys.job(trace), (toys.task(k, "", 0.1) for k in range(60))
    )
    found = []
    for one in running:
        found.append(one)
        if len(found) >= 8 and not killed:
            until(lambda: len(parents(trace)) == 2)
            killed += [min(parents(trace)), time.monotonic()]
            os.kill(killed[0], signal.SIGKILL)
        elif killed and len(killed) == 2:
            killed.append(time.monotonic())
    assert sorted(f.task.number for f in found) == list(range(60))
    assert not [f.died for f in found if f.died]
    assert killed[2] - killed[1] < 10
    assert max(executions(trace).values()) <= 2


SWEEP = """
import sys
from simulation.studies.executors.cluster import dask_executor
from tests.studies.executors import toys
for found in dask_executor(sys.argv[2], 2)(toys.work, toys.job(sys.argv[1]), (toys.task(k, "", 0.05) for k in range(10_000))):
    pass
"""


@pytest.mark.slow
def test_when_the_driver_is_killed_the_cluster_goes_idle(loopback):
    loopback.worker("worker-a")
    loopback.worker("worker-b", "--no-nanny")
    trace = loopback.folder / "t"
    trace.touch()
    parent = script(SWEEP, trace, loopback.file, start_new_session=True)
    until(lambda: len(workers(trace)) == 2, 30)
    parent.kill()
    parent.wait()
    until(lambda: not alive(workers(trace)), 2)
    assert not [p for p in loopback.processes.values() if p.poll() is not None]


@pytest.mark.slow
def test_a_local_cluster_ends_with_its_driver(tmp_path):
    trace = tmp_path / "t"
    trace.touch()
    parent = script(SWEEP, trace, "local", start_new_session=True)
    until(lambda: len(workers(trace)) == 2, 40)
    parent.kill()
    parent.wait()
    until(lambda: not alive(workers(trace) | parents(trace)), 2)


@pytest.mark.slow
def test_a_stopped_local_cluster_is_silent_quick_and_leaves_nobody(tmp_path):
    trace = tmp_path / "t"
    found, seconds, said = stopped("local", signal.SIGINT, trace, all_of_them=True)
    assert (found, said) == (130, "")
    assert seconds < 3
    until(lambda: not alive(workers(trace) | parents(trace)), 1)


@pytest.mark.slow
def test_a_task_that_kills_the_clusters_own_worker_is_found_and_the_rest_is_done(loopback):
    for name in ("a", "b", "c"):
        loopback.worker(f"worker-{name}")
    found = carried(dask_executor(str(loopback.file)), loopback.folder / "t", {17: "kill_parent"}, n=40, seconds=0.02)
    assert {n: f.died for n, f in found.items() if f.died} == {17: "worker died, 2 tries"}


@pytest.mark.slow
def test_a_scheduler_that_dies_is_said_within_seconds(loopback, capfd):
    loopback.worker("worker-a")
    running = dask_executor(str(loopback.file))(
        toys.work, toys.job(loopback.folder / "t"), (toys.task(k, "", 0.05) for k in range(10_000))
    )
    next(running)
    os.killpg(loopback.processes["scheduler"].pid, signal.SIGKILL)
    began = time.monotonic()
    with pytest.raises(ClusterLost, match=r"scheduler at .*scheduler\.json is gone") as error:
        list(running)
    assert error.value.th
    assert time.monotonic() - began < 10
    assert capfd.readouterr() == ("", "")


@pytest.mark.slow
def test_a_closed_sweep_lets_the_cluster_go_at_once(loopback):
    loopback.worker("worker-a")
    trace = loopback.folder / "t"
    running = dask_executor(str(loopback.file))(
        toys.work, toys.job(trace), (toys.task(k, "", 0.0 if k < 5 else 30.0) for k in range(1000))
    )
    next(running)
    began = time.monotonic()
    running.close()
    assert time.monotonic() - began < 1
    until(lambda: not alive(workers(trace)), 3)


@pytest.mark.slow
def test_a_worker_with_other_code_is_refused_before_anything_is_run(loopback, monkeypatch):
    from simulation.studies.executors import cluster

    loopback.worker("worker-a", "--no-nanny")
    monkeypatch.setattr(cluster, "code_digest", lambda: "0" * 64)
    with pytest.raises(InputError, match=r"other code .*there, 000000000000 here") as error:
        carried(dask_executor(str(loopback.file)), loopback.folder / "t")
    assert "000000000000" in error.value.th
    assert not (loopback.folder / "t").exists()


@pytest.mark.slow
def test_workers_that_come_late_are_waited_for_with_one_notice(loopback):
    said = []

    def notice(text):
        if not said:
            loopback.worker("worker-a")
        said.append(text)

    carried(dask_executor(str(loopback.file), notice=notice), loopback.folder / "t")
    assert len(said) == 1
    assert "no worker yet" in said[0].en


@pytest.mark.slow
def test_a_scheduler_that_does_not_answer_is_an_error_with_its_address(tmp_path, capfd):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    began = time.monotonic()
    with pytest.raises(InputError, match=f"No Dask scheduler answers at {address}") as error:
        carried(executor_for(cluster=address), tmp_path / "t")
    assert time.monotonic() - began < 10
    assert address in error.value.th
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("slurm", "Allowed: local"),
        ("nowhere.json", "There is no scheduler file nowhere.json"),
        ("file:nowhere", "There is no scheduler file nowhere"),
    ],
)
def test_what_is_no_place_of_a_scheduler_is_refused_at_once(written, said):
    with pytest.raises(InputError, match=said) as error:
        executor_for(cluster=written)
    assert error.value.th


def test_a_file_that_is_no_scheduler_file_is_named(tmp_path):
    (tmp_path / "s.json").write_text('{"address"', "utf-8")
    with pytest.raises(InputError, match=r"s\.json is no scheduler file"):
        place_of(str(tmp_path / "s.json"))


def test_without_the_extra_it_says_how_to_install_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(InputError, match=r'pip install "kwamdee\[cluster\]"') as error:
        executor_for(cluster="local")
    assert "kwamdee[cluster]" in error.value.th


NO_SLURM = """
from distributed import LocalCluster

class SLURMCluster(LocalCluster):
    def __init__(self, queue, cores, processes, memory, walltime):
        super().__init__(n_workers=0, threads_per_worker=cores, dashboard_address=None)

    def scale(self, jobs):
        super().scale(2)
"""


@pytest.mark.slow
def test_the_recipe_for_a_queue_writes_a_scheduler_file_that_a_study_uses(tmp_path):
    page = (ROOT / "docs" / "cluster.md").read_text("utf-8")
    (tmp_path / "cluster.py").write_text(page.split("```python\n")[1].split("```")[0], "utf-8")
    (tmp_path / "dask_jobqueue.py").write_text(NO_SLURM, "utf-8")
    environment = {**os.environ, "PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"}
    recipe = subprocess.Popen(
        [sys.executable, "cluster.py"], cwd=tmp_path, env=environment, start_new_session=True, stderr=subprocess.DEVNULL
    )
    try:
        until((tmp_path / "scheduler.json").exists, 30)
        found = carried(dask_executor(str(tmp_path / "scheduler.json")), tmp_path / "t")
        assert rows(found) == rows(carried(serial(), tmp_path / "s"))
    finally:
        os.killpg(recipe.pid, signal.SIGKILL)
        recipe.wait()


@pytest.mark.slow
def test_the_recipe_is_written_in_the_words_of_dask_jobqueue(tmp_path):
    code = (
        "from dask_jobqueue import SLURMCluster\n"
        "c = SLURMCluster(queue='short', cores=1, processes=1, memory='4GB', walltime='04:00:00',"
        " scheduler_options={'dashboard_address': None})\n"
        "print(c.job_script())"
    )
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, check=True)
    assert "#SBATCH -p short" in done.stdout
    assert "#SBATCH -t 04:00:00" in done.stdout
