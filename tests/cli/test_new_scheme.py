"""The how-to page is followed word for word: a package of somebody else's is built, installed, tested and run."""

import os
import re
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from simulation.core.errors import InputError
from simulation.incentives.base import Offer, Scheme, Settlement
from simulation.scenario.starter import starter

PAGE = Path(__file__).parents[2] / "docs" / "new-scheme.md"
BLOCK = re.compile(r"^```(bash|toml)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("page", [PAGE, PAGE.with_suffix(".th.md")], ids=["en", "th"])
def test_the_page_names_all_that_a_scheme_may_say_of_itself(page):
    text = page.read_text("utf-8")
    own = {name for name in vars(Scheme) if not name.startswith("_") and name not in Scheme.model_fields}
    own |= set(Scheme.__annotations__) - set(Scheme.model_fields)
    own -= {"model_config", "model_fields", "model_computed_fields", "adoption"}
    named = set(re.findall(r"`([a-z_]+)", text))
    assert own - named == set()
    assert {f.name for f in fields(Offer)} - named == set()
    assert {f.name for f in fields(Settlement)} - named == set()
    assert BLOCK.findall(text) == BLOCK.findall(PAGE.read_text("utf-8"))


@pytest.mark.slow
def test_the_page_is_followed_and_the_new_kind_runs(tmp_path):
    site, here = tmp_path / "site", tmp_path / "here"
    here.mkdir()
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(site),
        "PIP_TARGET": str(site),
        "PIP_NO_DEPS": "1",  # Kwamdee is here already
        "PIP_NO_BUILD_ISOLATION": "0",  # pip reads 0 as: build with what is installed
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "KWAMDEE_LANG": "en",
    }
    said = ""
    for kind, text in BLOCK.findall(PAGE.read_text("utf-8")):
        if kind == "toml":
            (here / "tea.toml").write_text(text, "utf-8")
            continue
        done = subprocess.run(
            ["bash", "-e", "-c", text], cwd=here, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{text}\n{done.stdout}\n{done.stderr}"
        said += done.stdout
    assert "3 passed" in said
    assert re.search(r"Tea voucher .*\d", said.split("kwamdee schemes tea_voucher")[-1])
    assert (here / "tea" / "report.html").is_file()


def test_a_starter_is_four_files_and_a_name_that_is_taken_or_none_is_refused():
    files = starter("rice_card", "area")
    assert set(files) == {"kwamdee_rice_card.py", "test_kwamdee_rice_card.py", "README.md", "pyproject.toml"}
    assert 'kind: Literal["rice_card"]' in files["kwamdee_rice_card.py"]
    assert "$" not in "".join(files.values())
    for name in ("points", "Rice", "rice card", "1st", "class", "r" * 41, "../x"):
        with pytest.raises(InputError):
            starter(name)


def test_nothing_is_left_where_a_folder_is_there_already(kwamdee, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert kwamdee("new-scheme", "rice_card").code == 0
    (tmp_path / "kwamdee-rice-card" / "README.md").write_text("mine", "utf-8")
    again = kwamdee("new-scheme", "rice_card")
    assert (again.code, again.out) == (2, "")
    assert (tmp_path / "kwamdee-rice-card" / "README.md").read_text("utf-8") == "mine"
    assert [p.name for p in tmp_path.iterdir()] == ["kwamdee-rice-card"]
