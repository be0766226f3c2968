import fcntl
import os
import signal
import subprocess
import sys
import time

import pandas as pd
import pytest

import simulation as kw
from simulation.core.errors import FolderInUse, InputError, StorageError
from simulation.studies import run_many as runner

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


@pytest.mark.parametrize(("sign", "code"), [("SIGINT", 130), ("SIGTERM", 143), ("SIGHUP", 129)])
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


def test_a_finished_comparison_is_not_run_again(tmp_path, monkeypatch):
    first = kw.compare("bangkok-waste", out=tmp_path, **SMALL)

    def never(*_):
        raise AssertionError("it was run again")

    monkeypatch.setattr(runner, "run_society", never)
    assert kw.compare("bangkok-waste", out=tmp_path, **SMALL).effects.equals(first.effects)


def test_a_folder_in_use_and_another_comparisons_folder_are_refused(tmp_path):
    with (tmp_path / ".lock").open("a") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        with pytest.raises(FolderInUse, match="in use"):
            kw.compare("bangkok-waste", out=tmp_path, **SMALL)
    kw.compare("bangkok-waste", out=tmp_path, **SMALL)
    with pytest.raises(InputError, match="another comparison"):
        kw.compare("bangkok-waste", out=tmp_path, seed=9, **SMALL)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "report.html").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match=r"manifest\.json"):
        kw.compare("bangkok-waste", out=tmp_path / "mine", **SMALL)
    assert (tmp_path / "mine" / "report.html").read_text("utf-8") == "mine"


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
