import fcntl
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

import simulation as kw
from simulation.core.errors import FolderInUse, InputError, StorageError
from simulation.reports.progress import stopped
from simulation.studies import run_many as runner
from simulation.studies.kept import locked

ARGS = ["compare", "bangkok-waste", "--set", "world.citizens=1500", "--set", "run.weeks=80", "--replicates", "16"]
MAY_DIFFER = ["seconds", "started", "finished", "wall_s", "host", "worker", "attempt", "pid", "engine"]
SMALL = {"set_": ["world.citizens=300", "run.weeks=60"], "replicates": 3, "jobs": 1}


def kwamdee(*args):
    return [sys.executable, "-m", "simulation", *args]


def tables(folder):
    names = ("runs", "series", "takeup", "parameters", "effects")
    found = {n: pd.read_parquet(folder / f"{n}.parquet") for n in names}
    return {n: t.drop(columns=[c for c in MAY_DIFFER if c in t]) for n, t in found.items()}


@pytest.fixture(scope="module")
def uninterrupted(tmp_path_factory):
    folder = tmp_path_factory.mktemp("whole")
    done = subprocess.run(kwamdee(*ARGS, "--quiet", "--out", str(folder)), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return tables(folder)


@pytest.mark.parametrize(
    ("sign", "code"),
    [
        pytest.param("SIGINT", 130, marks=pytest.mark.slow),
        pytest.param("SIGTERM", 143, marks=pytest.mark.slow),
        pytest.param("SIGHUP", 129, marks=pytest.mark.slow),
    ],
)
def test_a_stopped_comparison_goes_on_to_the_same_tables(sign, code, uninterrupted, tmp_path):
    process = subprocess.Popen(kwamdee(*ARGS, "--out", str(tmp_path)), stderr=subprocess.PIPE, text=True)
    until = time.monotonic() + 60
    while len([p for p in (tmp_path / ".parts").glob("*") if p.suffix != ".part"]) < 3:
        assert process.poll() is None
        assert time.monotonic() < until
        time.sleep(0.02)
    process.send_signal(getattr(signal, sign))
    _, said = process.communicate(timeout=60)
    assert process.returncode == code, said
    assert "Stopped." in said
    assert "of 80 runs are kept in" in said
    assert "Traceback" not in said
    assert not list(tmp_path.glob("*.parquet"))
    again = subprocess.run(kwamdee(*ARGS, "--out", str(tmp_path)), capture_output=True, text=True, check=False)
    assert again.returncode == 0, again.stderr
    assert "from before" in again.stderr
    assert not (tmp_path / ".parts").exists()
    for name, table in tables(tmp_path).items():
        pd.testing.assert_frame_equal(table, uninterrupted[name], check_exact=True)


SLOW_REPORT = """
import os, sys, time
import simulation.studies.compare as c
ready = sys.argv.pop(1)
def slow(*_):
    open(ready, "w").close()
    time.sleep(30)
c.write_report = slow
from simulation.__main__ import main
main()
"""


@pytest.mark.slow
def test_stopped_while_the_report_is_written_it_says_that_all_runs_are_kept(tmp_path):
    ready, folder = tmp_path / "ready", tmp_path / "out"
    args = ["compare", "bangkok-waste", "--set", "world.citizens=200", "--replicates", "2", "--jobs", "1"]
    process = subprocess.Popen(
        [sys.executable, "-c", SLOW_REPORT, str(ready), *args, "--out", str(folder)], stderr=subprocess.PIPE, text=True
    )
    until = time.monotonic() + 60
    while not ready.exists():
        assert process.poll() is None
        assert time.monotonic() < until
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    time.sleep(0.1)
    process.send_signal(signal.SIGINT)  # a second one changes nothing
    _, said = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "Stopped. 16 of 16 runs are kept" in said
    assert "Only tables and report are left to write." in said
    assert "Traceback" not in said
    again = subprocess.run(kwamdee(*args, "--out", str(folder)), capture_output=True, text=True, check=False)
    assert again.returncode == 0
    assert "16 from before" in again.stderr


def test_stopped_before_anything_is_loaded_it_says_so_in_one_line():
    code = "import os, signal; from simulation.__main__ import main; import simulation.__main__ as m; "
    code += "on = m._on; m._on = lambda n, h: (on(n, h), n == 'SIGHUP' and os.kill(os.getpid(), signal.SIGINT)); main()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 130
    assert done.stderr == "Stopped. Nothing was run yet.\n"


@pytest.mark.slow
def test_workers_end_with_a_driver_that_is_killed(tmp_path):
    process = subprocess.Popen(
        kwamdee(*ARGS, "--out", str(tmp_path)), stderr=subprocess.DEVNULL, start_new_session=True
    )
    until = time.monotonic() + 60
    while not [p for p in (tmp_path / ".parts").glob("*") if p.suffix != ".part"]:
        assert process.poll() is None
        assert time.monotonic() < until
        time.sleep(0.02)
    process.kill()
    process.wait()
    until = time.monotonic() + 10
    while alive_in(process.pid):
        assert time.monotonic() < until, alive_in(process.pid)
        time.sleep(0.1)


def alive_in(session: int) -> list[str]:
    """Return the command lines of living processes of a session."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            stat = (path / "stat").read_text("utf-8").rpartition(")")[2].split()
            if int(stat[3]) == session and stat[0] != "Z":
                found.append((path / "cmdline").read_text("utf-8").replace("\0", " ")[:80])
        except (OSError, IndexError):
            continue
    return found


@pytest.mark.slow
def test_a_finished_comparison_is_not_run_again(tmp_path, monkeypatch):
    first = kw.compare("bangkok-waste", out=tmp_path, **SMALL)

    def never(*_):
        raise AssertionError("it was run again")

    monkeypatch.setattr(runner, "run_society", never)
    assert kw.compare("bangkok-waste", out=tmp_path, **SMALL).effects.equals(first.effects)


@pytest.mark.slow
def test_a_folder_in_use_and_another_comparisons_folder_are_refused(tmp_path):
    with (tmp_path / ".lock").open("a") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        with pytest.raises(FolderInUse, match="in use"):
            kw.compare("bangkok-waste", out=tmp_path, **SMALL)
    with locked(tmp_path), pytest.raises(FolderInUse, match=rf"process {os.getpid()} on .+, since 20"):
        kw.compare("bangkok-waste", out=tmp_path, **SMALL)
    kw.compare("bangkok-waste", out=tmp_path, **SMALL)
    assert not (tmp_path / ".lock").exists()
    with pytest.raises(InputError, match=r"another comparison .* run\.seed is 1 there, 9 here"):
        kw.compare("bangkok-waste", out=tmp_path, seed=9, **SMALL)
    with pytest.raises(InputError, match='parameters is "posterior" there, "default" here'):
        kw.compare("bangkok-waste", out=tmp_path, parameters="default", **SMALL)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "report.html").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match=r"manifest\.json"):
        kw.compare("bangkok-waste", out=tmp_path / "mine", **SMALL)
    assert (tmp_path / "mine" / "report.html").read_text("utf-8") == "mine"


@pytest.mark.parametrize(
    ("what", "said"),
    [
        (lambda f: (f / "manifest.json").write_text("[1]", "utf-8"), "no manifest"),
        (lambda f: (f / "manifest.json").mkdir(), "no results folder"),
        (lambda f: (f / ".parts" / "mine").mkdir(parents=True), "no results folder"),
        (lambda f: (f / ".parts").write_text("mine", "utf-8"), "no results folder"),
    ],
    ids=["no-object", "folder", "foreign-parts", "file-parts"],
)
def test_a_folder_that_is_something_else_is_left_alone(what, said, tmp_path):
    what(tmp_path)
    before = sorted(p.relative_to(tmp_path) for p in tmp_path.rglob("*"))
    with pytest.raises(InputError, match=said):
        kw.compare("bangkok-waste", out=tmp_path, **SMALL)
    assert sorted(p.relative_to(tmp_path) for p in tmp_path.rglob("*")) == before


def test_a_file_in_the_way_of_the_folder_is_named(tmp_path):
    (tmp_path / "taken").write_text("mine", "utf-8")
    with pytest.raises(InputError, match="a file of that name is in the way"):
        kw.compare("bangkok-waste", out=tmp_path / "taken", **SMALL)


def test_where_every_run_fails_the_rows_say_why(tmp_path, monkeypatch):
    def fails(*_):
        raise ValueError("a mistake in a scheme")

    monkeypatch.setattr(runner, "start", fails)
    found = kw.compare("bangkok-waste", out=tmp_path, **SMALL)
    assert found.failed == 24
    assert found.summary.societies == 0
    assert set(pd.read_parquet(tmp_path / "runs.parquet")["message"]) == {"ValueError: a mistake in a scheme"}


@pytest.mark.slow
def test_storage_that_gives_out_keeps_what_was_done(tmp_path, monkeypatch):
    from simulation.studies.kept import Kept

    kept = []
    save = Kept.save

    def full(self, society, result):
        if kept:
            raise OSError(28, "No space left on device")
        kept.append(society)
        save(self, society, result)

    with monkeypatch.context() as patch:
        patch.setattr(Kept, "save", full)
        with pytest.raises(StorageError, match="4 of 24 runs"):
            kw.compare("bangkok-waste", out=tmp_path, **SMALL)
    again = kw.compare("bangkok-waste", out=tmp_path, **SMALL)
    assert again.failed == 0


def kills_its_worker(society, attempt=1):
    if society.replicate == 2 and society.luck == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return WHOLE(society, attempt)


WHOLE = runner.run_society


@pytest.mark.slow
def test_a_run_that_kills_its_worker_is_a_row_and_the_rest_is_done(tmp_path, monkeypatch):
    monkeypatch.setattr(runner, "run_society", kills_its_worker)
    found = kw.compare("bangkok-waste", out=tmp_path, **{**SMALL, "replicates": 4, "jobs": 2})
    runs = pd.read_parquet(tmp_path / "runs.parquet")
    failed = runs[runs["status"] == "failed"]
    assert set(failed["replicate"]) == {2}
    assert set(failed["luck"]) == {0}
    assert failed["message"].str.contains("killed").all()
    assert found.summary.societies == 3
    monkeypatch.undo()
    again = kw.compare("bangkok-waste", out=tmp_path, **{**SMALL, "replicates": 4, "jobs": 2})
    assert again.failed == 0
    assert again.summary.societies == 4


@pytest.mark.parametrize(("lang", "left"), [("en", "Only tables and report"), ("th", "เหลือเพียงเขียนตารางและรายงาน")])
def test_what_is_left_is_named_where_every_run_is_kept(lang, left):
    assert left in stopped(144, 144, "results/x", lang)
    assert left not in stopped(143, 144, "results/x", lang)
