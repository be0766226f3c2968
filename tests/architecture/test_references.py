"""What the texts point at is there: links, files, functions, parameters; pages written by a script are current."""

import re
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from scripts.make_reference import PAGES
from simulation.agents import equations
from simulation.agents.parameters import Parameters, priors
from simulation.incentives.catalogue import scheme_classes

ROOT = Path(__file__).parents[2]
PAPERS = [p for p in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")) if p.name != "LICENSE"]
TEXTS = [
    *PAPERS,
    *(ROOT / "simulation").rglob("*.py"),
    *(ROOT / "benchmarks").glob("*.py"),
    *(ROOT / "scenarios").rglob("*.toml"),
]


@pytest.mark.parametrize("paper", PAPERS, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(paper):
    for target in re.findall(r"\]\(([^)#]+)\)", paper.read_text("utf-8")):
        if not target.startswith("http"):
            assert (paper.parent / target).exists(), target


@pytest.mark.parametrize("text", TEXTS, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_documents_that_are_named_exist(text):
    for name in re.findall(
        r"\b(?:docs|scenarios|experiments|benchmarks)/[\w/.-]*\w\.(?:md|toml|py)\b", text.read_text("utf-8")
    ):
        assert (ROOT / name).exists(), name


def test_every_rule_of_the_model_page_is_a_function_in_the_file_it_names():
    page = (ROOT / "docs" / "model.md").read_text("utf-8")
    table = page.split("## Find a rule")[1].split("## Who and what")[0]
    rows = [line.split("|")[3] for line in table.splitlines() if line.startswith("|") and "---" not in line][1:]
    named = 0
    for cell in rows:
        words = re.findall(r"`([^`]+)`", cell)
        files = [w for w in words if w.endswith(".py")]
        sources = "".join((ROOT / "simulation" / f.removeprefix("simulation/")).read_text("utf-8") for f in files)
        sources += (ROOT / "simulation/agents/equations.py").read_text("utf-8")
        sources += (ROOT / "simulation/engine/numpy_engine.py").read_text("utf-8")
        for name in (w for w in words if not w.endswith(".py") and w != "offer"):
            assert re.search(rf"\b(def {name}\(|{name}:)", sources), name
            named += 1
    assert named > 20


def test_every_equation_is_on_the_model_page():
    page = (ROOT / "docs" / "model.md").read_text("utf-8")
    assert [n for n in equations.ELEMENTWISE if f"`{n}`" not in page] == []


@pytest.mark.parametrize("name", sorted(PAGES))
def test_pages_written_by_the_script_are_current(name):
    assert (ROOT / "docs" / "reference" / name).read_text("utf-8") == PAGES[name](), "python -m scripts.make_reference"


def test_every_parameter_has_meaning_unit_range_and_source():
    for name, p in priors().items():
        assert p["unit"], name
        assert p["meaning"], name
        assert p["source"], name
        assert p["low"] <= p["default"] <= p["high"], name
    drawn = {f.name for f in fields(Parameters)} - {"member", "responsiveness", "habit_deviate", "redrawn"}
    assert drawn <= set(priors())


def test_every_number_of_a_scheme_says_what_it_is():
    for kind, cls in scheme_classes().items():
        for name, field in cls.model_fields.items():
            if name not in ("kind", "title", "schedule", "enrolment", "target", "channels", "checks", "source", "mark"):
                assert field.description, f"{kind}.{name}"


def test_the_version_is_said_once_and_the_same_everywhere():
    from simulation import __version__
    from simulation.core.version import VERSION

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    cited = re.search(r"^version: (.+)$", (ROOT / "CITATION.cff").read_text("utf-8"), re.MULTILINE)
    assert cited
    assert __version__ == VERSION == project == cited.group(1).strip("\"'")
