import ast
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


IN_TWO_LANGUAGES = {
    "KwamdeeError",
    "InputError",
    "StorageError",
    "ClusterLost",
    "FolderInUse",
    "LedgerError",
    "RightsError",
}


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_every_error_is_made_in_english_and_thai(path):
    alone = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in IN_TWO_LANGUAGES:
            starred = any(isinstance(a, ast.Starred) for a in node.args)
            if len(node.args) + len(node.keywords) < 2 and not starred:
                alone.append(f"{path.relative_to(ROOT)}:{node.lineno}: {node.func.id}(en) has no Thai; write (en, th)")
    assert alone == []


def test_every_kind_of_error_is_held_to_two_languages():
    own_signature = {"ScenarioError", "ContractError"}  # made of parts that have both
    classes = {
        name
        for path in SOURCES
        for name in re.findall(r"^class (\w+)\((?:KwamdeeError|InputError)\)", path.read_text("utf-8"), re.MULTILINE)
    }
    assert classes <= IN_TWO_LANGUAGES | own_signature, "add it to IN_TWO_LANGUAGES"
