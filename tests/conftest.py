import pytest

from simulation.scenario.load import load
from simulation.scenario.model import Scenario


@pytest.fixture(scope="session")
def bangkok() -> Scenario:
    return load("bangkok-waste", ["world.citizens=1500", "run.replicates=2"])
