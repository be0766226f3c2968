"""docs/mesa.md: every example stands alone and runs, and the page names what it promises."""

import re
from pathlib import Path

import pytest

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
        "Own data collector 1",
        "batch_run 1",
        SOLARA,
        "The graph 1",
        "A scheme in your own model 1",
    ]


@pytest.mark.parametrize("title", [t for t in EXAMPLES if t != SOLARA])
def test_an_example_runs_alone_as_pasted(title):
    ran(title)


def test_what_the_examples_leave_is_what_the_page_says():
    assert ran("Own citizens 1")["stubborn"].agg("idle", max) > 2
    assert {row["arm"] for row in ran("batch_run 1")["rows"]} == {"control", "comparison"}
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


def test_the_contents_lead_to_sections():
    for anchor in re.findall(r"\]\(#([^)]+)\)", TEXT):
        assert anchor in {re.sub(r"[^\w -]", "", title).lower().replace(" ", "-") for title in SECTIONS}
