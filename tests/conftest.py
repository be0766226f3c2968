import os
import signal

import pytest

from simulation.scenario.load import load
from simulation.scenario.model import Scenario

for name in ("KWAMDEE_LANG", "KWAMDEE_DEBUG", "NO_COLOR", "LC_MESSAGES", "LANG"):
    os.environ.pop(
        name, None
    )  # whoever runs the tests may speak Thai: the tests ask for a language where they mean one
os.environ["LC_ALL"] = "C.UTF-8"


@pytest.fixture(scope="session")
def bangkok() -> Scenario:
    return load("bangkok-waste", ["world.citizens=1500", "run.replicates=2"])


_SIGNALS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


@pytest.fixture(autouse=True)
def _signals_as_before():
    """Undo what a command that was stopped in this process set: processes begun later would inherit deaf ears."""
    before = [signal.getsignal(one) for one in _SIGNALS]
    yield
    for one, handler in zip(_SIGNALS, before, strict=True):
        if signal.getsignal(one) is not handler:
            signal.signal(one, handler)
