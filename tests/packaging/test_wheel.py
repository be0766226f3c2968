"""A built wheel, installed into an empty folder, does the main job there."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    out = tmp_path_factory.mktemp("dist")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    subprocess.run([*pip, "wheel", "-q", "--no-deps", "-w", str(out), str(ROOT)], check=True, capture_output=True)
    (built,) = out.glob("kwamdee-*.whl")
    return built


def test_the_wheel_holds_code_facts_scenarios_and_fonts_and_nothing_of_the_repository(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    for part in (
        "simulation/data/scenarios/bangkok-waste.toml",
        "simulation/data/fonts/OFL.txt",
        "simulation/cli/__init__.py",
    ):
        assert part in names
    tops = {n.split("/")[0] for n in names}
    assert {t for t in tops if not t.endswith(".dist-info")} == {"simulation"}


def test_the_wheel_in_an_empty_folder_runs_the_demonstration(wheel, tmp_path):
    site, here = tmp_path / "site", tmp_path / "empty"
    here.mkdir()
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    subprocess.run(
        [*pip, "install", "-q", "--no-deps", "--target", str(site), str(wheel)], check=True, capture_output=True
    )
    environment = {**os.environ, "PYTHONPATH": str(site), "KWAMDEE_CACHE": str(tmp_path / "cache")}
    where = subprocess.run(
        [sys.executable, "-c", "import simulation; print(simulation.__file__)"],
        cwd=here, env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert str(site) in where.stdout
    done = subprocess.run(
        [str(site / "bin" / "kwamdee"), "demo", "--replicates", "2", "--set", "world.citizens=500"],
        cwd=here, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "District goal" in done.stdout
    assert (here / "results" / "demo" / "report.html").is_file()
