"""The command called in this process: what it ends with, what it prints."""

import sys
from collections.abc import Callable
from typing import NamedTuple

import pytest

import simulation as kw
from simulation.cli import main
from simulation.core.errors import Stopped

SMALL = ["world.citizens=200", "run.weeks=60"]


class Ended(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture
def kwamdee(monkeypatch, capsys) -> Callable[..., Ended]:
    def call(*args: str, **variables: str) -> Ended:
        monkeypatch.setattr(sys, "argv", ["kwamdee", *args])
        with monkeypatch.context() as patch:
            for name, value in variables.items():
                patch.setenv(name, value)
            with pytest.raises(SystemExit) as end:
                main()
        return Ended(int(end.value.code or 0), *capsys.readouterr())

    return call


@pytest.fixture
def command(kwamdee):
    """Call the command with arguments of any kind."""
    return lambda *args: kwamdee(*map(str, args))


@pytest.fixture(scope="session")
def results(tmp_path_factory):
    """A finished folder."""
    out = tmp_path_factory.mktemp("results") / "done"
    return kw.compare("bangkok-waste", quick=True, set_=SMALL, replicates=2, out=out).folder


@pytest.fixture(scope="session")
def unfinished(tmp_path_factory):
    """A folder of a comparison that was stopped after one of six societies."""
    out = tmp_path_factory.mktemp("results") / "part"

    def stop(state):
        if state.stage == "run" and state.done == 4:
            raise KeyboardInterrupt

    with pytest.raises(Stopped):
        kw.compare("bangkok-waste", set_=SMALL, replicates=3, jobs=1, out=out, progress=stop)
    return out
