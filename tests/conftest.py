import os

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
