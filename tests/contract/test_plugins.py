"""A kind is one file: one more inside the package, or a distribution of somebody else's, needs nothing beside it."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import Field

from simulation.core.params import Frozen
from simulation.incentives.check import ContractError, check_scheme
from simulation.scenario.starter import starter
from tests.contract.plugin import rice_schemes

ROOT = Path(__file__).parents[2]
THEIRS = {"their_rice": "Rice", "their_kitchen": "Kitchen", "their_harvest": "Harvest"}


def python(folder, *args, path, answers="", lang="en"):
    """Run Python in a folder with only `path` before what is installed; return what it printed, in order."""
    environment = {**os.environ, "PYTHONPATH": str(path), "PYTHONUTF8": "1", "KWAMDEE_LANG": lang}
    done = subprocess.run(
        [sys.executable, *args], cwd=folder, env=environment, input=answers, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{args}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    return done.stdout


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """Return a copy of the repository with one more file in it, and no other change."""
    here = tmp_path_factory.mktemp("one") / "copy"
    unneeded = shutil.ignore_patterns("__pycache__", "*.pyc", ".git", ".venv", ".*_cache", "dist", "node_modules")
    here.mkdir()
    for name in ("simulation", "tests", "scripts", "scenarios", "docs", "pyproject.toml"):
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, here / name, ignore=unneeded)
        else:
            shutil.copy(source, here / name)
    text = starter("rice_card", "area")["kwamdee_rice_card.py"].replace('th="Rice card"', 'th="บัตรข้าว"')
    (here / "simulation" / "incentives" / "area" / "rice_card.py").write_text(text, "utf-8")
    return here


@pytest.mark.slow
def test_one_more_file_is_a_kind_that_is_listed_checked_drafted_explained_and_compared(copy):
    assert "rice_card" in python(copy, "-m", "simulation", "schemes", path=copy).partition("Area\n")[2]
    found = json.loads(python(copy, "-m", "simulation", "schemes", "rice_card", "--json", path=copy))
    assert (found["level"], found["literature"]) == ("area", ["DellaVigna, Pope 2018, doi:10.1093/restud/rdx033"])
    assert "rice_card" in python(copy, "-m", "simulation", "schema", path=copy)
    python(copy, "-m", "simulation", "init", "rice.toml", path=copy, answers="\n" * 9 + "rice_card\n" + "\n" * 10)
    assert 'kind = "rice_card"' in (copy / "rice.toml").read_text("utf-8")
    assert "บัตรกำนัล" in python(copy, "-m", "simulation", "explain", "rice.toml", path=copy, lang="th")
    said = python(
        copy, "-m", "simulation", "compare", "rice.toml", "--quick", "--engine", "numpy", "--out", "rice", path=copy
    )
    assert "Rice card" in said
    assert (copy / "rice" / "report.html").is_file()


@pytest.mark.slow
def test_the_tests_of_all_kinds_take_in_the_one_more_file_by_themselves(copy):
    python(copy, "-m", "scripts.make_reference", path=copy)
    assert "rice_card" in (copy / "docs" / "reference" / "schemes.th.md").read_text("utf-8")
    said = python(
        copy, "-m", "pytest", "-p", "no:cacheprovider", "-k", "rice_card or every_key or every_table or every_number",
        "tests/contract", "tests/scenario", "tests/cli/test_schemes.py", "tests/architecture/test_references.py",
        "tests/studies/test_explain.py", "tests/engine/test_budgets.py", "--deselect", "tests/contract/test_plugins.py",
        path=copy,
    )  # fmt: skip
    passed = re.search(r"(\d+) passed", said)
    assert passed
    assert int(passed[1]) > 15


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Return a folder in which a distribution with three kinds lies as an installer would leave it."""
    here = tmp_path_factory.mktemp("site")
    shutil.copy(rice_schemes.__file__, here / "rice_schemes.py")
    info = here / "kwamdee_rice-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: kwamdee-rice\nVersion: 1.0\n", "utf-8")
    entries = "\n".join(f"{kind} = rice_schemes:{cls}" for kind, cls in THEIRS.items())
    (info / "entry_points.txt").write_text(f"[kwamdee.schemes]\n{entries}\n", "utf-8")
    return here


@pytest.mark.parametrize("cls", THEIRS.values())
def test_kinds_with_tables_and_of_every_level_keep_the_contract(cls):
    check_scheme(getattr(rice_schemes, cls))


class Fine(Frozen):
    """A table inside a scheme that takes."""

    suspension_weeks: int = Field(default=0, ge=0, le=52, description="Weeks without.")


class Below(Frozen):
    """A table inside a scheme whose number has no lower end."""

    baht: float = Field(default=1.0, le=1e4, description="Baht.")


class Fining(rice_schemes.Rice):
    """A kind that takes, in a table of its own (2020)."""

    fine: Fine = Fine()


class Sinking(rice_schemes.Rice):
    """A kind whose table takes a negative number (2020)."""

    below: tuple[Below, ...] = Field(default=(Below(),), strict=False)


@pytest.mark.parametrize(
    ("cls", "said"),
    [(Fining, "their_rice.fine.suspension_weeks: "), (Sinking, "`below[].baht` accepts -1")],
)
def test_what_takes_in_a_table_of_a_kind_is_found_too(cls, said):
    example = {"behaviour": "waste_sort", "sacks": [{"baht": 5.0, "share": 0.5}], "extra": {"baht": 1.0}}
    with pytest.raises(ContractError) as error:
        check_scheme(cls, {**example, **({"below": [{"baht": 1.0}]} if cls is Sinking else {"fine": {}})})
    assert said in str(error.value)


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["en", "th"])
def test_kinds_of_every_level_are_listed_drafted_explained_and_compared(site, tmp_path, lang):
    path = os.pathsep.join([str(site), str(ROOT)])
    titles = {kind: getattr(rice_schemes, cls).label.get(lang) for kind, cls in THEIRS.items()}
    listed = python(tmp_path, "-m", "simulation", "schemes", path=path, lang=lang)
    assert [kind for kind in THEIRS if f"\n  {kind} " in listed] == list(THEIRS)
    shown = python(tmp_path, "-m", "simulation", "schemes", "their_rice", path=path, lang=lang)
    assert {"sacks[].baht", "sacks[].share", "extra.baht"} <= set(shown.split())
    python(
        tmp_path, "-m", "simulation", "init", "mine.toml", path=path, lang=lang,
        answers="\n" * 9 + ", ".join(THEIRS) + "\n" * 11,
    )  # fmt: skip
    mine = tmp_path / "mine.toml"
    mine.write_text(
        mine.read_text("utf-8")
        + '\n[arms.their_kitchen.schemes.their_kitchen.organisations]\nbaseline = 0.2\nclimate = "mission"\n'
    )
    explained = python(tmp_path, "-m", "simulation", "explain", "mine.toml", path=path, lang=lang)
    python(tmp_path, "-m", "simulation", "compare", "mine.toml", "--quick", "--out", "out", path=path, lang=lang)
    report = (tmp_path / "out" / "report.html").read_text("utf-8")
    for title in titles.values():
        assert title in explained
        assert title in report
