"""The tests of faults, a tenth of their trials; KWAMDEE_TORTURE=10 makes all of them. Seeds of chance are fixed."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest

from tests.torture.faults import disks, kills, writers
from tests.torture.faults.checks import CHECKS
from tests.torture.faults.place import made

FULL = os.environ.get("KWAMDEE_TORTURE") == "10"
pytestmark = pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="processes are counted in /proc")


@pytest.fixture(scope="module")
def place():
    folder = Path(tempfile.mkdtemp(prefix="kwamdee-faults-"))
    folder.chmod(0o777)
    found = made(folder)
    yield found
    found.server.close()
    shutil.rmtree(folder, ignore_errors=True)


def passed(tally):
    print(f"{tally.passed} of {tally.times} passed; {tally.figures}")
    assert not tally.failures, "\n".join(tally.failures)


@pytest.mark.parametrize(("carry_out", "times"), [(kills.k1_here, 1), (writers.w3, 1), (disks.d3, 2)])
def test_a_few_faults_are_made_in_every_run(carry_out, times, place):
    passed(carry_out(place, times))


@pytest.mark.slow
@pytest.mark.parametrize("check", CHECKS, ids=[check.name for check in CHECKS])
def test_faults(check, place):
    passed(check.carry_out(place, check.full if FULL else check.tenth))
