"""docs/mesa.md: every example stands alone and runs, and the page names what it promises."""

import inspect
import re
from dataclasses import fields
from pathlib import Path

import pytest

import simulation as kw
from simulation.engine.personal import OwnOffer

PAGE = Path(__file__).parents[2] / "docs" / "mesa.md"
TEXT = PAGE.read_text("utf-8")
SECTIONS = dict(re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", TEXT, re.DOTALL | re.MULTILINE))
EXAMPLES = {
    f"{title} {place}": block
    for title, section in SECTIONS.items()
    for place, block in enumerate(re.findall(r"```python\n(.*?)```", section, re.DOTALL), 1)
}
SOLARA = "SolaraViz 1"


def ran(title):
    names = {"__name__": "pasted"}
    exec(compile(EXAMPLES[title], f"{PAGE}: {title}", "exec"), names)
    return names


def test_every_idiom_has_its_example():
    assert list(EXAMPLES) == [
        "A first look 1",
        "Own citizens 1",
        "Own citizens 2",
        "Own citizens 3",
        "Own data collector 1",
        "batch_run 1",
        SOLARA,
        "The graph 1",
        "A scheme in your own model 1",
    ]


@pytest.mark.parametrize("title", [t for t in EXAMPLES if t != SOLARA])
def test_an_example_runs_alone_as_pasted(title):
    ran(title)


@pytest.mark.slow
def test_what_the_examples_leave_is_what_the_page_says():
    assert ran("Own citizens 1")["stubborn"].agg("idle", max) > 2
    assert {row["arm"] for row in ran("batch_run 1")["rows"]} == {"control", "comparison"}
    lazy = ran("Own citizens 3")
    assert lazy["effect_pp"] > 0 > lazy["against_twins_pp"]  # the scheme helps, laziness is no effect of it
    data = ran("Own data collector 1")
    assert list(data["weekly"].columns) == ["acts_per_person", "effect_pp"]
    assert set(data["by_person"].columns) == {"wage", "habit"}
    graph = ran("The graph 1")
    assert sum(graph["m"].agents_by_type[graph["Visitor"]].get("met")) > 0
    village = ran("A scheme in your own model 1")["v"]
    assert 0 < village.points.cost <= 20_000


def test_the_example_of_solaraviz_is_python():
    compile(
        EXAMPLES[SOLARA], str(PAGE), "exec"
    )  # it runs in tests/browser/test_solara.py, where the extra is installed


def test_every_field_of_an_offer_is_explained():
    rows = re.findall(r"^\| (`.+?`) \|", SECTIONS["Own citizens"], re.MULTILINE)
    told = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    assert told == {field.name for field in fields(OwnOffer)}


def test_the_reference_says_how_each_is_called():
    page = (PAGE.parent / "reference" / "python.md").read_text("utf-8")
    assert "kw.check_scheme(cls: type[Scheme], example:" in page
    for kind in (kw.SocialModel, kw.SchemeInMesa):
        called = page.split(f"kw.{kind.__name__}(\n")[1].split("\n)")[0]
        assert re.findall(r"^    (\w+):", called, re.MULTILINE) == [
            p.name for p in list(inspect.signature(kind.__init__).parameters.values())[1:]
        ]
    assert {name for name in kw.__all__ if f"\n## kw.{name}\n" not in page} == set()


def test_the_contents_lead_to_sections():
    for anchor in re.findall(r"\]\(#([^)]+)\)", TEXT):
        assert anchor in {re.sub(r"[^\w -]", "", title).lower().replace(" ", "-") for title in SECTIONS}
