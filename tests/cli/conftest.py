"""The command called in this process: what it ends with, what it prints."""

import sys
from collections.abc import Callable
from typing import NamedTuple

import pytest

from simulation.cli import main


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
