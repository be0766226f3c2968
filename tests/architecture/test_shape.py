import re
import subprocess
import sys
from pathlib import Path

import pytest

from simulation.reports.texts import TEXTS

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "simulation").rglob("*.py"))


def test_rooms_import_downwards():
    tool = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([tool], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_importing_the_package_loads_nothing_heavy():
    code = "import sys, simulation; print([m for m in ('mesa','numba','networkx','matplotlib','pandas','numpy') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"


def test_a_worker_needs_neither_mesa_nor_matplotlib_nor_pandas():
    code = (
        "import sys, simulation.studies.run_many; "
        "print([m for m in ('mesa','networkx','matplotlib','pandas') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: p.name)
def test_modules_stay_small_and_do_not_import_the_root(path):
    text = path.read_text("utf-8")
    assert text.count("\n") <= 400
    if path.name not in ("__main__.py",):
        assert not re.search(r"^\s*(import simulation$|from simulation import)", text, re.MULTILINE)


def test_every_text_of_the_report_has_both_languages():
    assert TEXTS["en"].keys() == TEXTS["th"].keys()
    assert all(TEXTS["en"].values())
    assert all(TEXTS["th"].values())
