from dataclasses import replace

import pytest

from simulation.results.fragments import writing


@pytest.fixture(autouse=True)
def _no_waiting_for_the_disk(monkeypatch):
    """Most tests here ask what is written, not when it is on the disk; those that do put their own calls in."""
    monkeypatch.setattr(writing, "calls", replace(writing.calls, fsync=_at_once))


def _at_once(handle: int) -> None:
    pass
